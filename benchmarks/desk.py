"""How soon a save is seen on the reviewing desk, in a real browser.

    .venv/bin/python -m benchmarks.desk [--letters N] [--rounds N] [--json FILE]

A paragraph that all letters share is saved, again and again, while one letter is open in a headless
Chromium. Times count from the moment at which the file watcher tells of the save, which it waits a
little to do; how long, is said, too. Then the same paragraph is edited at the desk, a keystroke at
a time, and nothing saved. All are medians, beside two things measured in the same run: reading and
composing all letters once, and one bare PDF. The councils are invented. Let the machine do nothing
else meanwhile.
"""

import argparse
import asyncio
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import Page, sync_playwright

from benchmarks.county import (
    authority_name,
    build_county,
    change_shared_paragraph,
    correct_one_figure,
)
from benchmarks.one_letter import measure as measure_steps
from benchmarks.ours import LETTERS
from benchmarks.report import FEWEST, Ratio, as_json
from generator.edition.values import slug_of
from generator.preview.refresh import NextSave, watching
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders
from tests.browser.conftest import FLAGS, NAMES

WEB = "the open letter's new web page is in the browser"
PAGES = "its new pages are shown"
IMPACT = "what the save changes in all letters is said"
COUNTED = "the first pages are counted"
STEPS = (WEB, PAGES, IMPACT, COUNTED)
"""What is waited for after each save, in the order in which people wait for it."""
EACH = "one letter more is counted"
WATCHER = "the file watcher tells of the save"
PREPARE = "reading and composing all letters once"
BARE = "one bare PDF"

TYPED = "a keystroke is in the letter's web page"
TYPED_PAGES = "it is on the pages"
TYPED_IMPACT = "what it would change in all letters is said"
KEYSTROKE = (TYPED, TYPED_PAGES, TYPED_IMPACT)
"""What is waited for after each keystroke; the last begins half a second after it."""

OF = {WEB: BARE, PAGES: BARE, IMPACT: PREPARE, COUNTED: PREPARE, EACH: BARE, WATCHER: BARE}
OF |= dict.fromkeys(KEYSTROKE, BARE)
"""What each is compared with."""


@dataclass(frozen=True)
class Found:
    """The median milliseconds of everything that was measured."""

    milliseconds: Mapping[str, float]

    @property
    def ratios(self) -> list[Ratio]:
        """Each beside what it is compared with."""
        taken = self.milliseconds
        return [Ratio(what, taken[what] / taken[of], of) for what, of in OF.items()]


def measure(folders: EditionFolders, letters: int, rounds: int) -> Found:
    """Save so many times, and wait each time for all that follows from it."""
    found = {PREPARE: _prepare_ms(folders), BARE: measure_steps(5)["PDF, bare"] * 1000}
    slug = slug_of(authority_name(0))
    with _open_desk(folders, slug) as address, _told(folders) as told, real_browser() as page:
        page.goto(address)
        page.evaluate(_UNTIL_PAGES)
        saves = [_one_save(page, folders, told, letters, number) for number in range(rounds)]
        each = page.evaluate(_EACH, letters)
        page.evaluate(_UNTIL_QUIET)
        strokes = _keystrokes(page, rounds)
    for what in (WATCHER, *STEPS):
        found[what] = statistics.median(save[what] for save in saves)
    for what in KEYSTROKE:
        found[what] = statistics.median(stroke[what] for stroke in strokes)
    return Found({**found, EACH: each})


def _keystrokes(page: Page, rounds: int) -> list[dict[str, float]]:
    """The milliseconds from each of so many keystrokes to what is seen of it."""
    page.get_by_role("link", name="Where it comes from").click()
    page.locator(".sources summary", has_text="I write to you").click()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.locator("#edit-words:focus").wait_for()
    found = []
    for number in range(1, rounds + 1):
        page.evaluate(_TYPED, "q" * number)
        page.keyboard.type("q")
        found.append(dict(zip(KEYSTROKE, page.evaluate(_END), strict=True)))
    page.get_by_role("button", name="Cancel").click()
    return found


