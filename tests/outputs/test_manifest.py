"""The manifest is read back as it was written, and nothing else is read as one."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from generator.outputs.manifest import (
    MANIFEST_FILE,
    MadeFile,
    Manifest,
    ManifestEntry,
    ManifestError,
    made_file,
    manifest_json,
    read_manifest,
)

FILE = made_file(b"%PDF-1.7")
MANIFEST = Manifest(
    2031,
    False,
    {"weasyprint": "70.0", "pango": ""},
    {
        "ambridge": ManifestEntry({"letter": "0f", "engine": "ee"}, 2, {"pdf/ambridge.pdf": FILE}),
        "felpersham": ManifestEntry(unfinished=True),
        "penny-hassett": ManifestEntry(
            {"letter": "aa"}, 3, {"pdf/p.pdf": FILE}, failed="“Ĺ” – no sign"
        ),
    },
)


def write(folder: Path, content: bytes | str) -> None:
    data = content.encode() if isinstance(content, str) else content
    (folder / MANIFEST_FILE).write_bytes(data)


def test_it_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    write(tmp_path, manifest_json(MANIFEST))

    assert read_manifest(tmp_path) == MANIFEST


def test_the_same_manifest_is_the_same_file(tmp_path: Path) -> None:
    write(tmp_path, manifest_json(MANIFEST))
    again = read_manifest(tmp_path)
    assert again is not None

    assert manifest_json(again) == manifest_json(MANIFEST)
    assert manifest_json(MANIFEST).endswith(b"}\n")


def test_where_there_is_none_there_is_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "no such folder") is None
    (tmp_path / "file").write_text("")
    assert read_manifest(tmp_path / "file") is None


def test_one_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    (tmp_path / MANIFEST_FILE).mkdir()

    with pytest.raises(ManifestError, match=r"^cannot be read: a folder, not a file$"):
        read_manifest(tmp_path)


def with_letter(slug: str = "ambridge", **keys: Any) -> bytes:
    """A manifest as JSON whose one letter says this."""
    data = json.loads(manifest_json(MANIFEST))
    data["letters"] = {slug: {**data["letters"]["ambridge"], **keys}}
    return json.dumps(data).encode()


def with_file(**keys: Any) -> bytes:
    return with_letter(files={"pdf/ambridge.pdf": {"sha256": FILE.sha256, "bytes": 8, **keys}})


WHOLE = manifest_json(MANIFEST)
DAMAGED = {
    "empty": b"",
    "cut off": WHOLE[: len(WHOLE) // 2],
    "of zeros": bytes(len(WHOLE)),
    "no UTF-8": WHOLE.replace(b"2031", b"\xff"),
    "no JSON": b"year: 2031\n",
    "a list": b"[]",
    "without a year": b'{"letters": {}}',
    "a year that is a word": WHOLE.replace(b"2031", b'"this"'),
    "deep": b'{"year": 2031, "letters": ' + b"[" * 100_000,
    "a slug that leads out of the folder": with_letter("../../ambridge"),
    "a slug in capitals": with_letter("Ambridge"),
    "a slug and a line end": with_letter("ambridge\n"),
    "no slug": with_letter(""),
    "a sum that is too short": with_file(sha256="0f"),
    "a sum in capitals": with_file(sha256=FILE.sha256.upper()),
    "a sum that is none": with_file(sha256="g" * 64),
    "a sum and a line end": with_file(sha256=f"{FILE.sha256}\n"),
    "no sum": with_letter(files={"pdf/ambridge.pdf": {"bytes": 8}}),
    "bytes that are a word": with_file(bytes="many"),
    "files that are a list": with_letter(files=[]),
    "pages that are a word": with_letter(pages="two"),
    "inputs that are numbers": with_letter(inputs={"letter": 7}),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_one_is_refused(name: str, tmp_path: Path) -> None:
    write(tmp_path, DAMAGED[name])

    with pytest.raises(ManifestError, match=r"^is damaged$"):
        read_manifest(tmp_path)


def test_the_ones_to_damage_are_read_where_they_are_not_damaged(tmp_path: Path) -> None:
    """Or the test above would be of nothing."""
    for content in (with_letter(), with_letter("a-1"), with_file(), with_letter(pages=None)):
        write(tmp_path, content)

        assert read_manifest(tmp_path) is not None


@pytest.mark.parametrize("version", [0, 2])
def test_one_of_another_version_is_refused(version: int, tmp_path: Path) -> None:
    write(tmp_path, WHOLE.replace(b'"schema_version": 1', f'"schema_version": {version}'.encode()))

    with pytest.raises(ManifestError, match=r"^was written by another version of this program$"):
        read_manifest(tmp_path)


def test_what_a_later_version_adds_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, with_letter(weight_g=20))

    manifest = read_manifest(tmp_path)

    assert manifest is not None
    assert manifest.letters == {"ambridge": MANIFEST.letters["ambridge"]}


def test_only_the_one_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    for name in ("manifest.json.part", ".manifest.json.x.part", "manifest.yaml"):
        (tmp_path / name).write_text("{")

    assert read_manifest(tmp_path) == MANIFEST


def test_a_file_is_told_by_its_sum_and_its_length() -> None:
    assert made_file(b"abc") == MadeFile(hashlib.sha256(b"abc").hexdigest(), 3)
