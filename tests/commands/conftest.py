import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator import cli
from tests.borsetshire import authority, build_tree


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def told(said: Said) -> str:
    """What was said on stdout, without the time it took, which is another every time."""
    return re.sub(r", in [0-9.]+ s\.", ", in … s.", said.out)


def parishes(number: int) -> dict[str, str]:
    """The files of so many more authorities: `parish-00`, `parish-01`."""
    return {
        f"data/2031/authorities/parish-{n:02}.yaml": authority(
            f"Parish {n:02}", received_roads=n + 40
        )
        for n in range(number)
    }


Run = Callable[..., Said]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The letters of Borsetshire, made once for all tests that only need them to be there."""
    folder = tmp_path_factory.mktemp("made")
    build_tree(folder)
    assert cli.run(["build", "--quiet", "--workspace", str(folder)]) == 0
    return folder / "output"


@pytest.fixture
def built(run: Run, made: Path, tmp_path: Path) -> Run:
    """Runs a command where these letters are."""
    shutil.copytree(made, tmp_path / "output")
    return run


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command inside the invented workspace."""
    build_tree(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LETTERS_HOME", raising=False)

    def run_command(*words: str) -> Said:
        code = cli.run(list(words))
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return run_command