def _prepare_ms(folders: EditionFolders) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        load_edition(folders, draft=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def _one_save(
    page: Page, folders: EditionFolders, told: Queue[float], letters: int, number: int
) -> dict[str, float]:
    """The milliseconds that one save takes to be seen; every second one corrects a figure, too."""
    word = f"Marmalade{number}"
    figure = number % 2
    kinds = f"{letters - figure:,} wording only" + ", 1 figures and wording" * figure
    page.evaluate(_BEGIN, {"word": word, "kinds": kinds})
    if figure:
        correct_one_figure(folders, 1, more=number)
    while not told.empty():
        told.get()
    start = time.time() * 1000
    change_shared_paragraph(folders, f"{word} is served at tea.")
    seen = page.evaluate(_END)
    noticed = told.get() - start
    at = dict(zip(STEPS, (seen[name] - start - noticed for name in _NAMES), strict=True))
    return {WATCHER: noticed, **at}


@contextmanager
def _open_desk(folders: EditionFolders, slug: str) -> Iterator[str]:
    """The address of a desk that is open for so long."""
    command = [LETTERS, "preview", slug, "--port", "0", "--quiet"]
    workspace = ["--workspace", str(folders.workspace.folder)]
    with subprocess.Popen([*command, *workspace], stdout=subprocess.PIPE, text=True) as desk:
        try:
            assert desk.stdout is not None
            yield desk.stdout.readline().rpartition(" ")[2].strip()
        finally:
            desk.terminate()


@contextmanager
def real_browser() -> Iterator[Page]:
    """A page of a headless Chromium."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise RuntimeError("there is no Chromium to measure with")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser.new_page()
        finally:
            browser.close()


@contextmanager
def _told(folders: EditionFolders) -> Iterator[Queue[float]]:
    """When a watcher like the desk's tells of a save of the paragraph, in milliseconds."""
    path = folders.sections / "introduction.md"
    times: Queue[float] = Queue()
    begun: Queue[Callable[[], object]] = Queue()

    async def listen(next_save: NextSave) -> None:
        while True:
            if path in await next_save():
                times.put(time.time() * 1000)

    async def main() -> None:
        async with watching(folders) as next_save:
            task = asyncio.ensure_future(listen(next_save))
            loop = asyncio.get_running_loop()
            begun.put(lambda: loop.call_soon_threadsafe(task.cancel))
            await asyncio.wait([task])

    thread = Thread(target=asyncio.run, args=(main(),))
    thread.start()
    end = begun.get()
    try:
        yield times
    finally:
        end()
        thread.join()


_NAMES = ("web", "pages", "impact", "counted")
_LOOK = """
  const text = id => document.getElementById(id)?.textContent ?? "";
  const counted = () => {
    const found = /Pages counted in ([0-9,]+) of/.exec(text("growing"));
    if (found) return Number(found[1].replace(",", ""));
    return text("grown") ? Infinity : 0; // all of them
  };
"""
# These look whenever the screen is drawn: what they see, they see a sixtieth of a second late.
_UNTIL_PAGES = """() => new Promise(done => {
  const look = () => document.querySelector("#pages image") ? done() : requestAnimationFrame(look);
  look();
})"""
_BEGIN = f"""({{word, kinds}}) => {{
  {_LOOK}
  const tests = {{
    web: () => document.getElementById("web").contentDocument?.body?.textContent.includes(word),
    pages: () => text("pages").includes(word),
    impact: () => text("impact").includes(kinds),
    counted: () => text("impact").includes(kinds) && counted() > 0,
  }};
  const seen = {{}};
  window.seen = new Promise(done => {{
    const look = () => {{
      for (const name in tests) if (!(name in seen) && tests[name]()) seen[name] = Date.now();
      if (Object.keys(seen).length === 4) done(seen);
      else requestAnimationFrame(look);
    }};
    look();
  }});
}}"""
_END = "() => window.seen"
_UNTIL_QUIET = """() => new Promise(done => {
  const isBusy = () => document.getElementById("busy").textContent;
  const look = () => isBusy() ? requestAnimationFrame(look) : done();
  look();
})"""
_TYPED = f"""typed => {{
  {_LOOK}
  const web = () => document.getElementById("web").contentDocument?.body?.textContent ?? "";
  const tests = [
    () => web().includes(`tea.${{typed}}`),
    () => text("pages").includes(`tea.${{typed}}`),
    () => /changes [0-9,]+ letter/.test(text("edit-impact")),
  ];
  const seen = [];
  let start = 0;
  const begin = () => start = Date.now();
  document.getElementById("edit-words").addEventListener("input", begin, {{once: true}});
  window.seen = new Promise(done => {{
    const look = () => {{
      const passed = Date.now() - start;
      if (start) tests.forEach((test, n) => seen[n] ||= test() ? Math.max(passed, 1) : 0);
      if (seen.filter(Boolean).length === 3) done(seen);
      else requestAnimationFrame(look);
    }};
    look();
  }});
}}"""
_EACH = f"""letters => new Promise(done => {{
  {_LOOK}
  const from = counted(), start = Date.now();
  const look = () => {{
    const now = Math.min(counted(), letters);
    if (now >= Math.min(from + 40, letters)) done((Date.now() - start) / Math.max(now - from, 1));
    else requestAnimationFrame(look);
  }};
  look();
}})"""


def table(found: Found) -> str:
    """The medians and the ratios as lines."""
    taken = found.milliseconds
    lines = [f"{taken[of]:>9.0f} ms  {of}" for of in (PREPARE, BARE)]
    for ratio in found.ratios:
        beside = f"{ratio.ratio:.2f} times {ratio.of}"
        lines.append(f"{taken[ratio.what]:>9.0f} ms  {ratio.what}: {beside}")
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print a table, and write the ratios where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--letters", type=int, default=400, help="how many letters (400)")
    parser.add_argument("--rounds", type=int, default=9, help="how often is saved (9)")
    parser.add_argument("--json", type=Path, help="a file for the ratios")
    options = parser.parse_args(words)
    if options.letters < FEWEST or options.rounds < 1:
        parser.error(f"at least {FEWEST} letters and one round")
    print(f"saving {options.rounds} times", file=sys.stderr)
    with TemporaryDirectory() as folder:
        county = build_county(Path(folder), options.letters)
        found = measure(county, options.letters, options.rounds)
    print(table(found))
    if options.json:
        content = as_json({"desk": found.ratios}, options.letters, options.rounds)
        options.json.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
