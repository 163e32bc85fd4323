"""The closing of an issued letter: the signatory, then the offices, a line each."""

from collections.abc import Sequence

from generator.edition.edition_file import Part
from generator.external_letters.printed_parts import Words, short, squeezed
from generator.external_letters.read_part import ReadPart, known_or
from generator.external_letters.reference_edition import ReferenceEdition
from generator.letter.letter import Role


def read_closing(words: Sequence[Words], pattern: ReferenceEdition) -> ReadPart:
    """The closing and the signature: the signatory, then the offices, a line each."""
    read = ReadPart(Part.CLOSING.value)
    edition = pattern.edition
    if not words:
        read.miss(Role.CLOSING, "the closing")
        read.miss(Role.SIGNATORY, "the signatory")
        read.miss(Role.OFFICE, "the signatory's office")
        return read
    read.add(Role.CLOSING, known_or(words[0].text, pattern))
    lines = [line for each in words[1:] for line in each.lines if line.strip()]
    expected = [text.replace("'", "’") for text in (edition.signatory, *edition.offices)]
    if squeezed("".join(lines)) == squeezed("".join(expected)):
        if len(lines) == 1:
            read.unread.append(f"the signature stands on one line: “{short(lines[0])}”")
        lines = expected
    elif len(lines) == 1 and len(lines[0]) > 60:
        read.unread.append(f"the signature is one line that could not be divided: “{lines[0]}”")
    for number, line in enumerate(lines):
        read.add(Role.OFFICE if number else Role.SIGNATORY, known_or(line, pattern))
    if not lines:
        read.miss(Role.SIGNATORY, "the signatory")
    if len(lines) < 2:
        read.miss(Role.OFFICE, "the signatory's office")
    return read
