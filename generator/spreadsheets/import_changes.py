"""What an import would change: each figure, each word about an addressee, each new file."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.edition.edition import Edition, Group
from generator.edition.figures import work_out
from generator.edition.yaml_tree import YamlScalar
from generator.problems import Place, Problem
from generator.spreadsheets.known_authorities import KnownAuthority
from generator.spreadsheets.readings import AddresseeReading, GroupReading

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
        if part == "kind":  # of a new authority only: a person has said that of the others
            continue
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
