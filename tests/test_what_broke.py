"""Six things that broke before letters of another year could be made, each with its test.

More on each: `letter/test_guards.py`, `edition/test_definitions.py`,
`batch/test_conformance_of_builds.py`, `checks/test_carried_over.py`, `checks/test_kinds.py` and
`letter/test_compared_rows.py`.
"""

from pathlib import Path

import pytest

from generator.batch.job import LetterRenderer
from generator.project.load_edition import load_edition
from generator.rendering.failures import LetterTemplateError
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, STATISTICS, build_tree

A = "ambridge-district-council"
A_FILE, EDITION_FILE = f"data/2031/authorities/{A}.yaml", "data/2031/edition.yaml"
STATISTICS_FILE = "templates/2031/sections/statistics.md"
RATE = "authority.decided.uphold_rate"


def wrong(folder: Path, changes: dict[str, str]) -> list[str]:
    """The errors in an edition with these files, and the names of the files that they are in."""
    problems = load_edition(build_tree(folder, changes)).problems
    return [f"{p.place.path.name}: {p.message}" for p in problems if p.is_error]


def test_1_a_rate_of_nothing_in_a_sentence_is_refused(tmp_path: Path) -> None:
    words = STATISTICS + f"\n{{{{ {RATE} }}}} of complaints we looked into were upheld.\n"

    assert wrong(tmp_path, {STATISTICS_FILE: words}) == [
        f'statistics.md: {RATE} may have no value here; write it under "::: when {RATE} is known"'
    ]


def test_2_a_long_word_for_nothing_is_told_in_the_edition_and_not_in_an_authority_s_file(
    tmp_path: Path,
) -> None:
    long = EDITION.replace(
        "of: [not_upheld, upheld]", f"of: [not_upheld, upheld], none: {'so ' * 20}"
    )

    assert wrong(tmp_path, {EDITION_FILE: long}) == [
        "edition.yaml: longer than 40 characters; shorten it so that it fits in a cell"
    ]


def test_3_a_drawing_in_the_template_without_an_alternative_is_refused(tmp_path: Path) -> None:
    template = BORSETSHIRE["templates/letter.html.jinja"]
    drawn = template.replace("<header>", '<header><svg><path d="M0 0h9"/></svg>')
    assert drawn != template

    loaded = load_edition(build_tree(tmp_path, {"templates/letter.html.jinja": drawn}))
    assert loaded.letter_template is not None
    with pytest.raises(LetterTemplateError, match="svg"):
        LetterRenderer(loaded.letter_template).pdf(loaded.letters[A].letter)


def test_4_an_addressee_who_was_carried_over_is_asked_about(tmp_path: Path) -> None:
    then = {
        path.replace("2031", "2030"): text.replace("year: 2031", "year: 2030")
        for path, text in BORSETSHIRE.items()
        if "2031" in path
    }

    problems = load_edition(build_tree(tmp_path, then)).problems

    carried = [p.place.path.stem for p in problems if p.kind == "carried-over-person"]
    assert A in carried


def test_5_large_counts_are_read_bad_addresses_and_missing_kinds_are_told(tmp_path: Path) -> None:
    large = AMBRIDGE.replace("ponds: 14", "ponds: 69000000")
    no_email = AMBRIDGE.replace("addressee:\n", "addressee:\n  email: not an email\n")
    compared = EDITION + "comparators:\n  similar: {among: own_kind, average: pooled}\n"

    assert wrong(tmp_path / "large", {A_FILE: large}) == []
    assert wrong(tmp_path / "email", {A_FILE: no_email}) == [
        f'{A}.yaml: found "not an email"; expected one email address'
    ]
    kinds = wrong(tmp_path / "kind", {EDITION_FILE: compared})
    assert kinds == [
        f"{slug}.yaml: missing; expected one of council, authority"
        for slug in (A, "felpersham-city-council")
    ]


def test_6_a_table_stands_where_it_is_placed_of_any_groups_turned_with_what_it_is_compared_with(
    tmp_path: Path,
) -> None:
    edition = f"""{EDITION}comparators:
  everyone: {{label: All, among: all, average: mean}}
tables:
  short:
    columns: [received.total, decided.uphold_rate]
    rows: [own, everyone]
    turned: true
"""
    words = STATISTICS + "\n{{ table short }}\n\nThe rest is not printed here.\n"

    loaded = load_edition(build_tree(tmp_path, {EDITION_FILE: edition, STATISTICS_FILE: words}))

    table, *after = loaded.letters[A].letter.part("statistics")[3:]
    assert [p for p in loaded.problems if p.is_error] == []
    assert table.table is not None
    assert [(line.label, line.texts) for line in table.table.lines] == [
        ("Total", ("17", "18.5")),
        ("Uphold Rate", ("38%", "38%")),
    ]
    assert [block.text for block in after] == ["The rest is not printed here."]
