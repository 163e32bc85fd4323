"""The predecessors that authorities name: known by whatever is left of the year before."""

from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE, build_tree

FILE = "data/2031/authorities/ambridge-district-council.yaml"
NAMED = AMBRIDGE + "formerly: [loxley-barrett, penny-hassett]\n"


def said(folder: Path, *files: str) -> list[str]:
    """What is said of the two predecessors, where these files are there."""
    loaded = load_edition(build_tree(folder, {FILE: NAMED}, dict.fromkeys(files, "x")))
    found = [p for p in loaded.problems if p.kind == "unknown-predecessor"]
    assert not any(problem.is_error for problem in found)
    return [f"{problem.where}: {problem.message}" for problem in found]


@pytest.mark.parametrize(
    "folder", ["data/2030/authorities/{}.yaml", "issued/2030/sent/{}.txt", "output/2030/pdf/{}.pdf"]
)
def test_those_of_the_years_data_and_letters_are_known(tmp_path: Path, folder: str) -> None:
    assert said(tmp_path, folder.format("loxley-barret")) == [
        'formerly.1: no authority of 2030 has this name; did you mean "loxley-barret"?',
        "formerly.2: no authority of 2030 has this name",
    ]
    assert said(tmp_path, folder.format("loxley-barrett"), folder.format("penny-hassett")) == []


def test_nothing_is_said_where_nothing_of_the_year_is_at_hand(tmp_path: Path) -> None:
    assert said(tmp_path) == []
