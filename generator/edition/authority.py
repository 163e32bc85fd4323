"""An authority: to whom its letter goes, its figures and the inserts it chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.edition import yaml_tree
from generator.edition.authority_file import AddresseeFile, AuthorityFile
from generator.edition.edition import Edition, Group
from generator.edition.edition_file import FileModel
from generator.edition.explain import place_of, valid_parts, validate
from generator.edition.figures import Figure, check_stated, work_out
from generator.edition.yaml_tree import read_yaml
from generator.problems import Place, Problem


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

    def missing(self) -> list[Figure]:
        """The counts that are not yet supplied."""
        return [
            figure
            for figures in self.figures.values()
            for figure in figures
            if figure.column.kind.is_given and not figure.supplied
        ]


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
