import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from generator.cli import app
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
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command inside the invented workspace."""
    build_tree(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LETTERS_HOME", raising=False)

    def run_command(*words: str) -> Said:
        result = CliRunner().invoke(app, list(words), catch_exceptions=False)
        return Said(result.exit_code, result.stdout, result.stderr)

    return run_command
