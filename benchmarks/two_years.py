"""What it costs to compare a year's letters with the year before's.

    .venv/bin/python -m benchmarks.two_years [--letters N] [--rounds N] [--json FILE]

Every figure is a ratio within one run, to the plain extraction of the text of the same PDFs, page
by page, by the library that reads them here. The seconds of the usual case are said, too, for
information only. The councils are invented. Let the machine do nothing else meanwhile.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from io import StringIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from benchmarks.ours import LETTERS
from benchmarks.report import FEWEST, Found, Ratio, as_json, table
from benchmarks.second_year import PAGES, RECORDS, TEXTS, TwoYears, make_two_years
from generator.console import Console
from generator.letter.letter import LetterSource
from generator.lineage.last_year import find_last_year
from generator.project.load_edition import load_edition
from generator.reports.edition_diff import EditionDiff, compare_edition
from generator.reports.report_model import report_of
from generator.reports.report_text import text_report
from generator.workspace import EditionFolders

WHOLE = "letters diff"
COMPOSE = "composing this year's letters"
READ = "finding and reading last year's"
COMPARE = "comparing them"
REPORT = "writing the report"
STEPS = (WHOLE, COMPOSE, READ, COMPARE, REPORT)
EXTRACT = "plain extraction of the text of the PDFs"

SIDES = {
    RECORDS: "{letters} letters against the records in {letters} PDFs: seconds",
    PAGES: "{letters} letters against the pages of {letters} PDFs without records: seconds",
    TEXTS: "{letters} letters against {letters} texts: seconds",
}
_SOURCES = {RECORDS: LetterSource.RECORD, PAGES: LetterSource.PDF, TEXTS: LetterSource.TEXT}

Seconds = Mapping[str, Mapping[str, float]]
"""Those that each step took, by what last year's letters were read from."""


def measure(years: TwoYears, rounds: int) -> list[Seconds]:
    """The seconds of every step on every side, in turn, round by round."""
    return [{side: _one_round(years, side) for side in SIDES} for _ in range(rounds)]


def _one_round(years: TwoYears, side: str) -> dict[str, float]:
    against = years.against[side]
    return {
        EXTRACT: _extract(years.pdfs[side]),
        WHOLE: _letters_diff(years.this_year, against),
        **_step_by_step(years, side),
    }


def _extract(folder: Path) -> float:
    """The seconds it takes to read all words of all pages of the PDFs in a folder."""
    start = time.perf_counter()
    for path in sorted(folder.glob("*.pdf")):
        document = pypdfium2.PdfDocument(path.read_bytes())
        for page in document:
            page.get_textpage().get_text_range()
        document.close()
    return time.perf_counter() - start


def _letters_diff(this_year: EditionFolders, against: Path | None) -> float:
    """The seconds of the command as people run it, start and report included."""
    given = ["--against", str(against)] if against else []
    command = [LETTERS, "diff", "--workspace", str(this_year.workspace.folder), *given]
    start = time.perf_counter()
    said = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if said.returncode:
        raise RuntimeError(f"letters diff failed:\n{said.stdout}{said.stderr}")
    return seconds


def _step_by_step(years: TwoYears, side: str) -> dict[str, float]:
    """The seconds of each part of the same, in this process."""
    this_year, against = years.this_year, years.against[side]
    marks = [time.perf_counter()]
    loaded = load_edition(this_year, draft=True)
    marks.append(time.perf_counter())
    last_year = find_last_year(this_year.workspace, this_year.year, against, loaded)
    marks.append(time.perf_counter())
    compared = compare_edition(loaded, loaded.slugs, last_year, against)
    marks.append(time.perf_counter())
    with redirect_stdout(StringIO()):
        Console(colour=False).lines(text_report(report_of(compared.comparison)))
    marks.append(time.perf_counter())
    check(compared, _SOURCES[side], years.letters)
    taken = (end - start for start, end in pairwise(marks))
    return dict(zip(STEPS[1:], taken, strict=True))


def check(compared: EditionDiff, source: LetterSource, letters: int) -> None:
    """See that every letter was compared with what it should be, and found to differ."""
    found = compared.comparison.letters
    right = [one for one in found if one.before.reading.source is source and one.changes]
    if len(right) != letters or len(found) != letters:
        raise RuntimeError(
            f"{len(found)} letters compared, {len(right)} of them as they should be; "
            f"expected {letters}"
        )


def ratios(rounds: Sequence[Seconds]) -> Found:
    """Each step beside plain extraction: the median over the rounds, by side."""

    def ratio(side: str, step: str) -> float:
        return statistics.median(taken[side][step] / taken[side][EXTRACT] for taken in rounds)

    return {side: [Ratio(step, ratio(side, step), EXTRACT) for step in STEPS] for side in SIDES}


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print a table, and write the ratios where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--letters", type=int, default=400, help="how many letters a year (400)")
    parser.add_argument("--rounds", type=int, default=3, help="how often all is compared (3)")
    parser.add_argument("--json", type=Path, help="a file for the ratios")
    options = parser.parse_args(words)
    if options.letters < FEWEST or options.rounds < 1:
        parser.error(f"at least {FEWEST} letters and one round")
    with TemporaryDirectory() as folder:
        print("making last year's letters", file=sys.stderr)
        years = make_two_years(Path(folder), options.letters)
        print("measuring", file=sys.stderr)
        rounds = measure(years, options.rounds)
    found = ratios(rounds)
    seconds = statistics.median(taken[RECORDS][WHOLE] for taken in rounds)
    print(table(found, SIDES, options.letters))
    print(f"\nFor information: letters diff against the records took {seconds:.1f} s here.")
    if options.json:
        options.json.write_text(as_json(found, options.letters, options.rounds), encoding="utf-8")


if __name__ == "__main__":
    main()
