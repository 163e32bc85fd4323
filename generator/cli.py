"""The program `letters`: however it ends, a sentence and an exit code say so, never a traceback."""

import io
import os
import sys
from contextlib import suppress
from pathlib import Path


def main() -> None:
    """Do what the command line asks for, and exit."""
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Do what these words ask for. Gives the exit code.

    All else is imported in here, so that Ctrl-C is answered from the start.
    """
    try:
        _open_streams()
        from generator.commands.app import obey

        code = obey(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:  # who read the results has gone: there is nobody to tell
        code = 1
        _discard_unwritten()
    except OSError as error:
        code = 1
        place = (
            f"{os.fsdecode(error.filename)}: " if error.filename else "cannot write the result: "
        )
        _say(f"{place}{error.strerror or error}")
        _discard_unwritten()
    if code == 130:
        _say("Interrupted; what was finished is kept.")
    return code


def _open_streams() -> None:
    """Let words to a closed stream go nowhere, and write signs it cannot show by their number."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 - open to the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(sentence: str) -> None:
    from generator.console import Console

    with suppress(OSError):  # the disk may be full for these words, too
        Console().failure(sentence)


def _discard_unwritten() -> None:
    """Forget what could not be written, or Python would try again on its way out and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
