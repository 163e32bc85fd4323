"""The ledger: every number in every letter has its row, and says where it comes from."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.letter.letter import ComposedLetter
from generator.lineage.ledger import HEAD, LedgerEntry, ledger_csv, ledger_of
from tests.borsetshire import AMBRIDGE, EDITION
from tests.lineage.conftest import A_FILE, Traced

SLUG = "ambridge-district-council"
STATISTICS = "templates/2031/sections/statistics.md"
INSERT = "templates/2031/inserts/ducks.md"
WORDS = """\
# The 12 statistics

In 2030-31 we held 58 courses for **more
than 800 people**, of whom {{ authority.received.ponds }} kept ducks and twelve kept
58 geese; see [www.ducks.example/99](http://www.ducks.example/99).

In 2031 we will hold {{ edition.year }}-19 more.
"""
DUCKS = "---\nplace: statistics\n---\nIn {{ insert.when }} we counted 14 of them.\n"

Ledger = Callable[..., list[LedgerEntry]]


@pytest.fixture
def ledger(imported: Traced) -> Ledger:
    """The entries of Ambridge's letter, after changes by hand."""

    def entries(**changes: str) -> list[LedgerEntry]:
        files: dict[str, str | None] = {STATISTICS: WORDS, INSERT: DUCKS}
        text = AMBRIDGE + "inserts: [{ducks: {when: May 2030}}]\n"
        files[A_FILE] = changes.pop("ambridge", text)
        loaded, origins = imported(files, dict(changes))
        return [e for e in ledger_of(loaded, origins) if e.slug == SLUG]

    return entries


def test_typed_numbers_figures_and_facts_in_words_stand_in_reading_order(ledger: Ledger) -> None:
    found = [e for e in ledger() if e.address.startswith("statistics/")]

    assert [(e.address, e.text, e.source, e.name, e.place.line, e.place.column) for e in found] == [
        ("statistics/1", "12", "typed", "", 1, 7),
        ("statistics/2", "2030-31", "typed", "edition.period_end", 3, 4),
        ("statistics/2", "58", "typed", "", 3, 20),
        ("statistics/2", "800", "typed", "", 4, 6),
        ("statistics/2", "14", "figure", "received.ponds", 5, 29),
        ("statistics/2", "twelve", "typed", "", 4, 74),
        ("statistics/2", "58", "typed", "", 5, 1),
        ("statistics/3", "2031", "typed", "edition.year", 7, 4),
        ("statistics/3", "2031", "fact", "edition.year", 1, 7),
        ("statistics/3", "19", "typed", "", 7, 41),
        ("statistics/4", "May 2030", "value", "insert.when", 8, 11),
        ("statistics/4", "14", "typed", "", 4, 33),
    ]


def test_every_cell_of_every_table_has_its_row(ledger: Ledger) -> None:
    found = [e for e in ledger() if e.address.startswith("report/") and e.role == "table"]

    assert [(e.name, e.text, e.source) for e in found] == [
        ("received.roads", "3", "figure"),
        ("received.ponds", "14", "figure"),
        ("received.total", "17", "sum"),
        ("decided.advice_given", "1", "figure"),
        ("decided.not_upheld", "5", "figure"),
        ("decided.upheld", "3", "figure"),
        ("decided.uphold_rate", "38%", "rate"),
        ("decided.total", "9", "sum"),
        ("remedied.by_us", "2", "figure"),
        ("remedied.by_authority", "1", "figure"),
    ]
    cells = [e.imported.cell if e.imported else "" for e in found]
    assert cells[:3] == ["Received!B2", "Received!C2", ""]


def test_no_number_of_a_letter_is_missing(imported: Traced) -> None:
    loaded, origins = imported({STATISTICS: WORDS.replace("twelve", "12")})

    entries = list(ledger_of(loaded, origins))
    for slug, composed in loaded.letters.items():
        named = sorted(n for e in entries if e.slug == slug for n in _digits(e.text))
        assert named == sorted(_digits(_printed(composed.letter)))


def _printed(letter: ComposedLetter) -> str:
    """The words of a letter, without the address in them, which counts nothing."""
    return letter.text.replace("www.ducks.example/99", "")


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def test_numbers_in_labels_and_titles_are_typed_too(imported: Traced) -> None:
    edition = EDITION.replace("Ponds and Ducks", "Ducks of 2030").replace(
        "title: Decisions made", "title: Decisions made in 12 months"
    )
    loaded, origins = imported({"data/2031/edition.yaml": edition})

    typed = [e for e in ledger_of(loaded, origins) if e.source == "typed"]

    assert [(e.role, e.text) for e in typed if e.slug == SLUG] == [
        ("table", "2030"),
        ("table_title", "12"),
    ]


def test_what_was_changed_by_hand_is_noted(ledger: Ledger) -> None:
    found = ledger(ambridge=AMBRIDGE.replace("ponds: 14", "ponds: 15"))

    assert {e.name: e.note for e in found if e.note.startswith("changed")} == {
        "received.ponds": "changed by hand; 14 was imported"
    }


def test_a_typed_number_equals_a_fact_or_waits_to_be_confirmed(ledger: Ledger) -> None:
    before = "In 2031 we will hold\n{{ edition.year }}-19 more.\n"

    found = ledger(
        **{
            "data/2030/edition.yaml": EDITION.replace("2031", "2030"),
            "templates/2030/sections/statistics.md": before,
        }
    )

    assert [(e.text, e.note) for e in found if e.source == "typed"] == [
        ("12", "equals no fact of the edition"),
        ("2030-31", "equals edition.period_end"),
        ("58", "equals no fact of the edition"),
        ("800", "equals no fact of the edition"),
        ("twelve", "equals no fact of the edition"),
        ("58", "equals no fact of the edition"),
        ("2031", "to be confirmed: its sentence is last year's"),
        ("19", "to be confirmed: its sentence is last year's"),
        ("14", "equals no fact of the edition"),
    ]


def test_national_figures_are_facts(imported: Traced) -> None:
    edition = EDITION + "national: {received: {total: 17452}}\n"
    words = "# S\n\nOf 17,452 complaints {{ authority.received.total }} were yours.\n"
    loaded, origins = imported({"data/2031/edition.yaml": edition, STATISTICS: words})

    names = {e.name for e in ledger_of(loaded, origins) if e.text == "17,452"}

    assert names == {"edition.national.received.total"}


def test_the_table_has_a_row_for_each(imported: Traced) -> None:
    loaded, origins = imported()
    entries = list(ledger_of(loaded, origins))

    rows = list(csv.DictReader(io.StringIO(ledger_csv(entries, lambda path: path.name))))

    assert len(rows) == len(entries)
    assert tuple(rows[0]) == HEAD
    (upheld,) = (r for r in rows if r["authority"] == SLUG and r["name"] == "decided.upheld")
    assert {**upheld, "sha256": ""} == {
        "authority": SLUG,
        "place": "report/7",
        "role": "table",
        "printed": "3",
        "source": "figure",
        "name": "decided.upheld",
        "file": Path(A_FILE).name,
        "line": "6",
        "column": "51",
        "note": "",
        "imported_from": "figures.xlsx",
        "cell": "Decided!D2",
        "sha256": "",
        "imported": "2031-06-02",
    }
