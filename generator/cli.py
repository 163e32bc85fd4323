"""The program `letters`: however it ends, a sentence and an exit code say so, never a traceback."""

import atexit
import gc
import os
import sys
import threading
from typing import NoReturn

from generator.import_path import leave_out_current_folder


def main() -> None:
    """Do what the command line asks for, and exit."""
    leave_out_current_folder()
    gc.set_threshold(300_000)  # a command keeps most of what it makes: it is searched seldom
    code = run(sys.argv[1:])
    gc.freeze()  # the system takes all of it back; Python would first look through it once more
    _leave(code)


def _leave(code: int) -> NoReturn:
    """Exit, also where threads go on that nobody waits for.

    Python ends these wherever they are, which aborts the program if that is in a library of native
    code. So then what is to be done at the end is done, and the system ends all of them at once.
    """
    if any(thread.daemon for thread in threading.enumerate()):
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def run(words: list[str]) -> int:
    """Do what these words ask for. Gives the exit code: 1, too, where results were not printed.

    All else is imported in here, so that Ctrl-C is answered from the start.
    """
    try:
        from generator.standard_streams import open_streams, unprinted

        open_streams()
        from generator.commands.app import run_command

        code = run_command(words)
        error = unprinted()
        if error is not None:
            code = 1
            if not isinstance(error, BrokenPipeError):  # then there is nobody to tell
                _say(f"cannot write the result: {error.strerror or error}")
    except KeyboardInterrupt:
        code = 130
    except MemoryError:
        code = 1
        _say("Not enough memory; close other programs, or ask for fewer letters.")
    except OSError as error:
        code = 1
        place = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        _say(f"{place}{error.strerror or error}")
    if code == 130:
        _say("Interrupted; finished work is kept.")
    return code


def _say(sentence: str) -> None:
    from generator.console import Console

    Console().failure(sentence)
