"""What a report shows once, what letter by letter: together every change, and none twice."""

from dataclasses import replace
from typing import Any

import pytest

from generator.comparison.changes import (
    FIGURES,
    INSERT,
    WORDING,
    Change,
    ChangeType,
    Comparison,
    SharedChange,
)
from generator.reports.report_model import Report, by_passage, changes_by_passage, report_of
from tests.reports.invented import (
    AMBRIDGE,
    BARWICK,
    COMPARISON,
    DATED,
    DROPPED,
    FELPERSHAM,
    INSERTED,
    MOVED,
    NAMED,
    PAGES,
    REWORDED,
    SLUGS,
    compared,
    figure,
    passage,
    unchanged,
)


def own_changes(report: Report) -> list[tuple[Change, ...]]:
    """What is said of each letter alone, but for its figures."""
    return [tuple(c for item in letter.entries for c in item.changes) for letter in report.letters]


def test_what_several_letters_have_is_shown_once_in_the_order_given() -> None:
    assert [entry.change for entry in report_of(COMPARISON).told_once] == [DATED, MOVED, REWORDED]


def test_what_is_left_is_shown_with_its_letter() -> None:
    report = report_of(COMPARISON)
    own = dict(zip((letter.slug for letter in report.letters), own_changes(report), strict=True))

    assert own == {AMBRIDGE: (NAMED, INSERTED), BARWICK: (DROPPED, PAGES)}


def test_figures_are_shown_letter_by_letter_though_two_letters_have_the_same() -> None:
    shown = {
        letter.slug: {item.what: item.figures for item in letter.entries if item.figures}
        for letter in report_of(COMPARISON).letters
    }

    roads = ("Roads", "3", "5", "+2")
    assert shown == {
        AMBRIDGE: {
            "Complaints received": (roads,),
            "Decisions made": (("Uphold Rate", "38%", "42%", "+4 points"),),
        },
        BARWICK: {
            "Complaints received": (roads, ("Total", "1,204", "1,068", "−136 (−11%)")),
            "Decisions made": (("Uphold Rate", "50%", "N/A", ""),),
        },
    }


def test_a_column_that_is_new_in_all_letters_is_shown_once() -> None:
    column = Change(ChangeType.ADDED, FIGURES, added="Ponds", after=figure(0, "ponds", "Ponds"))
    both = (AMBRIDGE, BARWICK)
    given = Comparison(
        2031,
        "last year's",
        tuple(compared(slug, column) for slug in both),
        (SharedChange(column, both, 2),),
        (),
    )

    assert [entry.change for entry in report_of(given).told_once] == [column]
    assert report_of(given).letters == ()


def test_a_value_is_shared_only_where_most_letters_have_it() -> None:
    """Two councils whose chief executives are both called Nelson now are a coincidence."""
    slugs = SLUGS[:2]
    few = Comparison(
        2031,
        "last year's",
        tuple(compared(slug, *([NAMED] if slug in slugs else [])) for slug in SLUGS),
        (SharedChange(NAMED, slugs, 4, SLUGS[2:]),),
        (),
    )
    most = replace(few, shared=(SharedChange(NAMED, slugs, 3, SLUGS[3:]),))

    assert report_of(few).told_once == ()
    assert [letter.slug for letter in report_of(few).letters] == list(slugs)
    assert [entry.change for entry in report_of(most).told_once] == [NAMED]
    assert report_of(most).letters == ()


def test_a_change_that_a_letter_has_once_more_than_others_is_its_own() -> None:
    letters = (compared(AMBRIDGE, DATED, DATED), compared(BARWICK, DATED))
    shared = (SharedChange(DATED, (AMBRIDGE, BARWICK), 2), SharedChange(DATED, (AMBRIDGE,), 1))
    report = report_of(Comparison(2031, "last year's", letters, shared, ()))

    assert [letter.slug for letter in report.letters] == [AMBRIDGE]
    assert own_changes(report) == [(DATED,)]


def test_one_letter_alone_shares_nothing() -> None:
    [letter] = COMPARISON.letters[:1]
    shared = tuple(SharedChange(change, (AMBRIDGE,), 1) for change in letter.changes)
    shown = report_of(Comparison(2031, "last year's", (letter,), shared, ()))

    assert shown.told_once == ()
    assert own_changes(shown) == [(DATED, NAMED, REWORDED, MOVED, INSERTED)]


def test_a_council_that_was_two_is_one_letter_compared_twice() -> None:
    letters = (compared(AMBRIDGE, DROPPED), compared(AMBRIDGE, INSERTED))
    shared = tuple(SharedChange(change, (AMBRIDGE,), 1) for change in (DROPPED, INSERTED))
    shown = report_of(Comparison(2031, "last year's", letters, shared, ()))

    assert shown.choices == (("Ambridge District Council", 0, AMBRIDGE),)
    assert own_changes(shown) == [(DROPPED,), (INSERTED,)]


def test_the_table_of_figures_has_only_rows_that_differ() -> None:
    rows = [(shown.row.slug, shown.row.id) for shown in report_of(COMPARISON).rows]

    assert rows == [
        (BARWICK, "total"),
        (AMBRIDGE, "uphold_rate"),
        (BARWICK, "uphold_rate"),
        (FELPERSHAM, "upheld"),
    ]


def test_letters_that_are_as_they_were_are_counted() -> None:
    shown = report_of(unchanged())

    assert [slug for _, _, slug in shown.choices] == [AMBRIDGE, BARWICK]
    assert (shown.total, shown.shared, shown.letters, shown.rows) == (0, (), (), ())


def in_ponds(gone: str, new: str, **more: Any) -> Change:
    """Another word in one and the same paragraph."""
    change = Change(ChangeType.CHANGED, WORDING, gone, new, REWORDED.before, REWORDED.after)
    return replace(change, **more)


def test_changes_of_one_passage_in_the_same_letters_are_shown_together() -> None:
    first, second, moved = (
        SharedChange(change, (AMBRIDGE, BARWICK), 2)
        for change in (in_ponds("a", "b"), in_ponds("c", "d"), MOVED)
    )
    elsewhere = SharedChange(in_ponds("e", "f"), (AMBRIDGE,), 2, (BARWICK,))

    grouped = by_passage([first, moved, second, elsewhere])

    assert grouped == ((first, second), (moved,), (elsewhere,))


@pytest.mark.parametrize(
    "other",
    [
        in_ponds("c", "d", cause=INSERT),
        in_ponds("c", "d", inferred=True),
        in_ponds("c", "d", name="authority.noun"),
        in_ponds("c", "d", marking="link"),
        in_ponds("c", "d", after=passage("c d")),
        in_ponds("c", "d", action=ChangeType.MOVED),
    ],
    ids=["another reason", "inferred", "a value", "a link", "another passage", "it moved"],
)
def test_what_is_said_of_one_change_is_not_said_of_another(other: Change) -> None:
    assert changes_by_passage([REWORDED, other]) == ((REWORDED,), (other,))
    assert changes_by_passage([REWORDED, in_ponds("c", "d")]) == ((REWORDED, in_ponds("c", "d")),)
