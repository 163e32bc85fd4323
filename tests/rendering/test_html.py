"""The page on screen: valid, self-contained, and nothing but the letter's blocks."""

import re
from collections.abc import Callable

import html5lib
import pytest

from generator.batch.job import LetterRenderer
from generator.letter.letter import ComposedLetter
from tests.borsetshire import BORSETSHIRE
from tests.rendering.conftest import FILE, changed

Ambridge = Callable[..., tuple[ComposedLetter, LetterRenderer]]

LISTS = """\
# The statistics

Two things:

- ponds, which are **wet**
- roads, which are *dry*

And in order:

1. the [first](https://borsetshire.example/first)
2. the second
"""


def elements(page: str) -> list[tuple[str, str]]:
    """The elements of a page in order, each with its text; an error in the HTML is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(page)
    return [(e.tag, " ".join("".join(e.itertext()).split())) for e in tree.iter() if e.tag]


def page_of(made: tuple[ComposedLetter, LetterRenderer]) -> str:
    letter, renderer = made
    return renderer.html(letter).decode()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"templates/2031/sections/statistics.md": LISTS},
        {"templates/2031/report/notes.md": "- one note\n- another\n"},
        changed("name: Ambridge District Council", 'name: "<b>A & B</b> \\"C\\" {{ 7*7 }}"'),
    ],
    ids=["plain", "with lists", "with a list of notes", "with a wild name"],
)
def test_it_is_valid_html(changes: dict[str, str], ambridge: Ambridge) -> None:
    assert elements(page_of(ambridge(changes)))[0][0] == "html"


def test_a_draft_with_gaps_is_valid_html_too(ambridge: Ambridge) -> None:
    page = page_of(ambridge(changed("roads: 3", "roads: null"), draft=True))

    assert [text for tag, text in elements(page) if tag == "mark"] == [
        "[?] complaints",
        "[?]",
        "[?]",
    ]
    assert '<p class="draft" data-block="each-page/1">DRAFT</p>' in page


def test_every_block_is_there_once_in_order_with_its_words(ambridge: Ambridge) -> None:
    letter, renderer = ambridge({"templates/2031/sections/statistics.md": LISTS})
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(renderer.html(letter).decode())

    found = [(e.get("data-block"), e) for e in tree.iter() if e.get("data-block")]

    assert [address for address, _ in found] == [block.address for block in letter.blocks]
    for (_, element), block in zip(found, letter.blocks, strict=True):
        if block.table is None:
            assert "".join(element.itertext()) == block.text
        else:
            cells = [e.text for e in element.iter("td") if e.get("data-figure")]
            assert cells == [cell.text for cell in block.table.cells]


def test_every_printed_word_is_in_a_block(ambridge: Ambridge) -> None:
    """The template has no words of its own: without the blocks nothing is left but the title."""
    letter, renderer = ambridge()
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(renderer.html(letter).decode())
    for parent in list(tree.iter()):
        for child in list(parent):
            if child.get("data-block") or child.tag == "style":
                parent.remove(child)

    assert " ".join("".join(tree.itertext()).split()) == letter.title


def test_it_fetches_nothing_and_runs_nothing(ambridge: Ambridge) -> None:
    page = page_of(ambridge())

    assert re.findall(r"(?:src|action|data)=|url\(|@import|<script|<link|<iframe", page) == []


def test_it_has_one_outline_without_gaps(ambridge: Ambridge) -> None:
    page = page_of(ambridge())

    headings = [(tag, text) for tag, text in elements(page) if re.fullmatch("h[1-6]", tag)]

    assert headings == [
        ("h1", "Annual letter 2031"),
        ("h2", "The statistics"),
        ("h2", "Report: Ambridge District Council"),
        ("h3", "Complaints received"),
        ("h3", "Decisions made"),
        ("h3", "Notes"),
        ("h3", "Complaints remedied"),
    ]


def test_its_language_and_title_are_the_letters(ambridge: Ambridge) -> None:
    page = page_of(ambridge())

    assert '<html lang="en-GB">' in page
    assert ("title", "Annual letter 2031: Ambridge District Council") in elements(page)


def test_values_are_escaped(ambridge: Ambridge) -> None:
    page = page_of(
        ambridge(changed("name: Ambridge District Council", 'name: "<b>A & B</b> {{ 7*7 }} *x*"'))
    )

    assert "<h2" in page
    assert "&lt;b&gt;A &amp; B&lt;/b&gt; {{ 7*7 }} *x*" in page
    assert "<b>" not in page
    assert "49" not in page.partition("</style>")[2]


def test_heads_say_which_columns_they_stand_over(ambridge: Ambridge) -> None:
    page = page_of(ambridge())

    spanning = re.findall(r'scope="colgroup" colspan="(\d+)">([^<]+)<', page)

    assert spanning == [("1", "Early decisions"), ("3", "Investigations")]
    assert len(re.findall(r'scope="col">', page)) == 10


def test_emphasis_links_and_lists_are_set(ambridge: Ambridge) -> None:
    found = elements(page_of(ambridge({"templates/2031/sections/statistics.md": LISTS})))

    assert ("strong", "wet") in found
    assert ("em", "dry") in found
    assert ("a", "first") in found
    assert [text for tag, text in found if tag == "li"] == [
        "ponds, which are wet",
        "roads, which are dry",
        "the first",
        "the second",
    ]
    assert [tag for tag, _ in found if tag in {"ul", "ol"}] == ["ul", "ol"]


def test_an_edition_may_have_a_template_of_its_own(ambridge: Ambridge) -> None:
    own = BORSETSHIRE["templates/letter.html.jinja"].replace("<main>", '<main class="own">')

    page = page_of(ambridge({"templates/2031/letter.html.jinja": own}))

    assert '<main class="own">' in page


def test_several_addressees_stand_on_a_line_each(ambridge: Ambridge) -> None:
    page = page_of(
        ambridge(
            changed(
                "name: Walter Gabriel",
                "name: [Walter Gabriel, Ida Archer]\n  salutation: Walter and Ida",
            )
        )
    )

    address = page[page.index('class="address"') : page.index("</div>")]
    assert re.findall(r">([^<\n]+)<", address) == [
        "Walter Gabriel",
        "Ida Archer",
        "Chief Executive",
        "Ambridge District Council",
    ]
    assert FILE.endswith(".yaml")
