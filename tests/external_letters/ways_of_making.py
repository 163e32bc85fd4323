"""The five letters as other programs would have made them last year, and what is read of them.

What Word and its like make is imitated: pages in the shape that they have (set by Chromium or
WeasyPrint), with running heads, hyphens, columns and divided, turned or upright tables, and texts
as they are got from pages or by OCR. LibreOffice had no part in it, nor had Word itself.
"""

import html
import io
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2

from generator.comparison.changes import Change
from generator.comparison.compare import compare_versions
from generator.external_letters.issued_html import read_html
from generator.external_letters.issued_pdf import read_pdf
from generator.external_letters.issued_text import read_text
from generator.letter.letter import ComposedBlock, Letter, PrintedFigure
from generator.letter.markup import plain
from generator.letter.roles import PICTURES, Role
from tests.external_letters.letters_read import pattern
from tests.real_letters import real_edition

WORDS = {
    "helpful in assessing": "useful in assessing",
    "simplistic focus": "narrow focus",
    "Both figures provide important insights.": "Each of them says something.",
}
"""What this year's letters say, and what last year's said."""
PARAGRAPH = (
    "Our new guide for councillors was published in May, and it has been sent to every council in "
    "England with a short questionnaire."
)
"""What last year's letters had, and this year's have not."""
FIGURES = ("housing", "total")
"""The figures of the first table that were one more."""


@dataclass(frozen=True)
class Table:
    """A table as last year's letters had it."""

    labels: tuple[str, ...]
    spans: tuple[str, ...]
    texts: tuple[str, ...]


Part = tuple[Role, str | Table]


@cache
def last_years(slug: str) -> tuple[Part, ...]:
    """The parts of a letter as it was last year."""
    parts: list[Part] = []
    for block in real_edition().letters[slug].letter.blocks:
        if block.role in PICTURES or block.role is Role.PAGE_NUMBER:
            continue
        if block.table:
            parts.append((block.role, _table(block)))
            continue
        text = block.text
        for new, old in WORDS.items():
            text = text.replace(new, old)
        parts.append((block.role, text))
        if "www.lgo.org.uk/scrutiny" in text:
            parts.append((Role.PARAGRAPH, PARAGRAPH))
    return tuple(parts)


def _table(block: ComposedBlock) -> Table:
    assert block.table
    [row] = block.table.rows
    planted = block.group == "received"
    texts = [
        str(int(cell.text) + 1) if planted and column.id in FIGURES else cell.text
        for column, cell in zip(block.table.columns, row.cells, strict=True)
    ]
    labels = tuple(column.label for column in block.table.columns)
    spans = tuple(column.header for column in block.table.columns)
    return Table(labels, spans, tuple(texts))


@dataclass(frozen=True)
class Judged:
    """What came of reading one letter, held against what it says."""

    misread: Mapping[tuple[str, str], str]
    missing: int
    told: frozenset[str]
    """The planted changes that were found."""
    wrong: tuple[str, ...]
    """Changes that are none."""
    unread: tuple[str, ...]


ALL_TOLD = frozenset({*WORDS.values(), PARAGRAPH, *FIGURES})


def judge(slug: str, ending: str, content: bytes) -> Judged:
    """Read a letter of last year, and compare this year's with it."""
    version = _read(slug, ending, content)
    printed: dict[tuple[str, str], str] = {}
    for block in real_edition().letters[slug].letter.blocks:
        if block.table:
            texts = _table(block).texts
            printed |= {
                (c.group, c.id): text for c, text in zip(block.table.columns, texts, strict=True)
            }
    read = {(figure.group, figure.id): figure.text for figure in version.figures}
    changes = compare_versions(version, real_edition().letters[slug].letter)
    planted = [(change, _planted(change, printed)) for change in changes]
    return Judged(
        misread={where: text for where, text in read.items() if text != printed.get(where)},
        missing=len(printed.keys() - read.keys()),
        told=frozenset(what for _, what in planted if what),
        wrong=tuple(f"{c.removed} → {c.added}" for c, what in planted if not what),
        unread=version.reading.unread,
    )


