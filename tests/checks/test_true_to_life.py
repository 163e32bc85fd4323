"""Alarms are worth something only if they are rare: an edition in order gives none at all."""

from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from generator.workspace import Workspace
from tests.borsetshire import ROOT, build_tree
from tests.checks.england import england
from tests.checks.neighbours import alarms

WITHOUT_BORSETSHIRE = {
    f"data/2031/authorities/{slug}.yaml": None
    for slug in ("ambridge-district-council", "felpersham-city-council")
}


def test_the_five_letters_of_2018_give_no_alarm() -> None:
    loaded = load_edition(Workspace(ROOT).edition(2018))

    assert len(loaded.letters) == 5
    assert [p for p in loaded.problems if p.kind] == []


def test_400_authorities_true_to_life_give_no_alarm(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, WITHOUT_BORSETSHIRE, england(400)))

    assert len(loaded.letters) == 400
    assert [p.line(p.place.path.name) for p in loaded.problems] == []


@pytest.mark.parametrize("draft", [True, False])
def test_neighbours_whose_names_hold_each_other_give_no_alarm(tmp_path: Path, draft: bool) -> None:
    assert alarms(tmp_path) == []
    assert load_edition(Workspace(tmp_path).edition(2031), draft=draft).problems == []
