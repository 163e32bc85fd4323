"""Following the files: how a save is noticed, and what becomes of it while people wait."""

import asyncio
import datetime
import os
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from watchfiles import awatch

from generator.batch.build_letters import check_words
from generator.batch.job import Job, RenderedLetter, jobs_of
from generator.outputs.manifest import KEY_PARTS, MANIFEST_FILE
from generator.preview.edition_snapshot import (
    EditionSnapshot,
    ShownLetter,
    key_of,
    read_edition,
    read_one,
    show_letter,
)
from generator.preview.impact import impact_of
from generator.preview.letter_changes import compare_with_last_year
from generator.preview.preview_state import PreviewState
from generator.preview.recent_changes import recent_change
from generator.preview.saves_elsewhere import are_of_later_years, years_there
from generator.preview.standing import letters_on_their_way
from generator.problems import Problem
from generator.processes.cancellation import Cancellation
from generator.workspace import BASE_TEMPLATES, EditionFolders

_QUIET_MS = 50
"""So long nothing may be written before it is looked at: a save is often several writes."""
_PATIENCE_MS = 400
"""But when writing goes on and on, it is looked at after so long."""
_LOOK_S = 0.5
"""How often a folder is looked for that is not there, or may be another than it was."""
_POLL_S = 0.2
"""How often files are looked at where the system does not tell of saves."""

_SCRAP = re.compile(r"\..*|.*~|#.*#|4913|.*\.sw[a-z]|.*\.tmp", re.DOTALL)
"""What editors write beside the files they edit."""

NextSave = Callable[[], Awaitable[set[Path]]]
"""Waits for the next save, and gives the files that were saved, renamed or removed."""


@asynccontextmanager
async def watching(folders: EditionFolders, *, poll: bool = False) -> AsyncIterator[NextSave]:
    """While inside, no save is missed: neither before it is first asked for one, nor between.

    Watched are the folders with data, wording and templates, of all years, and what `build` says
    it has made. `poll` looks for itself, where the system does not tell: on network drives.
    """
    workspace = folders.workspace
    decided = (workspace.folder / "issued", workspace.folder / "approvals")
    outputs = (folders.output(), workspace.folder / "output" / str(folders.year - 1))
    watches = [
        *map(_Watch, (workspace.data, workspace.templates, BASE_TEMPLATES, *decided)),
        *(_Watch(folder, only=MANIFEST_FILE) for folder in outputs),
    ]
    saves: asyncio.Queue[set[Path]] = asyncio.Queue()
    watchers = [asyncio.create_task(watch.run(saves.put_nowait, poll=poll)) for watch in watches]
    try:
        for watch in watches:
            await watch.begun.wait()
        yield saves.get
    finally:
        for watcher in watchers:
            watcher.cancel()
        await asyncio.gather(*watchers, return_exceptions=True)


@dataclass(frozen=True)
class _Watch:
    """One folder that is watched, with all in it."""

    folder: Path
    only: str | None = None
    """The one name that counts, in the folder itself."""
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    """That from now on nothing is missed."""

    async def run(self, tell: Callable[[set[Path]], None], *, poll: bool) -> None:
        """Watch until cancelled; when the folder goes away or is another, watch that."""
        while not poll:
            known = _identity(self.folder)
            # Told at once, but heard only after the next wait: by then it is watched.
            self.begun.set()
            if known is None:
                await asyncio.sleep(_LOOK_S)
                if _identity(self.folder) is not None:
                    tell({self.folder})
                continue
            try:
                await self._listen(tell, known)
            except Exception:  # it went away just now, or the system can watch no more of them
                if poll := _identity(self.folder) == known:
                    self.begun.clear()
            tell({self.folder})
        await self._poll(tell)

    async def _listen(self, tell: Callable[[set[Path]], None], known: tuple[int, int]) -> None:
        """Let the system tell, until the folder is another than the one that is known."""
        async for changes in awatch(
            self.folder,
            watch_filter=None,
            debounce=_PATIENCE_MS,
            step=_QUIET_MS,
            rust_timeout=round(_LOOK_S * 1000),
            yield_on_timeout=True,
            force_polling=False,
            recursive=self.only is None,
        ):
            if found := self._that_count(Path(path) for _, path in changes):
                tell(found)
            if _identity(self.folder) != known:
                return

    async def _poll(self, tell: Callable[[set[Path]], None]) -> None:
        before = await asyncio.to_thread(self._look)
        self.begun.set()
        while True:
            await asyncio.sleep(_POLL_S)
            now = await asyncio.to_thread(self._look)
            if found := {p for p in before.keys() | now.keys() if before.get(p) != now.get(p)}:
                tell(found)
            before = now

    def _look(self) -> Mapping[Path, tuple[int, ...]]:
        """All files that count, and by what it is seen that one was saved."""
        found = {}
        for path in self._that_count(self._files()):
            try:
                seen = path.stat()
            except OSError:  # it went away just now
                continue
            found[path] = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
        return found

    def _files(self) -> Iterable[Path]:
        if self.only is not None:
            return [self.folder / self.only]
        walk = os.walk(self.folder, followlinks=True)
        return (Path(folder, name) for folder, _, names in walk for name in names)

    def _that_count(self, paths: Iterable[Path]) -> set[Path]:
        if self.only is not None:
            return {path for path in paths if path.name == self.only}
        return {path for path in paths if not _SCRAP.fullmatch(path.name)}


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if folder.is_dir() else None


