"""Surroundings that are odd, and no reason to make no letters."""

from pathlib import Path

import pytest

from tests.borsetshire import ROOT, build_tree
from tests.commands.test_program import shell

SURROUNDINGS = {
    "temporary files far down": f"TMPDIR=$PWD/{'x' * 100}; mkdir $TMPDIR; export TMPDIR",
    "64 open files": "ulimit -n 64",
}
CASES = {**SURROUNDINGS, "all of it": "; ".join(SURROUNDINGS.values())}


@pytest.mark.processes
@pytest.mark.thorough
@pytest.mark.parametrize("surroundings", CASES.values(), ids=CASES)
def test_letters_are_made_all_the_same(
    surroundings: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_tree(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    said = shell(f"{surroundings}; letters build -q --jobs 2", tmp_path)

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("2 letters: 2 written")


def test_a_clock_that_jumps_changes_no_letter_and_no_time_limit() -> None:
    """Times are measured by a clock that nobody sets; few places ask for the day or the hour."""
    sources = {path: path.read_text() for path in (ROOT / "generator").rglob("*.py")}

    asked = [path.name for path, text in sources.items() if "date.today()" in text]
    set_clocks = (" time.time(", "time_ns(", ".utcnow(", "localtime(")

    # The commands ask once; so do actions of the desk that set down a day, or say an hour.
    assert set(asked) == {"session.py", "confirm_actions.py", "import_actions.py"}
    hours = {path.name for path, text in sources.items() if "datetime.now(" in text}
    assert hours == {"session.py", "review_actions.py", "refresh.py", "desk_build.py"}
    assert [p.name for p, text in sources.items() if any(c in text for c in set_clocks)] == []
