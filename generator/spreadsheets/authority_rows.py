"""All that the spreadsheets say, before it is known whose it is: tables, rows and figures."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.checks.confirmed_file import (
    Confirmation,
    confirmed_text,
    digest_of,
    read_confirmed,
)
from generator.checks.date_checks import PERSON, copied_in_words, in_words
from generator.confirming.confirmation import confirmation, known_name
from generator.edition.authority import Authority
from generator.edition.people import Addressee
from generator.edition.predecessors import predecessors_of
from generator.edition.yaml_tree import parse_yaml, shown
from generator.problems import Place, Problem, first_of, passing_warning
from generator.spreadsheets.authority_matching import MatchedName
from generator.spreadsheets.details import DetailReading, DetailsReading, Steps, read_details
from generator.spreadsheets.headers import COPY_PARTS, ColumnVocabulary, MappedLabel
from generator.spreadsheets.known_authorities import KnownAuthority, NormalisedName
from generator.spreadsheets.read_files import ReadFile
from generator.spreadsheets.readings import (
    GroupReading,
    RowReading,
    check_stated_cells,
    check_total,
    read_group,
    unchecked_formulas,
)
from generator.spreadsheets.rows import Rows, read_rows
from generator.spreadsheets.sheet_table import TableRow, find_table, is_worked_out, why_no_table
from generator.workspace import EditionFolders


@dataclass
class CollectedRows:
    """What was found in the files."""

    files: list[ReadFile]
    tables: list[Rows] = field(default_factory=list)
    ignored: list[tuple[Place, MappedLabel]] = field(default_factory=list)
    """Sheets that the mapping file says to ignore, and where it does."""
    groups: list[GroupReading] = field(default_factory=list)
    details: list[DetailsReading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> list[TableRow]:
        """The authorities' rows of all tables."""
        return [row for table in self.tables for row in table.authorities]

    def file(self, path: Path) -> ReadFile:
        """One of the files, by its path."""
        return next(file for file in self.files if file.path == path)


def gather(
    files: Iterable[ReadFile],
    known: Collection[NormalisedName],
    terms: ColumnVocabulary,
    *,
    blank_is_zero: bool,
    corrections: bool = False,
) -> CollectedRows:
    """What these files say; `known` are the forms of the authorities' names.

    `corrections` may have some of a group's columns alone.
    """
    gathered = CollectedRows(list(files))
    problems = gathered.problems
    for file in gathered.files:
        for sheet in file.sheets:
            if mapped := terms.ignored(sheet):
                gathered.ignored.append((sheet.place(), mapped))
                continue
            table, more = find_table(sheet, terms, whole=not corrections)
            problems += more
            if table is None and sheet.cells and not is_worked_out(sheet, terms):
                problems.append(why_no_table(sheet, terms))
            elif table is not None and not more:
                gathered.tables.append(read_rows(table, known, terms))
    for rows in gathered.tables:
        problems += rows.problems
        own: list[GroupReading] = []
        for row in rows.authorities:
            of_row = [
                read_group(row, group, blank_is_zero=blank_is_zero)
                for group in terms.edition.groups
                if group.id in rows.table.groups
            ]
            own += check_stated_cells(terms.edition, of_row)
        details = [read_details(row, terms.edition) for row in rows.authorities]
        gathered.groups += own
        gathered.details += details
        problems += [problem for reading in own for problem in reading.problems]
        problems += check_total(rows, terms.edition, own)
        problems += unchecked_formulas(rows, terms.edition)
        problems += [problem for reading in details for problem in reading.problems]
    return gathered


MOST_NAMED = 12
_ADDRESSEE = "addressee"


@dataclass
class AuthorityRows:
    """All that the sheets say of one authority."""

    slug: str
    groups: dict[str, GroupReading] = field(default_factory=dict)
    addressee: TableRow | None = None
    """The row that says to whom its letter goes."""
    details: dict[Steps, DetailReading] = field(default_factory=dict)

    @property
    def people(self) -> dict[str, Place]:
        """Whom they name, by where it stands in the file: `addressee`, `copies.leader`."""
        named = {s[:-1]: d for s, d in self.details.items() if s[-1] == "name" and d.texts}
        return {".".join(steps): said.place for steps, said in named.items()}

    def has(self, part: str) -> bool:
        """Whether they say anything of a part of its file."""
        return part in self.groups or any(steps[0] == part for steps in self.details)

    def figures(self) -> Iterator[tuple[str, RowReading]]:
        """The given figures of all groups, by their addresses: `decided.upheld`."""
        for group, reading in self.groups.items():
            for id_, read in reading.counts.items():
                yield f"{group}.{id_}", read


