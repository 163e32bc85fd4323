"""The documents say what is so: commands are run, links followed, generated pages made again."""

import io
import re
import shlex
import shutil
import subprocess
import tomllib
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from generator import cli
from generator.edition.load import read_edition
from generator.edition.schemas import authority_schema, edition_schema, format_page
from generator.workspace import Workspace
from tests.batch.executors import all_made_here
from tests.borsetshire import ROOT

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.processes
def test_the_tour_in_the_readme_says_what_the_program_says_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("data", "templates", "tests/reference/issued-2018"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    tour = (ROOT / "README.md").read_text().partition("## A tour")[2]
    blocks = re.findall(r"```sh\n(.*?)```\n\n```text\n(.*?)```", tour, re.DOTALL)
    all_made_here(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LETTERS_HOME", str(tmp_path))

    before = _contents(tmp_path)

    assert len(blocks) == tour.count("```sh") >= 4
    for commands, expected in blocks:
        said = "".join(map(_said, commands.splitlines()))
        assert _without_chance(said) == _without_chance(expected)
    assert _contents(tmp_path) == before


def _said(command: str) -> str:
    """What a shell's command says; that it is `letters` that it starts is no process of its own."""
    letters, _, then = command.partition(" | ")
    said = io.StringIO()
    if letters.startswith("./letters "):
        with redirect_stdout(said), redirect_stderr(said):
            cli.run(shlex.split(letters)[1:])
        letters = "cat"
    shell = subprocess.run(
        ["sh", "-c", f"{letters} | {then}" if then else letters],
        input=said.getvalue(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return shell.stdout


def _contents(workspace: Path) -> dict[str, bytes]:
    """All files of a workspace but for what is made in it."""
    paths = {path: str(path.relative_to(workspace)) for path in workspace.rglob("*")}
    return {
        name: path.read_bytes()
        for path, name in paths.items()
        if path.is_file() and not name.startswith("output/")
    }


def _without_chance(said: str) -> list[str]:
    """What is said, but for how long it took, and which of the letters was made first."""
    lines = re.sub(r"(?<=, in )[0-9.min ]+(?= s\.)", "…", said).splitlines()
    written = iter(sorted(line for line in lines if line.startswith("written  ")))
    return [next(written) if line.startswith("written  ") else line for line in lines]


def test_the_page_on_the_data_format_is_not_out_of_date() -> None:
    edition, problems = read_edition(Workspace(ROOT).edition())
    assert problems == []
    assert edition is not None

    page = format_page(authority_schema(edition), edition_schema(), edition.year)

    assert (ROOT / "docs/data-format.md").read_text() == page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|http:)([^)#]+)\)", page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_page_on_licences_names_every_part_that_is_installed_and_every_folder_there_is() -> (
    None
):
    page = (ROOT / "docs/licensing.md").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    needed = [*project["dependencies"], *(each for extra in extras for each in extra)]
    names = {re.split(r"[^\w.-]", each)[0] for each in needed} - {project["name"]}
    folders = re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)

    assert {name for name in names if name not in page and not name.startswith("types-")} == set()
    assert len(folders) > 4
    assert [f for f in folders if not (f == "output/2018/" or (ROOT / f).is_dir())] == []


RECIPES = dict(
    re.findall(r"^\| (.+) \| (.*/.*) \|$", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
)


@pytest.mark.parametrize("what", RECIPES)
def test_what_a_recipe_names_is_there(what: str) -> None:
    """Its files, and in one of them each name of code."""
    quoted = re.findall(r"`([^`(]+)[^`]*`", RECIPES[what])
    paths = [_named(name) for name in quoted if re.fullmatch(r"[\w./-]+(\.[a-z]{2,4}|/)", name)]
    names = [name for name in quoted if re.fullmatch(r"@\w+|[\w.]*[A-Z][\w.]*", name)]
    code = "".join(path.read_text() for path in paths if path.suffix == ".py")

    assert paths
    assert [
        name for name in names if not re.search(rf"\b{name.split('.')[-1].lstrip('@')}\b", code)
    ] == []


def _named(name: str) -> Path:
    """The file or folder that a page names, from the top or within the program."""
    found = [path for path in (ROOT / name, ROOT / "generator" / name) if path.exists()]
    if "/" not in name:
        found += [*(ROOT / "generator").rglob(name), *(ROOT / "data").rglob(name)]
    assert found, f"there is no {name}"
    return found[0]
