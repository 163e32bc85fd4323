"""Why something differs: known from both wordings, or concluded from how many letters share it."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.comparison.changes import (
    DATA,
    EDITION,
    INSERT,
    RULE,
    WORDING,
    Cause,
    Change,
    ChangeType,
    conclude,
)
from generator.comparison.compare import compare_all, compare_versions
from generator.comparison.edition_context import Condition, EditionContext
from generator.letter.letter import Block, Letter
from generator.problems import Place
from tests.comparison.sides import letter, read, words

BUSY = words("This was a busy year for all the ponds.", insert="busy")
INSERT_RULE = Place(Path("busy.md"), 3, 1)
HAS_BUSY = EditionContext(inserts=frozenset({"busy"}))
BY_RULE = EditionContext(inserts=frozenset({"busy"}), rules={"busy": Condition(INSERT_RULE)})


def cause_between(before: Block, after: Block) -> Cause:
    (change,) = compare_versions(letter(before), letter(after))
    assert not change.inferred
    return change.cause


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("edition.letter_date", EDITION),
        ("edition.year", EDITION),
        ("authority.noun", DATA),
        ("authority.received.total", DATA),
        ("insert.matter", DATA),
    ],
)
def test_another_value_in_the_same_wording_is_of_the_edition_or_of_the_data(
    name: str, expected: Cause
) -> None:
    wording = f"All of {{{{ {name} }}}} ponds"

    assert cause_between(words(wording, "one"), words(wording, "two")) is expected


def test_other_words_are_of_the_wording_or_of_the_insert_that_they_are_in() -> None:
    assert cause_between(words("All ponds"), words("All lakes")) is WORDING
    assert cause_between(BUSY, words("This was a hard year for all the ponds.", insert="busy")) is (
        INSERT
    )


def test_an_office_is_typed_into_the_edition_though_it_is_no_value() -> None:
    before, after = (
        words(office, part="closing", role="office", origin="edition")
        for office in ("Ombudsman", "Chair")
    )
    assert cause_between(before, after) is EDITION


def test_values_that_cannot_be_told_from_the_words_are_of_the_edition_where_all_are() -> None:
    wording = "{{ edition.year }} {{ edition.year }}"
    before, after = words(wording, "1", "2"), words(wording, "1", "3")

    assert cause_between(replace(before, text="1 x"), replace(after, text="1 y")) is EDITION


def added_insert(old: EditionContext, new: EditionContext) -> Change:
    (change,) = compare_versions(letter(words("Ponds.")), letter(words("Ponds."), BUSY), old, new)
    assert change.action is ChangeType.ADDED
    return change


def test_an_insert_with_a_rule_that_both_years_have_came_by_its_rule() -> None:
    change = added_insert(HAS_BUSY, BY_RULE)

    assert change.cause is RULE
    assert (change.place_before, change.place_after) == (None, INSERT_RULE)


def test_an_insert_that_lost_its_rule_went_by_it() -> None:
    (change,) = compare_versions(
        letter(words("Ponds."), BUSY), letter(words("Ponds.")), BY_RULE, HAS_BUSY
    )
    assert change.cause is RULE
    assert change.place_before == INSERT_RULE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (EditionContext(), BY_RULE),
        (HAS_BUSY, HAS_BUSY),
        (HAS_BUSY, replace(BY_RULE, choices={("ambridge", "busy"): Place(Path("a.yaml"), 9)})),
        (replace(BY_RULE, choices={("ambridge", "busy"): Place(Path("a.yaml"), 9)}), BY_RULE),
    ],
    ids=["it is new", "it has no rule", "it was chosen", "it was declined last year"],
)
def test_an_insert_that_did_not_come_by_its_rule(old: EditionContext, new: EditionContext) -> None:
    assert added_insert(old, new).cause is INSERT


def test_an_insert_that_was_chosen_points_to_the_choice() -> None:
    choice = Place(Path("ambridge.yaml"), 9)

    change = added_insert(HAS_BUSY, replace(HAS_BUSY, choices={("ambridge", "busy"): choice}))

    assert change.place_after == choice


def test_an_insert_that_any_letter_had_last_year_is_not_new() -> None:
    """Where last year's edition is known by its letters alone."""
    ponds, with_insert = letter(words("Ponds.")), letter(words("Ponds."), BUSY)

    one_had_it = compare_all(
        [(ponds, with_insert), (with_insert, with_insert)], year=2031, against="", new=BY_RULE
    )
    none_had_it = compare_all([(ponds, with_insert)], year=2031, against="", new=BY_RULE)

    assert [shared.change.cause for shared in one_had_it.shared] == [RULE]
    assert [shared.change.cause for shared in none_had_it.shared] == [INSERT]


