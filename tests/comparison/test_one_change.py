"""One input changed at a time: the comparison names its cause, its letters, its line, and no more.

Forty invented authorities; this year's edition says what last year's said but for one thing.
"""

from pathlib import Path

from tests.borsetshire import INTRODUCTION
from tests.comparison.two_years import (
    BUSY,
    SLUGS,
    STATISTICS,
    THANKED,
    compare_years,
    describe,
    line_of,
    only,
)


def test_two_years_that_say_the_same_have_no_changes(tmp_path: Path) -> None:
    comparison = compare_years(tmp_path, {})

    assert [letter.slug for letter in comparison.letters] == SLUGS
    assert comparison.shared == ()
    assert [letter.changes for letter in comparison.letters] == [()] * 40


def test_a_figure(tmp_path: Path) -> None:
    """A count is printed in a table, in its sum and its rate, and in a sentence: these four.

    Each is told, since each is printed, and each by the line of the count and not by the rule of
    the sum; nothing else is, and no other letter has any.
    """
    comparison = compare_years(tmp_path, {"parish-03.yaml": ("upheld: 3}", "upheld: 4}")})

    assert [describe(shared.change) for shared in comparison.shared] == [
        ("changed", "data", "3", "4"),
        ("changed", "figures", "3", "4"),
        ("changed", "figures", "38%", "44%"),
        ("changed", "figures", "9", "10"),
    ]
    assert {shared.slugs for shared in comparison.shared} == {("parish-03",)}
    lines = {
        (line_of(shared.change.place_before), line_of(shared.change.place_after))
        for shared in comparison.shared
    }
    assert lines == {
        (
            "2030/parish-03.yaml: decided: {advice_given: 1, not_upheld: 5, upheld: 3}",
            "2031/parish-03.yaml: decided: {advice_given: 1, not_upheld: 5, upheld: 4}",
        )
    }


def test_the_date_of_the_letter(tmp_path: Path) -> None:
    change = ("letter_date: 2031-07-16", "letter_date: 2031-07-17")

    shared = only(compare_years(tmp_path, {"edition.yaml": change}))

    assert describe(shared.change) == ("changed", "edition", "16 July 2031", "17 July 2031")
    assert (shared.slugs, shared.of, shared.exceptions) == (tuple(SLUGS), 40, ())
    assert line_of(shared.change.place_before) == "data/edition.yaml: letter_date: 2031-07-16"
    assert line_of(shared.change.place_after) == "data/edition.yaml: letter_date: 2031-07-17"


def test_a_word_of_a_shared_paragraph(tmp_path: Path) -> None:
    """The line is that of the word: the second of its paragraph."""
    change = ("of those that we", "of the cases that we")

    shared = only(compare_years(tmp_path, {"statistics.md": change}))

    assert describe(shared.change) == ("changed", "wording", "those", "the cases")
    assert (shared.slugs, shared.of, shared.exceptions) == (tuple(SLUGS), 40, ())
    assert shared.change.part == "statistics"
    assert not shared.change.inferred
    assert line_of(shared.change.place_after) == (
        "2031/statistics.md: we upheld {{ authority.decided.upheld }} of the cases that we "
        "investigated in the course of the year."
    )
    assert line_of(shared.change.place_before) == (
        "2030/statistics.md: we upheld {{ authority.decided.upheld }} of those that we "
        "investigated in the course of the year."
    )


def test_the_words_of_an_insert(tmp_path: Path) -> None:
    shared = only(compare_years(tmp_path, {"busy.md": ("busy year", "hard year")}))

    assert describe(shared.change) == ("changed", "insert", "busy", "hard")
    assert (shared.slugs, shared.of, shared.exceptions) == (tuple(BUSY), len(BUSY), ())
    assert line_of(shared.change.place_after) == (
        "2031/busy.md: This was a hard year for the {{ authority.noun }}, and for us."
    )


def test_an_insert_that_one_more_authority_names(tmp_path: Path) -> None:
    last_line = "remedied: {by_us: 2, by_authority: 1}"
    change = (last_line, f"{last_line}\ninserts: [{{thanks: {{matter: a duck}}}}]")

    shared = only(compare_years(tmp_path, {"parish-03.yaml": change}))

    words = "Thank you for {{ insert.matter }}, which we were glad to hear of."
    assert describe(shared.change) == ("added", "insert", "", words)
    assert (shared.slugs, shared.exceptions) == (("parish-03",), tuple(THANKED))
    assert line_of(shared.change.place_after) == (
        "2031/parish-03.yaml: inserts: [{thanks: {matter: a duck}}]"
    )


