"""Wording as Markdown: a file's text to blocks of words and placeholders, with exact lines.

Only what a letter needs is let through: a heading, paragraphs, emphasis, links and lists. A
placeholder is one token of the inline parser, so that a value is never read as Markdown and
Markdown never breaks an expression.
"""

from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.composing.expressions import (
    ExpressionError,
    Placeholder,
    Vocabulary,
    end_of_placeholder,
    parse_placeholder,
)
from generator.composing.letter import Role
from generator.problems import Place, Problem


@dataclass(frozen=True)
class Piece:
    """Words, or a placeholder for words, set alike."""

    content: str | Placeholder
    emphasis: bool = False
    strong: bool = False
    link: str | None = None


@dataclass(frozen=True)
class WordingBlock:
    """A heading, a paragraph or an item of a list, before any value is filled in."""

    role: Role
    source: str
    pieces: tuple[Piece, ...]
    place: Place

    @property
    def placeholders(self) -> list[Placeholder]:
        """Its placeholders, in order."""
        return [p.content for p in self.pieces if isinstance(p.content, Placeholder)]


def parse_markdown(
    text: str, path: Path, vocabulary: Vocabulary, *, headings: bool = True
) -> tuple[tuple[WordingBlock, ...], list[Problem]]:
    """The blocks of a file of wording; the text's lines are those of the file at `path`."""
    reader = _Reader(text, path, vocabulary, headings)
    reader.read(_MARKDOWN.parse(text))
    return tuple(reader.blocks), reader.problems


def parse_line(
    text: str, role: Role, place: Place, vocabulary: Vocabulary
) -> tuple[WordingBlock, list[Problem]]:
    """One line of fixed words, which are no Markdown: only placeholders and quotes count."""
    reader = _Reader(text, place.path, vocabulary, headings=False)
    token = _PLAIN.parseInline(text)[0]
    pieces = reader.pieces(token, place)
    return WordingBlock(role, text, pieces, place), reader.problems


def _placeholder_rule(state: StateInline, silent: bool) -> bool:
    """Makes `{{ … }}` one token."""
    if not state.src.startswith("{{", state.pos):
        return False
    end = end_of_placeholder(state.src, state.pos)
    if end is None or end > state.posMax:
        return False
    if not silent:
        token = state.push("placeholder", "", 0)
        token.content = "x"  # a letter, so that quotation marks beside it curl the right way
        token.markup = state.src[state.pos : end]
        token.meta = {"line": state.src.count("\n", 0, state.pos)}
    state.pos = end
    return True


def _parser(preset: str) -> MarkdownIt:
    markdown = MarkdownIt(preset, {"html": True, "typographer": True})
    # A reference definition ("[Note]: …") would vanish from the letter without a word.
    markdown.disable(["replacements", "reference"], ignoreInvalid=True).enable("smartquotes")
    markdown.inline.ruler.before("text", "placeholder", _placeholder_rule)
    return markdown


_MARKDOWN = _parser("commonmark")
_PLAIN = _parser("zero")

_OUTSIDE = {
    "code_block": "four spaces at the start of a line make code; remove them",
    "fence": "a block of code; only paragraphs, a heading and lists are used here",
    "blockquote_open": "> at the start of a line makes a quotation; write \\>",
    "hr": "a ruled line; remove it",
    "html_block": "HTML; use Markdown, such as **bold**, or write \\< for the sign itself",
    "html_inline": "HTML; use Markdown, such as **bold**, or write \\< for the sign itself",
    "code_inline": "backticks make code; remove them",
    "image": "a picture; only words are used here",
    "hardbreak": "two spaces or a backslash at the end of a line; remove them",
}


