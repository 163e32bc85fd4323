"""Charts of an edition: each mistake is located, and says what to do."""

from collections.abc import Callable

import pytest

from generator.edition.charts import ChartForm, charts_of
from generator.edition.load import load_data
from generator.workspace import EditionFolders
from tests.borsetshire import EDITION
from tests.charts import EDITION_FILE, OUTCOMES, RATES, RECEIVED, with_charts

Build = Callable[..., EditionFolders]

PARTS = "[decided.upheld, decided.not_upheld, decided.advice_given]"
FIRST = len(EDITION.splitlines()) + 2
"""The line of the first chart's name."""


def changed(before: str, after: str, chart: str = OUTCOMES) -> str:
    assert before in chart
    return chart.replace(before, after)


MISTAKES: dict[str, tuple[str, list[str]]] = {
    "unknown form": (
        changed("donut", "doughnut"),
        [f'{FIRST + 1}:11: charts.outcomes.form: unknown form "doughnut"; did you mean "donut"?'],
    ),
    "unknown figure": (
        changed("decided.upheld,", "decided.uphled,"),
        [
            f'{FIRST + 3}:13: charts.outcomes.parts.1: no figure "decided.uphled"; '
            'did you mean "decided.upheld"?'
        ],
    ),
    "a group": (
        changed("decided.upheld,", "geese,"),
        [
            f'{FIRST + 3}:13: charts.outcomes.parts.1: no figure "geese"; expected one of '
            "received.roads, received.ponds, received.total, decided.advice_given, "
            "decided.not_upheld, decided.upheld, decided.uphold_rate, decided.total, "
            "remedied.by_us, remedied.by_authority"
        ],
    ),
    "the same figure twice": (
        changed("decided.not_upheld", "decided.upheld"),
        [
            f"{FIRST + 3}:29: charts.outcomes.parts.2: decided.upheld is already in this chart; "
            f"remove one"
        ],
    ),
    "a rate in a donut": (
        changed("decided.not_upheld", "decided.uphold_rate"),
        [
            f"{FIRST + 3}:29: charts.outcomes.parts.2: decided.uphold_rate is a percentage; a "
            f"donut needs counts; use those, or bars"
        ],
    ),
    "a sum and its part": (
        changed("decided.advice_given", "decided.total"),
        [
            f"{FIRST + 3}:49: charts.outcomes.parts.3: decided.total and decided.upheld overlap, "
            "so a donut would count some twice; use figures that do not overlap"
        ],
    ),
    "one part of a donut": (
        changed(PARTS, "[decided.upheld]"),
        [
            f"{FIRST + 3}:12: charts.outcomes.parts: a single part always fills the ring; name "
            f"the others, too"
        ],
    ),
    "no parts": (
        changed(PARTS, "[]"),
        [f"{FIRST + 3}:12: charts.outcomes.parts: empty; expected at least one"],
    ),
    "no alternative": (
        "\n".join(OUTCOMES.splitlines()[:-1]) + "\n",
        [f"{FIRST}:3: charts.outcomes.alternative: missing; expected one line of text"],
    ),
    "a placeholder in the title": (
        changed("What we decided", "What we decided in {{ edition.year }}"),
        [
            f"{FIRST + 2}:12: charts.outcomes.title: placeholders are not filled in here; write "
            f"out the words"
        ],
    ),
    "counts and rates": (
        changed("[decided.uphold_rate]", "[decided.uphold_rate, decided.upheld]", RATES),
        [
            f"{FIRST + 2}:34: charts.rates.parts.2: decided.upheld is a count, decided.uphold_rate "
            "a percentage; they share no scale, so make two charts"
        ],
    ),
    "the same label": (
        changed("received.ponds]", "received.total, decided.total]", RECEIVED),
        [
            f"{FIRST + 2}:45: charts.received.parts.3: decided.total has the same label as "
            "received.total; change one of them"
        ],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake(mistake: str, borsetshire: Build) -> None:
    chart, expected = MISTAKES[mistake]

    problems = load_data(borsetshire(with_charts(chart))).problems

    assert [
        f"{p.place.line}:{p.place.column}: {p.where}: {p.message}"
        for p in sorted(problems, key=lambda p: p.place.line)
    ] == expected


def test_more_parts_than_can_be_told_apart_are_refused(borsetshire: Build) -> None:
    many = ", ".join(f"received.of_{n}" for n in range(7))
    columns = "".join(f"      of_{n}: Of {n}\n" for n in range(7))
    edition = EDITION.replace("      roads: Roads\n", f"      roads: Roads\n{columns}")
    chart = changed(PARTS, f"[{many}]")

    problems = load_data(borsetshire(with_charts(chart, edition=edition))).problems

    said = [p.message for p in problems if p.place.path.name == "edition.yaml"]
    assert said == ["7 parts; expected at most 6 so that they can be told apart"]


def test_a_sum_may_stand_beside_what_it_does_not_hold(borsetshire: Build) -> None:
    chart = changed(PARTS, "[decided.total, received.roads]")

    assert load_data(borsetshire(with_charts(chart))).problems == []


def test_a_chart_knows_its_figures_and_its_places(borsetshire: Build) -> None:
    data = load_data(borsetshire(with_charts(OUTCOMES, RATES)))
    assert data.edition is not None

    charts = charts_of(data.edition)

    assert list(charts) == ["outcomes", "rates"]
    outcomes = charts["outcomes"]
    assert (outcomes.form, outcomes.title) == (ChartForm.DONUT, "What we decided")
    assert [c.id for c in outcomes.columns] == ["upheld", "not_upheld", "advice_given"]
    assert (outcomes.title_place.line, outcomes.place.line) == (FIRST + 2, FIRST + 3)
    assert outcomes.place.path.as_posix().endswith(EDITION_FILE)
    assert charts["rates"].title == ""
