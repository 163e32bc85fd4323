"""A wish to stop, from Ctrl-C or `kill`, heard at a moment when nothing is half done."""

import gc
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Cancellation:
    """Whether a run was asked to stop. What waits for other things can wait for it, too."""

    def __init__(self) -> None:
        self.requested = False
        self._heard, self._wake = os.pipe()  # no program that is started has them
        for end in (self._heard, self._wake):
            os.set_blocking(end, False)

    def fileno(self) -> int:
        """Readable once it was asked for: for `multiprocessing.connection.wait`."""
        return self._heard

    def request(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Ask for it. The second time, whatever is going on is broken off."""
        if self.requested:
            raise KeyboardInterrupt
        self.requested = True
        os.write(self._wake, b".")

    def close(self) -> None:
        """Close its two ends."""
        os.close(self._heard)
        os.close(self._wake)


@contextmanager
def _handled(handlers: Mapping[int, Any]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def interrupted_by_signals() -> Iterator[None]:
    """While inside, `kill` and a closed terminal break in as Ctrl-C does, and all is tidied up."""
    # Who told it to be deaf, as nohup does, meant it.
    heard = [n for n in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(n) is signal.SIG_DFL]
    with _handled(dict.fromkeys(heard, signal.default_int_handler)):
        yield


@contextmanager
def stop_on_signals() -> Iterator[Cancellation]:
    """While inside, Ctrl-C, `kill` and a closed terminal ask to stop, and no longer break in."""
    with closing(Cancellation()) as stop, _handled(dict.fromkeys(_SIGNALS, stop.request)):
        yield stop


@contextmanager
def gc_disabled() -> Iterator[None]:
    """Keep the garbage collector from going through what is being made, again and again.

    All of it is kept, so it finds nothing; with thousands of letters it takes half of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
