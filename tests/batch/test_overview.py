"""The overview page tells how every letter stands after a run, also those not asked for."""

import re
from pathlib import Path

import pytest

from generator.batch.overview_page import OVERVIEW_FILE, status_of
from generator.batch.run import Result
from generator.outputs.plan import PlannedAction, Step
from generator.project.load_edition import LoadedEdition, load_edition
from tests.batch.executors import build, type_here
from tests.borsetshire import AMBRIDGE, EDITION, build_tree

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE, F_FILE = (f"data/2031/authorities/{slug}.yaml" for slug in (A, F))
MADE, KEPT = Step(A, PlannedAction.MAKE, ("figures changed",)), Step(A, PlannedAction.KEEP)
NEW, WRONG = Step(A, PlannedAction.MAKE, ("new",)), Step(A, PlannedAction.FAIL, ("a word",))

STANDS = {
    "made": (MADE, Result(A, "written", "figures changed"), ("written", "figures changed")),
    "kept": (KEPT, Result(A, "unchanged"), ("unchanged", "")),
    "failed": (MADE, Result(A, "failed", "no ink"), ("failed", "no ink")),
    "kept, not asked for": (KEPT, None, ("unchanged", "")),
    "out of date, not asked for": (MADE, None, ("out of date", "figures changed")),
    "never made, not asked for": (NEW, None, ("not made", "")),
    "in error, not asked for": (WRONG, None, ("failed", "a word")),
    "out of date, not reached": (
        MADE,
        Result(A, "skipped", "not reached"),
        ("out of date", "figures changed"),
    ),
    "never made, not reached": (NEW, Result(A, "skipped", "not reached"), ("not made", "")),
}


@pytest.mark.parametrize("case", STANDS)
def test_a_letter_stands_as_the_run_left_it_or_as_it_was_planned(case: str) -> None:
    step, result, expected = STANDS[case]

    assert status_of(step, result) == expected


def letters_of(folder: Path) -> dict[str, str]:
    """What the overview's rows say, by the letter's slug."""
    page = (folder / OVERVIEW_FILE).read_text()
    rows = re.findall(r"<tr\b.*?</tr>", page, re.DOTALL)
    return {slug: row for row in rows for slug in (A, F) if slug in row}


@pytest.fixture
def loaded(tmp_path: Path) -> LoadedEdition:
    loaded = load_edition(build_tree(tmp_path))
    build(loaded, tmp_path / "output", type_here)
    return loaded


def test_all_letters_are_on_the_sheet_also_those_not_asked_for(tmp_path: Path) -> None:
    build(load_edition(build_tree(tmp_path)), tmp_path / "output", type_here, slugs=[A])

    rows = letters_of(tmp_path / "output")

    assert f'href="pdf/{A}.pdf"' in rows[A]
    assert "Felpersham City Council" in rows[F]
    assert "not made" in rows[F]
    assert "href" not in rows[F]


def test_a_letter_that_left_the_edition_is_on_it_until_it_is_removed(
    loaded: LoadedEdition, tmp_path: Path
) -> None:
    (tmp_path / F_FILE).unlink()
    left = load_edition(loaded.folders)

    build(left, tmp_path / "output", type_here)
    stale = letters_of(tmp_path / "output")
    build(left, tmp_path / "output", type_here, prune=True)

    assert "no longer in the edition" in stale[F]
    assert list(letters_of(tmp_path / "output")) == [A]


def test_why_a_letter_failed_is_on_it(loaded: LoadedEdition, tmp_path: Path) -> None:
    (tmp_path / A_FILE).write_text(AMBRIDGE.replace("roads: 3", "roads: -3"))

    build(load_edition(loaded.folders), tmp_path / "output", type_here)

    assert "received.roads: found -3, which is negative" in letters_of(tmp_path / "output")[A]


def test_a_sheet_that_says_the_same_is_not_written_again(
    loaded: LoadedEdition, tmp_path: Path
) -> None:
    build(loaded, tmp_path / "output", type_here)
    path = tmp_path / "output" / OVERVIEW_FILE
    before = path.stat()

    build(loaded, tmp_path / "output", type_here)

    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_without_an_edition_the_sheet_of_before_stays(
    loaded: LoadedEdition, tmp_path: Path
) -> None:
    path = tmp_path / "output" / OVERVIEW_FILE
    before = path.read_bytes()
    (tmp_path / "data/2031/edition.yaml").write_text(EDITION + "colour: red\n")

    build(load_edition(loaded.folders), tmp_path / "output", type_here)

    assert path.read_bytes() == before
