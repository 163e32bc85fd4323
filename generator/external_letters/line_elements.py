"""Lines as paragraphs and tables: by where they stand, and by how far they reach."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from statistics import median, mode

from generator.external_letters.printed_lines import (
    ReadLine,
    column_by_column,
    table_over,
    without_furniture,
)
from generator.external_letters.reference_edition import (
    Element,
    Grid,
    PartKind,
    ReferenceEdition,
    Words,
    is_figure,
)
from generator.letter.figures_in_letters import typeset
from generator.letter.markup import likeness, plain_letters
from generator.letter.roles import Role
from generator.verification.table_proof import side_by_side, whole_cells

_MARK = re.compile(r"([•–▪·*-]|\d+[.)])\s+(?=\S)")


def elements_by_lines(
    lines: Sequence[ReadLine], pattern: ReferenceEdition, *, line_is_paragraph: bool = False
) -> Iterator[Element]:
    """Paragraphs, divided where a line ends before its room does; tables, upright or across.

    In a text that was not wrapped, each line is a paragraph.
    """
    return _LineReader(lines, pattern, line_is_paragraph).read()


class _LineReader:
    """Reads the lines of one letter; what the letters of its edition know of them comes first."""

    def __init__(
        self, lines: Sequence[ReadLine], pattern: ReferenceEdition, line_is_paragraph: bool
    ) -> None:
        with_numbers = any(
            key == Role.PAGE_NUMBER for key, _, _ in pattern.edition.letterhead.texts()
        )
        whole = [*_whole_rows([*column_by_column(lines)], pattern.nones)]
        self.lines = without_furniture(whole, numbers_stay=with_numbers)
        self.pattern = pattern
        self.words = pattern.words.with_own(line.text for line in self.lines)
        self.usual = _pitch(lines, _WIDEST_PITCH)

        self.line_is_paragraph = line_is_paragraph
        self.labels = [column.label for column in pattern.edition.columns()]
        self.nearest = 1.25 * min(self.usual, _WIDEST_PITCH) * _height(lines)

    def read(self) -> Iterator[Element]:
        """All paragraphs and tables, in order."""
        waiting: list[ReadLine] = []
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            number, grid = self._table_at(at, waiting)
            if grid is None:
                waiting.append(line)
                at += 1
                continue
            yield from self._paragraphs(waiting)
            yield grid
            waiting = []
            at += number
        yield from self._paragraphs(waiting)

    def _table_at(self, at: int, waiting: list[ReadLine]) -> tuple[int, Grid | None]:
        """The table of which a line is the first with a figure, and of how many lines it is.

        The lines over it that belong to it are taken off those that wait.
        """
        line = self.lines[at]
        if line.row:
            rows = [*takewhile(lambda each: each.row, self.lines[at:])]
            return len(rows), Grid(tuple(each.row for each in rows))
        figures = [is_figure(cell.text, self.pattern.nones) for cell in line.cells]
        if len(figures) > 1 and all(figures):
            if self.line_is_paragraph:
                return 1, Grid((tuple(cell.text for cell in line.cells),))
            waiting[:], grid = table_over(line, waiting, self.pattern.edition)
            return 1, grid
        return self._upright_table_at(at, waiting)

    def _upright_table_at(self, at: int, waiting: list[ReadLine]) -> tuple[int, Grid | None]:
        """The same of a table that has a line for each figure, its label before it.

        At least half of its labels are like some of the edition's.
        """
        rows: list[ReadLine] = []
        number = 0
        for n, line in enumerate(self.lines[at:], 1):
            if line.row or line.page != self.lines[at].page or n - number > _MOST_PIECES:
                break
            if self._is_labelled(line):
                number = n
                rows.append(line)
            elif self._stands_alone(line):
                break
        known = [row for row in rows if self._label(row.cells[0].text) >= _LIKE_A_LABEL]
        if not rows or 2 * len(known) < len(rows):
            return 0, None
        first = len(waiting)
        while first and self._is_piece(waiting[first - 1], (*waiting, self.lines[at])[first]):
            first -= 1
        lines = [*waiting[first:], *self.lines[at : at + number]]
        del waiting[first:]
        return number, Grid(tuple(tuple(cell.text for cell in each.cells) for each in lines))

    def _is_labelled(self, line: ReadLine) -> bool:
        """Whether a line has words, and behind them one figure."""
        *words, last = (is_figure(cell.text, self.pattern.nones) for cell in line.cells)
        return bool(words) and last and not any(words)

    def _label(self, text: str) -> float:
        return max((likeness(text, label) for label in self.labels), default=0.0)

    def _is_piece(self, line: ReadLine, below: ReadLine) -> bool:
        """Whether a line without a figure is directly over one of a table, and no title of it."""
        is_near = line.page == below.page and line.height - below.height < self.nearest
        return is_near and not line.row and (self._is_title(line) or not self._stands_alone(line))

    def _is_title(self, line: ReadLine) -> bool:
        titles = {plain_letters(group.name) for group in self.pattern.edition.titled_groups}
        return plain_letters(line.text) in titles

    def _stands_alone(self, line: ReadLine) -> bool:
        is_prose = re.search(r"[.:;,]$|^https?:", line.text) is not None
        return is_prose or self._is_title(line) or self.words.begins(line.text)

    def _paragraphs(self, lines: Sequence[ReadLine]) -> Iterator[Words]:
        """The lines as paragraphs. Those of a column stand closely, and most fill its width.

        Where they are few, it counts how far apart those of the letter usually are, in their
        heights.
        """
        if self.line_is_paragraph:
            yield from (_words(line.text) for line in lines)
            return
        is_usual = 0 < self.usual < _WIDEST_PITCH and len(lines) <= _FEW
        pitch = _pitch(lines, self.usual if is_usual else _WIDEST_PITCH) * _height(lines)
        widths = {line.page: max(x.right for x in lines if x.page == line.page) for line in lines}
        columns: list[list[ReadLine]] = []
        for line in lines:
            if columns and _is_next(columns[-1][-1], line, pitch, widths):
                columns[-1].append(line)
            else:
                columns.append([line])
        paragraph: list[ReadLine] = []
        text = ""
        for column in columns:
            right = max(line.right for line in column)
            for number, line in enumerate(column):
                told = self.words.goes_on(text, line.text) if paragraph else False
                if told is None and number > 0:
                    hangs = _MARK.match(text) and line.left > paragraph[0].left + 2
                    told = bool(hangs) or _goes_on(column[number - 1], line, right)
                elif told is None:
                    told = _goes_over(paragraph, line, widths)
                if not told and paragraph:
                    yield _words(text)
                paragraph = [*paragraph, line] if told else [line]
                text = self.words.rejoin([text, line.text]) if told else line.text
        if paragraph:
            yield _words(text)


_MOST_PIECES = 3
"""Of lines between two figures of a table: the rest of a label, a head, another label."""
_LIKE_A_LABEL = 0.6


def _whole_rows(lines: Sequence[ReadLine], nones: Collection[str]) -> Iterator[ReadLine]:
    """The lines; those of a row of figures in which words stand in several lines, as one."""
    broken = [text for none in nones if " " in none for text in (none, typeset(none))]
    at = 0
    while at < len(lines):
        most = _MOST_LINES if broken else 1
        number, line = _row_at(lines[at : at + most], nones, broken)
        yield line
        at += number


_MOST_LINES = 7
"""Of a row of figures: those of its words, and one before and after them."""


def _row_at(
    lines: Sequence[ReadLine], nones: Collection[str], broken: Sequence[str]
) -> tuple[int, ReadLine]:
    """The row that begins here, and of how many lines it is; the first line where there is none."""
    for number in range(len(lines), 1, -1):
        cells = [cell for line in lines[:number] for cell in line.cells]
        whole = sorted(whole_cells(cells, broken), key=lambda cell: cell.left)
        tallest = max(whole, key=lambda cell: cell.top - cell.bottom)
        one_row = all(is_figure(c.text, nones) and side_by_side(c, tallest) for c in whole)
        if one_row and len(whole) < len(cells) and lines[0].page == lines[number - 1].page:
            return number, replace(lines[0], cells=tuple(whole))
    return 1, lines[0]


_WIDEST_PITCH = 1.5
"""In heights of a line's letters; where more is usual, most paragraphs have one line."""


