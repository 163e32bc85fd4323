"""Whose row is it? By name to the letter, by what remains of it, or by what a person says.

A name that only comes near to a known one is never taken for it: a person says that it is
(`--match`, which the authority's file remembers) or that it is another (`--new`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from pydantic_core import PydanticCustomError

from generator.edition.values import check_line, slug_of
from generator.edition.yaml_tree import shown
from generator.problems import Problem, did_you_mean, with_option
from generator.spreadsheets.known_authorities import (
    LIKELY,
    KnownAuthority,
    form_of,
    is_collective,
    spelled_alike,
)
from generator.spreadsheets.sheet_table import TableRow
from generator.workspace import UsageError


def new_authorities(
    names: Iterable[str],
    rows: Mapping[str, list[TableRow]],
    known: Mapping[str, KnownAuthority],
    said_new: Collection[str],
) -> tuple[dict[str, list[str]], list[Problem]]:
    """The new authorities by slug, with all spellings of their names: first that of their file.

    That is the spelling of the list of addressees where it has one, else the most complete.
    """
    clusters: list[list[str]] = []
    problems = []
    for name in sorted(names, key=lambda name: (-len(form_of(name).kinds), name)):
        form = form_of(name)
        fitting = [c for c in clusters if all(form.agrees_with(form_of(n)) for n in c)]
        if len(fitting) > 1:
            problems.append(several(rows[name][0], [slug_of(c[0]) for c in fitting]))
        elif fitting:
            fitting[0].append(name)
        else:
            clusters.append([name])
    new: dict[str, list[str]] = {}
    for cluster in clusters:
        cluster.sort(key=lambda name: not any(r.table.has_addressees for r in rows[name]))
        slug, row = slug_of(cluster[0]), rows[cluster[0]][0]
        doubt, option = _doubt(cluster[0], slug, known)
        if doubt:
            problems.append(with_option(row.place, doubt, option))
        else:
            new[slug] = cluster
    doubtful = {s: c for s, c in new.items() if not set(said_new) & set(map(spelled_alike, c))}
    return new, problems + _perhaps_the_same(doubtful, rows)


def _doubt(name: str, slug: str, known: Mapping[str, KnownAuthority]) -> tuple[str, str]:
    """Why a new authority cannot have this name, blank where it can; and an option against it."""
    try:
        check_line(name)
    except PydanticCustomError as error:
        return error.message(), ""
    if not slug:
        return f'found "{shown(name)}"; expected the name of an authority', ""
    if slug in known:
        return (
            f'"{shown(name)}" would have the file {slug}.yaml, which is that of '
            f'"{known[slug].name}"',
            f'; use --match "{name}={slug}" if they are the same',
        )
    return "", ""


def _perhaps_the_same(
    new: Mapping[str, list[str]], rows: Mapping[str, list[TableRow]]
) -> list[Problem]:
    """New authorities of which each has what the other lacks, and whose names are near."""
    has = {
        slug: {part for name in names for row in rows[name] for part in row.table.parts}
        for slug, names in new.items()
    }
    most = set[str]().union(*has.values())
    partial = [slug for slug in new if has[slug] != most]
    problems = []
    for one, other in combinations(partial, 2):
        if not has[one] & has[other] and form_of(new[one][0]).near(form_of(new[other][0])):
            first, second = rows[new[one][0]][0], rows[new[other][0]][0]
            message = (
                f'"{shown(second.name)}" and "{shown(first.name)}" '
                f"({first.place.shown(first.place.path.name)}) may be the same; spell both alike"
            )
            option = f', or use --new "{second.name}" if it is another'
            problems.append(with_option(second.place, message, option))
    return problems


def several(row: TableRow, candidates: Sequence[str]) -> Problem:
    """A name that may be any of these; a person says which."""
    message = f'"{shown(row.name)}" could be {" or ".join(candidates)}; give its full name'
    option = f', or use --match "{row.name}={candidates[0]}"'
    return with_option(row.place, message, option)


class MatchKind(StrEnum):
    """How a row's name was matched with an authority."""

    EXACT = "exact"
    FORM = "form"
    PERSON = "person"
    NEW = "new"


ANY_NEW = "*"
"""Said of all names that are near to none."""


@dataclass(frozen=True)
class NameOverrides:
    """What a person has said about names, as the command line has it."""

    match: Mapping[str, str] = field(default_factory=dict)
    """Names of rows, and the authorities that they mean."""
    new: frozenset[str] = frozenset()
    """Names of rows of authorities that the edition has not had, or `ANY_NEW`."""


@dataclass(frozen=True)
class MatchedName:
    """The rows' names, each with the slug of its authority; those in doubt are missing."""

    found: Mapping[str, tuple[str, MatchKind]]
    new: Mapping[str, str]
    """The authorities that the edition has not had: by slug, their names."""
    problems: list[Problem]

    def slug(self, name: str) -> str | None:
        """The authority that a name means."""
        return self.found[name][0] if name in self.found else None


