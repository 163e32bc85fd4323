"""A letter as plain text for email: UTF-8, wrapped, its tables turned on their side."""

import textwrap
from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.letter.letter import ComposedBlock, ComposedLetter, Run, Table
from generator.letter.roles import PICTURES, Role

COLUMNS = 72

_TOGETHER = {
    (Role.ADDRESS_LINE, Role.ADDRESS_LINE),
    (Role.SENDER, Role.SENDER),
    (Role.REFERENCE, Role.DATE),
    (Role.SIGNATORY, Role.OFFICE),
    (Role.OFFICE, Role.OFFICE),
    (Role.AFTER_SIGNATURE, Role.AFTER_SIGNATURE),
    (Role.REPORT_TITLE, Role.REPORT_PERIOD),
    (Role.BULLET, Role.BULLET),
    (Role.NUMBERED, Role.NUMBERED),
}
"""Neighbours with no blank line between them."""


def render_text(letter: ComposedLetter) -> str:
    """The whole letter, lines of at most 72 columns; only an address longer than that is longer."""
    lines: list[str] = []
    before: ComposedBlock | None = None
    item = 0
    for block in letter.blocks:
        if block.role in PICTURES or block.role is Role.PAGE_NUMBER:
            continue
        if before is not None and (before.role, block.role) not in _TOGETHER:
            lines.append("")
        item = item + 1 if before is not None and _same_list(before, block) else 1
        lines.extend(_table(block.table) if block.table else _words(block, item))
        before = block
    return "\n".join(lines) + "\n"


def _words(block: ComposedBlock, item: int) -> Sequence[str]:
    text = "".join(map(_shown, block.runs))
    match block.role:
        case Role.BULLET:
            return _wrap(text, first="- ", rest="  ")
        case Role.NUMBERED:
            return _wrap(text, first=f"{item}. ", rest=" " * len(f"{item}. "))
        case Role.CLOSING:
            return [*_wrap(text), ""]
        case _:
            return _wrap(text)


def _same_list(one: ComposedBlock, other: ComposedBlock) -> bool:
    """Whether two items stand in one list: a list ends with its section."""
    return one.role is other.role and one.part == other.part


def _shown(run: Run) -> str:
    """The words of a run; behind a link whose words are not its address, the address."""
    if run.link is None or run.text in {run.link, *_bare(run.link)}:
        return run.text
    return f"{run.text} ({run.link})"


def _bare(link: str) -> Iterator[str]:
    """An address as people write it, without what goes before it."""
    for before in ("http://", "https://", "mailto:"):
        if link.startswith(before):
            yield link.removeprefix(before)


@lru_cache(maxsize=1024)  # most words are those of all letters
def _wrap(text: str, first: str = "", rest: str = "") -> Sequence[str]:
    return tuple(
        textwrap.wrap(
            text,
            COLUMNS,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    ) or (first.rstrip(),)


@lru_cache(maxsize=1024)
def _label(text: str, width: int) -> Sequence[str]:
    return tuple(textwrap.wrap(text, width))


def _table(table: Table) -> Iterator[str]:
    """Row by row a line for each figure: label, figure; spanning headers stand above theirs."""
    figure_width = max(len(cell.text) for cell in table.cells)
    row_indent = "  " if table.has_row_labels else ""
    indent = row_indent + ("  " if table.spanning_headers else "")
    longest = max(len(label) for label in table.labels) + len(indent)
    label_width = min(longest, COLUMNS - figure_width - 2)
    starts = {header.first: header for header in table.spanning_headers}
    for row in table.rows:
        yield from _wrap(row.label) if row.label else ()
        inset = row_indent
        for number, (label, text) in enumerate(zip(table.labels, row.texts, strict=True), start=1):
            if number in starts:
                inset = indent if starts[number].text else row_indent
                if starts[number].text:
                    yield from _wrap(starts[number].text, row_indent, row_indent)
            *above, last = _label(label, label_width - len(inset))
            yield from (inset + line for line in above)
            yield f"{inset + last:<{label_width}}  {text:>{figure_width}}"
