"""Executors for tests: letters made in this process, one by one."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import pytest

from generator.batch.build_letters import BuildRequest, Outcome, build_letters, check_pages
from generator.batch.job import Job, LetterRenderer, RenderedLetter, _unpacked, jobs_of, make
from generator.batch.run import LetterExecutor, Result
from generator.commands import app, issuing_commands
from generator.edition.letterhead import Typeface
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import LoadedEdition
from generator.rendering.letter_template import LetterTemplate
from generator.rendering.pdf.pdf_engine import PdfEngine
from generator.rendering.record import Attached
from generator.verification import reading
from generator.verification.read_back import ReadLetter


def make_here(jobs: Iterable[Job], stop: Cancellation) -> Iterator[RenderedLetter]:
    """Make the letters in this process, in their order, by the same job as everywhere."""
    for job in jobs:
        if stop.requested:
            return
        printing_once(_unpacked(job.renderer))
        yield make(job)


def all_made_here(patch: pytest.MonkeyPatch) -> None:
    """Let commands make their letters so, and not in worker processes, and read each once."""
    for commands in (app, issuing_commands):
        patch.setattr(commands, "executor_for", lambda *_: make_here)
    patch.setattr(app, "get_ready", lambda: None)
    patch.setattr(reading, "read_letter", _read)


@lru_cache(maxsize=300)
def _read_once(content: bytes) -> ReadLetter:
    return _read_letter(content)


_read_letter = reading.read_letter


def _read(content: bytes, _seen: object = None) -> ReadLetter:
    """What a PDF says; the same bytes say the same."""
    return _read_once(content)


def printing_once(renderer: LetterRenderer) -> LetterRenderer:
    """The renderer, which from now on lays out no page that was laid out before by any."""
    vars(renderer)["_engine"] = PrintedBefore(renderer._template)
    return renderer


class PrintedBefore:
    """The engine of a template, which lays no page out that was laid out before.

    The same page gives the same bytes (`tests/rendering/test_pdf.py`), so no test needs it twice.
    """

    why_in_full = ""

    def __init__(self, template: LetterTemplate) -> None:
        self._made_of = template.styles, template.typeface

    def print(
        self, page: str, attached: Sequence[Attached] = (), *, in_full: bool = False
    ) -> bytes:
        return _print(*self._made_of, page, tuple(attached), in_full)


@lru_cache(maxsize=300)
def _print(
    styles: str, typeface: Typeface, page: str, attached: tuple[Attached, ...], in_full: bool
) -> bytes:
    return _engine(styles, typeface).print(page, attached, in_full=in_full)


@lru_cache(maxsize=10)
def _engine(styles: str, typeface: Typeface) -> PdfEngine:
    return PdfEngine(styles, typeface)


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
