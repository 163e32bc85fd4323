"""`letters new-edition YEAR`, as an editor sees it when a new year begins."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.commands.session import Options, open_session
from generator.commands.set_up import new_edition
from generator.edition.load import read_edition
from generator.problems import errors
from generator.project.load_edition import load_edition
from generator.workspace import UsageError, Workspace
from tests.borsetshire import AMBRIDGE, EDITION, build_tree
from tests.commands.conftest import Run, Said

A_FILE = "data/2031/authorities/ambridge-district-council.yaml"
STATISTICS = "templates/2031/sections/statistics.md"
CHANGES: dict[str, str | bytes | None] = {
    A_FILE: AMBRIDGE + "inserts: [ducks]\n",
    "templates/2031/inserts/ducks.md": "---\nplace: statistics\n---\nAll ducks complained.\n",
    "templates/2031/inserts/geese.md": (
        "---\nplace: statistics\nwhen: authority.decided.upheld > 2\n---\nGeese, too.\n"
    ),
    STATISTICS: "# The statistics\n\nIn 2030 we held 58 courses.\n",
}
ADVICE = 'correct it or, if it is right, confirm it ("letters confirm")'
ASKED = [
    f"data/2032/{place}: the same as in 2031: {who}; {ADVICE}"
    for place, who in (
        (
            "authorities/ambridge-district-council.yaml:3:3: warning: addressee",
            "Walter Gabriel, Chief Executive, Dear Walter Gabriel",
        ),
        (
            "authorities/felpersham-city-council.yaml:3:3: warning: addressee",
            "Dorothy Adamson, Managing Director, Dear Dorothy Adamson",
        ),
        (
            "edition.yaml:7:3: warning: signatory",
            "Ida Fairweather, Ombudsman for Borsetshire",
        ),
    )
] + [
    'templates/2032/sections/statistics.md:3:4: warning: "In 2030 we held 58 courses." is carried '
    f'over from 2031 unchanged and names "2030" and "58"; {ADVICE}',
]

Start = Callable[..., Said]


@pytest.fixture
def start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Start:
    """Starts an edition in the invented workspace, of which some files are changed."""
    monkeypatch.chdir(tmp_path)
    build_tree(tmp_path, CHANGES)

    def start_one(year: str, start_from: str | None = None, **options: Any) -> Said:
        session = open_session("new-edition", Options(**options))
        code = new_edition(session, year, start_from)
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return start_one


def test_it_says_what_was_made_what_was_left_out_and_what_is_to_be_done(start: Start) -> None:
    said = start("2032")

    assert said.code == 0
    assert said.out.splitlines() == [
        "Edition 2032 was started from 2031, in data/2032 and templates/2032: 2 authorities, "
        "no figures yet.",
        "Letter date: Friday 16 July 2032. Period end: Wednesday 31 March 2032.",
        "Not carried over:",
        "  templates/2031/inserts/ducks.md: an insert that no rule places, "
        "only authorities by name",
        f"  {A_FILE}:8:11: inserts: ducks",
        'Check what was carried over: "letters confirm" lists it.',
    ]
    assert said.err.splitlines() == ["Edition 2031, in data/2031", *ASKED]


def test_the_new_edition_can_be_drafted_and_not_yet_be_made(start: Start, tmp_path: Path) -> None:
    start("2032")

    folders = Workspace(tmp_path).edition()
    assert folders.year == 2032
    draft = load_edition(folders, draft=True)
    assert errors(draft.problems) == []
    assert set(draft.letters) == {"ambridge-district-council", "felpersham-city-council"}
    letters = [p for p in errors(load_edition(folders).problems) if p.kind == "not-supplied"]
    assert [problem.message for problem in letters] == [
        "none of the 7 figures has been supplied yet (null); "
        "a letter needs them, a draft does not (--draft)"
    ] * 2


@pytest.mark.processes
def test_drafts_of_the_new_edition_are_built(run: Run, start: Start, tmp_path: Path) -> None:
    start("2032")

    said = run("build", "--draft")

    assert said.code == 0
    assert len(list((tmp_path / "output/2032/draft/pdf").glob("*.pdf"))) == 2


def test_the_schemas_fit_both_editions(start: Start, tmp_path: Path) -> None:
    start("2032")

    workspace = Workspace(tmp_path)
    edition, _ = read_edition(workspace.edition(2032))
    assert edition is not None
    assert (workspace.schemas / "authority-2032.schema.json").exists()
    kinds = {
        p.kind for year in (2031, 2032) for p in load_edition(workspace.edition(year)).problems
    }
    assert "stale-schema" not in kinds


def test_a_letter_date_on_a_weekend_is_mentioned(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "data/2031/edition.yaml"
    path.write_text(EDITION.replace("2031-07-16", "2031-07-18"))

    said = start("2032")

    assert said.code == 0
    assert (
        "data/2032/edition.yaml:4:14: warning: letter_date: "
        "18 July 2032 is a Sunday; change it if no letters go then"
    ) in said.err.splitlines()


def test_nothing_is_overwritten_by_a_second_run(start: Start, tmp_path: Path) -> None:
    start("2032")
    path = tmp_path / "data/2032/edition.yaml"
    path.write_text("mine\n")

    with pytest.raises(UsageError, match="data/2032 already exists"):
        start("2032", "2031")

    assert path.read_text() == "mine\n"


def test_it_starts_from_the_edition_that_is_named(start: Start) -> None:
    start("2032")

    said = start("2034", "2031")

    assert said.out.startswith("Edition 2034 was started from 2031, in data/2034")
    assert "Letter date: Sunday 16 July 2034." in said.out


@pytest.mark.parametrize(
    ("year", "start_from", "expected"),
    [
        ("next", None, 'YEAR "next": expected a year, such as 2019.'),
        ("2032", "last", '--from "last": expected a year, such as 2019.'),
        ("2032", "2029", "No edition 2029"),
    ],
)
def test_what_is_no_year_is_refused(
    year: str, start_from: str | None, expected: str, start: Start
) -> None:
    with pytest.raises(UsageError) as told:
        start(year, start_from)

    assert str(told.value).startswith(expected)


def test_nothing_is_started_from_an_edition_with_errors(start: Start, tmp_path: Path) -> None:
    (tmp_path / A_FILE).write_text(AMBRIDGE.replace("roads: 3", "roads: three"))

    said = start("2032")

    assert said.code == 1
    assert said.out == "No edition was started; correct edition 2031 first.\n"
    assert said.err.splitlines()[1:] == [
        f"{A_FILE}:5:19: error: received.roads: found three; expected a whole number, "
        "or null if not yet supplied"
    ]
    assert not (tmp_path / "data/2032").exists()
    assert not (tmp_path / "templates/2032").exists()


def test_for_programs_all_of_it_is_one_object(start: Start) -> None:
    said = start("2032", as_json=True)

    report = json.loads(said.out)
    assert report.pop("problems")[0]["line"] == 3
    assert report == {
        "command": "new-edition",
        "edition": 2032,
        "letters": [],
        "start_from": 2031,
        "files": ["data/2032", "templates/2032"],
        "left_out": [
            {
                "path": "templates/2031/inserts/ducks.md",
                "line": None,
                "what": "an insert that no rule places, only authorities by name",
            },
            {"path": A_FILE, "line": 8, "what": "inserts: ducks"},
        ],
    }


def test_with_strict_wording_still_to_be_confirmed_counts(start: Start) -> None:
    assert start("2032", strict=True).code == 1
