"""What would be read without a mistake and may be another thing: asked about before it is taken.

A sheet of another year, of nothing but noughts, in other units, of names sorted apart from their
rows. A person who knows that it is right says so (`--accept`).
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.edition.edition import Edition
from generator.edition.figure_kind import Quantity
from generator.edition.groups import Column, Group
from generator.edition.operands import Address
from generator.problems import Place, Problem, counted, listed, with_option
from generator.spreadsheets.authority_rows import AuthorityRows, CollectedRows
from generator.spreadsheets.cells import Sheet
from generator.spreadsheets.questions import Question
from generator.spreadsheets.readings import GroupReading

Given = Mapping[Address, Quantity | None]
FACTOR = 500
"""From so many times another figure on, one may be in other units."""
FEW = 20
"""Of fewer in all, none may well be left."""
FEW_ALIKE = 10
"""Rows of fewer in all are alike by chance."""
FEWEST_ROWS = 5
"""Of fewer rows, none is told to be unlike the others."""


@dataclass(frozen=True)
class Background:
    """What is known of the figures without the sheets: by slug, those given before."""

    edition: Edition
    last_year: Mapping[str, Given]
    now: Mapping[str, Given]

    def before(self, slug: str, address: Address) -> Quantity | None:
        """A figure of last year; where that is not known, as the file has it now."""
        then = self.last_year.get(slug, {}).get(address)
        return self.now.get(slug, {}).get(address) if then is None else then


def questions(
    found: CollectedRows, rows: Mapping[str, AuthorityRows], known: Background, *, parts: bool
) -> Iterator[Problem]:
    """All that is to be asked about these sheets; `parts` are corrections, of single figures."""
    edition = known.edition
    yield from _years(found, edition)
    for group in edition.groups:
        by_slug = {
            slug: own.groups[group.id] for slug, own in rows.items() if group.id in own.groups
        }
        for column in group.given:
            yield from _units(column, by_slug, known)
        if by_slug and not parts:
            yield from _noughts(group, by_slug, known)
            yield from _alike(group, by_slug, known)


def _asked(question: Question, place: Place, message: str, where: str = "") -> Problem:
    option = f"; if that is right, use --accept {question}"
    return with_option(place, message, option, where, kind=question)


def _years(found: CollectedRows, edition: Edition) -> Iterator[Problem]:
    """What names of files and sheets, and what stands above their headers, say of another year."""
    right = {edition.year, edition.period_end.year, edition.letter_date.year}
    texts: list[tuple[Place, str]] = []
    for rows in found.tables:
        sheet = rows.table.sheet
        texts.append((Place(sheet.path), sheet.path.stem))
        texts.append((sheet.place(), sheet.name))
        texts += _titles(sheet, rows.table.header_row)
    for place, text in dict.fromkeys(texts):
        years = years_in(text)
        if years and not years & right:
            said = listed(map(str, sorted(years)))
            message = f"says {said}, but the edition is of {edition.year}"
            yield _asked(Question.OTHER_YEAR, place, message)


def _titles(sheet: Sheet, header_row: int) -> Iterator[tuple[Place, str]]:
    for (row, column), cell in sheet.cells.items():
        if row < header_row and isinstance(cell.value, str | datetime.date):
            yield sheet.place(row, column), str(cell.value)


_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?: ?[-–/] ?((?:20)?[0-9]{2}))?(?![0-9])")


def years_in(text: str) -> set[int]:
    """The years that a text names; of 2017-18 the second, in which it ends."""
    years = set()
    for first, second in _YEAR.findall(text):
        year, end = int(first), int(second[-2:] or 0)
        follows = end == (year + 1) % 100
        years |= {year + 1} if follows else {year, *([int(second)] if len(second) == 4 else [])}
    return years


def _units(
    column: Column, by_slug: Mapping[str, GroupReading], known: Background
) -> Iterator[Problem]:
    """Figures that are a thousand times what is usual, or a thousandth of it."""
    read = {slug: r.counts[column.id] for slug, r in by_slug.items() if column.id in r.counts}
    values = sorted(reading.value for reading in read.values())
    usual = values[len(values) // 2] if len(values) >= FEWEST_ROWS else None
    for slug, reading in read.items():
        before = known.before(slug, column.address)
        other = usual if before is None else before
        if other is None:
            continue
        low, high = sorted((reading.value, other))
        if high >= FACTOR * max(low, 1):
            said = f"{other} is usual in this column" if before is None else f"it was {before}"
            message = f"found {reading.value}, where {said}: perhaps in different units"
            where = ".".join(column.address)
            yield _asked(Question.THOUSANDFOLD, reading.place, message, where)


def _noughts(
    group: Group, by_slug: Mapping[str, GroupReading], known: Background
) -> Iterator[Problem]:
    """Columns that have a nought in every row, where there were more; or all columns have."""
    if len(by_slug) < 2 or any(reading.problems for reading in by_slug.values()):
        return
    place = _sheet_of(by_slug, next(iter(by_slug)))
    rows = f"zeros in all {counted(len(by_slug), 'row')}"
    noughts = [c for c in group.given if not any(r.counts[c.id].value for r in by_slug.values())]
    said = False
    for column in noughts:
        before = sum(known.before(slug, column.address) or 0 for slug in by_slug)
        if before >= FEW:
            said, message = True, f"{rows}, where they were {before} in all"
            yield _asked(Question.ALL_NOUGHTS, place, message, ".".join(column.address))
    is_new = not any(known.before(s, c.address) is not None for s in by_slug for c in noughts)
    if not said and is_new and len(noughts) == len(group.given):
        yield _asked(Question.ALL_NOUGHTS, place, rows, group.id)


def _alike(
    group: Group, by_slug: Mapping[str, GroupReading], known: Background
) -> Iterator[Problem]:
    """Rows with the figures of others, or all with those of the year before."""
    read = {slug: _complete(r.values, group) for slug, r in by_slug.items()}
    read = {slug: values for slug, values in read.items() if sum(values) >= FEW_ALIKE}
    for when, then in ((known.edition.year - 1, known.last_year), (0, known.now)):
        before = {slug: _complete(given, group) for slug, given in then.items()}
        whose = defaultdict[tuple[Quantity, ...], list[str]](list)
        for slug, values in before.items():
            whose[values].append(slug)
        said = f"in {when}" if when else "in this edition now"
        same = [s for s in read if read[s] == before.get(s)]
        others = [s for s in read if s not in same and whose.get(read[s])]
        if when and len(same) > 1 and len(same) == len(read):
            message = f"every row has the figures that it has {said}"
            place = _sheet_of(by_slug, same[0])
            yield _asked(Question.LAST_YEARS_FIGURES, place, message, group.id)
        if len(others) > 1 and 2 * len(others) >= len(read):
            first = others[0]
            message = (
                f"{len(others)} of {counted(len(read), 'row')} have another authority's figures "
                f"{said} ({first} those of {whose[read[first]][0]}): perhaps the names were "
                f"sorted without their rows"
            )
            yield _asked(Question.OTHERS_FIGURES, _sheet_of(by_slug, first), message, group.id)
            return


def _sheet_of(by_slug: Mapping[str, GroupReading], slug: str) -> Place:
    return by_slug[slug].row.table.sheet.place()


def _complete(given: Given, group: Group) -> tuple[Quantity, ...]:
    """The given figures of a group; none where one is missing."""
    values: Sequence[Quantity | None] = [given.get(column.address) for column in group.given]
    kept = tuple(value for value in values if value is not None)
    return kept if len(kept) == len(values) else ()
