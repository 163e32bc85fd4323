"""The command line of the corpus; `tests/corpus/__init__.py` says how it is used."""

import argparse
import os
import sys
import time
from pathlib import Path

from tests.corpus import __doc__ as usage
from tests.corpus.comparing import differences, read_allowed
from tests.corpus.recording import record


def main() -> int:
    """Do what the command line asks for. Gives the exit code: 1 where something differs."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.corpus",
        description=usage,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record", help="record what a program does")
    recording.add_argument("folder", type=Path, help="where to; must not be there yet")
    recording.add_argument(
        "--program", type=Path, default=Path(), help="a checkout with its .venv; this one"
    )
    recording.add_argument("--quick", action="store_true", help="a part of it, in a minute")
    recording.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    comparing = commands.add_parser("compare", help="say what differs")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.add_argument("--allow", type=Path, help="a file of expected differences")
    said = parser.parse_args()
    if said.command == "record":
        start = time.monotonic()
        record(said.program.resolve(), said.folder, quick=said.quick, workers=said.workers)
        print(f"recorded in {time.monotonic() - start:.0f} s")
        return 0
    found = 0
    for difference in differences(said.old, said.new, read_allowed(said.allow)):
        print(difference)
        found += 1
    print(f"{found} differ" if found else "nothing differs")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
