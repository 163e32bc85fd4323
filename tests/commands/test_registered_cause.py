"""A cause of change, made here and registered, is found and told wherever a comparison is.

No file of the program knows of it: the figure was corrected after it had been printed.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.comparison.changes import Cause, Change, register_cause, unregister_cause
from generator.comparison.edition_context import LetterPair
from generator.letter.letter import PrintedFigure
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, build_tree
from tests.commands.conftest import Run

A = "ambridge-district-council"
A_FILE = f"data/2031/authorities/{A}.yaml"


class Correction(Cause):
    """Knows which figures were corrected."""

    def explains(self, change: Change, sides: LetterPair) -> bool:
        side = change.before
        is_roads = isinstance(side, PrintedFigure) and side.id == "roads"
        return is_roads and sides.after.slug == A


MEANING = "the figure was corrected after it had been printed"
CORRECTION = Correction("correction", MEANING, is_own=True, is_in_figures=True)
LAST_YEAR = {
    path.replace("2031", "2030"): text.replace("2031", "2030")
    for path, text in BORSETSHIRE.items()
    if "2031" in path
}


@pytest.fixture
def diff(run: Run, tmp_path: Path) -> Iterator[Run]:
    """Runs a command in the county, whose year before had other roads and ponds."""
    figures = AMBRIDGE.replace("roads: 3", "roads: 5").replace("ponds: 2", "ponds: 4")
    build_tree(tmp_path, {**LAST_YEAR, A_FILE: figures})
    register_cause(CORRECTION)
    yield run
    unregister_cause(CORRECTION)


def test_it_is_told_on_the_terminal(diff: Run) -> None:
    said = diff("diff").out
    stat = [line.split() for line in diff("diff", "--stat").out.splitlines()]

    assert f"  correction  {MEANING}\n" in said
    assert "  correction: Complaints received: Roads 3 → 5, +2\n" in said
    assert "  figures: Complaints received: " in said
    assert stat[0][-3:] == ["LAYOUT", "CORRECTION", "ALL"]
    assert next(line for line in stat if line[0] == A)[-2] == "1"


def test_programs_and_the_page_have_it(diff: Run, tmp_path: Path) -> None:
    page = tmp_path / "changes.html"
    letters = json.loads(diff("diff", "--json").out)["letters"]
    [letter] = [each for each in letters if each["slug"] == A]
    diff("diff", "--html", str(page))
    html = page.read_text()

    found = [c["figure"] for c in letter["changes"] if c["cause"] == "correction"]
    assert found == ["roads"]
    assert f"<dt>correction</dt>\n<dd>{MEANING}</dd>" in html
    assert '<li class="change" data-tags="correction"' in html


def test_no_two_have_one_name() -> None:
    with pytest.raises(ValueError, match="wording: its name is that of another cause"):
        register_cause(Cause("wording", ""))
