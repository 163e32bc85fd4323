"""The desk is attacked: by other sites in the same browser, by other computers, by letters."""

import json
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.preview.connections import MOST_WAITING, REQUEST_S
from tests.borsetshire import AMBRIDGE, STATISTICS, build_tree
from tests.preview.desks import OpenDesk, opened_desk

pytestmark = pytest.mark.processes

SLUG = "ambridge-district-council"
LETTER = f"/letters/{SLUG}"
PAGES = (
    "/",
    "/changes",
    "/problems",
    "/overview",
    LETTER,
    f"{LETTER}?view=web&panel=changes",
    f"{LETTER}?view=pages&panel=problems",
    f"{LETTER}?view=overlay",
    "/letters/felpersham-city-council",
)
SECRET = "The secret of the vault"

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    """A desk with letters that are hostile themselves."""
    top = tmp_path_factory.mktemp("attacks")
    (top / "secret.txt").write_text(SECRET)
    build_tree(
        top / "workspace",
        {
            f"data/2031/authorities/{SLUG}.yaml": HOSTILE_AUTHORITY,
            "data/2031/authorities/broken.yaml": "name: '<script>alert(3)</script>'\nno: 1\n",
            "templates/2031/sections/statistics.md": f"{STATISTICS}\n{HOSTILE_PARAGRAPH}\n",
        },
    )
    with opened_desk(top / "workspace") as desk:
        yield desk


HOSTILE_NAME = """<script>alert(1)</script><img src=x onerror='alert(2)'>"""
HOSTILE_AUTHORITY = AMBRIDGE.replace("Ambridge District Council", json.dumps(HOSTILE_NAME)).replace(
    "Walter Gabriel", json.dumps("""Eve "><style>*{display:none}</style>""")
)
HOSTILE_PARAGRAPH = 'Close the tag: \\</p\\>\\<script\\>alert(4)\\</script\\> and "go on" &c.'


def test_the_letters_of_these_tests_are_as_hostile_as_they_should_be(desk: OpenDesk) -> None:
    assert "&lt;script&gt;alert(1)" in desk.get(f"{LETTER}/letter.html").text
    assert "&lt;script&gt;alert(1)" in desk.get("/").text
    assert "&lt;script&gt;alert(4)" in desk.get(LETTER).text


@pytest.mark.thorough
def test_a_script_in_the_template_is_refused_and_the_letter_before_it_stays(
    tmp_path: Path,
) -> None:
    workspace = tmp_path / "workspace"
    folders = build_tree(workspace)
    script = "<script>alert(5)</script>"
    with opened_desk(workspace, SLUG) as desk:
        page = desk.get(f"{LETTER}/letter.html").body
        with desk.news(SLUG) as news:
            path = folders.workspace.templates / "letter.html.jinja"
            path.write_text(path.read_text().replace("</body>", f"{script}</body>"))
            shown = news.wait_until(
                LETTER, lambda found: "&lt;script&gt; is not allowed" in found.text
            )
        assert script not in shown.text
        assert desk.get(f"{LETTER}/letter.html").body == page
        assert desk.get(f"{LETTER}/letter.pdf").status == 404


# --- Other sites -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}:{port}",
        "127.0.0.1:{port}@evil.example",
        "evil.example@127.0.0.1:{port}",
        "127.0.0.1:{port}/",
        "127.0.0.1:{port}?",
        "127.0.0.1.evil.example:{port}",
        "localhost.evil.example:{port}",
        "127.0.0.2:{port}",
        "192.168.1.5:{port}",
        "2130706433:{port}",
        "[::ffff:127.0.0.1]:{port}",
        "0.0.0.0:{port}",
        "localhost.:{port}",
        ":{port}",
        "",
        "127.0.0.1:{port}, evil.example",
        "127.0.0.1:000000000{port}",
    ],
)
def test_a_request_for_another_host_is_refused(desk: OpenDesk, host: str) -> None:
    answer = desk.ask("GET", "/", {"Host": host.format(port=desk.port)})

    assert answer.status in {400, 421}
    assert "Ambridge" not in answer.text


