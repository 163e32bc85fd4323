"""The sections of an issued letter: headings held against the edition's, each with its text."""

import re
from collections.abc import Mapping, Sequence

from generator.external_letters.printed_parts import PartKind, Words, squeezed
from generator.external_letters.read_part import ReadPart
from generator.external_letters.reference_edition import ReferenceEdition, likeness
from generator.letter.letter import Block, Role

_PROSE = {PartKind.BULLET: Role.BULLET, PartKind.NUMBERED: Role.NUMBERED}


def read_sections(words: Sequence[Words], pattern: ReferenceEdition) -> ReadPart:
    """The sections: each heading is held against the edition's, what follows it is its text.

    A heading that is like none of them begins a part that has no name here (None).
    """
    read = ReadPart(None)
    headings = [each for each in words if _is_heading(each, pattern)]
    named = sections_by_heading([each.text for each in headings], pattern.headings)
    unheaded = [name for name in pattern.edition.sections if name not in pattern.headings]
    first = pattern.edition.sections[0]
    current = None if first in named else first
    for each in words:
        known = pattern.known.get(squeezed(each.text))
        text = known.text if known else each.text
        if each in headings:
            current = each.part or named[headings.index(each)]
            read.add(Role.HEADING, text, current)
            continue
        if known and known.part in unheaded:
            current = known.part
        role = _PROSE.get(each.kind, Role.PARAGRAPH)
        read.passages.append(Block(each.part or current, role.value, text))
    return read


def _is_heading(words: Words, pattern: ReferenceEdition) -> bool:
    if words.kind is PartKind.HEADING:
        return True
    known = pattern.known.get(squeezed(words.text))
    return known.role == Role.HEADING if known else looks_like_heading(words)


def looks_like_heading(words: Words) -> bool:
    """Whether words stand like a heading: one short line that does not end like a sentence."""
    text = words.text
    return words.kind is PartKind.WORDS and len(text) < 100 and not re.search(r"[.:;,?!)]$", text)


def sections_by_heading(headings: Sequence[str], known: Mapping[str, str]) -> list[str | None]:
    """The section of each heading: the same words first, then the likest, no section twice."""
    found: dict[int, str] = {}
    pairs = [
        (_heads_likeness(heading, text), -number, section)
        for number, heading in enumerate(headings)
        for section, text in known.items()
    ]
    for alike, number, section in sorted(pairs, reverse=True):
        if alike >= 0.6 and -number not in found and section not in found.values():
            found[-number] = section
    return [found.get(number) for number in range(len(headings))]


def _heads_likeness(heading: str, known: str) -> float:
    begins = heading.casefold().startswith(known.casefold())
    return max(likeness(heading, known), 0.9 if begins else 0.0)
