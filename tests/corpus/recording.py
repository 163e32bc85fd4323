"""Recording: what the program of a checkout does, as text files, one for each letter and case."""

import io
import json
import multiprocessing
import os
import re
import shlex
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from benchmarks.county import authority_name, authority_text
from tests.corpus import warm
from tests.corpus.cases import MAKE, TERMINAL, PdfEdit, cases, sheets
from tests.corpus.insides import describe_pdf, digest
from tests.corpus.spoilt import Edit
from tests.corpus.world import county

_LETTERS, _QUICK_LETTERS = 400, 60
_TEMPLATE = ("letter.html.jinja", "letter.css", "screen.css")
_LOCK = ".building"
_TODAY = date.today()
_VARIABLE = [  # what two runs of the same program may say differently
    (re.compile(rf"{_TODAY:%Y-%m-%d}|{_TODAY.day} {_TODAY:%B} {_TODAY.year}"), "TODAY"),
    (re.compile(r"\bin \d+\.\d s\b"), "in … s"),
    (re.compile(r'"seconds": [\d.]+'), '"seconds": …'),
    (re.compile(r"letters-\w{8}\b"), "letters-…"),
]
_FOLLOWS_FROM_RECORD = re.compile(r'"[0-9a-f]{16}"|"[0-9a-f]{64}"|(?<="bytes": )\d+')
"""In a manifest: digests and sizes, of what the letter's record is part of."""


