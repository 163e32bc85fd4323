import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from generator.batch.job import Job, RenderedLetter, jobs_of, make
from generator.preview.background_tasks import RenderProcess
from generator.project.load_edition import load_edition
from tests.borsetshire import build_tree, slow_for
from tests.faults.processes import wait_until

pytestmark = pytest.mark.processes

SLUG = "ambridge-district-council"


@pytest.fixture
def printer() -> Iterator[RenderProcess]:
    opened = RenderProcess()
    yield opened
    opened.close()


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return jobs_of(load_edition(build_tree(tmp_path)))(SLUG)


@pytest.fixture
def endless(tmp_path: Path) -> Job:
    """A letter that would take years."""
    files = {"templates/letter.html.jinja": slow_for("ambridge", loops=9)}
    return jobs_of(load_edition(build_tree(tmp_path / "slow", files)))(SLUG)


def _process(printer: RenderProcess) -> int:
    assert printer._worker is not None
    pid = printer._worker.process.pid
    assert pid is not None
    return pid


def test_it_makes_what_build_makes(printer: RenderProcess, job: Job) -> None:
    assert printer.render(job) == make(job)


def test_one_process_makes_one_letter_after_another(printer: RenderProcess, job: Job) -> None:
    made = [printer.render(job)]
    first = _process(printer)

    made.append(printer.render(job))

    assert made[0] == made[1]
    assert _process(printer) == first


@pytest.mark.thorough
def test_a_letter_that_cannot_be_made_says_why_and_the_next_is_made(
    printer: RenderProcess, job: Job
) -> None:
    wrong = replace(job, engine="another")

    made = printer.render(wrong)

    assert made is not None
    assert made.contents == {}
    assert [p.message.partition(":")[0] for p in made.problems] == [
        "the worker's versions differ from those of the computer that asks"
    ]
    assert printer.render(job) == make(job)


@pytest.mark.thorough
def test_a_process_that_was_killed_between_two_letters_is_replaced(
    printer: RenderProcess, job: Job
) -> None:
    printer.render(job)
    os.kill(_process(printer), signal.SIGKILL)

    assert printer.render(job) == make(job)


def test_a_process_that_is_killed_once_costs_nothing_but_time(
    printer: RenderProcess, endless: Job
) -> None:
    printed = _in_a_thread(printer, endless)
    first = _busy(printer)
    os.kill(first, signal.SIGKILL)

    wait_until(lambda: printer._worker is not None and _process_or_none(printer) != first)

    assert not printed.done.is_set()


def test_a_letter_whose_process_is_killed_again_is_told_so(
    printer: RenderProcess, endless: Job
) -> None:
    printed = _in_a_thread(printer, endless)
    first = _busy(printer)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: (_process_or_none(printer) or first) != first)
    os.kill(_busy(printer), signal.SIGKILL)

    assert printed.done.wait(60)
    assert printed.made is not None
    assert [problem.message for problem in printed.made.problems] == [
        "the process that was making it was killed (SIGKILL), perhaps out of memory; build it again"
    ]


def test_a_letter_that_hangs_is_given_up_with_its_process(endless: Job) -> None:
    printer = RenderProcess(time_limit_s=0.2)
    try:
        made = printer.render(endless)
        assert made is not None
        assert [problem.message for problem in made.problems] == [
            "took longer than 0.2 seconds and was stopped; --time-limit SECONDS allows more"
        ]
        assert printer._worker is None
    finally:
        printer.close()


def test_when_it_is_closed_in_the_middle_of_a_letter_nothing_comes_of_it(
    printer: RenderProcess, endless: Job
) -> None:
    printed = _in_a_thread(printer, endless)
    process = _busy(printer)

    printer.close()

    assert printed.done.wait(60)
    assert printed.made is None
    assert not Path(f"/proc/{process}").exists()
    assert printer.render(endless) is None


def test_when_it_is_closed_while_a_process_is_started_that_is_ended_too(
    printer: RenderProcess, endless: Job
) -> None:
    printed = _in_a_thread(printer, endless)

    printer.close()

    assert printed.done.wait(60)
    assert printed.made is None
    assert printer._worker is None


@pytest.mark.thorough
def test_it_may_be_closed_twice(printer: RenderProcess, job: Job) -> None:
    printer.render(job)
    printer.close()
    printer.close()

    assert not Path(printer._scratch).exists()


# --- How these tests look inside --------------------------------------------------------------


class _Printed:
    """What comes of a letter that is printed in a thread."""

    def __init__(self) -> None:
        self.done = Event()
        self.made: RenderedLetter | None = None


def _in_a_thread(printer: RenderProcess, job: Job) -> _Printed:
    printed = _Printed()

    def work() -> None:
        printed.made = printer.render(job)
        printed.done.set()

    Thread(target=work, daemon=True).start()
    return printed


def _process_or_none(printer: RenderProcess) -> int | None:
    worker = printer._worker
    try:
        return worker.process.pid if worker is not None else None
    except ValueError:  # dismissed meanwhile, in the printer's own thread
        return None


def _busy(printer: RenderProcess) -> int:
    """Wait until a process was given its letter; which one it is."""
    wait_until(lambda: (worker := printer._worker) is not None and worker.letters == 1)
    return _process(printer)
