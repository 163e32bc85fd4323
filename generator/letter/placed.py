"""What the directives of wording place: whether it is there, and may stand where they say."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from generator.edition.edition import Edition
from generator.edition.fixed_words import FixedWords
from generator.edition.tables import TableDefinition, tables_of
from generator.letter.directives import Directive
from generator.letter.roles import Role
from generator.letter.wording_block import WordingBlock
from generator.problems import Problem, did_you_mean

PLACED_WORDS = {
    "report_title": Role.REPORT_TITLE,
    "report_period": Role.REPORT_PERIOD,
    "notes_title": Role.NOTES_TITLE,
}
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
        match directive:
            case Directive.CHART:
                if name in self.charts:
                    return ""
                return f'there is no chart "{name}"{_hint(name, self.charts)}'
            case Directive.TABLE:
                if name in self.tables:
                    return ""
                return f'there is no table "{name}"{_hint(name, self.tables)}'
            case Directive.WORDS:
                if name in self.words:
                    return ""
                if name in PLACED_WORDS:
                    return f"there are no such words; write {name}: below words: in edition.yaml"
                if name in FixedWords.model_fields:
                    return f'"{name}" stands in every letter by itself; remove it here'
                return f'there are no words "{name}" to place{_hint(name, PLACED_WORDS)}'


def _hint(name: str, known: Collection[str]) -> str:
    near = did_you_mean(name, known)
    return near or (f"; expected one of {', '.join(known)}" if known else "; the edition has none")


def _cannot_stand_beside(directive: Directive, is_page: bool, words: int) -> str:
    if directive is not Directive.TABLE:
        return "only a table can stand beside words; remove | beside"
    if not is_page:
        return "only on the statistics page is there room beside words; remove | beside"
    if not words:
        return "there are no words before it to stand beside; write them, or remove | beside"
    return ""


def placeable(edition: Edition) -> Placeable:
    """What an edition's wording may place."""
    words = frozenset(key for key in PLACED_WORDS if getattr(edition.words, key) is not None)
    return Placeable(tables_of(edition), edition.charts, words)


def tables_in(blocks: Iterable[WordingBlock]) -> list[str]:
    """The names of the tables that wording places, in order."""
    placed = (block.placed for block in blocks)
    return [each.name for each in placed if each and each.directive is Directive.TABLE]
