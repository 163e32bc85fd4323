"""What many letters cost: beside others, when little changes, in memory, in number, in a year.

    .venv/bin/python -m benchmarks.many_letters [--letters N] [--rounds N] [--json FILE]
        [--only NAME...]

Every figure is a ratio within one run: what slows the machine slows both sides. The councils are
invented, the wording is that of 2018. Let the machine do nothing else meanwhile.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.long_runs import measure_growth, measure_memory
from benchmarks.report import Found, as_json, table
from benchmarks.rounds import COMPARED, compare
from benchmarks.scale import FEWEST, Ratio, Scale, scale_of

MEASUREMENTS = {
    "cold": "{letters} letters from nothing: seconds",
    "changes": "the same {letters} letters, built again: seconds",
    "season": "{letters} letters from nothing, then {corrections} corrections: seconds",
    "memory": "one worker that makes letter after letter: resident memory",
    "growth": "ever larger editions from nothing: seconds for one letter more",
}
_LONG_RUNS = {"memory": measure_memory, "growth": measure_growth}


def measure(names: Sequence[str], scale: Scale) -> Found:
    """These measurements: those of the same letters together, then the others one by one."""
    found: dict[str, list[Ratio]] = {}
    together = [name for name in names if name in COMPARED]
    if together:
        print(f"measuring {', '.join(together)}", file=sys.stderr)
        with TemporaryDirectory() as folder:
            found |= compare(together, Path(folder), scale)
    for name in (name for name in _LONG_RUNS if name in names):
        print(f"measuring {name}", file=sys.stderr)
        with TemporaryDirectory() as folder:
            found[name] = _LONG_RUNS[name](Path(folder), scale)
    return found


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print a table, and write the ratios where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--letters", type=int, default=400, help="how many letters (400)")
    parser.add_argument("--rounds", type=int, default=2, help="how often all is compared (2)")
    parser.add_argument("--json", type=Path, help="a file for the ratios")
    parser.add_argument("--only", nargs="+", choices=MEASUREMENTS, default=list(MEASUREMENTS))
    options = parser.parse_args(words)
    if options.letters < FEWEST or options.rounds < 1:
        parser.error(f"at least {FEWEST} letters and one round")
    scale = scale_of(options.letters, options.rounds)
    found = measure(options.only, scale)
    print(table(found, MEASUREMENTS, scale))
    if options.json:
        options.json.write_text(as_json(found, scale), encoding="utf-8")


if __name__ == "__main__":
    main()
