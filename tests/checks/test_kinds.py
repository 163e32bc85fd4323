from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE, EDITION, authority, build_tree

A_FILE = "data/2031/authorities/ambridge-district-council.yaml"
EDITION_FILE = "data/2031/edition.yaml"
COUNCILS = "  council: {noun: council}\n"

NAMES = {
    "national park": ("Penny Peak District National Park Authority", "authority"),
    "other case": ("BROADS AUTHORITY", "authority"),
    "neither": ("Transport for Borsetshire", "council"),
    "council": ("Borset Council", ""),
    "council first": ("Council of the Isles of Ducks", ""),
    "borough": ("London Borough of Larkspur", ""),
    "city": ("City of Felpers", ""),
    "county": ("Royal County of Borset", ""),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_name_says_its_kind_or_its_file_does(tmp_path: Path, case: str) -> None:
    name, meant = NAMES[case]

    found = kinds_said(tmp_path / "unsaid", {A_FILE: authority(name)})

    assert found == ([meant] if meant else [])
    assert not meant or kinds_said(tmp_path, {A_FILE: f"kind: {meant}\n{authority(name)}"}) == []


def kinds_said(folder: Path, *changes: dict[str, str]) -> list[str]:
    problems = load_edition(build_tree(folder, *changes)).problems
    return [p.message.rpartition(" ")[2] for p in problems if p.kind == "kind-not-in-the-name"]


def test_it_is_a_warning_at_the_name(tmp_path: Path) -> None:
    problems = load_edition(build_tree(tmp_path, {A_FILE: authority("Broads Authority")})).problems

    assert [p.line("a.yaml") for p in problems if p.kind == "kind-not-in-the-name"] == [
        'a.yaml:1:7: warning: name: would be called "council" in its letter, which its name does '
        "not say; say kind: authority"
    ]


def test_a_noun_that_is_in_no_name_is_no_word_of_names(tmp_path: Path) -> None:
    bodies = EDITION.replace(COUNCILS, "  council: {noun: organisation}\n")

    assert kinds_said(tmp_path, {EDITION_FILE: bodies}) == []
    assert kinds_said(tmp_path, {A_FILE: authority("Broads Authority")}) == ["authority"]


def test_a_noun_of_several_words_stands_in_a_row(tmp_path: Path) -> None:
    parks = EDITION.replace("{noun: authority}", "{noun: park authority}")
    changes = {EDITION_FILE: parks, A_FILE: authority("Park Street District Authority")}

    assert kinds_said(tmp_path, changes) == []
    assert kinds_said(tmp_path, {A_FILE: authority("Penny Park Authority")}) == ["authority"]


def test_the_file_is_in_order_otherwise(tmp_path: Path) -> None:
    assert load_edition(build_tree(tmp_path, {A_FILE: AMBRIDGE})).problems == []
