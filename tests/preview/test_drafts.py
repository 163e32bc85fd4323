"""How many pages letters have as drafted is told beside how many they had."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

from generator.batch.job import Job, RenderedLetter
from generator.preview.drafts import DraftImpact, lay_out
from generator.preview.edition_snapshot import RenderCache, read_edition
from generator.preview.impact import PageCount, impact_of
from tests.borsetshire import INTRODUCTION, build_tree


class Tasks:
    """Lays letters out, one after the other, each on three pages."""

    def __init__(self) -> None:
        self.laid_out: list[str] = []
        self.before_each: Callable[[], None] = lambda: None

    async def render_meanwhile(
        self, jobs: Iterable[Job], done: Callable[[Job, RenderedLetter], None]
    ) -> None:
        for job in jobs:
            self.before_each()
            self.laid_out.append(job.letter.slug)
            done(job, RenderedLetter(job.letter.slug, pages=3))


def drafted(folder: Path) -> tuple[DraftImpact, Any, list[Any]]:
    """What a sentence more changes, a desk that has counted nothing yet, and how to lay out."""
    folders = build_tree(folder)
    before = read_edition(folders)
    (folders.sections / "introduction.md").write_text(f"{INTRODUCTION}\nMore.\n")
    after = read_edition(folders, before)
    known = DraftImpact(Event(), before.keys, after.keys, impact_of(before, after))
    desk = SimpleNamespace(tasks=Tasks(), render_cache=RenderCache())
    return known, desk, [before.jobs, after.jobs]


def test_letters_that_the_desk_has_not_counted_yet_are_counted_with_the_draft(
    tmp_path: Path,
) -> None:
    known, desk, jobs = drafted(tmp_path)
    counts: list[int] = []
    desk.tasks.before_each = lambda: counts.append(known.count(desk).counted)

    asyncio.run(lay_out(desk, known, *jobs))

    assert known.count(desk) == PageCount(counted=2, of=2, changes=())
    assert counts == [0, 0, 0, 1]
    assert desk.tasks.laid_out == [*known.impact.changed] * 2


def test_what_the_desk_has_counted_is_not_laid_out_again(tmp_path: Path) -> None:
    known, desk, jobs = drafted(tmp_path)
    desk.render_cache.note_pages(dict.fromkeys(known.before.values(), 3))

    asyncio.run(lay_out(desk, known, *jobs))

    assert known.count(desk) == PageCount(counted=2, of=2, changes=())
    assert desk.tasks.laid_out == [*known.impact.changed]


def test_when_nobody_wants_to_know_any_more_that_is_the_end(tmp_path: Path) -> None:
    known, desk, jobs = drafted(tmp_path)
    desk.tasks.before_each = known.dropped.set

    asyncio.run(lay_out(desk, known, *jobs))

    assert known.ended.is_set()
    assert len(desk.tasks.laid_out) == 1
    assert known.count(desk).counted == 1
