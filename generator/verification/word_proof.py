"""The words of a file that was read back, against those of the letter it is said to be."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from operator import attrgetter

from generator.letter.letter import Letter
from generator.letter.roles import PICTURES
from generator.rendering.record import words_of
from generator.white_space import join_lines, strip_whitespace

AddressedText = tuple[str, str]
"""Words, and the address of the block that they are of."""


def expected_words(letter: Letter, *, bullet: str) -> list[AddressedText]:
    """The words of each block in the order printed, the items of lists with their marks.

    Without those that stand for a picture: they are not printed.
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
        expected.append((block.address, mark + text))
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
    tables = {b.address: _table(letter, b.group) for b in letter.blocks if b.role == "table"}
    expected = [
        (address, _ADDRESS.sub("", tables.get(address, words)))
        for address, words in expected_words(letter, bullet="-")
    ]
    return list(differences(_ADDRESS.sub("", text), expected, "text"))


def _table(letter: Letter, group: str | None) -> str:
    """A table's words: a line for each figure, and before the first under a head the head."""

    def lines() -> Iterator[str]:
        figures = (figure for figure in letter.figures if figure.group == group)
        for head, under in groupby(figures, key=attrgetter("head")):
            yield head
            yield from (f"{figure.label} {figure.text}" for figure in under)

    return " ".join(lines())
