"""The typeface is found whole and in version 2, or the letters are not made."""

import shutil
import struct
from pathlib import Path

import pytest

from generator.rendering import fonts as faces
from generator.rendering.fonts import FACES, FontsMissingError, find_fonts


@pytest.fixture
def installed() -> Path:
    """The folder in which this machine has the faces."""
    found = [f for root in faces._ROOTS for f in Path(root).rglob("LiberationSans-Regular.ttf")]
    contents = {face.content for face in find_fonts()}
    return next(path.parent for path in found if path.read_bytes() in contents)


@pytest.fixture
def given(tmp_path: Path, installed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of our own with the faces, and no other place to look in."""
    folder = tmp_path / "fonts" / "below"
    folder.mkdir(parents=True)
    for file in FACES:
        shutil.copy(installed / file, folder)
    monkeypatch.setenv("LETTERS_FONTS", str(tmp_path / "fonts"))
    return folder


def test_the_four_faces_are_found_also_in_a_folder_below(given: Path) -> None:
    found = find_fonts()

    assert {face.file: face.content for face in found} == {
        file: (given / file).read_bytes() for file in FACES
    }


def test_three_faces_are_not_enough(given: Path) -> None:
    (given / "LiberationSans-Italic.ttf").unlink()

    with pytest.raises(FontsMissingError, match="install the package fonts-liberation2"):
        find_fonts()


def test_version_1_is_another_typeface(given: Path) -> None:
    path = given / "LiberationSans-Bold.ttf"
    content = bytearray(path.read_bytes())
    (tables,) = struct.unpack_from(">H", content, 4)
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", content, 12 + 16 * number)
        if tag == b"head":
            struct.pack_into(">i", content, offset + 4, 0x00011000)
    path.write_bytes(content)

    with pytest.raises(FontsMissingError):
        find_fonts()


def test_a_file_that_is_no_font_is_not_taken_for_one(given: Path) -> None:
    (given / "LiberationSans-Bold.ttf").write_bytes(b"no font")

    with pytest.raises(FontsMissingError, match="is not on this machine"):
        find_fonts()
