"""Recognise the parts of an issued letter by what they say; nothing is guessed.

Its landmarks are found first: the salutation, the closing, the title of the statistics page. What
stands between them follows from its place; what is not found is listed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from generator.edition.edition import Part
from generator.edition.values import slug_of
from generator.external_letters.letterhead_lines import put_in_place, take_letterhead
from generator.external_letters.reference_edition import (
    Element,
    Grid,
    ReferenceEdition,
    Words,
    literal,
)
from generator.external_letters.sections import (
    ReadPart,
    read_closing,
    read_opening,
    read_sections,
)
from generator.external_letters.statistics_page import ReportPage, begins_like, begins_with
from generator.letter.draft_mark import DRAFT
from generator.letter.letter import Block, Letter, LetterSource, Reading
from generator.letter.markup import likeness, plain
from generator.letter.roles import Role


class NoLetterError(Exception):
    """Nothing in a file could be recognised as a part of a letter; the text says so."""


def parse_letter(
    elements: Sequence[Element],
    path: Path,
    pattern: ReferenceEdition,
    source: LetterSource,
    *,
    unsegmented: bool,
    pages: int | None = None,
) -> Letter:
    """A version of a letter from its elements in reading order. Raises `NoLetterError`.

    `unsegmented` where the file does not say where each paragraph begins and ends.
    """
    letterhead, elements = take_letterhead(elements, pattern)
    report_at = _report(elements, pattern)
    letter, rest = _words(elements[:report_at]), elements[report_at:]
    report = ReportPage(pattern, unsegmented=unsegmented)
    report.read(rest)
    authority = _authority(report.passages, pattern)
    salutation = _first(letter, 0, lambda text: is_salutation(text, pattern))
    if salutation is None and not report.figures:
        raise NoLetterError("it is not recognisable as a letter")
    body = _subject(letter, pattern) if salutation is None else salutation + 1
    closing = _first(letter, body, lambda text: _is_closing(text, pattern)) or len(letter)
    greeting = None if salutation is None else letter[salutation]
    before = letter[: body if salutation is None else salutation]
    opening = read_opening(before, greeting, letter[body:closing], pattern, authority)
    sections = read_sections(opening.rest, pattern)
    end = read_closing(letter[closing:], pattern)
    put_in_place(letterhead, opening, end)
    parts: list[ReadPart] = [letterhead, opening, sections, end, report]
    lines = (passage.text for passage in (*opening.passages, *end.passages))
    if pattern.words.torn([passage.text for passage in sections.passages], lines):
        parts = [letterhead, _unread_prose(pattern), report]
    passages = tuple(passage for part in parts for passage in part.passages)
    authority = authority or opening.authority
    reading = Reading(
        source,
        path,
        pages,
        unread=tuple(sentence for part in parts for sentence in part.unread),
        lost=frozenset(place for part in parts for place in part.lost),
    )
    return Letter(
        year=_year(passages),
        language="",
        slug=slug_of(authority or path.stem),
        authority=authority,
        title="",
        draft=False,
        addressee=tuple(p.text for p in passages if p.role == Role.ADDRESS_LINE),
        salutation=next((p.text for p in passages if p.role == Role.SALUTATION), ""),
        figures=tuple(report.figures),
        blocks=(*passages, *report.titles),
        reading=reading,
    )


def _unread_prose(pattern: ReferenceEdition) -> ReadPart:
    """What is read of a letter whose paragraphs were torn: nothing, and that is said once."""
    blocks = (block for block in pattern.known.values() if block.part != Part.REPORT)
    said = "its text could not be read: the lines are broken up or out of order"
    return ReadPart(None, unread=[said], lost={(block.part or "", block.role) for block in blocks})


def _subject(letter: Sequence[Words], pattern: ReferenceEdition) -> int:
    """Where the letter itself begins that has no salutation: at its subject, else its text."""
    subject = pattern.edition.subject
    found = _first(letter, 0, lambda text: pattern.fits(subject, text) is not None)
    first_long = _first(letter, 0, lambda text: len(text) > _LONGEST_LINE)
    return next((number for number in (found, first_long) if number is not None), len(letter))


_LONGEST_LINE = 100
"""Of an address; what is longer is a paragraph."""


def _words(elements: Iterable[Element]) -> list[Words]:
    """The words among these; the rows of a table in the midst of a letter are words, too."""
    found = []
    for element in elements:
        if isinstance(element, Words):
            found += [element] if element.text and element.text != DRAFT else []
        else:
            rows = (" ".join(cell for cell in row if cell.strip()) for row in element.rows)
            found += [Words((row,)) for row in rows if row]
    return found


def _report(elements: Sequence[Element], pattern: ReferenceEdition) -> int:
    """Where the statistics page begins: at its title, else at the first table and its title."""
    if not pattern.has_page:
        return len(elements)
    wording = pattern.page_titles.get(Role.REPORT_TITLE)
    for is_title in (begins_with, begins_like) if wording is not None else ():
        for number, element in enumerate(elements):
            if isinstance(element, Words) and is_title(element.text, wording or "", pattern):
                return number
    first = next((n for n, each in enumerate(elements) if isinstance(each, Grid)), len(elements))
    return first - 1 if 0 < first < len(elements) else first


def _first(words: Sequence[Words], start: int, fits: Callable[[str], bool]) -> int | None:
    return next((n for n in range(start, len(words)) if fits(words[n].text)), None)


def is_salutation(text: str, pattern: ReferenceEdition) -> bool:
    """Whether a text is the edition's salutation, or begins and ends like it."""
    wording = pattern.edition.words.salutation
    if len(text) > 200 or pattern.fits(wording, text) is not None:
        return len(text) <= 200
    start, end = literal(wording).split()[:1], plain(wording)[-1:]
    return bool(start) and text.split()[:1] == start and text.endswith(end)


def _is_closing(text: str, pattern: ReferenceEdition) -> bool:
    if len(text) > _LONGEST_CLOSING:  # likeness takes its time over long texts
        return False
    usual = re.fullmatch(r"(Yours|With|Kind)\b[^.]{0,40},", text)
    return bool(usual) or likeness(text, pattern.edition.words.closing) > 0.8


_LONGEST_CLOSING = 80


def _authority(passages: Iterable[Block], pattern: ReferenceEdition) -> str:
    """The authority's name, from the title of the statistics page."""
    title = next((p.text for p in passages if p.role == Role.REPORT_TITLE), "")
    return pattern.fits(pattern.page_titles.get(Role.REPORT_TITLE, ""), title) or ""


def _year(passages: Iterable[Block]) -> int | None:
    """The year that the date of a letter says, else the one in its subject."""
    said = {passage.role: passage.text for passage in passages}
    for role in (Role.DATE, Role.SUBJECT):
        found = re.search(r"\b(19|20|21)\d\d\b", said.get(role, ""))
        if found:
            return int(found[0])
    return None
