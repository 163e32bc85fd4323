"""The numbers in data files: what is taken for a count, a sum, a rate, a decimal, or refused."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from generator.edition.values import ReadsScalar, refuse_value, reject
from generator.edition.yaml_tree import YamlScalar, describe, shown

LARGEST_COUNT = 1_000_000_000
LARGEST_SUM = 1_000 * LARGEST_COUNT
"""No sum that a source states is larger: that of all letters, say."""
MOST_PLACES = 6
"""So many decimal places a figure has at most."""
_EXPECTED_COUNT = "expected a whole number, or null if not yet supplied"


def _is_null(value: YamlScalar) -> bool:
    """Whether it says that the figure is not yet supplied."""
    return value.plain and value.text == "null"


def _whole_number(value: YamlScalar, expected: str, largest: int = LARGEST_COUNT) -> int:
    text = value.text
    if text.lower() in _NO_NUMBER and expected == _EXPECTED_COUNT:
        reject(f"found {describe(value)}; write 0 if there were none, null if not yet supplied")
    if as_number := _number_meant(text):
        reject(f"found {describe(value)}; write {as_number}")
    if not value.plain:
        if _DIGITS.fullmatch(text):
            reject(f'found the text "{text}"; write the number without quotes')
        refuse_value(value, expected)
    if not _DIGITS.fullmatch(text):
        if re.fullmatch(r"-\d+", text, re.ASCII):
            reject(f"found {shown(text)}, which is negative; {expected}")
        if re.fullmatch(r"[+-]?(\d+\.\d*|\.\d+)", text, re.ASCII):
            reject(f"found {shown(text)}, which has a decimal point; {expected}")
        if re.fullmatch(r"0\d+|\d+(_\d+)+|\d{1,3}([,_ ]\d{3})+", text, re.ASCII):
            digits = re.sub("[,_ ]", "", text).lstrip("0") or "0"
            reject(f"found {shown(text)}; write {shown(digits)}, digits only")
        refuse_value(value, expected)
    return int(_fitting(text, largest))


def _number_meant(text: str) -> str:
    """What to write for a text that is no number but is often written for one; blank for others."""
    if percent := re.fullmatch(r"(\d+) ?(%|per cent)", text, re.ASCII):
        return f"{percent[1]}, without {percent[2]}"
    if quoted := re.fullmatch(f"[{_QUOTES}](\\d+)[{_QUOTES}]", text, re.ASCII):
        return f"{quoted[1]}, without quotes"
    return ""


_QUOTES = "\"'\u2018\u2019\u201c\u201d"
_NO_NUMBER = {"n/a", "n.a.", "na", "none", "nil", "tbc", "-", "\u2013", "\u2014"}


def _fitting(text: str, largest: int) -> Decimal:
    """The number in a text of digits, unless it is larger than any can be."""
    number = Decimal(text)
    if number > largest:
        reject(f"found {shown(text)}; expected at most {largest}")
    return number


_DIGITS = re.compile(r"0|[1-9][0-9]*")


def _or_null(largest: int, blank: str) -> ReadsScalar:
    """How a whole number from 0 is read, written in digits; None for `null`."""

    def read(value: YamlScalar) -> int | None:
        return None if _is_null(value) else _whole_number(value, _EXPECTED_COUNT, largest)

    schema = {"type": ["integer", "null"], "minimum": 0, "maximum": largest}
    return ReadsScalar(_EXPECTED_COUNT, read, schema, blank)


NUMBER = ReadsScalar(
    "expected a whole number",
    lambda value: _whole_number(value, "expected a whole number"),
    {"type": "integer", "minimum": 0, "maximum": LARGEST_COUNT},
)
"""A whole number from 0, written in digits; never null."""
Number = Annotated[int, NUMBER]
Count = Annotated[
    int | None,
    _or_null(LARGEST_COUNT, "write 0 if there were none, null if not yet supplied"),
]
StatedSum = Annotated[int | None, _or_null(LARGEST_SUM, "write the sum, or leave out the line")]
"""A sum as a source states it; None where there is nothing to check."""


def stated_rate(none: str) -> Any:
    """The type of a rate as a source states it: 65, 65%, or the edition's word for none."""
    expected = f"expected a whole percentage such as 65%, or {none}"

    def read(value: YamlScalar) -> str | None:
        if value.text == none:
            return none
        if _is_null(value):
            return None
        rate = re.fullmatch(r"(0|[1-9][0-9]{0,5}) ?%?", value.text)
        return f"{rate[1]}%" if rate else refuse_value(value, expected)

    pattern = rf"^((0|[1-9][0-9]*) ?%?|{re.escape(none)})$"
    schema = {
        "anyOf": [
            {"type": ["integer", "null"], "minimum": 0},
            {"type": "string", "pattern": pattern},
        ],
        "examples": ["65%", none],
    }
    blank = "write the rate, or leave out the line"
    return Annotated[str | None, ReadsScalar(expected, read, schema, blank)]


def decimal_type(places: int, none: str | None = None) -> Any:
    """The type of a number with at most so many decimal places; null: not yet supplied.

    Of one that is worked out and only stated to be checked, `none` is the word for nothing, and it
    is kept as it would be written.
    """
    example = f"32.{'6' * places}" if places else "33"
    or_else = "null if not yet supplied" if none is None else none
    expected = f"expected a number such as {example}, or {or_else}"

    def read(value: YamlScalar) -> Decimal | str | None:
        if _is_null(value):
            return None
        if none is None:
            return _decimal_number(value, places, expected)
        return none if value.text == none else str(_decimal_number(value, places, expected))

    schema: dict[str, Any] = {"type": ["number", "null"], "minimum": 0, "maximum": LARGEST_COUNT}
    if none is not None:
        schema = {"anyOf": [schema, {"const": none}], "examples": [example, none]}
    kept = Decimal | None if none is None else str | None
    return Annotated[kept, ReadsScalar(expected, read, schema)]


def _decimal_number(value: YamlScalar, places: int, expected: str) -> Decimal:
    text = value.text
    is_number = re.fullmatch(r"(0|[1-9][0-9]*)(\.[0-9]+)?", text)
    if is_number and not value.plain:
        reject(f'found the text "{shown(text)}"; write the number without quotes')
    if not is_number:
        if re.fullmatch(r"-[0-9]+(\.[0-9]+)?", text):
            reject(f"found {shown(text)}, which is negative; {expected}")
        if re.fullmatch(r"[0-9]+,[0-9]{1,2}", text):
            right = text.replace(",", ".")
            reject(f"found {shown(text)}; write {right}, with a decimal point")
        if re.fullmatch(r"[0-9][0-9,_ ]*(\.[0-9]+)?", text):
            digits = re.sub("[,_ ]", "", text).lstrip("0") or "0"
            right = f"0{digits}" if digits.startswith(".") else digits
            reject(f"found {shown(text)}; write {shown(right)}, without thousands separators")
        refuse_value(value, expected)
    said = len(text.partition(".")[2])
    if said > places:
        reject(f"found {shown(text)}, which has {said} decimal places; expected {places} at most")
    return _fitting(text, LARGEST_COUNT).quantize(Decimal(1).scaleb(-places))


def read_quantity(value: object) -> object:
    """A figure's value as it travels: a whole number, or a decimal as a text such as `32.6`."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]+\.[0-9]+", value):
        return Decimal(value)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | Decimal)):
        raise PydanticCustomError("int_or_decimal", "expected a number")
    return value
