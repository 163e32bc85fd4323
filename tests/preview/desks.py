"""A desk that was opened with `letters preview`: asked by raw HTTP, listened to, and ended."""

import http.client
import json
import os
import re
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.processes import Running

PATIENCE_S = 60.0


@dataclass(frozen=True)
class Answer:
    """What was answered to one request."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class OpenDesk(Running):
    """A run of `letters preview`, on a port of its own unless told otherwise."""

    def __init__(self, workspace: Path, *words: str, **how: Any) -> None:
        super().__init__(workspace, "preview", *words, **how)
        port = int(words[words.index("--port") + 1]) if "--port" in words else 0
        self.host, self.port, self.path, self.token = "127.0.0.1", port, "/", ""
        self._cookies: dict[str, str] = {}

    @property
    def printed(self) -> str:
        """What it has said so far on stdout."""
        return self._out.read_text()

    def wait_until_open(self) -> None:
        """Wait until it says where it is, and go there from now on."""
        self.wait_for(lambda: self.find_address(self.printed))

    def find_address(self, said: str) -> bool:
        """Go to the address that it has said, from now on, if it has."""
        found = re.search(
            r"https?://([^:/]+)(?::(\d+))?(/[^?\s]*)\?token=([\w-]{32})(?=\s|$)", said
        )
        if found is not None:
            self.path, self.token = found.group(3, 4)
        if found is not None and found[2]:
            self.host, self.port = found[1], int(found[2])
        return found is not None

    @property
    def cookie(self) -> str:
        """What a browser sends that was opened with the whole address."""
        if self.token not in self._cookies:
            self._cookies[self.token] = self.new_cookie()
        return self._cookies[self.token]

    def new_cookie(self) -> str:
        """That of another browser, which is opened with the whole address now."""
        answer = self.ask("GET", f"/?token={self.token}", {"Cookie": ""})
        return answer.headers["set-cookie"].partition(";")[0]

    def act(self, action: str, asked: object, cookie: str = "", root: str = "") -> Answer:
        """What comes of an action that a page of the desk asks for, at an edition of its own."""
        cookie = cookie or self.cookie
        session = json.loads(self.get("/session", Cookie=cookie).text)
        headers = {
            "Cookie": cookie,
            "Origin": f"http://{self.host}:{self.port}",
            "Content-Type": "application/json",
            "X-Desk-Token": session["token"],
        }
        path = f"{root}/actions/{action}"
        return self.ask("POST", path, headers, json.dumps(asked).encode())

    def get(self, path: str, **headers: str) -> Answer:
        """What is answered to a page's or a program's wish; a header `X_Y` is `X-Y`."""
        return self.ask("GET", path, {name.replace("_", "-"): v for name, v in headers.items()})

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> Answer:
        """What is answered to any request, however odd; it bears the cookie unless told another.

        And the length of its body, if it has one, unless told another.
        """
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_S)
        try:
            has_host = "Host" in headers
            connection.putrequest(method, path, skip_host=has_host, skip_accept_encoding=True)
            cookie = {} if "Cookie" in headers else {"Cookie": self.cookie}
            length = {} if body is None else {"Content-Length": str(len(body))}
            for name, value in {**cookie, **length, **headers}.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def say(self, request: bytes) -> bytes:
        """What comes back when these bytes are sent and nothing more."""
        with socket.create_connection((self.host, self.port), timeout=PATIENCE_S) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            parts = iter(lambda: connection.recv(65536), b"")
            return b"".join(parts)

    @contextmanager
    def news(self, slug: str | None = None) -> Iterator["News"]:
        """Listens, as an open page does: to a letter's, or to all."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_S)
        path = f"/events?letter={slug}" if slug else "/events"
        connection.request("GET", path, headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        assert answer.status == 200
        try:
            yield News(self, answer)
        finally:
            answer.close()
            connection.close()


@contextmanager
def opened_desk(workspace: Path, *words: str) -> Iterator[OpenDesk]:
    """A desk that is open, and ended whatever happens meanwhile."""
    port = () if "--port" in words else ("--port", "0")
    desk = OpenDesk(workspace, *port, *words)
    try:
        desk.wait_until_open()
        yield desk
    finally:
        desk.end()


class News:
    """The news of a desk, as they come."""

    def __init__(self, desk: OpenDesk, answer: http.client.HTTPResponse) -> None:
        self._desk = desk
        self._answer = answer

    def fileno(self) -> int:
        """What to watch for more to come."""
        return self._answer.fileno()

    def next(self) -> int:
        """Wait for the next moment at which there is something new."""
        while line := self._answer.readline():
            if line.startswith(b"data: "):
                moment = json.loads(line[6:])["moment"]
                assert isinstance(moment, int)
                return moment
        raise EOFError("the desk was closed")

    def has_ended(self) -> bool:
        """Whether the desk has hung up; what it has said before that is not told any more."""
        with socket.socket(fileno=os.dup(self.fileno())) as heard:
            with suppress(BlockingIOError):
                while heard.recv(65536, socket.MSG_DONTWAIT):
                    pass
                return True
            return False

    def wait_for_the_end(self) -> None:
        """Listen until there is no desk any more to be listened to."""
        with suppress(EOFError, ConnectionError):
            while True:
                self.next()

    def wait_until(self, path: str, what: Callable[[Answer], bool]) -> Answer:
        """Ask for something at each new moment, until it is so."""
        while not what(answer := self._desk.get(path)):
            self.next()
        return answer
