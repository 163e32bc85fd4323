"""What letters cost, beside what else could print them, as ratios within one run.

    .venv/bin/python -m benchmarks [--letters N] [--rounds N] [--sizes N...] [--only NAME...]
        [--write FILE]

One bare loop over WeasyPrint, in two processes, is the unit: what slows the machine slows both
sides. The councils are invented. Let the machine do nothing else meanwhile. `docs/performance.md`
is the last table: `--write docs/performance.md`; that takes a quarter of an hour where one bare
PDF takes a tenth of a second. What takes longest is done in the first round alone.
"""

import argparse
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.command_times import command_times
from benchmarks.county import ISSUED, ROOT, SHAPES, build_county
from benchmarks.growth import Growth, measure_growth
from benchmarks.report import FEWEST, WORKERS
from benchmarks.rounds import (
    ALONE,
    BARE,
    CHROMIUM,
    COLD,
    EACH,
    FIGURE,
    LEAVES_OUT,
    NOTHING,
    OURS,
    OURS_ALONE,
    PARAGRAPH,
    SEASON,
    TYPST,
    TYPST_LOADED,
    VERIFY,
    Scale,
    measure,
    ratios,
)
from benchmarks.shapes import in_words, why_in_full
from generator.lineage.earlier_years import load_edition

PARTS = ("peers", "commands", "growth")
_ROWS = (COLD, NOTHING, FIGURE, PARAGRAPH, SEASON)
_COLUMNS = (OURS, BARE, TYPST, TYPST_LOADED, CHROMIUM, EACH)


def peers_tables(scale: Scale) -> Iterator[str]:
    """The same letters made in different ways, a table for each shape of letter."""
    for shape in SHAPES:
        print(f"measuring {shape.title}", file=sys.stderr)
        with TemporaryDirectory() as folder:
            found = ratios(measure(shape, Path(folder), scale), scale.corrections)
            county = build_county(Path(folder) / "by shape", scale.letters, shape)
            by_shape = in_words(why_in_full(load_edition(county)))
        yield f"\n## {scale.letters} letters: {shape.title}\n"
        yield from _table(("", *_COLUMNS), _rows(found, scale))
        unit = found[ALONE, BARE]
        yield (
            f"\n`{OURS_ALONE}` takes {found[COLD, OURS_ALONE]:.2f}, `{VERIFY}` "
            f"{found[COLD, VERIFY]:.2f}; {ALONE} (S) {unit:.4f}. Nothing changed is thus "
            f"{found[NOTHING, OURS] / unit:.1f} S, one figure {found[FIGURE, OURS] / unit:.1f} S. "
            f"In one process {by_shape}"
        )


def _rows(found: Mapping[tuple[str, str], float], scale: Scale) -> Iterator[Sequence[str]]:
    for what in _ROWS:
        title = what.format(corrections=scale.corrections)
        yield title, *(_number(found.get((what, who))) for who in _COLUMNS)


def _number(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.3f}" if ratio < 0.1 else f"{ratio:.2f}"


def commands_table(letters: int, rounds: int) -> Iterator[str]:
    """What each command costs."""
    print("measuring commands", file=sys.stderr)
    with TemporaryDirectory() as folder:
        found = command_times(Path(folder), letters, rounds)
    yield f"\n## Every command, {letters} letters\n"
    rows = ((f"`letters {words}`", f"{ratio:.2f}") for words, ratio in found.items())
    yield from _table(("", "in S: a fresh process that makes one bare PDF"), rows)


def growth_table(sizes: Sequence[int]) -> Iterator[str]:
    """What a letter costs in ever larger editions."""
    print("measuring growth", file=sys.stderr)
    with TemporaryDirectory() as folder:
        found = measure_growth(ISSUED, Path(folder), sizes)
    yield "\n## Ever larger editions\n"
    yield from _table(
        ("letters", "a letter, of one by the bare loop", "MiB", "largest worker, MiB"),
        map(_growth_row, found),
    )


def _growth_row(growth: Growth) -> Sequence[str]:
    memory = str(growth.memory), str(growth.worker_memory)
    return f"{growth.letters:,}", f"{growth.ratio:.2f}", *memory


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    for number, row in enumerate((head, *rows)):
        yield f"| {' | '.join(row)} |"
        if number == 0:
            yield "| --- |" + " ---: |" * (len(head) - 1)


def heading(scale: Scale) -> Iterator[str]:
    """What the tables say, what they were measured with, and what each peer leaves out."""
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True
    )
    yield "# Performance\n"
    yield (
        f"Ratios within one run, {_rounds(scale.rounds)}, of one bare loop over "
        f"WeasyPrint in {WORKERS} processes that makes all letters. Ours reads, checks, composes, "
        "makes PDF, HTML and text, and reads each PDF back and proves it. Made by "
        "`python -m benchmarks --write docs/performance.md` at "
        f"{said.stdout.strip() or 'no commit'}, on {cpu_count()} processors "
        f"({platform.machine()}), Python {platform.python_version()}.\n"
    )
    yield from (f"- *{peer}*: {words}." for peer, words in LEAVES_OUT.items())


def _rounds(number: int) -> str:
    once = "one worker, verify, Chromium, a command each, and a changed paragraph: of one"
    return f"medians of {number} rounds ({once})" if number > 1 else "of one round"


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print the tables, and write them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--letters", type=int, default=400, help="how many letters (400)")
    parser.add_argument("--rounds", type=int, default=3, help="how often all is compared (3)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 400, 1600, 6400])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--write", type=Path, help="a file for the tables")
    options = parser.parse_args(words)
    if options.letters < FEWEST or options.rounds < 1:
        parser.error(f"at least {FEWEST} letters and one round")
    scale = Scale(options.letters, options.rounds)
    lines = list(heading(scale))
    if "peers" in options.only:
        lines += peers_tables(scale)
    if "commands" in options.only:
        lines += commands_table(options.letters, options.rounds)
    if "growth" in options.only:
        lines += growth_table(options.sizes)
    print("\n".join(lines))
    if options.write:
        options.write.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
