"""The trail of a figure and the ledger, in words and as data."""

from collections.abc import Iterator, Sequence
from typing import Any

from generator.console import place_data, shown_path
from generator.edition.figure_kind import as_data
from generator.edition.formats import long_date
from generator.lineage.figure_provenance import FigureProvenance, Imported, MadePages, Occurrence
from generator.lineage.ledger import TYPED, LedgerEntry, number_sources
from generator.problems import Place, counted, shortened


def trail_lines(trail: FigureProvenance, made: MadePages) -> Iterator[str]:
    """The trail in words, a line for each step."""
    yield f'{trail.authority}, {trail.address} ("{trail.label}"): {trail.text}'
    for printed in trail.printed:
        yield f"  printed   {_printed(printed, made)}"
    if not trail.printed:
        why = "the letter does not print it" if trail.composed else "the letter cannot be composed"
        if trail.no_letter:
            why = f"this authority gets no letter: {trail.no_letter}"
        yield f"  printed   nowhere: {why}"
    if made.doubt:
        yield f"            {shown_path(made.path)}: {made.doubt}"
    if trail.rule:
        yield f"  rule      {_at(trail.place)}: {trail.rule}"
        if trail.stated:
            yield f"  stated    {_at(trail.stated)}: checked against the rule, never used"
    yield from _sources(trail)
    yield from _members(trail) if trail.comparator else _parts(trail)


_MOST_MEMBERS = 12


def _members(trail: FigureProvenance) -> Iterator[str]:
    """All whom an average is taken over, a line for each, with the lines and cells of its figures.

    Of many only the first: `--json` has them all.
    """
    for member in trail.parts[:_MOST_MEMBERS]:
        given = dict.fromkeys(_given(member))
        said = [f"{part.address} {part.text} ({_line_and_cell(part)})" for part in given]
        yield f"  made of   {member.authority}: {member.text}; {', '.join(said)}"
    if (more := len(trail.parts) - _MOST_MEMBERS) > 0:
        others = counted(more, "more authority", "more authorities")
        yield f"            and of {others}; --json has them all"


def _given(trail: FigureProvenance) -> Iterator[FigureProvenance]:
    """The given figures that one is made of in the end; itself, if it is given."""
    for part in trail.parts:
        yield from _given(part)
    if not trail.parts:
        yield trail


def _line_and_cell(trail: FigureProvenance) -> str:
    cell = trail.imported
    return ", ".join([_at(trail.place), *([f"{cell.file}:{cell.cell}"] if cell else [])])


def _parts(trail: FigureProvenance) -> Iterator[str]:
    """What it is worked out from, each followed in turn."""
    for part in trail.parts:
        yield f"  made of   {part.address}: {part.text}"
        if part.rule:
            yield f"    rule      {_at(part.place)}: {part.rule}"
        yield from (f"  {line}" for line in (*_sources(part), *_parts(part)))


def _printed(printed: Occurrence, made: MadePages) -> str:
    page = made.pages.get(printed.address)
    where = f"{shown_path(made.path)}, page {page}: " if page else ""
    if printed.chart:
        return f'{where}{printed.address}, chart "{printed.chart}", "{printed.column}"'
    if not printed.table:
        return (
            f'{where}{printed.address}, as {printed.text} in "{shortened(printed.words, 60, 59)}"'
        )
    header = f', under "{printed.header}"' if printed.header else ""
    return (
        f'{where}{printed.address}, table "{printed.table}", column {printed.number} of '
        f'{printed.columns}, "{printed.column}"{header}'
    )


def _sources(trail: FigureProvenance) -> Iterator[str]:
    """The line and the cell of a count."""
    if trail.rule:
        return
    yield f"  line      {_at(trail.place)}"
    if trail.imported is None:
        yield "  from      no import: written by hand"
        return
    cell = trail.imported
    yield f"  from      {imported_in_words(cell)} (SHA-256 {cell.sha256})"
    if trail.by_hand:
        yield f"  by hand   {by_hand_in_words(cell)}"


def imported_in_words(cell: Imported) -> str:
    """From which cell of which file a figure was imported, and when."""
    return f"{cell.file}:{cell.cell}, imported on {long_date(cell.day, 'en-GB')}"


def by_hand_in_words(cell: Imported) -> str:
    """That a figure is no longer what its cell said."""
    return f"the cell said {cell.value}; it was changed since"


def _at(place: Place) -> str:
    return place.shown(shown_path(place.path))


FIGURE_HEADERS = ("FIGURE", "PRINTED", "LINE", "FROM")


def figure_row(trail: FigureProvenance) -> tuple[str, str, str, str]:
    """The trail of a figure at a glance: its line, and its cell or its rule."""
    if trail.rule:
        return trail.address, trail.text, _at(trail.place), "a rule of the edition"
    cell = trail.imported
    said = f"{cell.file}:{cell.cell}, {cell.day}" if cell else "written by hand"
    by_hand = f" (changed by hand; it said {cell.value})" if cell and trail.by_hand else ""
    return trail.address, trail.text, _at(trail.place), said + by_hand


def ledger_summary(entries: Sequence[LedgerEntry], letters_number: int) -> str:
    """How many numbers of which source a ledger has, in one line."""
    by_source = {source: sum(e.source == source for e in entries) for source in number_sources()}
    typed = {(e.place, e.text): e for e in entries if e.source == TYPED}
    unknown = sum(not entry.name for entry in typed.values())
    asked = sum(entry.to_confirm for entry in typed.values())
    letters = counted(letters_number, "letter")
    parts = ", ".join(f"{number} {source}" for source, number in by_source.items())
    places = counted(len(typed), "place")
    return (
        f"{len(entries)} numbers in {letters}: {parts}. Typed in {places} of the wording, of which "
        f"{unknown} equal no fact of the edition and {asked} wait to be confirmed."
    )


def entry_data(entry: LedgerEntry) -> dict[str, Any]:
    """A number of the ledger, for programs."""
    return {
        "slug": entry.slug,
        "place": entry.address,
        "role": entry.role,
        "printed": entry.text,
        "source": entry.source,
        "name": entry.name,
        **place_data(entry.place),
        "note": entry.note,
    }


def trail_data(trail: FigureProvenance) -> dict[str, Any]:
    """A trail, for programs."""
    cell = trail.imported
    return {
        "slug": trail.slug,
        "figure": trail.address,
        "label": trail.label,
        "kind": trail.kind.name,
        "value": as_data(trail.value),
        "text": trail.text,
        **place_data(trail.place),
        "rule": trail.rule or None,
        "imported": _imported_data(cell) if cell else None,
        "by_hand": trail.by_hand,
        "printed": [vars(printed) for printed in trail.printed],
        "parts": [trail_data(part) for part in trail.parts],
    }


def _imported_data(cell: Imported) -> dict[str, Any]:
    return {**vars(cell), "value": as_data(cell.value), "day": str(cell.day)}
