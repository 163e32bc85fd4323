"""A letter's page as a tagged PDF. The one module that imports WeasyPrint.

The engine is given everything it may use (the page, the styles, the faces) and nothing else: what
is not handed to it is refused, and whatever it warns of fails the letter.
"""

import logging
import os
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import Any

from generator.rendering.faces import FAMILY, Face
from generator.rendering.failures import EngineError, StylesError

with warnings.catch_warnings():
    # It warns on import where the machine has no fonts at all; ours are handed to it.
    warnings.simplefilter("ignore")
    from weasyprint import CSS, HTML
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse


class PdfEngine:
    """Prints pages to PDF. Made once for many letters: fonts and styles are read only once."""

    def __init__(self, styles: str, faces: tuple[Face, ...]) -> None:
        """Start the engine. Raises `StylesError` where it does not understand the styles."""
        self._fetcher = _Fetcher({f"face:{face.file}": face.content for face in faces})
        with _without_system_fonts():
            self._fonts = FontConfiguration()
        with _no_warnings(EngineError):
            rules = "\n".join(face.rule for face in faces)
            self._faces = CSS(string=rules, font_config=self._fonts, url_fetcher=self._fetcher)
        with _no_warnings(StylesError):
            self._styles = CSS(string=styles, font_config=self._fonts, url_fetcher=self._fetcher)

    def print(self, page: str) -> bytes:
        """The PDF of an HTML page that brings no styles.

        Raises `EngineError`, with every reason, and `StylesError` for a font that is not there.

        No clock, no network and no file goes into it: the same page gives the same bytes.
        """
        with _no_warnings(EngineError):
            document = HTML(string=page, base_url=None, url_fetcher=self._fetcher).render(
                stylesheets=[self._faces, self._styles], font_config=self._fonts
            )
            content = bytes(document.write_pdf(pdf_tags=True))
        unknown = sorted(_unknown_families(document))
        if unknown:
            raise StylesError(
                [f'asks for the font "{name}", which is not there' for name in unknown]
            )
        return content


def _unknown_families(document: Any) -> set[str]:
    """The first choices among the laid-out texts' families that are not the letter's own.

    The engine would set such a text in another face and say nothing.
    """
    families = {
        box.style["font_family"][0]
        for page in document.pages
        for box in page._page_box.descendants()
        if isinstance(box, TextBox)
    }
    return {family for family in families if family.lower() != FAMILY.lower()}


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
def _no_warnings(error: type[EngineError | StylesError]) -> Iterator[None]:
    """Whatever the engine warns of inside is an error: it goes on without what it has not got."""
    handler = _Warnings()
    _LOGGER.addHandler(handler)
    propagate, _LOGGER.propagate = _LOGGER.propagate, False
    try:
        yield
    finally:
        _LOGGER.removeHandler(handler)
        _LOGGER.propagate = propagate
    if handler.said:
        raise error([_in_plain_words(message) for message in handler.said])


def _in_plain_words(message: str) -> str:
    glyph = re.search(r'unsupported by fonts: "(.+?)" \((U\+[0-9A-F]+)\)', message)
    if glyph:
        return f"{FAMILY} has no sign for “{glyph[1]}” ({glyph[2]})"
    return message.replace("ValueError: ", "").rstrip(".")
