"""A paragraph that one letter alone has, in its authority's file; and the types of values."""

from pathlib import Path

import pytest

from generator.comparison.changes import INSERT, ChangeType
from generator.edition.origins import Origins
from generator.letter.roles import Origin
from generator.lineage.last_year import find_last_year
from generator.outputs.manifest import inputs_of
from generator.preview.edition_snapshot import read_edition, show_letter
from generator.preview.letter_page import sources_of
from generator.project.load_edition import load_edition
from generator.reports.edition_diff import compare_edition
from tests.borsetshire import AMBRIDGE as AMBRIDGE_YAML
from tests.borsetshire import build_tree
from tests.letter.reading import (
    AMBRIDGE,
    AMBRIDGE_FILE,
    FELPERSHAM,
    blocks,
    insert_file,
    lines,
    texts,
)

FLOOD = """\
inserts:
  - place: statistics
    after: We received
    text: |
      You wrote about the **flood** of {{ edition.period_end | long_date }}.

      The council's pond rose by
      {{ authority.received.ponds | count("inch", "inches") }}.
"""


def own(text: str, place: str = "place: statistics") -> dict[str, str]:
    return {AMBRIDGE_FILE: f"{AMBRIDGE_YAML}inserts:\n  - {place}\n    text: {text}"}


def test_a_paragraph_of_the_authoritys_file_stands_in_its_letter_alone(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, {AMBRIDGE_FILE: AMBRIDGE_YAML + FLOOD}))
    assert loaded.problems == []
    assert texts(loaded, "statistics")[2:4] == [
        "You wrote about the flood of 31 March 2031.",
        "The council’s pond rose by 14 inches.",
    ]
    assert len(texts(loaded, "statistics", FELPERSHAM)) == 3


def test_its_blocks_know_the_authoritys_file_and_line(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, {AMBRIDGE_FILE: AMBRIDGE_YAML + FLOOD}))
    first, second = blocks(loaded, "statistics")[2:4]
    assert (first.origin, first.insert) == (Origin.INSERT, f"{AMBRIDGE}/1")
    places = [(b.place.path.name, b.place.line, b.place.column) for b in (first, second)]
    assert places == [(f"{AMBRIDGE}.yaml", 12, 7), (f"{AMBRIDGE}.yaml", 14, 7)]
    assert loaded.letters[AMBRIDGE].inserts == (f"{AMBRIDGE}/1",)


def test_it_stands_in_order_with_inserts_that_have_a_file(tmp_path: Path) -> None:
    named = {insert_file("fire"): "---\nplace: statistics\n---\nThere was a fire.\n"}
    text = f"{AMBRIDGE_YAML}inserts:\n- {{place: statistics, text: One.}}\n- fire\n"
    text += "- {place: statistics, text: 'Two''s.'}\n"
    loaded = load_edition(build_tree(tmp_path, named, {AMBRIDGE_FILE: text}))
    assert loaded.problems == []
    assert texts(loaded, "statistics")[3:] == ["One.", "There was a fire.", "Two’s."]


