"""What is watched: every file that letters are made from, however it is saved."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from generator.batch.manifest import MANIFEST_FILE
from generator.workspace import EditionFolders

_QUIET_MS = 50
"""So long nothing may be written before it is looked at: a save is often several writes."""
_PATIENCE_MS = 400
"""But when writing goes on and on, it is looked at after so long."""
_LOOK_S = 0.5
"""How often a folder is looked for that is not there."""


class _NoScraps(DefaultFilter):
    """Leaves out what editors write beside the files they edit."""

    ignore_dirs = (".git", ".svn", ".idea", ".vscode", "__pycache__")
    ignore_entity_patterns = (r"^\.", r"~$", r"^#.*#$", r"^4913$", r"\.sw[a-z]$", r"\.tmp$")


async def saves(folders: EditionFolders, *, poll: bool = False) -> AsyncGenerator[set[Path], None]:
    """The files that were saved, renamed or removed, each time any were, until it is cancelled.

    The folders with data, wording and templates, of all years; and what `build` says it has made.
    `poll` looks for itself, where the system does not tell: on network drives.
    """
    workspace = folders.workspace
    inputs = (workspace.data, workspace.templates, workspace.folder / "issued")
    queue: asyncio.Queue[set[Path]] = asyncio.Queue()
    watchers = [
        asyncio.create_task(_watch(folder, queue, poll=poll, recursive=True)) for folder in inputs
    ]
    watchers += [
        asyncio.create_task(_watch(folder, queue, poll=poll, recursive=False))
        for folder in (folders.output(), workspace.folder / "output" / str(folders.year - 1))
    ]
    try:
        while True:
            yield await queue.get()
    finally:
        for watcher in watchers:
            watcher.cancel()
        await asyncio.gather(*watchers, return_exceptions=True)


async def _watch(
    folder: Path, queue: asyncio.Queue[set[Path]], *, poll: bool, recursive: bool
) -> None:
    """Watch a folder; when it goes away or is another, watch what comes in its place."""
    while True:
        known = _identity(folder)
        if known is None:
            await asyncio.sleep(_LOOK_S)
            if _identity(folder) is not None:
                queue.put_nowait({folder})
            continue
        try:
            async for changes in awatch(
                folder,
                watch_filter=_NoScraps(),
                debounce=_PATIENCE_MS,
                step=_QUIET_MS,
                rust_timeout=1_000,
                yield_on_timeout=True,
                force_polling=poll or None,
                poll_delay_ms=200,
                recursive=recursive,
                ignore_permission_denied=True,
            ):
                paths = {Path(path) for _, path in changes}
                found = paths if recursive else _manifests(paths)
                if found:
                    queue.put_nowait(found)
                if _identity(folder) != known:
                    break
        except OSError:  # it went away just now
            pass
        queue.put_nowait({folder})


def _manifests(paths: Iterable[Path]) -> set[Path]:
    """Of an output folder only its manifest counts: it is written when letters were made."""
    return {path for path in paths if path.name == MANIFEST_FILE}


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if folder.is_dir() else None
