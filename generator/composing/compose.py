"""Compose a letter: an edition, an authority and the wording become blocks of finished words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.composing import formats
from generator.composing.facts import Facts, facts_of
from generator.composing.insert_files import follows
from generator.composing.inserts import PlacedInsert, choose
from generator.composing.letter import Block, Cell, Head, Letter, Origin, Role, Run, Table
from generator.composing.markdown import WordingBlock
from generator.composing.wording import Wording
from generator.loading.authority import Authority
from generator.loading.edition import Edition, Group
from generator.loading.edition_file import Part
from generator.loading.figures import Figure
from generator.problems import Place, Problem


@dataclass(frozen=True)
class Composed:
    """A letter, and what is wrong with it: with an error among the problems it must not be sent."""

    letter: Letter
    inserts: tuple[str, ...]
    problems: list[Problem]
    undecided: tuple[str, ...] = ()
    """The inserts whose rule hangs on a figure that is not yet supplied."""


def compose(
    edition: Edition, authority: Authority, wording: Wording, *, draft: bool = False
) -> Composed:
    """Compose one authority's letter.

    Only a draft may have gaps: a figure that is not yet supplied is otherwise an error.
    """
    facts = facts_of(edition, authority)
    choice = choose(authority, wording, facts)
    problems = choice.problems
    if not draft:
        problems += [_gap(figure) for figure in authority.missing()]
    composer = _Composer(edition, authority, wording, facts, choice.placed)
    subject = composer.words("subject").text
    letter = Letter(
        year=edition.year,
        slug=authority.slug,
        language=edition.language,
        title=f"{subject}: {typeset(authority.name)}",
        author=typeset(f"{edition.signatory}, {edition.offices[0]}"),
        date=edition.letter_date,
        authority=typeset(authority.name),
        blocks=tuple(composer.blocks()),
        draft=draft,
        figures=tuple(f for figures in authority.figures.values() for f in figures),
    )
    names = tuple(placed.insert.name for placed in choice.placed)
    return Composed(letter, names, problems, tuple(choice.undecided))


def typeset(value: str) -> str:
    """A value with its apostrophes set like those of the wording around it."""
    return value.replace("'", "’")


def _gap(figure: Figure) -> Problem:
    message = "not yet supplied (null); a letter needs the figure, a draft does not (--draft)"
    where = f"{figure.column.group}.{figure.column.id}"
    return Problem(figure.place, message, where)


class _Composer:
    """Makes the blocks of one letter, part by part, in reading order."""

    def __init__(
        self,
        edition: Edition,
        authority: Authority,
        wording: Wording,
        facts: Facts,
        placed: list[PlacedInsert],
    ) -> None:
        self.edition = edition
        self.authority = authority
        self.wording = wording
        self.facts = facts
        self.placed = placed

    def blocks(self) -> Iterable[Block]:
        yield from _numbered(Part.OPENING, self._opening())
        for section in self.edition.sections:
            yield from _numbered(section, self._section(section))
        yield from _numbered(Part.CLOSING, self._closing())
        yield from _numbered(Part.REPORT, self._report())

    def words(self, key: str) -> Block:
        """A block of the edition's fixed words."""
        return self._fill(self.wording.words[key], Origin.EDITION)

    def _opening(self) -> Iterable[Block]:
        yield self.words("masthead")
        yield self._value(Role.DATE, "edition.letter_date", "{{ edition.letter_date | long_date }}")
        yield self.words("delivery")
        for number, name in enumerate(self.authority.addressee.names):
            line = self._value(Role.ADDRESS_LINE, "authority.addressee.name")
            run = replace(line.runs[0], text=typeset(name))
            place = self.authority.place("addressee", "name", number)
            yield replace(line, runs=(run,), place=place)
        yield self._value(Role.ADDRESS_LINE, "authority.addressee.office")
        yield self._value(Role.ADDRESS_LINE, "authority.name")
        yield self.words("salutation")
        yield self.words("subject")

    def _section(self, section: str) -> Iterable[Block]:
        inserts = [placed for placed in self.placed if placed.insert.section == section]
        for block in self.wording.sections[section]:
            yield self._fill(block, Origin.SECTION)
            for placed in inserts:
                if placed.insert.after is not None and follows(block, placed.insert.after):
                    yield from self._insert(placed)
        for placed in inserts:
            if placed.insert.after is None:
                yield from self._insert(placed)

    def _insert(self, placed: PlacedInsert) -> Iterable[Block]:
        facts = {**self.facts, **placed.values}
        for block in placed.insert.blocks:
            yield self._fill(block, Origin.INSERT, facts, placed.insert.name)

    def _closing(self) -> Iterable[Block]:
        yield self.words("closing")
        yield self._value(Role.SIGNATORY, "edition.signatory.name")
        for number, office in enumerate(self.edition.offices):
            place = self.edition.place("signatory", "offices", number)
            yield _typed(Role.OFFICE, office, place)

    def _report(self) -> Iterable[Block]:
        yield self.words("report_title")
        yield self.words("report_period")
        for block in self.wording.report["guide"]:
            yield self._fill(block, Origin.SECTION)
        *others, last = self.edition.groups
        for group in others:
            yield from self._table(group)
        yield self.words("notes_title")
        for block in self.wording.report["notes"]:
            yield self._fill(block, Origin.SECTION)
        yield from self._table(last)

    def _table(self, group: Group) -> Iterable[Block]:
        yield _typed(Role.TABLE_TITLE, group.title, group.place)
        figures = self.authority.figures[group.id]
        cells = tuple(Cell(f, formats.figure(f, self.edition.language)) for f in figures)
        table = Table(
            group=group.id,
            spanning=_spanning(group),
            labels=tuple(typeset(column.label) for column in group.columns),
            cells=cells,
        )
        wording = "\n".join(f"{column.label}\t{column.id}" for column in group.columns)
        place = self.edition.place("figures", group.id, "columns")
        yield Block("", 0, Role.TABLE, wording, (), Origin.EDITION, place, table=table)

    def _value(self, role: Role, name: str, wording: str = "") -> Block:
        """A block that is nothing but one fact."""
        fact = self.facts[name]
        origin = Origin.AUTHORITY if name.startswith("authority.") else Origin.EDITION
        run = Run(typeset(fact.printed), name=name)
        wording = wording or f"{{{{ {name} }}}}"
        return Block("", 0, role, wording, (run,), origin, fact.place)

    def _fill(
        self,
        block: WordingBlock,
        origin: Origin,
        facts: Facts | None = None,
        insert: str | None = None,
    ) -> Block:
        """A block of wording with its values filled in."""
        facts = self.facts if facts is None else facts
        runs = []
        for piece in block.pieces:
            run = Run("", piece.emphasis, piece.strong, piece.link)
            if isinstance(piece.content, str):
                runs.append(replace(run, text=piece.content))
            else:
                name = piece.content.name
                text = typeset(piece.content.show(facts[name], self.edition.language))
                gap = not facts[name].supplied
                runs.append(replace(run, text=text, name=name, gap=gap))
        return Block("", 0, block.role, block.source, tuple(runs), origin, block.place, insert)


def _numbered(part: str, blocks: Iterable[Block]) -> Iterable[Block]:
    for number, block in enumerate(blocks, start=1):
        yield replace(block, part=part, number=number)


def _typed(role: Role, text: str, place: Place) -> Block:
    """A block of the edition's words that holds no placeholder."""
    return Block("", 0, role, text, (Run(typeset(text)),), Origin.EDITION, place)


def _spanning(group: Group) -> tuple[Head, ...]:
    """The upper row of heads: neighbours under the same head share one."""
    if not any(column.under for column in group.columns):
        return ()
    heads: list[Head] = []
    last: str | None = None
    for number, column in enumerate(group.columns, start=1):
        if heads and column.under == last:
            heads[-1] = replace(heads[-1], columns=heads[-1].columns + 1)
        else:
            heads.append(Head(typeset(column.under or ""), 1, number))
        last = column.under
    return tuple(heads)
