"""The statistics page of an issued letter: its words, and its tables with their figures."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.edition.edition import Group, Part
from generator.external_letters.read_figures import (
    GridTable,
    SoughtTable,
    not_found,
    read_figures,
    table_sought,
    tables_in,
)
from generator.external_letters.reference_edition import (
    PROSE_ROLES,
    Element,
    Grid,
    PartKind,
    ReferenceEdition,
    Words,
    is_figure,
    literal,
    short,
)
from generator.external_letters.sections import ReadPart
from generator.letter.letter import Block, PrintedFigure
from generator.letter.markup import likeness, plain, plain_letters
from generator.letter.roles import Role


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


class ReportPage(ReadPart):
    """A statistics page, read once; a table's title waits until its table comes.

    `unsegmented` where the file does not say where a paragraph ends: it is divided where one of
    the edition's paragraphs begins.
    """

    def __init__(self, pattern: ReferenceEdition, *, unsegmented: bool) -> None:
        super().__init__(Part.REPORT.value)
        self.pattern = pattern
        self.unsegmented = unsegmented
        self.figures: list[PrintedFigure] = []
        self.titles: list[Block] = []
        self.free = [SoughtTable(group, group.columns) for group in pattern.page_groups]
        self.waiting: list[str] = []
        labels = (
            text
            for group in pattern.page_groups
            for column in group.columns
            for text in (group.name, column.label, column.header_group or "")
        )
        self.words_of_tables = {word for text in labels for word in plain(text).split()}

    def read(self, elements: Sequence[Element]) -> None:
        """Read the elements from the title of the page on."""
        for number, element in enumerate(elements):
            if isinstance(element, Grid):
                self._grid(element)
            elif self._is_title(element, elements[number + 1 :]):
                self.waiting.append(element.text)
            else:
                self._words(element)
        sought = {plain_letters(each.group.name) for each in self.free}
        for title in self.waiting:
            if plain_letters(title) not in sought:  # of the others it is said that they are lost
                self.unread.append(f"the table “{title}” has no readable figures")
        self._missing()

    def _is_title(self, words: Words, following: Sequence[Element]) -> bool:
        """A group's title, or a heading directly over a table."""
        titles = {plain_letters(group.name) for group in self.pattern.page_groups}
        over = bool(following) and isinstance(following[0], Grid)
        if self._is_notes_title(words.text):
            return False
        return plain_letters(words.text) in titles or (over and _could_be_heading(words))

    def _is_notes_title(self, text: str) -> bool:
        title = self.pattern.page_titles.get(Role.NOTES_TITLE)
        return title is not None and plain_letters(text) == plain_letters(title)

    def _words(self, words: Words) -> None:
        if self._is_debris(words.text):
            return
        for title, text in self._titles_in(words.text):
            if title is not None:
                self.add(title, text)
            elif self._is_notes_title(text):
                self.add(Role.NOTES_TITLE, text)
            else:
                role = PROSE_ROLES.get(words.kind, Role.PARAGRAPH)
                for paragraph in self._paragraphs(text):
                    self.add(role, paragraph)

    def _is_debris(self, text: str) -> bool:
        """Whether words are pieces of a table: figures, and words of labels and headers alone."""
        if plain_letters(text) in self.pattern.known or self._is_notes_title(text):
            return False
        return all(
            word in self.words_of_tables or is_figure(word, self.pattern.nones)
            for word in plain(text).split()
        )

    def _titles_in(self, text: str) -> Iterator[tuple[Role | None, str]]:
        """The title and the period, also where they ran together; any other text as it is."""
        page = self.pattern.page_titles
        titles = (Role.REPORT_TITLE, Role.REPORT_PERIOD)
        starts = {role: literal(page[role]).strip() for role in titles if role in page}
        start = starts.get(Role.REPORT_PERIOD)
        at = plain(text).find(start) if start else 0
        pieces = [plain(text)[:at], plain(text)[at:]] if at > 0 else [text]
        if at > 0 and not pieces[0].endswith(" "):
            self.unread.append(f"words run together: “{short(text)}”")
        for piece in pieces:
            roles = (
                role
                for is_title in (begins_with, begins_like)
                for role in starts
                if is_title(piece, page[role], self.pattern)
            )
            role = next(roles, None)
            known = self.pattern.known.get(plain_letters(piece))
            words = known.text if known else piece.strip()
            if role and not known and starts[role] and plain(words).startswith(starts[role]):
                rest = plain(words).removeprefix(starts[role]).strip()
                words = f"{starts[role]} {rest}"  # the space may have been lost
            yield role, words

    def _paragraphs(self, text: str) -> list[str]:
        if plain_letters(text) in self.pattern.known or not self.unsegmented:
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
        tables, rest = tables_in(grid, self.pattern)
        for table in tables:
            self._table(table)
        for row in rest:
            words = " ".join(cell.strip() for cell in row if cell.strip())
            self._words(Words((words,)))

    def _table(self, table: GridTable) -> None:
        title = self.waiting.pop() if self.waiting else ""
        self.waiting.clear()
        self._beside(table.beside)
        above = title or " ".join("".join(row) for row in table.above)
        sought = table_sought(table, self.free, above)
        if sought is None:
            figures = " ".join(text for _, text in table.figures)
            self.unread.append(f"the figures {figures} belong to no known table")
            return
        at = self.free.index(sought)
        read, rest, unread = read_figures(table, sought)
        if read and not sought.is_rest:
            self._title(title, table, sought.group)
        self.free[at : at + 1] = [rest] if rest.columns else []
        self.figures += read
        self.unread += unread

    def _title(self, title: str, table: GridTable, group: Group) -> None:
        """The title over a table, or in its first rows; a spanning head may say the same words."""
        spans = {
            plain_letters(column.header_group) for column in group.columns if column.header_group
        }
        rows = [" ".join(row) for row in table.above]
        rows = [row for row in rows if not spans or any(s not in plain_letters(row) for s in spans)]
        for found in [*rows, title]:
            if plain_letters(found) == plain_letters(group.name):
                self._say_title(group, group.name.replace("'", "’"))
                return
        if title:
            self._say_title(group, title)
        elif rows and rows[0]:
            reads = f"reads “{short(rows[0])}”"
            self.unread.append(f"the title of the table “{group.name}” {reads}")
        else:
            self.unread.append(f"the title of the table “{group.name}” is missing")

    def _say_title(self, group: Group, title: str) -> None:
        role = Role.TABLE_TITLE.value
        self.titles.append(Block(Part.REPORT.value, role, title, group=group.id))

    def _beside(self, rows: Sequence[tuple[str, ...]]) -> None:
        """What stands beside a table: the notes, in one cell where they are whole."""
        for row in rows:
            first, *others = row
            if self._is_notes_title(first):
                self.add(Role.NOTES_TITLE, first)
                for stray in others:
                    said = f"unexpected “{short(stray)}” beside “{first}”"
                    self.unread.append(said)
            elif others:
                title = self.pattern.page_titles.get(Role.NOTES_TITLE, "")
                said = f"“{title}”: the text is split across {len(row)} columns"
                self.unread.append(f"{said} (“{short(' '.join(row))}”)")
                self.lost.add((Part.REPORT.value, Role.PARAGRAPH.value))
            else:
                self._words(Words((first,)))

    def _missing(self) -> None:
        self.unread += not_found(self.free)
        roles = {passage.role for passage in self.passages}
        for role, wording in self.pattern.page_titles.items():
            if role.value not in roles:
                self.unread.append(f"“{literal(wording)}” is missing from the statistics page")
                self.lost.add((Part.REPORT.value, role.value))


def _could_be_heading(words: Words) -> bool:
    short_line = len(words.text) < 80 and not re.search(r"[.:;,?!]$", words.text)
    return words.kind is PartKind.HEADING or (words.kind is PartKind.WORDS and short_line)
