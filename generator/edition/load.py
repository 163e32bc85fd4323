"""Load an edition: the facts of the year and all its authorities, with every problem found."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from generator.edition.authority import Authority, authority_model, read_authority
from generator.edition.averages_file import GivenAverages, read_averages
from generator.edition.comparisons import Comparisons, EarlierYear
from generator.edition.data_files import place_of, valid_parts, validate, where_of
from generator.edition.definitions import wrong_edition
from generator.edition.edition import Edition, edition_model
from generator.edition.languages import in_language, languages_listed
from generator.edition.remembered_authority import RememberedAuthority, restored
from generator.edition.source_text import files_in
from generator.edition.values import SLUG
from generator.edition.yaml_tree import read_yaml
from generator.problems import (
    Place,
    Problem,
    collapse_repeats,
    first_of,
    noting,
)
from generator.workspace import EditionFolders


def read_edition(
    folders: EditionFolders, language: str | None = None
) -> tuple[Edition | None, list[Problem]]:
    """Read and check `edition.yaml`; None with every reason where it cannot be used.

    As it reads in one of its languages, the first unless said.
    """
    path, model = folders.edition_file, edition_model()
    tree, problems = read_yaml(path)
    if tree is None:
        return None, problems
    listed, more = languages_listed(tree, path)
    if more:  # of texts in them nothing can be said
        return None, [*problems, *more]
    chosen = language if language in listed else next(iter(listed), "")
    tree = noting(problems, in_language(tree, path, model, list(listed), chosen))
    if chosen:
        tree.entries["language"] = listed[chosen]
    edition = noting(problems, validate(model, tree, path))
    parts = valid_parts(model, tree, edition)
    problems += [
        Problem(place_of(tree, path, *steps), message, where_of(steps))
        for message, steps in wrong_edition(parts, tree.entries.keys(), folders.year)
    ]
    return (None, sorted(problems)) if problems else (edition, [])


@dataclass(frozen=True)
class Data:
    """What `data/<year>` holds, as far as it could be read."""

    edition: Edition | None
    authorities: Mapping[str, Authority]
    """By slug, in alphabetical order; those whose file has an error are missing here."""
    files: Mapping[str, Path]
    """By slug, every authority's file, readable or not."""
    problems: list[Problem]
    comparisons: Comparisons | None = None
    """With what the figures are compared; None without an edition."""


def load_data(
    folders: EditionFolders,
    only: Collection[str] | None = None,
    years: Mapping[int, EarlierYear] | None = None,
    language: str | None = None,
    known: Mapping[str, RememberedAuthority] = MappingProxyType({}),
) -> Data:
    """Read `edition.yaml` and all authorities' files; the problems of all of them in one go.

    Of `only` these authorities, by slug, where somebody waits for one letter: then what needs all
    of them (two with one name) is not looked for; all the same, all are read where an average is
    worked out over them. `years` has the figures of other years, where they are needed. All texts
    are those of one language, the first unless said. Of those `known`, the files are as they were
    read before, and the edition, too.
    """
    edition, problems = read_edition(folders, language)
    files = noting(problems, _authority_files(folders.authorities))
    if edition is None:  # what can be said of the authorities' files without it
        for path in _chosen(files, only).values():
            problems += read_yaml(path)[1]
        return Data(None, {}, files, collapse_repeats(problems))
    if any(comparator.is_worked_out for comparator in edition.comparators.values()):
        only = None
    model = authority_model(edition)
    authorities = {}
    for slug, path in _chosen(files, only).items():
        if slug in known:
            authorities[slug] = restored(known[slug], path, edition, model)
            continue
        authority = noting(problems, read_authority(path, edition, model))
        if authority is not None:
            authorities[slug] = authority
    problems += _same_names(authorities)
    given = noting(problems, _given_averages(folders, edition))
    comparisons = Comparisons(edition, authorities, files, given, years)
    for authority in authorities.values():
        authority.compare(comparisons.figures(authority))
    problems += comparisons.problems()
    return Data(edition, authorities, files, collapse_repeats(problems), comparisons)


def _given_averages(
    folders: EditionFolders, edition: Edition
) -> tuple[dict[str, GivenAverages], list[Problem]]:
    """The published averages, by comparator."""
    given: dict[str, GivenAverages] = {}
    problems: list[Problem] = []
    for name, comparator in edition.comparators.items():
        if comparator.given is not None:
            path = folders.data / comparator.given
            given[name] = noting(problems, read_averages(path, edition, comparator))
    return given, problems


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
                "the file name is also the letter's name: expected lower-case letters a-z, "
                "digits and hyphens, such as anyplace-council.yaml"
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
            message = (
                f'"{authority.name}" is also the name in {said}; keep one file for each authority'
            )
            problems.append(Problem(authority.place("name"), message, "name"))
    return problems
