"""`letters build`: what its options do."""

import fcntl
import re
from pathlib import Path

import pytest

from generator.files.parts import LOCK_FILE
from tests.borsetshire import AMBRIDGE, build_tree, slow_for, unprintable_for
from tests.commands.conftest import Run, parishes, told

pytestmark = pytest.mark.processes

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE, F_FILE = (f"data/2031/authorities/{slug}.yaml" for slug in (A, F))
MORE_ROADS = {A_FILE: AMBRIDGE.replace("roads: 3", "roads: 4")}
ERROR = {A_FILE: AMBRIDGE.replace("roads: 3", "roads: -3")}
NEGATIVE = (
    "received.roads: found -3, which is negative; "
    "expected a whole number, or null if not yet supplied"
)
WHERE = "They are in output/2031; index.html shows them all.\n"


def all_files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder: its content and when it was last written."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def letters_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {name: file for name, file in all_files(folder).items() if "/" in name}


def test_a_second_build_makes_nothing_again(built: Run, tmp_path: Path) -> None:
    before = letters_of(tmp_path / "output/2031")

    said = built("build")

    assert (said.code, told(said)) == (0, f"2 letters: 2 unchanged, in … s.\n{WHERE}")
    assert said.err.splitlines()[1:] == [f"unchanged  {A}", f"unchanged  {F}"]
    assert letters_of(tmp_path / "output/2031") == before


def test_letters_laid_out_each_by_itself_are_the_same(built: Run, tmp_path: Path) -> None:
    before = {name: content for name, (content, _) in letters_of(tmp_path / "output/2031").items()}

    said = built("build", "--full-render", "--force")

    assert said.out.startswith("2 letters: 2 written")
    after = letters_of(tmp_path / "output/2031")
    assert {name: content for name, (content, _) in after.items()} == before


def test_a_corrected_figure_makes_that_letter_and_says_why(built: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, MORE_ROADS)

    said = built("build")

    assert (said.code, told(said)) == (0, f"2 letters: 1 written, 1 unchanged, in … s.\n{WHERE}")
    assert said.err.splitlines()[1:] == [f"unchanged  {F}", f"written    {A}: figures changed"]


def test_a_dry_run_says_what_would_be_made_and_why(built: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, MORE_ROADS, parishes(1))

    said = built("build", "--dry-run")

    assert (said.code, said.err) == (0, "Edition 2031, in data/2031\n")
    assert said.out == (
        f"to write   {A}: figures changed\n"
        "to write   parish-00: new\n"
        "3 letters: 2 to write, 1 unchanged. Nothing was written (--dry-run).\n"
    )


def test_a_dry_run_writes_nothing_at_all(run: Run, tmp_path: Path) -> None:
    run("build", "--dry-run", "--prune", "--force")
    assert not (tmp_path / "output").exists()

    run("build")
    (tmp_path / "output/2031" / LOCK_FILE).unlink()
    (tmp_path / f"output/2031/pdf/.{F}.pdf.half.part").write_text("left by a run that was killed")
    before = all_files(tmp_path / "output")
    build_tree(tmp_path, MORE_ROADS, {F_FILE: None})
    (tmp_path / F_FILE).unlink()

    run("build", "--dry-run", "--prune", "--force")

    assert all_files(tmp_path / "output") == before


def test_a_dry_run_tells_programs_the_same_in_one_object(built: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, MORE_ROADS)

    said = built("build", "--dry-run", "--json")

    assert (said.code, said.err) == (0, "")
    assert said.json == {
        "command": "build",
        "edition": 2031,
        "letters": [
            {"slug": A, "status": "to write", "reason": "figures changed", "files": []},
            {"slug": F, "status": "unchanged", "reason": "", "files": []},
        ],
        "problems": [],
        "counts": {"to write": 1, "unchanged": 1},
    }


