"""Tables: which figures stand in one, in which rows, which way round.

A group of figures with a title is a table by its own name; others stand under `tables:`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from generator.edition.comparators import Comparator
from generator.edition.data_files import FileModel
from generator.edition.languages import PrintedText
from generator.edition.values import ID, Expected, SingleLineText, TrueOrFalse, read_name
from generator.edition.yaml_tree import YamlScalar, shown
from generator.problems import Place, did_you_mean

if TYPE_CHECKING:
    from generator.edition.edition import Column, Edition, Group

OWN = "own"
"""The row of the authority's own figures; each comparator's name is another row."""


_EXPECTED_ROW = "expected a row such as own"
_RowName = Annotated[
    str,
    BeforeValidator(read_name(ID, _EXPECTED_ROW)),
    Expected(_EXPECTED_ROW),
    WithJsonSchema({"type": "string", "pattern": f"^{ID}$"}),
]


class StatedRow(FileModel):
    """A row of a table."""

    row: _RowName = Field(
        description="Whose figures: `own` are the authority's; or with what they are compared."
    )
    label: PrintedText | None = Field(
        None,
        description="What stands before them; of `own` the authority's name where there are "
        "several, of a comparator its label unless said.",
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Editors accept the name alone, too."""
        return {"anyOf": [{"type": "string", "pattern": f"^{ID}$"}, handler(core_schema)]}


NO_PLACEHOLDERS = "placeholders are not filled in here; write the words themselves"


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

    title: PrintedText | None = Field(None, description="Printed over the table.")
    columns: tuple[SingleLineText, ...] = Field(
        min_length=1, description="Figures, as group.id, or a group for all of its figures."
    )
    rows: tuple[Row, ...] = Field(
        (StatedRow.model_construct(row=OWN),),
        description="Whose figures; the authority's own unless said.",
    )
    turned: TrueOrFalse = Field(
        False, description="Whether it is set on its side, the figures one below the other."
    )


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
    columns: tuple["Column", ...]
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


def _of_group(group: "Group", edition: "Edition") -> TableDefinition:
    place = edition.place(*group.steps)
    own = (RowDefinition(OWN),)
    title = group.title or ""
    return TableDefinition(group.id, title, group.columns, own, False, group.place, place)


def _columns(table: StatedTable, edition: "Edition") -> Iterator["Column"]:
    for named in table.columns:
        group, _, id_ = named.partition(".")
        columns = edition.figures[group].columns
        yield from (column for column in columns if id_ in {"", column.id})


def wrong_rows(
    rows: Sequence[StatedRow], comparators: Mapping[str, Comparator] | None
) -> Iterator[tuple[int, str]]:
    """What is wrong with the rows of a table, or of a chart: the number of each, and what.

    Where the comparators are wrong themselves (None), it is not known which rows there can be.
    """
    known = (OWN, *(comparators or ()))
    for number, said in enumerate(rows):
        if "{{" in (said.label or ""):
            yield number, NO_PLACEHOLDERS
        if said.row not in known:
            hint = did_you_mean(said.row, known) or f"; expected one of {', '.join(known)}"
            if comparators is not None:
                yield number, f'no row "{said.row}"{hint}'
        elif comparators and said.row != OWN and not (said.label or comparators[said.row].label):
            message = f'no label; write "row: {said.row}" and "label: …", or a label of it'
            yield number, f"{message} under comparators"
        if said.row in (other.row for other in rows[:number]):
            yield number, f'the row "{said.row}" is listed twice; remove one'


class TableChecks:
    """Checks `tables:` of an edition; `say` is given a message and the keys where it belongs."""

    def __init__(
        self,
        groups: Mapping[str, "Group"],
        comparators: Mapping[str, Comparator] | None,
        say: Callable[..., None],
    ) -> None:
        self._groups = groups
        self._comparators = comparators
        self._say = say

    def check(self, tables: Mapping[str, StatedTable]) -> None:
        """Find all that does not fit the figures."""
        for name, table in tables.items():
            at = ("tables", name)
            if name in self._groups and self._groups[name].title:
                self._say("a group of figures is a table of this name; choose another", *at)
            self._printed_as_it_stands(table.title or "", *at, "title")
            self._rows(table, at)
            if self._groups:
                self._columns(table, at)

    def _printed_as_it_stands(self, text: str, *at: str | int) -> None:
        if "{{" in text:
            self._say(NO_PLACEHOLDERS, *at)

    def _rows(self, table: StatedTable, at: tuple[str, ...]) -> None:
        if not table.rows:
            self._say("empty; expected at least one", *at, "rows")
        for number, message in wrong_rows(table.rows, self._comparators):
            self._say(message, *at, "rows", number)

    def _columns(self, table: StatedTable, at: tuple[str, ...]) -> None:
        addresses: set[str] = set()
        labels: dict[tuple[str, str], str] = {}
        headers: list[str] = [""]
        for number, named in enumerate(table.columns):
            step: tuple[str | int, ...] = (*at, "columns", number)
            for address, column in self._named(named, *step):
                if address in addresses:
                    self._say(f"{address} stands in this table already; remove one", *step)
                    continue
                addresses.add(address)
                header = column.header_group or ""
                if header and header != headers[-1] and header in headers:
                    message = f'the columns under "{shown(header)}" must stand side by side'
                    self._say(message, *step)
                headers.append(header)
                first = labels.setdefault((header, column.label.casefold()), address)
                if first != address:
                    message = f"{address} has the same label as {first}; give one of them another"
                    self._say(message, *step)

    def _named(self, named: str, *at: str | int) -> Iterator[tuple[str, "Column"]]:
        """The figures that an entry names, by address."""
        group, dot, id_ = named.partition(".")
        columns = self._groups[group].by_id if group in self._groups else {}
        found = {id_: columns[id_]} if dot and id_ in columns else {} if dot else columns
        if not found:
            dotted = [f"{g}.{c}" for g, file in self._groups.items() for c in file.by_id]
            hint = did_you_mean(named, [*self._groups, *dotted])
            expected = hint or f"; expected a group ({', '.join(self._groups)}) or group.id"
            self._say(f'no figure "{shown(named)}"{expected}', *at)
        yield from ((f"{group}.{key}", column) for key, column in found.items())
