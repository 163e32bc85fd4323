"""The values in data files: each type says what it takes and, in words, what it refuses.

The types stand in the models of the files; pydantic hands each the untyped scalar and, from the
same declaration, writes the JSON Schema that editors use.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, NoReturn

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.edition.yaml_tree import YamlScalar, describe, shown
from generator.problems import did_you_mean


def slug_of(name: str) -> str:
    """The slug of a name: `kings-lynn-and-west-norfolk-borough-council`.

    Lower case, accents folded, `&` is "and", apostrophes and full stops dropped, the rest hyphens.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = re.sub("['\u2018\u2019\u02bc.]", "", letters.replace("&", " and "))
    return re.sub("[^a-z0-9]+", "-", words).strip("-")


LARGEST_COUNT = 1_000_000_000
LARGEST_SUM = 1_000 * LARGEST_COUNT
"""No sum that a source states is larger: that of all letters, say."""
MOST_PLACES = 6
"""So many decimal places a figure has at most."""
EXPECTED_COUNT = "expected a whole number, or null where it is not yet supplied"


def reject(message: str) -> NoReturn:
    """Raise the validation error whose words are exactly these."""
    raise PydanticCustomError("refused", "{said}", {"said": message})


def read_count(value: Any) -> Any:
    """A whole number from 0, written in digits; None for `null`, which means not yet supplied."""
    if not isinstance(value, YamlScalar):
        refuse_value(value, EXPECTED_COUNT)
    if value.is_blank:
        reject("left blank; write 0 where there were none, null where it is not yet supplied")
    return _number_or_null(value, LARGEST_COUNT)


def _number_or_null(value: Any, largest: int) -> int | None:
    if not isinstance(value, YamlScalar):
        refuse_value(value, EXPECTED_COUNT)
    if value.plain and value.text == "null":
        return None
    return _whole_number(value, EXPECTED_COUNT, largest)


def read_stated_sum(value: Any) -> Any:
    """A sum as a source states it, or None for `null`: then there is nothing to check."""
    if isinstance(value, YamlScalar) and value.is_blank:
        reject("left blank; write the sum, or leave the line out")
    return _number_or_null(value, LARGEST_SUM)


def _whole_number(value: YamlScalar, expected: str, largest: int = LARGEST_COUNT) -> int:
    text = value.text
    if value.is_blank:
        refuse_value(value, expected)
    if not value.plain:
        if _DIGITS.fullmatch(text):
            reject(f'found the text "{text}"; write the number without quotes')
        refuse_value(value, expected)
    if not _DIGITS.fullmatch(text):
        if re.fullmatch(r"-\d+", text, re.ASCII):
            reject(f"found {shown(text)}, which is negative; {expected}")
        if re.fullmatch(r"[+-]?(\d+\.\d*|\.\d+)", text, re.ASCII):
            reject(f"found {shown(text)}, which has a decimal point; {expected}")
        if re.fullmatch(r"\d[\d,_ ]*", text, re.ASCII):
            digits = re.sub("[,_ ]", "", text).lstrip("0") or "0"
            reject(f"found {shown(text)}; write {shown(digits)}, the digits alone")
        refuse_value(value, expected)
    return int(fitting(text, largest))


def fitting(text: str, largest: int) -> Decimal:
    """The number in a text of digits, unless it is larger than any can be."""
    number = Decimal(text)
    if number > largest:
        reject(f"found {shown(text)}; expected no more than {largest}")
    return number


_DIGITS = re.compile(r"0|[1-9][0-9]*")


def read_number(value: Any) -> Any:
    """A whole number from 0, written in digits; never null."""
    if not isinstance(value, YamlScalar):
        refuse_value(value, "expected a whole number")
    return _whole_number(value, "expected a whole number")


def stated_rate(none: str) -> Any:
    """The type of a rate as a source states it: 65, 65%, or the edition's word for none."""
    expected = f"expected a whole percentage such as 65%, or {none}"

    def read(value: Any) -> Any:
        if not isinstance(value, YamlScalar):
            refuse_value(value, expected)
        if value.is_blank:
            reject("left blank; write the rate, or leave the line out")
        if value.text == none:
            return none
        if value.plain and value.text == "null":
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
    return Annotated[str | None, BeforeValidator(read), Expected(expected), WithJsonSchema(schema)]


