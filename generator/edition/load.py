"""Load an edition: the facts of the year and all its authorities, with every problem found."""

import errno
import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.edition import yaml_tree
from generator.edition.authority import Authority, authority_model, read_authority
from generator.edition.averages_file import GivenAverages, read_averages
from generator.edition.charts import ChartChecks
from generator.edition.comparators import wrong_comparators
from generator.edition.comparisons import Comparisons, EarlierYear
from generator.edition.data_files import place_of, valid_parts, validate
from generator.edition.definitions import hint, repeated, wrong_definitions
from generator.edition.edition import Edition, Group, Part, edition_model
from generator.edition.fixed_words import PLURAL_FORMS
from generator.edition.formats import plural_forms
from generator.edition.languages import in_language, languages_listed, not_a_language
from generator.edition.tables import TableChecks
from generator.edition.values import SLUG
from generator.edition.yaml_tree import read_yaml, shown
from generator.files.parts import PART
from generator.problems import (
    Place,
    Problem,
    collapse_repeats,
    first_of,
    system_message,
    warning,
)
from generator.workspace import EditionFolders


class EditionChecks:
    """Checks an edition's parts, by key; a part that is not there, or not in order, is left out."""

    def __init__(self, parts: Mapping[str, Any], tree: yaml_tree.YamlMapping, path: Path) -> None:
        self._parts = parts
        self._groups: Mapping[str, Group] = parts.get("figures", {})
        self._tree = tree
        self._path = path
        self._found: list[Problem] = []

    def problems(self, year: int) -> list[Problem]:
        """All that does not fit, in an edition whose folder is named by `year`."""
        if self._parts.get("year", year) != year:
            self._say(f"found {self._parts['year']}; expected {year}, as its folder says", "year")
        self._language()
        self._plurals()
        self._sections()
        is_wrong = "comparators" in self._tree.entries and "comparators" not in self._parts
        comparators = None if is_wrong else self._parts.get("comparators", {})
        TableChecks(self._groups, comparators, self._say).check(self._parts.get("tables", {}))
        ChartChecks(self._groups, comparators, self._say).check(self._parts.get("charts", {}))
        if self._groups:
            for message, steps in wrong_definitions(self._groups):
                self._say(message, *steps)
            for group, rule in self._parts.get("usually", {}).items():
                self._expectation(group, rule.at_most)
            kinds, year = self._parts.get("kinds", {}), self._parts.get("year", year)
            for message, steps in wrong_comparators(comparators or {}, kinds, year):
                self._say(message, *steps)
            for group, figures in self._parts.get("national", {}).items():
                if self._known_group(group, "national", group):
                    for column in figures:
                        at = ("national", group, column)
                        if self._known_column(group, column, *at):
                            self._no_rate(group, column, *at)
        return self._found

    def _say(self, message: str, *steps: str | int) -> None:
        where = ".".join(str(s + 1) if isinstance(s, int) else s for s in steps)
        place = place_of(self._tree, self._path, *steps)
        self._found.append(Problem(place, message, shown(where)))

    def _language(self) -> None:
        if message := not_a_language(self._parts.get("language", "en")):
            self._say(message, "language")

    def _plurals(self) -> None:
        """Each noun needs each form of the language, and no other."""
        words, language = self._parts.get("words"), self._parts.get("language")
        if words is None or self._found or not language:
            return
        known = plural_forms(language)
        expected = f"{language} has {', '.join(f for f in PLURAL_FORMS if f in known)}"
        for noun, forms in words.plurals.items():
            at = ("words", "plurals", noun)
            for form in forms.keys() - known:
                self._say(f"there is no such form; {expected}", *at, form)
            for form in (f for f in PLURAL_FORMS if f in known - forms.keys()):
                self._say(f'"{form}" is missing; {expected}', *at)

    def _sections(self) -> None:
        sections = self._parts.get("sections", [])
        for number, section in enumerate(sections):
            if section in set(Part):
                message = f'"{section}" names a fixed part of the letter; choose another name'
                self._say(message, "sections", number)
        for number in repeated(sections):
            self._say(f'"{sections[number]}" is listed twice; remove one', "sections", number)

    def _expectation(self, group: str, at_most: str) -> None:
        self._known_group(group, "usually", group)
        other, _, name = at_most.partition(".")
        at = ("usually", group, "at_most")
        if other not in self._groups or not name:
            dotted = [f"{g}.{c}" for g, file in self._groups.items() for c in file.by_id]
            self._say(f'no figure "{shown(at_most)}"{hint(at_most, dotted)}', *at)
        elif self._known_column(other, name, *at):
            self._no_rate(other, name, *at)

    def _no_rate(self, group: str, name: str, *at: str) -> None:
        for kind in self._groups[group].by_id[name].kinds:
            if not kind.adds_up:
                self._say(f"{group}.{name} is {kind.called}; expected a count or a sum", *at)

    def _known_group(self, group: str, *at: str) -> bool:
        if group not in self._groups:
            self._say(f'no group "{shown(group)}"{hint(group, self._groups)}', *at)
        return group in self._groups

    def _known_column(self, group: str, name: str, *at: str) -> bool:
        columns = self._groups[group].by_id
        if name not in columns:
            self._say(f'{group} has no column "{shown(name)}"{hint(name, columns)}', *at)
        return name in columns


