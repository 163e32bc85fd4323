"""What is asked for at the desk changes files as commands do: whole, in turn, and as opened."""

import base64
import hashlib
import json
import re
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from generator.files.parts import locked
from generator.files.recovery import WRITING
from generator.preview.action_requests import ACTIONS
from tests.borsetshire import INTRODUCTION, build_tree
from tests.examples import spread
from tests.preview.desks import PATIENCE_S, Answer, OpenDesk, opened_desk

pytestmark = pytest.mark.processes

SECTION = "templates/2031/sections/introduction.md"
AMBRIDGE = "data/2031/authorities/ambridge-district-council.yaml"
EDITION = "data/2031/edition.yaml"
SECRET = "The secret of the vault"
Body = Callable[["World"], dict[str, object]]


class World:
    """A workspace, and the desk that is opened in it."""

    def __init__(self, folder: Path, desk: OpenDesk) -> None:
        self.folder, self.desk = folder, desk
        self.plans: dict[str, str] = {}
        """The digests of what was planned once, since each test leaves the files as they were."""

    def text(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode()

    def digest(self, name: str) -> str:
        return hashlib.sha256((self.folder / name).read_bytes()).hexdigest()

    def reword(self, new: str, *, cookie: str = "", **more: object) -> Answer:
        """Exchange the first paragraph of the introduction."""
        edit = {"first": 1, "last": 1, "text": new}
        asked = {"kind": "section", "name": "introduction", "edits": [edit]}
        expected = {"expected": {SECTION: self.digest(SECTION)}}
        return self.desk.act("wording", {**asked, **expected, **more}, cookie)

    def roads(self, value: str, *, cookie: str = "", **more: object) -> Answer:
        """Correct a figure."""
        asked = {"authority": "ambridge-district-council", "values": {"received.roads": value}}
        expected = {"expected": {AMBRIDGE: self.digest(AMBRIDGE)}}
        return self.desk.act("data", {**asked, **expected, **more}, cookie)


def said(answer: Answer) -> Any:
    return json.loads(answer.text)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("actions")
    (folder / "secret.md").write_text(SECRET)
    build_tree(folder / "workspace")
    with opened_desk(folder / "workspace") as desk:
        yield World(folder / "workspace", desk)


@pytest.fixture
def world(shared: World) -> Iterator[World]:
    """Each test leaves the files as it found them."""
    before = {path: path.read_bytes() for path in files_of(shared.folder)}
    yield shared
    for path in files_of(shared.folder):
        if path not in before:
            path.unlink()
    for folder in ("data/2032", "templates/2032"):
        shutil.rmtree(shared.folder / folder, ignore_errors=True)
    for path, content in before.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def files_of(folder: Path) -> list[Path]:
    below = (f for name in ("data", "templates", "approvals") for f in folder.glob(f"{name}/**/*"))
    return [path for path in below if path.is_file() or path.is_symlink()]


def state(world: World) -> Mapping[Path, bytes]:
    return {path: path.read_bytes() for path in files_of(world.folder)}


# --- What is done ------------------------------------------------------------------------------


def test_a_paragraph_is_reworded_and_nothing_besides(world: World) -> None:
    first = INTRODUCTION.split("\n")[0]

    answer = world.reword("We saw ducks.")

    assert answer.status == 200
    assert said(answer)["said"] == "1 change in introduction.md"
    assert said(answer)["files"] == {SECTION: world.digest(SECTION)}
    assert world.text(SECTION) == INTRODUCTION.replace(first, "We saw ducks.")


def test_a_figure_is_corrected_and_a_text_is_written_so_that_it_is_read_as_one(
    world: World,
) -> None:
    before = world.text(AMBRIDGE)
    values = {"received.roads": "4", "addressee.name": "Nigel: Pargetter", "aliases": "no"}

    answer = world.roads("", values=values)

    assert answer.status == 200
    changed = before.replace("roads: 3", "roads: 4").replace("Walter Gabriel", '"Nigel: Pargetter"')
    assert world.text(AMBRIDGE) == f'{changed}aliases: "no"\n'


def test_a_fixed_word_of_the_edition_is_changed(world: World) -> None:
    before = world.text(EDITION)
    expected = {EDITION: world.digest(EDITION)}

    answer = world.desk.act("data", {"values": {"words.delivery": "By owl"}, "expected": expected})

    assert answer.status == 200
    assert world.text(EDITION) == before.replace("By carrier pigeon", "By owl")


def test_what_was_done_is_taken_back_and_that_as_well(world: World) -> None:
    before = state(world)
    undo = said(world.reword("We saw ducks."))["undo"]
    after = state(world)

    back = world.desk.act("undo", {"undo": undo})
    assert (back.status, state(world)) == (200, before)
    again = world.desk.act("undo", {"undo": said(back)["undo"]})
    assert (again.status, state(world)) == (200, after)


def test_what_changes_nothing_writes_nothing(world: World) -> None:
    touched = (world.folder / SECTION).stat().st_mtime_ns

    answer = world.reword(INTRODUCTION.split("\n")[0])

    assert said(answer) == {"ok": True, "problems": [], "said": "Nothing changed."}
    assert (world.folder / SECTION).stat().st_mtime_ns == touched


def test_a_name_is_that_of_one_browser(world: World) -> None:
    mine, other = world.desk.new_cookie(), world.desk.new_cookie()

    world.desk.act("name", {"name": "  Jill   Archer "}, mine)

    assert said(world.desk.get("/session", Cookie=mine))["name"] == "Jill Archer"
    assert said(world.desk.get("/session", Cookie=other))["name"] == ""


# --- Two at once -------------------------------------------------------------------------------


def test_what_somebody_saved_meanwhile_is_not_written_over_and_both_texts_are_told(
    world: World,
) -> None:
    opened: dict[str, Any] = {"expected": {SECTION: world.digest(SECTION)}}
    (world.folder / SECTION).write_text("Somebody else’s words.\n")

    answer = world.reword("My words.", **opened)

    assert answer.status == 409
    assert said(answer)["changed"] == {
        "file": SECTION,
        "digest": world.digest(SECTION),
        "now": "Somebody else’s words.\n",
    }
    assert said(answer)["yours"] == "My words."
    assert world.text(SECTION) == "Somebody else’s words.\n"


def test_a_file_that_went_away_is_not_made_again(world: World) -> None:
    opened: dict[str, Any] = {"expected": {AMBRIDGE: world.digest(AMBRIDGE)}}
    content = (world.folder / AMBRIDGE).read_bytes()
    (world.folder / AMBRIDGE).unlink()

    answer = world.desk.act(
        "data",
        {"authority": "ambridge-district-council", "values": {"received.roads": "9"}, **opened},
    )

    assert (answer.status, said(answer)["changed"]["now"]) == (409, None)
    assert not (world.folder / AMBRIDGE).exists()
    (world.folder / AMBRIDGE).write_bytes(content)


def test_what_was_not_opened_cannot_be_changed(world: World) -> None:
    assert world.reword("My words.", expected={}).status == 409


def test_taking_back_is_refused_once_somebody_else_has_saved(world: World) -> None:
    undo = said(world.reword("My words."))["undo"]
    (world.folder / SECTION).write_text("Somebody else’s words.\n")

    answer = world.desk.act("undo", {"undo": undo})

    assert (answer.status, world.text(SECTION)) == (409, "Somebody else’s words.\n")


def test_of_many_at_once_exactly_one_is_written(world: World) -> None:
    opened: dict[str, Any] = {"expected": {AMBRIDGE: world.digest(AMBRIDGE)}}
    cookies = [world.desk.new_cookie() for _ in range(4)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda n: world.roads(str(n), cookie=cookies[n % 4], **opened), range(100, 116)
            )
        )

    written = [100 + n for n, answer in enumerate(answers) if answer.status == 200]
    assert sorted(answer.status for answer in answers) == [200, *[409] * 15]
    assert f"roads: {written[0]}" in world.text(AMBRIDGE)


