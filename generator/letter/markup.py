"""Markdown to tokens that know where they stand: markdown-it, taught placeholders and places.

A placeholder is one token of the inline parser, so that a value is never read as Markdown and
Markdown never breaks an expression. `at`, in a token's `meta`, is where in its text it begins.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    emphasis,
    escape,
    html_inline,
    image,
    link,
    newline,
)
from markdown_it.token import Token
from rapidfuzz import fuzz

from generator.letter.expressions import end_of_placeholder
from generator.letter.variables import change_of
from generator.plain_text import single_spaced, strip_whitespace

BRACES = ("{{", "}}", "{%", "%}", "{#", "#}")
BRACKETS = ("](", "][", "[^", "~~", "]{")
"""Signs that mean something, where they are not part of it; the brackets only in Markdown."""

_Rule = Callable[[StateInline, bool], bool]


def _placeholder(state: StateInline, silent: bool) -> bool:
    """Makes `{{ … }}` one token, and each stray mark another."""
    braces = state.src[state.pos : state.pos + 2]
    if braces == "]{" and state.src[state.pos + 1 : state.pos + 3] in BRACES:
        return False
    if braces not in BRACES and not (braces in BRACKETS and state.md is MARKDOWN):
        return False
    end = end_of_placeholder(state.src, state.pos) if braces == "{{" else None
    is_placeholder = end is not None and end <= state.posMax
    stop = end if end is not None and is_placeholder else state.pos + 2
    if not silent:
        token = state.push("placeholder" if is_placeholder else "stray", "", 0)
        # For a placeholder a letter, so that quotation marks beside it curl the right way.
        token.content = "x" if is_placeholder else braces
        token.markup = state.src[state.pos : stop]
    state.pos = stop
    return True


_ATTRIBUTE = re.compile(
    r"""\{\s*(?P<otherwise>otherwise)?
    (?:\s*when\s*=\s*(?:"(?P<quoted>[^"{}]*)"|(?P<bare>[^{}]*?)))?\s*\}""",
    re.VERBOSE,
)


def _branch(state: StateInline, silent: bool) -> bool:
    """Makes `[words]{when=RULE}` and `[words]{otherwise}` words between two tokens."""
    if state.src[state.pos] != "[" or state.md is not MARKDOWN:
        return False
    start, most = state.pos, state.posMax
    end = state.md.helpers.parseLinkLabel(state, start)
    found = _ATTRIBUTE.match(state.src, end + 1, most) if end >= 0 else None
    if found is None or found["otherwise"] == found["quoted"] == found["bare"]:
        return False
    if not silent:
        opening = state.push("branch_open", "", 1)
        rule = found["bare"] if found["quoted"] is None else found["quoted"]
        opening.meta = {"at": start, "words": (start + 1, end), "end": found.end(), "rule": rule}
        opening.info = found["otherwise"] or ""
        if opening.info:  # so that quotation marks do not curl by the words of another case
            opening.content = " "
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.push("branch_close", "", -1).meta["at"] = end
    state.pos, state.posMax = found.end(), most
    return True


