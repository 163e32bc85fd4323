"""What belongs to one authority, out of all rows of all sheets; and what there is twice, or not."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from generator.messages import first_of
from generator.problems import Place, Problem, Severity
from generator.spreadsheets.addressees import AddresseeReading
from generator.spreadsheets.authority_matching import MatchedName
from generator.spreadsheets.gathering import CollectedRows
from generator.spreadsheets.known import KnownAuthority
from generator.spreadsheets.readings import GroupReading, RowReading
from generator.spreadsheets.rows import TableRow

MOST_NAMED = 12


@dataclass
class AuthorityRows:
    """All that the sheets say of one authority."""

    slug: str
    groups: dict[str, GroupReading] = field(default_factory=dict)
    addressee: AddresseeReading | None = None

    def figures(self) -> Iterator[tuple[str, RowReading]]:
        """The counts of all groups, by their addresses: `decided.upheld`."""
        for group, reading in self.groups.items():
            for id_, read in reading.counts.items():
                yield f"{group}.{id_}", read


def group_by_authority(
    gathered: CollectedRows, matched: MatchedName, left_out: Collection[str]
) -> tuple[dict[str, AuthorityRows], list[Problem]]:
    """The readings by authority; a second row of one for the same figures is a problem.

    `left_out` are names of rows of which nothing is taken.
    """
    found: dict[str, AuthorityRows] = {}
    problems = []
    readings: list[GroupReading | AddresseeReading] = [*gathered.groups, *gathered.addressees]
    for reading in readings:
        slug = matched.slugs.get(reading.row.name)
        if slug is None or reading.row.name in left_out:
            continue
        own = found.setdefault(slug, AuthorityRows(slug))
        if isinstance(reading, GroupReading):
            first: GroupReading | AddresseeReading | None = own.groups.get(reading.group)
            if first is None:
                own.groups[reading.group] = reading
        else:
            first = own.addressee
            own.addressee = first or reading
        if first is not None:
            problems.append(_twice(reading.row, first.row, slug))
    return dict(sorted(found.items())), problems


def _twice(row: TableRow, first: TableRow, slug: str) -> Problem:
    where = first.place
    same_file = where.path == row.place.path
    said = where.cell_name if same_file else where.shown(where.path.name)
    named = f'"{first.name}"' if first.name != row.name else "it"
    message = f"a second row of {slug}; the first is {named} in {said}. Delete one of them"
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
        for group in rows.table.groups:
            parts.setdefault(group, rows.table.sheet.place())
        if rows.table.has_addressees:
            parts.setdefault("addressee", rows.table.sheet.place())
    problems = []
    everyone = sorted({*known, *belongings} - set(left_out))
    for part, place in parts.items():
        lacking = [slug for slug in everyone if not _has(belongings.get(slug), part)]
        if lacking:
            named = first_of(lacking, MOST_NAMED)
            message = f"no row of {named}; nothing changes there"
            problems.append(Problem(place, message, part, Severity.WARNING, "no-row"))
    return problems


def _has(own: AuthorityRows | None, part: str) -> bool:
    if own is None:
        return False
    return own.addressee is not None if part == "addressee" else part in own.groups
