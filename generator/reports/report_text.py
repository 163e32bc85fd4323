"""The report as the terminal shows it, legible without any colour, and as data for programs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.batch.run import NO_LETTER
from generator.comparison.changes import (
    CAUSES,
    Change,
    Compared,
    Comparison,
    FigureRow,
    SharedChange,
    SideNames,
)
from generator.comparison.figure_changes import difference_in_words
from generator.comparison.words import Span, WordMark
from generator.console import Line, place_data, shown_path
from generator.edition.figure_kind import as_data
from generator.letter.letter import Block, PrintedFigure
from generator.problems import Place, counted, first_of
from generator.reports.descriptions import by_paragraph, places_of, printed, successor_hint
from generator.reports.report_model import Report, ReportedChange, ReportedFigure, ReportedLetter

ROWS = 20
"""How many rows of figures are shown; more are for the page and for programs."""
BOLD = "bold"


def figure_table(rows: Sequence[ReportedFigure], sides: SideNames) -> Iterator[Line]:
    """The first rows of figures, and how many more there are; nothing where there are none."""
    if not rows:
        return
    yield from ([], [("FIGURES", BOLD)])
    headers = ("AUTHORITY", "FIGURE", sides.before.upper(), sides.after.upper(), "DIFFERENCE")
    cells = [(row.authority, row.figure, *(text for text, _ in row.cells)) for row in rows[:ROWS]]
    widths = [max(map(len, column)) for column in zip(headers, *cells, strict=True)]
    for number, line in enumerate([headers, *cells]):
        padded = [
            f"{cell:<{width}}" if place < 2 else f"{cell:>{width}}"
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield [("  ".join(padded).rstrip(), BOLD if number == 0 else "")]
    if len(rows) > ROWS:
        yield [(f"and {len(rows) - ROWS} more; --html FILE and --json show all.", "")]


def stat_rows(comparison: Comparison) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The headers and the rows of `--stat`: each letter that differs, its changes by cause.

    Letters without a counterpart come last.
    """
    headers = ("AUTHORITY", *(cause.upper() for cause in CAUSES), "ALL")
    rows = []
    for compared in comparison.letters:
        if compared.changes:
            causes = [change.cause for change in compared.changes]
            numbers = [str(causes.count(cause) or "-") for cause in CAUSES.values()]
            rows.append((compared.slug, *numbers, str(len(causes))))
    nothing = ("-",) * len(CAUSES)
    rows += [(slug, *nothing, "new") for slug in comparison.added]
    rows += [(name, *nothing, "gone") for name in comparison.removed]
    rows += [(slug, *nothing, NO_LETTER) for slug in comparison.without_letter]
    return headers, rows


AROUND = 12
"""How many words are shown on either side of a change: enough to know the sentence again."""
NAMES = 20
"""How many letters are named in a row."""
FAINT = "dim"
SIGNS = {
    WordMark.SAME: ("", "", ""),
    WordMark.REMOVED: ("[-", "-]", "red strike"),
    WordMark.ADDED: ("{+", "+}", "green"),
}


def text_report(report: Report) -> Iterator[Line]:
    """All that differs, shared changes first and each once, then letter by letter."""
    comparison = report.comparison
    yield [(f"Letters of {comparison.year} compared with {comparison.against}.", BOLD)]
    found = list(_body(report))
    if report.causes:
        yield from _key(report, found)
    yield from found
    yield []
    yield [(report.summary, BOLD)]


def _body(report: Report) -> Iterator[Line]:
    if report.shared:
        yield from _title("In several letters")
        for number, item in enumerate(report.shared, 1):
            yield from _shared(number, item)
    if report.letters:
        yield from _title("In one letter each" if report.shared else "Letter by letter")
        for letter in report.letters:
            yield from _letter(letter)
    yield from figure_table(report.rows, report.comparison.sides)
    yield from _without_counterpart(report.comparison)
    yield from _unread(report.comparison)


def _key(report: Report, body: Iterable[Line]) -> Iterator[Line]:
    """How to read what follows: the marks in it, and the reasons that there are."""
    yield []
    yield [
        *_marked([Span(WordMark.REMOVED, ("Words marked so",))]),
        (" were removed, ", ""),
        *_marked([Span(WordMark.ADDED, ("words marked so",))]),
        (" were added. The causes are:", ""),
    ]
    width = max(map(len, CAUSES)) + 2
    for cause in report.causes:
        yield [(f"  {cause.name:<{width}}", BOLD), (cause.meaning, "")]
    if any("{{" in words for line in body for words, _ in line):
        yield [("{{ … }} stands for a value that differs between letters.", "")]


def _title(words: str) -> list[Line]:
    return [[], [(words.upper(), BOLD)]]


def _shared(number: int, item: ReportedChange) -> Iterator[Line]:
    yield []
    yield [(f"{number}. ", BOLD), *_reason(item)]
    yield from _excerpt(item, "   ")
    yield [(f"   {item.which} {first_of(item.named, NAMES)}".rstrip(), "")]
    yield from _places(item, "   ")