def _condition(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Makes a line that begins with `:::` one token."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if state.is_code_block(start) or not line.startswith(":::"):
        return False
    if not silent:
        token = state.push("condition", "", 0)
        token.content, token.map = line.lstrip(":").strip(), [start, start + 1]
        state.line = start + 1
    return True


def _located(rule: _Rule) -> _Rule:
    """The same rule of the inline parser; its tokens know where in the text they begin."""

    def located(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        applies = rule(state, silent)
        for token in state.tokens[before:]:
            token.meta.setdefault("at", start)
        return applies

    return located


_RULES: dict[str, _Rule] = {
    "newline": newline,
    "escape": escape,
    "backticks": backtick,
    "emphasis": emphasis.tokenize,
    "link": link,
    "image": image,
    "autolink": autolink,
    "html_inline": html_inline,
}


def _short_years(state: StateCore) -> None:
    """The quotation mark of '90s and '08 is an apostrophe, which would be curled as an opening."""
    for inline in state.tokens:
        for token in inline.children or []:
            if token.type == "text":
                token.content = re.sub(r"(?<![\w'])'(?=\d\d(?!\d))", "’", token.content)


class _Markdown(MarkdownIt):
    def __init__(self, preset: str) -> None:
        super().__init__(preset, {"html": True, "typographer": True})
        self.core.ruler.before("smartquotes", "short_years", _short_years)
        # A reference definition ("[Note]: …") would vanish from the letter without a word.
        self.disable("reference", ignoreInvalid=True).enable("smartquotes")
        for name, rule in _RULES.items():
            self.inline.ruler.at(name, _located(rule))
        self.inline.ruler.before("text", "placeholder", _located(_placeholder))
        self.inline.ruler.before("link", "branch", _branch)
        self.block.ruler.before(
            "fence", "condition", _condition, {"alt": ["paragraph", "blockquote", "list"]}
        )

    def validateLink(self, _url: str) -> bool:
        """True for every address: one that is refused here would be printed as it was typed."""
        return True


MARKDOWN = _Markdown("commonmark")
"""Reads a file of wording."""
PLAIN = _Markdown("zero")
"""Reads one line of fixed words: no Markdown, only placeholders and quotation marks."""


PLACEHOLDER = re.compile(r"{{.*?}}", re.DOTALL)


def plain(text: str) -> str:
    """A text blind to quotes, hyphens and white space: what is left is what it says."""
    return single_spaced(text.translate(_QUOTES))


def plain_letters(text: str) -> str:
    """The same without any white space: equal for equal words, however they are broken."""
    return strip_whitespace(plain(text))


@lru_cache(maxsize=65536)  # the letters of an edition share most of their words
def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1, sign by sign; blind to case and quote style."""
    return fuzz.ratio(plain(one).casefold(), plain(other).casefold()) / 100


_QUOTES = str.maketrans(
    {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " ", 0x2010: "-", 0x2011: "-"}
)


class Marks(NamedTuple):
    """How words are set: what a reader sees of them, or follows, beside what they say."""

    link: str | None = None
    strong: bool = False
    emphasis: bool = False


class PieceOfWording(NamedTuple):
    """Words that are set alike."""

    text: str
    marks: Marks


@lru_cache(maxsize=4096)  # the letters of an edition share their wording
def plain_wording(wording: str) -> str:
    """A wording without the marks of Markdown, as its words are printed; placeholders as written.

    What stands inside a placeholder is no Markdown: the `_` in a name marks nothing.
    """
    return plain("".join(piece.text for piece in _pieces(wording)))


def _pieces(wording: str) -> list[PieceOfWording]:
    """The words of a wording and how each is set."""
    (inline,) = MARKDOWN.parseInline(wording)
    pieces: list[PieceOfWording] = []
    marks = Marks()
    for token in inline.children or []:
        match token.type.removesuffix("_open").removesuffix("_close"):
            case "em":
                marks = marks._replace(emphasis=token.nesting > 0)
            case "strong":
                marks = marks._replace(strong=token.nesting > 0)
            case "link":
                target = str(token.attrs.get("href", "")) if token.nesting > 0 else None
                marks = marks._replace(link=target)
            case _:
                pieces.append(PieceOfWording(_text(token), marks))
    return pieces


def _text(token: Token) -> str:
    if token.type == "placeholder":
        return single_spaced(token.markup)
    return "\n" if token.type in {"softbreak", "hardbreak"} else token.content


@lru_cache(maxsize=4096)  # the letters of an edition share their wording
def marked_words(wording: str) -> tuple[tuple[PieceOfWording, ...], ...]:
    """Each word of a wording in pieces that are set alike; a placeholder is never divided."""
    text, marks = "", []
    for piece in _pieces(wording):
        text += piece.text
        marks += [piece.marks] * len(piece.text)
    words = []
    for found in WORDING_WORD.finditer(text):
        characters = zip(found[0], marks[found.start() : found.end()], strict=True)
        runs = groupby(characters, key=lambda pair: pair[1])
        words.append(tuple(PieceOfWording("".join(c for c, _ in run), same) for same, run in runs))
    return tuple(words)


WORDING_WORD = re.compile(rf"(?:{PLACEHOLDER.pattern}|\S)+")


def with_marks(words: Iterable[tuple[PieceOfWording, ...]]) -> str:
    """Words with their marks written out again, as Markdown has them."""
    spaced = [piece for word in words for piece in (PieceOfWording(" ", word[0].marks), *word)][1:]
    return "".join(
        _written("".join(piece.text for piece in run), marks)
        for marks, run in groupby(spaced, key=lambda piece: piece.marks)
    )


def _written(text: str, marks: Marks) -> str:
    stars = "**" * marks.strong + "*" * marks.emphasis
    space = " " * text.startswith(" ")
    words = plain(text) if marks.link is None else f"[{plain(text)}]({marks.link})"
    return f"{space}{stars}{words}{stars}"


def names_in(wording: str) -> tuple[str, ...]:
    """The name in each placeholder of a wording: `authority.noun`."""
    return tuple(_name_in(found[2:-2]) for found in PLACEHOLDER.findall(wording))


def _name_in(said: str) -> str:
    name, *filters = (part.strip() for part in said.split("|"))
    change = re.fullmatch(r"change\(\s*(\w+)\s*\)", filters[0]) if filters else None
    return change_of(name, change[1]) if change else name


def values_in(wording: str, text: str) -> tuple[tuple[str, str], ...]:
    """What was printed for each placeholder of a wording, found by the words around them.

    Nothing where the words do not fit the wording: then what is a value cannot be told.
    """
    if "{{" not in wording:
        return ()
    found = _pattern(wording).fullmatch(plain(text))
    return tuple(zip(names_in(wording), found.groups(), strict=True)) if found else ()


@lru_cache(maxsize=4096)  # the letters of an edition share their wording
def _pattern(wording: str) -> re.Pattern[str]:
    pieces = PLACEHOLDER.split(plain_wording(wording))
    return re.compile("(.+?)".join(re.escape(piece) for piece in pieces), re.DOTALL)
