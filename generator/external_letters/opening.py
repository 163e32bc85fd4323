"""The opening of an issued letter: masthead, date, address, salutation, subject."""

import re
from collections.abc import Sequence

from generator.edition.edition_file import Part
from generator.external_letters.printed_parts import PartKind, Words, short
from generator.external_letters.read_part import ReadPart, known_or
from generator.external_letters.reference_edition import ReferenceEdition, likeness
from generator.external_letters.sections import looks_like_heading
from generator.letter.letter import Role
from generator.letter.normalised_wording import plain


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
    if greeting:
        read.add(Role.SALUTATION, known_or(greeting, pattern))
    else:
        read.miss(Role.SALUTATION, "the salutation")
    if rest and _is_subject(rest[0], pattern):
        read.add(Role.SUBJECT, known_or(rest.pop(0).text, pattern))
    else:
        read.miss(Role.SUBJECT, "the subject")
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
    before = lines if at is None else lines[:at]
    left = [] if at is None else lines[at + 1 :]
    masthead = max([" ".join(before), *before], key=lambda text: likeness(text, words.masthead))
    if likeness(masthead, words.masthead) > 0.6:
        read.add(Role.MASTHEAD, known_or(masthead, pattern))
        before = [] if masthead not in before else [each for each in before if each != masthead]
    else:
        read.miss(Role.MASTHEAD, "the masthead")
    if at is None:
        left = before
    else:
        read.unread += [f"“{short(each)}” stands before the date" for each in before]
    if at is None:
        read.miss(Role.DATE, "the date")
    else:
        read.add(Role.DATE, known_or(lines[at], pattern))
    if left and (likeness(left[0], words.delivery) > 0.6 or _is_greeted_later(left, greeted)):
        read.add(Role.DELIVERY, known_or(left.pop(0), pattern))
    else:
        read.miss(Role.DELIVERY, "how it was delivered")
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
            read.unread.append(f"the lines of the address stand on one line: “{short(line)}”")
        else:
            read.unread.append(f"the address is one line that could not be divided: “{line}”")
    if not lines:
        read.miss(Role.ADDRESS_LINE, "the address")
    else:
        read.authority = lines[-1]
    for line in lines:
        read.add(Role.ADDRESS_LINE, known_or(line, pattern))


def _is_subject(words: Words, pattern: ReferenceEdition) -> bool:
    fits = pattern.fits(pattern.edition.subject, words.text) is not None
    return fits or words.kind is PartKind.HEADING or looks_like_heading(words)
