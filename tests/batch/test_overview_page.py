"""The overview page: a well-made page of one row for each letter, those that need a look first."""

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from generator.batch.overview_page import Overview, OverviewEntry, overview_page
from generator.edition.edition import Edition
from generator.edition.load import load_data
from generator.outputs.at_a_glance import (
    OverviewFigure,
    authority_at_a_glance,
    figures_at_a_glance,
    header_at_a_glance,
)
from generator.workspace import Workspace
from tests.borsetshire import AMBRIDGE, EDITION, ROOT, authority, build_tree

CROSS = "\N{MULTIPLICATION SIGN}"
AMBRIDGE_FILE = "data/2031/authorities/ambridge-district-council.yaml"

ENTRY = OverviewEntry(
    slug="ambridge-district-council",
    name="Ambridge District Council",
    status="written",
    reason="figures changed",
    figures=(OverviewFigure("1,204", 1204), OverviewFigure("N/A", None)),
    inserts=("flood", "ducks"),
    pages=3,
    files={"pdf": "pdf/ambridge.pdf", "html": "html/ambridge.html", "text": "text/ambridge.txt"},
)


def overview_of(*entries: OverviewEntry, draft: bool = False) -> Overview:
    columns = ("Complaints received: Total", "Decisions made: Uphold Rate")
    return Overview(2031, "en-GB", "Annual letters 2031", columns, draft, entries)


