"""A letter's tags say what its HTML says, computed anew; and the defects mended are still there."""

import inspect
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from itertools import pairwise, zip_longest
from typing import Any

import pikepdf
import pytest
import weasyprint
import weasyprint.pdf.tags as engine_tags
from weasyprint.formatting_structure import boxes

from generator.rendering.pdf import pdf_engine as pdf_module
from generator.rendering.pdf.page_boxes import EngineChangedError, Tagging, noticing
from generator.rendering.pdf.tags import mend
from tests.hard_letters import (
    GENERATED,
    LONG_EMPHASIS,
    LONG_ITEM,
    LONG_LINK,
    RenderedLetter,
    each_letter,
    hard_letter,
)
from tests.pdfs import print_bare
from tests.structure_trees import (
    Heard,
    Node,
    PdfReader,
    artifacts,
    bookmarks,
    by_language,
    headings_of,
    html_tables,
    links_of,
    marked_content,
    number_tree,
    outline,
    pdf_tables,
    read_html,
    table_attributes,
)

LUTON = "luton-borough-council"
PAGES = "an insert of pages"
OVER_PAGES = "a table over a page's end"


@cache
def read(name: str) -> PdfReader:
    return PdfReader(hard_letter(name).pdf)


def without_generated(tables: list[list[list[Heard]]]) -> list[list[list[Heard]]]:
    def clean(text: str) -> str:
        return text.replace(GENERATED, "").strip()

    return [
        [
            [Heard(c.kind, clean(c.text), frozenset(map(clean, c.heads))) for c in row]
            for row in table
        ]
        for table in tables
    ]


# What the structure says


@each_letter
def test_every_element_and_word_is_there_once_in_the_order_of_the_html(name: str) -> None:
    """Headings, paragraphs, lists and their markers, tables and cells, links, pictures, words."""
    expected = outline(read_html(hard_letter(name).html))

    assert outline(read(name).tree, ignoring=GENERATED) == expected
    assert len(expected) > 60


@each_letter
def test_every_cell_announces_the_heads_that_html_gives_it(name: str) -> None:
    expected = html_tables(hard_letter(name).html)

    assert without_generated(pdf_tables(read(name).tree)) == expected
    assert len(expected) >= len(hard_letter(name).letter.tables) >= 2


def test_the_figure_6_of_luton_is_announced_under_its_heads_and_nothing_else() -> None:
    decided = pdf_tables(read(LUTON).tree)[1]

    (not_upheld,) = [
        cell for cell in decided[-1] if cell.text == "6" and "Not Upheld" in cell.heads
    ]

    assert not_upheld.heads == {"Detailed Investigations", "Not Upheld"}


def test_outer_heads_are_announced_first() -> None:
    tree = read(LUTON).tree
    texts = {str(node.source.ID): node.text for node in tree.all("TH")}
    last_row = tree.all("Table")[1].all("TR")[-1]

    announced = [[texts[str(h)] for h in table_attributes(c).Headers] for c in last_row.all("TD")]

    assert announced[4:] == [
        ["Detailed Investigations", "Not Upheld"],
        ["Detailed Investigations", "Upheld"],
        ["Detailed Investigations", "Uphold Rate"],
        ["Total"],
    ]


@each_letter
def test_every_head_says_its_scope_and_can_be_found_by_its_name(name: str) -> None:
    reader = read(name)
    heads = reader.tree.all("TH")
    names = list(reader.document.Root.StructTreeRoot.IDTree.Names)
    index = {str(k): v.objgen for k, v in zip(names[::2], names[1::2], strict=True)}

    scopes = [str(table_attributes(head).Scope) for head in heads]

    rows = {head.text for head, scope in zip(heads, scopes, strict=True) if scope == "/Row"}
    heading_rows = r'<th[^>]*scope="row(?:group)?"[^>]*>([^<]*)</th>'
    assert rows == set(re.findall(heading_rows, hard_letter(name).html))
    assert set(scopes) - {"/Row"} == {"/Column"}
    assert index == {str(head.source.ID): head.source.objgen for head in heads}
    assert list(index) == sorted(index)


