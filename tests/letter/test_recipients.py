"""Who gets a letter: the edition's rule, read and decided."""

from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE, EDITION, build_tree

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE = f"data/2031/authorities/{A}.yaml"


def edition(rule: str) -> dict[str, str]:
    return {"data/2031/edition.yaml": f"{EDITION}letters: {{when: '{rule}'}}\n"}


RULES = {
    "authority.received.total >= 5": {},
    "authority.received.total > 17": {
        A: "authority.received.total > 17 is false: authority.received.total is 17"
    },
    'authority.name != "Felpersham City Council" and authority.received.roads > 2': {
        F: 'authority.name != "Felpersham City Council" and authority.received.roads > 2 is false: '
        'authority.name is "Felpersham City Council" and authority.received.roads is 20'
    },
    "authority.decided.uphold_rate > 10": {
        F: "authority.decided.uphold_rate > 10 is false: authority.decided.uphold_rate is N/A"
    },
}


@pytest.mark.parametrize("rule", RULES)
def test_where_the_rule_is_false_there_is_no_letter(rule: str, tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, edition(rule)))

    assert loaded.problems == []
    assert loaded.without_letter == RULES[rule]
    assert set(loaded.letters) == {A, F} - set(RULES[rule])


WRONG = {
    "authority.received.totl > 5": "unknown name",
    'authority.kind == "concil"': 'authority.kind is never "concil"; did you mean "council"?',
    "authority.received.total": "expected a comparison",
}


@pytest.mark.parametrize("rule", WRONG)
def test_a_rule_that_cannot_be_read_is_said_where_it_stands(rule: str, tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, edition(rule)))

    (problem,) = loaded.problems
    assert (problem.where, problem.place.line) == ("letters.when", EDITION.count("\n") + 1)
    assert WRONG[rule] in problem.message
    assert loaded.without_letter == {}


def test_while_the_rule_is_undecided_there_is_a_draft_and_no_letter(tmp_path: Path) -> None:
    gap = {A_FILE: AMBRIDGE.replace("roads: 3", "roads: null")}
    folders = build_tree(tmp_path, edition("authority.received.total > 17"), gap)

    problems = [(p.place.line, p.where, p.message) for p in load_edition(folders).problems_of(A)]
    draft = load_edition(folders, draft=True)

    assert problems == [
        (
            5,
            "letters.when",
            "authority.received.total > 17 is undecided, since authority.received.total is not yet "
            "supplied",
        ),
        (
            5,
            "received.roads",
            "not yet supplied (null); a letter needs the figure, a draft does not (--draft)",
        ),
    ]
    assert (draft.problems, draft.without_letter) == ([], {})
    assert draft.letters[A].letter.draft


def test_of_one_without_a_letter_no_figure_is_missing(tmp_path: Path) -> None:
    gap = {A_FILE: AMBRIDGE.replace("by_us: 2", "by_us: null")}

    loaded = load_edition(build_tree(tmp_path, edition("authority.received.total > 17"), gap))

    assert (loaded.problems, list(loaded.without_letter)) == ([], [A])