def read(overview: Overview) -> Element:
    """The page, read as the standard has it; whatever is not well made raises an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page: Element = parser.parse(b"".join(overview_page(overview)))
    return page


def words(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def rows(overview: Overview) -> list[list[str]]:
    """The words of each cell, row by row."""
    return [[words(cell) for cell in row] for row in read(overview).iterfind(".//tbody/tr")]


def counts(overview: Overview) -> list[str]:
    return [words(item) for item in read(overview).iterfind(".//ul[@class='counts']/li")]


def edition_of(folder: Path, change: tuple[str, str] = ("", "")) -> Edition:
    edition = load_data(
        build_tree(folder, {"data/2031/edition.yaml": EDITION.replace(*change)})
    ).edition
    assert edition is not None
    return edition


def heads_at_a_glance(edition: Edition) -> list[str]:
    return [header_at_a_glance(column, edition) for column in figures_at_a_glance(edition)]


def test_the_figures_of_2018_are_its_sums_and_rates_and_who_remedied() -> None:
    edition = load_data(Workspace(ROOT).edition(2018)).edition
    assert edition is not None

    assert heads_at_a_glance(edition) == [
        "Complaints and enquiries received: Total",
        "Decisions made: Uphold Rate",
        "Decisions made: Total",
        "Complaints Remedied: by LGO",
        "Complaints Remedied: Satisfactorily by Authority before LGO Involvement",
    ]


def test_a_group_that_gets_a_sum_shows_it_instead_of_its_counts(tmp_path: Path) -> None:
    change = ("by the authority}", "by the authority, all: {label: All, sum: all}}")

    shown = [(column.group, column.id) for column in figures_at_a_glance(edition_of(tmp_path))]
    changed = figures_at_a_glance(edition_of(tmp_path, change))

    assert shown[3:] == [("remedied", "by_us"), ("remedied", "by_authority")]
    assert [(column.group, column.id) for column in changed][3:] == [("remedied", "all")]


def test_heads_have_the_apostrophes_of_the_letter(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ("Decisions made", "The Ombudsman's decisions"))

    assert heads_at_a_glance(edition)[2] == "The Ombudsman’s decisions: Total"


FIGURES = [
    pytest.param(
        authority(received_roads=1190),
        [("1,204", 1204), ("38%", 38), ("9", 9), ("2", 2), ("1", 1)],
        id="as printed, with the number to sort by",
    ),
    pytest.param(
        AMBRIDGE.replace("not_upheld: 5, upheld: 3", "not_upheld: 0, upheld: 0"),
        [("17", 17), ("N/A", None), ("1", 1), ("2", 2), ("1", 1)],
        id="a rate of nothing",
    ),
    pytest.param(
        AMBRIDGE.replace("roads: 3", "roads: null"),
        [("[?]", None), ("38%", 38), ("9", 9), ("2", 2), ("1", 1)],
        id="not yet supplied",
    ),
]


@pytest.mark.parametrize(("file", "expected"), FIGURES)
def test_the_figures_of_an_authority(
    file: str, expected: list[tuple[str, int | None]], tmp_path: Path
) -> None:
    data = load_data(build_tree(tmp_path, {AMBRIDGE_FILE: file}))
    assert data.edition is not None
    given = data.authorities["ambridge-district-council"]

    shown = authority_at_a_glance(given, data.edition)

    assert [(figure.text, figure.value) for figure in shown] == expected


def test_a_letter_is_a_row_with_all_that_is_known_of_it() -> None:
    overview = overview_of(ENTRY)

    heads = [words(head) for head in read(overview).iterfind(".//thead/tr/th")]
    assert heads == [
        "Authority",
        "Status",
        "Complaints received: Total",
        "Decisions made: Uphold Rate",
        "Inserts",
        "Pages",
        "Open",
    ]
    assert rows(overview) == [
        [
            "Ambridge District Council",
            "written figures changed",
            "1,204",
            "N/A",
            "flood, ducks",
            "3",
            "PDF HTML Text",
        ]
    ]


def test_its_files_are_a_click_away_and_say_whose_they_are() -> None:
    links = [
        (link.get("href"), link.get("aria-label"))
        for link in read(overview_of(ENTRY)).iterfind(".//tbody//a")
    ]

    assert links == [
        ("pdf/ambridge.pdf", "PDF of Ambridge District Council"),
        ("html/ambridge.html", "HTML of Ambridge District Council"),
        ("text/ambridge.txt", "Text of Ambridge District Council"),
    ]


def test_what_is_not_there_is_left_blank() -> None:
    bare = replace(ENTRY, reason="", figures=(), inserts=(), pages=None, files={})

    assert rows(overview_of(ENTRY, bare))[1] == ["Ambridge District Council", "written"] + [""] * 5


def test_a_column_for_inserts_is_there_if_a_letter_has_any() -> None:
    plain = replace(ENTRY, inserts=())

    assert "Inserts" not in words(read(overview_of(plain)).find(".//thead"))
    assert "Inserts" in words(read(overview_of(plain, ENTRY)).find(".//thead"))


def test_letters_that_need_a_look_come_first_the_others_stay_in_their_order() -> None:
    given = ["unchanged", "not made", "written", "stale", "moved", "failed", "out of date"]
    entries = [
        replace(ENTRY, slug=f"{name}-{status}", name=f"{name} {status}", status=status)
        for name in ("Zeal", "Ash")
        for status in given
    ]

    first = [row[0] for row in rows(overview_of(*entries))]

    urgent_first = ["failed", "out of date", "stale", "not made", "moved", "written", "unchanged"]
    assert first == [f"{name} {status}" for status in urgent_first for name in ("Zeal", "Ash")]


def test_each_status_is_counted_and_marked_with_more_than_a_colour() -> None:
    failed = replace(ENTRY, status="failed")
    overview = overview_of(ENTRY, failed, ENTRY, replace(ENTRY, status="stale"))

    assert counts(overview) == ["4 letters", f"{CROSS} 1 failed", "! 1 stale", "2 written"]
    assert [row[1].split()[0] for row in rows(overview)] == [CROSS, "!", "written", "written"]


@pytest.mark.parametrize(
    ("status", "is_said"),
    [("failed", True), ("out of date", True), ("stale", True), ("written", False)],
)
def test_a_file_that_this_build_did_not_make_says_so(status: str, is_said: bool) -> None:
    """The old letter stays where a new one fails; nobody should take it for the new one."""
    [row] = rows(overview_of(replace(ENTRY, status=status)))

    assert row[-1] == ("PDF HTML Text made earlier" if is_said else "PDF HTML Text")


def test_nothing_is_made_earlier_where_there_is_no_file() -> None:
    [row] = rows(overview_of(replace(ENTRY, status="failed", files={})))

    assert row[-1] == ""


HARD = [
    "<script>alert(1)</script>",
    'Ducks & "Drakes" Council',
    "{{ 7 * 7 }}",
    "Cyngor Ŵyth Ynys Môr",
    "</style>",
    "x' onclick='alert(1)",
]


@pytest.mark.parametrize("name", HARD)
def test_a_name_is_only_ever_a_name(name: str) -> None:
    entry = replace(ENTRY, name=name, status=name, reason=name, inserts=(name,), slug=name)
    page = read(replace(overview_of(entry), title=name, columns=(name, name)))

    [row] = [[words(cell) for cell in row] for row in page.iterfind(".//tbody/tr")]
    assert row[:2] == [name, f"{name} {name}"]
    assert row[4] == name
    assert words(page.find(".//h1")) == words(page.find(".//title")) == name
    assert len(list(page.iter("script"))) == len(list(page.iter("style"))) == 1


def test_the_policy_allows_the_styles_and_the_script_inside_and_nothing_else() -> None:
    page = read(overview_of(ENTRY))

    def fingerprint(tag: str) -> str:
        content = page.findtext(f".//{tag}")
        assert content
        return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()

    policy = page.find(".//meta[@http-equiv='Content-Security-Policy']")
    assert policy is not None
    assert policy.get("content") == (
        f"default-src 'none'; style-src 'sha256-{fingerprint('style')}'; "
        f"script-src 'sha256-{fingerprint('script')}'; base-uri 'none'; form-action 'none'"
    )
    attributes = {name for element in page.iter() for name in element.attrib}
    assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_it_names_no_address_but_those_of_the_letters() -> None:
    page = b"".join(overview_page(overview_of(ENTRY))).decode()

    assert re.findall(r"\w+://|url\(|@import|\bsrc=", page) == []


def test_the_same_letters_give_the_same_page() -> None:
    overview = overview_of(ENTRY, replace(ENTRY, status="failed"))

    assert [*overview_page(overview)] == [*overview_page(replace(overview))]


def test_drafts_are_called_drafts() -> None:
    page = read(overview_of(ENTRY, draft=True))

    assert words(page.find(".//title")) == "Annual letters 2031 (DRAFT)"
    assert words(page.find(".//h1")) == "Annual letters 2031 DRAFT"
    assert "DRAFT" not in words(read(overview_of(ENTRY)).find(".//body/main/h1"))


def test_an_edition_without_letters_or_columns_has_an_overview() -> None:
    overview = replace(overview_of(), columns=())

    assert rows(overview) == []
    assert counts(overview) == ["0 letters"]
