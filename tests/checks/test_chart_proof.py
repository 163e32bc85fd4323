"""A chart that is not as its letter has it is told: its figures, its labels, its words."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.batch.job import LetterRenderer
from generator.letter.letter import ComposedBlock, Run
from generator.letter.printed_table import ChartPart, PrintedChart
from generator.project.load_edition import load_edition
from generator.rendering.pdf.pdf_engine import PdfEngine
from tests.borsetshire import build_tree
from tests.charts import WITH_CHARTS
from tests.checks.conftest import NAMES, RenderedLetter

Change = Callable[[ComposedBlock], ComposedBlock | None]


@pytest.fixture(scope="module")
def charted(tmp_path_factory: pytest.TempPathFactory) -> RenderedLetter:
    loaded = load_edition(build_tree(tmp_path_factory.mktemp("charts"), WITH_CHARTS))
    template = loaded.letter_template
    assert template is not None
    letter = loaded.letters["ambridge-district-council"].letter
    pdf = LetterRenderer(template, NAMES).pdf(letter)
    return RenderedLetter(letter, pdf, template, PdfEngine(template.styles))


def of_outcomes(change: Callable[[ComposedBlock, PrintedChart], ComposedBlock | None]) -> Change:
    def changed(block: ComposedBlock) -> ComposedBlock | None:
        is_it = block.chart is not None and block.chart.name == "outcomes"
        return change(block, block.chart) if is_it and block.chart else block

    return changed


def with_parts(change: Callable[[tuple[ChartPart, ...]], tuple[ChartPart, ...]]) -> Change:
    return of_outcomes(
        lambda block, chart: replace(block, chart=replace(chart, parts=change(chart.parts)))
    )


def figures_swapped(parts: tuple[ChartPart, ...]) -> tuple[ChartPart, ...]:
    first, second, *others = parts
    return (replace(first, text=second.text), replace(second, text=first.text), *others)


WRONG: dict[str, tuple[Change, list[str]]] = {
    "figures swapped": (
        with_parts(figures_swapped),
        [
            'chart "outcomes", on the page: no row of figures reads Upheld 3',
            'chart "outcomes", for screen readers: it says "Upheld 5 Not Upheld 3 Advice Given 1"',
        ],
    ),
    "a figure changed": (
        with_parts(lambda parts: (*parts[:2], replace(parts[2], text="11"))),
        [
            'chart "outcomes", on the page: no row reads Advice Given 1',
            'chart "outcomes", for screen readers: it says "Upheld 3 Not Upheld 5 Advice Given 11"',
        ],
    ),
    "other words for it": (
        of_outcomes(lambda block, _: replace(block, runs=(Run("A ring."),))),
        ['no picture has the text alternative "3 of 9 were upheld"'],
    ),
    "not there": (
        of_outcomes(lambda *_: None),
        [
            'no picture has the text alternative "3 of 9 were upheld"',
            'chart "outcomes", on the page: no row of figures reads Upheld 3',
        ],
    ),
}


def test_a_letter_as_it_was_made_has_no_finding(charted: RenderedLetter) -> None:
    assert charted.findings(charted.pdf) == []


@pytest.mark.parametrize("damage", WRONG)
def test_what_is_drawn_otherwise_is_told(damage: str, charted: RenderedLetter) -> None:
    change, expected = WRONG[damage]

    found = charted.findings(charted.printed_with(change))

    assert [f for f in found if f.startswith(("chart ", "no picture "))] == expected
