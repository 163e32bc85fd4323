"""An authority's file after an import: what changes in it, and its text, changed there alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.edition.edit_yaml import Added, SpliceError, edit_bytes, quote_scalar, splice_yaml
from generator.edition.edition import Edition
from generator.edition.groups import Group
from generator.edition.operands import Address
from generator.edition.origins import Origins
from generator.edition.yaml_tree import YamlMapping, YamlSequence
from generator.files.bounded_read import Sort, read_bytes
from generator.problems import Place, Problem, passing_warning
from generator.spreadsheets.authority_matching import MatchedName, MatchKind
from generator.spreadsheets.authority_rows import AuthorityRows
from generator.spreadsheets.details import (
    Details,
    Steps,
    detail_lines,
    in_one_line,
    kept_of_others,
    new_details,
)
from generator.spreadsheets.headers import ADDRESSEE, COPIES, COPY_PARTS, KIND
from generator.spreadsheets.import_changes import (
    ImportChange,
    figure_changes,
    given_after,
    sums_and_rates,
    written_figure,
)
from generator.spreadsheets.known_authorities import KnownAuthority
from generator.spreadsheets.readings import GroupReading, check_across_rows
from generator.workspace import EditionFolders


def new_text(name: str, edition: Edition, groups: Sequence[GroupReading], details: Details) -> str:
    """The file of an authority that the edition has not had; what is not known is left blank.

    Figures of which there is no row are `null`, not yet supplied.
    """
    lines = [
        f"# yaml-language-server: $schema=../../schemas/authority-{edition.year}.schema.json",
        f"name: {quote_scalar(name)}",
        *detail_lines(details, edition),
        "",
    ]
    readings = {reading.group: reading for reading in groups}
    stated = sums_and_rates(edition, given_after(None, edition, groups))
    for group in edition.groups:
        own = _figures(group, readings.get(group.id), stated)
        lines += [f"{group.id}:", *own] if own else []
    return "\n".join(lines) + "\n"


def _figures(
    group: Group, reading: GroupReading | None, stated: Mapping[Address, str]
) -> list[str]:
    values = reading.values if reading else {}
    lines = []
    for column in group.columns:
        if column.kind.is_given:
            lines.append(f"  {column.id}: {values.get(column.address, 'null')}")
        elif reading and column.id in reading.stated and column.address in stated:
            lines.append(f"  {column.id}: {written_figure(stated[column.address])}")
    return lines


def changed_text(
    text: str,
    known: KnownAuthority,
    edition: Edition,
    changes: Iterable[ImportChange],
    aliases: Sequence[str] = (),
) -> str:
    """An authority's file with these changes, and with other names that it is to remember.

    Raises `SpliceError` where its text cannot be changed in place.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    values: dict[Steps, str] = {}
    added: list[Added] = []
    missing: dict[Steps, dict[str, str]] = {}
    for steps, value in _by_keys(known, changes).items():
        if known.node(*steps) is not None:
            values[known.written(*steps)] = value
        else:
            missing.setdefault(steps[:-1], {})[steps[-1]] = value
    for parent, keys in missing.items():
        node = known.node(*parent)
        if isinstance(node, YamlMapping):
            added += [Added(parent, k, v, _before(edition, parent, k)) for k, v in keys.items()]
        elif node is not None:  # left blank
            values[parent] = "".join(f"{line_end}  {key}: {v}" for key, v in keys.items())
        else:
            added.append(Added((), parent[0], keys, _before(edition, (), parent[0])))
    quoted = list(map(quote_scalar, aliases))
    if isinstance(known.node("aliases"), YamlSequence):
        added += [Added(("aliases",), "", alias) for alias in quoted]
    elif quoted:
        added.append(Added((), "aliases", f"[{', '.join(quoted)}]"))
    return splice_yaml(text, values, added=added)


def _by_keys(known: KnownAuthority, changes: Iterable[ImportChange]) -> dict[Steps, str]:
    """The new values by their keys; of who is new in a role, all in one."""
    values: dict[Steps, str] = {}
    people: dict[Steps, dict[str, str]] = {}
    for change in sorted(changes, key=lambda change: not change.is_detail):
        role = change.steps[:2]
        if len(change.steps) > len(role) and not isinstance(known.node(*role), YamlMapping):
            people.setdefault(role, {})[change.steps[-1]] = change.written
            values[role] = in_one_line(people[role])
        else:
            values[change.steps] = change.written
    return values


