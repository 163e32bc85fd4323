"""A few neighbours whose names hold each other's, and what the checks say of them."""

from collections.abc import Mapping
from pathlib import Path

from generator.edition.values import slug_of
from generator.project.load_edition import load_edition
from tests.borsetshire import authority, build_tree

AMBRIDGE = "Ambridge District Council"
FELPERSHAM = "Felpersham City Council"
PENNY = "Penny City Council"
PENNYSHIRE = "Pennyshire County Council"
NORTH_WEST = "North West Pennyshire District Council"
MOORS = "North Penny Moors National Park Authority"
BOROUGH = "London Borough of Larkspur and Quickthorn"
OLD_TOWN = "Ambridge Town Council"

NO_TEMPLATE = {"templates/letter.html.jinja": ""}
"""Nothing is rendered here, and half of the time would go to it."""

PEOPLE = {
    AMBRIDGE: "Walter Gabriel",
    FELPERSHAM: "Dorothy Adamson",
    PENNY: "Silas Pennywhistle",
    PENNYSHIRE: "Martha Bellwether",
    NORTH_WEST: "Tobias Applegarth",
    MOORS: "Winifred Thistledown",
    BOROUGH: "Clementine O'Bucket",
    OLD_TOWN: "Prudence McTeapot",
}


def path_of(name: str) -> str:
    """The path of an authority's file in a workspace."""
    return f"data/2031/authorities/{slug_of(name)}.yaml"


def file_of(name: str, /, **said: str) -> str:
    """A neighbour's file, with what is said of its addressee: `office`, `salutation`, `email`."""
    kind = "kind: authority\n" if name == MOORS else ""
    ponds = sum(name.encode())  # each its own: neighbours with the same figures are told
    text = authority(name, received_ponds=ponds).replace(f" of {name}\n", "\n")
    text = kind + text.replace(
        "Walter Gabriel", said.pop("name", PEOPLE.get(name, "Walter Gabriel"))
    )
    for key, value in said.items():
        line = f"  {key}: '{value.replace(chr(39), chr(39) * 2)}'"
        text = text.replace("  office: Chief Executive", line) if key == "office" else text
        text = text if key == "office" else text.replace("  office", f"{line}\n  office")
    return text


def alarms(folder: Path, *changes: Mapping[str, str | None]) -> list[str]:
    """What is found among the neighbours with these changes: file, kind, and where in the file."""
    neighbours = {path_of(name): file_of(name) for name in PEOPLE} | NO_TEMPLATE
    problems = load_edition(build_tree(folder, neighbours, *changes)).problems
    return [f"{p.place.path.name.split('.')[0]}: {p.kind} {p.where}".strip() for p in problems]
