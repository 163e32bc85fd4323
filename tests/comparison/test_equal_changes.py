"""Equal changes of many letters are told once, with their letters and the exceptions."""

from generator.comparison.changes import WORDING, Comparison, SharedChange
from generator.comparison.compare import compare_all
from generator.letter.letter import Block, Letter, PrintedFigure
from tests.comparison.sides import figure, letter, read, told, words

COUNTED = "We received {{ authority.received.total }} about the ponds, which is many."
RECOUNTED = "We received {{ authority.received.total }} about the ponds, which is few."
LetterPair = tuple[Block | PrintedFigure, ...]


def compare(*letters: tuple[LetterPair, LetterPair]) -> Comparison:
    """Letters named a, b, c …, each with last year's and this year's passages and figures."""
    pairs: list[tuple[Letter, Letter]] = [
        (letter(*before, slug=slug), letter(*after, slug=slug))
        for slug, (before, after) in zip("abcdefgh", letters, strict=False)
    ]
    return compare_all(pairs, year=2031, against="last year")


def in_short(shared: SharedChange) -> tuple[str, str, str, str]:
    change = shared.change
    letters = f"{''.join(shared.slugs)} of {shared.of}, not {''.join(shared.exceptions)}"
    return (change.cause.name, change.removed, change.added, letters)


def test_a_rewording_is_one_change_though_the_values_in_it_differ() -> None:
    comparison = compare(
        ((words(COUNTED, "3"),), (words(RECOUNTED, "3"),)),
        ((words(COUNTED, "4"),), (words(RECOUNTED, "4"),)),
        ((words(COUNTED, "5"),), (words(RECOUNTED, "6"),)),
    )

    assert [in_short(shared) for shared in comparison.shared] == [
        ("wording", "many.", "few.", "abc of 3, not "),
        ("data", "5", "6", "c of 1, not "),
    ]


def test_the_exceptions_are_the_letters_that_have_the_passage_and_not_the_change() -> None:
    comparison = compare(
        ((words("All ponds."),), (words("All lakes."),)),
        ((words("All ponds."),), (words("All lakes."),)),
        ((words("All lakes."),), (words("All lakes."),)),
        ((words("Few ducks."),), (words("Few ducks."),)),
    )

    assert [in_short(shared) for shared in comparison.shared] == [
        ("wording", "ponds.", "lakes.", "ab of 3, not c")
    ]


def test_equal_words_in_other_passages_are_other_changes() -> None:
    comparison = compare(
        ((words("All ponds are here."),), (words("All lakes are here."),)),
        ((words("All ponds are gone."),), (words("All lakes are gone."),)),
        ((words("All ponds are here.", part="b"),), (words("All lakes are here.", part="b"),)),
    )

    assert [shared.slugs for shared in comparison.shared] == [("a",), ("b",), ("c",)]


def test_equal_words_twice_in_a_passage_are_two_changes() -> None:
    before, after = words("Ponds by the old ponds"), words("Lakes by the old lakes")

    comparison = compare(
        ((words("A pond by that very pond"),), (words("A lake by that very lake"),)),
        ((words("A pond by that very pond"),), (words("A lake by that very lake"),)),
        ((before,), (before,)),
        ((after,), (after,)),
    )

    assert [in_short(shared) for shared in comparison.shared] == [
        ("wording", "pond", "lake", "ab of 2, not "),
        ("wording", "pond", "lake", "ab of 2, not "),
    ]
    assert [shared.change.start for shared in comparison.shared] == [1, 5]


def test_figures_are_each_letters_own_even_where_they_are_equal() -> None:
    old, new = (words("Ponds."), figure("roads", 3)), (words("Ponds."), figure("roads", 4))

    comparison = compare((old, new), (old, new), (old, old))

    assert [in_short(shared) for shared in comparison.shared] == [
        ("figures", "3", "4", "a of 1, not "),
        ("figures", "3", "4", "b of 1, not "),
    ]


