"""No code from the folder one stands in: neither this process nor those it starts import from it.

Python puts the current folder first wherever it is told what to run by `-c`, as the server is that
forks the workers; and a blank or relative part of `PYTHONPATH` means that folder, too.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SAFE, _PATH = "PYTHONSAFEPATH", "PYTHONPATH"


def leave_out_current_folder() -> None:
    """Import nothing from the current folder from here on, and let no process do it.

    For a program. What Python itself loads at its very start has been loaded by now: for that,
    `./letters` says the same before.
    """
    sys.path[:] = filter(os.path.isabs, sys.path)
    os.environ.update(_safe())
    if not os.environ[_PATH]:
        del os.environ[_PATH]


@contextmanager
def safe_children() -> Iterator[None]:
    """Processes that are started meanwhile import nothing from the current folder."""
    before = {name: os.environ.get(name) for name in (_SAFE, _PATH)}
    os.environ.update(_safe())
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _safe() -> dict[str, str]:
    parts = os.environ.get(_PATH, "").split(os.pathsep)
    return {_SAFE: "1", _PATH: os.pathsep.join(filter(os.path.isabs, parts))}
