"""What decides a letter's bytes is in its digests, and nothing else; what changed is named."""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator.edition.edition import Column
from generator.edition.figure_kind import FigureKind
from generator.edition.figure_kinds import figure_kinds
from generator.letter.letter import ComposedLetter
from generator.outputs.manifest import Inputs, causes, digest, inputs_of, shared_inputs
from generator.problems import Place
from generator.project.load_edition import LoadedEdition, load_edition
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, STATISTICS, authority, build_tree

A = "ambridge-district-council"
A_FILE = f"data/2031/authorities/{A}.yaml"
EDITION_FILE = "data/2031/edition.yaml"
SECTION_FILE = "templates/2031/sections/statistics.md"
PONDS = "---\nplace: statistics\nwhen: authority.received.ponds > 14\n---\nSo many ducks.\n"
MATTER = "---\nplace: statistics\n---\nWe reported on {{ insert.matter }}.\n"
NAMED = AMBRIDGE + "inserts:\n  - matter: {matter: a *pond*}\n"
SEALED = BORSETSHIRE["templates/letter.html.jinja"].replace(
    "<main>", '<main><img src="{{ image(\'seal.png\') }}" alt="">'
)
WORLD: dict[str, str | bytes | None] = {
    "templates/2031/inserts/ponds.md": PONDS,
    "templates/2031/inserts/matter.md": MATTER,
    A_FILE: NAMED,
    "templates/letter.html.jinja": SEALED,
    "templates/seal.png": b"\x89PNG",
}
Change = Mapping[str, str | bytes | None]


def inputs(loaded: LoadedEdition, engine: str = "engine") -> Inputs:
    assert loaded.edition is not None
    assert loaded.letter_template is not None
    shared = shared_inputs(loaded.edition, loaded.letter_template, engine)
    return inputs_of(loaded.letters[A].letter, loaded.data.authorities[A], shared)


def of_tree(folder: Path, *changes: Change) -> Inputs:
    return inputs(load_edition(build_tree(folder, WORLD, *changes)))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    """What Ambridge's letter is made of where nothing has been changed."""
    return of_tree(tmp_path_factory.mktemp("before"))


