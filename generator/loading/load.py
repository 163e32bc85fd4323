"""Load an edition: the facts of the year and all its authorities, with every problem found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.loading.authority import Authority, read_authority
from generator.loading.authority_file import authority_model
from generator.loading.edition import Edition, read_edition
from generator.loading.values import SLUG
from generator.loading.yaml_tree import read_yaml
from generator.problems import Place, Problem, Severity
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


def load_data(folders: EditionFolders) -> Data:
    """Read `edition.yaml` and all authorities' files; the problems of all of them in one go."""
    edition, problems = read_edition(folders)
    files, more = _authority_files(folders.authorities)
    problems += more
    if edition is None:  # what can be said of the authorities' files without it
        for path in files.values():
            problems += read_yaml(path)[1]
        return Data(None, {}, files, problems)
    model = authority_model(edition)
    authorities = {}
    for slug, path in files.items():
        authority, more = read_authority(path, edition, model)
        problems += more
        if authority is not None:
            authorities[slug] = authority
    problems += _same_names(authorities)
    return Data(edition, authorities, files, problems)


def _authority_files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """The authorities' files by slug; whatever else lies there is reported, never overlooked."""
    files: dict[str, Path] = {}
    problems = []
    try:
        found = sorted(folder.iterdir(), key=lambda path: path.stem)
    except OSError as error:
        return {}, [Problem(Place(folder), f"cannot be read: {error.strerror}")]
    for path in found:
        if path.name.startswith((".", "~")) or path.name.endswith("~"):
            continue
        if path.suffix != ".yaml" and path.suffix.lower() in {".yaml", ".yml"}:
            message = f"not read: rename it to {path.stem}.yaml"
            problems.append(Problem(Place(path), message))
        elif path.suffix != ".yaml":
            message = "not read: not an authority's file (.yaml); move it elsewhere"
            problems.append(Problem(Place(path), message, severity=Severity.WARNING))
        elif not re.fullmatch(SLUG, path.stem):
            message = (
                "the file's name names the letter: expected small letters a-z, digits and "
                "hyphens, such as luton-borough-council.yaml"
            )
            problems.append(Problem(Place(path), message))
        else:
            files[path.stem] = path
    if not files and not problems:
        problems.append(Problem(Place(folder), "no authority's file here (.yaml)"))
    return files, problems


def _same_names(authorities: Mapping[str, Authority]) -> list[Problem]:
    """Two files for one authority: both are wrong until a person says which."""
    by_name: dict[str, list[Authority]] = {}
    for authority in authorities.values():
        key = authority.name.replace("’", "'").casefold()
        by_name.setdefault(key, []).append(authority)
    problems = []
    for same in by_name.values():
        for authority in same if len(same) > 1 else ():
            others = ", ".join(other.path.name for other in same if other is not authority)
            message = f'"{authority.name}" is also the name in {others}; an authority has one file'
            problems.append(Problem(authority.place("name"), message, "name"))
    return problems
