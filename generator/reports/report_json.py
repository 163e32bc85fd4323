"""The report for programs: plain data, as `docs/comparing.md` describes it."""

from collections.abc import Iterable
from typing import Any

from generator.comparison.changes import Change, Compared, FigureRow, SharedChange
from generator.comparison.figure_changes import difference_in_words
from generator.console import place_data, shown_path
from generator.letter.letter import Block, PrintedFigure
from generator.messages import counted
from generator.problems import Place
from generator.reports.descriptions import places_of
from generator.reports.excerpts import printed
from generator.reports.report_model import Report

Keys = dict[str, Any]
NEW = "new"
FAILED = "failed"
UNFIT = "its data or wording have errors"


def json_letters(report: Report) -> list[Keys]:
    """An entry for each letter compared, with all its changes, and for each that is new."""
    comparison = report.comparison
    letters = [_letter(compared) for compared in comparison.letters]
    reason = comparison.sides.no_old_letter
    return letters + [{**_entry(slug, NEW, reason, []), "changes": []} for slug in comparison.new]


def json_unfit(slugs: Iterable[str]) -> list[Keys]:
    """An entry for each letter that could not be compared."""
    return [{**_entry(slug, FAILED, UNFIT, []), "changes": []} for slug in slugs]


def json_comparison(report: Report) -> Keys:
    """What a comparison tells beyond its letters."""
    comparison = report.comparison
    return {
        "against": comparison.against,
        "shared": [_shared(entry) for entry in report.told_once],
        "figures": [_row(reported.row) for reported in report.rows],
        "new": list(comparison.new),
        "gone": list(comparison.gone),
        "unread": {slug: list(sentences) for slug, sentences in comparison.unread.items()},
    }


def _entry(slug: str, status: str, reason: str, files: list[str]) -> Keys:
    return {"slug": slug, "status": status, "reason": reason, "files": files}


def _letter(compared: Compared) -> Keys:
    number = len(compared.changes)
    status, reason = ("changed", counted(number, "change")) if number else ("unchanged", "")
    before = compared.before
    return {
        **_entry(compared.slug, status, reason, [shown_path(compared.after.reading.path)]),
        "authority": compared.authority,
        "before": {
            "slug": before.slug,
            "authority": before.authority,
            "year": before.year,
            "source": before.reading.source.value,
            "path": shown_path(before.reading.path),
        },
        "pages": {"before": before.reading.pages, "after": compared.after.reading.pages},
        "changes": [_change(change) for change in compared.changes],
    }


def _change(change: Change) -> Keys:
    side = change.after or change.before
    before, after = places_of(change)
    gone, new = printed(change)
    return {
        "cause": change.cause.name,
        "inferred": change.inferred,
        "action": change.action.value,
        "part": change.part,
        "role": side.role if isinstance(side, Block) else None,
        "insert": side.insert if isinstance(side, Block) else None,
        "figure": side.id if isinstance(side, PrintedFigure) else None,
        "name": change.name or None,
        "gone": change.removed,
        "new": change.added,
        "printed_gone": " ".join(gone),
        "printed_new": " ".join(new),
        "marking": change.marking or None,
        "asked": change.triggering_value or None,
        "before": _place(before),
        "after": _place(after),
        "rule": _place(change.rule_after),
    }


def _place(place: Place | None) -> Keys | None:
    return place_data(place) if place else None


def _shared(entry: SharedChange) -> Keys:
    sides = (entry.change.before, entry.change.after)
    before, after = (side.text if isinstance(side, Block) else None for side in sides)
    return {
        **_change(entry.change),
        "text_before": before,
        "text_after": after,
        "letters": list(entry.slugs),
        "of": entry.of,
        "exceptions": list(entry.exceptions),
    }


def _row(row: FigureRow) -> Keys:
    return {
        "slug": row.slug,
        "group": row.group,
        "id": row.id,
        "label": row.label,
        "kind": next(side.kind for side in (row.after, row.before) if side is not None),
        "before": _figure(row.before),
        "after": _figure(row.after),
        "difference": difference_in_words(row),
        "against": row.against or None,
    }


def _figure(figure: PrintedFigure | None) -> Keys | None:
    return None if figure is None else {"text": figure.text, "value": figure.value}
