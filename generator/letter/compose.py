"""Compose a letter: an edition, an authority and the wording become blocks of finished words."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any

from generator.edition.authority import Authority
from generator.edition.edition import Edition, Part
from generator.edition.tables import TableDefinition
from generator.letter.cases import gap
from generator.letter.directives import Directive
from generator.letter.figures_in_letters import chart_of, compared_names, row_of, typeset
from generator.letter.letter import (
    ComposedBlock,
    ComposedLetter,
    Composition,
    Run,
    Table,
)
from generator.letter.placed import Chart, is_empty
from generator.letter.read_inserts import follows
from generator.letter.recipients import NoLetter, lines_below_signature, names_copies, why_no_letter
from generator.letter.roles import Origin, Role
from generator.letter.rules import all_met
from generator.letter.variables import Variables, copy_names, sides_of, variables_of
from generator.letter.wording import PlacedInsert, Wording, choose
from generator.letter.wording_block import WordingBlock
from generator.problems import Place, Problem


@dataclass(frozen=True, kw_only=True)
class LetterSummary:
    """What is known of a letter without its words, and what is wrong with its inserts.

    What else is wrong with it, the checks find.
    """

    inserts: tuple[str, ...]
    problems: tuple[Problem, ...]
    undecided: tuple[str, ...] = ()
    """The inserts whose rule hangs on a figure that is not yet supplied."""
    compared: frozenset[str] = frozenset()
    """The names of the comparators' values that its words hang on."""
    no_letter: NoLetter | None = None
    """Why there shall be no such letter, or may be none."""
    empty_charts: tuple[str, ...] = ()
    """The charts that its wording places, and that are left out: they have nothing to draw."""


@dataclass(frozen=True, kw_only=True)
class Composed(LetterSummary):
    """A letter as it was composed."""

    letter: ComposedLetter

    @property
    def summary(self) -> LetterSummary:
        """What is known of it without its words, which can be kept for thousands of letters."""
        known = {each.name: getattr(self, each.name) for each in fields(LetterSummary)}
        return LetterSummary(**known) if self.problems else _kept_once(**known)


_kept_once = lru_cache(maxsize=1000)(LetterSummary)
"""The same summary for all letters of which the same is known."""


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
    problems = (*choice.problems, *composer.problems)
    no_letter = why_no_letter(wording.recipients, variables)
    undecided, empty = tuple(choice.undecided), tuple(composer.empty_charts)
    return Composed(
        letter=letter,
        inserts=names,
        problems=problems,
        undecided=undecided,
        compared=compared,
        no_letter=no_letter,
        empty_charts=empty,
    )


def _names_in_rules(wording: Wording, placed: tuple[str, ...]) -> set[str]:
    """The names that decide which words a letter has that has these inserts."""
    rules = [insert.rule for insert in wording.inserts.values() if insert.rule is not None]
    for block, insert in wording.written():
        if insert is None or insert.name in placed:
            rules += [condition.rule for condition in block.all_conditions]
    return {name for rule in rules for name in rule.names}


