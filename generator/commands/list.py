"""`letters list`: the authorities, their figures and inserts, what is wrong, and their letters."""

from enum import StrEnum
from typing import Any

from generator.commands.session import Session
from generator.lineage.earlier_years import load_edition
from generator.outputs.plan import OutputState, PlannedAction, inspect_outputs
from generator.problems import InDraft, counted, errors, to_confirm
from generator.project.load_edition import (
    LoadedEdition,
    choose_slugs,
    drafts_where_needed,
    with_problems_of_drafts,
)


class SortKey(StrEnum):
    """What a list is sorted by; figures supplied, problems and pages the largest first."""

    NAME = "name"
    FIGURES = "figures"
    PROBLEMS = "problems"
    STATUS = "status"
    LETTER = "letter"
    PAGES = "pages"


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


def list_authorities(session: Session, names: list[str], sort: SortKey | None = None) -> int:
    """One line for each authority; problems are counted here, and told by `check`."""
    loaded = drafts_where_needed(load_edition(session.folders))
    slugs = choose_slugs(loaded, names)
    problems = [p for p in loaded.problems_of_all(slugs) if p.in_draft is not InDraft.NOTHING]
    found = inspect_outputs(with_problems_of_drafts(loaded), session.folders.output())
    session.console.problems([*session.warnings(problems), *found.problems])
    problems = [*problems, *found.problems]
    entries = _sorted([_entry(loaded, slug) | _made(found, slug) for slug in slugs], sort)
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
    session.report(entries, problems)
    return session.exit_code(problems)


def _entry(loaded: LoadedEdition, slug: str) -> dict[str, Any]:
    authority = loaded.data.authorities.get(slug)
    composed = loaded.letters.get(slug)
    problems = loaded.problems_of(slug)
    wrong = errors(problems, draft=True)
    counts = sum(len(group.given) for group in loaded.edition.groups) if loaded.edition else 0
    missing = len(authority.missing()) if authority else 0
    status, reason = "ready", ""
    if wrong:
        status = "has problems"
        reason = counted(len(wrong), "error")
    elif missing:
        status = "figures missing"
    elif to_confirm(problems):
        status = "to be confirmed"
    return {
        "slug": slug,
        "name": authority.name if authority else None,
        "status": status,
        "reason": reason,
        "files": [],
        "figures": counts if authority else 0,
        "figures_supplied": counts - missing if authority else 0,
        "inserts": list(composed.inserts) if composed else [],
        "problems": len(problems),
    }


def _made(found: OutputState, slug: str) -> dict[str, Any]:
    """How the letter that was made, if one was, stands to the data of today."""
    step = found.steps[slug]
    entry = found.manifest.letters.get(slug)
    made = {"letter": "up to date", "letter_reason": "", "pages": entry.pages if entry else None}
    if step.is_new or (step.action is PlannedAction.FAIL and not (entry and entry.files)):
        return {**made, "letter": "not made"}
    if step.action is PlannedAction.KEEP:
        return made
    reason = "" if step.action is PlannedAction.FAIL else step.reason
    return {**made, "letter": "out of date", "letter_reason": reason}


def _with_reason(said: str, reason: str) -> str:
    return f"{said} ({reason})" if reason else said
