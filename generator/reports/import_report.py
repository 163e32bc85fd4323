"""What an import says of itself: what was read and understood, what changes, the outcome."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.console import shown_path
from generator.edition.origins import ORIGINS_FILE
from generator.problems import Place, counted, listed, noun_for
from generator.spreadsheets.authority_matching import MatchKind
from generator.spreadsheets.cells import cell_name
from generator.spreadsheets.import_changes import ImportChange
from generator.spreadsheets.import_plan import Plan
from generator.spreadsheets.rows import Rows


def sheet_lines(plan: Plan) -> Iterator[str]:
    """A line for each sheet: where its table is, and how many rows it has."""
    if plan.gathered is None:
        return
    for rows in plan.gathered.tables:
        yield f"{_named(rows.table.sheet.place())}: {_found(rows)}."
    for place, _ in plan.gathered.ignored:
        yield f"{_named(place)}: ignored, as the mapping file says."
    if plan.not_brought:
        yield f"No sheet has figures of {listed(plan.not_brought)}."


COLUMN_HEADERS = ("COLUMN", "LABEL", "HOLDS")


def column_rows(plan: Plan) -> list[tuple[str, str, str]]:
    """A row for each column of each table: where it is, its label, what it was taken for."""
    return [
        (_named(_header_place(rows, column.number)), column.label, _holds(column.target))
        for rows in (plan.gathered.tables if plan.gathered else ())
        for column in sorted(
            [*rows.table.columns.values(), *rows.table.others], key=lambda column: column.number
        )
    ]


def name_lines(plan: Plan) -> Iterator[str]:
    """A line for each name that was taken for an authority's, and is not spelt as that is."""
    for name, (slug, how) in plan.matched.items():
        if how in (MatchKind.FORM, MatchKind.PERSON):
            why = "as you say" if how is MatchKind.PERSON else "the same name in another form"
            yield f'"{name}" is read as {slug}: {why}.'


def _holds(target: str) -> str:
    return "nothing that is imported" if target == "ignore" else target


def _found(rows: Rows) -> str:
    number = len(rows.authorities)
    said = [f"headings in row {rows.table.header_row}"]
    if rows.authorities:
        first, last = rows.authorities[0].number, rows.authorities[-1].number
        said.append(f"{counted(number, 'authority', 'authorities')} in rows {first} to {last}")
    else:
        said.append("no authority")
    if rows.total:
        said.append(f"total in row {rows.total}")
    said += rows.summaries.values()
    if rows.notes:
        noun = noun_for(len(rows.notes), "row")
        said.append(f"words alone in {noun} {', '.join(map(str, rows.notes))}")
    return ", ".join(said)


def _header_place(rows: Rows, column: int) -> Place:
    return rows.table.sheet.place(rows.table.header_row, column)


def _named(place: Place) -> str:
    return place.shown(shown_path(place.path)) if place.cell_name else shown_path(place.path)


def change_lines(plan: Plan) -> Iterator[str]:
    """A line for each new authority and each value that changes."""
    for slug, name in plan.new.items():
        yield f"new        {slug}: {name}"
    for slug, changes in _changes_of_each(plan).items():
        yield from _lines(slug, changes)


def _lines(slug: str, changes: list[ImportChange]) -> Iterator[str]:
    """What changes in one file: each value, but figures that were not there before in one line."""
    supplied = [c for c in changes if c.supplies and not c.follows and c.is_figure]
    if len(supplied) > 1:
        cells = f"{_named(supplied[0].cell)} and on"
        yield f"supplied   {slug}: {len(supplied)} figures ({cells})"
    for change in changes:
        if len(supplied) > 1 and change in supplied:
            continue
        if change.follows:
            if not change.supplies:
                yield f"follows    {slug}: {change.name} {change.before} → {change.after}"
            continue
        by_hand = ", which was changed by hand" if change.by_hand else ""
        before = change.before or "nothing"
        values = f"{before}{by_hand} → {change.after}"
        yield f"changed    {slug}: {change.name} {values} ({_named(change.cell)})"


def _changes_of_each(plan: Plan) -> dict[str, list[ImportChange]]:
    by_slug: dict[str, list[ImportChange]] = {}
    for change in plan.changes:
        by_slug.setdefault(change.slug, []).append(change)
    return by_slug


def outcome(plan: Plan, wrong: int, written: list[Path], *, half: bool = False) -> str:
    """What came of it, or would, in one line; `wrong` is the number of errors.

    With `half`, some files were written and others could not be.
    """
    figures = [c for c in plan.changes if c.is_figure and not c.follows]
    texts = [c for c in plan.changes if not c.is_figure]
    changed = "changed" if written else "to change"
    said = [counted(len(plan.new), "new authority", "new authorities")] if plan.new else []
    if figures or not said:
        said.append(f"{len(figures)} of {counted(plan.figures, 'figure')} {changed}")
    if texts:
        about = "authorities" if any(change.is_detail for change in texts) else "addressees"
        said.append(f"{counted(len(texts), 'text')} about {about} {changed}")
    if plan.confirmed:
        addressees = counted(plan.confirmed, "addressee")
        said.append(f"{addressees} as last year, {'' if written else 'to be '}confirmed")
    if plan.left_out:
        said.append(f"left out: {', '.join(plan.left_out)}")
    files = counted(len(plan.contents), "file")
    if len(plan.contents) == 1 and all(path.name == ORIGINS_FILE for path in plan.contents):
        files = f"{ORIGINS_FILE}, which says where the figures come from"
    if half:
        end = "Only part of it was written."
    elif wrong:
        end = f"Nothing was written because of {counted(wrong, 'error')}."
    elif written:
        end = f"Written: {files}."
    elif not plan.contents:
        end = "Nothing to write."
    else:
        end = f"Nothing was written; use --apply to write {files}."
    return f"{'; '.join(said)}. {end}"


def letters_data(plan: Plan) -> Iterator[dict[str, Any]]:
    """Each authority whose file is new or changes, for programs."""
    paths = {
        path.stem: shown_path(path) for path in plan.contents if path.parent.name == "authorities"
    }
    changes = _changes_of_each(plan)
    for slug in sorted({*plan.new, *changes}):
        names = ", ".join(change.name for change in changes.get(slug, ()) if not change.follows)
        yield {
            "slug": slug,
            "status": "new" if slug in plan.new else "changed",
            "reason": names,
            "files": [paths[slug]] if slug in paths else [],
        }


def plan_data(plan: Plan) -> dict[str, Any]:
    """All of a plan, for programs."""
    gathered = plan.gathered
    return {
        "files": [
            {"path": shown_path(file.path), "sha256": file.sha256}
            for file in (gathered.files if gathered else ())
        ],
        "tables": [
            {
                "sheet": _named(rows.table.sheet.place()),
                "header_row": rows.table.header_row,
                "authorities": len(rows.authorities),
                "total_row": rows.total,
                "columns": {
                    cell_name(rows.table.header_row, column.number): target
                    for target, column in rows.table.columns.items()
                },
            }
            for rows in (gathered.tables if gathered else ())
        ],
        "matched": {
            name: {"slug": slug, "how": how.value} for name, (slug, how) in plan.matched.items()
        },
        "new": dict(plan.new),
        "left_out": list(plan.left_out),
        "not_brought": list(plan.not_brought),
        "changes": [
            {
                "slug": change.slug,
                "name": change.name,
                "before": change.before,
                "after": change.after,
                "cell": _named(change.cell),
                "follows": change.follows,
                "by_hand": change.by_hand,
            }
            for change in plan.changes
        ],
    }
