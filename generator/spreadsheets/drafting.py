"""The authorities' files as an import leaves them: what changes in each, and its text then."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.edition.edit_yaml import SpliceError
from generator.edition.edition import Edition
from generator.edition.origins import Origins
from generator.files.bounded_read import Sort, read_bytes
from generator.problems import Place, Problem, Severity
from generator.spreadsheets.authority_matching import MatchedName, MatchKind
from generator.spreadsheets.authority_text import changed_text, new_text
from generator.spreadsheets.belonging import AuthorityRows
from generator.spreadsheets.import_changes import ImportChange, addressee_changes, figure_changes
from generator.spreadsheets.known import KnownAuthority
from generator.workspace import EditionFolders


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
    for name, slug in matched.slugs.items():
        if matched.how[name] is MatchKind.PERSON:
            aliases.setdefault(slug, []).append(name)
    for slug, own in belongings.items():
        if slug not in known:
            path = folders.authorities / f"{slug}.yaml"
            groups = list(own.groups.values())
            text = new_text(matched.new[slug], edition, groups, own.addressee)
            contents[path] = text.encode()
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
            except SpliceError:
                problems.append(Problem(Place(authority.path), _CANNOT))
    return FileEdits(tuple(changes), contents, tuple(problems))


_CANNOT = (
    "written in such a way that its values cannot be replaced one by one; "
    'write each as a plain "key: value"'
)


def _changes(
    authority: KnownAuthority, edition: Edition, own: AuthorityRows, old: Origins
) -> tuple[list[ImportChange], list[Problem]]:
    changes: list[ImportChange] = []
    problems: list[Problem] = []
    for reading in own.groups.values():
        changes += figure_changes(authority, edition, reading)
    if own.addressee is not None:
        more, problems = addressee_changes(authority, own.addressee)
        changes += more
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
    """A file's bytes with its text changed; a byte order mark stays, and so do its line ends."""
    text = read_bytes(authority.path, Sort.TEXT).decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    return (mark + changed_text(text, authority, edition, changes, own.addressee, aliases)).encode()


def _of_new(name: str, path: Path, own: AuthorityRows, edition: Edition) -> list[Problem]:
    """What a person must see to in a new authority's file."""
    problems = []
    if own.addressee is None:
        message = "a new authority, and no list says to whom its letter goes; write it in its file"
        problems.append(
            Problem(Place(path), message, "addressee", Severity.WARNING, "no-addressee")
        )
    usual, *others = edition.kinds
    said = own.addressee.texts.get("kind") if own.addressee else None
    if others and said is None and usual not in name.casefold().split():
        message = f'taken for a {usual}; write "kind: {others[0]}" in its file if it is none'
        problems.append(Problem(Place(path), message, "kind", Severity.WARNING, "assumed-kind"))
    return problems