_FEW = 10
"""Lines from which alone it cannot be told how far apart those of a paragraph are."""


def _pitch(lines: Sequence[ReadLine], widest: float) -> float:
    """How far apart the lines of a paragraph are, in heights of their letters: as most lines.

    They are as far as they are where most lines are full; else most may be paragraphs.
    """
    steps = [
        one.height - other.height
        for one, other in pairwise(lines)
        if one.page == other.page and abs(one.left - other.left) < 1 and one.height > other.height
    ]
    if not steps:
        return 0.0
    usual = mode(round(2 * step) / 2 for step in steps)  # in half points
    right = max(line.right for line in lines)
    are_full = 2 * sum(line.right > 0.85 * right for line in lines) > len(lines)
    return min(usual / _height(lines), 2 * widest if are_full else widest)


def _height(lines: Sequence[ReadLine]) -> float:
    return median(cell.top - cell.bottom for line in lines for cell in line.cells) if lines else 0.0


def _is_next(before: ReadLine, line: ReadLine, pitch: float, widths: Mapping[int, float]) -> bool:
    """Whether a line stands directly under another, in type of the same kind."""
    step = before.height - line.height
    near = before.page == line.page and 0 < step < pitch * 1.25
    return near and (before.left - line.left < 20) and not _is_turn(before, line, widths)


