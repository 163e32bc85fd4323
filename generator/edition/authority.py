"""An authority: to whom its letter goes, its figures and the inserts it chose."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Annotated, Any
from zlib import compress, decompress

from pydantic import (
    BeforeValidator,
    Field,
    PlainValidator,
    TypeAdapter,
    WithJsonSchema,
    create_model,
)

from generator.edition.data_files import (
    DataFile,
    FileModel,
    layout_of,
    place_of,
    valid_parts,
    validate,
)
from generator.edition.edition import Edition
from generator.edition.figure_kind import FigureKind, Quantity
from generator.edition.figures import Figure, Figures, LinesInFile, check_parts, check_stated
from generator.edition.groups import Column
from generator.edition.languages import NameText, PrintedText, PrintedWording, in_language
from generator.edition.operands import Address
from generator.edition.people import Addressee, CopiedPerson, role_in_words
from generator.edition.source_text import read_source
from generator.edition.values import (
    SLUG,
    Expected,
    Id,
    Section,
    SingleLineText,
    Slug,
    reads_one_of,
    reject,
)
from generator.edition.yaml_tree import YamlMapping, YamlScalar, parse_yaml
from generator.problems import Place, Problem, noting


class InsertPlace(FileModel):
    """Where in a letter an insert stands."""

    place: Section = Field(description="The section.")
    after: PrintedText | None = Field(
        None,
        description="The first words of the paragraph it follows [default: the section's end].",
    )


class OwnParagraph(InsertPlace):
    """An insert whose words stand here: what this letter alone says."""

    text: PrintedWording = Field(description="The words, in Markdown, indented below a |.")


def _without_values(value: Any) -> Any:
    """An insert written as its name alone has no values."""
    return {value.text: {}} if isinstance(value, YamlScalar) and not value.is_blank else value


_Named = Annotated[
    dict[Slug, dict[Id, PrintedText]],
    BeforeValidator(_without_values),
    Expected("expected the name of an insert, such as late-replies"),
]
_named = TypeAdapter(_Named)


def _insert(value: Any) -> OwnParagraph | dict[str, dict[str, str]]:
    """A paragraph where one of its keys has a text; an insert's values are keys and values."""
    given = value if isinstance(value, dict) else {}
    if any(isinstance(given.get(key), YamlScalar) for key in OwnParagraph.model_fields):
        return OwnParagraph.model_validate(value)
    named: dict[str, dict[str, str]] = _named.validate_python(value)
    if len(named) != 1:
        reject("expected one insert after each hyphen")
    return named


InsertChoice = Annotated[
    OwnParagraph | _Named,
    PlainValidator(_insert),
    Expected("expected the name of an insert, such as late-replies"),
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
                        "additionalProperties": {"type": ["string", "integer"], "minLength": 1},
                    },
                },
                OwnParagraph.model_json_schema(),
            ]
        }
    ),
]


@dataclass(frozen=True)
class ChosenInsert:
    """An insert that an authority names, with the values it gives to its placeholders."""

    insert: str
    """Its name: that of its file, or, of a paragraph of its own, one that no file can have."""
    values: Mapping[str, str]
    place: Place
    paragraph: OwnParagraph | None = None


