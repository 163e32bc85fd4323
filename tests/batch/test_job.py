"""A job carries all that is needed to make a letter, wherever that is done."""

import io
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from generator.batch.job import Job, jobs_of, make, renderer_for
from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE, EDITION, ROOT, build_tree, unprintable_for

A = "ambridge-district-council"
A_FILE = f"data/2031/authorities/{A}.yaml"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return jobs_of(load_edition(build_tree(tmp_path)))(A)


def test_it_is_made_in_three_forms_and_its_pages_are_counted(job: Job, tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))
    renderer, letter = renderer_for(loaded), loaded.letters[A].letter
    assert renderer is not None

    made = make(job)

    assert (made.slug, made.problems) == (A, ())
    assert made.contents == {
        "pdf": renderer.pdf(letter),
        "html": renderer.html(letter),
        "text": renderer.text(letter),
    }
    with pikepdf.open(io.BytesIO(made.contents["pdf"])) as document:
        assert made.pages == len(document.pages) == 2


NOTHING = AMBRIDGE.replace("not_upheld: 5, upheld: 3", "not_upheld: 0, upheld: 0")
TOO_LONG = {
    "for a rate of nothing": (
        "of: [not_upheld, upheld]",
        f"of: [upheld, not_upheld], none: {'M' * 30}",
    ),
    "in a label": ("Uphold Rate", f"Rate {'M' * 30}"),
    "in a head": ("under: Investigations, percent", f"under: {'M' * 60}, percent"),
}


@pytest.mark.parametrize(("old", "new"), TOO_LONG.values(), ids=TOO_LONG)
def test_a_word_of_the_edition_that_is_too_long_for_its_cell_is_told_there(
    tmp_path: Path, old: str, new: str
) -> None:
    edition = EDITION.replace(old, new)
    assert edition != EDITION
    loaded = load_edition(
        build_tree(tmp_path, {"data/2031/edition.yaml": edition, A_FILE: NOTHING})
    )

    problems = make(jobs_of(loaded)(A)).problems

    assert {problem.place.path.name for problem in problems} == {"edition.yaml"}
    column = edition[: edition.index("percent: upheld")]
    assert {problem.place.line for problem in problems} == {column.count("\n") + 1}


@pytest.mark.thorough
@pytest.mark.processes
def test_it_can_be_sent_to_where_the_workspace_is_not(job: Job, tmp_path: Path) -> None:
    """Another process, in another folder, of an edition that is no longer there."""
    (tmp_path / "job").write_bytes(pickle.dumps(job))
    for name in ("data", "templates"):
        (tmp_path / name).rename(tmp_path / f"{name}-moved")
    script = (
        "import pickle, sys; from pathlib import Path; from generator.batch.job import make\n"
        "made = make(pickle.loads(Path('job').read_bytes()))\n"
        "Path('made').write_bytes(pickle.dumps(made))\n"
    )
    subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        check=True,
    )

    assert pickle.loads((tmp_path / "made").read_bytes()) == make(job)


def test_a_worker_with_another_engine_makes_nothing(job: Job) -> None:
    made = make(replace(job, engine="of another machine"))

    assert made.contents == {}
    (problem,) = made.problems
    assert (problem.place, problem.where) == (job.place, "pdf")
    assert problem.message.startswith(
        "the worker's versions differ from those of the computer that asks: "
    )
    assert "weasyprint 70.0" in problem.message


def test_why_a_letter_cannot_be_made_is_what_comes_of_it(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, {"templates/letter.html.jinja": unprintable_for(A)}))

    made = make(jobs_of(loaded)(A))

    assert made.contents == {}
    assert [(p.place.path, p.where) for p in made.problems] == [(tmp_path / A_FILE, "pdf")]


def test_the_second_letter_is_made_from_the_first_unless_each_shall_be_laid_out(
    tmp_path: Path,
) -> None:
    renamed = AMBRIDGE.replace("Ambridge District", "Edgeley District")
    loaded = load_edition(build_tree(tmp_path, {"data/2031/authorities/edgeley.yaml": renamed}))
    by_shape, in_full = jobs_of(loaded), jobs_of(loaded, full_render=True)

    first, second = make(by_shape(A)), make(by_shape("edgeley"))

    assert (first.why_in_full, second.why_in_full) == ("it is the first of its shape", "")
    other = make(in_full("edgeley"))
    assert other.why_in_full != ""
    assert other.contents == second.contents


def test_a_mistake_of_ours_is_told_as_one(job: Job) -> None:
    made = make(replace(job, letter=replace(job.letter, blocks=())))

    assert made.contents == {}
    assert made.problems[0].message.startswith("internal error (")
    assert made.problems[0].place == job.place
