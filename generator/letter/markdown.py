"""Wording as Markdown: a file's text to blocks of words and placeholders, with exact places.

Only what a letter needs is let through: a heading, paragraphs, emphasis, links and lists. All else
is a problem, and is kept as it was typed or left out; nothing is printed that is not understood.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markdown_it.token import Token

from generator.letter.expressions import Placeholder, Vocabulary
from generator.letter.inline_wording import OUTSIDE, InlineReader, PieceOfMarkdown
from generator.letter.letter import Run
from generator.letter.markup import MARKDOWN, PLAIN
from generator.letter.roles import Role
from generator.problems import Place, Problem


@dataclass(frozen=True)
class WordingBlock:
    """A heading, a paragraph or an item of a list, before any value is filled in."""

    role: Role
    source: str
    pieces: tuple[PieceOfMarkdown, ...]
    place: Place

    @property
    def placeholders(self) -> list[Placeholder]:
        """Its placeholders, in order."""
        return [p.content for p in self.pieces if isinstance(p.content, Placeholder)]

    @cached_property
    def fixed(self) -> tuple[Run, ...] | None:
        """Its words, which are the same in every letter; None where there is a placeholder."""
        runs = tuple(
            Run(piece.content, piece.emphasis, piece.strong, piece.link)
            for piece in self.pieces
            if isinstance(piece.content, str)
        )
        return runs if len(runs) == len(self.pieces) else None


Blocks = tuple[WordingBlock, ...]


def parse_markdown(
    text: str, path: Path, vocabulary: Vocabulary, *, headings: bool = True, indent: int = 0
) -> tuple[tuple[WordingBlock, ...], list[Problem]]:
    """The blocks of a file of wording; the text's lines are those of the file at `path`.

    But for the `indent` that they have there, where the wording stands within a data file.
    """
    reader = _BlockReader(text, path, vocabulary, headings, indent)
    reader.read(MARKDOWN.parse(text))
    return tuple(reader.blocks), reader.problems


def parse_line(
    text: str, role: Role, place: Place, vocabulary: Vocabulary
) -> tuple[WordingBlock, list[Problem]]:
    """One line of fixed words, which are no Markdown: only placeholders and quotes count."""
    reader = InlineReader(lambda _at: place, vocabulary)
    pieces = reader.read(PLAIN.parseInline(text)[0])
    return WordingBlock(role, text, pieces, place), reader.problems + reader.unclear(pieces, text)


_LIST_ROLES = {"bullet_list": Role.BULLET, "ordered_list": Role.NUMBERED}


class _BlockReader:
    """Goes through the tokens of one file, collecting blocks and problems."""

    def __init__(
        self, text: str, path: Path, vocabulary: Vocabulary, headings: bool, indent: int
    ) -> None:
        self.path = path
        self.lines = [" " * indent + line for line in text.split("\n")]
        self.vocabulary = vocabulary
        self.headings = headings
        self.blocks: list[WordingBlock] = []
        self.problems: list[Problem] = []
        self._lists: list[str] = []
        self._item = 0

    def read(self, tokens: list[Token]) -> None:
        role = Role.PARAGRAPH
        for before, token in zip([None, *tokens], tokens, strict=False):
            line = token.map[0] + 1 if token.map else 0
            match token.type:
                case "heading_open":
                    role = self._heading(token, line)
                case "paragraph_open":
                    role = _LIST_ROLES[self._lists[-1]] if self._lists else Role.PARAGRAPH
                    if self._lists and before is not None and before.type != "list_item_open":
                        self._say(line, "a second paragraph in one item of a list; expected one")
                case "bullet_list_open" | "ordered_list_open":
                    self._list(token, before, line)
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    self._number(token, line)
                    item = line
                case "list_item_close" if before is not None and before.type == "list_item_open":
                    self._say(item, "an item of a list without words; remove it")
                case "inline":
                    self._block(role, token, line)
                case kind if kind in OUTSIDE:
                    self._say(line, OUTSIDE[kind])

    def _block(self, role: Role, token: Token, line: int) -> None:
        if not token.content:
            unseen = "spaces that cannot be seen make a paragraph without words; delete this line"
            is_heading = role is Role.HEADING
            self._say(line, "a heading without words; write it after #" if is_heading else unseen)
        reader = InlineReader(lambda at: self._place(token.content, line, at), self.vocabulary)
        pieces = reader.read(token)
        self.problems += sorted({*reader.problems, *reader.unclear(pieces, token.content)})
        for number, text in enumerate(token.content.split("\n")):
            if text.startswith("|"):
                message = "| at the start of a line makes no table; remove it, or write \\|"
                self._say(line + number, message)
        self.blocks.append(
            WordingBlock(role, token.content, pieces, self._place(token.content, line, 0))
        )

    def _place(self, content: str, first: int, at: int) -> Place:
        """The place in the file of a character in a block that begins on the line `first`."""
        number = content.count("\n", 0, at)
        start = content.rfind("\n", 0, at) + 1
        indent = max(self.lines[first + number - 1].find(content.split("\n")[number]), 0)
        return Place(self.path, first + number, indent + at - start + 1)

    def _say(self, line: int, message: str) -> None:
        text = self.lines[line - 1]
        column = len(text) - len(text.lstrip(" ")) + 1
        self.problems.append(Problem(Place(self.path, line, column), message))

    def _heading(self, token: Token, line: int) -> Role:
        if token.markup in {"-", "="} and token.map:
            made = f"a line of {token.markup} makes the words above it a heading"
            self._say(token.map[1], f"{made}; remove it, or begin the heading with #")
        elif self._lists:
            self._say(line, "a heading in a list; remove the #")
        elif not self.headings:
            self._say(line, "a heading; only sections have one, so remove the #")
        elif self.blocks:
            self._say(line, "a heading below other words; a section has one at most, to begin with")
        elif token.markup != "#":
            self._say(line, f"a heading begins with one #; found {token.markup}")
        return Role.HEADING

    def _list(self, token: Token, before: Token | None, line: int) -> None:
        if self._lists:
            self._say(line, "a list within a list; expected items of one level")
        elif token.markup == "+":
            message = "+ at the start of a line begins an item of a list; write -"
            self._say(line, f"{message}, or \\+ for the sign itself")
        kind = token.type.removesuffix("_open")
        if before is not None and before.type == f"{kind}_close":
            expected = "begin all items of a list with the same sign"
            self._say(line, f"another sign begins another list; {expected}")
        self._lists.append(kind)
        self._item = 0

    def _number(self, token: Token, line: int) -> None:
        """A number that the letter would not print as it is written is not meant as one."""
        self._item += 1
        if token.info and token.info not in {"1", str(self._item)}:
            written = f"{token.info}{token.markup}"
            message = f"{written} begins item {self._item} of a list and would be printed so"
            escaped = f"{token.info}\\{token.markup}"
            self._say(line, f"{message}; for the number itself write {escaped}")
