"""A file read back, as data; and whether its words are those of the letter it is said to be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from generator.edition.edition import Part
from generator.edition.letterhead import Typeface
from generator.letter.letter import Letter
from generator.letter.roles import PICTURES, Role
from generator.plain_text import join_lines, strip_whitespace
from generator.rendering.record import words_of


@dataclass(frozen=True)
class PieceOfText:
    """A piece of text on one line, and the rectangle it fills, in points from the lower left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    font: str

    @property
    def middle(self) -> float:
        """Half way between its left and its right."""
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        """Half way between its bottom and its top."""
        return (self.bottom + self.top) / 2

    def is_above_or_below(self, other: "PieceOfText") -> bool:
        """Whether they share a stretch of the page's width, wherever each of them stands in it."""
        return self.left < other.right and other.left < self.right


def united(pieces: Sequence[PieceOfText], text: str) -> PieceOfText:
    """Pieces of one text as one, with the rectangle that they fill together."""
    return PieceOfText(
        text,
        min(piece.left for piece in pieces),
        min(piece.bottom for piece in pieces),
        max(piece.right for piece in pieces),
        max(piece.top for piece in pieces),
        pieces[0].font,
    )


def number_that_say(pieces: Sequence[PieceOfText], words: str) -> int:
    """How many of these pieces, the last ones, say these words together; 0 where none do."""
    wanted, said = strip_whitespace(words), ""
    for count, piece in enumerate(reversed(pieces), start=1):
        said = strip_whitespace(piece.text) + said
        if said == wanted:
            return count
        if not wanted.endswith(said):
            break
    return 0


@dataclass(frozen=True)
class ReadPage:
    """One page: its size in points, its text in reading order, and its pieces."""

    width: float
    height: float
    text: str
    pieces: tuple[PieceOfText, ...]


@dataclass(frozen=True)
class ReadCell:
    """A cell of a table as the structure has it: `TH` or `TD`, and its text."""

    kind: str
    text: str


ReadTable = tuple[tuple[ReadCell, ...], ...]


@dataclass(frozen=True)
class ReadPicture:
    """A picture as the structure has it: the words that stand for it, and those drawn in it."""

    alternative: str
    words: str


@dataclass(frozen=True)
class ReadLetter:
    """All that was read back from one PDF."""

    title: str
    author: str
    pages: tuple[ReadPage, ...]
    tables: tuple[ReadTable, ...]
    files: Mapping[str, bytes]
    unembedded_fonts: frozenset[str]
    """Fonts that are used and not embedded."""
    declares: frozenset[str]
    """`PDF/A-3a` and `PDF/UA-1`, as far as its metadata say so."""
    nesting: frozenset[str] = frozenset()
    """Which kinds of elements stand in which, in its structure: `Table/TR`."""
    pictures: tuple[ReadPicture, ...] = ()
    """The pictures in its structure."""

    @property
    def fonts(self) -> list[str]:
        """The names of the fonts that its words are printed in."""
        return sorted({piece.font for page in self.pages for piece in page.pieces})

    @property
    def typeface(self) -> Typeface:
        """The typeface that it was made in; the usual one where it is none of ours."""
        made_in = (face for face in Typeface if any(map(face.is_face, self.fonts)))
        return next(made_in, Typeface.LIBERATION_SANS)


AddressedText = tuple[str, str]
"""Words, and the address of the block that they are of."""


def expected_words(letter: Letter, *, bullet: str) -> list[AddressedText]:
    """The words of each block in the order printed, the items of lists with their marks.

    Without those that stand for a picture, which are not printed: of a chart, those drawn in it.
    """
    item = 0
    before: tuple[str | None, str] = ("", "")
    expected = []
    for block, text in words_of(letter):
        if block.role in PICTURES:
            continue
        item = item + 1 if (block.part, block.role) == before else 1  # a list ends with its section
        before = (block.part, block.role)
        mark = {"bullet": f"{bullet} ", "numbered": f"{item}. "}.get(block.role, "")
        expected.append((block.address, mark + (block.chart.words if block.chart else text)))
    return expected


def differences(found: str, expected: Sequence[AddressedText], where: str) -> Iterator[str]:
    """Where the words of a `page` or a `text` differ from a letter's, a sentence each.

    White space does not count: a line may be broken after a dash or a slash, too.
    """
    found = join_lines(found)
    if strip_whitespace(found) == strip_whitespace("".join(text for _, text in expected)):
        return
    words = [(word, address) for address, text in expected for word in join_lines(text).split()]
    said = found.split()
    matcher = SequenceMatcher(None, [word for word, _ in words], said, autojunk=False)
    findings = []
    for what, a, b, c, d in matcher.get_opcodes():
        right = " ".join(word for word, _ in words[a:b])
        says = " ".join(said[c:d])
        if what != "equal" and strip_whitespace(right) != strip_whitespace(says):
            findings.append(_differing(words[min(a, len(words) - 1)][1], right, says, where))
    yield from findings[:_MOST_DIFFERENCES]
    if len(findings) > _MOST_DIFFERENCES:
        yield f"its words differ in {len(findings) - _MOST_DIFFERENCES} more places"


_MOST_DIFFERENCES = 8


_ON = {"page": "on the page", "text": "in the text"}


def _differing(address: str, right: str, says: str, where: str) -> str:
    if not says:
        return f'{address}: "{short(right)}" is missing from the {where}'
    if not right:
        return f'{address}: "{short(says)}" is {_ON[where]}, and not in the letter'
    return f'{address}: the {where} says "{short(says)}", the letter "{short(right)}"'


def short(text: str) -> str:
    """Words to be shown in a sentence, the middle left out where they are many."""
    return text if len(text) <= 80 else f"{text[:40]} … {text[-35:]}"


_ADDRESS = re.compile(r"\s*\((?:https?://|mailto:)(?:[^\s()]|\([^\s()]*\))*\)")
"""Behind the words of a link; it is no word of the letter."""


def check_text(text: str, letter: Letter) -> list[str]:
    """What is wrong with a text, a sentence each; none where it says its letter and no more."""
    otherwise = {b.address: b.table.listed_words for b in letter.blocks if b.table}
    otherwise |= {b.address: b.text for b in letter.blocks if b.chart}
    expected = [
        (address, _ADDRESS.sub("", otherwise.get(address, words)))
        for address, words in expected_words(letter, bullet="-")
    ]
    return list(differences(_ADDRESS.sub("", text), expected, "text"))


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
    findings = [
        f"page {number} bears {s.what}, which it should not" for s in found if not s.is_wanted
    ]
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
        bears = f'page {number} of {total} bears the number "{other[0].strip()}"'
        return f"{bears}: one is missing, added or moved"
    if standing.role == Role.PAGE_NUMBER:
        return f"page {number} bears no page number"
    return f"page {number} lacks {standing.what}"


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
            yield f"on page {number} {standing.what} does not stand below the letter's words"
        elif standing.role in {Role.RUNNING_HEAD, Role.DRAFT} and not above:
            yield f"on page {number} {standing.what} does not stand above the letter's words"
        elif not (above or below):
            yield f"on page {number} the page number stands among the letter's words"


def _touching(found: dict[_Standing, list[PieceOfText]], number: int) -> Iterator[str]:
    for (one, pieces), (other, others) in combinations(found.items(), 2):
        if any(
            a.is_above_or_below(b) and a.bottom < b.top and b.bottom < a.top
            for a in pieces
            for b in others
        ):
            yield f"on page {number} {one.what} and {other.what} run into each other"
