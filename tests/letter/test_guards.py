"""Guards: what may be nothing stands only where a rule proves that it is known."""

from pathlib import Path

import pytest

from generator.letter.guards import is_proven
from generator.letter.rules import Requirement, parse_rule
from generator.letter.variables import Type, Vocabulary, VocabularyEntry
from generator.project.load_edition import load_edition
from tests.borsetshire import BORSETSHIRE, EDITION, STATISTICS, build_tree
from tests.letter.reading import (
    EDITION_FILE,
    FELPERSHAM,
    STATISTICS_FILE,
    insert_file,
    lines,
    texts,
)

RATE = "{{ authority.decided.uphold_rate }}"
INSERT_FILE = insert_file("ponds")


def insert(when: str, words: str) -> dict[str, str]:
    rule = f"when: {when}\n" if when else ""
    return {INSERT_FILE: f"---\nplace: statistics\n{rule}---\n{words}\n"}


def section(words: str) -> dict[str, str]:
    return {STATISTICS_FILE: f"{STATISTICS}\n{words}\n"}


SAYS_NOTHING = {
    "of the complaints": f"We upheld {RATE} of the complaints.",
    "at the end of a sentence": f"Your rate was {RATE}.",
    "at its beginning": f"{RATE} were upheld.",
    "in an item of a list": f"- upheld: {RATE} of all",
    "set in bold": f"We upheld **{RATE}** of them.",
}


@pytest.mark.parametrize("words", SAYS_NOTHING.values(), ids=SAYS_NOTHING)
def test_a_rate_of_nothing_is_no_part_of_a_sentence(tmp_path: Path, words: str) -> None:
    line, column = STATISTICS.count("\n") + 2, words.index("{{") + 1

    assert lines(build_tree(tmp_path, section(words))) == [
        f"{STATISTICS_FILE}:{line}:{column}: error: {RATE}: authority.decided.uphold_rate may have "
        'no value here; write it under "::: when authority.decided.uphold_rate is known"'
    ]


ALONE = {
    "behind a colon": f"Uphold rate: {RATE}",
    "behind a colon, with a full stop": f"Your uphold rate: {RATE}.",
    "in an item of a list": f"- uphold rate: {RATE}",
    "by itself": RATE,
}


@pytest.mark.parametrize("words", ALONE.values(), ids=ALONE)
def test_a_rate_that_stands_alone_may_be_nothing(tmp_path: Path, words: str) -> None:
    assert lines(build_tree(tmp_path, section(words))) == []


U, N = "authority.decided.upheld", "authority.decided.not_upheld"
R, T = "authority.decided.uphold_rate", "authority.decided.total"
ROADS = "authority.received.roads"
RULES: dict[str, bool] = {
    f"{R} >= 60": True,
    f"{R} == 0": True,
    f"{R} < 60": True,
    f"60 > {R}": True,
    f"{R} != 60": False,
    f"{U} > 0": True,
    f"{U} != 0": True,
    f"0 < {U} < 9": True,
    f"{N} > 0": True,
    f"{U} >= 0": False,
    f"{U} == 0": False,
    f"{T} > 0": False,
    "authority.received.total > 0": False,
    f"{U} > 0 and authority.received.roads > 3": True,
    f"authority.received.roads > 3 and {U} > 0": True,
    f"{U} > 0 or {N} > 0": True,
    f"{U} > 0 or authority.received.roads > 3": False,
    f"not {U} == 0": True,
    f"not ({U} == 0 and {N} == 0)": True,
    f"not {R} >= 60": False,
    'authority.kind == "council"': False,
    f"{R} is known": True,
    f"{R} is not known": False,
    f"not {R} is known": False,
    f"not {R} is not known": True,
    f"not {R} != 5": True,
    f"{R} > {U}": True,
    f"{U} > {R}": True,
    f"{U} == {R}": True,
    f"{U} != {R}": False,
    f"{U} >= 1": True,
    f"{U} == 2": True,
    f"2 == {U}": True,
    f"0 != {U}": True,
    f"1 <= {U}": True,
    f"0 >= {U}": False,
    f"{U} != 1": False,
    f"{U} < 3": False,
    f"not {U} < 1": True,
    f"not {U} <= 0": True,
    f"not {U} > 0": False,
    f"not ({U} == 0 or {ROADS} > 3)": True,
    f"not ({U} == 0 and {ROADS} > 3)": False,
    f"({U} > 0 and {ROADS} > 1) or ({N} > 0 and {ROADS} < 1)": True,
    f"{R} is known or {U} > 0": True,
    f"{R} is known or {ROADS} > 0": False,
    f"3 > {ROADS} > 1": False,
    f"not 0 >= {U}": True,
}