def test_an_insert_that_one_authority_no_longer_names(tmp_path: Path) -> None:
    change = ("inserts:\n  - thanks: {matter: the new pond}\n", "")

    shared = only(compare_years(tmp_path, {"parish-07.yaml": change}))

    words = "Thank you for {{ insert.matter }}, which we were glad to hear of."
    assert describe(shared.change) == ("removed", "insert", words, "")
    assert (shared.slugs, shared.exceptions) == (("parish-07",), ("parish-21",))
    assert line_of(shared.change.place_before) == (
        "2030/parish-07.yaml: - thanks: {matter: the new pond}"
    )


def test_a_value_given_to_an_insert(tmp_path: Path) -> None:
    change = ("the new pond", "the two geese")

    shared = only(compare_years(tmp_path, {"parish-07.yaml": change}))

    assert describe(shared.change) == ("changed", "data", "the new pond", "the two geese")
    assert shared.slugs == ("parish-07",)
    assert line_of(shared.change.place_after) == (
        "2031/parish-07.yaml: - thanks: {matter: the two geese}"
    )


def test_the_condition_of_a_rule_that_now_more_letters_meet(tmp_path: Path) -> None:
    shared = only(compare_years(tmp_path, {"busy.md": ("> 52", "> 50")}))

    words = "This was a busy year for the {{ authority.noun }}, and for us."
    assert describe(shared.change) == ("added", "rule", "", words)
    assert (shared.slugs, shared.exceptions) == (("parish-37", "parish-38"), tuple(BUSY))
    assert (
        line_of(shared.change.place_before) == "2030/busy.md: when: authority.received.total > 52"
    )
    assert line_of(shared.change.place_after) == "2031/busy.md: when: authority.received.total > 50"


def test_the_condition_of_a_rule_that_no_letter_meets_any_more(tmp_path: Path) -> None:
    shared = only(compare_years(tmp_path, {"busy.md": ("> 52", "> 54")}))

    words = "This was a busy year for the {{ authority.noun }}, and for us."
    assert describe(shared.change) == ("removed", "rule", words, "")
    assert (shared.slugs, shared.of, shared.exceptions) == (tuple(BUSY), len(BUSY), ())
    assert line_of(shared.change.place_after) == "2031/busy.md: when: authority.received.total > 54"


def test_an_addressee(tmp_path: Path) -> None:
    """Printed in the address and in the salutation: these two, by the line of the name."""
    change = ("Walter Gabriel IIII", "Joe Grundy")

    comparison = compare_years(tmp_path, {"parish-03.yaml": change})

    expected = ("changed", "data", "Walter Gabriel IIII", "Joe Grundy")
    assert [describe(shared.change) for shared in comparison.shared] == [expected] * 2
    sides = [shared.change.after for shared in comparison.shared]
    assert [getattr(side, "role", "") for side in sides] == ["address_line", "salutation"]
    assert {shared.slugs for shared in comparison.shared} == {("parish-03",)}
    lines = {line_of(shared.change.place_after) for shared in comparison.shared}
    assert lines == {"2031/parish-03.yaml: name: Joe Grundy"}


def test_a_label(tmp_path: Path) -> None:
    change = ("Ponds and Ducks", "Ducks and Ponds")

    shared = only(compare_years(tmp_path, {"edition.yaml": change}))

    assert describe(shared.change) == ("changed", "wording", *change)
    assert (shared.change.part, shared.slugs, shared.of) == ("received", tuple(SLUGS), 40)
    assert line_of(shared.change.place_before) == "data/edition.yaml: ponds: Ponds and Ducks"
    assert line_of(shared.change.place_after) == "data/edition.yaml: ponds: Ducks and Ponds"


def test_the_title_of_a_table(tmp_path: Path) -> None:
    change = ("Complaints received", "Complaints that came")

    shared = only(compare_years(tmp_path, {"edition.yaml": change}))

    assert describe(shared.change) == ("changed", "wording", *change)
    assert (shared.slugs, shared.of, shared.exceptions) == (tuple(SLUGS), 40, ())
    assert line_of(shared.change.place_after) == "data/edition.yaml: title: Complaints that came"


def test_the_order_of_two_sections(tmp_path: Path) -> None:
    """One section moved, told once for all its passages; not a word was written anew."""
    change = ("[introduction, statistics, future]", "[introduction, future, statistics]")

    shared = only(compare_years(tmp_path, {"edition.yaml": change}))

    assert describe(shared.change) == ("moved", "edition", "What comes next", "What comes next")
    assert shared.change.whole_part
    assert (shared.slugs, shared.of, shared.exceptions) == (tuple(SLUGS), 40, ())
    assert line_of(shared.change.place_before) == f"data/edition.yaml: sections: {change[0]}"
    assert line_of(shared.change.place_after) == f"data/edition.yaml: sections: {change[1]}"


