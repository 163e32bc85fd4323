"""The figure kinds with decimal places: decimals, which are given, and quotients."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import Annotated, Any

from pydantic import Field

from generator.edition import formats
from generator.edition.figure_kind import (
    ColumnCheck,
    Exact,
    FigureKind,
    Quantity,
    Said,
    StatedCell,
    distance,
    formula_text,
    half_up,
    one_over,
    signed,
)
from generator.edition.number_values import MOST_PLACES, Number, decimal_type
from generator.edition.values import Operand, reads_one_of
from generator.problems import noun_for

NUMBER = r"(\d{1,3}([,. \u00a0\u202f]\d{3})+|\d+)"


def whole_printed(text: str) -> int | None:
    """A whole number as printed, its thousands marked or not; None where a text is none."""
    return int(re.sub(r"\D", "", text)) if re.fullmatch(NUMBER, text.strip()) else None


def decimal_printed(text: str, places: int) -> Decimal | None:
    """A number as printed, of a kind with so many places, or of more as it stands; or None.

    Three decimals are taken for thousands only where the kind does not print three.
    """
    exact, other = rf"[.,]\d{{{places}}}", r"\.\d{1,2}"
    for decimals in (exact, other, ""):
        found = re.fullmatch(rf"(?P<whole>{NUMBER})(?P<decimals>{decimals})", text.strip())
        if found:
            digits = found["decimals"][1:]
            number = Decimal(re.sub(r"\D", "", found["whole"]) + (f".{digits}" if digits else ""))
            return number.quantize(Decimal(1).scaleb(-max(places, len(digits))))
    return None


@dataclass(frozen=True)
class DecimalKind(FigureKind):
    """A number with decimal places that is given, such as an average of days."""

    name, called = "decimal", "a decimal"
    source = "figure"
    key = "decimal"
    is_given = True
    places: int = 1

    def column_keys(self) -> dict[str, Any]:
        """How many decimal places it has."""
        about = "Makes this column a number with this many decimal places, such as an average."
        return {"decimal": (Number | None, Field(None, description=about))}

    def for_column(self, said: Said) -> FigureKind:
        """With its places."""
        return DecimalKind(said["decimal"])

    def check(self, said: Said, column: ColumnCheck) -> None:
        """It has a decimal place, and not too many."""
        if not 0 < said["decimal"] <= MOST_PLACES:
            message = (
                f"found {said['decimal']}; expected a number of decimal places, 1 to {MOST_PLACES}"
            )
            column.say(message, "decimal")

    def print(self, value: Quantity, language: str) -> str:
        """With all its places."""
        return formats.decimal(value, self.places, language)

    def read_printed(self, text: str) -> Quantity | None:
        """A number, its decimals behind a point or a comma."""
        return decimal_printed(text, self.places)

    def read_cell(self, cell: StatedCell) -> Quantity:
        """With no more places than it has."""
        return cell.decimal(self.places)

    def read_stated(self, text: str) -> Quantity | None:
        """With all its places."""
        number = _number(text)
        return None if number is None else number.quantize(Decimal(1).scaleb(-self.places))

    def stated_type(self, none: str) -> Any:
        """A number, or null where it is not yet supplied."""
        return decimal_type(self.places)

    def states_the_same(self, one: str, other: str) -> bool:
        """Whatever zeros stand at the end."""
        return one == other or _number(one) == _number(other) is not None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) else None


KEEP, DROP = "keep", "drop"


@dataclass(frozen=True)
class QuotientKind(FigureKind):
    """A figure for each so many of another: complaints for each 100,000 residents."""

    name, called = "quotient", "a quotient"
    source = "rate"
    key = "quotient"
    is_rate = True
    times: int = 1
    places: int = 0
    drops_zeros: bool = False

    @property
    def scale(self) -> str:
        """For each how many it is."""
        return f"{self.name} {self.times}"

    def column_keys(self) -> dict[str, Any]:
        """The two figures, and how the one is related to the other and printed."""
        one = "Makes this column a rate: this figure divided by that in `by`."
        by = "The figure to divide by."
        times = "Per how many, such as 100000 [default: 1]."
        places = "Decimal places [default: none]."
        zeros = "`drop` prints 4 for 4.0 [default: keep]."
        return {
            "quotient": (Operand | None, Field(None, description=one)),
            "by": (Operand | None, Field(None, description=by)),
            "times": (Number | None, Field(None, description=times)),
            "places": (Number | None, Field(None, description=places)),
            "zeros": (
                Annotated[str, reads_one_of((KEEP, DROP), "way with zeros")] | None,
                Field(None, description=zeros),
            ),
        }

    def for_column(self, said: Said) -> FigureKind:
        """With its number, its places and whether it drops zeros."""
        return QuotientKind(said["times"] or 1, said["places"] or 0, said["zeros"] == DROP)

    def check(self, said: Said, column: ColumnCheck) -> None:
        """It is of two figures, for each so many, with not too many places."""
        for key in ("quotient", "by"):
            if said[key] is None:
                column.say("missing; a quotient needs two figures, quotient and by", key)
            else:
                column.known_figure(said[key], key)
        if said["times"] == 0:
            column.say("found 0; expected per how many, such as 100000", "times")
        if (said["places"] or 0) > MOST_PLACES:
            column.say(f"found {said['places']}; expected {MOST_PLACES} at most", "places")
        if said["zeros"] is not None and not said["places"]:
            column.say("there are no decimal places to keep or drop; remove it", "zeros")

    def parts(self, said: Said, counts: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
        """The one, and that which it is divided by."""
        return said["quotient"], (said["by"],) if said["by"] else ()

    def work_out(self, numerator: Exact | None, parts: Sequence[Exact]) -> Exact | None:
        """For each so many; None of nothing."""
        whole = sum(parts)
        return Fraction(self.times * (numerator or 0)) / whole if whole else None

    def rule(self, numerator: str | None, parts: Sequence[str]) -> str:
        """The one for each so many of the other."""
        by = parts[0]
        related = f"per {self.times:,} of {by}" if self.times > 1 else f"divided by {by}"
        decimals = f"{self.places} decimal {noun_for(self.places, 'place')}"
        to = decimals if self.places else "a whole number"
        return f"{numerator} {related}, to {to}, half rounded up"

    def print(self, value: Quantity, language: str) -> str:
        """With its places; where zeros are dropped, without those at the end."""
        places = 0 if self.drops_zeros and value == int(value) else self.places
        return formats.decimal(value, places, language)

    def read_printed(self, text: str) -> Quantity | None:
        """A number, with decimal places or without."""
        return decimal_printed(text, self.places) if self.places else whole_printed(text)

    def stated_type(self, none: str) -> Any:
        """A number with such places, or the edition's word for none."""
        return decimal_type(self.places, none)

    def states_the_same(self, one: str, other: str) -> bool:
        """Whatever zeros stand at the end."""
        return one == other or _number(one) == _number(other) is not None

    def check_cell(
        self, cell: StatedCell, numerator: Exact | None, parts: Sequence[Exact], none: str
    ) -> str:
        """The cell may state it with more places."""
        right, found = self.value_of(numerator, parts), cell.number()
        if right is None or found is None:
            return super().check_cell(cell, numerator, parts, none)
        is_right = half_up(Fraction(found), self.places) == right
        return "" if is_right else self.disagreement(cell.shown(), self.state(right))

    def workbook_formula(self, numerator: str, parts: str, none: str) -> str:
        """Rounded to its places, unless there is nothing to divide by."""
        rate = f"ROUND({self.times}*{numerator}/SUM({parts}),{self.places})"
        return f"=IF(SUM({parts})=0,{formula_text(none)},{rate})"

    def difference(self, before: Quantity, after: Quantity, at_least: int) -> str:
        """That of the two rates."""
        return signed(after - before)

    def standing_out(
        self, before: Quantity, after: Quantity, was_whole: Quantity, whole: Quantity
    ) -> float:
        """Against how a count varies by chance that makes such a rate."""
        least = self.times / float(max(whole, was_whole, 1))
        mean = max((float(before) + float(after)) / 2, least)
        chance = sqrt(mean * self.times * one_over(whole, was_whole))
        return distance(before, after) / chance
