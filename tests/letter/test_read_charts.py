"""Charts in letters: where wording places them, what they say there, and when they are left out."""

from pathlib import Path

import pytest

from generator.letter.letter import ComposedLetter
from generator.letter.printed_table import ChartPart
from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE as AMBRIDGE_TEXT
from tests.borsetshire import STATISTICS, build_tree
from tests.charts import (
    AMBRIDGE_FILE,
    EDITION_FILE,
    OUTCOMES,
    RECEIVED,
    STATISTICS_FILE,
    WITH_CHARTS,
    placing,
    with_charts,
)
from tests.letter.reading import AMBRIDGE, insert_file, lines

Changes = dict[str, str]
FRONT = "---\nplace: statistics\nwhen: authority.decided.upheld > 0\n---\n"


def ambridge(folder: Path, changes: Changes) -> ComposedLetter:
    return load_edition(build_tree(folder, changes)).letters[AMBRIDGE].letter


def test_a_chart_stands_under_its_title_where_wording_places_it(tmp_path: Path) -> None:
    letter = ambridge(tmp_path, WITH_CHARTS)

    assert [(b.address, str(b.role), b.text) for b in letter.part("statistics")[3:]] == [
        ("statistics/4", "chart_title", "What we decided"),
        ("statistics/5", "chart", "3 of 9 were upheld"),
        ("statistics/6", "paragraph", "And:"),
        ("statistics/7", "chart", "Of our investigations we upheld 3"),
    ]


def test_it_has_its_figures_with_labels_and_the_words_that_stand_for_it(tmp_path: Path) -> None:
    letter = ambridge(tmp_path, WITH_CHARTS)

    block = letter.charts["outcomes"]

    assert block.chart is not None
    assert block.chart.form == "donut"
    assert block.chart.parts == (
        ChartPart("decided", "upheld", "Upheld", "3", 3, "count"),
        ChartPart("decided", "not_upheld", "Not Upheld", "5", 5, "count"),
        ChartPart("decided", "advice_given", "Advice Given", "1", 1, "count"),
    )
    assert block.chart.words == "Upheld 3 Not Upheld 5 Advice Given 1"
    assert block.wording == (
        "{{ authority.decided.upheld }} of {{ authority.decided.total }} were upheld"
    )
    assert block.values == (("authority.decided.upheld", "3"), ("authority.decided.total", "9"))
    assert block.place is not None
    assert (block.origin, block.place.path.name) == ("edition", "edition.yaml")


def test_the_figures_of_a_letter_are_those_of_its_tables(tmp_path: Path) -> None:
    plain, drawn = (ambridge(tmp_path / n, c) for n, c in (("a", {}), ("b", WITH_CHARTS)))

    assert [(f.group, f.id) for f in drawn.figures] == [(f.group, f.id) for f in plain.figures]


def test_an_insert_may_place_one(tmp_path: Path) -> None:
    changes = with_charts(OUTCOMES) | {insert_file("test"): f"{FRONT}{{{{ chart outcomes }}}}\n"}

    letter = ambridge(tmp_path, changes)

    assert [(b.role, b.insert) for b in letter.part("statistics")[3:]] == [
        ("chart_title", "test"),
        ("chart", "test"),
    ]


