"""A change among the words around it, whichever of the passage's readings its words are of."""

from dataclasses import replace

from generator.comparison.changes import DATA, EDITION, INSERT, WORDING, Change, ChangeType
from generator.comparison.words import Edit, words_of
from generator.reports.descriptions import by_paragraph, in_passage
from generator.reports.report_text import AROUND
from tests.reports.invented import DROPPED, INSERTED, MOVED, PAGES, REWORDED, figure, passage


def marked(change: Change, around: int = 12) -> list[tuple[str, str]]:
    return [(span.mark.value, " ".join(span.words)) for span in in_passage((change,), around)]


def in_paragraph(gone: str, new: str, before: str, after: str, start: int = 0) -> Change:
    sides = passage(before), passage(after)
    printed = Edit(words_of(gone), words_of(new), start, start)
    return Change(ChangeType.CHANGED, WORDING, gone, new, *sides, start=start, printed=printed)


def test_a_dozen_words_are_shown_on_either_side() -> None:
    assert marked(REWORDED) == [
        ("same", "… councils in Borsetshire to look after their ponds, and to tell us"),
        ("removed", "comprehensibly"),
        ("added", "comprehensively"),
        ("same", "what became of the ducks, so that others may learn from what …"),
    ]


def test_nothing_is_left_out_where_the_passage_ends() -> None:
    change = in_paragraph("ducks", "geese", "The ducks swim.", "The geese swim.", 1)

    assert marked(change, 1) == [
        ("same", "The"),
        ("removed", "ducks"),
        ("added", "geese"),
        ("same", "swim."),
    ]


def test_words_that_only_went_are_shown_where_they_stood_last_year() -> None:
    change = in_paragraph("very wet", "", "A very wet pond.", "A pond.", 1)

    assert marked(change) == [("same", "A"), ("removed", "very wet"), ("same", "pond.")]


def test_words_that_went_are_shown_among_those_that_are_left() -> None:
    change = in_paragraph("wet", "", "wet and wet and wet", "wet and wet and", 0)
    change = replace(change, printed=Edit(("wet",), (), 4, 4))

    assert marked(change) == [("same", "wet and wet and"), ("removed", "wet")]


def test_changes_of_one_passage_are_shown_in_its_order_with_what_is_between() -> None:
    old, new = (
        f"In {year} we delivered {number} courses, and that is a number of which we are proud."
        for year, number in ((2030, 58), (2031, 61))
    )
    courses, year = (
        replace(in_paragraph(gone, came, old, new), printed=Edit((gone,), (came,), at, at))
        for gone, came, at in (("58", "61", 4), ("2030", "2031", 1))
    )
    proud = replace(
        year, removed="proud", added="glad", printed=Edit(("proud.",), ("proud.",), 15, 15)
    )

    spans = in_passage((courses, proud, year), 3)

    assert " ".join(
        f"[{' '.join(span.words)}]" if span.mark != "same" else " ".join(span.words)
        for span in spans
    ) == ("In [2030] [2031] we delivered [58] [61] courses, and that … which we are [proud] [glad]")


def test_where_wordings_differ_the_surroundings_are_of_the_wording() -> None:
    """What all letters share has its placeholders, not the values of the first letter."""
    change = Change(
        ChangeType.CHANGED,
        WORDING,
        "got",
        "received",
        passage("We got 3 complaints.", wording="We got {{ authority.total }} complaints."),
        passage(
            "We received 5 complaints.", wording="We *received* {{ authority.total }} complaints."
        ),
        printed=Edit(("got",), ("received",), 1, 1),
    )

    assert marked(change)[-1] == ("same", "{{ authority.total }} complaints.")


def test_a_value_stands_among_printed_words() -> None:
    wording = "We received {{ authority.total }} complaints."
    change = Change(
        ChangeType.CHANGED,
        DATA,
        "3",
        "5",
        passage("We received 3 complaints.", wording=wording),
        passage("We received 5 complaints.", wording=wording),
        printed=Edit(("3",), ("5",), 2, 2),
    )

    assert marked(change) == [
        ("same", "We received"),
        ("removed", "3"),
        ("added", "5"),
        ("same", "complaints."),
    ]


def test_a_value_with_a_comma_behind_it_is_shown_as_printed() -> None:
    wording = "Thank you for {{ insert.matter }}, which we saw."
    change = Change(
        ChangeType.CHANGED,
        DATA,
        "the new pond",
        "the old pond",
        passage("Thank you for the new pond, which we saw.", wording=wording),
        passage("Thank you for the old pond, which we saw.", wording=wording),
        printed=Edit(("new",), ("old",), 4, 4),
    )

    assert marked(change) == [
        ("same", "Thank you for the"),
        ("removed", "new"),
        ("added", "old"),
        ("same", "pond, which we saw."),
    ]


def test_whole_passages_are_shown_whole() -> None:
    assert marked(INSERTED, 1) == [("added", "We told the council of the flood.")]
    assert marked(DROPPED, 1) == [("removed", "You remedied all that we asked for.")]


