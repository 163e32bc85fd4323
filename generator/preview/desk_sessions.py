"""Sessions: the browsers that were let in, each with a token to write with, a name, its undos."""

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MOST_SESSIONS = 256
"""So many browsers are remembered; then the one that asked for nothing the longest is forgotten."""
_MOST_UNDOS = 100


@dataclass(frozen=True)
class Undo:
    """What takes an action back: the bytes that its files had, and the digests they then got."""

    said: str
    """What is taken back, in a few words."""
    files: Mapping[Path, tuple[bytes | None, str | None]]
    """Nothing for bytes or digest: there was no such file."""
    year: int
    """Of which edition they are: it may be asked for where another is looked at."""


@dataclass
class DeskSession:
    """One browser that was let in, until the desk is closed."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    """What its cookie says; no page and no script can read it."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    """What its pages say when they ask for an action; no other site can read it."""
    name: str = ""
    """Who sits there, by their own word; for what is signed."""
    signed: set[str] = field(default_factory=set)
    """The names under which it has approved, as they are compared."""
    undos: OrderedDict[str, Undo] = field(default_factory=OrderedDict, repr=False)

    def remember(self, undo: Undo) -> str:
        """Keep what takes an action back; by what it can be asked for."""
        key = secrets.token_urlsafe(12)
        self.undos[key] = undo
        if len(self.undos) > _MOST_UNDOS:
            self.undos.popitem(last=False)
        return key


class DeskSessions:
    """The browsers that were let in."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, DeskSession] = OrderedDict()

    def begin(self) -> DeskSession:
        """Let a browser in."""
        session = DeskSession()
        self._sessions[session.key] = session
        if len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return session

    def find(self, key: str) -> DeskSession | None:
        """The browser with this cookie; None where none was let in with it."""
        if key in self._sessions:
            self._sessions.move_to_end(key)
        return self._sessions.get(key)
