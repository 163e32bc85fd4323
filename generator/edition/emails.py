"""Email addresses: one, by itself, that a mail program can send to."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from generator.edition.values import Expected, read_line, reject
from generator.edition.yaml_tree import shown

_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9]+(-+[A-Za-z0-9]+)*"
EMAIL = rf"^{_WORD}(\.{_WORD})*@({_LABEL}\.)+[A-Za-z]{{2,}}$"


def check_email(text: str) -> str:
    """The same text, when it is one email address."""
    if not re.fullmatch(EMAIL, text):
        reject(f'found "{shown(text)}"; expected one email address{_hint(text)}')
    return text


def _hint(text: str) -> str:
    """What kept a text from being an address, as the end of a sentence; blank where unclear."""
    strange = next((c for c in text if not c.isascii()), "")
    if re.search(r"[<>\"]|^mailto:", text):
        return ", without a name or signs around it"
    if text.count("@") > 1:
        return ", not several"
    if " " in text and "@" in text:
        return " without spaces"
    if strange:
        name = unicodedata.name(strange, "character without a name").lower()
        return f' in the letters a-z; "{strange}" is a {name} (U+{ord(strange):04X})'
    return ""


def _read(value: Any) -> Any:
    return check_email(text) if isinstance(text := read_line(value), str) else text


Email = Annotated[
    str,
    BeforeValidator(_read),
    Expected("expected one email address"),
    WithJsonSchema({"type": "string", "pattern": EMAIL}),
]