@pytest.mark.parametrize(("rule", "proven"), RULES.items(), ids=RULES)
def test_what_a_rule_proves(rule: str, proven: bool, known: Vocabulary) -> None:
    assert is_proven(R, [Requirement(parse_rule(rule, known))], known) is proven


NEGATED = {
    f"{U} == 0": True,
    f"{U} == 0 and {N} == 0": True,
    f"{R} is known": False,
    f"{R} is not known": True,
    f"{R} >= 60": False,
    f"{R} != 60": True,
    f"{ROADS} == 0": False,
}


@pytest.mark.parametrize(("rule", "proven"), NEGATED.items(), ids=NEGATED)
def test_what_a_rule_proves_that_does_not_hold(rule: str, proven: bool, known: Vocabulary) -> None:
    assert is_proven(R, [Requirement(parse_rule(rule, known), holds=False)], known) is proven


def test_of_several_conditions_one_proves_it(known: Vocabulary) -> None:
    roads, upheld = (Requirement(parse_rule(f"{name} > 0", known)) for name in (ROADS, U))

    assert is_proven(R, [roads, upheld], known)
    assert not is_proven(R, [roads], known)
    assert not is_proven(R, [], known)
    assert is_proven(U, [], known), "a count is never nothing"


def test_a_whole_is_what_is_added_up_in_the_end() -> None:
    """A rate of a sum is proven by the sum, by what that adds up, and by a rate of the same."""
    number, rate = VocabularyEntry(Type.NUMBER), VocabularyEntry(Type.PERCENT, True)
    known = Vocabulary(
        {
            **dict.fromkeys(("a.fit", "a.not_fit", "a.late"), number),
            "a.looked_at": VocabularyEntry(Type.NUMBER, parts=("a.fit", "a.not_fit")),
            "a.all": VocabularyEntry(Type.NUMBER, parts=("a.looked_at", "a.late")),
            "a.rate": VocabularyEntry(Type.PERCENT, True, ("a.looked_at",)),
            "a.other_rate": VocabularyEntry(Type.PERCENT, True, ("a.fit", "a.not_fit")),
            "a.rate_of_one": VocabularyEntry(Type.PERCENT, True, ("a.fit",)),
            "a.rate_of_all": VocabularyEntry(Type.PERCENT, True, ("a.all",)),
            "similar.rate": rate,
        }
    )
    proofs = {
        "a.looked_at > 0": {"a.rate", "a.other_rate", "a.rate_of_all"},
        "a.fit >= 1": {"a.rate", "a.other_rate", "a.rate_of_one", "a.rate_of_all"},
        "a.late == 4": {"a.rate_of_all"},
        "a.all > 0": {"a.rate_of_all"},
        "a.rate is known": {"a.rate", "a.other_rate", "a.rate_of_all"},
        "a.rate_of_one > 5": {"a.rate", "a.other_rate", "a.rate_of_one", "a.rate_of_all"},
        "similar.rate > 5": {"similar.rate"},
        "a.rate > similar.rate": {"similar.rate", "a.rate", "a.other_rate", "a.rate_of_all"},
    }
    rates = [name for name, entry in known.items() if entry.may_be_nothing]
    for rule, expected in proofs.items():
        condition = Requirement(parse_rule(rule, known))
        assert {name for name in rates if is_proven(name, [condition], known)} == expected, rule


