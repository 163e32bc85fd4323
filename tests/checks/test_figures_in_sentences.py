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


SAYS_NOTHING = {
    "of the complaints": f"We upheld {RATE} of the complaints.",
    "at the end of a sentence": f"Your rate was {RATE}.",
    "at its beginning": f"{RATE} were upheld.",
    "in an item of a list": f"- upheld: {RATE} of all",
    "set in bold": f"We upheld **{RATE}** of them.",
}


@pytest.mark.parametrize("words", SAYS_NOTHING.values(), ids=SAYS_NOTHING)
def test_a_rate_of_nothing_is_no_part_of_a_sentence(tmp_path: Path, words: str) -> None:
    (problem,) = found(tmp_path, section(words))

    line = STATISTICS.count("\n") + 2
    at = problem.place
    assert (at.path.name, at.line, at.column) == ("statistics.md", line, words.index("{{") + 1)
    assert (problem.is_error, problem.where) == (True, RATE)
    assert problem.message == (
        'says "N/A" inside a sentence where there is nothing to be a part of; put the sentence '
        "into an insert with when: authority.decided.uphold_rate >= 0"
    )


ALONE = {
    "behind a colon": f"Uphold rate: {RATE}",
    "behind a colon, with a full stop": f"Your uphold rate: {RATE}.",
    "in an item of a list": f"- uphold rate: {RATE}",
    "by itself": RATE,
}


@pytest.mark.parametrize("words", ALONE.values(), ids=ALONE)
def test_a_rate_that_stands_alone_may_be_nothing(tmp_path: Path, words: str) -> None:
    assert found(tmp_path, section(words)) == []


U, N = "authority.decided.upheld", "authority.decided.not_upheld"
R, T = "authority.decided.uphold_rate", "authority.decided.total"
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
}


@pytest.mark.parametrize(("rule", "excluded"), RULES.items(), ids=RULES)
def test_the_rule_of_an_insert_can_exclude_a_rate_of_nothing(
    tmp_path: Path, rule: str, excluded: bool
) -> None:
    problems = found(tmp_path, insert(rule, f"We upheld {RATE} of the complaints."))

    assert [problem.place.path.name for problem in problems] == ([] if excluded else ["ponds.md"])
    for problem in problems:
        assert problem.message.endswith("; add to its rule: and authority.decided.uphold_rate >= 0")


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

    for when in ("", f"{U} > 1"):
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
                "authority.decided.uphold_rate is N/A, which ponds.md says inside a sentence; "
                "remove the insert, or change its words",
            ),
        ]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("templates/2031/report/notes.md", "The uphold", f"It is {RATE} now. The uphold"),
        ("templates/2031/report/guide.md", "On reading", f"On {COUNT} tables: on reading"),
        ("data/2031/edition.yaml", "By carrier pigeon", f"By {COUNT} pigeons"),
        ("data/2031/edition.yaml", "subject: Annual letter", f"subject: On {RATE} in"),
    ],
)
def test_all_wording_is_looked_at(tmp_path: Path, file: str, before: str, after: str) -> None:
    text = BORSETSHIRE[file].replace(before, after)
    text = text.replace(f"subject: On {RATE} in {{{{ edition.year }}}}", f'subject: "On {RATE} in"')

    (problem,) = found(tmp_path, {file: text})

    assert problem.place.path.name == file.rpartition("/")[2]
    assert problem.place.line > 0


def test_in_another_language_only_what_is_counted_is_a_noun(tmp_path: Path) -> None:
    welsh = {"data/2031/edition.yaml": EDITION.replace("en-GB", "cy-GB")}

    assert found(tmp_path, welsh | section(f"{COUNT} achos")) == []
    assert len(found(tmp_path, welsh | section(f"{COUNT} complaints"))) == 1
