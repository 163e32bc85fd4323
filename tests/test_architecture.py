"""The structure: which way imports go (pyproject.toml has the order), and that names stand once."""

import ast
import logging.config
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.borsetshire import ROOT


def test_imports_go_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    # It would disable all loggers that there are: what the engine warns of later would be lost.
    monkeypatch.setattr(logging.config, "dictConfig", lambda _: None)

    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


def test_the_architecture_page_has_the_packages_in_their_order() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    text = page.partition("## The packages")[2]
    table = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", text, re.MULTILINE)
    told = [name for row in table for name in re.findall(r"`(\w+)`", row)]
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = contract["tool"]["importlinter"]["contracts"][0]["layers"]
    ordered = [re.findall(r"generator\.(\w+)", layer) for layer in reversed(layers)]
    there = {path.stem for path in (ROOT / "generator").glob("[!_]*") if path.name != "py.typed"}

    assert told == [name for layer in ordered for name in layer]
    assert set(told) == there


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / "generator").rglob("*.py")):
        if path.name != "__init__.py":
            yield path.stem, path


@cache
def classes() -> list[tuple[str, Path]]:
    return [
        (node.name, path)
        for _, path in modules()
        for node in ast.parse(path.read_bytes()).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize("found", [modules, classes])
def test_a_name_stands_once(found: object) -> None:
    where = defaultdict(list)
    assert callable(found)
    for name, path in found():
        where[name].append(path)

    assert len(where) > 100
    assert {name for name, paths in where.items() if len(paths) > 1} == set()


def test_what_the_architecture_page_names_is_there() -> None:
    """Each form stands in its module; classes, modules and packages have their names."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| .+ \| `(\w+/\w+\.py)` \|$", text, re.MULTILINE)
    named = {path.name for path in (ROOT / "generator").iterdir()}
    named |= {name for name, _ in [*modules(), *classes()]}

    assert len(rows) > 10
    for forms, module in rows:
        there = {name for name, path in classes() if path == ROOT / "generator" / module}
        assert (ROOT / "generator" / module).is_file()
        assert set(re.findall(r"`([A-Z]\w+)`", forms)) <= there, module
    assert set(re.findall(r"`([A-Z]\w*[a-z]\w*|[a-z]+_[a-z_]+)\b[^`/]*`", text)) - named == set()
