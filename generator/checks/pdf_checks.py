"""The proof of a letter: its PDF, read back, says what the letter says and is what it declares.

Each finding is one sentence. None means: this authority's letter, all of it, with its figures in
their places, and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from generator.checks.registry import PdfContext, Scope, check
from generator.edition.edition import Part
from generator.letter.roles import PICTURES
from generator.plain_text import join_lines, strip_whitespace
from generator.problems import Severity
from generator.rendering.record import (
    FIGURES_FILE,
    RECORD_FILE,
    RecordError,
    figures_csv,
    read_record,
    record_of,
)
from generator.verification.furniture import without_beginning
from generator.verification.read_back import (
    differences,
    expected_words,
    short,
)
from generator.verification.table_proof import table_by_position
from generator.verification.table_structure import table_by_structure, whole_tables

NARROWEST_MARGIN_POINTS = 18
"""Nothing is printed nearer than a quarter of an inch to the edge: printers could not print it."""


@check(Scope.PDF, Severity.ERROR)
def pdf_identity(context: PdfContext) -> Iterator[str]:
    """The title or an attachment is missing, wrong, or one too many.

    Title and attachments are this letter's, all of them and no others.
    """
    read, letter = context.read, context.letter
    if read.title != letter.title:
        yield f'its title is "{read.title}", not "{letter.title}"'
    for name in (FIGURES_FILE, RECORD_FILE):
        if name not in read.files:
            yield f"the attachment {name} is missing"
    figures = figures_csv(letter)
    if read.files.get(FIGURES_FILE, figures) != figures:
        yield f"the attachment {FIGURES_FILE} is not this letter's"
    if RECORD_FILE in read.files and not _is_record(read.files[RECORD_FILE], context):
        yield f"the attachment {RECORD_FILE} is not this letter's"
    for name in sorted(set(read.files) - {FIGURES_FILE, RECORD_FILE}):
        yield f'unexpected attachment: "{name}"'


def _is_record(content: bytes, context: PdfContext) -> bool:
    """Whether an attached record says the same; a later version may say more."""
    try:
        return content == context.record or read_record(content) == record_of(context.letter)
    except RecordError:
        return False


@check(Scope.PDF, Severity.ERROR)
def pdf_pages(context: PdfContext) -> Iterator[str]:
    """A page has no number or a wrong one, or lacks what is on every page.

    None is missing, added or moved; and what stands at its head or foot is apart from its words.
    """
    for furniture in context.furniture:
        yield from furniture.findings


@check(Scope.PDF, Severity.ERROR)
def pdf_words(context: PdfContext) -> Iterator[str]:
    """A word of the letter is missing from the page, or the page has one that is not in it.

    The words of all pages are those of all blocks, in the same order, and no others.

    White space does not count: a line may be broken after a dash or a slash, too. The headers of a
    table that goes over a page's end are printed once more there.
    """
    pages = [furniture.words for furniture in context.furniture]
    for block in (block for block in context.letter.blocks if block.table):
        headers = strip_whitespace("".join(block.table.header_words if block.table else ()))
        for number in context.tables[block.address].pages[1:]:
            pages[number - 1] = without_beginning(pages[number - 1], headers)
    printed = "\n".join(pages)
    words = expected_words(context.letter, bullet="•")
    on_each = f"{Part.EACH_PAGE}/"
    yield from differences(printed, [w for w in words if not w[0].startswith(on_each)], "page")


@check(Scope.PDF, Severity.ERROR)
def pdf_pictures(context: PdfContext) -> Iterator[str]:
    """A picture or a chart is missing, or its text alternative is.

    Each with the words that stand for it, for who cannot see it.
    """
    found = [picture.alternative for picture in context.read.pictures]
    for block in context.letter.blocks:
        if (block.role in PICTURES or block.chart) and block.text:
            if block.text in found:
                found.remove(block.text)
            else:
                yield f'no picture has the text alternative "{short(block.text)}"'


@check(Scope.PDF, Severity.ERROR)
def pdf_charts(context: PdfContext) -> Iterator[str]:
    """A figure of a chart is not beside its label.

    Each on one line with its label, for the eye; and in the picture's words, in their order.
    """
    for block in context.letter.blocks:
        if block.chart is None:
            continue
        name, wanted = block.chart.name, strip_whitespace(block.chart.words)
        wrong = table_by_position(context.read.pages, block.chart.as_table)
        if wrong:
            yield f'chart "{name}", on the page: {wrong}'
        drawn = [p.words for p in context.read.pictures if p.alternative == block.text]
        if drawn and wanted not in map(strip_whitespace, drawn):
            yield f'chart "{name}", for screen readers: it says "{short(drawn[0])}"'


@check(Scope.PDF, Severity.ERROR)
def pdf_tables(context: PdfContext) -> Iterator[str]:
    """A figure is out of place in a table, on the page or for screen readers.

    Each figure where its row and its column cross, for the eye and for a screen reader.
    """
    read, letter = context.read, context.letter
    printed = [(block, block.table) for block in letter.blocks if block.table]
    found = whole_tables(read.tables, [table for _, table in printed])
    if len(found) != len(printed):
        yield f"screen readers find {len(found)} tables, not {len(printed)}"
    for number, (block, table) in enumerate(printed):
        name = block.group or ""
        title = letter.titles.get(name, name)
        wrong = context.tables[block.address].finding
        if wrong:
            yield f'table "{title}", on the page: {wrong}'
        if number < len(found):
            wrong = table_by_structure(found[number], table)
            if wrong:
                yield f'table "{title}", for screen readers: {wrong}'


@check(Scope.PDF, Severity.ERROR)
def pdf_other_names(context: PdfContext) -> Iterator[str]:
    """The PDF names another authority outside its own inserts.

    Other authorities' names that the letter's own words do not have.
    """
    printed = join_lines("\n".join(page.text for page in context.read.pages))
    own = join_lines("\n".join(block.text for block in context.letter.blocks if block.insert))
    for name in context.names.others(context.letter.authority, printed, own):
        yield f'it names another authority, "{name}", outside its own inserts'


@check(Scope.PDF, Severity.ERROR)
def pdf_signature(context: PdfContext) -> Iterator[str]:
    """The signature has fewer than two lines of the letter above it.

    Nobody signs an empty page.
    """
    closing = next(block.text for block in context.letter.blocks if block.role == "closing")
    first_word = closing.split()[0]
    for page in reversed(context.read.pages):
        ends = [p for p in page.pieces if p.text.startswith(first_word) and p.text in closing]
        if ends:
            above = {round(p.bottom / 3) for p in page.pieces if p.bottom > ends[-1].top}
            if len(above) < 2:
                yield "the signature has fewer than two lines of the letter above it"
            return
    yield f'"{closing}" is on no page'


@check(Scope.PDF, Severity.ERROR)
def pdf_appearance(context: PdfContext) -> Iterator[str]:
    """A font is not the intended one or not embedded, or text runs into the margin.

    Only the intended faces, with their own outlines, and nothing over the margins.
    """
    from generator.verification.font_proof import (  # here: only who has a PDF needs to read fonts
        has_outlines_of,
    )

    read = context.read
    for font in read.fonts:
        if not context.typeface.is_face(font):
            yield f'it uses the font "{font}", not {context.typeface}'
    for font, program in sorted(read.font_programs):
        if not program:
            yield f'the font "{font}" is not embedded'
        elif not has_outlines_of(program, context.typeface):
            yield f'the font "{font}" does not have the outlines of {context.typeface}'
    least = NARROWEST_MARGIN_POINTS
    for number, page in enumerate(read.pages, start=1):
        for piece in page.pieces if page.is_upright and page.is_a4 else ():
            across = least <= piece.left and piece.right <= page.width - least
            if not (across and least <= piece.bottom and piece.top <= page.height - least):
                yield f'on page {number}, "{short(piece.text)}" runs into the margin'


@check(Scope.PDF, Severity.ERROR)
def pdf_paper(context: PdfContext) -> Iterator[str]:
    """A page is not A4, not upright, or has something other than a link over it.

    It is printed and filed as paper is; and what is laid over a page is no part of the letter.
    """
    for number, page in enumerate(context.read.pages, start=1):
        if not page.is_a4:
            size = f"{page.width:.0f} by {page.height:.0f} points"
            yield f"page {number} is {size}; expected A4 (595 by 842, or 842 by 595)"
        if not page.is_upright:
            yield f"page {number} is rotated"
        for note in page.notes:
            yield f"unexpected {note} on page {number}; only links are allowed"


@check(Scope.PDF, Severity.ERROR)
def pdf_ink(context: PdfContext) -> Iterator[str]:
    """Text cannot be seen: too pale, too small, invisible or covered.

    Each word and each figure has a contrast of 3 to 1 with its ground, and nothing lies over it.
    """
    for number, page in enumerate(context.read.pages, start=1):
        for unseen in page.unseen:
            yield f'on page {number}, "{short(unseen.words.strip())}" {unseen.why}'
        for words in page.grouped:
            yield f'on page {number}, "{short(words.strip())}" is see-through or in a drawing'


@check(Scope.PDF, Severity.ERROR)
def pdf_declarations(context: PdfContext) -> Iterator[str]:
    """The PDF does not declare that it is PDF/A-3a and PDF/UA-1.

    Whoever archives it, and whoever reads it aloud, goes by these.
    """
    for standard in ("PDF/A-3a", "PDF/UA-1"):
        if standard not in context.read.declares:
            yield f"it does not declare that it is {standard}"


_STANDARDS = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}
"""By the names that the validator has for them."""

_TAGS = {"figure": "img", "image": "img", "link": "a", "annotation": "a", "l": "ul"}
"""Elements of HTML, by what a PDF has for them, where the names are not the same."""
_NAMED = re.compile(r"\b(Figure|image|Link|annotation|Table|T[HDR]|LI?|H[1-6])\b")


@dataclass(frozen=True)
class Breach:
    """A rule of a standard that a PDF breaks."""

    message: str
    tag: str
    """The element of HTML that is likely to be its cause; "" where none can be told."""


def can_validate() -> bool:
    """Whether the validator is there."""
    return find_spec("page") is not None  # the name that page-validation is imported by


def breaches(content: bytes) -> list[Breach]:
    """Every rule of PDF/UA-1 and PDF/A-3a that a PDF breaks; none where it is what it declares.

    The validator had no part in making it, and knows the two standards; the checks know the letter.
    """
    import page

    found = []
    for profile, standard in _STANDARDS.items():
        try:
            failures = page.validate_pdf_bytes(content, profile=profile).failures
        except page.PageError as error:
            found.append(Breach(f"the validator cannot tell whether it is {standard}: {error}", ""))
            continue
        for failure in failures:
            named = _NAMED.search(failure.message)
            tag = named[1].lower() if named else ""
            message = f"not valid {standard}: {failure.message} ({failure.rule_id})"
            found.append(Breach(message, _TAGS.get(tag, tag)))
    return list(dict.fromkeys(found))
