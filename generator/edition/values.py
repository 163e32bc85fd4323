"""The values in data files: each type says what it takes and, in words, what it refuses.

The types stand in the models of the files. On each rides how it is read: pydantic hands that the
untyped scalar and, from the same declaration, writes the JSON Schema that editors use. Numbers are
in `number_values`.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, NoReturn

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

from generator.edition.yaml_tree import YamlScalar, describe, shown
from generator.problems import suggestion


@lru_cache(maxsize=10_000)  # asked again and again for the same names
def slug_of(name: str) -> str:
    """The slug of a name: `kings-lynn-and-west-norfolk-borough-council`.

    Lower case, accents folded, `&` is "and", apostrophes and full stops dropped, the rest hyphens.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = re.sub("['\u2018\u2019\u02bc.]", "", letters.replace("&", " and "))
    return re.sub("[^a-z0-9]+", "-", words).strip("-")


def reject(message: str) -> NoReturn:
    """Raise the validation error whose words are exactly these."""
    raise PydanticCustomError("refused", "{said}", {"said": message})


def refuse_value(value: Any, expected: str) -> NoReturn:
    """Say what was found, and what was expected."""
    found = describe(value) if isinstance(value, YamlScalar) else _kind(value)
    reject(f"left blank; {expected}" if found == "nothing" else f"found {found}; {expected}")


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "keys and values"
    return "a list" if isinstance(value, list) else f'"{shown(str(value))}"'


@dataclass(frozen=True, eq=False)  # types on which they ride are told apart by who reads them
class Expected:
    """What a missing value should have been, as the end of a sentence; rides on the type."""

    said: str


