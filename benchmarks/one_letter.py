"""What a letter costs, step by step, as ratios within one run.

    .venv/bin/python -m benchmarks.one_letter [--letters N] [--json FILE]

The letter is an invented one, as long as those of 2018. The steps are timed in turn, round by
round, so that what slows the machine slows them all; medians are compared, never the seconds.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from generator.checks.mentions import NameIndex
from generator.checks.registry import PdfContext, check_pdf
from generator.letter.compose import compose
from generator.project.load_edition import LoadedEdition, load_edition
from generator.rendering.html import FilledLetter, render_for_print, render_html
from generator.rendering.pdf import pdf_engine
from generator.rendering.record import attached_files, record_of
from generator.rendering.text import render_text
from generator.verification.reading import read_letter
from tests.borsetshire import AMBRIDGE, build_tree
from tests.pdfs import print_bare

SENTENCE = "We looked at every complaint about ducks, ponds and roads with the same care. "


def measure(rounds: int) -> dict[str, float]:
    """The median seconds of each step, over so many rounds."""
    with tempfile.TemporaryDirectory() as folder:
        words = "# The statistics\n\n" + f"{SENTENCE * 9}\n\n" * 8
        loaded = load_edition(
            build_tree(Path(folder), {"templates/2031/sections/statistics.md": words})
        )
    steps = _steps(loaded)
    taken: dict[str, list[float]] = {name: [] for name in steps}
    for number in range(rounds + 2):
        for name, step in steps.items():
            start = time.perf_counter()
            step()
            if number >= 2:  # the first rounds warm up
                taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def _steps(loaded: LoadedEdition) -> dict[str, Callable[[], object]]:
    assert loaded.problems == []
    assert loaded.letter_template is not None
    assert loaded.edition is not None
    assert loaded.wording is not None
    edition, wording, letter_template = loaded.edition, loaded.wording, loaded.letter_template
    authority = loaded.data.authorities["ambridge-district-council"]
    assert authority.name in AMBRIDGE
    letter = loaded.letters[authority.slug].letter
    engine = pdf_engine.PdfEngine(letter_template.styles)
    page = render_for_print(FilledLetter(letter, letter_template))
    attached = attached_files(letter)
    made = engine.print(page, attached)
    assert check_pdf(PdfContext(read_letter(made), record_of(letter), NameIndex())) == []
    others = (
        page.replace(authority.name, f"{'Ab' if n % 2 else 'Am'}bridge Council") for n in count()
    )
    names = NameIndex(f"Parish {number} Council" for number in range(400))
    return {
        "compose": lambda: compose(edition, authority, wording),
        "HTML": lambda: render_html(FilledLetter(letter, letter_template)),
        "text": lambda: render_text(letter),
        "record": lambda: attached_files(letter),
        "PDF, bare": lambda: print_bare(engine, page),
        "PDF, mended": lambda: engine.print(page, in_full=True),
        "PDF, mended, with attachments": lambda: engine.print(page, attached, in_full=True),
        "PDF, from another of its shape": lambda: engine.print(next(others), attached),
        "proof, 400 authorities": lambda: check_pdf(
            PdfContext(read_letter(made), record_of(letter), names)
        ),
    }


def report(medians: dict[str, float]) -> dict[str, float]:
    """Each step as a ratio of the bare PDF: layout and writing by the engine alone."""
    bare = medians["PDF, bare"]
    return {name: round(seconds / bare, 3) for name, seconds in medians.items()}


def main() -> None:
    """Measure, print a table, and write the ratios where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=40, help="how many rounds (40)")
    parser.add_argument("--json", type=Path, help="a file for the ratios")
    options = parser.parse_args()
    ratios = report(measure(options.letters))
    print("step                             of a bare PDF")
    for name, ratio in ratios.items():
        print(f"{name:<32} {ratio:>12.3f}")
    if options.json:
        options.json.write_text(json.dumps(ratios, indent=2) + "\n")


if __name__ == "__main__":
    main()
