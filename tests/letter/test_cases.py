"""Words that hang on a rule: what a letter has of them, and what can be wrong with them."""

from pathlib import Path

import pytest

from generator.letter.variables import Vocabulary
from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE as AMBRIDGE_YAML
from tests.borsetshire import STATISTICS, build_tree
from tests.letter.reading import (
    AMBRIDGE_FILE,
    FELPERSHAM,
    STATISTICS_FILE,
    blocks,
    insert_file,
    lines,
    read,
    texts,
)

U, R = "authority.decided.upheld", "authority.decided.uphold_rate"
ROADS = "authority.received.roads"


def section(words: str) -> dict[str, str]:
    return {STATISTICS_FILE: f"{STATISTICS}\n{words}\n"}


THREE = f"""\
::: when {U} > 5
Many.

::: otherwise when {U} > 0

Some.

- One.
- Two.

::: otherwise

None.
:::

Always.
"""
READ = {
    "three-cases": (THREE, ["Some.", "One.", "Two.", "Always."], ["None.", "Always."]),
    "nothing": (
        f"::: when {U} > 0\nSome.\n::: otherwise nothing\n:::\nAlways.",
        ["Some.", "Always."],
        ["Always."],
    ),
    "right-below-a-paragraph": (
        f"Before\n::: when {U} > 0\nsome.\n:::otherwise\nnone.\n:::\nAfter",
        ["Before", "some.", "After"],
        ["Before", "none.", "After"],
    ),
    "items-of-a-list": (
        f"- One\n::: when {U} > 0\n- Two\n::: otherwise nothing\n:::\n- Three",
        ["One", "Two", "Three"],
        ["One", "Three"],
    ),
    "within": (
        f"We upheld [some]{{when={U} > 0}}[none]{{otherwise}}.",
        ["We upheld some."],
        ["We upheld none."],
    ),
    "within-in-quotes": (
        f'We [are "wet"]{{when="{ROADS} < 4"}}[are dry]{{otherwise}}.',
        ["We are “wet”."],
        ["We are dry."],
    ),
    "within-a-text-compared": (
        '[A council]{when=authority.kind == "council"}[No council]{otherwise}.',
        ["A council."],
        ["A council."],
    ),
    "within-three-cases": (
        f"[Many]{{when={U} > 5}}[some]{{otherwise when={U} > 0}}[none]{{otherwise}}.",
        ["some."],
        ["none."],
    ),
    "within-nothing": (
        f"We [also ]{{when={U} > 0}}[]{{otherwise}}say so.",
        ["We also say so."],
        ["We say so."],
    ),
    "one-space-is-left": (
        f"We [also]{{when={U} > 0}}[]{{otherwise}} say so [here]{{when={U} > 0}}[]{{otherwise}}",
        ["We also say so here"],
        ["We say so"],
    ),
    "over-several-lines": (
        f"We upheld\n[some]{{when=\n{U} > 0}}\n[none at\nall]{{otherwise}}\nof them.",
        ["We upheld some of them."],
        ["We upheld none at all of them."],
    ),
    "two-of-them": (
        f"[A]{{when={U} > 0}}[B]{{otherwise}} and [C]{{when={ROADS} > 3}}[D]{{otherwise}}",
        ["A and D"],
        ["B and C"],
    ),
    "placeholders-and-brackets": (
        f'[{{{{ {U} | count("a") }}}} \\[sic\\]]{{when={U} > 0}}[none]{{otherwise}}{{{{ {U} }}}}',
        ["3 as [sic]3"],
        ["none0"],
    ),
    "brackets-that-are-none": ("[Sic] {{ authority.noun }}", ["[Sic] council"], ["[Sic] council"]),
    "brackets-before-a-placeholder": (
        "[Sic]{{ authority.noun }}",
        ["[Sic]council"],
        ["[Sic]council"],
    ),
}


@pytest.mark.parametrize(("words", "ambridge", "felpersham"), READ.values(), ids=READ)
def test_a_letter_has_the_words_whose_rule_holds(
    tmp_path: Path, words: str, ambridge: list[str], felpersham: list[str]
) -> None:
    loaded = load_edition(build_tree(tmp_path, section(words)))

    assert loaded.problems == []
    assert texts(loaded, "statistics")[3:] == ambridge
    assert texts(loaded, "statistics", FELPERSHAM)[3:] == felpersham


