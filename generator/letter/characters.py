"""Characters in finished words that a reader could not see, or that were not set as they should be.

They are looked for once Markdown is read: a character can also be written by its name (`&shy;`).
"""

import html
import re
from collections.abc import Callable, Iterable

from generator.edition.values import unfit
from generator.problems import Place, Problem, warning

Locate = Callable[[int], Place]
"""From where a character stands in a block's source to its place in the file."""


def invisible_characters(texts: Iterable[str], source: str, locate: Locate) -> list[Problem]:
    """One problem for each character that cannot be seen; spaces that do not break may stay."""
    problems = []
    for character in dict.fromkeys("".join(texts)):
        what, todo = unfit(character)
        if what and character not in _NO_BREAK_SPACES:
            place = locate(found_in(character, source))
            problems.append(Problem(place, f"{what}; {todo}"))
    return problems


def straight_marks(texts: Iterable[str], source: str, locate: Locate) -> list[Problem]:
    """A warning for each quotation mark that stayed straight, since it is half of no pair."""
    problems = []
    for text in texts:
        for mark in re.finditer("['\"]", text):
            said = f"{mark[0]} has no counterpart; type {_SET[mark[0]]}"
            place = locate(_straight(mark, source))
            problems.append(warning(place, said, kind="straight-quote"))
    return problems


_NO_BREAK_SPACES = "\xa0\u202f"
_SET = {
    "'": "\u2019 or \u2018 itself (\u2032 for feet and minutes)",
    '"': "\u201d or \u201c itself (\u2033 for inches and seconds)",
}


def found_in(said: str, source: str) -> int:
    """Where words, or a character, stand in the source: themselves, or by the character's name."""
    if said in source:
        return source.index(said)
    for found in re.finditer(r"&#?\w+;", source):
        if html.unescape(found[0]) in said:
            return found.start()
    return 0


def _straight(mark: re.Match[str], source: str) -> int:
    """Where a straight quotation mark of the text stands in the source, by what is beside it."""
    text, at = mark.string, mark.start()
    flat = source.replace("\n", " ")
    for before, after in ((8, 8), (3, 3), (0, 2), (1, 0)):
        start = max(at - before, 0)
        found = flat.find(text[start : at + 1 + after])
        if found >= 0:
            return found + at - start
    return max(flat.find(mark[0]), 0)
