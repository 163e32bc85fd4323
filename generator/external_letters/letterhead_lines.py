"""The lines of the letterhead in an issued letter: known by the edition's words, and taken out.

They stand between its other lines, or at the head and foot of each page, and would else be taken
for an address, an office or a paragraph.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.edition.edition import Part
from generator.external_letters.reference_edition import Element, ReferenceEdition, Words
from generator.external_letters.sections import ReadPart
from generator.letter.letter import Block
from generator.letter.markup import plain_letters
from generator.letter.roles import Role

_PARTS = {
    Role.RUNNING_HEAD: Part.EACH_PAGE,
    Role.SENDER: Part.OPENING,
    Role.REFERENCE: Part.OPENING,
    Role.AFTER_SIGNATURE: Part.CLOSING,
    Role.FOOTER: Part.EACH_PAGE,
    Role.PAGE_NUMBER: Part.EACH_PAGE,
}
"""The lines that are looked for, and their parts; a picture's words are in no letter's text."""
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")
_LEAST_WORDS = 2
"""With fewer words of its own, a line with placeholders could be any."""


def take_letterhead(
    elements: Sequence[Element], pattern: ReferenceEdition
) -> tuple[ReadPart, list[Element]]:
    """The lines of the letterhead, each once, and the elements without them."""
    read = ReadPart(None)
    wordings = _wordings(pattern)
    if not wordings:
        return read, list(elements)
    known = _known(pattern, wordings)
    taken: dict[str, Block] = {}

    def is_taken(text: str) -> bool:
        role = known.get(_masked(text)) or _fitting(text, wordings, pattern)
        if role is None:
            return False
        said = wordings[role][0] if role is Role.PAGE_NUMBER else pattern.spelt(text)
        taken.setdefault(plain_letters(said), Block(_PARTS[role].value, role.value, said))
        return True

    left = list(_without(elements, is_taken))
    read.passages = list(taken.values())
    found = {passage.role for passage in read.passages}
    for role in wordings:
        # What stands in the margins is lost in many ways of reading; its absence says nothing.
        if role not in found and _PARTS[role] is Part.EACH_PAGE:
            read.lost.add((Part.EACH_PAGE.value, role.value))
    return read, left


def _wordings(pattern: ReferenceEdition) -> Mapping[Role, list[str]]:
    found = defaultdict[Role, list[str]](list)
    for key, wording, _ in pattern.edition.letterhead.texts():
        if Role(key) in _PARTS:
            found[Role(key)].append(wording)
    return found


def _known(pattern: ReferenceEdition, wordings: Mapping[Role, Sequence[str]]) -> Mapping[str, Role]:
    """The lines as the edition and its letters have them, but those that other blocks have, too."""
    lines = {
        _masked(_PLACEHOLDER.sub("0", wording)): role
        for role, several in wordings.items()
        for wording in several
        if role is Role.PAGE_NUMBER or not _PLACEHOLDER.search(wording)
    }
    others = {_masked(pattern.edition.words.masthead)}
    for letter in pattern.letters.values():
        for block in letter.blocks:
            if block.role in _PARTS:
                lines.setdefault(_masked(block.text), block.role)
            elif block.table is None:
                others.add(_masked(block.text))
    return {text: role for text, role in lines.items() if text not in others}


def _masked(text: str) -> str:
    """A line blind to its numbers, which are those of a year; one of numbers alone is itself."""
    letters = plain_letters(text)
    return re.sub(r"\d+", "0", letters) if re.search(r"[^\W\d_]", letters) else letters


def _fitting(
    text: str, wordings: Mapping[Role, Sequence[str]], pattern: ReferenceEdition
) -> Role | None:
    """The role whose placeholders stand for what a line has in their places."""
    if plain_letters(text) in pattern.known:
        return None
    for role, several in wordings.items():
        for wording in several:
            own = re.findall(r"[^\W\d_]+", _PLACEHOLDER.sub(" ", wording))
            has_values = len(own) >= _LEAST_WORDS and _PLACEHOLDER.search(wording)
            if has_values and pattern.fits(wording, text) is not None:
                return role
    return None


def _without(elements: Sequence[Element], is_taken: Callable[[str], bool]) -> Iterator[Element]:
    """The elements without what is taken: lines of them, or words that were broken into lines."""
    for element in elements:
        if not isinstance(element, Words):
            yield element
            continue
        lines = tuple(line for line in element.lines if not is_taken(line))
        if lines and not (lines == element.lines and is_taken(element.text)):
            yield replace(element, lines=lines)


def put_in_place(letterhead: ReadPart, opening: ReadPart, closing: ReadPart) -> None:
    """Move the lines of the letterhead's first and last page to their places among the others."""
    own = letterhead.passages
    opening.passages += [line for line in own if line.part == opening.part]
    opening.passages.sort(key=lambda passage: _ORDER[passage.role])
    closing.passages += [line for line in own if line.part == closing.part]
    letterhead.passages = [line for line in own if line.part == Part.EACH_PAGE]


_ORDER = {role.value: number for number, role in enumerate(Role)}
