"""This year's letters against the five that were issued: the known readings, each told once."""

from pathlib import Path

from generator.comparison.changes import WORDING, Comparison
from generator.lineage.last_year import find_last_year
from generator.project.load_edition import load_edition
from generator.reports.edition_diff import compare_edition
from generator.workspace import Workspace
from tests.borsetshire import ROOT

ISSUED = Path(__file__).parent / "issued-2018"
BROMSGROVE = "bromsgrove-district-council"
LUTON = "luton-borough-council"
MILTON_KEYNES = "milton-keynes-council"
LEICESTERSHIRE = "north-west-leicestershire-district-council"
SEFTON = "sefton-metropolitan-borough-council"


def compared() -> Comparison:
    workspace = Workspace(ROOT)
    loaded = load_edition(workspace.edition(2018), draft=True)
    last_year = find_last_year(workspace, 2018, ISSUED, loaded)
    return compare_edition(loaded, loaded.slugs, last_year, ISSUED).comparison


def test_exactly_the_known_readings_are_found_each_once_with_its_letters() -> None:
    comparison = compared()

    found = {(s.change.part, s.change.removed, s.change.added): s for s in comparison.shared}
    assert {what: shared.slugs for what, shared in found.items()} == {
        ("future-development", "comprehensibly", "comprehensively"): (
            BROMSGROVE,
            MILTON_KEYNES,
            SEFTON,
        ),
        ("supporting-local-scrutiny", "www.lgo.org.uk/scrutiny", "www.lgo.org.uk/scrutiny."): (
            BROMSGROVE,
            MILTON_KEYNES,
            LEICESTERSHIRE,
            SEFTON,
        ),
        ("learning-from-complaints", "it", "its"): (BROMSGROVE, MILTON_KEYNES, SEFTON),
    }
    assert {shared.change.cause for shared in comparison.shared} == {WORDING}
    assert all(shared.change.inferred for shared in comparison.shared)
    assert found["learning-from-complaints", "it", "its"].exceptions == (LUTON, LEICESTERSHIRE)


def test_all_letters_have_a_counterpart_and_all_figures_are_equal() -> None:
    comparison = compared()

    assert (comparison.added, comparison.removed, len(comparison.letters)) == ((), (), 5)
    values = [
        (row.before and row.before.value, row.after and row.after.value)
        for row in comparison.figures
    ]
    assert len(values) == 5 * 6
    assert [pair for pair in values if pair[0] is None or pair[0] != pair[1]] == []


def test_what_the_issued_texts_lost_is_listed() -> None:
    unread = compared().unread

    assert {slug: len(sentences) for slug, sentences in unread.items()} == {
        BROMSGROVE: 8,
        MILTON_KEYNES: 3,
        SEFTON: 9,
    }
