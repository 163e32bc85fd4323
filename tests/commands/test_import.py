"""`letters import FILE…`, as an analyst sees it when the year's figures have come."""

import resource
from pathlib import Path

import pytest

from tests.borsetshire import AMBRIDGE as AMBRIDGE_FILE
from tests.commands.conftest import Run
from tests.spreadsheets.workbooks import (
    AMBRIDGE,
    BORSETSHIRE,
    FELPERSHAM,
    RECEIVED,
    csv_bytes,
    save,
    workbook,
)

A_FILE = Path("data/2031/authorities/ambridge-district-council.yaml")


def received(roads: int, *more: tuple[object, ...]) -> str:
    """A workbook of the complaints received, with so many about roads in Ambridge."""
    rows = [RECEIVED[:3], (AMBRIDGE, roads, 14), (FELPERSHAM, 20, 0), *more]
    return str(save(workbook({"Received": rows}), Path("in/received.xlsx")))


def test_a_plan_says_what_was_read_how_it_was_understood_and_what_would_change(run: Run) -> None:
    rows = [
        ("Complaints received",),
        ("Council", "Ponds & Ducks", "Roads", "Region"),
        ("Ambridge DC", 14, 4, "West"),
        (FELPERSHAM, 0, 20, "East"),
        ("Total", 14, 24),
        ("As on 1 June.",),
    ]
    save(workbook({"Received": rows, "Read me": [("Hello",)]}), Path("in/received.xlsx"))
    Path("labels.yaml").write_text("Read me!: ignore\n")

    said = run("import", "in/received.xlsx", "--mapping", "labels.yaml")

    assert said.code == 0
    assert said.err == "Edition 2031, in data/2031\n"
    assert said.out.splitlines() == [
        "in/received.xlsx:Received: headings in row 2, 2 authorities in rows 3 to 4, total in "
        "row 5, words alone in row 6.",
        "in/received.xlsx:'Read me': ignored, as the mapping file says.",
        "No sheet has figures of decided and remedied.",
        "COLUMN                        LABEL          HOLDS",
        "in/received.xlsx:Received!A2  Council        authority",
        "in/received.xlsx:Received!B2  Ponds & Ducks  received.ponds",
        "in/received.xlsx:Received!C2  Roads          received.roads",
        "in/received.xlsx:Received!D2  Region         nothing that is imported",
        '"Ambridge DC" is read as ambridge-district-council: the same name in another form.',
        "changed    ambridge-district-council: received.roads 3 → 4 (in/received.xlsx:Received!C3)",
        "1 of 4 figures to change. Nothing was written; use --apply to write 2 files.",
    ]
    assert A_FILE.read_text() == AMBRIDGE_FILE


def test_apply_writes_it_and_a_second_time_there_is_nothing_to_do(run: Run) -> None:
    file = received(4)

    assert run("import", file, "--apply", "--quiet").out.splitlines()[-1] == (
        "1 of 4 figures changed. Written: 2 files."
    )
    assert A_FILE.read_text() == AMBRIDGE_FILE.replace("roads: 3", "roads: 4")
    assert run("import", file, "--apply", "--quiet").out == (
        "0 of 4 figures to change. Nothing to write.\n"
    )


def test_an_error_is_said_with_its_cell_and_nothing_is_written(run: Run) -> None:
    file = received(4, ("Penny Hassett Parish Council", "n/a", 1))

    said = run("import", file, "--apply", "--quiet", "--new", "*")

    assert said.code == 1
    assert said.err.splitlines()[-1] == (
        'in/received.xlsx:Received!B4: error: received.roads: found the text "n/a"; '
        "expected a whole number"
    )
    assert said.out.splitlines()[-1] == (
        "1 new authority; 1 of 5 figures to change. Nothing was written because of 1 error."
    )
    assert A_FILE.read_text() == AMBRIDGE_FILE
    assert not Path("data/2031/origins.json").exists()


