"""What a sentence of the wording cannot say: "N/A of the complaints", and "1 complaints"."""

from pathlib import Path

import pytest

from generator.problems import Problem
from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, FELPERSHAM, STATISTICS, build_tree

STATISTICS_FILE = "templates/2031/sections/statistics.md"
INSERT_FILE = "templates/2031/inserts/ponds.md"
A_FILE = "data/2031/authorities/ambridge-district-council.yaml"
F_FILE = "data/2031/authorities/felpersham-city-council.yaml"
RATE = "{{ authority.decided.uphold_rate }}"
COUNT = "{{ authority.decided.upheld }}"


def found(folder: Path, files: dict[str, str]) -> list[Problem]:
    problems = load_edition(build_tree(folder, files)).problems
    return [p for p in problems if p.kind in {"rate-of-nothing", "bare-count"}]


def insert(when: str, words: str) -> dict[str, str]:
    rule = f"when: {when}\n" if when else ""
    return {INSERT_FILE: f"---\nplace: statistics\n{rule}---\n{words}\n"}


def section(words: str) -> dict[str, str]:
    return {STATISTICS_FILE: f"{STATISTICS}\n{words}\n"}


U, N = "authority.decided.upheld", "authority.decided.not_upheld"
T = "authority.decided.total"


BARE = {
    "a plural": (f"We upheld {COUNT} complaints.", "complaints", '"complaint"'),
    "in bold": (f"We upheld **{COUNT}** *complaints*.", "complaints", '"complaint"'),
    "on the next line": (f"We upheld {COUNT}\ncomplaints.", "complaints", '"complaint"'),
    "with words before it": (f"{COUNT} new complaints", "new complaints", '"new complaint"'),
    "y": (f"We had {COUNT} enquiries", "enquiries", '"enquiry", "enquiries"'),
    "es": (f"We kept {COUNT} boxes.", "boxes", '"box", "boxes"'),
    "counted elsewhere": (
        f"{COUNT} geese; {{{{ {N} | count('goose', 'geese') }}}}",
        "geese",
        '"goose", "geese"',
    ),
}


@pytest.mark.parametrize(("words", "said", "nouns"), BARE.values(), ids=BARE)
def test_a_bare_count_does_not_stand_before_its_noun(
    tmp_path: Path, words: str, said: str, nouns: str
) -> None:
    (problem,) = found(tmp_path, section(words))

    assert (problem.place.path.name, problem.where, problem.is_error) == (
        "statistics.md",
        COUNT,
        True,
    )
    assert problem.message == (
        f'would say "1 {said}"; write {{{{ authority.decided.upheld | count({nouns}) }}}}'
    )


def test_nor_before_its_noun_in_the_singular(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, section(f"We upheld {COUNT} complaint."))

    assert problem.message.startswith('would say "0 complaint"; ')


FINE = [
    'We upheld {{ authority.decided.upheld | count("complaint") }}.',
    f"We upheld {COUNT} of the complaints.",
    f"Of these, {COUNT} were about complaints.",
    f"We received {COUNT} about ponds.",
    f"{COUNT} was one too many; {COUNT} is, has, does.",
    f"We upheld {COUNT}. Complaints are welcome.",
    f"We upheld {COUNT}, complaints or not.",
    f"We upheld {COUNT} and closed others.",
    f"We upheld {COUNT}, that is {COUNT} less than Felpersham’s.",
    f"We closed {COUNT} across the county; {COUNT} always stay.",
    f"{COUNT}% of all, {COUNT}-days, ({COUNT})",
    f"In {{{{ edition.year }}}} complaints rose; {COUNT} previous ones are closed.",
]


@pytest.mark.parametrize("words", FINE)
def test_other_words_behind_a_count_are_no_noun(tmp_path: Path, words: str) -> None:
    assert found(tmp_path, section(words)) == []


COUNT_RULES = {
    f"{U} > 1": True,
    f"{U} >= 1": False,
    f"{U} != 1": True,
    f"{U} == 7": True,
    f"not {U} <= 1": True,
    f"{U} > 1 or {N} > 1": False,
    f"{U} > 0": False,
    f"{N} > 1": False,
}


