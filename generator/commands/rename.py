"""`letters rename OLD NEW`: an authority has another name."""

from pathlib import Path

from generator.batch.build_letters import remove_letter
from generator.commands.session import Session
from generator.commands.writing import data_scope, writing
from generator.console import shown_path
from generator.edition.edit_yaml import SpliceError
from generator.files.transaction import not_written
from generator.lineage.renaming import Renaming, plan_renaming
from generator.messages import counted
from generator.problems import Place, Problem, errors
from generator.project.load_edition import choose_slugs, load_edition


def rename(session: Session, old: str, new: str) -> int:
    """Give an authority a new name in its file, with all that goes by the old one; and say what."""
    folders = session.folders
    with writing(session, data_scope(folders.workspace)) as store:
        loaded = load_edition(folders)
        (slug,) = choose_slugs(loaded, [old])
        problems = errors(loaded.data.problems)
        if slug not in loaded.data.authorities:
            session.console.problems(problems)
            session.console.result("Nothing was renamed: correct the errors first.")
            session.report([], problems)
            return 1
        authority = loaded.data.authorities[slug]
        try:
            renaming = plan_renaming(loaded, slug, new)
            store.write("rename", folders.year, renaming.contents)
        except SpliceError as error:
            return _failed(session, Problem(Place(authority.path), str(error)))
        except OSError as error:
            return _failed(session, not_written(error, authority.path, "nothing was changed"))
    session.console.result(f"{authority.name} is now {new}.")
    for line in _said(session, renaming, authority.name):
        session.console.result(f"  {line}")
    problems = []
    removed: list[Path] = []
    if renaming.new != slug:
        loaded = load_edition(folders)
        for draft in (False, True):
            found = remove_letter(loaded, slug, folders.output(draft=draft), draft=draft)
            removed += found.pruned
            problems += found.problems
    for path in removed:
        session.console.result(f"  removed {shown_path(path)}")
    if removed:
        session.console.result(f'Its letter is made by "letters build {renaming.new}".')
    session.console.problems(problems)
    session.report([], problems, old=slug, new=renaming.new, name=new)
    return session.exit_code(problems)


def _failed(session: Session, problem: Problem) -> int:
    session.console.problems([problem])
    session.report([], [problem])
    return 1


def _said(session: Session, renaming: Renaming, old_name: str) -> list[str]:
    said = []
    authorities = session.folders.authorities
    if renaming.new != renaming.old:
        before, after = (
            shown_path(authorities / f"{s}.yaml") for s in (renaming.old, renaming.new)
        )
        said.append(f"file      {before} is now {after}")
    if renaming.alias:
        said.append(f"aliases   {old_name}")
    if renaming.formerly:
        said.append(f"formerly  {renaming.old}")
    if renaming.figures:
        said.append(f"origins   {counted(renaming.figures, 'figure')} follow")
    if renaming.confirmed:
        said.append(f"confirmed {counted(renaming.confirmed, 'entry', 'entries')} follow")
    return said