IN_PLACE = {
    "an-insert": (insert(f"{U} > 0", f"We upheld {RATE} of them."), []),
    "an-insert-unguarded": (insert(f"{ROADS} > 0", f"We upheld {RATE} of them."), [INSERT_FILE]),
    "an-insert-that-is-named": (
        insert("", f"We upheld {RATE} of them.")
        | {
            "data/2031/authorities/felpersham-city-council.yaml": BORSETSHIRE[
                "data/2031/authorities/felpersham-city-council.yaml"
            ]
            + "inserts: [ponds]\n"
        },
        [INSERT_FILE],
    ),
    "a-case": (section(f"::: when {R} is known\n{RATE} of them\n::: otherwise nothing\n:::"), []),
    "otherwise": (section(f"::: when {U} == 0\nNone.\n::: otherwise\n{RATE} of them.\n:::"), []),
    "the-second-case": (
        section(
            f"::: when {ROADS} > 3\nWet.\n::: otherwise when {U} > 3\n{RATE} of them.\n"
            "::: otherwise nothing\n:::"
        ),
        [],
    ),
    "the-first-case": (
        section(f"::: when {U} == 0\n{RATE} of them.\n::: otherwise\nSome.\n:::"),
        [STATISTICS_FILE],
    ),
    "below-the-condition": (
        section(f"::: when {U} > 0\nSome.\n::: otherwise nothing\n:::\n{RATE} of them."),
        [STATISTICS_FILE],
    ),
    "within-a-paragraph": (
        section(f"We upheld [{RATE} of them]{{when={R} is known}}[none]{{otherwise}}."),
        [],
    ),
    "within-the-wrong-words": (
        section(f"We upheld [none]{{when={R} is known}}[{RATE} of them]{{otherwise}}."),
        [STATISTICS_FILE],
    ),
    "both-together": (
        section(
            f"::: when {ROADS} > 0\nWe upheld [{RATE} of them]{{when={U} > 1}}[few]{{otherwise}}.\n"
            "::: otherwise nothing\n:::"
        ),
        [],
    ),
    "behind-words-that-hang-on-it": (
        section(f"We [upheld]{{when={U} > 0}}[did]{{otherwise}} {RATE} of them."),
        [STATISTICS_FILE],
    ),
    "the-statistics-page": (
        {"templates/2031/report/notes.md": f"It is {RATE} now.\n"},
        ["templates/2031/report/notes.md"],
    ),
    "the-subject": (
        {
            EDITION_FILE: EDITION.replace(
                "subject: Annual letter {{ edition.year }}", f'subject: "On {RATE} in"'
            )
        },
        [EDITION_FILE],
    ),
}


@pytest.mark.parametrize(("change", "files"), IN_PLACE.values(), ids=IN_PLACE)
def test_where_a_rate_stands_under_a_guard(
    tmp_path: Path, change: dict[str, str], files: list[str]
) -> None:
    found = [
        line for line in lines(build_tree(tmp_path, change)) if " may have no value here" in line
    ]

    assert [line.partition(":")[0] for line in found] == files


GUARDS = {
    "heading": (
        {STATISTICS_FILE: f"# On {RATE} in all\n\nWords.\n"},
        f"write [words with it]{{when={R} is known}}[other words]{{otherwise}}",
    ),
    "fixed-words": (
        {EDITION_FILE: EDITION.replace("By carrier pigeon", f"By {RATE} of a pigeon")},
        "fixed words cannot have conditions; write it in a section",
    ),
}


@pytest.mark.parametrize(("change", "todo"), GUARDS.values(), ids=GUARDS)
def test_the_guard_to_write_is_said(tmp_path: Path, change: dict[str, str], todo: str) -> None:
    (line,) = lines(build_tree(tmp_path, change))

    assert line.endswith(f"{R} may have no value here; {todo}")


def test_the_guard_that_is_said_is_one(tmp_path: Path) -> None:
    words = f"::: when {R} is known\nWe upheld {RATE}.\n::: otherwise\nNothing to tell.\n:::"
    loaded = load_edition(build_tree(tmp_path, section(words)))

    assert loaded.problems == []
    assert texts(loaded, "statistics")[-1] == "We upheld 38%."
    assert texts(loaded, "statistics", FELPERSHAM)[-1] == "Nothing to tell."
