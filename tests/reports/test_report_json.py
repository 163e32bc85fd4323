"""The report for programs: every change of every letter, and what letters share."""

import json
from dataclasses import replace

from generator.comparison.changes import ChangeType
from generator.reports.report_model import report_of
from generator.reports.report_text import json_comparison, json_letters
from tests.reports.invented import (
    AMBRIDGE,
    BARWICK,
    COMPARISON,
    DARRINGTON,
    FELPERSHAM,
    PONDS,
    REWORDED,
    THANKS,
    compared,
    thanked,
    unchanged,
)


def test_each_letter_compared_has_an_entry_and_each_new_one() -> None:
    entries = [
        (entry["slug"], entry["status"], entry["reason"], len(entry["changes"]))
        for entry in json_letters(report_of(COMPARISON))
    ]

    assert entries == [
        (AMBRIDGE, "changed", "7 changes", 7),
        (BARWICK, "changed", "7 changes", 7),
        (DARRINGTON, "unchanged", "", 0),
        (FELPERSHAM, "changed", "3 changes", 3),
        ("penny-hassett-parish-council", "new", "no letter of last year found", 0),
    ]


def test_an_entry_names_what_was_compared() -> None:
    entry = json_letters(report_of(COMPARISON))[0]

    assert entry["files"] == [f"data/2031/authorities/{AMBRIDGE}.yaml"]
    assert entry["authority"] == "Ambridge District Council"
    assert entry["before"] == {
        "slug": AMBRIDGE,
        "authority": "Ambridge District Council",
        "year": 2030,
        "source": "record",
        "path": f"output/2030/pdf/{AMBRIDGE}.pdf",
    }


def test_a_change_has_its_reason_its_words_and_its_places() -> None:
    _, named, reworded, _, inserted, roads, _ = json_letters(report_of(COMPARISON))[0]["changes"]

    assert reworded == {
        "cause": "wording",
        "inferred": False,
        "action": "changed",
        "part": "ponds-and-ducks",
        "role": "paragraph",
        "insert": None,
        "figure": None,
        "name": None,
        "gone": "comprehensibly",
        "new": "comprehensively",
        "printed_gone": "comprehensibly",
        "printed_new": "comprehensively",
        "marking": None,
        "asked": None,
        "before": None,
        "after": {"path": "templates/2031/sections/ponds-and-ducks.md", "line": 3, "column": 1},
        "rule": None,
    }
    assert (named["cause"], named["after"]["line"]) == ("data", 3)
    assert (inserted["insert"], inserted["action"], inserted["gone"]) == ("flood", "added", "")
    assert (roads["figure"], roads["part"], roads["role"]) == ("roads", "received", None)


def test_what_letters_share_has_its_letters_and_the_exceptions() -> None:
    shared = json_comparison(report_of(COMPARISON))["shared"]

    assert [(s["cause"], s["letters"], s["of"], s["exceptions"]) for s in shared] == [
        ("edition", [AMBRIDGE, BARWICK, FELPERSHAM], 4, [DARRINGTON]),
        ("wording", [AMBRIDGE, BARWICK, FELPERSHAM], 3, []),
        ("wording", [AMBRIDGE, FELPERSHAM], 4, [BARWICK, DARRINGTON]),
    ]
    assert shared[2]["text_before"] == PONDS
    assert shared[2]["text_after"] == PONDS.replace("comprehensibly", "comprehensively")


def test_figures_are_numbers_and_texts() -> None:
    figures = json_comparison(report_of(COMPARISON))["figures"]

    assert figures[0] == {
        "slug": BARWICK,
        "group": "received",
        "id": "total",
        "label": "Total",
        "kind": "count",
        "before": {"text": "1,204", "value": 1204},
        "after": {"text": "1,068", "value": 1068},
        "difference": "−136 (−11%)",
        "against": None,
    }
    assert figures[2]["after"] == {"text": "N/A", "value": None}
    assert figures[3]["before"] is None


def test_it_says_what_it_was_compared_with_and_what_could_not_be() -> None:
    more = json_comparison(report_of(COMPARISON))

    assert more["against"] == "the letters made for 2030"
    assert more["new"] == ["penny-hassett-parish-council"]
    assert more["gone"] == ["Loxley Barrett Council"]
    assert more["unread"] == {FELPERSHAM: ["The table of Complaints remedied has no figures."]}


def test_it_can_be_written_as_json() -> None:
    for comparison in (COMPARISON, unchanged()):
        given = {
            "letters": json_letters(report_of(comparison)),
            **json_comparison(report_of(comparison)),
        }

        assert json.loads(json.dumps(given)) == given


def test_what_a_letter_prints_and_what_turned_a_rule_are_told_too() -> None:
    (letter,) = json_letters(report_of(thanked()))
    (change,) = letter["changes"]

    assert (change["gone"], change["new"]) == ("", "We thank {{ authority.name }}.")
    assert (change["printed_gone"], change["printed_new"]) == ("", "We thank Ambridge.")
    assert change["asked"] == "authority.received.total"
    assert change["after"]["path"] == f"data/2031/authorities/{AMBRIDGE}.yaml"
    assert change["rule"] == {"path": "templates/2031/inserts/busy.md", "line": 3, "column": 1}
    assert letter["pages"] == {"before": 3, "after": None}
    assert json_comparison(report_of(thanked()))["figures"][0]["against"] == "Penny Hassett"


def test_what_a_letter_printed_is_told_of_what_is_gone_too() -> None:
    gone = replace(
        THANKS,
        action=ChangeType.REMOVED,
        before=THANKS.after,
        after=None,
        removed=THANKS.added,
        added="",
    )

    (letter,) = json_letters(report_of(replace(thanked(), letters=(compared(AMBRIDGE, gone),))))

    (change,) = letter["changes"]
    assert (change["gone"], change["printed_gone"]) == (THANKS.added, "We thank Ambridge.")


def test_how_words_are_set_otherwise_is_told() -> None:
    comparison = replace(
        thanked(), letters=(compared(AMBRIDGE, replace(REWORDED, marking="link")),)
    )

    assert json_letters(report_of(comparison))[0]["changes"][0]["marking"] == "link"
