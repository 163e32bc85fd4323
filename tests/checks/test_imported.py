import datetime
from pathlib import Path

import pytest

from generator.edition.origins import CellOrigin, ImportedFile, Origins, origins_json
from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE, build_tree

A = "ambridge-district-council"
A_FILE = f"data/2031/authorities/{A}.yaml"
FILE = ImportedFile("received.xlsx", "0" * 64, datetime.date(2031, 5, 4))
ORIGINS = origins_json(
    Origins(
        (FILE,),
        {
            A: {
                "received.ponds": CellOrigin(14, 0, "Received!C7"),
                "decided.upheld": CellOrigin(3, 0, "Decided!D7"),
                "received.geese": CellOrigin(5, 0, "Received!Z7"),
            },
            "authority-that-left": {"received.ponds": CellOrigin(1, 0, "Received!C9")},
        },
    )
)

CHANGES: dict[str, tuple[str, str, list[str]]] = {
    "none": ("", "", []),
    "a figure that was imported": (
        "ponds: 14",
        "ponds: 41",
        [
            "5:29: received.ponds: 41, but received.xlsx, Received!C7, from which it was "
            "imported, said 14; correct it, or confirm it"
        ],
    ),
    "a figure that was not imported": ("roads: 3", "roads: 4", []),
    "another file that says it in another way": ("ponds: 14", 'ponds: "14"', []),
}


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_figure_that_is_no_longer_what_its_cell_said_is_a_warning(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    text = AMBRIDGE.replace(old, new) if old else AMBRIDGE
    folders = build_tree(tmp_path, {A_FILE: text}, {"data/2031/origins.json": ORIGINS})

    problems = [p for p in load_edition(folders).problems if p.kind == "changed-since-import"]

    assert [
        f"{p.place.line}:{p.place.column}: {p.where}: {p.message}" for p in problems
    ] == expected
    assert [(p.kind, p.is_error, p.place.path.name) for p in problems] == [
        ("changed-since-import", False, f"{A}.yaml") for _ in expected
    ]


def test_a_figure_that_is_missing_is_said_to_be_missing_alone(tmp_path: Path) -> None:
    gap = {A_FILE: AMBRIDGE.replace("ponds: 14", "ponds: null")}
    folders = build_tree(tmp_path, gap, {"data/2031/origins.json": ORIGINS})

    problems = load_edition(folders).problems

    assert {problem.kind for problem in problems} == {"not-supplied", "orphaned-origins"}


def test_origins_of_nobody_and_of_no_figure_are_a_warning(tmp_path: Path) -> None:
    folders = build_tree(tmp_path, {"data/2031/origins.json": ORIGINS})

    problems = [p for p in load_edition(folders).problems if p.kind == "orphaned-origins"]

    assert {(p.place.path.name, p.where, p.message) for p in problems} == {
        (
            "origins.json",
            "authority-that-left",
            "no authority of this name has a file, and 1 figure of it came from cells; if its file "
            "was renamed, add the old name to aliases there, or else delete its lines here",
        ),
        (
            "origins.json",
            "received.geese",
            "imported for 1 authority, and no figure of the edition; delete its lines here, or "
            "import it anew",
        ),
    }


def test_a_file_that_was_renamed_by_hand_is_still_followed(tmp_path: Path) -> None:
    changed = AMBRIDGE.replace("ponds: 14", "ponds: 41")
    new = {A_FILE: None, "data/2031/authorities/ambridge.yaml": changed}
    folders = build_tree(tmp_path, new, {"data/2031/origins.json": ORIGINS})

    problems = load_edition(folders).problems

    assert [p.where for p in problems if p.kind == "changed-since-import"] == ["received.ponds"]
    assert A not in {p.where for p in problems}
