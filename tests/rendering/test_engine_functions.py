"""The private functions of WeasyPrint that pages of one shape rest on are those that were read.

Where one of these fails after an update, read what has changed in the function, and whether what
the module named beside it says of it still holds; then write down its new digest. As long as a
page is made right from another of its shape, `test_shapes` passes; but that tries some pages, and
these say that nobody has looked.
"""

import hashlib
import inspect
from typing import Any

import pydyf
import pytest
import weasyprint.anchors
import weasyprint.draw
import weasyprint.draw.text
import weasyprint.images
import weasyprint.layout
import weasyprint.layout.background
import weasyprint.layout.block
import weasyprint.layout.inline
import weasyprint.layout.page
import weasyprint.layout.preferred
import weasyprint.pdf
import weasyprint.pdf.anchors
import weasyprint.pdf.fonts
import weasyprint.pdf.metadata
import weasyprint.pdf.stream
import weasyprint.pdf.tags
import weasyprint.stacking
import weasyprint.svg
import weasyprint.text.line_break
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

LINES = "word_parts.Paragraph: lines depend on the words, the width and the place where they begin"
MOVES = "recording.Recording.laying_out: a line is moved by nothing but `translate`"
WIDTHS = "recording.Recording.laying_out: words are measured by nothing else"
DRAWING = "drawn_lines.draw_again: a line is drawn in one piece, by colours and fonts in force"
PICTURES = "drawn_pictures.DrawnPicture: a picture is drawn in one piece, of its address and size"
PIECES = "drawn_pieces.DrawnPieces: a piece of an SVG is drawn of what it says, and leaves nothing"
FONTS = "recording.add_glyphs: of each glyph the first text and width count"
WRITING = "pdf_file.PdfFile, shape.Shape: what of a PDF depends on words"

READ: dict[str, tuple[Any, str, str]] = {
    "layout.inline.iter_line_boxes": (
        weasyprint.layout.inline.iter_line_boxes,
        "04aec48abfcad809",
        LINES,
    ),
    "layout.inline.get_next_linebox": (
        weasyprint.layout.inline.get_next_linebox,
        "67af458c2545e74f",
        LINES,
    ),
    "layout.inline.remove_last_whitespace": (
        weasyprint.layout.inline.remove_last_whitespace,
        "53f0c79c9fbbda50",
        LINES,
    ),
    "layout.inline.split_text_box": (
        weasyprint.layout.inline.split_text_box,
        "8c564329599ef23f",
        LINES,
    ),
    "text.line_break.split_first_line": (
        weasyprint.text.line_break.split_first_line,
        "39ad1016863ca34d",
        LINES,
    ),
    "layout.block._linebox_layout": (
        weasyprint.layout.block._linebox_layout,
        "e07bbe000974787e",
        LINES,
    ),
    "layout.page.make_margin_boxes": (
        weasyprint.layout.page.make_margin_boxes,
        "4a2d2e301eb3bc47",
        LINES,
    ),
    "layout.page.margin_box_content_layout": (
        weasyprint.layout.page.margin_box_content_layout,
        "9ebcc7de57732126",
        LINES,
    ),
    "layout.layout_document": (weasyprint.layout.layout_document, "a5cbf437e99caf72", MOVES),
    "boxes.Box.translate": (boxes.Box.translate, "2e16dfbea8bd7d51", MOVES),
    "boxes.Box.copy": (boxes.Box.copy, "22622e6493869089", MOVES),
    "stacking.StackingContext": (weasyprint.stacking.StackingContext, "ec586508cac97684", MOVES),
    "layout.preferred.inline_line_widths": (
        weasyprint.layout.preferred.inline_line_widths,
        "6c24f789e3ce5bb7",
        WIDTHS,
    ),
    "layout.preferred.inline_min_content_width": (
        weasyprint.layout.preferred.inline_min_content_width,
        "15cde37816a624cf",
        WIDTHS,
    ),
    "layout.preferred.inline_max_content_width": (
        weasyprint.layout.preferred.inline_max_content_width,
        "6860df1a22c6d6a7",
        WIDTHS,
    ),
    "boxes.Box.extract_text": (boxes.Box.extract_text, "de260f76b9dd206e", WIDTHS),
    "draw.draw_inline_level": (weasyprint.draw.draw_inline_level, "068162a401d00efd", DRAWING),
    "draw.draw_block_level": (weasyprint.draw.draw_block_level, "3de9ec3ad4aaad3c", DRAWING),
    "draw.draw_replacedbox": (weasyprint.draw.draw_replacedbox, "7cb1486a51be82ab", PICTURES),
    "images.SVGImage": (weasyprint.images.SVGImage, "91c26b229879fc1c", PICTURES),
    "svg.SVG.draw_node": (weasyprint.svg.SVG.draw_node, "5e24443a435c491e", PIECES),
    "images.get_image_from_uri": (
        weasyprint.images.get_image_from_uri,
        "07bdb0c0e3fd5b83",
        PICTURES,
    ),
    "draw.text.draw_text": (weasyprint.draw.text.draw_text, "ebaf96239c6ca363", DRAWING),
    "layout.background.layout_box_backgrounds": (
        weasyprint.layout.background.layout_box_backgrounds,
        "617a870678c82755",
        DRAWING,
    ),
    "pdf.stream.Stream": (weasyprint.pdf.stream.Stream, "624257224db6f66d", DRAWING),
    "draw.text.draw_first_line": (weasyprint.draw.text.draw_first_line, "1bb8eae6d88e71b1", FONTS),
    "pdf.fonts.Font": (weasyprint.pdf.fonts.Font, "1888854798bf8726", FONTS),
    "pdf.fonts.build_fonts_dictionary": (
        weasyprint.pdf.fonts.build_fonts_dictionary,
        "fc551bef35d0d6c3",
        FONTS,
    ),
    "pdf.generate_pdf": (weasyprint.pdf.generate_pdf, "626343ef25c396e8", WRITING),
    "Document.write_pdf": (Document.write_pdf, "086e4a8e99981829", WRITING),
    "pdf.anchors.add_links": (weasyprint.pdf.anchors.add_links, "262e8b9b299892a7", WRITING),
    "pdf.anchors.add_outlines": (weasyprint.pdf.anchors.add_outlines, "9f5d6afde78956a1", WRITING),
    "pdf.anchors.write_pdf_attachment": (
        weasyprint.pdf.anchors.write_pdf_attachment,
        "11bdffe520ef3841",
        WRITING,
    ),
    "anchors.gather_anchors": (weasyprint.anchors.gather_anchors, "373f8c676f27da3b", WRITING),
    "pdf.metadata.DocumentMetadata": (
        weasyprint.pdf.metadata.DocumentMetadata,
        "caea48480357554f",
        WRITING,
    ),
    "pdf.tags.add_tags": (weasyprint.pdf.tags.add_tags, "f0e74575b0bafaf3", WRITING),
    "pdf.tags._build_box_tree": (weasyprint.pdf.tags._build_box_tree, "f716251a83e7096e", WRITING),
    "pydyf.PDF.write": (pydyf.PDF.write, "242cd38f92ecd33f", WRITING),
}


@pytest.mark.parametrize("name", READ)
def test_a_function_of_the_engine_is_the_one_that_was_read(name: str) -> None:
    function, digest, why = READ[name]

    assert digest_of(function) == digest, f"{name} has changed; it is relied on by {why}"


def digest_of(function: Any) -> str:
    """That of its source."""
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]