WRONG: dict[str, tuple[Changes, list[str]]] = {
    "no such chart": (
        with_charts(OUTCOMES) | placing("outcome"),
        [
            f"{STATISTICS_FILE}:7:1: error: {{{{ chart outcome }}}}: "
            'there is no chart "outcome"; did you mean "outcomes"?'
        ],
    ),
    "no chart at all": (
        placing("outcomes"),
        [
            f"{STATISTICS_FILE}:7:1: error: {{{{ chart outcomes }}}}: "
            'there is no chart "outcomes"; the edition has none'
        ],
    ),
    "in a sentence": (
        with_charts(OUTCOMES) | {STATISTICS_FILE: f"{STATISTICS}\nSee {{{{ chart outcomes }}}}.\n"},
        [
            f"{STATISTICS_FILE}:7:5: error: {{{{ chart outcomes }}}}: a chart must stand alone "
            f"in a paragraph of a wording file, with a blank line before and after, never within "
            f"text, a list or a heading"
        ],
    ),
    "unknown name in the alternative": (
        with_charts(RECEIVED.replace("received.ponds }}", "received.pond }}"))
        | placing("received"),
        [
            f"{EDITION_FILE}:44:18: error: {{{{ authority.received.pond }}}}: "
            'unknown name "authority.received.pond"; did you mean "authority.received.ponds"?'
        ],
    ),
    "twice in a letter": (
        with_charts(RECEIVED) | placing("received", "received"),
        [
            f"{STATISTICS_FILE}:9:1: error: {{{{ chart received }}}}: "
            'the chart "received" would appear twice in one letter; remove one'
        ],
    ),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_is_told_at_its_place(mistake: str, tmp_path: Path) -> None:
    changes, expected = WRONG[mistake]

    assert lines(build_tree(tmp_path, changes)) == expected


NOTHING = AMBRIDGE_TEXT.replace("advice_given: 1, not_upheld: 5, upheld: 3", "{}").replace(
    "{{}}", "{advice_given: 0, not_upheld: 0, upheld: 0}"
)


def test_a_chart_of_nothing_is_left_out_with_its_title(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, {**WITH_CHARTS, AMBRIDGE_FILE: NOTHING}))

    composed = loaded.letters[AMBRIDGE]

    assert composed.empty_charts == ("outcomes", "rates")
    assert list(composed.letter.charts) == ["received"]
    assert [b.text for b in composed.letter.part("statistics")[3:]] == ["And:"]


def test_rates_of_nought_are_drawn_and_a_part_of_nothing_too(tmp_path: Path) -> None:
    nought = AMBRIDGE_TEXT.replace("upheld: 3", "upheld: 0")

    charts = ambridge(tmp_path, {**WITH_CHARTS, AMBRIDGE_FILE: nought}).charts

    assert list(charts) == ["outcomes", "rates", "received"]
    assert charts["rates"].chart is not None
    assert charts["rates"].chart.parts[0].text == "0%"


def test_in_a_draft_a_figure_that_is_not_supplied_is_a_gap(tmp_path: Path) -> None:
    gap = AMBRIDGE_TEXT.replace("upheld: 3", "upheld: null")
    folders = build_tree(tmp_path, {**WITH_CHARTS, AMBRIDGE_FILE: gap})

    charts = load_edition(folders, draft=True).letters[AMBRIDGE].letter.charts

    assert charts["outcomes"].chart is not None
    assert [(p.text, p.value) for p in charts["outcomes"].chart.parts] == [
        ("[?]", None),
        ("5", 5),
        ("1", 1),
    ]
    assert charts["outcomes"].text == "[?] of [?] were upheld"


def test_its_words_say_no_rate_that_may_be_nothing(tmp_path: Path) -> None:
    """Where nothing was investigated they would say "N/A were upheld"."""
    count = "{{ authority.decided.upheld }} of {{ authority.decided.total }} were upheld"
    rate = WITH_CHARTS[EDITION_FILE].replace(
        count, "{{ authority.decided.uphold_rate }} were upheld"
    )
    behind = WITH_CHARTS[EDITION_FILE].replace(count, "Upheld: {{ authority.decided.uphold_rate }}")

    wrong = load_edition(build_tree(tmp_path / "rate", {**WITH_CHARTS, EDITION_FILE: rate}))
    right = load_edition(build_tree(tmp_path / "behind", {**WITH_CHARTS, EDITION_FILE: behind}))

    assert [p.message for p in wrong.problems if p.is_error] == [
        "authority.decided.uphold_rate may have no value here; chart text cannot have "
        'conditions; write it after a colon, as "Rate: …"'
    ]
    assert not [p for p in right.problems if p.is_error]