def read_line(value: Any) -> Any:
    """One line of text with nothing in it that cannot be seen, so that it prints as it stands."""
    if not isinstance(value, YamlScalar):
        refuse_value(value, "expected one line of text")
    if value.is_blank:
        comment = '; " #" begins a comment, put it in quotes if it is meant'
        reject(f"left blank; expected one line of text{comment if value.before_comment else ''}")
    if value.before_comment:
        reject(
            f'" #" begins a comment, so this would be read as "{shown(value.text)}"; '
            "put it in quotes, or move the comment to a line of its own"
        )
    if value.plain and value.text in {"null", "Null", "NULL", "~"}:
        reject(f"found {value.text}, which means nothing; put it in quotes if it is the text")
    if value.several_lines or "\n" in value.text:
        reject("goes over several lines; expected one line of text")
    return check_line(value.text)


def read_wording(value: Any) -> Any:
    """Wording in a data file, each line of it a line of the file, so that places are known."""
    if not isinstance(value, YamlScalar) or value.is_blank:
        refuse_value(value, _EXPECTED_WORDING)
    if value.before_comment:
        read_line(value)
    if value.indent is None:
        reject(f"goes over several lines; {_EXPECTED_WORDING}")
    if not value.text.strip():
        reject("there are no words below this line; write them")
    return value.text


_EXPECTED_WORDING = "expected text: | and, below it and indented, the words"


def check_line(text: str) -> str:
    """The same text, when it is one that a letter can print and a reader can find again."""
    if not text.strip():
        reject("empty; expected one line of text")
    for number, character in enumerate(text):
        what, todo = unfit(character)
        if what:
            where = f'after "{shown(text[:number])}"' if number else "at the beginning"
            reject(f"{what} {where}; {todo}")
    if text != text.strip():
        reject("begins or ends with a space; remove it")
    if "  " in text:
        reject("holds two spaces in a row; remove one")
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        reject(f'a letter is stored in an unusual way; type it anew: "{shown(composed)}"')
    return text


def unfit(character: str) -> tuple[str, str]:
    """What a character is that a reader could not see or read, and what to do; blank for others."""
    category = unicodedata.category(character)
    if character == "\ufffd":
        return (
            "the sign \ufffd (U+FFFD), which stands for a letter that was lost",
            "type the letter",
        )
    if character == " " or category not in _UNSEEN_CATEGORIES:
        return "", ""
    unnamed = "control character" if character < "\xa0" else "character without a name"
    name = unicodedata.name(character, unnamed).lower()
    todo = "type a plain space instead" if category == "Zs" else "delete it"
    return f"an unseen {name} (U+{ord(character):04X})", todo


_UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"}


def read_date(value: Any) -> Any:
    """A day, written 2018-07-18."""
    if not isinstance(value, YamlScalar) or not _DATE.fullmatch(value.text):
        refuse_value(value, _EXPECTED_DATE)
    try:
        return datetime.date.fromisoformat(value.text)
    except ValueError:
        return reject(f"found {value.text}; there is no such day in the calendar")


_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EXPECTED_DATE = "expected a day, written 2018-07-18"


def read_true_or_false(value: Any) -> Any:
    """Whether something is so: true or false, and no other word for it."""
    if not isinstance(value, YamlScalar) or value.text not in {"true", "false"}:
        refuse_value(value, "expected true or false")
    return value.text == "true"


SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
ID = r"[a-z][a-z0-9]*(_[a-z0-9]+)*"
OPERAND = rf"{ID}(\.{ID})?"
"""A figure, as a definition names it: `upheld` of its own group, `outcomes.upheld` of any."""


def read_name(pattern: str, expected: str) -> Callable[[Any], str]:
    """A check for names of files and addresses, and for keys, which come as plain texts."""

    def read(value: Any) -> str:
        text = value.text if isinstance(value, YamlScalar) else value
        if not isinstance(text, str) or not re.fullmatch(pattern, text):
            refuse_value(value, expected)
        return text

    return read


