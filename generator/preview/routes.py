"""The desk's addresses: which page, file or picture is answered to which."""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib.resources import files

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from generator.preview.access import LETTER_POLICY
from generator.preview.letter_page import PANELS, VIEWS, letter_page
from generator.preview.list_page import list_page
from generator.preview.other_pages import changes_page, impact_page, problems_page
from generator.preview.preview_state import PreviewState
from generator.verification.output_formats import OutputFormat, output_formats

_PATIENCE_S = 0.6
"""So long a page waits for its letter to be printed, so that it comes whole; then without."""
_DOWNLOAD_S = 60
_FOR_EVER = "private, max-age=31536000, immutable"

_PAGES = {
    "/": list_page,
    "/changes": changes_page,
    "/problems": problems_page,
    "/impact": impact_page,
}
_ASSETS = {
    "base.css": "text/css",
    "changes.css": "text/css",
    "desk.css": "text/css",
    "lists.js": "text/javascript",
    "desk.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


class Routes:
    """Answers what is asked of a desk."""

    def __init__(self, desk: PreviewState) -> None:
        self._desk = desk

    @property
    def app(self) -> Starlette:
        """All of it, to be served."""
        letter = "/letters/{slug}"
        return Starlette(
            routes=[
                *(Route(path, self._page) for path in _PAGES),
                Route(letter, self._letter),
                Route(f"{letter}/letter.html", self._html),
                *(
                    Route(f"{letter}/letter{each.suffix}", self._download(each))
                    for each in output_formats()
                    if each.is_offered
                ),
                Route(f"{letter}/pages/{{key}}/{{number}}.png", self._picture),
                Route("/events", self._events),
                Route("/desk/{name}", self._asset),
            ]
        )

    async def _page(self, request: Request) -> Response:
        assert self._desk.reading is not None
        return HTMLResponse(_PAGES[request.url.path](self._desk, self._desk.reading))

    async def _letter(self, request: Request) -> Response:
        desk, slug = self._desk, request.path_params["slug"]
        letter, _ = await desk.printed(slug, 0 if self._desk.page_images.has(slug) else _PATIENCE_S)
        if letter is None or desk.reading is None:
            return _missing(f"There is no authority {slug}.")
        pages = await self._desk.page_images.pages(letter)
        made = desk.render_cache.get(letter.good.key) if letter.good else None
        return HTMLResponse(
            letter_page(
                desk,
                desk.reading,
                letter,
                pages,
                made,
                view=_one_of(VIEWS, request.query_params.get("view")),
                panel=_one_of(PANELS, request.query_params.get("panel")),
            )
        )

    async def _html(self, request: Request) -> Response:
        letter = await self._desk.letter(request.path_params["slug"])
        if letter is None or letter.good is None:
            return _missing("There is no letter to show.")
        return HTMLResponse(letter.good.html, headers={"Content-Security-Policy": LETTER_POLICY})

    def _download(self, each: OutputFormat) -> Callable[[Request], Awaitable[Response]]:
        """Answers with a letter's file of a format."""

        async def download(request: Request) -> Response:
            letter, made = await self._desk.printed(request.path_params["slug"], _DOWNLOAD_S)
            if letter is None or letter.good is None or letter.is_old:
                return _missing("There is no letter: its files have errors.")
            if made is None or each.name not in made.contents:
                return _missing("The letter cannot be printed; the desk says why.")
            draft = "-draft" if letter.good.letter.draft else ""
            name = f'attachment; filename="{each.file_name(f"{letter.slug}{draft}")}"'
            headers = {"Content-Disposition": name, "Content-Security-Policy": LETTER_POLICY}
            content = made.contents[each.name]
            return Response(content, media_type=each.media_type, headers=headers)

        return download

    async def _picture(self, request: Request) -> Response:
        key, number = request.path_params["key"], request.path_params["number"]
        is_number = re.fullmatch("[1-9][0-9]{0,3}", number)
        picture = await self._desk.page_images.picture(key, int(number)) if is_number else None
        if picture is None:
            return _missing("This page is not shown any more.")
        return Response(picture, media_type="image/png", headers={"Cache-Control": _FOR_EVER})

    async def _events(self, request: Request) -> Response:
        slug = request.query_params.get("letter")
        news = self._news(slug if slug in self._known else None)
        return StreamingResponse(news, media_type="text/event-stream")

    @property
    def _known(self) -> set[str]:
        reading = self._desk.reading
        return {*self._desk.letters, *(reading.letters if reading else ())}

    async def _news(self, slug: str | None) -> AsyncIterator[str]:
        """Tells whenever there is something to be seen anew, while somebody listens."""
        moment = self._desk.revision
        with self._desk.opened(slug):
            yield _event(moment)
            while not self._desk.closed:
                moment = await self._desk.wait_for_change(moment)
                yield _event(moment)

    async def _asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _ASSETS:
            return _missing("There is no such file.")
        content = files("generator.assets").joinpath(name).read_bytes()
        return Response(content, media_type=_ASSETS[name])


def _event(moment: int) -> str:
    return f"data: {json.dumps({'moment': moment})}\n\n"


def _missing(sentence: str) -> Response:
    return PlainTextResponse(f"{sentence}\n", 404)


def _one_of(known: dict[str, str], asked: str | None) -> str:
    """The one that is asked for, or the first."""
    return asked if asked in known else next(iter(known))