def test_of_what_moved_the_beginning_is_enough() -> None:
    assert marked(MOVED, 2) == [("same", "We publish these figures …")]


def test_labels_and_pages_have_no_surroundings() -> None:
    label = Change(
        ChangeType.CHANGED, WORDING, "Roads", "Ways", figure(3), figure(3, "roads", "Ways")
    )

    assert marked(label) == [("removed", "Roads"), ("added", "Ways")]
    assert marked(PAGES) == [("removed", "2"), ("added", "3")]


NOUN = "{{ authority.noun }}"
COUNTED = f"About the {NOUN} we received {{{{ authority.total }}}}, in {NOUN},"


def counted_noun(start: int) -> Change:
    """Another noun in a sentence that has it twice, with a comma behind the second."""
    before, after = (
        passage(
            f"About the {noun} we received 3, in {noun},",
            wording=COUNTED,
        )
        for noun in ("council", "parish")
    )
    comma = "," if start == 7 else ""
    printed = Edit((f"council{comma}",), (f"parish{comma}",), start, start)
    return Change(
        ChangeType.CHANGED,
        EDITION,
        "council",
        "parish",
        before,
        after,
        printed=printed,
        name="authority.noun",
    )


def test_two_values_of_one_name_are_each_shown_where_they_stand() -> None:
    first, second = (
        [
            (span.mark.value, " ".join(span.words))
            for span in in_passage((each,), AROUND, shared=False)
        ]
        for each in (counted_noun(2), counted_noun(7))
    )

    assert first == [
        ("same", "About the"),
        ("removed", "council"),
        ("added", "parish"),
        ("same", "we received 3, in parish,"),
    ]
    assert second == [
        ("same", "About the parish we received 3, in"),
        ("removed", "council,"),
        ("added", "parish,"),
    ]


def test_a_value_that_letters_share_stands_among_the_words_of_their_wording() -> None:
    """The other values around it are each letter's own."""
    assert marked(counted_noun(7)) == [
        ("same", "About the {{ authority.noun }} we received {{ authority.total }}, in"),
        ("removed", "council,"),
        ("added", "parish,"),
    ]


def test_what_one_letter_has_is_shown_with_its_values() -> None:
    side = passage("We thank Ambridge.", wording="We thank {{ authority.name }}.", insert="thanks")
    added = Change(ChangeType.ADDED, INSERT, "", "We thank {{ authority.name }}.", None, side)
    reworded = Change(
        ChangeType.CHANGED,
        INSERT,
        "thank {{ authority.name }}.",
        "praise {{ authority.name }} now.",
        side,
        passage("We praise Ambridge now.", wording="We praise {{ authority.name }} now."),
        printed=Edit(("thank", "Ambridge."), ("praise", "Ambridge", "now."), 1, 1),
    )

    def own(change: Change) -> list[str]:
        return [" ".join(span.words) for span in in_passage((change,), AROUND, shared=False)]

    assert own(added) == ["We thank Ambridge."]
    assert own(reworded) == ["We", "thank Ambridge.", "praise Ambridge now."]
    assert [text for _, text in marked(added)] == ["We thank {{ authority.name }}."]
    assert marked(reworded)[1] == ("removed", "thank {{ authority.name }}.")


def test_all_passages_of_a_section_are_shown_with_their_values() -> None:
    head = passage("Ducks")
    text = passage("Our 3 ducks.", wording="Our {{ authority.ducks }} ducks.")
    change = Change(
        ChangeType.REMOVED,
        EDITION,
        "Ducks ¶ Our {{ authority.ducks }} ducks.",
        "",
        head,
        whole_part=True,
        passages=(head, text),
    )

    spans = in_passage((change,), AROUND, shared=False)
    assert [" ".join(span.words) for span in spans] == ["Ducks ¶ Our 3 ducks."]
    assert [[" ".join(span.words) for span in each] for each in by_paragraph(spans)] == [
        ["Ducks"],
        ["Our 3 ducks."],
    ]


def test_words_of_one_passage_are_one_paragraph_whatever_changed_in_it() -> None:
    spans = in_passage((REWORDED,), AROUND)

    assert by_paragraph(spans) == (spans,)


def test_of_words_that_are_set_otherwise_the_marks_are_shown() -> None:
    before, after = (
        passage("See the guide here.", wording=f"See [the guide]({target}) here.")
        for target in ("https://a.example", "https://b.example")
    )
    change = Change(
        ChangeType.CHANGED,
        WORDING,
        "[the guide](https://a.example)",
        "[the guide](https://b.example)",
        before,
        after,
        start=1,
        marking="link",
    )

    expected = [
        ("same", "See"),
        ("removed", "[the guide](https://a.example)"),
        ("added", "[the guide](https://b.example)"),
        ("same", "here."),
    ]
    assert marked(change) == expected
    own = in_passage((change,), AROUND, shared=False)
    assert [(s.mark.value, " ".join(s.words)) for s in own] == expected
