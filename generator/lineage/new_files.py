"""The files that a workspace or an edition begins with: an example's, or those of another year."""

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.edition.authority import Authority, ChosenInsert
from generator.edition.edit_yaml import SpliceError, edit_bytes, splice_yaml
from generator.edition.edition import Edition
from generator.edition.languages import whose
from generator.edition.load import Data, load_data, read_edition
from generator.edition.schemas import schema_files
from generator.edition.source_text import names_in
from generator.edition.yaml_splices import Steps
from generator.edition.yaml_tree import shown
from generator.files.bounded_read import Sort, read_bytes
from generator.files.parts import Content
from generator.letter.variables import vocabulary
from generator.letter.wording import load_wording
from generator.plain_text import single_spaced
from generator.problems import Place, Problem, did_you_mean, errors
from generator.workspace import (
    BASE_TEMPLATES,
    EXAMPLES,
    EditionFolders,
    UsageError,
    Workspace,
    example_names,
)

_ASSETS = Path(__file__).parent.parent / "assets"
_FIRST_LETTER = _ASSETS / "first-letter"
"""A workspace of one letter, dated so long ago that its dates stand for those of today."""
_ITS_YEAR, _ITS_LETTER_DATE, _ITS_PERIOD_END = "2001", "2001-07-16", "2001-03-31"
_LITTER = "__pycache__"


@dataclass(frozen=True)
class NewWorkspace:
    """All files of a workspace that is to be, by path from its folder, with slashes."""

    newest_year: int
    files: Mapping[str, bytes]

    def contents(self, folder: Path) -> dict[Path, Content]:
        """The files and folders to write into a folder; the data, which make it one, come last."""
        contents: dict[Path, Content] = {}
        tops = {path.partition("/")[0] for path in self.files}
        for name in sorted(tops, key=lambda name: (name == "data", name)):
            inside = {
                path.removeprefix(f"{name}/"): content
                for path, content in self.files.items()
                if path.startswith(f"{name}/")
            }
            contents[folder / name] = inside or self.files[name]
        return contents


_IGNORED = b"""\
# Made again whenever it is needed
/output/
/public/
# May identify people
/enclosures/
/mail/
"""


def plan_workspace(
    example: str | None, today: datetime.date, *, with_templates: bool = False
) -> NewWorkspace:
    """Work out the files of an example, or, without one, of a first letter of this year.

    Raises `UsageError` where there is no such example, and `OSError` where a file cannot be read.
    """
    if example is None:
        source = Workspace(_FIRST_LETTER)
        dates = _dates(today)
    elif example in example_names():
        source = Workspace(EXAMPLES / example)
        dates = {}
    else:
        names = example_names()
        known = f"; available: {', '.join(names)}" if names[1:] else f"; available: {names[0]}"
        hint = did_you_mean(example, names) or f"{known}."
        raise UsageError(f'No example "{example}"{hint}')
    files = {
        _dated(path.relative_to(source.folder).as_posix(), dates): read_bytes(path, Sort.PICTURE)
        for path in sorted(source.folder.rglob("*"))
        if path.is_file() and _LITTER not in path.parts
    }
    if dates:
        files = {name: _dated(text.decode(), dates).encode() for name, text in files.items()}
    files |= _schemas(source, dates)
    files[".gitignore"] = _IGNORED
    if with_templates:
        files |= {
            f"templates/{path.name}": read_bytes(path, Sort.TEXT)
            for path in sorted(BASE_TEMPLATES.iterdir())
        }
    return NewWorkspace(max(map(int, (_dated(str(y), dates) for y in source.years()))), files)


def _dates(today: datetime.date) -> dict[str, str]:
    """What stands for the dates of the first letter: a working day, and the end of March before."""
    weekend = max(today.weekday() - 4, 0)
    day = today + datetime.timedelta(days=3 - weekend if weekend else 0)
    end = datetime.date(day.year, 3, 31)
    if end >= day:
        end = end.replace(year=day.year - 1)
    return {
        _ITS_LETTER_DATE: day.isoformat(),
        _ITS_PERIOD_END: end.isoformat(),
        _ITS_YEAR: str(day.year),
    }


