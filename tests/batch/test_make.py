"""One letter that fails stops no other, and leaves its files of last time as they were."""

from dataclasses import replace
from pathlib import Path

from generator.batch.make import Result, check_letters, make_letters, output_paths
from generator.batch.prepare import prepare
from tests.borsetshire import AMBRIDGE, build_tree

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE = f"data/2031/authorities/{A}.yaml"


def make(folder: Path, *changes: dict[str, str | bytes | None]) -> list[Result]:
    prepared = prepare(build_tree(folder, *changes))
    return list(make_letters(prepared, prepared.slugs, folder / "output"))


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_each_letter_is_written_three_times(tmp_path: Path) -> None:
    results = make(tmp_path)

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
        (A, "failed", "4 errors"),
        (F, "written", ""),
    ]


def test_a_letter_that_fails_leaves_last_times_files_and_says_so(tmp_path: Path) -> None:
    make(tmp_path)
    before = files_in(tmp_path / "output")

    results = make(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: -3")})

    assert results[0].reason == "1 error; the letter made before is untouched"
    assert {n: c for n, c in files_in(tmp_path / "output").items() if A in n} == {
        n: c for n, c in before.items() if A in n
    }


def test_a_letter_that_the_engine_cannot_print_leaves_last_times_files_too(tmp_path: Path) -> None:
    make(tmp_path)
    before = files_in(tmp_path / "output")

    results = make(tmp_path, {A_FILE: AMBRIDGE.replace("Ambridge District", "安橋")})

    assert [r.status for r in results] == ["failed", "written"]
    assert [p.line(p.place.path.name) for p in results[0].problems] == [
        f"{A}.yaml: error: pdf: Liberation Sans has no sign for “{sign}” (U+{ord(sign):04X}, "
        f"cjk unified ideograph-{ord(sign):04x})"
        for sign in "安橋"
    ]
    assert files_in(tmp_path / "output") == before


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

    assert [r.status for r in results] == ["failed", "written"]
    del before[f"text/{A}.txt"]
    assert files_in(tmp_path / "output") == before


def test_checking_writes_nothing(tmp_path: Path) -> None:
    prepared = prepare(build_tree(tmp_path))
    before = files_in(tmp_path)

    results = list(check_letters(prepared, prepared.slugs, pages=True))

    assert [r.status for r in results] == ["checked", "checked"]
    assert files_in(tmp_path) == before


def test_checking_the_pages_finds_what_only_the_engine_knows(tmp_path: Path) -> None:
    prepared = prepare(build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("Walter", "☃")}))

    without = [r.status for r in check_letters(prepared, prepared.slugs)]
    with_pages = [r.status for r in check_letters(prepared, prepared.slugs, pages=True)]

    assert without == ["checked", "checked"]
    assert with_pages == ["failed", "checked"]


def test_a_sign_that_the_typeface_has_not_is_told_where_it_is_written(tmp_path: Path) -> None:
    words = "# The statistics\n\nA snowman\nis ☃ this.\n"
    prepared = prepare(build_tree(tmp_path, {"templates/2031/sections/statistics.md": words}))

    results = list(check_letters(prepared, prepared.slugs, pages=True))

    problems = {problem for result in results for problem in result.problems}
    assert [p.line(p.place.path.name) for p in problems] == [
        "statistics.md:3:1: error: pdf: Liberation Sans has no sign for “☃” (U+2603, snowman)"
    ]


def test_a_mistake_of_ours_fails_one_letter_and_shows_no_traceback(tmp_path: Path) -> None:
    """A letter of nothing stands for whatever nobody foresaw."""
    prepared = prepare(build_tree(tmp_path))
    composed = prepared.letters[A]
    broken = replace(composed, letter=replace(composed.letter, blocks=()))
    prepared = replace(prepared, letters={**prepared.letters, A: broken})

    results = list(make_letters(prepared, prepared.slugs, tmp_path / "output"))

    assert [result.status for result in results] == ["failed", "written"]
    assert results[0].problems[0].message.startswith("a mistake of this program (")
