"""A letter's page as a tagged PDF. Beside it, only `layout_check` and `tags` know WeasyPrint.

The engine is given everything it may use (the page, the styles, the faces) and nothing else: what
is not handed to it is refused, and whatever it warns of fails the letter.
"""

import logging
import os
import re
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from importlib.resources import as_file, files
from io import BytesIO
from typing import Any

from generator.rendering.conformance import VARIANT, declare
from generator.rendering.failures import EngineError, StylesError
from generator.rendering.fonts import FontFile
from generator.rendering.layout_check import texts_of
from generator.rendering.record import Attached
from generator.rendering.tags import mend, noticing
from generator.rendering.weasyprint_parts import (
    CSS,
    HTML,
    Attachment,
    FontConfiguration,
    URLFetcher,
    URLFetcherResponse,
)


class PdfEngine:
    """Prints pages to PDF. Made once for many letters: fonts and styles are read only once."""

    def __init__(self, styles: str, faces: tuple[FontFile, ...]) -> None:
        """Start the engine. Raises `StylesError` where it does not understand the styles."""
        self._fetcher = _Fetcher({f"face:{face.file}": face.content for face in faces})
        with _without_system_fonts():
            self._fonts = FontConfiguration()
        with _no_warnings():
            rules = "\n".join(face.rule for face in faces)
            self._faces = CSS(string=rules, font_config=self._fonts, url_fetcher=self._fetcher)
        with _heard() as said:
            self._styles = CSS(string=styles, font_config=self._fonts, url_fetcher=self._fetcher)
        if said:
            raise StylesError([_in_plain_words(message) for message in said])
        # What it keeps in a folder is removed when it is no longer used; at the very end of the
        # interpreter that would fail, so who still has one then loses it a moment before.
        weakref.finalize(self, vars(self).clear)

    def print(self, page: str, attached: Sequence[Attached] = ()) -> bytes:
        """The PDF of an HTML page that brings no styles: PDF/A-3a and PDF/UA-1 in one file.

        Raises `EngineError`, with every reason, and `StylesError` for a font that is not there.

        No clock, no network and no file goes into it: the same page gives the same bytes.
        """
        with _no_warnings():
            document = self._lay_out(page)
            content = self._write(document, attached)
        texts = [
            (number, text)
            for number, laid_out in enumerate(document.pages, start=1)
            for text in texts_of(laid_out)
        ]
        unknown = sorted({text.family for _, text in texts if not text.is_ours})
        if unknown:
            raise StylesError(
                [f'asks for the font "{name}", which is not there' for name in unknown]
            )
        overflowing = [text.overflowing(number) for number, text in texts if text.overflows]
        if overflowing:
            raise EngineError(overflowing, [])
        return content

    def _lay_out(self, page: str) -> Any:
        return HTML(string=page, base_url=None, url_fetcher=self._fetcher).render(
            stylesheets=[self._faces, self._styles], font_config=self._fonts
        )

    def _write(self, document: Any, attached: Sequence[Attached]) -> bytes:
        """Write a PDF, its tags mended and its conformance declared before that."""

        def finish(_document: Any, pdf: Any) -> None:
            mend(tagging, pdf)
            declare(pdf)

        attachments = [_attachment(file, self._fetcher) for file in attached]
        with noticing() as tagging:
            return bytes(
                document.write_pdf(pdf_variant=VARIANT, attachments=attachments, finisher=finish)
            )


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


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Gives the engine the faces and what a `data:` address holds; refuses all else."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=["data"])
        self._assets = assets

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url in self._assets:
            return URLFetcherResponse(url, self._assets[url], {"Content-Type": "font/ttf"})
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise ValueError(f"{url} is not fetched, a letter carries all it shows")


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


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message not in self.said:
            self.said.append(message)


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What the engine warns of inside: it goes on without what it has not got, and we do not."""
    handler = _Warnings()
    _LOGGER.addHandler(handler)
    propagate, _LOGGER.propagate = _LOGGER.propagate, False
    try:
        yield handler.said
    finally:
        _LOGGER.removeHandler(handler)
        _LOGGER.propagate = propagate


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Whatever the engine warns of inside is an `EngineError`."""
    with _heard() as said:
        yield
    if said:
        signs = [found[1] for message in said if (found := _SIGN.search(message))]
        reasons = [_in_plain_words(message) for message in said if not _SIGN.search(message)]
        raise EngineError(reasons, list(dict.fromkeys("".join(signs))))


_SIGN = re.compile(r'unsupported by fonts: "(.+?)" \(U\+')


def _in_plain_words(message: str) -> str:
    message = re.sub(r"data:[^\s']{40,}", "a picture in the page", message)
    return message.replace("ValueError: ", "").rstrip(".: ")
