"""The workspaces that come with the program: in order, wholly invented, with much to be tried."""

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator import cli
from generator.lineage.earlier_years import load_edition
from generator.workspace import EditionFolders, Workspace
from tests.batch.executors import all_made_here
from tests.borsetshire import ROOT

ASSETS = ROOT / "generator/assets"
BORSETSHIRE = Workspace(ASSETS / "examples/borsetshire")
THREE_YEARS = Workspace(ASSETS / "examples/three-years")
BILINGUAL = Workspace(ASSETS / "examples/bilingual")
FIRST_LETTER = Workspace(ASSETS / "first-letter")
LETTERS = {
    BORSETSHIRE: {2024: 12, 2025: 12},
    THREE_YEARS: {2006: 5, 2007: 5, 2008: 6},
    BILINGUAL: {2025: 8},
    FIRST_LETTER: dict.fromkeys(FIRST_LETTER.years(), 1),
}
"""How many each edition has."""
WORKSPACES = list(LETTERS)
EDITIONS = [workspace.edition(year) for workspace in WORKSPACES for year in workspace.years()]
REAL = r"bromsgrove|luton|milton keynes|leicestershire|sefton|michael king|lgo|ombudsman"


@pytest.mark.parametrize("folders", EDITIONS, ids=lambda folders: str(folders.year))
def test_there_is_nothing_wrong_with_an_edition(folders: EditionFolders) -> None:
    loaded = load_edition(folders)

    assert loaded.problems == []
    assert len(loaded.letters) == LETTERS[folders.workspace][folders.year]


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def runs_of_five(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_not_five_words_in_a_row_are_those_of_the_issued_letters_and_no_name_is_real() -> None:
    issued = [p.read_text() for p in (ROOT / "tests/reference/issued-2018").glob("*.txt")]
    real = set[tuple[str, ...]]().union(*map(runs_of_five, issued))
    texts = {
        path: path.read_text()
        for workspace in WORKSPACES
        for path in workspace.folder.rglob("*")
        if path.suffix in {".md", ".yaml", ".csv"}
    }

    assert len(real) > 1000
    assert len(texts) > 50
    for path, text in texts.items():
        assert runs_of_five(text) & real == set(), path
        assert re.findall(REAL, text.lower()) == [], path


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command says of Borsetshire, as data."""

    def run(*words: str) -> Any:
        assert cli.run([*words, "--json", "--workspace", str(BORSETSHIRE.folder)]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_between_its_years_something_changed_for_every_reason(ask: Any) -> None:
    said = ask("diff")

    causes = {change["cause"] for letter in said["letters"] for change in letter["changes"]}
    assert causes == {"edition", "wording", "insert", "rule", "data", "figures"}
    assert said["new"] == ["borsetshire-combined-authority"]
    assert said["gone"] == []  # one was renamed, and two are one now


def test_its_figures_come_from_its_spreadsheet_and_can_be_corrected_from_another(ask: Any) -> None:
    sheets = BORSETSHIRE.folder / "spreadsheets"
    origins = json.loads((BORSETSHIRE.data / "2025/origins.json").read_text())
    figures, revised = sheets / "figures-2025.xlsx", sheets / "revised-remedies-2025.csv"
    residents = sheets / "residents-2025.csv"

    assert [file["sha256"] for file in origins["files"]] == [
        sha256(path.read_bytes()).hexdigest() for path in (figures, residents)
    ]
    assert ask("import", str(figures))["changes"] == []
    assert ask("import", str(residents))["changes"] == []
    assert len(ask("import", str(revised))["changes"]) == 4


def rows(slug: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """What the tables of a letter with three years print, by their names and their rows' labels."""
    letter = load_edition(THREE_YEARS.edition(2008)).letters[slug].letter
    tables = [block.table for block in letter.blocks if block.table]
    return {table.name: {row.label: row.texts for row in table.rows} for table in tables}


def test_its_tables_have_a_row_for_each_of_three_years() -> None:
    said = rows("treddleston-district-council")

    assert said["decisions_in_three_years"] == {
        "2007/08": ("0", "7", "8", "4", "2", "6", "21", "27"),  # 21 without the 6 too early
        "2006/07": ("1", "8", "11", "6", "4", "8", "30", "38"),
        "2005/06": ("0", "6", "9", "5", "3", "5", "23", "28"),
    }
    assert said["replies_in_three_years"] == {
        "2007/08": ("11", "32.6"),
        "2006/07": ("13", "36.4"),
        "2005/06": ("N/A", "N/A"),  # a break in the series
    }


def test_a_council_that_is_new_has_a_row_of_its_own_figures_alone() -> None:
    said = rows("oakbourne-borough-council")["subjects_in_three_years"]

    assert said["2007/08"] == ("9", "12", "6", "4", "5", "3", "39")
    assert {*said["2006/07"], *said["2005/06"]} == {"N/A"}


def test_its_types_of_council_stand_side_by_side() -> None:
    assert rows("stoniton-city-council")["replies_by_kind"] == {
        "You": ("37", "29.4"),
        "Districts": ("6.0", "26.5"),  # 11, 4 and 3; 32.6, 22.3 and 24.7 are 79.6
        "Unitaries": ("24.5", "32.0"),  # 37 and 12; 29.4 and 34.5 are 63.9, and half of it 31.95
        "Counties": ("14.2", "27.8"),  # as averages.yaml gives them
    }


@pytest.mark.thorough
def test_its_letters_are_built_and_proven_and_say_what_was_the_year_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    all_made_here(monkeypatch)
    there = ["--workspace", str(tmp_path / "loamshire"), "--quiet"]

    assert cli.run(["init", str(tmp_path / "loamshire"), "--example", "three-years"]) == 0
    capsys.readouterr()
    assert cli.run(["build", *there]) == 0
    assert "6 letters: 6 written" in capsys.readouterr().out
    assert cli.run(["verify", *there]) == 0
    assert capsys.readouterr().out == "6 letters proven.\n"

    texts = tmp_path / "loamshire/output/2008/text"
    said = {path.stem: " ".join(path.read_text().split()) for path in texts.iterdir()}
    compared = "We were brought 27 complaints, fewer than the 39 of the year before."
    assert compared in said["treddleston-district-council"]
    compared = "We were brought seven complaints, more than the one of the year before."
    assert compared in said["snowfield-district-council"]
    assert "nothing to set beside that" in said["oakbourne-borough-council"]
    assert "the year before it was" not in said["oakbourne-borough-council"]


def ends_of(trail: dict[str, Any]) -> list[tuple[str, str]]:
    """The authority, and the cell, of each given figure that one is made of in the end."""
    if not trail["parts"]:
        return [(trail["slug"], trail["imported"]["cell"])]
    return [end for part in trail["parts"] for end in ends_of(part)]


def test_an_average_is_traced_to_the_cells_of_all_whom_it_is_taken_over(ask: Any) -> None:
    (trail,) = ask("trace", "ambridge", "similar.outcomes.fault_rate")["trails"]

    districts = {
        "ambridge-district-council": 5,
        "borchester-borough-council": 6,
        "hassett-and-loxley-district-council": 12,
        "lakey-hill-and-coombe-district-council": 14,
        "netherbourne-district-council": 15,
    }
    assert (trail["figure"], trail["text"]) == ("similar.outcomes.fault_rate", "54%")
    assert trail["rule"] == "the pooled average of the authorities of its kind"
    assert [printed["table"] for printed in trail["printed"]] == ["", "You and similar councils"]
    assert set(ends_of(trail)) == {
        (slug, f"Outcomes!{column}{row}") for slug, row in districts.items() for column in "FG"
    }


def test_what_a_letter_compares_is_traced_to_the_letter_of_the_year_before(ask: Any) -> None:
    (trail,) = ask("trace", "ambridge", "last_year.subjects.total")["trails"]

    assert (trail["text"], trail["rule"]) == ("41", "as the letter of 2024 had it")
    assert [printed["table"] for printed in trail["printed"]] == [
        "",
        "This year and the year before",
    ]
    assert trail["printed"][0]["text"] == "two"  # more than in the year before


CLAIMS = {
    "ambridge": [
        "43 complaints about your council, two more than in the year before",
        "We investigated 12 complaints and found fault in seven of them, or 58%, above the 54% of",
        "fault 6.5 times for every 100,000 residents, which is more than the 5.7 of similar",
        "In two of the seven cases in which we found fault, or 29%, you had put things right",
        "nothing came late, for the second consecutive year.",
    ],
    "felpersham": ["For the second consecutive year some came late."],
    "hassett": ["We investigated 14 complaints", "There is no year before to set beside them."],
    "netherbourne": ["in yours we found none", "This year one remedy fell due"],
    "am-valley": ["eight complaints about your authority, as many as in the year before"],
    "am-valley-national": [
        "There is no other authority of your kind",
        "Nothing fell due from your",
    ],
    "lakey-hill": ["found fault in three. A percentage of so few would claim more"],
    "borsetshire-county": ["There is no other authority of your kind in Borsetshire"],
}
FALSE = {
    "borchester": ["second consecutive year"],  # last year two came late
    "hassett": ["second consecutive year", "than in the year before", "as many as"],
    "netherbourne": ["second consecutive year"],  # last year the one that fell due came late
    "am-valley": ["similar councils", "per 100,000", "%"],
    "lakey-hill": ["or 43%"],
}


@pytest.fixture(scope="module")
def borsetshire() -> dict[str, str]:
    """The words of each letter of the second year, but for its statistics page."""
    letters = load_edition(BORSETSHIRE.edition(2025)).letters
    return {
        slug: " ".join(b.text for b in composed.letter.blocks if b.part != "report")
        for slug, composed in letters.items()
    }


@pytest.mark.parametrize("start", CLAIMS)
def test_its_letters_claim_what_their_figures_say(start: str, borsetshire: dict[str, str]) -> None:
    (said,) = [words for slug, words in borsetshire.items() if slug.startswith(start)]

    assert [claim for claim in CLAIMS[start] if claim not in said] == []


@pytest.mark.parametrize("start", FALSE)
def test_and_nothing_that_is_not_so(start: str, borsetshire: dict[str, str]) -> None:
    (said,) = [words for slug, words in borsetshire.items() if slug.startswith(start)]

    assert [claim for claim in FALSE[start] if claim in said] == []


@pytest.mark.thorough
@pytest.mark.processes
def test_its_letters_come_in_pairs_that_are_built_and_proven(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = ["--workspace", str(tmp_path / "gwylan"), "--quiet"]

    assert cli.run(["init", str(tmp_path / "gwylan"), "--example", "bilingual"]) == 0
    assert "No Welsh speaker has" in (tmp_path / "gwylan/README.md").read_text()
    capsys.readouterr()
    assert cli.run(["check", "--strict", *there]) == 0
    assert cli.run(["build", "--jobs", "1", *there]) == 0
    assert "8 letters: 8 written" in capsys.readouterr().out
    assert cli.run(["verify", *there]) == 0
    assert capsys.readouterr().out == "8 letters proven.\n"

    texts = tmp_path / "gwylan/output/2025/text"
    said = {path.stem: " ".join(path.read_text().split()) for path in texts.iterdir()}
    assert "18 June 2025" in said["aberwen-council"]
    assert "18 Mehefin 2025" in said["aberwen-council.cy"]
    assert "We received 1 complaint about" in said["porthwyll-harbour-authority"]
    assert "Fe gawsom 1 g\u0175yn am" in said["porthwyll-harbour-authority.cy"]
    assert "Fe gawsom 3 cwyn am" in said["ynys-fach-council.cy"]
