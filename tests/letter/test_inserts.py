"""Which inserts a letter has, where they stand, and in which order."""

from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE as AMBRIDGE_YAML
from tests.borsetshire import STATISTICS, build_tree
from tests.letter.reading import (
    AMBRIDGE,
    AMBRIDGE_FILE,
    FELPERSHAM,
    STATISTICS_FILE,
    insert_file,
    lines,
    texts,
)

FLOOD = insert_file("flood")
PLAIN = "---\nplace: statistics\n---\nThere was a flood.\n"
VALUED = "---\nplace: statistics\n---\nOn {{ insert.matter }}, see {{ insert.paper }}.\n"


def ambridge(more: str, file: str = AMBRIDGE_YAML) -> dict[str, str]:
    return {AMBRIDGE_FILE: file + more}


def ruled(rule: str, words: str = "There was a flood.") -> str:
    return f"---\nplace: statistics\nwhen: '{rule}'\n---\n{words}\n"


HEAD, FIRST, LAST = (
    "The statistics",
    "We received 17 complaints about the council.",
    "We publish these figures every year.",
)


def test_an_insert_stands_at_its_sections_end(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, ambridge("inserts: [flood]\n"), {FLOOD: PLAIN}))
    assert texts(loaded, "statistics") == [HEAD, FIRST, LAST, "There was a flood."]
    assert "There was a flood." not in texts(loaded, "statistics", FELPERSHAM)
    assert loaded.problems == []


OPENINGS = {
    "some-words": "We received",
    "half-a-word": "We rec",
    "with-its-placeholder": 'We received {{ authority.received.total | count("complaint") }} about',
}


@pytest.mark.parametrize("opening", OPENINGS.values(), ids=OPENINGS.keys())
def test_an_insert_follows_the_paragraph_that_opens_with_its_words(
    opening: str, tmp_path: Path
) -> None:
    text = f"---\nplace: statistics\nafter: '{opening}'\n---\nOne.\n\nTwo.\n"
    loaded = load_edition(build_tree(tmp_path, ambridge("inserts: [flood]\n"), {FLOOD: text}))
    assert texts(loaded, "statistics") == [HEAD, FIRST, "One.", "Two.", LAST]
    assert loaded.problems == []


TYPED = {
    "as-in-the-file": "The council's \"best\" and 'worst'",
    "curly": "The council’s “best” and \u2018worst’",
}


@pytest.mark.parametrize("section", TYPED.values(), ids=[f"section-{key}" for key in TYPED])
@pytest.mark.parametrize("opening", TYPED.values(), ids=[f"insert-{key}" for key in TYPED])
def test_quotes_and_line_ends_in_the_opening_words_may_be_typed_either_way(
    section: str, opening: str, tmp_path: Path
) -> None:
    quoted = opening.replace("'", "''")
    text = f"---\nplace: statistics\nafter: '{quoted} of'\n---\nInsert.\n"
    changes = {FLOOD: text, STATISTICS_FILE: f"First.\n\n{section}\nof years.\n\nLast.\n"}
    loaded = load_edition(build_tree(tmp_path, ambridge("inserts: [flood]\n"), changes))
    assert loaded.problems == []
    assert texts(loaded, "statistics")[2:] == ["Insert.", "Last."]


def test_an_insert_without_its_place_is_shown_at_the_end_of_the_section(tmp_path: Path) -> None:
    """The letter is not made, but whoever previews it should see the words."""
    text = "---\nplace: statistics\nafter: We\n---\nInsert.\n"
    loaded = load_edition(build_tree(tmp_path, ambridge("inserts: [flood]\n"), {FLOOD: text}))
    assert texts(loaded, "statistics") == [HEAD, FIRST, LAST, "Insert."]


def test_a_rule_places_an_insert_in_the_letters_it_holds_for(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, {FLOOD: ruled("authority.decided.upheld > 0")}))
    chosen = [loaded.letters[slug].inserts for slug in (AMBRIDGE, FELPERSHAM)]
    assert (chosen, loaded.problems) == ([("flood",), ()], [])


def test_a_rate_of_nothing_is_neither_above_nor_below(tmp_path: Path) -> None:
    above = ruled("authority.decided.uphold_rate >= 0")
    below = ruled("authority.decided.uphold_rate <= 100")
    inserts = {insert_file("above"): above, insert_file("below"): below}
    loaded = load_edition(build_tree(tmp_path, inserts))
    assert loaded.letters[AMBRIDGE].inserts == ("above", "below")
    assert loaded.letters[FELPERSHAM].inserts == ()