CAUSES: dict[str, tuple[Change, list[str]]] = {
    "a figure": (
        {A_FILE: NAMED.replace("roads: 3", "roads: 4")},
        ["figures changed"],
    ),
    "a figure that no sentence says": (
        {A_FILE: NAMED.replace("by_us: 2", "by_us: 3")},
        ["figures changed"],
    ),
    "the addressee's name": (
        {A_FILE: NAMED.replace("Walter", "Nelson")},
        ["addressee changed"],
    ),
    "the addressee's office": (
        {A_FILE: NAMED.replace("Chief Executive", "Clerk")},
        ["addressee changed"],
    ),
    "the salutation": (
        {A_FILE: NAMED.replace("  office", "  salutation: Mr Gabriel\n  office")},
        ["addressee changed"],
    ),
    "the authority's name": (
        {A_FILE: NAMED.replace("Ambridge District", "Ambridge Rural District")},
        ["addressee changed"],
    ),
    "the letter's date": (
        {EDITION_FILE: EDITION.replace("2031-07-16", "2031-07-17")},
        ["edition changed"],
    ),
    "the end of the period": (
        {EDITION_FILE: EDITION.replace("2031-03-31", "2031-03-30")},
        ["edition changed"],
    ),
    "who signs": (
        {EDITION_FILE: EDITION.replace("Ida Fairweather", "Jill Archer")},
        ["edition changed"],
    ),
    "an office of who signs, which is a block of words": (
        {EDITION_FILE: EDITION.replace("Ombudsman for", "Ombudsman of")},
        ["wording changed"],
    ),
    "the language": (
        {EDITION_FILE: EDITION.replace("en-GB", "en-US")},
        ["edition changed"],
    ),
    "the noun for a kind of authority": (
        {EDITION_FILE: EDITION.replace("council: {noun: council}", "council: {noun: borough}")},
        ["edition changed"],
    ),
    "a shared paragraph": (
        {SECTION_FILE: STATISTICS.replace("every year", "each year")},
        ["wording changed"],
    ),
    "a fixed word": (
        {EDITION_FILE: EDITION.replace("carrier pigeon", "email")},
        ["wording changed"],
    ),
    "a placeholder that prints the same": (
        {
            SECTION_FILE: STATISTICS.replace(
                '.total | count("complaint")', ".roads }} complaints{{"
            ).replace("{{  }}", "")
        },
        ["wording changed"],
    ),
    "a column's label": (
        {EDITION_FILE: EDITION.replace("Ponds and Ducks", "Ponds")},
        ["wording changed"],
    ),
    "a head over columns": (
        {EDITION_FILE: EDITION.replace("Early decisions", "Decisions made early")},
        ["wording changed"],
    ),
    "what is printed for a rate of nothing": (
        {
            EDITION_FILE: EDITION.replace(", percent: upheld", ", none: none, percent: upheld"),
        },
        ["wording changed"],
    ),
    "the words of an insert": (
        {"templates/2031/inserts/matter.md": MATTER.replace("reported on", "wrote about")},
        ["wording changed"],
    ),
    "a value given to an insert": (
        {A_FILE: NAMED.replace("a *pond*", "a road")},
        ["wording changed"],
    ),
    "an insert no longer named": (
        {A_FILE: AMBRIDGE},
        ["wording changed"],
    ),
    "an insert placed by a rule, since a figure changed": (
        {A_FILE: NAMED.replace("ponds: 14", "ponds: 15")},
        ["figures changed", "wording changed"],
    ),
    "the rule of an insert": (
        {"templates/2031/inserts/ponds.md": PONDS.replace("> 14", "> 13")},
        ["wording changed"],
    ),
    "the template": (
        {"templates/letter.html.jinja": SEALED + "\n"},
        ["template changed"],
    ),
    "the styles": (
        {"templates/letter.css": BORSETSHIRE["templates/letter.css"] + "/* more */\n"},
        ["template changed"],
    ),
    "the styles for screens": (
        {"templates/screen.css": BORSETSHIRE["templates/screen.css"] + "/* more */\n"},
        ["template changed"],
    ),
    "styles of the edition's own": (
        {"templates/2031/letter.css": BORSETSHIRE["templates/letter.css"] + "/* more */\n"},
        ["template changed"],
    ),
    "a picture": ({"templates/seal.png": b"\x89PNG other"}, ["template changed"]),
    "a picture of the edition's own": (
        {"templates/2031/seal.png": b"\x89PNG other"},
        ["template changed"],
    ),
    "a figure and a paragraph": (
        {
            A_FILE: NAMED.replace("roads: 3", "roads: 4"),
            SECTION_FILE: STATISTICS.replace("every year", "each year"),
        },
        ["figures changed", "wording changed"],
    ),
    "nothing": ({}, []),
    "a comment": ({A_FILE: "# Seen by Ida.\n" + NAMED + "# Really.\n"}, []),
    "a line moved": (
        {
            A_FILE: NAMED.replace("name: Ambridge District Council\n", "")
            + "name: Ambridge District Council\n"
        },
        [],
    ),
    "a figure written another way": (
        {
            A_FILE: NAMED.replace(
                "received: {roads: 3, ponds: 14}",
                "received:\n  ponds: 14\n  roads: 3\n  total: 17\n",
            )
        },
        [],
    ),
    "blank lines between paragraphs": (
        {SECTION_FILE: STATISTICS.replace("\n\n", "\n\n\n")},
        [],
    ),
    "another authority": (
        {"data/2031/authorities/penny-hassett-council.yaml": authority("Penny Hassett Council")},
        [],
    ),
    "an email address, which is not printed": (
        {A_FILE: NAMED.replace("  office", "  email: walter@ambridge.example\n  office")},
        [],
    ),
    "a picture that no template shows": ({"templates/2031/seal.svg": "<svg/>"}, []),
    "wording that is in no letter": ({"templates/2031/sections/other.md": "Other.\n"}, []),
}


@pytest.mark.parametrize("case", CAUSES)
def test_what_changed_is_named_and_nothing_else(case: str, before: Inputs, tmp_path: Path) -> None:
    change, expected = CAUSES[case]

    assert causes(before, of_tree(tmp_path, change)) == expected


KIND = {A_FILE: NAMED + "kind: authority\n"}


def test_a_kind_that_no_word_depends_on_changes_nothing(tmp_path: Path) -> None:
    silent = {SECTION_FILE: STATISTICS.replace("{{ authority.noun }}", "council")}

    assert causes(of_tree(tmp_path, silent), of_tree(tmp_path, silent, KIND)) == []


def test_a_kind_that_a_word_depends_on_is_a_change_of_the_addressee(
    before: Inputs, tmp_path: Path
) -> None:
    assert causes(before, of_tree(tmp_path, KIND)) == ["addressee changed"]


def test_a_figure_that_its_own_is_compared_with_is_a_figure(tmp_path: Path) -> None:
    compared = {
        EDITION_FILE: EDITION + "comparators:\n  county: {among: all, average: mean}\n",
        SECTION_FILE: STATISTICS + "\nOn average: {{ county.received.ponds }}\n",
    }
    other = {"data/2031/authorities/penny-hassett-council.yaml": authority("Penny Hassett Council")}

    assert causes(of_tree(tmp_path, compared), of_tree(tmp_path, compared, other)) == [
        "figures changed"
    ]


def test_a_template_or_an_engine_of_another_version_is_a_cause(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, WORLD))

    assert causes(inputs(loaded, "old"), inputs(loaded, "new")) == ["engine changed"]


