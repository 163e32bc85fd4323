"""What a page asks while its letter is edited: how a block can be, the inserts, the actions."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from generator.preview.access import ACTIONS
from generator.preview.action_requests import about_session, answer
from generator.preview.editable import editable
from generator.preview.edition_snapshot import GoodLetter
from generator.preview.letter_inserts import inserts_of
from generator.preview.preview_state import PreviewState


def editing_routes(desk: PreviewState) -> list[Route]:
    """The addresses that only scripts of the desk's pages ask for; each answers in JSON."""

    async def good_letter(request: Request) -> GoodLetter | None:
        letter = await desk.letter(request.path_params["slug"])
        return letter.good if letter is not None and not letter.is_old else None

    async def wording(request: Request) -> Response:
        good = await good_letter(request)
        if good is None:
            return JSONResponse(
                {"action": None, "why": "The letter has errors; correct them first."}
            )
        block, said, was = (request.query_params.get(name, "") for name in ("block", "said", "was"))
        found = await desk.tasks.do("letter", editable, good, block, said, was, desk.folders)
        return JSONResponse(found)

    async def inserts(request: Request) -> Response:
        good = await good_letter(request)
        if good is None:
            return JSONResponse({"inserts": None})
        return JSONResponse(await desk.tasks.do("letter", inserts_of, good, desk.folders))

    async def session(request: Request) -> Response:
        return about_session(desk, request)

    async def act(request: Request) -> Response:
        return await answer(desk, request)

    return [
        Route("/letters/{slug}/wording", wording),
        Route("/letters/{slug}/inserts", inserts),
        Route("/session", session),
        Route(f"{ACTIONS}{{name}}", act, methods=["POST"]),
    ]
