"""The people of a letter: who gets one, to whom it goes, to whom copies go, and who signs it."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from generator.edition.data_files import FileModel
from generator.edition.emails import Email
from generator.edition.languages import NameText, PrintedText
from generator.edition.values import ID, Expected, Id, SingleLineText, reject
from generator.edition.yaml_tree import YamlScalar, shown


def _in_a_list(value: Any) -> Any:
    """One name is a list of one."""
    return [value] if isinstance(value, YamlScalar) and not value.is_blank else value


class Addressee(FileModel):
    """To whom the letter goes."""

    names: Annotated[
        tuple[NameText, ...],
        BeforeValidator(_in_a_list),
        Expected("expected the addressee's name"),
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": "string", "minLength": 1},
                    {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
                ]
            }
        ),
    ] = Field(
        alias="name",
        min_length=1,
        description="The chief executive; a list where two share the office.",
    )
    office: PrintedText = Field(description="Such as Chief Executive.")
    salutation_said: PrintedText | None = Field(
        None,
        alias="salutation",
        description="The name in “Dear …,” when it is not the addressee's name.",
    )
    email: Email | None = Field(None, description="Where the letter is sent.")

    @property
    def salutation(self) -> str:
        """The name in “Dear …,”."""
        return self.salutation_said or self.names[0]


class CopiedPerson(FileModel):
    """One to whom a copy of the letter goes."""

    name: NameText = Field(description="As printed where the edition lists the copies.")
    office: PrintedText = Field(description="Such as Leader of the Council.")
    email: Email | None = Field(None, description="Where the copy is sent; never printed.")


def role_in_words(role: str) -> str:
    """A role by its name, as people write it: Link officer."""
    return role.replace("_", " ").capitalize()


class CopyRole(FileModel):
    """A role beside the addressee's, to whose holder a copy of the letter goes."""

    label: SingleLineText | None = Field(
        None, description="What spreadsheets call it; its name in words unless said."
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
    BeforeValidator(_by_role),
    Expected("expected a list of roles, such as [link_officer, leader]"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string", "pattern": f"^{ID}$"}},
                {"type": "object", "additionalProperties": CopyRole.model_json_schema()},
            ]
        }
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
        description="A rule, such as `authority.received.total >= 5`; where it is false there is "
        "no letter."
    )