def test_a_line_of_the_address_more_is_data() -> None:
    line = words(
        "{{ authority.addressee.name }}",
        "Joe",
        part="opening",
        role="address_line",
        origin="authority",
    )
    (change,) = compare_versions(letter(words("Ponds.")), letter(words("Ponds."), line))

    assert (change.action, change.cause) == (ChangeType.ADDED, DATA)


# Concluded: last year's letters are texts.


def pairs(*letters: tuple[str, Block]) -> list[tuple[Letter, Letter]]:
    """Last year's text and this year's passage, of so many letters."""
    return [
        (
            letter(read(text, after.part, after.role), slug=f"parish-{number}"),
            letter(after, slug=f"parish-{number}"),
        )
        for number, (text, after) in enumerate(letters)
    ]


def concluded(*letters: tuple[str, Block]) -> list[tuple[str, Cause]]:
    comparison = compare_all(pairs(*letters), year=2031, against="texts")
    assert all(shared.change.inferred for shared in comparison.shared)
    found = [
        (f"{change.removed} > {change.added}", change.cause)
        for compared in comparison.letters
        for change in compared.changes
    ]
    assert {cause for _, cause in found} == {s.change.cause for s in comparison.shared}
    return found


def test_a_value_that_differs_in_each_letter_is_data() -> None:
    wording = "We received {{ authority.received.total }} about ponds."

    assert concluded(
        ("We received 3 about ponds.", words(wording, "4")),
        ("We received 5 about ponds.", words(wording, "6")),
        ("We received 7 about ponds.", words(wording, "7")),
    ) == [("3 > 4", DATA), ("5 > 6", DATA)]


def test_a_value_of_the_edition_is_of_the_edition_in_one_letter_too() -> None:
    wording = "The year to {{ edition.period_end }} was dry."

    assert concluded(("The year to 31 March 2030 was dry.", words(wording, "31 March 2031"))) == [
        ("31 March 2030 > 31 March 2031", EDITION)
    ]


def test_words_that_most_letters_now_take_from_a_value_were_reworded() -> None:
    wording = "We thank the {{ authority.noun }} for it."

    found = concluded(*[("We thank the body for it.", words(wording, "council"))] * 3)

    assert found == [("body > council", WORDING)] * 3


def test_words_that_are_typed_into_the_wording_were_reworded_in_one_letter_too() -> None:
    letters = [("Ponds are few.", words("Ponds are few."))] * 3

    assert concluded(("Ponds are not many.", words("Ponds are few.")), *letters) == [
        ("not many. > few.", WORDING)
    ]


def test_a_paragraph_of_an_insert_was_inserted() -> None:
    before, after = letter(read("Ponds.")), letter(words("Ponds."), BUSY)

    comparison = compare_all([(before, after)], year=2031, against="texts", new=BY_RULE)

    (change,) = comparison.letters[0].changes
    assert (change.action, change.cause, change.inferred) == (ChangeType.ADDED, INSERT, True)


@pytest.mark.parametrize(("having", "expected"), [(3, WORDING), (2, WORDING), (1, INSERT)])
def test_a_paragraph_gone_from_most_letters_was_shared_wording(
    having: int, expected: Cause
) -> None:
    """One gone from a letter or a few was an insert."""
    gone = read("The ducks of the county are looked after by its people and by us.")
    letters = [
        (
            letter(read("Ponds."), *([gone] if number < having else []), slug=f"parish-{number}"),
            letter(words("Ponds."), slug=f"parish-{number}"),
        )
        for number in range(3)
    ]

    comparison = compare_all(letters, year=2031, against="texts")

    (shared,) = comparison.shared
    assert (shared.change.action, shared.change.cause) == (ChangeType.REMOVED, expected)
    assert len(shared.slugs) == having


@pytest.mark.parametrize(
    ("role", "letters", "expected"),
    [
        ("date", 1, EDITION),
        ("report_period", 1, EDITION),
        ("salutation", 9, DATA),
        ("paragraph", 9, WORDING),
        ("paragraph", 1, DATA),
    ],
)
def test_where_no_side_has_wording_the_role_and_the_number_of_letters_decide(
    role: str, letters: int, expected: Cause
) -> None:
    change = Change(
        ChangeType.CHANGED,
        WORDING,
        removed="one",
        added="two",
        before=read("one pond", role=role),
        after=read("two pond", role=role),
        inferred=True,
    )
    assert conclude(change, letters, of=10, total=10) is expected
