"""A build makes what is not as it should be, and accounts for every letter."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.batch.build_letters import BuildRequest, Outcome, build_letters
from generator.batch.run import LetterExecutor, Result
from generator.files.parts import locked
from generator.outputs.manifest import MANIFEST_FILE, output_paths, read_manifest
from generator.outputs.plan import PlannedAction
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import load_edition
from generator.verification.output_formats import output_formats
from tests.batch.executors import build, make_here, type_here
from tests.borsetshire import AMBRIDGE, EDITION, authority, build_tree, unprintable_for

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE, F_FILE = (f"data/2031/authorities/{slug}.yaml" for slug in (A, F))


def make(
    folder: Path, *changes: Mapping[str, str | bytes | None], executor: LetterExecutor = type_here
) -> list[Result]:
    loaded = load_edition(build_tree(folder, *changes))
    return build(loaded, folder / "output", executor).results


def files_in(folder: Path) -> dict[str, bytes]:
    """The letters' files in an output folder."""
    paths = [
        path
        for each in output_formats()
        for path in (folder / each.name).glob("*")
        if path.is_file()
    ]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_each_letter_is_written_three_times(tmp_path: Path) -> None:
    results = make(tmp_path, executor=make_here)

    assert [(r.slug, r.status, len(r.files)) for r in results] == [
        (A, "written", 3),
        (F, "written", 3),
    ]
    assert sorted(files_in(tmp_path / "output")) == sorted(
        f"{kind}/{slug}.{suffix}"
        for slug in (A, F)
        for kind, suffix in (("pdf", "pdf"), ("html", "html"), ("text", "txt"))
    )


def test_a_letter_with_an_error_is_not_made_and_the_others_are(tmp_path: Path) -> None:
    results = make(tmp_path, {A_FILE: "name: A\n"})

    assert [(r.slug, r.status, r.reason) for r in results] == [
        (
            A,
            "failed",
            "4 errors, the first: decided: missing; "
            'expected lines such as "advice_given: …" below it',
        ),
        (F, "written", "new"),
    ]


