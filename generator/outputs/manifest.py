"""The manifest: what was made, from what, told by digests; kept beside the letters."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any
from zlib import compress, decompress

from pydantic import Field, TypeAdapter, ValidationError

from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.edition.figure_kind import as_data
from generator.edition.figures import Figure
from generator.edition.groups import Column
from generator.edition.languages import LANGUAGE
from generator.files.bounded_read import Sort, read_bytes
from generator.letter.letter import ComposedBlock, ComposedLetter
from generator.letter.roles import Role
from generator.problems import Place, Problem, passing_warning, system_message
from generator.rendering.letter_template import LetterTemplate
from generator.verification.output_formats import output_formats

Inputs = Mapping[str, str]
"""Digests, by what they are of. Three decide: `letter`, `template` and `engine`. The others are of
what a letter is made from, and say why it is no longer the same."""

KEY_PARTS = ("letter", "template", "engine")
_CAUSES = ("figures", "addressee", "edition", "wording", "template", "engine")


def shared_inputs(edition: Edition, letter_template: LetterTemplate, engine: str) -> dict[str, str]:
    """The digests that all letters of an edition have in common."""
    facts = [
        edition.year,
        edition.language,
        edition.letter_date.isoformat(),
        edition.period_end.isoformat(),
        edition.signatory.name,
        {id_: kind.noun for id_, kind in edition.kinds.items()},
    ]
    template = template_digest(letter_template)
    return {"edition": digest(facts), "template": template, "engine": engine}


def template_digest(letter_template: LetterTemplate) -> str:
    """The digest of the page, its styles and its pictures."""
    texts = [letter_template.template, letter_template.styles, letter_template.screen_styles]
    return digest([texts, dict(letter_template.pictures), dict(letter_template.letterhead)])


def inputs_of(letter: ComposedLetter, authority: Authority, shared: Inputs) -> Inputs:
    """The digests of one letter.

    Where its words stand in their files is no input: one more comment in a file changes no letter.
    """
    addressee = authority.addressee
    wording = digest([_wording(b) for b in letter.blocks if b.role is not Role.DRAFT])
    return {
        "letter": digest([*_head(letter), wording, *map(_printed, letter.blocks)]),
        "figures": digest(_figures([*authority.all_figures(), *authority.compared.values()])),
        "addressee": digest(
            [
                letter.slug,
                authority.name,
                authority.kind,
                addressee.names,
                addressee.office,
                addressee.salutation,
                *([p.name, p.office] for p in authority.copies.values()),
            ]
        ),
        "wording": wording,
        **shared,
    }


def causes(before: Inputs, now: Inputs) -> list[str]:
    """Why a letter is no longer what it was: `figures changed`, `wording changed`; or nothing.

    What changed without a trace in the letter (an authority's kind that no word depends on) is no
    cause. A letter that differs for none of the causes was composed by another program.
    """
    if all(before.get(name) == now[name] for name in KEY_PARTS):
        return []
    return [f"{name} changed" for name in _CAUSES if before.get(name) != now[name]] or [
        "engine changed"
    ]


def digest(content: Any) -> str:
    """A digest of data, in 16 characters: enough to tell what was from what is."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def _head(letter: ComposedLetter) -> list[Any]:
    return [
        letter.year,
        letter.slug,
        letter.language,
        letter.title,
        letter.author,
        letter.date.isoformat(),
        letter.authority,
        letter.draft,
    ]


def _printed(block: ComposedBlock) -> list[Any]:
    """All of a block but its wording and its place."""
    runs = [[r.text, r.emphasis, r.strong, r.link, r.name, r.gap] for r in block.runs]
    cells = block.table.cells if block.table else ()
    printed = [[c.group, c.id, c.kind, as_data(c.value), c.text] for c in cells]
    for part in block.chart.parts if block.chart else ():
        printed.append([part.group, part.id, part.row, part.kind, as_data(part.value), part.text])
    figures = [[as_data(cell.figure.value), cell.figure.supplied] for cell in cells]
    return [block.group, runs, printed, figures, str(block.picture)]


def _figures(figures: Iterable[Figure]) -> list[Any]:
    return [[f.column.group, f.column.id, as_data(f.value), f.supplied] for f in figures]


def _wording(block: ComposedBlock) -> list[Any]:
    """A block as its author wrote it, before any value was filled in but those of an insert."""
    given = [run.text for run in block.runs if run.name and run.name.startswith("insert.")]
    said = [block.address, block.role, block.wording, block.origin, block.insert, given]
    if block.chart is not None:
        return [*said, block.chart.name, block.chart.form, [p.label for p in block.chart.parts]]
    if block.table is None:
        return said
    table = block.table
    headers = [[header.text, header.columns, header.first] for header in table.spanning_headers]
    columns = [_plan(cell.column) for cell in table.rows[0].cells]
    rows = [[row.label, row.is_own] for row in table.rows]
    return [*said, table.name, table.labels, headers, columns, rows, table.turned, table.beside]


def _plan(column: Column) -> list[Any]:
    """All of a column but its place."""
    worked_out = [column.parts, column.numerator, column.none]
    return [
        column.group,
        column.id,
        column.label,
        column.kind.name,
        vars(column.kind),
        column.header_group,
        worked_out,
    ]


MANIFEST_FILE = "manifest.json"
SCHEMA_VERSION = 1

_LETTER = rf"[a-z0-9-]+(\.{LANGUAGE})?"
Slug = Annotated[str, Field(pattern=f"^{_LETTER}$")]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of a letter, as it was written."""

    sha256: Sha256
    bytes: int


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One letter: the files made last, and what they were made of.

    A letter that failed keeps those of the time before. While `unfinished`, its files may be the
    old ones or the new: it was to be made, and the run has not got to it, or was cut off.
    """

    inputs: Inputs = field(default_factory=dict)
    pages: int | None = None
    files: Mapping[str, MadeFile] = field(default_factory=dict)
    """By their paths from the manifest: `pdf/anyplace-council.pdf`."""
    unfinished: bool = False
    failed: str | None = None
    """Why it could not be made the last time it was tried."""
    conformance: str | None = None
    """The digest of what it was proven for that it is PDF/UA-1 and PDF/A-3a, by it or by another
    made of the same; None where no validator was installed."""


@dataclass(frozen=True)
class Manifest:
    """All letters of one output folder, by slug, and the engine that made the last of them."""

    year: int
    draft: bool = False
    engine: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[Slug, ManifestEntry] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION


_MANIFEST = TypeAdapter(Manifest)


class ManifestError(Exception):
    """A manifest cannot be used; the text says why, in a sentence about it."""


def manifest_or_warning(folder: Path, then: str) -> tuple["Manifest | None", list[Problem]]:
    """The manifest, and a warning where it cannot be read, which says what happens then."""
    try:
        return read_manifest(folder), []
    except ManifestError as error:
        place = Place(folder / MANIFEST_FILE)
        return None, [passing_warning(place, f"{error}; {then}", kind="damaged-manifest")]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of an output folder; None where there is none. Raises `ManifestError`."""
    try:
        content = read_bytes(folder / MANIFEST_FILE, Sort.RECORD)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ManifestError(f"cannot be read: {system_message(error)}") from error
    try:
        manifest = _MANIFEST.validate_json(content, strict=False)
    except (ValidationError, RecursionError) as error:
        raise ManifestError("is damaged") from error
    if manifest.schema_version != SCHEMA_VERSION:
        raise ManifestError("was written by another version of this program")
    return manifest


def manifest_json(manifest: Manifest) -> bytes:
    """The manifest as the content of its file; its form is told in docs/manifest.md."""
    return b"".join(manifest_pieces(manifest))


def manifest_pieces(manifest: Manifest) -> Iterator[bytes]:
    """The same in pieces, as thousands of letters make it large."""
    empty = _MANIFEST.dump_json(replace(manifest, letters={}), indent=1)
    before, key, after = empty.partition(b'"letters": {')
    yield before + key
    letters = manifest.letters
    said = letters if isinstance(letters, PackedEntries) else PackedEntries(letters)
    for number, slug in enumerate(said):
        before = f'{"," if number else ""}\n  "{slug}": '.encode()
        yield before + said.json(slug).replace(b"\n", b"\n  ")
    yield (b"\n " if said else b"") + after + b"\n"


class PackedEntries(MutableMapping[Slug, ManifestEntry]):
    """What a manifest says of letters, by slug; what is set is kept as it is written, compressed.

    So is not what was read, most of which stays as it is.
    """

    def __init__(self, entries: Mapping[Slug, ManifestEntry]) -> None:
        self._kept: dict[str, ManifestEntry | bytes] = dict(entries)

    def json(self, slug: str) -> bytes:
        """What is said of a letter, as it is written."""
        kept = self._kept[slug]
        return decompress(kept) if isinstance(kept, bytes) else _ENTRY.dump_json(kept, indent=1)

    def sort(self) -> None:
        """Put them in alphabetical order."""
        self._kept = dict(sorted(self._kept.items(), key=itemgetter(0)))

    def among(self, slugs: Iterable[str]) -> "PackedEntries":
        """Those there are of these letters, as they are now."""
        found = PackedEntries({})
        found._kept = {slug: self._kept[slug] for slug in slugs if slug in self._kept}
        return found

    def __getitem__(self, slug: str) -> ManifestEntry:
        """What is said of a letter; raises `KeyError` where nothing is."""
        kept = self._kept[slug]
        return _ENTRY.validate_json(decompress(kept)) if isinstance(kept, bytes) else kept

    def __setitem__(self, slug: str, entry: ManifestEntry) -> None:
        self._kept[slug] = compress(_ENTRY.dump_json(entry, indent=1), 1)

    def __delitem__(self, slug: str) -> None:
        del self._kept[slug]

    def __contains__(self, slug: object) -> bool:
        return slug in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


_ENTRY = TypeAdapter(ManifestEntry)


def made_file(content: bytes) -> MadeFile:
    """What the manifest says of a file with this content."""
    return MadeFile(hashlib.sha256(content).hexdigest(), len(content))


def output_names(slug: str) -> dict[str, str]:
    """A letter's files by format, as paths from the output folder; each format has a folder."""
    return {each.name: f"{each.name}/{each.file_name(slug)}" for each in output_formats()}


def output_paths(folder: Path, slug: str) -> dict[str, Path]:
    """Where a letter's files are, by format."""
    return {kind: folder / name for kind, name in output_names(slug).items()}


def sums_of(folder: Path, slugs: Iterable[str]) -> Mapping[str, str]:
    """The SHA-256 of each file of these letters that is there, by its path from the folder.

    All are read, every time: a file that was damaged may look untouched from outside.
    """

    def of_letter(slug: str) -> dict[str, str | None]:
        return {name: sum_of(folder / name) for name in output_names(slug).values()}

    with ThreadPoolExecutor() as readers:
        sums = chain.from_iterable(of.items() for of in readers.map(of_letter, slugs))
        return {name: found for name, found in sums if found}


def sum_of(path: Path) -> str | None:
    """The SHA-256 of a file; None where it is not there, or not to be read."""
    try:
        return made_file(read_bytes(path, Sort.LETTER)).sha256
    except OSError:
        return None


def letters_in(folder: Path) -> dict[str, list[str]]:
    """All letters' files that lie in an output folder, by slug, as paths from it."""
    found: dict[str, list[str]] = {}
    for each in output_formats():
        for path in sorted((folder / each.name).glob(f"*{each.suffix}")):
            if re.fullmatch(_LETTER, path.stem):
                found.setdefault(path.stem, []).append(f"{each.name}/{path.name}")
    return found
