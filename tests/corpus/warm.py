"""Runs a console script again and again, each time in a fork of this process, which gets warm.

Started by the interpreter of the script. Reads what to run, a JSON object a line, and answers each
with its exit code. What one run had to import is imported here, once, for those that follow; and
the server that multiprocessing forks its workers from is forked from here, too, not started anew.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from multiprocessing import util
from pathlib import Path
from typing import Any

_LONGEST_S = 300


def _next_run(modules: Path) -> dict[str, Any]:
    """Serve until this is the process that is to run something: that."""
    for line in sys.stdin:
        gc.freeze()
        process = os.fork()
        if process == 0:
            run: dict[str, Any] = json.loads(line)
            return run
        _, status = os.waitpid(process, 0)
        names = modules.read_text().split() if modules.exists() else ()
        for name in set(names) - sys.modules.keys():
            with suppress(Exception):
                importlib.import_module(name)
        print(os.waitstatus_to_exitcode(status), flush=True)
    os._exit(0)


def _serve(script: str, modules: Path) -> None:
    run = _next_run(modules)
    signal.alarm(_LONGEST_S)
    atexit.register(_tell_imported, modules, [*sys.modules])
    os.chdir(run["folder"])
    os.environ.clear()
    os.environ.update(run["environment"])
    for number, path in enumerate((os.devnull, run["out"], run["err"])):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
    sys.argv = [script, *run["words"]]
    util.spawnv_passfds = partial(_fork_instead, modules)
    code = 0
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # without taking apart what was shared with all others


def _tell_imported(modules: Path, before: Sequence[str]) -> None:
    with modules.open("a") as file:
        file.writelines(f"{name}\n" for name in sys.modules.keys() - before)


def _fork_instead(modules: Path, _: object, words: Sequence[str], handed: Sequence[int]) -> int:
    """Do in a fork what an interpreter would be started for: `python … -c CODE`."""
    process = os.fork()
    if process:
        return process
    signal.alarm(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    before = [*sys.modules]
    kept = {0, 1, 2, *handed}
    for number in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
        if number not in kept:
            with suppress(OSError):
                os.close(number)
    try:
        exec(words[words.index("-c") + 1], {"__name__": "__main__"})
    finally:
        _tell_imported(modules, before)
        os._exit(0)


if __name__ == "__main__":
    _serve(sys.argv[1], Path(sys.argv[2]))
