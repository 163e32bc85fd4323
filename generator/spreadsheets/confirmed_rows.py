"""Addressees that the office's list gives as they were last year: the list is the word for them."""

import datetime
from collections.abc import Mapping
from pathlib import Path

from generator.checks.carried_over import PERSON, in_words
from generator.checks.confirmed_file import (
    Confirmation,
    confirmed_text,
    digest_of,
    read_confirmed,
)
from generator.confirming.confirmation import confirmation, known_name
from generator.edition.authority import Addressee
from generator.edition.load import load_data
from generator.edition.predecessors import predecessors_of
from generator.edition.yaml_tree import parse_yaml
from generator.problems import Place, Problem
from generator.spreadsheets.belonging import AuthorityRows
from generator.spreadsheets.known import KnownAuthority
from generator.workspace import EditionFolders


def confirmed_by_list(
    folders: EditionFolders,
    known: Mapping[str, KnownAuthority],
    belongings: Mapping[str, AuthorityRows],
    contents: Mapping[Path, bytes],
    today: datetime.date,
) -> tuple[bytes | None, int, list[Problem]]:
    """The new `confirmed.yaml`, or None where nothing is new in it; how many it confirms.

    A row confirms the person as the file then has them, if it names them: what else a file says of
    one (an email, say) the list was shown beside it.
    """
    entries, problems = read_confirmed(folders)
    if problems or folders.year - 1 not in folders.workspace.years():
        return None, 0, problems
    listed = {s: o for s, o in belongings.items() if o.addressee and o.addressee.names}
    after = {s: _after(known[s], contents) for s in listed if s in known}
    then = load_data(folders.workspace.edition(folders.year - 1)).authorities
    before = predecessors_of(after.values(), then)
    has = {entry.digest for entry in entries}
    new: list[Confirmation] = []
    for slug, authority in after.items():
        who = addressee_of(authority)
        reading = listed[slug].addressee
        if reading is None or who is None or who not in [a.addressee for a in before[slug]]:
            continue
        place = Place(authority.path)
        problem = Problem(place, "", "addressee", kind=PERSON, subject=in_words(who))
        if digest_of(problem, folders) not in has:
            reason = f"as in {reading.row.place.path.name}"
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


def addressee_of(authority: KnownAuthority) -> Addressee | None:
    """To whom a letter goes, as a file says it that may be unfinished otherwise."""
    names = authority.texts("addressee", "name")
    office = authority.text("addressee", "office")
    if not names or not office:
        return None
    salutation = authority.text("addressee", "salutation") or names[0]
    return Addressee(tuple(names), office, salutation, authority.text("addressee", "email") or None)
