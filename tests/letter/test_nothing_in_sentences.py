"""The law of guards: what passes never prints nothing in a sentence, whatever the figures are."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edition.edition import Edition
from generator.edition.figures import Figures
from generator.letter.expressions import Placeholder
from generator.letter.guards import is_proven, unguarded
from generator.letter.rules import Requirement, all_met, parse_rule
from generator.letter.variables import Variable, Vocabulary, vocabulary
from generator.project.load_edition import load_edition
from tests.borsetshire import EDITION, build_tree
from tests.letter.reading import read

U, N = "authority.decided.upheld", "authority.decided.not_upheld"
R, T = "authority.decided.uphold_rate", "authority.decided.total"
NAMES = [U, N, R, T, "authority.decided.advice_given"]
RATE = f"{{{{ {R} }}}}"

SIGN_TEXTS = ["==", "!=", "<", "<=", ">", ">="]
SIDE_TEXTS = [*NAMES, "0", "1", "2", "50"]
SIDES = st.sampled_from(SIDE_TEXTS)
COMPARISONS = st.builds("{} {} {}".format, SIDES, st.sampled_from(SIGN_TEXTS), SIDES)
ATOMS = COMPARISONS | st.sampled_from([f"{R} is known", f"{R} is not known"])
RULES = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds("({} and {})".format, inner, inner)
        | st.builds("({} or {})".format, inner, inner)
        | st.builds("not ({})".format, inner)
    ),
    max_leaves=4,
)
COUNTS = st.fixed_dictionaries(
    dict.fromkeys(("advice_given", "not_upheld", "upheld"), st.sampled_from([None, 0, 0, 1, 2]))
)
Counts = dict[str, int | None]


def with_counts(
    edition: Edition, variables: Mapping[str, Variable], counts: Counts
) -> dict[str, Variable]:
    given = {("decided", id_): count for id_, count in counts.items()}
    changed = dict(variables)
    found = Figures(edition, given, {}).values()
    for figure in (figure for figure in found if figure.column.group == "decided"):
        name = f"authority.decided.{figure.column.id}"
        printed = figure.printed("en-GB")
        changed[name] = replace(
            changed[name], value=figure.value, printed=printed, supplied=figure.supplied
        )
    return changed


ALL_COUNTS: list[Counts] = [
    {"advice_given": advice, "not_upheld": not_upheld, "upheld": upheld}
    for advice in (0, 2)
    for not_upheld in (None, 0, 1)
    for upheld in (None, 0, 1, 2)
]


SIMPLE = [
    *(f"{R} is known", f"{R} is not known"),
    *(
        f"{left} {sign} {right}"
        for left, sign, right in product(SIDE_TEXTS, SIGN_TEXTS, SIDE_TEXTS)
    ),
]


def test_what_a_simple_rule_proves_is_known(
    known: Vocabulary,
    ambridge: Mapping[str, Variable],
    county: tuple[Edition, list[dict[str, Variable]]],
) -> None:
    """Whatever the figures are for which the rule holds, or does not: all of them."""
    letters = [with_counts(county[0], ambridge, counts) for counts in ALL_COUNTS]
    proofs = 0
    for rule, holds in product(SIMPLE, (True, False)):
        condition = Requirement(parse_rule(rule, known), holds)
        if is_proven(R, [condition], known):
            proofs += 1
            assert not [v for v in letters if prints_nothing(condition, v)], (rule, holds)
    assert proofs > 100


@given(rule=RULES, holds=st.booleans())
def test_what_is_proven_is_known(
    rule: str,
    holds: bool,
    known: Vocabulary,
    ambridge: Mapping[str, Variable],
    county: tuple[Edition, list[dict[str, Variable]]],
) -> None:
    condition = Requirement(parse_rule(rule, known), holds)
    if is_proven(R, [condition], known):
        for counts in ALL_COUNTS:
            variables = with_counts(county[0], ambridge, counts)
            assert not prints_nothing(condition, variables), counts


def prints_nothing(condition: Requirement, variables: Mapping[str, Variable]) -> bool:
    """Whether the rate is nothing where the condition is met."""
    is_nothing = variables[R].supplied and variables[R].value is None
    return is_nothing and all_met([condition], variables) is True


@given(first=RULES, second=RULES, within=RULES, insert=RULES, counts=COUNTS)
def test_what_passes_never_prints_nothing_in_a_sentence(
    first: str,
    second: str,
    within: str,
    insert: str,
    counts: Counts,
    known: Vocabulary,
    ambridge: Mapping[str, Variable],
    county: tuple[Edition, list[dict[str, Variable]]],
) -> None:
    words = (
        f"::: when {first}\nA {RATE}.\n::: otherwise when {second}\nB {RATE}.\n"
        f"::: otherwise\nC {RATE}.\n:::\n"
        f"D [{RATE}]{{when={within}}}[still {RATE}]{{otherwise}}.\n"
    )
    found, problems = read(words, known)
    assert problems == []
    given_rule = Requirement(parse_rule(insert, known))
    variables = with_counts(county[0], ambridge, counts)
    for block in found:
        refused = {problem.place for problem in unguarded(block, known, [given_rule])}
        if not all_met((given_rule, *block.conditions), variables):
            continue
        for piece in block.in_letter(variables).pieces:
            if isinstance(piece.content, Placeholder) and piece.place not in refused:
                assert piece.content.show(variables[R], "en-GB") != "N/A"


@given(rule=RULES, counts=COUNTS)
def test_a_rule_that_is_decided_over_a_gap_stays_so_once_it_is_filled(
    rule: str,
    counts: Counts,
    known: Vocabulary,
    ambridge: Mapping[str, Variable],
    county: tuple[Edition, list[dict[str, Variable]]],
) -> None:
    decided = parse_rule(rule, known).decide(with_counts(county[0], ambridge, counts))
    for number in (0, 1, 3):
        filled: Counts = {id_: number if count is None else count for id_, count in counts.items()}
        after = parse_rule(rule, known).decide(with_counts(county[0], ambridge, filled))
        assert after is not None
        assert decided in {None, after}


@given(rule=RULES)
def test_it_is_not_refused_for_nothing(rule: str, known: Vocabulary) -> None:
    """Whatever else a rule says, the guard that messages name is enough beside it."""
    guarded = f"::: when ({rule}) and {R} is known\nA {RATE}.\n::: otherwise nothing\n:::\n"
    (block,), problems = read(guarded, known)

    assert (problems, unguarded(block, known)) == ([], [])


@pytest.fixture(scope="module")
def of_few(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Borsetshire, where a rate is of two investigations or more."""
    rate = "of: [not_upheld, upheld]"
    edition = EDITION.replace(rate, f"{rate}, at_least: 2")
    assert edition != EDITION
    folder = tmp_path_factory.mktemp("few")
    loaded = load_edition(build_tree(folder, {"data/2031/edition.yaml": edition}))
    assert loaded.edition is not None
    return loaded.edition


