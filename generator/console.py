"""The terminal: the only place that prints. Results to stdout, progress and problems to stderr."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console as Terminal
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from generator.plain_text import visible_json, visible_line
from generator.problems import Place, Problem, Severity, told_once

Line = Sequence[tuple[str, str]]
"""Words and how they are styled (`bold`, `red strike`, nothing), one after the other."""

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
            self._err.print(visible_line(text))

    def problems(self, problems: Iterable[Problem]) -> None:
        """Each problem in one line that an editor can jump to."""
        if self._as_json:
            return
        for problem in told_once(problems):
            line = Text(visible_line(problem.line(shown_path(problem.place.path))))
            line.highlight_regex(rf"{problem.severity.value}:", _COLOURS[problem.severity])
            self._err.print(line)

    def failure(self, sentence: str) -> None:
        """Why nothing came of a command, in one line or more; for programs, `json` says it."""
        if not self._as_json:
            self._err.print("\n".join(map(visible_line, sentence.split("\n"))))

    def result(self, text: str) -> None:
        """What the command was asked for."""
        if not self._as_json:
            self._out.print(visible_line(text))

    def whole(self, text: str) -> None:
        """A file's content as what the command was asked for, for a file or another program.

        It goes out as it is, so who makes it sees to it that nothing in it is unseen.
        """
        if not self._as_json:
            sys.stdout.write(text)

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Rows in columns, plainly: for eyes, and for `grep`."""
        if self._as_json:
            return
        lines = [[visible_line(cell) for cell in row] for row in (headers, *rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for number, line in enumerate(lines):
            padded = (f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True))
            self._out.print(Text("  ".join(padded).rstrip(), "bold" if number == 0 else ""))

    def lines(self, lines: Iterable[Line]) -> None:
        """Styled lines; on a terminal, what is too long goes on under its beginning."""
        if self._as_json:
            return
        for line in lines:
            text = Text.assemble(*((visible_line(words), style) for words, style in line))
            margin = len(text.plain) - len(text.plain.lstrip())
            width = self._out.width - margin
            if not self._out.is_terminal or text.cell_len <= self._out.width or width < 20:
                self._out.print(text)
                continue
            for part in text[margin:].wrap(self._out, width):
                part.rstrip()
                self._out.print(Text(" " * margin).append_text(part))

    def json(self, content: Mapping[str, Any]) -> None:
        """The one object that `--json` prints; in ASCII where stdout cannot take every sign."""
        if not self._as_json:
            return
        text = visible_json(json.dumps(content, ensure_ascii=False, indent=2))
        try:
            text.encode(sys.stdout.encoding)
        except UnicodeEncodeError:
            text = json.dumps(content, indent=2)
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()  # now: a command that goes on for hours is listened to meanwhile

    @contextmanager
    def counting(self) -> Iterator["Counter"]:
        """Counts what is done: on a terminal with a bar, elsewhere with a line for each."""
        on_terminal = self._err.is_terminal and not self._quiet and not self._as_json
        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.description}"),
        )
        with Progress(*columns, console=self._err, transient=True, disable=not on_terminal) as bar:
            yield Counter(self, bar)


class _Rate(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f} a second" if task.speed else "")


class Counter:
    """Counts what is done."""

    def __init__(self, console: Console, bar: Progress) -> None:
        self._console = console
        self._bar = bar

    def expect(self, total: int) -> None:
        """So many are to be done."""
        if total:
            self._bar.add_task("", total=total)

    def step(self, name: str, line: str = "", *, counts: bool = True) -> None:
        """Something is done: its name moves a bar on, if it counts; elsewhere its line is said."""
        if self._bar.disable:
            if line:
                self._console.progress_line(line)
        elif counts and self._bar.tasks:
            self._bar.update(self._bar.task_ids[0], advance=1, description=visible_line(name))


def shown_path(path: Path) -> str:
    """A path as the reader knows it: from the current folder."""
    try:
        return os.path.relpath(path)
    except (OSError, ValueError):  # the current folder is gone, or on another drive
        return str(path)


ShowPath = Callable[[Path], str]
"""How a path is told; on the terminal from the current folder, at the desk from the workspace."""


def place_data(place: Place, shown: ShowPath = shown_path) -> dict[str, Any]:
    """A place for programs: its path, its line and its column, null where there is none."""
    return {
        "path": shown(place.path),
        "line": place.line or None,
        "column": place.column or None,
    }


def problem_data(problem: Problem, shown: ShowPath = shown_path) -> dict[str, Any]:
    """A problem for programs, as `--json` and the desk give it."""
    cell = {"cell": problem.place.cell_name} if problem.place.cell_name else {}
    return {
        **place_data(problem.place, shown),
        "severity": problem.severity.value,
        "where": problem.where,
        "message": problem.message,
        **cell,
    }
