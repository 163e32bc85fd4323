"""A letter's page as a tagged PDF. Beside it, only `tags` and `page_boxes` know WeasyPrint.

The engine is given everything it may use (the page, the styles, the faces) and nothing else: what
is not handed to it is refused, and whatever it warns of fails the letter.
"""

import logging
import os
import re
import sys
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime, time
from importlib.resources import as_file, files
from io import BytesIO
from logging.handlers import MemoryHandler
from threading import Lock
from typing import Any

import pydyf

from generator.edition.letterhead import Typeface
from generator.rendering.failures import EngineError, StylesError, missing_glyph
from generator.rendering.fonts import font_files
from generator.rendering.pdf.page_boxes import (
    EngineChangedError,
    end_lines,
    lines_of,
    noticing,
    texts_of,
)
from generator.rendering.pdf.page_texts import PageTexts
from generator.rendering.pdf.pdf_file import PdfFile, as_bytes
from generator.rendering.pdf.recording import Recording, UnfitError
from generator.rendering.pdf.shapes import Shapes
from generator.rendering.pdf.tags import mend
from generator.rendering.pdf.weasyprint_parts import (
    CSS,
    HTML,
    Attachment,
    FontConfiguration,
    URLFetcher,
    URLFetcherResponse,
)
from generator.rendering.record import Attached

VARIANT = "pdf/a-3a"
"""What the engine itself declares; it takes one variant, so PDF/UA is declared here."""

_PDF_UA = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>WordPart of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""PDF/UA's mark, and the description of its one property that PDF/A asks for beside it."""

_END = b"</rdf:RDF>"


def declare(pdf: pydyf.PDF) -> None:
    """Add PDF/UA-1 to the metadata of a PDF/A-3a that is about to be written, uncompressed.

    It goes into the `rdf:RDF` that is there: validators do not look into a second one.
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    content = b"".join(map(as_bytes, metadata.stream))
    if content.count(_END) != 1:
        raise EngineChangedError("the engine's metadata are not what they were")
    metadata.stream = [content.replace(_END, _PDF_UA.encode() + _END)]
    metadata.compress = False


_ONE_AT_A_TIME = Lock()
"""One page at a time: functions that are wrapped are the same for all threads."""


class PdfEngine:
    """Prints pages to PDF. Made once for many letters: fonts and styles are read only once."""

    def __init__(self, styles: str, typeface: Typeface = Typeface.LIBERATION_SANS) -> None:
        """Start the engine. Raises `StylesError` where it does not understand the styles."""
        self._typeface = typeface
        faces = font_files(typeface)
        self._fetcher = _Fetcher({f"face:{face.file}": face.content for face in faces})
        with _without_system_fonts():
            self._fonts = FontConfiguration()
        with _no_warnings(typeface):
            rules = "\n".join(face.rule for face in faces)
            self._faces = CSS(string=rules, font_config=self._fonts, url_fetcher=self._fetcher)
        with _heard() as said:
            self._styles = CSS(string=styles, font_config=self._fonts, url_fetcher=self._fetcher)
        if said:
            raise StylesError([_in_plain_words(message) for message in said])
        self._shapes = Shapes(styles)
        # What it keeps in a folder is removed when it is no longer used; at the very end of the
        # interpreter that would fail, so who still has one then loses it a moment before.
        weakref.finalize(self, vars(self).clear)

    def print(
        self, page: str, attached: Sequence[Attached] = (), *, in_full: bool = False
    ) -> bytes:
        """The PDF of an HTML page that brings no styles: PDF/A-3a and PDF/UA-1 in one file.

        It is made from one of the same shape, where there was one and that can be done, unless it
        shall be laid out `in_full`; the bytes are the same.

        Raises `EngineError`, with every reason, and `StylesError` for a font that is not there.

        No clock, no network and no file goes into it: the same page gives the same bytes.
        """
        with _ONE_AT_A_TIME:
            if in_full:
                self._shapes.why_not = "each is to be laid out by itself"
                return self._print_in_full(page, attached, None)
            words = PageTexts.of(page)
            files = {file: _attachment(file, self._fetcher) for file in attached}
            with _heard() as said:
                content = self._shapes.fill(words, files)
            if content is not None and not said:
                return content
            return self._print_in_full(page, attached, words)

    def print_together(self, pages: Sequence[tuple["PdfEngine", str]]) -> bytes:
        """One PDF of several HTML pages, each laid out with the styles of an engine.

        It is tagged and declared as each alone is; its title is that of the first. Raises what
        `print` does.
        """
        with _ONE_AT_A_TIME, _no_warnings(self._typeface):
            documents = [engine._lay_out(page) for engine, page in pages]
            whole = documents[0].copy([page for each in documents for page in each.pages])
            _, file = self._write(whole, (), None)
        self._check_texts(whole)
        return file.content

    @property
    def why_in_full(self) -> str:
        """Why the last page was laid out in full; blank where it was made from another one."""
        return self._shapes.why_not

    def _print_in_full(
        self, page: str, attached: Sequence[Attached], words: PageTexts | None
    ) -> bytes:
        recording = None if words is None else Recording()
        with _no_warnings(self._typeface):
            with recording.laying_out() if recording else nullcontext():
                document = self._lay_out(page)
            try:
                pdf, file = self._write(document, attached, recording)
            except UnfitError:  # it was recorded as it is not drawn
                document = self._lay_out(page)
                words, (pdf, file) = None, self._write(document, attached, None)
        self._check_texts(document)
        if words is not None and recording is not None:
            self._shapes.keep(words, attached, recording, document, pdf, file)
        return file.content

    def _check_texts(self, document: Any) -> None:
        """Raise an error where a text is set in another font, or runs over its edge."""
        texts = [
            (number, text)
            for number, laid_out in enumerate(document.pages, start=1)
            for text in texts_of(laid_out)
        ]
        families = {text.family for _, text in texts}
        unknown = sorted(name for name in families if name.lower() != self._typeface.lower())
        if unknown:
            raise StylesError(
                [f'asks for the font "{name}", which is not available' for name in unknown]
            )
        overflowing = [text.overflowing(number) for number, text in texts if text.overflows]
        if overflowing:
            raise EngineError(overflowing)

    def _lay_out(self, page: str) -> Any:
        return HTML(string=page, base_url=None, url_fetcher=self._fetcher).render(
            stylesheets=[self._faces, self._styles], font_config=self._fonts
        )

    def _write(
        self, document: Any, attached: Sequence[Attached], recording: Recording | None
    ) -> tuple[pydyf.PDF, PdfFile]:
        """Write a PDF, its tags mended and its conformance declared before that."""
        made: list[tuple[pydyf.PDF, PdfFile]] = []

        def finish(_document: Any, pdf: Any) -> None:
            mend(tagging, pdf)
            if recording:
                recording.figures = dict(tagging.figures)
            declare(pdf)
            made.append((pdf, PdfFile.of(pdf)))
            pdf.write = lambda *_: None  # the engine would write it twice

        end_lines(lines_of(document))
        attachments = [_attachment(file, self._fetcher) for file in attached]
        with noticing() as tagging, recording.writing() if recording else nullcontext():
            document.write_pdf(pdf_variant=VARIANT, attachments=attachments, finisher=finish)
        return made[0]


def _attachment(file: Attached, fetcher: URLFetcher) -> Any:
    midnight = datetime.combine(file.day, time())  # without it the engine would ask the clock
    return Attachment(
        file_obj=BytesIO(file.content),
        url_fetcher=fetcher,  # without it the engine would make one of its own, for each file
        name=file.name,
        description=file.description,
        created=midnight,
        modified=midnight,
        relationship="Data",
    )


class _Fetcher(URLFetcher):  # type: ignore[misc]  # it comes without types
    """Gives the engine the faces and what a `data:` address holds; refuses all else."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=["data"])
        self._assets = assets

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url in self._assets:
            return URLFetcherResponse(url, self._assets[url], {"Content-Type": "font/ttf"})
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise ValueError(f"{url} was not loaded; letters must be self-contained")


