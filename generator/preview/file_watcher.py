"""What is watched: every file that letters are made from, however it is saved."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from watchfiles import awatch

from generator.outputs.manifest import MANIFEST_FILE
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
    issued = workspace.folder / "issued"
    outputs = (folders.output(), workspace.folder / "output" / str(folders.year - 1))
    watches = [
        *map(_Watch, (workspace.data, workspace.templates, BASE_TEMPLATES, issued)),
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