@pytest.mark.parametrize(
    "host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"]
)
def test_this_computer_has_several_names(desk: OpenDesk, host: str) -> None:
    assert desk.ask("GET", "/", {"Host": host.format(port=desk.port)}).status == 200


def test_a_request_with_no_host_or_two_is_refused(desk: OpenDesk) -> None:
    own = f"Host: 127.0.0.1:{desk.port}\r\n"

    for lines in ("", own * 2, f"{own}Host: evil.example\r\n", f"Host: evil.example\r\n{own}"):
        said = desk.say(f"GET / HTTP/1.1\r\n{lines}Connection: close\r\n\r\n".encode())
        assert said.split(b"\r\n")[0] in {
            b"HTTP/1.1 400 Bad Request",
            b"HTTP/1.1 421 Misdirected Request",
        }
    assert desk.say(b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 421 ")


@pytest.mark.parametrize(
    "target", ["http://evil.example/", "http://evil.example/changes", "*", "//"]
)
def test_a_whole_address_as_for_a_proxy_is_refused(desk: OpenDesk, target: str) -> None:
    lines = f"Host: 127.0.0.1:{desk.port}\r\nCookie: {desk.cookie}\r\nConnection: close\r\n"
    request = f"GET {target} HTTP/1.1\r\n{lines}\r\n"

    said = desk.say(request.encode())

    assert said.split(b" ")[1] in {b"400", b"404", b"421"}
    assert b"Ambridge" not in said


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1", ""]
)
def test_what_another_origin_asks_for_is_refused(desk: OpenDesk, origin: str) -> None:
    for path in (*PAGES, "/events", "/desk/desk.js"):
        answer = desk.get(path, Origin=origin.format(port=desk.port))
        assert (answer.status, answer.text) == (403, "Another site asked for this page.\n")


def test_an_own_origin_beside_a_foreign_one_does_not_help(desk: OpenDesk) -> None:
    own = f"http://127.0.0.1:{desk.port}"
    for first, second in ((own, "http://evil.example"), ("http://evil.example", own)):
        lines = f"Host: 127.0.0.1:{desk.port}\r\nOrigin: {first}\r\nOrigin: {second}\r\n"
        said = desk.say(f"GET / HTTP/1.1\r\n{lines}Connection: close\r\n\r\n".encode())
        assert said.startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    ("mode", "what"),
    [
        ("no-cors", "image"),
        ("no-cors", "script"),
        ("no-cors", "style"),
        ("cors", "empty"),
        ("navigate", "iframe"),
        ("navigate", "frame"),
        ("navigate", "object"),
        ("navigate", "embed"),
        ("navigate", "fencedframe"),
    ],
)
def test_another_site_can_neither_use_nor_frame_what_is_here(
    desk: OpenDesk, site: str, mode: str, what: str
) -> None:
    fetched = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": mode, "Sec_Fetch_Dest": what}
    for path in (
        *PAGES,
        f"{LETTER}/letter.html",
        f"{LETTER}/letter.pdf",
        "/events",
        "/desk/desk.js",
    ):
        assert desk.get(path, **fetched).status == 403


def test_a_link_on_another_site_may_be_followed(desk: OpenDesk) -> None:
    fetched = {
        "Sec_Fetch_Site": "cross-site",
        "Sec_Fetch_Mode": "navigate",
        "Sec_Fetch_Dest": "document",
    }

    assert desk.get("/", **fetched).status == 200


def test_nobody_else_may_frame_the_desk_or_keep_or_guess_at_its_answers(desk: OpenDesk) -> None:
    for path in (*PAGES, f"{LETTER}/letter.html", f"{LETTER}/letter.pdf", "/desk/desk.js", "/none"):
        headers = desk.get(path).headers
        framed_by = "'self'" if path.startswith(f"{LETTER}/") else "'none'"
        assert f"frame-ancestors {framed_by}" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


