"""What differs in the tables themselves: which there are, where, what they say in which order."""

from pathlib import Path

import pytest

from generator.comparison.changes import Change
from generator.comparison.compare import compare_versions
from generator.letter.letter import Letter
from generator.project.load_edition import load_edition
from generator.rendering.record import record_of
from generator.reports.descriptions import what_changed
from tests.borsetshire import build_tree
from tests.comparison.sides import told
from tests.comparison.two_years import compare_years, describe, only
from tests.tables import EDITION_FILE, IN_SECTIONS, PAGE_FILE, STATISTICS_FILE

MORE = "tables:\n  more: {title: More, columns: [decided.upheld]}\nfigures:\n  received:"
CAME = {
    "edition.yaml": ("figures:\n  received:", MORE),
    "statistics.md": ("We publish", "{{ table more }}\n\nWe publish"),
}


@pytest.mark.parametrize("records", [False, True])
def test_a_table_that_came_is_one_change_of_all_letters(tmp_path: Path, records: bool) -> None:
    shared = only(compare_years(tmp_path, CAME, records=records))

    assert describe(shared.change) == ("added", "wording", "", "More")
    assert len(shared.slugs) == shared.of == 40
    assert what_changed(shared.change) == "table added to Statistics"


@pytest.mark.parametrize("records", [False, True])
def test_a_table_that_stands_elsewhere_moved_with_all_its_figures(
    tmp_path: Path, records: bool
) -> None:
    elsewhere = {"statistics.md": ("We publish", "{{ table decided }}\n\nWe publish")}

    shared = only(compare_years(tmp_path, elsewhere, records=records))

    assert describe(shared.change) == ("moved", "wording", "Decisions made", "Decisions made")
    assert what_changed(shared.change) == "table moved from the statistics page to Statistics"


def changed(folder: Path, name: str, old: str, new: str) -> list[Change]:
    """All that differs where one file says something else, between the records of a letter."""
    text = IN_SECTIONS[name]
    assert text is not None
    assert text.count(old) == 1
    before = _recorded(folder / "before", IN_SECTIONS)
    after = _recorded(folder / "after", IN_SECTIONS | {name: text.replace(old, new)})
    return list(compare_versions(before, after))


def _recorded(folder: Path, files: dict[str, str | None]) -> Letter:
    loaded = load_edition(build_tree(folder, files))
    return record_of(loaded.letters["ambridge-district-council"].letter)


RETITLED = ("changed", "wording", "What came of it", "What became of it")
MOVED = ("moved", "wording", "What came of it", "What came of it")
CASES = {
    "a table that went": (
        (STATISTICS_FILE, "{{ table outcomes }}\n\nIn short:\n\n", "In short:\n\n"),
        [(("removed", "wording", "What came of it", ""), "table removed from Statistics")],
    ),
    "a table without a title that went": (
        (PAGE_FILE, "{{ table labelled }}\n\n", ""),
        [(("removed", "wording", "labelled", ""), "table removed from the statistics page")],
    ),
    "a table that went with its figures": (
        (PAGE_FILE, "{{ table remedied | beside }}\n\n", ""),
        [
            (
                ("removed", "wording", "Complaints remedied", ""),
                "table removed from the statistics page",
            )
        ],
    ),
    "another title": (
        (EDITION_FILE, "What came of it", "What became of it"),
        [
            (
                ("changed", "wording", "What came of it", "What became of it"),
                "table title in Outcomes",
            )
        ],
    ),
    "upright again": (
        (EDITION_FILE, "columns: [decided], turned: true", "columns: [decided]"),
        [(("changed", "edition", "on its side", "upright"), "table in Statistics")],
    ),
    "another label of a row": (
        (EDITION_FILE, "label: Your council}", "label: Yours}"),
        [(("changed", "edition", "Your council", "Yours"), "table in the statistics page")],
    ),
    "other columns": (
        (EDITION_FILE, "[received.ponds, decided.uphold_rate]", "[received.ponds, decided.upheld]"),
        [
            (("added", "edition", "", "Upheld"), "column Upheld added to the table in_short"),
            (
                ("removed", "edition", "Uphold Rate", ""),
                "column Uphold Rate removed from the table in_short",
            ),
        ],
    ),
    "another order of columns": (
        (EDITION_FILE, "[received.roads, decided]", "[decided, received.roads]"),
        [(("moved", "edition", "Roads", "Roads"), "column Roads moved in the table labelled")],
    ),
    "another order of tables": (
        (
            STATISTICS_FILE,
            "{{ table outcomes }}\n\nIn short:\n\n{{ table in_short }}",
            "{{ table in_short }}\n\nIn short:\n\n{{ table outcomes }}",
        ),
        [
            (
                ("moved", "wording", "What came of it", "What came of it"),
                "table moved within Statistics",
            )
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_table_that_is_not_as_it_was(case: str, tmp_path: Path) -> None:
    edit, expected = CASES[case]

    found = [(told(change), what_changed(change)) for change in changed(tmp_path, *edit)]

    assert found == expected


def test_a_letter_without_tables_has_lost_them_and_nothing_else(tmp_path: Path) -> None:
    files = IN_SECTIONS | {PAGE_FILE: "The page ends with words.\n", STATISTICS_FILE: "Words.\n"}
    before, after = _recorded(tmp_path / "a", IN_SECTIONS), _recorded(tmp_path / "b", files)

    found = [c for c in compare_versions(before, after) if "table" in what_changed(c)]

    assert [told(c)[:3] for c in found] == [
        ("removed", "wording", title)
        for title in (
            "What came of it",
            "In short",
            "Complaints received",
            "labelled",
            "Complaints remedied",
        )
    ]