class _Reader:
    """Goes through the tokens of one text, collecting blocks and problems."""

    def __init__(self, text: str, path: Path, vocabulary: Vocabulary, headings: bool) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.vocabulary = vocabulary
        self.headings = headings
        self.blocks: list[WordingBlock] = []
        self.problems: list[Problem] = []
        self._lists: list[str] = []

    def read(self, tokens: list[Token]) -> None:
        role = Role.PARAGRAPH
        for number, token in enumerate(tokens):
            line = token.map[0] + 1 if token.map else 0
            match token.type:
                case "heading_open":
                    role = self._heading(token, line)
                case "paragraph_open":
                    role = _LIST_ROLES[self._lists[-1]] if self._lists else Role.PARAGRAPH
                    if self._lists and tokens[number - 1].type != "list_item_open":
                        self._say(line, "a second paragraph in a list item; one is enough")
                case "bullet_list_open" | "ordered_list_open":
                    self._list(token, tokens[number - 1] if number else None, line)
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "inline":
                    self._block(role, token, line)
                case "list_item_close" if tokens[number - 1].type == "list_item_open":
                    self._say(line or self._last_line(), "an item without words; remove it")
                case kind if kind in _OUTSIDE:
                    self._say(line, _OUTSIDE[kind])

    def _block(self, role: Role, token: Token, line: int) -> None:
        first = token.content.split("\n")[0]
        place = Place(self.path, line, max(self._line(line).find(first), 0) + 1)
        pieces = self.pieces(token, place)
        if not token.content:
            self._say(line, "a heading without words; write them, or remove the #")
        self.blocks.append(WordingBlock(role, token.content, pieces, place))

    def _last_line(self) -> int:
        return self.blocks[-1].place.line + 1 if self.blocks else 1

    def _say(self, line: int, message: str, column: int = 1) -> None:
        self.problems.append(Problem(Place(self.path, line, column), message))

    def _heading(self, token: Token, line: int) -> Role:
        if token.markup in {"-", "="}:
            self._say(line, f"the line of {token.markup} below makes this a heading; remove it")
        elif not self.headings:
            self._say(line, "a heading; only paragraphs and lists are used here")
        elif self.blocks:
            self._say(line, "a second heading; a section has one, on its first line")
        elif token.markup != "#":
            self._say(line, f"a heading of level {len(token.markup)}; write one #")
        return Role.HEADING

    def _list(self, token: Token, before: Token | None, line: int) -> None:
        if self._lists:
            self._say(line, "a list within a list; one level is enough")
        kind = token.type.removesuffix("_open")
        if before is not None and before.type == f"{kind}_close":
            self._say(line, "two lists in a row; use one sign for all items, or write between them")
        start = token.attrs.get("start", 1)
        if start != 1:
            self._say(line, f"{start}. at the start of a line begins a list; write {start}\\.")
        self._lists.append(kind)

    def pieces(self, inline: Token, place: Place) -> tuple[Piece, ...]:
        """The words and placeholders of an inline token, with how they are set."""
        pieces: list[Piece] = []
        emphasis = strong = 0
        link: str | None = None
        line = place.line
        for token in inline.children or []:
            match token.type:
                case "text" | "text_special":
                    self._stray(token.content, line)
                    pieces.append(Piece(token.content, emphasis > 0, strong > 0, link))
                case "softbreak":
                    line += 1
                    pieces.append(Piece(" ", emphasis > 0, strong > 0, link))
                case "placeholder":
                    at = place.line + token.meta["line"]
                    value = self._placeholder(token.markup, at, place)
                    if value is not None:
                        pieces.append(Piece(value, emphasis > 0, strong > 0, link))
                case "em_open" | "em_close":
                    emphasis += token.nesting
                    self._no_markup_in(link, line)
                case "strong_open" | "strong_close":
                    strong += token.nesting
                    self._no_markup_in(link, line)
                case "link_open":
                    link = self._link(token, line)
                case "link_close":
                    link = None
                case kind:
                    if kind == "code_inline" or kind in _OUTSIDE:
                        self._say(line, _OUTSIDE[kind])
                    line += token.content.count("\n") + (kind == "hardbreak")
        return _joined(pieces)

    def _no_markup_in(self, link: str | None, line: int) -> None:
        if link is not None:
            self._say(line, "emphasis inside a link; a link's words are set plainly")

    def _link(self, token: Token, line: int) -> str:
        target = str(token.attrs.get("href", ""))
        if "%7B%7B" in target or "{{" in target:
            self._say(line, "a placeholder in the address of a link; write the address itself")
        elif not target.startswith(("http://", "https://", "mailto:")):
            shown = target or "nothing"
            self._say(line, f"a link to {shown}; expected an address with http:// or https://")
        if token.attrs.get("title"):
            self._say(line, "a link with a title in quotes; remove the title")
        return target

    def _stray(self, text: str, line: int) -> None:
        for sign, message in _STRAY.items():
            if sign in text:
                column = max(self._line(line).find(sign), 0) + 1
                self._say(line, message, column)

    def _line(self, line: int) -> str:
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def _placeholder(self, markup: str, line: int, place: Place) -> Placeholder | None:
        try:
            return parse_placeholder(markup[2:-2].strip(), self.vocabulary)
        except ExpressionError as error:
            first = markup.split("\n")[0]
            column = self._line(line).find(first) + 1 or place.column
            where = first if "\n" not in markup else ""
            self.problems.append(Problem(Place(self.path, line, column), str(error), where))
            return None


_LIST_ROLES = {"bullet_list": Role.BULLET, "ordered_list": Role.NUMBERED}
_STRAY = {
    "{{": "{{ is opened and never closed with }}",
    "}}": "}} closes nothing; expected {{ before it",
    "{%": "{% is outside the language; there are placeholders only, no conditions or loops",
    "{#": "{# is outside the language; remove the remark",
}


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring words that are set alike as one piece."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last is not None
            and isinstance(last.content, str)
            and isinstance(piece.content, str)
            and (last.emphasis, last.strong, last.link)
            == (piece.emphasis, piece.strong, piece.link)
        ):
            joined[-1] = Piece(last.content + piece.content, last.emphasis, last.strong, last.link)
        elif piece.content:
            joined.append(piece)
    return tuple(joined)