def _read(slug: str, ending: str, content: bytes) -> Letter:
    path = Path(f"{slug}.{ending}")
    if ending == "pdf":
        return read_pdf(content, path, pattern(slug))
    reads = read_html if ending == "html" else read_text
    return reads(content.decode(), path, pattern(slug))


def _planted(change: Change, printed: Mapping[tuple[str, str], str]) -> str:
    """Which of the planted changes a change is; blank where it is none."""
    after = change.after
    if isinstance(after, PrintedFigure):
        is_it = after.id in FIGURES and change.removed == printed[after.group, after.id]
        return after.id if is_it and after.group == "received" else ""
    removed, added = _letters(change.removed), _letters(change.added)
    if not added:
        return PARAGRAPH if removed == _letters(PARAGRAPH) else ""
    found = (
        old
        for new, old in WORDS.items()
        if removed and removed in _letters(old) and added in _letters(new)
    )
    return next(found, "")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", plain(text))


STYLES = """
@page { size: A4; margin: 2.5cm }
body { font: 11pt/1.15 'Liberation Sans', Arial, sans-serif; margin: 0 }
p { margin: 0 0 10pt } h2 { font-size: 11pt; margin: 12pt 0 6pt; break-after: avoid }
.line { margin: 0 } .gap { height: 40pt } .report { break-before: page }
table { border-collapse: collapse; width: 100%; font-size: 8pt; margin-bottom: 12pt }
td { border: 0.5pt solid #888; padding: 3pt; vertical-align: top }
"""
JUSTIFIED = "p { text-align: justify }"
WIDE = "@page { margin: 3cm 2.5cm }"
LANDSCAPE = "@page wide { size: A4 landscape } .report { page: wide }"
COLUMNS = "body { columns: 2; column-gap: 24pt; font-size: 9.5pt }"
COLUMNS += ".report { column-span: all; break-before: page }"
UP = """
.up { break-inside: avoid } .up .head { height: 120pt; position: relative; padding: 0 }
.up .head span { position: absolute; left: 50%; bottom: 2pt; width: 112pt;
  transform-origin: 0 50%; transform: rotate(-90deg) }
"""


def page(slug: str, styles: str = "", tables: str = "across", *, breaks: bool = False) -> str:
    """A letter as a page; `tables` stand across, upright, divided or have labels up the page.

    They stand across with their columns in another order, too (`reversed`).

    With `breaks`, the lines of an address are divided by `<br>`, as in pages saved from Word.
    """
    body = "\n".join(_elements(slug, tables, breaks))
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Letter</title>"
        f"<style>{STYLES}{styles}</style><body>{body}</div></body></html>"
    )


def _elements(slug: str, tables: str, breaks: bool) -> Iterator[str]:
    for role, several in groupby(last_years(slug), lambda part: part[0]):
        parts = [content for _, content in several]
        texts = [html.escape(part) for part in parts if isinstance(part, str)]
        match role:
            case Role.TABLE:
                yield from (_rows(part, tables) for part in parts if isinstance(part, Table))
            case Role.ADDRESS_LINE if breaks:
                yield f"<p>{'<br>'.join(texts)}</p>"
            case Role.ADDRESS_LINE:
                yield from (f"<p class=line>{text}</p>" for text in [*texts, "&nbsp;"])
            case Role.HEADING:
                yield f"<h2>{texts[0]}</h2>"
            case Role.SUBJECT | Role.TABLE_TITLE | Role.NOTES_TITLE:
                yield f"<p><b>{texts[0]}</b></p>"
            case Role.CLOSING:
                yield f"<p>{texts[0]}</p><div class=gap></div>"
            case Role.SIGNATORY | Role.OFFICE:
                yield from (f"<p class=line>{text}</p>" for text in texts)
            case Role.REPORT_TITLE:
                yield f"<div class=report><p class=line><b>{texts[0]}</b></p>"
            case _:
                broken = (text.replace(" http:", "<br>http:") if breaks else text for text in texts)
                yield from (f"<p>{text}</p>" for text in broken)


