"""Wording as Markdown: a file's text to blocks of words and placeholders, with exact places.

Only what a letter needs is let through: a heading, paragraphs, emphasis, links and lists. All else
is a problem, and is kept as it was typed or left out; nothing is printed that is not understood.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path

from markdown_it.token import Token

from generator.edition.yaml_tree import shown
from generator.letter.characters import invisible_characters, straight_marks
from generator.letter.directives import Directive, Placed, is_directive, misplaced, parse_directive
from generator.letter.expressions import (
    ExpressionError,
    Placeholder,
    Vocabulary,
    parse_placeholder,
)
from generator.letter.letter import Run
from generator.letter.markup import MARKDOWN, PLAIN
from generator.letter.roles import Role
from generator.plain_text import single_spaced
from generator.problems import Place, Problem


@dataclass(frozen=True)
class PieceOfMarkdown:
    """Words, or a placeholder for words, set alike."""

    content: str | Placeholder
    emphasis: bool = False
    strong: bool = False
    link: str | None = None
    place: Place | None = field(default=None, compare=False)
    """Of a placeholder, where it begins."""


@dataclass(frozen=True)
class WordingBlock:
    """A heading, a paragraph or an item of a list, before any value is filled in."""

    role: Role
    source: str
    pieces: tuple[PieceOfMarkdown, ...]
    place: Place
    placed: Placed | None = None
    """What stands here by its name, instead of words."""

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
    text: str,
    path: Path,
    vocabulary: Vocabulary,
    *,
    headings: bool = True,
    indent: int = 0,
    is_page: bool = False,
) -> tuple[tuple[WordingBlock, ...], list[Problem]]:
    """The blocks of a file of wording; the text's lines are those of the file at `path`.

    But for the `indent` that they have there, where the wording stands within a data file. One that
    `is_page` has a title of its own, and as many sub-headings as it needs.
    """
    reader = _BlockReader(text, path, vocabulary, headings, indent, is_page)
    reader.read(MARKDOWN.parse(text))
    return tuple(reader.blocks), reader.problems


def parse_line(
    text: str, role: Role, place: Place, vocabulary: Vocabulary
) -> tuple[WordingBlock, list[Problem]]:
    """One line of fixed words, which are no Markdown: only placeholders and quotes count."""
    reader = _InlineReader(lambda _at: place, vocabulary)
    pieces = reader.read(PLAIN.parseInline(text)[0])
    return WordingBlock(role, text, pieces, place), reader.problems + reader.unclear(pieces, text)


_OUTSIDE = {
    "code_block": "four spaces at the start of a line make it code; remove them",
    "fence": f"three signs {'`'} or ~ make a block of code; remove them",
    "blockquote_open": "> at the start of a line makes it a quotation; remove it, or write \\>",
    "hr": "this makes a ruled line; remove it",
    "html_block": "HTML cannot be used here; for bold write **words**, for the sign < write \\<",
    "html_inline": "HTML cannot be used here; for bold write **words**, for the sign < write \\<",
    "code_inline": "the sign ` makes code; remove it, or write ' for a quotation mark",
    "image": "a picture cannot be used here; only words can",
    "hardbreak": "two spaces or a backslash at the end of a line break it there; remove them",
}
_STRAY = {
    "{{": "{{ begins a placeholder that never ends; expected }} after the name",
    "}}": "}} ends a placeholder that never began; expected {{ before the name",
    "{%": "{% cannot be used here; words that only some letters have are an insert",
    "%}": "%} cannot be used here; words that only some letters have are an insert",
    "{#": "{# cannot be used here; a remark would be printed, so remove it",
    "#}": "#} cannot be used here; a remark would be printed, so remove it",
    "](": "a link that cannot be read; expected [words](https://…), the address without spaces, "
    "placeholders or a title",
    "][": "a link by a name cannot be used here; write [words](https://…), "
    "or \\][ for the signs themselves",
    "[^": "a footnote cannot be used here; remove it, or write \\[^ for the signs themselves",
    "~~": "~~ strikes nothing out here; remove it, or write \\~\\~ for the signs themselves",
}
_LIST_ROLES = {"bullet_list": Role.BULLET, "ordered_list": Role.NUMBERED}
_PLACED_ROLES = {Directive.TABLE: Role.TABLE, Directive.CHART: Role.CHART}
_ADDRESS = re.compile(r"https?://\w|mailto:[^@]+@\w")


class _BlockReader:
    """Goes through the tokens of one file, collecting blocks and problems."""

    def __init__(
        self,
        text: str,
        path: Path,
        vocabulary: Vocabulary,
        headings: bool,
        indent: int,
        is_page: bool,
    ) -> None:
        self.path = path
        self.is_page = is_page
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
                case kind if kind in _OUTSIDE:
                    self._say(line, _OUTSIDE[kind])

    def _block(self, role: Role, token: Token, line: int) -> None:
        placed = parse_directive(token.content) if role is Role.PARAGRAPH else None
        if placed is not None:
            role = _PLACED_ROLES.get(placed.directive, role)
            place = self._place(token.content, line, 0)
            self.blocks.append(WordingBlock(role, token.content, (), place, placed))
            return
        if not token.content:
            unseen = "spaces that cannot be seen make a paragraph without words; delete this line"
            is_heading = role is Role.HEADING
            self._say(line, "a heading without words; write it after #" if is_heading else unseen)
        reader = _InlineReader(lambda at: self._place(token.content, line, at), self.vocabulary)
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
        if self.is_page and not self._lists and token.markup in {"#", "##"}:
            if token.markup == "#" and self.blocks:
                title = "a title below other words; the page has one at most, to begin with"
                self._say(line, f"{title}; for a sub-heading write ##")
            return Role.REPORT_TITLE if token.markup == "#" else Role.SUBHEADING
        if token.markup in {"-", "="} and token.map:
            made = f"a line of {token.markup} makes the words above it a heading"
            self._say(token.map[1], f"{made}; remove it, or begin the heading with #")
        elif self._lists:
            self._say(line, "a heading in a list; remove the #")
        elif not self.headings:
            self._say(line, "a heading; only sections have one, so remove the #")
        elif self.blocks and not self.is_page:
            self._say(line, "a heading below other words; a section has one at most, to begin with")
        elif token.markup != "#":
            one = "a sub-heading begins with ##" if self.is_page else "a heading begins with one #"
            self._say(line, f"{one}; found {token.markup}")
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


class _InlineReader:
    """Goes through the words of one block, collecting pieces and problems."""

    def __init__(self, place: Callable[[int], Place], vocabulary: Vocabulary) -> None:
        self.place = place
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []
        self._half_said = False

    def read(self, inline: Token) -> tuple[PieceOfMarkdown, ...]:
        """The words and placeholders of an inline token, with how they are set."""
        pieces: list[PieceOfMarkdown] = []
        emphasis = strong = words_before = 0
        link: Token | None = None

        def add(content: str | Placeholder, place: Place | None = None) -> None:
            target = str(link.attrs.get("href", "")) if link is not None else None
            pieces.append(PieceOfMarkdown(content, emphasis > 0, strong > 0, target, place))

        for token in inline.children or []:
            match token.type:
                case "text":
                    add(token.content)
                case "softbreak":
                    add(" ")
                case "placeholder":
                    add(self._placeholder(token), self.place(token.meta["at"]))
                case "stray":
                    if token.markup != "~~" or not any(
                        _STRAY["~~"] == p.message for p in self.problems
                    ):
                        self._say(token, _STRAY[token.markup])
                    add(token.content)
                case "em_open" | "em_close" | "strong_open" | "strong_close":
                    if link is not None and token.nesting == 1:
                        self._say(token, "emphasis inside a link; put the signs outside, or none")
                    self._inside_a_word(token, inline.content)
                    emphasis += token.nesting * token.type.startswith("em")
                    strong += token.nesting * token.type.startswith("strong")
                case "link_open":
                    link, words_before = token, len(pieces)
                    self._link(token)
                case "link_close":
                    said = [piece.content for piece in pieces[words_before:]]
                    if link is not None and not any(
                        not isinstance(s, str) or s.strip() for s in said
                    ):
                        self._say(link, "a link without words; expected [words](https://…)")
                    link = None
                case kind if kind in _OUTSIDE:
                    self._say(token, _OUTSIDE[kind])
                    add(single_spaced(token.content) or " ")
        return _joined(pieces)

    def unclear(self, pieces: tuple[PieceOfMarkdown, ...], source: str) -> list[Problem]:
        """What a reader could not see in the words, or would see unset, where they can be read."""
        words = [piece.content for piece in pieces if isinstance(piece.content, str)]
        unseen = invisible_characters(words, source, self.place)
        return unseen or ([] if self.problems else straight_marks(words, source, self.place))

    def _say(self, token: Token, message: str, where: str = "") -> None:
        self.problems.append(Problem(self.place(token.meta["at"]), message, where))

    def _inside_a_word(self, token: Token, source: str) -> None:
        """Emphasis that begins or ends inside a word is a sum, or a star, that would vanish."""
        start = token.meta["at"]
        mark = source[start]
        before = source[:start].rstrip(mark)[-1:]
        after = source[start:].lstrip(mark)[:1]
        opens = token.nesting == 1
        if before.isalnum() and after.isalnum() and (opens or not self._half_said):
            message = f"{mark} inside a word sets what follows in italics or bold"
            self._say(token, f"{message}; write \\{mark} for the sign itself")
        self._half_said = opens and before.isalnum()

    def _link(self, token: Token) -> None:
        target = str(token.attrs.get("href", ""))
        if "%7B%7B" in target:
            self._say(token, "a placeholder in the address of a link; write the address itself")
        elif not _ADDRESS.match(target):
            found = f'"{shown(target)}"' if target else "nothing"
            expected = "an address such as https://www.example.org"
            self._say(token, f"a link to {found}; expected {expected}")
        if token.attrs.get("title"):
            self._say(token, "a link with a title, in quotes after the address; remove the title")

    def _placeholder(self, token: Token) -> Placeholder | str:
        """The placeholder; one that cannot be read stays as it was typed."""
        if is_directive(token.markup):
            self._say(token, *misplaced(token.markup))
            return single_spaced(token.markup)
        try:
            return parse_placeholder(token.markup[2:-2].strip(), self.vocabulary)
        except ExpressionError as error:
            typed = single_spaced(token.markup)
            self._say(token, str(error), shown(typed))
            return typed


def _joined(pieces: list[PieceOfMarkdown]) -> tuple[PieceOfMarkdown, ...]:
    """Neighbouring words that are set alike as one piece."""
    joined: list[PieceOfMarkdown] = []
    written = [piece for piece in pieces if piece.content]
    for _, run in groupby(written, key=lambda p: (p.emphasis, p.strong, p.link, _is_words(p))):
        first, *others = run
        if isinstance(first.content, str):
            text = "".join(str(piece.content) for piece in (first, *others))
            joined.append(replace(first, content=text))
        else:
            joined += [first, *others]
    return tuple(joined)


def _is_words(piece: PieceOfMarkdown) -> bool:
    return isinstance(piece.content, str)