class Authority(DataFile):
    """One authority: addressee, figures and inserts."""

    name: NameText = Field(description="As printed in the address and on the statistics page.")
    kind: str
    addressee: Addressee = Field(description="To whom the letter goes.")
    chosen: tuple[InsertChoice, ...] = Field(
        (), alias="inserts", description="Paragraphs that only this letter, or a few, have."
    )
    declined: tuple[Slug, ...] = Field(
        (), alias="declines", description="Inserts to leave out, though a rule would place them."
    )
    formerly: tuple[Slug, ...] = Field(
        (), description="The predecessors of this authority, for comparisons with earlier years."
    )
    aliases: tuple[SingleLineText, ...] = Field(
        (), description="Other spellings of the name, for import."
    )
    domains: tuple[SingleLineText, ...] = Field(
        (), description="The domains of its email addresses, such as ambridge.example."
    )
    other_domain: tuple[Id, ...] = Field(
        (), description="Who has an address of another domain: addressee, or a role of copies."
    )
    _figures: Figures
    _compared: Mapping[str, Figure] = {}
    _copies: Mapping[str, CopiedPerson]

    @cached_property
    def slug(self) -> str:
        """The name of its file, and of its letter's."""
        return self.path.stem

    @cached_property  # as private attributes of a model are slow
    def figures(self) -> Figures:
        """By address in the order printed, sums and rates worked out."""
        return self._figures

    @property
    def compared(self) -> Mapping[str, Figure]:
        """What its figures are compared with, by name: `similar.decided.upheld`."""
        return self._compared

    def complete(self, figures: Figures, copies: Mapping[str, CopiedPerson]) -> None:
        """Tell it its figures, sums and rates worked out, and to whom copies go.

        What its file says of them is in these from now on, and let go.
        """
        self._figures, self._copies = figures, copies
        for name in type(self).model_fields.keys() - Authority.model_fields.keys():
            self.__dict__.pop(name, None)
        said = _kept_once(frozenset(self.model_fields_set))
        object.__setattr__(self, "__pydantic_fields_set__", said)

    def compare(self, compared: Mapping[str, Figure]) -> None:
        """Tell it what its figures are compared with, once all authorities are known."""
        self._compared = compared

    @property
    def copies(self) -> Mapping[str, CopiedPerson]:
        """To whom copies go, by role, in the edition's order; without roles that nobody holds."""
        return self._copies

    @cached_property
    def inserts(self) -> tuple[ChosenInsert, ...]:
        """The inserts that it names, each with its place."""
        inserts = []
        for number, chosen in enumerate(self.chosen):
            place = self.place("inserts", number)
            if isinstance(chosen, OwnParagraph):
                name = f"{self.slug}/{number + 1}"
                inserts.append(ChosenInsert(name, {}, place, chosen))
            else:
                inserts += [ChosenInsert(name, given, place) for name, given in chosen.items()]
        return tuple(inserts)

    @property
    def declines(self) -> Mapping[str, Place]:
        """The inserts that it declines, and where it says so."""
        return {name: self.place("declines", number) for number, name in enumerate(self.declined)}

    def figure(self, group: str, column: str) -> Figure:
        """One figure; raises `KeyError` where the edition has no such figure."""
        return self._figures[group, column]

    def all_figures(self) -> Iterable[Figure]:
        """The figures of all groups, in the order printed."""
        return self._figures.values()

    def missing(self) -> list[Figure]:
        """The given figures that are not yet supplied."""
        return [f for f in self.all_figures() if f.column.kind.is_given and not f.supplied]

    def emails(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Each email address that it gives, after the steps to it."""
        if self.addressee.email:
            yield ("addressee", "email"), self.addressee.email
        for role, person in self.copies.items():
            if person.email:
                yield ("copies", role, "email"), person.email

    def own_paragraphs(self) -> Iterator[tuple[tuple[str, int, str], str]]:
        """The words of each insert that its letter alone has, after the steps to them."""
        for number, chosen in enumerate(self.chosen):
            if isinstance(chosen, OwnParagraph):
                yield ("inserts", number, "text"), chosen.text

    def values_of_inserts(self) -> Iterator[tuple[tuple[str, int, str, str], str]]:
        """Each value that it gives to an insert, after the steps to it in its file."""
        for number, chosen in enumerate(self.chosen):
            for name, given in {} if isinstance(chosen, OwnParagraph) else chosen.items():
                for key, value in given.items():
                    yield ("inserts", number, name, key), value


@lru_cache(maxsize=1000)
def _kept_once(names: frozenset[str]) -> set[str]:
    """The keys that a file has, once for all files that have the same."""
    return set(names)


def totals(edition: Edition, authorities: Iterable[Authority]) -> dict[Address, Quantity]:
    """The counts of these authorities, added up; what is not supplied counts as 0."""
    total: dict[Address, Quantity] = {
        column.address: 0 for group in edition.groups for column in group.counts
    }
    for authority in authorities:
        for address in total:
            total[address] += authority.figure(*address).value or 0
    return total


def authority_model(edition: Edition) -> type[Authority]:
    """The model of an authority's file in this edition.

    Groups and columns are fields by an alias, so that no id can meet a name of pydantic's own.
    """
    return _authority_model(
        tuple(edition.kinds),
        edition.compares_kinds,
        tuple((g.id, g.name, tuple(map(_stated, g.columns))) for g in edition.groups),
        tuple(edition.copies),
    )


_Stated = tuple[str, str, FigureKind, str]


def _stated(column: Column) -> _Stated:
    """What an authority's file depends on: id, label, kind and the word for nothing."""
    return column.id, column.label, column.kind, column.none


@lru_cache(maxsize=8)  # editions are loaded again and again, in which this stays the same
def _authority_model(
    kinds: tuple[str, ...],
    must_say_kind: bool,
    groups: tuple[tuple[str, str, tuple[_Stated, ...]], ...],
    roles: tuple[str, ...],
) -> type[Authority]:
    about = (
        "The kind of authority it is compared with."
        if must_say_kind
        else f"Kind of authority [default: {kinds[0]}]."
    )
    usual: Any = ... if must_say_kind else kinds[0]
    kind: Any = Annotated[str, reads_one_of(kinds, "kind")]
    kind = kind if must_say_kind else kind | None
    fields: dict[str, Any] = {"kind": (kind, Field(usual, description=about))}
    if roles:
        about = "Who gets a copy of the letter, beside the addressee."
        fields["people_copied"] = _optional(_copies_model(roles), "copies", about)
    for group, title, columns in groups:
        model: Any = _group_model(group, title, columns)
        fields[f"group_{group}"] = _optional(model, group, title)
        if any(kind.is_given for _, _, kind, _ in columns):
            fields[f"group_{group}"] = (model, Field(alias=group, description=title))
    return create_model("AuthorityFile", __base__=Authority, __doc__=Authority.__doc__, **fields)


def _optional(type_: Any, key: str, about: str) -> tuple[Any, Any]:
    """A field that a file need not have."""
    return type_ | None, Field(None, alias=key, description=about)


def _copies_model(roles: tuple[str, ...]) -> type[FileModel]:
    fields: dict[str, Any] = {
        f"role_{role}": _optional(CopiedPerson, role, role_in_words(role)) for role in roles
    }
    return create_model("Copies", __base__=FileModel, __doc__="Who gets copies.", **fields)


def _group_model(group: str, title: str, columns: tuple[_Stated, ...]) -> type[FileModel]:
    fields: dict[str, Any] = {}
    for id_, label, kind, none in columns:
        field = Field(alias=id_, description=label)
        if not kind.is_given:
            about = f"{label}. Optional: checked against the figures, never used."
            field = Field(None, alias=id_, description=about)
        fields[f"column_{id_}"] = (kind.stated_type(none), field)
    return create_model(f"Group_{group}", __base__=FileModel, __doc__=f"{title}.", **fields)


def read_authority(
    path: Path, edition: Edition, model: type[Authority]
) -> tuple[Authority | None, list[Problem]]:
    """Read and check one authority's file; `model` is the edition's, made once for all files.

    A mistake in one part of the file does not hide what is wrong in another.
    """
    text, problems = read_source(path)
    tree = None if text is None else noting(problems, parse_yaml(text, path))
    if text is None or tree is None:
        return None, problems
    authority = noting(problems, authority_of(tree, path, edition, model))
    if authority is None or problems:
        return None, problems
    languages = (edition.languages, edition.language)
    tree_of = partial(_tree_of, compress(text.encode(), 1), path, model, *languages)
    authority.is_of(path, tree_of, layout_of(authority.tree))
    return authority, []


def _tree_of(
    text: bytes, path: Path, model: type[Authority], languages: Sequence[str], language: str
) -> YamlMapping:
    """The tree of a file that was read before and is in order, from its text, compressed."""
    tree, _ = parse_yaml(decompress(text).decode(), path)
    assert tree is not None
    return in_language(tree, path, model, languages, language)[0]


def authority_of(
    tree: YamlMapping, path: Path, edition: Edition, model: type[Authority]
) -> tuple[Authority | None, list[Problem]]:
    """The authority that a tree says, which need not be saved yet, or what is wrong with it."""
    problems: list[Problem] = []
    tree = noting(problems, in_language(tree, path, model, edition.languages, edition.language))
    authority = noting(problems, validate(model, tree, path))
    parts = valid_parts(model, tree, authority)
    problems += _salutation(parts.get("addressee"), tree, path)
    figures = noting(problems, _figures(edition, parts, tree, path))
    if authority is None or problems:
        return None, problems
    said = parts.get("copies")
    people = {role: getattr(said, f"role_{role}", None) for role in edition.copies}
    authority.complete(figures, {role: who for role, who in people.items() if who is not None})
    return authority, []


def _salutation(addressee: Addressee | None, tree: YamlMapping, path: Path) -> list[Problem]:
    if addressee is None or len(addressee.names) == 1 or addressee.salutation_said:
        return []
    place = place_of(tree, path, "addressee", "salutation")
    message = "missing; expected one line of text: the names as the letter greets them"
    return [Problem(place, message, "addressee.salutation")]


def _figures(
    edition: Edition, parts: Mapping[str, Any], tree: YamlMapping, path: Path
) -> tuple[Figures, list[Problem]]:
    """The figures, and those that disagree; as far as the groups that are in order tell them."""
    said: dict[Address, Any] = {}
    for group in edition.groups:
        part: FileModel | None = parts.get(group.id)
        values = part.model_dump(by_alias=True) if part else {}
        said |= {column.address: values.get(column.id) for column in group.columns}
    places = {address: place_of(tree, path, *address) for address in said}
    given = {c.address: said[c.address] for c in edition.columns() if c.kind.is_given}
    lines = ((address, places[address].line, places[address].column) for address in given)
    figures = Figures(edition, given, LinesInFile(path, lines))
    problems = list(check_parts(figures, edition.columns()))
    for address, figure in figures.items():
        if not figure.column.kind.is_given and said[address] is not None:
            problems += check_stated(figure, said[address], places[address])
    return figures, problems