def test_nobody_who_is_refused_learns_what_is_here(desk: OpenDesk) -> None:
    answer = desk.get("/", Origin="http://evil.example")

    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"]
)
def test_no_page_is_told_anything(desk: OpenDesk, method: str) -> None:
    assert desk.ask(method, "/", {}).status in {400, 405}


def test_a_head_is_answered_as_a_get_without_a_body(desk: OpenDesk) -> None:
    got, head = desk.get("/problems"), desk.ask("HEAD", "/problems", {})

    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]


def test_it_cannot_be_made_to_speak_another_protocol(desk: OpenDesk) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }

    assert desk.ask("GET", "/events-none", upgrade).status == 404


# --- Paths and parameters ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "climb",
    [
        "../../secret.txt",
        "..%2f..%2fsecret.txt",
        "%2e%2e/%2e%2e/secret.txt",
        "%2e%2e%2f%2e%2e%2fsecret.txt",
        "..%252f..%252fsecret.txt",
        "..\\..\\secret.txt",
        "..%5c..%5csecret.txt",
        "....//....//secret.txt",
        "secret.txt%00",
        "%00",
        "..",
        ".",
        "%c0%ae%c0%ae/secret.txt",
        "%ff%fe",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "file:///etc/passwd",
        "__init__.py",
        "..%2ftemplates%2flayout.html.jinja",
        "desk.css%0d%0aX-Injected:%20yes",
    ],
)
def test_no_path_leads_out_of_what_is_shown(desk: OpenDesk, climb: str) -> None:
    for start in (
        "/",
        "/desk/",
        "/letters/",
        f"{LETTER}/",
        f"{LETTER}/pages/",
        f"{LETTER}/pages/{climb}/",
        "/letters/../",
    ):
        for end in ("", "/letter.html", "/letter.pdf", "/1.png"):
            answer = desk.get(f"{start}{climb}{end}")
            assert answer.status in {307, 404} or climb in {".", ".."}
            assert SECRET not in answer.text
            assert "root:" not in answer.text
            assert "x-injected" not in answer.headers


@pytest.mark.parametrize("number", ["0", "-1", "9", "1e1", "²", "9" * 5000, "99999", "1.0", "%00"])
def test_there_is_no_page_of_another_number(desk: OpenDesk, number: str) -> None:
    assert desk.get(f"{LETTER}/letter.pdf").status == 200  # from now on its pages are known
    picture = re.search(r'href="(/letters/[^"]+/pages/[^"]+/)1\.png', desk.get(LETTER).text)
    assert picture is not None
    start = picture[1]

    assert desk.get(f"{start}{number.replace('²', '%C2%B2')}.png").status == 404


@pytest.mark.parametrize(
    "value", ["%3Cscript%3Ealert(1)%3C/script%3E", "../x", "%00", "web%0d%0aX:y"]
)
def test_parameters_that_nobody_knows_change_nothing(desk: OpenDesk, value: str) -> None:
    plain = desk.get(LETTER).text

    assert desk.get(f"{LETTER}?view={value}&panel={value}&x={value}").text == plain


def test_huge_requests_are_refused_and_the_desk_goes_on(desk: OpenDesk) -> None:
    own = f"Host: 127.0.0.1:{desk.port}\r\nCookie: {desk.cookie}\r\nConnection: close\r\n"
    for request in (
        f"GET /{'x' * 200_000} HTTP/1.1\r\n{own}\r\n",
        f"GET / HTTP/1.1\r\n{own}X: {'x' * 200_000}\r\n\r\n",
        f"GET / HTTP/1.1\r\n{own}{'X: y' * 50_000}",
    ):
        try:
            said = desk.say(request.encode())
        except OSError:  # it hung up on us, as it may
            continue
        assert said == b"" or said.split(b" ")[1] in {b"400", b"404", b"414", b"431"}
    assert desk.get("/").status == 200


