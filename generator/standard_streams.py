"""stdout and stderr that never raise: what cannot be printed costs the words, not the work.

The disk behind them may be full, the reader of a pipe may have gone, the shell may have closed
them. A command that is half done with its files must not hear of that; its exit code tells it.
"""

import io
import os
import select
import sys
from typing import Any


class _Stream(io.FileIO):
    """A stream of the process that takes all that is written, and says no word about a failure."""

    error: OSError | None = None

    def write(self, content: Any) -> int:
        """Write, or, after the first failure, nothing any more."""
        while self.error is None:
            try:
                written = super().write(content)
            except OSError as error:
                self.error = error
                break
            if written is not None:
                return written
            select.select([], [self], [])  # it does not block, and its reader is slow
        return memoryview(content).nbytes


def open_streams() -> None:
    """Let stdout and stderr take everything, and write signs they cannot show by their number.

    Where one was closed, what is opened next would get its number, and words of the libraries would
    end up in a letter: so the three numbers are taken first.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, number)  # which children inherit
            if nowhere != number:
                os.close(nowhere)
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = getattr(sys, name)
        if stream is None or stream is getattr(sys, f"__{name}__"):
            setattr(sys, name, _opened(number, stream))
        elif isinstance(stream, io.TextIOWrapper):  # another program's, which calls this one
            stream.reconfigure(errors="backslashreplace")


def _opened(number: int, before: io.TextIOWrapper | None) -> io.TextIOWrapper:
    raw = _Stream(number, "w", closefd=False)
    encoding = before.encoding if before else "utf-8"
    buffering = raw.isatty() or number == 2
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding, "backslashreplace", line_buffering=buffering
    )


def unprinted() -> OSError | None:
    """Why results could not be printed, once all are; None where they were, or nobody wants any."""
    sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return raw.error if isinstance(raw, _Stream) else None
