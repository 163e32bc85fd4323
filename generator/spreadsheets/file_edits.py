"""An authority's file after an import: what changes in it, and its text, changed there alone."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
from generator.spreadsheets.details import DetailReading, detail_changes, edits, people_lines
from generator.spreadsheets.headers import COPIES, KIND
from generator.spreadsheets.import_changes import (
    ImportChange,
    Steps,
    addressee_changes,
    figure_changes,
    given_after,
    sums_and_rates,
)
from generator.spreadsheets.known_authorities import KnownAuthority
from generator.spreadsheets.readings import (
    AddresseeReading,
    GroupReading,
    check_across_rows,
)
from generator.workspace import EditionFolders


def new_text(
    name: str,
    edition: Edition,
    groups: Sequence[GroupReading],
    addressee: AddresseeReading | None,
    details: Mapping[Steps, DetailReading],
) -> str:
    """The file of an authority that the edition has not had; what is not known is left blank.

    Figures of which there is no row are `null`, not yet supplied.
    """
    lines = [
        f"# yaml-language-server: $schema=../../schemas/authority-{edition.year}.schema.json",
        f"name: {quote_scalar(name)}",
    ]
    texts = dict(addressee.texts) if addressee else {}
    if (KIND,) in details:
        lines.append(f"kind: {details[KIND,].text}")
    names = addressee.names if addressee else ()
    lines += ["addressee:", _line("  name", _names(names))]
    lines.append(_line("  office", quote_scalar(texts["office"]) if "office" in texts else ""))
    if "salutation" in texts and [texts["salutation"]] != list(names):
        lines.append(f"  salutation: {quote_scalar(texts['salutation'])}")
    if "email" in texts:
        lines.append(f"  email: {quote_scalar(texts['email'])}")
    lines += [*people_lines(details, edition), ""]
    readings = {reading.group: reading for reading in groups}
    stated = sums_and_rates(edition, given_after(None, edition, groups))
    for group in edition.groups:
        own = _figures(group, readings.get(group.id), stated)
        lines += [f"{group.id}:", *own] if own else []
    return "\n".join(lines) + "\n"


def _line(key: str, value: str) -> str:
    return f"{key}: {value}" if value else f"{key}:"


def _names(names: Sequence[str]) -> str:
    if len(names) > 1:
        return f"[{', '.join(map(quote_scalar, names))}]"
    return quote_scalar(names[0]) if names else ""


def _figures(
    group: Group, reading: GroupReading | None, stated: Mapping[Address, str]
) -> list[str]:
    values = reading.values if reading else {}
    lines = []
    for column in group.columns:
        if column.kind.is_given:
            lines.append(f"  {column.id}: {values.get(column.address, 'null')}")
        elif reading and column.id in reading.stated and column.address in stated:
            lines.append(f"  {column.id}: {_number_or_quoted(stated[column.address])}")
    return lines


def _number_or_quoted(value: str) -> str:
    return value if re.fullmatch(r"[0-9]+(\.[0-9]+)?", value) else quote_scalar(value)


def changed_text(
    text: str,
    known: KnownAuthority,
    edition: Edition,
    changes: Iterable[ImportChange],
    addressee: AddresseeReading | None,
    aliases: Sequence[str] = (),
) -> str:
    """An authority's file with these changes, and with other names that it is to remember.

    Raises `SpliceError` where its text cannot be changed in place.
    """
    changes = list(changes)
    values, added = edits(known, [(c.steps, c.after) for c in changes if c.is_detail])
    missing: dict[str, dict[str, str]] = {}
    for change in (change for change in changes if not change.is_detail):
        value = _value(change, addressee)
        if known.node(*change.steps) is not None:
            values[known.written(*change.steps)] = value
        else:
            parent, key = change.steps
            missing.setdefault(parent, {})[key] = value
    for parent, keys in missing.items():
        if isinstance(known.node(parent), YamlMapping):
            order = _keys_of(edition, parent)
            for key, value in keys.items():
                added.append(Added((parent,), key, value, tuple(order[: order.index(key)])))
        elif known.node(parent) is not None:  # left blank
            line_end = "\r\n" if "\r\n" in text else "\n"
            values[parent,] = "".join(f"{line_end}  {key}: {v}" for key, v in keys.items())
        else:
            added.append(Added((), parent, keys, _parts_before(edition, parent)))
    quoted = list(map(quote_scalar, aliases))
    if isinstance(known.node("aliases"), YamlSequence):
        added += [Added(("aliases",), "", alias) for alias in quoted]
    elif quoted:
        added.append(Added((), "aliases", f"[{', '.join(quoted)}]"))
    return splice_yaml(text, values, added=added)


def _value(change: ImportChange, addressee: AddresseeReading | None) -> str:
    """A new value as it is written."""
    if change.steps == ("addressee", "name") and addressee is not None:
        return _names(addressee.names)
    return _number_or_quoted(change.after)


def _keys_of(edition: Edition, part: str) -> list[str]:
    """The keys of a part of the file, in the order people write them."""
    groups = {group.id: [column.id for column in group.columns] for group in edition.groups}
    return groups.get(part, ["name", "office", "salutation", "email"])


def _parts_before(edition: Edition, part: str) -> tuple[str, ...]:
    """The keys at the top of the file that stand before a part."""
    parts = ["name", KIND, "addressee", COPIES, *(group.id for group in edition.groups)]
    return tuple(parts[: parts.index(part)])


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
            text = new_text(matched.new[slug], edition, groups, own.addressee, own.details)
            contents[path] = text.encode()
            problems += check_across_rows(edition, groups, given_after(None, edition, groups))
            problems += _of_new(matched.new[slug], path, own, edition)
            continue
        authority = known[slug]
        its_changes, more = _changes(authority, edition, own, old)
        problems += more
        changes += its_changes
        if its_changes or slug in aliases:
            try:
                contents[authority.path] = _changed(
                    authority, edition, its_changes, own, aliases.get(slug, [])
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
    if own.addressee is not None:
        more, wrong = addressee_changes(authority, own.addressee)
        changes += more
        problems += wrong
    details, more_problems = detail_changes(authority, own.details, edition)
    changes += [
        ImportChange(authority.slug, steps, before, said.text, said.place)
        for steps, before, said in details
    ]
    problems = [*problems, *more_problems]
    for change in changes:
        if authority.written(*change.steps) != change.steps:
            message = f"changed in {authority.language} alone; see to it in {authority.path.name}"
            problems.append(passing_warning(change.cell, message, change.name, kind="one-language"))
    return [_told(change, old) for change in changes], problems


def _told(change: ImportChange, old: Origins) -> ImportChange:
    """The change, and whether what it replaces was written by hand over what was imported."""
    origin = old.of(change.slug, change.name)
    by_hand = origin is not None and str(origin[0].value) != change.before
    return replace(change, by_hand=by_hand)


def _changed(
    authority: KnownAuthority,
    edition: Edition,
    changes: list[ImportChange],
    own: AuthorityRows,
    aliases: list[str],
) -> bytes:
    """An authority's file with its text changed."""
    return edit_bytes(
        read_bytes(authority.path, Sort.TEXT),
        lambda text: changed_text(text, authority, edition, changes, own.addressee, aliases),
    )


def _of_new(name: str, path: Path, own: AuthorityRows, edition: Edition) -> list[Problem]:
    """What a person must see to in a new authority's file."""
    problems = []
    if own.addressee is None:
        message = "a new authority, and no list says to whom its letter goes; write it in its file"
        problems.append(passing_warning(Place(path), message, "addressee", kind="no-addressee"))
    usual, *others = edition.kinds
    if others and (KIND,) not in own.details and usual not in name.casefold().split():
        message = f'taken for a {usual}; write "kind: {others[0]}" in its file if it is none'
        problems.append(passing_warning(Place(path), message, "kind", kind="assumed-kind"))
    return problems
