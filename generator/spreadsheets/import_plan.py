"""The plan of an import: all that was read, understood and refused, and every byte to be written.

Nothing is written here. A problem in a row concerns its authority, and is put aside where that is
left out by name; any other concerns the whole import.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.edition.authority import Authority
from generator.edition.figure_kind import Quantity
from generator.edition.load import load_data, read_edition
from generator.edition.origins import (
    Origins,
    following,
    origins_file,
    origins_json,
    read_origins,
    with_imported,
)
from generator.edition.predecessors import predecessors_of
from generator.edition.values import slug_of
from generator.files.bounded_read import holds
from generator.problems import Problem, Severity, collapse_repeats, errors
from generator.spreadsheets.authority_matching import (
    ANY_NEW,
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
from generator.spreadsheets.import_changes import ImportChange, given_after
from generator.spreadsheets.known_authorities import (
    KnownAuthority,
    form_of,
    read_known,
    spelled_alike,
)
from generator.spreadsheets.plausibility import Background, Given, questions
from generator.spreadsheets.read_files import read_files
from generator.spreadsheets.sheet_table import TableRow
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
    accept: frozenset[str] = frozenset()
    """The `Question`s that a person has answered: it is right so."""
    corrections: bool = False
    """The sheets have but some rows, and some columns, of what was imported before."""


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
    not_brought: tuple[str, ...] = ()
    """The groups of figures that no sheet has."""
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
    said, findings = read_origins(folders)
    findings = [replace(f, severity=Severity.ERROR) for f in findings]  # never written over
    terms = ColumnVocabulary(edition, mapping)
    forms = [form for authority in known.values() for form in authority.forms]
    forms += map(form_of, {*asked.said.match, *asked.said.new} - {ANY_NEW})
    files, unread = read_files(asked.files)
    found = gather(
        files,
        forms,
        terms,
        blank_is_zero=asked.blank_is_zero,
        corrections=asked.corrections,
    )
    matched = match_rows(found.rows, known, asked.said)
    left_out = _left_out(asked.leave_out, matched, known, found.rows)
    belongings, twice = collate_rows(found, matched, left_out)
    then = _last_year(folders)
    sources = predecessors_of(known.values(), then) if then else {}
    now = {slug: given_after(authority, edition, []) for slug, authority in known.items()}
    named = {slug: {".".join(a): value for a, value in own.items()} for slug, own in now.items()}
    old = following(said, known, known.values(), named)
    one = {slug: several[0] for slug, several in sources.items() if len(several) == 1}
    background = Background(edition, {slug: _given(a) for slug, a in one.items()}, now)
    drafted = draft(folders, edition, known, matched, belongings, old)
    used = [mapped for rows in found.tables for mapped in rows.table.mapped]
    used += [mapped for _, mapped in found.ignored]
    brought = {group for rows in found.tables for group in rows.table.groups}
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
        *_asked(questions(found, belongings, background, parts=asked.corrections), asked.accept),
        *(without_row(found, belongings, known, out) if not asked.corrections else ()),
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
        not_brought=tuple(g.id for g in edition.groups if g.id not in brought),
    )
    if errors(problems):
        return plan
    contents = _contents(folders, drafted, belongings, found, known, old, today)
    text, number, wrong = confirmed_by_list(folders, known, belongings, contents, then, today)
    if wrong:
        return replace(plan, problems=tuple(sorted([*problems, *wrong])))
    if text is not None:
        contents[folders.confirmed_file] = text
    return replace(plan, confirmed=number, contents=contents)


def _last_year(folders: EditionFolders) -> Mapping[str, Authority]:
    year = folders.year - 1
    is_there = year in folders.workspace.years()
    return load_data(folders.workspace.edition(year)).authorities if is_there else {}


def _given(authority: Authority) -> Given:
    """The given figures of an authority."""
    return {f.column.address: f.value for f in authority.all_figures() if f.column.kind.is_given}


def _asked(questions: Iterable[Problem], accepted: Collection[str]) -> Iterator[Problem]:
    """The questions; one that a person has answered is still told."""
    for question in questions:
        is_answered = question.kind in accepted
        yield replace(question, severity=Severity.WARNING) if is_answered else question


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
            slugs = {name: matched.slug(name) or slug_of(name) for name in all_names}
            slug = authority_meant(said, {*known, *slugs.values()})
            alike = {name for name in all_names if slugs[name] == slug}
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
        if not holds(path, [origins]):
            contents[path] = origins
    return contents
