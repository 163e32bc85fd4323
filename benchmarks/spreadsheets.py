"""What it costs to bring a year's figures in from a spreadsheet, and to check them all together.

    .venv/bin/python -m benchmarks.spreadsheets [--letters N] [--rounds N] [--json FILE]

Every step is a ratio within one run to a yardstick of the same round: of the import, opening the
same workbook with the library that reads it here; of the check, reading the same data files as
plain YAML. The seconds of the commands as people run them are said, too, for information only. The
councils are invented. Let the machine do nothing else meanwhile.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import yaml

from benchmarks.county import ISSUED, build_county
from benchmarks.ours import LETTERS
from benchmarks.report import FEWEST, Ratio, as_json, table
from benchmarks.second_year import confirm_all
from generator.batch.build_letters import check_words
from generator.checks.figures_checks import sums_over
from generator.edition.load import read_edition
from generator.files.transaction import write_all
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import load_edition
from generator.spreadsheets.authority_rows import gather
from generator.spreadsheets.headers import ColumnVocabulary
from generator.spreadsheets.import_plan import ImportRequest, plan_import
from generator.spreadsheets.read_files import read_files
from generator.workspace import EditionFolders
from tests.spreadsheets.office import invented, office_workbook
from tests.spreadsheets.workbooks import save

IMPORT, CHECK = "import", "check"
WHOLE_IMPORT = "letters import --apply, into an edition without authorities"
READ = "reading the workbook, formulas and hidden rows and all"
GATHER = "finding tables, rows and figures, and checking them"
PLAN = "matching authorities, working out every file"
WRITE = "writing the files and their origins"
AGAIN = "the plan of a second import, nothing changed"
OPEN = "opening the same workbook with openpyxl"
WHOLE_CHECK = "letters check"
PREPARE = "reading, composing and checking all letters, against last year's too"
SUMS = "sums over all letters"
RENDER = "rendering every letter as a page, and reading it"
PARSE = "reading the same data files as plain YAML"

STEPS = {
    IMPORT: (WHOLE_IMPORT, READ, GATHER, PLAN, WRITE, AGAIN),
    CHECK: (WHOLE_CHECK, PREPARE, SUMS, RENDER),
}
YARDSTICKS = {IMPORT: OPEN, CHECK: PARSE}
SIDES = {
    IMPORT: "the figures and addressees of {letters} authorities from one workbook",
    CHECK: "{letters} letters, with last year's figures beside them",
}

Seconds = Mapping[str, Mapping[str, float]]
"""Those that each step and the yardstick took, by side."""


@dataclass(frozen=True)
class Year:
    """A year's workbook, the edition it fills, and an empty one."""

    workbook: Path
    full: EditionFolders
    empty: EditionFolders
    letters: int


def make_year(folder: Path, letters: int) -> Year:
    """Write the workbook of an invented county, and its editions."""
    full = build_county(folder / "full", letters)
    with full.edition_file.open("a", encoding="utf-8") as edition:
        edition.write("outliers: {factor: 2, at_least: 20}\n")
    last_year = full.workspace.data / str(ISSUED.year - 1)
    shutil.copytree(full.data, last_year)
    text = full.edition_file.read_text(encoding="utf-8").replace(
        f"year: {ISSUED.year}", f"year: {ISSUED.year - 1}"
    )
    (last_year / "edition.yaml").write_text(text, encoding="utf-8")
    confirm_all(full)
    empty = build_county(folder / "empty", 0)
    book = office_workbook([invented(number) for number in range(letters)])
    return Year(save(book, folder / "figures.xlsx"), full, empty, letters)


def measure(year: Year, rounds: int) -> list[Seconds]:
    """The seconds of every step, round by round."""
    return [{IMPORT: _import(year), CHECK: _check(year)} for _ in range(rounds)]


