"""The plan of an import: all that was read, understood and refused, and every byte to be written.

Nothing is written here. A problem in a row concerns its authority, and is put aside where that is
left out by name; any other concerns the whole import.
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.edition.figure_kind import Quantity
from generator.edition.load import read_edition
from generator.edition.origins import (
    Origins,
    origins_file,
    origins_json,
    read_origins,
    with_imported,
)
from generator.files.bounded_read import holds
from generator.problems import Problem, Severity, collapse_repeats, errors
from generator.spreadsheets.authority_matching import (
    MatchedName,
    MatchKind,
    NameOverrides,
    authority_meant,
    match_rows,
)
from generator.spreadsheets.authority_rows import (
    AuthorityRows,
    CollectedRows,
    collate_rows,
    confirmed_by_list,
    gather,
    without_row,
)
from generator.spreadsheets.file_edits import FileEdits, draft
from generator.spreadsheets.headers import ColumnVocabulary, read_mapping, targets_of
from generator.spreadsheets.import_changes import ImportChange
from generator.spreadsheets.known_authorities import KnownAuthority, read_known, spelled_alike
from generator.spreadsheets.read_files import read_files
from generator.spreadsheets.rows import TableRow
from generator.workspace import EditionFolders


@dataclass(frozen=True)
class ImportRequest:
    """What an import was asked for."""

    files: tuple[Path, ...]
    mapping: Path | None = None
    said: NameOverrides = field(default_factory=NameOverrides)
    leave_out: tuple[str, ...] = ()
    """Authorities, by their row's name or any start of their file's."""
    blank_is_zero: bool = False


@dataclass(frozen=True)
class Plan:
    """What an import would do."""

    problems: tuple[Problem, ...]
    gathered: CollectedRows | None = None
    matched: Mapping[str, tuple[str, MatchKind]] = field(default_factory=dict)
    """By the rows' names, the authority and how it was found."""
    new: Mapping[str, str] = field(default_factory=dict)
    """The authorities that the edition has not had: by slug, their names."""
    changes: tuple[ImportChange, ...] = ()
    figures: int = 0
    """How many figures the files state, changed or not."""
    left_out: tuple[str, ...] = ()
    """Names of rows of which nothing is taken."""
    confirmed: int = 0
    """How many addressees, unchanged since last year, the list confirms."""
    contents: Mapping[Path, bytes] = field(default_factory=dict)
    """The files to be written; none where there is an error."""


def plan_import(folders: EditionFolders, asked: ImportRequest, today: datetime.date) -> Plan:
    """Read the files and work out what they change. Raises `UsageError` for unknown names."""
    edition, problems = read_edition(folders)
    mapping, more = read_mapping(asked.mapping, targets_of(edition) if edition else [])
    if edition is None:
        return Plan(tuple(problems))
    known, unreadable = read_known(folders)
    old, findings = read_origins(folders)
    findings = [replace(f, severity=Severity.ERROR) for f in findings]  # never written over
    terms = ColumnVocabulary(edition, mapping)
    forms = [form for authority in known.values() for form in authority.forms]
    files, unread = read_files(asked.files)
    found = gather(files, forms, terms, blank_is_zero=asked.blank_is_zero)
    matched = match_rows(found.rows, known, asked.said)
    left_out = _left_out(asked.leave_out, matched, known, found.rows)
    belongings, twice = collate_rows(found, matched, left_out)
    drafted = draft(folders, edition, known, matched, belongings, old)
    used = (mapped for rows in found.tables for mapped in rows.table.mapped)
    out = {matched.slug(name) or name for name in left_out}
    problems = [
        *more,
        *unreadable,
        *findings,
        *terms.unused(used),
        *unread,
        *found.problems,
        *matched.problems,
        *twice,
        *drafted.problems,
        *without_row(found, belongings, known, out),
    ]
    places = [row.place for row in found.rows if row.name in left_out]
    rows_out = {(place.path, place.sheet, place.line) for place in places}
    problems = collapse_repeats(
        p for p in problems if (p.place.path, p.place.sheet, p.place.line) not in rows_out
    )
    plan = Plan(
        problems=tuple(problems),
        gathered=found,
        matched=matched.found,
        new={slug: name for slug, name in matched.new.items() if slug in belongings},
        changes=drafted.changes,
        figures=sum(len(g.counts) for own in belongings.values() for g in own.groups.values()),
        left_out=tuple(sorted(left_out)),
    )
    if errors(problems):
        return plan
    contents = _contents(folders, drafted, belongings, found, known, old, today)
    text, number, wrong = confirmed_by_list(folders, known, belongings, contents, today)
    if wrong:
        return replace(plan, problems=tuple(sorted([*problems, *wrong])))
    if text is not None:
        contents[folders.confirmed_file] = text
    return replace(plan, confirmed=number, contents=contents)


def _left_out(
    names: tuple[str, ...],
    matched: MatchedName,
    known: Mapping[str, KnownAuthority],
    rows: list[TableRow],
) -> set[str]:
    """The names of the rows of these authorities. Raises `UsageError` for one that is unknown."""
    all_names = {row.name for row in rows}
    left_out: set[str] = set()
    for said in names:
        alike = {name for name in all_names if spelled_alike(name) == spelled_alike(said)}
        if not alike:
            slug = authority_meant(said, {*known, *matched.new})
            alike = {name for name in all_names if matched.slug(name) == slug}
        left_out |= alike
    return left_out


def _contents(
    folders: EditionFolders,
    drafted: FileEdits,
    belongings: Mapping[str, AuthorityRows],
    found: CollectedRows,
    known: Collection[str],
    old: Origins,
    today: datetime.date,
) -> dict[Path, bytes]:
    """The files that change: authorities' files, and the origins of the figures."""
    contents = dict(drafted.contents)
    changed = {(change.slug, change.name) for change in drafted.changes}
    figures: dict[str, dict[str, tuple[Quantity, str, str, str]]] = {}
    for own in belongings.values():
        for address, read in own.figures():
            file = found.file(read.place.path)
            is_new = own.slug not in known or (own.slug, address) in changed
            if is_new or not file.is_export:
                origin = (read.value, file.path.name, file.sha256, read.place.cell_name)
                figures.setdefault(own.slug, {})[address] = origin
    if figures:
        origins = origins_json(with_imported(old, figures, today))
        path = origins_file(folders)
        if not holds(path, origins):
            contents[path] = origins
    return contents