def _is_turn(before: ReadLine, line: ReadLine, widths: Mapping[int, float]) -> bool:
    """Whether type changes between two lines, as it does after a heading; not within a sentence."""
    changes = before.cells[-1].font != line.cells[0].font
    return changes and before.right - before.left < 0.8 * (widths[before.page] - before.left)


def _goes_on(before: ReadLine, line: ReadLine, right: float) -> bool:
    """Whether a line of a column is of the same paragraph as the one before it."""
    if right < line.page_width / 2:
        return False
    if re.fullmatch(r"https?://\S+", line.text):  # an address on a line of its own
        return False
    is_full = before.right + line.room_for(" " + line.text.split()[0]) > right - 1
    return is_full and not _begins_item(before, line)


def _begins_item(before: ReadLine, line: ReadLine) -> bool:
    """Whether a line begins an item of a list; a dash may also stand in the midst of a sentence."""
    mark = _MARK.match(line.text)
    in_sentence = mark and mark[1] in "–-·" and before.text[-1:] not in ".:;"
    return bool(mark) and not in_sentence


def _goes_over(paragraph: Sequence[ReadLine], line: ReadLine, widths: Mapping[int, float]) -> bool:
    """Whether the first line of a page is the rest of a paragraph of the page before."""
    before = paragraph[-1]
    if before.page == line.page or _is_turn(before, line, widths) or _begins_item(before, line):
        return False
    right = max(each.right for each in paragraph) if len(paragraph) > 1 else widths[before.page]
    is_full = before.right + line.room_for(" " + line.text.split()[0]) > right - 1
    return is_full and (before.text[-1:] not in ".!?:;" or right > line.page_width / 2)


def _words(text: str) -> Words:
    mark = _MARK.match(text)
    if mark is None:
        return Words((text,))
    kind = PartKind.NUMBERED if mark[1][0].isdigit() else PartKind.BULLET
    return Words((text[mark.end() :],), kind)