_CALM_S = 0.15
"""So long after a save no more is begun: the open letter comes first. Bad news waits as long, too,
for a file that is being written may be whole by then, which is another save."""
_PRINT_S = 1.0
"""So long what concerns all letters waits for the open ones to be printed."""
_NEWS_S = 0.3
"""No more often than this is it told how far the work in the background has got."""


async def follow(desk: PreviewState, ready: Callable[[], None], *, poll: bool = False) -> None:
    """Read the edition, say that it is ready, and follow its files until cancelled."""
    async with watching(desk.folders, poll=poll) as next_save:
        years = years_there(desk.folders)
        await _see_all(desk)
        ready()
        work = desk.begin(partial(_in_background, desk))
        while True:
            paths = await next_save()
            known, years = years, years_there(desk.folders)
            if years and known == years and await _is_elsewhere(desk, paths):
                continue
            work.cancel()  # whatever was begun is of the files as they were
            _forget_last_year(desk, paths)
            work = desk.begin(partial(_catch_up, desk))


async def _is_elsewhere(desk: PreviewState, paths: set[Path]) -> bool:
    """Whether nothing was saved that this edition reads; `against` may be anything."""
    if desk.against is not None or desk.internal_error:
        return False
    return await asyncio.to_thread(are_of_later_years, desk.folders, paths)


def _forget_last_year(desk: PreviewState, paths: set[Path]) -> None:
    """Where other files than this edition's were saved, last year's letters may be others."""
    folders = desk.folders
    own = (folders.data, folders.templates, folders.output(), folders.approvals)
    if desk.compared and not all(any(p.is_relative_to(o) for o in own) for p in paths):
        desk.compared = replace(desk.compared, counterparts=None)


async def _catch_up(desk: PreviewState) -> None:
    """Everything that follows from a save."""
    desk.internal_error, desk.is_checked = "", False
    for slug in desk.open_letters:
        await _see_one(desk, slug)
    await asyncio.sleep(_CALM_S)
    await desk.nothing_printing(_PRINT_S)
    await _see_all(desk)
    await _in_background(desk)


async def _see_one(desk: PreviewState, slug: str) -> None:
    """A letter that somebody has before them."""
    before = desk.letters.get(slug)
    names = desk.reading.names if desk.reading else ()

    def read() -> ShownLetter:
        loaded = read_one(desk.folders, slug)
        jobs = jobs_of(loaded, names) if loaded.letter_template else None
        return show_letter(loaded, slug, jobs, before)

    shown = await desk.tasks.do("letter", read)
    if shown.errors and not (before and before.errors):
        await asyncio.sleep(_CALM_S)
    desk.show(shown)


async def _see_all(desk: PreviewState) -> None:
    """All letters, and what the save has changed in them."""
    _say(desk, "Reading all letters")
    after = await desk.tasks.do("reading", read_edition, desk.folders, desk.reading)
    shown: dict[str, ShownLetter] = {}
    while unseen := [slug for slug in _followed(desk, after) if slug not in shown]:
        for slug in unseen:
            args = (after.loaded, slug, after.jobs, desk.letters.get(slug))
            shown[slug] = await desk.tasks.do("letter", show_letter, *args)
    desk.render_cache.note_pages(_pages_made(after))
    desk.replace_all(
        after, shown
    )  # nothing was waited for since all were seen: so all is of one moment


