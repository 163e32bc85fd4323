"""Last year's letters that would take hours or all memory: told in a sentence, within seconds."""

import resource
import time
import zlib
from pathlib import Path

import pytest

from generator.external_letters.issued_html import elements_of
from generator.external_letters.letter_files import read_recorded, read_version
from generator.external_letters.parse_letter import NoLetterError
from generator.external_letters.reference_edition import Words
from tests.examples import spread
from tests.external_letters.letters_read import pattern

PLAIN = "a plain letter"


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    content, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n" % number + item + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return content + head + table + end % (len(objects) + 1, len(content))


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"


def test_a_pdf_of_hundreds_of_pages_is_no_letter(tmp_path: Path) -> None:
    kids = b" ".join(b"3 0 R" for _ in range(301))
    pages = b"<</Type/Pages/Kids[%b]/Count 301>>" % kids
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf_of(CATALOGUE, pages, PAGE))

    assert read_recorded(path) == "it has 301 pages; no letter is that long"


@pytest.mark.thorough
@pytest.mark.processes
def test_a_pdf_that_unfolds_to_gigabytes_costs_no_memory_here(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 10_000_000) for _ in range(50)) + packer.flush()
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed)
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf_of(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, stream))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    said = read_version(path, pattern(PLAIN))

    assert isinstance(said, str)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


PAGES = {
    "50,000 beginnings of comments": ("<p>Dear</p>" + "<!--" * 50_000, ["Dear"]),
    "50,000 beginnings of declarations": ("<p>Dear</p>" + "<![" * 50_000, ["Dear"]),
    "comments that end": ("<p>Dear<!-- > <b> --> Mr<!----> Fry</p>", ["Dear Mr Fry"]),
    "a million stretches of one paragraph": ("<p>" + "x<b></b>" * 200_000, ["x" * 200_000]),
}


@pytest.mark.parametrize("case", spread(PAGES.keys(), 2))
def test_a_page_is_read_in_the_time_its_length_takes(case: str) -> None:
    page, said = PAGES[case]
    start = time.process_time()

    found = [" ".join(item.lines) for item in elements_of(page) if isinstance(item, Words)]

    assert found == said
    assert time.process_time() - start < 5


def test_a_page_whose_table_fills_the_memory_is_no_letter() -> None:
    with pytest.raises(NoLetterError, match="it has a table larger than any letter"):
        elements_of("<table><tr>" + "<td colspan=100 rowspan=100>x" * 11)
