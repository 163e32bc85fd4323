"""A build that need not read an edition again says and does what one does that reads it all."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator.batch.build_letters import BuildRequest, build_letters
from generator.commands import app
from generator.files.edition_cache import EditionCache
from generator.lineage import earlier_years
from generator.outputs.manifest import read_manifest
from generator.outputs.remembered import recall, remember
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import load_edition
from tests.batch.executors import type_here
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, FELPERSHAM, authority, build_tree
from tests.commands.conftest import Run

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE, F_FILE = (f"data/2031/authorities/{slug}.yaml" for slug in (A, F))
NEW_FILE = "data/2031/authorities/hollerton-town-council.yaml"
EDITION_FILE = "data/2031/edition.yaml"
INTRODUCTION_FILE = "templates/2031/sections/introduction.md"
INSERT_FILE = "templates/2031/inserts/ponds.md"
INSERT = "---\nplace: statistics\nwhen: authority.received.ponds > {}\n---\nSo many ducks.\n"

CHOICES: Mapping[str, list[str | bytes | None]] = {
    A_FILE: [
        AMBRIDGE,
        AMBRIDGE + "# as telephoned\n",
        authority(received_roads=4),
        AMBRIDGE.replace("roads: 3", "roads: null"),
        AMBRIDGE.replace("upheld: 3", "uphled: 3"),
        AMBRIDGE.replace("name: Ambridge", "name: Felpersham"),
        AMBRIDGE.replace("District Council", "City Council").replace("Ambridge", "Felpersham"),
        AMBRIDGE + "inserts: [ponds]\n",
        None,
    ],
    F_FILE: [FELPERSHAM, FELPERSHAM.replace("roads: 20", "roads: 21"), b"\xff", None],
    NEW_FILE: [None, authority("Hollerton Town Council", received_ponds=2), "name: ["],
    EDITION_FILE: [
        EDITION,
        EDITION.replace("By carrier pigeon", "By hand"),
        EDITION + "letters: {when: authority.received.total > 17}\n",
        EDITION + "national: {received: {total: 37}}\n",
        EDITION + "comparators: {last_year: {year: -1}}\n",
        EDITION + "comparators: {all: {among: all, average: mean}}\n",
        EDITION.replace("language: en-GB", "language: [en]"),
    ],
    INTRODUCTION_FILE: [
        BORSETSHIRE[INTRODUCTION_FILE],
        "I write to you, Felpersham City Council.\n",
        "I write about {{ authority.received.roads }} of {{ edition.nothing }}.\n",
        None,
    ],
    INSERT_FILE: [None, INSERT.format(0), INSERT.format(100), INSERT.format("ducks")],
    "templates/letter.css": [BORSETSHIRE["templates/letter.css"], "p { color: navy }", "@import x"],
    "templates/2031/letter.css": [None, "p { margin: 1mm }"],
    "data/2031/confirmed.yaml": [None, "- nothing\n"],
    "data/2030/edition.yaml": [None, EDITION.replace("2031", "2030")],
    f"data/2030/authorities/{A}.yaml": [None, authority(received_roads=30)],
    "templates/2030/sections/introduction.md": [None, "In those days.\n"],
    "templates/2030/sections/statistics.md": [None, BORSETSHIRE[INTRODUCTION_FILE]],
    f"issued/2030/{A}.txt": [None, "Dear Walter Gabriel,\n"],
    "data/2031/authorities/notes.txt": [None, "To do"],
    f"output/2031/pdf/{A}.pdf": [None, b"spoilt"],
    f"output/2031/text/{F}.txt": [None],
    "output/2031/manifest.json": [None, b"{"],
    "output/2031/index.html": [None, b"spoilt"],
    "output/2031/pdf/long-gone.pdf": [None, b"of somebody"],
}
"""What may stand in each file, or nothing; it need not be right."""
OPTIONS = [
    [],
    [],
    [],
    ["--dry-run"],
    ["--draft"],
    ["--prune"],
    ["--strict"],
    ["--only-failed"],
    [A],
]


def put(folder: Path, name: str, content: str | bytes | None) -> None:
    path = folder / name
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".building"
    }


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often an edition was read by `build`, and the engine loaded; letters are but typed."""
    counts = {"read": 0, "engine": 0}
    load = earlier_years.load_edition

    def reading(*args: Any, **options: Any) -> Any:
        counts["read"] += 1
        return load(*args, **options)

    def get_ready() -> None:
        counts["engine"] += 1

    monkeypatch.setattr("generator.commands.build.load_edition", reading)
    monkeypatch.setattr(app, "get_ready", get_ready)
    monkeypatch.setattr(app, "executor_for", lambda *_: type_here)
    return counts


