"""A figure kind: what a figure is, and all that follows from it, asked of an object.

Other modules ask a column's kind and never its name: one more kind is one more class, registered.
It reaches worker processes in what refers to it: who unpickles a kind has it registered.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor, sqrt
from typing import Any, Protocol, TypeVar

from generator.edition import formats
from generator.edition.number_values import StatedSum

Said = Mapping[str, Any]
"""What a column of `edition.yaml` says under the keys of a kind; None for what it does not say."""
Exact = int | Fraction
"""A value as it is worked out, before it is rounded."""
Quantity = int | Decimal
"""A value as it is kept and printed: a decimal has just the places of its kind."""


class StatedCell(Protocol):
    """A cell of a spreadsheet that states a figure; all of it raises where it holds none."""

    def whole_number(self) -> int:
        """The whole number in it, a sum perhaps."""

    def count(self) -> int:
        """The whole number in it, no larger than a count can be."""

    def decimal(self, places: int) -> Decimal:
        """The number in it, with at most so many decimal places."""

    def number(self) -> Decimal | None:
        """The number in it, whatever its places; None where it holds another thing."""

    def percents(self) -> set[int]:
        """The whole percents that it may state."""

    def text(self) -> str:
        """What stands in it, as a text."""

    def shown(self) -> str:
        """What stands in it, as a message names it."""


class ColumnCheck(Protocol):
    """What a kind is given to check the keys that a column of `edition.yaml` has of it.

    Each answer that is a problem is said where it is: at keys and numbers below the column.
    """

    @property
    def alone(self) -> bool:
        """Whether the column is of no other kind, too, which is a mistake of its own."""

    def say(self, message: str, *keys: str | int) -> None:
        """A problem."""

    def known_count(self, name: str, *keys: str | int) -> bool:
        """Whether a name is a figure that adds up: a count or a sum."""

    def known_figure(self, name: str, *keys: str | int) -> bool:
        """Whether a name is a figure that may be divided: any but a rate."""

    def listed_once(self, names: Sequence[str], *keys: str | int) -> None:
        """Finds that no name stands twice in a list, and no count in two sums."""

    def holds(self, wholes: Sequence[str], part: str) -> bool | None:
        """Whether what is named is a part of what these names add up to.

        None where it cannot be known, since it may be given of both by itself.
        """


class FigureKind:
    """What a figure is.

    A column's own kind knows what the column says under its keys, as how many places it prints; the
    one registered stands for all of its name.
    """

    name = ""
    """In files and records: `count`."""
    called = ""
    """In messages: `a percentage`."""
    key: str | None = None
    """The key in `edition.yaml` that makes a column one of this kind."""
    is_given = False
    """Supplied by the authority's file; all others are worked out and, where stated, checked."""
    adds_up = False
    """Two of them may be added: a count and a sum, never a rate or an average."""
    is_sum = False
    """Adds its parts up."""
    places: int = 0
    """The decimal places of its values; where there are none, they are whole numbers."""
    is_rate = False
    """Relates figures: there may be nothing to relate, and two of them do not add up."""
    at_least: int = 1
    """Of a rate, how large its whole must be: of a smaller one it is nothing."""
    whole: int = 0
    """Of what a bar of it is a part, as a percentage of 100; of others, of the longest bar."""

    @property
    def source(self) -> str:
        """Where a printed figure comes from, in the ledger."""
        return self.name

    def __repr__(self) -> str:
        return f"<figure kind {self.name}>"

    def __str__(self) -> str:
        return self.name

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), vars(self))

    @property
    def scale(self) -> str:
        """What values have in common that can be bars side by side."""
        return self.name if self.is_rate else ""

    def for_column(self, said: Said) -> "FigureKind":
        """This kind, knowing what a column says under its keys beside its operands."""
        return self

    def column_keys(self) -> dict[str, Any]:
        """Its keys of a column, `key` among them, each with its type and its `Field`."""
        return {}

    def check(self, said: Said, column: ColumnCheck) -> None:
        """Say what is wrong with its keys; called where a column has any of them."""

    def parts(self, said: Said, counts: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
        """The figures it is worked out from: a numerator, if it has one, and parts.

        As the column names them, of its own group by their ids alone; `counts` are those of it.
        """
        return None, ()

    def work_out(self, numerator: Exact | None, parts: Sequence[Exact]) -> Exact | None:
        """The value, from those of the parts, which are all supplied; None where there is none.

        It is exact: `rounded` rounds it, once, and other figures are worked out from the exact one.
        """
        return None

    def rounded(self, exact: Exact) -> Quantity:
        """A value as it is kept: to the places of the kind, half rounded up."""
        return half_up(exact, self.places)

    def value_of(self, numerator: Exact | None, parts: Sequence[Exact]) -> Quantity | None:
        """The value as it is kept, worked out and rounded; None where there is none."""
        exact = self.work_out(numerator, parts)
        return None if exact is None else self.rounded(exact)

    def exceeded(self, numerator: Exact | None, parts: Sequence[Exact]) -> bool:
        """Whether a part is more than the whole that it is a part of, which cannot be."""
        return False

    def rule(self, numerator: str | None, parts: Sequence[str]) -> str:
        """How it is worked out, in words, by the names of its parts; blank for what is given."""
        return ""

    def short_rule(self, numerator: str | None, parts: Sequence[str]) -> str:
        """The same where there is little room: of many parts it need not name each."""
        return self.rule(numerator, parts)

    def print(self, value: Quantity, language: str) -> str:
        """As a letter prints it; an average of counts with all places that it is rounded to."""
        if isinstance(value, Decimal):
            return formats.decimal(value, -int(value.as_tuple().exponent), language)
        return formats.number(value, language)

    def read_printed(self, text: str) -> Quantity | None:
        """The value that a letter of others prints; None where a text is no figure like this."""
        return None

    def stated_type(self, none: str) -> Any:
        """The type of a value that an authority's file has of it; `none` is said of nothing."""
        return StatedSum

    def read_cell(self, cell: StatedCell) -> Quantity:
        """The value that a cell of a spreadsheet gives; raises where it gives none."""
        return cell.count()

    def read_stated(self, text: str) -> Quantity | None:
        """The value that an authority's file gives; None where it gives none, or none yet."""
        return int(text) if re.fullmatch(r"[0-9]+", text) else None

    def state(self, value: Quantity) -> str:
        """As an authority's file states it."""
        return str(value)

    def states_the_same(self, one: str, other: str) -> bool:
        """Whether two ways to state a value say the same."""
        return one == other

    def disagreement(self, stated: str, right: str) -> str:
        """What is wrong with a stated value, where the figures say what is `right`."""
        return f"{stated} is stated, but the figures give {right}; correct one of them"

    def check_cell(
        self, cell: StatedCell, numerator: Exact | None, parts: Sequence[Exact], none: str
    ) -> str:
        """What is wrong with the cell of a spreadsheet that states it; blank where it is right."""
        value, said = self.value_of(numerator, parts), cell.text()
        right = none if value is None else self.state(value)
        if says_nothing(said, none) if value is None else self.states_the_same(said, right):
            return ""
        return self.disagreement(cell.shown(), right)

    def labels(self, own: Sequence[str], *, of_all: bool) -> list[str]:
        """Other labels in spreadsheets; `of_all`: its parts are all counts of its group."""
        return []

    def workbook_cell(self, value: Quantity) -> tuple[int | float | str, str]:
        """What an exported workbook has for it, and the format of a number."""
        return (float(value), f"0.{'0' * self.places}") if self.places else (int(value), "General")

    def workbook_formula(self, numerator: str, parts: str, none: str) -> str:
        """The formula that works it out there, from cells by their names; blank for what is given.

        `parts` are what `SUM` takes: `B2:D2,F2`.
        """
        return ""

    def csv_value(self, value: Quantity | None) -> int | str | None:
        """What `figures.csv` has for it; None, which is left empty, where there is none."""
        return as_data(value)

    def difference(self, before: Quantity, after: Quantity, at_least: int) -> str:
        """A difference in words, with its percentage where there were `at_least` so many before."""
        change: Quantity = after - before
        said = signed(change)
        by_half = distance(before, after) * 100 / float(before) if before >= at_least else 0.0
        percent = int(by_half + 0.5)
        return f"{said} ({signed(percent if change > 0 else -percent)}%)" if percent else said

    def standing_out(
        self, before: Quantity, after: Quantity, was_whole: Quantity, whole: Quantity
    ) -> float:
        """How much a difference stands out, in units of what chance brings about.

        The wholes are the sums of its parts, before and after.
        """
        total: Quantity = before + after
        return distance(before, after) / sqrt(max(total, 1))

    def extremes(self) -> Mapping[str, Quantity]:
        """Values worth a look wherever they stand, by how they are printed."""
        return {}


def says_nothing(said: str, none: str) -> bool:
    """Whether a cell says that there is nothing to relate, as a formula says that divides by it."""
    return said.casefold() in {none.casefold(), "#div/0!"}


def formula_text(text: str) -> str:
    """A text as a formula of a spreadsheet has it."""
    return '"' + text.replace('"', '""') + '"'


def signed(number: Quantity) -> str:
    """A number with its sign, and its thousands marked: `−1,234`."""
    return f"{number:+,}".replace("-", "−")


def distance(one: Quantity, other: Quantity) -> float:
    """How far two values are apart."""
    return abs(float(one) - float(other))


def half_up(exact: Exact, places: int = 0) -> Quantity:
    """A number that is not negative, to so many decimal places, half rounded up.

    In exact arithmetic throughout: Python's own rounding takes halves to the even neighbour (12.5
    to 12). A whole number without places, else a decimal with just as many.
    """
    if isinstance(exact, int) and not places:
        return exact
    units = floor(exact * 10**places + Fraction(1, 2))
    return Decimal(units).scaleb(-places) if places else units


def one_over(*wholes: Quantity) -> float:
    """What is left of 1 by each of these, added up: how chance works on rates of such wholes."""
    return sum(1 / float(max(whole, 1)) for whole in wholes)


def as_data(value: Quantity | None) -> int | str | None:
    """A value as data for programs: a whole number, or a decimal as a text such as `32.6`."""
    return str(value) if isinstance(value, Decimal) else value


KINDS: dict[str, FigureKind] = {}
"""Those registered, by name, in the order in which they were."""
Kind = TypeVar("Kind", bound=FigureKind)


def register(kind: Kind) -> Kind:
    """Make a kind known by its name and keys. Raises `ValueError` where another has one of them."""
    taken = {key for other in KINDS.values() for key in (other.name, *other.column_keys())}
    if taken & {kind.name, *kind.column_keys()} or not kind.name:
        raise ValueError(f"{kind.name}: its name, or a key, is that of another figure kind")
    KINDS[kind.name] = kind
    return kind


def _restored(class_: type[FigureKind], said: Said) -> FigureKind:
    """A kind that was pickled: the one that is known here, or else it is from now on."""
    known = KINDS.get(class_.name) or register(class_())
    return class_(**said) if said else known
