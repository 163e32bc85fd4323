"""No stream of a letter ends in what a reader may take for the end of a line."""

import io
import re
from typing import Any

import page as page_validation
import pikepdf
import pydyf
import pytest

from generator.rendering.pdf.pdf_engine import ending_plainly
from generator.rendering.record import attached_files
from tests.hard_letters import each_letter, hard_letter
from tests.pdfs import text_of
from tests.structure_trees import open_pdf

ENDS_A_LINE = re.compile(rb"[\r\n]\nendstream")


def ending_in_a_line_end(extra: dict[str, Any], *, row: int = 0) -> pydyf.Stream:
    """A stream that ends so as it is written: its last byte is that of a sum."""
    for number in range(256):
        content = bytes(row) + b"ducks" + bytes([number])
        stream = pydyf.Stream([content], dict(extra), compress=True)
        if ENDS_A_LINE.search(stream.data):
            return stream
    raise AssertionError("none of them ends in CR or LF")


def written(*streams: pydyf.Object, compress: bool = False) -> bytes:
    pdf = pydyf.PDF()
    for stream in streams:
        pdf.add_object(stream)
    output = io.BytesIO()
    pdf.write(output, identifier=True, compress=compress)
    return output.getvalue()


def test_still_a_stream_that_ends_in_a_line_end() -> None:
    assert ENDS_A_LINE.search(written(ending_in_a_line_end({})))


@pytest.mark.parametrize("compress", [False, True])
def test_such_a_stream_is_written_in_printable_characters(compress: bool) -> None:
    stream = ending_in_a_line_end({"Type": "/Ducks"})

    with ending_plainly():
        pdf = written(stream, compress=compress)

    assert not ENDS_A_LINE.search(pdf)
    document = open_pdf(pdf)
    (found,) = filter(_is_ducks, document.objects)
    assert found.read_bytes() == stream.stream[0]
    assert list(found.Filter) == ["/ASCII85Decode", "/FlateDecode"]


def test_what_a_filter_is_told_stays_with_it() -> None:
    """As of a picture, whose lines are told from those above them."""
    row = ending_in_a_line_end({"Type": "/Ducks"}, row=1)
    parameters = pydyf.Dictionary({"Predictor": 15, "Columns": len(row.stream[0]) - 1})
    row.extra["DecodeParms"] = parameters

    with ending_plainly():
        pdf = written(row)

    document = open_pdf(pdf)
    (found,) = filter(_is_ducks, document.objects)
    assert found.read_bytes() == row.stream[0][1:]


def test_the_streams_that_the_writer_adds_end_so_neither() -> None:
    """The one that all small objects stand in, and the one that says where everything is."""
    alone, plainly = [], []
    for number in range(256):
        alone.append(written(pydyf.String("e" * number), compress=True))
        with ending_plainly():
            plainly.append(written(pydyf.String("e" * number), compress=True))

    assert any(ENDS_A_LINE.search(pdf) for pdf in alone)
    assert not any(ENDS_A_LINE.search(pdf) for pdf in plainly)
    assert [open_pdf(pdf).check_pdf_syntax() for pdf in plainly] == [[]] * len(plainly)


@each_letter
def test_no_stream_of_a_letter_ends_so(name: str) -> None:
    assert not ENDS_A_LINE.search(hard_letter(name).pdf)


def test_a_letter_all_of_whose_streams_are_written_so_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pages, pictures, fonts, files; not the metadata, which end in ">" and have no filter."""
    letter = hard_letter("a picture")
    ends = tuple(bytes([last]) + b"\nendstream" for last in range(256) if last != ord(">"))
    monkeypatch.setattr("generator.rendering.pdf.pdf_engine._LINE_ENDS", ends)

    pdf = letter.engine.print(letter.page, attached_files(letter.letter))

    assert _contents(pdf) == _contents(letter.pdf)
    assert pdf.count(b"/ASCII85Decode") > 8
    assert page_validation.validate_pdf_bytes(pdf, profile="ua1").failures == []
    assert page_validation.validate_pdf_bytes(pdf, profile="3a").failures == []
    assert text_of(pdf) == text_of(letter.pdf)


def _contents(pdf: bytes) -> list[bytes]:
    document = open_pdf(pdf)
    streams = (thing for thing in document.objects if isinstance(thing, pikepdf.Stream))
    return [s.read_bytes() for s in streams if s.get("/Type") not in ("/XRef", "/ObjStm")]


def _is_ducks(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Type") == "/Ducks"
