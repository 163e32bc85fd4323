"""An invented county of any size: the real wording and template, made-up councils and figures.

The authority of a number is the same in every county and on every machine, so that counties of
different sizes differ in nothing but their size.
"""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations, product
from pathlib import Path
from random import Random

from generator.edition.values import slug_of
from generator.workspace import EditionFolders, Workspace

ROOT = Path(__file__).parent.parent

_SIZES = ("", "Upper ", "Nether ", "Great ", "Little ", "Long ", "Far ", "Lower ")
_THINGS = (
    "Teapot Muffin Custard Turnip Bucket Trumpet Biscuit Crumpet Pudding Gooseberry Rhubarb "
    "Marmalade Umbrella Slipper Wheelbarrow Dandelion Thimble Noodle Treacle Walnut Pumpkin "
    "Bobbin Kettle Parsnip Hammock Lantern Pillow Radish Sausage Button"
)
_ENDS = "bridge ford ham ton wick worth combe bury ley stead thorpe mere stock hurst cote bourne"
_PLACES = [
    f"{size}{thing}{end}" for size, thing, end in product(_SIZES, _THINGS.split(), _ENDS.split())
]
_STRIDE = 997  # has no divisor in common with their number: every place comes up once

_KINDS = ("Parish", "Town", "District", "Borough", "City", "County", "Metropolitan Borough")
_FIRST_NAMES = "Walter Dorothy Jethro Martha Silas Prudence Barnaby Winifred Tobias Clementine"
_LAST_NAMES = "Larkspur Pennywhistle Bellwether Quickthorn Merriweather Thistledown Applegarth"
_PEOPLE = [
    f"{first} {initial}. {last}"
    for first, initial, last in product(
        _FIRST_NAMES.split(),
        "ABCDEFGHIJKLMNOPQRSTUVW",
        [*_LAST_NAMES.split(), *map("-".join, permutations(_LAST_NAMES.split(), 2))],
    )
]
_OFFICES = ("Chief Executive", "Chief Executive", "Managing Director", "Interim Chief Executive")

_RECEIVED = {  # columns, and how often complaints are about them
    "adult_care_services": 16,
    "benefits_and_tax": 13,
    "corporate_and_other_services": 6,
    "education_and_childrens_services": 18,
    "environment_services": 11,
    "highways_and_transport": 13,
    "housing": 12,
    "planning_and_development": 14,
    "other": 2,
}
_DECIDED = {
    "incomplete_or_invalid": 7,
    "advice_given": 3,
    "referred_back_for_local_resolution": 36,
    "closed_after_initial_enquiries": 29,
}
_INVESTIGATED_PERCENT = 25
_FEWEST, _MOST = 3, 420


def authority_name(number: int) -> str:
    """The name of the authority of this number, unlike all others."""
    place = _PLACES[number * _STRIDE % len(_PLACES)]
    again = number // len(_PLACES)  # a county larger than the map
    ward = f" No. {again + 1}" if again else ""
    return f"{place}{ward} {_KINDS[number % len(_KINDS)]} Council"


def authority_text(number: int, more: int = 0) -> str:
    """The file of the authority of this number, corrected by so many more complaints received."""
    random = Random(number)
    complaints = round(_FEWEST * (_MOST / _FEWEST) ** random.random())  # many small, a few large
    received = _spread(random, _RECEIVED, complaints)
    received["other"] += more
    settled = round(complaints * random.uniform(0.85, 1.1))
    investigated = settled * _INVESTIGATED_PERCENT // 100  # none of the smallest
    upheld = round(investigated * min(1, max(0, random.gauss(0.5, 0.3))))
    decided = _spread(random, _DECIDED, settled - investigated)
    decided |= {"not_upheld": investigated - upheld, "upheld": upheld}
    by_authority = round(upheld * random.uniform(0, 0.2))
    by_lgo = round((upheld - by_authority) * random.uniform(0.6, 1))
    lines = [
        f"name: {authority_name(number)}",
        *_addressee(number, random),
        *_group("received", received | {"total": sum(received.values())}),
        *_group("decided", decided | {"total": sum(decided.values())}),
        *_group("remedied", {"by_lgo": by_lgo, "by_authority": by_authority}),
        *(["inserts:", "  - further-report"] if number % 10 == 0 else []),
    ]
    return "\n".join(lines) + "\n"


