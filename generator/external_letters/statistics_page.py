"""The statistics page of an issued letter: its words, and its tables with their figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.edition.edition import Group, Part
from generator.external_letters.read_figures import GridTable, group_of, read_figures, tables_in
from generator.external_letters.reference_edition import (
    PROSE_ROLES,
    Element,
    Grid,
    PartKind,
    ReferenceEdition,
    Words,
    literal,
    short,
)
from generator.letter.letter import Block, PrintedFigure
from generator.letter.markup import likeness, plain, plain_letters
from generator.letter.roles import Role


def split_titles(
    text: str, pattern: ReferenceEdition, unread: list[str]
) -> list[tuple[Role | None, str]]:
    """The title and the period, also where they ran together; any other text as it is."""
    titles = (Role.REPORT_TITLE, Role.REPORT_PERIOD)
    wordings = {role: pattern.page_titles[role] for role in titles if role in pattern.page_titles}
    pieces = [text]
    start = literal(wordings.get(Role.REPORT_PERIOD, "")).strip()
    if start and plain(text).find(start) > 0:
        at = plain(text).index(start)
        pieces = [plain(text)[:at], plain(text)[at:]]
        if not pieces[0].endswith(" "):
            unread.append(f"words run together: “{short(text)}”")
    found: list[tuple[Role | None, str]] = []
    for piece in pieces:
        roles = [
            role
            for is_title in (begins_with, begins_like)
            for role, wording in wordings.items()
            if is_title(piece, wording, pattern)
        ]
        role = roles[0] if roles else None
        known = pattern.known.get(plain_letters(piece))
        piece = known.text if known else piece.strip()
        if role and not known:
            piece = spaced(piece, literal(wordings[role]).strip())
        found.append((role, piece))
    return found


def begins_with(text: str, wording: str, pattern: ReferenceEdition) -> bool:
    """Whether a title or period begins with its wording's words, or fits it as a whole."""
    start = literal(wording).strip()
    if len(text) > _LONGEST_TITLE or (start and not plain(text).startswith(start)):
        return False
    return bool(start) or pattern.fits(wording, text) is not None


def begins_like(text: str, wording: str, _pattern: ReferenceEdition) -> bool:
    """Whether it begins nearly so, as it does where another year's wording differs."""
    start = literal(wording).strip()
    if len(text) > _LONGEST_TITLE or len(start) < _TELLING:
        return False
    return likeness(plain(text)[: len(start)], start) > 0.75


_LONGEST_TITLE = 300
_TELLING = 12
"""Words shorter than these are like too many others."""


def spaced(text: str, start: str) -> str:
    """A text with a space after the words it starts with, where it was lost."""
    rest = plain(text).removeprefix(start)
    return f"{start} {rest.strip()}" if start and plain(text).startswith(start) else text


@dataclass
class ReportPage:
    """What was read from a statistics page."""

    passages: list[Block] = field(default_factory=list)
    figures: list[PrintedFigure] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    lost: set[tuple[str, str]] = field(default_factory=set)

    def add(self, role: Role, text: str) -> None:
        """One passage more."""
        self.passages.append(Block(Part.REPORT.value, role.value, text))


def read_report(
    elements: Sequence[Element], pattern: ReferenceEdition, *, loose: bool
) -> ReportPage:
    """Read the elements from the title of the statistics page on.

    `loose` where the file does not say where a paragraph ends: then it is divided where one of
    the edition's paragraphs begins.
    """
    return _Reader(pattern, loose).read(elements)