def test_a_figure_in_a_sentence_is_each_letters_own_even_where_it_is_equal() -> None:
    old, new = (words(COUNTED, "3"),), (words(COUNTED, "4"),)

    assert [shared.slugs for shared in compare((old, new), (old, new)).shared] == [("a",), ("b",)]


def test_a_new_office_that_several_share_is_one_change_of_theirs_alone() -> None:
    def line(office: str) -> LetterPair:
        return (words("{{ authority.addressee.office }}", office, role="address_line"),)

    old, new = line("Chief Executive"), line("Managing Director")

    assert [in_short(shared) for shared in compare((old, new), (old, new), (old, old)).shared] == [
        ("data", "Chief Executive", "Managing Director", "ab of 2, not ")
    ]


def test_a_new_label_is_one_change() -> None:
    old = (words("Ponds."), figure("roads", 3, "Roads"))
    new = (words("Ponds."), figure("roads", 3, "Lanes"))

    assert [in_short(shared) for shared in compare((old, new), (old, new), (new, new)).shared] == [
        ("wording", "Roads", "Lanes", "ab of 3, not c")
    ]


def test_a_paragraph_gone_says_who_had_it_last_year() -> None:
    ponds, ducks = words("All the ponds."), words("All the ducks are here and nowhere else.")

    comparison = compare(
        ((ponds, ducks), (ponds,)),
        ((ponds, ducks), (ponds, ducks)),
        ((ponds,), (ponds,)),
    )

    assert [in_short(shared) for shared in comparison.shared] == [
        ("wording", ducks.text, "", "a of 2, not b")
    ]


def test_texts_share_a_change_though_their_figures_and_names_differ() -> None:
    def sides(slug: str, number: int) -> tuple[LetterPair, LetterPair]:
        text = f"{slug.title()} has {number} ponds and looks after"
        return (read(f"{text} some of them."),), (read(f"{text} all of them."),)

    comparison = compare(sides("a", 3), sides("b", 1204), sides("c", 5))

    assert [in_short(shared) for shared in comparison.shared] == [
        ("wording", "some", "all", "abc of 3, not ")
    ]


def test_the_most_widely_shared_change_is_told_first() -> None:
    ponds, ducks, lakes = words("All the ponds."), words("All the ducks."), words("All the lakes.")

    comparison = compare(
        ((ponds,), (ducks,)),
        ((ponds,), (lakes,)),
        ((ponds,), (lakes,)),
    )

    assert [(told(s.change)[3], s.slugs) for s in comparison.shared] == [
        ("lakes.", ("b", "c")),
        ("ducks.", ("a",)),
    ]


def test_a_concluded_cause_is_said_of_the_change_and_of_each_letters() -> None:
    sides = (read("We thank the body."),), (words("We thank the {{ authority.noun }}.", "park"),)

    comparison = compare(sides, sides, sides)

    (shared,) = comparison.shared
    assert shared.change.cause is WORDING
    assert [c.cause for each in comparison.letters for c in each.changes] == [WORDING] * 3


def test_a_number_of_pages_is_told_once_with_its_letters_whatever_else_differs() -> None:
    def paged(slug: str, pages: int, text: str) -> Letter:
        return letter(words(text), slug=slug, pages=pages)

    numbers = {"a": (2, 3), "b": (2, 3), "c": (2, 2), "d": (3, 2)}
    pairs = [
        (paged(slug, before, "All ponds."), paged(slug, after, "All lakes."))
        for slug, (before, after) in numbers.items()
    ]
    comparison = compare_all(pairs, year=2031, against="last year")

    assert [in_short(shared) for shared in comparison.shared] == [
        ("wording", "ponds.", "lakes.", "abcd of 4, not "),
        ("layout", "2", "3", "ab of 4, not cd"),
        ("layout", "3", "2", "d of 4, not abc"),
    ]