@pytest.mark.parametrize(("rule", "excluded"), COUNT_RULES.items(), ids=COUNT_RULES)
def test_the_rule_of_an_insert_can_exclude_a_single_one(
    tmp_path: Path, rule: str, excluded: bool
) -> None:
    assert (found(tmp_path, insert(rule, f"We upheld {COUNT} complaints.")) == []) is excluded


SUM_RULES = {f"{T} > 1": True, f"{U} > 1": True, f"{U} > 0": False, f"{U} > 0 and {N} > 0": True}


@pytest.mark.parametrize(("rule", "excluded"), SUM_RULES.items(), ids=SUM_RULES)
def test_a_sum_is_more_than_one_where_its_counts_are(
    tmp_path: Path, rule: str, excluded: bool
) -> None:
    words = "We made {{ authority.decided.total }} decisions."

    assert (found(tmp_path, insert(rule, words)) == []) is excluded


def test_an_insert_that_is_named_is_held_against_the_figures_of_those_who_name_it(
    tmp_path: Path,
) -> None:
    """Whoever names an insert has it, whatever its rule says."""
    words = f"We upheld {RATE} of the complaints, {COUNT} complaints."
    named = "inserts: [ponds]\n"
    ambridge = AMBRIDGE.replace("upheld: 3}", "upheld: 1}") + named

    for when in (f"{U} > 1", f"{U} > 2"):
        problems = found(
            tmp_path,
            {
                **insert(when, words),
                A_FILE: ambridge,
                F_FILE: FELPERSHAM + named,
            },
        )
        assert [(p.place.path.name, p.where, p.message) for p in problems] == [
            (
                "ambridge-district-council.yaml",
                "inserts.1.ponds",
                'ponds.md says "1 complaints"; '
                'write {{ authority.decided.upheld | count("complaint") }} there',
            ),
            (
                "felpersham-city-council.yaml",
                "inserts.1.ponds",
                "authority.decided.uphold_rate is N/A, which ponds.md prints inside a sentence; "
                "remove the insert, or change its wording",
            ),
        ]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("templates/2031/report/guide.md", "On reading", f"On {COUNT} tables: on reading"),
        ("data/2031/edition.yaml", "By carrier pigeon", f"By {COUNT} pigeons"),
    ],
)
def test_all_wording_is_looked_at(tmp_path: Path, file: str, before: str, after: str) -> None:
    (problem,) = found(tmp_path, {file: BORSETSHIRE[file].replace(before, after)})

    assert problem.place.path.name == file.rpartition("/")[2]
    assert problem.place.line > 0


CASES = {
    f"::: when {U} > 1\n{COUNT} complaints\n::: otherwise\n{COUNT} complaint\n:::": ["0 complaint"],
    f"::: when {U} == 1\n{COUNT} complaint\n::: otherwise\n{COUNT} complaints\n:::": [],
    f"::: when {U} > 1\nMany.\n::: otherwise\n{COUNT} complaints\n:::": ["1 complaints"],
    f"{COUNT} [complaint]{{when={U} == 1}}[complaints]{{otherwise}}": [],
    f"{COUNT} [complaint]{{when={U} < 2}}[complaints]{{otherwise}}": ["0 complaint"],
    f"[{COUNT}]{{when={U} > 2}}[Some]{{otherwise}} complaints": [],
    f"[{COUNT}]{{when={U} > 0}}[Some]{{otherwise}} complaints": ["1 complaints"],
}


@pytest.mark.parametrize(("words", "said"), CASES.items())
def test_each_way_in_which_words_read_is_looked_at(
    tmp_path: Path, words: str, said: list[str]
) -> None:
    problems = found(tmp_path, section(words))

    assert [problem.message.split('"')[1] for problem in problems] == said


def test_in_another_language_only_what_is_counted_is_a_noun(tmp_path: Path) -> None:
    dutch = {"data/2031/edition.yaml": EDITION.replace("en-GB", "nl")}

    assert found(tmp_path, dutch | section(f"{COUNT} klachten")) == []
    assert len(found(tmp_path, dutch | section(f"{COUNT} complaints"))) == 1
