"""The people of a letter: who gets one, to whom it goes, and who signs it."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from generator.edition.data_files import FileModel
from generator.edition.emails import Email
from generator.edition.values import Expected, SingleLineText
from generator.edition.yaml_tree import YamlScalar


def _in_a_list(value: Any) -> Any:
    """One name is a list of one."""
    return [value] if isinstance(value, YamlScalar) and not value.is_blank else value


class Addressee(FileModel):
    """To whom the letter goes."""

    names: Annotated[
        tuple[SingleLineText, ...],
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
    office: SingleLineText = Field(description="Such as Chief Executive.")
    salutation_said: SingleLineText | None = Field(
        None,
        alias="salutation",
        description="The name in “Dear …,” when it is not the addressee's name.",
    )
    email: Email | None = Field(None, description="Where the letter is sent.")

    @property
    def salutation(self) -> str:
        """The name in “Dear …,”."""
        return self.salutation_said or self.names[0]


class Signatory(FileModel):
    """Who signs every letter."""

    name: SingleLineText = Field(description="As printed under the signature.")
    offices: tuple[SingleLineText, ...] = Field(
        min_length=1, description="One line each, below the name."
    )


class Recipients(FileModel):
    """Which authorities get a letter."""

    when: SingleLineText = Field(
        description="A rule, such as `authority.received.total >= 5`; where it is false there is "
        "no letter."
    )