def test_a_paragraph_added_at_the_top_of_a_section(tmp_path: Path) -> None:
    """All paragraphs below it have other numbers now, and none of them is a change."""
    heading = "# The statistics\n"
    words = "The figures of this year are those of the whole county."

    change = (heading, f"{heading}\n{words}\n")
    shared = only(compare_years(tmp_path, {"statistics.md": change}))

    assert describe(shared.change) == ("added", "wording", "", words)
    assert (shared.slugs, shared.of, shared.exceptions) == (tuple(SLUGS), 40, ())
    assert line_of(shared.change.place_after) == f"2031/statistics.md: {words}"


def test_two_paragraphs_that_changed_places(tmp_path: Path) -> None:
    heading, first, second = STATISTICS.strip().split("\n\n")
    change = (f"{first}\n\n{second}", f"{second}\n\n{first}")

    shared = only(compare_years(tmp_path, {"statistics.md": change}))

    assert heading.startswith("#")
    action, cause, gone, new = describe(shared.change)
    assert (action, cause) == ("moved", "wording")
    assert gone == new
    assert (shared.slugs, shared.of, shared.exceptions) == (tuple(SLUGS), 40, ())


def test_the_noun_of_a_kind(tmp_path: Path) -> None:
    """It is in a paragraph of all letters and in an insert: told twice, once for each passage."""
    change = ("council: {noun: council}", "council: {noun: parish}")

    comparison = compare_years(tmp_path, {"edition.yaml": change})

    assert [(describe(s.change), s.slugs) for s in comparison.shared] == [
        (("changed", "edition", "council", "parish"), tuple(SLUGS)),
        (("changed", "edition", "council", "parish"), tuple(BUSY)),
    ]
    lines = {line_of(shared.change.place_after) for shared in comparison.shared}
    assert lines == {"data/edition.yaml: council: {noun: parish}"}


def test_the_kind_of_one_authority(tmp_path: Path) -> None:
    """Another word for it, since it is another kind of authority: its own line is the one."""
    change = ("name: Parish 03 Council\n", "name: Parish 03 Council\nkind: authority\n")

    shared = only(compare_years(tmp_path, {"parish-03.yaml": change}))

    assert describe(shared.change) == ("changed", "data", "council", "authority")
    assert shared.slugs == ("parish-03",)
    assert line_of(shared.change.place_after) == "2031/parish-03.yaml: kind: authority"


def test_the_address_behind_a_link(tmp_path: Path) -> None:
    """Not a word differs, and whoever follows the link reads something else."""
    change = ("example/guide", "example/other-guide")

    shared = only(compare_years(tmp_path, {"guide.md": change}))

    assert describe(shared.change) == (
        "changed",
        "wording",
        "[the guide](https://ombudsman.borsetshire.example/guide).",
        "[the guide](https://ombudsman.borsetshire.example/other-guide).",
    )
    assert (shared.change.marking, shared.slugs, shared.of) == ("link", tuple(SLUGS), 40)
    assert line_of(shared.change.place_after).startswith("2031/guide.md: On reading")


def test_a_section_that_was_dropped(tmp_path: Path) -> None:
    """One change of the edition's list, with all its words; its insert has a reason of its own."""
    change = ("[introduction, statistics, future]", "[introduction, statistics]")

    comparison = compare_years(
        tmp_path, {"edition.yaml": change, "thanks.md": ("place: future", "place: statistics")}
    )

    section, insert = comparison.shared
    assert describe(section.change) == (
        "removed",
        "edition",
        "What comes next ¶ Next year we will say more about how complaints are put right, and by "
        "whom.",
        "",
    )
    assert section.change.whole_part
    assert (section.slugs, section.of, section.exceptions) == (tuple(SLUGS), 40, ())
    assert line_of(section.change.place_before) == f"data/edition.yaml: sections: {change[0]}"
    assert line_of(section.change.place_after) == f"data/edition.yaml: sections: {change[1]}"
    assert describe(insert.change)[:2] == ("moved", "insert")
    assert insert.slugs == tuple(THANKED)


def test_a_section_that_was_written_anew_is_still_listed(tmp_path: Path) -> None:
    """Nothing is left of its only paragraph, but its section neither came nor went."""
    change = (INTRODUCTION.strip(), "Ducks and ponds have kept all of us busy.")

    comparison = compare_years(tmp_path, {"introduction.md": change})

    told = [(*describe(s.change)[:2], s.change.whole_part) for s in comparison.shared]
    assert sorted(told) == [("added", "wording", False), ("removed", "wording", False)]


