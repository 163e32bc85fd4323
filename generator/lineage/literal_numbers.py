"""Numbers that people typed into the wording: where they stand, and whether a fact says the same.

A typed number that equals no fact of the edition is nobody's but the person's who typed it. Whether
it still holds is asked once a year, with the sentence it stands in, as long as that is last year's
(`generator.checks.carried_over`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.edition import number_formats
from generator.edition.edition import Edition
from generator.letter.letter import ComposedBlock
from generator.letter.numbers import named_in, numbers_in
from generator.problems import Place, Problem


@dataclass(frozen=True)
class LiteralNumber:
    """A number that stands in the wording itself."""

    text: str
    place: Place
    at: int
    """Where it begins in the text of its block."""


def typed_in(block: ComposedBlock) -> Iterator[LiteralNumber]:
    """The numbers in a block that no placeholder has brought there."""
    text = "".join(" " * len(run.text) if run.name else run.text for run in block.runs)
    seen: dict[str, int] = {}
    for found in numbers_in(text):
        number = found[0]
        seen[number] = seen.get(number, 0) + 1
        yield LiteralNumber(number, _place(block, number, seen[number]), found.start())
    if block.table is not None:
        for cell in block.table.cells:
            column = cell.column
            for label in filter(None, [column.label, column.header_group]):
                for found in numbers_in(label):
                    yield LiteralNumber(found[0], column.place, 0)


def _place(block: ComposedBlock, number: str, occurrence: int) -> Place:
    """Where a number stands in the file: the same one of those that are alike in the source."""
    for found in numbers_in(block.wording):
        occurrence -= found[0] == number
        if not occurrence:
            before = block.wording[: found.start()]
            lines = before.count("\n")
            column = len(before) - before.rfind("\n")
            first = block.place.column + column - 1
            return replace(
                block.place, line=block.place.line + lines, column=column if lines else first
            )
    return block.place


def known_numbers(edition: Edition) -> Mapping[str, str]:
    """The numbers that are facts of an edition, as they may be typed, and the facts' names."""
    end, year = edition.period_end, edition.year
    known = {str(year): "edition.year"}
    known.setdefault(str(end.year), "edition.period_end")
    known.setdefault(str(edition.letter_date.year), "edition.letter_date")
    first = end.year - 1 if (end.month, end.day) != (12, 31) else end.year
    for dash in ("-", "–", "/"):
        for last in (str(end.year), f"{end.year % 100:02}"):
            known[f"{first}{dash}{last}"] = "edition.period_end"
    for group, figures in edition.national.items():
        for column, value in figures.items():
            if value is not None:
                for text in (str(value), number_formats.number(value, edition.language)):
                    known.setdefault(text, f"edition.national.{group}.{column}")
    return known


def to_confirm(number: LiteralNumber, block: ComposedBlock, unconfirmed: Iterable[Problem]) -> bool:
    """Whether a number stands in one of these sentences that were carried over."""
    wording = " ".join(block.wording.split())
    return any(
        sentence.place.path == number.place.path
        and sentence.subject is not None
        and sentence.subject in wording
        and number.text in [named[0] for named in named_in(sentence.subject)]
        for sentence in unconfirmed
    )
