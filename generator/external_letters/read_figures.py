"""The figures of an issued letter, by their places in the rows; what was lost is listed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.edition.edition import Column, Group
from generator.edition.figure_kinds import COUNT, kind_printed
from generator.edition.slugs import slug_of
from generator.external_letters.printed_parts import short, squeezed, value_of
from generator.external_letters.printed_tables import PrintedTable, heads_over
from generator.external_letters.reference_edition import likeness
from generator.letter.letter import PrintedFigure
from generator.letter.normalised_wording import plain


@dataclass(frozen=True)
class ReadFigures:
    """The figures of one table, and a sentence for each thing that was lost in it."""

    figures: tuple[PrintedFigure, ...]
    unread: tuple[str, ...]


def read_figures(table: PrintedTable, group: Group) -> ReadFigures:
    """The figures of a table that is this group's.

    As many figures as columns are taken by their places, unless their heads say otherwise; fewer
    or more by their heads alone.
    """
    texts = [text for _, text in table.figures]
    if len(texts) == len(group.columns):
        heads = heads_over(table, group)
        columns = _by_place(heads, group)
        if len(table.heads) != len(texts):
            heads, unread = _mended(heads, columns, texts, group)
        else:
            heads, unread = _whole(heads, columns, texts, group)
        unread += _unread_spans(table, group)
    else:
        heads = [_head_at(number, table) for number, _ in table.figures]
        columns = _by_head(heads, group)
        lacking = [c for c in group.columns if c not in columns]
        unread = [f"{_in(group)}: no figure was found for “{c.label}”" for c in lacking]
        known = zip(heads, texts, strict=True)
        unread += [f"{_in(group)}: it is not known what {t} counts" for h, t in known if not h]
    figures = [
        _figure(group, column, head, text)
        for column, head, text in zip(columns, heads, texts, strict=True)
        if column or head
    ]
    return ReadFigures(tuple(figures), tuple(unread))


def _in(group: Group) -> str:
    return f"in the table “{group.title}”"


def _figure(group: Group, column: Column | None, head: str, text: str) -> PrintedFigure:
    if column is None:  # a column that this edition does not have
        kind = (kind_printed(text) or COUNT).name
        name = slug_of(head).replace("-", "_")
        return PrintedFigure(group.id, name, head, text, value_of(text), kind)
    label = head
    if not head or squeezed(head) == squeezed(column.label):
        label = column.label.replace("'", "’")
    value = value_of(text)
    return PrintedFigure(group.id, column.id, label, text, value, column.kind.name)


def _by_place(heads: Sequence[str], group: Group) -> list[Column | None]:
    """The column of each head: those that are the same in words, then the others in order."""
    by_label = {squeezed(column.label): column for column in group.columns}
    found = [by_label.get(squeezed(head)) for head in heads]
    if len({column.id for column in found if column}) < sum(1 for column in found if column):
        return list(group.columns)
    left = iter([column for column in group.columns if column not in found])
    return [column or next(left) for column in found]


def _by_head(heads: Sequence[str], group: Group) -> list[Column | None]:
    """The column whose label is like each head; None where none is."""
    free = list(group.columns)
    found: list[Column | None] = []
    for head in heads:
        near = max(free, key=lambda column: likeness(head, column.label), default=None)
        if head and near and likeness(head, near.label) > 0.8:
            free.remove(near)
            found.append(near)
        else:
            found.append(None)
    return found


def _head_at(number: int, table: PrintedTable) -> str:
    return " ".join(head for column, head in table.heads if column == number)


def _whole(
    heads: Sequence[str], columns: Sequence[Column | None], texts: Sequence[str], group: Group
) -> tuple[list[str], list[str]]:
    """The heads of a row that has one for each figure, without those that were misread."""
    return _sorted_out(heads, columns, texts, group, _is_misread)


def _mended(
    heads: Sequence[str], columns: Sequence[Column | None], texts: Sequence[str], group: Group
) -> tuple[list[str], list[str]]:
    """The same of a row whose heads came apart: each that is not its label was misread."""
    if not any(heads):
        return list(heads), [f"{_in(group)}: no heads were found; figures are told by their places"]
    return _sorted_out(heads, columns, texts, group, lambda _head, _label: True)


def _sorted_out(
    heads: Sequence[str],
    columns: Sequence[Column | None],
    texts: Sequence[str],
    group: Group,
    is_misread: Callable[[str, str], bool],
) -> tuple[list[str], list[str]]:
    kept, unread = [], []
    for head, column, text in zip(heads, columns, texts, strict=True):
        same = column is None or squeezed(head) == squeezed(column.label)
        if column is None or same or (head and not is_misread(head, column.label)):
            kept.append(head)
        else:
            kept.append("")
            reads = f"reads “{short(head)}”" if head else "is missing"
            taken = f"by its place it is “{column.label}”"
            unread.append(f"{_in(group)}: the head over {text} {reads}; {taken}")
    return kept, unread


def _is_misread(head: str, label: str) -> bool:
    """Whether a head is its label with letters lost where words begin, not another label."""
    words, own = plain(head).split(), plain(label).split()
    odd = [word for word in words if word not in own]
    lost = [word for word in odd if any(whole.endswith(word) for whole in own)]
    return bool(odd) and lost == odd and likeness(squeezed(head), squeezed(label)) > 0.7


def _unread_spans(table: PrintedTable, group: Group) -> list[str]:
    """The heads over several columns that do not stand there, if the group has such heads."""
    above = squeezed("".join(cell for row in table.above for cell in row))
    spans = dict.fromkeys(column.header_group for column in group.columns if column.header_group)
    lacking = [span for span in spans if squeezed(span) not in above]
    return [f"{_in(group)}: the head “{span}” over several columns is missing" for span in lacking]
