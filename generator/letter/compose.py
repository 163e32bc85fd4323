"""Compose a letter: an edition, an authority and the wording become blocks of finished words."""

from dataclasses import dataclass, field, replace

from generator.edition.authority import Authority
from generator.edition.edition import Edition, Part
from generator.edition.letterhead import LetterheadPicture
from generator.edition.tables import TableDefinition
from generator.letter.cases import gap
from generator.letter.copies import lines_below_signature, names_copies
from generator.letter.directives import Directive
from generator.letter.figures_in_letters import chart_of, compared_names, row_of, typeset
from generator.letter.letter import (
    ComposedBlock,
    ComposedLetter,
    Composition,
    Run,
    Table,
)
from generator.letter.printed_chart import PrintedChart
from generator.letter.read_charts import Chart, is_empty
from generator.letter.read_inserts import follows
from generator.letter.recipients import NoLetter, why_no_letter
from generator.letter.roles import Origin, Role
from generator.letter.rules import all_met
from generator.letter.variables import Variables, copy_names, sides_of, variables_of
from generator.letter.wording import PlacedInsert, Wording, choose
from generator.letter.wording_block import WordingBlock
from generator.problems import Place, Problem


@dataclass(frozen=True)
class Composed:
    """A letter, and what is wrong with its inserts; what else is, the checks find."""

    letter: ComposedLetter
    inserts: tuple[str, ...]
    problems: list[Problem]
    undecided: tuple[str, ...] = ()
    """The inserts whose rule hangs on a figure that is not yet supplied."""
    compared: frozenset[str] = frozenset()
    """The names of the comparators' values that its words hang on."""
    no_letter: NoLetter | None = None
    """Why there shall be no such letter, or may be none."""
    empty_charts: tuple[str, ...] = ()
    """The charts that its wording places, and that are left out: they have nothing to draw."""


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
        slug=edition.stem(authority.slug),
        language=edition.language,
        title=f"{subject}: {typeset(authority.name)}",
        author=typeset(f"{edition.signatory.name}, {edition.signatory.offices[0]}"),
        date=edition.letter_date,
        authority=typeset(authority.name),
        blocks=tuple(blocks),
    )
    names = tuple(placed.insert.name for placed in choice.placed)
    named = (run.name for block in blocks for run in block.runs if run.name)
    said = {side for name in named for side in sides_of(name)} | composer.compared
    compared = frozenset((said | _names_in_rules(wording, names)) & authority.compared.keys())
    problems = choice.problems + composer.problems
    no_letter = why_no_letter(wording.recipients, variables)
    undecided, empty = tuple(choice.undecided), tuple(composer.empty_charts)
    return Composed(letter, names, problems, undecided, compared, no_letter, empty)