def test_what_is_no_request_at_all_does_no_harm(desk: OpenDesk) -> None:
    for said in (b"\x16\x03\x01\x02\x00\x01\x00", b"\r\n" * 50, b"GET\r\n\r\n", b"\x00" * 5000):
        desk.say(said)

    assert desk.get("/").status == 200


def test_events_of_a_letter_that_is_none_are_those_of_all(desk: OpenDesk) -> None:
    with desk.news("../../secret.txt") as news:
        assert news.next() >= 0


# --- Letters, and the desk's own pages ---------------------------------------------------------


def test_a_letter_is_shown_as_inert_content(desk: OpenDesk) -> None:
    policy = desk.get(f"{LETTER}/letter.html").headers["content-security-policy"]
    rules = dict(rule.partition(" ")[::2] for rule in policy.split("; "))

    assert rules == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "frame-ancestors": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "sandbox": "allow-same-origin",
    }


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_script_or_a_style_inside_it_or_anything_from_elsewhere(
    desk: OpenDesk, path: str
) -> None:
    answer = desk.get(path)
    page = Page(answer.text)
    rules = dict(
        r.partition(" ")[::2] for r in answer.headers["content-security-policy"].split("; ")
    )

    assert answer.status == 200
    assert page.inside == []
    assert page.scripts[0] == "/desk/lists.js"
    assert [one for one in page.scripts if not re.fullmatch(r"/desk/[a-z]+\.js", str(one))] == []
    assert page.elsewhere == []
    assert {rules[name] for name in ("script-src", "style-src", "img-src", "connect-src")} == {
        "'self'"
    }
    assert rules["default-src"] == "'none'"


@pytest.mark.parametrize("path", PAGES)
def test_everything_a_page_needs_is_here(desk: OpenDesk, path: str) -> None:
    for needed in sorted(Page(desk.get(path).text).loaded):
        assert desk.get(needed).status == 200, needed


def test_styles_and_scripts_of_the_desk_fetch_nothing_from_elsewhere(desk: OpenDesk) -> None:
    for name in ("base.css", "changes.css", "desk.css", "lists.js", "desk.js", "icon.svg"):
        text = desk.get(f"/desk/{name}").text
        found = re.findall(r"(?:https?:)?//[a-z][^\s\"')]*|@import|url\([^)]*\)", text)
        assert [link for link in found if link != "http://www.w3.org/2000/svg"] == []