class Program:
    """The program of a checkout, kept warm; its home is the scratch folder of this process."""

    def __init__(self, checkout: Path, scratch: Path) -> None:
        self.checkout = checkout
        self._scratch = scratch
        programs = checkout / ".venv/bin"
        words = [programs / "python", "-P", warm.__file__, programs / "letters", scratch / "warm"]
        self._process = subprocess.Popen(
            [*map(str, words)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": "0"},  # what is in no order comes in the same one
        )

    def run(self, command: str, folder: Path) -> str:
        """What the program says to a command given in a folder: its exit code and its output."""
        out, err = self._scratch / "out", self._scratch / "err"
        words = shlex.split(command.removeprefix(TERMINAL))
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment = {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "72"}
        if command.startswith(TERMINAL):
            environment |= {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
        asked = {
            "words": words,
            "folder": str(folder),
            "environment": environment,
            "out": str(out),
            "err": str(err),
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        code = self._process.stdout.readline().strip()
        said = "\n".join(
            f"--- {stream.name}\n{stream.read_text('utf-8', 'backslashreplace')}"
            for stream in (out, err)
        )
        said = said.replace(str(folder), "WORKSPACE").replace(str(self.checkout), "CHECKOUT")
        return f"$ letters {command}\n--- exit {code}\n{said}"


def record(checkout: Path, folder: Path, *, quick: bool, workers: int) -> None:
    """Record the program of a checkout into a folder, which must not be there yet."""
    folder.mkdir(parents=True)
    with TemporaryDirectory(prefix="corpus-") as scratch:
        base = Path(scratch)
        started = (checkout, base)
        with multiprocessing.Pool(workers, _start, started) as pool:
            _write_county(base / "good", checkout)
            for _ in pool.imap_unordered(partial(_make_county, base), ["good"]):
                pass
            numbers = range(len(cases(quick=quick)))  # some of their edits cannot be sent
            tried = pool.imap_unordered(partial(_record_case, base, quick), numbers)
            _keep(folder / "cases", tried)
            for name, number in (("real", 0), ("invented", _QUICK_LETTERS if quick else _LETTERS)):
                print(f"letters, {name}")
                _write_letters(base / name, checkout, number)
                _keep(folder / name, [("commands", _make_letters(base / name, checkout, workers))])
                pdfs = sorted((base / name / "output").rglob("*.pdf"))
                _keep(folder / name, pool.imap_unordered(_record_letter, pdfs, chunksize=8))


def _keep(folder: Path, recorded: Iterable[tuple[str, str]]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in recorded:
        (folder / f"{name.replace('/', '|')}.txt").write_text(_without_chance(text), "utf-8")


def _without_chance(text: str) -> str:
    for pattern, stand_in in _VARIABLE:
        text = pattern.sub(stand_in, text)
    return text


# --- Cases ------------------------------------------------------------------------------------

_program: Program
"""That of this worker."""


def _start(checkout: Path, base: Path) -> None:
    """Be a worker: on one processor, so that letters are made one after the other, in order."""
    global _program
    number = int(multiprocessing.current_process().name.rpartition("-")[2])
    processors = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processors[number % len(processors)]})
    scratch = base / f"worker-{os.getpid()}"
    scratch.mkdir()
    _program = Program(checkout, scratch)


def _write_county(folder: Path, checkout: Path) -> None:
    (folder / "templates").mkdir(parents=True)
    own, base = checkout / "templates", checkout / "generator/assets/base"
    for name in _TEMPLATE:
        shutil.copy((base if base.is_dir() else own) / name, folder / "templates")
    files: dict[str, str | bytes] = {**county(), **sheets()}
    for path, content in files.items():
        edit(folder, (path, None, content))


def _make_county(base: Path, name: str) -> None:
    shutil.copytree(base / name, base / "made")
    for command in MAKE:
        _program.run(command, base / "made")


def _record_case(base: Path, quick: bool, number: int) -> tuple[str, str]:
    case = cases(quick=quick)[number]
    with TemporaryDirectory(prefix="case-", dir=base) as scratch:
        folder = Path(scratch, "work")
        before = base / ("made" if case.name.startswith("made") else "good")
        shutil.copytree(before, folder)
        said = []
        for step in case.steps:
            if isinstance(step, str):
                said.append(_program.run(step, folder))
            else:
                said.append(f"# edit of {step[0]!r}: {_edited(folder, step)}")
        return case.name, "\n".join([*said, *_differences(before, folder)])


def _edited(folder: Path, step: Edit | PdfEdit) -> str:
    """Do an edit; what became of it, for what the program did not make cannot be edited."""
    try:
        edit(folder, step)
    except (OSError, ValueError, LookupError, AttributeError, pikepdf.PdfError) as error:
        return f"impossible, {type(error).__name__}"
    return "done"


def edit(folder: Path, change: Edit | PdfEdit) -> None:
    """Change one file; what is to be changed in a file that is gone, is gone with it."""
    path = folder / change[0]
    if len(change) == 2:
        with pikepdf.open(path, allow_overwriting_input=True) as document:
            change[1](document)
            document.save(deterministic_id=True)
        return
    _, old, new = change
    if new is None:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        return
    if old is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = ""
    elif not path.exists():
        return
    else:
        text = path.read_text("utf-8")
        if old not in text:
            raise ValueError(f"{change[0]} has no {old!r}")
    whole = new if isinstance(new, bytes) else b""
    if isinstance(new, str):
        whole = (text.replace(old, new, 1) if old else text + new).encode()
    path.write_bytes(whole)


def _differences(before: Path, after: Path) -> Iterator[str]:
    """The files that are in one folder and not, or not the same, in the other."""
    then, now = ({p.relative_to(f): p for p in f.rglob("*")} for f in (before, after))
    for name in sorted(then.keys() | now.keys()):
        if name not in now:
            yield f"=== gone: {name}"
        elif now[name].is_dir():
            if name not in then:
                yield f"=== folder: {name}"
        else:
            content = now[name].read_bytes()
            if now[name].name == _LOCK:  # holds the number of a process
                continue
            if name not in then or then[name].read_bytes() != content:
                yield f"=== file: {name}\n{shown(now[name], content)}"


# --- Files and letters ------------------------------------------------------------------------


def shown(path: Path, content: bytes) -> str:
    """A file's content as text."""
    if path.suffix == ".pdf":
        return describe_pdf(content)
    if path.suffix == ".xlsx":
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join(f"{name}\n{book.read(name).decode()}" for name in book.namelist())
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return digest(content)
    return _FOLLOWS_FROM_RECORD.sub("…", text) if path.name == "manifest.json" else text


def _write_letters(folder: Path, checkout: Path, number: int) -> None:
    """The real letters, or so many invented ones with the real wording."""
    shutil.copytree(checkout / "templates", folder / "templates")
    shutil.copytree(checkout / "data", folder / "data")
    authorities = folder / "data/2018/authorities"
    if number:
        shutil.rmtree(authorities)
        authorities.mkdir()
    for n in range(number):
        slug = authority_name(n).lower().replace(" ", "-")
        (authorities / f"{slug}.yaml").write_text(authority_text(n), "utf-8")


def _make_letters(folder: Path, checkout: Path, workers: int) -> str:
    said = []
    program = checkout / ".venv/bin/letters"
    for words in (
        ["build", "--jobs", str(workers), "--json"],
        ["export"],
        ["verify", "--quiet"],
        ["check", "--sums"],
        ["list"],
    ):
        done = subprocess.run([program, *words], cwd=folder, capture_output=True, text=True)
        said.append(f"$ letters {words[0]}\n--- exit {done.returncode}\n{done.stdout}{done.stderr}")
    tables = ("output/2018/figures.csv", "output/2018/manifest.json", "output/2018/index.html")
    files = (folder / name for name in tables)
    return "\n".join([*said, *(shown(file, file.read_bytes()) for file in files)])


def _record_letter(pdf: Path) -> tuple[str, str]:
    folder = pdf.parent.parent
    files = [pdf, folder / f"html/{pdf.stem}.html", folder / f"text/{pdf.stem}.txt"]
    parts = (f"=== {file.suffix}\n{shown(file, file.read_bytes())}" for file in files)
    return pdf.stem, "\n".join(parts)