def test_an_insert_that_is_named_and_ruled_stands_once(tmp_path: Path) -> None:
    folders = build_tree(
        tmp_path, ambridge("inserts: [flood]\n"), {FLOOD: ruled("edition.year > 0")}
    )
    loaded = load_edition(folders)
    assert texts(loaded, "statistics").count("There was a flood.") == 1
    assert (loaded.letters[AMBRIDGE].inserts, loaded.problems) == (("flood",), [])


def test_inserts_stand_in_the_order_named_then_by_file_name(tmp_path: Path) -> None:
    inserts = {
        insert_file("a-ruled"): ruled("edition.year > 0", "A."),
        insert_file("b-named"): ruled("edition.year > 0", "B."),
        insert_file("c-ruled"): ruled("edition.year > 0", "C."),
        insert_file("d-named"): PLAIN.replace("There was a flood", "D"),
    }
    loaded = load_edition(build_tree(tmp_path, ambridge("inserts: [d-named, b-named]\n"), inserts))
    assert texts(loaded, "statistics")[3:] == ["D.", "B.", "A.", "C."]


def test_a_declined_insert_is_left_out(tmp_path: Path) -> None:
    folders = build_tree(
        tmp_path, ambridge("declines: [flood]\n"), {FLOOD: ruled("edition.year > 0")}
    )
    loaded = load_edition(folders)
    chosen = [loaded.letters[slug].inserts for slug in (AMBRIDGE, FELPERSHAM)]
    assert (chosen, loaded.problems) == ([(), ("flood",)], [])


def test_values_are_printed_as_written(tmp_path: Path) -> None:
    choice = "inserts:\n  - flood: {matter: '*X* & <b>', paper: \"Lynn's {{ 1 }}\"}\n"
    loaded = load_edition(build_tree(tmp_path, ambridge(choice), {FLOOD: VALUED}))
    assert texts(loaded, "statistics")[3:] == ["On *X* & <b>, see Lynn’s {{ 1 }}."]
    assert loaded.problems == []


def test_a_value_that_is_not_given_shows_as_a_gap(tmp_path: Path) -> None:
    choice = "inserts:\n  - flood: {matter: drains}\n"
    loaded = load_edition(build_tree(tmp_path, ambridge(choice), {FLOOD: VALUED}))
    assert texts(loaded, "statistics")[3:] == ["On drains, see [?]."]


CHOICES = {
    "unknown": (
        "inserts: [flod]\n",
        PLAIN,
        '8:11: error: inserts.1.flod: no insert of this name; did you mean "flood"?',
    ),
    "unknown-and-nothing-near": (
        "inserts:\n  - zebra\n",
        PLAIN,
        "9:5: error: inserts.1.zebra: no insert of this name",
    ),
    "named-twice": (
        "inserts: [flood, flood]\n",
        PLAIN,
        "8:18: error: inserts.2.flood: named twice; remove one",
    ),
    "named-and-declined": (
        "inserts: [flood]\ndeclines: [flood]\n",
        ruled("edition.year > 0"),
        "9:12: error: declines.flood: both in inserts and in declines; remove one",
    ),
    "declines-unknown": (
        "declines: [flod]\n",
        PLAIN,
        '8:12: error: declines.flod: no insert of this name; did you mean "flood"?',
    ),
    "declines-without-a-rule": (
        "declines:\n  - flood\n",
        PLAIN,
        "9:5: error: declines.flood: no rule would place it, so it need not be declined; remove it",
    ),
    "value-missing": (
        "inserts:\n  - flood: {matter: drains}\n",
        VALUED,
        "9:5: error: inserts.1.flood.paper: "
        "missing; flood.md prints it, so expected one line of text",
    ),
    "value-mistyped": (
        "inserts:\n  - flood: {mater: drains, paper: x}\n",
        VALUED,
        "9:20: error: inserts.1.flood.mater: flood.md does not use this value; "
        'did you mean "matter"?',
    ),
    "value-not-used": (
        "inserts:\n  - flood:\n      matter: drains\n",
        PLAIN,
        "10:15: error: inserts.1.flood.matter: flood.md does not use this value; remove it",
    ),
}


@pytest.mark.parametrize(("more", "insert", "problem"), CHOICES.values(), ids=CHOICES.keys())
def test_what_is_wrong_with_a_choice_is_said_in_the_authoritys_file(
    more: str, insert: str, problem: str, tmp_path: Path
) -> None:
    folders = build_tree(tmp_path, ambridge(more), {FLOOD: insert})
    loaded = load_edition(folders)
    mine = [p.line(AMBRIDGE_FILE) for p in loaded.problems_of(AMBRIDGE)]
    assert mine == [f"{AMBRIDGE_FILE}:{problem}"]
    assert loaded.problems_of(FELPERSHAM) == []