@each_letter
def test_each_table_has_its_title_for_a_caption(name: str) -> None:
    tables = read(name).tree.all("Table")

    letter = hard_letter(name).letter
    untitled = 1 if name == "tables of its own" else 0
    named = [*letter.tables, *([""] * untitled)]
    expected = [[letter.titles[table]] if table in letter.titles else [] for table in named]

    assert [[kid.text for kid in table.all("Caption")] for table in tables] == expected
    first = [table.kids[0] for table in tables if table.all("Caption")]
    assert [kid.kind for kid in first if isinstance(kid, Node)] == ["Caption"] * len(letter.titles)


def test_what_is_stressed_is_told_and_explained_by_a_kind_that_readers_know() -> None:
    tree = read("ampersands and apostrophes").tree

    assert [(n.kind, n.text) for n in tree.all("Strong", "Em")] == [
        ("Strong", "wet"),
        ("Em", "dry"),
        ("Strong", "second"),
        ("Strong", "and"),
        ("Em", "and"),
        ("Strong", "last"),
    ]
    roles = read("ampersands and apostrophes").document.Root.StructTreeRoot.RoleMap
    assert {str(kind): str(role) for kind, role in roles.items()} == {
        "/Strong": "/Span",
        "/Em": "/Span",
    }


@each_letter
def test_cells_stand_in_rows_of_tables_only_and_tables_hold_nothing_else(name: str) -> None:
    allowed = {
        "Table": {"Caption", "THead", "TBody", "TR"},
        "THead": {"TR"},
        "TBody": {"TR"},
        "TR": {"TH", "TD"},
        "L": {"LI"},
        "LI": {"Lbl", "LBody"},
    }
    inside = {kind for kinds in allowed.values() for kind in kinds}
    for node in read(name).tree.walk():
        for kid in (kid for kid in node.kids if isinstance(kid, Node)):
            if node.kind in allowed:
                assert kid.kind in allowed[node.kind]
            else:
                assert kid.kind not in inside


@each_letter
def test_the_outline_of_headings_has_no_gap_and_is_that_of_the_bookmarks(name: str) -> None:
    expected = headings_of(hard_letter(name).html)
    reader = read(name)

    headings = reader.tree.all("H1", "H2", "H3", "H4", "H5", "H6")

    found = [(int(h.kind[1]), h.text.replace(GENERATED, "").strip()) for h in headings]
    marks = [(d, t.replace(GENERATED, "").strip()) for d, t in bookmarks(reader.document)]
    depths = [0, *(depth for depth, _ in found)]
    assert found == expected
    assert marks == expected
    assert [depth for depth in depths if depth == 1] == [1]
    assert max(below - above for above, below in pairwise(depths)) == 1


@each_letter
def test_each_word_is_in_the_language_of_its_html(name: str) -> None:
    expected = by_language(read_html(hard_letter(name).html))

    found = [(lang, t.replace(GENERATED, "")) for lang, t in by_language(read(name).tree)]

    assert found == expected
    assert str(read(name).document.Root.Lang) == "en-GB"


def test_words_of_another_language_say_so() -> None:
    found = by_language(read("Welsh words inside").tree)

    assert [language for language, _ in found] == [
        "en-GB",
        "cy",
        "en-GB",
        "cy",
        "en",
        "cy",
        "en-GB",
    ]
    assert [text for language, text in found if language == "cy"] == [
        "gwasanaeth",
        "Mae’rllythyrhwnhefydargaelynGymraeg,",
        "hefyd.",
    ]


@each_letter
def test_links_say_where_they_lead_and_are_tied_to_their_places(name: str) -> None:
    """Both ways: from the element to each of its annotations, and from each back to the element."""
    reader = read(name)
    owners = number_tree(reader.document.Root.StructTreeRoot.ParentTree)
    found = []
    tied = 0
    for link in reader.tree.all("Link"):
        places = [kid for kid in link.source.K if _is_place(kid)]
        words = link.text.replace(GENERATED, "").strip()
        for place in places:
            annotation = place.Obj
            assert str(annotation.Contents) in {words, f"{words} ({annotation.A.URI})"}
            assert re.sub("^https?://", "", str(annotation.A.URI)) in str(annotation.Contents)
            assert owners[int(annotation.StructParent)].objgen == link.source.objgen
            assert annotation.objgen in [a.objgen for a in place.Pg.Annots]
        (target,) = {str(place.Obj.A.URI) for place in places}
        each = 2 if name == "generated words" else 1  # those after a link are a place of their own
        assert len(places) == each * len(_lines_of(reader, link))
        found.append((words, target))
        tied += len(places)

    assert found == links_of(hard_letter(name).html)
    assert tied == sum(len(page.get("/Annots", [])) for page in reader.document.pages)
    assert tied >= 1


