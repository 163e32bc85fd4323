"""Charts: which figures are drawn, as what, and the words that stand for the drawing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from generator.edition.data_files import FileModel, Steps
from generator.edition.groups import Column, Group
from generator.edition.languages import PrintedText
from generator.edition.tables import (
    OWN,
    Comparators,
    Row,
    RowDefinition,
    StatedRow,
    Wrong,
    figures_of,
    row_definition,
    same_label,
    wrong_title_or_rows,
)
from generator.edition.values import SingleLineText, reads_one_of
from generator.edition.yaml_tree import shown
from generator.problems import Place, suggestion

if TYPE_CHECKING:
    from generator.edition.edition import Edition


class ChartForm(StrEnum):
    """What a chart is drawn as."""

    DONUT = "donut"
    """A ring that its parts divide."""
    BARS = "bars"
    """A horizontal bar for each part."""


MOST_PARTS = {ChartForm.DONUT: 6, ChartForm.BARS: 12}
"""More can no longer be told apart, or fill a page."""


class StatedChart(FileModel):
    """A drawing of figures, and the words that stand for it."""

    form: Annotated[ChartForm, reads_one_of(ChartForm, "form")] = Field(
        description="A `donut` of counts that make up a whole; `bars` of counts, or of rates."
    )
    title: PrintedText | None = Field(None, description="Title above the chart.")
    parts: tuple[SingleLineText, ...] = Field(
        min_length=1, description="The figures, as group.id, in the order drawn."
    )
    rows: tuple[Row, ...] = Field(
        (StatedRow.model_construct(row=OWN),),
        description="Of `bars`: whose figures, side by side [default: the authority's own].",
    )
    alternative: PrintedText = Field(
        description="Text alternative: what the chart shows, for those who cannot see it and in "
        "plain text. Placeholders are filled in."
    )


@dataclass(frozen=True)
class ChartDefinition:
    """A chart that letters can have."""

    name: str
    form: ChartForm
    title: str
    """Blank where it has none."""
    columns: tuple[Column, ...]
    """Its parts."""
    rows: tuple[RowDefinition, ...]
    """Whose figures they are; each part is drawn of each."""
    title_place: Place
    place: Place
    """Where its parts are said."""


def charts_of(edition: "Edition") -> dict[str, ChartDefinition]:
    """All charts that an edition knows, by name."""
    figures = figures_of(edition.figures)
    return {
        name: ChartDefinition(
            name=name,
            form=chart.form,
            title=chart.title or "",
            columns=tuple(figures[part] for part in chart.parts),
            rows=tuple(row_definition(said, edition) for said in chart.rows),
            title_place=edition.place("charts", name, "title"),
            place=edition.place("charts", name, "parts"),
        )
        for name, chart in edition.charts.items()
    }


def wrong_charts(
    charts: Mapping[str, StatedChart], groups: Mapping[str, Group], comparators: Comparators
) -> Iterator[Wrong]:
    """All in `charts:` of an edition that does not fit its figures, or cannot be drawn."""
    for name, chart in charts.items():
        at = ("charts", name)
        yield from wrong_title_or_rows(chart.title, chart.rows, comparators, at)
        if chart.form is ChartForm.DONUT and [row.row for row in chart.rows] != [OWN]:
            message = "a donut shows one authority's figures; use bars for a comparison"
            yield message, (*at, "rows")
        if groups:
            yield from _wrong_parts(chart, groups, at)


def _wrong_parts(
    chart: StatedChart, groups: Mapping[str, Group], at: tuple[str, ...]
) -> Iterator[Wrong]:
    most, found = MOST_PARTS[chart.form], len(chart.parts) * len(chart.rows)
    if found > most:
        yield (
            f"{found} parts; expected at most {most} so that they can be told apart",
            (*at, "parts"),
        )
    if chart.form is ChartForm.DONUT and len(chart.parts) == 1:
        message = "a single part always fills the ring; name the others, too"
        yield message, (*at, "parts")
    figures = figures_of(groups)
    labels: dict[str, str] = {}
    drawn: list[str] = []
    for number, part in enumerate(chart.parts):
        step: Steps = (*at, "parts", number)
        if part not in figures:
            yield f'no figure "{shown(part)}"{suggestion(part, figures)}', step
            continue
        if part in drawn:
            yield f"{part} is already in this chart; remove one", step
            continue
        if (first := labels.setdefault(figures[part].label.casefold(), part)) != part:
            yield same_label(part, first), step
        if message := _cannot_join(chart.form, part, drawn, figures):
            yield message, step
        else:
            drawn.append(part)


def _cannot_join(
    form: ChartForm, address: str, others: Sequence[str], figures: Mapping[str, Column]
) -> str:
    """Why a figure cannot be drawn with the others; blank where it can."""
    kind = figures[address].kind
    if form is ChartForm.DONUT and kind.is_rate:
        return f"{address} is {kind.called}; a donut needs counts; use those, or bars"
    for other in others if form is ChartForm.DONUT else ():
        if _counted_in(address, figures) & _counted_in(other, figures):
            message = f"{address} and {other} overlap, so a donut would count some twice"
            return f"{message}; use figures that do not overlap"
    for other in others:
        if figures[other].kind.scale != kind.scale:
            what = f"{address} is {kind.called}, {other} {figures[other].kind.called}"
            return f"{what}; they share no scale, so make two charts"
    return ""


def _counted_in(address: str, figures: Mapping[str, Column]) -> set[str]:
    """The given figures that a figure is made of, itself where it is given."""
    column = figures.get(address)
    if column is None or column.kind.is_given:
        return {address}
    group = address.partition(".")[0]
    given = (a.split(".") for a, each in figures.items() if each.kind.is_given)
    counts = [id_ for of_group, id_ in given if of_group == group]
    parts = column.kind.parts(column.said(column.kind), counts)[1]
    named = (part if "." in part else f"{group}.{part}" for part in parts)
    return {count for part in named for count in _counted_in(part, figures)}
