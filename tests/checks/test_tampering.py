"""Each way to tamper with a letter's PDF is told by what was done, and not by its bytes alone."""

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from generator.verification.tampering import tampered
from tests.checks.conftest import RenderedLetter
from tests.checks.drawn_otherwise import FIGURE, Tampering, drawn, opaque


def at_root(**values: Any) -> Tampering:
    return lambda document: document.Root.update(Dictionary(**values))


def on_page(number: int = 0, **values: Any) -> Tampering:
    return lambda document: document.pages[number].obj.update(Dictionary(**values))


def _link(document: pikepdf.Pdf) -> Any:
    return next(note for page in document.pages for note in page.get("/Annots", []))


def with_note(**values: Any) -> Tampering:
    def tamper(document: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Rect=[100, 100, 200, 200], **values)
        page = document.pages[0].obj
        page.Annots = Array([*page.get("/Annots", []), document.make_indirect(note)])

    return tamper


def with_field(document: pikepdf.Pdf) -> None:
    with_note(Subtype=Name.Widget, FT=Name.Tx, T=String("Name"))(document)
    field = document.pages[0].Annots[len(document.pages[0].Annots) - 1]
    document.Root.AcroForm = Dictionary(Fields=[field])


def _elements(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, Array) else [kids]
    found = [kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]
    return [*found, *(inner for kid in found for inner in _elements(kid))]


def tag(kind: str, **values: Any) -> Tampering:
    def tamper(document: pikepdf.Pdf) -> None:
        elements = _elements(document.Root.StructTreeRoot.K[0])
        next(each for each in elements if kind == each.S).update(Dictionary(**values))

    return tamper


def without_tag_key(kind: str, key: str) -> Tampering:
    def tamper(document: pikepdf.Pdf) -> None:
        elements = _elements(document.Root.StructTreeRoot.K[0])
        del next(each for each in elements if kind == each.S and key in each)[key]

    return tamper


def _fonts(document: pikepdf.Pdf) -> list[Any]:
    fonts = [font for page in document.pages for font in page.Resources.Font.values()]
    return list({font.objgen: font for font in fonts}.values())


def outlines_swapped(document: pikepdf.Pdf) -> None:
    """A 1 is drawn where a 4 stands: what PDFium reads is what it was."""
    for font in _fonts(document):
        file = font.DescendantFonts[0].FontDescriptor.FontFile2
        program = TTFont(io.BytesIO(file.read_bytes()))
        glyphs, one, four = program["glyf"], program.getGlyphName(20), program.getGlyphName(23)
        glyphs[one], glyphs[four] = glyphs[four], glyphs[one]
        out = io.BytesIO()
        program.save(out)
        file.write(out.getvalue())


def other_characters(document: pikepdf.Pdf) -> None:
    """A 1 is drawn, and read and copied as a 4."""
    font = _fonts(document)[0]
    font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<0014> <0031>", b"<0014> <0034>"))


def other_digit(document: pikepdf.Pdf) -> None:
    def change(_x: float, _y: float, own: bytes) -> bytes:
        assert b"<0017>" in own
        return own.replace(b"<0017>", b"<0014>")

    drawn(FIGURE, change)(document)


def attached(name: str, content: bytes) -> Tampering:
    def tamper(document: pikepdf.Pdf) -> None:
        document.attachments[name] = pikepdf.AttachedFileSpec(
            document,
            content,
            description="",
            filename=name,
            mime_type="",
            creation_date="",
            mod_date="",
        )

    return tamper


def record_of_another_year(document: pikepdf.Pdf) -> None:
    content = document.attachments["letter.json"].get_file().read_bytes()
    attached("letter.json", content.replace(b"2031", b"2032"))(document)


def more_pages(document: pikepdf.Pdf) -> None:
    document.pages.append(document.pages[-1])


def fewer_pages(document: pikepdf.Pdf) -> None:
    del document.pages[-1]


def pages_in_another_order(document: pikepdf.Pdf) -> None:
    document.pages.append(document.pages[0])
    del document.pages[0]


def with_layer(document: pikepdf.Pdf) -> None:
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("Figures")))
    document.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))
    document.pages[-1].Resources.Properties = Dictionary(Hidden=layer)
    drawn(FIGURE, lambda _x, _y, own: b"/OC /Hidden BDC %b EMC" % own)(document)


def without_key(key: str) -> Tampering:
    def tamper(document: pikepdf.Pdf) -> None:
        del document.Root[key]

    return tamper


def link_to_elsewhere(document: pikepdf.Pdf) -> None:
    _link(document).A.URI = String("https://evil.example/")


def link_moved(document: pikepdf.Pdf) -> None:
    _link(document).Rect = Array([0, 0, 10, 10])


