"""Columns whose id was renamed: known again by the label that people read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace

from generator.letter.letter import Letter, PrintedFigure
from generator.letter.normalised_wording import plain


def with_ids_of(after: Letter, before: Letter) -> Letter:
    """Last year's letter with this year's ids, where only the id of a column was renamed.

    A column that is in neither year's place by its id, and has the same label in the same table,
    is the same one. A label that stands there twice, or was reworded too, decides nothing.
    """
    old = {(figure.group, figure.id) for figure in before.figures}
    new = {(figure.group, figure.id) for figure in after.figures}
    if old == new:
        return before
    gone = _by_label(figure for figure in before.figures if (figure.group, figure.id) not in new)
    came = _by_label(figure for figure in after.figures if (figure.group, figure.id) not in old)
    ids = {
        (figure.group, figure.id): came[label].id for label, figure in gone.items() if label in came
    }
    if not ids:
        return before
    known = {field.name: getattr(before, field.name) for field in fields(Letter)}
    known["figures"] = tuple(_renamed(figure, ids) for figure in before.figures)
    return Letter(**known)  # of a composed letter, the figures are those of its tables


def _by_label(figures: Iterable[PrintedFigure]) -> dict[tuple[str, str, str], PrintedFigure]:
    """Figures by table, kind and label; only those that are alone in that."""
    labelled = [((f.group, f.kind, plain(f.label)), f) for f in figures if f.label]
    count = Counter(label for label, _ in labelled)
    return {label: figure for label, figure in labelled if count[label] == 1}


def _renamed(figure: PrintedFigure, ids: dict[tuple[str, str], str]) -> PrintedFigure:
    id_ = ids.get((figure.group, figure.id))
    return figure if id_ is None else replace(figure, id=id_, former_id=figure.id)