def test_every_missing_value_is_said(tmp_path: Path) -> None:
    found = lines(build_tree(tmp_path, ambridge("inserts: [flood]\n"), {FLOOD: VALUED}))
    rest = "missing; flood.md prints it, so expected one line of text"
    assert found == [
        f"{AMBRIDGE_FILE}:8:11: error: inserts.1.flood.{name}: {rest}"
        for name in ("matter", "paper")
    ]


NOBODY = {
    "not-named": (PLAIN, "no authority names it"),
    "rule-without-a-letter": (ruled("edition.year == 1"), "its rule places it in none"),
}


@pytest.mark.parametrize(("text", "why"), NOBODY.values(), ids=NOBODY.keys())
def test_an_insert_nobody_has_is_a_warning(text: str, why: str, tmp_path: Path) -> None:
    found = lines(build_tree(tmp_path, {FLOOD: text}))
    assert found == [f"{FLOOD}: warning: no letter has this insert: {why}"]


def test_of_an_insert_that_cannot_be_placed_nothing_more_is_said(tmp_path: Path) -> None:
    found = lines(build_tree(tmp_path, {FLOOD: "---\nplace: nowhere\n---\nWords\n"}))
    assert found == [
        f'{FLOOD}:2:8: error: place: no section "nowhere"; expected one of introduction, statistics'
    ]


def test_a_letter_knows_the_inserts_that_are_not_yet_decided(tmp_path: Path) -> None:
    gap = {AMBRIDGE_FILE: AMBRIDGE_YAML.replace("roads: 3", "roads: null")}
    rule = {FLOOD: ruled("authority.received.roads > 100")}
    loaded = load_edition(build_tree(tmp_path, gap, rule), draft=True)
    undecided = [loaded.letters[slug].undecided for slug in (AMBRIDGE, FELPERSHAM)]
    assert undecided == [("flood",), ()]
    assert "unused-insert" not in {problem.kind for problem in loaded.problems}


GAPS = {
    "count": (
        "authority.decided.upheld > 0",
        "6:51",
        "authority.decided.upheld is not yet supplied",
    ),
    "rate-made-of-it": (
        "authority.decided.uphold_rate > 0",
        "6:51",
        "authority.decided.uphold_rate is not yet supplied",
    ),
    "two": (
        "authority.decided.total > 0 and authority.decided.upheld > 0",
        "6:51",
        "authority.decided.total and authority.decided.upheld are not yet supplied",
    ),
    "named-twice": (
        "0 < authority.decided.upheld and authority.decided.upheld < 9",
        "6:51",
        "authority.decided.upheld is not yet supplied",
    ),
}


@pytest.mark.parametrize(("rule", "place", "gap"), GAPS.values(), ids=GAPS.keys())
def test_a_rule_over_a_gap_places_nothing_and_says_so(
    rule: str, place: str, gap: str, tmp_path: Path
) -> None:
    file = AMBRIDGE_YAML.replace("upheld: 3", "upheld: null")
    folders = build_tree(tmp_path, ambridge("", file), {FLOOD: ruled(rule)})
    loaded = load_edition(folders, draft=True)
    assert loaded.letters[AMBRIDGE].inserts == ()
    said = f"{AMBRIDGE_FILE}:{place}: warning: insert flood: not placed, since {gap}"
    assert [p.line(AMBRIDGE_FILE) for p in loaded.problems_of(AMBRIDGE)] == [said]


def test_of_several_gaps_the_one_the_rule_hangs_on_is_shown(tmp_path: Path) -> None:
    file = AMBRIDGE_YAML.replace("not_upheld: 5, upheld: 3", "not_upheld: null, upheld: null")
    rule = ruled("authority.decided.upheld > 0")
    found = lines(build_tree(tmp_path, ambridge("", file), {FLOOD: rule}), draft=True)
    gap = "authority.decided.upheld is not yet supplied"
    assert found[0] == f"{AMBRIDGE_FILE}:6:54: warning: insert flood: not placed, since {gap}"


def test_a_rule_that_a_gap_cannot_change_is_decided(tmp_path: Path) -> None:
    file = AMBRIDGE_YAML.replace("upheld: 3", "upheld: null")
    rule = ruled("authority.decided.upheld > 0 or authority.received.total > 0")
    loaded = load_edition(build_tree(tmp_path, ambridge("", file), {FLOOD: rule}), draft=True)
    assert (loaded.letters[AMBRIDGE].inserts, loaded.problems) == (("flood",), [])


def test_an_insert_in_a_section_of_its_own_words_only(tmp_path: Path) -> None:
    """An insert may stand in any section, and one section's inserts in no other."""
    text = PLAIN.replace("statistics", "introduction")
    loaded = load_edition(build_tree(tmp_path, ambridge("inserts: [flood]\n"), {FLOOD: text}))
    assert texts(loaded, "introduction")[1:] == ["There was a flood."]
    assert len(texts(loaded, "statistics")) == STATISTICS.count("\n\n") + 1
