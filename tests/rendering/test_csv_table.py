"""A table as CSV does nothing in a spreadsheet program, and is read back as it was."""

import csv
import io

import pytest

from generator.rendering.record import csv_table, figures_table, is_like_a_formula, unguarded

FORMULAS = {
    "a sum": "=1+1",
    "a program": "=cmd|' /C calc'!A0",
    "a plus": "+1",
    "a minus": "-1",
    "an at sign": "@SUM(A1)",
    "a wide sign": "\uff1d1+1",
    "a space before it": " =1+1",
    "one that is guarded already": "'=1+1",
    "one that is guarded twice": "''-1",
}
TEXTS = {
    "a name": "Ambridge District Council",
    "a sign inside": "Roads = Ponds",
    "an apostrophe": "'s-Hertogenbosch",
    "a minus that is no hyphen": "−1",
    "a number": "12",
    "nothing": "",
    "a comma and quotation marks": 'Ponds, "wet"',
    "a space that does not break": "a\xa0b",
}
UNSEEN = {
    "a tab before a formula": ("\t=1+1", r"\t=1+1"),
    "a line end before a formula": ("\r=1+1", r"\r=1+1"),
    "a new line": ("a\n=1+1", r"a\n=1+1"),
    "an escape": ("\x1b[31mred", r"\x1b[31mred"),
    "an escape of eight bits": ("\x9b31mred", r"\x9b31mred"),
    "a turn of the direction": ("a\u202egpj.exe", r"a\u202egpj.exe"),
    "a byte that is no text": ("a\udcff", r"a\udcff"),
}


def cells_of(text: str) -> list[str]:
    (row,) = csv.reader(io.StringIO(text, newline=""))
    return row


@pytest.mark.parametrize("case", FORMULAS)
def test_what_looks_like_a_formula_is_text_and_read_back_as_it_was(case: str) -> None:
    (cell,) = cells_of(csv_table([(FORMULAS[case],)]))

    assert is_like_a_formula(FORMULAS[case])
    assert cell == f"'{FORMULAS[case]}"
    assert unguarded(cell) == FORMULAS[case]


@pytest.mark.parametrize("case", TEXTS)
def test_all_other_text_stays_as_it_is(case: str) -> None:
    text = TEXTS[case]

    assert not is_like_a_formula(text)
    assert cells_of(csv_table([(text, "x")])) == [text, "x"]
    assert unguarded(text) == text


@pytest.mark.parametrize("case", UNSEEN)
def test_what_is_not_seen_is_written_by_its_number(case: str) -> None:
    text, expected = UNSEEN[case]

    assert cells_of(csv_table([(text,)])) == [expected]


def test_numbers_are_numbers() -> None:
    assert csv_table([(-1, 2, "")]) == "-1,2,\r\n"


def test_the_table_of_figures_is_harmless() -> None:
    table = figures_table([("ambridge", "received", "roads", "=1+1", "count", 3)])

    assert table.decode("utf-8-sig").splitlines()[1] == "ambridge,received,roads,'=1+1,count,3"
