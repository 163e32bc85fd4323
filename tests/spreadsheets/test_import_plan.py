"""What an import changes in the files: these values, what follows, and not a byte more."""

from datetime import date
from pathlib import Path

import pytest

from generator.edition.origins import read_origins
from generator.files.transaction import write_all
from generator.spreadsheets.import_plan import ImportRequest, plan_import
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE as AMBRIDGE_FILE
from tests.spreadsheets.conftest import NEW, Planned, said
from tests.spreadsheets.workbooks import (
    AMBRIDGE,
    BORSETSHIRE,
    FELPERSHAM,
    RECEIVED,
    csv_bytes,
    save,
    workbook,
)

LAID_OUT = """\
# Agreed with the council on 3 May.
name: Ambridge District Council   # as they write it
addressee: {name: Walter Gabriel, office: Chief Executive}

remedied: {by_us: 2, by_authority: 1}
decided:
  upheld: 3        # one of them twice
  not_upheld: 5
  advice_given: 1
  uphold_rate: 38
  total: 9
received:
  roads: 3

  # ducks, mostly
  ponds: 14
  total: 17
inserts: []
"""


def write(folders: EditionFolders, text: str) -> Path:
    path = folders.authorities / "ambridge-district-council.yaml"
    path.write_bytes(text.encode())
    return path


def changed(name: str, value: int, total: int | None = None) -> object:
    """The county's workbook with another figure of Ambridge's, and with its total."""
    book = workbook(BORSETSHIRE)
    sheet, cell = name.split("!")
    book[sheet][cell] = value
    if total is not None:
        book[sheet]["D2" if sheet == "Received" else "F2"] = total
        book[sheet]["E2"] = None
    return book


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "a byte order mark"])
def test_comments_order_and_layout_stay_and_stated_sums_follow(
    line_end: str, mark: str, planned: Planned, folders: EditionFolders
) -> None:
    text = mark + LAID_OUT.replace("\n", line_end)
    path = write(folders, text)

    plan = planned(changed("Decided!D2", 5, total=11))

    assert said(plan) == []
    assert [(c.name, c.before, c.after, c.follows) for c in plan.changes] == [
        ("decided.upheld", "3", "5", False),
        ("decided.uphold_rate", "38", "50%", True),
        ("decided.total", "9", "11", True),
    ]
    assert plan.contents[path].decode() == text.replace("upheld: 3 ", "upheld: 5 ").replace(
        "rate: 38", "rate: 50%"
    ).replace("total: 9", "total: 11")


def test_a_sum_that_a_file_states_wrongly_is_put_right(
    planned: Planned, folders: EditionFolders
) -> None:
    write(folders, LAID_OUT.replace("total: 17", "total: 18"))

    plan = planned(workbook(BORSETSHIRE))

    assert [(c.name, c.before, c.after) for c in plan.changes] == [("received.total", "18", "17")]


def test_figures_not_yet_supplied_are_supplied_sums_too(
    planned: Planned, folders: EditionFolders
) -> None:
    empty = LAID_OUT
    for value in ("upheld: 3", "not_upheld: 5", "advice_given: 1", "rate: 38", "total: 9"):
        empty = empty.replace(value, value.partition(":")[0] + ": null")
    path = write(folders, empty)

    plan = planned(workbook(BORSETSHIRE))

    assert plan.contents[path].decode() == LAID_OUT.replace("rate: 38", "rate: 38%")


def test_parts_and_keys_that_a_file_lacks_are_added(
    planned: Planned, folders: EditionFolders
) -> None:
    text = (
        "name: Ambridge District Council\naddressee:\n  name:\n  office:\ndecided:\n  upheld: 3\n"
    )
    path = write(folders, text + "remedied:\ninserts: []\n")

    plan = planned(
        {
            **BORSETSHIRE,
            "People": [
                ("Authority", "Name", "Office"),
                (AMBRIDGE, "Walter Gabriel", "Chief Executive"),
                (FELPERSHAM, "Dorothy Adamson", "Managing Director"),
            ],
        }
    )

    assert plan.contents[path].decode() == (
        "name: Ambridge District Council\n"
        "addressee:\n  name: Walter Gabriel\n  office: Chief Executive\n"
        "received:\n  roads: 3\n  ponds: 14\n"
        "decided:\n  upheld: 3\n  advice_given: 1\n  not_upheld: 5\n"
        "remedied:\n  by_us: 2\n  by_authority: 1\ninserts: []\n"
    )


