"""The report as a page: well made, closed to the world, and whole without its script."""

import base64
import hashlib
import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import html5lib
import pytest

from generator.comparison.changes import ChangeType, Comparison, SharedChange
from generator.reports.report_model import NAMES, html_report, ranges, report_of
from tests.reports.invented import (
    AMBRIDGE,
    COMPARISON,
    INSERTED,
    REWORDED,
    compared,
    many,
    passage,
    thanked,
    unchanged,
)


def read(comparison: Comparison) -> Element:
    """The page, read as the standard has it; whatever is not well made raises an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page: Element = parser.parse(html_report(report_of(comparison)))
    return page


def words(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def sections(comparison: Comparison) -> dict[str, list[str]]:
    """What stands under each heading: the words of each change, letter, row or line."""
    found = {}
    for section in read(comparison).iterfind("./body/main/section"):
        entries = [*section.iterfind("ol/li"), *section.iterfind("section")]
        entries += [
            *section.iterfind(".//tbody/tr"),
            *section.iterfind("ul[@class='plain card']/li"),
        ]
        found[words(section.find("h2"))] = [words(entry) for entry in entries]
    return found


def test_it_has_everything_in_the_order_of_the_terminal() -> None:
    assert sections(COMPARISON) == {
        "In several letters": [
            "edition date in the opening lines removed “17 July 2030” added “16 July 2031” "
            "in 3 of 4 letters; not in Darrington Council this year: data/2031/edition.yaml:4",
            "wording paragraph moved from Introduction to Statistics reason inferred "
            "We publish these figures every year. in each of the 3 letters with this text: "
            "Ambridge District Council, Barwick Borough Council, Felpersham City Council",
            "wording paragraph in Ponds and ducks I want to encourage all councils in Borsetshire "
            "to look after their ponds, and to tell us removed “comprehensibly” "
            "added “comprehensively” what became of the ducks, so that others may learn from what "
            "they did. in 2 of 4 letters; not in Barwick Borough Council, Darrington Council "
            "this year: templates/2031/sections/ponds-and-ducks.md:3",
        ],
        "In one letter each": [
            "Ambridge District Council ambridge-district-council "
            "· against output/2030/pdf/ambridge-district-council.pdf "
            "data address line in the opening lines removed “Walter” added “Nelson” Gabriel "
            "this year: data/2031/authorities/ambridge-district-council.yaml:3 "
            "insert paragraph added to Statistics, insert flood "
            "added “We told the council of the flood.” "
            "this year: templates/2031/inserts/flood.md:4 "
            "figures Complaints received Roads 3 to 5, +2 "
            "figures Decisions made Uphold Rate 38% to 42%, +4 points",
            "Barwick Borough Council barwick-borough-council "
            "· against output/2030/pdf/barwick-borough-council.pdf "
            "rule paragraph removed from Statistics, insert all-remedied "
            "removed “You remedied all that we asked for.” "
            "layout number of pages removed “2” added “3” "
            "figures Complaints received Roads 3 to 5, +2 "
            "Total 1,204 to 1,068, −136 (−11%) "
            "figures Decisions made Uphold Rate 50% to N/A",
        ],
        "Figures": [
            "Barwick Borough Council Received: Total 1,204 1,068 −136 (−11%)",
            "Ambridge District Council Decided: Uphold Rate 38% 42% +4 points",
            "Barwick Borough Council Decided: Uphold Rate 50% N/A",
            "Felpersham City Council Decided: Upheld – 2",
        ],
        "New: no letter of last year found": ["penny-hassett-parish-council"],
        "Gone: no letter this year": [
            "Loxley Barrett Council",
            "If penny-hassett-parish-council is the successor of Loxley Barrett Council, add "
            '"formerly: [loxley-barrett-council]" to its file.',
        ],
        "Could not be read in last year’s letters": [
            "Felpersham City Council The table of Complaints remedied has no figures."
        ],
    }


def test_its_head_says_what_was_compared_and_counts_the_changes_by_reason() -> None:
    page = read(COMPARISON)

    assert words(page.find(".//h1")) == words(page.find(".//title"))
    assert words(page.find("./body/main/p")) == (
        "Compared with the letters made for 2030. "
        "4 letters compared: 3 changed, 1 unchanged, 1 new, 1 gone."
    )
    counts = [words(item) for item in page.iterfind(".//ul[@class='counts']/li")]
    assert counts == [
        *("11 changes", "1 edition", "2 wording", "1 insert"),
        *("1 rule", "1 data", "4 figures", "1 layout"),
    ]


def test_where_nothing_differs_there_is_nothing_to_filter() -> None:
    page = read(unchanged())

    assert sections(unchanged()) == {}
    assert page.find(".//ul[@class='counts']") is None
    assert "2 letters compared: 0 changed, 2 unchanged." in words(page.find("./body/main/p"))


def test_gone_and_new_words_are_told_apart_without_seeing_them() -> None:
    page = read(COMPARISON)
    gone, new = ([words(e) for e in page.iter(tag)] for tag in ("del", "ins"))

    assert gone[0] == "removed “17 July 2030”"
    assert new[0] == "added “16 July 2031”"
    assert len(gone) == 5
    assert len(new) == 5


def test_many_names_are_folded_away() -> None:
    number = NAMES + 1
    slugs = tuple(f"parish-{n:02}" for n in range(2 * number))
    letters = tuple(
        compared(slug, *([REWORDED] if n < number else []), name=f"Parish {n:02}")
        for n, slug in enumerate(slugs)
    )
    shared = (SharedChange(REWORDED, slugs[:number], len(slugs), slugs[number:]),)
    page = read(Comparison(2031, "last year's", letters, shared, ()))

    [folded] = page.iterfind(".//details[@class='names']")
    assert (
        words(folded.find("summary")) == f"in {number} of {2 * number} letters; not in {number} …"
    )
    assert words(folded).endswith("Parish 24, Parish 25")


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([], ""), ([3], "3"), ([0, 1, 2, 5, 7, 8], "0-2 5 7-8"), ([2, 1], "1-2")],
)
def test_the_letters_of_a_change_are_named_in_short(numbers: list[int], said: str) -> None:
    assert ranges(numbers) == said


HARD = ["<script>alert(1)</script>", "{{ 7 * 7 }}", "</style>", "x' onclick='alert(1)", "Ŵyth & Co"]


@pytest.mark.parametrize("text", HARD)
def test_words_are_only_ever_words(text: str) -> None:
    change = replace(INSERTED, added=text, after=passage(text, text, insert=text))
    both = (AMBRIDGE, "felpersham-city-council")
    page = read(
        Comparison(
            2031,
            text,
            tuple(compared(slug, change, name=text) for slug in both),
            (SharedChange(change, both, 2),),
            (),
            added=(text,),
            removed=(text,),
            unread={AMBRIDGE: (text,)},
        )
    )

    assert words(page.find(".//ins")) == f"added “{text}”"
    assert len(list(page.iter("script"))) == len(list(page.iter("style"))) == 1


def test_the_policy_allows_the_styles_and_the_script_inside_and_nothing_else() -> None:
    page = read(COMPARISON)

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


def test_it_names_no_address() -> None:
    assert (
        re.findall(r"\w+://|url\(|@import|\bsrc=|\bhref=", html_report(report_of(COMPARISON))) == []
    )


def test_the_same_comparison_gives_the_same_page() -> None:
    assert html_report(report_of(many(3))) == html_report(report_of(many(3)))


def test_each_change_stands_in_it_once() -> None:
    given = many(5)
    changes = len(list(read(given).iterfind(".//li[@class='change']")))

    assert changes == 3 + 5 * 3
    assert ChangeType.MOVED in {entry.change.action for entry in given.shared}


def test_what_one_letter_has_is_shown_as_it_prints_it() -> None:
    shown = words(read(thanked()))

    assert "We thank Ambridge." in shown
    assert "the rule: templates/2031/inserts/busy.md:3" in shown
    assert "Ambridge District Council (against Penny Hassett)" in shown
