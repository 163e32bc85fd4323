"""What equals last year's waits until it is edited or confirmed, whoever took it over."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.problems import errors
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, build_tree
from tests.checks.years import A, found

A_FILE = f"data/2031/authorities/{A}.yaml"
EDITION_FILE = "data/2031/edition.yaml"
STATISTICS = "templates/2031/sections/statistics.md"
NOTES = "templates/2031/report/notes.md"
DUCKS = "templates/2031/inserts/ducks.md"
SENTENCE = "In 2029 we held 58 courses."
WORDING = f"# The statistics\n\nDucks quack. {SENTENCE} Geese hiss.\n\nLast year was good.\n"
INSERT = "---\nplace: statistics\n---\nOf 9 ducks, {{ insert.when }} was the first.\n"
ADVICE = 'correct it or, if it is right, confirm it ("letters confirm")'

Change = Callable[[str], str]


def copied(folder: Path, now: dict[str, str] | None = None) -> EditionFolders:
    """An edition that is a copy of last year's by hand, but for its year, and these files."""
    then = {
        **{path: text for path, text in BORSETSHIRE.items() if "2031" in path},
        A_FILE: AMBRIDGE + "inserts: [{ducks: {when: May 2029}}]\n",
        STATISTICS: WORDING,
        DUCKS: INSERT,
    }
    before = {path.replace("2031", "2030"): text for path, text in then.items()}
    before["data/2030/edition.yaml"] = EDITION.replace("year: 2031", "year: 2030")
    return build_tree(folder, before, then, now or {})


COPIED = {
    f"data/2031/authorities/{A}.yaml:3:3: error: addressee: the same as in 2030: Walter Gabriel, "
    f"Chief Executive, Dear Walter Gabriel; {ADVICE}",
    "data/2031/authorities/felpersham-city-council.yaml:3:3: error: addressee: the same as in "
    f"2030: Dorothy Adamson, Managing Director, Dear Dorothy Adamson; {ADVICE}",
    f"{EDITION_FILE}:7:3: error: signatory: the same as in 2030: Ida Fairweather, Ombudsman for "
    f"Borsetshire; {ADVICE}",
    f"{EDITION_FILE}:4:14: error: letter_date: 16 July 2031, as in 2030; {ADVICE}",
    f"{EDITION_FILE}:5:13: error: period_end: 31 March 2031, as in 2030; {ADVICE}",
    f'{A_FILE}:8:26: error: inserts.ducks.when: "May 2029" is last year\'s value; {ADVICE}',
    f'{STATISTICS}:3:17: error: "{SENTENCE}" is carried over from 2030 unchanged and names "2029" '
    f'and "58"; {ADVICE}',
    f'{STATISTICS}:5:1: error: "Last year was good." is carried over from 2030 unchanged and '
    f'names "Last year"; {ADVICE}',
    f'{DUCKS}:4:4: error: "Of 9 ducks, {{{{ insert.when }}}} was the first." is carried over from '
    f'2030 unchanged and names "9"; {ADVICE}',
}
KINDS = [f"carried-over-{what}" for what in ("person", "sentence", "value", "date")]


def test_of_a_copy_by_hand_each_waits_at_its_place(tmp_path: Path) -> None:
    assert set(found(copied(tmp_path), *KINDS)) == COPIED


def test_to_drafts_it_is_a_warning(tmp_path: Path) -> None:
    drafts = load_edition(copied(tmp_path), draft=True)

    assert errors(drafts.problems) == []
    assert len([p for p in drafts.problems if p.kind in KINDS]) == len(COPIED)


EDITS = {
    "another name": (A_FILE, "Walter Gabriel", "Jethro Larkin", 3),
    "another office": (A_FILE, "Chief Executive", "Clerk", 3),
    "an email": (A_FILE, "Chief Executive", "Chief Executive\n  email: w@ambridge.example", 3),
    "a salutation": (A_FILE, "Chief Executive", "Chief Executive\n  salutation: Mr Gabriel", 3),
    "another ombudsman": (EDITION_FILE, "Ida Fairweather", "Martha Woodford", 7),
    "another office of hers": (EDITION_FILE, "[Ombudsman for", "[Commissioner for", 7),
    "a letter date": (EDITION_FILE, "letter_date: 2031-07-16", "letter_date: 2031-07-17", 4),
    "a word": (STATISTICS, "held 58", "hold 58", 3),
    "a number": (STATISTICS, "58", "61", 3),
    "a value": (A_FILE, "May 2029", "May 2030", 8),
    "an insert": (DUCKS, "Of 9", "Of 12", 4),
}


@pytest.mark.parametrize(("path", "old", "new", "line"), EDITS.values(), ids=EDITS)
def test_an_edit_confirms_what_it_changes_and_no_more(
    path: str, old: str, new: str, line: int, tmp_path: Path
) -> None:
    folders = copied(tmp_path)
    file = tmp_path / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))

    left = found(folders, *KINDS)

    assert len(left) == len(COPIED) - 1
    assert not any(said.startswith(f"{path}:{line}:") for said in left)


def test_neither_new_line_ends_nor_moving_it_settle_a_sentence(tmp_path: Path) -> None:
    folders = copied(tmp_path, {STATISTICS: "Ducks.\n", NOTES: "In 2029\nwe held  58 courses.\n"})

    assert f"{NOTES}:1:4: " in "\n".join(found(folders, "carried-over-sentence"))


def test_what_names_no_year_or_number_is_as_true_this_year(tmp_path: Path) -> None:
    plain = "# The statistics\n\nDucks quack in {{ edition.year }}.\n"
    folders = copied(tmp_path, {STATISTICS: plain})
    (tmp_path / STATISTICS.replace("2031", "2030")).write_text(plain)

    assert [line for line in found(folders, *KINDS) if STATISTICS in line] == []


RENAMED = AMBRIDGE.replace("Ambridge District", "Ambridge Village")


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        pytest.param(RENAMED + f"formerly: [{A}]\n", True, id="formerly"),
        pytest.param(RENAMED + "aliases: [Ambridge District Council]\n", True, id="an alias"),
        pytest.param(RENAMED, False, id="no word of it"),
    ],
)
def test_an_authority_of_another_name_keeps_its_person(
    text: str, waits: bool, tmp_path: Path
) -> None:
    folders = copied(tmp_path, {"data/2031/authorities/ambridge-village-council.yaml": text})
    (tmp_path / A_FILE).unlink()

    said = "\n".join(found(folders, "carried-over-person"))

    assert ("ambridge-village-council" in said) is waits


def test_nothing_is_known_without_last_year_s_edition(tmp_path: Path) -> None:
    folders = copied(tmp_path)
    (tmp_path / "data/2030").rename(tmp_path / "data/2029")

    assert found(folders, *KINDS) == []


def test_of_one_letter_alone_the_same_is_said(tmp_path: Path) -> None:
    """As the desk reads a letter that somebody has before them."""
    folders = copied(tmp_path)

    alone = load_edition(folders, only=[A]).problems_of(A)

    assert [p for p in load_edition(folders).problems_of(A) if p.kind in KINDS] == [
        p for p in alone if p.kind in KINDS
    ]
    assert len(alone) >= 7