def _dated(text: str, dates: Mapping[str, str]) -> str:
    for old, new in dates.items():
        text = text.replace(old, new)
    return text


def _schemas(source: Workspace, dates: Mapping[str, str]) -> dict[str, bytes]:
    """The schemas with which an editor knows the keys of each edition."""
    found: dict[str, bytes] = {}
    for year in source.years():
        edition, problems = read_edition(source.edition(year))
        if edition is None:
            raise ValueError(f"the program's own workspace has mistakes: {problems}")
        edition = edition.model_copy(update={"year": int(_dated(str(year), dates))})
        for path, text in schema_files(source, edition).items():
            found[path.relative_to(source.folder).as_posix()] = text.encode()
    return found


NOT_SUPPLIED = "null"


@dataclass(frozen=True)
class LeftOut:
    """Something of the year before that the new edition begins without, and why."""

    place: Place
    what: str


def move_date(date: datetime.date, years: int) -> datetime.date:
    """The same day so many years on; 29 February is the 28th where there is none."""
    try:
        return date.replace(year=date.year + years)
    except ValueError:
        return date.replace(year=date.year + years, day=28)


def edition_text(text: str, before: Edition, year: int) -> str:
    """An `edition.yaml` moved on to `year`; figures of the whole country are not yet supplied.

    Raises `SpliceError` where its text cannot be changed in place.
    """
    years = year - before.year
    values: dict[Steps, str] = {
        ("year",): str(year),
        ("letter_date",): str(move_date(before.letter_date, years)),
        ("period_end",): str(move_date(before.period_end, years)),
    }
    if before.publish_from is not None:
        values["publish_from",] = str(move_date(before.publish_from, years))
    for group, figures in before.national.items():
        values.update({("national", group, column): NOT_SUPPLIED for column in figures})
    return splice_yaml(text, values)


_ONE_YEAR = ("inserts", "declines", "formerly")
"""What an authority's file says of one year's letter alone."""


def authority_text(text: str, before: Edition, year: int) -> str:
    """An authority's file with no figure supplied and no insert chosen, for another year.

    Sums and rates that it states are `null`, too, which leaves them a place to be stated again. The
    line that tells editors the schema names that of the new year. Raises `SpliceError`.
    """
    values: dict[Steps, str] = {(c.group, c.id): NOT_SUPPLIED for c in before.columns()}
    old, new = (f"authority-{number}.schema.json" for number in (before.year, year))
    return "".join(
        line.replace(old, new) if line.lstrip().startswith("# yaml-language-server:") else line
        for line in splice_yaml(text, values, _ONE_YEAR).splitlines(keepends=True)
    )


def left_out_of(authority: Authority) -> list[LeftOut]:
    """What an authority's file of the new year no longer says."""
    left = [LeftOut(chosen.place, f"inserts: {_said(chosen)}") for chosen in authority.inserts]
    left += [LeftOut(place, f"declines: {name}") for name, place in authority.declines.items()]
    for number, slug in enumerate(authority.formerly):
        left.append(LeftOut(authority.place("formerly", number), f"formerly: {slug}"))
    return left


def _said(chosen: ChosenInsert) -> str:
    if chosen.paragraph:
        return f"a paragraph ({shown(single_spaced(chosen.paragraph.text))})"
    given = ", ".join(f"{name}: {value}" for name, value in chosen.values.items())
    return f"{chosen.insert} ({given})" if given else chosen.insert


Files = dict[str, bytes]
"""By path from a folder, with slashes."""


def data_files(data: Data, before: Edition, year: int) -> tuple[Files, list[Problem]]:
    """What `data/<year>` will hold, and which files of the edition before cannot be changed.

    Raises `OSError` where one cannot be read.
    """
    files: Files = {}
    problems = []
    todo = {"edition.yaml": (before.path, edition_text)}
    todo |= {f"authorities/{p.name}": (p, authority_text) for p in data.files.values()}
    for name, (path, change) in todo.items():
        try:
            files[name] = edit_bytes(
                read_bytes(path, Sort.TEXT), partial(change, before=before, year=year)
            )
        except SpliceError as error:
            problems.append(Problem(Place(path), str(error)))
    return files, problems