def test_only_its_own_letter_is_another(tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    before = load_edition(folders)
    (tmp_path / AMBRIDGE_FILE).write_text(AMBRIDGE_YAML + FLOOD)
    after = load_edition(folders)
    changed = [
        slug
        for slug in (AMBRIDGE, FELPERSHAM)
        if inputs_of(before.letters[slug].letter, before.data.authorities[slug], {})
        != inputs_of(after.letters[slug].letter, after.data.authorities[slug], {})
    ]
    assert changed == [AMBRIDGE]


WRONG = {
    "unknown-name": (
        own("|\n      One line.\n      {{ authority.nam }} and more.\n"),
        "12:7: error: {{ authority.nam }}: unknown name",
    ),
    "in-one-line": (own("We saw {{ authority.nam }}.\n"), "10:18: error: {{ authority.nam }}"),
    "a-heading": (
        own("|\n      # Floods\n\n      Water.\n"),
        "11:7: error: inserts.1.text: a head",
    ),
    "html": (own("|2\n      Some<br>water.\n"), "11:11: error: inserts.1.text: HTML cannot"),
    "an-insert-of-files": (
        own("|\n      {{ insert.matter }}\n"),
        '11:7: error: {{ insert.matter }}: unknown name "insert.matter"; only the words of '
        "a file in inserts/ may name its values; here names begin with ",
    ),
    "folded": (
        own(">\n      Some\n      water.\n"),
        "10:11: error: inserts.1.text: spans several",
    ),
    "no-words": (own("|\n"), "10:11: error: inserts.1.text: no words below"),
    "blank": (own("\n"), "10:10: error: inserts.1.text: left blank; expected text: |"),
    "no-text": (
        {AMBRIDGE_FILE: f"{AMBRIDGE_YAML}inserts: [{{place: statistics}}]\n"},
        "8:11: error: inserts.1.text: missing; expected text: |",
    ),
    "no-place": (own("Water.\n", "after: We"), "9:5: error: inserts.1.place: missing; expected a"),
    "unknown-key": (own("Water.\n", "plaice: statistics"), "9:5: error: inserts.1.plaice: unknown"),
    "unknown-section": (
        own("Water.\n", "place: statistic"),
        '9:12: error: inserts.1.place: no section "statistic"; did you mean "statistics"?',
    ),
    "after-nothing": (
        own("Water.\n", "place: statistics\n    after: You"),
        '10:12: error: inserts.1.after: no paragraph of statistics begins with "You"',
    ),
    "of-another": (
        own("|\n      Felpersham City Council was wet.\n"),
        "10:11: error: inserts.1.text: names Felpersham City Council, another authority; correct "
        "the paragraph, or give it a file among the inserts if it is meant",
    ),
    "other-script": (own("|\n      Our c\u043euncil.\n"), "11:11: warning: "),
    "a-rate-of-nothing": (
        own("|\n      {{ authority.decided.uphold_rate }} of them.\n"),
        "11:7: error: {{ authority.decided.uphold_rate }}: authority.decided.uphold_rate may have "
        'no value here; write it under "::: when authority.decided.uphold_rate is known"',
    ),
    "guarded": (
        own(
            "|\n      ::: when authority.decided.uphold_rate is known\n"
            "      {{ authority.decided.uphold_rate }} of them.\n"
            "      ::: otherwise nothing\n      :::\n"
        ),
        "",
    ),
    "a-condition-without-end": (
        own("|\n      Words.\n\n      ::: when authority.decided.upheld > 1\n      More.\n"),
        "13:7: error: inserts.1.text: a condition that never ends; write ::: on its own line ",
    ),
}


@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_with_it_is_said_in_the_authoritys_file(
    change: dict[str, str], said: str, tmp_path: Path
) -> None:
    found = lines(build_tree(tmp_path, change))
    expected = [said] if said else []
    assert [line.removeprefix(f"{AMBRIDGE_FILE}:")[: len(said)] for line in found] == expected


def test_a_mistake_in_it_fails_its_own_letter_alone(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, own("{{ authority.nam }} is wet.\n")))
    assert len(loaded.problems_of(AMBRIDGE)) == 1
    assert loaded.problems_of(FELPERSHAM) == []


LATE = """\
---
place: statistics
---
You were late in {{ insert.number | count("case") }}, first on {{ insert.since | long_date }},
over {{ insert.matter }}.
"""


def late(values: str) -> dict[str, str]:
    text = f"{AMBRIDGE_YAML}inserts:\n- late: {{{values}}}\n"
    return {insert_file("late"): LATE, AMBRIDGE_FILE: text}


def test_values_are_counted_and_dated(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, late("number: 1, since: 2031-02-03, matter: 007")))
    assert loaded.problems == []
    expected = "You were late in 1 case, first on 3 February 2031, over 007."
    assert texts(loaded, "statistics")[-1] == expected


def test_a_value_of_another_type_is_a_problem_at_its_place(tmp_path: Path) -> None:
    found = lines(build_tree(tmp_path, late("number: five, since: 2031-02-30, matter: 5")))
    assert found == [
        f"{AMBRIDGE_FILE}:9:18: error: inserts.1.late.number: found five; expected a whole number",
        f"{AMBRIDGE_FILE}:9:31: error: inserts.1.late.since: found 2031-02-30, which is not a "
        f"date in the calendar",
    ]


def test_what_is_missing_is_said_with_its_type_and_shown_as_a_gap(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, late("matter: water")), draft=True)
    assert [problem.message for problem in loaded.problems] == [
        "missing; late.md counts it, so expected a whole number",
        "missing; late.md prints it as a date, so expected a date, such as 2018-07-18",
    ]
    assert texts(loaded, "statistics")[-1].startswith("You were late in [?] cases, first on [?],")


def test_a_desk_and_a_comparison_name_its_line(tmp_path: Path) -> None:
    folders = build_tree(tmp_path / "now", {AMBRIDGE_FILE: AMBRIDGE_YAML + FLOOD})
    build_tree(tmp_path / "then")
    loaded = load_edition(folders, draft=True)
    then = tmp_path / "then/data/2031"
    last_year = find_last_year(folders.workspace, 2031, then, loaded)
    comparison = compare_edition(loaded, [AMBRIDGE], last_year, then).comparison
    (changed,) = [letter for letter in comparison.letters if letter.changes]
    assert {(c.cause, c.action) for c in changed.changes} == {(INSERT, ChangeType.ADDED)}
    reading = read_edition(folders)
    good = show_letter(reading.loaded, AMBRIDGE, reading.jobs, None).good
    assert good is not None
    (first,) = [s for s in sources_of(good, Origins()) if "flood" in s.text]
    assert first.why == "a paragraph of this letter alone, in this authority’s file"
    assert first.why_place is not None
    assert (first.why_place.line, first.place.line) == (9, 12)