def link_that_runs(document: pikepdf.Pdf) -> None:
    _link(document).A = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def other_title(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Annual letter 2032"


def other_author(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "Somebody Else"


def other_metadata(document: pikepdf.Pdf) -> None:
    content = document.Root.Metadata.read_bytes()
    document.Root.Metadata.write(content.replace(b"Annual", b"Annular"))


def other_bookmark(document: pikepdf.Pdf) -> None:
    document.Root.Outlines.First.Title = String("Ducks")


def other_target(document: pikepdf.Pdf) -> None:
    first = document.Root.Outlines.First
    first.Dest = Array([document.pages[1].obj, *list(first.Dest)[1:]])


def words_outside(document: pikepdf.Pdf) -> None:
    drawn(FIGURE, lambda _x, _y, own: b"q 1 0 0 1 5000 0 cm %b Q" % own)(document)


def invisible_words_more(document: pikepdf.Pdf) -> None:
    drawn(FIGURE, lambda _x, _y, own: b"%b q 1 0 0 1 40 40 cm 3 Tr %b Q" % (own, own))(document)


def furniture_made_of_words(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    content = page.Contents.read_bytes()
    made = re.sub(rb"/(Span|P)\s*<<\s*/MCID 3\s*>>\s*BDC", b"/Artifact BMC", content, count=1)
    page.Contents.write(made)


JAVASCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
FIELD = Dictionary(FT=Name.Tx, T=String("Name"))
DONE: dict[str, tuple[Tampering, str]] = {
    "a link that leads elsewhere": (
        link_to_elsewhere,
        'the target of a link (/Annots/A/URI): "https://evil.example/", not "https://ombudsman.',
    ),
    "a link elsewhere on the page": (link_moved, "changed: the position of a link (/Annots/Rect)"),
    "a link that runs something": (link_that_runs, "added: a script (/Annots/A/JS)"),
    "a note": (with_note(Subtype=Name.Text), "unexpected note on page 1; only links are allowed"),
    "a stamp": (with_note(Subtype=Name.Stamp), "unexpected stamp on page 1"),
    "a form field": (
        with_field,
        "unexpected form field on page 1",
    ),
    "a form": (at_root(AcroForm=Dictionary(Fields=[])), "added: a form or a signature (/AcroForm)"),
    "a signature": (
        at_root(AcroForm=Dictionary(Fields=[Dictionary(FT=Name.Sig, T=String("S"))], SigFlags=3)),
        "added: a form or a signature (/AcroForm)",
    ),
    "an action on opening": (
        at_root(OpenAction=Dictionary(S=Name.URI, URI=String("https://evil.example/"))),
        "added: an action on opening (/OpenAction)",
    ),
    "a script on closing": (
        at_root(AA=Dictionary(WC=JAVASCRIPT)),
        "added: an automatic action (/AA)",
    ),
    "an action of a page": (
        on_page(AA=Dictionary(O=JAVASCRIPT)),
        "on page 1, added: an automatic action (/AA)",
    ),
    "a script with a name": (
        lambda document: document.Root.Names.update(
            Dictionary(JavaScript=Dictionary(Names=[String("x"), JAVASCRIPT]))
        ),
        "added: a script (/Names/JavaScript)",
    ),
    "a layer that is off": (with_layer, "added: optional layers (/OCProperties)"),
    "another language": (
        at_root(Lang=String("fr")),
        'changed: its language (/Lang): "fr", not "en-GB"',
    ),
    "no language": (without_key("/Lang"), "removed: its language (/Lang)"),
    "another language of a part": (
        tag("/P", Lang=String("fr")),
        "added: the language of a part (/StructTreeRoot",
    ),
    "other words for a picture": (
        tag("/P", Alt=String("a duck")),
        "added: the text alternative of a picture (/StructTreeRoot",
    ),
    "words read out in place of others": (
        tag("/P", ActualText=String("We found nothing.")),
        "added: replacement text for screen readers (/StructTreeRoot",
    ),
    "a head of another kind": (
        tag("/TH", S=Name.TD),
        "changed: the type of a tag (/StructTreeRoot",
    ),
    "a figure without its headers": (
        without_tag_key("/TD", "/A"),
        "removed: the headers of a table cell (/StructTreeRoot",
    ),
    "no tags": (without_key("/StructTreeRoot"), "removed: its tags"),
    "not marked as tagged": (without_key("/MarkInfo"), "removed: whether it is tagged (/MarkInfo)"),
    "words made furniture": (furniture_made_of_words, "on page 1, drawn differently: tags"),
    "one digit changed": (other_digit, "drawn differently: text"),
    "other characters for glyphs": (
        other_characters,
        "changed: the character map of a font (/Resources/Font",
    ),
    "outlines swapped": (outlines_swapped, "does not have the outlines of Liberation Sans"),
    "another record": (record_of_another_year, "the attachment letter.json is not this letter"),
    "other figures": (attached("figures.csv", b"1"), "the attachment figures.csv is not this"),
    "a file more": (attached("virus.exe", b"1"), 'unexpected attachment: "virus.exe"'),
    "no files": (
        lambda document: document.Root.Names.__delitem__("/EmbeddedFiles"),
        "the attachment figures.csv is missing",
    ),
    "a page more": (more_pages, "it has 3 pages, not 2"),
    "a page less": (fewer_pages, "it has 1 page, not 2"),
    "pages in another order": (pages_in_another_order, "its pages are in a different order"),
    "a page turned": (on_page(Rotate=90), "page 1 is rotated"),
    "a page of another size": (on_page(MediaBox=[0, 0, 595, 700]), "page 1 is 595 by 700 points"),
    "a page cut off": (on_page(CropBox=[0, 0, 595, 400]), "page 1 is 595 by 400 points"),
    "a page shown larger": (
        on_page(UserUnit=2),
        "on page 1, added: its scale (/UserUnit)",
    ),
    "a page shown for a second": (
        on_page(Dur=1),
        "added: its presentation settings (/Dur)",
    ),
    "another bleed": (
        on_page(TrimBox=[9, 9, 500, 800]),
        "changed: one of its page boxes (/TrimBox)",
    ),
    "words outside of the page": (words_outside, '"14" runs into the margin'),
    "invisible words more": (invisible_words_more, 'on page 2, "14" is invisible'),
    "another title": (other_title, 'its title is "Annual letter 2032"'),
    "another author": (
        other_author,
        'its metadata (title, author, dates) (/Info/Author): "Somebody Else", not ',
    ),
    "other metadata": (other_metadata, "title, author, dates) (/Metadata)"),
    "another bookmark": (other_bookmark, 'changed: its bookmarks (/Outlines/First/Title): "Ducks"'),
    "a bookmark that leads elsewhere": (
        other_target,
        '(/Outlines/First/Dest): "page 2", not "page 1"',
    ),
    "names of pages": (
        at_root(PageLabels=Dictionary(Nums=[0, Dictionary(S=Name.r)])),
        "added: its page labels (/PageLabels)",
    ),
    "shown full screen": (
        at_root(PageMode=Name.FullScreen),
        "added: its viewer settings (/PageMode)",
    ),
    "no title bar": (
        without_key("/ViewerPreferences"),
        "removed: its viewer settings (/ViewerPreferences)",
    ),
    "other colours": (
        without_key("/OutputIntents"),
        "removed: its colour profile (/OutputIntents)",
    ),
    "a base for all links": (
        at_root(URI=Dictionary(Base=String("https://evil.example/"))),
        "added: the base address of its links (/URI)",
    ),
    "words that only lighten": (
        lambda document: opaque(document, "/A1.0", BM=Name.Lighten),
        "an opacity setting (/Resources/ExtGState",
    ),
    "saved by another program": (
        lambda _: None,
        "another program saved it",
    ),
}


def told(made: RenderedLetter, changed: bytes) -> list[str]:
    return [*made.findings(changed), *tampered(changed, made.pdf)]


@pytest.mark.parametrize("name", DONE)
def test_what_was_done_is_told(name: str, made: RenderedLetter) -> None:
    tamper, expected = DONE[name]

    found = told(made, made.edited(tamper))

    assert any(expected in said for said in found), "\n".join(found)


def encrypted(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user=""))
    return out.getvalue()


def changed_behind_its_end(pdf: bytes) -> bytes:
    start = pdf[pdf.rindex(b"startxref") :].split()[1]
    added = b"\n9999 0 obj\n(Quack)\nendobj\n"
    at = len(pdf) + added.index(b"9999")
    table = b"xref\n9999 1\n%010d 00000 n \ntrailer\n" % at
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.objgen[0]
    trailer = b"<</Size 10000 /Root %d 0 R /Prev %b>>\n" % (root, start)
    return pdf + added + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(pdf) + len(added))


FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "encrypted": (encrypted, "it is encrypted"),
    "a later change appended": (changed_behind_its_end, "(an incremental update)"),
    "something appended": (
        lambda pdf: pdf + b"<html>",
        "extra data is appended to it (6 bytes)",
    ),
    "something before": (
        lambda pdf: b"<html>" + pdf,
        "extra data is prepended to it",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_what_was_done_to_the_file_is_told(name: str, made: RenderedLetter) -> None:
    tamper, expected = FILES[name]

    found = told(made, tamper(made.pdf))

    assert any(expected in said for said in found), "\n".join(found)


def test_an_encrypted_file_is_read_as_what_it_was(made: RenderedLetter) -> None:
    assert not any("drawn" in said for said in told(made, encrypted(made.pdf)))


def test_forty_ways_are_known() -> None:
    assert len(DONE) + len(FILES) >= 40