class Page(HTMLParser):
    """What a page has inside it, and what it asks for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        """Scripts and styles inside the page."""
        self.scripts: list[str | None] = []
        self.elsewhere: list[str] = []
        self.loaded: set[str] = set()
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._open = tag
        if tag == "script":
            self.scripts.append(given.get("src"))
        if tag in {"base", "meta"} and "http-equiv" in given:
            self.inside.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style" or name == "srcdoc":
                self.inside.append(f"{tag} {name}={value}")
            if (
                name in {"src", "href", "srcset", "data", "action", "poster", "xlink:href"}
                and value
            ):
                if value.strip()[:1] not in {"/", "#", "?"} or value.startswith("//"):
                    self.elsewhere.append(value)
                elif tag not in {"a"} and not value.startswith("#"):
                    self.loaded.add(value)

    def handle_data(self, data: str) -> None:
        if self._open in {"script", "style"} and data.strip():
            self.inside.append(data)

    def handle_endtag(self, _tag: str) -> None:
        self._open = ""


# --- Other computers ---------------------------------------------------------------------------


def test_by_default_it_listens_to_this_computer_alone(desk: OpenDesk) -> None:
    assert _listening(desk.port) == {"127.0.0.1"}


@pytest.fixture(scope="module")
def open_to_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    workspace = tmp_path_factory.mktemp("open") / "workspace"
    build_tree(workspace)
    with opened_desk(workspace, "--host", "0.0.0.0", "--insecure") as desk:
        yield desk


@pytest.mark.thorough
def test_other_computers_reach_it_where_that_is_asked_for(open_to_all: OpenDesk) -> None:
    assert _listening(open_to_all.port) == {"0.0.0.0"}


@pytest.fixture(params=["desk", pytest.param("open_to_all", marks=pytest.mark.thorough)])
def guarded(request: pytest.FixtureRequest) -> OpenDesk:
    """Both are guarded alike: others who work on this computer can reach its ports."""
    desk: OpenDesk = request.getfixturevalue(request.param)
    return desk


def test_nothing_is_shown_without_the_token(guarded: OpenDesk) -> None:
    right = guarded.token
    for query in (
        "",
        "?token=",
        f"?token={right[:-1]}",
        f"?token={right}x",
        f"?Token={right}",
        f"?token={right}&token=x",
        f"?token=x&token={right}",
        "?token=%C3%A9%00",
    ):
        for path in ("/", LETTER, f"{LETTER}/letter.pdf", "/events", "/desk/desk.js", "/none"):
            answer = guarded.get(f"{path}{query}", Cookie="")
            assert (answer.status, answer.text) == (
                401,
                "Open the desk with the whole address that was printed at its start.\n",
            )
            assert "set-cookie" not in answer.headers


def test_the_token_is_kept_in_a_cookie_and_out_of_the_address(guarded: OpenDesk) -> None:
    token, port = guarded.token, guarded.port

    answer = guarded.get(f"{LETTER}?view=web&token={token}", Cookie="")

    assert (answer.status, answer.headers["location"]) == (303, f"{LETTER}?view=web")
    said = re.fullmatch(
        rf"letters-desk-{port}=([\w-]{{32}}); HttpOnly; Path=/; SameSite=strict",
        answer.headers["set-cookie"],
    )
    assert said is not None
    assert said[1] != token  # each browser has a secret of its own
    assert answer.headers["cache-control"] == "no-store"
    assert guarded.get(f"{LETTER}?view=web", Cookie=guarded.cookie).status == 200
    assert guarded.get("/", Cookie=f"a=b; {guarded.cookie}").status == 200


def test_the_redirect_leads_nowhere_else(guarded: OpenDesk) -> None:
    token = guarded.token
    for path in ("//evil.example", "//evil.example/%2e%2e", "/\\evil.example", "///evil.example"):
        location = guarded.get(f"{path}?token={token}", Cookie="").headers["location"]
        assert re.match(r"/[^/\\]", location), location


@pytest.mark.parametrize(
    "cookie", ["letters-desk-{port}=", "letters-desk-{port}=wrong", "{", "é=1"]
)
def test_a_wrong_cookie_is_no_token(guarded: OpenDesk, cookie: str) -> None:
    assert guarded.get("/", Cookie=cookie.replace("{port}", str(guarded.port))).status == 401


@pytest.mark.thorough
def test_with_a_token_any_address_of_the_computer_is_right_but_no_name(
    open_to_all: OpenDesk,
) -> None:
    def status(host: str) -> int:
        return open_to_all.ask("GET", "/", {"Host": f"{host}:{open_to_all.port}"}).status

    assert [status(host) for host in ("192.168.1.5", "[fe80::1]", "127.0.0.1")] == [200] * 3
    assert [status(host) for host in ("evil.example", "192.168.1.5.evil.example")] == [421] * 2


def test_the_token_is_in_no_page_and_said_once(guarded: OpenDesk) -> None:
    for path in (*PAGES, "/desk/desk.js", f"{LETTER}/letter.html", "/none"):
        answer = guarded.get(path)
        assert guarded.token not in answer.text
        assert guarded.token not in str(answer.headers)
    assert guarded.said.count(guarded.token) == 0
    assert guarded.printed.count(guarded.token) == 1


@pytest.mark.thorough
def test_each_desk_has_a_token_of_its_own(desk: OpenDesk, open_to_all: OpenDesk) -> None:
    assert desk.token != open_to_all.token
    assert desk.get("/", Cookie=open_to_all.cookie).status == 401


def test_a_token_does_not_let_other_sites_in(guarded: OpenDesk) -> None:
    assert guarded.get("/", Origin="http://evil.example").status == 403
    assert guarded.get("/", Sec_Fetch_Site="cross-site").status == 403


# --- Half a request ----------------------------------------------------------------------------


OWN = "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
HALVES = {
    "nothing": b"",
    "a word": b"GET /",
    "a head that never ends": f"{OWN}X: y\r\n".encode(),
    "a body that never comes": f"{OWN}Content-Length: 5\r\n\r\n".encode(),
    "half a body": f"{OWN}Content-Length: 5\r\n\r\nab".encode(),
    "half a body in chunks": f"{OWN}Transfer-Encoding: chunked\r\n\r\n5\r\nab".encode(),
    "half a second request": f"{OWN}\r\n{OWN}".encode(),
    "two requests and half a third": f"{OWN}\r\n{OWN}\r\nGET".encode(),
    "a promise to go on": f"{OWN}Content-Length: 5\r\nExpect: 100-continue\r\n\r\n".encode(),
}


def test_whoever_never_finishes_is_hung_up_on_and_who_listens_is_not(desk: OpenDesk) -> None:
    seconds: dict[str, float] = {}

    def wait(case: str, said: bytes, *, is_dripping: bool = False) -> None:
        begun = time.monotonic()
        where = (desk.host, desk.port)
        with (
            socket.create_connection(where, timeout=60) as connection,
            suppress(ConnectionError),
        ):
            connection.settimeout(0.25)
            connection.sendall(said.replace(b"{port}", str(desk.port).encode()))
            while time.monotonic() - begun < 4 * REQUEST_S:
                try:
                    if not connection.recv(65536):
                        break
                except TimeoutError:
                    connection.sendall(b"X: y\r\n" if is_dripping else b"")
        seconds[case] = time.monotonic() - begun

    with desk.news() as news, ThreadPoolExecutor(len(HALVES) + 1) as pool:
        news.next()
        pool.submit(wait, "a head that drips in", OWN.encode(), is_dripping=True)
        for case, said in HALVES.items():
            pool.submit(wait, case, said)
        pool.shutdown()
        assert not news.has_ended()

    assert set(seconds) == {*HALVES, "a head that drips in"}
    assert [case for case, taken in seconds.items() if taken >= 4 * REQUEST_S] == []
    assert [case for case, taken in seconds.items() if taken < REQUEST_S - 1] == []


def test_while_hundreds_wait_others_are_answered(desk: OpenDesk) -> None:
    with ExitStack() as held:
        halves = []
        for _ in range(300):
            where = (desk.host, desk.port)
            half = held.enter_context(socket.create_connection(where, timeout=30))
            with suppress(ConnectionError):
                half.sendall(b"GET / HTTP/1.1\r\nX")
            halves.append(half)
        begun = time.monotonic()
        assert desk.get("/").status == 200
        with desk.news() as news:
            assert news.next() >= 0
        assert time.monotonic() - begun < REQUEST_S  # not only once they have been hung up on
        for half in halves[:-MOST_WAITING]:  # they had to make room
            with suppress(ConnectionResetError):
                assert half.recv(1) == b""


def _listening(port: int) -> set[str]:
    """The addresses at which anything on this computer listens at a port."""
    found = set()
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, _, number = local.partition(":")
            if state == "0A" and int(number, 16) == port:
                parts = [str(int(address[n : n + 2], 16)) for n in range(0, len(address), 2)]
                found.add(".".join(reversed(parts)))
    return found
