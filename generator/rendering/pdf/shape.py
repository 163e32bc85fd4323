"""One layout for each shape: a page that differs in words and charts alone is made from another.

Most letters of an edition are the same but for names and figures. The engine lays out and draws the
first one in full, and `Recording` notes how. For the next, only the paragraphs, cells and lines
whose words are others are set and drawn again, each by the functions of the engine that set it the
first time, from the same place, in the same width; and pictures of the same size in their places.
All else is taken as it was written.

The file is the same, byte for byte, as if all had been laid out, because

- the markup is the same, so that boxes and styles are (`PageTexts`);
- words have a say in nothing but their own lines: the engine has not asked for their width
  elsewhere, nor do the styles print them a second time;
- the lines are as many as they were, as high, and made of the same boxes, so that everything
  beside them stays where it is, on its page, with its tags;
- a paragraph that is set anew in its *own* words comes out as it was written the first time: that
  is tried before any is set in others;
- what depends on the words of the whole letter is written anew: fonts and the text of their glyphs
  (in the order in which they are met), titles, bookmarks, links, attached files, and the file.

Where any of this is not so, `UnfitError` is raised, and the page is laid out in full.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import unescape
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import pydyf

from generator.rendering.pdf.drawn_lines import written_before
from generator.rendering.pdf.drawn_parts import DrawnParts, Redrawn, check_same
from generator.rendering.pdf.drawn_pictures import DrawnPicture, drawn_pictures
from generator.rendering.pdf.font_subsets import FontSubsets, written_font
from generator.rendering.pdf.page_boxes import inner_box, lines_of, texts_of, words_of_html
from generator.rendering.pdf.page_texts import (
    PageTexts,
    TextNode,
    in_its_place,
    is_plain,
    on_one_line,
    text_nodes,
)
from generator.rendering.pdf.pdf_file import Objects, PdfFile, as_bytes, stream, written
from generator.rendering.pdf.recording import Drawing, GlyphsInOrder, Recording, UnfitError
from generator.rendering.pdf.weasyprint_parts import engine_pdf
from generator.rendering.pdf.word_parts import WordPart, parts_of, words_in
from generator.rendering.record import Attached


class Bookmark(NamedTuple):
    """A heading in the outline of a PDF."""

    element: Any
    outline: pydyf.Dictionary
    has_its_words: bool
    """Whether it says what the heading says."""


class Shape:
    """A page that was laid out in full, from which others are made."""

    def __init__(
        self,
        words: PageTexts,
        recording: Recording,
        document: Any,
        pdf: pydyf.PDF,
        file: PdfFile,
    ) -> None:
        """Raises `UnfitError` where no other page can be made from this one."""
        self._words = words
        self._recording, self._pdf, self._file = recording, pdf, file
        self._document = document  # fonts live as long as it does
        self._texts = [on_one_line(unescape(text)) for text in words.texts]
        self._nodes = _nodes(self._texts, document._html.etree_element)
        self._numbers: dict[Any, list[int]] = {}
        for number, node in self._nodes.items():
            self._numbers.setdefault(node.element, []).append(number)
        self._parts = list(parts_of(recording.settings, recording.margins))
        for order, line in enumerate(lines_of(document)):
            if "recorded" in vars(line):
                line.recorded.order = order
        laid_out = {id(text.box): text for page in document.pages for text in texts_of(page)}
        self._drawn = DrawnParts(recording, file, laid_out)
        html = document._html.etree_element
        self._pictures = list(drawn_pictures(words.pictures, html, recording))
        self._streams = _streams(recording)
        self._glyphs = GlyphsInOrder(recording.drawn)
        self._bookmarks = list(_bookmarks(document, pdf))
        (self._title,) = (n for n, node in self._nodes.items() if node.element.tag == "title")
        if self._texts[self._title] != document.metadata.title:
            raise UnfitError("the title is not read as it is written")

    def fill(
        self, words: PageTexts, attached: Mapping[Attached, Any], subsets: FontSubsets
    ) -> bytes:
        """The PDF of another page of the same markup. Raises `UnfitError`.

        `attached` gives its files as the engine takes them: as many, of the same names.
        """
        both = enumerate(zip(words.texts, self._words.texts, strict=True))
        new = {n: on_one_line(unescape(text)) for n, (text, before) in both if text != before}
        if not all(is_plain(each.texts[n]) for n in new for each in (words, self._words)):
            raise UnfitError("words are not plainly set from left to right")
        elements = {self._nodes[number].element for number in new}
        parts = self._parts_of(elements)
        shown = [
            (drawn, picture)
            for drawn, picture in zip(self._pictures, words.pictures, strict=True)
            if picture != drawn.picture
        ]
        blank = subsets.fonts(self._recording.fonts)
        self._prove(parts, [drawn for drawn, _ in shown], blank)
        with self._saying(new, parts):
            redrawn, changes = self._drawn.draw(parts, blank)
            for drawn, picture in shown:
                redrawn[drawn.drawing] = Redrawn(*drawn.draw(picture, blank))
                changes |= drawn.described_as(picture)
            changes |= self._pages_anew(redrawn)
            changes |= self._fonts_anew(redrawn, subsets)
            for bookmark in self._bookmarks:
                changes |= _bookmark_anew(bookmark, elements)
        changes |= self._files_anew(attached)
        if self._title in new:
            changes |= self._title_anew(unescape(words.texts[self._title]))
        return self._file.with_objects(changes).content

    def _parts_of(self, elements: set[Any]) -> list[WordPart]:
        """All that has words of these elements, and nothing that others depend on."""
        parts = [part for part in self._parts if not part.elements.isdisjoint(elements)]
        known = {element for part in parts for element in part.elements}
        if not elements <= {*known, self._nodes[self._title].element}:
            raise UnfitError("it is not known where words were set")
        measured = self._recording.measured
        if any(not p.may_be_measured and not p.elements.isdisjoint(measured) for p in parts):
            raise UnfitError("the room for other things depends on the width of words")
        return parts

    def _prove(
        self, parts: Sequence[WordPart], pictures: Sequence[DrawnPicture], blank: dict[Any, Any]
    ) -> None:
        """Draw parts and pictures as they are, and see that they come out so."""
        self._drawn.prove([part for part in parts if not part.is_proven], blank)
        for drawn in pictures:
            if not drawn.is_proven:
                check_same(drawn.drawing, Redrawn(*drawn.draw(drawn.picture, blank)))
                drawn.is_proven = True

    @contextmanager
    def _saying(self, new: Mapping[int, str], parts: Sequence[WordPart]) -> Iterator[None]:
        """While inside, the page says other words, wherever the engine may read them."""
        words = [(box, number) for part in parts for box, number in self._words_in(part)]
        try:
            for number in new:
                self._nodes[number].say(new[number])
            for box, number in words:
                box.text = in_its_place(box.text, new.get(number, self._texts[number]))
            yield
        finally:
            for number in new:
                self._nodes[number].say(self._texts[number])
            for box, number in words:
                box.text = in_its_place(box.text, self._texts[number])

    def _words_in(self, part: WordPart) -> Sequence[tuple[Any, int]]:
        if part.words is None:
            part.words = words_in(part, self._numbers, self._texts)
        return part.words

    def _pages_anew(self, redrawn: Mapping[Drawing, Redrawn]) -> Objects:
        """The streams in which lines and pictures are others."""
        changes = {}
        for number, pieces in self._streams.items():
            if any(drawing in redrawn for _, drawing in pieces):
                parts = (
                    redrawn[drawing].content if drawing and drawing in redrawn else piece
                    for piece, drawing in pieces
                )
                page = self._pdf.objects[number]
                changes[number] = stream(parts, page.extra, compressed=page.compress)
        return changes

    def _fonts_anew(self, redrawn: Mapping[Drawing, Redrawn], subsets: FontSubsets) -> Objects:
        """The fonts with all glyphs, in the order in which they are met."""
        fonts = subsets.fonts(self._recording.fonts)
        self._glyphs.add_to(fonts, {drawing: each.glyphs for drawing, each in redrawn.items()})
        numbers = self._recording.font_numbers
        pdf = _numbering_from(numbers.start)
        engine_pdf.build_fonts_dictionary(pdf, fonts, *self._recording.font_arguments)
        if len(pdf.objects) != numbers.stop:
            raise UnfitError("the fonts become other objects")
        return {number: written_font(pdf.objects[number]) for number in numbers}

    def _files_anew(self, attached: Mapping[Attached, Any]) -> Objects:
        changes = {}
        for file, number in zip(attached, self._recording.attachments, strict=True):
            pdf = _numbering_from(number)
            engine_pdf.write_pdf_attachment(pdf, attached[file], True)
            changes[number] = written(pdf.objects[number])
        return changes

    def _title_anew(self, title: str) -> Objects:
        """What says the title besides the page: the information and the metadata of the PDF."""
        number = int(self._pdf.catalog["Metadata"].split()[0])
        metadata = self._pdf.objects[number]
        content = b"".join(map(as_bytes, metadata.stream))
        before = escape(self._texts[self._title]).encode()
        if content.count(b">" + before + b"<") != 1 or metadata.compress:
            raise UnfitError("the title stands in other places")
        content = content.replace(b">" + before + b"<", b">" + escape(title).encode() + b"<")
        info = pydyf.Dictionary({**self._pdf.info, "Title": pydyf.String(title)})
        return {
            number: stream([content], metadata.extra, compressed=False),
            self._file.info: written(info),
        }


def _nodes(texts: Sequence[str], root: Any) -> dict[int, TextNode]:
    """Where each text of a page stands in the tree, by its number."""
    nodes = list(text_nodes(root))
    numbers = [number for number, text in enumerate(texts) if text]
    if [on_one_line(node.text) for node in nodes] != [texts[number] for number in numbers]:
        raise UnfitError("the page is not read as it is written")
    return dict(zip(numbers, nodes, strict=True))


def _streams(recording: Recording) -> dict[int, list[tuple[bytes, Drawing | None]]]:
    """By its number each stream that texts are drawn in: its pieces, and the line that each is."""
    pieces: dict[int, list[tuple[bytes, Drawing | None]]] = {}
    ends: dict[int, tuple[Any, int]] = {}
    for drawing in (drawn for drawn in recording.drawn if isinstance(drawn, Drawing)):
        number = drawing.stream.number
        own, (_, end) = pieces.setdefault(number, []), ends.get(number, (None, 0))
        own += _between(drawing.stream, end, drawing.start)
        own.append((written_before(drawing), drawing))
        ends[number] = (drawing.stream, drawing.end)
    for number, (written_to, end) in ends.items():
        pieces[number] += _between(written_to, end, len(written_to.stream))
    return pieces


def _between(written_to: Any, start: int, end: int) -> list[tuple[bytes, None]]:
    """What stands in a stream between two lines, if anything."""
    if start > end:
        raise UnfitError("what is drawn later changes what was drawn")
    parts = written_to.stream[start:end]
    return [(b"\n".join(map(as_bytes, parts)), None)] if parts else []


def _bookmarks(document: Any, pdf: pydyf.PDF) -> Iterator[Bookmark]:
    """The bookmarks of a PDF, and the headings that they lead to."""
    outlines = [o for o in pdf.objects if isinstance(o, dict) and {"Title", "Dest"} <= set(o)]
    headings = [box for page in document.pages for box in _headings(page._page_box)]
    if [box.bookmark_label for box in headings] != [o["Title"].string for o in outlines]:
        raise UnfitError("the bookmarks are not the headings")
    for box, outline in zip(headings, outlines, strict=True):
        has_its_words = box.bookmark_label == words_of_html(box.element)
        yield Bookmark(box.element, outline, has_its_words)


def _headings(box: Any) -> Iterator[Any]:
    if box.bookmark_label and box.style["bookmark_level"] != "none":
        yield box
    for child in box.all_children():
        yield from _headings(inner_box(child))


def _bookmark_anew(bookmark: Bookmark, elements: set[Any]) -> Objects:
    """A bookmark, where its heading is one of these elements or holds one."""
    if elements.isdisjoint(bookmark.element.iter()):
        return {}
    if not bookmark.has_its_words:
        raise UnfitError("a bookmark has other words than its heading")
    title = pydyf.String(words_of_html(bookmark.element))
    return {
        bookmark.outline.number: written(pydyf.Dictionary({**bookmark.outline, "Title": title}))
    }


def _numbering_from(number: int) -> pydyf.PDF:
    """A PDF for a few objects that are to have the numbers from this one on."""
    pdf = pydyf.PDF()
    pdf.objects = [None] * number
    return pdf
