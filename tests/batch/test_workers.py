"""Worker processes make the same letters as one process does, each once, and none is left."""

import os
from collections.abc import Generator, Iterator
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from generator.batch import workers
from generator.batch.job import Job, RenderedLetter, jobs_of, make
from generator.batch.workers import render_all
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import LoadedEdition, load_edition
from tests.batch.executors import build
from tests.batch.stuck import unreadable
from tests.borsetshire import authority, build_tree, unprintable_for

pytestmark = pytest.mark.processes

PARISHES = [f"parish-{number}" for number in range(4)]
make_by_two = partial(render_all, workers=2, time_limit_s=60)


@pytest.fixture
def loaded(tmp_path: Path) -> LoadedEdition:
    return load_edition(
        build_tree(
            tmp_path,
            {f"data/2031/authorities/{slug}.yaml": authority(slug.title()) for slug in PARISHES},
        )
    )


@pytest.fixture
def jobs(loaded: LoadedEdition) -> list[Job]:
    return [jobs_of(loaded)(slug) for slug in PARISHES]


@pytest.fixture
def stop() -> Iterator[Cancellation]:
    stop = Cancellation()
    yield stop
    stop.close()


def by_slug(made: list[RenderedLetter]) -> dict[str, RenderedLetter]:
    return {each.slug: each for each in made}


@pytest.mark.parametrize(
    "number", [2, *(pytest.param(other, marks=pytest.mark.thorough) for other in (1, 10))]
)
def test_every_letter_is_made_once_and_as_it_is_made_here(
    number: int, jobs: list[Job], stop: Cancellation
) -> None:
    made = list(render_all(jobs[:3], stop, workers=number, time_limit_s=60))

    assert sorted(each.slug for each in made) == PARISHES[:3]
    assert by_slug(made) == {job.letter.slug: make(job) for job in jobs[:3]}
    assert all(each.contents["pdf"].startswith(b"%PDF-") for each in made)
    assert active_children() == []


@pytest.mark.thorough
def test_a_whole_build_gives_the_same_files(loaded: LoadedEdition, tmp_path: Path) -> None:
    here, by_two = tmp_path / "here", tmp_path / "by-two"

    build(loaded, here, slugs=PARISHES[:3])
    build(loaded, by_two, make_by_two, slugs=PARISHES[:3])

    def files(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in folder.glob("*/*.*")}

    assert len(files(here)) == 9
    assert files(by_two) == files(here)
    assert (by_two / "manifest.json").read_bytes() == (here / "manifest.json").read_bytes()


@pytest.mark.thorough
def test_one_worker_makes_them_in_their_order(jobs: list[Job], stop: Cancellation) -> None:
    made = render_all(jobs[:3], stop, workers=1, time_limit_s=60)

    assert [each.slug for each in made] == PARISHES[:3]


def test_without_letters_there_are_no_workers(stop: Cancellation) -> None:
    assert list(make_by_two([], stop)) == []


@pytest.mark.thorough
def test_letters_are_taken_only_when_somebody_is_free(jobs: list[Job], stop: Cancellation) -> None:
    """So that a plan of thousands is not held ready in memory."""
    taken = []

    def one_by_one() -> Iterator[Job]:
        for job in jobs:
            taken.append(job.letter.slug)
            yield job

    making = make_by_two(one_by_one(), stop)

    next(making)

    assert taken == PARISHES[:3]
    assert isinstance(making, Generator)
    making.close()


@pytest.mark.parametrize(
    "small",
    [
        pytest.param(0, id="is sent later", marks=pytest.mark.thorough),
        pytest.param(workers._SMALL, id="is there already"),
    ],
)
def test_a_worker_that_dies_costs_no_letter_that_waits_behind_another(
    small: int, jobs: list[Job], stop: Cancellation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_SMALL", small)
    jobs[2] = unreadable(jobs[2])

    made = list(render_all(jobs, stop, workers=1, time_limit_s=60))

    assert [each.slug for each in made] == PARISHES
    assert [bool(each.problems) for each in made] == [False, False, True, False]


@pytest.mark.thorough
def test_a_letter_that_cannot_be_made_costs_no_other(tmp_path: Path, stop: Cancellation) -> None:
    path = "data/2031/authorities/ambridge-district-council.yaml"
    template = {"templates/letter.html.jinja": unprintable_for("ambridge")}
    loaded = load_edition(build_tree(tmp_path, template))
    jobs = map(jobs_of(loaded), loaded.slugs)

    done = by_slug(list(make_by_two(jobs, stop)))
    failed, made = (done[slug] for slug in loaded.slugs)

    assert (failed.contents, made.problems) == ({}, ())
    assert [problem.where for problem in failed.problems] == ["pdf"]
    assert failed.problems[0].place.path == tmp_path / path


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_asked_to_stop_it_ends_early_and_leaves_no_process(
    jobs: list[Job], stop: Cancellation
) -> None:
    making = make_by_two(jobs, stop)

    first = next(making)
    at_work = [child.pid for child in active_children() if child.pid is not None]
    stop.request()
    others = list(making)

    assert first.slug in PARISHES
    assert len(others) <= 1  # who has finished at the same moment is heard
    assert len(at_work) == 2
    assert [process for process in at_work if is_there(process)] == []


def test_asked_before_it_begins_it_makes_nothing(jobs: list[Job], stop: Cancellation) -> None:
    stop.request()

    assert list(make_by_two(jobs, stop)) == []
    assert active_children() == []


def test_whoever_wants_no_more_letters_leaves_no_process(
    jobs: list[Job], stop: Cancellation
) -> None:
    making = make_by_two(jobs, stop)
    next(making)
    at_work = [child.pid for child in active_children() if child.pid is not None]

    assert isinstance(making, Generator)
    making.close()

    assert len(at_work) == 2
    assert [process for process in at_work if is_there(process)] == []


def test_an_error_on_this_side_leaves_no_process(jobs: list[Job], stop: Cancellation) -> None:
    def broken() -> Iterator[Job]:
        yield jobs[0]
        raise ValueError("of the one who plans")

    with pytest.raises(ValueError, match="of the one who plans"):
        list(make_by_two(broken(), stop))

    assert active_children() == []
