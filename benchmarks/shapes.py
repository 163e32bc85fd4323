"""How many letters are made from others of their shape, why the others are not, and what it saves.

    .venv/bin/python -m benchmarks.shapes [--letters N] [WORKSPACE YEAR]

Each letter is printed in three ways, one after the other: by WeasyPrint alone, in full, and as its
shape allows. What is compared is the time that the processor worked for each, summed over all; and
each letter made from another is held to the one that was laid out in full. Without a workspace the
letters are those of invented councils in the wording of 2018.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.county import build_county
from generator.lineage.earlier_years import load_edition
from generator.project.load_edition import LoadedEdition
from generator.rendering.html import FilledLetter
from generator.rendering.pdf.pdf_engine import PdfEngine
from generator.rendering.record import attached_files
from generator.workspace import Workspace
from tests.pdfs import print_bare

BARE, FULL, SHAPE = "by WeasyPrint alone", "in full", "as its shape allows"


@dataclass
class ShapesFound:
    """What came of an edition's letters."""

    why_in_full: Counter[str] = field(default_factory=Counter)
    """How many letters were laid out in full, by the reason; "" for those that were not."""
    seconds: dict[str, float] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """All of it, for people."""
        bare = self.seconds[BARE]
        ratios = (f"{s / bare:.3f} times {BARE}: {way}" for way, s in self.seconds.items())
        return [in_words(self.why_in_full), *ratios]


def why_in_full(loaded: LoadedEdition) -> Counter[str]:
    """How many letters of an edition are laid out in full, by the reason; "" for the others."""
    assert loaded.letter_template is not None
    template = loaded.letter_template
    engine = PdfEngine(template.styles, template.typeface)
    why: Counter[str] = Counter()
    for composed in loaded.letters.values():
        page = FilledLetter(composed.letter, template).page_without_styles
        engine.print(page, attached_files(composed.letter))
        why[engine.why_in_full] += 1
    return why


def in_words(why: Counter[str]) -> str:
    """The same as a sentence."""
    made = f"{why['']} of {why.total()} letters were made from another of their shape"
    full = [f"{number} in full ({reason})" for reason, number in why.most_common() if reason]
    return "; ".join([made, *full]) + "."


def measure(loaded: LoadedEdition) -> ShapesFound:
    """Print all letters of an edition in each way."""
    assert loaded.letter_template is not None
    template = loaded.letter_template
    alone, other = (PdfEngine(template.styles, template.typeface) for _ in range(2))
    found = ShapesFound()
    for composed in loaded.letters.values():
        page = FilledLetter(composed.letter, template).page_without_styles
        attached = attached_files(composed.letter)
        _timed(found, BARE, partial(print_bare, alone, page))
        full = _timed(found, FULL, partial(alone.print, page, attached, in_full=True))
        made = _timed(found, SHAPE, partial(other.print, page, attached))
        found.why_in_full[other.why_in_full] += 1
        if made != full:
            raise RuntimeError(f"{composed.letter.slug} is another than the one laid out in full")
    return found


def _timed(found: ShapesFound, way: str, make: Callable[[], bytes]) -> bytes:
    start = time.process_time()
    made = make()
    found.seconds[way] = found.seconds.get(way, 0) + time.process_time() - start
    return made


def main() -> None:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--letters", type=int, default=400, help="how many invented letters (400)")
    parser.add_argument("workspace", nargs="?", type=Path)
    parser.add_argument("year", nargs="?", type=int)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        folders = (
            Workspace(options.workspace.resolve()).edition(options.year)
            if options.workspace
            else build_county(Path(folder) / "county", options.letters)
        )
        print("\n".join(measure(load_edition(folders)).lines()))


if __name__ == "__main__":
    main()
