"""Compose a letter: an edition, an authority and the wording become blocks of finished words."""

from dataclasses import dataclass, field, replace

from generator.edition.authority import Authority
from generator.edition.edition import Edition, Group, Part
from generator.edition.figures import Figure
from generator.edition.letterhead import LetterheadPicture
from generator.letter.copies import lines_below_signature, names_copies
from generator.letter.expressions import Placeholder
from generator.letter.letter import (
    Cell,
    ComposedBlock,
    ComposedLetter,
    Composition,
    Run,
    Table,
)
from generator.letter.markdown import PieceOfMarkdown, WordingBlock
from generator.letter.read_inserts import follows
from generator.letter.recipients import NoLetter, why_no_letter
from generator.letter.roles import Origin, Role
from generator.letter.variables import Variables, copy_names, variables_of
from generator.letter.wording import PAGE_NAMES, PlacedInsert, Wording, choose
from generator.problems import Place, Problem


@dataclass(frozen=True)
class Composed:
    """A letter, and what is wrong with its inserts; what else is, the checks find."""

    letter: ComposedLetter
    inserts: tuple[str, ...]
    problems: list[Problem]
    undecided: tuple[str, ...] = ()
    """The inserts whose rule hangs on a figure that is not yet supplied."""
    no_letter: NoLetter | None = None
    """Why there shall be no such letter, or may be none."""


def compose(edition: Edition, authority: Authority, wording: Wording) -> Composed:
    """Compose one authority's letter.

    A figure that is not yet supplied is printed as a gap, which only a draft may have.
    """
    variables = variables_of(edition, authority)
    choice = choose(authority, wording, variables, edition.language)
    composer = _Composer(edition, authority, wording, variables, choice.placed)
    blocks = composer.blocks()
    subject = next(block.text for block in blocks if block.role is Role.SUBJECT)
    letter = ComposedLetter(
        year=edition.year,
        slug=authority.slug,
        language=edition.language,
        title=f"{subject}: {typeset(authority.name)}",
        author=typeset(f"{edition.signatory.name}, {edition.signatory.offices[0]}"),
        date=edition.letter_date,
        authority=typeset(authority.name),
        blocks=tuple(blocks),
    )
    names = tuple(placed.insert.name for placed in choice.placed)
    no_letter = why_no_letter(wording.recipients, variables)
    return Composed(letter, names, choice.problems, tuple(choice.undecided), no_letter)


def typeset(value: str) -> str:
    """A value with its apostrophes set like those of the wording around it."""
    return value.replace("'", "’")


DRAFT = "DRAFT"


def as_draft(letter: ComposedLetter) -> ComposedLetter:
    """A letter marked as a draft: in its first block, and in its title, which is heard first."""
    mark = ComposedBlock(
        part=Part.EACH_PAGE,
        number=len(letter.part(Part.EACH_PAGE)) + 1,
        role=Role.DRAFT,
        composition=Composition(DRAFT, Origin.EDITION),
        place=Place(letter.blocks[0].place.path),
        runs=(Run(DRAFT),),
    )
    title = f"{DRAFT}: {letter.title}"
    return replace(letter, draft=True, title=title, blocks=(mark, *letter.blocks))