class _Reader:
    """Goes through the page once; a table's title waits until its table comes."""

    def __init__(self, pattern: ReferenceEdition, loose: bool) -> None:
        self.pattern = pattern
        self.loose = loose
        self.page = ReportPage()
        self.free = list(pattern.page_groups)
        self.waiting: list[str] = []

    def read(self, elements: Sequence[Element]) -> ReportPage:
        for number, element in enumerate(elements):
            if isinstance(element, Grid):
                self._grid(element)
            elif self._is_title(element, elements[number + 1 :]):
                self.waiting.append(element.text)
            else:
                self._words(element)
        for title in self.waiting:
            self.page.unread.append(f"the table “{title}” has no figures that could be read")
        self._missing()
        return self.page

    def _is_title(self, words: Words, following: Sequence[Element]) -> bool:
        """A group's title, or a heading directly over a table."""
        titles = {plain_letters(group.title) for group in self.pattern.page_groups}
        over = bool(following) and isinstance(following[0], Grid)
        if self._is_notes_title(words.text):
            return False
        return plain_letters(words.text) in titles or (over and _could_be_heading(words))

    def _is_notes_title(self, text: str) -> bool:
        title = self.pattern.page_titles.get(Role.NOTES_TITLE)
        return title is not None and plain_letters(text) == plain_letters(title)

    def _words(self, words: Words) -> None:
        for title, text in split_titles(words.text, self.pattern, self.page.unread):
            if title is not None:
                self.page.add(title, text)
            elif self._is_notes_title(text):
                self.page.add(Role.NOTES_TITLE, text)
            else:
                role = PROSE_ROLES.get(words.kind, Role.PARAGRAPH)
                for paragraph in self._paragraphs(text):
                    self.page.add(role, paragraph)

    def _paragraphs(self, text: str) -> list[str]:
        if plain_letters(text) in self.pattern.known or not self.loose:
            return [self.pattern.spelt(text)]
        starts = {0}
        for opening in self.pattern.report_openings:
            found = re.search(rf"(?<=[.:!?>])\s+({re.escape(opening)})", plain(text))
            if found:
                starts.add(found.start(1))
        places = [*sorted(starts), len(text)]
        text = plain(text) if len(places) > 2 else text
        pieces = [text[a:b].strip() for a, b in pairwise(places)]
        return [self.pattern.spelt(piece) for piece in pieces if piece]

    def _grid(self, grid: Grid) -> None:
        tables, rest = tables_in(grid, self.pattern.edition)
        for table in tables:
            self._table(table)
        for row in rest:
            words = " ".join(cell.strip() for cell in row if cell.strip())
            self._words(Words((words,)))

    def _table(self, table: GridTable) -> None:
        title = self.waiting.pop() if self.waiting else ""
        self.waiting.clear()
        self._beside(table.beside)
        group = group_of(table, self.free, title or " ".join("".join(r) for r in table.above))
        if group is None:
            figures = " ".join(text for _, text in table.figures)
            self.page.unread.append(f"it is not known what the figures {figures} count")
            return
        self.free.remove(group)
        self._title(title, table, group)
        read, unread = read_figures(table, group)
        self.page.figures += read
        self.page.unread += unread

    def _title(self, title: str, table: GridTable, group: Group) -> None:
        """The title over a table, or in its first rows; a spanning head may say the same words."""
        spans = {
            plain_letters(column.header_group) for column in group.columns if column.header_group
        }
        rows = [" ".join(row) for row in table.above]
        rows = [row for row in rows if not _holds_all(row, spans)]
        for found in [*rows, title]:
            if plain_letters(found) == plain_letters(group.title):
                self.page.titles[group.id] = group.title.replace("'", "’")
                return
        if title:
            self.page.titles[group.id] = title
        elif rows and rows[0]:
            reads = f"reads “{short(rows[0])}”"
            self.page.unread.append(f"the title of the table “{group.title}” {reads}")
        else:
            self.page.unread.append(f"the title of the table “{group.title}” is missing")

    def _beside(self, rows: Sequence[tuple[str, ...]]) -> None:
        """What stands beside a table: the notes, in one cell where they are whole."""
        for row in rows:
            first, *others = row
            if self._is_notes_title(first):
                self.page.add(Role.NOTES_TITLE, first)
                for stray in others:
                    said = f"“{short(stray)}” stands beside “{first}” and belongs to nothing"
                    self.page.unread.append(said)
            elif others:
                title = self.pattern.page_titles.get(Role.NOTES_TITLE, "")
                said = f"“{title}”: the words are in pieces, in {len(row)} columns"
                self.page.unread.append(f"{said} (“{short(' '.join(row))}”)")
                self.page.lost.add((Part.REPORT.value, Role.PARAGRAPH.value))
            else:
                self._words(Words((first,)))

    def _missing(self) -> None:
        for group in self.free:
            self.page.unread.append(f"the table “{group.title}” was not found")
        roles = {passage.role for passage in self.page.passages}
        for role, wording in self.pattern.page_titles.items():
            if role.value not in roles:
                self.page.unread.append(f"“{literal(wording)}” is missing on the statistics page")
                self.page.lost.add((Part.REPORT.value, role.value))


def _could_be_heading(words: Words) -> bool:
    short_line = len(words.text) < 80 and not re.search(r"[.:;,?!]$", words.text)
    return words.kind is PartKind.HEADING or (words.kind is PartKind.WORDS and short_line)


def _holds_all(row: str, spans: set[str]) -> bool:
    return bool(spans) and all(span in plain_letters(row) for span in spans)
