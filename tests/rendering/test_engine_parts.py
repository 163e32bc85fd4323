"""What decides a letter's bytes besides the letter: a change of it makes letters out of date."""

import ast
from pathlib import Path

import pytest

from generator.rendering import engine
from generator.rendering.engine import MODULES_BESIDE, engine_parts

GENERATOR = Path(engine.__file__).parents[1]
DECIDE_NOTHING = {
    "edition/source_text.py",  # reads the template, whose text is digested
    "edition/letterhead.py",  # names what is digested
    "edition/yaml_tree.py",  # shows a value in a message
    "files/bounded_read.py",
    "problems.py",
    "verification/read_back.py",  # reads back
    "plain_text.py",
    "workspace.py",
}


def imported(path: Path) -> set[str]:
    names = (
        node.module
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator.")
    )
    return {f"{name.removeprefix('generator.').replace('.', '/')}.py" for name in names if name}


def test_each_module_that_makes_the_files_counts_or_decides_nothing() -> None:
    makers = [
        *(GENERATOR / "rendering").rglob("*.py"),
        *(GENERATOR / "verification").glob("out*.py"),
    ]
    used = {name for path in makers for name in imported(path)}

    outside = {name for name in used if not name.startswith("rendering/")}
    assert outside - DECIDE_NOTHING <= set(MODULES_BESIDE)


@pytest.mark.parametrize("name", MODULES_BESIDE)
def test_each_of_them_is_part_of_the_digest(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = engine_parts()["rendering"]
    assert (GENERATOR / name).is_file()

    monkeypatch.setattr(engine, "MODULES_BESIDE", [n for n in MODULES_BESIDE if n != name])

    assert engine_parts.__wrapped__()["rendering"] != now
