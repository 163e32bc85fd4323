"""Many people at one desk: whether a save is lost, how long each waits, what memory it takes.

    .venv/bin/python -m benchmarks.desk_load [--letters N] [--browsers N] [--saves N]

Each of the browsers has a letter open and follows the news; it saves figures of its own authority
by the form, and every fifth time one more in a paragraph that all share, as whoever opened it last
may. Half way the letters are built. One browser is a real Chromium, which only looks on; the others
ask as its scripts do. The councils are invented.
"""

import argparse
import hashlib
import json
import re
import signal
import statistics
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.county import ISSUED, authority_name, build_county
from benchmarks.desk import real_browser
from generator.edition.values import slug_of
from generator.workspace import EditionFolders
from tests.preview.desks import Answer, OpenDesk, opened_desk

_SHARED = 5
"""Every so many saves is one of the paragraph that all share."""
_LOOKS = 4
"""After so many saves somebody looks at the letter, and at all letters."""
_COUNTED = re.compile(r"We counted (\d+) saves\.")
_OTHER = re.compile(r"^  other: (\d+)$", re.MULTILINE)


@dataclass
class Pressed:
    """What was asked of a desk, and what came of it."""

    saved: dict[str, int] = field(default_factory=dict)
    """By slug, the figure that was saved last."""
    shared: int = 0
    """How many saves of the shared paragraph were said to be written."""
    refused: int = 0
    """How many were refused, since somebody was quicker; each was asked for again."""
    waited_ms: dict[str, list[float]] = field(default_factory=dict)
    """How long each answer took, by what was asked for."""
    memory_kb: list[int] = field(default_factory=list)
    """Of the server, after each tenth of the saves."""
    lost: list[str] = field(default_factory=list)
    """What is not in the files, or not on the desk, though it was said to be saved."""


@dataclass
class _Browser:
    """One of those who save: its cookie, its authority, and what it knows of the files."""

    desk: OpenDesk
    folders: EditionFolders
    slug: str
    found: Pressed
    lock: threading.Lock
    is_building: threading.Event

    def __post_init__(self) -> None:
        self.cookie = self.desk.new_cookie()
        self.file = self.folders.authorities / f"{self.slug}.yaml"
        self.figure = self.written
        self.digest = hashlib.sha256(self.file.read_bytes()).hexdigest()

    @property
    def shared_file(self) -> Path:
        return self.folders.sections / ISSUED.reworded

    @property
    def written(self) -> int:
        """The figure as the file has it."""
        said = _OTHER.search(self.file.read_text(encoding="utf-8"))
        assert said is not None
        return int(said[1])

    def save_all(self, numbers: Iterable[int]) -> None:
        """Save so often, one after the other, and look in between."""
        for number in numbers:
            if number % _SHARED:
                self._save_figure()
            else:
                self._save_shared()
            if number % _LOOKS == 0:
                for what, path in (("a letter", f"/letters/{self.slug}"), ("all letters", "/")):
                    self._timed(what, partial(self.desk.get, path, Cookie=self.cookie))

    def _timed(
        self, what: str, ask: Callable[[], Answer], expected: Sequence[int] = (200,)
    ) -> Answer:
        is_building = self.is_building.is_set()
        start_s = time.perf_counter()
        answer = ask()
        ms = (time.perf_counter() - start_s) * 1000
        if answer.status not in expected:
            raise RuntimeError(f"{what}: {answer.status} {answer.text[:300]}")
        what += " while letters are built" if is_building else ""
        with self.lock:
            self.found.waited_ms.setdefault(what, []).append(ms)
        return answer

    def _save_figure(self) -> None:
        name = self.file.relative_to(self.folders.workspace.folder).as_posix()
        asked = {
            "authority": self.slug,
            "values": {"received.other": str(self.figure + 1)},
            "expected": {name: self.digest},
        }
        answer = self._timed("a save", partial(self.desk.act, "authority", asked, self.cookie))
        self.figure += 1
        self.digest = json.loads(answer.text)["files"][name]
        with self.lock:
            self.found.saved[self.slug] = self.figure

    def _save_shared(self) -> None:
        """One more in the paragraph of all: again, with theirs in it, where others were quicker."""
        path = self.shared_file
        name = path.relative_to(self.folders.workspace.folder).as_posix()
        while True:
            content = path.read_bytes()
            *before, last = content.decode().rstrip("\n").split("\n")
            said = _COUNTED.search(last)
            more = f"We counted {int(said[1]) + 1 if said else 1} saves."
            text = _COUNTED.sub(more, last) if said else f"{last} {more}"
            line = len(before) + 1
            asked = {
                "kind": "section",
                "name": path.stem,
                "edits": [{"first": line, "last": line, "text": text}],
                "expected": {name: hashlib.sha256(content).hexdigest()},
            }
            answer = self._timed(
                "a save",
                partial(self.desk.act, "wording", asked, self.cookie),
                (200, 409),
            )
            with self.lock:
                if answer.status == 200:
                    self.found.shared += 1
                    return
                self.found.refused += 1