def said(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> Any:
    """All that a build says, to people or to programs, and what it leaves."""
    monkeypatch.chdir(folder)
    found = run("build", *words)
    told = re.sub(r"(, in|\"seconds\":) [0-9.]+", "", found.out)
    return found.code, told, found.err, contents(folder)


LOOKING = [["check"], ["check", A], ["list"], ["list", "--sort", "problems"]]
"""Commands that use what a build remembers, and remember nothing themselves."""


def looked(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> Any:
    """All that such a command says."""
    monkeypatch.chdir(folder)
    found = run(*words, "--json")
    return found.code, found.out, found.err, contents(folder)


@pytest.mark.parametrize(
    "edits", [pytest.param(200, marks=pytest.mark.thorough), 10], ids=["many", "some"]
)
def test_whatever_is_edited_a_build_agrees_with_one_that_reads_all(
    edits: int,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    counted: dict[str, int],
) -> None:
    random = Random(f"{edits} edits")
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    build_tree(ours)
    build_tree(theirs)
    read = 0
    for number in range(edits):
        for name in random.sample([*CHOICES], random.choice((0, 1, 1, 1, 2))):
            content = random.choice([CHOICES[name][0], *CHOICES[name]])
            put(ours, name, content)
            put(theirs, name, content)
        words = [*random.choice(OPTIONS), *random.choice(([], ["--json"]))]

        without = said(run, theirs, monkeypatch, *words, "--no-cache")
        before = counted["read"]
        found = said(run, ours, monkeypatch, *words)

        assert found == without, f"after {number} edits, {words}"
        read += counted["read"] - before
        words = random.choice(LOOKING)
        assert looked(run, ours, monkeypatch, *words) == looked(run, theirs, monkeypatch, *words)
    assert edits / 3 < read < edits


def test_where_nothing_has_changed_nothing_is_read_and_no_engine_loaded(
    run: Run, counted: dict[str, int], tmp_path: Path
) -> None:
    first = run("build")
    assert (first.code, counted) == (0, {"read": 1, "engine": 1})
    before = contents(tmp_path)

    again = run("build")

    assert (again.code, counted) == (0, {"read": 1, "engine": 1})
    assert again.err == f"Edition 2031, in data/2031\nunchanged  {A}\nunchanged  {F}\n"
    page = "output/2031/index.html"
    assert {**contents(tmp_path), page: b""} == {**before, page: b""}


def test_without_the_cache_there_is_no_engine_either_where_nothing_is_to_be_made(
    run: Run, counted: dict[str, int]
) -> None:
    run("build")

    run("build", "--no-cache")

    assert counted == {"read": 2, "engine": 1}


def test_a_correction_has_the_engine_loaded_while_all_is_read(
    run: Run, counted: dict[str, int], tmp_path: Path
) -> None:
    run("build")
    put(tmp_path, A_FILE, authority(received_roads=4))

    corrected = run("build")

    assert counted == {"read": 2, "engine": 2}
    assert f"written    {A}: figures changed\n" in corrected.err


def test_a_letter_that_is_gone_is_made_of_what_is_read_then(
    run: Run, counted: dict[str, int], tmp_path: Path
) -> None:
    run("build")
    before = contents(tmp_path / "output/2031/pdf")
    put(tmp_path, f"output/2031/pdf/{A}.pdf", None)

    mended = run("build")

    assert counted == {"read": 2, "engine": 2}
    assert f"written    {A}: pdf/{A}.pdf is missing\n" in mended.err
    assert contents(tmp_path / "output/2031/pdf") == before


def test_letters_that_are_named_are_read(run: Run, counted: dict[str, int]) -> None:
    run("build")

    named = run("build", "amb")

    assert counted["read"] == 2
    assert f"unchanged  {A}\n" in named.err


def test_what_was_cut_off_and_is_finished_now_is_read(
    run: Run, counted: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build")

    def recover(_session: object) -> None:
        put(tmp_path, A_FILE, authority(received_roads=4))

    monkeypatch.setattr("generator.commands.writing.recover_all", recover)
    finished = run("build")

    assert counted["read"] == 2
    assert f"written    {A}: figures changed\n" in finished.err


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(path.read_bytes()[:-9]),
        lambda path: path.write_text('["", "", "", []]'),
    ],
    ids=["deleted", "cut off", "poisoned"],
)
def test_a_cache_that_is_gone_or_spoilt_changes_nothing(
    spoil: Callable[[Path], object],
    run: Run,
    counted: dict[str, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    run("build")
    remembered = run("build", "--json").json
    (path,) = (tmp_path / "cache/annual-letters").iterdir()
    before = contents(tmp_path / "output")

    spoil(path)
    read = run("build", "--json").json

    assert counted["read"] == 2
    assert {**read, "seconds": 0} == {**remembered, "seconds": 0}
    assert contents(tmp_path / "output") == before


def test_an_edition_that_is_changed_before_it_is_read_is_planned_anew(tmp_path: Path) -> None:
    """The plan is made of what is remembered, and before a letter is made all is changed."""
    folders = build_tree(tmp_path)
    remember(load_edition(folders), EditionCache(folders, draft=False))
    kept = recall(folders, EditionCache(folders, draft=False), lambda: load_edition(folders))
    assert kept is not None
    changed = {A_FILE: authority(received_roads=40), NEW_FILE: authority("Hollerton Town Council")}
    build_tree(tmp_path, changed)
    (tmp_path / F_FILE).unlink()

    stop = Cancellation()
    outcome = build_letters(
        *(kept, BuildRequest(kept.slugs), folders.output(), type_here, stop),
        begin=lambda _steps: None,
        done=lambda _result: None,
    )
    stop.close()

    manifest = read_manifest(folders.output())
    assert manifest is not None
    now = load_edition(folders)
    assert [result.slug for result in outcome.results] == now.slugs == [*manifest.letters]
    remember(now, EditionCache(folders, draft=False))
    anew = recall(folders, EditionCache(folders, draft=False), lambda: now)
    assert anew is not None
    for slug, entry in manifest.letters.items():
        assert {**entry.inputs, "engine": ""} == {**anew.inputs[slug], "engine": ""}


def test_what_is_remembered_is_what_was_found(tmp_path: Path) -> None:
    """Problems of every sort, in several places, with what a person can accept and what not."""
    folders = build_tree(
        tmp_path,
        {
            A_FILE: AMBRIDGE.replace("roads: 3", "roads: null"),
            F_FILE: FELPERSHAM.replace("upheld", "uphled"),
            INSERT_FILE: INSERT.format(0),
            EDITION_FILE: EDITION + "letters: {when: authority.received.ponds > 14}\n",
            "data/2031/authorities/notes.txt": "",
        },
    )
    loaded = load_edition(folders)
    remember(loaded, EditionCache(folders, draft=False))

    kept = recall(folders, EditionCache(folders, draft=False), lambda: loaded)

    assert kept is not None
    exactly = [replace(p, message=f"{p.message} {p.subject} {p.in_draft}") for p in loaded.problems]
    assert exactly == [
        replace(p, message=f"{p.message} {p.subject} {p.in_draft}") for p in kept.problems
    ]
    assert loaded.problems != []
    assert [kept.problems_of(slug) for slug in kept.slugs] == [
        loaded.problems_of(slug) for slug in loaded.slugs
    ]
    for chosen in ([A], [F], kept.slugs):
        assert kept.problems_of_all(chosen) == loaded.problems_of_all(chosen)
    assert (kept.slugs, dict(kept.files)) == (loaded.slugs, dict(loaded.files))
    assert dict(kept.without_letter) == dict(loaded.without_letter)
    assert kept.letters_rule == loaded.letters_rule


def test_what_is_no_entry_is_as_none(tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    EditionCache(folders, draft=False).keep('{"files": {}, "problems": 1}', [])

    cache = EditionCache(folders, draft=False)

    assert cache.holds
    assert recall(folders, cache, lambda: load_edition(folders)) is None


def test_of_files_whose_names_are_no_text_nothing_is_kept(
    run: Run, counted: dict[str, int], tmp_path: Path
) -> None:
    (tmp_path / os.fsdecode(b"data/2031/authorities/\xff.txt")).touch()

    codes = [run("build").code for _ in range(2)]

    assert (codes, counted["read"]) == ([0, 0], 2)


def test_two_runs_at_once_leave_a_cache_that_can_be_used(tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    loaded = load_edition(folders)
    first, second = (EditionCache(folders, draft=False) for _ in range(2))

    remember(loaded, first)
    remember(loaded, second)

    assert recall(folders, EditionCache(folders, draft=False), lambda: loaded) is not None
