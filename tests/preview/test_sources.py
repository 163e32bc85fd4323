"""Where each block, value and figure of a letter comes from, as the desk says it."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from generator.edition.origins import Origins, with_imported
from generator.letter.draft_mark import as_draft
from generator.preview.edition_snapshot import GoodLetter, read_edition, show_letter
from generator.preview.letter_page import BlockSource, FigureSource, Value, sources_of
from generator.problems import Place
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE, build_tree
from tests.charts import WITH_CHARTS

SLUG = "ambridge-district-council"
FILE = f"data/2031/authorities/{SLUG}.yaml"
INSERTS = {
    "templates/2031/inserts/flood.md": (
        "---\nplace: statistics\n---\nThe flood of {{ insert.month }} was deep.\n"
    ),
    "templates/2031/inserts/ponds.md": (
        "---\nplace: statistics\nwhen: authority.received.ponds > 10\n---\nPonds are deep.\n"
    ),
    FILE: AMBRIDGE + "inserts:\n  - flood: {month: May}\n",
}


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    return build_tree(tmp_path, INSERTS)


def _good(folders: EditionFolders) -> GoodLetter:
    reading = read_edition(folders)
    good = show_letter(reading.loaded, SLUG, reading.jobs, None).good
    assert good is not None
    return good


def _sources(folders: EditionFolders, origins: Origins | None = None) -> dict[str, BlockSource]:
    found = sources_of(_good(folders), origins or Origins())
    return {source.address: source for source in found}


def _figures(folders: EditionFolders, origins: Origins | None = None) -> dict[str, FigureSource]:
    sources = _sources(folders, origins).values()
    return {figure.id: figure for source in sources for figure in source.figures}


def test_every_block_has_a_source_in_the_order_of_the_letter(folders: EditionFolders) -> None:
    good = _good(folders)

    assert [s.address for s in sources_of(good, Origins())] == [
        block.address for block in good.letter.blocks
    ]


def test_shared_wording_is_shown_with_its_placeholders_and_where_each_value_is_given(
    folders: EditionFolders,
) -> None:
    source = _sources(folders)["statistics/2"]

    assert (source.what, source.why) == ("paragraph", "shared wording, in every letter")
    assert source.place == Place(folders.sections / "statistics.md", 3, 1)
    assert source.wording == (
        'We received {{ authority.received.total | count("complaint") }} about the '
        "{{ authority.noun }}."
    )
    assert source.values == (
        Value("authority.received.total", "17 complaints", Place(folders.edition_file, 27, 14)),
        Value("authority.noun", "council", Place(folders.edition_file, 11, 19)),
    )


def test_an_insert_says_who_named_it_and_where_its_value_is_given(folders: EditionFolders) -> None:
    source = _sources(folders)["statistics/4"]
    file = folders.authorities / f"{SLUG}.yaml"

    assert source.why == "insert flood: this authority’s file names it"
    assert source.why_place == Place(file, 9, 5)
    assert source.place == Place(folders.inserts / "flood.md", 4, 1)
    assert source.values == (Value("insert.month", "May", Place(file, 9, 20)),)


CASES = """\
::: when authority.decided.upheld > {number}
Many geese.
::: otherwise
Few geese.
:::
"""
WHY = {
    "the-rule": (2, "", "since this holds: authority.decided.upheld > 2"),
    "otherwise": (9, "", "since this does not hold: authority.decided.upheld > 9"),
    "undecided": (2, "upheld: null}", "undecided, since a figure is not yet supplied"),
}


@pytest.mark.parametrize(("number", "gap", "why"), WHY.values(), ids=WHY)
def test_words_under_a_condition_say_its_rule(
    tmp_path: Path, number: int, gap: str, why: str
) -> None:
    words = CASES.format(number=number)
    change = {
        "templates/2031/sections/statistics.md": words,
        FILE: AMBRIDGE.replace("upheld: 3}", gap or "upheld: 3}"),
    }
    folders = build_tree(tmp_path, change)
    source = _sources(folders)["statistics/1"]

    assert source.why.removeprefix("shared wording, ") == why
    assert source.why_place == Place(folders.sections / "statistics.md", 1, 1)


def test_an_insert_that_a_rule_placed_says_the_rule(folders: EditionFolders) -> None:
    source = _sources(folders)["statistics/5"]

    assert source.why == "insert ponds: its rule holds, authority.received.ponds > 10"
    assert source.why_place == Place(folders.inserts / "ponds.md", 1)
    assert source.wording is None


def test_the_authoritys_own_lines_are_told_from_the_editions(folders: EditionFolders) -> None:
    whose = {address: source.why for address, source in _sources(folders).items()}

    assert whose["opening/1"] == "a fact or a fixed word of the edition, in every letter"
    assert whose["opening/4"] == "from the authority’s file"


def test_the_mark_of_a_draft_is_said_to_be_in_drafts_alone(
    folders: EditionFolders,
) -> None:
    good = _good(folders)
    composed = replace(good.composed, letter=as_draft(good.letter))
    draft = replace(good, composed=composed)

    first = next(iter(sources_of(draft, Origins())))

    assert (first.what, first.why) == ("mark of a draft", "in drafts alone")


def test_a_figure_says_its_line_or_its_rule(folders: EditionFolders) -> None:
    figures = _figures(folders)

    assert {id_: figure.how for id_, figure in figures.items()} == {
        "received.roads": "as supplied",
        "received.ponds": "as supplied",
        "received.total": "the sum of Roads and Ponds and Ducks",
        "decided.advice_given": "as supplied",
        "decided.not_upheld": "as supplied",
        "decided.upheld": "as supplied",
        "decided.uphold_rate": (
            "Upheld as a whole percentage of the sum of Not Upheld and Upheld, half rounded up"
        ),
        "decided.total": "the sum of Advice Given, Not Upheld and Upheld",
        "remedied.by_us": "as supplied",
        "remedied.by_authority": "as supplied",
    }
    assert figures["received.ponds"].place.path == folders.authorities / f"{SLUG}.yaml"
    assert figures["decided.uphold_rate"].place.path == folders.edition_file


def test_a_figure_that_is_missing_says_so(folders: EditionFolders) -> None:
    path = folders.authorities / f"{SLUG}.yaml"
    path.write_text(path.read_text().replace("roads: 3", "roads: null"))

    assert _figures(folders)["received.roads"].how == "not yet supplied"


def test_an_imported_figure_says_its_cell_and_whether_it_was_changed_since(
    folders: EditionFolders,
) -> None:
    day = datetime.date(2031, 6, 1)
    cells = {
        "received.roads": (3, "received.xlsx", "ab" * 32, "Received!B7"),
        "received.ponds": (15, "received.xlsx", "ab" * 32, "Received!C7"),
    }

    figures = _figures(folders, with_imported(Origins(), {SLUG: cells}, day))

    roads, ponds = figures["received.roads"], figures["received.ponds"]
    assert roads.imported is not None
    assert (roads.imported.file, roads.imported.cell) == ("received.xlsx", "Received!B7")
    assert (roads.imported.day, roads.by_hand) == (day, False)
    assert ponds.imported is not None
    assert (ponds.imported.value, ponds.printed, ponds.by_hand) == (15, "14", True)
    assert figures["decided.upheld"].imported is None


def test_a_chart_has_its_figures_and_the_words_that_stand_for_it(tmp_path: Path) -> None:
    source = _sources(build_tree(tmp_path, WITH_CHARTS))["statistics/5"]

    assert (source.what, source.text) == ("chart", "3 of 9 were upheld")
    assert (
        source.wording
        == "{{ authority.decided.upheld }} of {{ authority.decided.total }} were upheld"
    )
    assert [(f.id, f.label, f.printed) for f in source.figures] == [
        ("decided.upheld", "Upheld", "3"),
        ("decided.not_upheld", "Not Upheld", "5"),
        ("decided.advice_given", "Advice Given", "1"),
    ]