def collate_rows(
    gathered: CollectedRows, matched: MatchedName, left_out: Collection[str]
) -> tuple[dict[str, AuthorityRows], list[Problem]]:
    """The readings of each authority; a second row of one for the same figures is a problem.

    `left_out` are names of rows of which nothing is taken.
    """
    found: dict[str, AuthorityRows] = {}
    problems = []

    def own_of(row: TableRow) -> AuthorityRows | None:
        slug = matched.slug(row.name)
        if slug is None or row.name in left_out:
            return None
        return found.setdefault(slug, AuthorityRows(slug))

    for reading in gathered.groups:
        if own := own_of(reading.row):
            first = own.groups.setdefault(reading.group, reading)
            if first is not reading:
                problems.append(_twice(reading.row, first.row, own.slug))
    for of_row in gathered.details:
        if not of_row.details or not (own := own_of(of_row.row)):
            continue
        row, details = of_row.row, of_row.details
        if row.table.has_addressees and own.addressee:
            problems.append(_twice(row, own.addressee, own.slug))
            details = {s: said for s, said in details.items() if s[0] != _ADDRESSEE}
        elif row.table.has_addressees:
            own.addressee = row
        for steps, said in details.items():
            other = own.details.setdefault(steps, said)
            if other.text != said.text:
                cell = other.place.shown(other.place.path.name)
                message = f'found "{shown(said.text)}", and "{shown(other.text)}" in {cell}'
                problems.append(Problem(said.place, message, ".".join(steps)))
    return dict(sorted(found.items())), problems


def _twice(row: TableRow, first: TableRow, slug: str) -> Problem:
    where = first.place
    same_file = where.path == row.place.path
    said = where.cell_name if same_file else where.shown(where.path.name)
    named = f'"{first.name}"' if first.name != row.name else "it"
    message = f"a second row for {slug}; the first is {named} in {said}. Delete one of them"
    return Problem(row.place, message)


def without_row(
    gathered: CollectedRows,
    belongings: Mapping[str, AuthorityRows],
    known: Mapping[str, KnownAuthority],
    left_out: Collection[str],
) -> list[Problem]:
    """A warning for each table that has no row of an authority; its file stays as it is there."""
    parts: dict[str, Place] = {}
    for rows in gathered.tables:
        for part in rows.table.parts:
            parts.setdefault(part, rows.table.sheet.place())
    problems = []
    everyone = sorted({*known, *belongings} - set(left_out))
    for part, place in parts.items():
        lacking = [s for s in everyone if s not in belongings or not belongings[s].has(part)]
        if lacking:
            named = first_of(lacking, MOST_NAMED)
            message = f"no row for {named}; its figures stay as they are"
            problems.append(passing_warning(place, message, part, kind="no-row"))
    return problems


def confirmed_by_list(
    folders: EditionFolders,
    known: Mapping[str, KnownAuthority],
    belongings: Mapping[str, AuthorityRows],
    contents: Mapping[Path, bytes],
    then: Mapping[str, Authority],
    today: datetime.date,
) -> tuple[bytes | None, int, list[Problem]]:
    """The new `confirmed.yaml`, or None where nothing is new in it; how many it confirms.

    A row confirms the person as the file then has them, if it names them: what else a file says of
    one (an email, say) the list was shown beside it. `then` are the authorities of last year.
    """
    entries, problems = read_confirmed(folders)
    if problems or not then:
        return None, 0, problems
    listed = {s: o for s, o in belongings.items() if o.people}
    after = {s: _after(known[s], contents) for s in listed if s in known}
    sources = predecessors_of(after.values(), then)
    has = {entry.digest for entry in entries}
    new: list[Confirmation] = []
    for slug, authority in after.items():
        for where, place in listed[slug].people.items():
            who = _who(authority, where)
            before = [_who_then(source, where) for source in sources[slug]]
            if not who or who not in before:
                continue
            problem = Problem(Place(authority.path), "", where, kind=PERSON, subject=who)
            if digest_of(problem, folders) not in has:
                reason = f"as in {place.path.name}"
                new.append(confirmation(problem, folders, "", today, reason))
    if not new:
        return None, 0, []
    by = known_name(folders.workspace.folder)
    signed = (entry.model_copy(update={"by": by}) for entry in new)
    return confirmed_text([*entries, *signed]).encode(), len(new), []


def _after(authority: KnownAuthority, contents: Mapping[Path, bytes]) -> KnownAuthority:
    """An authority's file as the import leaves it."""
    raw = contents.get(authority.path)
    tree = parse_yaml(raw.decode("utf-8-sig"), authority.path)[0] if raw is not None else None
    return KnownAuthority(authority.slug, authority.path, tree or authority.tree)


def _who_then(authority: Authority, where: str) -> str:
    """One of a letter's people, as confirmed; blank where the role is nobody's."""
    if where == _ADDRESSEE:
        return in_words(authority.addressee)
    person = authority.copies.get(where.partition(".")[2])
    return copied_in_words(person) if person else ""


def _who(authority: KnownAuthority, where: str) -> str:
    """The same, as a file says it that may be unfinished otherwise."""
    steps = tuple(where.split("."))
    if where != _ADDRESSEE:
        return ", ".join(filter(None, (authority.text(*steps, part) for part in COPY_PARTS)))
    names, office = authority.texts(*steps, "name"), authority.text(*steps, "office")
    if not names or not office:
        return ""
    return in_words(
        Addressee.model_construct(
            names=tuple(names),
            office=office,
            salutation_said=authority.text(*steps, "salutation") or None,
            email=authority.text(*steps, "email") or None,
        )
    )
