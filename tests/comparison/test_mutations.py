"""Each single change of an input is told with its cause, its letters and its line; no other is."""

import random
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.comparison.changes import SharedChange
from generator.comparison.compare import compare_all
from generator.comparison.edition_context import EditionContext
from generator.letter.letter import Letter
from generator.project.load_edition import LoadedEdition, load_edition
from generator.workspace import Workspace
from tests.comparison.mutations import ALL, Mutation, Told, edition_files, mutations
from tests.comparison.two_years import background, versions_of

MUTATIONS = mutations()
DAILY = {mutation.name for mutation in random.Random(16).sample(MUTATIONS, 10)}
"""Those that every check has; all of them are for the thorough one."""


def composed(folder: Path, year: int, mutation: Mutation | None = None) -> LoadedEdition:
    """One edition of sixty authorities, its files written into a folder."""
    files = edition_files(year)
    if mutation is not None:
        path = _path(files, mutation)
        files[path] = files[path].replace(mutation.old, mutation.new, 1)
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    loaded = load_edition(Workspace(folder).edition(year))
    assert [problem for problem in loaded.problems if problem.is_error] == []
    assert tuple(sorted(loaded.letters)) == ALL
    return loaded


def _path(files: dict[str, str], mutation: Mutation) -> str:
    """The file that is changed, which has the words once."""
    [path] = [path for path in files if path.endswith(f"/{mutation.file}") or path == mutation.file]
    if mutation.told:
        assert files[path].count(mutation.old) == 1, f"{path} has not once: {mutation.old}"
    return path


@cache
def last_year() -> tuple[TemporaryDirectory[str], list[Letter], EditionContext]:
    """Last year's letters; their folder stays for as long as they are used."""
    folder = TemporaryDirectory()
    loaded = composed(Path(folder.name), 2030)
    return folder, versions_of(loaded), background(loaded)


def told_of(folder: Path, mutation: Mutation | None) -> tuple[SharedChange, ...]:
    """All that is told of the letters when this was changed."""
    _, before, old = last_year()
    loaded = composed(folder, 2031, mutation)
    pairs = list(zip(before, versions_of(loaded), strict=True))
    return compare_all(pairs, year=2031, against="2030", old=old, new=background(loaded)).shared


def in_short(shared: SharedChange) -> Told:
    """What is told of one shared change, with this year's line, else last year's."""
    change = shared.change
    place = change.place_after or change.place_before
    assert place is not None, change
    line = place.path.read_text(encoding="utf-8").splitlines()[place.line - 1].strip()
    at = f"{place.path.name}: {line}"
    return Told(
        change.cause.name, change.action.value, change.removed, change.added, shared.slugs, at
    )


def expected_of(mutation: Mutation) -> Iterator[Told]:
    """What ought to be told, each with its line."""
    files = edition_files(2031)
    old = files[_path(files, mutation)]
    new = old.replace(mutation.old, mutation.new, 1)
    pairs = zip_longest(old.splitlines(), new.splitlines(), fillvalue="")
    first = next(((a, b) for a, b in pairs if a != b), ("", ""))
    for told in mutation.told:
        line = told.at or (first[1] or first[0]).strip()
        at = f"{Path(mutation.file).name}: {line}"
        yield Told(told.cause, told.action, told.removed, told.added, told.slugs, at)


def test_two_years_that_say_the_same_have_no_changes(tmp_path: Path) -> None:
    assert told_of(tmp_path, None) == ()


@pytest.mark.parametrize(
    "mutation",
    [
        pytest.param(each, id=each.name, marks=() if each.name in DAILY else pytest.mark.thorough)
        for each in MUTATIONS
    ],
)
def test_a_mutation_is_told_and_nothing_else(mutation: Mutation, tmp_path: Path) -> None:
    found = [in_short(shared) for shared in told_of(tmp_path, mutation)]

    assert sorted(map(str, found)) == sorted(map(str, expected_of(mutation)))


def test_there_are_mutations_of_every_kind_of_input() -> None:
    files = {mutation.file for mutation in MUTATIONS}

    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS) >= 112
    assert {"edition.yaml", "statistics.md", "notes.md", "late.md", "templates/letter.css"} <= files