@pytest.mark.thorough
def test_it_waits_for_a_command_that_writes_and_not_for_ever(world: World) -> None:
    before = state(world)

    with locked(world.folder / "data", WRITING, remove=True):
        answer = world.reword("My words.")

    assert answer.status == 503
    assert "is writing here" in said(answer)["problems"][0]["message"]
    assert state(world) == before


# --- Attacks -----------------------------------------------------------------------------------


def own(world: World, **changed: str | None) -> dict[str, str]:
    """The headers with which a page of the desk asks, but for these; without those of None."""
    session = said(world.desk.get("/session"))
    headers = {
        "Origin": f"http://127.0.0.1:{world.desk.port}",
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
        "X-Desk-Token": session["token"],
        "Cookie": world.desk.cookie,
    }
    named = {name.replace("_", "-"): value for name, value in changed.items()}
    return {name: value for name, value in {**headers, **named}.items() if value is not None}


def approvable(world: World) -> list[str]:
    """The digests of what the desk shows to be approved."""
    with world.desk.news() as news:
        page = news.wait_until("/review", lambda answer: "data-digest" in answer.text).text
    return re.findall(r'data-digest="(\w+)"', page)


def body_of(world: World, action: str) -> bytes:
    """A request for an action that would change something."""
    return json.dumps(BODIES[action](world)).encode()


