"""The desk: what there is to be seen of the letters at any moment, and who is looking at what."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from generator.batch.job import Job, RenderedLetter
from generator.lineage.last_year import LastYear, find_last_year
from generator.preview.background_tasks import BackgroundTasks
from generator.preview.edition_snapshot import (
    EditionSnapshot,
    GoodLetter,
    RenderCache,
    ShownLetter,
    show_letter,
)
from generator.preview.impact import Impact, PageCount, count_pages, impact_of
from generator.preview.page_images import PageImageCache
from generator.problems import Problem
from generator.project.load_edition import LoadedEdition
from generator.reports.edition_diff import compare_edition
from generator.reports.report_model import Report, ReportedChange, report_of
from generator.workspace import EditionFolders, UsageError


@dataclass(frozen=True)
class Counterparts:
    """Last year's letters, put beside this year's authorities."""

    whose: Hashable
    """What decided which letter belongs to whom."""
    last_year: LastYear


@dataclass(frozen=True)
class CachedComparison:
    """What came of comparing with last year's letters."""

    report: Report | None
    unfit: frozenset[str] = frozenset()
    """The letters that have errors, and so were not compared."""
    why_not: str = ""
    """Why there is nothing to compare with."""
    counterparts: Counterparts | None = None
    """To be handed back the next time, as long as last year's letters are as they were."""


def compare_with_last_year(
    loaded: LoadedEdition, against: Path | None, known: Counterparts | None
) -> CachedComparison:
    """Compare all letters with last year's, found as `letters diff` finds them."""
    whose = _who_is_who(loaded)
    try:
        if known is None or known.whose != whose:
            folders = loaded.folders
            last_year = find_last_year(folders.workspace, folders.year, against, loaded)
            known = Counterparts(whose, last_year)
    except UsageError as error:
        return CachedComparison(None, why_not=str(error))
    found = compare_edition(loaded, loaded.slugs, known.last_year, against)
    return CachedComparison(report_of(found.comparison), frozenset(found.unfit), counterparts=known)


def _who_is_who(loaded: LoadedEdition) -> Hashable:
    return tuple(
        (slug, authority.name, authority.aliases, authority.formerly)
        for slug, authority in loaded.authorities.items()
    )


@dataclass(frozen=True)
class LetterChanges:
    """What changed in one letter."""

    why_none: str
    """Why there is nothing to show; nothing where there is."""
    against: str
    """What it was compared with."""
    own: tuple[ReportedChange, ...] = ()
    """What is peculiar to it."""
    shared: tuple[ReportedChange, ...] = ()
    """What it has in common with others."""

    @property
    def number(self) -> int:
        """How many changes there are."""
        return len(self.own) + len(self.shared)


def changes_of_letter(compared: CachedComparison | None, slug: str) -> LetterChanges:
    """What changed in this letter, as far as it was compared."""
    if compared is None:
        return LetterChanges("It is being compared with last year’s letter.", "")
    report = compared.report
    if report is None:
        return LetterChanges(compared.why_not, "")
    against = report.comparison.against
    if slug in compared.unfit:
        return LetterChanges("It is not compared while it has errors.", against)
    if slug not in {slug for _, _, slug in report.choices}:
        return LetterChanges("It has no letter of last year to be compared with.", against)
    own = [change for letter in report.letters if letter.slug == slug for change in letter.entries]
    shared = [change for change in report.shared if slug in change.slugs]
    none = "" if own or shared else "It says what it said last year."
    return LetterChanges(none, against, tuple(own), tuple(shared))


Work = Callable[[], Coroutine[Any, Any, None]]
"""Something that takes a while, to be begun."""


@dataclass(frozen=True)
class Save:
    """The last save that changed a letter: what was there before it, and what it did."""

    before: EditionSnapshot
    impact: Impact


