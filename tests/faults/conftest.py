import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.county import Letters, assert_all_there_and_right, found_county, output
from tests.faults.disks import Mounts
from tests.faults.processes import Ended, Running

Start = Callable[..., Running]
Recover = Callable[..., Ended]


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Letters]:
    """The workspace that all tests have a copy of, and its letters as they must be."""
    workspace = tmp_path_factory.mktemp("county") / "workspace"
    return workspace, found_county(workspace)


@pytest.fixture
def letters(county: tuple[Path, Letters]) -> Letters:
    """The letters as they must be, before the change of their date and after."""
    return county[1]


@pytest.fixture
def workspace(county: tuple[Path, Letters], tmp_path: Path) -> Path:
    """A workspace with its letters of July, all made."""
    return Path(shutil.copytree(county[0], tmp_path / "workspace"))


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts `letters` with these words in a workspace; what is left of it ends with the test."""
    runs: list[Running] = []

    def start_run(workspace: Path, *words: str, **how: Any) -> Running:
        runs.append(Running(workspace, *words, **how))
        return runs[-1]

    yield start_run
    for run in runs:
        run.end()


@pytest.fixture
def recover(start: Start, letters: Letters) -> Recover:
    """Runs once more what was disturbed, and sees that all letters are there and right."""

    def run_again(workspace: Path, mounts: Mounts | None = None) -> Ended:
        inside = mounts.inside(workspace) if mounts else ()
        ended = start(workspace, "build", inside=inside).ended()
        assert (ended.code, ended.err.count("error")) == (0, 0)
        folder = output(workspace)
        assert_all_there_and_right(mounts.seen(folder) if mounts else folder, letters.august)
        return ended

    return run_again


@pytest.fixture
def mounts() -> Iterator[Mounts]:
    """A place where a test may mount what it likes."""
    with Mounts() as opened:
        yield opened
