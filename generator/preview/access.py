"""Access to the desk: who may look at it, and what little browsers let its pages do."""

import asyncio
import re
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from generator.rendering.html import POLICY as LETTER_ITSELF

REQUEST_S = 5
"""So long a whole request may take, from the first moment at which one may come."""
MOST_WAITING = 32
"""So many connections may be without a request; then the one that waited longest makes room."""
LONGEST_HEAD = 16 * 1024
"""No browser sends longer lines and headers to us."""


class ImpatientProtocol(H11Protocol):
    """A connection that is closed when no whole request comes in time, or others need its place."""

    _waiting: ClassVar[dict["ImpatientProtocol", asyncio.TimerHandle]] = {}
    """Connections without a whole request, the longest waiting first, and when each is closed."""

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take a part of a request; it does not make the time for the whole any longer."""
        super().data_received(data)
        if not self._is_owed_something:
            self._wait()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request, or for the rest of this one."""
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._wait_no_longer()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """See what has come; when it is a whole request, nobody waits for it any more."""
        super().handle_events()
        if self._is_owed_something:
            self._wait_no_longer()

    @property
    def _is_owed_something(self) -> bool:
        """Whether it is our turn: a whole request has come and was not answered yet."""
        cycle: Any = self.cycle
        return cycle is not None and not cycle.response_complete and not cycle.more_body

    def _wait(self) -> None:
        if self in self._waiting or self.transport.is_closing():
            return
        self._waiting[self] = self.loop.call_later(REQUEST_S, self._give_up)
        if len(self._waiting) > MOST_WAITING:
            next(iter(self._waiting))._give_up()

    def _wait_no_longer(self) -> None:
        timer = self._waiting.pop(self, None)
        if timer is not None:
            timer.cancel()

    def _give_up(self) -> None:
        self._wait_no_longer()
        self.transport.close()  # once what was answered before has been taken


TOKEN = "token"
_COOKIE = "letters-desk"
_METHODS = {"GET", "HEAD"}

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

    def knows(self, host: str) -> bool:
        """Whether a request names this desk as it is named; a foreign name may be rebound to us."""
        name, port = _host_and_port(host)
        if port != self.port:
            return False
        if name in _LOOPBACK or name == self.host.strip("[]").casefold():
            return True
        return not is_loopback(self.host) and _is_address(name)

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
        return f"http://{self.shown_host}:{self.port}/{path}?{TOKEN}={self.token}"


_HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach a host."""
    name = host.strip("[]").casefold()
    return name in _LOOPBACK or (_is_address(name) and ip_address(name).is_loopback)


def access_policy(host: str, port: int) -> AccessPolicy:
    """Who is let in at a host: only who has the token that is made here."""
    return AccessPolicy(host, port, secrets.token_urlsafe(24))


class AccessMiddleware:
    """Stands before the desk: refuses what is foreign, and says with each answer what it may do."""

    def __init__(self, app: ASGIApp, policy: AccessPolicy) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        assert scope["type"] == "http"
        refusal = self._refusal(scope, Headers(scope=scope))
        app = self._app if refusal is None else refusal
        await app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if scope["method"] not in _METHODS:
            return _refused(405, "The desk shows; it is told nothing.")
        hosts = headers.getlist("host")
        is_path = scope["path"].startswith("/")  # and no whole address, as a proxy is given
        if not is_path or len(hosts) != 1 or not self._policy.knows(hosts[0]):
            return _refused(
                421, "This is not the address of the desk; it was printed at its start."
            )
        if not self._is_own(headers, hosts[0]):
            return _refused(403, "Another site asked for this page.")
        return self._without_token(scope)

    @staticmethod
    def _is_own(headers: Headers, host: str) -> bool:
        """Whether it is the desk's own page that asks, or a person."""
        if any(origin != f"http://{host}" for origin in headers.getlist("origin")):
            return False
        site = headers.get("sec-fetch-site")
        fetched = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest"))
        follows_link = fetched == ("navigate", "document")  # and is in no frame
        return site in {None, "same-origin", "none"} or follows_link

    def _without_token(self, scope: Scope) -> Response | None:
        """What is answered to who has not shown the token; who shows it has it kept in a cookie."""
        token, request = self._policy.token, HTTPConnection(scope)
        name = f"{_COOKIE}-{self._policy.port}"
        if secrets.compare_digest(request.cookies.get(name, "").encode(), token.encode()):
            return None
        said = [value.encode() for value in request.query_params.getlist(TOKEN)]
        if len(said) != 1 or not secrets.compare_digest(said[0], token.encode()):
            return _refused(
                401, "Open the desk with the whole address that was printed at its start."
            )
        others = urlencode(
            [each for each in request.query_params.multi_items() if each[0] != TOKEN]
        )
        path = "/" + scope["path"].lstrip("/")  # with two of them, it would be another computer's
        answer = RedirectResponse(f"{quote(path)}?{others}".rstrip("?"), 303)
        answer.set_cookie(name, token, httponly=True, samesite="strict")
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


def _host_and_port(host: str) -> tuple[str, int]:
    """The two parts of a `Host`; no name where it is none, such as one with a user in it."""
    found = _HOST.fullmatch(host)
    if found is None:
        return "", 0
    return found["name"].strip("[]").casefold(), int(found["port"] or 80)


_HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{1,5}))?")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