def test_the_authority_with_the_error_may_be_left_out(run: Run) -> None:
    file = received(4, ("Penny Hassett Parish Council", "n/a", 1))

    said = run("import", file, "--apply", "--quiet", "--leave-out", "penny")

    assert said.code == 0
    assert said.out.splitlines()[-1] == (
        "1 of 4 figures changed; left out: Penny Hassett Parish Council. Written: 2 files."
    )


def test_many_figures_of_one_authority_are_supplied_in_one_line(run: Run) -> None:
    A_FILE.write_text(AMBRIDGE_FILE.replace("roads: 3, ponds: 14", "roads: null, ponds: null"))

    said = run("import", received(3), "--quiet")

    assert said.out.splitlines() == [
        "supplied   ambridge-district-council: 2 figures (in/received.xlsx:Received!B2 and on)",
        "2 of 4 figures to change. Nothing was written; use --apply to write 2 files.",
    ]


def test_sums_that_follow_and_changes_by_hand_are_told_apart(run: Run) -> None:
    A_FILE.write_text(AMBRIDGE_FILE.replace("ponds: 14}", "ponds: 14, total: 17}"))
    run("import", received(3), "--apply")
    A_FILE.write_text(
        AMBRIDGE_FILE.replace("roads: 3, ponds: 14}", "roads: 5, ponds: 14, total: 19}")
    )

    said = run("import", received(4), "--quiet")

    assert said.out.splitlines()[:2] == [
        "changed    ambridge-district-council: received.roads 5, which was changed by hand → 4 "
        "(in/received.xlsx:Received!B2)",
        "follows    ambridge-district-council: received.total 19 → 18",
    ]


def test_a_new_authority_becomes_a_file_that_waits_for_its_addressee(run: Run) -> None:
    file = received(3, ("Penny Hassett Parish Council", 1, 1))

    said = run("import", file, "--apply", "--quiet", "--new", "Penny Hassett Parish Council")

    assert said.code == 0
    assert said.out.splitlines() == [
        "new        penny-hassett-parish-council: Penny Hassett Parish Council",
        "1 new authority. Written: 2 files.",
    ]
    assert said.err.splitlines() == [
        "data/2031/authorities/penny-hassett-parish-council.yaml: warning: addressee: a new "
        "authority without an addressee in any list; add one to its file"
    ]
    messages = [line.partition("yaml:")[2] for line in run("check").err.splitlines()]
    assert messages[1:] == [
        "4:8: error: addressee.name: left blank; expected the addressee's name",
        "5:10: error: addressee.office: left blank; expected one line of text",
    ]


def test_names_are_settled_on_the_command_line(run: Run) -> None:
    rows = [RECEIVED[:3], ("Ambrigde", 3, 14), (FELPERSHAM, 20, 0), ("Ambridge County", 1, 1)]
    Path("r.csv").write_bytes(csv_bytes(rows))

    assert run("import", "r.csv").code == 1
    said = run(
        *("import", "r.csv", "--quiet", "--match", "Ambrigde=ambridge"),
        *("--new", "Ambridge County"),
    )

    assert said.code == 0
    assert said.out.splitlines()[0] == "new        ambridge-county: Ambridge County"


def test_wrong_uses_are_said_and_nothing_is_done(run: Run) -> None:
    file = received(4)

    for words, sentence in [
        (("--match", "Ambridge"), '--match "Ambridge": expected a row\'s name and its authority, '),
        (("--match", "Nobody=ambridge"), 'No row is named "Nobody".'),
        (("--leave-out", "nobody"), 'No authority "nobody"; "letters list" shows them all.'),
    ]:
        said = run("import", file, "--apply", *words)
        assert said.code == 2
        assert sentence in said.err
    assert run("import").code == 2
    assert A_FILE.read_text() == AMBRIDGE_FILE


def test_a_file_of_another_kind_is_to_be_saved_as_xlsx(run: Run) -> None:
    Path("figures.ods").write_bytes(b"PK")

    said = run("import", "figures.ods")

    assert said.code == 1
    assert said.err.splitlines()[1:] == [
        "figures.ods: error: not a format that import reads; save it as .xlsx (preferably) or .csv"
    ]