def test_each_has_its_own_line_and_wording(tmp_path: Path) -> None:
    words = f"{THREE}\nWe upheld *[{{{{ {U} }}}}]{{when={U} > 0}}[none]{{otherwise}}*.\n"
    loaded = load_edition(build_tree(tmp_path, section(words)))
    start = STATISTICS.count("\n") + 1

    ambridge = blocks(loaded, "statistics")[3:]
    felpersham = blocks(loaded, "statistics", FELPERSHAM)[3:]
    assert [block.place.line - start for block in ambridge] == [6, 8, 9, 16, 18]
    assert [block.place.line - start for block in felpersham] == [13, 16, 18]
    assert ambridge[-1].wording == f"We upheld *{{{{ {U} }}}}*."
    assert felpersham[-1].wording == "We upheld *none*."
    assert [(run.text, run.emphasis, run.name) for run in ambridge[-1].runs] == [
        ("We upheld ", False, None),
        ("3", True, U),
        (".", False, None),
    ]
    assert [(run.text, run.emphasis) for run in felpersham[-1].runs] == [
        ("We upheld ", False),
        ("none", True),
        (".", False),
    ]


def test_words_left_out_leave_the_lines_below_their_numbers(tmp_path: Path) -> None:
    words = f"We\n[one\ntwo]{{when={U} > 5}}\n[three]{{otherwise}} of\nthem."
    loaded = load_edition(build_tree(tmp_path, section(words)))

    wording = blocks(loaded, "statistics")[-1].wording
    assert wording is not None
    assert wording.split("\n")[4] == "them."


def test_a_heading_without_words_below_falls_away(tmp_path: Path) -> None:
    words = f"# On [ponds]{{when={U} > 0}}[ducks]{{otherwise}}\n"
    words += f"::: when {U} > 0\nSome.\n::: otherwise nothing\n:::\n"
    loaded = load_edition(build_tree(tmp_path, {STATISTICS_FILE: words}))

    assert texts(loaded, "statistics") == ["On ponds", "Some."]
    assert texts(loaded, "statistics", FELPERSHAM) == []
    assert [block.number for block in blocks(loaded, "statistics")] == [1, 2]


PLACES = {
    "insert": {
        insert_file("flood"): "---\nplace: statistics\nwhen: edition.year > 1\n---\n"
        f"::: when {U} > 0\nSome.\n::: otherwise\nNone.\n:::\n"
    },
    "own-paragraph": {
        AMBRIDGE_FILE: f"{AMBRIDGE_YAML}inserts:\n  - place: statistics\n    text: |\n"
        f"      ::: when {U} > 0\n      Some.\n      ::: otherwise\n      None.\n      :::\n"
    },
}


@pytest.mark.parametrize("change", PLACES.values(), ids=PLACES)
def test_they_stand_in_all_wording(tmp_path: Path, change: dict[str, str]) -> None:
    loaded = load_edition(build_tree(tmp_path, change))

    assert loaded.problems == []
    assert texts(loaded, "statistics")[-1] == "Some."


def test_they_stand_on_the_statistics_page(tmp_path: Path) -> None:
    words = f"We upheld [some]{{when={U} > 0}}[none]{{otherwise}}.\n"
    words += f"::: when {U} > 0\nSome.\n::: otherwise nothing\n:::\n"
    loaded = load_edition(build_tree(tmp_path, {"templates/2031/report/notes.md": words}))

    assert loaded.problems == []
    assert {"We upheld some.", "Some."} < {*texts(loaded, "report")}
    assert "We upheld none." in texts(loaded, "report", FELPERSHAM)
    assert "Some." not in texts(loaded, "report", FELPERSHAM)


def test_a_value_of_an_insert_decides(tmp_path: Path) -> None:
    words = '::: when insert.matter == "ponds"\nWet.\n::: otherwise\n{{ insert.matter }}.\n:::\n'
    change = {
        insert_file("flood"): f"---\nplace: statistics\n---\n{words}",
        AMBRIDGE_FILE: f"{AMBRIDGE_YAML}inserts: [flood: {{matter: ponds}}]\n",
    }
    loaded = load_edition(build_tree(tmp_path, change))

    assert loaded.problems == []
    assert texts(loaded, "statistics")[-1] == "Wet."


