"""The desk and `letters check` find the same problems, whatever sort they are of."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator import cli
from generator.preview.edition_snapshot import read_edition
from generator.preview.pages import problems_page
from generator.preview.preview_state import PreviewState
from generator.preview.refresh import check_all
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, STATISTICS, build_tree

A_FILE = "data/2031/authorities/ambridge-district-council.yaml"
EDITION_FILE = "data/2031/edition.yaml"
STATISTICS_FILE = "templates/2031/sections/statistics.md"
DUCKS = "templates/2031/inserts/ducks.md"
RULE = "---\nplace: statistics\nwhen: authority.decided.upheld > 0\n---\nDucks.\n"
Files = Mapping[str, str]

WORKSPACES: dict[str, Files] = {
    "nothing": {},
    "a figure not supplied": {A_FILE: AMBRIDGE.replace("roads: 3", "roads: null")},
    "a rule that hangs on it": {
        A_FILE: AMBRIDGE.replace("upheld: 3", "upheld: null"),
        DUCKS: RULE,
    },
    "a mistyped key": {A_FILE: AMBRIDGE.replace("upheld: 3", "uphled: 3")},
    "an edition that cannot be read": {EDITION_FILE: "year: {\n"},
    "an unknown name in the wording": {STATISTICS_FILE: STATISTICS + "\n{{ edition.yaer }}\n"},
    "an insert that nobody has": {DUCKS: "---\nplace: statistics\n---\nDucks.\n"},
    "a file of another name": {A_FILE: AMBRIDGE.replace("Ambridge", "Ambrosia")},
    "sums that are not those published": {
        EDITION_FILE: EDITION + "national: {received: {total: 40}}\n"
    },
    "a schema of old": {"data/schemas/edition.schema.json": "{}"},
    "a file that is not read": {"templates/2031/insert": "?"},
    "a date": {EDITION_FILE: EDITION.replace("2031-07-16", "2031-03-01")},
    "last year's people, figures and outliers": {
        path.replace("2031", "2030"): text.replace("year: 2031", "year: 2030").replace("20", "2")
        if "felpersham" in path
        else text.replace("year: 2031", "year: 2030")
        for path, text in BORSETSHIRE.items()
    }
    | {EDITION_FILE: EDITION + "outliers: {factor: 2, at_least: 5}\n"},
    "a template that leaves words out": {"templates/letter.html.jinja": "<p></p>\n"},
    "a template that cannot be read": {"templates/letter.html.jinja": "{% if"},
    "what was confirmed spoilt": {"data/2031/confirmed.yaml": "confirmed: all\n"},
}


async def looked_at(folders: EditionFolders) -> tuple[PreviewState, str, str]:
    """A desk that has looked at all; its page of problems before it had, and then."""
    desk = PreviewState(folders)
    try:
        reading = read_edition(folders)
        desk.replace_all(reading, {})
        before = problems_page(desk, reading)
        await check_all(desk)
        return desk, before, problems_page(desk, reading)
    finally:
        desk.close()


@pytest.mark.parametrize("files", WORKSPACES.values(), ids=WORKSPACES)
def test_both_say_the_same(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = build_tree(tmp_path, files)
    cli.run(["check", "--json", "--workspace", str(tmp_path)])
    checked = json.loads(capsys.readouterr().out)["problems"]

    desk, before, after = asyncio.run(looked_at(folders))

    assert {(p.severity.value, p.where, p.message) for p in desk.problems} == {
        (p["severity"], p["where"], p["message"]) for p in checked
    }
    assert len(desk.problems) == len(checked)
    assert bool(checked) is (files != {})
    assert "Still checking…" in before
    assert "No problems in" not in before
    assert "Still checking…" not in after
    assert ("No problems in" in after) is (checked == [])


def test_what_was_confirmed_is_shown_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = build_tree(tmp_path, WORKSPACES["a file of another name"])
    monkeypatch.chdir(tmp_path)
    assert cli.run(["confirm", "--kind", "file-name", "--by", "Ida"]) == 0

    desk, _, after = asyncio.run(looked_at(folders))

    assert desk.problems == []
    assert "No problems in any file." in after
    assert "1 confirmed</summary>" in after


def test_a_letter_that_waits_for_a_word_or_a_figure_is_shown_as_a_draft(tmp_path: Path) -> None:
    before = {
        path.replace("2031", "2030"): text.replace("year: 2031", "year: 2030")
        for path, text in BORSETSHIRE.items()
    }
    folders = build_tree(tmp_path, before, WORKSPACES["a figure not supplied"])

    reading = read_edition(folders)

    assert [letter.status for letter in reading.letters.values()] == [
        "figures missing",
        "to be confirmed",
    ]
    assert [composed.letter.draft for composed in reading.loaded.letters.values()] == [True] * 2
    assert len(reading.keys) == 2
