"""Load an edition: the facts of the year and all its authorities, with every problem found."""

import errno
import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from generator.edition import yaml_tree
from generator.edition.authority import Authority, authority_model, read_authority
from generator.edition.charts import ChartChecks
from generator.edition.data_files import place_of, valid_parts, validate
from generator.edition.edition import LANGUAGE, Column, Edition, Group, Part, edition_model
from generator.edition.figure_kind import ColumnCheck
from generator.edition.figure_kinds import figure_kinds
from generator.edition.tables import TableChecks
from generator.edition.values import SLUG
from generator.edition.yaml_tree import read_yaml, shown
from generator.files.parts import PART
from generator.problems import (
    Place,
    Problem,
    collapse_repeats,
    did_you_mean,
    first_of,
    system_message,
    warning,
)
from generator.workspace import EditionFolders

RESERVED_GROUPS = {
    *("name", "kind", "noun", "addressee"),
    *("inserts", "declines", "formerly", "aliases"),
}
"""Keys of an authority's file, and names of its variables, that no group of figures may take."""

_LONGEST_NONE = 40


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
        self._sections()
        for group in self._groups:
            self._group(group)
        TableChecks(self._groups, self._say).check(self._parts.get("tables", {}))
        ChartChecks(self._groups, self._say).check(self._parts.get("charts", {}))
        if self._groups:
            for group, rule in self._parts.get("usually", {}).items():
                self._expectation(group, rule.at_most)
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
        language = self._parts.get("language", "en")
        try:
            known = str(Locale.parse(language, sep="-")).replace("_", "-")
        except (ValueError, UnknownLocaleError):
            known = ""
        if known != language or not re.fullmatch(LANGUAGE, language):
            message = f'found "{shown(language)}"; expected a language, such as en-GB'
            self._say(message, "language")

    def _sections(self) -> None:
        sections = self._parts.get("sections", [])
        for number, section in enumerate(sections):
            if section in set(Part):
                message = f'"{section}" names a fixed part of the letter; choose another name'
                self._say(message, "sections", number)
        self._listed_once(sections, "sections")

    def _listed_once(self, names: list[str], *at: str | int) -> None:
        for number, name in enumerate(names):
            if name in names[:number]:
                self._say(f'"{name}" is listed twice; remove one', *at, number)

    def _group(self, group: str) -> None:
        file = self._groups[group]
        if group in RESERVED_GROUPS:
            self._say("this name has a meaning of its own; choose another", "figures", group)
        self._printed_as_it_stands(file.title, "figures", group, "title")
        if not self._counts(group):
            message = "no count among them; expected one column or more without sum and percent"
            self._say(message, "figures", group, "columns")
        headers: list[str | None] = [None]
        labels: dict[str, str] = {}
        for name, column in file.by_id.items():
            at = ("figures", group, "columns", name)
            header = column.header_group
            if header is not None and header != headers[-1] and header in headers:
                message = f'the columns under "{shown(header)}" must stand side by side'
                self._say(message, *at, "under")
            headers.append(header)
            first = labels.setdefault(column.label.casefold(), name)
            if first != name:
                self._say(f"the same label as that of {first}; choose another", *at, "label")
            self._column(group, column, at)

    def _column(self, group: str, column: Column, at: tuple[str, ...]) -> None:
        self._printed_as_it_stands(column.label, *at, "label")
        self._printed_as_it_stands(column.header_group or "", *at, "under")
        self._printed_as_it_stands(column.none_said or "", *at, "none")
        kinds = column.kinds
        if len(kinds) > 1:
            both = " and ".join(kind.called for kind in kinds)
            self._say(f"both {both}; expected one of them", *at)
        if column.none_said is not None and not any(kind.is_rate for kind in kinds):
            message = "only a rate (percent, of) can have nothing to be a part of; remove it"
            self._say(message, *at, "none")
        elif len(column.none_said or "") > _LONGEST_NONE:
            message = f"longer than {_LONGEST_NONE} characters; expected words that fit in a cell"
            self._say(message, *at, "none")
        check = ColumnCheck(
            counts=self._counts(group),
            alone=len(kinds) == 1,
            say=lambda message, *keys: self._say(message, *at, *keys),
            known_count=lambda name, *keys: self._known_count(group, name, *at, *keys),
            listed_once=lambda names, *keys: self._listed_once(names, *at, *keys),
        )
        for kind in figure_kinds():
            said = column.said(kind)
            if any(value is not None for value in said.values()):
                kind.check(said, check)

    def _printed_as_it_stands(self, text: str, *at: str) -> None:
        if "{{" in text:
            self._say("placeholders are not filled in here; write the words themselves", *at)

    def _expectation(self, group: str, at_most: str) -> None:
        self._known_group(group, "usually", group)
        other, _, name = at_most.partition(".")
        at = ("usually", group, "at_most")
        if other not in self._groups or not name:
            dotted = [f"{g}.{c}" for g, file in self._groups.items() for c in file.by_id]
            self._say(f'no figure "{shown(at_most)}"{_hint(at_most, dotted)}', *at)
        elif self._known_column(other, name, *at):
            self._no_rate(other, name, *at)

    def _no_rate(self, group: str, name: str, *at: str) -> None:
        for kind in self._groups[group].by_id[name].kinds:
            if kind.is_rate:
                self._say(f"{group}.{name} is {kind.called}; expected a count or a sum", *at)

    def _known_group(self, group: str, *at: str) -> bool:
        if group not in self._groups:
            self._say(f'no group "{shown(group)}"{_hint(group, self._groups)}', *at)
        return group in self._groups

    def _known_column(self, group: str, name: str, *at: str) -> bool:
        columns = self._groups[group].by_id
        if name not in columns:
            self._say(f'{group} has no column "{shown(name)}"{_hint(name, columns)}', *at)
        return name in columns

    def _known_count(self, group: str, name: str, *at: str | int) -> None:
        counts = self._counts(group)
        if name not in counts:
            self._say(f'{group} has no count "{shown(name)}"{_hint(name, counts)}', *at)

    def _counts(self, group: str) -> list[str]:
        columns = self._groups[group].by_id.items()
        return [key for key, column in columns if column.kinds[0].is_given]


def _hint(word: str, known: Iterable[str]) -> str:
    """The known name that is near, or all of them where none is."""
    names = list(known)
    near = did_you_mean(word, names)
    return near or (f"; expected one of {', '.join(names)}" if names else "")


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


def read_edition(folders: EditionFolders) -> tuple[Edition | None, list[Problem]]:
    """Read and check `edition.yaml`; None with every reason where it cannot be used."""
    path, model = folders.edition_file, edition_model()
    tree, problems = read_yaml(path)
    if tree is None:
        return None, problems
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
