"""The plain text: for email, so at most 72 columns, and tables turned on their side."""

import re
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.batch.job import LetterRenderer
from generator.letter.letter import ComposedLetter
from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE, EDITION, build_tree
from tests.rendering.conftest import SLUG, changed
from tests.rendering.test_html import LISTS
from tests.tables import IN_SECTIONS

Ambridge = Callable[..., tuple[ComposedLetter, LetterRenderer]]

WHOLE = """\
Borsetshire Ombudsman

16 July 2031

By carrier pigeon

Walter Gabriel
Chief Executive
Ambridge District Council

Dear Walter Gabriel,

Annual letter 2031

I write to you about the year that ended on 31 March 2031.

The statistics

We received 17 complaints about the council.

We publish these figures every year.

Yours faithfully,


Ida Fairweather
Ombudsman for Borsetshire

Report: Ambridge District Council
Period ending: 31/03/2031

On reading these figures, see the guide
(https://ombudsman.borsetshire.example/guide).

Complaints received

Roads             3
Ponds and Ducks  14
Total            17

Decisions made

Early decisions
  Advice Given    1
Investigations
  Not Upheld      5
  Upheld          3
  Uphold Rate   38%
Total             9

Notes

The uphold rate is a part of the investigations.

Complaints remedied

by us             2
by the authority  1
"""


def text_of(made: tuple[ComposedLetter, LetterRenderer]) -> str:
    letter, renderer = made
    return renderer.text(letter).decode()


def test_the_whole_letter_reads_like_this(ambridge: Ambridge) -> None:
    assert text_of(ambridge()) == WHOLE


def test_a_table_says_whose_its_figures_are_and_is_a_list_whichever_way_it_is_set(
    ambridge: Ambridge,
) -> None:
    text = text_of(ambridge(IN_SECTIONS))

    assert (
        "In short\n\nYour council and its ducks\n  Ponds and Ducks     14\n"
        "  Investigations\n    Uphold Rate      38%\n"
    ) in text
    assert (
        "Here they stand together.\n\nYour council\n  Roads             3\n"
        "  Early decisions\n    Advice Given    1\n  Investigations\n    Not Upheld      5\n"
        "    Upheld          3\n    Uphold Rate   38%\n  Total             9\n\nNotes\n"
    ) in text
    assert text.endswith("by the authority  1\n\nThe page ends with words.\n")


def test_no_line_is_longer_than_72_columns(ambridge: Ambridge) -> None:
    long = "We looked at every complaint about ducks, ponds and roads with the same care. " * 9
    text = text_of(ambridge({"templates/2031/sections/statistics.md": long}))

    assert max(map(len, text.splitlines())) <= 72


def test_an_address_is_never_broken(ambridge: Ambridge) -> None:
    address = "https://borsetshire.example/" + "a-very-long-path/" * 6

    text = text_of(ambridge({"templates/2031/report/guide.md": f"See:\n\n<{address}>\n"}))

    assert f"\n{address}\n" in text


def test_lists_have_their_signs_and_links_their_addresses(ambridge: Ambridge) -> None:
    text = text_of(ambridge({"templates/2031/sections/statistics.md": LISTS}))

    assert (
        "Two things:\n\n- ponds, which are wet\n- roads, which are dry\n\nAnd in order:\n\n"
        "1. the first (https://borsetshire.example/first)\n2. the second\n"
    ) in text


def test_a_long_label_goes_over_several_lines(ambridge: Ambridge) -> None:
    long = "Complaints about the ponds of the county and all of the ducks that live there, in full"
    edition = EDITION.replace("Ponds and Ducks", long)

    text = text_of(ambridge({"data/2031/edition.yaml": edition}))

    assert (
        "\nComplaints about the ponds of the county and all of the ducks that\n"
        "live there, in full                                                   14\n"
    ) in text


def test_apostrophes_are_typeset_and_nothing_is_escaped(ambridge: Ambridge) -> None:
    text = text_of(ambridge(changed("Ambridge District Council", "King's Lynn & <b>")))

    assert "Report: King’s Lynn & <b>\n" in text


def test_a_draft_says_so_first(ambridge: Ambridge) -> None:
    text = text_of(ambridge(changed("ponds: 14", "ponds: null"), draft=True))

    assert text.startswith("DRAFT\n\nBorsetshire Ombudsman\n")
    assert "Ponds and Ducks  [?]\nTotal            [?]\n" in text
    assert "We received [?] complaints" in text


COUNT = st.one_of(st.integers(0, 12), st.integers(0, 999_999))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.tuples(*[COUNT] * 5))
def test_printed_totals_and_rates_agree_with_the_printed_figures(
    counts: tuple[int, ...], tmp_path: Path
) -> None:
    roads, ponds, advice, not_upheld, upheld = counts
    file = (
        AMBRIDGE.replace("roads: 3, ponds: 14", f"roads: {roads}, ponds: {ponds}")
        .replace("advice_given: 1", f"advice_given: {advice}")
        .replace("not_upheld: 5, upheld: 3", f"not_upheld: {not_upheld}, upheld: {upheld}")
    )
    loaded = load_edition(build_tree(tmp_path, {f"data/2031/authorities/{SLUG}.yaml": file}))
    assert loaded.problems == []
    assert loaded.letter_template is not None

    text = LetterRenderer(loaded.letter_template).text(loaded.letters[SLUG].letter).decode()

    printed = [
        tuple(int(n.replace(",", "")) for n in re.findall(r"  ([\d,]+)$", table, re.MULTILINE))
        for table in re.split(r"\n(?=Complaints|Decisions)", text)[1:3]
    ]
    assert printed == [
        (roads, ponds, roads + ponds),
        (advice, not_upheld, upheld, advice + not_upheld + upheld),
    ]
    investigations = not_upheld + upheld
    expected = (
        f"{(upheld * 100 + investigations / 2) // investigations:.0f}%" if investigations else "N/A"
    )
    (rate,) = re.findall(r"^  Uphold Rate +(\S+)$", text, re.MULTILINE)
    assert rate == expected
