"""One letter against last year's: what is told, and what is not."""

import re
from dataclasses import replace

import pytest

from generator.comparison.changes import INSERT, Change, ChangeType
from generator.comparison.compare import compare_all, compare_versions
from generator.letter.letter import Block, Letter
from tests.comparison.sides import figure, letter, read, told, words

NOUN = "{{ authority.noun }}"


def changes(before: Letter, after: Letter) -> list[tuple[str, str, str, str]]:
    return [told(change) for change in compare_versions(before, after)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("all ponds\nof the year", "all ponds of\nthe year"),
        ("the county's ponds", "the county’s ponds"),
        ("see [the\nguide](https://a.example)", "see [the guide](https://a.example)"),
        ("all *ponds* of the year", "all _ponds_ of the year"),
    ],
    ids=["ends of lines", "apostrophes", "a line end in a link", "another sign of emphasis"],
)
def test_wording_that_is_printed_alike_is_no_change(before: str, after: str) -> None:
    text = "all ponds of the year"
    old = replace(words(before), text=text)

    assert changes(letter(old), letter(replace(words(after), text=text))) == []


@pytest.mark.parametrize(
    ("before", "after", "marking", "gone", "new"),
    [
        ("all *ponds* here", "all ponds here", "emphasis", "*ponds*", "ponds"),
        ("all ponds here", "all **wet ponds** here", "emphasis", "ponds", "**ponds**"),
        (
            "see [the guide](https://a.example).",
            "see [the guide](https://b.example).",
            "link",
            "[the guide](https://a.example).",
            "[the guide](https://b.example).",
        ),
        ("see the guide", "see [the guide](https://a.example)", "link", "the guide", None),
        (
            f"see [the {NOUN} guide](https://a.example)",
            f"see [the {NOUN} guide](https://b.example)",
            "link",
            f"[the {NOUN} guide](https://a.example)",
            f"[the {NOUN} guide](https://b.example)",
        ),
    ],
    ids=[
        "emphasis that went",
        "strong words, among others that are new",
        "a link that leads elsewhere",
        "words that became a link",
        "a link around a value",
    ],
)
def test_words_that_say_the_same_and_are_set_otherwise_are_a_change(
    before: str, after: str, marking: str, gone: str, new: str | None
) -> None:
    noun = ["council"] if NOUN in before else []
    texts = [re.sub(r"[*[]|\]\([^)]*\)", "", wording) for wording in (before, after)]
    old, now = (
        replace(words(wording, *noun), text=text.replace(NOUN, "council"))
        for wording, text in zip((before, after), texts, strict=True)
    )

    found = [c for c in compare_versions(letter(old), letter(now)) if c.marking]

    assert [(c.marking, *told(c)) for c in found] == [
        (marking, "changed", "wording", gone, new or f"[{gone}](https://a.example)")
    ]


def test_how_an_insert_is_set_is_the_inserts() -> None:
    before, after = words("all *ponds*", insert="busy"), words("all ponds", insert="busy")

    (change,) = compare_versions(
        letter(replace(before, text="all ponds")), letter(replace(after, text="all ponds"))
    )

    assert (change.cause, change.marking, change.printed) == (INSERT, "emphasis", None)


def test_signs_in_fixed_words_are_no_marks() -> None:
    before, after = (words(w, role="masthead", origin="edition") for w in ("*Ponds*", "Ponds"))

    assert changes(letter(before), letter(after)) == [("changed", "wording", "*Ponds*", "Ponds")]


def test_a_placeholder_in_place_of_the_same_printed_word_is_no_change() -> None:
    before, after = (
        words("the council and its ponds"),
        words(f"the {NOUN} and its ponds", "council"),
    )

    assert changes(letter(before), letter(after)) == []


def test_of_two_rewordings_only_the_one_that_is_printed_is_told() -> None:
    before = words("The council looks after its many ponds and all the ducks.")
    after = words(f"The {NOUN} looks after its many ponds and all the geese.", "council")

    assert changes(letter(before), letter(after)) == [("changed", "wording", "ducks.", "geese.")]


def test_a_rewording_is_told_with_its_placeholders_so_that_it_is_the_same_in_all_letters() -> None:
    before = words(f"We thank the {NOUN} for the ducks that it has.", "council")
    after = words(f"We thank the good {NOUN}’s staff for the ducks that it has.", "council")

    (change,) = compare_versions(letter(before), letter(after))

    assert told(change)[2:] == (NOUN, f"good {NOUN}'s staff")
    assert change.printed is not None
    assert (change.printed.removed, change.printed.added) == (
        ("council",),
        ("good", "council's", "staff"),
    )
    assert change.start == change.printed.start == 3


def test_a_value_is_told_whole_and_by_its_name() -> None:
    wording = "Thank you for {{ insert.matter }}."
    before, after = words(wording, "the new pond"), words(wording, "the old pond")

    (change,) = compare_versions(letter(before), letter(after))

    assert told(change) == ("changed", "data", "the new pond", "the old pond")
    assert change.name == "insert.matter"


def test_two_values_joined_in_one_word_are_one_change() -> None:
    wording = "By {{ edition.year }}/{{ authority.noun }} ducks"
    before, after = words(wording, "2030", "council"), words(wording, "2031", "park")

    assert changes(letter(before), letter(after)) == [
        ("changed", "edition", "2030/council", "2031/park")
    ]


def test_of_several_values_only_the_one_that_differs_is_told() -> None:
    wording = "The {{ authority.noun }} of {{ authority.name }} has ponds."
    before, after = words(wording, "council", "Ambridge"), words(wording, "council", "Borchester")

    assert changes(letter(before), letter(after)) == [("changed", "data", "Ambridge", "Borchester")]


