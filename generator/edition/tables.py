"""Tables: which figures stand in one, in which rows, which way round.

A group of figures with a title is a table by its own name; others stand under `tables:`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from generator.edition.comparators import Comparator
from generator.edition.data_files import FileModel, Steps
from generator.edition.groups import Column, Group
from generator.edition.languages import PrintedText
from generator.edition.values import ID, Expected, SingleLineText, TrueOrFalse, reads_name
from generator.edition.yaml_tree import YamlScalar, shown
from generator.problems import Place, did_you_mean, suggestion

if TYPE_CHECKING:
    from generator.edition.edition import Edition

OWN = "own"
"""The row of the authority's own figures; each comparator's name is another row."""


class StatedRow(FileModel):
    """A row of a table."""

    row: Annotated[str, reads_name(ID, "expected a row such as own")] = Field(
        description="Whose figures: `own` for the authority's, or a comparator."
    )
    label: PrintedText | None = Field(
        None,
        description="Label of the row [default: the authority's name, or the comparator's label].",
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Editors accept the name alone, too."""
        return {"anyOf": [{"type": "string", "pattern": f"^{ID}$"}, handler(core_schema)]}


NO_PLACEHOLDERS = "placeholders are not filled in here; write out the words"


def _row_alone(value: Any) -> Any:
    """A row written as its name alone has no label of its own."""
    return {"row": value} if isinstance(value, YamlScalar) else value


Row = Annotated[
    StatedRow,
    BeforeValidator(_row_alone),
    Expected('expected a row such as own, or "row: own" and "label: …"'),
]


class StatedTable(FileModel):
    """A table of figures of one group or several."""

    title: PrintedText | None = Field(None, description="Title above the table.")
    columns: tuple[SingleLineText, ...] = Field(
        min_length=1, description="Figures, as group.id, or a group for all of its figures."
    )
    rows: tuple[Row, ...] = Field(
        (StatedRow.model_construct(row=OWN),),
        description="Whose figures [default: the authority's own].",
    )
    turned: TrueOrFalse = Field(False, description="True to set the figures one below the other.")


@dataclass(frozen=True)
class RowDefinition:
    """A row of a table: whose figures, and what is said before them where the edition says it."""

    row: str
    label: str = ""


@dataclass(frozen=True)
class TableDefinition:
    """A table that letters can have."""

    name: str
    title: str
    """Blank where it has none."""
    columns: tuple[Column, ...]
    rows: tuple[RowDefinition, ...]
    turned: bool
    title_place: Place
    place: Place
    """Where its columns are said."""

    @property
    def wording(self) -> str:
        """What it says in all letters: a line for each column, label and figure."""
        is_group = {column.group for column in self.columns} == {self.name}
        return "\n".join(
            f"{column.label}\t{column.id if is_group else f'{column.group}.{column.id}'}"
            for column in self.columns
        )


def tables_of(edition: "Edition") -> dict[str, TableDefinition]:
    """All tables that an edition knows, by name: its groups with a title, then its `tables:`."""
    tables = {group.id: _of_group(group, edition) for group in edition.groups if group.title}
    for name, table in edition.tables.items():
        tables[name] = TableDefinition(
            name=name,
            title=table.title or "",
            columns=tuple(_columns(table, edition)),
            rows=tuple(row_definition(said, edition) for said in table.rows),
            turned=table.turned,
            title_place=edition.place("tables", name, "title"),
            place=edition.place("tables", name, "columns"),
        )
    return tables


def row_definition(said: StatedRow, edition: "Edition") -> RowDefinition:
    """A row as the edition says it; a comparator's has its label, unless another is said."""
    compared = edition.comparators.get(said.row)
    return RowDefinition(said.row, said.label or (compared and compared.label) or "")


def _of_group(group: Group, edition: "Edition") -> TableDefinition:
    place = edition.place(*group.steps)
    own = (RowDefinition(OWN),)
    title = group.title or ""
    return TableDefinition(group.id, title, group.columns, own, False, group.place, place)


