"""Lines of a letter and their cells, by where they stand: page furniture, tables over figures."""

import re
from collections import Counter, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from generator.edition.edition import Edition, Group
from generator.edition.groups import Column
from generator.external_letters.reference_edition import Grid, rejoin
from generator.letter.markup import likeness, plain, plain_letters
from generator.verification.read_back import PieceOfText

_WIDE = 1.3
"""How much wider than the letters of a line those of a word may be."""


@dataclass(frozen=True)
class ReadLine:
    """What stands beside each other on a page, divided where there is much room between."""

    page: int
    page_width: float
    page_height: float
    cells: tuple[PieceOfText, ...]
    row: tuple[str, ...] = ()
    """All cells of a table's row, empty ones too, where its file says which they are."""

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.cells[-1].right

    @property
    def height(self) -> float:
        """Its middle, from the bottom of the page."""
        return self.cells[0].height

    def room_for(self, word: str) -> float:
        """How much room a word would take in its type, at most: of wide letters such as W and m."""
        each = (self.right - self.left) / max(len(self.text), 1)
        return each * len(word) * (_WIDE if self.cells[0].font else 1)


_PAGE_NUMBER = re.compile(r"(page )?\d+( ?(/|of) ?\d+)?|DRAFT", re.IGNORECASE)


def without_furniture(lines: Sequence[ReadLine], *, numbers_stay: bool) -> list[ReadLine]:
    """The lines without page numbers, and without what stands at one place of several pages.

    Numbers stay where the letters themselves say how they are told.

    What stands so before all else on the first page is kept there: it may be the masthead.
    """
    pages = Counter(where for where, _ in {(_where(line), line.page) for line in lines})
    kept: list[ReadLine] = []
    at_first = True
    for line in lines:
        repeated = pages[_where(line)] > 1
        is_number = _PAGE_NUMBER.fullmatch(line.text) and not numbers_stay
        if is_number or (repeated and not at_first):
            continue
        at_first = at_first and repeated and line.page == 0
        kept.append(line)
    return kept


def _where(line: ReadLine) -> tuple[str, int]:
    """A line's words, whatever numbers are in them, and how far from the page's edge it stands."""
    from_edge = min(line.height, line.page_height - line.height)
    return re.sub(r"\d+", "#", line.text), round(from_edge / 2)


_FEWEST_BESIDE = 5
"""So many lines must have words on both sides of a gutter; those of a table's labels are fewer."""


def column_by_column(lines: Sequence[ReadLine]) -> Iterator[ReadLine]:
    """The lines in the order in which they are read, where a page is set in two columns."""
    for _, several in groupby(lines, lambda line: line.page):
        page = [*several]
        left = _gutter(page)
        if left is None:
            yield from page
            continue
        for first in (True, False):
            for line in page:
                cells = tuple(cell for cell in line.cells if (cell.left < left - 1) is first)
                if cells:
                    yield replace(line, cells=cells, page_width=left)


def _gutter(page: Sequence[ReadLine]) -> float | None:
    """Where the second column of a page begins; None where it has but one."""
    beside = [cell for line in page if not line.row for cell in line.cells[1:]]
    lefts = Counter(round(cell.left) for cell in beside if len(cell.text.split()) > _FEW_WORDS)
    left, number = max(lefts.items(), key=lambda each: each[1], default=(0, 0))
    crossing = sum(cell.left < left - 1 < cell.right for line in page for cell in line.cells)
    return left if number >= _FEWEST_BESIDE and crossing < number / 4 else None


_FEW_WORDS = 2
"""A label has so many, and a line of a column has more."""

_HEADS_POINTS = 200.0
"""How far above its figures the heads of a table may reach."""


def table_over(
    figures: ReadLine, lines: Sequence[ReadLine], edition: Edition
) -> tuple[list[ReadLine], Grid]:
    """The lines before a table, and the table: its heads are the nearest texts over each figure.

    How many of these belong to a head, and how many to what stands over it, the edition's labels
    tell.
    """
    over = _lines_over(figures, lines)
    texts = tuple(cell.text for cell in figures.cells)
    spans = {
        plain_letters(column.header_group) for column in edition.columns() if column.header_group
    }
    whole = [g for g in edition.titled_groups if len(g.columns) == len(texts)]
    used: set[int] = set()
    heads: tuple[str, ...] = ()
    is_text = not figures.cells[0].font  # whose columns may touch, and whose lines go across
    for group in whole if is_text else ():
        in_order = _lines_in_order(over, group, spans)
        if in_order:
            used = {id(cell) for line in in_order for cell in line.cells}
            heads = tuple(column.label for column in group.columns)
    if not used:
        stacks = _stacks(figures, [line for line in over if not _is_spanning(line, spans)])
        found = max(
            (_heads(stacks, group) for group in whole or edition.titled_groups),
            key=lambda headers: headers.likeness,
        )
        used, heads = {id(cell) for cell in found.cells}, found.texts
        if is_text:
            labels = {plain_letters(column.label) for column in edition.columns()}
            heads = tuple(head if plain_letters(head) in labels else "" for head in heads)
    left = [tuple(cell for cell in line.cells if id(cell) not in used) for line in over]
    spanning = [cell for line in left for cell in line if plain_letters(cell.text) in spans]
    kept = [line for line in left if line and not all(cell in spanning for cell in line)]
    title = kept or [line for line in left if line][:1]  # the title may say what a head says
    before = [*lines[: len(lines) - len(over)], *(replace(figures, cells=line) for line in title)]
    if not spanning and before and all(plain_letters(c.text) in spans for c in before[-1].cells):
        spanning = [*before.pop().cells] if len(before[-1].cells) > 1 else []
    rows = [row for row in (tuple(cell.text for cell in spanning), heads) if row]
    return before, Grid((*rows, texts))


