"""Forty invented authorities over two years: the same letters, until a test changes one input."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.comparison.changes import Change, Comparison, SharedChange
from generator.comparison.compare import compare_all
from generator.comparison.edition_context import EditionContext, background_of
from generator.letter.letter import Letter, LetterSource, Reading
from generator.problems import Place
from generator.project.load_edition import LoadedEdition, load_edition
from generator.rendering.record import record_of
from generator.workspace import Workspace
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, INTRODUCTION

SLUGS = [f"parish-{number:02}" for number in range(1, 41)]
BUSY = [slug for slug in SLUGS if int(slug[-2:]) + 14 > 52]
"""Those that have the insert `busy` by its rule."""
THANKED = ["parish-07", "parish-21"]
"""Those that name the insert `thanks`."""

SECTIONS = ["introduction", "statistics", "future"]
STATISTICS = """\
# The statistics

We received {{ authority.received.total | count("complaint") }} about the {{ authority.noun }}, and
we upheld {{ authority.decided.upheld }} of those that we investigated in the course of the year.

We publish these figures every year, so that all who live in the county can see them.
"""
FUTURE = """\
# What comes next

Next year we will say more about how complaints are put right, and by whom.
"""
BUSY_INSERT = """\
---
place: statistics
when: authority.received.total > 52
---
This was a busy year for the {{ authority.noun }}, and for us.
"""
THANKS_INSERT = """\
---
place: future
---
Thank you for {{ insert.matter }}, which we were glad to hear of.
"""


def authority_file(number: int) -> str:
    """The file of one authority: its figures follow from its number."""
    slug = f"parish-{number:02}"
    text = AMBRIDGE.replace("Ambridge District Council", f"Parish {number:02} Council")
    text = text.replace("Walter Gabriel", f"Walter Gabriel {'I' * (number % 7 + 1)}")
    text = text.replace("roads: 3", f"roads: {number}")
    if slug in THANKED:
        text += "inserts:\n  - thanks: {matter: the new pond}\n"
    return text


def edition_files(year: int) -> dict[str, str]:
    """The files of one edition, by path; those of both years say the same."""
    edition = EDITION.replace("year: 2031", f"year: {year}").replace(" {{ edition.year }}", "")
    edition = edition.replace("[introduction, statistics]", f"[{', '.join(SECTIONS)}]")
    templates = f"templates/{year}"
    shared = {
        path.replace("2031", str(year)): text
        for path, text in BORSETSHIRE.items()
        if "authorities" not in path
    }
    return {
        **shared,
        f"data/{year}/edition.yaml": edition,
        f"{templates}/sections/introduction.md": INTRODUCTION,
        f"{templates}/sections/statistics.md": STATISTICS,
        f"{templates}/sections/future.md": FUTURE,
        f"{templates}/inserts/busy.md": BUSY_INSERT,
        f"{templates}/inserts/thanks.md": THANKS_INSERT,
        **{f"data/{year}/authorities/{s}.yaml": authority_file(int(s[-2:])) for s in SLUGS},
    }


def prepare_year(folder: Path, year: int, changes: Mapping[str, tuple[str, str]]) -> LoadedEdition:
    """Write one edition, with these replacements in its files, and compose its letters."""
    files = edition_files(year)
    for name, (old, new) in changes.items():
        path = next(path for path in files if path.endswith(name))
        assert files[path].count(old) == 1, f"{name} has not once: {old}"
        files[path] = files[path].replace(old, new)
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    loaded = load_edition(Workspace(folder).edition(year))
    wrong = [problem for problem in loaded.problems if problem.is_error]
    assert wrong == []
    assert sorted(loaded.letters) == SLUGS
    return loaded


def versions_of(loaded: LoadedEdition) -> list[Letter]:
    """The letters of an edition, as sides of a comparison."""
    readings = {s: Reading(LetterSource.EDITION, path) for s, path in loaded.data.files.items()}
    return [replace(c.letter, reading=readings[slug]) for slug, c in loaded.letters.items()]


def background(loaded: LoadedEdition) -> EditionContext:
    """What is known of an edition beyond its letters."""
    assert loaded.edition is not None
    assert loaded.wording is not None
    return background_of(loaded.edition, loaded.wording, loaded.data.authorities)


@cache
def last_year() -> tuple[TemporaryDirectory[str], list[Letter], EditionContext]:
    """Last year's letters, which no test changes; the folder stays for as long as they are used."""
    folder = TemporaryDirectory()
    loaded = prepare_year(Path(folder.name), 2030, {})
    return folder, versions_of(loaded), background(loaded)


def compare_years(
    folder: Path, changes: Mapping[str, tuple[str, str]], *, records: bool = False
) -> Comparison:
    """Compare this year's letters, made of changed files, with last year's, or their records."""
    _, before, old = last_year()
    if records:
        before = [_as_recorded(version) for version in before]
    loaded = prepare_year(folder, 2031, changes)
    pairs = list(zip(before, versions_of(loaded), strict=True))
    new = background(loaded)
    return compare_all(pairs, year=2031, against="the edition of 2030", old=old, new=new)


def _as_recorded(version: Letter) -> Letter:
    """A letter as the record in its PDF tells it: without places."""
    reading = replace(version.reading, source=LetterSource.RECORD)
    return replace(record_of(version), reading=reading)


def only(comparison: Comparison) -> SharedChange:
    """The one shared change there is."""
    assert len(comparison.shared) == 1, [describe(shared.change) for shared in comparison.shared]
    return comparison.shared[0]


def describe(change: Change) -> tuple[str, str, str, str]:
    """A change in short: what became of it, why, and the words."""
    return (change.action.value, change.cause.name, change.removed, change.added)


def line_of(place: Place | None) -> str:
    """The line that a place names: `introduction.md:3: its words`."""
    assert place is not None, "no place"
    line = place.path.read_text(encoding="utf-8").splitlines()[place.line - 1]
    return f"{place.path.parent.parent.name}/{place.path.name}: {line.strip()}"
