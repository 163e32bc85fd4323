"""The report for the terminal: lines of words with their styles, legible without any colour."""

from collections.abc import Iterable, Iterator, Sequence

from generator.comparison.causes import CAUSES
from generator.comparison.changes import Comparison, SideNames
from generator.comparison.words import Span, WordMark
from generator.console import Line
from generator.messages import first_of
from generator.reports.report_model import Report, ReportedChange, ReportedFigure, ReportedLetter

ROWS = 20
"""How many rows of figures are shown; more are for the page and for programs."""
HEAD = "bold"


def figure_table(rows: Sequence[ReportedFigure], sides: SideNames) -> Iterator[Line]:
    """The first rows of figures, and how many more there are; nothing where there are none."""
    if not rows:
        return
    yield from ([], [("FIGURES", HEAD)])
    heads = ("AUTHORITY", "FIGURE", sides.before.upper(), sides.after.upper(), "DIFFERENCE")
    cells = [(row.authority, row.figure, *(text for text, _ in row.cells)) for row in rows[:ROWS]]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    for number, line in enumerate([heads, *cells]):
        padded = [
            f"{cell:<{width}}" if place < 2 else f"{cell:>{width}}"
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield [("  ".join(padded).rstrip(), HEAD if number == 0 else "")]
    if len(rows) > ROWS:
        yield [(f"and {len(rows) - ROWS} more; --html FILE and --json show all.", "")]


def stat_rows(comparison: Comparison) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The heads and the rows of `--stat`: each letter that differs, its changes by cause.

    Letters without a counterpart come last.
    """
    heads = ("AUTHORITY", *(cause.upper() for cause in CAUSES), "ALL")
    rows = []
    for compared in comparison.letters:
        if compared.changes:
            causes = [change.cause for change in compared.changes]
            numbers = [str(causes.count(cause) or "-") for cause in CAUSES.values()]
            rows.append((compared.slug, *numbers, str(len(causes))))
    nothing = ("-",) * len(CAUSES)
    rows += [(slug, *nothing, "new") for slug in comparison.new]
    rows += [(name, *nothing, "gone") for name in comparison.gone]
    return heads, rows


AROUND = 12
"""How many words are shown on either side of a change: enough to know the sentence again."""
NAMES = 20
"""How many letters are named in a row."""
FAINT = "dim"
SIGNS = {
    WordMark.SAME: ("", "", ""),
    WordMark.GONE: ("[-", "-]", "red strike"),
    WordMark.NEW: ("{+", "+}", "green"),
}


def text_report(report: Report) -> Iterator[Line]:
    """All that differs, shared changes first and each once, then letter by letter."""
    comparison = report.comparison
    yield [(f"Letters of {comparison.year} compared with {comparison.against}.", HEAD)]
    found = list(_body(report))
    if report.causes:
        yield from _key(report, found)
    yield from found
    yield []
    yield [(report.summary, HEAD)]


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
        *_marked([Span(WordMark.GONE, ("Words marked so",))]),
        (" are gone since then, ", ""),
        *_marked([Span(WordMark.NEW, ("words marked so",))]),
        (" are new. The reasons are:", ""),
    ]
    width = max(map(len, CAUSES)) + 2
    for cause in report.causes:
        yield [(f"  {cause.name:<{width}}", HEAD), (cause.meaning, "")]
    if any("{{" in words for line in body for words, _ in line):
        yield [("{{ … }} stands where each letter has a value of its own.", "")]


def _title(words: str) -> list[Line]:
    return [[], [(words.upper(), HEAD)]]


def _shared(number: int, item: ReportedChange) -> Iterator[Line]:
    yield []
    yield [(f"{number}. ", HEAD), *_reason(item)]
    yield [("   ", ""), *_marked(item.excerpt(AROUND))]
    yield [(f"   {item.which} {first_of(item.named, NAMES)}".rstrip(), "")]
    yield from _places(item, "   ")


def _letter(letter: ReportedLetter) -> Iterator[Line]:
    yield []
    yield [(letter.name, HEAD), (f"  {letter.slug}", FAINT)]
    yield [(f"  against {letter.against}", FAINT)]
    for item in letter.entries:
        if item.figures:
            changed = "; ".join(map(_figure, item.figures))
            yield [("  ", ""), (item.cause, HEAD), (f": {item.what}: {changed}", "")]
            continue
        yield [("  ", ""), *_reason(item)]
        yield [("    ", ""), *_marked(item.excerpt(AROUND))]
        yield from _places(item, "    ")


def _reason(item: ReportedChange) -> Line:
    """Why, and what is concerned: `wording: paragraph in Future development`."""
    said = [(item.cause, HEAD), (f": {item.what}", "")]
    if item.inferred:
        said.append((" (reason inferred)", FAINT))
    return said


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
    if comparison.new:
        yield from _title(f"New: {comparison.sides.no_old_letter}")
        yield from ([(f"  {slug}", "")] for slug in comparison.new)
    if comparison.gone:
        yield from _title(f"Gone: {comparison.sides.no_new_letter}")
        yield from ([(f"  {name}", "")] for name in comparison.gone)


def _unread(comparison: Comparison) -> Iterator[Line]:
    if not comparison.unread:
        return
    yield from _title(f"Could not be read in {comparison.sides.old_letters}")
    for name, sentences in comparison.unread.items():
        yield [(f"  {name}", HEAD)]
        yield from ([(f"    {sentence}", "")] for sentence in sentences)
