"""Bytes to text: what is no text at all, or holds what an editor cannot see."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.edition.load import load_data
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE
from tests.edition.lines import FILE, ambridge_lines, prepared_beside_a_good_letter

Build = Callable[..., EditionFolders]

_NO_UTF8 = "is not UTF-8 text; save the file as UTF-8"
NOT_TEXT = [
    pytest.param(
        AMBRIDGE.replace("Gabriel", "Gabriël").encode("latin-1"),
        [f"a.yaml:3:21: error: the byte 0xEB {_NO_UTF8}"],
        id="Latin-1",
    ),
    pytest.param(
        b"\xef\xbb\xbf" + AMBRIDGE.replace("Amb", "Ämb").encode("latin-1"),
        [f"a.yaml:1:7: error: the byte 0xC4 {_NO_UTF8}"],
        id="Latin-1 after a byte order mark",
    ),
    pytest.param(
        AMBRIDGE.encode("utf-8")[:-1] + b"\xc3",
        [f"a.yaml:7:38: error: the byte 0xC3 {_NO_UTF8}"],
        id="cut in the middle of a letter",
    ),
    pytest.param(
        b"\0" * 400,
        ["a.yaml: error: the file is damaged (zeros instead of text); restore it from a backup"],
        id="zeros",
    ),
    pytest.param(
        AMBRIDGE.encode("utf-16"),
        ["a.yaml:1:1: error: the file is UTF-16 text; save it as UTF-8"],
        id="UTF-16 with a byte order mark",
    ),
    pytest.param(
        AMBRIDGE.encode("utf-16-le"),
        ["a.yaml:1:1: error: the file is UTF-16 text; save it as UTF-8"],
        id="UTF-16 without one",
    ),
    pytest.param(
        AMBRIDGE.replace("  name", "\tname").replace("  office", "\toffice").encode(),
        ["a.yaml:3:1: error: a tab (and 1 more in this file); use spaces"],
        id="tabs",
    ),
    pytest.param(
        AMBRIDGE.replace("Walter", "Wal\0ter").encode(),
        ["a.yaml:3:12: error: an invisible control character (U+0000); delete it"],
        id="nul",
    ),
    pytest.param(
        AMBRIDGE.replace("Ambridge", "Amb\u2028ridge").replace("Walter", "W\x1b\x1balter").encode(),
        [
            "a.yaml:1:10: error: an invisible line separator (U+2028); delete it",
            "a.yaml:3:10: error: an invisible control character (U+001B) "
            "(and 1 more in this file); delete it",
        ],
        id="two kinds, each said once",
    ),
    pytest.param(
        AMBRIDGE.replace("Walter", "Wal\ufeffter").encode(),
        ["a.yaml:3:12: error: an invisible zero width no-break space (U+FEFF); delete it"],
        id="byte order mark inside",
    ),
    pytest.param(
        AMBRIDGE.replace("\n", "\r").encode(),
        [
            "a.yaml:1:32: error: an unusual line ending (and 6 more in this file); save the file "
            "with LF line endings"
        ],
        id="line ends of an old Macintosh",
    ),
]


@pytest.mark.parametrize(("content", "expected"), NOT_TEXT)
def test_what_is_no_text(borsetshire: Build, content: bytes, expected: list[str]) -> None:
    assert ambridge_lines(borsetshire, content) == expected


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(AMBRIDGE.replace("\n", "\r\n").encode(), id="line ends of Windows"),
        pytest.param(b"\xef\xbb\xbf" + AMBRIDGE.encode(), id="byte order mark"),
        pytest.param(AMBRIDGE.encode("utf-8-sig").replace(b"\n", b"\r\n"), id="both"),
        pytest.param(AMBRIDGE.rstrip("\n").encode(), id="no line end at the end"),
    ],
)
def test_what_is_accepted(borsetshire: Build, content: bytes) -> None:
    plain = load_data(borsetshire()).authorities["ambridge-district-council"]
    ambridge = load_data(borsetshire({FILE: content})).authorities["ambridge-district-council"]

    assert ambridge.addressee == plain.addressee
    assert ambridge.figures == plain.figures


def lines_with(folders: EditionFolders, make: Callable[[Path], object]) -> list[str]:
    """The problems of a run in which Ambridge's file is what `make` puts at its path."""
    path = folders.workspace.folder / FILE
    path.unlink()
    make(path)
    loaded = prepared_beside_a_good_letter(folders)
    return [problem.line(problem.place.path.name) for problem in loaded.problems]


def test_a_file_of_50_megabytes_is_not_read(borsetshire: Build) -> None:
    def sparse(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(50_000_000)

    assert lines_with(borsetshire(), sparse) == [
        "ambridge-district-council.yaml: error: the file is too large (50.0 MB); "
        "expected less than 1 MB"
    ]


def test_a_folder_named_like_a_file(borsetshire: Build) -> None:
    assert lines_with(borsetshire(), Path.mkdir) == [
        "ambridge-district-council.yaml: error: a folder, not a file"
    ]


def test_a_link_to_nothing(borsetshire: Build) -> None:
    assert lines_with(borsetshire(), lambda path: path.symlink_to("nowhere.yaml")) == [
        "ambridge-district-council.yaml: error: a link to a missing file"
    ]


def test_a_link_to_itself_cannot_be_read(borsetshire: Build) -> None:
    assert lines_with(borsetshire(), lambda path: path.symlink_to(path.name)) == [
        "ambridge-district-council.yaml: error: a link to itself; remove it and put the file here"
    ]


def test_a_link_to_a_device_is_not_read(borsetshire: Build) -> None:
    """It would never end."""
    assert lines_with(borsetshire(), lambda path: path.symlink_to("/dev/zero")) == [
        "ambridge-district-council.yaml: error: not a file"
    ]
