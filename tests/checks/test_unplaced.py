from pathlib import Path

from tests.borsetshire import EDITION, STATISTICS, build_tree
from tests.checks.years import found
from tests.tables import (
    EDITION_FILE,
    IN_SECTIONS,
    NO_PIECES,
    PAGE_FILE,
    STATISTICS_FILE,
    with_tables,
)

PAGE = "{{ words report_title }}\n\n{{ words report_period }}\n\n{{ table received }}\n"


def test_what_no_wording_places_is_told(tmp_path: Path) -> None:
    changes = {
        EDITION_FILE: with_tables("tables:\n  more: {columns: [received]}\n"),
        PAGE_FILE: PAGE,
        **NO_PIECES,
    }

    assert found(build_tree(tmp_path, changes), "unplaced") == [
        f"{EDITION_FILE}:20:16: warning: words.notes_title: in no letter; "
        "write {{ words notes_title }} where they stand, or remove them",
        f"{EDITION_FILE}:22:9: warning: tables.more: in no letter; "
        "write {{ table more }} where it stands, or remove it",
        f"{EDITION_FILE}:31:5: warning: figures.decided: in no letter; "
        "write {{ table decided }} where it stands, or remove it",
        f"{EDITION_FILE}:40:5: warning: figures.remedied: in no letter; "
        "write {{ table remedied }} where it stands, or remove it",
    ]


def test_a_group_is_used_by_another_table_by_a_sentence_or_by_a_rule(tmp_path: Path) -> None:
    rule = "---\nplace: statistics\nwhen: authority.remedied.by_us > 1\n---\nThank you.\n"
    changes = {
        EDITION_FILE: EDITION.replace("  notes_title: Notes\n", ""),
        PAGE_FILE: PAGE.replace("{{ table received }}", "Figures."),
        STATISTICS_FILE: f"{STATISTICS}\nUpheld: {{{{ authority.decided.upheld }}}}.\n",
        "templates/2031/inserts/thanks.md": rule,
        **NO_PIECES,
    }

    assert found(build_tree(tmp_path, changes), "unplaced") == []


def test_while_wording_has_an_error_nothing_is_told(tmp_path: Path) -> None:
    changes = {PAGE_FILE: "{{ table receive }}\n", **NO_PIECES}

    assert found(build_tree(tmp_path, changes), "unplaced") == []


def test_all_is_placed_in_an_edition_of_two_files(tmp_path: Path) -> None:
    assert found(build_tree(tmp_path / "files", {}), "unplaced") == []
    assert found(build_tree(tmp_path / "tables", IN_SECTIONS), "unplaced") == []
