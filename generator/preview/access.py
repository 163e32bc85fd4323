"""Access to the desk: who may look at it, and what little browsers let its pages do."""

import re
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from generator.preview.desk_sessions import DeskSessions
from generator.rendering.html import POLICY as LETTER_ITSELF

TOKEN = "token"
_COOKIE = "letters-desk"
TOKEN_HEADER = "x-desk-token"
"""Bears the token of a session; only a script of the desk's own pages can send it."""
ACTIONS = "/actions/"
"""Below this is what can be asked for by POST; nothing else is."""
EDITIONS = "/editions/"
"""Below this are other editions than the one that the desk was started with, each by its year."""
_ACTION = re.compile(rf"({EDITIONS}[0-9]{{4}})?{ACTIONS}")
_READ = {"GET", "HEAD"}

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""What the desk's own pages may do: nothing but what is served here, and no script inside them."""

LETTER_POLICY = "; ".join(
    (
        LETTER_ITSELF,
        "frame-ancestors 'self'",
        "sandbox allow-same-origin",  # no script, no form, no window: it is read, and no more
    )
)
"""What a letter may do on the desk: what it may do anywhere, in a frame of the desk's own."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True)
class AccessPolicy:
    """Who is let in: from which hosts a page may be asked for, and with which token.

    On this computer, too: others who work on it can reach every port of it.
    """

    host: str
    port: int
    token: str
    proxy: "ProxyAddress | None" = None
    """Where the desk is to be found, if that is behind a proxy."""
    read_only: bool = False

    def knows(self, host: str) -> bool:
        """Whether a request names this desk as it is named; a foreign name may be rebound to us."""
        name, port = _host_and_port(host)
        if self.proxy is not None and self.proxy.is_named(host):
            return True
        if port != self.port:
            return False
        if name in _LOOPBACK or name == self.host.strip("[]").casefold():
            return True
        return not is_loopback(self.host) and _is_address(name)

    def origin(self, host: str) -> str:
        """Where pages come from that are asked for at a host, as browsers say it."""
        if self.proxy is not None and self.proxy.is_named(host):
            return self.proxy.origin
        return f"http://{host}"

    @property
    def root(self) -> str:
        """What stands before the path of each address: nothing, or where a proxy has the desk."""
        return self.proxy.root if self.proxy else ""

    @property
    def is_for_all(self) -> bool:
        """Whether it is to be reached at every address that this computer has."""
        return self.host in _HERE

    @property
    def shown_host(self) -> str:
        """The host as an address in a browser has it: this computer, where it is any of its own."""
        host = _HERE.get(self.host, self.host)
        return f"[{host}]" if ":" in host else host

    def address(self, path: str = "") -> str:
        """The address to be opened in a browser, with the token."""
        here = f"http://{self.shown_host}:{self.port}"
        if self.proxy is not None:
            here = f"{self.proxy.origin}{self.proxy.root}"
        return f"{here}/{path}?{TOKEN}={self.token}"


@dataclass(frozen=True)
class ProxyAddress:
    """Where a proxy has the desk: the address that browsers know."""

    scheme: str
    host: str
    """With its port, where that is not the usual one."""
    root: str
    """The path of the desk, without the slash at its end."""

    @property
    def origin(self) -> str:
        """As browsers say it."""
        return f"{self.scheme}://{self.host}"

    def is_named(self, host: str) -> bool:
        """Whether the host of a request is that of the proxy."""
        usual = {"https": 443, "http": 80}[self.scheme]
        return bool(host) and _host_and_port(host, usual) == _host_and_port(self.host, usual)


def proxy_address(said: str) -> ProxyAddress:
    """The address of `--behind-proxy`. Raises `ValueError` where it is none."""
    found = urlsplit(said)
    host = found.netloc.casefold()
    path = found.path.rstrip("/")
    is_plain = not (found.query or found.fragment) and re.fullmatch(r"(/\w[\w.~-]*)*", path)
    if found.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or not is_plain:
        raise ValueError(said)
    usual = {"https": ":443", "http": ":80"}[found.scheme]
    return ProxyAddress(found.scheme, host.removesuffix(usual), path)


_HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach a host."""
    name = host.strip("[]").casefold()
    return name in _LOOPBACK or (_is_address(name) and ip_address(name).is_loopback)


