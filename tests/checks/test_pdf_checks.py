"""A letter that is as it was made has no finding; each damage has one, in a sentence."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from generator.letter.letter import Cell, ComposedBlock, Run
from generator.letter.roles import Role
from generator.rendering.record import FIGURES_FILE
from tests.checks.conftest import RenderedLetter

TITLE = "Annual letter 2031: Ambridge District Council"


def test_a_letter_as_it_was_made_has_no_finding(made: RenderedLetter) -> None:
    assert made.findings(made.pdf) == []


def with_text(address: str, text: str) -> Callable[[ComposedBlock], ComposedBlock]:
    return lambda block: replace(block, runs=(Run(text),)) if block.address == address else block


def with_cells(
    group: str, change: Callable[[tuple[Cell, ...]], tuple[Cell, ...]]
) -> Callable[[ComposedBlock], ComposedBlock]:
    def changed(block: ComposedBlock) -> ComposedBlock:
        if block.table is None or block.table.name != group:
            return block
        return with_row(block, change(block.table.cells))

    return changed


def with_row(block: ComposedBlock, cells: tuple[Cell, ...]) -> ComposedBlock:
    """A block with a table of one row, these cells."""
    assert block.table is not None
    row = replace(block.table.rows[0], cells=cells)
    return replace(block, table=replace(block.table, rows=(row,)))


def without(address: str) -> Callable[[ComposedBlock], ComposedBlock | None]:
    return lambda block: None if block.address == address else block


def swapped(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    first, second, *others = cells
    return (replace(first, text=second.text), replace(second, text=first.text), *others)


def relabelled(block: ComposedBlock) -> ComposedBlock:
    if block.table is None or block.table.name != "received":
        return block
    first, second, *others = block.table.cells
    cells = (replace(first, label=second.label), replace(second, label=first.label), *others)
    return with_row(block, cells)


PAGES_WRONG: dict[str, tuple[Callable[[ComposedBlock], ComposedBlock | None], list[str]]] = {
    "two figures swapped": (
        with_cells("received", swapped),
        [
            'report/5: "14" is on the page but not in the letter',
            'report/5: "14" is missing from the page',
            'table "Complaints received", on the page: no row of figures reads 3 14 17',
            'table "Complaints received", for screen readers: row 2 has "14", not "3"',
        ],
    ),
    "two labels swapped": (
        relabelled,
        [
            'report/5: "Roads" is missing from the page',
            'report/5: "Roads" is on the page but not in the letter',
            'table "Complaints received", on the page: found "Ducks" above 3; expected "Roads"',
            'table "Complaints received", for screen readers: '
            'row 1 has "Ponds and Ducks", not "Roads"',
        ],
    ),
    "a figure changed": (
        with_cells("remedied", lambda cells: (replace(cells[0], text="7"), *cells[1:])),
        [
            'report/11: the page says "7", but the letter "2"',
            'table "Complaints remedied", on the page: no row of figures reads 2 1',
            'table "Complaints remedied", for screen readers: row 2 has "7", not "2"',
        ],
    ),
    "a paragraph dropped": (
        without("statistics/3"),
        ['statistics/3: "We publish these figures every year." is missing from the page'],
    ),
    "a word changed": (
        with_text("statistics/3", "We publish those figures every year."),
        ['statistics/3: the page says "those", but the letter "these"'],
    ),
    "a sentence added": (
        with_text("statistics/3", "We publish these figures every year. Quack."),
        ['statistics/4: "Quack." is on the page but not in the letter'],
    ),
    "another addressee": (
        with_text("opening/7", "Dear Dorothy Adamson,"),
        ['opening/7: the page says "Dorothy Adamson,", but the letter "Walter Gabriel,"'],
    ),
    "another authority's name": (
        with_text("statistics/3", "We publish these figures every year, Felpersham City Council."),
        [
            'statistics/3: the page says "year, Felpersham City Council.", but the letter "year."',
            'it names another authority, "Felpersham City Council", outside its own inserts',
        ],
    ),
}


@pytest.mark.parametrize("damage", PAGES_WRONG)
def test_pages_that_differ_from_the_record_are_told(damage: str, made: RenderedLetter) -> None:
    change, expected = PAGES_WRONG[damage]

    assert made.findings(made.printed_with(change)) == expected


def test_a_longer_name_is_not_taken_for_another(made: RenderedLetter) -> None:
    """ "Bridge District Council" is in "Ambridge District Council", and is another authority."""
    change = with_text(
        "statistics/3", "We publish these figures every year, Bridge District Council."
    )

    assert made.findings(made.pdf) == []
    assert made.findings(made.printed_with(change))[-1] == (
        'it names another authority, "Bridge District Council", outside its own inserts'
    )


def shifted(document: pikepdf.Pdf) -> None:
    """All that stands on the first page, moved to the right."""
    document.pages[0].contents_add(b"1 0 0 1 90 0 cm", prepend=True)


def test_a_text_over_the_edge_is_told(made: RenderedLetter) -> None:
    findings = made.findings(made.edited(shifted))

    assert any(finding.endswith("runs into the margin") for finding in findings)


def elements(node: Any) -> list[Any]:
    """All structure elements below one."""
    kids = node.get("/K", [])
    found = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += [kid, *elements(kid)]
    return found


def head_to_cell(document: pikepdf.Pdf) -> None:
    heads = [e for e in elements(document.Root.StructTreeRoot.K[0]) if e.S == "/TH"]
    heads[0].S = pikepdf.Name.TD


def renamed_font(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item:
            name = str(item.BaseFont).replace("Liberation-Sans", "Comic-Sans")
            item.BaseFont = pikepdf.Name(name)


def without_font_files(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in item:
                    del item[key]


def without_attachments(document: pikepdf.Pdf) -> None:
    del document.Root.Names["/EmbeddedFiles"]


def other_figures(document: pikepdf.Pdf) -> None:
    content = document.attachments[FIGURES_FILE].get_file().read_bytes()
    changed = pikepdf.AttachedFileSpec(
        document,
        content.replace(b",14", b",41"),
        description="",
        filename=FIGURES_FILE,
        mime_type="text/csv",
        creation_date="",
        mod_date="",
    )
    document.attachments[FIGURES_FILE] = changed


def other_title(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Annual letter 2031: Felpersham City Council"


def without_a_page(document: pikepdf.Pdf) -> None:
    del document.pages[0]


def without_metadata(document: pikepdf.Pdf) -> None:
    del document.Root["/Metadata"]


FILE_WRONG: dict[str, tuple[Callable[[pikepdf.Pdf], None], list[str]]] = {
    "a head made a cell": (
        head_to_cell,
        [
            'table "Complaints received", for screen readers: "Roads" is a data cell, '
            "not a header cell"
        ],
    ),
    "another font": (
        renamed_font,
        [
            'it uses the font "Comic-Sans", not Liberation Sans',
            'it uses the font "Comic-Sans-Bold", not Liberation Sans',
        ],
    ),
    "no attachments": (
        without_attachments,
        ["the attachment figures.csv is missing", "the attachment letter.json is missing"],
    ),
    "other figures attached": (
        other_figures,
        ["the attachment figures.csv is not this letter's"],
    ),
    "another title": (
        other_title,
        [f'its title is "Annual letter 2031: Felpersham City Council", not "{TITLE}"'],
    ),
    "no metadata": (
        without_metadata,
        ["it does not declare that it is PDF/A-3a", "it does not declare that it is PDF/UA-1"],
    ),
}


@pytest.mark.parametrize("damage", FILE_WRONG)
def test_a_file_that_was_edited_is_told(damage: str, made: RenderedLetter) -> None:
    change, expected = FILE_WRONG[damage]

    assert made.findings(made.edited(change)) == expected


def test_fonts_that_are_not_inside_are_told(made: RenderedLetter) -> None:
    findings = made.findings(made.edited(without_font_files))

    assert any(finding.endswith("is not embedded") for finding in findings)


def test_a_page_that_is_missing_is_told(made: RenderedLetter) -> None:
    findings = made.findings(made.edited(without_a_page))

    assert findings[0] == 'page 1 of 1 is numbered "2 / 2": a page is missing, added or moved'
    assert any(finding.endswith("is missing from the page") for finding in findings)
    assert '"Yours faithfully," is on no page' in findings


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7\n"])
def test_a_file_that_is_no_pdf_is_told(content: bytes, made: RenderedLetter) -> None:
    (finding,) = made.findings(content)

    assert finding.startswith("it is damaged")


def test_a_pdf_cut_off_anywhere_is_told(made: RenderedLetter) -> None:
    for part in range(1, 20):
        assert made.findings(made.pdf[: len(made.pdf) * part // 20]) != []


def test_every_role_of_the_letter_was_proven(made: RenderedLetter) -> None:
    """The letter under test has lists and tables, so that the proofs above speak of them."""
    assert {Role.BULLET, Role.TABLE, Role.HEADING} <= {block.role for block in made.letter.blocks}