def test_what_a_simple_rule_proves_of_a_rate_of_few_is_known(
    of_few: Edition, ambridge: Mapping[str, Variable]
) -> None:
    """That there is one investigation is no proof, that there are two is one."""
    known = vocabulary(of_few)
    letters = [with_counts(of_few, ambridge, counts) for counts in ALL_COUNTS]
    proven = set[str]()
    for rule, holds in product(SIMPLE, (True, False)):
        condition = Requirement(parse_rule(rule, known), holds)
        if is_proven(R, [condition], known):
            proven |= {rule} if holds else set()
            assert not [v for v in letters if prints_nothing(condition, v)], (rule, holds)
    assert f"{U} > 0" not in proven
    assert {f"{U} > 1", f"{U} >= 2", f"{U} == 2", f"{R} is known", f"{R} > 50"} <= proven


@given(rule=RULES, holds=st.booleans())
def test_what_is_proven_of_a_rate_of_few_is_known(
    rule: str, holds: bool, of_few: Edition, ambridge: Mapping[str, Variable]
) -> None:
    known = vocabulary(of_few)
    condition = Requirement(parse_rule(rule, known), holds)
    if is_proven(R, [condition], known):
        for counts in ALL_COUNTS:
            assert not prints_nothing(condition, with_counts(of_few, ambridge, counts)), counts