def opened(world: World) -> dict[str, object]:
    return {"expected": {SECTION: world.digest(SECTION), AMBRIDGE: world.digest(AMBRIDGE)}}


def of_ambridge(**asked: object) -> Body:
    return lambda world: {**opened(world), "authority": "ambridge-district-council", **asked}


def reworded(world: World) -> dict[str, object]:
    edit = {"first": 1, "last": 1, "text": "Hacked."}
    return {**opened(world), "kind": "section", "name": "introduction", "edits": [edit]}


def draft(world: World) -> dict[str, object]:
    asked = reworded(world)
    return {"page": "1", "slug": "ambridge-district-council", "action": "wording", "asked": asked}


def planned(name: str, asked: dict[str, object]) -> dict[str, Body]:
    """Requests for a plan, and for what was planned."""

    def with_plan(world: World) -> dict[str, object]:
        if name not in world.plans:
            world.plans[name] = said(world.desk.act(f"plan-{name}", asked))["plan"]
        return {**asked, "plan": world.plans[name]}

    return {f"plan-{name}": lambda _: asked, name: with_plan}


SHEET = {
    "name": "figures.csv",
    "content": base64.b64encode(
        b"Authority,Roads,Ponds and Ducks\n"
        b"Ambridge District Council,666,14\nFelpersham City Council,20,0\n"
    ).decode(),
}
RULE = "authority.received.roads > 0"
BODIES: Mapping[str, Body] = {
    "wording": reworded,
    "draft": draft,
    "impact": draft,
    "give-insert": of_ambridge(insert="flood"),
    "take-insert": of_ambridge(insert="flood"),
    "own-paragraph": of_ambridge(place="statistics", text="Hacked."),
    "insert-rule": lambda world: {**opened(world), "insert": "flood", "rule": RULE},
    "new-insert": lambda _: {"insert": "hacked", "place": "statistics", "text": "Hacked."},
    "hits": lambda _: {"rule": RULE},
    "growth": lambda _: {"page": "1", "counted": 0},
    "end-draft": lambda _: {"page": "1"},
    "data": of_ambridge(values={"received.roads": "666"}),
    "undo": lambda world: {"undo": said(world.reword("We saw ducks."))["undo"]},
    "name": lambda _: {"name": "Eve"},
    "approve": lambda world: {"digests": approvable(world)},
    "build": lambda _: {"draft": True},
    "stop-build": lambda _: {},
    "authority": of_ambridge(values={"received.roads": "666"}),
    "try-authority": of_ambridge(values={"received.roads": "666"}),
    "confirm": lambda _: {"digests": ["0" * 64]},
    **planned("import", {"files": [SHEET]}),
    **planned("rename", {"authority": "ambridge-district-council", "name": "Hacked"}),
    **planned("new-edition", {"year": 2032}),
    **planned("new-column", {"after": "received.roads", "label": "Hacked"}),
}