def test_a_group_of_which_a_file_says_that_nothing_is_supplied_is_filled_in(
    planned: Planned, folders: EditionFolders
) -> None:
    received = "received: {roads: 3, ponds: 14}"
    path = write(folders, AMBRIDGE_FILE.replace(received, "received: null"))

    plan = planned(workbook(BORSETSHIRE))

    assert plan.contents[path].decode() == AMBRIDGE_FILE.replace(
        received, "received:\n  roads: 3\n  ponds: 14"
    )


def test_a_file_that_cannot_be_changed_in_place_is_left_to_a_person(
    planned: Planned, folders: EditionFolders
) -> None:
    path = write(folders, "{name: Ambridge District Council, received: null}\n")

    plan = planned(workbook(BORSETSHIRE))

    assert [p.message for p in plan.problems if p.place.path == path] == [
        'its values cannot be replaced one by one; write each as a plain "key: value"'
    ]
    assert plan.contents == {}


def test_a_second_import_finds_nothing_to_do_and_keeps_the_day_of_the_first(
    planned: Planned, folders: EditionFolders
) -> None:
    write_all(planned(changed("Received!B2", 4, total=18)).contents)
    before = {path: path.read_bytes() for path in folders.data.rglob("*.*")}

    later = plan_import(folders, ImportRequest((Path("figures.xlsx"),)), date(2031, 12, 24))

    assert later.contents == {}
    assert {path: path.read_bytes() for path in folders.data.rglob("*.*")} == before


def test_three_corrections_in_a_new_version_are_three_changes(planned: Planned) -> None:
    write_all(planned(workbook(BORSETSHIRE)).contents)
    book = workbook(BORSETSHIRE)
    for name, value in {"B2": 5, "D2": 19, "B3": 21, "D3": 22, "C3": 1}.items():
        book["Received"][name] = value

    plan = planned(book)

    assert [(c.slug, c.name, c.before, c.after, c.cell.cell_name) for c in plan.changes] == [
        ("ambridge-district-council", "received.roads", "3", "5", "Received!B2"),
        ("felpersham-city-council", "received.roads", "20", "21", "Received!B3"),
        ("felpersham-city-council", "received.ponds", "0", "1", "Received!C3"),
    ]


def test_what_was_changed_by_hand_since_is_said_before_it_is_replaced(
    planned: Planned, folders: EditionFolders
) -> None:
    write_all(planned(workbook(BORSETSHIRE)).contents)
    write(folders, AMBRIDGE_FILE.replace("roads: 3", "roads: 7"))

    plan = planned(workbook(BORSETSHIRE))

    assert [(c.name, c.before, c.after, c.by_hand) for c in plan.changes] == [
        ("received.roads", "7", "3", True)
    ]


def test_each_figure_keeps_the_cell_it_came_from(planned: Planned, folders: EditionFolders) -> None:
    Path("received.csv").write_bytes(csv_bytes([RECEIVED[:3], (FELPERSHAM, 20, 0)]))
    save(workbook({"Received": [RECEIVED[:3], (AMBRIDGE, 3, 14)]}), Path("in/a.xlsx"))

    write_all(planned([Path("received.csv"), Path("in/a.xlsx")]).contents)

    origins, _ = read_origins(folders)
    found = origins.of("ambridge-district-council", "received.ponds")
    assert found is not None
    assert (found[0].cell, found[1].name, found[0].value) == ("Received!C2", "a.xlsx", 14)
    found = origins.of("felpersham-city-council", "received.roads")
    assert found is not None
    assert (found[0].cell, found[1].name, found[1].imported) == (
        "B2",
        "received.csv",
        date(2031, 6, 2),
    )
    assert origins.of("felpersham-city-council", "decided.upheld") is None


def test_origins_that_cannot_be_read_are_not_written_over(
    planned: Planned, folders: EditionFolders
) -> None:
    (folders.data / "origins.json").write_text("<<<<<<< theirs")

    plan = planned(changed("Received!B2", 4, total=18))

    assert [(p.place.path.name, p.is_error) for p in plan.problems] == [("origins.json", True)]
    assert plan.contents == {}


def test_all_files_are_written_or_none(planned: Planned, folders: EditionFolders) -> None:
    plan = planned(
        {"Received": [RECEIVED[:3], (AMBRIDGE, 4, 14), (FELPERSHAM, 21, 0), ("A Council", 1, 1)]},
        said=NEW,
    )
    before = {path: path.read_bytes() for path in folders.data.rglob("*.*")}
    (folders.data / "origins.json").mkdir()

    with pytest.raises(IsADirectoryError):
        write_all(plan.contents)

    (folders.data / "origins.json").rmdir()
    assert {path: path.read_bytes() for path in folders.data.rglob("*.*")} == before
