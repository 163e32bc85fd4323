"""What each command costs on an edition with all its letters made."""

import shutil
import statistics
from collections.abc import Mapping
from pathlib import Path

from benchmarks.county import ISSUED, authority_name, build_county
from benchmarks.ours import LETTERS, cold_build, run
from benchmarks.peers import one_letter_alone, write_pages
from benchmarks.report import WORKERS
from generator.edition.values import slug_of

_WORDS = (
    "--help",
    "--version",
    "check",
    "list",
    "build --dry-run",
    "build ONE",
    "verify",
    "verify ONE",
    "diff --against built",
    "export",
    "import FIGURES",
    "trace ONE",
    "schema",
    "new-edition NEXT",
)
"""In the order in which they are run."""


def command_times(folder: Path, letters: int, rounds: int) -> Mapping[str, float]:
    """Each command beside a fresh process that makes one bare PDF: medians over the rounds."""
    county = build_county(folder / "county", letters)
    pages = write_pages(county, folder / "pages")
    cold_build(county, WORKERS)
    names = {
        "ONE": slug_of(authority_name(0)),
        "FIGURES": str(county.output() / "figures.xlsx"),
        "NEXT": str(ISSUED.year + 1),
    }
    taken: dict[str, list[float]] = {words: [] for words in _WORDS}
    for _ in range(rounds):
        unit = one_letter_alone(pages)
        for words in _WORDS:
            command = [LETTERS, *(names.get(word, word) for word in words.split())]
            taken[words].append(run(command, county.workspace.folder).seconds / unit)
        for place in (county.workspace.data, county.workspace.templates):
            shutil.rmtree(place / names["NEXT"])
    return {words: statistics.median(times) for words, times in taken.items()}