def _letter(letter: ReportedLetter) -> Iterator[Line]:
    yield []
    yield [(letter.name, BOLD), (f"  {letter.slug}", FAINT)]
    yield [(f"  against {letter.against}", FAINT)]
    for item in letter.entries:
        if item.figures:
            changed = "; ".join(map(_figure, item.figures))
            yield [("  ", ""), (item.cause, BOLD), (f": {item.what}: {changed}", "")]
            continue
        yield [("  ", ""), *_reason(item)]
        yield from _excerpt(item, "    ")
        yield from _places(item, "    ")


def _reason(item: ReportedChange) -> Line:
    """Why, and what is concerned: `wording: paragraph in Next steps`."""
    said = [(item.cause, BOLD), (f": {item.what}", "")]
    if item.inferred:
        said.append((" (cause inferred)", FAINT))
    return said


def _excerpt(item: ReportedChange, margin: str) -> Iterator[Line]:
    """The words of a change; those of several paragraphs line by line."""
    for spans in by_paragraph(item.excerpt(AROUND)):
        yield [(margin, ""), *_marked(spans)]


def _marked(spans: Sequence[Span]) -> list[tuple[str, str]]:
    """Words with their marks and styles, spaces between them outside of both."""
    marked: list[tuple[str, str]] = []
    for span in spans:
        opening, closing, style = SIGNS[span.mark]
        marked += [(" ", "")] if marked else []
        marked.append((f"{opening}{' '.join(span.words)}{closing}", style))
    return marked


def _places(item: ReportedChange, margin: str) -> Iterator[Line]:
    for year, place in item.places:
        yield [(f"{margin}{year}: {place}", FAINT)]


def _figure(figure: tuple[str, str, str, str]) -> str:
    label, before, after, by = figure
    return f"{label} {before} → {after}{by and f', {by}'}"


def _without_counterpart(comparison: Comparison) -> Iterator[Line]:
    if comparison.added:
        yield from _title(f"New: {comparison.sides.no_old_letter}")
        yield from ([(f"  {slug}", "")] for slug in comparison.added)
    if comparison.removed:
        yield from _title(f"Gone: {comparison.sides.no_new_letter}")
        yield from ([(f"  {name}", "")] for name in comparison.removed)
    if hint := successor_hint(comparison):
        yield [(f"  {hint}", "")]
    if comparison.without_letter:
        yield from _title("No letter this year")
        for slug, because in comparison.without_letter.items():
            yield [(f"  {slug}: {because}", "")]


def _unread(comparison: Comparison) -> Iterator[Line]:
    if not comparison.unread:
        return
    yield from _title(f"Could not be read in {comparison.sides.old_letters}")
    for name, sentences in comparison.unread.items():
        yield [(f"  {name}", BOLD)]
        yield from ([(f"    {sentence}", "")] for sentence in sentences)


Keys = dict[str, Any]
NEW = "new"
FAILED = "failed"
UNFIT = "its data or wording has errors"


def json_letters(report: Report) -> list[Keys]:
    """An entry for each letter compared, with all its changes, for each that is new or is none."""
    comparison = report.comparison
    reason = comparison.sides.no_old_letter
    return [
        *map(_letter_data, comparison.letters),
        *(_uncompared(slug, NEW, reason) for slug in comparison.added),
        *(_uncompared(slug, NO_LETTER, why) for slug, why in comparison.without_letter.items()),
    ]


def json_unfit(slugs: Iterable[str]) -> list[Keys]:
    """An entry for each letter that could not be compared."""
    return [_uncompared(slug, FAILED, UNFIT) for slug in slugs]


def json_comparison(report: Report) -> Keys:
    """What a comparison tells beyond its letters."""
    comparison = report.comparison
    return {
        "against": comparison.against,
        "shared": [_shared_data(entry) for entry in report.told_once],
        "figures": [_row(reported.row) for reported in report.rows],
        "new": list(comparison.added),
        "gone": list(comparison.removed),
        "without_letter": dict(comparison.without_letter),
        "unread": {slug: list(sentences) for slug, sentences in comparison.unread.items()},
    }


def _entry(slug: str, status: str, reason: str, *files: str) -> Keys:
    return {"slug": slug, "status": status, "reason": reason, "files": [*files]}


def _uncompared(slug: str, status: str, reason: str) -> Keys:
    return {**_entry(slug, status, reason), "changes": []}


def _letter_data(compared: Compared) -> Keys:
    number = len(compared.changes)
    status, reason = ("changed", counted(number, "change")) if number else ("unchanged", "")
    before = compared.before
    return {
        **_entry(compared.slug, status, reason, shown_path(compared.after.reading.path)),
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


def _shared_data(entry: SharedChange) -> Keys:
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
        "before": _figure_data(row.before),
        "after": _figure_data(row.after),
        "difference": difference_in_words(row),
        "against": row.against or None,
    }


def _figure_data(figure: PrintedFigure | None) -> Keys | None:
    return None if figure is None else {"text": figure.text, "value": as_data(figure.value)}
