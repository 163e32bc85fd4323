"""Rows of tables that compare: averages, earlier years, kinds of authority side by side."""

from decimal import Decimal
from pathlib import Path

import pytest

from generator.edition.comparisons import EarlierFigure, EarlierYear
from generator.edition.origins import Origins
from generator.lineage.ledger import ledger_of
from generator.problems import errors
from generator.project.load_edition import LoadedEdition, load_edition
from generator.rendering.record import figures_csv
from generator.workspace import Workspace
from tests.borsetshire import AMBRIDGE, EDITION, FELPERSHAM, STATISTICS, build_tree

A, F = "ambridge-district-council", "felpersham-city-council"
COMPARED = """\
comparators:
  similar: {label: Average of similar authorities, among: own_kind, average: pooled}
  last_year: {year: -1}
tables:
  upheld:
    title: Complaints upheld
    columns: [decided.upheld, decided.uphold_rate]
    rows: [own, {row: last_year, label: Last year}, similar]
"""
THEN = EarlierYear(
    {A: {("decided", "upheld"): EarlierFigure("count", 12)}},
)


CHART = """\
charts:
  rates:
    form: bars
    parts: [decided.uphold_rate]
    rows: [{row: own, label: You}, {row: last_year, label: Last year}, similar]
    alternative: "You: {{ authority.decided.uphold_rate }}; \
last year: {{ last_year.decided.uphold_rate }}; \
the average: {{ similar.decided.uphold_rate }}."
  counts:
    form: bars
    parts: [decided.upheld, decided.not_upheld]
    rows: [own, similar]
    alternative: Upheld and not upheld
"""


def load(
    folder: Path, edition: str = COMPARED, years: EarlierYear = THEN, words: str = ""
) -> LoadedEdition:
    files = {
        "data/2031/edition.yaml": EDITION + edition,
        "templates/2031/sections/statistics.md": STATISTICS + "\n{{ table upheld }}\n" + words,
        f"data/2031/authorities/{A}.yaml": AMBRIDGE + "kind: council\n",
        f"data/2031/authorities/{F}.yaml": FELPERSHAM.replace("upheld: 0", "upheld: 2")
        + "kind: council\n",
    }
    return load_edition(build_tree(folder, files), years={2030: years})


def rows(loaded: LoadedEdition, slug: str) -> list[tuple[str, tuple[str, ...]]]:
    blocks = loaded.letters[slug].letter.blocks
    (table,) = (block.table for block in blocks if block.table and block.table.name == "upheld")
    return [(row.label, row.texts) for row in table.rows]


def test_a_row_says_what_the_figures_are_compared_with(tmp_path: Path) -> None:
    loaded = load(tmp_path)

    assert loaded.problems == []
    assert rows(loaded, A) == [
        ("Ambridge District Council", ("3", "38%")),
        ("Last year", ("12", "N/A")),
        ("Average of similar authorities", ("2.5", "42%")),
    ]
    assert rows(loaded, F)[1] == ("Last year", ("N/A", "N/A"))


def test_an_average_of_counts_has_all_its_places_also_where_they_are_noughts(
    tmp_path: Path,
) -> None:
    loaded = load(tmp_path, COMPARED.replace("pooled", "pooled, places: 4"))

    assert rows(loaded, A)[2] == ("Average of similar authorities", ("2.5000", "42%"))


def test_a_letter_hangs_on_the_files_that_its_rows_compare_with(tmp_path: Path) -> None:
    load(tmp_path)
    path = tmp_path / f"data/2031/authorities/{F}.yaml"
    path.write_text(path.read_text().replace("not_upheld: 2", "not_upheld: null"))

    loaded = load_edition(Workspace(tmp_path).edition(2031), years={2030: THEN})

    assert rows(loaded, A)[2] == ("Average of similar authorities", ("2.5", "[?]"))
    kinds = {problem.kind for problem in errors(loaded.problems_of(A))}
    assert kinds == {"unknown-comparison", "not-supplied"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("similr", 'no row "similr"; did you mean "similar"?'),
        ("last_year", 'no label; write "row: last_year" and "label: …", or a label of it under'),
    ],
)
def test_a_mistake_is_told_at_its_place(row: str, expected: str, tmp_path: Path) -> None:
    edition = COMPARED.replace(
        "rows: [own, {row: last_year, label: Last year}", f"rows: [own, {row}"
    )

    loaded = load(tmp_path, edition)

    assert any(expected in problem.message for problem in loaded.problems), loaded.problems


def test_one_problem_names_the_comparator_and_the_files_that_it_waits_for(tmp_path: Path) -> None:
    load(tmp_path)
    path = tmp_path / f"data/2031/authorities/{F}.yaml"
    path.write_text(path.read_text().replace("decided:", "decidd:"))

    loaded = load_edition(Workspace(tmp_path).edition(2031), years={2030: THEN})

    assert [p.message for p in loaded.problems if p.kind == "unknown-comparison"] == [
        "similar cannot be worked out for decided.upheld, decided.uphold_rate: "
        f"it depends on data/2031/authorities/{F}.yaml"
    ]


