"""Charts: which figures are drawn, as what, and the words that stand for the drawing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import Field

from generator.edition.comparators import Comparator
from generator.edition.data_files import FileModel
from generator.edition.languages import PrintedText
from generator.edition.tables import (
    NO_PLACEHOLDERS,
    OWN,
    Row,
    RowDefinition,
    StatedRow,
    row_definition,
    wrong_rows,
)
from generator.edition.values import SingleLineText, choice
from generator.edition.yaml_tree import shown
from generator.problems import Place, did_you_mean

if TYPE_CHECKING:
    from generator.edition.edition import Column, Edition, Group


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

    form: choice(ChartForm, "form", ChartForm) = Field(  # type: ignore[valid-type]  # made at run time
        description="A `donut` of counts that make up a whole; `bars` of counts, or of rates."
    )
    title: PrintedText | None = Field(None, description="Printed over the chart.")
    parts: tuple[SingleLineText, ...] = Field(
        min_length=1, description="The figures, as group.id, in the order drawn."
    )
    rows: tuple[Row, ...] = Field(
        (StatedRow.model_construct(row=OWN),),
        description="Of `bars`: whose figures, one beside the other; the authority's own unless "
        "said.",
    )
    alternative: PrintedText = Field(
        description="What it shows, for who cannot see it, and in plain text; "
        "placeholders in it are filled in."
    )


@dataclass(frozen=True)
class ChartDefinition:
    """A chart that letters can have."""

    name: str
    form: ChartForm
    title: str
    """Blank where it has none."""
    columns: tuple["Column", ...]
    """Its parts."""
    rows: tuple[RowDefinition, ...]
    """Whose figures they are; each part is drawn of each."""
    title_place: Place
    place: Place
    """Where its parts are said."""


def charts_of(edition: "Edition") -> dict[str, ChartDefinition]:
    """All charts that an edition knows, by name."""
    return {
        name: ChartDefinition(
            name=name,
            form=ChartForm(chart.form),
            title=chart.title or "",
            columns=tuple(_column(edition.figures, part) for part in chart.parts),
            rows=tuple(row_definition(said, edition) for said in chart.rows),
            title_place=edition.place("charts", name, "title"),
            place=edition.place("charts", name, "parts"),
        )
        for name, chart in edition.charts.items()
    }


def _column(groups: Mapping[str, "Group"], address: str) -> "Column":
    group, _, id_ = address.partition(".")
    return groups[group].by_id[id_]


class ChartChecks:
    """Checks `charts:` of an edition; `say` is given a message and the keys where it belongs."""

    def __init__(
        self,
        groups: Mapping[str, "Group"],
        comparators: Mapping[str, Comparator] | None,
        say: Callable[..., None],
    ) -> None:
        self._groups = groups
        self._comparators = comparators
        self._say = say

    def check(self, charts: Mapping[str, StatedChart]) -> None:
        """Find all that does not fit the figures, or cannot be drawn."""
        for name, chart in charts.items():
            at = ("charts", name)
            if "{{" in (chart.title or ""):
                self._say(NO_PLACEHOLDERS, *at, "title")
            self._rows(chart, at)
            if self._groups:
                self._parts(chart, at)

    def _rows(self, chart: StatedChart, at: tuple[str, ...]) -> None:
        if not chart.rows:
            self._say("empty; expected at least one", *at, "rows")
        for number, message in wrong_rows(chart.rows, self._comparators):
            self._say(message, *at, "rows", number)
        if chart.form == ChartForm.DONUT and [row.row for row in chart.rows] != [OWN]:
            message = "a donut divides what is one authority's; for a comparison take bars"
            self._say(message, *at, "rows")

    def _parts(self, chart: StatedChart, at: tuple[str, ...]) -> None:
        form = ChartForm(chart.form)
        most, found = MOST_PARTS[form], len(chart.parts) * len(chart.rows)
        if found > most:
            message = f"{found} parts; expected at most {most}, to be told apart"
            self._say(message, *at, "parts")
        if form is ChartForm.DONUT and len(chart.parts) == 1:
            message = "one part is the whole ring, whatever its figure; name the others, too"
            self._say(message, *at, "parts")
        labels: dict[str, str] = {}
        known: dict[str, Column] = {}
        for number, address, column in self._known(chart.parts, at):
            step = (*at, "parts", number)
            if address in known:
                self._say(f"{address} is in this chart already; remove one", *step)
                continue
            first = labels.setdefault(column.label.casefold(), address)
            if first != address:
                message = f"{address} has the same label as {first}; give one of them another"
                self._say(message, *step)
            if message := self._cannot_join(form, address, column, known):
                self._say(message, *step)
            else:
                known[address] = column

    def _known(
        self, parts: Sequence[str], at: tuple[str, ...]
    ) -> Iterator[tuple[int, str, "Column"]]:
        """The parts that are figures, with their numbers; the others are problems."""
        dotted = {
            f"{g}.{c}": column for g, f in self._groups.items() for c, column in f.by_id.items()
        }
        for number, part in enumerate(parts):
            if part in dotted:
                yield number, part, dotted[part]
                continue
            hint = did_you_mean(part, dotted) or f"; expected one of {', '.join(dotted)}"
            self._say(f'no figure "{shown(part)}"{hint}', *at, "parts", number)

    def _cannot_join(
        self, form: ChartForm, address: str, column: "Column", others: Mapping[str, "Column"]
    ) -> str:
        """Why a figure cannot be drawn with the others; blank where it can."""
        kind = column.kind
        if form is ChartForm.DONUT:
            if kind.is_rate:
                return (
                    f"{address} is {kind.called}; a donut divides a whole, so take counts or bars"
                )
            for other in others:
                if self._counted_in(address) & self._counted_in(other):
                    message = f"{address} and {other} overlap, so a donut would count some twice"
                    return f"{message}; take figures that have nothing in common"
        for other, drawn in others.items():
            if drawn.kind.scale != kind.scale:
                what = f"{address} is {kind.called}, {other} {drawn.kind.called}"
                return f"{what}; they have no scale in common, so make two charts of them"
        return ""

    def _counted_in(self, address: str) -> set[str]:
        """The given figures that a figure is made of, itself where it is given."""
        group, _, id_ = address.partition(".")
        columns = self._groups[group].by_id if group in self._groups else {}
        if id_ not in columns or columns[id_].kind.is_given:
            return {address}
        counts = [key for key, column in columns.items() if column.kind.is_given]
        kind = columns[id_].kind
        parts = kind.parts(columns[id_].said(kind), counts)[1]
        named = (part if "." in part else f"{group}.{part}" for part in parts)
        return {count for part in named for count in self._counted_in(part)}
