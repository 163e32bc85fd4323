"""An authority of another name: its file and all that an edition says of it by its old one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic_core import PydanticCustomError

from generator.checks.confirmed_file import confirmed_text, digest_of, where_of
from generator.edition.authority import Authority
from generator.edition.edit_yaml import Added, edit_bytes, quote_scalar, splice_yaml
from generator.edition.origins import origins_file, origins_json, read_origins
from generator.edition.predecessors import own_slugs
from generator.edition.source_text import names_in
from generator.edition.values import check_line, slug_of
from generator.edition.yaml_tree import YamlMapping, read_yaml
from generator.files.bounded_read import Sort, read_bytes
from generator.files.parts import Content
from generator.problems import Place, counted
from generator.project.load_edition import LoadedEdition
from generator.workspace import EditionFolders, UsageError


@dataclass(frozen=True)
class Renaming:
    """What a new name changes in an edition's data."""

    old: str
    """The slug of before."""
    new: str
    old_name: str
    alias: bool
    formerly: bool
    figures: int
    """Those whose origins follow."""
    confirmed: int
    """The confirmations that follow."""
    others: Mapping[str, str]
    """By language, the names that it has in others, and keeps."""
    contents: Mapping[Path, Content]
    """The files as they will be; None for one that goes."""

    def rows(self, shown: Callable[[str], str]) -> list[tuple[str, str]]:
        """What changes, each with its name; `shown` names the file of a slug for the reader."""
        said = []
        if self.new != self.old:
            said.append(("file", f"{shown(self.old)} is now {shown(self.new)}"))
        said += [("name", f"still {name} in {language}") for language, name in self.others.items()]
        if self.alias:
            said.append(("aliases", self.old_name))
        if self.formerly:
            said.append(("formerly", self.old))
        if self.figures:
            said.append(("origins", f"{counted(self.figures, 'figure')} moved"))
        if self.confirmed:
            said.append(("confirmed", f"{counted(self.confirmed, 'entry', 'entries')} moved"))
        return said


def plan_renaming(loaded: LoadedEdition, slug: str, name: str) -> Renaming:
    """What is to be written for an authority of a new name.

    Its file is named after that, the old name becomes an alias and the old file's name one that it
    had formerly, unless last year's edition has none of that name. Raises `UsageError` where the
    name cannot be had, `SpliceError` where the file cannot be changed in place, and `OSError`.
    """
    authority = loaded.data.authorities[slug]
    new = _slug_to_be(loaded, authority, name)
    path = loaded.folders.authorities / f"{new}.yaml"
    moved = new != slug
    alias = authority.name not in authority.aliases
    formerly = moved and slug not in authority.formerly and _may_have_had(loaded.folders, slug)
    added = [_added(authority, "aliases", quote_scalar(authority.name))] if alias else []
    added += [_added(authority, "formerly", slug)] if formerly else []
    content = edit_bytes(
        read_bytes(authority.path, Sort.TEXT),
        lambda text: splice_yaml(
            text, {_name_steps(authority, loaded): quote_scalar(name)}, added=added
        ),
    )
    contents: dict[Path, Content] = {path: content}
    figures = confirmed = 0
    if moved:
        figures, more = _origins(loaded.folders, slug, new)
        contents |= more
        confirmed, more = _confirmed(loaded, authority.path, path)
        contents |= more
        contents[authority.path] = None
    return Renaming(
        slug,
        new,
        authority.name,
        alias,
        formerly,
        figures,
        confirmed,
        {
            loaded.editions[letter].language: loaded.authorities[letter].name
            for letter in loaded.letters_of(slug)[1:]
            if letter in loaded.authorities and len(_name_steps(authority, loaded)) > 1
        },
        contents,
    )


def _name_steps(authority: Authority, loaded: LoadedEdition) -> tuple[str, ...]:
    """The keys that lead to its name, in the edition's first language where it has several."""
    tree, _ = read_yaml(authority.path)
    if tree is None or loaded.edition is None or not isinstance(tree.entries["name"], YamlMapping):
        return ("name",)
    return "name", loaded.edition.language


def _slug_to_be(loaded: LoadedEdition, authority: Authority, name: str) -> str:
    try:
        check_line(name)
    except PydanticCustomError as error:
        raise UsageError(f'The new name "{name}": {error.message()}.') from error
    new = slug_of(name)
    if not new:
        raise UsageError(f'The new name "{name}" has no letters a-z for a file name.')
    if name == authority.name:
        raise UsageError(f"{authority.slug} already has this name.")
    if name in authority.aliases:
        raise UsageError(f"{name} is an alias of {authority.slug}; remove it from aliases first.")
    for other in loaded.data.authorities.values():
        if other.slug != authority.slug and new in own_slugs(other):
            raise UsageError(
                f"{name} is {other.slug}, by name, file or alias; nothing was renamed."
            )
    taken = names_in(loaded.folders.authorities)[0] or []
    if new != authority.slug and any(Path(each).stem.casefold() == new for each in taken):
        raise UsageError(f"The file {new}.yaml already exists; nothing was renamed.")
    return new


def _may_have_had(folders: EditionFolders, slug: str) -> bool:
    """Whether last year's authority may have had this slug; what is not known may be."""
    then = EditionFolders(folders.workspace, folders.year - 1)
    return not then.edition_file.exists() or (then.authorities / f"{slug}.yaml").exists()


def _added(authority: Authority, key: str, value: str) -> Added:
    if key in authority.tree.entries:
        return Added((key,), "", value)
    return Added((), key, f"[{value}]")


def _origins(folders: EditionFolders, old: str, new: str) -> tuple[int, dict[Path, Content]]:
    origins, _ = read_origins(folders)
    if old not in origins.figures:
        return 0, {}
    figures = {new if slug == old else slug: cells for slug, cells in origins.figures.items()}
    content = origins_json(replace(origins, figures=figures))
    return len(origins.figures[old]), {origins_file(folders): content}


def _confirmed(loaded: LoadedEdition, old: Path, new: Path) -> tuple[int, dict[Path, Content]]:
    """What was confirmed of a file is confirmed of the same in its new place."""
    now: dict[str, dict[str, str]] = {}
    for problem in loaded.confirmed:
        if problem.place.path == old:
            there = replace(problem, place=Place(new))
            now[digest_of(problem, loaded.folders)] = {
                "where": where_of(there, loaded.folders),
                "digest": digest_of(there, loaded.folders),
            }
    if not now:
        return 0, {}
    entries = [e.model_copy(update=now.get(e.digest, {})) for e in loaded.confirmations]
    return len(now), {loaded.folders.confirmed_file: confirmed_text(entries).encode()}
