"""The files of one year as those of another begin: dates moved on, figures not yet supplied."""

import datetime
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.edition.authority import Authority, ChosenInsert
from generator.edition.edit_yaml import SpliceError, Steps, edit_bytes, splice_yaml
from generator.edition.edition import Edition
from generator.edition.load import Data, load_data, names_in
from generator.edition.schemas import schema_files
from generator.edition.yaml_tree import shown
from generator.files.bounded_read import Sort, read_bytes
from generator.files.parts import Content
from generator.letter.variables import vocabulary
from generator.letter.wording import Wording, load_wording
from generator.problems import Place, Problem, errors
from generator.white_space import single_spaced
from generator.workspace import EditionFolders, UsageError

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
        if not is_insert or path.stem in by_rule:
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
                f"{name} is there already, and nothing is ever overwritten; "
                f"rename or remove it if edition {year} is to be started anew."
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
    if wrong:
        return None, sorted(wrong)
    files, problems = data_files(data, data.edition, year)
    if problems:
        return None, problems
    by_rule = {name for name, insert in wording.inserts.items() if insert.rule}
    left_out = _inserts_left_out(wording, by_rule)
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


def _inserts_left_out(wording: Wording, by_rule: set[str]) -> list[LeftOut]:
    return [
        LeftOut(Place(path), "an insert that no rule places, only authorities by name")
        for name, path in wording.insert_files.items()
        if name not in by_rule
    ]


def edition_contents(new: NewEdition) -> dict[Path, Content]:
    """The files and folders of a new edition; its data come last of those that make it one."""
    edition = new.before.model_copy(update={"year": new.folders.year})
    schemas = schema_files(new.folders.workspace, edition)
    return {
        **{path: text.encode() for path, text in schemas.items()},
        new.folders.templates: new.templates,
        new.folders.data: new.data,
    }
