"""An edition in two languages through the commands: two letters of each authority, or neither."""

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from generator import cli
from generator.batch.job import Job, RenderedLetter, jobs_of
from generator.batch.run import ManifestWriter, execute_plan
from generator.outputs.manifest import Manifest
from generator.outputs.plan import inspect_outputs
from generator.problems import Place, Problem
from generator.processes.cancellation import Cancellation
from tests.bilingual import AUTHORITIES, INSERTS, SECTIONS, A, G, P, Y, bilingual, loaded
from tests.commands.conftest import Run

PAIRS = [name for slug in (A, G, P, Y) for name in (slug, f"{slug}.cy")]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The letters of the example, made once."""
    folder = tmp_path_factory.mktemp("pairs")
    bilingual(folder)
    assert cli.run(["build", "--quiet", "--jobs", "1", "--workspace", str(folder)]) == 0
    return folder / "output"


@pytest.fixture
def pairs(run: Run, made: Path, tmp_path: Path) -> Run:
    bilingual(tmp_path)
    shutil.copytree(made, tmp_path / "output")
    return run


@pytest.mark.processes
def test_each_authority_has_a_letter_in_each_language(pairs: Run, tmp_path: Path) -> None:
    output = tmp_path / "output/2025"

    for folder in ("pdf", "html", "text"):
        assert sorted(path.stem for path in (output / folder).iterdir()) == sorted(PAIRS)
    assert '<html lang="cy"' in (output / f"html/{A}.cy.html").read_text()
    assert pairs("verify").out == "8 letters proven.\n"
    assert "8 letters: 8 unchanged" in pairs("build").out
    page = (output / "index.html").read_text()
    assert "Aberwen Council (en-GB)" in page
    assert "Cyngor Aberwen (cy)" in page


@pytest.mark.processes
def test_a_program_is_told_the_language_of_each(pairs: Run) -> None:
    letters = pairs("list", "aberwen", "--json").json["letters"]

    assert [(each["slug"], each["language"], each["name"]) for each in letters] == [
        (A, "en-GB", "Aberwen Council"),
        (f"{A}.cy", "cy", "Cyngor Aberwen"),
    ]


@pytest.mark.processes
def test_one_problem_holds_up_both_and_no_others(pairs: Run, tmp_path: Path) -> None:
    file = tmp_path / AUTHORITIES / f"{A}.yaml"
    file.write_text(file.read_text().replace(", cy: Prif Weithredwr", ""))

    said = pairs("build", f"{A}.cy", "glanmor")

    assert said.code == 1
    assert "4 letters: 2 unchanged, 2 failed" in said.out


@pytest.mark.processes
def test_a_word_in_one_language_makes_that_letter_again(pairs: Run, tmp_path: Path) -> None:
    file = tmp_path / SECTIONS / "this-letter.cy.md"
    file.write_text(file.read_text().replace("Rwy'n", "Rydym yn"))

    plan = pairs("build", "aberwen", "--dry-run").out

    assert f"to write   {A}.cy: wording changed" in plan
    assert "2 letters: 1 to write, 1 unchanged" in plan


@pytest.mark.processes
def test_of_a_pair_of_which_one_fails_neither_is_written(tmp_path: Path) -> None:
    edition = loaded(tmp_path)
    folder = tmp_path / "output/2025"
    folder.mkdir(parents=True)
    found = inspect_outputs(edition, folder)

    def executor(jobs: Iterable[Job], _stop: Cancellation) -> Iterator[RenderedLetter]:
        for job in jobs:
            if job.letter.slug == f"{A}.cy":
                problem = Problem(Place(edition.files[A]), "it does not read back", "read back")
                yield RenderedLetter(job.letter.slug, problems=(problem,))
            else:
                yield RenderedLetter(job.letter.slug, {"pdf": b"1", "html": b"2", "text": b"3"}, 1)

    steps = [found.steps[slug] for slug in (A, f"{A}.cy", G, f"{G}.cy")]
    writer = ManifestWriter(folder, Manifest(2025))
    results = {
        result.slug: result.status
        for result in execute_plan(
            *(steps, found.inputs, jobs_of(edition), executor, writer),
            stop=Cancellation(),
        )
    }

    assert results == {A: "failed", f"{A}.cy": "failed", G: "written", f"{G}.cy": "written"}
    assert sorted(path.name for path in (folder / "pdf").iterdir()) == [f"{G}.cy.pdf", f"{G}.pdf"]


@pytest.mark.processes
def test_a_figure_is_followed_into_both_letters(pairs: Run) -> None:
    said = pairs("trace", "aberwen", "decided.upheld").out

    assert f"{A}.pdf, page 1: the-year/3, as six" in said
    assert f"{A}.cy.pdf, page 1: the-year/3, as chwech" in said


def test_figures_are_exported_once(run: Run, tmp_path: Path) -> None:
    bilingual(tmp_path)

    assert "4 authorities exported" in run("export").out
    text = (tmp_path / "output/2025/figures.csv").read_text()
    assert text.count("aberwen-council,received,housing") == 1


@pytest.mark.processes
def test_a_new_name_is_that_in_the_first_language(pairs: Run, tmp_path: Path) -> None:
    said = pairs("rename", A, "Aberwen City Council")

    assert "name      still Cyngor Aberwen in cy" in said.out
    file = tmp_path / AUTHORITIES / "aberwen-city-council.yaml"
    assert "name: {en-GB: Aberwen City Council, cy: Cyngor Aberwen}" in file.read_text()
    assert not list((tmp_path / "output/2025/pdf").glob(f"{A}*"))


def test_an_import_changes_the_first_language_and_says_so(run: Run, tmp_path: Path) -> None:
    bilingual(tmp_path)
    table = tmp_path / "people.csv"
    table.write_text("Authority,Chief Executive,Office\nCyngor Glanmor,Idris Llwyn,Director\n")

    said = run("import", str(table), "--apply")

    assert "addressee.office: changed in en-GB only; update glanmor-council.yaml" in said.err
    text = (tmp_path / AUTHORITIES / f"{G}.yaml").read_text()
    assert "office: {en-GB: Director, cy: Prif Weithredwr}" in text


def test_next_years_edition_has_the_wording_of_all_languages(run: Run, tmp_path: Path) -> None:
    bilingual(tmp_path)

    assert run("new-edition", "2026").code == 0

    for folder in (SECTIONS, INSERTS):
        now = {path.name for path in (tmp_path / folder).iterdir()}
        assert {p.name for p in (tmp_path / folder.replace("2025", "2026")).iterdir()} == now


def test_letters_are_compared_in_their_own_language(run: Run, tmp_path: Path) -> None:
    bilingual(tmp_path)
    run("new-edition", "2026")
    file = tmp_path / SECTIONS.replace("2025", "2026") / "this-letter.cy.md"
    file.write_text(file.read_text().replace("Rwy'n", "Rydym yn"))

    said = run("diff", "--json").json

    assert said["new"] == said["gone"] == []
    words = [c for letter in said["letters"] for c in letter["changes"] if c["cause"] == "wording"]
    assert "Rydym yn" in json.dumps(words)
    assert {each["slug"] for each in said["letters"]} == set(PAIRS)


@pytest.mark.processes
def test_a_language_that_is_new_this_year_is_told(pairs: Run, tmp_path: Path) -> None:
    then = tmp_path / "then"
    shutil.copytree(
        tmp_path / "output/2025/pdf",
        then,
        ignore=lambda _, names: [name for name in names if ".cy." in name],
    )

    said = pairs("diff", "--against", str(then), "--json").json

    assert said["against"].endswith("; none of them in cy")
    assert said["new"] == [f"{slug}.cy" for slug in (A, G, P, Y)]
    assert [each["slug"] for each in said["letters"] if each["changes"]] == []
    assert said["gone"] == []


@pytest.mark.processes
def test_a_pair_of_which_one_was_exchanged_is_not_proven(pairs: Run, tmp_path: Path) -> None:
    other = tmp_path / "other"
    bilingual(
        other,
        {f"{AUTHORITIES}/{P}.yaml": ("upheld: 0\n  not_upheld: 0", "upheld: 1\n  not_upheld: 0")},
    )
    assert cli.run(["build", P, "--quiet", "--jobs", "1", "--workspace", str(other)]) == 0
    name = f"output/2025/pdf/{P}.cy.pdf"
    shutil.copy(other / name, tmp_path / name)

    said = pairs("verify", "porthwyll")

    figure = "decided.upheld in the table decided"
    assert said.code == 1
    assert f'unlike pair: {figure} is "0" in en-GB, but "1" in cy' in said.err