GAPS = {
    "undecided": (THREE, [f"[? when {U} > 5]", "Always."]),
    "decided-by-the-rest": (
        f"::: when {U} > 0 and edition.year < 9\nOld.\n::: otherwise\nNew.\n:::",
        ["New."],
    ),
    "the-second-case": (
        f"::: when edition.year < 9\nOld.\n::: otherwise when {U} > 0\nSome.\n"
        "::: otherwise\nNone.\n:::",
        [f"[? when {U} > 0]"],
    ),
    "within": (
        f"We upheld [*some*]{{when={U} > 0}}[none]{{otherwise}} of them.",
        [f"We upheld [? when {U} > 0] of them."],
    ),
    "of-a-rate": (
        f"::: when {R} is known\n{{{{ {R} }}}} of them.\n::: otherwise nothing\n:::",
        [f"[? when {R} is known]"],
    ),
}


@pytest.mark.parametrize(("words", "expected"), GAPS.values(), ids=GAPS)
def test_what_is_undecided_is_a_gap_in_a_draft(
    tmp_path: Path, words: str, expected: list[str]
) -> None:
    gap = {AMBRIDGE_FILE: AMBRIDGE_YAML.replace("upheld: 3}", "upheld: null}")}
    loaded = load_edition(build_tree(tmp_path, section(words), gap), draft=True)

    assert texts(loaded, "statistics")[3:] == expected
    gaps = [run.text for b in blocks(loaded, "statistics") for run in b.runs if run.gap]
    assert gaps == [word for word in [*gaps] if word.startswith("[? when ")]
    assert bool(gaps) is any("[?" in text for text in expected)