def _names_in_rules(wording: Wording, placed: tuple[str, ...]) -> set[str]:
    """The names that decide which words a letter has that has these inserts."""
    inserts = wording.inserts.values()
    rules = [insert.rule for insert in inserts if insert.rule is not None]
    words = [*wording.sections.values(), wording.page]
    words += [insert.blocks for insert in inserts if insert.name in placed]
    conditions = (c for blocks in words for block in blocks for c in block.all_conditions)
    rules += [condition.rule for condition in conditions]
    return {name for rule in rules for name in rule.names}


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
    problems: list[Problem] = field(default_factory=list)
    empty_charts: list[str] = field(default_factory=list)
    compared: set[str] = field(default_factory=set)
    """The names of what tables and charts compare with."""
    _tables: dict[str, WordingBlock] = field(default_factory=dict)
    _blocks: list[ComposedBlock] = field(default_factory=list)
    _part: str = ""
    _number: int = 0
    _undecided: set[Place | None] = field(default_factory=set)
    """Where the conditions begin of which it was said that they are undecided."""

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
        chart: PrintedChart | None = None,
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
                chart=chart,
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
            self._block(block, Origin.SECTION)
            for placed in inserts:
                if placed.insert.after is not None and follows(block, placed.insert.after):
                    self._insert(placed)
        for placed in inserts:
            if placed.insert.after is None:
                self._insert(placed)
        if self._number == 1 and self._blocks[-1].role is Role.HEADING:
            self._blocks.pop()  # no words stand below it in this letter

    def _insert(self, placed: PlacedInsert) -> None:
        variables = {**self.variables, **placed.values}
        for block in placed.insert.blocks:
            self._block(block, Origin.INSERT, variables, placed.insert.name)

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
        for block in self.wording.page:
            self._block(block, Origin.SECTION)

    def _block(
        self,
        block: WordingBlock,
        origin: Origin,
        variables: Variables | None = None,
        insert: str | None = None,
    ) -> None:
        """A block of wording, or what it places; nothing where that is a problem already."""
        placed = block.placed
        if placed is None or not all_met(block.conditions, variables or self.variables):
            self._passage(block, origin, variables, insert)
        elif placed.directive is Directive.TABLE and placed.name in self.wording.tables:
            self._table(self.wording.tables[placed.name], block, insert)
        elif placed.directive is Directive.CHART and placed.name in self.wording.charts:
            self._chart(self.wording.charts[placed.name], block, insert)
        elif placed.directive is Directive.WORDS and placed.name in self.wording.words:
            self._words(placed.name)

    def _table(self, table: TableDefinition, block: WordingBlock, insert: str | None) -> None:
        """A table under its title; a letter has each table once, so that its name tells it."""
        before = self._tables.setdefault(table.name, block)
        if before is not block:
            message = f'the table "{table.name}" would stand twice in one letter; remove one'
            written = before if block.place.path == self.edition.path else block
            self.problems.append(Problem(written.place, message, written.source))
            return
        if table.title:
            place = table.title_place
            self._typed(Role.TABLE_TITLE, table.title, place, table.name, insert)
        self.compared.update(compared_names(table))
        language = self.edition.language
        composed = Table(
            name=table.name,
            rows=tuple(row_of(row, table, self.authority, language) for row in table.rows),
            turned=table.turned,
            beside=bool(block.placed and block.placed.beside),
        )
        self._add(
            *(Role.TABLE, table.wording, (), Origin.EDITION, table.place, insert),
            group=table.name,
            table=composed,
        )

    def _chart(self, chart: Chart, block: WordingBlock, insert: str | None) -> None:
        """A chart under its title, once in a letter; left out where there is nothing to draw."""
        name, title = chart.definition.name, chart.definition.title
        if any(other.chart and other.chart.name == name for other in self._blocks):
            message = f'the chart "{name}" would stand twice in one letter; remove one'
            self.problems.append(Problem(block.place, message, block.source))
            return
        if is_empty(chart.definition, self.authority):
            self.empty_charts.append(name)
            return
        if title:
            place = chart.definition.title_place
            self._typed(Role.CHART_TITLE, title, place, name, insert)
        self.compared.update(compared_names(chart.definition))
        printed = chart_of(chart.definition, self.authority, self.edition.language)
        self._fill(chart.alternative, Origin.EDITION, insert=insert, chart=printed)

    def _words(self, key: str) -> None:
        """A block of the edition's fixed words."""
        self._fill(self.wording.words[key], Origin.EDITION)

    def _letterhead(self, role: Role) -> None:
        """The lines of a part of the letterhead, or its picture; mostly there are none."""
        pictures = dict(self.edition.letterhead.pictures())
        for block in self.wording.letterhead(role):
            self._fill(block, Origin.EDITION, picture=pictures.get(role.value))

    def _typed(
        self,
        role: Role,
        text: str,
        place: Place,
        group: str | None = None,
        insert: str | None = None,
    ) -> None:
        """A block of the edition's words that holds no placeholder."""
        self._add(role, text, (Run(typeset(text)),), Origin.EDITION, place, insert, group=group)

    def _value(self, role: Role, name: str, wording: str = "") -> None:
        """A block that is nothing but one variable."""
        variable = self.variables[name]
        origin = Origin.AUTHORITY if name.startswith("authority.") else Origin.EDITION
        run = Run(typeset(variable.printed), name=name)
        self._add(role, wording or f"{{{{ {name} }}}}", (run,), origin, variable.place)

    def _passage(
        self,
        block: WordingBlock,
        origin: Origin,
        variables: Variables | None = None,
        insert: str | None = None,
    ) -> None:
        """A block of wording where its conditions are met; a gap where that is undecided."""
        variables = self.variables if variables is None else variables
        is_met = all_met(block.conditions, variables)
        if is_met:
            self._fill(block.in_letter(variables), origin, variables, insert)
        elif is_met is None and block.case_of not in self._undecided:
            self._undecided.add(block.case_of)
            words = gap(block.conditions, variables)
            self._add(Role.PARAGRAPH, words, (Run(words, gap=True),), origin, block.place, insert)

    def _fill(
        self,
        block: WordingBlock,
        origin: Origin,
        variables: Variables | None = None,
        insert: str | None = None,
        picture: LetterheadPicture | None = None,
        chart: PrintedChart | None = None,
    ) -> None:
        """A block of wording with its values filled in."""
        variables = self.variables if variables is None else variables
        runs = block.filled(variables, self.edition.language)
        self._add(
            *(block.role, block.source, runs, origin, block.place, insert),
            picture=picture,
            chart=chart,
        )
