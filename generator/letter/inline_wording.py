"""The words of one block: inline tokens of Markdown to pieces of words and placeholders."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import prod

from markdown_it.token import Token

from generator.edition.yaml_tree import shown
from generator.letter.cases import Alternatives, Branch, Cases
from generator.letter.characters import invisible_characters, straight_marks
from generator.letter.directives import is_directive, misplaced
from generator.letter.expressions import (
    ExpressionError,
    Placeholder,
    parse_placeholder,
)
from generator.letter.rules import Requirement
from generator.letter.variables import Vocabulary
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
    branch: tuple[int, int] | None = None
    """The number of the alternatives that it stands in, and of the branch of these."""
    gap: bool = False
    """Whether it stands for words of which it is undecided whether they stand here."""


_HTML = "HTML cannot be used here; for bold write **words**, for the character < write \\<"
OUTSIDE = {
    "code_block": "four spaces at the start of a line make a code block; remove them",
    "fence": f"three {'`'} or ~ make a code block; remove them",
    "blockquote_open": "> at the start of a line makes it a quotation; remove it, or write \\>",
    "hr": "this makes a horizontal rule; remove it",
    "html_block": _HTML,
    "html_inline": _HTML,
    "code_inline": "` makes code; remove it, or write ' for a quotation mark",
    "image": "a picture cannot be used here; remove it",
    "hardbreak": "two spaces or a backslash at the end of a line break it there; remove them",
}
"""What is said of Markdown that no letter needs, by the type of its token."""
_STRAY = {
    "{{": "{{ begins a placeholder that never ends; expected }} after the name",
    "}}": "}} ends a placeholder that never began; expected {{ before the name",
    "{%": "{% cannot be used here; for words that only some letters have, use ::: when",
    "%}": "%} cannot be used here; for words that only some letters have, use ::: when",
    "{#": "{# cannot be used here; remove it, since a comment would be printed",
    "#}": "#} cannot be used here; remove it, since a comment would be printed",
    "](": "a link that cannot be read; expected [words](https://…), the address without spaces, "
    "placeholders or a title",
    "][": "a reference link cannot be used here; write [words](https://…), "
    "or \\][ for the characters themselves",
    "[^": "a footnote cannot be used here; remove it, or write \\[^ for the characters themselves",
    "]{": "a condition that cannot be read; expected [words]{when=rule}[words]{otherwise}, "
    "or \\{ for the character itself",
    "~~": "~~ does not strike out here; remove it, or write \\~\\~ for the characters themselves",
}
_ADDRESS = re.compile(r"https?://\w|mailto:[^@]+@\w")


class InlineReader:
    """Goes through the words of one block, collecting pieces and problems."""

    def __init__(self, place: Callable[[int], Place], vocabulary: Vocabulary) -> None:
        """`place` finds where a character of the block stands in its file."""
        self.place = place
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []
        self.alternatives: list[Alternatives] = []
        self._cases = Cases(vocabulary)
        self._branch: tuple[int, int] | None = None
        self._branch_end = 0
        self._depth = 0
        self._half_said = False

    def read(self, inline: Token) -> tuple[PieceOfMarkdown, ...]:
        """The words and placeholders of an inline token, with how they are set."""
        pieces: list[PieceOfMarkdown] = []
        emphasis = strong = words_before = 0
        link: Token | None = None

        def add(content: str | Placeholder, place: Place | None = None) -> None:
            target = str(link.attrs.get("href", "")) if link is not None else None
            marks = (emphasis > 0, strong > 0, target)
            pieces.append(PieceOfMarkdown(content, *marks, place, self._branch))

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
                        self._say(
                            token,
                            "emphasis inside a link; put the asterisks outside, or remove them",
                        )
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
                case "branch_open":
                    self._depth += 1
                    self._open_branch(token, pieces)
                case "branch_close":
                    self._depth -= 1
                    self._close_branch(len(pieces))
                case kind if kind in OUTSIDE:
                    self._say(token, OUTSIDE[kind])
                    add(single_spaced(token.content) or " ")
        self._end_alternatives()
        if prod(len(each.branches) for each in self.alternatives) > _MOST_VARIANTS:
            message = "too many conditions in one paragraph; divide it, or write ::: when above it"
            self.problems.append(Problem(self.place(self.alternatives[0].start), message))
            self.alternatives = []
            pieces = [replace(piece, branch=None) for piece in pieces]
        return joined(pieces)

    def _open_branch(self, token: Token, pieces: list[PieceOfMarkdown]) -> None:
        """Begin the words of one case: of a new condition, or of the one right before."""
        start, end = token.meta["words"]
        rule = token.meta["rule"]
        between = pieces[self._branch_end :]
        follows = all(isinstance(p.content, str) and not p.content.strip() for p in between)
        if self._depth > 1:
            self._say(token, "a condition within a condition; join the rules with and")
            return
        if not token.info:
            self._end_alternatives()
            self._cases = Cases(self.vocabulary)
            self.alternatives.append(Alternatives(token.meta["at"], token.meta["end"], ()))
        elif not self.alternatives or not follows or self._cases.is_complete:
            expected = "expected [words]{when=rule} right before it"
            self._say(token, f"{{otherwise}} has no condition; {expected}")
            return
        else:
            del pieces[self._branch_end :]
        conditions: tuple[Requirement, ...] = ()
        try:
            conditions = self._cases.next(rule, self.place(token.meta["at"]))
        except ExpressionError as error:
            self._say(token, str(error), f"{{when={shown(single_spaced(rule))}}}")
        if start == end and rule is not None:
            self._say(token, "no words in these brackets; write them, or reverse the rule")
        whole = self.alternatives[-1]
        branches = (*whole.branches, Branch(start, end, conditions))
        self.alternatives[-1] = replace(whole, end=token.meta["end"], branches=branches)
        self._branch = (len(self.alternatives) - 1, len(branches) - 1)

    def _close_branch(self, pieces: int) -> None:
        if self._depth == 0:
            self._branch, self._branch_end = None, pieces

    def _end_alternatives(self) -> None:
        """Say so where nobody says what stands where no rule holds."""
        if self.alternatives and not self._cases.is_complete:
            message = "no words for when this rule is false; write [words]{otherwise} after"
            place = self.place(self.alternatives[-1].start)
            self.problems.append(Problem(place, f"{message} it, or []{{otherwise}} for none"))
            self._cases.is_complete = True

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
            self._say(token, f"{message}; write \\{mark} for the character itself")
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
            self._say(token, "a link with a title; remove the quoted title after the address")

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


_MOST_VARIANTS = 64
"""In how many ways one paragraph may read: all are checked."""


def tidied(pieces: Iterable[PieceOfMarkdown]) -> tuple[PieceOfMarkdown, ...]:
    """Pieces with one space where words between two spaces were left out."""
    tidy: list[PieceOfMarkdown] = []
    for piece in joined(pieces):
        content = piece.content
        if isinstance(content, str):
            content = re.sub(" {2,}", " ", content)
            before = tidy[-1].content if tidy else " "
            if isinstance(before, str) and before.endswith(" "):
                content = content.lstrip(" ")
        if content:
            tidy.append(replace(piece, content=content))
    if tidy and isinstance(last := tidy[-1].content, str):
        tidy[-1] = replace(tidy[-1], content=last.rstrip(" "))
    return joined(tidy)


def joined(pieces: Iterable[PieceOfMarkdown]) -> tuple[PieceOfMarkdown, ...]:
    """Neighbouring words that are set alike as one piece."""
    whole: list[PieceOfMarkdown] = []
    written = [piece for piece in pieces if piece.content]
    for _, run in groupby(written, key=_set_as):
        first, *others = run
        if isinstance(first.content, str):
            text = "".join(str(piece.content) for piece in (first, *others))
            whole.append(replace(first, content=text))
        else:
            whole += [first, *others]
    return tuple(whole)


def _set_as(piece: PieceOfMarkdown) -> tuple[object, ...]:
    is_words = isinstance(piece.content, str)
    return (piece.emphasis, piece.strong, piece.link, piece.branch, piece.gap, is_words)