def press(folders: EditionFolders, browsers: int, saves: int, *, is_real: bool = False) -> Pressed:
    """Let so many browsers save so often at one desk, all at once, and see what came of it.

    With one more, that is real and looks on. Raises `RuntimeError` where something is refused.
    """
    found, lock, is_building = Pressed(), threading.Lock(), threading.Event()
    slugs = [slug_of(authority_name(number)) for number in range(browsers)]
    with opened_desk(folders.workspace.folder) as desk, ExitStack() as stack:
        page = stack.enter_context(real_browser()) if is_real else None
        if page is not None:
            at = f"http://{desk.host}:{desk.port}/letters/{slugs[0]}"
            page.goto(f"{at}?view=web&token={desk.token}")
        those = [_Browser(desk, folders, slug, found, lock, is_building) for slug in slugs]
        listeners = _listen(desk, slugs, stack)
        with ThreadPoolExecutor(browsers) as people:
            for tenth in range(10):
                if tenth == 5:
                    desk.act("build", {})
                    is_building.set()
                end = saves * (tenth + 1) // 10
                shares = [range(saves * tenth // 10 + n, end, browsers) for n in range(browsers)]
                list(people.map(_Browser.save_all, those, shares))
                found.memory_kb.append(resident_kb(desk.pid))
                if is_building.is_set() and not _builds(desk.get("/overview")):
                    is_building.clear()
        found.lost += _lost(desk, those, found)
        if page is not None:
            words = page.frame_locator("#web").get_by_text(f"We counted {found.shared} saves.")
            words.wait_for(timeout=120_000)
        desk.signal_group(signal.SIGTERM)  # so that those who listen hear the end
        for listener in listeners:
            listener.join()
    return found


def _listen(desk: OpenDesk, slugs: Sequence[str], stack: ExitStack) -> list[threading.Thread]:
    """What follows the news of each letter, as an open page does."""
    heard = [stack.enter_context(desk.news(slug)) for slug in slugs]
    listeners = [threading.Thread(target=news.wait_for_the_end, daemon=True) for news in heard]
    for listener in listeners:
        listener.start()
    return listeners


def _builds(overview: Answer) -> bool:
    return '"stop-build"' in overview.text


def _lost(desk: OpenDesk, those: Sequence[_Browser], found: Pressed) -> list[str]:
    """What was said to be saved and is not in the files, or never seen on the desk."""
    lost = [each.slug for each in those if found.saved.get(each.slug, each.figure) != each.written]
    said = f"We counted {found.shared} saves."
    if said not in those[0].shared_file.read_text(encoding="utf-8"):
        lost.append(f"not in the file: {said}")
    with desk.news() as news:
        for each in those:
            news.wait_until(f"/letters/{each.slug}/letter.html", lambda page: said in page.text)
        news.wait_until("/overview", lambda page: not _builds(page))
    return lost


def resident_kb(pid: int) -> int:
    """The resident memory of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:")))


def lines_of(found: Pressed) -> Iterator[str]:
    """What came of it, in words."""
    saves = sum(len(ms) for what, ms in found.waited_ms.items() if what.startswith("a save"))
    yield f"{saves - found.refused} saves written, {found.refused} refused and asked for again"
    yield f"lost: {', '.join(found.lost) or 'none'}"
    for what, ms in sorted(found.waited_ms.items()):
        ninth = statistics.quantiles(ms, n=10)[-1] if len(ms) > 1 else ms[0]
        yield (
            f"{what}: {len(ms)} times, median {statistics.median(ms):.0f} ms, nine of ten within "
            f"{ninth:.0f} ms, longest {max(ms):.0f} ms"
        )
    tenths = ", ".join(f"{kb // 1024}" for kb in found.memory_kb)
    yield f"memory of the server after each tenth, MiB: {tenths}"


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--letters", type=int, default=400, help="how many letters (400)")
    parser.add_argument("--browsers", type=int, default=8, help="how many browsers (8)")
    parser.add_argument("--saves", type=int, default=1000, help="how many saves (1,000)")
    options = parser.parse_args(words)
    with TemporaryDirectory() as folder:
        county = build_county(Path(folder) / "county", options.letters)
        found = press(county, options.browsers - 1, options.saves, is_real=True)
    print("\n".join(lines_of(found)))


if __name__ == "__main__":
    main()
