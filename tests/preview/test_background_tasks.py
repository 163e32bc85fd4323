import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from queue import Queue

import pytest

from generator.preview.background_tasks import BackgroundTasks
from tests.borsetshire import ROOT


@pytest.fixture
def tasks() -> Iterator[BackgroundTasks]:
    opened = BackgroundTasks()
    yield opened
    opened.close()


def test_work_gives_what_came_of_it_or_raises_it(tasks: BackgroundTasks) -> None:
    def fail(what: str) -> None:
        raise ValueError(what)

    async def main() -> None:
        assert await tasks.do("reading", "-".join, ["a", "b"]) == "a-b"
        with pytest.raises(ValueError, match=r"^no$"):
            await tasks.do("reading", fail, "no")
        assert await tasks.do("reading", "-".join, ["c", "d"]) == "c-d"

    asyncio.run(main())


def test_each_kind_of_work_is_done_in_turn_and_beside_the_others(tasks: BackgroundTasks) -> None:
    go_on: Queue[str] = Queue()
    seen: list[str] = []

    async def main() -> None:
        slow = asyncio.create_task(tasks.do("reading", lambda: seen.append(go_on.get())))
        next_one = asyncio.create_task(tasks.do("reading", seen.append, "the next"))
        await tasks.do("letter", seen.append, "a letter")
        go_on.put("slow")
        await asyncio.gather(slow, next_one)

    asyncio.run(main())

    assert seen == ["a letter", "slow", "the next"]


def test_what_nobody_waits_for_any_more_is_not_begun(tasks: BackgroundTasks) -> None:
    go_on: Queue[str] = Queue()
    seen: list[str] = []

    async def main() -> None:
        slow = asyncio.create_task(tasks.do("reading", go_on.get))
        unwanted = asyncio.create_task(tasks.do("reading", seen.append, "unwanted"))
        await tasks.do("letter", str)
        slow.cancel()
        unwanted.cancel()
        await asyncio.gather(slow, unwanted, return_exceptions=True)
        go_on.put("")
        await tasks.do("reading", seen.append, "wanted")

    asyncio.run(main())

    assert seen == ["wanted"]


def test_work_is_done_in_other_threads(tasks: BackgroundTasks) -> None:
    async def main() -> None:
        names = [
            await tasks.do(kind, lambda: threading.current_thread().name)
            for kind in ("letter", "reading", "comparing", "picture")
        ]
        assert names == ["desk-letter", "desk-reading", "desk-comparing", "desk-picture"]

    asyncio.run(main())


@pytest.mark.processes
def test_the_program_ends_while_work_goes_on() -> None:
    program = """
import asyncio, threading
from generator.preview.background_tasks import BackgroundTasks

tasks = BackgroundTasks()
begun = threading.Event()

def for_ever():
    begun.set()
    while True:
        pass

async def main():
    task = asyncio.create_task(tasks.do("comparing", for_ever))
    await tasks.do("letter", begun.wait)

asyncio.run(main())
tasks.close()
print("The end.")
"""

    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60
    )

    assert (said.returncode, said.stdout, said.stderr) == (0, "The end.\n", "")


def test_who_asks_for_a_print_that_is_no_longer_wanted_gets_none(tasks: BackgroundTasks) -> None:
    assert asyncio.run(tasks.render_now(lambda: None)) is None
