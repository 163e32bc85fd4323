"""An authority's file after an import: what changes in it, and its text, changed there alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.edition.edit_yaml import Added, SpliceError, edit_bytes, quote_scalar, splice_yaml
from generator.edition.edition import Edition, Group
from generator.edition.figures import work_out
from generator.edition.origins import Origins
from generator.edition.yaml_tree import YamlMapping, YamlScalar, YamlSequence
from generator.files.bounded_read import Sort, read_bytes
from generator.problems import Place, Problem, passing_warning
from generator.spreadsheets.authority_matching import MatchedName, MatchKind
from generator.spreadsheets.authority_rows import AuthorityRows
from generator.spreadsheets.details import DetailReading, detail_changes, edits, people_lines
from generator.spreadsheets.headers import COPIES, KIND
from generator.spreadsheets.known_authorities import KnownAuthority
from generator.spreadsheets.readings import AddresseeReading, GroupReading
from generator.workspace import EditionFolders

Steps = tuple[str, ...]


@dataclass(frozen=True)
class ImportChange:
    """A value in an authority's file that becomes another, and the cell that says so."""

    slug: str
    steps: Steps
    before: str
    """Blank where nothing was said, `null` where a figure was not yet supplied."""
    after: str
    cell: Place
    follows: bool = False
    """A stated sum or rate, which follows the figures it is made of."""
    by_hand: bool = False
    """What it replaces was changed by hand since it was imported."""

    @property
    def name(self) -> str:
        """What changes: `decided.upheld`."""
        return ".".join(self.steps)

    @property
    def is_detail(self) -> bool:
        """The kind of the authority, or one to whom a copy goes."""
        return self.steps[0] in (KIND, COPIES)

    @property
    def is_figure(self) -> bool:
        """A figure, and not a text."""
        return self.steps[0] != "addressee" and not self.is_detail

    @property
    def supplies(self) -> bool:
        """A figure that was not there before."""
        return self.before in ("", "null")


def figure_changes(
    known: KnownAuthority, edition: Edition, reading: GroupReading
) -> list[ImportChange]:
    """The counts of a group that change in an authority's file, and the sums that follow."""
    (group,) = (group for group in edition.groups if group.id == reading.group)
    changes = []
    for id_, read in reading.counts.items():
        before = _said(known, group.id, id_)
        if before != str(read.value):
            steps = (group.id, id_)
            changes.append(ImportChange(known.slug, steps, before, str(read.value), read.place))
    values = reading.values
    kinds = {column.id: column.kind for column in group.columns}
    for id_, text in sums_and_rates(group, values).items():
        node = known.node(group.id, id_)
        before = _said(known, group.id, id_)
        if node is not None and not kinds[id_].states_the_same(before, text):
            place = reading.row.place
            changes.append(
                ImportChange(known.slug, (group.id, id_), before, text, place, follows=True)
            )
    return changes


def sums_and_rates(group: Group, counts: Mapping[str, int]) -> dict[str, str]:
    """The sums and rates of a group that its counts give, as an authority's file states them."""
    if not {column.id for column in group.counts} <= counts.keys():
        return {}
    figures = work_out(group, counts, {})
    return {
        figure.column.id: figure.column.state(figure.value)
        for figure in figures
        if not figure.column.kind.is_given
    }


def _said(known: KnownAuthority, *steps: str) -> str:
    node = known.node(*steps)
    return node.text if isinstance(node, YamlScalar) else ""


def addressee_changes(
    known: KnownAuthority, reading: AddresseeReading
) -> tuple[list[ImportChange], list[Problem]]:
    """What of an addressee changes; and what the file would keep of one who has left."""
    changes = []
    new_person = False
    if reading.names and known.texts("addressee", "name") != list(reading.names):
        before, after = (
            " and ".join(names) for names in (known.texts("addressee", "name"), reading.names)
        )
        steps = ("addressee", "name")
        changes.append(ImportChange(known.slug, steps, before, after, reading.places["name"]))
        new_person = bool(before)
    for part, text in reading.texts.items():
        steps = ("addressee", part)
        before = known.text(*steps)
        if part == "salutation" and not before and [text] == list(reading.names):
            continue
        if before != text:
            changes.append(ImportChange(known.slug, steps, before, text, reading.places[part]))
    problems = []
    for part in ("salutation", "email") if new_person else ():
        left = known.text("addressee", part)
        if left and part not in reading.texts:
            place = reading.places.get(part, reading.places["name"])
            message = (
                f'the name is another, and {known.path.name} keeps the {part} "{left}"; '
                "give the new one in the list, or delete the line in the file"
            )
            problems.append(Problem(place, message, f"addressee.{part}"))
    return changes, problems


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
    for group in edition.groups:
        lines += [f"{group.id}:", *_figures(group, readings.get(group.id))]
    return "\n".join(lines) + "\n"


def _line(key: str, value: str) -> str:
    return f"{key}: {value}" if value else f"{key}:"


def _names(names: Sequence[str]) -> str:
    if len(names) > 1:
        return f"[{', '.join(map(quote_scalar, names))}]"
    return quote_scalar(names[0]) if names else ""


def _figures(group: Group, reading: GroupReading | None) -> list[str]:
    values = reading.values if reading else {}
    stated = sums_and_rates(group, values)
    lines = []
    for column in group.columns:
        if column.kind.is_given:
            lines.append(f"  {column.id}: {values.get(column.id, 'null')}")
        elif reading and column.id in reading.stated and column.id in stated:
            value = stated[column.id]
            lines.append(f"  {column.id}: {value if value.isdigit() else quote_scalar(value)}")
    return lines


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
            values[change.steps] = value
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
    return change.after if change.after.isdigit() else quote_scalar(change.after)


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
    for reading in own.groups.values():
        changes += figure_changes(authority, edition, reading)
    if own.addressee is not None:
        more, problems = addressee_changes(authority, own.addressee)
        changes += more
    details, more_problems = detail_changes(authority, own.details, edition)
    changes += [
        ImportChange(authority.slug, steps, before, said.text, said.place)
        for steps, before, said in details
    ]
    problems = [*problems, *more_problems]
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