FOREIGN: dict[str, dict[str, str | None]] = {
    "another site": {"Origin": "http://evil.example", "Sec_Fetch_Site": "cross-site"},
    "another port of this computer": {"Origin": "http://127.0.0.1:1"},
    "an encrypted site of this name": {"Origin": "https://127.0.0.1:{port}"},
    "a page without an origin": {"Origin": "null"},
    "no origin": {"Origin": None},
    "a link": {"Sec_Fetch_Site": "none"},
    "a neighbour": {"Sec_Fetch_Site": "same-site"},
    "another site with our origin": {"Sec_Fetch_Site": "cross-site"},
    "no token": {"X_Desk_Token": None},
    "an empty token": {"X_Desk_Token": ""},
    "a wrong token": {"X_Desk_Token": "x" * 32},
    "no cookie": {"Cookie": ""},
    "a cookie that is none": {"Cookie": "letters-desk-{port}=x"},
}


@pytest.mark.parametrize("action", spread(list(ACTIONS), 4))
def test_no_other_site_can_ask_for_an_action(world: World, action: str) -> None:
    body = body_of(world, action)
    before = state(world)

    for what, changed in FOREIGN.items():
        headers = own(world, **changed)
        asked = {n: v.replace("{port}", str(world.desk.port)) for n, v in headers.items()}
        answer = world.desk.ask("POST", f"/actions/{action}", asked, body)
        assert (what, answer.status in {401, 403}) == (what, True)
    assert state(world) == before
    assert said(world.desk.get("/session"))["name"] == ""


def test_an_edition_at_its_own_address_is_guarded_alike(world: World) -> None:
    body, before = body_of(world, "name"), state(world)

    for root, allowed in (("/editions/2031", 200), ("/editions/1999", 404)):
        path = f"{root}/actions/name"
        for changed in FOREIGN.values():
            headers = own(world, **changed)
            asked = {n: v.replace("{port}", str(world.desk.port)) for n, v in headers.items()}
            assert world.desk.ask("POST", path, asked, body).status in {401, 403}
        assert world.desk.ask("PUT", path, own(world), body).status == 405
        assert world.desk.get(f"{root}/").status == allowed
    for path in ("/editions/2031/x/actions/name", "/editions/../actions/name", "/editions/2031"):
        assert world.desk.ask("POST", path, own(world), body).status == 405
    assert state(world) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_the_token_of_the_address_is_no_cookie_and_that_of_another_session_does_not_help(
    world: World, action: str
) -> None:
    body = body_of(world, action)
    before = state(world)
    other = said(world.desk.get("/session", Cookie=world.desk.new_cookie()))["token"]

    path = f"/actions/{action}"
    answers = [
        world.desk.ask("POST", path, own(world, X_Desk_Token=other), body),
        world.desk.ask("POST", f"{path}?token={world.desk.token}", own(world, Cookie=""), body),
        world.desk.ask("POST", path, own(world, X_Desk_Token=world.desk.token), body),
    ]

    assert [answer.status for answer in answers] == [403, 401, 403]
    assert state(world) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_is_asked_for_in_one_way_alone(world: World, action: str) -> None:
    body, headers = body_of(world, action), own(world)
    before = state(world)

    for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
        answer = world.desk.ask(method, f"/actions/{action}", headers, body)
        assert (method, answer.status) == (method, 405)
    assert state(world) == before