def refuse_value(value: Any, expected: str) -> NoReturn:
    """Say what was found, and what was expected."""
    found = describe(value) if isinstance(value, YamlScalar) else _kind(value)
    reject(f"left blank; {expected}" if found == "nothing" else f"found {found}; {expected}")


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "keys and values"
    return "a list" if isinstance(value, list) else f'"{shown(str(value))}"'


@dataclass(frozen=True)
class Expected:
    """What a missing value should have been, as the end of a sentence; rides on the type."""

    said: str


Count = Annotated[
    int | None,
    BeforeValidator(read_count),
    Expected(EXPECTED_COUNT),
    WithJsonSchema({"type": ["integer", "null"], "minimum": 0, "maximum": LARGEST_COUNT}),
]
Number = Annotated[
    int,
    BeforeValidator(read_number),
    Expected("expected a whole number"),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": LARGEST_COUNT}),
]
StatedSum = Annotated[
    int | None,
    BeforeValidator(read_stated_sum),
    Expected(EXPECTED_COUNT),
    WithJsonSchema({"type": ["integer", "null"], "minimum": 0, "maximum": LARGEST_SUM}),
]
SingleLineText = Annotated[
    str,
    BeforeValidator(read_line),
    Expected("expected one line of text"),
    WithJsonSchema({"type": "string", "minLength": 1}),
]
WordingText = Annotated[
    str,
    BeforeValidator(read_wording),
    Expected(_EXPECTED_WORDING),
    WithJsonSchema({"type": "string", "minLength": 1}),
]
Date = Annotated[
    datetime.date,
    BeforeValidator(read_date),
    Expected(_EXPECTED_DATE),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}),
]
TrueOrFalse = Annotated[
    bool,
    BeforeValidator(read_true_or_false),
    Expected("expected true or false"),
    WithJsonSchema({"type": "boolean"}),
]
_SLUG_EXPECTED = "expected small letters a-z, digits and hyphens, such as"
Slug = Annotated[
    str,
    BeforeValidator(read_name(SLUG, f"{_SLUG_EXPECTED} further-report")),
    Expected("expected a name such as further-report"),
    WithJsonSchema({"type": "string", "pattern": f"^{SLUG}$"}),
]
Section = Annotated[
    str,
    BeforeValidator(read_name(SLUG, f"{_SLUG_EXPECTED} complaint-statistics")),
    Expected("expected a section such as complaint-statistics"),
    WithJsonSchema({"type": "string", "pattern": f"^{SLUG}$"}),
]
Id = Annotated[
    str,
    BeforeValidator(read_name(ID, "expected small letters a-z, digits and _, such as not_upheld")),
    Expected("expected a name such as not_upheld"),
    WithJsonSchema({"type": "string", "pattern": f"^{ID}$"}),
]
Operand = Annotated[
    str,
    BeforeValidator(read_name(OPERAND, "expected a figure, such as upheld or outcomes.upheld")),
    Expected("expected a figure, such as upheld or outcomes.upheld"),
    WithJsonSchema({"type": "string", "pattern": f"^{OPERAND}$"}),
]


def choice(known: Iterable[str], what: str, type_: type[str] = str) -> Any:
    """The type of a text that is one of those known."""
    names = list(known)
    expected = f"expected one of {', '.join(names)}"

    def check(text: str) -> str:
        if text not in names:
            hint = did_you_mean(text, names) or f"; {expected}"
            reject(f'unknown {what} "{shown(text)}"{hint}')
        return text

    return Annotated[
        type_,
        BeforeValidator(check),
        BeforeValidator(read_text(expected)),
        Expected(expected),
        WithJsonSchema({"enum": names}),
    ]


def read_text(expected: str) -> Callable[[Any], str]:
    """A check that there is a word at all; it is taken as it was written."""

    def read(value: Any) -> str:
        if not isinstance(value, YamlScalar) or value.is_blank:
            refuse_value(value, expected)
        return value.text

    return read
