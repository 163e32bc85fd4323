"""What an edition's letters tell of lines that were broken: which go on, and which begin a block.

Where they do not have the words, nothing is told, and only the page can: where a line stands, and
how far it reaches.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy

from generator.letter.markup import plain, plain_letters
from generator.plain_text import mend_hyphens, single_spaced

_CUT = re.compile(r"(?<=\w)[-\N{HYPHEN}\N{SOFT HYPHEN}]$")
_CUT_AFTER = re.compile(r"(?<=\S)[–—/]$")
_HANGING = {"and", "or", "to"}
"""After "pre- and post-", a hyphen at a line's end belongs to its own word alone."""
_OPENING = 4
"""So many words tell a paragraph by its beginning; a block of fewer is known as a whole."""
_NEAR = 10
"""So many words on either side of a line's end tell which block it is in."""
_MOSTLY = 0.6
_LONGEST_LINE = 20
"""More words than so many has no line of an address or a signature."""
_FEWEST_TORN = 3
"""Two may be one paragraph that was divided since."""
_EDGES = "\"'().,:;?!"


Place = tuple[str, int]
"""A block, by what all letters have of it, and the number of a word in it."""
Trigram = tuple[str, ...]


class KnownWords:
    """The words of blocks, by what stands next to each other in them."""

    def __init__(self, blocks: Iterable[tuple[str, str]], openings: Iterable[str] = ()) -> None:
        """Blocks are given by what all letters have of each, its wording, and by their text.

        `openings` are the words with which others begin, before a value of their own.
        """
        starts = (tuple(plain(text).split()) for text in openings)
        self._starts = {words for words in starts if len(words) > 1}
        self.wholes: set[str] = set()
        self.vocabulary: set[str] = set()
        self.lengths: dict[str, int] = {}
        self._openings: set[Trigram] = set()
        self._places: dict[Trigram, Place] = {}
        for block, text in blocks:
            words = tuple(plain(text).split())
            self.wholes.add(plain_letters(text))
            self.vocabulary.update(word.strip(_EDGES) for word in words)
            self._openings.add(words[:_OPENING])
            self.lengths[block] = len(words)
            for number, three in enumerate(_threes(words)):
                known = self._places.setdefault(three, (block, number))
                if known[0] != block:  # it stands in several, and tells of none
                    self._places[three] = ("", 0)

    def with_own(self, lines: Iterable[str]) -> "KnownWords":
        """The same with the words of a letter, too: one that it has whole is no two words."""
        own = copy(self)
        said = (word.strip(_EDGES) for line in lines for word in plain(line).split()[:-1])
        own.vocabulary = self.vocabulary.union(said)
        return own

    def goes_on(self, before: str, line: str) -> bool | None:
        """Whether a line goes on with the words before it; None where that is not known."""
        last, first = plain(before).split()[-_NEAR:], plain(line).split()[:_NEAR]
        ends, begins = plain_letters(before) in self.wholes, self.begins(line)
        if not (ends and begins):
            across = self.rejoin([" ".join(last[-2:]), " ".join(first[:2])]).split()
            if any(three in self._places for three in _threes(across)):
                return True
        if ends or begins:
            return False
        over = next(filter(None, map(self.place, _threes(last)[::-1])), None)
        under = next(filter(None, map(self.place, _threes(first))), None)
        is_same = over and under and over[0] == under[0]
        return True if is_same and over and under and over[1] < under[1] else None

    def place(self, words: Trigram) -> Place | None:
        """Where three words stand next to each other, if that is in one block alone."""
        found = self._places.get(words)
        return found if found and found[0] else None

    def blocks_in(self, text: str) -> Counter[str]:
        """How many words of each block stand in a text, next to each other as they do there."""
        found = map(self.place, set(_threes(plain(text).split())))
        return Counter(place[0] for place in found if place)

    def torn(self, passages: Sequence[str], lines: Iterable[str]) -> bool:
        """Whether much of what these passages have of blocks is in pieces, or run together.

        Or a paragraph stands among the lines of an address or a signature. Blocks that were
        reworded are whole, too; only where a letter was misread are many torn.
        """
        for line in lines:
            for block, number in self.blocks_in(line).items():
                if number > _MOSTLY * self.lengths[block] > _MOSTLY * _LONGEST_LINE:
                    return True
        found = [(text, self.blocks_in(text)) for text in passages]
        there: Counter[str] = Counter()
        for _, blocks in found:
            there.update(blocks)
        present = [b for b, number in there.items() if number > _MOSTLY * self.lengths[b] > 3]
        whole = {
            block
            for text, blocks in found
            for block in present
            if blocks[block] > _MOSTLY * self.lengths[block]
            and sum(blocks.values()) < blocks[block] / _MOSTLY
        }
        torn = len(present) - len(whole)
        return torn >= _FEWEST_TORN and torn > len(present) / 5

    def begins(self, line: str) -> bool:
        """Whether a block begins with this line, or is all of it."""
        words = tuple(plain(line).split())
        return (
            (len(words) >= _OPENING and words[:_OPENING] in self._openings)
            or any(words[: len(start)] == start for start in self._starts)
            or plain_letters(line) in self.wholes
        )

    def rejoin(self, lines: Iterable[str]) -> str:
        """Lines as one, also where a line was broken after a hyphen, a dash or a slash."""
        text = ""
        for line in lines:
            words = single_spaced(line)
            if not words:
                continue
            if not text:
                text = words
                continue
            text = mend_hyphens(text)
            first = words.split()[0]
            if (_CUT.search(text) and first not in _HANGING) or _CUT_AFTER.search(text):
                text = f"{self._without_hyphen(text, first)}{words}"
            else:
                text = f"{text} {words}"
        return mend_hyphens(text).replace("\N{SOFT HYPHEN}", "")

    def _without_hyphen(self, text: str, rest: str) -> str:
        """A text that ends in the midst of a word; its hyphen stays where the word has one.

        That is where letters write it so, and where both halves are words by themselves.
        """
        cut = _CUT.search(text)
        if cut is None or text[-1] == "\N{SOFT HYPHEN}":
            return text.rstrip("\N{SOFT HYPHEN}")
        half, other = text.split()[-1][:-1].lstrip(_EDGES), plain(rest).rstrip(_EDGES)
        kept, dropped = f"{text[:-1]}-", text[:-1]
        if half + other in self.vocabulary:
            return dropped
        of_letters = half.isalpha() and re.fullmatch("[^\\W\\d_']+('s)?", other) and other.islower()
        if f"{half}-{other}" in self.vocabulary or not (of_letters and self.vocabulary):
            return kept
        return kept if {half, other} <= self.vocabulary else dropped


def _threes(words: Sequence[str]) -> list[Trigram]:
    return [*zip(words, words[1:], words[2:], strict=False)]


NO_WORDS = KnownWords(())
