"""Where a letter's files are, and what lies there."""

import hashlib
import os
from pathlib import Path

from generator.outputs.manifest import letters_in, output_names, output_paths, sums_of


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_each_kind_of_file_has_a_folder_of_its_own(tmp_path: Path) -> None:
    assert output_names("ambridge") == {
        "pdf": "pdf/ambridge.pdf",
        "html": "html/ambridge.html",
        "text": "text/ambridge.txt",
    }
    assert output_paths(tmp_path, "a")["text"] == tmp_path / "text/a.txt"


def test_sums_are_of_what_is_there(tmp_path: Path) -> None:
    write(tmp_path, "pdf/a.pdf", "text/a.txt", "pdf/b.pdf")
    (tmp_path / "html/a.html").mkdir(parents=True)

    assert sums_of(tmp_path, ["a", "c"]) == {
        name: hashlib.sha256(name.encode()).hexdigest() for name in ("pdf/a.pdf", "text/a.txt")
    }
    assert sums_of(tmp_path / "nowhere", ["a"]) == {}


def test_a_file_changed_behind_our_back_has_another_sum(tmp_path: Path) -> None:
    """Also where its length and its times are as they were."""
    write(tmp_path, "pdf/a.pdf")
    path = tmp_path / "pdf/a.pdf"
    before, was = sums_of(tmp_path, ["a"]), path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))

    assert path.stat().st_mtime_ns == was.st_mtime_ns
    assert sums_of(tmp_path, ["a"]) != before


def test_letters_are_found_by_slug_and_nothing_else_is_one(tmp_path: Path) -> None:
    letters = ["pdf/a.pdf", "html/a.html", "text/a.txt", "html/b-2.html"]
    others = ["pdf/A.pdf", "pdf/a b.pdf", "pdf/a.html", "pdf/.a.pdf.x.part", "pdf/a/c.pdf"]
    write(tmp_path, *letters, *others, "a.pdf", "index.html", "draft/pdf/d.pdf", "pdf/readme")

    assert letters_in(tmp_path) == {
        "a": ["pdf/a.pdf", "html/a.html", "text/a.txt"],
        "b-2": ["html/b-2.html"],
    }
    assert letters_in(tmp_path / "nowhere") == {}
