"""What a report shows once, what letter by letter: together every change, and none twice."""

from dataclasses import replace

import pytest

from generator.comparison.changes import Cause, Change, ChangeType, Comparison, SharedChange
from generator.reports.report_model import by_passage, changes_by_passage, outline
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


def test_what_several_letters_have_is_shown_once_in_the_order_given() -> None:
    assert [entry.change for entry in outline(COMPARISON).shared] == [DATED, MOVED, REWORDED]


def test_what_is_left_is_shown_with_its_letter() -> None:
    own = {letter.compared.slug: letter.words for letter in outline(COMPARISON).letters}

    assert own == {AMBRIDGE: (NAMED, INSERTED), BARWICK: (DROPPED, PAGES)}


def test_figures_are_shown_letter_by_letter_though_two_letters_have_the_same() -> None:
    shown = {
        letter.compared.slug: {
            title: [
                (row.id, row.before and row.before.value, row.after and row.after.value)
                for row in rows
            ]
            for title, rows in letter.figures.items()
        }
        for letter in outline(COMPARISON).letters
    }

    assert shown == {
        AMBRIDGE: {
            "Complaints received": [("roads", 3, 5)],
            "Decisions made": [("uphold_rate", 38, 42)],
        },
        BARWICK: {
            "Complaints received": [("roads", 3, 5), ("total", 1204, 1068)],
            "Decisions made": [("uphold_rate", 50, None)],
        },
    }


def test_a_column_that_is_new_in_all_letters_is_shown_once() -> None:
    column = Change(ChangeType.ADDED, Cause.FIGURES, new="Ponds", after=figure(0, "ponds", "Ponds"))
    both = (AMBRIDGE, BARWICK)
    given = Comparison(
        2031,
        "last year's",
        tuple(compared(slug, column) for slug in both),
        (SharedChange(column, both, 2),),
        (),
    )

    assert [entry.change for entry in outline(given).shared] == [column]
    assert outline(given).letters == ()


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

    assert outline(few).shared == ()
    assert [letter.compared.slug for letter in outline(few).letters] == list(slugs)
    assert [entry.change for entry in outline(most).shared] == [NAMED]
    assert outline(most).letters == ()


def test_a_change_that_a_letter_has_once_more_than_others_is_its_own() -> None:
    letters = (compared(AMBRIDGE, DATED, DATED), compared(BARWICK, DATED))
    shared = (SharedChange(DATED, (AMBRIDGE, BARWICK), 2), SharedChange(DATED, (AMBRIDGE,), 1))
    [own] = outline(Comparison(2031, "last year's", letters, shared, ())).letters

    assert (own.compared.slug, own.words) == (AMBRIDGE, (DATED,))


def test_one_letter_alone_shares_nothing() -> None:
    [letter] = COMPARISON.letters[:1]
    shared = tuple(SharedChange(change, (AMBRIDGE,), 1) for change in letter.changes)
    shown = outline(Comparison(2031, "last year's", (letter,), shared, ()))

    assert shown.shared == ()
    assert [own.words for own in shown.letters] == [(DATED, NAMED, REWORDED, MOVED, INSERTED)]


def test_a_council_that_was_two_is_one_letter_compared_twice() -> None:
    letters = (compared(AMBRIDGE, DROPPED), compared(AMBRIDGE, INSERTED))
    shared = tuple(SharedChange(change, (AMBRIDGE,), 1) for change in (DROPPED, INSERTED))
    shown = outline(Comparison(2031, "last year's", letters, shared, ()))

    assert shown.slugs == shown.changed == (AMBRIDGE,)
    assert [own.words for own in shown.letters] == [(DROPPED,), (INSERTED,)]


def test_the_table_of_figures_has_only_rows_that_differ() -> None:
    rows = [(row.slug, row.id) for row in outline(COMPARISON).figures]

    assert rows == [
        (BARWICK, "total"),
        (AMBRIDGE, "uphold_rate"),
        (BARWICK, "uphold_rate"),
        (FELPERSHAM, "upheld"),
    ]


def test_letters_that_are_as_they_were_are_counted() -> None:
    shown = outline(unchanged())

    assert (shown.slugs, shown.changed) == ((AMBRIDGE, BARWICK), ())
    assert (shown.shared, shown.letters, shown.figures) == ((), (), ())


def in_ponds(gone: str, new: str, **more: object) -> Change:
    """Another word in one and the same paragraph."""
    change = Change(ChangeType.CHANGED, Cause.WORDING, gone, new, REWORDED.before, REWORDED.after)
    return replace(change, **more)  # type: ignore[arg-type]


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
        in_ponds("c", "d", cause=Cause.INSERT),
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
