"""The report on the terminal, to the letter: read by people who cannot program."""

from dataclasses import replace

import pytest

from generator.comparison.changes import Comparison, SharedChange
from generator.console import Console
from generator.reports.report_model import report_of
from generator.reports.report_text import ROWS, stat_rows, text_report
from tests.reports.invented import (
    AMBRIDGE,
    COMPARISON,
    REWORDED,
    compared,
    many,
    thanked,
    unchanged,
)

REPORT = """\
Letters of 2031 compared with the letters made for 2030.

[-Words marked so-] were removed, {+words marked so+} were added. The causes are:
  edition  a fact of the year that all letters share: the date, the signatory
  wording  shared text or a label was reworded
  insert   a paragraph for one authority or a few was added, dropped or reworded
  rule     a condition of an insert or of words came out the other way
  data     another value inside unchanged wording: a name, a count in a sentence
  figures  a figure in the tables
  layout   the number of pages

IN SEVERAL LETTERS

1. edition: date in the opening lines
   [-17 July 2030-] {+16 July 2031+}
   in 3 of 4 letters; not in darrington-council
   this year: data/2031/edition.yaml:4

2. wording: paragraph moved from Introduction to Statistics (cause inferred)
   We publish these figures every year.
   in each of the 3 letters with this text: ambridge-district-council, barwick-borough-council, \
felpersham-city-council

3. wording: paragraph in Ponds and ducks
   … councils in Borsetshire to look after their ponds, and to tell us [-comprehensibly-] \
{+comprehensively+} what became of the ducks, so that others may learn from what …
   in 2 of 4 letters; not in barwick-borough-council, darrington-council
   this year: templates/2031/sections/ponds-and-ducks.md:3

IN ONE LETTER EACH

Ambridge District Council  ambridge-district-council
  against output/2030/pdf/ambridge-district-council.pdf
  data: address line in the opening lines
    [-Walter-] {+Nelson+} Gabriel
    this year: data/2031/authorities/ambridge-district-council.yaml:3
  insert: paragraph added to Statistics, insert flood
    {+We told the council of the flood.+}
    this year: templates/2031/inserts/flood.md:4
  figures: Complaints received: Roads 3 → 5, +2
  figures: Decisions made: Uphold Rate 38% → 42%, +4 points

Barwick Borough Council  barwick-borough-council
  against output/2030/pdf/barwick-borough-council.pdf
  rule: paragraph removed from Statistics, insert all-remedied
    [-You remedied all that we asked for.-]
  layout: number of pages
    [-2-] {+3+}
  figures: Complaints received: Roads 3 → 5, +2; Total 1,204 → 1,068, −136 (−11%)
  figures: Decisions made: Uphold Rate 50% → N/A

FIGURES
AUTHORITY                  FIGURE                LAST YEAR  THIS YEAR   DIFFERENCE
Barwick Borough Council    Received: Total           1,204      1,068  −136 (−11%)
Ambridge District Council  Decided: Uphold Rate        38%        42%    +4 points
Barwick Borough Council    Decided: Uphold Rate        50%        N/A
Felpersham City Council    Decided: Upheld               –          2

NEW: NO LETTER OF LAST YEAR FOUND
  penny-hassett-parish-council

GONE: NO LETTER THIS YEAR
  Loxley Barrett Council
  If penny-hassett-parish-council is the successor of Loxley Barrett Council, add \
"formerly: [loxley-barrett-council]" to its file.

COULD NOT BE READ IN LAST YEAR'S LETTERS
  felpersham-city-council
    The table of Complaints remedied has no figures.

4 letters compared: 3 changed, 1 unchanged, 1 new, 1 gone.
"""


def told(comparison: Comparison) -> str:
    """The report's words without their styles."""
    lines = ("".join(words for words, _ in line) for line in text_report(report_of(comparison)))
    return "".join(f"{line}\n" for line in lines)


def test_the_report() -> None:
    assert told(COMPARISON) == REPORT


def test_where_nothing_differs_it_says_so_and_no_more() -> None:
    assert told(unchanged()) == (
        "Letters of 2031 compared with the letters made for 2030.\n"
        "\n"
        "2 letters compared: 0 changed, 2 unchanged.\n"
    )