def test_a_section_that_was_added(tmp_path: Path) -> None:
    change = ("[introduction, statistics, future]", "[introduction, statistics, future, ducks]")
    file = "templates/2031/sections/ducks.md"
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text("# Ducks\n\nThey swim.\n\nThey fly.\n", encoding="utf-8")

    shared = only(compare_years(tmp_path, {"edition.yaml": change}))

    assert describe(shared.change) == ("added", "edition", "", "Ducks ¶ They swim. ¶ They fly.")
    assert [passage.text for passage in shared.change.passages] == [
        "Ducks",
        "They swim.",
        "They fly.",
    ]
    assert (shared.slugs, shared.of) == (tuple(SLUGS), 40)
    assert line_of(shared.change.place_before) == f"data/edition.yaml: sections: {change[0]}"
    assert line_of(shared.change.place_after) == f"data/edition.yaml: sections: {change[1]}"


def test_a_figure_by_which_a_rule_came_out_the_other_way(tmp_path: Path) -> None:
    """The rule says what it said: the line is that of the count, and the rule's is told, too."""
    comparison = compare_years(tmp_path, {"parish-38.yaml": ("roads: 38", "roads: 39")})

    (rule,) = [s for s in comparison.shared if s.change.cause.name == "rule"]
    assert (rule.slugs, rule.exceptions) == (("parish-38",), tuple(BUSY))
    assert rule.change.triggering_value == "authority.received.total"
    lines = (line_of(rule.change.place_before), line_of(rule.change.place_after))
    assert lines == (
        "2030/parish-38.yaml: received: {roads: 38, ponds: 14}",
        "2031/parish-38.yaml: received: {roads: 39, ponds: 14}",
    )
    assert line_of(rule.change.rule_after) == "2031/busy.md: when: authority.received.total > 52"


def test_figures_by_which_a_rule_came_out_the_other_way_in_several_letters(tmp_path: Path) -> None:
    """What they share is the rule; the figures are each letter's own."""
    comparison = compare_years(
        tmp_path,
        {
            "parish-37.yaml": ("roads: 37", "roads: 60"),
            "parish-38.yaml": ("roads: 38", "roads: 61"),
        },
    )

    (rule,) = [s for s in comparison.shared if s.change.cause.name == "rule"]
    assert rule.slugs == ("parish-37", "parish-38")
    assert rule.change.triggering_value == "authority.received.total"
    assert line_of(rule.change.place_after) == "2031/busy.md: when: authority.received.total > 52"
    own = [c for letter in comparison.letters for c in letter.changes if c.cause.name == "rule"]
    assert [line_of(change.place_after) for change in own] == [
        "2031/parish-37.yaml: received: {roads: 60, ponds: 14}",
        "2031/parish-38.yaml: received: {roads: 61, ponds: 14}",
    ]


def test_the_id_of_a_column(tmp_path: Path) -> None:
    """The figures are known again by their label: none is told as gone, and none as new."""
    files = {f"{slug}.yaml": ("ponds:", "ducks:") for slug in SLUGS}

    shared = only(
        compare_years(tmp_path, {"edition.yaml": ("ponds: Ponds", "ducks: Ponds"), **files})
    )

    assert describe(shared.change) == ("changed", "edition", "ponds", "ducks")
    assert (shared.slugs, shared.of) == (tuple(SLUGS), 40)
    assert line_of(shared.change.place_before) == "data/edition.yaml: ponds: Ponds and Ducks"
    assert line_of(shared.change.place_after) == "data/edition.yaml: ducks: Ponds and Ducks"


def test_last_years_lines_are_known_by_the_records_of_its_letters_too(tmp_path: Path) -> None:
    """A record holds no place; last year's edition has the same wording on some line."""
    comparison = compare_years(
        tmp_path,
        {
            "statistics.md": ("of those that we", "of the cases that we"),
            "busy.md": ("busy year", "hard year"),
            "edition.yaml": ("By carrier pigeon", "By mail coach"),
            "parish-05.yaml": ("ponds: 14", "ponds: 15"),
        },
        records=True,
    )

    told = {
        line_of(s.change.place_before) for s in comparison.shared if s.change.cause.name != "data"
    }
    assert told == {
        "data/edition.yaml: delivery: By carrier pigeon",
        "2030/statistics.md: we upheld {{ authority.decided.upheld }} of those that we "
        "investigated in the course of the year.",
        "2030/busy.md: This was a busy year for the {{ authority.noun }}, and for us.",
        "2030/parish-05.yaml: received: {roads: 5, ponds: 14}",
    }


def test_a_rewording_and_a_figure_in_the_same_paragraph_are_told_apart(tmp_path: Path) -> None:
    comparison = compare_years(
        tmp_path,
        {
            "statistics.md": ("of those that we", "of the cases that we"),
            "parish-05.yaml": ("ponds: 14", "ponds: 15"),
        },
    )

    told = [(describe(s.change), len(s.slugs)) for s in comparison.shared]
    assert told == [
        (("changed", "wording", "those", "the cases"), 40),
        (("changed", "data", "19 complaints", "20 complaints"), 1),
        (("changed", "figures", "14", "15"), 1),
        (("changed", "figures", "19", "20"), 1),
    ]
