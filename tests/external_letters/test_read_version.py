"""A letter is read from whatever file there is; what cannot be read is told in a sentence."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from generator.external_letters.letter_files import read_recorded, read_version
from generator.letter.letter import Letter, LetterSource, Reading
from generator.rendering.record import RECORD_FILE, record_of
from generator.rendering.text import render_text
from tests.external_letters.letters_read import expected, pattern, said
from tests.hard_letters import hard_letter

PLAIN = "a plain letter"
DRAFT = "a draft with gaps"


def read(path: Path, content: bytes | str) -> Letter | str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_version(path, pattern(PLAIN))


def with_record(content: bytes) -> bytes:
    """A letter's PDF with something else in place of its record."""
    document = pikepdf.open(io.BytesIO(hard_letter(PLAIN).pdf))
    document.attachments[RECORD_FILE].get_file().obj.write(content)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_pdf_with_a_record_is_read_by_it(tmp_path: Path) -> None:
    made = hard_letter(PLAIN)

    version = read(tmp_path / "any.pdf", made.pdf)

    reading = Reading(LetterSource.RECORD, tmp_path / "any.pdf", 2)
    assert version == replace(record_of(made.letter), reading=reading)


def test_the_record_of_a_draft_is_told_to_be_one(tmp_path: Path) -> None:
    version = read(tmp_path / "any.pdf", hard_letter(DRAFT).pdf)

    assert isinstance(version, Letter)
    assert version.reading.unread == ("it is a draft",)


def test_a_pdf_with_a_spoiled_record_is_read_by_its_pages(tmp_path: Path) -> None:
    version = read(tmp_path / "any.pdf", with_record(b"{"))

    assert isinstance(version, Letter)
    assert version.reading.source is LetterSource.PDF
    assert said(version) == expected(PLAIN)
    assert version.reading.unread == (
        "its record (letter.json) is damaged: it is not JSON; its pages were read instead",
    )
    assert read_recorded(tmp_path / "any.pdf") == (
        "its record (letter.json) is damaged: it is not JSON"
    )


@pytest.mark.parametrize("ending", ["html", "HTM", "txt"])
def test_pages_and_texts_are_read_by_the_ending_of_their_names(tmp_path: Path, ending: str) -> None:
    made = hard_letter(PLAIN)

    text = render_text(made.letter) if ending == "txt" else made.html
    version = read(tmp_path / f"letter.{ending}", text)

    assert isinstance(version, Letter)
    assert said(version) == expected(PLAIN)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_encodings_that_programs_write(tmp_path: Path, encoding: str) -> None:
    text = render_text(hard_letter(PLAIN).letter).replace("every year", "each “year”")

    version = read(tmp_path / "letter.txt", text.encode(encoding))

    assert isinstance(version, Letter)
    assert "We publish these figures each “year”." in [p.text for p in version.passages]


UNREADABLE = {
    "an empty file": ("letter.txt", b"", "it is empty"),
    "blank lines": ("letter.html", b" \n\n", "it is empty"),
    "another kind": ("letter.docx", b"PK", "it is not a PDF, HTML or text file"),
    "no PDF": ("letter.pdf", b"%PDF-1.7", "it is damaged, or not a PDF"),
    "half a PDF": (
        "letter.pdf",
        hard_letter(PLAIN).pdf[:3000],
        "it is damaged, or not a PDF",
    ),
    "another text": ("letter.txt", b"Eggs", "it is not recognisable as a letter"),
    "zeros": ("letter.txt", bytes(100), "it is not recognisable as a letter"),
    "tags alone": ("letter.html", b"<p><table>", "it is not recognisable as a letter"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, what: str) -> None:
    name, content, sentence = UNREADABLE[what]

    assert read(tmp_path / name, content) == sentence


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    found = read_version(tmp_path / "letter.pdf", pattern(PLAIN))

    assert found == "it cannot be read: No such file or directory"


def test_a_pdf_without_a_record_has_none_to_be_read(tmp_path: Path) -> None:
    document = pikepdf.open(io.BytesIO(hard_letter(PLAIN).pdf))
    del document.attachments[RECORD_FILE]
    document.save(tmp_path / "letter.pdf")

    assert read_recorded(tmp_path / "letter.pdf") is None
