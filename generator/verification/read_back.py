"""A file read back, as data; and whether its words are those of the letter it is said to be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from generator.edition.letterhead import Typeface
from generator.letter.letter import Letter
from generator.letter.roles import PICTURES
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

    @cached_property
    def words(self) -> str:
        """Its text without white space, as texts are held together: looked for many times."""
        return strip_whitespace(self.text)

    @cached_property
    def middle(self) -> float:
        """Half way between its left and its right."""
        return (self.left + self.right) / 2

    @cached_property
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
        said = piece.words + said
        if said == wanted:
            return count
        if not wanted.endswith(said):
            break
    return 0


Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the lower left."""
SeenText = tuple[int, str, Box]
"""A text that can be seen: the number of its page, its words and its place."""


@dataclass(frozen=True)
class UnseenWords:
    """Words that cannot be seen as they should, and why: `is drawn invisibly`."""

    words: str
    why: str


@dataclass(frozen=True)
class ReadPage:
    """One page: its size in points, its text in reading order, and its pieces."""

    width: float
    height: float
    text: str
    pieces: tuple[PieceOfText, ...]
    is_upright: bool = True
    unseen: tuple[UnseenWords, ...] = ()
    grouped: tuple[str, ...] = ()
    """Words that are drawn as a part of something, so that nobody can say how they look."""
    notes: tuple[str, ...] = ()
    """What is laid over it that is no link: `stamp`."""

    @property
    def is_a4(self) -> bool:
        """Whether it has the size of the paper, this way or the other."""
        return sorted((round(self.width), round(self.height))) == [595, 842]


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
    font_programs: frozenset[tuple[str, bytes]]
    """The name of each font that is used, and its program; none where that is not embedded."""
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
        yield f"the text differs in {len(findings) - _MOST_DIFFERENCES} more places"


_MOST_DIFFERENCES = 8
_ON = {"page": "on the page", "text": "in the text"}


def _differing(address: str, right: str, says: str, where: str) -> str:
    if not says:
        return f'{address}: "{short(right)}" is missing from the {where}'
    if not right:
        return f'{address}: "{short(says)}" is {_ON[where]} but not in the letter'
    return f'{address}: the {where} says "{short(says)}", but the letter "{short(right)}"'


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
