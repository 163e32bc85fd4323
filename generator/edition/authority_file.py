"""What an authority's file may say: a model made for an edition, which names the figures."""

from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, create_model

from generator.edition.edition import Edition, Group
from generator.edition.edition_file import FileModel
from generator.edition.emails import Email
from generator.edition.values import (
    SLUG,
    Expected,
    Id,
    SingleLineText,
    Slug,
    choice,
    reject,
)
from generator.edition.yaml_tree import YamlScalar


def _in_a_list(value: Any) -> Any:
    """One name is a list of one."""
    return [value] if isinstance(value, YamlScalar) and not value.is_blank else value


class AddresseeFile(FileModel):
    """To whom the letter goes."""

    name: Annotated[
        list[SingleLineText],
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
    ] = Field(min_length=1, description="The chief executive; a list where two share the office.")
    office: SingleLineText = Field(description="Such as Chief Executive.")
    salutation: SingleLineText | None = Field(
        None, description="The name in “Dear …,” when it is not the addressee's name."
    )
    email: Email | None = Field(None, description="Where the letter is sent.")


def _without_values(value: Any) -> Any:
    """An insert written as its name alone has no values."""
    return {value.text: {}} if isinstance(value, YamlScalar) and not value.is_blank else value


def _one_insert(value: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    if len(value) != 1:
        reject("expected one insert after each hyphen")
    return value


InsertChoice = Annotated[
    dict[Slug, dict[Id, SingleLineText]],
    BeforeValidator(_without_values),
    Expected("expected the name of an insert, such as further-report"),
    AfterValidator(_one_insert),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{SLUG}$"},
                {
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 1,
                    "additionalProperties": {
                        "type": "object",
                        "additionalProperties": {"type": "string", "minLength": 1},
                    },
                },
            ]
        }
    ),
]


class AuthorityFile(FileModel):
    """One authority: addressee, figures and inserts."""

    name: SingleLineText = Field(
        description="As printed in the address and on the statistics page."
    )
    kind: str | None = None
    addressee: AddresseeFile = Field(description="To whom the letter goes.")
    inserts: list[InsertChoice] = Field(
        default_factory=list, description="Paragraphs that this letter has and others have not."
    )
    declines: list[Slug] = Field(
        default_factory=list, description="Inserts that a rule would place, and that are left out."
    )
    formerly: list[Slug] = Field(
        default_factory=list, description="The authorities that this one follows, for comparisons."
    )
    aliases: list[SingleLineText] = Field(
        default_factory=list, description="Other spellings of the name, for import."
    )


def authority_model(edition: Edition) -> type[AuthorityFile]:
    """The model of an authority's file in this edition.

    Groups and columns are fields by an alias, so that no id can meet a name of pydantic's own.
    """
    return _authority_model(tuple(edition.kinds), edition.groups)


@lru_cache(maxsize=8)  # editions are loaded again and again, in which this stays the same
def _authority_model(kinds: tuple[str, ...], groups: tuple[Group, ...]) -> type[AuthorityFile]:
    fields: dict[str, Any] = {
        "kind": (
            choice(kinds, "kind") | None,
            Field(None, description=f"{kinds[0]} unless said."),
        )
    }
    for group in groups:
        about = Field(alias=group.id, description=group.title)
        fields[f"group_{group.id}"] = (_group_model(group), about)
    return create_model(
        "AuthorityFile", __base__=AuthorityFile, __doc__=AuthorityFile.__doc__, **fields
    )


def _group_model(group: Group) -> type[FileModel]:
    fields: dict[str, Any] = {}
    for column in group.columns:
        type_ = column.kind.stated_type(column.none)
        if column.kind.is_given:
            field = (type_, Field(alias=column.id, description=column.label))
        else:
            about = f"{column.label}. Optional: checked against the figures, never used."
            field = (type_, Field(None, alias=column.id, description=about))
        fields[f"column_{column.id}"] = field
    return create_model(
        f"Group_{group.id}", __base__=FileModel, __doc__=f"{group.title}.", **fields
    )