def test_a_letter_that_fails_leaves_last_times_files_and_says_so(tmp_path: Path) -> None:
    make(tmp_path)
    before = files_in(tmp_path / "output")

    results = make(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: -3")})

    assert results[0].reason == (
        "received.roads: found -3, which is negative; expected a whole number, or null if not "
        "yet supplied; the earlier letter is unchanged"
    )
    assert {n: c for n, c in files_in(tmp_path / "output").items() if A in n} == {
        n: c for n, c in before.items() if A in n
    }


def test_a_letter_that_the_engine_cannot_print_leaves_last_times_files_too(tmp_path: Path) -> None:
    make(tmp_path)
    before = files_in(tmp_path / "output")
    unprintable = {"templates/letter.html.jinja": unprintable_for(A)}

    results = make(tmp_path, unprintable, executor=make_here)

    assert [(r.slug, r.status) for r in results] == [(A, "failed"), (F, "written")]
    assert [p.where for p in results[0].problems] == ["pdf"]
    after = files_in(tmp_path / "output")
    assert {n for n in before if A in n and after[n] != before[n]} == set()


def test_a_place_that_cannot_be_written_fails_that_letter_alone(tmp_path: Path) -> None:
    in_the_way = output_paths(tmp_path / "output", A)["html"]
    in_the_way.mkdir(parents=True)

    results = make(tmp_path)

    assert [r.status for r in results] == ["failed", "written"]
    (problem,) = results[0].problems
    assert problem.line("a.html") == "a.html: error: cannot be written: Is a directory"


def test_a_letters_three_files_are_all_new_or_all_old(tmp_path: Path) -> None:
    """Where one cannot be written, no new PDF stands beside an old text."""
    make(tmp_path)
    before = files_in(tmp_path / "output")
    in_the_way = output_paths(tmp_path / "output", A)["text"]
    in_the_way.unlink()
    in_the_way.mkdir()

    results = make(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: 4")})

    assert [r.status for r in results] == ["failed", "unchanged"]
    del before[f"text/{A}.txt"]
    assert files_in(tmp_path / "output") == before


def test_a_mistake_of_ours_fails_one_letter_and_shows_no_traceback(tmp_path: Path) -> None:
    """A letter of nothing stands for whatever nobody foresaw."""
    loaded = load_edition(build_tree(tmp_path))
    composed = loaded.letters[A]
    broken = replace(composed, letter=replace(composed.letter, blocks=()))
    loaded = replace(loaded, letters={**loaded.letters, A: broken})

    results = build(loaded, tmp_path / "output").results

    assert [result.status for result in results] == ["failed", "written"]
    assert results[0].problems[0].message.startswith("internal error (")


CORRECTED = {A_FILE: AMBRIDGE.replace("roads: 3", "roads: 4")}


def said(results: list[Result]) -> list[tuple[str, str, str]]:
    return [(r.slug, r.status, r.reason) for r in results]


def times_in(folder: Path) -> dict[str, tuple[int, int]]:
    """When each letter's file was written, and which file it is."""
    stats = {name: (folder / name).stat() for name in files_in(folder)}
    return {name: (stat.st_mtime_ns, stat.st_ino) for name, stat in stats.items()}


def test_a_second_time_nothing_is_made_and_no_file_is_touched(tmp_path: Path) -> None:
    make(tmp_path)
    output = tmp_path / "output"
    files, times = files_in(output), times_in(output)

    again = make(tmp_path)

    assert said(again) == [(A, "unchanged", ""), (F, "unchanged", "")]
    assert [len(result.files) for result in again] == [3, 3]
    assert (files_in(output), times_in(output)) == (files, times)


def test_one_corrected_figure_makes_one_letter(tmp_path: Path) -> None:
    make(tmp_path)
    output = tmp_path / "output"
    files, times = files_in(output), times_in(output)

    again = make(tmp_path, CORRECTED)

    assert said(again) == [(A, "written", "figures changed"), (F, "unchanged", "")]
    after = files_in(output)
    assert {name for name in after if after[name] != files[name]} == {
        name for name in after if A in name
    }
    kept = {name: time for name, time in times_in(output).items() if F in name}
    assert kept == {name: time for name, time in times.items() if F in name}


def test_a_figure_and_its_correction_give_the_first_bytes_again(tmp_path: Path) -> None:
    make(tmp_path)
    before = files_in(tmp_path / "output")

    make(tmp_path, CORRECTED)
    make(tmp_path)

    assert files_in(tmp_path / "output") == before


def test_touching_files_makes_nothing(tmp_path: Path) -> None:
    make(tmp_path)
    for path in tmp_path.rglob("*"):
        path.touch()

    assert said(make(tmp_path)) == [(A, "unchanged", ""), (F, "unchanged", "")]


def test_another_date_of_the_letters_makes_all(tmp_path: Path) -> None:
    make(tmp_path)

    again = make(tmp_path, {"data/2031/edition.yaml": EDITION.replace("2031-07-16", "2031-07-17")})

    assert said(again) == [(A, "written", "edition changed"), (F, "written", "edition changed")]
    for slug in (A, F):
        assert "17 July 2031" in (tmp_path / f"output/text/{slug}.txt").read_text()


def spoil(path: Path, how: str) -> None:
    content = path.read_bytes()
    match how:
        case "deleted":
            path.unlink()
        case "emptied":
            path.write_bytes(b"")
        case "cut off":
            path.write_bytes(content[:-1])
        case "edited":
            path.write_bytes(content.replace(b"a", b"e", 1))
        case "one bit turned":
            path.write_bytes(bytes([content[0] ^ 1]) + content[1:])


SPOILT = [
    pytest.param(
        how,
        kind,
        id=f"{kind} {how}",
        marks=() if kind == "pdf" or how == "edited" else pytest.mark.thorough,
    )
    for how in ("deleted", "emptied", "cut off", "edited", "one bit turned")
    for kind in ("pdf", "html", "text")
]


@pytest.mark.parametrize(("how", "kind"), SPOILT)
def test_a_spoilt_file_is_noticed_and_made_again(how: str, kind: str, tmp_path: Path) -> None:
    make(tmp_path)
    before = files_in(tmp_path / "output")
    path = output_paths(tmp_path / "output", A)[kind]
    spoil(path, how)
    assert files_in(tmp_path / "output") != before

    again = make(tmp_path)

    why = "is missing" if how == "deleted" else "has changed since it was built"
    assert said(again) == [(A, "written", f"{kind}/{path.name} {why}"), (F, "unchanged", "")]
    assert files_in(tmp_path / "output") == before


def test_only_some_are_made_where_only_some_are_asked_for(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))

    some = build(loaded, tmp_path / "output", type_here, slugs=[F])
    all_ = build(loaded, tmp_path / "output", type_here)

    assert said(some.results) == [(F, "written", "new")]
    assert said(all_.results) == [(A, "written", "new"), (F, "unchanged", "")]


def test_only_failed_makes_those_that_failed_last_time(tmp_path: Path) -> None:
    build(load_edition(build_tree(tmp_path, {A_FILE: "name: A\n"})), tmp_path / "output", type_here)
    more = {"data/2031/authorities/penny-hassett-council.yaml": authority("Penny Hassett Council")}
    loaded = load_edition(build_tree(tmp_path, more))

    first = build(loaded, tmp_path / "output", type_here, only_failed=True)
    second = build(loaded, tmp_path / "output", type_here, only_failed=True)

    assert said(first.results) == [(A, "written", "new")]
    assert second.results == []


def test_only_failed_tries_again_what_fails_again(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, {"templates/letter.html.jinja": unprintable_for(A)}))
    output = tmp_path / "output"

    runs = [build(loaded, output)] + [build(loaded, output, only_failed=True) for _ in "12"]

    assert [[(r.slug, r.status) for r in run.results] for run in runs] == [
        [(A, "failed"), (F, "written")],
        [(A, "failed")],
        [(A, "failed")],
    ]


