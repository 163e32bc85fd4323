"""Letters read from web pages: ours, and pages that others made."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.external_letters.issued_html import elements_of, read_html
from generator.external_letters.parse_letter import NoLetterError
from generator.external_letters.reference_edition import Grid
from generator.letter.letter import Letter, LetterSource
from tests.external_letters.letters_read import bare_pattern, each_read, expected, pattern, said
from tests.hard_letters import hard_letter

PLAIN = "a plain letter"

ANOTHERS = """\
<!doctype html><html><head><title>Not read</title><style>p { color: red }</style></head>
<body><nav><a href="/">Home</a> <a href="/letters">Letters</a></nav>
<div>Borsetshire Ombudsman</div><div>16 July 2031</div><div>By carrier pigeon</div>
<p>Walter Gabriel<br>Chief Executive<br/>Ambridge District Council</p>
<p>Dear Walter Gabriel,
<p><b>Annual letter 2031</b>
<p>I write to you about the year that <i>ended</i> on 31 March 2031.
<h3>The statistics</h3>
<p>We received 17 complaints about the council.<p>We publish these figures every year.
<p>Yours faithfully,</p><img src="signature.png">
<p>Ida Fairweather<br>Ombudsman for Borsetshire</p>
<p>Report: Ambridge District Council</p><p>Period ending: 31/03/2031</p>
<p>On reading these figures, see <a href="https://elsewhere.example/">the guide</a>.</p>
<table><caption></caption>
<tr><td colspan=3>Complaints received
<tr><td>Roads<td>Ponds<br>and Ducks<td>Total
<tr><td>3<td>14<td>17</table>
<p>Decisions made</p>
<table><tr><th>Early decisions</th><th colspan="3">Investigations</th><th></th></tr>
<tr><th>Advice Given<th>Not Upheld<th>Upheld<th>Uphold Rate<th>Total</tr>
<tr><td>1<td>5<td>3<td>38%<td>9</tr></table>
<h4>Notes</h4><p>The uphold rate is a part of the investigations.</p>
<h4>Complaints remedied</h4>
<table><tr><td>by us</td><td>by the authority</td></tr><tr><td>2</td><td>1</td></tr></table>
<script>document.write("not read")</script></body></html>
"""


def read(text: str, name: str = PLAIN) -> Letter:
    return read_html(text, Path("letter.html"), pattern(name))


@each_read
def test_our_own_page_says_what_the_letter_says(name: str) -> None:
    version = read(hard_letter(name).html, name)

    assert said(version) == expected(name)
    assert version.reading.unread == ()


@each_read
def test_it_says_so_also_where_no_letter_of_that_year_is_at_hand(name: str) -> None:
    version = read_html(hard_letter(name).html, Path("letter.html"), bare_pattern(name))

    assert said(version) == expected(name)


def test_a_page_that_others_made_is_read_by_what_it_says() -> None:
    version = read(ANOTHERS)

    assert said(version) == expected(PLAIN)
    assert version.reading.source is LetterSource.HTML
    assert version.reading.unread == ()


def test_a_section_is_known_by_its_address_whatever_its_heading_says() -> None:
    page = hard_letter(PLAIN).html.replace(">The statistics<", ">Ducks of note<")

    version = read(page)

    assert ("statistics", "Ducks of note") in [(p.part, p.text) for p in version.passages]


def test_a_cell_over_several_columns_or_rows_keeps_its_room() -> None:
    table = (
        "<table><tr><th rowspan=2>Roads<th colspan=2>Ponds</tr><tr><th>White<th>Brown</tr>"
        "<tr><td>1<td>2<td>3</tr></table>"
    )

    [grid] = [each for each in elements_of(table) if isinstance(each, Grid)]

    assert grid.rows == (("Roads", "Ponds"), ("", "White", "Brown"), ("1", "2", "3"))


def test_a_page_that_is_no_letter_is_refused() -> None:
    with pytest.raises(NoLetterError, match="it is not recognisable as a letter"):
        read("<p>Eggs and flour</p>")


@given(
    st.integers(0, 1000),
    st.integers(0, 300),
    st.sampled_from(
        ["", "<table>", "</td>", '<td colspan="999999">', "<", "&", "<li>", "<script>"]
    ),
)
def test_a_spoiled_page_is_read_as_far_as_it_goes_or_refused(at: int, cut: int, put: str) -> None:
    start = at * len(ANOTHERS) // 1000
    spoiled = f"{ANOTHERS[:start]}{put}{ANOTHERS[start + cut :]}"

    try:
        version = read(spoiled)
    except NoLetterError:
        return

    assert {figure.group for figure in version.figures} <= {"received", "decided", "remedied"}
