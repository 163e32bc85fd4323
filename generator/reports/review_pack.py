"""A review as one PDF, to be mailed to people who log in to nothing.

What letters share, what stands out, what is each one's own, all figures, and what changed since
last year; then one letter of each pattern, and those that stand out, page by page. All of it is
laid out here from what is to be approved, so that nothing older is shown; and tagged as letters
are, so that everyone can read it.
"""

import re
from collections.abc import Iterator, Sequence

from generator.assets.page_templates import page_template
from generator.comparison.changes import Comparison
from generator.edition.letterhead import Typeface
from generator.project.load_edition import LoadedEdition
from generator.rendering.html import FilledLetter, render_for_print
from generator.rendering.pdf.pdf_engine import PdfEngine
from generator.reports.report_model import report_of
from generator.reports.review_report import ReviewReport

_MOST_LETTERS = 12
"""So many letters are shown whole at most: one of each of the most frequent patterns first."""
_MOST_COLUMNS = 12
"""Tables with more figures than fit beside each other have them one after the other."""


def letters_shown(report: ReviewReport) -> list[str]:
    """The letters that are shown whole: one of each pattern, then those that stand out."""
    of_patterns = [slugs[0] for slugs in report.patterns]
    outstanding = [slugs[0] for _, slugs in report.stand_outs]
    return list(dict.fromkeys([*of_patterns, *outstanding]))[:_MOST_LETTERS]


def review_pack(loaded: LoadedEdition, report: ReviewReport, compared: Comparison | None) -> bytes:
    """The PDF. Raises what the engine does where a page cannot be laid out."""
    letter_template, edition = loaded.letter_template, loaded.edition
    face = edition.typeface if edition else Typeface.LIBERATION_SANS
    shown = letters_shown(report) if letter_template is not None else []
    alike = {slug: len(slugs) for slugs in report.patterns for slug in slugs}
    page = page_template("generator.reports", "review_pack.html.jinja").render(
        report=report,
        changes=report_of(compared) if compared else None,
        tables=list(_tables(report)),
        whole=[(loaded.called(slug), alike[slug]) for slug in shown],
        more=max(len(report.patterns) - len(shown), 0),
        language_of={slug: each.language for slug, each in loaded.editions.items()},
        plain=plain_words,
    )
    styles = page_template("generator.reports", "review_pack.css").render(face=face)
    front = PdfEngine(styles, face)
    pages = [(front, page)]
    if letter_template is not None:
        engine = PdfEngine(letter_template.styles, letter_template.typeface)
        letters = (FilledLetter(loaded.letters[slug].letter, letter_template) for slug in shown)
        pages += [(engine, render_for_print(filled)) for filled in letters]
    return front.print_together(pages)


def plain_words(words: str) -> str:
    """Words as who does not write wording reads them: `«outcomes.fault»` for a value."""
    said = re.sub(r"\{\{ (.+?) \}\}", r"«\1»", str(words)).replace("authority.", "")
    return type(words)(said)  # what is markup stays markup


def _tables(report: ReviewReport) -> Iterator[tuple[str, Sequence[str], list[tuple[str, ...]]]]:
    """Each table of figures over all letters, as it is approved: title, headers, rows."""
    found: dict[tuple[str, tuple[str, ...]], list[tuple[str, ...]]] = {}
    for letter in report.letters:
        for title, lines in letter.items[1].item.parts.items():
            said = [line.rpartition(": ") for line in lines.split("\n")]
            labels, texts = tuple(each[0] for each in said), tuple(each[2] for each in said)
            if len(labels) > _MOST_COLUMNS:
                labels, texts = ("Figures",), (lines.replace("\n", "; "),)
            found.setdefault((title, labels), []).append((letter.name, *texts))
    yield from ((title, labels, rows) for (title, labels), rows in found.items())