def _columns(table: StatedTable, edition: "Edition") -> Iterator[Column]:
    for named in table.columns:
        group, _, id_ = named.partition(".")
        columns = edition.figures[group].columns
        yield from (column for column in columns if id_ in {"", column.id})


Wrong = tuple[str, Steps]
"""What is wrong, and the keys and numbers that lead to it."""
Comparators = Mapping[str, Comparator] | None
"""Those of an edition; None where they are wrong themselves, so that it is not known which."""


def wrong_tables(
    tables: Mapping[str, StatedTable], groups: Mapping[str, Group], comparators: Comparators
) -> Iterator[Wrong]:
    """All in `tables:` of an edition that does not fit its figures; without groups, its rows."""
    for name, table in tables.items():
        at = ("tables", name)
        if name in groups and groups[name].title:
            yield "a group of figures already has this name; choose another", at
        yield from wrong_title_or_rows(table.title, table.rows, comparators, at)
        if groups:
            yield from _wrong_columns(table, groups, at)


def wrong_title_or_rows(
    title: str | None, rows: Sequence[StatedRow], comparators: Comparators, at: tuple[str, ...]
) -> Iterator[Wrong]:
    """What is wrong with these of a table, or of a chart."""
    if "{{" in (title or ""):
        yield NO_PLACEHOLDERS, (*at, "title")
    if not rows:
        yield "empty; expected at least one", (*at, "rows")
    known = (OWN, *(comparators or ()))
    for number, said in enumerate(rows):
        step: Steps = (*at, "rows", number)
        if "{{" in (said.label or ""):
            yield NO_PLACEHOLDERS, step
        if said.row not in known:
            if comparators is not None:
                yield f'no row "{said.row}"{suggestion(said.row, known)}', step
        elif comparators and said.row != OWN and not (said.label or comparators[said.row].label):
            message = f'no label; write "row: {said.row}" and "label: …", or a label of it'
            yield f"{message} under comparators", step
        if said.row in (other.row for other in rows[:number]):
            yield f'the row "{said.row}" is listed twice; remove one', step


def _wrong_columns(
    table: StatedTable, groups: Mapping[str, Group], at: tuple[str, ...]
) -> Iterator[Wrong]:
    figures = figures_of(groups)
    stands: dict[str, Steps] = {}
    labels: dict[tuple[str, str], str] = {}
    for number, named in enumerate(table.columns):
        step: Steps = (*at, "columns", number)
        found = [a for a in figures if named in {a, a.partition(".")[0]}]
        if not found:
            hint = did_you_mean(named, [*groups, *figures])
            expected = hint or f"; expected a group ({', '.join(groups)}) or group.id"
            yield f'no figure "{shown(named)}"{expected}', step
        for address in found:
            if address in stands:
                yield f"{address} is already in this table; remove one", step
                continue
            stands[address] = step
            label = figures[address].header_group or "", figures[address].label.casefold()
            if (first := labels.setdefault(label, address)) != address:
                yield same_label(address, first), step
    for number, message in apart(figures[address].header_group for address in stands):
        yield message, [*stands.values()][number]


def apart(headers: Iterable[str | None]) -> Iterator[tuple[int, str]]:
    """What is wrong with headers over columns, by number: one that stands over others elsewhere."""
    before: list[str | None] = [None]
    for number, header in enumerate(headers):
        if header and header != before[-1] and header in before:
            yield number, f'the columns under "{shown(header)}" must be side by side'
        before.append(header)


def figures_of(groups: Mapping[str, Group]) -> dict[str, Column]:
    """The figures of all groups, as tables and charts name them: `group.id`."""
    return {f"{g}.{c}": column for g, group in groups.items() for c, column in group.by_id.items()}


def same_label(address: str, first: str) -> str:
    """What is wrong with two figures that a reader could not tell apart."""
    return f"{address} has the same label as {first}; change one of them"
