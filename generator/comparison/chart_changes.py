"""What differs in the charts of both years' letters: how they are drawn, and of which figures.

A chart that came, went or stands elsewhere is a passage, by the words that stand for it.
"""

from collections.abc import Iterator

from generator.comparison.changes import EDITION, Change, ChangeType
from generator.comparison.edition_context import LetterPair, figure_address, figures_of
from generator.comparison.table_changes import reworded
from generator.edition.operands import Address
from generator.letter.letter import Block, Letter, PrintedFigure
from generator.letter.markup import plain_letters
from generator.letter.printed_table import PrintedChart


def drawn_figures(letter: Letter) -> dict[Address, PrintedFigure]:
    """The figures that stand in charts and in no table, each once."""
    in_tables = figures_of(letter)
    return {
        (part.group, part.id): PrintedFigure(
            *(part.group, part.id, part.label, part.text, part.value, part.kind)
        )
        for block in letter.charts.values()
        if block.chart
        for part in block.chart.parts
        if not part.row and (part.group, part.id) not in in_tables
    }


def is_told_as_figure(change: Change, letter: Letter) -> bool:
    """Whether a change of the words that stand for a chart is told as that of a figure, too."""
    side = change.after
    if change.action is not ChangeType.CHANGED or not isinstance(side, Block) or not side.chart:
        return False
    told = {*figures_of(letter), *((part.group, part.id) for part in side.chart.parts)}
    return figure_address(change.name) in told


def charts_set_otherwise(sides: LetterPair) -> Iterator[Change]:
    """The charts of both years that have another title or form, or draw other figures."""
    old = sides.before.charts
    for name, after in sides.after.charts.items():
        before = old.get(name)
        if before is None or before.chart is None or after.chart is None:
            continue
        title, new_title = (s.chart_titles.get(name, "") for s in (sides.before, sides.after))
        if plain_letters(title) != plain_letters(new_title):
            yield reworded(title, new_title, before, after)
        if before.chart.form != after.chart.form:
            yield reworded(before.chart.form, after.chart.form, before, after, cause=EDITION)
        if _addresses(before.chart) != _addresses(after.chart):
            labels = (_labels(before.chart), _labels(after.chart))
            yield reworded(*labels, before, after, cause=EDITION)


def _addresses(chart: PrintedChart) -> list[tuple[str, ...]]:
    return [(part.row, part.group, part.id) for part in chart.parts]


def _labels(chart: PrintedChart) -> str:
    return ", ".join(part.label for part in chart.parts)