def _followed(desk: PreviewState, after: EditionSnapshot) -> list[str]:
    """The letters that must be seen with all others: those that somebody has before them.

    And those that cannot be read now, which are kept as they last could be. Any other is made anew
    when it is opened again.
    """
    opened = desk.open_letters
    return [slug for slug in desk.letters if slug in opened or slug not in after.keys]


def _pages_made(reading: EditionSnapshot) -> Mapping[str, int]:
    """How many pages the letters have that were built, by what decided their bytes."""
    return {
        key_of(entry.inputs): entry.pages
        for entry in reading.inspect_outputs.manifest.letters.values()
        if entry.pages and not entry.unfinished and all(name in entry.inputs for name in KEY_PARTS)
    }


async def _in_background(desk: PreviewState) -> None:
    """What nobody waits for: what all letters say together, and how many pages each has."""
    await _compare(desk)
    await _tell_changes(desk)
    await _see_standing(desk)
    await check_all(desk)
    await _count_pages(desk)


async def _compare(desk: PreviewState) -> None:
    reading = desk.reading
    if reading is None or reading.loaded.edition is None:
        return
    _say(desk, "Comparing with last year’s letters")
    known = desk.compared.counterparts if desk.compared else None
    args = (reading.loaded, desk.against, known)
    desk.compared = await desk.tasks.do("comparing", compare_with_last_year, *args)
    _say(desk, "")
    desk.notify()


async def _tell_changes(desk: PreviewState) -> None:
    """What was changed since that was last told, in the words of before and after."""
    before, reading = desk.untold, desk.reading
    if before is not None and reading is not None:
        now = datetime.datetime.now()  # as the clock on the wall has it
        changed = impact_of(before, reading).changed
        desk.tell(await desk.tasks.do("comparing", recent_change, before, reading, changed, now))
        desk.notify()


async def _see_standing(desk: PreviewState) -> None:
    """Which letters are approved and issued."""
    reading = desk.reading
    if reading is not None and reading.loaded.edition is not None:
        report = desk.compared.report if desk.compared else None
        compared = report.comparison.letters if report else ()
        changes = {letter.slug: len(letter.changes) for letter in compared}
        args = (reading.loaded, reading.inspect_outputs, changes)
        desk.standing = await desk.tasks.do("comparing", letters_on_their_way, *args)
        desk.notify()


async def check_all(desk: PreviewState) -> None:
    """What only rendering shows, as `letters check` does it, of every letter."""
    reading = desk.reading
    if reading is None:
        return

    stop = Cancellation()

    def look() -> tuple[Problem, ...]:
        results = check_words(reading.loaded, reading.letters, stop)
        return tuple(problem for result in results for problem in result.problems)

    try:
        desk.rendered = await desk.tasks.do("comparing", look)
    finally:  # also where another save was quicker
        stop.request()
        stop.close()
    desk.is_checked = True
    desk.notify()


async def _count_pages(desk: PreviewState) -> None:
    """Lay out the letters whose pages are not known: those that the save changed come first."""
    reading = desk.reading
    jobs = reading.jobs if reading else None
    if reading is None or jobs is None:
        return
    changed = desk.save.impact.changed if desk.save else {}
    order = sorted(reading.keys, key=lambda slug: slug not in changed)
    unknown = [slug for slug in order if not desk.render_cache.knows(reading.keys[slug])]
    told_s, counted = time.monotonic(), 0

    def count(job: Job, made: RenderedLetter) -> None:
        nonlocal told_s, counted
        counted += 1
        desk.busy = f"Laying out pages: {counted} of {len(unknown)} letters"
        desk.render_cache.put(reading.keys[job.letter.slug], made)
        if time.monotonic() - told_s >= _NEWS_S:
            told_s = time.monotonic()
            desk.notify()

    if unknown:
        desk.busy = f"Laying out pages: 0 of {len(unknown)} letters"
        await desk.tasks.render_meanwhile(map(jobs, unknown), count)
        _say(desk, "")
        desk.notify()


def _say(desk: PreviewState, what: str) -> None:
    """Say what is going on; that it is over is told together with what came of it."""
    desk.busy = what
    if what:
        desk.notify()