def _is_place(kid: Any) -> bool:
    return not isinstance(kid, int) and kid.get("/Type") == pikepdf.Name.OBJR


def _lines_of(reader: PdfReader, link: Node) -> set[tuple[int, int]]:
    """The lines that the words of a link stand on: page, and how far down."""
    below = {node.source.objgen for node in link.walk()}
    return {
        (page, round(reader.words[page, mcid].top))
        for (page, mcid), owner in reader.owners.items()
        if owner.objgen in below
    }


@pytest.mark.parametrize(
    ("kind", "words"),
    [("Link", LONG_LINK), ("Em", LONG_EMPHASIS), ("LBody", LONG_ITEM)],
    ids=["a link", "an emphasis", "the body of a list item"],
)
def test_what_crosses_a_page_is_one_element(kind: str, words: str) -> None:
    reader = read(PAGES)

    found = [node for node in reader.tree.all(kind) if words in node.text]

    for node in found:
        assert len({page for page, _ in _lines_of(reader, node)}) > 1
    assert len(found) == (2 if kind == "LBody" else 1)


@each_letter
def test_the_words_as_they_are_written_are_those_of_the_html(name: str) -> None:
    """Also from one line to the next: nothing runs "the Local" and "Government" together."""
    kinds = ("P", "H1", "H2", "H3", "TH", "TD", "Link")
    expected = [_single_spaced(node) for node in read_html(hard_letter(name).html).all(*kinds)]

    written = PdfReader(hard_letter(name).pdf, as_written=True).tree.all(*kinds)

    assert [_single_spaced(node) for node in written] == expected


def _single_spaced(node: Node) -> str:
    return " ".join(node.raw.replace(GENERATED, "").split())


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("the Local Government and the Ombudsman", 3),
        pytest.param("well-known-in-the-county-of-Borsetshire", 3, marks=pytest.mark.thorough),
        pytest.param("the Vale-of-Borsetshire-and-the-Ducks - and", 3, marks=pytest.mark.thorough),
        pytest.param("a line<br>and another", 2, marks=pytest.mark.thorough),
    ],
)
def test_a_line_ends_in_a_space_unless_it_is_broken_inside_a_word(words: str, lines: int) -> None:
    page = hard_letter(LUTON).page.replace(
        "<main>", f'<main><p style="width: 40mm">{words} <b>ducks</b></p>'
    )

    reader = PdfReader(hard_letter(LUTON).engine.print(page), as_written=True)

    node = reader.tree.all("P")[1]
    assert node.raw == f"{words.replace('<br>', ' ')} ducks"
    assert len(_lines_of(reader, node)) == lines


def test_lists_that_cross_pages_are_one_list() -> None:
    lists = read(PAGES).tree.all("L")

    assert [len(node.all("LI")) for node in lists] == [3, 3]


@each_letter
def test_page_numbers_and_the_draft_mark_are_artifacts_and_not_in_the_tree(name: str) -> None:
    reader = read(name)
    pages = len(reader.pages)
    furniture = ["".join(sorted(text.replace(" ", ""))) for text in reader.outside]
    mark = "DRAFT" if hard_letter(name).letter.draft else ""

    marks = ["", *[mark] * (pages - 1)]  # on the first page it is heard
    again = ["", "", "Yourcouncil", "Yourcouncil"] if name == OVER_PAGES else []  # a table's heads
    expected = [
        (f"{n}/{pages}", marked, heads)
        for n, (marked, heads) in enumerate(zip_longest(marks, again, fillvalue=""), start=1)
    ]
    assert furniture == ["".join(sorted("".join(texts))) for texts in expected]
    assert artifacts(reader.document) == [sum(map(bool, texts)) for texts in expected]
    assert reader.tree.text.count("DRAFT") == bool(mark)
    assert reader.tree.text.startswith(mark)