def _import(year: Year) -> dict[str, float]:
    folders, files = year.empty, (year.workbook,)
    edition, _ = read_edition(folders)
    assert edition is not None, "the county's edition is in order"
    terms = ColumnVocabulary(edition)
    _clear(folders)
    taken = {
        OPEN: timed(lambda: openpyxl.load_workbook(year.workbook)),
        WHOLE_IMPORT: _command(folders, "import", str(year.workbook), "--apply", "--quiet"),
    }
    _expect(folders, year.letters)
    _clear(folders)
    start = time.perf_counter()
    read, _ = read_files(files)
    taken[READ] = time.perf_counter() - start
    taken[GATHER] = timed(lambda: gather(read, (), terms, blank_is_zero=False))
    start = time.perf_counter()
    plan = plan_import(folders, ImportRequest(files), date(ISSUED.year, 6, 1))
    taken[PLAN] = time.perf_counter() - start - taken[READ] - taken[GATHER]
    taken[WRITE] = timed(lambda: write_all(plan.contents))
    _expect(folders, year.letters)
    taken[AGAIN] = timed(
        lambda: plan_import(folders, ImportRequest(files), date(ISSUED.year, 6, 2))
    )
    return {step: max(seconds, 1e-6) for step, seconds in taken.items()}


def _check(year: Year) -> dict[str, float]:
    paths = sorted(year.full.authorities.iterdir())
    taken = {
        PARSE: timed(lambda: [yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in paths]),
        WHOLE_CHECK: _command(year.full, "check"),
    }
    start = time.perf_counter()
    loaded = load_edition(year.full)
    taken[PREPARE] = time.perf_counter() - start
    edition = loaded.edition
    assert edition is not None
    taken[SUMS] = timed(lambda: sums_over(edition, loaded.data.authorities.values()))
    taken[RENDER] = timed(lambda: list(check_words(loaded, loaded.slugs, Cancellation())))
    return taken


def timed(work: Callable[[], object]) -> float:
    """The seconds that a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _command(folders: EditionFolders, *words: str) -> float:
    """The seconds of a command as people run it, start and all."""
    where = ["--workspace", str(folders.workspace.folder), "--year", str(ISSUED.year)]
    start = time.perf_counter()
    said = subprocess.run([LETTERS, *words, *where], capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if said.returncode:
        raise RuntimeError(f"letters {words[0]} failed:\n{said.stdout}{said.stderr}")
    return seconds


def _clear(folders: EditionFolders) -> None:
    """Take all authorities out of an edition, and what is known of their figures."""
    shutil.rmtree(folders.authorities, ignore_errors=True)
    (folders.data / "origins.json").unlink(missing_ok=True)


def _expect(folders: EditionFolders, letters: int) -> None:
    number = len(list(folders.authorities.glob("*.yaml")))
    if number != letters:
        raise RuntimeError(f"{number} authorities were imported; expected {letters}")


def ratios(rounds: Sequence[Seconds]) -> dict[str, list[Ratio]]:
    """Each step beside the yardstick of its side: the median over the rounds."""

    def ratio(side: str, step: str) -> float:
        yardstick = YARDSTICKS[side]
        return statistics.median(taken[side][step] / taken[side][yardstick] for taken in rounds)

    return {
        side: [Ratio(step, ratio(side, step), YARDSTICKS[side]) for step in steps]
        for side, steps in STEPS.items()
    }


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print a table, and write the ratios where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--letters", type=int, default=400, help="how many authorities (400)")
    parser.add_argument("--rounds", type=int, default=3, help="how often all is done (3)")
    parser.add_argument("--json", type=Path, help="a file for the ratios")
    options = parser.parse_args(words)
    if options.letters < FEWEST or options.rounds < 1:
        parser.error(f"at least {FEWEST} letters and one round")
    with TemporaryDirectory() as folder:
        print("making the workbook", file=sys.stderr)
        year = make_year(Path(folder), options.letters)
        print("measuring", file=sys.stderr)
        rounds = measure(year, options.rounds)
    found = ratios(rounds)
    print(table(found, SIDES, options.letters))
    whole = {
        side: statistics.median(taken[side][steps[0]] for taken in rounds)
        for side, steps in STEPS.items()
    }
    print(
        f"For information: letters import --apply took {whole[IMPORT]:.1f} s here, "
        f"letters check {whole[CHECK]:.1f} s."
    )
    if options.json:
        options.json.write_text(as_json(found, options.letters, options.rounds), encoding="utf-8")


if __name__ == "__main__":
    main()
