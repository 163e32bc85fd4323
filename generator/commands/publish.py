"""`letters publish`: the folder for the website, made of what was issued and of nothing else."""

import datetime
from dataclasses import replace
from pathlib import Path

from generator.batch.run import Result
from generator.commands.session import Session
from generator.commands.writing import all_or_none, recover_all
from generator.console import shown_path
from generator.files.transaction import write_all
from generator.issuing.issued_letters import IssuedLetter, last_issues, read_issued
from generator.issuing.register import read_register
from generator.lineage.earlier_years import load_edition
from generator.problems import Place, Problem, counted, errors, noting
from generator.project.load_edition import LoadedEdition
from generator.reports.public_pages import is_public_folder, public_files
from generator.workspace import EditionFolders, UsageError


def publish(session: Session, folder: Path | None, today: datetime.date) -> int:
    """Write the folder, where the day has come and all that goes into it agrees."""
    recover_all(session)
    loaded = load_edition(session.folders)
    edition = loaded.edition
    wrong = errors(loaded.problems)
    if edition is not None:  # what is wrong with a letter's data was no matter when it was issued
        wrong = [each for each in wrong if each.place.path == session.folders.edition_file]
    if edition is None or wrong:
        return session.give_up(wrong, "Nothing was published.")
    if edition.publish_from is None:
        raise UsageError(
            "publish_from is missing in edition.yaml: the day from which letters are public."
        )
    if today < edition.publish_from:
        raise UsageError(
            f"The letters of {edition.year} are not public until {edition.publish_from:%-d %B %Y}; "
            "nothing was published."
        )
    to = folder or session.folders.public
    if not is_public_folder(to):
        raise UsageError(
            f"{shown_path(to)} has files that letters publish did not write; "
            "name another folder: --to FOLDER."
        )
    letters, problems = _all_letters(loaded)
    published = {each.slug for each in letters if each.year == edition.year}
    results = [
        Result(slug, "published") if slug in published else Result(slug, "failed", "not issued")
        for slug in loaded.slugs
        if slug not in loaded.without_letter
    ]
    unissued = [result for result in results if result.status == "failed"]
    session.say_undone("not published", unissued, len(results))
    midnight = datetime.datetime.combine(edition.letter_date, datetime.time())
    files, findings = public_files(edition.year, letters, midnight)
    problems += [Problem(Place(to), finding) for finding in findings]
    session.console.problems(problems)
    if problems or not files:
        session.console.result("Nothing was published.")
        return session.report(problems, results=results)
    contents: dict[Path, bytes | None] = {to / name: content for name, content in files.items()}
    ours = [*to.glob("letters/*.pdf"), *to.glob("letters/*.html"), *to.glob("authorities/*.html")]
    contents |= {path: None for path in ours if path not in contents and path.is_file()}
    with all_or_none(to, "Nothing was published."):
        write_all(contents)
    number = len(results) - len(unissued)
    session.console.result(f"{counted(number, 'letter')} in {shown_path(to)}; open index.html.")
    return session.report(problems, results=results)


def _all_letters(loaded: LoadedEdition) -> tuple[list[IssuedLetter], list[Problem]]:
    """The letters that were issued, of this year and of those before it, as last registered."""
    found: list[IssuedLetter] = []
    problems: list[Problem] = []
    folders = loaded.folders
    years = {int(path.name) for path in folders.issued.parent.glob("[0-9][0-9][0-9][0-9]")}
    for year in sorted(each for each in years if each <= folders.year):
        of_year = EditionFolders(folders.workspace, year)
        register = read_register(of_year)
        problems += register.problems
        for slug, issue in last_issues(register, loaded, of_year).items():
            letter = noting(problems, read_issued(of_year, issue))
            if letter is not None:
                found.append(replace(letter, slug=slug))
    return found, problems