def test_wording_that_its_text_does_not_bear_out_is_compared_as_printed() -> None:
    before = replace(words("Ponds of {{ authority.name }}", "Ambridge"), text="Lakes of Ambridge")
    after = words("Ponds of {{ authority.name }}", "Ambridge")

    assert changes(letter(before), letter(after)) == [("changed", "data", "Lakes", "Ponds")]


def test_a_paragraph_that_moved_and_was_reworded_is_told_as_both() -> None:
    text = "We publish the state of all ponds every year so that people can see them."
    before = [words(text, part="ponds"), words("Ducks.", part="ducks")]
    after = [words("Ducks.", part="ducks"), words(text.replace("see", "read"), part="ducks")]

    moved, reworded = compare_versions(letter(*before), letter(*after))

    assert moved.action is ChangeType.MOVED
    assert (moved.before, moved.after) == (before[0], after[1])
    assert told(reworded) == ("changed", "wording", "see", "read")


def test_a_side_without_wording_is_compared_as_printed_and_the_cause_is_inferred() -> None:
    before = read("The council's ponds are comprehensibly full.")
    after = words(f"The {NOUN}’s ponds are comprehensively full.", "council")

    (change,) = compare_versions(letter(before), letter(after))

    assert told(change) == ("changed", "wording", "comprehensibly", "comprehensively")
    assert change.inferred


def test_a_value_that_differs_from_a_text_is_told_whole() -> None:
    before = read("Walter Gabriel", "opening", "address_line")
    after = words(
        "{{ authority.addressee.name }}", "Joe Gabriel Grundy", part="opening", role="address_line"
    )

    (change,) = compare_versions(letter(before), letter(after))

    assert told(change) == ("changed", "data", "Walter Gabriel", "Joe Gabriel Grundy")
    assert change.name == "authority.addressee.name"


def test_a_value_that_lost_its_last_word_is_told_whole_where_it_is_all_there_is() -> None:
    before = read("Chief Executive Officer", "opening", "address_line")
    office = "{{ authority.addressee.office }}"
    after = words(office, "Chief Executive", part="opening", role="address_line")

    (change,) = compare_versions(letter(before), letter(after))

    assert told(change) == ("changed", "data", "Chief Executive Officer", "Chief Executive")


def test_words_gone_beside_a_value_may_have_been_the_wordings() -> None:
    before = read("We thank the council of old for it.")
    after = words(f"We thank the {NOUN} for it.", "council")

    (change,) = compare_versions(letter(before), letter(after))

    assert told(change) == ("changed", "wording", "of old", "")


def test_white_space_lost_in_reading_is_no_change() -> None:
    before = read("Report:Ambridge for the PeriodEnding", "report")
    after = words("Report: Ambridge for the Period Ending", part="report")

    assert changes(letter(before), letter(after)) == []


def test_white_space_lost_in_wording_is_a_change() -> None:
    before, after = words("Report:Ambridge is here"), words("Report: Ambridge is here")

    assert changes(letter(before), letter(after)) == [
        ("changed", "wording", "Report:Ambridge", "Report: Ambridge")
    ]


def test_what_could_not_be_read_is_not_told_as_new() -> None:
    notes = words("The uphold rate is a part of the investigations.", part="report")
    before = letter(read("Ducks."), lost=frozenset({("report", "paragraph")}))

    assert changes(before, letter(words("Ducks."), notes)) == []


def test_the_number_of_pages_is_told_whatever_else_differs() -> None:
    two = letter(words("Ducks swim."), pages=2)

    assert changes(two, letter(words("Ducks swim."), pages=3)) == [("changed", "layout", "2", "3")]
    assert changes(two, letter(words("Geese swim."), pages=3)) == [
        ("changed", "wording", "Ducks", "Geese"),
        ("changed", "layout", "2", "3"),
    ]
    assert changes(two, letter(words("Ducks swim."))) == []


def test_all_is_told_in_the_order_of_the_letter() -> None:
    before = letter(words("One duck and more."), words("Two geese and more."), figure("roads", 3))
    after = letter(words("One drake and more."), words("Two swans and more."), figure("roads", 4))

    assert [gone for _, _, gone, _ in changes(before, after)] == ["duck", "geese", "3"]


def test_a_comparison_says_what_has_no_counterpart_and_what_could_not_be_read() -> None:
    pair = (letter(read("Ducks."), unread=("no masthead",)), letter(words("Ducks.")))

    comparison = compare_all(
        [pair],
        year=2031,
        against="the letters of 2030",
        unmatched_new=["borchester"],
        unmatched_old=["Felpersham City Council"],
    )

    assert (comparison.year, comparison.against) == (2031, "the letters of 2030")
    assert (comparison.added, comparison.removed) == (("borchester",), ("Felpersham City Council",))
    assert comparison.unread == {"ambridge": ("no masthead",)}
    assert [compared.slug for compared in comparison.letters] == ["ambridge"]


def test_a_letter_is_compared_with_each_of_its_predecessors() -> None:
    after = letter(words("Ducks and geese."), slug="borsetshire")
    pairs = [
        (letter(words("Ducks and swans."), slug="ambridge"), after),
        (letter(words("Ducks and geese."), slug="borchester"), after),
    ]

    comparison = compare_all(pairs, year=2031, against="last year")

    assert [len(compared.changes) for compared in comparison.letters] == [1, 0]
    (shared,) = comparison.shared
    assert (shared.slugs, shared.of, shared.exceptions) == (("borsetshire",), 1, ())


def test_the_passages_of_a_change_are_those_of_the_letter() -> None:
    before, after = words("Ducks and geese."), words("Ducks and swans.")

    (change,) = compare_versions(letter(before), letter(after))

    assert isinstance(change, Change)
    assert isinstance(change.before, Block)
    assert change.before is before
    assert change.after is after
    assert change.part == "ponds"