def wording_files(source: EditionFolders, by_rule: set[str]) -> Files:
    """What `templates/<year>` will hold: all of the edition before but inserts no rule places.

    Raises `OSError` where a file cannot be read.
    """
    files = {}
    for name in _files_below(source.templates):
        path = Path(name)
        is_insert = path.parent.name == source.inserts.name and path.suffix == ".md"
        if not is_insert or whose(path.stem) in by_rule:
            files[name] = read_bytes(source.templates / name, Sort.PICTURE)
    return files


def _files_below(folder: Path, before: str = "") -> list[str]:
    """The files in a folder and in those within it, without the litter of editors."""
    found = []
    for name in names_in(folder)[0] or []:
        if (folder / name).is_dir():
            found += _files_below(folder / name, f"{before}{name}/")
        elif (folder / name).is_file():
            found.append(f"{before}{name}")
    return found


@dataclass(frozen=True)
class NewEdition:
    """A new edition as it will be written."""

    folders: EditionFolders
    before: Edition
    letter_date: datetime.date
    period_end: datetime.date
    authorities: int
    data: Files
    templates: Files
    left_out: tuple[LeftOut, ...]


LONGEST_STEP_YEARS = 20


def new_folders(source: EditionFolders, year: int, *, may_be_there: bool = False) -> EditionFolders:
    """Where an edition of `year` would be. Raises `UsageError` where it cannot be started."""
    folders = EditionFolders(source.workspace, year)
    for folder in () if may_be_there else (folders.data, folders.templates):
        if os.path.lexists(folder):
            name = folder.relative_to(source.workspace.folder).as_posix()
            raise UsageError(
                f"{name} already exists; "
                f"rename or remove it if edition {year} is to be started again."
            )
    if not source.year < year <= source.year + LONGEST_STEP_YEARS:
        raise UsageError(
            f"{year} cannot be started from {source.year}; expected a later year, such as "
            f"{source.year + 1}, or an earlier edition to start from (--from YEAR)."
        )
    return folders


def plan_edition(
    source: EditionFolders, year: int, *, may_be_there: bool = False
) -> tuple[NewEdition | None, list[Problem]]:
    """Make the files of a new edition; None where the edition before has errors, which it says.

    Raises `UsageError` where there is an edition of that year, or it would not be a later one, and
    `OSError` where a file cannot be read.
    """
    folders = new_folders(source, year, may_be_there=may_be_there)
    data = load_data(source)
    if data.edition is None:
        return None, data.problems
    wording = load_wording(
        source, data.edition, vocabulary(data.edition), data.authorities.values()
    )
    wrong = errors([*data.problems, *wording.problems])
    for language in data.edition.languages[1:]:
        other = load_data(source, language=language)
        wrong += errors(other.problems)
        if other.edition is not None:
            known, authorities = vocabulary(other.edition), other.authorities.values()
            wrong += errors(load_wording(source, other.edition, known, authorities).problems)
    if wrong:
        return None, sorted({*wrong})
    files, problems = data_files(data, data.edition, year)
    if problems:
        return None, problems
    by_rule = {name for name, insert in wording.inserts.items() if insert.rule}
    not_placed = "an insert that no rule places, only authorities by name"
    others = [path for name, path in wording.insert_files.items() if name not in by_rule]
    left_out = [LeftOut(Place(path), not_placed) for path in others]
    for authority in data.authorities.values():
        left_out += left_out_of(authority)
    templates = wording_files(source, by_rule)
    years = year - source.year
    new = NewEdition(
        folders=folders,
        before=data.edition,
        letter_date=move_date(data.edition.letter_date, years),
        period_end=move_date(data.edition.period_end, years),
        authorities=len(data.authorities),
        data=files,
        templates=templates,
        left_out=tuple(left_out),
    )
    return new, []


def edition_contents(new: NewEdition) -> dict[Path, Content]:
    """The files and folders of a new edition; its data come last of those that make it one."""
    edition = new.before.model_copy(update={"year": new.folders.year})
    schemas = schema_files(new.folders.workspace, edition)
    return {
        **{path: text.encode() for path, text in schemas.items()},
        new.folders.templates: new.templates,
        new.folders.data: new.data,
    }