@dataclass(frozen=True, eq=False)
class Reads(Expected):
    """How a value is read, whatever stands there, and what editors are told of it."""

    read: Callable[[Any], Any]
    schema: Mapping[str, Any]

    def __call__(self, value: Any) -> Any:
        """The value that a file gives; raises where it gives none."""
        return self.read(value)

    def __get_pydantic_core_schema__(self, type_: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The type's own, which is given what was read."""
        return no_info_before_validator_function(self, handler(type_))

    def __get_pydantic_json_schema__(
        self, _core_schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """What a file may say, not what is read of it."""
        return dict(self.schema)


@dataclass(frozen=True, eq=False)
class ReadsScalar(Reads):
    """The same of a single value, which `read` is given as it was written, and never blank."""

    blank: str = ""
    """What to do about a blank one; the same as about any other that is no value, unless said."""

    def __call__(self, value: Any) -> Any:
        """The value that a file gives; raises where it gives none."""
        if self.blank and isinstance(value, YamlScalar) and value.is_blank:
            reject(f"left blank; {self.blank}")
        if not isinstance(value, YamlScalar) or value.is_blank:
            refuse_value(value, self.said)
        return self.read(value)


def read_line(value: Any) -> Any:
    """One line of text with nothing in it that cannot be seen, so that it prints as it stands."""
    if not isinstance(value, YamlScalar):
        refuse_value(value, "expected one line of text")
    if value.is_blank:
        comment = '; " #" begins a comment; put the value in quotes if it is part of the text'
        reject(f"left blank; expected one line of text{comment if value.before_comment else ''}")
    if value.before_comment:
        reject(
            f'" #" begins a comment, so the value would be "{shown(value.text)}"; '
            "put it in quotes, or move the comment to a line of its own"
        )
    if value.plain and value.text in {"null", "Null", "NULL", "~"}:
        reject(f"found {value.text}, which means no value; put it in quotes if it is text")
    if value.several_lines or "\n" in value.text:
        reject("spans several lines; expected one line of text")
    return check_line(value.text)


def _read_wording(value: YamlScalar) -> str:
    """Wording in a data file, each line of it a line of the file, so that places are known."""
    if value.before_comment:
        read_line(value)
    if value.indent is None:
        reject(f"spans several lines; {_EXPECTED_WORDING}")
    if not value.text.strip():
        reject("no words below this line; add them")
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
        reject("has two spaces in a row; remove one")
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        reject(f'a letter is stored in an unusual form; retype it: "{shown(composed)}"')
    return text


def unfit(character: str) -> tuple[str, str]:
    """What a character is that a reader could not see or read, and what to do; blank for others."""
    category = unicodedata.category(character)
    if character == "\ufffd":
        return (
            "the character \ufffd (U+FFFD), a placeholder for a lost letter",
            "type the letter",
        )
    if character == " " or category not in _UNSEEN_CATEGORIES:
        return "", ""
    unnamed = "control character" if character < "\xa0" else "character without a name"
    name = unicodedata.name(character, unnamed).lower()
    todo = "type a plain space instead" if category == "Zs" else "delete it"
    return f"an invisible {name} (U+{ord(character):04X})", todo


_UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"}


def _read_date(value: YamlScalar) -> datetime.date:
    if not _DATE.fullmatch(value.text):
        meant = _date_meant(value.text)
        if meant:
            said = f"{meant.day} {meant:%B %Y}"
            reject(f"found {shown(value.text)}; write {meant.isoformat()} for {said}")
        refuse_value(value, _EXPECTED_DATE)
    try:
        return datetime.date.fromisoformat(value.text)
    except ValueError:
        return reject(f"found {value.text}, which is not a date in the calendar")


def _date_meant(text: str) -> datetime.date | None:
    """The date that a text gives in another form, the day before the month; None where none."""
    for form in ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y-%m-%d", "%d %B %Y"):
        with suppress(ValueError):
            return datetime.datetime.strptime(text, form).date()
    return None


_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EXPECTED_DATE = "expected a date, such as 2018-07-18"
DAY = ReadsScalar(_EXPECTED_DATE, _read_date, {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"})


def _read_true_or_false(value: YamlScalar) -> bool:
    meant = _BOOLEANS.get(value.text.lower())
    if value.text not in {"true", "false"} and meant:
        reject(f"found {value.text}; write {meant}")
    if value.text not in {"true", "false"}:
        refuse_value(value, "expected true or false")
    return value.text == "true"


_BOOLEANS = dict.fromkeys(("yes", "y", "on", "true"), "true") | dict.fromkeys(
    ("no", "n", "off", "false"), "false"
)


SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
ID = r"[a-z][a-z0-9]*(_[a-z0-9]+)*"
OPERAND = rf"{ID}(\.{ID})?"
"""A figure, as a definition names it: `upheld` of its own group, `outcomes.upheld` of any."""


def reads_name(pattern: str, missing: str, wrong: str = "") -> Reads:
    """How names of files and addresses, and keys, which come as plain texts, are read.

    What is expected where one is missing, and where it is `wrong`, if that is something else.
    """

    def read(value: Any) -> str:
        text = value.text if isinstance(value, YamlScalar) else value
        if not isinstance(text, str) or not re.fullmatch(pattern, text):
            refuse_value(value, wrong or missing)
        return text

    return Reads(missing, read, {"type": "string", "pattern": f"^{pattern}$"})


def reads_word(expected: str, pattern: str = "") -> ReadsScalar:
    """How a word is read that is taken as it was written, whatever it is."""
    schema = {"type": "string", **({"pattern": f"^{pattern}$"} if pattern else {})}
    return ReadsScalar(expected, lambda value: value.text, schema)


def reads_file_name(pattern: str, expected: str, signs: str) -> ReadsScalar:
    """How the name of a file is read, which is made of such signs."""

    def read(value: YamlScalar) -> str:
        if not re.fullmatch(pattern, value.text):
            reject(f'found "{shown(value.text)}"; {expected}, named with {signs}')
        return value.text

    return ReadsScalar(expected, read, {"type": "string", "pattern": f"^{pattern}$"})


def reads_one_of(known: Iterable[str], what: str) -> ReadsScalar:
    """How a text is read that is one of those known."""
    names = list(known)
    expected = f"expected one of {', '.join(names)}"

    def read(value: YamlScalar) -> str:
        if value.text not in names:
            reject(f'unknown {what} "{shown(value.text)}"{suggestion(value.text, names)}')
        return value.text

    return ReadsScalar(expected, read, {"enum": names})


_TEXT = {"type": "string", "minLength": 1}
SingleLineText = Annotated[str, Reads("expected one line of text", read_line, _TEXT)]
WordingText = Annotated[str, ReadsScalar(_EXPECTED_WORDING, _read_wording, _TEXT)]
Date = Annotated[datetime.date, DAY]
TrueOrFalse = Annotated[
    bool, ReadsScalar("expected true or false", _read_true_or_false, {"type": "boolean"})
]
_LETTERS = "expected lower-case letters a-z, digits and hyphens, such as"
Slug = Annotated[
    str, reads_name(SLUG, "expected a name such as late-replies", f"{_LETTERS} late-replies")
]
Section = Annotated[
    str, reads_name(SLUG, "expected a section such as next-steps", f"{_LETTERS} next-steps")
]
Id = Annotated[
    str,
    reads_name(
        *(ID, "expected a name such as no_fault"),
        "expected lower-case letters a-z, digits and _, such as no_fault",
    ),
]
Operand = Annotated[
    str, reads_name(OPERAND, "expected a figure, such as upheld or outcomes.upheld")
]
