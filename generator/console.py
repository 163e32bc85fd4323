"""The terminal: the only place that prints. Results to stdout, progress and problems to stderr."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console as Terminal
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from generator.problems import Problem, Severity

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}


class Console:
    """Says things, or, for programs (`json`), keeps quiet and prints one object at the end."""

    def __init__(self, *, as_json: bool = False, quiet: bool = False, colour: bool = True) -> None:
        self._as_json = as_json
        self._quiet = quiet
        settings: dict[str, Any] = {"highlight": False, "markup": False, "soft_wrap": True}
        if not colour:
            settings["no_color"] = True
        self._out = Terminal(**settings)
        self._err = Terminal(stderr=True, **settings)

    def progress_line(self, text: str) -> None:
        """Something worth knowing while it happens; not said when quiet."""
        if not self._quiet and not self._as_json:
            self._err.print(_shown(text))

    def problems(self, problems: Iterable[Problem]) -> None:
        """Each problem in one line that an editor can jump to."""
        if self._as_json:
            return
        for problem in problems:
            line = Text(_shown(problem.line(shown_path(problem.place.path))))
            line.highlight_regex(rf"{problem.severity.value}:", _COLOURS[problem.severity])
            self._err.print(line)

    def failure(self, sentence: str) -> None:
        """Why nothing came of a command, in one line or more; for programs, `json` says it."""
        if not self._as_json:
            self._err.print("\n".join(map(_shown, sentence.split("\n"))))

    def result(self, text: str) -> None:
        """What the command was asked for."""
        if not self._as_json:
            self._out.print(_shown(text))

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Rows in columns, plainly: for eyes, and for `grep`."""
        if self._as_json:
            return
        lines = [[_shown(cell) for cell in row] for row in (heads, *rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for number, line in enumerate(lines):
            padded = (f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True))
            self._out.print(Text("  ".join(padded).rstrip(), "bold" if number == 0 else ""))

    def json(self, content: Mapping[str, Any]) -> None:
        """The one object that `--json` prints; in ASCII where stdout cannot take every sign."""
        if not self._as_json:
            return
        text = json.dumps(content, ensure_ascii=False, indent=2)
        try:
            text.encode(sys.stdout.encoding)
        except UnicodeEncodeError:
            text = json.dumps(content, indent=2)
        sys.stdout.write(f"{text}\n")

    @contextmanager
    def counting(self, items: Sequence[Any]) -> Iterator["Counter"]:
        """A bar that counts the items done, on a terminal; nothing elsewhere."""
        shown = self._err.is_terminal and not self._quiet and not self._as_json
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self._err, transient=True, disable=not shown) as bar:
            yield Counter(bar, len(items))


class Counter:
    """Counts what is done on a bar."""

    def __init__(self, bar: Progress, total: int) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=total)

    def step(self, name: str) -> None:
        """One more is done."""
        self._bar.update(self._task, advance=1, description=_shown(name))


def shown_path(path: Path) -> str:
    """A path as the reader knows it: from the current folder."""
    try:
        return os.path.relpath(path)
    except (OSError, ValueError):  # the current folder is gone, or on another drive
        return str(path)


def _shown(text: str) -> str:
    """A text without signs that would move the cursor: a file's name may hold any."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