def test_a_dry_run_finds_what_a_build_would_not_make(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, ERROR)

    said, report = run("build", "--dry-run"), run("build", "--dry-run", "--json")

    assert (said.code, report.code) == (1, 1)
    assert said.err.splitlines()[1:] == [f"{A_FILE}:5:19: error: {NEGATIVE}"]
    assert said.out.splitlines() == [
        f"in error   {A}: {NEGATIVE}",
        f"to write   {F}: new",
        "2 letters: 1 to write, 1 in error. Nothing was written (--dry-run).",
    ]
    assert report.json["counts"] == {"to write": 1, "in error": 1}
    assert run("build", "--dry-run", "felp").code == 0


def test_a_dry_run_needs_not_wait_for_another_run(built: Run, tmp_path: Path) -> None:
    with (tmp_path / "output/2031" / LOCK_FILE).open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        planned, refused = built("build", "--dry-run"), built("build", "--force")

    assert planned.code == 0
    assert refused.code == 1
    assert re.fullmatch(
        r"output/2031: error: process \d+ is building letters here; wait until it ends, "
        r"or stop it",
        refused.err.splitlines()[1],
    )
    assert told(refused) == "2 letters: 2 skipped, in … s.\n"


def test_force_makes_also_what_is_as_it_should_be(built: Run, tmp_path: Path) -> None:
    before = letters_of(tmp_path / "output/2031")

    said = built("build", "--force", "--jobs", "1")

    assert told(said) == f"2 letters: 2 written, in … s.\n{WHERE}"
    assert said.err.splitlines()[1:] == [
        f"written    {A}: rebuilt as asked (--force)",
        f"written    {F}: rebuilt as asked (--force)",
    ]
    after = letters_of(tmp_path / "output/2031")
    assert {n: content for n, (content, _) in after.items()} == {
        n: content for n, (content, _) in before.items()
    }
    assert all(after[name][1] > before[name][1] for name in before)


def test_fail_fast_stops_at_the_first_that_cannot_be_made(workers: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, parishes(4), {"templates/letter.html.jinja": unprintable_for(A)})

    said = workers("build", "--fail-fast", "--jobs", "1")

    assert said.code == 1
    assert told(said) == "6 letters: 1 failed, 5 skipped, in … s.\n"
    assert said.err.splitlines()[-1] == (
        f"skipped    5 letters ({F}, …): not tried after the first failure (--fail-fast)"
    )
    assert letters_of(tmp_path / "output/2031") == {}


def test_without_fail_fast_all_that_can_be_made_is_made(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, parishes(1), {"templates/letter.html.jinja": unprintable_for(A)})

    assert told(run("build")) == f"3 letters: 2 written, 1 failed, in … s.\n{WHERE}"


def test_only_failed_makes_those_that_could_not_be_made_last_time(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, ERROR)
    run("build")
    build_tree(tmp_path, parishes(1))

    said, again = run("build", "--only-failed"), run("build", "--only-failed")

    assert (said.code, told(said)) == (0, f"1 letter: 1 written, in … s.\n{WHERE}")
    assert said.err.splitlines()[1:] == [f"written    {A}: new"]
    assert (again.code, told(again)) == (0, "No letters to make, in … s.\n")


def test_prune_removes_the_letters_of_authorities_that_have_left(
    built: Run, tmp_path: Path
) -> None:
    (tmp_path / F_FILE).unlink()
    stale = "output/2031/pdf/felpersham-city-council.pdf: warning: stale: its authority is no "
    stale += "longer in the edition; --prune deletes its letter"

    kept, planned = built("build"), built("build", "--dry-run")
    removed = built("build", "--prune")

    assert (kept.code, planned.code) == (0, 0)
    assert stale in kept.err.splitlines()
    assert stale in planned.err.splitlines()
    assert removed.err.splitlines()[1:] == [
        f"unchanged  {A}",
        f"removed    output/2031/pdf/{F}.pdf",
        f"removed    output/2031/html/{F}.html",
        f"removed    output/2031/text/{F}.txt",
    ]
    assert {Path(name).stem for name in letters_of(tmp_path / "output/2031")} == {A}
    assert built("build", "--strict").code == 0


