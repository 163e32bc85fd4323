"""Whose row is it? By name to the letter, by what remains of it, or by what a person says.

A name that only comes near to a known one is never taken for it: a person says that it is
(`--match`, which the authority's file remembers) or that it is another (`--new`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from generator.edition.slugs import slug_of
from generator.edition.yaml_tree import shown
from generator.problems import Problem, did_you_mean
from generator.spreadsheets.known import KnownAuthority
from generator.spreadsheets.new_names import new_authorities, several
from generator.spreadsheets.normalised_names import form_of, spelled_alike
from generator.spreadsheets.rows import TableRow
from generator.workspace import UsageError


class MatchKind(StrEnum):
    """How a row's name was matched with an authority."""

    EXACT = "exact"
    FORM = "form"
    PERSON = "person"
    NEW = "new"


@dataclass(frozen=True)
class NameOverrides:
    """What a person has said about names, as the command line has it."""

    match: Mapping[str, str] = field(default_factory=dict)
    """Names of rows, and the authorities that they mean."""
    new: frozenset[str] = frozenset()
    """Names of rows of authorities that the edition has not had."""


@dataclass(frozen=True)
class MatchedName:
    """The rows' names, each with the slug of its authority; those in doubt are missing."""

    slugs: Mapping[str, str]
    how: Mapping[str, MatchKind]
    new: Mapping[str, str]
    """The authorities that the edition has not had: by slug, their names."""
    problems: list[Problem]


def match_rows(
    rows: Sequence[TableRow], known: Mapping[str, KnownAuthority], said: NameOverrides
) -> MatchedName:
    """Say of each name in these rows which authority it means. Raises `UsageError`."""
    by_name: dict[str, list[TableRow]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    asked = _asked(said, by_name, known)
    slugs: dict[str, str] = {}
    how: dict[str, MatchKind] = {}
    problems: list[Problem] = []
    unknown: list[str] = []
    exact = _exact(known)
    for name, its_rows in by_name.items():
        alike = exact.get(spelled_alike(name), [])
        candidates = [asked[name]] if name in asked else alike or _agreeing(name, known)
        is_there = slug_of(name) in alike  # since the same command was given before
        if name not in asked and spelled_alike(name) in said.new and not is_there:
            unknown.append(name)
        elif len(candidates) == 1:
            slugs[name] = candidates[0]
            way = MatchKind.EXACT if alike else MatchKind.FORM
            how[name] = MatchKind.PERSON if name in asked and not alike else way
        elif candidates:
            problems += [several(row, candidates) for row in its_rows[:1]]
        elif near := _near(name, known):
            problems += [_doubtful(row, near) for row in its_rows[:1]]
        else:
            unknown.append(name)
    new, more = new_authorities(unknown, by_name, known, said.new)
    problems += more
    for slug, names in new.items():
        slugs |= dict.fromkeys(names, slug)
        how |= dict.fromkeys(names, MatchKind.NEW)
    return MatchedName(slugs, how, {slug: names[0] for slug, names in new.items()}, problems)


def authority_meant(said: str, slugs: Iterable[str]) -> str:
    """The slug that is meant by an unambiguous start of it. Raises `UsageError`."""
    known = list(slugs)
    found = [said] if said in known else [slug for slug in known if slug.startswith(said)]
    if len(found) == 1 and said:
        return found[0]
    if found and said:
        raise UsageError(f'"{said}" may be any of {", ".join(found)}; write more of the name.')
    hint = did_you_mean(said, known) or '; "letters list" names them all.'
    raise UsageError(f'No authority "{said}"{hint}')


def _asked(
    said: NameOverrides, names: Iterable[str], known: Mapping[str, KnownAuthority]
) -> dict[str, str]:
    """The slugs that a person has said for names in the rows. Raises `UsageError`."""
    alike = {spelled_alike(name): name for name in names}
    for name in [*said.match, *said.new]:
        if spelled_alike(name) not in alike:
            hint = did_you_mean(name, alike.values())
            raise UsageError(f'No row is named "{name}"{hint or "."}')
    return {
        alike[spelled_alike(name)]: authority_meant(authority, known)
        for name, authority in said.match.items()
    }


def _exact(known: Mapping[str, KnownAuthority]) -> dict[str, list[str]]:
    exact: dict[str, list[str]] = {}
    for slug, authority in known.items():
        for spelling in dict.fromkeys(map(spelled_alike, [*authority.spellings, slug])):
            exact.setdefault(spelling, []).append(slug)
    return exact


def _agreeing(name: str, known: Mapping[str, KnownAuthority]) -> list[str]:
    form = form_of(name)
    return [slug for slug, a in known.items() if any(form.agrees_with(other) for other in a.forms)]


def _near(name: str, known: Mapping[str, KnownAuthority]) -> KnownAuthority | None:
    form = form_of(name)
    alike = [a for a in known.values() if any(form.core == other.core for other in a.forms)]
    near = [a for a in known.values() if any(form.near(other) for other in a.forms)]
    return next(iter([*alike, *near]), None)


def _doubtful(row: TableRow, near: KnownAuthority) -> Problem:
    message = (
        f'"{shown(row.name)}" is no authority of this edition; did you mean "{near.name}"? '
        f'Then say --match "{row.name}={near.slug}", or --new "{row.name}" if it is another'
    )
    return Problem(row.place, message)