def _before(edition: Edition, parent: Steps, key: str) -> Steps:
    """The keys that people write before one in a part of the file."""
    orders: dict[Steps, Sequence[str]] = {
        (): ("name", KIND, "addressee", COPIES, *edition.figures),
        ("addressee",): ADDRESSEE,
        **{(group.id,): [column.id for column in group.columns] for group in edition.groups},
    }
    order = orders.get(parent, COPY_PARTS)
    return tuple(order[: order.index(key)]) if key in order else ()


@dataclass(frozen=True)
class FileEdits:
    """What becomes of the authorities' files."""

    changes: tuple[ImportChange, ...]
    contents: Mapping[Path, bytes]
    """The files that are new or change."""
    problems: tuple[Problem, ...]


def draft(
    folders: EditionFolders,
    edition: Edition,
    known: Mapping[str, KnownAuthority],
    matched: MatchedName,
    belongings: Mapping[str, AuthorityRows],
    old: Origins,
) -> FileEdits:
    """Work out the new texts; `old` tells which figures were changed by hand since their import."""
    changes: list[ImportChange] = []
    contents: dict[Path, bytes] = {}
    problems: list[Problem] = []
    aliases: dict[str, list[str]] = {}
    for name, (slug, how) in matched.found.items():
        if how is MatchKind.PERSON:
            aliases.setdefault(slug, []).append(name)
    for slug, own in belongings.items():
        if slug not in known:
            path = folders.authorities / f"{slug}.yaml"
            groups = list(own.groups.values())
            contents[path] = new_text(matched.new[slug], edition, groups, own.details).encode()
            problems += check_across_rows(edition, groups, given_after(None, edition, groups))
            problems += _of_new(matched.new[slug], path, own, edition)
            continue
        authority = known[slug]
        its_changes, more = _changes(authority, edition, own, old)
        problems += more
        changes += its_changes
        if its_changes or slug in aliases:
            try:
                contents[authority.path] = edit_bytes(
                    read_bytes(authority.path, Sort.TEXT),
                    partial(
                        changed_text,
                        known=authority,
                        edition=edition,
                        changes=its_changes,
                        aliases=aliases.get(slug, ()),
                    ),
                )
            except SpliceError as error:
                problems.append(Problem(Place(authority.path), str(error)))
    return FileEdits(tuple(changes), contents, tuple(problems))


def _changes(
    authority: KnownAuthority, edition: Edition, own: AuthorityRows, old: Origins
) -> tuple[list[ImportChange], list[Problem]]:
    changes: list[ImportChange] = []
    problems: list[Problem] = []
    readings = [*own.groups.values()]
    changes += figure_changes(authority, edition, readings)
    if not any(reading.problems for reading in readings):
        given = given_after(authority, edition, readings)
        problems += check_across_rows(edition, readings, given)
    new = new_details(authority, own.details, edition)
    problems += kept_of_others(authority, own.details, new)
    for steps, said in new.items():
        before = " and ".join(authority.texts(*steps))
        changes.append(
            ImportChange(authority.slug, steps, before, said.text, said.written, said.place)
        )
    for change in changes:
        if authority.written(*change.steps) != change.steps:
            message = (
                f"changed in {authority.language} only; update {authority.path.name} for the others"
            )
            problems.append(passing_warning(change.cell, message, change.name, kind="one-language"))
    return [_told(change, old) for change in changes], problems


def _told(change: ImportChange, old: Origins) -> ImportChange:
    """The change, and whether what it replaces was written by hand over what was imported."""
    origin = old.of(change.slug, change.name)
    by_hand = origin is not None and str(origin[0].value) != change.before
    return replace(change, by_hand=by_hand)


def _of_new(name: str, path: Path, own: AuthorityRows, edition: Edition) -> list[Problem]:
    """What a person must see to in a new authority's file."""
    problems = []
    if own.addressee is None:
        message = "a new authority without an addressee in any list; add one to its file"
        problems.append(passing_warning(Place(path), message, "addressee", kind="no-addressee"))
    usual, *others = edition.kinds
    if others and (KIND,) not in own.details and usual not in name.casefold().split():
        message = (
            f'read as a {usual}; if not, write its kind in its file, such as "kind: {others[0]}"'
        )
        problems.append(passing_warning(Place(path), message, "kind", kind="assumed-kind"))
    return problems
