"""Wording and printed words as a comparison reads them: without marks, line ends and quote style.

A wording is Markdown with placeholders, as it stands in its file; what is printed of it is found
by the parser that composes letters, so that both read it alike.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from markdown_it.token import Token

from generator.letter.markup import MARKDOWN

PLACEHOLDER = re.compile(r"{{.*?}}", re.DOTALL)


def plain(text: str) -> str:
    """A text blind to quote style and white space: what is left is what it says."""
    return " ".join(text.translate(_QUOTES).split())


_QUOTES = str.maketrans({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " "})


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
        return " ".join(token.markup.split())
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
        signs = zip(found[0], marks[found.start() : found.end()], strict=True)
        runs = groupby(signs, key=lambda sign: sign[1])
        words.append(tuple(PieceOfWording("".join(s for s, _ in run), same) for same, run in runs))
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
    sign = "**" * marks.strong + "*" * marks.emphasis
    space = " " * text.startswith(" ")
    words = plain(text) if marks.link is None else f"[{plain(text)}]({marks.link})"
    return f"{space}{sign}{words}{sign}"


def names_in(wording: str) -> tuple[str, ...]:
    """The name in each placeholder of a wording: `authority.noun`."""
    return tuple(found[2:-2].partition("|")[0].strip() for found in PLACEHOLDER.findall(wording))


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