_LINES = '"::: when" and a rule, "::: otherwise", "::: otherwise nothing", or ":::" alone'
_NAME = 'unknown name "authority.decided.uphled"; did you mean "authority.decided.upheld"?'
_CLOSED = "::: otherwise nothing\n:::\n"
WRONG = {
    "no-otherwise": (
        f"::: when {U} > 0\nSome.\n:::\n",
        "3:1: error: no words for when no rule is true. Write ::: otherwise and words, or "
        "::: otherwise nothing, above this line",
    ),
    "never-ended": (
        f"Words.\n\n::: when {U} > 0\nSome.\n::: otherwise\nNone.\n",
        "3:1: error: a condition that never ends; write ::: on its own line below the words",
    ),
    "otherwise-alone": (
        "Words.\n\n::: otherwise\n\nMore.\n",
        "3:1: error: otherwise without a condition; expected ::: when and a rule before it",
    ),
    "end-alone": (
        "Words.\n\n:::\n",
        "3:1: error: ::: ends a condition that never began; remove it",
    ),
    "two-otherwise": (
        f"::: when {U} > 0\nA.\n::: otherwise\nB.\n::: otherwise\nC.\n:::\n",
        "5:1: error: a case after ::: otherwise, which must be last; move it above",
    ),
    "a-case-below-otherwise": (
        f"::: when {U} > 0\nA.\n::: otherwise nothing\n::: otherwise when {U} > 2\nC.\n:::\n",
        "4:1: error: a case after ::: otherwise, which must be last; move it above",
    ),
    "one-in-another": (
        f"::: when {U} > 0\nA.\n::: when {U} > 1\nB.\n{_CLOSED}",
        "3:1: error: a condition within a condition; end the first with ::: above this line, "
        "or join both rules with and",
    ),
    "unknown-name": (
        f"::: when authority.decided.uphled > 0\nSome.\n{_CLOSED}",
        f"1:1: error: ::: when authority.decided.uphled > 0: {_NAME}",
    ),
    "unknown-name-in-the-second": (
        f"::: when {U} > 0\nA.\n::: otherwise when authority.decided.uphled > 0\nB.\n{_CLOSED}",
        f"3:1: error: ::: when authority.decided.uphled > 0: {_NAME}",
    ),
    "no-rule": (
        f"::: when\nSome.\n{_CLOSED}",
        "1:1: error: ::: when : empty; expected a comparison, such as "
        "authority.decided.upheld > 0; equal is written ==",
    ),
    "no-words": (
        f"::: when {U} > 0\n\n::: otherwise\nNone.\n:::\n",
        "1:1: error: no words below this line; write them, or for nothing reverse the rule",
    ),
    "no-words-otherwise": (
        f"::: when {U} > 0\nSome.\n::: otherwise\n:::\n",
        "3:1: error: no words below this line; write them, or for nothing write "
        "::: otherwise nothing",
    ),
    "words-and-nothing": (
        f"::: when {U} > 0\nSome.\n::: otherwise nothing\nNone.\n:::\n",
        "4:1: error: words below ::: otherwise nothing; remove them, or the word nothing",
    ),
    "mistyped": (
        f"::: if {U} > 0\nSome.\n",
        f'1:1: error: "::: if {U} > 0" cannot be read; expected {_LINES}',
    ),
    "nothing-alone": (
        "::: nothing\n",
        f'1:1: error: "::: nothing" cannot be read; expected {_LINES}',
    ),
    "in-an-item": (
        f"- One\n  ::: when {U} > 0\n",
        "2:3: error: a condition inside a list item; put ::: at the start of the line",
    ),
    "a-heading-in-it": (
        f"::: when {U} > 0\n# Some\n{_CLOSED}",
        "2:1: error: a heading under a condition; write [words]{when=rule}[words]{otherwise} "
        "in one heading",
    ),
    "within-no-otherwise": (
        f"We [some]{{when={U} > 0}} say.\n",
        "1:4: error: no words for when this rule is false; write [words]{otherwise} after it, "
        "or []{otherwise} for none",
    ),
    "within-otherwise-alone": (
        "We [some]{otherwise} say.\n",
        "1:4: error: {otherwise} has no condition; expected [words]{when=rule} right before it",
    ),
    "within-words-between": (
        f"[A]{{when={U} > 0}} and [B]{{otherwise}}\n",
        "1:44: error: {otherwise} has no condition; expected [words]{when=rule} right before it",
    ),
    "within-one-in-another": (
        f"[A [B]{{when={U} > 0}}[C]{{otherwise}}]{{when={U} > 1}}[D]{{otherwise}}\n",
        "1:4: error: a condition within a condition; join the rules with and",
    ),
    "within-unknown-name": (
        "We [some]{when=authority.decided.uphled > 0}[none]{otherwise}\n",
        f"1:4: error: {{when=authority.decided.uphled > 0}}: {_NAME}",
    ),
    "within-no-words": (
        f"We []{{when={U} > 0}}[none]{{otherwise}}\n",
        "1:4: error: no words in these brackets; write them, or reverse the rule",
    ),
    "within-mistyped": (
        f"We [some]{{if={U} > 0}} say.\n",
        "1:9: error: a condition that cannot be read; expected "
        "[words]{when=rule}[words]{otherwise}, or \\{ for the character itself",
    ),
    "a-space-left-before-a-full-stop": (
        f"We say so [here]{{when={U} > 0}}[]{{otherwise}}.\n",
        "1:11: error: leaves a space before a full stop or comma; put it inside the brackets",
    ),
    "too-many": (
        f"[A]{{when={U} > 0}}[B]{{otherwise}} " * 7,
        "1:1: error: too many conditions in one paragraph; divide it, or write ::: when above it",
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_said_where_it_stands(text: str, message: str, known: Vocabulary) -> None:
    _, problems = read(text, known)

    assert f"file.md:{message}" in problems


def test_no_insert_follows_a_paragraph_that_some_letters_lack(tmp_path: Path) -> None:
    change = {
        insert_file(
            "flood"
        ): "---\nplace: statistics\nafter: Some\nwhen: edition.year > 1\n---\nX\n"
    }
    words = f"::: when {U} > 0\nSome.\n::: otherwise nothing\n:::\n"

    assert lines(build_tree(tmp_path, section(words), change)) == [
        f'{insert_file("flood")}:3:8: error: after: the paragraph that begins with "Some" is '
        "under a condition; name one that is in every letter"
    ]


def test_a_straight_quote_is_found_in_every_case(known: Vocabulary) -> None:
    _, problems = read(f'We [say 5"]{{when={U} > 0}}[say 6"]{{otherwise}}.\n', known)

    assert [line.split(":")[2] for line in problems] == ["10", "53"]


def test_words_in_every_case_are_checked(tmp_path: Path) -> None:
    words = (
        f"::: when {U} > 0\nA c\u043euncil.\n::: otherwise\nA Ho1den.\n:::\n"
        f"We [wr\u043eng]{{when={U} > 0}}[3lse]{{otherwise}}.\n"
    )
    found = lines(build_tree(tmp_path, section(words)))

    line = STATISTICS.count("\n") + 2
    assert [each.split(":")[1] for each in found] == [str(line + n) for n in (1, 3, 5)]