def test_all_of_it_is_there_for_programs(run: Run) -> None:
    save(workbook(BORSETSHIRE), Path("all.xlsx"))
    A_FILE.write_text(AMBRIDGE_FILE.replace("roads: 3", "roads: 2"))

    said = run("import", "all.xlsx", "--json").json

    assert said["command"] == "import"
    assert said["applied"] is False
    assert said["changes"] == [
        {
            "slug": "ambridge-district-council",
            "name": "received.roads",
            "before": "2",
            "after": "3",
            "cell": "all.xlsx:Received!B2",
            "follows": False,
            "by_hand": False,
        }
    ]
    assert said["letters"] == [
        {
            "slug": "ambridge-district-council",
            "status": "changed",
            "reason": "received.roads",
            "files": [str(A_FILE)],
        }
    ]
    assert said["tables"][0]["columns"]["D1"] == "received.total"
    assert said["matched"][AMBRIDGE] == {"slug": "ambridge-district-council", "how": "exact"}
    assert len(said["files"][0]["sha256"]) == 64


def test_a_problem_for_programs_has_its_cell(run: Run) -> None:
    problem = run("import", received(-1), "--json").json["problems"][0]

    assert (problem["path"], problem["cell"], problem["line"], problem["column"]) == (
        "in/received.xlsx",
        "Received!B2",
        2,
        2,
    )


@pytest.mark.processes
def test_build_makes_exactly_the_letters_whose_figures_were_corrected(run: Run) -> None:
    for number in range(4):
        path = Path(f"data/2031/authorities/parish-{number}.yaml")
        path.write_text(AMBRIDGE_FILE.replace("Ambridge District Council", f"Parish {number}"))
    rows = [*BORSETSHIRE["Received"], *((f"Parish {n}", 3, 14, 17) for n in range(4))]
    run("import", str(save(workbook({"R": rows}), Path("v1.xlsx"))), "--apply")
    assert run("build", "--quiet").code == 0
    corrected = [list(row) for row in rows]
    for row in (1, 3, 5):
        corrected[row][1:4] = [4, 14, 18]
    file = str(save(workbook({"R": corrected}), Path("v2.xlsx")))

    shown = run("import", file, "--apply", "--quiet")
    built = run("build", "--dry-run")

    slugs = ["ambridge-district-council", "parish-0", "parish-2"]
    assert [line for line in shown.out.splitlines() if line.startswith("changed")] == [
        f"changed    {slug}: received.roads 3 → 4 (v2.xlsx:R!B{row})"
        for slug, row in zip(slugs, (2, 4, 6), strict=True)
    ]
    assert [line for line in built.out.splitlines() if line.startswith("to write")] == [
        f"to write   {slug}: figures changed" for slug in slugs
    ]


def test_a_file_that_says_what_is_known_tells_where_it_comes_from(run: Run) -> None:
    said = run("import", received(3), "--apply", "--quiet")

    assert said.out == (
        "0 of 4 figures changed. Written: origins.json, which says where the figures come from.\n"
    )


def test_where_a_file_cannot_be_written_all_are_as_they_were(run: Run) -> None:
    file = received(4, ("Penny Hassett Parish Council", 1, 1))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))  # as on a disk that is full
    try:
        said = run("import", file, "--apply", "--new", "*")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert said.code == 1
    assert said.err.splitlines()[-1] == (
        f"{A_FILE}: error: cannot be written: File too large; nothing was changed"
    )
    assert said.out.splitlines()[-1].endswith("Nothing was written because of 1 error.")
    assert A_FILE.read_text() == AMBRIDGE_FILE
    assert {path.name for path in A_FILE.parent.iterdir()} == {
        "ambridge-district-council.yaml",
        "felpersham-city-council.yaml",
    }
    assert not Path("data/2031/origins.json").exists()


def test_the_same_command_can_be_given_again_with_what_is_no_longer_new(run: Run) -> None:
    name = "Penny Hassett Parish Council"
    file = received(4, (name, 1, 1))

    first, second = (run("import", file, "--apply", "--new", name, "--quiet") for _ in range(2))

    assert (first.code, second.code) == (0, 0)
    assert second.out.endswith("Nothing to write.\n")
