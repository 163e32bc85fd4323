"""`letters list`: the authorities, their figures and inserts, and what is wrong."""

from typing import Any

from generator.batch.prepare import Prepared, choose_slugs, prepare
from generator.commands.session import Session
from generator.problems import errors


def list_authorities(session: Session, names: list[str]) -> int:
    """One line for each authority; problems are counted here, and told by `check`."""
    prepared = prepare(session.folders, draft=True)
    slugs = choose_slugs(prepared, names)
    problems = prepared.problems_of_all(slugs)
    entries = [_entry(prepared, slug) for slug in slugs]
    heads = ("AUTHORITY", "NAME", "FIGURES", "INSERTS", "STATUS")
    rows = [
        (
            entry["slug"],
            entry["name"] or "?",
            f"{entry['figures_supplied']} of {entry['figures']}" if entry["figures"] else "?",
            ", ".join(entry["inserts"]) or "-",
            f"{entry['status']} ({entry['reason']})" if entry["reason"] else entry["status"],
        )
        for entry in entries
    ]
    session.console.table(heads, rows)
    session.report(entries, problems)
    return session.exit_code(problems)


def _entry(prepared: Prepared, slug: str) -> dict[str, Any]:
    authority = prepared.data.authorities.get(slug)
    composed = prepared.letters.get(slug)
    wrong = errors(prepared.problems_of(slug))
    counts = sum(len(group.counts) for group in prepared.edition.groups) if prepared.edition else 0
    missing = len(authority.missing()) if authority else 0
    status, reason = "ready", ""
    if wrong:
        status = "has problems"
        reason = f"{len(wrong)} error{'' if len(wrong) == 1 else 's'}"
    elif missing:
        status = "figures missing"
    return {
        "slug": slug,
        "name": authority.name if authority else None,
        "status": status,
        "reason": reason,
        "files": [],
        "figures": counts if authority else 0,
        "figures_supplied": counts - missing if authority else 0,
        "inserts": list(composed.inserts) if composed else [],
    }
