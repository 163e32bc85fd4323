"""Load an edition: the facts of the year and all its authorities, with every problem found."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.edition.authority import Authority, read_authority
from generator.edition.authority_file import authority_model
from generator.edition.edition import Edition, read_edition
from generator.edition.folder import files_in
from generator.edition.values import SLUG
from generator.edition.yaml_tree import read_yaml
from generator.messages import collapse_repeats, first_of
from generator.problems import Place, Problem
from generator.workspace import EditionFolders


@dataclass(frozen=True)
class Data:
    """What `data/<year>` holds, as far as it could be read."""

    edition: Edition | None
    authorities: Mapping[str, Authority]
    """By slug, in alphabetical order; those whose file has an error are missing here."""
    files: Mapping[str, Path]
    """By slug, every authority's file, readable or not."""
    problems: list[Problem]


def load_data(folders: EditionFolders, only: Collection[str] | None = None) -> Data:
    """Read `edition.yaml` and all authorities' files; the problems of all of them in one go.

    Of `only` these authorities, by slug, where somebody waits for one letter: then what needs all
    of them (two with one name) is not looked for.
    """
    edition, problems = read_edition(folders)
    files, more = _authority_files(folders.authorities)
    problems += more
    if edition is None:  # what can be said of the authorities' files without it
        for path in _chosen(files, only).values():
            problems += read_yaml(path)[1]
        return Data(None, {}, files, collapse_repeats(problems))
    model = authority_model(edition)
    authorities = {}
    for slug, path in _chosen(files, only).items():
        authority, more = read_authority(path, edition, model)
        problems += more
        if authority is not None:
            authorities[slug] = authority
    problems += _same_names(authorities)
    return Data(edition, authorities, files, collapse_repeats(problems))


def _chosen(files: Mapping[str, Path], only: Collection[str] | None) -> Mapping[str, Path]:
    return files if only is None else {slug: files[slug] for slug in only if slug in files}


def _authority_files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """The authorities' files by slug; whatever else lies there is reported, never overlooked."""
    found, problems = files_in(folder, (".yaml", ".yml"), "not an authority's file")
    if not found and not problems:
        problems.append(Problem(Place(folder), "no authority's file here (.yaml)"))
    files = {}
    for slug, path in (found or {}).items():
        if re.fullmatch(SLUG, slug):
            files[slug] = path
        else:
            message = (
                "the file's name names the letter: expected small letters a-z, digits and "
                "hyphens, such as luton-borough-council.yaml"
            )
            problems.append(Problem(Place(path), message))
    return files, problems


MOST_NAMED = 12


def _same_names(authorities: Mapping[str, Authority]) -> list[Problem]:
    """Two files for one authority: both are wrong until a person says which."""
    by_name: dict[str, list[Authority]] = {}
    for authority in authorities.values():
        key = authority.name.replace("’", "'").casefold()
        by_name.setdefault(key, []).append(authority)
    problems = []
    for same in by_name.values():
        named = [authority.path.name for authority in same[: MOST_NAMED + 1]]
        for authority in same if len(same) > 1 else ():
            others = [name for name in named if name != authority.path.name][:MOST_NAMED]
            said = first_of(others, MOST_NAMED, len(same) - 1)
            message = f'"{authority.name}" is also the name in {said}; an authority has one file'
            problems.append(Problem(authority.place("name"), message, "name"))
    return problems
