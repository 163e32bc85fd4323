import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator import cli
from generator.commands import app
from generator.commands.command_line import executor_for
from generator.processes.contained import get_ready
from generator.project.load_edition import load_edition
from tests.batch.executors import all_made_here, build
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
    return re.sub(r", in [0-9.min ]+ s\.", ", in … s.", said.out)


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
    folders = build_tree(tmp_path_factory.mktemp("made"))
    assert build(load_edition(folders), folders.output()).problems == []
    return folders.workspace.folder / "output"


@pytest.fixture
def built(run: Run, made: Path, tmp_path: Path) -> Run:
    """Runs a command where these letters are."""
    shutil.copytree(made, tmp_path / "output")
    return run


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command inside the invented workspace; letters are made in this process."""
    all_made_here(monkeypatch)
    build_tree(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LETTERS_HOME", raising=False)

    def run_command(*words: str) -> Said:
        code = cli.run(list(words))
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return run_command


@pytest.fixture
def workers(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command as `run` does, but for the letters: worker processes make them."""
    monkeypatch.setattr(app, "executor_for", executor_for)
    monkeypatch.setattr(app, "get_ready", get_ready)
    return run