FORMS = (
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/json",
    "application/json-patch+json",
    "",
)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_form_of_another_site_could_send_is_no_request(world: World, action: str) -> None:
    body = body_of(world, action)
    before = state(world)

    for kind in FORMS:
        headers = own(world, Content_Type=kind)
        answer = world.desk.ask("POST", f"/actions/{action}", headers, body)
        assert (kind, answer.status) == (kind, 415)
    assert state(world) == before


NO_REQUESTS = (
    b"",
    b"null",
    b"[]",
    b"{",
    b"\xff\xfe",
    b'{"path": "/etc/passwd"}',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"expected": {"x": "../../secret.md"}}',
)


@pytest.mark.parametrize("action", ACTIONS)
def test_what_is_no_request_is_refused_and_not_repeated(world: World, action: str) -> None:
    headers, before = own(world), state(world)

    for body in NO_REQUESTS:
        answer = world.desk.ask("POST", f"/actions/{action}", headers, body)
        assert (body[:40], answer.status, said(answer)["ok"]) == (body[:40], 422, False)
        assert "passwd" not in answer.text
    assert state(world) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_a_request_that_is_too_large_is_refused_before_it_is_read(
    world: World, action: str
) -> None:
    most = ACTIONS[action].most_bytes
    headers = own(world, Content_Length=str(most + 1))

    assert world.desk.ask("POST", f"/actions/{action}", headers, b"").status == 413
    headers = own(world, Content_Length=None, Transfer_Encoding="chunked")
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"POST /actions/{action} HTTP/1.1\r\nHost: 127.0.0.1:{world.desk.port}\r\n{lines}\r\n"
    assert world.desk.say(request.encode() + b"0\r\n\r\n").startswith(b"HTTP/1.1 411 ")


def test_a_request_that_never_comes_whole_is_not_waited_for(world: World) -> None:
    headers = own(world, Content_Length="100")
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    host = f"Host: 127.0.0.1:{world.desk.port}\r\n"
    with socket.create_connection((world.desk.host, world.desk.port), timeout=PATIENCE_S) as half:
        half.sendall(f"POST /actions/name HTTP/1.1\r\n{host}{lines}\r\n{{".encode())
        assert half.recv(100).startswith(b"HTTP/1.1 408 ")
        assert world.desk.get("/session").status == 200  # nobody else is kept waiting


@pytest.mark.parametrize(
    "name",
    [
        "../../../../secret",
        "..%2f..%2fsecret",
        "/etc/passwd",
        "introduction.md/../../letter",
        "..",
        ".introduction",
        "intro\x00duction",
        "introduction\n",
        "",
        "C:introduction",
        "x" * 5000,
    ],
)
def test_no_name_leads_out_of_the_edition(world: World, name: str) -> None:
    edit = {"first": 1, "last": 1, "text": "Hacked."}
    digest = hashlib.sha256(SECRET.encode()).hexdigest()
    expected = {name: digest, "../secret.md": digest, "secret.md": digest}
    before = state(world)

    for kind in ("section", "insert", "report", "mail"):
        asked = {"kind": kind, "name": name, "edits": [edit], "expected": expected}
        answer = world.desk.act("wording", asked)
        assert (answer.status, SECRET in answer.text) == (422, False)
    asked = {"authority": name, "values": {"name": "Hacked"}, "expected": expected}
    assert world.desk.act("data", asked).status == 422
    assert (world.folder.parent / "secret.md").read_text() == SECRET
    assert state(world) == before


def test_templates_and_styles_cannot_be_asked_for(world: World) -> None:
    before = state(world)
    edit = {"first": 1, "last": 1, "text": "Hacked."}

    for name in ("letter.html.jinja", "letter.css", "../letter", "mail/../letter.css"):
        for kind in ("section", "mail", "template", "style", "picture"):
            asked: dict[str, object] = {"kind": kind, "name": name, "edits": [edit]}
            assert world.desk.act("wording", asked).status in {409, 422}
    assert state(world) == before