def test_a_letter_composed_otherwise_by_another_program_is_a_change_of_the_engine() -> None:
    names = ["letter", "figures", "addressee", "edition", "wording", "template", "engine"]
    before = dict.fromkeys(names, "same")

    assert causes(before, {**before, "letter": "another"}) == ["engine changed"]


def test_a_manifest_that_knew_fewer_inputs_is_a_change(tmp_path: Path) -> None:
    now = inputs(load_edition(build_tree(tmp_path, WORLD)))

    assert causes({}, now) == [
        f"{name} changed"
        for name in ("figures", "addressee", "edition", "wording", "template", "engine")
    ]


def test_the_workspaces_own_place_is_no_input(tmp_path: Path) -> None:
    """A clone in another folder, or on another machine, has the same letters."""
    here, there = tmp_path / "here", tmp_path / "there"

    assert inputs(load_edition(build_tree(here, WORLD))) == inputs(
        load_edition(build_tree(there, WORLD))
    )


Steps = tuple[str | int, ...]
COLUMN = ("group", "id", "label", "kind", "header_group", "parts", "numerator", "none")
"""All of a column that a letter can depend on."""


def leaves(value: Any, steps: Steps = ()) -> Iterator[Steps]:
    """The way to every single value inside a letter, but for places and what others make up."""
    if isinstance(value, Place):
        return
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            told = field.init and field.name not in {"reading", "former_id", "exact"}
            if told and (inner or field.name not in {"table", "chart", "runs"}):
                yield from leaves(inner, (*steps, field.name))
    elif isinstance(value, Column):
        for name in COLUMN:
            yield from leaves(getattr(value, name), (*steps, name))
    elif isinstance(value, tuple) and value:
        for number, item in enumerate(value):
            yield from leaves(item, (*steps, number))
    else:
        yield steps


def replaced(value: Any, steps: Steps) -> Any:
    """The same with the value at the end of this way changed."""
    if not steps:
        return other(value)
    step, *rest = steps
    if isinstance(step, int):
        return (*value[:step], replaced(value[step], tuple(rest)), *value[step + 1 :])
    if isinstance(value, Column):
        said = {name: getattr(value, name) for name in COLUMN}
        return SimpleNamespace(**{**said, step: replaced(said[step], tuple(rest))})
    return dataclasses.replace(value, **{step: replaced(getattr(value, step), tuple(rest))})


def other(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case Enum():
            kinds: Sequence[Any] = list(type(value))
            return kinds[(kinds.index(value) + 1) % len(kinds)]
        case FigureKind():
            kinds = figure_kinds()
            return kinds[(kinds.index(value) + 1) % len(kinds)]
        case str():
            return value + "~"
        case datetime.date():
            return value + datetime.timedelta(days=1)
        case None:
            return "something"
        case ():
            return ("something",)
        case _:
            raise AssertionError(value)


def test_all_that_an_edition_says_of_a_column_is_known_here(tmp_path: Path) -> None:
    edition = load_edition(build_tree(tmp_path, WORLD)).edition

    assert edition is not None
    for column in edition.columns():
        assert set(type(column).model_fields) == {
            *("label", "header_group", "none_said", "aliases"),
            *(key for kind in figure_kinds() for key in kind.column_keys()),
        }


def test_every_value_of_a_letter_decides_and_no_place_does(tmp_path: Path) -> None:
    """Each is changed in turn, so that a field added to a letter is not forgotten here."""
    linked = {"templates/2031/report/guide.md": "See [the *guide*](https://b.example/g) **now**.\n"}
    loaded = load_edition(build_tree(tmp_path, WORLD, linked))
    assert loaded.edition is not None
    assert loaded.letter_template is not None
    shared = shared_inputs(loaded.edition, loaded.letter_template, "engine")

    def decides(letter: ComposedLetter) -> str:
        return inputs_of(letter, loaded.data.authorities[A], shared)["letter"]

    letter = loaded.letters[A].letter
    ways = list(leaves(letter))
    moved = dataclasses.replace(
        letter,
        blocks=tuple(
            dataclasses.replace(block, place=Place(Path("elsewhere.md"), 7, 7))
            for block in letter.blocks
        ),
    )

    assert len(ways) > 300
    assert {way[-1] for way in ways} >= {
        "emphasis",
        "link",
        "gap",
        "supplied",
        "header_group",
        "insert",
    }
    assert [way for way in ways if decides(replaced(letter, way)) == decides(letter)] == []
    assert decides(moved) == decides(letter)
    assert decides(dataclasses.replace(letter, blocks=letter.blocks[:-1])) != decides(letter)


def test_a_digest_is_short_and_hangs_on_content_alone() -> None:
    assert digest({"b": 1, "a": "’"}) == digest({"a": "’", "b": 1})
    assert digest([1, 2]) != digest([2, 1])
    assert digest(["1"]) != digest([1])
    assert len(digest("\udcf6")) == 16
