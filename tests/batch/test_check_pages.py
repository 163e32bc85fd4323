"""Checking letters renders them and writes nothing."""

from pathlib import Path

from generator.batch.build_letters import check_words
from generator.batch.run import Result
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import LoadedEdition, load_edition
from tests.batch.executors import check
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, build_tree, unprintable_for

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE = f"data/2031/authorities/{A}.yaml"
TEMPLATE = "templates/letter.html.jinja"


def words(loaded: LoadedEdition) -> list[Result]:
    """Render all letters as pages to read on screen."""
    stop = Cancellation()
    try:
        return list(check_words(loaded, loaded.slugs, stop))
    finally:
        stop.close()


def test_checking_writes_nothing(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    results = check(loaded)

    assert [r.status for r in results] == ["checked", "checked"]
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_checking_the_pages_finds_what_only_the_engine_knows(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, {TEMPLATE: unprintable_for(A)}))

    without = [r.status for r in words(loaded)]
    with_pages = [r.status for r in check(loaded)]

    assert without == ["checked", "checked"]
    assert with_pages == ["failed", "checked"]


def test_an_error_of_the_data_is_the_letters_own(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: -3")}))
    why = (
        "received.roads: found -3, which is negative; "
        "expected a whole number, or null if not yet supplied"
    )

    for results in (words(loaded), check(loaded)):
        assert [(r.slug, r.status, r.reason, [*r.problems]) for r in results] == [
            (A, "failed", why, []),
            (F, "checked", "", []),
        ]


def test_a_template_that_loses_words_fails_every_letter(tmp_path: Path) -> None:
    template = BORSETSHIRE["templates/letter.html.jinja"].replace("{{ label }}", "")
    loaded = load_edition(build_tree(tmp_path, {"templates/letter.html.jinja": template}))

    for results in (words(loaded), check(loaded)):
        assert [(r.slug, r.status) for r in results] == [(A, "failed"), (F, "failed")]
        assert all("report/5: " in result.reason for result in results)


def test_asked_to_stop_it_checks_no_more(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))
    stop = Cancellation()
    checking = check_words(loaded, loaded.slugs, stop)

    first = next(checking)
    stop.request()

    assert (first.slug, list(checking)) == (A, [])
    stop.close()
