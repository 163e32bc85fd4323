"""The letter fits every window: nothing sticks out, and each figure is seen beside its label."""

from typing import Any

import pytest
from playwright.sync_api import Page

from generator.letter.figures_in_letters import typeset
from tests.browser.conftest import Open
from tests.browser.letters import DRAFT, THOUSANDS, ZEROS, ShownLetter, every_letter

WIDTHS = (1280, 900, 768, 320)

# Elements and words, since a word can leave its element. Words are measured line by line.
FIND_WHAT_STICKS_OUT = """() => {
    const root = document.documentElement
    const sticksOut = box => box.right > root.clientWidth + 0.01 || box.left < -0.01
    const found = [...document.querySelectorAll("body, body *")]
        .filter(element => sticksOut(element.getBoundingClientRect()))
        .map(element => element.outerHTML.slice(0, 80))
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        const range = document.createRange()
        range.selectNodeContents(texts.currentNode)
        if ([...range.getClientRects()].some(sticksOut)) found.push(texts.currentNode.data)
    }
    if (root.scrollWidth > root.clientWidth) found.push(`scrolls to ${root.scrollWidth} px`)
    return found
}"""

# What a reader sees of each figure once it is brought to the middle of the window. Its label is the
# head on its line (narrow) or over its middle (wide); its spanning head is the one over both
# (wide), or the nearest above if the label is set in (narrow).
LOOK_AT_FIGURES = """() => [...document.querySelectorAll("[data-figure]")].map(cell => {
    const boxOfText = element => {
        const range = document.createRange()
        range.selectNodeContents(element)
        return range.getBoundingClientRect()
    }
    cell.scrollIntoView({block: "center"})
    const box = boxOfText(cell)
    const around = cell.getBoundingClientRect()
    const x = (box.left + box.right) / 2
    const y = (box.top + box.bottom) / 2
    const isSeen = box.width > 0 && box.height > 0
        && box.left >= Math.max(0, around.left) && box.right <= Math.min(innerWidth, around.right)
        && box.top >= 0 && box.bottom <= innerHeight
        && cell.contains(document.elementFromPoint(x, y))

    const heads = [...cell.closest("table").querySelectorAll("th")].map(head => ({
        text: head.textContent, scope: head.scope,
        inset: boxOfText(head).left, ...head.getBoundingClientRect().toJSON()}))
    const labels = heads.filter(head => head.scope == "col")
    const groups = heads.filter(head => head.scope == "colgroup")
    const isOver = head => head.left < x && x < head.right && head.bottom <= around.top + 1
    const beside = labels.filter(head => head.top < y && y < head.bottom && head.right < x)
    const above = groups.filter(head =>
        beside.length && head.bottom <= around.top + 1 && head.inset < beside[0].inset)
    return {
        text: cell.textContent,
        isSeen,
        labels: (beside.length ? beside : labels.filter(isOver)).map(head => head.text),
        under: (beside.length ? above.slice(-1) : groups.filter(isOver)).map(head => head.text),
    }
})"""


def at_every_width(look: str, page: Page) -> dict[int, Any]:
    """What is found when the window is made narrower and narrower."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = page.evaluate(look)
    return found


@every_letter
def test_nothing_sticks_out_sideways(shown: ShownLetter, open_page: Open) -> None:
    found = at_every_width(FIND_WHAT_STICKS_OUT, open_page(shown))

    assert found == {width: [] for width in WIDTHS}


STICKING_OUT = {
    "a page of 323 px": '<p style="width: 323px; margin: 0">Wide</p>',
    "a word that leaves its element": '<p style="width: 9rem">' + "M" * 40,
    "something cut off at the edge": '<div style="overflow: hidden"><p style="width: 400px">Cut',
    "something to the left": '<p style="margin-left: -20px">Left',
}


@pytest.mark.parametrize("html", STICKING_OUT.values(), ids=STICKING_OUT.keys())
def test_what_sticks_out_would_be_found(html: str, open_page: Open) -> None:
    assert open_page(html, 320).evaluate(FIND_WHAT_STICKS_OUT) != []


@every_letter
def test_each_figure_is_seen_with_its_label(shown: ShownLetter, open_page: Open) -> None:
    """And with the head that spans its column and others, where there is one."""
    expected: list[dict[str, Any]] = [
        {
            "text": cell.text,
            "isSeen": True,
            "labels": [label],
            "under": [typeset(cell.column.header_group)] if cell.column.header_group else [],
        }
        for table in shown.tables
        for label, cell in zip(table.labels, table.cells, strict=True)
    ]

    found = at_every_width(LOOK_AT_FIGURES, open_page(shown))

    assert found == dict.fromkeys(WIDTHS, expected)


@pytest.mark.parametrize(
    ("slug", "figures"),
    [(ZEROS, {"0", "N/A"}), (THOUSANDS, {"8,765", "8,779", "4,321"}), (DRAFT, {"[?]"})],
)
def test_the_hard_letters_are_hard(slug: str, figures: set[str], shown: ShownLetter) -> None:
    assert figures <= {cell.text for table in shown.tables for cell in table.cells}, slug
