"""What there is to approve, and what an approval covers: exactly what was shown."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.issuing.review_items import ItemKind, Review, review_items
from generator.lineage.earlier_years import load_edition
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, STATISTICS, build_tree

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE = f"data/2031/authorities/{A}.yaml"
EDITION_FILE = "data/2031/edition.yaml"
SECTION, STATISTICS_FILE = (
    f"templates/2031/sections/{name}.md" for name in ("introduction", "statistics")
)
CASES = f"""{STATISTICS}
::: when authority.decided.upheld > 0
We *upheld* some; [see how](https://ombudsman.borsetshire.example/how).
::: otherwise
We upheld none.
:::
"""
INSERT = "templates/2031/inserts/thanks.md"
BASE = {
    STATISTICS_FILE: CASES,
    INSERT: "---\nplace: introduction\n---\nThank you for {{ insert.what }}.\n",
    A_FILE: f"{AMBRIDGE}inserts:\n  - thanks: {{what: a visit}}\n",
}


def items(folder: Path, changes: Mapping[str, str]) -> Review:
    return review_items(load_edition(build_tree(folder, BASE, changes)))


def names(review: Review) -> set[tuple[str, str, str]]:
    return {(item.kind, item.name, item.digest) for item in review.items}


def test_each_shared_passage_is_there_once_with_the_letters_that_have_it(tmp_path: Path) -> None:
    found = {item.parts.get("words"): item for item in items(tmp_path, {}).items}

    both = (
        "We received {{ authority.received.total }} about the {{ authority.noun }}.",
        "We publish these figures every year.",
        "Dear {{ authority.addressee.salutation }},",
    )
    assert {found[words].slugs for words in both} == {(A, F)}
    upheld = found["We *upheld* some; [see how](https://ombudsman.borsetshire.example/how)."]
    assert (upheld.slugs, upheld.parts["stands where"]) == ((A,), "authority.decided.upheld > 0")
    none = found["We upheld none."]
    assert (none.slugs, none.parts["stands where"]) == ((F,), "not (authority.decided.upheld > 0)")
    thanks = found["Thank you for {{ insert.what }}."]
    assert (thanks.kind, thanks.name, thanks.slugs) == (ItemKind.INSERT, "thanks", (A,))


def test_what_is_one_letters_own_is_shown_with_it(tmp_path: Path) -> None:
    own, figures = (i for i in items(tmp_path, {}).items if i.slugs == (A,) and i.name == A)

    assert dict(own.parts) == {
        "addressee": "Walter Gabriel\nChief Executive\nAmbridge District Council\n"
        "Dear Walter Gabriel,",
        "inserts": "thanks",
        "in sentences": "authority.noun: council\nauthority.received.total: 17 complaints\n"
        "insert.what: a visit",
    }
    assert list(figures.parts) == ["Complaints received", "Decisions made", "Complaints remedied"]
    assert "Ponds and Ducks: 14" in figures.parts["Complaints received"].split("\n")


def test_the_letters_of_a_pattern_have_the_same_passages(tmp_path: Path) -> None:
    assert items(tmp_path, {}).patterns == [[A], [F]]
    alike = {A_FILE: AMBRIDGE.replace("upheld: 3", "upheld: 0").replace("by_us: 2", "by_us: 0")}
    assert items(tmp_path / "2", alike).patterns == [[A, F]]


WORDING, INSERTS, LETTER, FIGURES = (kind.value for kind in ItemKind)
EDITS: dict[str, tuple[str, str, str, set[tuple[str, str]]]] = {
    "a word of a shared paragraph": (
        SECTION, "write to you", "write to all of you", {(WORDING, "introduction/1")},
    ),
    "a mark": (STATISTICS_FILE, "*upheld*", "upheld", {(WORDING, "statistics/4")}),
    "where a link leads": (STATISTICS_FILE, "/how", "/why", {(WORDING, "statistics/4")}),
    "a rule": (
        STATISTICS_FILE, "upheld > 0", "upheld > 1",
        {(WORDING, "statistics/4")},  # both cases stand there, each in its letter
    ),
    "the words of an insert": (INSERT, "Thank you", "Thanks", {(INSERTS, "thanks")}),
    "a value of an insert": (A_FILE, "a visit", "two visits", {(LETTER, A)}),
    "an insert less": (
        A_FILE, "inserts:\n  - thanks: {what: a visit}\n", "",
        {(LETTER, A), (INSERTS, "thanks")},  # which no letter has any more
    ),
    "who a letter goes to": (A_FILE, "Walter Gabriel", "Jethro Larkin", {(LETTER, A)}),
    "a figure": (A_FILE, "not_upheld: 5", "not_upheld: 4", {(FIGURES, A)}),
    "a figure that stands in a sentence": (
        A_FILE, "ponds: 14", "ponds: 15", {(FIGURES, A), (LETTER, A)},
    ),
    "a label": (
        EDITION_FILE, "Ponds and Ducks", "Ponds, Ducks",
        {(WORDING, "report/5"), (FIGURES, A), (FIGURES, F)},
    ),
    "the date of all letters": (
        EDITION_FILE, "letter_date: 2031-07-16", "letter_date: 2031-07-17",
        {(WORDING, "opening/2")},
    ),
    "a style": ("templates/letter.css", "margin", "padding", set()),
    "a comment": (A_FILE, "name: Ambridge", "# new\nname: Ambridge", set()),
    "the order of keys": (A_FILE, "by_us: 2, by_authority: 1", "by_authority: 1, by_us: 2", set()),
}  # fmt: skip


def edited(*names: str) -> dict[str, str]:
    files = {**BORSETSHIRE, **BASE}
    for name in names:
        path, old, new, _ = EDITS[name]
        assert old in files[path], name
        files[path] = files[path].replace(old, new, 1)
    return files


@pytest.mark.parametrize("edit", EDITS)
def test_a_change_is_one_of_what_covers_it_and_of_nothing_else(edit: str, tmp_path: Path) -> None:
    before, after = items(tmp_path, {}), items(tmp_path, edited(edit))

    changed = {(kind, name) for kind, name, _ in names(before) - names(after)}

    assert changed == EDITS[edit][3]


APART = [e for e in EDITS if e not in {"an insert less", "the words of an insert"}]


@pytest.mark.thorough
@given(st.sets(st.sampled_from(APART), max_size=4))
def test_several_changes_are_those_of_each(
    tmp_path_factory: pytest.TempPathFactory, edits: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("several")
    before, after = items(folder, {}), items(folder, edited(*sorted(edits)))

    changed = {(kind, name) for kind, name, _ in names(before) - names(after)}

    assert changed == {item for edit in edits for item in EDITS[edit][3]}


def test_a_letter_that_cannot_be_composed_has_nothing_to_approve(tmp_path: Path) -> None:
    found = items(tmp_path, {A_FILE: "name: [\n"})

    assert {slug for item in found.items for slug in item.slugs} == {F}