def _rows(table: Table, how: str) -> str:
    cells = list(zip(table.labels, table.spans, table.texts, strict=True))
    if how == "upright":
        rows = "".join(f"<tr><td>{html.escape(c[0])}</td><td>{c[2]}</td></tr>" for c in cells)
        return f"<table>{rows}</table>"
    if how == "reversed":
        return _rows(Table(*zip(*cells[::-1], strict=True)), "across")
    if how == "divided" and len(cells) > 4:
        half = (len(cells) + 1) // 2
        return "".join(
            _rows(Table(*zip(*part, strict=True)), "across")
            for part in (cells[:half], cells[half:])
        )
    spans = "".join(f"<td colspan={len([*g])}>{span}</td>" for span, g in groupby(table.spans))
    heads = "".join(
        f"<td class=head><span>{html.escape(label)}</span></td>" for label in table.labels
    )
    texts = "".join(f"<td>{text}</td>" for text in table.texts)
    over = f"<tr>{spans}</tr>" if any(table.spans) else ""
    return f"<table class={how}>{over}<tr>{heads}</tr><tr>{texts}</tr></table>"


def hyphenated(source: str) -> str:
    """A page whose long words may be broken in the middle."""

    def words(text: re.Match[str]) -> str:
        if re.search(r"http|www", text[0]):
            return text[0]
        return re.sub(r"\b[a-z]{8,}\b", lambda w: f"{w[0][:4]}\N{SOFT HYPHEN}{w[0][4:]}", text[0])

    head, body = source.split("</style>")
    return f"{head}</style>{re.sub(r'(?<=>)[^<]+', words, body)}"


def untagged(content: bytes) -> bytes:
    """A PDF without its structure, as most programs make them."""
    document = pikepdf.open(io.BytesIO(content))
    for key in ("/StructTreeRoot", "/MarkInfo"):
        if key in document.Root:
            del document.Root[key]
    return _saved(document)


def turned(content: bytes, *, shown_upright: bool) -> bytes:
    """A PDF whose last page, in landscape, is kept in portrait and its text runs up it."""
    document = pikepdf.open(io.BytesIO(content))
    last = document.pages[-1]
    width, height = (float(side) for side in last.mediabox[2:])
    last.contents_coalesce()
    stream = last.obj["/Contents"].read_bytes()
    turn = f"q 0 1 -1 0 {height} 0 cm\n".encode()
    last.obj["/Contents"] = document.make_stream(turn + stream + b"\nQ")
    last.obj["/MediaBox"] = [0, 0, height, width]
    last.obj["/Rotate"] = 90 if shown_upright else 0
    return _saved(document)


def _saved(document: pikepdf.Pdf) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def copied(content: bytes) -> bytes:
    """The text of a PDF as it is copied from a viewer, cell after cell."""
    pages = [each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(content)]
    return "\f".join(page.replace("\r\n", "\n") for page in pages).encode()


def copied_as_laid_out(content: bytes) -> bytes:
    """The text of a PDF with what stands beside each other beside each other."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        pages = [page.extract_text(layout=True, y_density=11) for page in document.pages]
    return "\f".join(pages).encode()


def wrapped(
    slug: str, width: int, *, blank_lines: bool, hyphens: bool, lines_a_page: int, foot: str
) -> bytes:
    """A letter as plain text in short lines, with the foot of a page after so many of them."""
    lines: list[str] = []
    for role, content in last_years(slug):
        if isinstance(content, Table):
            lines += [f"{c}  {t}" for c, t in zip(content.labels, content.texts, strict=True)]
            lines.append("")
            continue
        lines += _broken(content, width) if hyphens else textwrap.wrap(content, width)
        together = {Role.ADDRESS_LINE, Role.OFFICE, Role.SIGNATORY, Role.REPORT_TITLE}
        if blank_lines and role not in together:
            lines.append("")
    paged = []
    for number, line in enumerate(lines, 1):
        paged.append(line)
        if number % lines_a_page == 0:
            paged += ["", foot.format(number // lines_a_page), "\f"]
    return "\n".join(paged).encode()


def _broken(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        half = len(word) // 2
        room = width - len(lines[-1]) - 1
        if len(word) <= room:
            lines[-1] = f"{lines[-1]} {word}".strip()
        elif len(word) >= 8 and word.isalpha() and half < room:
            lines[-1] += f" {word[:half]}-"
            lines.append(word[half:])
        else:
            lines.append(word)
    return lines
