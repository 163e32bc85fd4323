"""The invented county over two years: its letters, and its next edition, started as people do.

Every letter differs from the one before as letters do: all its figures, what is shared and was
reworded, and one in ten in an insert that it no longer has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf

from benchmarks.county import authority_name, authority_text, build_county
from benchmarks.ours import cold_build
from benchmarks.report import WORKERS
from generator.checks.confirmed_file import confirmed_text
from generator.confirming.confirmation import Confirmable
from generator.edition.values import slug_of
from generator.files.transaction import atomic_write, write_all
from generator.lineage.new_files import edition_contents, plan_edition
from generator.problems import errors
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders

RECORDS, PAGES, TEXTS = "records", "pages", "texts"

REWORDED = {
    "introduction.md": ("will prove helpful in assessing", "helps you and others to assess"),
    "complaint-statistics.md": ("can be a worrying sign", "may be a sign"),
    "future-development.md": ("Last year, we highlighted", "Two years ago, we set out"),
    "supporting-local-scrutiny.md": ("continues to be", "remains"),
    "complaint-handling-training.md": (
        "In 2017-18 we delivered 58 courses, training more than 800 people.",
        "In 2018-19 we held 63 courses for more than 900 people, many of them online.",
    ),
}
"""By section: words of the first edition, and those of the next."""


@dataclass(frozen=True)
class TwoYears:
    """This year's edition, and last year's letters."""

    this_year: EditionFolders
    letters: int
    against: Mapping[str, Path | None]
    """What each side of last year is read from; None for the letters made, which are found."""
    pdfs: Mapping[str, Path]
    """The folders of the PDFs whose text is extracted beside it."""


def make_two_years(folder: Path, letters: int) -> TwoYears:
    """Make the letters of a county, strip them of their records, and start its next edition."""
    first = build_county(folder / "county", letters)
    cold_build(first, WORKERS)
    made, texts = first.output() / "pdf", first.output() / "text"
    bare = without_attachments(made, folder / "bare")
    return TwoYears(
        start_second_year(first, letters),
        letters,
        against={RECORDS: None, PAGES: bare, TEXTS: texts},
        pdfs={RECORDS: made, PAGES: bare, TEXTS: made},
    )


def start_second_year(first: EditionFolders, letters: int) -> EditionFolders:
    """Start the edition after this one of a county of so many letters; supply and reword."""
    new, problems = plan_edition(first, first.year + 1)
    if new is None:
        raise RuntimeError(f"no next edition: {errors(problems)[0].message}")
    write_all(edition_contents(new))
    for number in range(letters):
        path = new.folders.authorities / f"{slug_of(authority_name(number))}.yaml"
        path.write_text(_authority_text(number), encoding="utf-8")
    for name, (before, after) in REWORDED.items():
        path = new.folders.sections / name
        original = path.read_text(encoding="utf-8")
        if before not in original:
            raise RuntimeError(f"{name} does not say: {before}")
        path.write_text(original.replace(before, after), encoding="utf-8")
    confirm_all(new.folders)
    return new.folders


def confirm_all(folders: EditionFolders) -> None:
    """Confirm what is as it was and right, as people do when they have read it."""
    found = Confirmable(load_edition(folders))
    day = date(folders.year, 5, 1)
    entries = [found.entry(digest, "Ida Fairweather", day) for digest in found.open]
    atomic_write(folders.confirmed_file, confirmed_text(entries).encode())


def _authority_text(number: int) -> str:
    """The file of an authority, with the figures that its neighbour had the year before."""
    own, group, _ = authority_text(number).partition("received:")
    figures = authority_text(number + 1).partition("received:")[2].partition("inserts:")[0]
    return own + group + figures


def without_attachments(made: Path, folder: Path) -> Path:
    """Write the PDFs of a folder into another, as they are but with nothing attached to them."""
    folder.mkdir(parents=True)
    for path in sorted(made.glob("*.pdf")):
        with pikepdf.open(path) as document:
            del document.Root.Names["/EmbeddedFiles"]
            del document.Root["/AF"]
            document.save(folder / path.name)
    return folder
