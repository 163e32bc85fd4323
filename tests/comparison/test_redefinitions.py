"""A sum or a rate that is worked out otherwise is told once; what comes of that alone is not."""

from pathlib import Path

import pytest

from generator.comparison.compare import compare_all
from generator.comparison.edition_context import EditionContext
from generator.comparison.redefinitions import Definition, redefinition
from generator.letter.letter import Letter
from generator.problems import Place
from tests.comparison.sides import figure, letter, told, words

FILE = Path("data/2031/edition.yaml")
TOTAL = ("received", "total")
SOURCES = (("received", "roads"), ("received", "ponds"))


def definition(text: str, line: int = 9) -> Definition:
    return Definition({"sum": (text, Place(FILE, line))})


def context(text: str) -> EditionContext:
    return EditionContext(
        definitions={TOTAL: definition(text)}, parts={TOTAL: SOURCES}, sources={TOTAL: SOURCES}
    )


def parish(slug: str, roads: int, total: int, *, with_ponds: bool = True) -> Letter:
    ponds = [figure("ponds", 4)] if with_ponds else []
    said = words("We received {{ authority.received.total }}.", str(total))
    return letter(
        said, figure("roads", roads), *ponds, figure("total", total, kind="sum"), slug=slug
    )


def all_told(*pairs: tuple[Letter, Letter]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    found = compare_all(
        pairs, year=2031, against="2030", old=context("all"), new=context("roads")
    ).shared
    return [(told(shared.change), shared.slugs) for shared in found]


ONCE = ("changed", "edition", "sum: all", "sum: roads")


def test_it_is_told_once_and_none_of_the_sums_that_come_of_it() -> None:
    pairs = [(parish(s, n, n + 4), parish(s, n, n)) for s, n in (("a", 3), ("b", 5))]

    assert all_told(*pairs) == [(ONCE, ("a", "b"))]


def test_a_sum_of_other_counts_is_told_beside_it() -> None:
    found = all_told((parish("a", 3, 7), parish("a", 5, 5)))

    assert [change for change, _ in found] == [
        ("changed", "data", "7", "5"),
        ("changed", "figures", "3", "5"),
        ONCE,
        ("changed", "figures", "7", "5"),
    ]


def test_so_is_one_of_counts_that_the_letter_does_not_print() -> None:
    """Nobody knows then whether it is for the definition alone."""
    pair = (parish("a", 3, 7, with_ponds=False), parish("a", 3, 3, with_ponds=False))

    assert ("changed", "figures", "7", "3") in [change for change, _ in all_told(pair)]


@pytest.mark.parametrize(
    ("old", "new"), [(None, definition("all")), (definition("all"), None), (definition("all"),) * 2]
)
def test_what_is_not_known_or_the_same_is_no_change(
    old: Definition | None, new: Definition | None
) -> None:
    assert redefinition(old, new) is None


def test_a_changed_definition_is_named_by_the_line_of_what_changed() -> None:
    old = Definition({"percent": ("a", Place(FILE, 3)), "of": ("b", Place(FILE, 4))})
    new = Definition({"percent": ("a", Place(FILE, 5)), "of": ("c", Place(FILE, 6))})

    found = redefinition(old, new)

    assert found is not None
    assert found.texts == ("percent: a, of: b", "percent: a, of: c")
    assert [place.line for place in found.places] == [4, 6]
