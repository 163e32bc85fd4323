"""What a made letter's files prove to be: proven, intact, damaged, out of date, or not there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.checks.mentions import NameIndex
from generator.checks.registry import PdfContext, check_pdf
from generator.files.bounded_read import Sort, read_bytes
from generator.letter.letter import ComposedLetter, Letter
from generator.outputs.manifest import made_file
from generator.plain_text import join_lines
from generator.problems import shortened, system_message
from generator.rendering.record import (
    RECORD_FILE,
    RecordError,
    read_record,
    record_of,
)
from generator.verification.output_formats import PDF, format_named
from generator.verification.reading import UnreadableError, read_letter
from generator.verification.tampering import tampered

STATUSES = ("damaged", "missing", "out of date", "intact", "proven")
"""From the worst: a letter is what the worst of its files is.

`damaged` differs from what was made, `out of date` was made of other data, and `intact` is as it
was made, by an engine that is not here to make it anew: it is read back, and cannot be proven.
"""


@dataclass(frozen=True)
class Verdict:
    """What one file of a letter, by its kind, proves to be, and why."""

    kind: str
    status: str
    reason: str = ""


@dataclass(frozen=True)
class Making:
    """What is known of how a letter's files were made."""

    sums: Mapping[str, str]
    """By kind the SHA-256 of each file as it was made; none where nothing is known."""
    moved: Sequence[str] = ()
    """What has changed since: `template changed`."""
    engine: str = ""
    """How the engine differs from the one that is here; blank where it does not."""


def verify(
    paths: Mapping[str, Path],
    letter: ComposedLetter,
    names: NameIndex,
    printed: Mapping[str, bytes],
    making: Making,
) -> list[Verdict]:
    """Read a letter's files back, by kind, and hold each against its data and how it was made.

    `names` are those of all authorities of the edition. `printed` are the files made anew, and
    proven: where data and engine are what they were, these are the same bytes, so that nothing that
    a proof passes over was changed either, and nothing has to be read a second time.
    """
    contents: dict[str, bytes] = {}
    verdicts = []
    for kind, path in paths.items():
        try:
            contents[kind] = read_bytes(path, Sort.LETTER)
        except FileNotFoundError:
            verdicts.append(Verdict(kind, "missing", "it has not been built"))
        except OSError as error:
            verdicts.append(Verdict(kind, "damaged", f"it cannot be read: {system_message(error)}"))
    if not contents and all(verdict.status == "missing" for verdict in verdicts):
        return verdicts[:1]  # for all of them
    now = record_of(letter)
    made, findings = None, list[str]()
    if contents.get(PDF.name) == printed[PDF.name]:
        made = now
    elif PDF.name in contents:
        made, findings = _read_pdf(contents[PDF.name], letter.slug, names)
        if made == now and not (making.moved or making.engine):
            findings += tampered(contents[PDF.name], printed[PDF.name])
    changes = _changes(made, now) if made else []
    verdicts += [Verdict(PDF.name, "damaged", finding) for finding in findings]
    for kind, content in contents.items():
        if kind == PDF.name and findings:
            continue
        if content == printed[kind] and format_named(kind).is_proven_when_made:
            verdicts.append(Verdict(kind, "proven"))
            continue
        whole = made_file(content).sha256 == making.sums.get(kind)
        records = [record for record in (made, now) if record is not None]
        wrong = [] if kind == PDF.name else _check(kind, content, records, names)
        if wrong and not (whole and made is None):
            verdicts += [Verdict(kind, "damaged", finding) for finding in wrong]
        elif content == printed[kind]:
            verdicts.append(Verdict(kind, "proven"))
        else:
            found = _not_the_same(kind, whole, [*changes, *wrong], making)
            said = [v.reason for v in verdicts if v.status == "out of date"]
            verdicts += [v for v in found if v.reason not in said]  # of all files once
    return verdicts


def _not_the_same(kind: str, whole: bool, changes: Sequence[str], making: Making) -> list[Verdict]:
    """What a file is that reads well, and is not, byte for byte, what is made of its data now."""
    moved_on = changes or making.moved
    if not whole and making.sums and (moved_on or making.engine):
        return [Verdict(kind, "damaged", _NOT_AS_MADE)]
    if changes or (whole and moved_on):
        return [Verdict(kind, "out of date", change) for change in moved_on]
    if whole and making.engine:
        return [Verdict(kind, "intact", f"not re-made ({making.engine})")]
    return [Verdict(kind, "damaged", _NOT_THE_SAME)]


_NOT_AS_MADE = "it was edited or damaged; build it again"
_NOT_THE_SAME = (
    "its content is right, but its bytes differ: it was edited, or built with other versions; "
    "build it again"
)


def _read_pdf(content: bytes, slug: str, names: NameIndex) -> tuple[Letter | None, list[str]]:
    """The record that a PDF carries, and all that keeps it from being the letter of that record."""
    try:
        read = read_letter(content)
        record = read_record(read.files[RECORD_FILE])
    except KeyError:
        return None, [f"the attachment {RECORD_FILE} is missing"]
    except (UnreadableError, RecordError) as error:
        return None, [str(error)]
    if record.slug != slug:
        return None, [f"it is the letter of {record.authority}"]
    return record, check_pdf(PdfContext(read, record, names, read.typeface))


def _check(kind: str, content: bytes, records: Sequence[Letter], names: NameIndex) -> list[str]:
    """All that keeps a file of a format from being the letter of one of these records."""
    try:
        text = format_named(kind).words(content)
    except UnicodeDecodeError:
        return ["it is not UTF-8 text"]
    except ValueError as error:
        return [str(error)]
    findings = min((format_named(kind).check(text, record) for record in records), key=len)
    if not findings:
        return []
    now = records[-1]
    own = join_lines("\n".join(block.text for block in now.blocks if block.insert))
    others = names.others(now.authority, join_lines(text), own)
    return [*(f'it names another authority, "{name}"' for name in others), *findings]


def _changes(made: Letter, now: Letter) -> list[str]:
    """What has changed in the data and the wording since a letter was made."""
    if made == now:
        return []
    then = {(figure.group, figure.id): figure for figure in made.figures}
    changes = [
        f"{f.group}.{f.id} was {then[f.group, f.id].text} and is now {f.text}"
        for f in now.figures
        if (f.group, f.id) in then and then[f.group, f.id].text != f.text
    ]
    before = [block.text for block in made.blocks if block.role != "table"]
    after = [block.text for block in now.blocks if block.role != "table"]
    changes += [f'"{shortened(text)}" is no longer in it' for text in before if text not in after]
    changes += [f'"{shortened(text)}" is new' for text in after if text not in before]
    return changes or ["its tables, its order or its wording have changed"]