@dataclass(frozen=True)
class _Source:
    """Whose words are set, of which insert, and what fills them in."""

    origin: Origin
    variables: Variables
    insert: str | None = None


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
        for block in self.wording.page:
            self._block(block, self._of(Origin.SECTION))
        self._begin(Part.EACH_PAGE)
        self._letterhead(Role.FOOTER)
        self._letterhead(Role.PAGE_NUMBER)
        return self._blocks

    def _begin(self, part: str) -> None:
        self._part = part
        self._number = sum(block.part == part for block in self._blocks)

    def _of(self, origin: Origin) -> _Source:
        return _Source(origin, self.variables)

    def _add(
        self,
        role: Role,
        wording: str,
        runs: tuple[Run, ...],
        place: Place,
        source: _Source,
        **more: Any,
    ) -> None:
        """The next block of this part; `more` is what else it has: a table, a chart, a picture."""
        self._number += 1
        composition = Composition(wording, source.origin, source.insert)
        self._blocks.append(
            ComposedBlock(
                part=self._part,
                number=self._number,
                role=role,
                composition=composition,
                place=place,
                runs=runs,
                **more,
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
            place = self.authority.place("addressee", "name", number)
            self._values(Role.ADDRESS_LINE, [("authority.addressee.name", each)], place)
        self._value(Role.ADDRESS_LINE, "authority.addressee.office")
        self._value(Role.ADDRESS_LINE, "authority.name")
        self._words("salutation")
        self._words("subject")

    def _section(self, section: str) -> None:
        inserts = [placed for placed in self.placed if placed.insert.section == section]
        for block in self.wording.sections[section]:
            self._block(block, self._of(Origin.SECTION))
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
            self._block(block, _Source(Origin.INSERT, variables, placed.insert.name))

    def _closing(self) -> None:
        self._words("closing")
        self._letterhead(Role.SIGNATURE)
        self._value(Role.SIGNATORY, "edition.signatory.name")
        for number, office in enumerate(self.edition.signatory.offices):
            place = self.edition.place("signatory", "offices", number)
            self._typed(Role.OFFICE, office, place, self._of(Origin.EDITION))
        lines = self.wording.letterhead(Role.AFTER_SIGNATURE)
        for line in lines_below_signature(lines, any_copies=bool(self.authority.copies)):
            if names_copies(line):
                self._copies()
            else:
                self._fill(line, self._of(Origin.EDITION))

    def _copies(self) -> None:
        """A line for each person to whom a copy goes."""
        for role, person in self.authority.copies.items():
            name, office = copy_names(role)
            place = self.authority.place("copies", role)
            self._values(
                Role.AFTER_SIGNATURE, [(name, person.name), (office, person.office)], place
            )

    def _block(self, block: WordingBlock, source: _Source) -> None:
        """A block of wording, or what it places; nothing where that is a problem already."""
        placed = block.placed
        if placed is None or not all_met(block.conditions, source.variables):
            self._passage(block, source)
        elif placed.directive is Directive.TABLE and placed.name in self.wording.tables:
            self._table(self.wording.tables[placed.name], block, source)
        elif placed.directive is Directive.CHART and placed.name in self.wording.charts:
            self._chart(self.wording.charts[placed.name], block, source)
        elif placed.directive is Directive.WORDS and placed.name in self.wording.words:
            self._words(placed.name)

    def _table(self, table: TableDefinition, block: WordingBlock, source: _Source) -> None:
        """A table under its title; a letter has each table once, so that its name tells it."""
        source = replace(source, origin=Origin.EDITION)
        before = self._tables.setdefault(table.name, block)
        if before is not block:
            message = f'the table "{table.name}" would appear twice in one letter; remove one'
            written = before if block.place.path == self.edition.path else block
            self.problems.append(Problem(written.place, message, written.source))
            return
        if table.title:
            place = table.title_place
            self._typed(Role.TABLE_TITLE, table.title, place, source, group=table.name)
        self.compared.update(compared_names(table))
        language = self.edition.language
        composed = Table(
            name=table.name,
            rows=tuple(row_of(row, table, self.authority, language) for row in table.rows),
            turned=table.turned,
            beside=bool(block.placed and block.placed.beside),
        )
        more = {"group": table.name, "table": composed}
        self._add(Role.TABLE, table.wording, (), table.place, source, **more)

    def _chart(self, chart: Chart, block: WordingBlock, source: _Source) -> None:
        """A chart under its title, once in a letter; left out where there is nothing to draw."""
        source = replace(source, origin=Origin.EDITION)
        name, title = chart.definition.name, chart.definition.title
        if any(other.chart and other.chart.name == name for other in self._blocks):
            message = f'the chart "{name}" would appear twice in one letter; remove one'
            self.problems.append(Problem(block.place, message, block.source))
            return
        if is_empty(chart.definition, self.authority):
            self.empty_charts.append(name)
            return
        if title:
            place = chart.definition.title_place
            self._typed(Role.CHART_TITLE, title, place, source, group=name)
        self.compared.update(compared_names(chart.definition))
        printed = chart_of(chart.definition, self.authority, self.edition.language)
        self._fill(chart.alternative, source, chart=printed)

    def _words(self, key: str) -> None:
        """A block of the edition's fixed words."""
        self._fill(self.wording.words[key], self._of(Origin.EDITION))

    def _letterhead(self, role: Role) -> None:
        """The lines of a part of the letterhead, or its picture; mostly there are none."""
        pictures = dict(self.edition.letterhead.pictures())
        for block in self.wording.letterhead(role):
            self._fill(block, self._of(Origin.EDITION), picture=pictures.get(role.value))

    def _typed(self, role: Role, text: str, place: Place, source: _Source, **more: Any) -> None:
        """A block of the edition's words that holds no placeholder."""
        self._add(role, text, (Run(typeset(text)),), place, source, **more)

    def _value(self, role: Role, name: str, wording: str = "") -> None:
        """A block that is nothing but one variable."""
        variable = self.variables[name]
        self._values(role, [(name, variable.printed)], variable.place, wording)

    def _values(
        self, role: Role, values: Sequence[tuple[str, str]], place: Place, wording: str = ""
    ) -> None:
        """A block that is nothing but values, each behind its name, with commas between them."""
        runs = [run for name, said in values for run in (Run(", "), Run(typeset(said), name=name))]
        written = wording or ", ".join(f"{{{{ {name} }}}}" for name, _ in values)
        is_own = values[0][0].startswith("authority.")
        source = self._of(Origin.AUTHORITY if is_own else Origin.EDITION)
        self._add(role, written, tuple(runs[1:]), place, source)

    def _passage(self, block: WordingBlock, source: _Source) -> None:
        """A block of wording where its conditions are met; a gap where that is undecided."""
        is_met = all_met(block.conditions, source.variables)
        if is_met:
            self._fill(block.in_letter(source.variables), source)
        elif is_met is None and block.case_of not in self._undecided:
            self._undecided.add(block.case_of)
            words = gap(block.conditions, source.variables)
            self._add(Role.PARAGRAPH, words, (Run(words, gap=True),), block.place, source)

    def _fill(self, block: WordingBlock, source: _Source, **more: Any) -> None:
        """A block of wording with its values filled in."""
        known = {} if block.fixed is None or any(more.values()) else block.composed
        at = (self._part, self._number + 1, source.origin, source.insert)
        if at in known:
            self._number += 1
            self._blocks.append(known[at])
            return
        runs = block.filled(source.variables, self.edition.language)
        self._add(block.role, block.source, runs, block.place, source, **more)
        known[at] = self._blocks[-1]
