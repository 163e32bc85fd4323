"""Anyone can read the letter: no breach of WCAG 2.2, and tables stay tables for a screen reader."""

from importlib.resources import files
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

from generator.letter.letter import Table
from tests.browser.combining import each_once
from tests.browser.conftest import Open
from tests.browser.letters import (
    DRAFT,
    INSERT,
    LETTERS,
    LISTS,
    LONG_NAME,
    LUTON,
    ShownLetter,
    every_letter,
)

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = ["violations", "incomplete"]

EVERY_DAY = (LUTON, LONG_NAME, DRAFT, LISTS, INSERT)
wide_or_narrow = each_once(
    "slug, width",
    (*EVERY_DAY, *(slug for slug in LETTERS if slug not in EVERY_DAY)),
    [1280, 320],
    most=len(EVERY_DAY),
)


def complaints(page: Page, *but: str) -> dict[str, list[str]]:
    """What axe finds wrong, and what it cannot decide, by rule: the elements.

    `but` are selectors of what it is not to look at.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"runOnly": RULES, "resultTypes": KINDS}  # of those that pass, no elements
    found = page.evaluate("([exclude, options]) => axe.run({exclude}, options)", [[*but], options])
    assert len(found["passes"]) > 5, "hardly a rule was tried"
    return {
        rule["id"]: [node["html"] for node in rule["nodes"]]
        for kind in KINDS
        for rule in found[kind]
    }


@wide_or_narrow
def test_axe_has_nothing_to_say(shown: ShownLetter, width: int, open_page: Open) -> None:
    assert complaints(open_page(shown, width)) == {}


SPOILED = {
    "image-alt": ("<h1", '<img src="data:,"><h1'),
    "color-contrast": ("<h1", '<h1 style="color: #ccc"'),
    "html-has-lang": (' lang="en-GB"', ""),
    "target-size": (
        "<h1",
        "".join(f'<a href="#{n}" style="display: inline-block; width: 9px">{n}</a>' for n in "ab")
        + "<h1",
    ),
    "heading-order": ("<h2", "<h6>Deep</h6><h2"),
}


@each_once("rule", SPOILED, most=2)
def test_axe_says_so_when_a_letter_is_spoiled(
    rule: str, letters: dict[str, ShownLetter], open_page: Open
) -> None:
    """The rules are in force: also those new in WCAG 2.2 (target-size), and the good practices."""
    before, after = SPOILED[rule]
    page = letters[LETTERS[0]].file.read_text(encoding="utf-8")
    assert before in page

    assert rule in complaints(open_page(page.replace(before, after, 1)))


def spoken_tables(page: Page) -> list[list[list[tuple[str, str]]]]:
    """The tables as Chromium hands them to a screen reader: rows of cells, each role and name."""
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    nodes = {node["nodeId"]: node for node in tree}

    def below(node: dict[str, Any], roles: set[str]) -> list[dict[str, Any]]:
        """The nearest nodes of these roles; nodes that are ignored are passed through."""
        found = []
        for child in (nodes[name] for name in node["childIds"]):
            if not child["ignored"] and child["role"]["value"] in roles:
                found.append(child)
            else:
                found += below(child, roles)
        return found

    def cells(row: dict[str, Any]) -> list[tuple[str, str]]:
        found = below(row, {"cell", "gridcell", "columnheader", "rowheader"})
        return [(cell["role"]["value"], cell["name"]["value"]) for cell in found]

    return [[cells(row) for row in below(table, {"row"})] for table in below(tree[0], {"table"})]


def as_spoken(table: Table) -> list[list[tuple[str, str]]]:
    """What `spoken_tables` ought to say of a table."""
    spanning = [("columnheader" if h.text else "cell", h.text) for h in table.spanning_headers]
    labels = [("columnheader", label) for label in table.labels]
    figures = [("cell", cell.text) for cell in table.cells]
    return [row for row in (spanning, labels, figures) if row]


@wide_or_narrow
def test_tables_are_tables_for_a_screen_reader(
    shown: ShownLetter, width: int, open_page: Open
) -> None:
    """Also where a narrow screen lays their cells out as a list; a figure says its number only."""
    expected = [as_spoken(table) for table in shown.tables]
    assert len(expected) == 3

    assert spoken_tables(open_page(shown, width)) == expected


@every_letter
def test_headings_go_down_one_step_at_a_time(shown: ShownLetter, open_page: Open) -> None:
    page = open_page(shown)

    headings = page.get_by_role("heading").evaluate_all("found => found.map(h => h.tagName)")

    assert headings.count("H1") == 1
    assert headings[0] == "H1"
    assert all(int(after[1]) - int(before[1]) <= 1 for before, after in pairwise(headings))
