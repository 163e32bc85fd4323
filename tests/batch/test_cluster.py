"""Letters made by a Dask cluster: a real scheduler and two real worker processes."""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from generator.batch.build_letters import BuildRequest, build_letters
from generator.batch.cluster import cluster_at
from generator.batch.job import Job, RenderedLetter, jobs_of, make
from generator.batch.run import LetterExecutor, Result
from generator.outputs.manifest import letters_in
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import LoadedEdition, load_edition
from generator.workspace import UsageError
from tests.batch.executors import build
from tests.batch.stuck import never_handed_over, never_made, unreadable
from tests.borsetshire import AMBRIDGE, ROOT, build_tree

pytestmark = pytest.mark.processes

PARISHES = [f"parish-{number:02}" for number in range(12)]


class Cluster:
    """A scheduler and two workers, each with a nanny that starts it anew when it dies."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        self._folder = folder
        self._programs = [self._start("scheduler", "--host", "127.0.0.1", "--port", "0")]
        self.wait(self._file.exists)
        self.workers = [self._start("worker", "--nworkers", "1", "--nthreads", "1") for _ in "12"]
        self._programs += self.workers
        self.address = json.loads(self._file.read_text())["address"]

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
        command += ["--scheduler-file", str(self._file)]
        log = (self._folder / f"{words[0]}.log").open("ab")
        with log:
            return subprocess.Popen(
                command,
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},  # for the letters of tests/batch/stuck
                stdout=log,
                stderr=log,
            )

    @staticmethod
    def wait(until: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not until():
            assert time.monotonic() < end, "the cluster did not get ready in a minute"
            time.sleep(0.05)

    def lose(self) -> None:
        """Kill the scheduler."""
        self._programs[0].kill()

    def stop(self) -> None:
        for program in self._programs:
            program.kill()  # at once; a worker whose nanny has gone ends by itself
            program.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        Cluster.wait(lambda: worker_pids(started.address, 2) != [])
        yield started
    finally:
        started.stop()


def worker_pids(address: str, number: int) -> list[int]:
    """The processes of the workers that make letters, once there are so many."""
    import distributed

    with distributed.Client(address, set_as_default=False) as client:
        pids = list(client.run(os.getpid).values())
    return pids if len(pids) == number else []


def workers_of(address: str) -> set[str]:
    """The addresses of the workers; one that was started anew has another."""
    import distributed

    with distributed.Client(address, set_as_default=False) as client:
        return set(client.nthreads())


@pytest.fixture
def loaded(tmp_path: Path) -> LoadedEdition:
    files = {
        f"data/2031/authorities/{slug}.yaml": AMBRIDGE.replace("Ambridge District", f"P{slug[1:]}")
        for slug in PARISHES
    }
    return load_edition(build_tree(tmp_path, files))


def made_by(
    executor: LetterExecutor,
    loaded: LoadedEdition,
    folder: Path,
    watch: Callable[[Result], None],
    slugs: Sequence[str] = (),
) -> list[Result]:
    """What comes of these letters, or all."""
    with open_stop() as stop:
        return build_letters(
            loaded,
            BuildRequest(slugs or loaded.slugs),
            folder,
            executor,
            stop,
            begin=lambda _steps: None,
            done=watch,
        ).results


def open_stop() -> AbstractContextManager[Cancellation]:
    return closing(Cancellation())


def contents(folder: Path) -> dict[str, bytes]:
    names = [name for names in letters_in(folder).values() for name in names]
    return {name: (folder / name).read_bytes() for name in names}


@pytest.mark.thorough
def test_a_cluster_makes_the_same_bytes_as_this_machine(
    cluster: Cluster, loaded: LoadedEdition, tmp_path: Path
) -> None:
    few = loaded.slugs[-3:]
    build(loaded, tmp_path / "here", slugs=few)

    with cluster_at(cluster.address, 60) as executor:
        results = made_by(executor, loaded, tmp_path / "there", lambda _result: None, few)

    assert [(result.slug, result.status) for result in results] == [(s, "written") for s in few]
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert (tmp_path / "there/manifest.json").read_bytes() == (
        tmp_path / "here/manifest.json"
    ).read_bytes()


@pytest.mark.thorough
def test_a_worker_that_is_killed_midway_costs_no_letter(
    cluster: Cluster, loaded: LoadedEdition, tmp_path: Path
) -> None:
    Cluster.wait(lambda: worker_pids(cluster.address, 2) != [])
    one, _ = worker_pids(cluster.address, 2)
    done: list[str] = []

    def kill_one(result: Result) -> None:
        done.append(result.slug)
        if len(done) == 3:
            os.kill(one, signal.SIGKILL)

    with cluster_at(cluster.address, 60) as executor:
        results = made_by(executor, loaded, tmp_path / "there", kill_one)

    assert [(r.slug, r.status) for r in results] == [(s, "written") for s in loaded.slugs]
    build(loaded, tmp_path / "here")
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


@pytest.mark.thorough
def test_a_stuck_worker_is_replaced_and_costs_the_letter_it_is_stuck_in_alone(
    cluster: Cluster, loaded: LoadedEdition, tmp_path: Path
) -> None:
    """One worker never ends making its letter; the other has made its own, and stops with it."""
    Cluster.wait(lambda: worker_pids(cluster.address, 2) != [])
    before = workers_of(cluster.address)
    jobs = list(map(jobs_of(loaded), loaded.slugs))
    jobs[0] = never_made(jobs[0])
    jobs[1] = never_handed_over(jobs[1], tmp_path / "stopped")

    with open_stop() as stop, cluster_at(cluster.address, 15) as executor:
        made = {letter.slug: letter for letter in executor(jobs, stop)}

    assert (tmp_path / "stopped").exists()
    assert {slug: [p.message for p in letter.problems] for slug, letter in made.items()} == {
        **{slug: [] for slug in loaded.slugs},
        loaded.slugs[0]: ["took longer than 15 seconds; --time-limit SECONDS allows more"],
    }
    assert made[loaded.slugs[1]] == make(jobs_of(loaded)(loaded.slugs[1]))
    Cluster.wait(lambda: len(now := workers_of(cluster.address)) == 2 and not now & before)

    with cluster_at(cluster.address, 60) as executor:
        made_by(executor, loaded, tmp_path / "there", lambda _result: None)
    build(loaded, tmp_path / "here")
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


@pytest.mark.thorough
def test_one_bad_letter_of_a_bundle_fails_alone(cluster: Cluster, loaded: LoadedEdition) -> None:
    """Its worker gives up the whole bundle; each of the others then goes by itself."""
    Cluster.wait(lambda: worker_pids(cluster.address, 2) != [])
    jobs = list(map(jobs_of(loaded), loaded.slugs))
    jobs[1] = unreadable(jobs[1])

    with open_stop() as stop, cluster_at(cluster.address, 60) as executor:
        made = {each.slug: [p.message for p in each.problems] for each in executor(jobs, stop)}

    (said,) = made.pop(loaded.slugs[1])
    assert said.startswith("the cluster could not make it: Error during deserialization")
    assert made == {slug: [] for slug in loaded.slugs if slug != loaded.slugs[1]}


@pytest.mark.thorough
def test_two_runs_at_once_do_not_get_each_others_letters(cluster: Cluster, tmp_path: Path) -> None:
    Cluster.wait(lambda: worker_pids(cluster.address, 2) != [])
    slug = "ambridge-district-council"
    corrected = {f"data/2031/authorities/{slug}.yaml": AMBRIDGE.replace("14", "99")}
    editions = [build_tree(tmp_path / "one"), build_tree(tmp_path / "other", corrected)]
    jobs = [jobs_of(load_edition(each))(slug) for each in editions]

    def made_there(job: Job) -> list[RenderedLetter]:
        with open_stop() as stop, cluster_at(cluster.address, 60) as executor:
            return list(executor([job], stop))

    with ThreadPoolExecutor() as threads:
        made = list(threads.map(made_there, jobs))

    assert made == [[make(job)] for job in jobs]
    assert made[0] != made[1]


@pytest.mark.thorough
def test_a_scheduler_that_is_lost_costs_what_was_in_hand_and_the_rest_is_not_tried(
    loaded: LoadedEdition, tmp_path: Path
) -> None:
    lost = Cluster(tmp_path)
    try:
        Cluster.wait(lambda: worker_pids(lost.address, 2) != [])
        with cluster_at(lost.address, 60) as executor:
            results = made_by(executor, loaded, tmp_path / "there", lambda _result: lost.lose())
    finally:
        lost.stop()

    reasons = {
        "written": {"new"},
        "failed": {"the connection to the cluster was lost; build it again"},
        "skipped": {"not reached"},
    }
    assert [result.slug for result in results] == loaded.slugs
    assert {r.status for r in results} == reasons.keys()
    assert all(result.reason in reasons[result.status] for result in results)

    build(loaded, tmp_path / "there")
    build(loaded, tmp_path / "here")
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


@pytest.mark.thorough
def test_asked_to_stop_it_gives_out_no_more_letters(
    cluster: Cluster, loaded: LoadedEdition
) -> None:
    jobs = map(jobs_of(loaded), loaded.slugs)

    with open_stop() as stop, cluster_at(cluster.address, 60) as executor:
        made = []
        for letter in executor(jobs, stop):
            made.append(letter.slug)
            if not stop.requested:  # what came back with it is kept, too
                stop.request()

    assert len(made) < len(loaded.slugs)


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "tcp://",
        pytest.param("tcp://127.0.0.1:1", marks=pytest.mark.thorough),  # it is tried for 5 seconds
    ],
)
def test_no_cluster_is_a_wrong_use_and_is_said_so(address: str) -> None:
    with pytest.raises(UsageError, match=f"^No Dask scheduler answers at {address}"):
        cluster_at(address, 60).__enter__()
    gc.collect()  # what is left of the client ends here, and not in the middle of the next start