def averages_text(number: int, more: int = 0) -> str:
    """The file of the same authority in a year whose letters have averages."""
    random = Random(number)
    upheld, not_upheld = (1 + round(60 * random.random() ** 4) for _ in range(2))
    kind = "park" if number % 50 == 0 else random.choice(("district", "district", "county"))
    lines = [
        f"name: {authority_name(number)}",
        f"kind: {kind}",
        *_addressee(number, random),
        *_group("facts", {"population": random.randrange(20_000, 900_000)}),
        *_group("outcomes", {"not_upheld": not_upheld + more, "upheld": upheld}),
        *_group("remedies", {"early": random.randint(0, upheld)}),
    ]
    return "\n".join(lines) + "\n"


def _addressee(number: int, random: Random) -> list[str]:
    return [
        "addressee:",
        f"  name: {_PEOPLE[number * _STRIDE % len(_PEOPLE)]}",
        f"  office: {random.choice(_OFFICES)}",
    ]


def _spread(random: Random, weights: dict[str, int], number: int) -> dict[str, int]:
    """So many complaints over the columns, by their weights."""
    drawn = Counter(random.choices(list(weights), list(weights.values()), k=number))
    return {column: drawn[column] for column in weights}


def _group(name: str, figures: dict[str, int]) -> list[str]:
    return [f"{name}:", *(f"  {column}: {value}" for column, value in figures.items())]


@dataclass(frozen=True)
class Shape:
    """A shape of letter: whose facts and wording, and the files of invented authorities for it."""

    title: str
    year: int
    facts: Path
    wording: Path
    authority_text: Callable[[int, int], str]
    """The file of the authority of a number, with so many more complaints."""
    reworded: str
    """The section that a change of shared wording is made in."""


ISSUED = Shape(
    "the letters of 2018",
    2018,
    ROOT / "data/2018/edition.yaml",
    ROOT / "templates/2018",
    authority_text,
    "introduction.md",
)
AVERAGES = Shape(
    "values in sentences, averages, a chart",
    2024,
    Path(__file__).parent / "averages/edition.yaml",
    Path(__file__).parent / "averages",
    averages_text,
    "this-letter.md",
)
SHAPES = (ISSUED, AVERAGES)


def build_county(folder: Path, letters: int, shape: Shape = ISSUED) -> EditionFolders:
    """Write a workspace with so many authorities, their letters in this shape, into a folder."""
    folders = EditionFolders(Workspace(folder), shape.year)
    folders.authorities.mkdir(parents=True)
    shutil.copy(shape.facts, folders.edition_file)
    shutil.copytree(ROOT / "templates", folder / "templates", ignore=shutil.ignore_patterns("2*"))
    shutil.copytree(shape.wording, folders.templates, ignore=shutil.ignore_patterns("*.yaml"))
    for number in range(letters):
        path = folders.authorities / f"{slug_of(authority_name(number))}.yaml"
        path.write_text(shape.authority_text(number, 0), encoding="utf-8")
    return folders


def correct_one_figure(
    folders: EditionFolders, number: int, more: int, shape: Shape = ISSUED
) -> None:
    """Write one authority's file anew, with so many more complaints."""
    path = folders.authorities / f"{slug_of(authority_name(number))}.yaml"
    path.write_text(shape.authority_text(number, more), encoding="utf-8")


def change_shared_paragraph(folders: EditionFolders, sentence: str, shape: Shape = ISSUED) -> None:
    """End the letters' introduction with this sentence, in place of the last one so added."""
    original = (shape.wording / "sections" / shape.reworded).read_text("utf-8")
    text = f"{original.rstrip()} {sentence}\n"
    (folders.sections / shape.reworded).write_text(text, encoding="utf-8")
