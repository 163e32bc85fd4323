"""The report for the terminal: lines of words with their styles, legible without any colour."""

from collections.abc import Iterable, Iterator, Sequence

from generator.comparison.changes import Cause, Change, Comparison, FigureRow, SharedChange
from generator.comparison.words import Span, WordMark
from generator.console import Line, shown_path
from generator.messages import first_of
from generator.reports.descriptions import (
    all_places,
    difference,
    figure_text,
    summary,
    what_changed,
    which_letters,
    whose_words,
)
from generator.reports.excerpts import in_passage
from generator.reports.report_model import OwnChanges, by_passage, changes_by_passage, outline
from generator.reports.report_tables import HEAD, figure_table

NAMES = 20
"""How many letters are named in a row."""
FAINT = "dim"
SIGNS = {
    WordMark.SAME: ("", "", ""),
    WordMark.GONE: ("[-", "-]", "red strike"),
    WordMark.NEW: ("{+", "+}", "green"),
}


def text_report(comparison: Comparison) -> Iterator[Line]:
    """All that differs, shared changes first and each once, then letter by letter."""
    yield [(f"Letters of {comparison.year} compared with {comparison.against}.", HEAD)]
    found = list(_body(comparison))
    if any(compared.changes for compared in comparison.letters):
        yield from _key(comparison, found)
    yield from found
    yield []
    yield [(summary(comparison), HEAD)]


def _body(comparison: Comparison) -> Iterator[Line]:
    shown = outline(comparison)
    if shown.shared:
        yield from _title("In several letters")
        for number, entries in enumerate(by_passage(shown.shared), 1):
            yield from _shared(number, entries, len(shown.slugs))
    if shown.letters:
        yield from _title("In one letter each" if shown.shared else "Letter by letter")
        for own in shown.letters:
            yield from _letter(own)
    yield from figure_table(shown.figures)
    yield from _without_counterpart(comparison)
    yield from _unread(comparison)


def _key(comparison: Comparison, body: Iterable[Line]) -> Iterator[Line]:
    """How to read what follows: the marks in it, and the reasons that there are."""
    yield []
    yield [
        *_marked([Span(WordMark.GONE, ("Words marked so",))]),
        (" are gone since then, ", ""),
        *_marked([Span(WordMark.NEW, ("words marked so",))]),
        (" are new. The reasons are:", ""),
    ]
    has_placeholders = any("{{" in words for line in body for words, _ in line)
    there = {change.cause for compared in comparison.letters for change in compared.changes}
    for cause in Cause:
        if cause in there:
            yield [(f"  {cause.value:<9}", HEAD), (cause.meaning, "")]
    if has_placeholders:
        yield [("{{ … }} stands where each letter has a value of its own.", "")]


def _title(words: str) -> list[Line]:
    return [[], [(words.upper(), HEAD)]]


def _shared(number: int, entries: Sequence[SharedChange], total: int) -> Iterator[Line]:
    changes = [entry.change for entry in entries]
    yield []
    yield [(f"{number}. ", HEAD), *_reason(changes[0])]
    yield [("   ", ""), *_marked(in_passage(changes))]
    said, slugs = which_letters(entries[0], total)
    yield [(f"   {said} {first_of(slugs, NAMES)}".rstrip(), "")]
    yield from _places(changes, "   ")


def _letter(own: OwnChanges) -> Iterator[Line]:
    compared = own.compared
    yield []
    yield [(compared.authority, HEAD), (f"  {compared.slug}", FAINT)]
    yield [(f"  against {shown_path(compared.before.reading.path)}", FAINT)]
    for changes in changes_by_passage(own.words):
        yield [("  ", ""), *_reason(changes[0])]
        yield [("    ", ""), *_marked(in_passage(changes, shared=False))]
        yield from _places(changes, "    ")
    for title, rows in own.figures.items():
        changed = "; ".join(map(_figure, rows))
        yield [("  ", ""), (Cause.FIGURES.value, HEAD), (f": {title}: {changed}", "")]


def _reason(change: Change) -> Line:
    """Why, and what is concerned: `wording: paragraph in Future development`."""
    whose = whose_words(change)
    said = [(change.cause.value, HEAD), (f": {what_changed(change)}{whose and f', {whose}'}", "")]
    if change.inferred:
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


def _places(changes: Sequence[Change], margin: str) -> Iterator[Line]:
    for year, place in all_places(changes):
        yield [(f"{margin}{year}: {place}", FAINT)]


def _figure(row: FigureRow) -> str:
    by = difference(row)
    texts = f"{figure_text(row.before)} → {figure_text(row.after)}"
    return f"{row.label} {texts}{by and f', {by}'}"


def _without_counterpart(comparison: Comparison) -> Iterator[Line]:
    if comparison.new:
        yield from _title("New: no letter of last year found")
        yield from ([(f"  {slug}", "")] for slug in comparison.new)
    if comparison.gone:
        yield from _title("Gone: no letter this year")
        yield from ([(f"  {name}", "")] for name in comparison.gone)


def _unread(comparison: Comparison) -> Iterator[Line]:
    if not comparison.unread:
        return
    yield from _title("Could not be read in last year's letters")
    for name, sentences in comparison.unread.items():
        yield [(f"  {name}", HEAD)]
        yield from ([(f"    {sentence}", "")] for sentence in sentences)
