"""Numbers with decimal places in data files: what is taken for one, and why not, in words."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.edition.values import LARGEST_COUNT, Expected, fitting, refuse_value, reject
from generator.edition.yaml_tree import YamlScalar, shown


def decimal_type(places: int, none: str | None = None) -> Any:
    """The type of a number with at most so many decimal places; null: not yet supplied.

    Of one that is worked out and only stated to be checked, `none` is the word for nothing, and it
    is kept as it would be written.
    """
    example = f"32.{'6' * places}" if places else "33"
    or_else = "null where it is not yet supplied" if none is None else none
    expected = f"expected a number such as {example}, or {or_else}"

    def read(value: Any) -> Any:
        if not isinstance(value, YamlScalar):
            refuse_value(value, expected)
        if value.is_blank:
            reject(f"left blank; {expected}")
        if value.plain and value.text == "null":
            return None
        if none is None:
            return _decimal_number(value, places, expected)
        if value.text == none:
            return none
        return str(_decimal_number(value, places, expected))

    numbers: dict[str, Any] = {"type": ["number", "null"], "minimum": 0, "maximum": LARGEST_COUNT}
    stated = {"anyOf": [numbers, {"const": none}], "examples": [example, none]}
    schema = numbers if none is None else stated
    kept = Decimal | None if none is None else str | None
    return Annotated[kept, BeforeValidator(read), Expected(expected), WithJsonSchema(schema)]


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
            reject(f"found {shown(text)}; write {shown(right)}, without a mark of thousands")
        refuse_value(value, expected)
    said = len(text.partition(".")[2])
    if said > places:
        reject(f"found {shown(text)}, which has {said} decimal places; expected {places} at most")
    return fitting(text, LARGEST_COUNT).quantize(Decimal(1).scaleb(-places))


def read_quantity(value: object) -> object:
    """A figure's value as it travels: a whole number, or a decimal as a text such as `32.6`."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]+\.[0-9]+", value):
        return Decimal(value)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | Decimal)):
        raise PydanticCustomError("int_or_decimal", "expected a number")
    return value
