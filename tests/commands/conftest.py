import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator import cli
from tests.borsetshire import build_tree


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


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
