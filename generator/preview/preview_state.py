"""The desk: what there is to be seen of the letters at any moment, and who is looking at what."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from generator.batch.job import Job, RenderedLetter
from generator.preview.background_tasks import BackgroundTasks
from generator.preview.desk_build import DeskBuild
from generator.preview.edition_snapshot import (
    EditionSnapshot,
    GoodLetter,
    RenderCache,
    ShownLetter,
    show_letter,
)
from generator.preview.impact import Impact, PageCount, count_pages, impact_of
from generator.preview.last_years_pages import LastYearsPagesCache
from generator.preview.letter_changes import CachedComparison
from generator.preview.page_images import PageImageCache
from generator.preview.recent_changes import MOST_CHANGES, RecentChange
from generator.preview.standing import LettersOnTheirWay
from generator.problems import Problem
from generator.workspace import EditionFolders

Work = Callable[[], Coroutine[Any, Any, None]]
"""Something that takes a while, to be begun."""


@dataclass(frozen=True)
class Save:
    """The last save that changed a letter: what was there before it, and what it did."""

    before: EditionSnapshot
    impact: Impact


_MOST_DRAFTS = 64
"""So many letters are remembered as somebody writes them; then the oldest is forgotten."""


@dataclass(frozen=True)
class Draft:
    """A letter as it would be if what somebody is writing were saved."""

    contents: Mapping[Path, bytes]
    """The files that would be saved."""
    shown: ShownLetter


@dataclass
class PreviewState:
    """What is known of an edition's letters while they are being written.

    Its state is changed by one thread only, the event loop's, between two waits; what takes long is
    done elsewhere and handed over whole. So nothing that is seen is ever half made.
    """

    folders: EditionFolders
    against: Path | None = None
    """What to compare with, in place of last year's letters as they are found."""
    root: str = ""
    """What stands before the path of each address of this edition."""
    base: str = ""
    """What stands before that of the edition which the desk was started with; not blank where a
    proxy has the desk."""
    read_only: bool = False
    reading: EditionSnapshot | None = None
    """All letters, as they were read last."""
    rendered: tuple[Problem, ...] = ()
    """What only rendering all letters shows, as it was found last."""
    is_checked: bool = False
    """Whether all problems of the files as they are now are known."""
    save: Save | None = None
    recent: tuple[RecentChange, ...] = ()
    """What the last saves changed, in words; the last first."""
    untold: EditionSnapshot | None = None
    """What was read before the saves that are not yet among these, if any."""
    build: DeskBuild | None = None
    """The last build that was started here."""
    compared: CachedComparison | None = None
    standing: LettersOnTheirWay | None = None
    """Which letters are approved and issued, once that was looked up."""
    busy: str = ""
    """What is going on in the background, in a few words; nothing when all is done."""
    internal_error: str = ""
    """A mistake of this program, which nobody foresaw."""
    revision: int = 0
    """Grows whenever there is something to be seen anew."""
    closed: bool = False
    letters: dict[str, ShownLetter] = field(default_factory=dict)
    """Those that were looked at."""
    drafts: dict[str, Draft] = field(default_factory=dict)
    """What is being written and not yet saved, by the name of its draft."""
    render_cache: RenderCache = field(default_factory=RenderCache)
    tasks: BackgroundTasks = field(default_factory=BackgroundTasks)
    page_images: PageImageCache = field(init=False)
    last_years_pages: LastYearsPagesCache = field(default_factory=LastYearsPagesCache)
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
        self._have_printed(slug)
        return self.letters[slug]

    def show_draft(self, name: str, draft: Draft | None) -> None:
        """Let a letter be seen as it would be, under a name that is no letter's; None: no more."""
        if draft is None:
            self.drafts.pop(name, None)
        else:
            self.drafts[name] = draft
            if len(self.drafts) > _MOST_DRAFTS:
                del self.drafts[next(iter(self.drafts))]
            self._have_printed(name)

    def show(self, letter: ShownLetter) -> None:
        """Let a letter be seen as it is now."""
        self.letters[letter.slug] = letter
        self._have_printed(letter.slug)
        self.notify()

    def replace_all(self, reading: EditionSnapshot, letters: Mapping[str, ShownLetter]) -> None:
        """Let all letters be seen as they were read, and those that somebody looks at with them."""
        before, self.reading = self.reading, reading
        self.is_checked = False
        self.letters = dict(letters)
        for slug in letters:
            self._have_printed(slug)
        if before is not None and (impact := impact_of(before, reading)):
            self.save = Save(before, impact)
            self.untold = self.untold or before
        self.busy = ""
        self.notify()

    def tell(self, change: RecentChange | None) -> None:
        """Let it be seen what was changed up to now; None where no words were."""
        self.untold = None
        self.recent = (*([change] if change else []), *self.recent)[:MOST_CHANGES]

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

    def _have_printed(self, name: str) -> None:
        if self._unprinted(name) and name not in self._printing:
            self._printing.add(name)
            self.begin(partial(self._print, name))

    def _unprinted(self, name: str) -> GoodLetter | None:
        """A letter, or a draft of one, as it is now, where it was not printed as it is."""
        draft = self.drafts.get(name)
        shown = draft.shown if draft else self.letters.get(name)
        good = shown.good if shown else None
        return good if good and not self.render_cache.has(good.key) else None

    async def _print(self, name: str) -> None:
        """Print a letter, as it is when its turn has come; again, if it has changed meanwhile."""
        taken: list[GoodLetter] = []

        def job() -> Job | None:
            good = self._unprinted(name)
            taken[:] = [good] if good else []
            return good.job if good else None

        try:
            while self._unprinted(name):
                made = await self.tasks.render_now(job)
                if made is None:
                    return
                self.render_cache.put(taken[0].key, made)
                await self.page_images.prerender(taken[0], name)
        finally:
            self._printing.discard(name)
            self.notify()

    @property
    def page_count(self) -> PageCount | None:
        """How the pages of the letters that the last save changed come out, as far as counted."""
        if self.save is None or self.reading is None:
            return None
        return count_pages(
            self.save.impact, self.save.before.keys, self.reading.keys, self.render_cache.pages
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
