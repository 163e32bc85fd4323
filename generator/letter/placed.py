"""What wording places by its name: tables, charts and fixed words, and what is wrong with that."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from generator.edition.authority import Authority
from generator.edition.charts import ChartDefinition, ChartForm, charts_of
from generator.edition.edition import Edition
from generator.edition.figures import GAP
from generator.edition.letterhead import FixedWords
from generator.edition.tables import TableDefinition, tables_of
from generator.letter.directives import Directive
from generator.letter.figures_in_letters import chart_of
from generator.letter.guards import unguarded
from generator.letter.markdown import parse_line
from generator.letter.roles import Role
from generator.letter.variables import Vocabulary
from generator.letter.wording_block import WordingBlock
from generator.problems import Problem, suggestion

PLACED_WORDS = ("report_title", "report_period", "notes_title")
"""The fixed words that stand where wording places them; the others every letter has by itself."""


@dataclass(frozen=True)
class Placeable:
    """All that the wording of an edition may place by name."""

    tables: dict[str, TableDefinition]
    charts: Collection[str]
    words: frozenset[str]
    """The keys of the fixed words that the edition has."""

    def problems(self, blocks: Iterable[WordingBlock], *, is_page: bool = False) -> list[Problem]:
        """What is wrong with the directives of a file; `is_page` of the statistics page."""
        return list(self._problems(blocks, is_page))

    def _problems(self, blocks: Iterable[WordingBlock], is_page: bool) -> Iterator[Problem]:
        words = 0
        for block in blocks:
            placed = block.placed
            if placed is None or placed.directive is Directive.WORDS:
                words += 1
            if placed is None:
                continue
            said = self._unknown(placed.directive, placed.name)
            if not said and placed.beside:
                said = _cannot_stand_beside(placed.directive, is_page, words)
            if said:
                yield Problem(block.place, said, block.source)
            if placed.directive is Directive.TABLE:
                words = 0

    def _unknown(self, directive: Directive, name: str) -> str:
        known: Collection[str] = {
            Directive.CHART: self.charts,
            Directive.TABLE: self.tables,
            Directive.WORDS: self.words,
        }[directive]
        if name in known:
            return ""
        if directive is not Directive.WORDS:
            hint = suggestion(name, known, none="; the edition has none")
            return f'there is no {directive} "{name}"{hint}'
        if name in PLACED_WORDS:
            return f"no such words; add {name}: below words: in edition.yaml"
        if name in FixedWords.model_fields:
            return f'"{name}" appears in every letter anyway; remove it here'
        return f'no fixed words "{name}"{suggestion(name, PLACED_WORDS)}'


def _cannot_stand_beside(directive: Directive, is_page: bool, words: int) -> str:
    if directive is not Directive.TABLE:
        return "only a table can stand beside text; remove | beside"
    if not is_page:
        return "| beside works only on the statistics page; remove it"
    if not words:
        return "no text before it to stand beside; add it, or remove | beside"
    return ""


def placeable(edition: Edition) -> Placeable:
    """What an edition's wording may place."""
    words = frozenset(key for key in PLACED_WORDS if getattr(edition.words, key) is not None)
    return Placeable(tables_of(edition), edition.charts, words)


def tables_in(blocks: Iterable[WordingBlock]) -> list[str]:
    """The names of the tables that wording places, in order."""
    placed = (block.placed for block in blocks)
    return [each.name for each in placed if each and each.directive is Directive.TABLE]


@dataclass(frozen=True)
class Chart:
    """A chart that wording may place, and the words that stand for it, checked."""

    definition: ChartDefinition
    alternative: WordingBlock


def read_charts(edition: Edition, vocabulary: Vocabulary) -> tuple[dict[str, Chart], list[Problem]]:
    """The charts of an edition, by name."""
    charts: dict[str, Chart] = {}
    problems: list[Problem] = []
    for name, definition in charts_of(edition).items():
        place = edition.place("charts", name, "alternative")
        said = edition.charts[name].alternative
        words, more = parse_line(said, Role.CHART, place, vocabulary)
        where = f"charts.{name}.alternative"
        more += unguarded(words, vocabulary)
        problems += [replace(problem, where=problem.where or where) for problem in more]
        charts[name] = Chart(definition, words)
    return charts, problems


def is_empty(definition: ChartDefinition, authority: Authority) -> bool:
    """Whether there is nothing to draw: nothing to divide, no bar of any length.

    What is not yet supplied may still be something.
    """
    parts = chart_of(definition, authority, "en").parts
    if any(part.text == GAP for part in parts):
        return False
    if definition.form is ChartForm.BARS and definition.columns[0].kind.whole:
        return all(part.value is None for part in parts)
    return not any(part.value for part in parts)
