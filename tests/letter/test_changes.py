"""What changed since last year, or from an average, in a sentence: a claim that is checked."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edition.comparisons import EarlierFigure, EarlierYear
from generator.edition.edition import Edition
from generator.letter.guards import unguarded
from generator.letter.rules import all_met
from generator.letter.variables import Variables, variables_of, vocabulary
from generator.problems import errors
from generator.project.load_edition import LoadedEdition, load_edition
from tests.borsetshire import AMBRIDGE, EDITION, STATISTICS, build_tree
from tests.letter.reading import read

A, F = "ambridge-district-council", "felpersham-city-council"
U, LAST = "authority.decided.upheld", "last_year.decided.upheld"
BY = f"{{{{ {U} | change(last_year) }}}}"
COMPARED = EDITION + "comparators:\n  last_year: {year: -1}\n  mean: {among: all, average: mean}\n"
STATISTICS_MD = "templates/2031/sections/statistics.md"


def load(folder: Path, words: str, before: int | None = 5, own: str = "3") -> LoadedEdition:
    """The letters where Ambridge had so many upheld the year before, Felpersham no letter then."""
    then = {} if before is None else {("decided", "upheld"): EarlierFigure("count", before)}
    then[("decided", "uphold_rate")] = EarlierFigure("percent", 50)
    files = {
        "data/2031/edition.yaml": COMPARED,
        STATISTICS_MD: f"{STATISTICS}\n{words}\n",
        f"data/2031/authorities/{A}.yaml": AMBRIDGE.replace("upheld: 3", f"upheld: {own}"),
    }
    return load_edition(build_tree(folder, files), years={2030: EarlierYear({A: then})})


def said(loaded: LoadedEdition, slug: str = A) -> str:
    assert not errors(loaded.problems), loaded.problems
    return loaded.letters[slug].letter.part("statistics")[-1].text


ROSE = (
    f'It [rose by {BY}]{{when={U} > {LAST}}}[fell by {BY}]{{otherwise when="{U} < {LAST}"}}'
    f"[stayed]{{otherwise when={LAST} is known}}[is the first]{{otherwise}}."
)
PRINTED = {
    "fell": (ROSE, 5, "It fell by 2."),
    "rose": (ROSE, 1, "It rose by 2."),
    "stayed": (ROSE, 3, "It stayed."),
    "first": (ROSE, None, "It is the first."),
    "signed": (ROSE.replace("(last_year)", "(last_year) | signed"), 5, "It fell by −2."),
    "in words": (
        ROSE.replace("(last_year)", '(last_year) | in_words | count("complaint")'),
        5,
        "It fell by two complaints.",
    ),
    "one is singular": (
        ROSE.replace("(last_year)", '(last_year) | count("complaint")'),
        4,
        "It fell by 1 complaint.",
    ),
    "points of a rate": (
        ROSE.replace("upheld", "uphold_rate"),
        None,
        "It fell by 12.",  # 38% after 50%
    ),
    "behind a colon": (
        f"Change: {{{{ {U} | change(last_year) | signed }}}}.",
        None,
        "Change: N/A.",
    ),
    "from an average": (
        f"[{{{{ {U} | change(mean) | signed }}}}]{{when={U} | change(mean) is known}}"
        "[]{otherwise}",
        5,
        "+1.5",  # 3 and 0, so 1.5 on average
    ),
}


@pytest.mark.parametrize("case", PRINTED)
def test_how_much_it_changed_stands_in_a_sentence(case: str, tmp_path: Path) -> None:
    words, before, expected = PRINTED[case]

    assert said(load(tmp_path, words, before)) == expected


def test_a_letter_hangs_on_what_its_change_is_from(tmp_path: Path) -> None:
    assert load(tmp_path, ROSE).letters[A].compared == {LAST}


def test_a_draft_has_a_gap(tmp_path: Path) -> None:
    words = f"[By {BY}]{{when={U} >= {LAST}}}[]{{otherwise}}"
    loaded = load(tmp_path, words, own="null")

    assert loaded.letters[A].letter.part("statistics")[-1].text == f"[? when {U} >= {LAST}]"


WRONG = {
    "no guard": (
        f"Up by {BY}.",
        f'{U} | change(last_year) may have no value here; write it under "::: when {U} > {LAST}" '
        "(or <)",
    ),
    "either way": (
        f"::: when {LAST} is known\nUp by {BY}.\n::: otherwise nothing\n:::",
        "prints a change without saying whether it is up or down; write it under "
        f'"::: when {U} > {LAST}" (or <), or | signed behind it',
    ),
    "either way behind a colon": (
        f"Change: {BY}",
        "prints a change without saying whether it is up or down; write it under "
        f'"::: when {U} > {LAST}" (or <), or | signed behind it',
    ),
    "one way or the other": (
        f"::: when {U} > {LAST} or {U} < {LAST}\nUp by {BY}.\n::: otherwise nothing\n:::",
        "prints a change without saying whether it is up or down; write it under "
        f'"::: when {U} > {LAST}" (or <), or | signed behind it',
    ),
    "nothing in brackets": (
        f"{{{{ {U} | change }}}}",
        "change takes a comparator, as in change(last_year)",
    ),
    "a text in brackets": (
        f'{{{{ {U} | change("last_year") }}}}',
        "change takes a comparator, as in change(last_year)",
    ),
    "unknown comparator": (
        f"{{{{ {U} | change(last_yaer) }}}}",
        'no comparator "last_yaer"; did you mean "last_year"?',
    ),
    "no figure": (
        "{{ authority.name | change(last_year) }}",
        "change applies to a figure of the authority; authority.name is none",
    ),
    "of a comparator": (
        f"{{{{ {LAST} | change(mean) }}}}",
        f"change applies to a figure of the authority; {LAST} is none",
    ),
    "a bare count": (
        f"[{BY} complaints more]{{when={U} > {LAST}}}[]{{otherwise}}",
        f'would say "1 complaints"; write {{{{ {U} | change(last_year) | count("complaint") }}}}',
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_says_what_to_write(case: str, tmp_path: Path) -> None:
    words, expected = WRONG[case]

    assert [p.message for p in errors(load(tmp_path, words).problems)] == [expected]


def test_an_edition_without_comparators_has_nothing_to_change_from(tmp_path: Path) -> None:
    files = {STATISTICS_MD: f"{STATISTICS}\n{BY}\n"}

    (problem,) = load_edition(build_tree(tmp_path, files)).problems

    assert problem.message == 'no comparator "last_year"; the edition has none'


def test_who_names_an_insert_though_its_rule_does_not_hold_is_told(tmp_path: Path) -> None:
    """It would say a fall for a rise; and one that prints what may be nothing."""
    insert = f"---\nplace: statistics\nwhen: {U} > {LAST}\n---\nThey rose by {BY}.\n"
    named = AMBRIDGE + "inserts: [rise]\n"
    found = {}
    for before in (5, 1, None):
        files = {
            "data/2031/edition.yaml": COMPARED,
            "templates/2031/inserts/rise.md": insert,
            f"data/2031/authorities/{A}.yaml": named,
        }
        then = {} if before is None else {("decided", "upheld"): EarlierFigure("count", before)}
        years = {2030: EarlierYear({A: then})}
        loaded = load_edition(build_tree(tmp_path / str(before), files), years=years)
        found[before] = [p.message.partition(";")[0] for p in loaded.problems if p.is_error]

    name = f"{U} | change(last_year)"
    assert found == {
        5: [f"rise.md prints {name} under a rule that is false here"],
        1: [],
        None: [f"{name} is N/A, which rise.md prints inside a sentence"],
    }


SIDES = st.sampled_from([U, LAST, f"{U} | change(last_year)", "0", "2", "authority.decided.total"])
ATOMS = st.builds(
    "{} {} {}".format, SIDES, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), SIDES
) | st.sampled_from([f"{LAST} is known", f"{U} | change(last_year) is known"])
RULES = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds("({} and {})".format, inner, inner)
        | st.builds("({} or {})".format, inner, inner)
        | st.builds("not ({})".format, inner)
    ),
    max_leaves=4,
)


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, list[Variables]]:
    """The variables of letters that fell, rose, stayed, are new, or lack their figure."""
    variables: list[Variables] = []
    edition = None
    for before in (None, 0, 1, 3, 5):
        for own in ("0", "3", "5", "null"):
            folder = tmp_path_factory.mktemp("changes")
            data = load(folder, "Words.", before, own).data
            edition = data.edition
            assert edition is not None
            variables.append(variables_of(edition, data.authorities[A]))
    assert edition is not None
    return edition, variables


@given(rule=RULES, second=RULES)
def test_whatever_passes_prints_a_change_that_is_known_and_goes_one_way(
    rule: str, second: str, letters: tuple[Edition, list[Variables]]
) -> None:
    """In each case of a condition, whatever the figures are with which a letter has it."""
    cases = (f"when {rule}", f"otherwise when {second}", "otherwise")
    words = "".join(f"::: {case}\nBy {BY}.\n" for case in cases) + ":::\n"
    known = vocabulary(letters[0])
    found, problems = read(words, known)
    assert problems == []
    for block in found:
        if not unguarded(block, known):
            values = [
                variables[f"{U} | change(last_year)"].value
                for variables in letters[1]
                if all_met(block.conditions, variables)
            ]
            numbers = [value for value in values if isinstance(value, int)]
            assert len(numbers) == len(values), "one of nothing"
            assert min(numbers, default=0) >= 0 or max(numbers, default=0) <= 0
