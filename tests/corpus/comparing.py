"""Comparing: in which letters and cases two recordings differ, and where."""

import re
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from fnmatch import fnmatch
from pathlib import Path

_LINES = 24
"""Of each case, so many lines of what differs are shown."""
_WIDTH = 200

Allowed = Sequence[tuple[str, re.Pattern[str]]]


def read_allowed(path: Path | None) -> Allowed:
    """What may differ: lines `cases/made*: pattern`, a case and a regular expression.

    Lines in which the expression is found are left out on both sides.
    """
    lines = path.read_text("utf-8").splitlines() if path else []
    pairs = (line.split(": ", 1) for line in lines if line.strip() and not line.startswith("#"))
    return [(case.strip(), re.compile(pattern)) for case, pattern in pairs]


def differences(old: Path, new: Path, allowed: Allowed) -> Iterator[str]:
    """For each case that differs, its name and what differs, cut to a useful length."""
    then, now = ({str(p.relative_to(f)): p for p in f.rglob("*.txt")} for f in (old, new))
    if not then or not now:
        raise ValueError(f"nothing is recorded in {old if not then else new}")
    for name in sorted(then.keys() | now.keys()):
        if name not in now or name not in then:
            yield f"{name}: only in {old if name in then else new}"
            continue
        before, after = then[name].read_bytes(), now[name].read_bytes()
        if before == after:
            continue
        a, b = (_lines(text.decode(), name, allowed) for text in (before, after))
        if a != b:
            yield "\n".join([f"{name}: differs", *_shown(a, b)])


def _lines(text: str, name: str, allowed: Allowed) -> list[str]:
    patterns = [pattern for case, pattern in allowed if fnmatch(name, case)]
    lines = text.splitlines()
    return [line for line in lines if not any(pattern.search(line) for pattern in patterns)]


def _shown(a: list[str], b: list[str]) -> list[str]:
    """The changed lines among their neighbours; of long ones, the part that differs."""
    lines = [*unified_diff(a, b, n=1, lineterm="")][2:]
    shown = [_cut(line, lines[n - 1 : n + 2]) for n, line in enumerate(lines[:_LINES])]
    more = len(lines) - _LINES
    return [*shown, f"… and {more} more lines"] if more > 0 else shown


def _cut(line: str, neighbours: Sequence[str]) -> str:
    if len(line) <= _WIDTH:
        return line
    start = 0
    other = "-" if line[0] == "+" else "+"
    for neighbour in neighbours:
        if line[0] in "+-" and neighbour[:1] == other:
            start = next(
                (
                    n
                    for n, (a, b) in enumerate(zip(line[1:], neighbour[1:], strict=False))
                    if a != b
                ),
                0,
            )
    start = max(0, start - 60)
    return f"{line[0]}{'…' if start else ''}{line[1 + start : 1 + start + _WIDTH]}…"