def test_a_link_is_not_written_through(world: World) -> None:
    path = world.folder / SECTION
    content = path.read_bytes()
    path.unlink()
    path.symlink_to(world.folder.parent / "secret.md")

    answer = world.reword("Hacked.")

    assert (answer.status, SECRET in answer.text) == (422, False)
    assert (world.folder.parent / "secret.md").read_text() == SECRET
    path.unlink()
    path.write_bytes(content)


def test_what_was_asked_for_once_is_not_done_twice(world: World) -> None:
    edit = {"first": 2, "last": 1, "text": "Quack."}
    asked = {
        "kind": "section",
        "name": "introduction",
        "edits": [edit],
        "expected": {SECTION: world.digest(SECTION)},
    }

    assert [world.desk.act("wording", asked).status for _ in range(3)] == [200, 409, 409]
    assert world.text(SECTION).count("Quack.") == 1


def test_nobody_takes_back_what_another_did(world: World) -> None:
    undo = said(world.reword("My words."))["undo"]
    after = state(world)

    answer = world.desk.act("undo", {"undo": undo}, world.desk.new_cookie())

    assert (answer.status, state(world)) == (422, after)


@pytest.mark.parametrize("name", ["", "../wording", "WORDING", "wording/", "template", "__init__"])
def test_there_is_no_other_action(world: World, name: str) -> None:
    answer = world.desk.ask("POST", f"/actions/{name}", own(world), b"{}")

    assert answer.status in {404, 307}


@pytest.mark.thorough
def test_where_the_desk_only_shows_nothing_can_be_asked_for(tmp_path: Path) -> None:
    build_tree(tmp_path / "workspace")

    with opened_desk(tmp_path / "workspace", "--read-only") as desk:
        world = World(tmp_path / "workspace", desk)
        asked = bodies_of_read_only(world)
        before = state(world)
        assert said(desk.get("/session"))["readOnly"] is True
        assert {name: desk.act(name, body).status for name, body in asked.items()} == dict.fromkeys(
            ACTIONS, 405
        )
        assert state(world) == before


def bodies_of_read_only(world: World) -> dict[str, object]:
    return {name: {"expected": {SECTION: world.digest(SECTION)}} for name in ACTIONS}


# --- Behind a proxy ----------------------------------------------------------------------------


@pytest.mark.thorough
def test_behind_a_proxy_the_desk_is_at_the_address_of_that(tmp_path: Path) -> None:
    build_tree(tmp_path / "workspace")
    address = "https://office.example/letters"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    options = ("--port", port, "--behind-proxy", address)
    with opened_desk(tmp_path / "workspace", *options) as desk:
        outside = {"Host": "office.example", "Origin": "https://office.example"}
        headers = {"Host": "office.example", "Cookie": ""}
        answer = desk.ask("GET", f"/letters/?token={desk.token}", headers)
        cookie, _, attributes = answer.headers["set-cookie"].partition("; ")
        assert answer.headers["location"] == "/letters/"
        assert attributes == "HttpOnly; Path=/letters/; SameSite=strict; Secure"
        page = desk.ask("GET", "/letters/", {**outside, "Cookie": cookie})
        assert page.status == 200
        assert 'src="/letters/desk/desk.js"' in page.text
        assert desk.ask("GET", "/", {**outside, "Cookie": cookie}).status == 404
        asked = desk.ask("GET", "/letters/session", {**outside, "Cookie": cookie})
        headers = {
            **outside,
            "Cookie": cookie,
            "Content-Type": "application/json",
            "X-Desk-Token": said(asked)["token"],
        }
        body = b'{"name": "Jill"}'
        post = "/letters/actions/name"
        assert desk.ask("POST", post, headers, body).status == 200
        for origin in ("http://office.example", "https://office.example:8443", "null"):
            assert desk.ask("POST", post, {**headers, "Origin": origin}, body).status == 403
        assert desk.ask("POST", post, {**headers, "Host": "evil.example"}, body).status == 421
