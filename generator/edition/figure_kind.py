"""A figure kind: what a figure is, and all that follows from it, asked of an object.

Other modules ask a column's kind and never its name: one more kind is one more class, registered.
It reaches worker processes in what refers to it: who unpickles a kind has it registered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Protocol, TypeVar

from generator.edition import formats
from generator.edition.values import StatedSum

Said = Mapping[str, Any]
"""What a column of `edition.yaml` says under the keys of a kind; None for what it does not say."""


class StatedCell(Protocol):
    """A cell of a spreadsheet that states a figure; all of it raises where it holds none."""

    def whole_number(self) -> int:
        """The whole number in it."""

    def percents(self) -> set[int]:
        """The whole percents that it may state."""

    def text(self) -> str:
        """What stands in it, as a text."""

    def shown(self) -> str:
        """What stands in it, as a message names it."""


@dataclass(frozen=True)
class ColumnCheck:
    """What a kind is given to check the keys that a column of `edition.yaml` has of it."""

    counts: Sequence[str]
    """The ids of the given figures of its group."""
    alone: bool
    """Whether the column is of no other kind, too, which is a mistake of its own."""
    say: Callable[..., None]
    """A problem: the message, and the keys and numbers below the column where it is."""
    known_count: Callable[..., None]
    """Finds that a name (then keys, as above) is a count of the group."""
    listed_once: Callable[..., None]
    """Finds that no name stands twice in a list (then keys, as above)."""


class FigureKind:
    """What a figure is. A value is a whole number whatever the kind, which says what it counts."""

    name = ""
    """In files and records: `count`."""
    called = ""
    """In messages: `a percentage`."""
    key: str | None = None
    """The key in `edition.yaml` that makes a column one of this kind."""
    is_given = False
    """Supplied by the authority's file; all others are worked out and, where stated, checked."""
    is_sum = False
    """Adds its parts up."""
    is_rate = False
    """Relates figures: there may be nothing to relate, and two of them do not add up."""

    @property
    def source(self) -> str:
        """Where a printed figure comes from, in the ledger."""
        return self.name

    def __repr__(self) -> str:
        return f"<figure kind {self.name}>"

    def __str__(self) -> str:
        return self.name

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self),)

    def column_keys(self) -> dict[str, Any]:
        """Its keys of a column, `key` among them, each with its type and its `Field`."""
        return {}

    def check(self, said: Said, column: ColumnCheck) -> None:
        """Say what is wrong with its keys; called where a column has any of them."""

    def parts(self, said: Said, counts: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
        """The ids of the counts it is worked out from: a numerator, if it has one, and parts."""
        return None, ()

    def work_out(self, numerator: int | None, parts: Sequence[int]) -> int | None:
        """The value, from those of the parts, which are all supplied; None where there is none."""
        raise NotImplementedError

    def rule(self, numerator: str | None, parts: Sequence[str]) -> str:
        """How it is worked out, in words, by the names of its parts; blank for what is given."""
        return ""

    def short_rule(self, numerator: str | None, parts: Sequence[str]) -> str:
        """The same where there is little room: of many parts it need not name each."""
        return self.rule(numerator, parts)

    def print(self, value: int, language: str) -> str:
        """As a letter prints it."""
        return formats.number(value, language)

    def read_printed(self, text: str) -> int | None:
        """The value that a letter of others prints; None where a text is no figure like this."""
        return None

    def stated_type(self, none: str) -> Any:
        """The type of a value that an authority's file has of it; `none` is said of nothing."""
        return StatedSum

    def state(self, value: int) -> str:
        """As an authority's file states it."""
        return str(value)

    def states_the_same(self, one: str, other: str) -> bool:
        """Whether two ways to state a value say the same."""
        return one == other

    def disagreement(self, stated: str, right: str) -> str:
        """What is wrong with a stated value, where the figures say what is `right`."""
        return f"{stated} is stated, but the figures give {right}; correct one of them"

    def check_cell(
        self, cell: StatedCell, numerator: int | None, parts: Sequence[int], none: str
    ) -> str:
        """What is wrong with the cell of a spreadsheet that states it; blank where it is right."""
        value, said = self.work_out(numerator, parts), cell.text()
        right = none if value is None else self.state(value)
        if says_nothing(said, none) if value is None else self.states_the_same(said, right):
            return ""
        return self.disagreement(cell.shown(), right)

    def labels(self, own: Sequence[str], *, of_all: bool) -> list[str]:
        """Other labels in spreadsheets; `of_all`: its parts are all counts of its group."""
        return []

    def workbook_cell(self, value: int) -> tuple[int | float | str, str]:
        """What an exported workbook has for it, and the format of a number."""
        return value, "General"

    def csv_value(self, value: int | None) -> int | str | None:
        """What `figures.csv` has for it; None, which is left empty, where there is none."""
        return value

    def difference(self, before: int, after: int, at_least: int) -> str:
        """A difference in words, with its percentage where there were `at_least` so many before."""
        change = after - before
        said = signed(change)
        percent = (200 * abs(change) + before) // (2 * before) if before >= at_least else 0
        return f"{said} ({signed(percent if change > 0 else -percent)}%)" if percent else said

    def standing_out(self, before: int, after: int, was_whole: int, whole: int) -> float:
        """How much a difference stands out, in units of what chance brings about.

        The wholes are the sums of its parts, before and after.
        """
        return abs(after - before) / sqrt(max(before + after, 1))

    def extremes(self) -> Mapping[str, int]:
        """Values worth a look wherever they stand, by how they are printed."""
        return {}


def says_nothing(said: str, none: str) -> bool:
    """Whether a cell says that there is nothing to relate, as a formula says that divides by it."""
    return said.casefold() in {none.casefold(), "#div/0!"}


def signed(number: int) -> str:
    """A number with its sign, and its thousands marked: `−1,234`."""
    return f"{number:+,}".replace("-", "−")


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


def unregister(kind: FigureKind) -> None:
    """Forget a kind, as tests do that have made one."""
    del KINDS[kind.name]


def _restored(class_: type[FigureKind]) -> FigureKind:
    """A kind that was pickled: the one that is known here, or else it is from now on."""
    return KINDS.get(class_.name) or register(class_())