def test_the_letters_own_figures_are_those_of_the_authority_alone(tmp_path: Path) -> None:
    """What goes out as data, and is compared next year, is no average and no earlier year."""
    load(tmp_path)
    page = tmp_path / "templates/2031/report/page.md"
    page.write_text("# Figures\n\n{{ table received }}\n")  # so no other table has them

    letter = load_edition(Workspace(tmp_path).edition(2031), years={2030: THEN}).letters[A].letter

    assert {f.id: f.text for f in letter.figures if f.group == "decided"} == {
        "upheld": "3",
        "uphold_rate": "38%",
    }
    assert b",upheld,Upheld,count,3\r\n" in figures_csv(letter)


def charts(loaded: LoadedEdition, slug: str) -> dict[str, list[tuple[str, str, object]]]:
    """What the charts of a letter draw: label, text and value of each bar."""
    blocks = loaded.letters[slug].letter.charts
    return {
        name: [(part.label, part.text, part.value) for part in block.chart.parts]
        for name, block in blocks.items()
        if block.chart
    }


def load_charts(folder: Path, edition: str = CHART) -> LoadedEdition:
    return load(folder, COMPARED + edition, words="\n{{ chart rates }}\n\n{{ chart counts }}\n")


def test_bars_stand_beside_what_they_are_compared_with(tmp_path: Path) -> None:
    """Where there is nothing to compare with, its word stands without a bar: never nought."""
    loaded = load_charts(tmp_path)

    assert loaded.problems == []
    assert charts(loaded, A) == {
        "rates": [
            ("You", "38%", 38),
            ("Last year", "N/A", None),
            ("Average of similar authorities", "42%", 42),
        ],
        "counts": [
            ("Upheld: Ambridge District Council", "3", 3),
            ("Upheld: Average of similar authorities", "2.5", Decimal("2.5")),
            ("Not Upheld: Ambridge District Council", "5", 5),
            ("Not Upheld: Average of similar authorities", "3.5", Decimal("3.5")),
        ],
    }
    block = loaded.letters[A].letter.charts["rates"]
    assert block.text == "You: 38%; last year: N/A; the average: 42%."


def test_a_letter_hangs_on_what_its_charts_compare_with(tmp_path: Path) -> None:
    edition = CHART.replace("last year: {{ last_year.decided.uphold_rate }}; ", "")

    compared = load_charts(tmp_path, edition).letters[A].compared

    assert {"last_year.decided.uphold_rate", "similar.decided.not_upheld"} <= compared


WRONG_CHARTS = {
    "unknown row": (
        "rows: [own, similar]",
        "rows: [own, similer]",
        'no row "similer"; did you mean "similar"?',
    ),
    "a row without a label": (
        "rows: [own, similar]",
        "rows: [own, last_year]",
        'no label; write "row: last_year" and "label: …", or a label of it under comparators',
    ),
    "a donut": (
        "form: bars\n    parts: [decided.upheld, decided.not_upheld]",
        "form: donut\n    parts: [decided.upheld, decided.not_upheld]",
        "a donut shows one authority's figures; use bars for a comparison",
    ),
    "a sentence in its words": (
        "the average: {{ similar.decided.uphold_rate }}.",
        "{{ similar.decided.uphold_rate }} on average",
        "similar.decided.uphold_rate may have no value here; chart text cannot have "
        'conditions; write it after a colon, as "Rate: …"',
    ),
}


@pytest.mark.parametrize("mistake", WRONG_CHARTS)
def test_a_mistake_in_what_a_chart_compares_is_told(mistake: str, tmp_path: Path) -> None:
    before, after, message = WRONG_CHARTS[mistake]
    assert CHART.count(before) == 1

    loaded = load_charts(tmp_path, CHART.replace(before, after))

    assert [problem.message for problem in errors(loaded.problems)] == [message]


def test_what_a_row_or_a_bar_compares_with_is_no_figure_of_the_file(tmp_path: Path) -> None:
    """In the ledger it has its own name, and no spreadsheet's cell of this year's figure."""
    names = {entry.name for entry in ledger_of(load_charts(tmp_path), Origins())}

    assert {"similar.decided.upheld", "last_year.decided.uphold_rate"} <= names


def test_a_table_or_a_chart_under_a_condition_stands_only_where_it_holds(tmp_path: Path) -> None:
    """Felpersham has no letter of last year: a whole row, or bar, of N/A is not for it."""
    guard = "::: when last_year.decided.upheld is known\n\n{}\n\n::: otherwise nothing\n:::\n"
    files = {
        "data/2031/edition.yaml": EDITION + COMPARED + CHART.partition("  counts:")[0],
        "templates/2031/sections/statistics.md": STATISTICS
        + "\n"
        + guard.format("{{ table upheld }}\n\n{{ chart rates }}"),
        f"data/2031/authorities/{A}.yaml": AMBRIDGE + "kind: council\n",
        f"data/2031/authorities/{F}.yaml": FELPERSHAM + "kind: council\n",
    }
    loaded = load_edition(build_tree(tmp_path, files), years={2030: THEN})

    found = {
        slug: [block.role.value for block in composed.letter.part("statistics")[3:]]
        for slug, composed in loaded.letters.items()
    }
    assert loaded.problems == []
    assert found == {A: ["table_title", "table", "chart"], F: []}
