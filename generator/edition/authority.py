"""An authority: to whom its letter goes, its figures and the inserts it chose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, create_model

from generator.edition import yaml_tree
from generator.edition.edition import Edition, Group
from generator.edition.edition_file import FileModel
from generator.edition.emails import Email
from generator.edition.explain import place_of, valid_parts, validate
from generator.edition.figures import Figure, check_stated, work_out
from generator.edition.values import (
    SLUG,
    Expected,
    Id,
    SingleLineText,
    Slug,
    choice,
    reject,
)
from generator.edition.yaml_tree import YamlScalar, read_yaml
from generator.problems import Place, Problem


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


@dataclass(frozen=True)
class Addressee:
    """To whom a letter goes; two names where two people share the office."""

    names: tuple[str, ...]
    office: str
    salutation: str
    email: str | None


@dataclass(frozen=True)
class ChosenInsert:
    """An insert that an authority names, with the values it gives to its placeholders."""

    insert: str
    values: Mapping[str, str]
    place: Place


@dataclass(frozen=True)
class Authority:
    """One authority of an edition, as its file says, with all sums and rates worked out."""

    slug: str
    name: str
    kind: str
    addressee: Addressee
    figures: Mapping[str, tuple[Figure, ...]]
    """By group; in each the figures in the order printed."""
    inserts: tuple[ChosenInsert, ...]
    declines: Mapping[str, Place]
    formerly: tuple[str, ...]
    aliases: tuple[str, ...]
    path: Path
    tree: yaml_tree.YamlMapping

    def place(self, *steps: str | int) -> Place:
        """Where in its file the authority says something, by keys and indexes."""
        return place_of(self.tree, self.path, *steps)

    def figure(self, group: str, column: str) -> Figure:
        """One figure; raises `KeyError` where the edition has no such figure."""
        for figure in self.figures[group]:
            if figure.column.id == column:
                return figure
        raise KeyError(column)

    def all_figures(self) -> Iterator[Figure]:
        """The figures of all groups, in the order printed."""
        return chain.from_iterable(self.figures.values())

    def missing(self) -> list[Figure]:
        """The counts that are not yet supplied."""
        return [f for f in self.all_figures() if f.column.kind.is_given and not f.supplied]

    def values_of_inserts(self) -> Iterator[tuple[tuple[str, int, str, str], str]]:
        """Each value that it gives to an insert, after the steps to it in its file."""
        for number, chosen in enumerate(self.inserts):
            for key, value in chosen.values.items():
                yield ("inserts", number, chosen.insert, key), value


def read_authority(
    path: Path, edition: Edition, model: type[AuthorityFile]
) -> tuple[Authority | None, list[Problem]]:
    """Read and check one authority's file; `model` is the edition's, made once for all files."""
    tree, problems = read_yaml(path)
    if tree is None:
        return None, problems
    file, more = validate(model, tree, path)
    problems += more
    parts = valid_parts(model, tree, file)
    problems += _salutation(parts.get("addressee"), tree, path)
    figures = {}
    for group in edition.groups:
        figures[group.id], more = _figures(group, parts.get(group.id), tree, path)
        problems += more
    if file is None or problems:
        return None, problems
    return Authority(
        slug=path.stem,
        name=file.name,
        kind=file.kind or next(iter(edition.kinds)),
        addressee=Addressee(
            names=tuple(file.addressee.name),
            office=file.addressee.office,
            salutation=file.addressee.salutation or file.addressee.name[0],
            email=file.addressee.email,
        ),
        figures=figures,
        inserts=tuple(
            ChosenInsert(name, values, place_of(tree, path, "inserts", number))
            for number, chosen in enumerate(file.inserts)
            for name, values in chosen.items()
        ),
        declines={
            name: place_of(tree, path, "declines", number)
            for number, name in enumerate(file.declines)
        },
        formerly=tuple(file.formerly),
        aliases=tuple(file.aliases),
        path=path,
        tree=tree,
    ), []


def _salutation(
    addressee: AddresseeFile | None, tree: yaml_tree.YamlMapping, path: Path
) -> list[Problem]:
    if addressee is None or len(addressee.name) == 1 or addressee.salutation:
        return []
    place = place_of(tree, path, "addressee", "salutation")
    message = "missing; expected one line of text, the names as the letter greets them all"
    return [Problem(place, message, "addressee.salutation")]


def _figures(
    group: Group, part: FileModel | None, tree: yaml_tree.YamlMapping, path: Path
) -> tuple[tuple[Figure, ...], list[Problem]]:
    """A group's figures, and the stated ones that disagree; from the group alone.

    A mistake elsewhere in the file does not hide what is wrong here.
    """
    if part is None:
        return (), []
    given = part.model_dump(by_alias=True)
    counts = {column.id: given[column.id] for column in group.counts}
    places = {column: place_of(tree, path, group.id, column) for column in counts}
    figures = work_out(group, counts, places)
    problems = []
    for figure in figures:
        stated = given[figure.column.id]
        if not figure.column.kind.is_given and stated is not None:
            place = place_of(tree, path, group.id, figure.column.id)
            problems += check_stated(figure, stated, place)
    return figures, problems
