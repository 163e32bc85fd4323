"""The guard: lets in who may look at the desk, and tells browsers how little its pages may do."""

import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
        "default-src 'none'",
        "style-src 'unsafe-inline'",  # a letter brings its own, and nothing else
        "img-src data:",
        "frame-ancestors 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "sandbox allow-same-origin",  # no script, no form, no window: it is read, and no more
    )
)
"""What a letter may do on the desk: be looked at."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True)
class Admission:
    """Who is let in: from which hosts a page may be asked for, and with which token, if any."""

    host: str
    port: int
    token: str | None = None

    def knows(self, host: str) -> bool:
        """Whether a request names this desk as it is named; a foreign name may be rebound to us."""
        name, port = _host_and_port(host)
        if port != self.port:
            return False
        if name in _LOOPBACK or name == self.host.strip("[]").casefold():
            return True
        return self.token is not None and _is_address(name)

    def address(self, path: str = "") -> str:
        """The address to be opened in a browser; with the token where one is needed."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        start = f"http://{host}:{self.port}/{path}"
        return f"{start}?{TOKEN}={self.token}" if self.token else start


_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach a host."""
    name = host.strip("[]").casefold()
    return name in _LOOPBACK or (_is_address(name) and ip_address(name).is_loopback)


def admission(host: str, port: int) -> Admission:
    """Who is let in at a host: beyond this computer, only who has the token that is made here."""
    return Admission(host, port, None if is_loopback(host) else secrets.token_urlsafe(24))


class Guard:
    """Stands before the desk: refuses what is foreign, and says with each answer what it may do."""

    def __init__(self, app: ASGIApp, admission: Admission) -> None:
        self._app = app
        self._admission = admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope, Headers(scope=scope))
        app = self._app if refusal is None else refusal
        await app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if scope["method"] not in _METHODS:
            return _refused(405, "The desk shows; it is told nothing.")
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._admission.knows(hosts[0]):
            return _refused(
                421, "This is not the address of the desk; it was printed at its start."
            )
        if not self._is_own(headers, hosts[0]):
            return _refused(403, "Another site asked for this page.")
        if self._admission.token is None:
            return None
        return self._without_token(scope, headers)

    @staticmethod
    def _is_own(headers: Headers, host: str) -> bool:
        """Whether it is the desk's own page that asks, or a person."""
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return False
        site = headers.get("sec-fetch-site")
        follows_link = headers.get("sec-fetch-mode") == "navigate"
        framed = headers.get("sec-fetch-dest") in {"iframe", "frame", "embed", "object"}
        return site in {None, "same-origin", "none"} or (follows_link and not framed)

    def _without_token(self, scope: Scope, headers: Headers) -> Response | None:
        """What is answered to who has not shown the token; who shows it has it kept in a cookie."""
        token = self._admission.token or ""
        name = f"{_COOKIE}-{self._admission.port}"
        if secrets.compare_digest(_cookie(headers, name).encode(), token.encode()):
            return None
        said = parse_qs(scope["query_string"].decode("latin-1")).get(TOKEN, [""])[0]
        if not secrets.compare_digest(said.encode(), token.encode()):
            return _refused(
                401, "Open the desk with the whole address that was printed at its start."
            )
        answer = RedirectResponse(scope["path"], 303)
        answer.set_cookie(name, token, httponly=True, samesite="strict")
        return answer


def _refused(status: int, sentence: str) -> Response:
    return PlainTextResponse(f"{sentence}\n", status)


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


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
    try:
        found = urlsplit(f"//{host}")
        return (found.hostname or "").casefold(), found.port or 80
    except ValueError:
        return "", 0


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
