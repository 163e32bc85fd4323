"""The documents say what is so: commands are run, links followed, generated pages made again."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from generator.commands.commands_page import commands_page
from generator.edition.load import read_edition
from generator.edition.schemas import authority_schema, edition_schema, format_page
from generator.workspace import EXAMPLES, Workspace
from tests.borsetshire import ROOT
from tests.walkthrough import carried_out, shown_of, walked_pages, without_chance

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


WALKED = walked_pages()


@pytest.mark.thorough
@pytest.mark.processes
@pytest.mark.parametrize("page", WALKED, ids=lambda page: page.stem)
def test_what_a_page_has_one_type_and_edit_is_answered_as_it_says(
    page: Path, tmp_path: Path
) -> None:
    answers = list(carried_out(page.read_text(), tmp_path))

    assert len(answers) > 1
    for said in answers:
        if said.block is None:
            assert said.succeeded, said.actual
        else:
            expected = without_chance(said.block.content)
            assert shown_of(without_chance(said.actual), expected) == expected


def test_every_how_to_is_carried_out() -> None:
    how_tos = {page for page in PAGES if page.parent.name == "how-to" and page.stem != "README"}

    assert how_tos - {*WALKED} == set()
    assert len(how_tos) > 10
    assert {page.stem for page in WALKED} >= {"README", "start-here", "the-year"}


def test_the_page_on_the_data_format_is_not_out_of_date() -> None:
    edition, problems = read_edition(Workspace(ROOT).edition())
    assert problems == []
    assert edition is not None

    page = format_page(authority_schema(edition), edition_schema(), edition.year)

    assert (ROOT / "docs/data-format.md").read_text() == page


def test_the_page_of_commands_is_not_out_of_date() -> None:
    assert (ROOT / "docs/commands.md").read_text() == commands_page()


def test_what_the_architecture_does_from_python_makes_a_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs/architecture.md").read_text()
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    shutil.copytree(EXAMPLES / "borsetshire", tmp_path / "practice")
    monkeypatch.chdir(tmp_path)

    exec(program, {})

    assert (tmp_path / "felpersham.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_the_list_of_decisions_has_each_by_its_title() -> None:
    listed = re.findall(
        r"^- \[(.+)\]\((.+)\)$", (ROOT / "docs/decisions/README.md").read_text(), re.M
    )
    titles = {
        path.name: path.read_text().partition("\n")[0].removeprefix("# ")
        for path in (ROOT / "docs/decisions").glob("0*.md")
    }

    assert {name: title for title, name in listed} == titles


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
