"""One layout for each shape: a page that differs from another in words alone is made from it.

Most letters of an edition are the same but for names and figures. The engine lays out and draws the
first one in full, and `Recording` notes how. For the next, only the paragraphs, cells and lines
whose words are others are set and drawn again, each by the functions of the engine that set it the
first time, from the same place, in the same width. All else is taken as it was written.

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

from generator.rendering.pdf.drawn_lines import draw_again, links_again, written_before
from generator.rendering.pdf.font_subsets import FontSubsets, written_font
from generator.rendering.pdf.laid_out import texts_of
from generator.rendering.pdf.page_boxes import end_lines, inner_box, lines_of, words_of_html
from generator.rendering.pdf.page_texts import (
    PageTexts,
    TextNode,
    in_its_place,
    is_plain,
    on_one_line,
    text_nodes,
)
from generator.rendering.pdf.pdf_file import PdfFile, as_bytes, stream, written
from generator.rendering.pdf.recording import (
    Drawing,
    Glyphs,
    Recording,
    UnfitError,
    add_glyphs,
)
from generator.rendering.pdf.weasyprint_parts import TextBox, engine_pdf
from generator.rendering.pdf.word_parts import SetAnew, WordPart, parts_of, words_in
from generator.rendering.record import Attached

Objects = dict[int, bytes]
"""Objects of a PDF as they are written, by number."""


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
        self._laid_out = {id(text.box): text for page in document.pages for text in texts_of(page)}
        self._streams = _streams(recording)
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
        self._prove([part for part in parts if not part.is_proven], subsets)
        with self._saying(new, parts):
            changes = self._drawn_anew(_set(parts), subsets)
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

    def _prove(self, parts: Sequence[WordPart], subsets: FontSubsets) -> None:
        """Set parts in their own words, and see that they come out as they are."""
        fonts = subsets.fonts(self._recording.fonts)
        for line, box in _set(parts):
            drawing = line.drawings[0]
            made = draw_again(drawing, box, fonts, self._image_at)
            if (made[0], _in_order(made[1])) != (
                written_before(drawing),
                _in_order(drawing.glyphs),
            ) or any(
                self._file.objects[number] != link
                for number, link in links_again(drawing, line.box, box)
            ):
                raise UnfitError("a part is not drawn again as it was")
        for part in parts:
            part.is_proven = True

    @property
    def _image_at(self) -> Any:
        return self._recording.settings[0].context.get_image_from_uri

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

    def _drawn_anew(self, made: SetAnew, subsets: FontSubsets) -> Objects:
        """The pages with these lines, the links in them, and the fonts with all their glyphs."""
        changes: Objects = {}
        redrawn: dict[int, tuple[bytes, Glyphs]] = {}
        blank, fonts = (subsets.fonts(self._recording.fonts) for _ in range(2))
        for line, box in made:
            self._check_room(line.box, box)
            (drawing,) = line.drawings
            redrawn[id(drawing)] = draw_again(drawing, box, blank, self._image_at)
            changes |= links_again(drawing, line.box, box)
        for drawn in self._recording.drawn:
            if isinstance(drawn, Drawing):
                add_glyphs(fonts, redrawn[id(drawn)][1] if id(drawn) in redrawn else drawn.glyphs)
            else:
                add_glyphs(fonts, drawn)
        for number, pieces in self._streams.items():
            if any(id(drawing) in redrawn for _, drawing in pieces):
                parts = (redrawn.get(id(drawing), (piece,))[0] for piece, drawing in pieces)
                page = self._pdf.objects[number]
                changes[number] = stream(parts, page.extra, compressed=page.compress)
        return changes | self._fonts_anew(fonts)

    def _check_room(self, old: Any, new: Any) -> None:
        """Raises `UnfitError` where a text ends to the right of its cell or of the margin."""
        for before, after in zip(_texts(old), _texts(new), strict=True):
            if self._laid_out[id(before)]._replace(box=after).overflows:
                raise UnfitError("a text is too wide")

    def _fonts_anew(self, fonts: dict[Any, Any]) -> Objects:
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


def _set(parts: Sequence[WordPart]) -> SetAnew:
    """Set all these parts in the words that they have."""
    made = [pair for part in parts for pair in part.set()]
    lines = [(line.order, box) for line, box in made if line.order is not None]
    end_lines(box for _, box in sorted(lines, key=lambda pair: pair[0]))
    return made


def _texts(line: Any) -> list[Any]:
    return [box for box in line.descendants() if isinstance(box, TextBox)]


def _in_order(glyphs: Glyphs) -> list[Any]:
    return [(key, *(list(added.items()) for added in both)) for key, both in glyphs.items()]


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
