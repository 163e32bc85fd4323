"""What a count in the wording counts: the noun behind its placeholder, if one stands there.

A noun is a word that the edition's wording counts somewhere, with `count("complaint")`; in English
also any word that ends like a plural and is none of the small words that do so, too.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.letter.expressions import Placeholder
from generator.letter.markdown import WordingBlock
from generator.letter.variables import Type


@dataclass(frozen=True)
class Counted:
    """The words behind a bare count, and the values with which they cannot stand."""

    words: str
    wrong: tuple[int, ...]
    nouns: tuple[str, ...]
    """What `count` is to be given: the noun in the singular, and its plural where that is odd."""


Nouns = Mapping[str, Counted]
"""By the noun, in small letters, in the singular and in the plural."""


def nouns_of(blocks: Iterable[WordingBlock]) -> Nouns:
    """All that is counted with `count` in some wording."""
    nouns = {}
    for placeholder in (p for block in blocks for p in block.placeholders):
        one, many = placeholder.nouns or ("", "")
        if one != many:
            given = (one,) if many == f"{one}s" else (one, many)
            nouns[one.casefold()] = Counted(one, (0, 2), given)
            nouns[many.casefold()] = Counted(many, (1,), given)
    return nouns


def counted_by(block: WordingBlock, number: int, nouns: Nouns, language: str) -> Counted | None:
    """What a block's piece counts without `count`; None where it is no such count.

    Up to two words may stand between: "11 detailed investigations".
    """
    placeholder = block.pieces[number].content
    if not isinstance(placeholder, Placeholder) or placeholder.type is not Type.NUMBER:
        return None
    if placeholder.nouns is not None:
        return None
    words = _words_behind(block, number)
    for last, word in enumerate(words):
        if word.casefold() in _SMALL_WORDS:
            return None
        found = _known(words[: last + 1], nouns)
        if found is None and last == 0 and language.startswith("en"):
            found = _plural(word)
        if found is not None:
            before = words[: last + 1 - len(found.words.split())]
            given = tuple(" ".join([*before, noun]) for noun in found.nouns)
            return Counted(" ".join(words[: last + 1]), found.wrong, given)
    return None


_MOST_WORDS = 3
_WORD = re.compile(r"\s+([^\W\d_][^\W\d_'’-]*(?:[-'’][^\W\d_]+)*)(?!\w)")


def _words_behind(block: WordingBlock, number: int) -> list[str]:
    """The words that follow a placeholder with nothing but white space between."""
    rest = ""
    for piece in block.pieces[number + 1 :]:
        if not isinstance(piece.content, str):
            break
        rest += piece.content
    words: list[str] = []
    at = 0
    while len(words) < _MOST_WORDS and (found := _WORD.match(rest, at)):
        words.append(found[1])
        at = found.end()
    return words


def _known(words: list[str], nouns: Nouns) -> Counted | None:
    """The noun that these words end with, if it is counted elsewhere."""
    ends = (" ".join(words[first:]).casefold() for first in range(len(words)))
    return next((nouns[end] for end in ends if end in nouns), None)


def _plural(word: str) -> Counted | None:
    """A word that ends like a plural in English, and how its singular is likely written."""
    if not re.search(r"[^su'’i]s$", word) or "’" in word or "'" in word:
        return None
    if word.endswith("ies"):
        return Counted(word, (1,), (f"{word[:-3]}y", word))
    if re.search("(ch|sh|x|z|ss)es$", word):
        return Counted(word, (1,), (word[:-2], word))
    return Counted(word, (1,), (word[:-1],))


_SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about across after afterwards again against all also always and any are as at
        be been before besides between but by came can concerned could did do does
        during each fewer for from had has have he her here hers his how if in into
        involved is it its led less least may might minus more most must no nor not of
        on only or other over ours per percent perhaps plus rather related remain
        resulted shall she should since so sometimes still than that the their theirs
        then there these they this those though thus to together too towards under
        unless until upwards us very was we were what when where whereas which while who
        whom whose will with within without would yes yet you your yours
        """,
    )
)
"""Those that end no noun, and begin what is said of a count rather than what it counts."""
