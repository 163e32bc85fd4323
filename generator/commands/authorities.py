"""`letters list` and `rename`: the authorities, how each stands, and under which name."""

from typing import Any

from generator.batch.build_letters import Outcome, remove_letters
from generator.batch.run import NO_LETTER, letter_status
from generator.commands.command_line import SortKey
from generator.commands.session import Session
from generator.commands.writing import writing
from generator.console import shown_path
from generator.edition.edit_yaml import SpliceError
from generator.edition.languages import whose
from generator.files.transaction import not_written
from generator.lineage.earlier_years import load_as_remembered, load_edition
from generator.lineage.renaming import plan_renaming
from generator.outputs.plan import OutputState, inspect_outputs
from generator.problems import InDraft, Place, Problem, counted, errors
from generator.project.choose_letters import choose_slugs
from generator.project.load_edition import (
    LoadedEdition,
    drafts_where_needed,
    with_problems_of_drafts,
)
from generator.project.write_scopes import data_scope

_NUMBERS = {
    SortKey.FIGURES: "figures_supplied",
    SortKey.PROBLEMS: "problems",
    SortKey.PAGES: "pages",
}


def _sorted(entries: list[dict[str, Any]], by: SortKey | None) -> list[dict[str, Any]]:
    """Those that are alike stay in the order of their files."""
    if by in _NUMBERS:
        return sorted(entries, key=lambda entry: -(entry[_NUMBERS[by]] or 0))
    return sorted(entries, key=lambda entry: entry[by] or "") if by else entries


def list_authorities(session: Session, names: list[str], sort: SortKey | None) -> int:
    """Show these authorities, or all, in the order of their files unless another is asked for."""
    loaded = drafts_where_needed(load_as_remembered(session.folders))
    slugs = choose_slugs(loaded, names)
    problems = [p for p in loaded.problems_of_all(slugs) if p.in_draft is not InDraft.NOTHING]
    found = inspect_outputs(with_problems_of_drafts(loaded), session.folders.output())
    session.console.problems([*session.warnings(problems), *found.problems])
    problems = [*problems, *found.problems]
    entries = _sorted([_entry(loaded, found, slug) for slug in slugs], sort)
    headers = ("AUTHORITY", "NAME", "FIGURES", "INSERTS", "STATUS", "LETTER")
    rows = [
        (
            entry["slug"],
            entry["name"] or "?",
            f"{entry['figures_supplied']} of {entry['figures']}" if entry["figures"] else "?",
            ", ".join(entry["inserts"]) or "-",
            _with_reason(entry["status"], entry["reason"]),
            _with_reason(entry["letter"], entry["letter_reason"]),
        )
        for entry in entries
    ]
    session.console.table(headers, rows)
    return session.report(problems, entries)


def _entry(loaded: LoadedEdition, found: OutputState, slug: str) -> dict[str, Any]:
    authority = loaded.authorities.get(slug)
    summary = loaded.summary(slug)
    counts = sum(len(group.given) for group in loaded.edition.groups) if loaded.edition else 0
    missing = len(authority.missing()) if authority else 0
    status, reasons = letter_status(loaded, slug)
    said = {"has problems": counted(len(reasons), "error"), NO_LETTER: "".join(reasons)}
    made, made_reason = found.made(slug)
    entry = found.manifest.letters.get(slug)
    return {
        "slug": slug,
        "name": authority.name if authority else None,
        "status": status,
        "reason": said.get(status, ""),
        "files": [],
        "figures": counts if authority else 0,
        "figures_supplied": counts - missing if authority else 0,
        "inserts": list(summary.inserts) if summary else [],
        "problems": len(loaded.problems_of(slug)),
        "letter": made,
        "letter_reason": made_reason,
        "pages": entry.pages if entry else None,
    }


def _with_reason(said: str, reason: str) -> str:
    return f"{said} ({reason})" if reason else said


def rename(session: Session, old: str, new: str) -> int:
    """Give an authority another name, and its file and all that goes by that name with it."""
    folders = session.folders
    with writing(session, data_scope(folders.workspace)) as store:
        loaded = load_edition(folders)
        slug = whose(choose_slugs(loaded, [old])[0])
        problems = errors(loaded.data.problems)
        if slug not in loaded.data.authorities:
            return session.give_up(problems, "Nothing was renamed; correct the errors first.")
        authority = loaded.data.authorities[slug]
        try:
            renaming = plan_renaming(loaded, slug, new)
            store.write("rename", folders.year, renaming.contents)
        except SpliceError as error:
            return session.give_up([Problem(Place(authority.path), str(error))])
        except OSError as error:
            return session.give_up([not_written(error, authority.path, "nothing was changed")])
    session.console.result(f"{authority.name} is now {new}.")
    for what, said in renaming.rows(lambda slug: shown_path(folders.authorities / f"{slug}.yaml")):
        session.console.result(f"  {what:<9} {said}")
    found = Outcome() if renaming.new == slug else remove_letters(load_edition(folders), slug)
    for path in found.pruned:
        session.console.result(f"  removed {shown_path(path)}")
    if found.pruned:
        session.console.result(f'Run "letters build {renaming.new}" to build its letter.')
    session.console.problems(found.problems)
    return session.report(found.problems, old=slug, new=renaming.new, name=new)