def match_rows(
    rows: Sequence[TableRow], known: Mapping[str, KnownAuthority], said: NameOverrides
) -> MatchedName:
    """Say of each name in these rows which authority it means. Raises `UsageError`."""
    by_name: dict[str, list[TableRow]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    asked = _asked(said, by_name, known)
    found: dict[str, tuple[str, MatchKind]] = {}
    problems: list[Problem] = []
    unknown: list[str] = []
    strange: list[str] = []
    exact = _exact(known)
    for name, its_rows in by_name.items():
        alike = exact.get(spelled_alike(name), [])
        candidates = [asked[name]] if name in asked else alike or _agreeing(name, known)
        is_there = slug_of(name) in alike  # since the same command was given before
        if name not in asked and spelled_alike(name) in said.new and not is_there:
            unknown.append(name)
        elif len(candidates) == 1:
            way = MatchKind.PERSON if name in asked else MatchKind.FORM
            found[name] = candidates[0], MatchKind.EXACT if alike else way
        elif candidates:
            problems += [several(row, candidates) for row in its_rows[:1]]
        elif is_collective(name) or (known and (_near(name, known) or ANY_NEW not in said.new)):
            strange.append(name)
        else:
            unknown.append(name)
    for name in strange:
        row = by_name[name][0]
        there = {found[r.name][0] for r in rows if r.table is row.table and r.name in found}
        without = {slug: a for slug, a in known.items() if slug not in there}
        problems.append(_doubtful(row, _near(name, known) or _nearest(name, without)))
    new, more = new_authorities(unknown, by_name, known, said.new)
    problems += more
    for slug, names in new.items():
        found |= dict.fromkeys(names, (slug, MatchKind.NEW))
    return MatchedName(found, {slug: names[0] for slug, names in new.items()}, problems)


def authority_meant(said: str, slugs: Iterable[str]) -> str:
    """The slug that is meant by an unambiguous start of it. Raises `UsageError`."""
    known = list(slugs)
    found = [said] if said in known else [slug for slug in known if slug.startswith(said)]
    if len(found) == 1 and said:
        return found[0]
    if found and said:
        raise UsageError(f'"{said}" could be {", ".join(found)}; type more of the name.')
    hint = did_you_mean(said, known) or '; "letters list" shows them all.'
    raise UsageError(f'No authority "{said}"{hint}')


def _asked(
    said: NameOverrides, names: Iterable[str], known: Mapping[str, KnownAuthority]
) -> dict[str, str]:
    """The slugs that a person has said for names in the rows. Raises `UsageError`."""
    alike = {spelled_alike(name): name for name in names}
    for name in [*said.match, *(said.new - {ANY_NEW})]:
        if spelled_alike(name) not in alike:
            hint = did_you_mean(name, alike.values())
            raise UsageError(f'No row is named "{name}"{hint or "."}')
    return {
        alike[spelled_alike(name)]: authority_meant(authority, known)
        for name, authority in said.match.items()
    }


def _exact(known: Mapping[str, KnownAuthority]) -> dict[str, list[str]]:
    exact = defaultdict[str, list[str]](list)
    for slug, authority in known.items():
        for spelling in {*map(spelled_alike, [*authority.spellings, slug])}:
            exact[spelling].append(slug)
    return exact


def _agreeing(name: str, known: Mapping[str, KnownAuthority]) -> list[str]:
    form = form_of(name)
    return [slug for slug, a in known.items() if any(form.agrees_with(other) for other in a.forms)]


def _near(name: str, known: Mapping[str, KnownAuthority]) -> KnownAuthority | None:
    form = form_of(name)
    alike = [a for a in known.values() if any(form.core == other.core for other in a.forms)]
    near = [a for a in known.values() if any(form.near(other) for other in a.forms)]
    return next(iter([*alike, *near]), None)


def _nearest(name: str, without: Mapping[str, KnownAuthority]) -> KnownAuthority | None:
    """Of authorities without a row, the one whose name may be shortened to this, if any."""
    likeness = {
        slug: max((form_of(name).likeness(form) for form in a.forms), default=0.0)
        for slug, a in without.items()
    }
    best = max(likeness, key=likeness.__getitem__, default="")
    return without[best] if best and likeness[best] >= LIKELY else None


def _doubtful(row: TableRow, near: KnownAuthority | None) -> Problem:
    name = row.name
    message = f'"{shown(name)}" is not an authority of this edition'
    if near is None:
        option = (
            f'; use --new "{name}" if it is new, --match "{name}=…" if it is another name of one, '
            f'or --leave-out "{name}"'
        )
    else:
        message = f'{message}; did you mean "{near.name}"?'
        option = f' Then use --match "{name}={near.slug}", or --new "{name}" if it is another'
    return with_option(row.place, message, option)
