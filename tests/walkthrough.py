"""Pages whose commands and edits are carried out, so that what a page says is what happens.

From the command on that begins a practice folder, each block of code does what its kind says:

    sh      commands, a line each, from the folder that `cd` last went to
    text    what the commands above it say; a line `…` stands for lines that are left out
    diff    an edit of the file that the words before it name last: of whole lines, or of the words
            between `…` and `…`; the lines before `-` must stand there once
    other   a file, whole, of the name that the words before it name last

Commands without a `text` must succeed. The desk is not opened. What pages show is renewed by

    .venv/bin/python -m tests.walkthrough [PAGE …]
"""

import io
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from generator import cli
from generator.commands import app, data_commands, issuing_commands
from tests.batch.executors import all_made_here
from tests.borsetshire import ROOT

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BEGINNING = "```sh\n./letters init practice"
LETTERS = re.compile(r"(?:\./|\.\./)letters ")
NAMED = re.compile(r"`([^`\s]+(?:/|\.)[^`\s]+)`")
LEFT_OUT = "…"
LIST_KEY = re.compile(r"\b[0-9A-F]{8}\b")
REPEATED = re.compile(r"--(?:all|shown) ([0-9A-F]{8})\b")
DAY = date(2026, 7, 2)
"""The day on which pages are carried out."""


@dataclass(frozen=True)
class Block:
    """A block of code: its kind, what is in it, and the file that is named before it."""

    kind: str
    content: str
    file: str
    start: int
    """Where its content begins in the page."""


@dataclass(frozen=True)
class Said:
    """What commands said, and what the page says that they say."""

    block: Block | None
    actual: str
    succeeded: bool


def blocks_of(page: str) -> Iterator[Block]:
    """The blocks of a page, in their order, from that which begins a practice folder."""
    end, file = 0, ""
    for match in BLOCK.finditer(page, page.find(BEGINNING)):
        file = [file, *NAMED.findall(page[end : match.start()])][-1]
        yield Block(match[1], match[2], file, match.start(2))
        end = match.end()


def carried_out(page: str, folder: Path, keys: dict[str, str] | None = None) -> Iterator[Said]:
    """Carry a page out in this folder, and give what its commands said, one `sh` after another.

    Where `keys` are given, each key of a list that a command repeats is the one said last, and
    noted there by the one that the page has.
    """
    here, said_last = folder, ""
    blocks = list(blocks_of(page))
    with pytest.MonkeyPatch.context() as patch:
        all_made_here(patch)
        for commands in (app, data_commands, issuing_commands):
            patch.setattr(commands, "today", lambda: DAY)
        patch.setenv("LETTERS_HOME", str(folder))
        for block, following in zip(blocks, [*blocks[1:], None], strict=True):
            patch.chdir(here)
            if block.kind == "sh":
                said, succeeded = "", True
                for line in block.content.splitlines():
                    command = line.partition("  #")[0].strip()
                    if keys is not None and (repeated := REPEATED.search(command)):
                        keys[repeated[1]] = LIST_KEY.findall(said_last)[-1]
                        command = command.replace(repeated[1], keys[repeated[1]])
                    if command.startswith("cd "):
                        here = (here / command[3:]).resolve(strict=True)
                        patch.chdir(here)
                    elif not re.search(r"letters preview\b", command):
                        text, code = _run(command)
                        said, succeeded = said + text, succeeded and not code
                        said_last = text
                expected = following if following and following.kind == "text" else None
                yield Said(expected, said, succeeded)
            elif block.kind == "diff":
                _edit(here / block.file, block.content)
            elif block.kind != "text":
                path = here / block.file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.content, encoding="utf-8")


def _run(command: str) -> tuple[str, int]:
    """What a command says; that it is `letters` that it starts is no process of its own."""
    letters, pipe, then = command.partition(" | ")
    if not LETTERS.match(letters):
        return _shell(command), 0
    stdout = io.StringIO()
    stderr = io.StringIO() if pipe else stdout
    with redirect_stdout(stdout), redirect_stderr(stderr):
        code = cli.run(shlex.split(letters)[1:])
    if not pipe:
        return stdout.getvalue(), code
    return stderr.getvalue() + _shell(then, stdout.getvalue()), code


def _shell(command: str, given: str = "") -> str:
    shell = subprocess.run(
        ["sh", "-c", command],
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return shell.stdout


def _edit(path: Path, change: str) -> None:
    """Apply an edit, whose place must be certain."""
    lines = change.splitlines()
    assert all(line[:1] in {" ", "-", "+"} for line in lines), f"no diff: {change}"
    old = "\n".join(line[1:] for line in lines if line[0] != "+")
    new = "\n".join(line[1:] for line in lines if line[0] != "-")
    text = "\n" + path.read_text(encoding="utf-8")
    if LEFT_OUT in change:
        old, new = (side.strip().strip(LEFT_OUT).strip() for side in (old, new))
    else:
        old, new = f"\n{old}\n", f"\n{new}\n"
    assert text.count(old) == 1, f"{path}: {text.count(old)} times: {old}"
    path.write_text(text.replace(old, new)[1:], encoding="utf-8")


def without_chance(said: str) -> list[str]:
    """What is said, but for the time and how long it took, and which letter was made first."""
    said = re.sub(r"(?<=approvals/)(\d{4})/[0-9a-f]{64}", r"\1/…", said)
    lines = re.sub(r"(?<=, in )[0-9.min ]+(?= s\.)", "…", said).splitlines()
    written = iter(sorted(line for line in lines if line.startswith("written  ")))
    return [next(written) if line.startswith("written  ") else line for line in lines]


def shown_of(actual: list[str], shown: list[str]) -> list[str]:
    """So many lines as are shown before and after those left out, or all."""
    if LEFT_OUT not in shown:
        return actual
    before = shown.index(LEFT_OUT)
    after = len(shown) - before - 1
    return [*actual[:before], LEFT_OUT, *actual[len(actual) - after :]]


def renewed(page: str, folder: Path) -> str:
    """The page with what its commands say now, where that is not said by chance alone."""
    changes = []
    keys: dict[str, str] = {}
    for said in carried_out(page, folder, keys):
        if said.block is None:
            assert said.succeeded, said.actual
            continue
        shown = said.block.content.splitlines()
        actual = shown_of(said.actual.splitlines(), shown)
        if without_chance("\n".join(actual)) != without_chance("\n".join(shown)):
            changes.append((said.block, "".join(f"{line}\n" for line in actual)))
    for block, content in reversed(changes):
        end = block.start + len(block.content)
        page = page[: block.start] + content + page[end:]
    for old, new in keys.items():
        page = page.replace(old, new)
    return page


def walked_pages() -> list[Path]:
    """The pages that begin with a practice folder."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(page for page in pages if BEGINNING in page.read_text(encoding="utf-8"))


if __name__ == "__main__":
    for file in [Path(name).resolve() for name in sys.argv[1:]] or walked_pages():
        with tempfile.TemporaryDirectory() as scratch:
            text = renewed(file.read_text(encoding="utf-8"), Path(scratch))
        file.write_text(text, encoding="utf-8")
        print(file.relative_to(ROOT))
