"""What a made letter's PDF proves to be: proven, damaged, out of date, or not there."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.bounded_read import Sort, read_bytes
from generator.composing.letter import Letter
from generator.rendering.record import (
    RECORD_FILE,
    Record,
    RecordError,
    read_record,
    record_of,
)
from generator.verifying.names import Names
from generator.verifying.proof import doubts_about
from generator.verifying.reading import UnreadableError, read_letter


@dataclass(frozen=True)
class Verdict:
    """What one PDF proves to be, and why."""

    status: str
    """`proven`, `damaged` (differs from what was made), `out of date` (the data moved on), or
    `missing`."""
    reasons: tuple[str, ...] = ()


def verify(path: Path, letter: Letter, names: Names | Iterable[str], printed: bytes) -> Verdict:
    """Read a letter's PDF back, prove it against its own record, and that against the data.

    `names` are those of all authorities of the edition. `printed` is the letter printed anew: where
    the data are what they were, these are the same bytes, so that nothing that a proof passes over
    was changed either.
    """
    try:
        content = read_bytes(path, Sort.LETTER)
    except FileNotFoundError:
        return Verdict("missing", ("it has not been made",))
    except OSError as error:
        return Verdict("damaged", (f"it cannot be read: {error.strerror or error}",))
    try:
        read = read_letter(content)
        record = read_record(read.files[RECORD_FILE])
    except KeyError:
        return Verdict("damaged", (f"the attached file {RECORD_FILE} is missing",))
    except (UnreadableError, RecordError) as error:
        return Verdict("damaged", (str(error),))
    if record.slug != path.stem:
        return Verdict("damaged", (f"it is the letter of {record.authority}",))
    doubts = doubts_about(read, record, names)
    if doubts:
        return Verdict("damaged", tuple(doubts))
    changes = _changes(record, record_of(letter))
    if changes:
        return Verdict("out of date", tuple(changes))
    if content != printed:
        return Verdict("damaged", (_NOT_THE_SAME,))
    return Verdict("proven")


_NOT_THE_SAME = (
    "it says what it should, but is not, byte for byte, what its data make: "
    "it was edited, or made with other versions; make it again"
)


def _changes(made: Record, now: Record) -> list[str]:
    """What has changed in the data and the wording since a letter was made."""
    if made == now:
        return []
    then = {(figure.group, figure.id): figure for figure in made.figures}
    changes = [
        f"{f.group}.{f.id} was {then[f.group, f.id].text} and is now {f.text}"
        for f in now.figures
        if (f.group, f.id) in then and then[f.group, f.id].text != f.text
    ]
    before = [block.text for block in made.blocks if block.group is None]
    after = [block.text for block in now.blocks if block.group is None]
    changes += [f'"{_short(text)}" is no longer in it' for text in before if text not in after]
    changes += [f'"{_short(text)}" is new' for text in after if text not in before]
    return changes or ["its tables, its order or its wording have changed"]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