def _is_spanning(line: ReadLine, spans: Collection[str]) -> bool:
    """Whether a line has headers over several columns; one alone may be a title."""
    return len(line.cells) > 1 and all(plain_letters(cell.text) in spans for cell in line.cells)


def _lines_in_order(
    over: Sequence[ReadLine], group: Group, spans: Collection[str]
) -> Sequence[ReadLine]:
    """The lines that say all labels of a group and nothing else, each word in its column's order.

    Then it is no matter where its cells begin and end, as it is not in a text.
    """
    for first in range(len(over)):
        labels = [deque(plain(column.label).split()) for column in group.columns]
        lines = [
            line
            for line in over[first:]
            if not all(plain_letters(cell.text) in spans for cell in line.cells)
        ]
        if all(_take(labels, plain(line.text).split()) for line in lines) and not any(labels):
            return lines
    return []


def _take(labels: Sequence[deque[str]], words: Sequence[str]) -> bool:
    """Take a line's words off the beginnings of labels, from left to right; whether all are."""
    at = 0
    for word in words:
        places = (n for n in range(at, len(labels)) if labels[n] and labels[n][0] == word)
        found = next(places, None)
        if found is None:
            return False
        labels[found].popleft()
        at = found
    return True


def _lines_over(figures: ReadLine, lines: Sequence[ReadLine]) -> Sequence[ReadLine]:
    """The last lines before a row of figures that stand over it and end no sentence.

    Over figures that begin a page, these are the last of the page before.
    """
    over: list[ReadLine] = []
    page = lines[-1].page if lines else figures.page
    bottom = figures.height
    if page != figures.page:
        bottom = min(line.height for line in lines if line.page == page) - 1
    for line in reversed(lines):
        above = line.height - bottom
        is_near = line.page == page >= figures.page - 1 and 0 < above < _HEADS_POINTS
        if not is_near or line.row or re.search("[.:;,]$", line.text):
            break
        over.insert(0, line)
    return over


def _stacks(figures: ReadLine, over: Sequence[ReadLine]) -> list[list[PieceOfText]]:
    """The texts over each figure, from top down: each text stands over the figure nearest to it."""
    stacks: list[list[PieceOfText]] = [[] for _ in figures.cells]
    for cell in (cell for line in over for cell in line.cells):
        distances = [abs(cell.middle - figure.middle) for figure in figures.cells]
        stacks[distances.index(min(distances))].append(cell)
    return [sorted(stack, key=lambda cell: -cell.height) for stack in stacks]


@dataclass(frozen=True)
class _Heads:
    texts: tuple[str, ...]
    cells: tuple[PieceOfText, ...]
    likeness: float


def _heads(stacks: Sequence[Sequence[PieceOfText]], group: Group) -> _Heads:
    """Of each stack, from the figure up, as much as is likest to a label of the group.

    What stands beside the table may have come between a figure and its whole label.
    """
    texts = []
    cells: list[PieceOfText] = []
    total = 0.0
    for stack in stacks:
        ways = [stack[first:] for first in range(len(stack) + 1)]
        pieces = (stack[first:last] for last in range(len(stack)) for first in range(last))
        ways += [piece for piece in pieces if _likest(_text(piece), group.columns) == 1]
        alike, best = max(
            ((_likest(_text(way), group.columns), way) for way in ways), key=lambda each: each[0]
        )
        texts.append(_text(best))
        cells += best
        total += alike
    return _Heads(tuple(texts), tuple(cells), total)


def _likest(text: str, columns: Sequence[Column]) -> float:
    return max(likeness(text, column.label) for column in columns)


def _text(stack: Sequence[PieceOfText]) -> str:
    return rejoin(cell.text for cell in stack)
