"""Reading files: regular ones, so much of each and no more, and nobody else reads any."""

import ast
import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.edition.source_text import names_in
from generator.files.bounded_read import DroppedError, Sort, drafted, holds, read_bytes
from tests.borsetshire import ROOT


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        here = os.open(path.parent, os.O_RDONLY)  # its own name may be too long for a socket
        server.bind(f"/proc/self/fd/{here}/{path.name}")
        os.close(here)


def too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3_000_000)


NO_FILES = {
    "pipe": (os.mkfifo, "not a file"),
    "socket": (a_socket, "not a file"),
    "link to endless zeros": (lambda path: path.symlink_to("/dev/zero"), "not a file"),
    "link to a terminal": (lambda path: path.symlink_to("/dev/tty"), "not a file"),
    "link to what the system tells": (
        lambda path: path.symlink_to("/proc/self/environ"),
        "not a file",
    ),
    "folder": (Path.mkdir, "a folder, not a file"),
    "link to nothing": (lambda path: path.symlink_to("gone"), "No such file or directory"),
    "link to itself": (
        lambda path: path.symlink_to(path.name),
        "Too many levels of symbolic links",
    ),
    "too large": (
        too_large,
        "the file is too large (3.0 MB); expected less than 1 MB",
    ),
}


@pytest.mark.processes
@pytest.mark.parametrize(("make", "why"), NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_or_too_large_is_said_at_once(
    make: Callable[[Path], object], why: str, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    make(path)

    with pytest.raises(OSError) as refused:  # noqa: PT011 - whose reason is looked at
        read_bytes(path, Sort.TEXT)

    assert refused.value.strerror == why


def test_a_file_is_read_whole_and_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * Sort.TEXT.value)
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "empty").touch()

    assert read_bytes(tmp_path / "link", Sort.TEXT) == b"x" * Sort.TEXT.value
    assert read_bytes(tmp_path / "empty", Sort.TEXT) == b""


def test_of_a_file_that_grows_while_it_is_read_no_more_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It grows just after its size was asked for: the moment that counts."""
    path = tmp_path / "file"
    path.write_bytes(b"x")
    asked = os.fstat

    def asked_and_grown(handle: int) -> os.stat_result:
        about = asked(handle)
        os.truncate(path, 2_000_000)
        return about

    monkeypatch.setattr(os, "fstat", asked_and_grown)

    with pytest.raises(OSError, match=r"too large \(more than 1\.0 MB\)"):
        read_bytes(path, Sort.TEXT)


def test_a_file_that_becomes_a_pipe_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    looked_at = Path.stat

    def looked_at_and_changed(where: Path) -> os.stat_result:
        about = looked_at(where)
        path.unlink()
        os.mkfifo(path)
        return about

    monkeypatch.setattr(Path, "stat", looked_at_and_changed)
    failed: list[OSError] = []

    def read() -> None:
        try:
            read_bytes(path, Sort.TEXT)
        except OSError as error:
            failed.append(error)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(10)

    assert [error.strerror for error in failed] == ["not a file"]


def test_a_link_never_counts_as_the_file_that_would_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to("file")

    assert [holds(tmp_path / n, [b"x"]) for n in ("file", "link", "gone")] == [True, False, False]


OWN = {
    "generator/files/bounded_read.py": {"fdopen"},
    "generator/processes/contained.py": {
        "open",
        "read_text",
    },  # the system's own page, and the current folder
    "generator/standard_streams.py": {"open"},  # for streams that were closed
    "generator/files/parts.py": {"open", "fdopen"},  # writes, and locks a folder
    "generator/files/transaction.py": {"open"},  # lets the names in a folder reach the disk
    "generator/rendering/engine.py": {"read_bytes"},  # the package itself
    "generator/rendering/fonts.py": {"read_bytes"},  # the package itself
    "generator/project/letterhead_pictures.py": {"open"},  # bytes that were read
    "generator/preview/server.py": {"read_bytes"},  # the package itself
    "generator/reports/public_pages.py": {"read_bytes"},  # the package itself
    "generator/spreadsheets/headers.py": {"read_text"},  # the package itself
}
"""Where else something is opened or read, and what it is."""
READS = {"open", "fdopen", "read_bytes", "read_text", "readlines", "from_file", "copyfile", "copy2"}


def test_no_other_module_opens_a_file() -> None:
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            if isinstance(called, ast.Attribute) and called.attr in READS:
                found.setdefault(str(path.relative_to(ROOT)), set()).add(called.attr)
            elif isinstance(called, ast.Name) and called.id == "open":
                found.setdefault(str(path.relative_to(ROOT)), set()).add("open")

    assert found == OWN | {"generator/files/bounded_read.py": {"open", "fdopen"}}


def test_a_draft_is_read_in_the_place_of_a_file_and_the_disk_is_not_touched(tmp_path: Path) -> None:
    path, new = tmp_path / "a.md", tmp_path / "b.md"
    path.write_bytes(b"saved")

    with drafted({path: b"drafted", new: b"new"}):
        assert [read_bytes(each, Sort.TEXT) for each in (path, new)] == [b"drafted", b"new"]
        assert names_in(tmp_path) == (["a.md", "b.md"], [])
        with ThreadPoolExecutor(1) as others:
            assert others.submit(read_bytes, path, Sort.TEXT).result() == b"saved"

    assert read_bytes(path, Sort.TEXT) == b"saved"
    assert not new.exists()


def test_what_comes_of_a_draft_that_nobody_waits_for_is_read_no_further(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"saved")
    dropped = threading.Event()

    with drafted({}, dropped):
        assert read_bytes(path, Sort.TEXT) == b"saved"
        dropped.set()
        with pytest.raises(DroppedError):
            read_bytes(path, Sort.TEXT)