@each_letter
def test_the_map_from_content_to_elements_is_right_and_complete(name: str) -> None:
    reader = read(name)
    content = marked_content(reader.document)
    owners = number_tree(reader.document.Root.StructTreeRoot.ParentTree)

    mapped = {
        (number, mcid): owner.objgen
        for number, page in enumerate(reader.document.pages)
        for mcid, owner in enumerate(owners[int(page.StructParents)])
        if owner is not None
    }

    assert mapped == {key: owner.objgen for key, owner in reader.owners.items()}
    assert sorted(mapped) == sorted(content)
    assert set(reader.words) <= set(content)
    annotations = sum(len(page.get("/Annots", [])) for page in reader.document.pages)
    assert len(owners) == len(reader.document.pages) + annotations


@each_letter
def test_every_element_in_the_file_is_in_the_tree(name: str) -> None:
    reader = read(name)

    loose = {
        thing.objgen
        for thing in reader.document.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"
    } - {node.source.objgen for node in reader.tree.walk()}

    assert loose == set()
    assert reader.document.check_pdf_syntax() == []


def test_sections_side_by_side_in_the_body_stay_two() -> None:
    sections = [kid for kid in read("tables of its own").tree.kids if isinstance(kid, Node)]

    assert [s.kind for s in sections] == ["NonStruct", "Part", "Sect", "Sect"]


@pytest.mark.thorough
def test_letters_made_at_the_same_time_are_each_mended() -> None:
    """As in a preview that serves two readers: the function that is wrapped is one for all."""
    made = [hard_letter(LUTON), hard_letter(PAGES)] * 2

    with ThreadPoolExecutor(len(made)) as threads:
        pdfs = list(threads.map(lambda letter: letter.engine.print(letter.page), made))

    expected = {letter.page: letter.engine.print(letter.page) for letter in made[:2]}
    assert [expected[letter.page] == pdf for letter, pdf in zip(made, pdfs, strict=True)] == [
        True
    ] * len(made)


# The engine: what is expected of it, and what is still wrong with it


def test_weasyprint_is_the_version_whose_insides_are_known() -> None:
    assert weasyprint.__version__ == "70.0"


def test_the_private_function_takes_what_is_expected() -> None:
    parameters = list(inspect.signature(engine_tags._build_box_tree).parameters)

    assert parameters == ["box", "parent", "pdf", "page_number", "nums", "annotations", "tags"]
    assert inspect.isgeneratorfunction(engine_tags._build_box_tree)


def test_boxes_have_the_parts_that_are_looked_at() -> None:
    assert {"element", "element_tag", "style", "link_annotation"} <= {
        *vars(boxes.Box),
        *boxes.Box.__init__.__code__.co_names,
    }
    assert issubclass(boxes.MarginBox, boxes.ParentBox)
    assert issubclass(boxes.TextBox, boxes.Box)
    assert issubclass(boxes.ReplacedBox, boxes.Box)


def test_the_engine_is_as_it_was_after_a_letter_and_after_a_failure() -> None:
    before = engine_tags._build_box_tree

    with noticing():
        assert engine_tags._build_box_tree is not before
    assert engine_tags._build_box_tree is before
    with pytest.raises(ZeroDivisionError), noticing():
        raise ZeroDivisionError
    assert engine_tags._build_box_tree is before


@cache
def unmended(name: str) -> PdfReader:
    """The letter as the engine alone tags it."""
    letter = hard_letter(name)
    return PdfReader(print_bare(letter.engine, letter.page))


@pytest.mark.thorough
def test_still_wrong_heads_under_spanning_heads() -> None:
    found, expected = pdf_tables(unmended(LUTON).tree)[1], html_tables(hard_letter(LUTON).html)[1]

    assert [[c.text for c in row] for row in found] == [[c.text for c in row] for row in expected]
    assert [cell.heads for cell in found[-1]] != [cell.heads for cell in expected[-1]]


