"""Executors for tests: letters made in this process, one by one."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.batch.build_letters import BuildRequest, Outcome, build_letters, check_pages
from generator.batch.job import Job, RenderedLetter, jobs_of, make
from generator.batch.run import LetterExecutor, Result
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import LoadedEdition


def make_here(jobs: Iterable[Job], stop: Cancellation) -> Iterator[RenderedLetter]:
    """Make the letters in this process, in their order, by the same job as everywhere."""
    for job in jobs:
        if stop.requested:
            return
        yield make(job)


def type_here(jobs: Iterable[Job], stop: Cancellation) -> Iterator[RenderedLetter]:
    """Give the letters' words for their files, where it matters when and not what is written."""
    for job in jobs:
        if stop.requested:
            return
        yield typed(job)


def typed(job: Job) -> RenderedLetter:
    """A letter whose files hold its words."""
    content = job.letter.text.encode()
    contents = dict.fromkeys(("pdf", "html", "text"), content)
    return RenderedLetter(job.letter.slug, contents, 1, conformance="typed")


def build(
    loaded: LoadedEdition,
    folder: Path,
    executor: LetterExecutor = make_here,
    *,
    slugs: Sequence[str] | None = None,
    **asked: bool,
) -> Outcome:
    """Build these letters of an edition, or all, into a folder."""
    stop = Cancellation()
    try:
        return build_letters(
            loaded,
            BuildRequest(loaded.slugs if slugs is None else slugs, **asked),
            folder,
            executor,
            stop,
            begin=lambda _steps: None,
            done=lambda _result: None,
        )
    finally:
        stop.close()


def check(loaded: LoadedEdition) -> list[Result]:
    """Lay all letters of an edition out, and write nothing."""
    stop = Cancellation()
    try:
        return list(check_pages(loaded, loaded.slugs, jobs_of(loaded), make_here, stop))
    finally:
        stop.close()