_LITTER = re.compile(rf"\.#.*|\..*\.sw[a-p]|.*~|~\$.*|\.DS_Store|{PART.pattern}")
"""What editors, file managers and we leave behind, and no person wrote."""


def names_in(folder: Path, *, optional: bool = False) -> tuple[list[str] | None, list[Problem]]:
    """The names in a folder, without the litter of editors; None, and why, if it cannot be read.

    A folder that is not there has none when it is `optional`; a link that leads nowhere is an error
    all the same.
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        if optional and isinstance(error, FileNotFoundError) and not folder.is_symlink():
            return [], []
        return None, [Problem(Place(folder), _why(error, folder))]
    return [name for name in names if not _LITTER.fullmatch(name)], []


def _why(error: OSError, folder: Path) -> str:
    if isinstance(error, FileNotFoundError):
        return (
            "a link to a folder that is not there; mend the link, or put the folder here"
            if folder.is_symlink()
            else "no such folder; make it, or bring it back"
        )
    if isinstance(error, NotADirectoryError):
        return "a file, not a folder; move it elsewhere and make a folder of this name"
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself; remove it and put the folder here"
    return f"the folder cannot be read: {system_message(error)}"


def files_in(
    folder: Path, endings: Sequence[str], what: str, *, optional: bool = False
) -> tuple[dict[str, Path] | None, list[Problem]]:
    """The files with the first of these endings, by name without it, in alphabetical order.

    None where the folder cannot be read. A file whose name holds any of the endings was probably
    meant to be read, and a folder may hold such files: both are errors. Anything else is a warning.
    `what` says what such a file is not.
    """
    names, problems = names_in(folder, optional=optional)
    if names is None:
        return None, problems
    ending = endings[0]
    meant = re.compile(f"[.~]*(.*?)({'|'.join(map(re.escape, endings))}).*", re.IGNORECASE)
    files: dict[str, Path] = {}
    for name in names:
        path = folder / name
        found = meant.fullmatch(name)
        if name.endswith(ending) and not name.startswith((".", "~")):
            files[name.removesuffix(ending)] = path
        elif os.path.isdir(path):  # noqa: PTH112 - it never raises, whatever it may not see
            message = f"a folder: nothing in it is read; move its files into {folder.name} itself"
            problems.append(Problem(Place(path), message))
        elif found:
            right = f"{found[1] or 'its-name'}{ending}"
            taken = f"{right} is there, too; keep one of them and move the other elsewhere"
            message = f"not read: {taken if right in names else f'rename it to {right}'}"
            problems.append(Problem(Place(path), message))
        else:
            message = f"not read: {what} ({ending}); move it elsewhere"
            problems.append(warning(Place(path), message, kind="not-read"))
    return dict(sorted(files.items())), problems


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
    tree, more = in_language(tree, path, model, list(listed), chosen)
    problems += more
    if chosen:
        tree.entries["language"] = listed[chosen]
    edition, more = validate(model, tree, path)
    problems += more
    parts = valid_parts(model, tree, edition)
    problems += EditionChecks(parts, tree, path).problems(folders.year)
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
) -> Data:
    """Read `edition.yaml` and all authorities' files; the problems of all of them in one go.

    Of `only` these authorities, by slug, where somebody waits for one letter: then what needs all
    of them (two with one name) is not looked for; all the same, all are read where an average is
    worked out over them. `years` has the figures of other years, where they are needed. All texts
    are those of one language, the first unless said.
    """
    edition, problems = read_edition(folders, language)
    files, more = _authority_files(folders.authorities)
    problems += more
    if edition is None:  # what can be said of the authorities' files without it
        for path in _chosen(files, only).values():
            problems += read_yaml(path)[1]
        return Data(None, {}, files, collapse_repeats(problems))
    if any(comparator.is_worked_out for comparator in edition.comparators.values()):
        only = None
    model = authority_model(edition)
    authorities = {}
    for slug, path in _chosen(files, only).items():
        authority, more = read_authority(path, edition, model)
        problems += more
        if authority is not None:
            authorities[slug] = authority
    problems += _same_names(authorities)
    given, more = _given_averages(folders, edition)
    problems += more
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
            given[name], more = read_averages(path, edition, comparator)
            problems += more
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
                "the file's name names the letter: expected small letters a-z, digits and "
                "hyphens, such as anyplace-council.yaml"
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