@contextmanager
def _without_system_fonts() -> Iterator[None]:
    """While fontconfig starts, let it read our own configuration, which knows no fonts."""
    before = os.environ.get("FONTCONFIG_FILE")
    with as_file(files("generator.rendering") / "fonts.conf") as path:
        os.environ["FONTCONFIG_FILE"] = str(path)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


_LOGGER = logging.getLogger("weasyprint")


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What the engine warned of inside: it goes on without what it has not got, and we do not."""
    said: list[str] = []
    handler = MemoryHandler(sys.maxsize, flushLevel=sys.maxsize)
    handler.setLevel(logging.WARNING)
    _LOGGER.addHandler(handler)
    propagate, _LOGGER.propagate = _LOGGER.propagate, False
    try:
        yield said
    finally:
        said += dict.fromkeys(record.getMessage() for record in handler.buffer)
        _LOGGER.removeHandler(handler)
        _LOGGER.propagate = propagate


@contextmanager
def _no_warnings(typeface: Typeface) -> Iterator[None]:
    """Whatever the engine warns of inside is an `EngineError`."""
    with _heard() as said:
        yield
    if said:
        characters = [found[1] for message in said if (found := _MISSING.search(message))]
        missing = [missing_glyph(c, typeface) for c in dict.fromkeys("".join(characters))]
        reasons = [_in_plain_words(message) for message in said if not _MISSING.search(message)]
        raise EngineError([*missing, *reasons])


_MISSING = re.compile(r'unsupported by fonts: "(.+?)" \(U\+')


def _in_plain_words(message: str) -> str:
    message = re.sub(r"data:[^\s']{40,}", "a picture in the page", message)
    return message.replace("ValueError: ", "").rstrip(".: ")
