"""What stands on each page beside the letter's words: number, head, foot, a draft's mark."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from generator.edition.edition import Part
from generator.letter.letter import Letter
from generator.letter.roles import Role
from generator.plain_text import strip_whitespace
from generator.verification.read_back import PieceOfText, ReadPage, number_that_say

_USUAL_NUMBER = "{{ page.number }} / {{ page.count }}"
"""How pages are numbered where the edition has no words for it."""


@dataclass(frozen=True)
class PageFurniture:
    """A page's own words, without what stands on each page, and what is wrong with that.

    The draft's mark, the running head, the footer and the number stand on each page that they
    belong on, apart from the words of the letter and from each other, in whatever order a reader
    finds them.
    """

    words: str
    findings: tuple[str, ...]


@dataclass(frozen=True)
class _Standing:
    """A text that stands on each page, or on each but the first."""

    role: str
    text: str
    is_wanted: bool = True
    """Whether it stands on this page."""

    @property
    def what(self) -> str:
        return "the page number" if self.role == Role.PAGE_NUMBER else f'"{self.text}"'


def page_furniture(page: ReadPage, number: int, total: int, letter: Letter) -> PageFurniture:
    """Divide a page's words from what stands on each page, by number from 1."""
    standings = list(_standing(letter, number, total))
    missing = standings.copy()
    pieces = list(page.pieces)
    words = page.text
    found: dict[_Standing, list[PieceOfText]] = {}
    while (last := _last(pieces, missing)) is not None:
        standing, count = last
        missing.remove(standing)
        found[standing] = pieces[-count:]
        del pieces[-count:]
        words = _without_end(words, standing.text)
    found = {standing: found[standing] for standing in standings if standing in found}
    missing = [standing for standing in missing if standing.is_wanted]
    findings = [f"unexpected {s.what} on page {number}" for s in found if not s.is_wanted]
    findings += [
        _missing(standing, words, number, total, _number_of(letter)) for standing in missing
    ]
    for standing in missing:
        if standing.role == Role.PAGE_NUMBER:
            words = re.sub(rf"\s*{_any_number(_number_of(letter))}\s*$", "", words)
    findings += [*_misplaced(found, pieces, number), *_touching(found, number)]
    return PageFurniture(words, tuple(findings))


def _number_of(letter: Letter) -> str:
    said = (block.text for block in letter.blocks if block.role == Role.PAGE_NUMBER)
    return next(said, _USUAL_NUMBER)


def _standing(letter: Letter, number: int, total: int) -> Iterator[_Standing]:
    for block in letter.blocks:
        if block.part == Part.EACH_PAGE and block.role != Role.PAGE_NUMBER:
            is_wanted = block.role != Role.RUNNING_HEAD or number > 1
            yield _Standing(block.role, block.text, is_wanted)
    text = _number_of(letter).replace("{{ page.number }}", str(number))
    yield _Standing(Role.PAGE_NUMBER, text.replace("{{ page.count }}", str(total)))


def _last(
    pieces: Sequence[PieceOfText], wanted: Sequence[_Standing]
) -> tuple[_Standing, int] | None:
    """Which of these is said by the last pieces, and by how many of them."""
    found = ((standing, number_that_say(pieces, standing.text)) for standing in wanted)
    return next((each for each in found if each[1]), None)


def _without_end(text: str, end: str) -> str:
    """A text without its end, whatever white space is in it; whole where it does not end so."""
    return without_beginning(text[::-1], strip_whitespace(end)[::-1])[::-1]


def without_beginning(text: str, words: str) -> str:
    """A text without the words it begins with, whatever white space is in it; else whole."""
    left, kept = strip_whitespace(words), text
    while left and (kept := kept.lstrip()).startswith(left[0]):
        kept, left = kept[1:], left[1:]
    return text if left else kept


def _any_number(wording: str) -> str:
    pieces = re.split(r"{{ page\.(?:number|count) }}", wording)
    return r"\s*\d+\s*".join(r"\s*".join(map(re.escape, piece.split())) for piece in pieces)


def _missing(standing: _Standing, words: str, number: int, total: int, wording: str) -> str:
    other = re.search(rf"{_any_number(wording)}\s*$", words)
    if standing.role == Role.PAGE_NUMBER and other:
        numbered = f'page {number} of {total} is numbered "{other[0].strip()}"'
        return f"{numbered}: a page is missing, added or moved"
    if standing.role == Role.PAGE_NUMBER:
        return f"page {number} has no page number"
    return f"{standing.what} is missing from page {number}"


def _misplaced(
    found: dict[_Standing, list[PieceOfText]], words: Sequence[PieceOfText], number: int
) -> Iterator[str]:
    """What does not stand above the letter's words or, if it belongs there, below them."""
    if not words:
        return
    top, bottom = max(p.top for p in words), min(p.bottom for p in words)
    for standing, pieces in found.items():
        above = all(piece.bottom >= top for piece in pieces)
        below = all(piece.top <= bottom for piece in pieces)
        if standing.role == Role.FOOTER and not below:
            yield f"on page {number}, {standing.what} is not below the letter's text"
        elif standing.role in {Role.RUNNING_HEAD, Role.DRAFT} and not above:
            yield f"on page {number}, {standing.what} is not above the letter's text"
        elif not (above or below):
            yield f"on page {number}, the page number is within the letter's text"


def _touching(found: dict[_Standing, list[PieceOfText]], number: int) -> Iterator[str]:
    for (one, pieces), (other, others) in combinations(found.items(), 2):
        if any(
            a.is_above_or_below(b) and a.bottom < b.top and b.bottom < a.top
            for a in pieces
            for b in others
        ):
            yield f"on page {number}, {one.what} and {other.what} overlap"
