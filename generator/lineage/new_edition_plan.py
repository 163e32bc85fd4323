"""The plan of a new edition: every file it will have, and what of the edition before it has not."""

import datetime
import os
from dataclasses import dataclass

from generator.edition.edition import Edition
from generator.edition.load import load_data
from generator.letter.variables import vocabulary
from generator.letter.wording import Wording, load_wording
from generator.lineage.new_edition_texts import Files, data_files, wording_files
from generator.lineage.next_year import LeftOut, left_out_of, move_date
from generator.problems import Place, Problem, errors
from generator.workspace import EditionFolders, UsageError


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
    wording = load_wording(source, data.edition, vocabulary(data.edition))
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