def test_one_letter_alone_has_no_several_letters() -> None:
    alone = Comparison(
        2031,
        "the letters made for 2030",
        (compared(AMBRIDGE, REWORDED),),
        (SharedChange(REWORDED, (AMBRIDGE,), 1),),
        (),
    )

    assert "LETTER BY LETTER\n\nAmbridge District Council" in told(alone)
    assert "SEVERAL" not in told(alone)


def test_placeholders_are_explained_where_there_are_any() -> None:
    change = replace(REWORDED, removed="", added="{{ authority.noun }}", printed=None)
    given = replace(COMPARISON, letters=(compared(AMBRIDGE, change),), shared=())

    sentence = "\n{{ … }} stands for a value that differs between letters.\n"
    assert sentence in told(given)
    assert sentence not in told(COMPARISON)


def test_only_the_first_figures_are_shown_and_how_many_more() -> None:
    given = many(40)
    differ = [row for row in given.figures if row.before != row.after]
    table = told(given).partition("\nFIGURES\n")[2].partition("\n\n")[0].splitlines()

    assert len(table) == 1 + ROWS + 1
    assert table[-1] == f"and {len(differ) - ROWS} more; --html FILE and --json show all."


def test_of_many_letters_the_first_are_named_and_how_many_more() -> None:
    slugs = tuple(f"parish-{n:03}" for n in range(60))
    letters = tuple(compared(slug, REWORDED, name=slug) for slug in slugs[:30])
    rest = tuple(compared(slug, name=slug) for slug in slugs[30:])
    shared = (SharedChange(REWORDED, slugs[:30], 60, slugs[30:]),)
    said = told(replace(COMPARISON, letters=letters + rest, shared=shared))

    assert "in 30 of 60 letters; not in parish-030, parish-031," in said
    assert "parish-049 and 10 more\n" in said


def test_stat_counts_the_changes_of_each_letter_by_cause() -> None:
    heads, rows = stat_rows(COMPARISON)

    assert heads == (
        *("AUTHORITY", "EDITION", "WORDING", "INSERT", "RULE"),
        *("DATA", "FIGURES", "LAYOUT", "ALL"),
    )
    assert rows == [
        ("ambridge-district-council", "1", "2", "1", "-", "1", "2", "-", "7"),
        ("barwick-borough-council", "1", "1", "-", "1", "-", "3", "1", "7"),
        ("felpersham-city-council", "1", "2", "-", "-", "-", "-", "-", "3"),
        ("penny-hassett-parish-council", *"-------", "new"),
        ("Loxley Barrett Council", *"-------", "gone"),
    ]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes stdout a terminal of 60 columns, as far as the console can tell."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("NO_COLOR", raising=False)


def printed(capsys: pytest.CaptureFixture[str], *, colour: bool = True) -> str:
    Console(colour=colour).lines(text_report(report_of(COMPARISON)))
    return capsys.readouterr().out


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_gone_words_are_red_and_struck_new_ones_green(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = printed(capsys)

    assert "\x1b[9;31m[-17 July 2030-]\x1b[0m \x1b[32m{+16 July 2031+}\x1b[0m" in said


@pytest.mark.usefixtures("terminal")
def test_without_colours_the_marks_are_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, colour=False)

    assert "[-17 July 2030-]" in said
    assert ";31m" not in said
    assert "[32m" not in said


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_long_lines_go_on_under_their_beginning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = printed(capsys, colour=False)

    assert "   … councils in Borsetshire to look after their ponds, and\n   to tell us " in said


def test_in_a_file_every_line_is_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "60")

    assert printed(capsys) == REPORT


def test_what_one_letter_has_is_told_as_it_prints_it() -> None:
    said = told(thanked())

    assert (
        "  rule: paragraph added to Statistics, insert busy, by authority.received.total\n"
        "    {+We thank Ambridge.+}\n"
        "    this year: data/2031/authorities/ambridge-district-council.yaml:9\n"
        "    the rule: templates/2031/inserts/busy.md:3\n"
    ) in said
    assert "\nAmbridge District Council (against Penny Hassett)  Received: Total" in said