def access_policy(
    host: str, port: int, proxy: ProxyAddress | None = None, *, read_only: bool = False
) -> AccessPolicy:
    """Who is let in at a host: only who has the token that is made here."""
    return AccessPolicy(host, port, secrets.token_urlsafe(24), proxy, read_only)


class AccessMiddleware:
    """Stands before the desk: refuses what is foreign, and says with each answer what it may do."""

    def __init__(self, app: ASGIApp, policy: AccessPolicy, sessions: DeskSessions) -> None:
        self._app = app
        self._policy = policy
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        assert scope["type"] == "http"
        root, path = self._policy.root, scope["path"]
        is_here = path.startswith(f"{root}/")
        if root and is_here:
            scope = {**scope, "path": path.removeprefix(root)}
        refusal = self._refusal(scope, Headers(scope=scope))
        if not is_here and refusal is None:
            refusal = _refused(404, f"The desk is at {root}/.")
        app = self._app if refusal is None else refusal
        await app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        reads = scope["method"] in _READ
        is_action = scope["method"] == "POST" and _ACTION.match(scope["path"]) is not None
        if not reads and (self._policy.read_only or not is_action):
            return _refused(405, "Read-only: only GET and HEAD are allowed.")
        hosts = headers.getlist("host")
        is_path = scope["path"].startswith("/")  # and no whole address, as a proxy is given
        if not is_path or len(hosts) != 1 or not self._policy.knows(hosts[0]):
            return _refused(
                421, "This is not the address of the desk; it was printed at its start."
            )
        if not (self._is_own if reads else self._is_own_page)(headers, hosts[0]):
            return _refused(403, "Another site asked for this page.")
        return self._without_session(scope, headers, reads=reads)

    def _is_own(self, headers: Headers, host: str) -> bool:
        """Whether it is the desk's own page that asks, or a person."""
        if any(origin != self._policy.origin(host) for origin in headers.getlist("origin")):
            return False
        site = headers.get("sec-fetch-site")
        fetched = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest"))
        follows_link = fetched == ("navigate", "document")  # and is in no frame
        return site in {None, "same-origin", "none"} or follows_link

    def _is_own_page(self, headers: Headers, host: str) -> bool:
        """Whether it is the desk's own page that asks; each browser says where a POST is from."""
        is_own = headers.getlist("origin") == [self._policy.origin(host)]
        return is_own and headers.get("sec-fetch-site") in {None, "same-origin"}

    def _without_session(self, scope: Scope, headers: Headers, *, reads: bool) -> Response | None:
        """What is answered to who was not let in; who shows the token is, and has a cookie."""
        request = HTTPConnection(scope)
        name = f"{_COOKIE}-{self._policy.port}"
        session = self._sessions.find(request.cookies.get(name, ""))
        if session is not None:
            scope["desk_session"] = session
            said = headers.get(TOKEN_HEADER, "").encode()
            if reads or secrets.compare_digest(said, session.token.encode()):
                return None
            return _refused(403, "This page belongs to another session; reload it.")
        token = self._policy.token
        said_tokens = [value.encode() for value in request.query_params.getlist(TOKEN)]
        is_token = len(said_tokens) == 1 and secrets.compare_digest(said_tokens[0], token.encode())
        if not reads or not is_token:
            return _refused(
                401, "Open the desk with the whole address that was printed at its start."
            )
        others = urlencode(
            [each for each in request.query_params.multi_items() if each[0] != TOKEN]
        )
        path = "/" + scope["path"].lstrip("/")  # with two of them, it would be another computer's
        answer = RedirectResponse(f"{self._policy.root}{quote(path)}?{others}".rstrip("?"), 303)
        answer.set_cookie(
            name,
            self._sessions.begin().key,
            path=f"{self._policy.root}/",
            secure=self._policy.proxy is not None and self._policy.proxy.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return answer


def _refused(status: int, sentence: str) -> Response:
    return PlainTextResponse(f"{sentence}\n", status)


def _with_headers(send: Send) -> Send:
    async def send_it(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Content-Security-Policy", POLICY)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return send_it


def _host_and_port(host: str, usual: int = 80) -> tuple[str, int]:
    """The two parts of a `Host`; no name where it is none, such as one with a user in it."""
    found = _HOST.fullmatch(host)
    if found is None:
        return "", 0
    return found["name"].strip("[]").casefold(), int(found["port"] or usual)


_HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{1,5}))?")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