def test_forced_all_are_made_again_with_the_same_bytes(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))
    build(loaded, tmp_path / "output", type_here)
    files, times = files_in(tmp_path / "output"), times_in(tmp_path / "output")

    forced = build(loaded, tmp_path / "output", type_here, force=True)

    assert said(forced.results) == [
        (slug, "written", "rebuilt as asked (--force)") for slug in (A, F)
    ]
    assert files_in(tmp_path / "output") == files
    after = times_in(tmp_path / "output")
    assert [name for name in files if after[name] == times[name]] == []


def shown(outcome: Outcome) -> list[str]:
    return [p.line(p.place.path.name) for p in outcome.problems]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "is damaged"),
        (b"", "is damaged"),
        (b'{"year": 2031, "schema_version": 7}', "was written by another version of this program"),
    ],
)
def test_a_manifest_that_cannot_be_used_costs_time_and_nothing_else(
    content: bytes, why: str, tmp_path: Path
) -> None:
    loaded = load_edition(build_tree(tmp_path))
    output = tmp_path / "output"
    build(loaded, output, type_here)
    files, manifest = files_in(output), (output / MANIFEST_FILE).read_bytes()
    (output / MANIFEST_FILE).write_bytes(content)

    outcome = build(loaded, output, type_here)

    assert said(outcome.results) == [(slug, "written", "not in the manifest") for slug in (A, F)]
    assert shown(outcome) == [
        f"manifest.json: warning: {why}; every letter is rebuilt at the next build"
    ]
    assert (files_in(output), (output / MANIFEST_FILE).read_bytes()) == (files, manifest)
    assert shown(build(loaded, output, type_here)) == []


def test_an_edition_with_an_error_leaves_all_as_it_was(tmp_path: Path) -> None:
    build(load_edition(build_tree(tmp_path)), tmp_path / "output", type_here)
    before = files_in(tmp_path / "output"), (tmp_path / "output/index.html").read_bytes()
    loaded = load_edition(
        build_tree(tmp_path, {"data/2031/edition.yaml": EDITION + "colour: red\n"})
    )

    outcome = build(loaded, tmp_path / "output", type_here, prune=True, force=True)

    why = (
        "colour: unknown key; expected one of languages, typeface, letterhead, tables, charts, "
        "usually, comparators, national, outliers, copies, letters, approvals, …; the earlier "
        "letter is unchanged"
    )
    assert said(outcome.results) == [(A, "failed", why), (F, "failed", why)]
    assert (files_in(tmp_path / "output"), (tmp_path / "output/index.html").read_bytes()) == before
    mended = build(load_edition(build_tree(tmp_path)), tmp_path / "output", type_here)
    assert said(mended.results) == [(A, "unchanged", ""), (F, "unchanged", "")]


def test_drafts_are_made_apart_from_letters(tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    letters, drafts = folders.output(), folders.output(draft=True)
    build(load_edition(folders), letters, type_here)
    before = files_in(letters)

    outcome = build(load_edition(folders, draft=True), drafts, draft=True)

    assert said(outcome.results) == [(A, "written", "new"), (F, "written", "new")]
    assert files_in(letters) == before
    assert files_in(drafts).keys() == before.keys()
    assert b"DRAFT" in files_in(drafts)[f"html/{A}.html"]
    manifests = [read_manifest(folder) for folder in (letters, drafts)]
    assert [manifest.draft for manifest in manifests if manifest] == [False, True]
    assert said(build(load_edition(folders), letters, type_here).results) == [
        (A, "unchanged", ""),
        (F, "unchanged", ""),
    ]
    assert shown(build(load_edition(folders), letters, type_here)) == []


def test_what_a_run_that_was_killed_has_left_is_swept_away(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))
    output = tmp_path / "output"
    build(loaded, output, type_here)
    left = [output / f"pdf/.{A}.pdf.x1.part", output / f".{MANIFEST_FILE}.x2.part"]
    others = [output / "pdf/.hidden", output / "mine.part"]
    for path in (*left, *others):
        path.write_text("half")

    build(loaded, output, type_here)

    assert [path.exists() for path in left] == [False, False]
    assert [path.exists() for path in others] == [True, True]


def test_where_another_run_is_at_work_nothing_is_done(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))
    with locked(tmp_path / "output"):
        outcome = build(loaded, tmp_path / "output", type_here)

    why = f"process {os.getpid()} is building letters here; wait until it ends, or stop it"
    assert said(outcome.results) == [(A, "skipped", why), (F, "skipped", why)]
    assert shown(outcome) == [f"output: error: {why}"]
    assert files_in(tmp_path / "output") == {}


def test_the_plan_is_told_before_and_each_result_as_it_comes(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))
    build(loaded, tmp_path / "output", type_here, slugs=[F])
    told: list[object] = []
    stop = Cancellation()

    build_letters(
        loaded,
        BuildRequest(loaded.slugs),
        tmp_path / "output",
        type_here,
        stop,
        begin=lambda steps: told.append([(step.slug, step.action) for step in steps]),
        done=lambda result: told.append((result.slug, result.status)),
    )
    stop.close()

    assert told == [
        [(A, PlannedAction.MAKE), (F, PlannedAction.KEEP)],
        (F, "unchanged"),
        (A, "written"),
    ]