@dataclass
class PreviewState:
    """What is known of an edition's letters while they are being written.

    Its state is changed by one thread only, the event loop's, between two waits; what takes long is
    done elsewhere and handed over whole. So nothing that is seen is ever half made.
    """

    folders: EditionFolders
    against: Path | None = None
    """What to compare with, in place of last year's letters as they are found."""
    reading: EditionSnapshot | None = None
    """All letters, as they were read last."""
    rendered: tuple[Problem, ...] = ()
    """What only rendering all letters shows, as it was found last."""
    is_checked: bool = False
    """Whether all problems of the files as they are now are known."""
    save: Save | None = None
    compared: CachedComparison | None = None
    busy: str = ""
    """What is going on in the background, in a few words; nothing when all is done."""
    internal_error: str = ""
    """A mistake of this program, which nobody foresaw."""
    revision: int = 0
    """Grows whenever there is something to be seen anew."""
    closed: bool = False
    letters: dict[str, ShownLetter] = field(default_factory=dict)
    """Those that were looked at."""
    render_cache: RenderCache = field(default_factory=RenderCache)
    tasks: BackgroundTasks = field(default_factory=BackgroundTasks)
    page_images: PageImageCache = field(init=False)
    _printing: set[str] = field(default_factory=set)
    """The letters that are being printed, or will be next."""
    _open: Counter[str] = field(default_factory=Counter)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page_images = PageImageCache(self.render_cache, self.tasks)

    @property
    def problems(self) -> list[Problem]:
        """Every problem of the edition, as `letters check` finds them, as far as was looked."""
        of_files = self.reading.loaded.problems if self.reading else []
        return sorted({*of_files, *self.rendered})

    async def wait_for_change(self, since: int) -> int:
        """Wait until there is something to be seen anew; the revision that it came with."""
        while self.revision <= since and not self.closed:
            await self._news.wait()
        return self.revision

    def notify(self) -> None:
        """Let everybody know that there is something to be seen anew."""
        self.revision += 1
        self._news.set()
        self._news = asyncio.Event()

    @contextmanager
    def opened(self, slug: str | None) -> Iterator[None]:
        """While inside, somebody has this letter before them: a save is seen in it first."""
        letters = [] if slug is None else [slug]
        self._open.update(letters)
        try:
            yield
        finally:
            self._open.subtract(letters)

    @property
    def open_letters(self) -> list[str]:
        """The slugs of the letters that somebody has before them."""
        return [slug for slug, readers in self._open.items() if readers]

    async def letter(self, slug: str) -> ShownLetter | None:
        """One letter; None where there is no such authority. Its pages will be printed, too."""
        while slug not in self.letters:
            reading = self.reading
            if reading is None or slug not in reading.letters:
                return None
            args = (reading.loaded, slug, reading.jobs, None)
            shown = await self.tasks.do("letter", show_letter, *args)
            if reading is self.reading:  # else it is of files as they were
                self.letters.setdefault(slug, shown)
        found = self.letters[slug]
        self._have_printed(found)
        return found

    def show(self, letter: ShownLetter) -> None:
        """Let a letter be seen as it is now."""
        self.letters[letter.slug] = letter
        self._have_printed(letter)
        self.notify()

    def replace_all(self, reading: EditionSnapshot, letters: Mapping[str, ShownLetter]) -> None:
        """Let all letters be seen as they were read, and those that somebody looks at with them."""
        before, self.reading = self.reading, reading
        self.is_checked = False
        self.letters = dict(letters)
        for letter in letters.values():
            self._have_printed(letter)
        if before is not None and (impact := impact_of(before, reading)):
            self.save = Save(before, impact)
        self.busy = ""
        self.notify()

    async def printed(
        self, slug: str, patience_s: float
    ) -> tuple[ShownLetter | None, RenderedLetter | None]:
        """A letter, whatever becomes of it meanwhile, and its files.

        None for these where it is an old one, or they are not made within so many seconds.
        """
        end_s = asyncio.get_running_loop().time() + patience_s
        while True:
            letter = await self.letter(slug)
            if letter is None or letter.good is None or letter.is_old:
                return letter, None
            made = self.render_cache.get(letter.good.key)
            if made is not None or self.closed or asyncio.get_running_loop().time() >= end_s:
                return letter, made
            with suppress(TimeoutError):
                async with asyncio.timeout_at(end_s):
                    await self._news.wait()

    async def nothing_printing(self, patience_s: float) -> None:
        """Wait until all letters are printed that somebody waits for, but not longer than that."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                while self._printing:
                    await self._news.wait()

    def _have_printed(self, letter: ShownLetter) -> None:
        if self._unprinted(letter.slug) and letter.slug not in self._printing:
            self._printing.add(letter.slug)
            self.begin(partial(self._print, letter.slug))

    def _unprinted(self, slug: str) -> GoodLetter | None:
        """A letter as it is now, where it was not printed as it is."""
        shown = self.letters.get(slug)
        good = shown.good if shown else None
        return good if good and not self.render_cache.has(good.key) else None

    async def _print(self, slug: str) -> None:
        """Print a letter, as it is when its turn has come; again, if it has changed meanwhile."""
        taken: list[GoodLetter] = []

        def job() -> Job | None:
            good = self._unprinted(slug)
            taken[:] = [good] if good else []
            return good.job if good else None

        try:
            while self._unprinted(slug):
                made = await self.tasks.render_now(job)
                if made is None:
                    return
                self.render_cache.put(taken[0].key, made)
                await self.page_images.prerender(taken[0])
        finally:
            self._printing.discard(slug)
            self.notify()

    @property
    def page_count(self) -> PageCount | None:
        """How the pages of the letters that the last save changed come out, as far as counted."""
        if self.save is None or self.reading is None:
            return None
        return count_pages(
            self.save.impact, self.save.before, self.reading, self.render_cache.pages
        )

    def begin(self, work: Work) -> asyncio.Task[None]:
        """Begin some work that goes on by itself; a mistake in it is told, and ends no more."""
        task = asyncio.get_running_loop().create_task(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _guarded(self, work: Work) -> None:
        try:
            await work()
        except Exception as error:  # the desk never dies of it
            self.internal_error = f"{type(error).__name__}: {error}"
            self.busy = ""
            self.notify()

    def close(self) -> None:
        """End everything that was begun; whoever waits for news is told that there will be none."""
        self.closed = True
        self._news.set()
        for task in self._tasks:
            task.cancel()
        self.tasks.close()
