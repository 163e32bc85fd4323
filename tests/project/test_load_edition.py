"""Whom a problem concerns: a letter is held up by what it is made of, and by nothing else."""

import gc
from pathlib import Path
from weakref import ref

import pytest

from generator.problems import errors
from generator.project import remembered_letters
from generator.project.choose_letters import choose_slugs
from generator.project.load_edition import load_edition
from generator.workspace import UsageError
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, FELPERSHAM, build_tree

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE, F_FILE = (f"data/2031/authorities/{slug}.yaml" for slug in (A, F))
NEIGHBOURS = {"data/2031/authorities/milton-keynes-council.yaml": FELPERSHAM}
INSERT = "templates/2031/inserts/ponds.md"

CONCERNED = {
    "an authority's own file": ({A_FILE: "name: A\n"}, {A}),
    "the edition": ({"data/2031/edition.yaml": EDITION + "colour: red\n"}, {A, F}),
    "a section": ({"templates/2031/sections/statistics.md": "{{ nothing }}\n"}, {A, F}),
    "a section that is not listed": (
        {"templates/2031/sections/other.md": "{{ nothing }}\n"},
        set(),
    ),
    "the template": ({"templates/letter.html.jinja": "{% if %}"}, {A, F}),
    "an insert that one letter names": (
        {
            INSERT: "---\nplace: statistics\n---\n{{ nothing }}\n",
            A_FILE: AMBRIDGE + "inserts: [ponds]\n",
        },
        {A},
    ),
    "an insert that a rule places in one letter": (
        {INSERT: "---\nplace: statistics\nwhen: authority.decided.upheld > 0\n---\n# No\n"},
        {A},
    ),
    "an insert whose rule cannot be read": (
        {INSERT: "---\nplace: statistics\nwhen: authority.decided.uphled > 0\n---\nWords.\n"},
        {A, F},
    ),
    "an insert that no letter has": ({INSERT: "---\nplace: statistics\n---\n# No\n"}, set()),
    "two authorities of one name": (
        {"data/2031/authorities/third.yaml": AMBRIDGE},
        {A, "third"},
    ),
}


@pytest.mark.parametrize("case", CONCERNED)
def test_a_problem_concerns_the_letters_that_are_made_of_it(case: str, tmp_path: Path) -> None:
    changes, expected = CONCERNED[case]

    loaded = load_edition(build_tree(tmp_path, changes))

    assert {s for s in loaded.slugs if errors(loaded.problems_of(s))} == expected


def test_problems_of_all_letters_include_those_of_none(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, {"data/2031/authorities/Third One.yaml": AMBRIDGE}))

    assert [p.place.path.name for p in loaded.problems_of_all(loaded.slugs)] == ["Third One.yaml"]
    assert loaded.problems_of_all([A]) == []


def test_an_authority_is_named_by_its_slug_or_any_unambiguous_start(tmp_path: Path) -> None:
    third = {"data/2031/authorities/ambridge.yaml": FELPERSHAM.replace("Felpersham", "Penny")}
    loaded = load_edition(build_tree(tmp_path, third))

    assert choose_slugs(loaded, []) == ["ambridge", A, F]
    assert choose_slugs(loaded, ["fel", "ambridge-"]) == [A, F]
    assert choose_slugs(loaded, ["ambridge"]) == ["ambridge"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("amb", '"amb" could be ambridge, ambridge-district-council; type more of the name.'),
        ("felpershm", 'No authority "felpershm"; did you mean "felpersham-city-council"?'),
        (
            "felpersham-city-counsel",
            'No authority "felpersham-city-counsel"; did you mean "felpersham-city-council"?',
        ),
        ("zz", 'No authority "zz"; "letters list" shows them all.'),
    ],
)
def test_a_name_that_is_not_understood_is_answered(name: str, said: str, tmp_path: Path) -> None:
    third = {"data/2031/authorities/ambridge.yaml": FELPERSHAM.replace("Felpersham", "Penny")}
    loaded = load_edition(build_tree(tmp_path, third))

    with pytest.raises(UsageError) as failed:
        choose_slugs(loaded, [name])

    assert str(failed.value) == said


@pytest.mark.parametrize(
    ("file", "name", "said"),
    [
        (
            "luton-borough-council.YAML",
            "luton",
            'No authority "luton"; luton-borough-council.YAML: not read: '
            "rename it to luton-borough-council.yaml",
        ),
        (
            "luton.borough.yaml",
            "Luton",
            'No authority "Luton"; luton.borough.yaml: the file name is also the letter\'s name: '
            "expected lower-case letters a-z, digits and hyphens, such as anyplace-council.yaml",
        ),
    ],
)
def test_a_file_that_was_not_read_is_named_before_any_other_authority(
    file: str, name: str, said: str, tmp_path: Path
) -> None:
    files = {f"data/2031/authorities/{file}": FELPERSHAM, **NEIGHBOURS}
    loaded = load_edition(build_tree(tmp_path, files))

    with pytest.raises(UsageError) as failed:
        choose_slugs(loaded, [name])

    assert str(failed.value) == said


def test_a_mistyped_name_is_rather_one_that_begins_alike(tmp_path: Path) -> None:
    files = {**NEIGHBOURS, "data/2031/authorities/lowton-parish-council.yaml": FELPERSHAM}
    loaded = load_edition(build_tree(tmp_path, files))

    with pytest.raises(UsageError) as failed:
        choose_slugs(loaded, ["Liton"])

    assert str(failed.value) == 'No authority "Liton"; did you mean "lowton-parish-council"?'


def test_the_invented_workspace_is_in_order(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))

    assert loaded.problems == []
    assert list(loaded.letters) == [A, F]
    assert set(BORSETSHIRE) >= {A_FILE, F_FILE}


def test_a_letter_is_let_go_and_composed_again_where_there_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered_letters, "_MOST_KEPT", 1)
    loaded = load_edition(build_tree(tmp_path))
    first = loaded.letters[A].letter
    text, kept = first.text, ref(first)
    del first

    assert loaded.letters[F].letter.text != text

    gc.collect()
    assert kept() is None
    assert loaded.letters[A].letter.text == text


def test_scalars_that_say_the_same_in_the_same_place_are_one(tmp_path: Path) -> None:
    authorities = load_edition(build_tree(tmp_path)).authorities

    keys = [authorities[slug].tree.keys["addressee"] for slug in (A, F)]

    assert keys[0] is keys[1]
