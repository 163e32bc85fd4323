"""Several people at one desk: no save is lost, its memory stays, and a build blocks nobody."""

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.county import build_county
from benchmarks.desk_load import press

_GROWTH_KB = 60 * 1024
"""So much more at most the second half of the saves may need: what is kept of letters that were
printed is bounded, but the bound is not reached by so few."""


@pytest.mark.thorough
@pytest.mark.processes
def test_many_saves_of_several_people(tmp_path: Path) -> None:
    """Each answer came, or this would not end: also while letters were built."""
    found = press(build_county(tmp_path / "county", 6), browsers=3, saves=60)

    assert found.lost == []
    assert sum(map(len, found.waited_ms.values())) > 60
    assert found.shared == 12
    assert "a save while letters are built" in found.waited_ms
    assert len([*pairwise(found.memory_kb)]) == 9
    assert found.memory_kb[-1] - found.memory_kb[4] < _GROWTH_KB
