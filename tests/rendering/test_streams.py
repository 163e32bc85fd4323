"""No stream of a letter ends in what a reader may take for the end of a line."""

import io
import re
from typing import Any

import page as page_validation
import pikepdf
import pydyf
import pytest

from generator.rendering.pdf import pdf_file
from generator.rendering.pdf.pdf_file import PdfFile
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


def written(*streams: pydyf.Object) -> bytes:
    pdf = pydyf.PDF()
    for stream in streams:
        pdf.add_object(stream)
    return PdfFile.of(pdf).content


def by_its_own_writer(*things: pydyf.Object) -> bytes:
    pdf, output = pydyf.PDF(), io.BytesIO()
    for thing in things:
        pdf.add_object(thing)
    pdf.write(output, identifier=True, compress=True)
    return output.getvalue()


def test_still_a_stream_that_ends_in_a_line_end() -> None:
    assert ENDS_A_LINE.search(by_its_own_writer(ending_in_a_line_end({})))


def test_such_a_stream_is_written_in_printable_characters() -> None:
    stream = ending_in_a_line_end({"Type": "/Ducks"})

    pdf = written(stream)

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

    document = open_pdf(written(row))

    (found,) = filter(_is_ducks, document.objects)
    assert found.read_bytes() == row.stream[0][1:]


def test_the_streams_that_the_writer_adds_end_so_neither() -> None:
    """The one that all small objects stand in, and the one that says where everything is."""
    texts = [pydyf.String("e" * number) for number in range(256)]
    alone, plainly = map(by_its_own_writer, texts), list(map(written, texts))

    assert any(ENDS_A_LINE.search(pdf) for pdf in alone)
    assert not any(ENDS_A_LINE.search(pdf) for pdf in plainly)
    assert [open_pdf(pdf).check_pdf_syntax() for pdf in plainly] == [[]] * len(plainly)


def test_a_file_says_what_the_engines_own_writer_says() -> None:
    things = [pydyf.String("a (duck)"), pydyf.Dictionary({"Type": "/Pond", "Deep": 1.5})]
    things += [pydyf.Stream([b"quack"], {"Type": "/Ducks"}, compress=True)]

    ours, theirs = (open_pdf(make(*things)) for make in (written, by_its_own_writer))

    for number in range(1, 6):
        one, other = ours.get_object((number, 0)), theirs.get_object((number, 0))
        if isinstance(one, pikepdf.Stream):
            assert one.read_bytes() == other.read_bytes()
        else:
            assert one.unparse(resolved=True) == other.unparse(resolved=True)
    assert ours.Root.unparse(resolved=True) == theirs.Root.unparse(resolved=True)


def test_other_objects_make_another_identifier() -> None:
    one, other = (open_pdf(written(pydyf.String(name))) for name in ("duck", "drake"))

    assert str(one.trailer.ID[0]) != str(other.trailer.ID[0])


@each_letter
def test_no_stream_of_a_letter_ends_so(name: str) -> None:
    assert not ENDS_A_LINE.search(hard_letter(name).pdf)


def test_a_letter_all_of_whose_streams_are_written_so_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pages, pictures, fonts, files; not the metadata, which end in ">" and have no filter."""
    letter = hard_letter("a picture")
    ends = bytes(last for last in range(256) if last != ord(">"))
    monkeypatch.setattr(pdf_file, "_LINE_ENDS", ends)

    pdf = letter.engine.print(letter.page, attached_files(letter.letter), in_full=True)

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
