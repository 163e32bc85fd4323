"""The figure kinds: counts, decimals, sums, rates; and which kind a column is of."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema, WrapValidator

from generator.edition import formats
from generator.edition.decimal_kinds import NUMBER, DecimalKind, QuotientKind, whole_printed
from generator.edition.figure_kind import (
    KINDS,
    ColumnCheck,
    Exact,
    FigureKind,
    Quantity,
    Said,
    StatedCell,
    distance,
    formula_text,
    one_over,
    register,
    says_nothing,
    signed,
)
from generator.edition.number_values import Count, Number, stated_rate
from generator.edition.values import OPERAND, Expected, Operand, Reads, reject
from generator.edition.yaml_tree import YamlScalar
from generator.problems import listed, noun_for


class CountKind(FigureKind):
    """How many there were: given, and what all others are worked out from."""

    name, called = "count", "a count"
    source = "figure"
    is_given = True
    adds_up = True

    def read_printed(self, text: str) -> Quantity | None:
        """A number, its thousands marked or not."""
        return whole_printed(text)

    def stated_type(self, none: str) -> Any:
        """A whole number, or null where it is not yet supplied."""
        return Count


def _all_or_list(value: Any) -> Any:
    """`all` and a list of ids are one thing: which counts are added up. All of them is `[]`."""
    if value == []:
        reject("empty; expected all, or a list of counts")
    return [] if isinstance(value, YamlScalar) and value.text == "all" else value


class SumKind(FigureKind):
    """Counts added up: all of the group, or some."""

    name, called = "sum", "a sum"
    key = "sum"
    adds_up = True
    is_sum = True

    def column_keys(self) -> dict[str, Any]:
        """Which counts are added up."""
        type_ = Annotated[
            list[Operand] | None,
            Reads(
                *("expected all, or a list of counts", _all_or_list),
                {"anyOf": [{"const": "all"}, _OPERANDS]},
            ),
        ]
        about = "Makes this column a sum: of all counts of the group, or of these."
        return {"sum": (type_, Field(None, description=about))}

    def check(self, said: Said, column: ColumnCheck) -> None:
        """It adds up counts, each once."""
        for number, name in enumerate(said["sum"] or ()):
            column.known_count(name, "sum", number)
        column.listed_once(said["sum"] or [], "sum")

    def parts(self, said: Said, counts: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
        """Those listed, or all."""
        return None, tuple(said["sum"] or counts)

    def work_out(self, numerator: Exact | None, parts: Sequence[Exact]) -> Exact | None:
        """Their sum."""
        return sum(parts)

    def rule(self, numerator: str | None, parts: Sequence[str]) -> str:
        """The sum of its parts."""
        return f"the sum of {listed(parts)}"

    def short_rule(self, numerator: str | None, parts: Sequence[str]) -> str:
        """More than three counts are only counted."""
        many = f"the sum of the {len(parts)} counts of this table"
        return many if len(parts) > 3 else self.rule(numerator, parts)

    def read_printed(self, text: str) -> Quantity | None:
        """As a count."""
        return whole_printed(text)

    def disagreement(self, stated: str, right: str) -> str:
        """What it adds up to, then."""
        return f"{stated} is stated, but the figures add up to {right}; correct one of them"

    def check_cell(
        self, cell: StatedCell, numerator: Exact | None, parts: Sequence[Exact], none: str
    ) -> str:
        """The cell holds their sum."""
        found, right = cell.whole_number(), sum(parts)
        return "" if found == right else self.disagreement(str(found), str(right))

    def workbook_formula(self, numerator: str, parts: str, none: str) -> str:
        """Their sum."""
        return f"=SUM({parts})"

    def labels(self, own: Sequence[str], *, of_all: bool) -> list[str]:
        """The sum of all counts is the total, whatever it is called."""
        return ["Total", "Totals", "Grand total"] if of_all else []


_OPERANDS = {"type": "array", "items": {"pattern": f"^{OPERAND}$"}}


def _alone_or_list(value: Any, read: Callable[[Any], list[str]]) -> Sequence[str]:
    """A whole named alone is a tuple of one: it is the whole, and no list of its parts."""
    is_alone = isinstance(value, YamlScalar) and not value.is_blank
    return tuple(read([value])) if is_alone else read(value)


@dataclass(frozen=True)
class PercentKind(FigureKind):
    """A count as a percentage of a whole that it is a part of, unless that is too small."""

    name, called = "percent", "a percentage"
    source = "rate"
    key = "percent"
    is_rate = True
    whole = 100
    at_least: int = 1

    def column_keys(self) -> dict[str, Any]:
        """The count, and the counts that make up the whole."""
        part = "Makes this column a rate: this count as a percentage of the sum in `of`."
        whole = "The whole, or a list of the counts that make it up."
        few = "The smallest whole for a percentage; below it, `none` is printed."
        type_ = Annotated[
            Annotated[list[Operand], Field(min_length=1)] | None,
            WrapValidator(_alone_or_list),
            Expected("expected the whole, or a list of the counts that make it up"),
            WithJsonSchema({"anyOf": [{"pattern": f"^{OPERAND}$"}, _OPERANDS]}),
        ]
        return {
            "percent": (Operand | None, Field(None, description=part)),
            "of": (type_, Field(None, description=whole)),
            "at_least": (Number | None, Field(None, description=few)),
        }

    def for_column(self, said: Said) -> FigureKind:
        """With how large its whole must be."""
        return PercentKind(said["at_least"] or 1)

    def check(self, said: Said, column: ColumnCheck) -> None:
        """It is of a whole that its own count is a part of; or it could be above 100%."""
        part, whole = said["percent"], said["of"]
        if said["at_least"] == 0:
            column.say("found 0; expected the smallest whole, such as 10", "at_least")
        if part is None and whole is None:
            column.say("applies only to a percentage (percent, of); remove it", "at_least")
        if (part is None) != (whole is None):
            missing, given = ("of", "percent") if whole is None else ("percent", "of")
            column.say(f'missing; a rate needs it beside "{given}"', missing)
        known = part is None or column.known_count(part, "percent")
        for number, name in enumerate(whole or ()):
            known &= column.known_count(name, "of", number)
        column.listed_once(whole or [], "of")
        if part is None or not whole or not known or not column.alone:
            return
        is_alone = isinstance(whole, tuple)
        holds = column.holds(whole, part)
        if holds is False or (holds is None and not is_alone and "." not in whole[0]):
            where = f"no part of {whole[0]}" if is_alone else "not among them"
            message = f"{part} is {where}, so the rate could be above 100%"
            expected = f"expected all counts that make up the whole, {part} too"
            column.say(f"{message}; {expected}", "of")

    def parts(self, said: Said, counts: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
        """The count, and the whole."""
        return said["percent"], tuple(said["of"] or ())

    def work_out(self, numerator: Exact | None, parts: Sequence[Exact]) -> Exact | None:
        """In percent; None of nothing, since 0 of 0 is not a rate, and of too few."""
        whole = sum(parts)
        return Fraction(100 * (numerator or 0)) / whole if whole >= self.at_least else None

    def exceeded(self, numerator: Exact | None, parts: Sequence[Exact]) -> bool:
        """Above 100%."""
        return (numerator or 0) > sum(parts)

    def rule(self, numerator: str | None, parts: Sequence[str]) -> str:
        """A percentage of its whole."""
        whole = parts[0] if len(parts) == 1 else f"the sum of {listed(parts)}"
        few = f"; none below {self.at_least}" if self.at_least > 1 else ""
        return f"{numerator} as a whole percentage of {whole}, half rounded up{few}"

    def print(self, value: Quantity, language: str) -> str:
        """With its sign."""
        return formats.percent(value, language)

    def read_printed(self, text: str) -> Quantity | None:
        """A number with the sign behind it."""
        return (
            int(re.sub(r"\D", "", text)) if re.fullmatch(rf"{NUMBER}\s*%", text.strip()) else None
        )

    def stated_type(self, none: str) -> Any:
        """65, 65%, or the edition's word for none."""
        return stated_rate(none)

    def state(self, value: Quantity) -> str:
        """With its sign."""
        return f"{value}%"

    def states_the_same(self, one: str, other: str) -> bool:
        """With its sign or without."""
        return one == other or (other.endswith("%") and one.rstrip("% ") == other.rstrip("%"))

    def check_cell(
        self, cell: StatedCell, numerator: Exact | None, parts: Sequence[Exact], none: str
    ) -> str:
        """The cell may state it as 65%, 65 or 0.65, whole or not; also where it is of too few."""
        right, said = self.value_of(numerator, parts), cell.text()
        if right is None and not says_nothing(said, none):
            right = PERCENT.value_of(numerator, parts)
        if says_nothing(said, none) if right is None else right in cell.percents():
            return ""
        gives = f"no rate ({none})" if right is None else f"{right}%"
        of = f"{numerator} of {sum(parts)} gives {gives}"
        return f"{cell.shown()} is stated, but {of}; correct one of them"

    def labels(self, own: Sequence[str], *, of_all: bool) -> list[str]:
        """With the sign."""
        return [f"{label} %" for label in own]

    def workbook_cell(self, value: Quantity) -> tuple[int | float | str, str]:
        """A fraction, formatted as a percentage."""
        return int(value) / 100, "0%"

    def workbook_formula(self, numerator: str, parts: str, none: str) -> str:
        """A fraction in whole percent, unless the whole is too small."""
        fraction = f"ROUND(100*{numerator}/SUM({parts}),0)/100"
        return f"=IF(SUM({parts})<{self.at_least},{formula_text(none)},{fraction})"

    def difference(self, before: Quantity, after: Quantity, at_least: int) -> str:
        """The points between them."""
        change = int(after) - int(before)
        return f"{signed(change)} {noun_for(abs(change), 'point')}"

    def standing_out(
        self, before: Quantity, after: Quantity, was_whole: Quantity, whole: Quantity
    ) -> float:
        """Against how rates of such wholes vary by chance."""
        share = min(max((float(before) + float(after)) / 200, 0.1), 0.9)
        chance = 100 * sqrt(share * (1 - share) * one_over(whole, was_whole))
        return distance(before, after) / chance

    def extremes(self) -> Mapping[str, Quantity]:
        """All of the whole."""
        return {"100%": 100}


_OTHER = FigureKind()


def figure_kinds() -> tuple[FigureKind, ...]:
    """All kinds that are known, in the order in which they were registered."""
    return tuple(KINDS.values())


def kind_named(name: str) -> FigureKind:
    """The kind of a figure in a record; one like no other where another program made that."""
    return KINDS.get(name, _OTHER)


def kind_printed(text: str) -> FigureKind | None:
    """The first kind that prints its figures like this text; None where none does."""
    return next((kind for kind in KINDS.values() if kind.read_printed(text) is not None), None)


def kinds_of(keys: Iterable[str]) -> list[FigureKind]:
    """The kinds that a column of `edition.yaml` is of by the keys it has: one, in good order."""
    present = set(keys)
    return [kind for kind in KINDS.values() if kind.key in present] or [COUNT]


COUNT = register(CountKind())
SUM = register(SumKind())
PERCENT = register(PercentKind())
DECIMAL = register(DecimalKind())
QUOTIENT = register(QuotientKind())
