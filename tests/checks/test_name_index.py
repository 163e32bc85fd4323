"""Of the names of an edition's authorities, those that stand in a text are found: all, and only."""

import re
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.mentions import NameIndex

AUTHORITY = "Ambridge District Council"


def one_by_one(names: Iterable[str], authority: str, printed: str, own: str) -> Iterator[str]:
    """What is asked for, said plainly: each name is looked for in the whole text."""

    def count(name: str, text: str) -> int:
        text = text.replace(authority, "") if name in authority else text
        return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))

    for name in names:
        if name != authority and name in printed and count(name, printed) > count(name, own):
            yield name


CASES = {
    "another name": (["Felpersham City Council"], "We met Felpersham City Council.", ""),
    "beside a sign": (["Felpersham City Council"], "(Felpersham City Council’s)", ""),
    "twice the same name": (["Penny Hassett", "Penny Hassett"], "Penny Hassett", ""),
    "a name inside another, both given": (["Felpersham", "Felpersham City"], "Felpersham City", ""),
    "a name of signs": (["&"], "Brown & Sons", ""),
    "a name that begins with a sign": (["'s-Bridge"], "to 's-Bridge", ""),
    "inside our own, and by itself": (["District Council"], f"{AUTHORITY}: a District Council", ""),
    "around our own": (["Ambridge"], f"Amb{AUTHORITY}ridge", ""),
    "once more than in its own words": (["Penny Hassett"], "Penny Hassett " * 2, "Penny Hassett"),
}


@pytest.mark.parametrize("case", CASES)
def test_another_authority_in_the_text_is_found(case: str) -> None:
    names, printed, own = CASES[case]

    assert list(NameIndex(names).others(AUTHORITY, printed, own)) == names


NOT_FOUND = {
    "its own name": ([AUTHORITY], f"To {AUTHORITY}", ""),
    "a part of a longer word": (["Penny"], "Pennyworth and Halfpenny", ""),
    "a part of its own name": (["Bridge District Council", "District Council"], AUTHORITY, ""),
    "words in another order": (["Penny Hassett"], "Hassett Penny", ""),
    "words with others between": (["Penny Hassett"], "Penny and Hassett", ""),
    "as often in its own words": (["Penny Hassett"], "Penny Hassett", "Penny Hassett"),
}


@pytest.mark.parametrize("case", NOT_FOUND)
def test_what_is_no_other_authority_is_not_found(case: str) -> None:
    names, printed, own = NOT_FOUND[case]

    assert list(NameIndex(names).others(AUTHORITY, printed, own)) == []


# Few words and signs, so that names stand in texts, in each other, and side by side.
WORD = st.sampled_from(["Am", "bridge", "Ambridge", "District", "Council", "é", "7", "&", "'", "-"])
TEXT = st.lists(st.tuples(WORD, st.sampled_from([" ", "", " ", "-"])), max_size=14).map(
    lambda parts: "".join(word + after for word, after in parts).strip()
)
NAME = TEXT.filter(bool)


@given(names=st.lists(NAME, max_size=8), authority=NAME, before=TEXT, after=TEXT, own=TEXT)
def test_the_names_found_are_those_found_one_by_one(
    names: list[str], authority: str, before: str, after: str, own: str
) -> None:
    for name in [authority, *names]:
        printed = f"{before} {name}{after} {authority} {name}"
        expected = list(one_by_one(names, authority, printed, own))

        assert list(NameIndex(names).others(authority, printed, own)) == expected
