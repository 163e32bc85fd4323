"""The sections of an issued letter: headings held against the edition's, each with its text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.edition.edition import Part
from generator.external_letters.reference_edition import (
    PROSE_ROLES,
    PartKind,
    ReferenceEdition,
    Words,
    short,
)
from generator.letter.letter import Block
from generator.letter.markup import likeness, plain, plain_letters
from generator.letter.roles import Role


@dataclass
class ReadPart:
    """What was read of one part of a letter."""

    part: str | None
    passages: list[Block] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    lost: set[tuple[str, str]] = field(default_factory=set)
    authority: str = ""
    """Its name, where the address says it."""
    rest: Sequence[Words] = ()
    """What stands after this part."""

    def add(self, role: Role, text: str, part: str | None = None) -> None:
        """One passage more; where its text is blank, that it is missing."""
        if text:
            self.passages.append(Block(part or self.part, role.value, text))
        else:
            self.unread.append(f"{_NAMES[role]} is missing")
            self.lost.add((self.part or "", role.value))


_NAMES = {
    Role.MASTHEAD: "the masthead",
    Role.DATE: "the date",
    Role.DELIVERY: "the delivery line",
    Role.ADDRESS_LINE: "the address",
    Role.SALUTATION: "the salutation",
    Role.SUBJECT: "the subject",
    Role.CLOSING: "the closing",
    Role.SIGNATORY: "the signatory",
    Role.OFFICE: "the signatory's office",
}


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
        known = pattern.known.get(plain_letters(each.text))
        text = pattern.spelt(each.text)
        if each in headings:
            current = each.part or named[headings.index(each)]
            read.add(Role.HEADING, text, current)
            continue
        if known and known.part in unheaded:
            current = known.part
        role = PROSE_ROLES.get(each.kind, Role.PARAGRAPH)
        read.passages.append(Block(each.part or current, role.value, text))
    return read


def _is_heading(words: Words, pattern: ReferenceEdition) -> bool:
    if words.kind is PartKind.HEADING:
        return True
    known = pattern.known.get(plain_letters(words.text))
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


def read_opening(
    before: Sequence[Words],
    salutation: Words | None,
    after: Sequence[Words],
    pattern: ReferenceEdition,
    authority: str,
) -> ReadPart:
    """The opening: what stands before the salutation, the salutation itself and the subject."""
    read = ReadPart(Part.OPENING.value)
    words = pattern.edition.words
    rest = list(after)
    greeting = salutation.text if salutation else ""
    greeted = pattern.fits(words.salutation, greeting) or _greeted(greeting)
    lines = [line for each in before for line in each.lines if line.strip()]
    lines = _reference(lines, read, pattern, greeted)
    _address(lines, read, pattern, greeted, authority)
    read.add(Role.SALUTATION, pattern.spelt(greeting))
    is_next = bool(rest) and _is_subject(rest[0], pattern)
    read.add(Role.SUBJECT, pattern.spelt(rest.pop(0).text) if is_next else "")
    read.rest = rest
    return read


def _greeted(salutation: str) -> str:
    return salutation.partition(" ")[2].rstrip(" ,:")


_YEAR = re.compile(r"\b(19|20|21)\d\d\b")


def _reference(
    lines: list[str], read: ReadPart, pattern: ReferenceEdition, greeted: str
) -> list[str]:
    """Take masthead, date and delivery off the lines before the salutation."""
    words = pattern.edition.words
    at = next((n for n, each in enumerate(lines) if _YEAR.search(each) and len(each) < 40), None)
    before = lines[:at]
    same = plain(words.masthead)
    masthead = max(
        [" ".join(before), *before],
        key=lambda text: (likeness(text, words.masthead), plain(text) == same),
    )
    if likeness(masthead, words.masthead) > 0.6:
        read.add(Role.MASTHEAD, pattern.spelt(masthead))
        is_whole = masthead not in before
        before = [each for each in before if not is_whole and likeness(each, masthead) < 1]
    else:
        read.add(Role.MASTHEAD, "")
    if at is None:
        left, date = before, ""
    else:
        read.unread += [f"unexpected “{short(each)}” before the date" for each in before]
        left, date = lines[at + 1 :], lines[at]
    read.add(Role.DATE, pattern.spelt(date))
    is_next = left and (likeness(left[0], words.delivery) > 0.6 or _is_greeted_later(left, greeted))
    read.add(Role.DELIVERY, pattern.spelt(left.pop(0)) if is_next else "")
    return left


def _is_greeted_later(lines: Sequence[str], greeted: str) -> bool:
    """Whether the address, which begins with who is greeted, begins after the first line."""
    last_name = (greeted.split() or [""])[-1]
    named = [last_name != "" and last_name in line for line in lines]
    return not named[0] and any(named[1:2])


def _address(
    lines: list[str], read: ReadPart, pattern: ReferenceEdition, greeted: str, authority: str
) -> None:
    """The address, a line each; where it stands on one line, divided by what the letter says.

    The salutation says the name, the statistics page the authority: what is between is the office.
    """
    if len(lines) == 1:
        name, end = plain(greeted), plain(authority)
        line = plain(lines[0])
        if name and end and line.startswith(f"{name} ") and line.endswith(f" {end}"):
            office = line[len(name) : len(line) - len(end)].strip()
            lines = [each for each in (name, office, end) if each]
            read.unread.append(f"the whole address is on one line: “{short(line)}”")
        else:
            read.unread.append(f"the address is on one line and could not be divided: “{line}”")
    if not lines:
        read.add(Role.ADDRESS_LINE, "")
    else:
        read.authority = lines[-1]
    for line in lines:
        read.add(Role.ADDRESS_LINE, pattern.spelt(line))


def _is_subject(words: Words, pattern: ReferenceEdition) -> bool:
    fits = pattern.fits(pattern.edition.subject, words.text) is not None
    return fits or words.kind is PartKind.HEADING or looks_like_heading(words)


def read_closing(words: Sequence[Words], pattern: ReferenceEdition) -> ReadPart:
    """The closing and the signature: the signatory, then the offices, a line each."""
    read = ReadPart(Part.CLOSING.value)
    edition = pattern.edition
    read.add(Role.CLOSING, pattern.spelt(words[0].text) if words else "")
    lines = [line for each in words[1:] for line in each.lines if line.strip()]
    expected = [
        text.replace("'", "’") for text in (edition.signatory.name, *edition.signatory.offices)
    ]
    if plain_letters("".join(lines)) == plain_letters("".join(expected)):
        if len(lines) == 1:
            read.unread.append(f"the whole signature is on one line: “{short(lines[0])}”")
        lines = expected
    elif len(lines) == 1 and len(lines[0]) > 60:
        read.unread.append(f"the signature is on one line and could not be divided: “{lines[0]}”")
    signatory, *offices = lines or [""]
    read.add(Role.SIGNATORY, pattern.spelt(signatory))
    for office in offices or [""]:
        read.add(Role.OFFICE, pattern.spelt(office))
    return read
