"""A wording with its values: each of its words, and what was printed for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain

from generator.comparison.words import Words, wording_words, words_of
from generator.letter.letter import Block
from generator.letter.normalised_wording import PLACEHOLDER, names_in, plain

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Filled:
    """The words of a wording, and for each the words printed and the values among them."""

    words: Words
    printed: tuple[Words, ...]
    values: tuple[Values, ...]
    starts: tuple[int, ...]
    """Where the printed words of each begin among all; one more, for the end."""

    def between(self, first: int, end: int) -> Words:
        """What was printed for the words from one number to another."""
        return tuple(word for printed in self.printed[first:end] for word in printed)

    def ranges(self) -> Iterator[tuple[int, int, str]]:
        """Where the words that hold a value begin and end among all printed, and its name."""
        for number, values in enumerate(self.values):
            if values:
                yield self.starts[number], self.starts[number + 1], values[0][0]


def fill(passage: Block) -> Filled | None:
    """The words of a passage's wording with what was printed for each.

    None where its wording is not known, or its words cannot be told from its values.
    """
    if passage.wording is None:
        return None
    words, placed = _shape(passage.wording)
    if tuple(name for each in placed for name in each.names) != tuple(n for n, _ in passage.values):
        return None
    given = iter(passage.values)
    printed: list[Words] = [(word,) for word in words]
    values: list[Values] = [()] * len(words)
    for each in placed:
        pairs = tuple(next(given) for _ in each.names)
        printed[each.number] = each.filled([plain(value) for _, value in pairs])
        values[each.number] = pairs
    if tuple(chain.from_iterable(printed)) != words_of(passage.text):
        return None
    starts = accumulate(map(len, printed), initial=0)
    return Filled(words, tuple(printed), tuple(values), tuple(starts))


@dataclass(frozen=True)
class _Placed:
    """A word of a wording that holds placeholders: their names, and what is around them."""

    number: int
    names: tuple[str, ...]
    around: tuple[str, ...]

    def filled(self, values: list[str]) -> Words:
        """What is printed for the word with these values."""
        pieces = zip(self.around, [*values, ""], strict=True)
        return tuple("".join(chain.from_iterable(pieces)).split())


@lru_cache(maxsize=4096)  # the letters of an edition share their wording
def _shape(wording: str) -> tuple[Words, tuple[_Placed, ...]]:
    """The words of a wording, and those among them that are not the same in every letter."""
    words = wording_words(wording)
    placed = tuple(
        _Placed(number, names_in(word), tuple(PLACEHOLDER.split(word)))
        for number, word in enumerate(words)
        if "{{" in word and names_in(word)
    )
    return words, placed
