"""The people of a letter: who gets one, to whom it goes, to whom copies go, and who signs it.

An email address is one, by itself, that a mail program can send to.
"""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import Field

from generator.edition.data_files import FileModel
from generator.edition.languages import NameText, PrintedText
from generator.edition.values import ID, Id, Reads, SingleLineText, read_line, reject
from generator.edition.yaml_tree import YamlScalar, shown

_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9]+(-+[A-Za-z0-9]+)*"
EMAIL = rf"^{_WORD}(\.{_WORD})*@({_LABEL}\.)+[A-Za-z]{{2,}}$"


def check_email(text: str) -> str:
    """The same text, when it is one email address."""
    if not re.fullmatch(EMAIL, text):
        within = re.fullmatch(r"(?:mailto:|[^<@]*<)([^<>@ ]+@[^<>@ ]+)>?", text)
        if within and re.fullmatch(EMAIL, within[1]):
            reject(f'found "{shown(text)}"; write {within[1]} alone')
        reject(f'found "{shown(text)}"; expected one email address{_hint(text)}')
    return text


def _hint(text: str) -> str:
    """What kept a text from being an address, as the end of a sentence; blank where unclear."""
    strange = next((c for c in text if not c.isascii()), "")
    if re.search(r"[<>\"]|^mailto:", text):
        return ", without a name or brackets around it"
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
    str, Reads("expected one email address", _read, {"type": "string", "pattern": EMAIL})
]


def _in_a_list(value: Any) -> Any:
    """One name is a list of one."""
    return [value] if isinstance(value, YamlScalar) and not value.is_blank else value


class Addressee(FileModel):
    """To whom the letter goes."""

    names: Annotated[
        tuple[NameText, ...],
        Reads(
            *("expected the addressee's name", _in_a_list),
            {
                "anyOf": [
                    {"type": "string", "minLength": 1},
                    {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
                ]
            },
        ),
    ] = Field(
        alias="name",
        min_length=1,
        description="The chief executive; a list if two share the office.",
    )
    office: PrintedText = Field(description="Such as Chief Executive.")
    salutation_said: PrintedText | None = Field(
        None,
        alias="salutation",
        description="The name in “Dear …,” if not the addressee's name.",
    )
    email: Email | None = Field(None, description="Email address for the letter; never printed.")

    @property
    def salutation(self) -> str:
        """The name in “Dear …,”."""
        return self.salutation_said or self.names[0]

    @property
    def salutation_is_name(self) -> bool:
        """Whether it is the addressee's name, whose place is then its own."""
        return self.salutation == self.names[0]


class CopiedPerson(FileModel):
    """One to whom a copy of the letter goes."""

    name: NameText = Field(description="Name as printed in the list of copies.")
    office: PrintedText = Field(description="Such as Leader of the Council.")
    email: Email | None = Field(None, description="Email address for the copy; never printed.")


def role_in_words(role: str) -> str:
    """A role by its name, as people write it: Link officer."""
    return role.replace("_", " ").capitalize()


class CopyRole(FileModel):
    """A role beside the addressee's, to whose holder a copy of the letter goes."""

    label: SingleLineText | None = Field(
        None, description="Label in spreadsheets [default: its name in words]."
    )


def _by_role(value: Any) -> Any:
    """Roles as a list are roles of which nothing more is said."""
    if not isinstance(value, list):
        return value
    roles: dict[str, Any] = {}
    for item in value:
        if not isinstance(item, YamlScalar) or item.is_blank:
            reject("expected the names of roles, such as link_officer")
        if item.text in roles:
            reject(f'"{shown(item.text)}" is listed twice; remove one')
        roles[item.text] = {}
    return roles


CopyRoles = Annotated[
    dict[Id, CopyRole],
    Reads(
        *("expected a list of roles, such as [link_officer, leader]", _by_role),
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string", "pattern": f"^{ID}$"}},
                {"type": "object", "additionalProperties": CopyRole.model_json_schema()},
            ]
        },
    ),
]


class Signatory(FileModel):
    """Who signs every letter."""

    name: NameText = Field(description="As printed under the signature.")
    offices: tuple[PrintedText, ...] = Field(
        min_length=1, description="One line each, below the name."
    )


class Recipients(FileModel):
    """Which authorities get a letter."""

    when: SingleLineText = Field(
        description="A rule, such as `authority.received.total >= 5`; if false, there is no letter."
    )
