"""What is said of a change: words for people who make letters."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.comparison.changes import (
    CAUSES,
    EDITION,
    FIGURES,
    WORDING,
    Change,
    ChangeType,
    Compared,
    FigureRow,
    SharedChange,
)
from generator.comparison.figure_changes import difference_in_words
from generator.letter.letter import PrintedFigure
from generator.problems import Place
from generator.reports.descriptions import (
    differs,
    places,
    summary,
    what_changed,
    which_letters,
    whose_figures,
    whose_words,
)
from tests.reports.invented import (
    AMBRIDGE,
    BARWICK,
    COMPARISON,
    DATED,
    DROPPED,
    FLOOD,
    INSERTED,
    MOVED,
    NAMED,
    PAGES,
    REWORDED,
    compared,
    figure,
    passage,
    unchanged,
    with_pages,
)

ONE = passage("Words.", "learning-from-complaints")
COLUMN = Change(ChangeType.ADDED, FIGURES, added="Ponds", after=figure(1, "ponds", "Ponds"))
RENAMED = replace(COLUMN, action=ChangeType.CHANGED, cause=EDITION, removed="pools", added="ponds")
NOWHERE = passage("Words.", None)
REDEFINED = replace(
    RENAMED, removed="percent: upheld, of: decided", added="percent: upheld, of: seen"
)
LISTED = Change(
    *(ChangeType.CHANGED, WORDING),
    before=passage("Words."),
    after=passage("Words.", role="bullet"),
    marking="role",
)

SAID = [
    (DATED, "date in the opening lines"),
    (NAMED, "address line in the opening lines"),
    (REWORDED, "paragraph in Ponds and ducks"),
    (LISTED, "paragraph made bullet in Ponds and ducks"),
    (REDEFINED, "definition of column Ponds of the table received"),
    (INSERTED, "paragraph added to Statistics"),
    (DROPPED, "paragraph removed from Statistics"),
    (MOVED, "paragraph moved from Introduction to Statistics"),
    (Change(ChangeType.MOVED, WORDING, before=ONE, after=ONE),
     "paragraph moved within Learning from complaints"),
    (Change(ChangeType.MOVED, EDITION, before=ONE, after=ONE, whole_part=True),
     "section Learning from complaints moved"),
    (Change(ChangeType.MOVED, WORDING, before=NOWHERE, after=ONE),
     "paragraph moved elsewhere"),
    (Change(ChangeType.ADDED, WORDING, after=NOWHERE), "paragraph added"),
    (Change(ChangeType.CHANGED, WORDING, before=NOWHERE, after=NOWHERE), "paragraph"),
    (COLUMN, "column Ponds added to the table received"),
    (replace(COLUMN, action=ChangeType.CHANGED), "column Ponds of the table received"),
    (replace(COLUMN, action=ChangeType.MOVED), "column Ponds moved in the table received"),
    (PAGES, "number of pages"),
    (RENAMED, "id of column Ponds of the table received"),
    (replace(REWORDED, marking="link"), "link in a paragraph of Ponds and ducks"),
    (replace(REWORDED, marking="emphasis", after=NOWHERE), "emphasis in a paragraph"),
    (replace(INSERTED, cause=EDITION, whole_part=True), "section Statistics added"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), SAID, ids=[said for _, said in SAID])
def test_a_change_says_what_is_concerned_and_where(change: Change, said: str) -> None:
    assert what_changed(change) == said


def test_inserts_and_values_are_named_as_their_files_name_them() -> None:
    assert whose_words(INSERTED) == "insert flood"
    assert whose_words(DROPPED) == "insert all-remedied"
    assert whose_words(replace(NAMED, name="authority.noun")) == "value authority.noun"
    assert whose_words(REWORDED) == ""
    assert whose_words(replace(DROPPED, triggering_value="authority.decided.upheld")) == (
        "insert all-remedied, by authority.decided.upheld"
    )


def test_every_cause_has_a_meaning() -> None:
    assert len({cause.meaning for cause in CAUSES.values()}) == len(CAUSES)


FILE = Path("templates/2031/inserts/flood.md")


def test_places_are_named_on_both_sides_where_they_are_known() -> None:
    old = Place(Path("templates/2030/inserts/flood.md"), 7, 1)
    both = replace(INSERTED, before=replace(FLOOD, place=old))

    assert places(both) == [
        ("last year", "templates/2030/inserts/flood.md:7"),
        ("this year", f"{FILE}:4"),
    ]
    assert places(DROPPED) == []


def test_the_place_of_the_reason_goes_before_that_of_the_words() -> None:
    rule = replace(INSERTED, place_after=Place(FILE, 3, 7), place_before=Place(FILE))

    assert places(rule) == [("last year", f"{FILE}"), ("this year", f"{FILE}:3")]


def test_of_a_figure_that_decided_a_rule_the_rule_is_named_last() -> None:
    data = Place(Path("data/2031/ambridge.yaml"), 9)
    flipped = replace(
        INSERTED,
        place_after=data,
        rule_after=Place(FILE, 3),
        triggering_value="authority.decided.upheld",
    )

    assert places(flipped) == [
        ("this year", "data/2031/ambridge.yaml:9"),
        ("the rule", f"{FILE}:3"),
    ]


def test_the_same_place_is_named_once() -> None:
    assert places(replace(INSERTED, before=FLOOD)) == [("this year", f"{FILE}:4")]


LETTERS = [
    (("a", "b", "c"), (), 3, "in all 3 letters", ()),
    (("a", "b"), (), 9, "in each of the 2 letters with this text:", ("a", "b")),
    (("a", "b", "c"), ("d",), 4, "in 3 of 4 letters; not in", ("d",)),
    (("a", "b"), ("c", "d", "e"), 5, "in 2 of 5 letters:", ("a", "b")),
    (("a", "a", "b"), (), 2, "in all 2 letters", ()),
]


@pytest.mark.parametrize(("slugs", "exceptions", "total", "said", "named"), LETTERS)
def test_of_those_that_have_it_and_those_that_have_not_the_fewer_are_named(
    slugs: tuple[str, ...],
    exceptions: tuple[str, ...],
    total: int,
    said: str,
    named: tuple[str, ...],
) -> None:
    shared = SharedChange(REWORDED, slugs, len(slugs) + len(exceptions), exceptions)

    assert which_letters(shared, total) == (said, named)


def row(before: PrintedFigure | None, after: PrintedFigure | None) -> FigureRow:
    return FigureRow(AMBRIDGE, "Ambridge District Council", "received", "roads", "Roads",
                     before, after)  # fmt: skip


RATE = ("uphold_rate", "Uphold Rate", "decided")
DIFFERENCES = [
    (figure(2), figure(4), "+2"),
    (figure(200), figure(150), "−50 (−25%)"),
    (figure(38, *RATE), figure(42, *RATE), "+4 points"),
    (figure(None, *RATE), figure(42, *RATE), ""),
    (None, figure(4), ""),
    (figure(4), None, ""),
]


@pytest.mark.parametrize(("before", "after", "said"), DIFFERENCES)
def test_a_difference_is_said_as_a_person_would(
    before: PrintedFigure | None, after: PrintedFigure | None, said: str
) -> None:
    assert difference_in_words(row(before, after)) == said


DIFFER = [
    (figure(2), figure(2), False),
    (figure(1204), PrintedFigure("received", "roads", "Roads", "1204", 1204, "count"), False),
    (figure(2), figure(3), True),
    (figure(None), figure(3), True),
    (figure(None), figure(None), False),
    (figure(None), PrintedFigure("received", "roads", "Roads", "none", None, "count"), True),
    (None, figure(0), True),
    (None, None, False),
]


@pytest.mark.parametrize(("before", "after", "expected"), DIFFER)
def test_a_figure_differs_by_what_it_says_not_by_how_it_is_written(
    before: PrintedFigure | None, after: PrintedFigure | None, expected: bool
) -> None:
    assert differs(row(before, after)) is expected


def test_a_summary_counts_all() -> None:
    assert summary(COMPARISON) == "4 letters compared: 3 changed, 1 unchanged, 1 new, 1 gone."
    assert summary(unchanged()) == "2 letters compared: 0 changed, 2 unchanged."


def paged(slug: str, before: int | None, after: int | None, *changes: Change) -> Compared:
    letter = compared(slug, *changes)
    return replace(
        letter,
        before=with_pages(letter.before, before),
        after=with_pages(letter.after, after),
    )


BUILD = "were not compared: those letters are not built, or out of date."


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ([paged(AMBRIDGE, 3, None)], f" Page counts {BUILD}"),
        (
            [paged(AMBRIDGE, 3, None), paged(BARWICK, 3, 3)],
            f" Page counts of 1 of them {BUILD}",
        ),
        ([paged(AMBRIDGE, 3, 3)], ""),
        ([paged(AMBRIDGE, None, None)], ""),
        ([paged(AMBRIDGE, 3, None, REWORDED)], f" Page counts {BUILD}"),
    ],
    ids=["of none", "of some", "they were", "nobody knows last year's", "the words differ"],
)
def test_it_is_said_where_pages_could_not_be_compared(letters: list[Compared], said: str) -> None:
    assert summary(replace(COMPARISON, letters=tuple(letters))).partition(" gone.")[2] == said


def test_figures_say_whose_they_were_where_there_were_several() -> None:
    one = row(figure(1), figure(2))

    assert whose_figures(one) == "Ambridge District Council"
    assert whose_figures(replace(one, against="Penny Hassett")) == (
        "Ambridge District Council (against Penny Hassett)"
    )