def test_prune_tells_programs_what_it_removed(built: Run, tmp_path: Path) -> None:
    (tmp_path / F_FILE).unlink()

    assert built("build", "--prune", "--json").json["removed"] == [
        f"output/2031/pdf/{F}.pdf",
        f"output/2031/html/{F}.html",
        f"output/2031/text/{F}.txt",
    ]


def test_counts_are_of_what_became_of_the_letters(built: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, parishes(1), {F_FILE: "name: Felpersham City Council\n"})

    assert built("build", "--json").json["counts"] == {"written": 1, "unchanged": 1, "failed": 1}


@pytest.mark.thorough
def test_a_letter_that_takes_too_long_fails_alone_and_says_what_to_do(
    workers: Run, tmp_path: Path
) -> None:
    build_tree(tmp_path, {"templates/letter.html.jinja": slow_for("amb", loops=9)})

    said = workers("build", "--time-limit", "20")

    assert said.code == 1
    assert told(said) == f"2 letters: 1 written, 1 failed, in … s.\n{WHERE}"
    assert said.err.splitlines()[-1] == (
        f"failed     {A}: took longer than 20 seconds and was stopped; "
        "--time-limit SECONDS allows more"
    )


def test_quiet_says_the_sum_and_nothing_of_each_letter(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, ERROR)

    said = run("build", "--quiet")

    assert said.err.splitlines() == [f"{A_FILE}:5:19: error: {NEGATIVE}"]
    assert told(said) == f"2 letters: 1 written, 1 failed, in … s.\n{WHERE}"


@pytest.mark.thorough
def test_one_worker_and_two_make_the_same_bytes(workers: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, parishes(1))
    made = []
    for jobs in ("1", "2"):
        workers("build", "--force", "--jobs", jobs)
        files = letters_of(tmp_path / "output/2031")
        made.append({name: content for name, (content, _) in files.items()})

    assert len(made[0]) == 9
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--jobs", "0"), "Invalid value for '--jobs' / '-j': "),
        (("--jobs", "many"), "Invalid value for '--jobs' / '-j': "),
        (("--time-limit", "0"), "Invalid value for '--time-limit': "),
    ],
)
def test_a_number_that_makes_no_sense_is_a_wrong_use(
    words: tuple[str, str], said: str, run: Run, tmp_path: Path
) -> None:
    refused = run("build", *words)

    assert refused.code == 2
    assert refused.err.startswith(said)
    assert refused.err.endswith('Run "letters build --help" for usage.\n')
    assert not (tmp_path / "output").exists()


def test_prune_looks_at_all_letters_and_takes_no_names(run: Run, tmp_path: Path) -> None:
    said = run("build", "amb", "--prune")

    assert (said.code, said.out) == (2, "")
    assert "--prune applies to all letters; leave out the names." in said.err
    assert not (tmp_path / "output").exists()


def test_a_dry_run_says_what_would_be_pruned_and_prunes_nothing(built: Run, tmp_path: Path) -> None:
    (tmp_path / f"data/2031/authorities/{F}.yaml").unlink()

    said = built("build", "--prune", "--dry-run", "--quiet")

    assert [line for line in said.out.splitlines() if line.startswith("to remove")] == [
        f"to remove  output/2031/{kind}/{F}.{suffix}"
        for kind, suffix in (("pdf", "pdf"), ("html", "html"), ("text", "txt"))
    ]
    assert (said.code, said.err) == (0, "")
    assert (tmp_path / f"output/2031/pdf/{F}.pdf").is_file()


def test_a_lost_manifest_is_told_by_list_and_no_letter_is_called_never_made(
    built: Run, tmp_path: Path
) -> None:
    (tmp_path / "output/2031/manifest.json").write_text("bad")

    said = built("list")

    assert "manifest.json: warning: is damaged; " in said.err
    assert said.out.count("out of date (not in the manifest)") == 2
