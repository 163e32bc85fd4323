"""`tables:` of an edition: what each table says, and each mistake at its place."""

from pathlib import Path

import pytest

from generator.edition.load import load_data
from generator.edition.tables import RowDefinition, tables_of
from generator.problems import did_you_mean
from generator.project.load_edition import load_edition
from tests.borsetshire import build_tree
from tests.tables import EDITION_FILE, TABLES, with_tables

MISTAKES = {
    "{columns: []}": "16: error: tables.t.columns: empty; expected at least one",
    "{title: x}": "3: error: tables.t.columns: missing; expected a list, a hyphen before each item",
    "{columns: received}": "16: error: tables.t.columns: found received; expected a list, a hyphen "
    "before each item",
    "{columns: [receive]}": '17: error: tables.t.columns.1: no figure "receive"; '
    'did you mean "received"?',
    "{columns: [received.road]}": '17: error: tables.t.columns.1: no figure "received.road"; '
    'did you mean "received.roads"?',
    "{columns: [geese.]}": '17: error: tables.t.columns.1: no figure "geese."; '
    "expected a group (received, decided, remedied) or group.id",
    "{columns: [received, received.total]}": "27: error: tables.t.columns.2: "
    "received.total is already in this table; remove one",
    "{columns: [received.total, decided.total]}": "33: error: tables.t.columns.2: "
    "decided.total has the same label as received.total; change one of them",
    "{columns: [decided.upheld, remedied.by_us, decided.uphold_rate]}": "49: error: "
    'tables.t.columns.3: the columns under "Investigations" must be side by side',
    "{columns: [received], rows: [own, {row: own, label: A}]}": "40: error: tables.t.rows.2: "
    'the row "own" is listed twice; remove one',
    "{columns: [received], rows: [others]}": '35: error: tables.t.rows.1: no row "others"; '
    "expected one of own",
    "{columns: [received], rows: []}": "34: error: tables.t.rows: empty; expected at least one",
    "{columns: [received], rows: [{label: A}]}": "35: error: tables.t.rows.1.row: missing; "
    "expected a row such as own",
    '{columns: [received], rows: [{row: own, label: "{{ x }}"}]}': "35: error: tables.t.rows.1: "
    "placeholders are not filled in here; write out the words",
    '{title: "{{ x }}", columns: [received]}': "14: error: tables.t.title: "
    "placeholders are not filled in here; write out the words",
    "{columns: [received], turned: yes}": "36: error: tables.t.turned: found yes; write true",
    "{colums: [received]}": '7: error: tables.t.colums: unknown key; did you mean "columns"?',
}


def lines_with(folder: Path, tables: str) -> list[str]:
    folders = build_tree(folder, {EDITION_FILE: with_tables(f"tables:\n  {tables}\n")})
    return [problem.line("edition.yaml") for problem in load_data(folders).problems]


@pytest.mark.parametrize("table", MISTAKES)
def test_a_mistake(table: str, tmp_path: Path) -> None:
    assert lines_with(tmp_path, f"t: {table}") == [f"edition.yaml:22:{MISTAKES[table]}"]


def test_a_table_may_not_have_the_name_of_a_group_that_is_one(tmp_path: Path) -> None:
    assert lines_with(tmp_path, "received: {columns: [decided]}") == [
        "edition.yaml:22:13: error: tables.received: a group of figures already has this name; "
        "choose another"
    ]


def test_a_mistake_elsewhere_hides_none_in_a_table(tmp_path: Path) -> None:
    edition = with_tables("tables:\n  t: {columns: [receive]}\n").replace("language: en-GB", "")

    problems = load_data(build_tree(tmp_path, {EDITION_FILE: edition})).problems

    assert [problem.message for problem in problems] == [
        "missing; expected a language, such as en-GB",
        f'no figure "receive"{did_you_mean("receive", ["received"])}',
    ]


def test_groups_with_a_title_and_tables_are_what_can_be_placed(tmp_path: Path) -> None:
    edition = load_edition(build_tree(tmp_path, {EDITION_FILE: with_tables(TABLES)})).edition
    assert edition is not None
    tables = tables_of(edition)

    assert list(tables) == ["received", "decided", "remedied", "outcomes", "labelled", "in_short"]
    assert tables["received"].title == "Complaints received"
    assert tables["received"].wording == "Roads\troads\nPonds and Ducks\tponds\nTotal\ttotal"
    assert tables["outcomes"].columns == tables["decided"].columns
    assert tables["outcomes"].turned
    assert tables["labelled"].title == ""
    assert tables["labelled"].rows == (RowDefinition("own", "Your council"),)
    assert tables["in_short"].wording == (
        "Ponds and Ducks\treceived.ponds\nUphold Rate\tdecided.uphold_rate"
    )
    assert tables["in_short"].title_place.line == 25
