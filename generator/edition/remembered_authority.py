"""An authority as it was read before, kept as data: read anew from that, and not from its file."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator

from generator.edition.authority import Authority, OwnParagraph
from generator.edition.data_files import FileModel
from generator.edition.edition import Edition
from generator.edition.figure_kind import Quantity
from generator.edition.figures import Figures, LinesInFile
from generator.edition.number_values import read_quantity
from generator.edition.people import Addressee, CopiedPerson
from generator.edition.yaml_tree import YamlMapping, read_yaml

Part = TypeVar("Part", bound=FileModel)


@dataclass(frozen=True)
class RememberedAuthority:
    """What the file of an authority says that has no error, in an edition of one language."""

    said: dict[str, Any]
    """Its texts, by the names of their fields; no more than it says itself."""
    chosen: list[dict[str, Any]]
    """The inserts that it names, or whose words it has."""
    copies: dict[str, dict[str, Any]]
    given: list[tuple[Annotated[Quantity | None, BeforeValidator(read_quantity)], int, int]]
    """The figures it gives, in the edition's order, each with its line and column."""


def remembered_authority(authority: Authority) -> RememberedAuthority:
    """What is to be kept of an authority that was read."""
    texts = {*Authority.model_fields} & authority.model_fields_set - {"chosen"}
    return RememberedAuthority(
        authority.model_dump(include=texts),
        [
            each.model_dump() if isinstance(each, OwnParagraph) else each
            for each in authority.chosen
        ],
        {role: person.model_dump() for role, person in authority.copies.items()},
        [
            (figure.value, figure.place.line, figure.place.column)
            for figure in authority.all_figures()
            if figure.column.kind.is_given
        ],
    )


def restored(
    known: RememberedAuthority, path: Path, edition: Edition, model: type[Authority]
) -> Authority:
    """The authority as its file would be read, if neither that nor the edition has changed.

    Of the file itself nothing is looked at until somebody asks where in it something stands.
    """
    addressee = _part(Addressee, known.said["addressee"])
    chosen = tuple(map(_chosen, known.chosen))
    authority = _part(model, known.said | {"addressee": addressee, "chosen": chosen})
    authority.is_of(path, partial(_tree_now, path))
    given, lines = {}, []
    for column, (value, line, at) in zip(edition.given_columns, known.given, strict=True):
        given[column.address] = value
        lines.append((column.address, line, at))
    copies = {role: _part(CopiedPerson, person) for role, person in known.copies.items()}
    authority.complete(Figures(edition, given, LinesInFile(path, lines)), copies)
    return authority


def _tree_now(path: Path) -> YamlMapping:
    return read_yaml(path)[0] or YamlMapping(1, 1)


def _chosen(said: dict[str, Any]) -> OwnParagraph | dict[str, dict[str, str]]:
    """An insert that is named, with its values; or a paragraph, whose place is a text."""
    return said if all(isinstance(v, dict) for v in said.values()) else _part(OwnParagraph, said)


def _part(model: type[Part], said: dict[str, Any]) -> Part:
    """A part of the file as its model, whose values are known to be right."""
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in said.items()}
    return model.model_construct({*said}, **values)