@dataclass
class _Composer:
    """Makes the blocks of one letter, part by part, in reading order; each is given its address."""

    edition: Edition
    authority: Authority
    wording: Wording
    variables: Variables
    placed: list[PlacedInsert]
    _blocks: list[ComposedBlock] = field(default_factory=list)
    _part: str = ""
    _number: int = 0

    def blocks(self) -> list[ComposedBlock]:
        self._begin(Part.EACH_PAGE)
        self._letterhead(Role.RUNNING_HEAD)
        self._begin(Part.OPENING)
        self._opening()
        for section in self.edition.sections:
            self._begin(section)
            self._section(section)
        self._begin(Part.CLOSING)
        self._closing()
        self._begin(Part.REPORT)
        self._report()
        self._begin(Part.EACH_PAGE)
        self._letterhead(Role.FOOTER)
        self._letterhead(Role.PAGE_NUMBER)
        return self._blocks

    def _begin(self, part: str) -> None:
        self._part = part
        self._number = sum(block.part == part for block in self._blocks)

    def _add(
        self,
        role: Role,
        wording: str,
        runs: tuple[Run, ...],
        origin: Origin,
        place: Place,
        insert: str | None = None,
        group: str | None = None,
        table: Table | None = None,
        picture: LetterheadPicture | None = None,
    ) -> None:
        """The next block of this part."""
        self._number += 1
        self._blocks.append(
            ComposedBlock(
                part=self._part,
                number=self._number,
                role=role,
                composition=Composition(wording, origin, insert),
                place=place,
                group=group,
                runs=runs,
                table=table,
                picture=picture,
            )
        )

    def _opening(self) -> None:
        self._letterhead(Role.LOGO)
        self._words("masthead")
        self._letterhead(Role.SENDER)
        self._letterhead(Role.REFERENCE)
        self._value(Role.DATE, "edition.letter_date", "{{ edition.letter_date | long_date }}")
        self._words("delivery")
        for number, each in enumerate(self.authority.addressee.names):
            name = "authority.addressee.name"
            run = Run(typeset(each), name=name)
            place = self.authority.place("addressee", "name", number)
            self._add(Role.ADDRESS_LINE, f"{{{{ {name} }}}}", (run,), Origin.AUTHORITY, place)
        self._value(Role.ADDRESS_LINE, "authority.addressee.office")
        self._value(Role.ADDRESS_LINE, "authority.name")
        self._words("salutation")
        self._words("subject")

    def _section(self, section: str) -> None:
        inserts = [placed for placed in self.placed if placed.insert.section == section]
        for block in self.wording.sections[section]:
            self._fill(block, Origin.SECTION)
            for placed in inserts:
                if placed.insert.after is not None and follows(block, placed.insert.after):
                    self._insert(placed)
        for placed in inserts:
            if placed.insert.after is None:
                self._insert(placed)

    def _insert(self, placed: PlacedInsert) -> None:
        variables = {**self.variables, **placed.values}
        for block in placed.insert.blocks:
            self._fill(block, Origin.INSERT, variables, placed.insert.name)

    def _closing(self) -> None:
        self._words("closing")
        self._letterhead(Role.SIGNATURE)
        self._value(Role.SIGNATORY, "edition.signatory.name")
        for number, office in enumerate(self.edition.signatory.offices):
            place = self.edition.place("signatory", "offices", number)
            self._typed(Role.OFFICE, office, place)
        lines = self.wording.letterhead(Role.AFTER_SIGNATURE)
        for line in lines_below_signature(lines, any_copies=bool(self.authority.copies)):
            if names_copies(line):
                self._copies()
            else:
                self._fill(line, Origin.EDITION)

    def _copies(self) -> None:
        """A line for each person to whom a copy goes."""
        for role, person in self.authority.copies.items():
            name, office = copy_names(role)
            runs = (
                Run(typeset(person.name), name=name),
                Run(", "),
                Run(typeset(person.office), name=office),
            )
            wording = f"{{{{ {name} }}}}, {{{{ {office} }}}}"
            place = self.authority.place("copies", role)
            self._add(Role.AFTER_SIGNATURE, wording, runs, Origin.AUTHORITY, place)

    def _report(self) -> None:
        self._words("report_title")
        self._words("report_period")
        for block in self.wording.report["guide"]:
            self._fill(block, Origin.SECTION)
        *others, last = self.edition.groups
        for group in others:
            self._table(group)
        self._words("notes_title")
        for block in self.wording.report["notes"]:
            self._fill(block, Origin.SECTION)
        self._table(last)

    def _table(self, group: Group) -> None:
        self._typed(Role.TABLE_TITLE, group.title, group.place, group.id)
        figures = self.authority.figures[group.id]
        table = Table(group.id, tuple(_cell(f, self.edition.language) for f in figures))
        wording = "\n".join(f"{column.label}\t{column.id}" for column in group.columns)
        place = self.edition.place("figures", group.id, "columns")
        self._add(Role.TABLE, wording, (), Origin.EDITION, place, group=group.id, table=table)

    def _words(self, key: str) -> None:
        """A block of the edition's fixed words."""
        self._fill(self.wording.words[key], Origin.EDITION)

    def _letterhead(self, role: Role) -> None:
        """The lines of a part of the letterhead, or its picture; mostly there are none."""
        pictures = dict(self.edition.letterhead.pictures())
        for block in self.wording.letterhead(role):
            self._fill(block, Origin.EDITION, picture=pictures.get(role.value))

    def _typed(self, role: Role, text: str, place: Place, group: str | None = None) -> None:
        """A block of the edition's words that holds no placeholder."""
        self._add(role, text, (Run(typeset(text)),), Origin.EDITION, place, group=group)

    def _value(self, role: Role, name: str, wording: str = "") -> None:
        """A block that is nothing but one variable."""
        variable = self.variables[name]
        origin = Origin.AUTHORITY if name.startswith("authority.") else Origin.EDITION
        run = Run(typeset(variable.printed), name=name)
        self._add(role, wording or f"{{{{ {name} }}}}", (run,), origin, variable.place)

    def _fill(
        self,
        block: WordingBlock,
        origin: Origin,
        variables: Variables | None = None,
        insert: str | None = None,
        picture: LetterheadPicture | None = None,
    ) -> None:
        """A block of wording with its values filled in."""
        variables = self.variables if variables is None else variables
        runs = block.fixed
        if runs is None:
            runs = tuple(_run(piece, variables, self.edition.language) for piece in block.pieces)
        self._add(block.role, block.source, runs, origin, block.place, insert, picture=picture)


def _run(piece: PieceOfMarkdown, variables: Variables, language: str) -> Run:
    """Words as they stand in the wording, or the value of their placeholder."""
    text, name, gap = piece.content, None, False
    if isinstance(text, Placeholder) and text.name in PAGE_NAMES:
        return Run(f"{{{{ {text.name} }}}}", name=text.name)
    if isinstance(text, Placeholder):
        name = text.name
        text, gap = typeset(text.show(variables[name], language)), not variables[name].supplied
    return Run(text, piece.emphasis, piece.strong, piece.link, name, gap)


def _cell(figure: Figure, language: str) -> Cell:
    """A figure as it is printed in its table."""
    column = figure.column
    return Cell(
        group=column.group,
        id=column.id,
        label=typeset(column.label),
        text=typeset(figure.printed(language)),
        value=figure.value,
        kind=column.kind.name,
        header=typeset(column.header_group or ""),
        place=figure.place,
        figure=figure,
    )