@pytest.mark.thorough
def test_still_no_scope_and_no_index_of_heads() -> None:
    reader = unmended(LUTON)

    assert [head for head in reader.tree.all("TH") if "/Scope" in table_attributes(head)] == []
    assert "/IDTree" not in reader.document.Root.StructTreeRoot


@pytest.mark.thorough
def test_still_page_numbers_that_are_no_artifacts() -> None:
    reader = unmended(LUTON)

    assert reader.outside == ["", "", ""]
    assert artifacts(reader.document) == [0, 0, 0]
    assert "1 / 3" in [words.text for words in reader.words.values()]


@pytest.mark.thorough
def test_still_a_draft_mark_in_the_text() -> None:
    assert "DRAFT" in unmended("a draft with gaps").tree.text


@pytest.mark.thorough
def test_still_an_element_for_each_page_and_line() -> None:
    found, expected = unmended(PAGES).tree, read_html(hard_letter(PAGES).html)

    for kind in ("P", "L", "LI", "Link", "Part", "Art"):
        assert len(found.all(kind)) > len(expected.all(kind))


@pytest.mark.thorough
def test_still_links_described_by_their_address() -> None:
    annotations = [a for page in unmended(LUTON).document.pages for a in page.get("/Annots", [])]

    assert {str(a.Contents) == str(a.A.URI) for a in annotations} == {True}


@pytest.mark.thorough
def test_still_lines_run_together() -> None:
    bare = print_bare(hard_letter(LUTON).engine, hard_letter(LUTON).page)

    assert "complaints made tothe Local Government" in PdfReader(bare, as_written=True).tree.text


@pytest.mark.thorough
def test_still_no_captions_and_nothing_stressed() -> None:
    tree = unmended("ampersands and apostrophes").tree

    assert tree.all("Caption", "Strong", "Em") == []


@pytest.mark.thorough
def test_still_no_language_of_words_inside() -> None:
    languages = {language for language, _ in by_language(unmended("Welsh words inside").tree)}

    assert languages == {"en-GB"}


@pytest.mark.thorough
def test_still_wrappers_of_the_same_kind_around_generated_words() -> None:
    tree = unmended("generated words").tree

    assert [node for link in tree.all("Link") for node in link.all("Link")[1:]] != []


# When the engine changes, this is said


@contextmanager
def tags_patched(name: str, value: Any) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if value is None:
            patch.delattr(engine_tags, name)
        else:
            patch.setattr(engine_tags, name, value)
        yield


def print_luton() -> None:
    letter: RenderedLetter = hard_letter(LUTON)
    letter.engine.print(letter.page, in_full=True)


def test_a_function_that_is_gone_is_said() -> None:
    with (
        tags_patched("_build_box_tree", None),
        pytest.raises(EngineChangedError, match="has no _build_box_tree any more"),
    ):
        print_luton()


def test_a_function_that_is_not_called_any_more_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine builds its tree by another name."""
    original = engine_tags._build_box_tree
    code = inspect.getsource(engine_tags).replace("_build_box_tree", "_other")
    names = dict(vars(engine_tags))
    exec(compile(code, "other", "exec"), names)
    monkeypatch.setattr(weasyprint.pdf, "add_tags", names["add_tags"])

    with pytest.raises(EngineChangedError, match="no structure element was noticed"):
        print_luton()
    assert engine_tags._build_box_tree is original


def test_an_element_that_was_not_noticed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(tagging: Tagging, pdf: Any) -> None:
        tagging.made[:] = [made for made in tagging.made if made.tag != "h1"]
        mend(tagging, pdf)

    monkeypatch.setattr(pdf_module, "mend", forgetful)

    with pytest.raises(EngineChangedError, match="an element /H1 was made unnoticed"):
        print_luton()


def test_furniture_that_is_not_on_its_page_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(tagging: Tagging, pdf: Any) -> None:
        tagging.furniture[0, 9999] = "/Pagination"
        mend(tagging, pdf)

    monkeypatch.setattr(pdf_module, "mend", mistaken)

    with pytest.raises(EngineChangedError, match=r"not on its page: \[\(0, 9999\)\]"):
        print_luton()
