"""The same steps as the commands, for programs: load an edition, compose a letter, render it."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from weasyprint.text.fonts import FontConfiguration

from generator import api
from generator.api import (
    LetterProblemsError,
    ProofError,
    Severity,
    UsageError,
    compose_letter,
    load_edition,
    render_html,
    render_pdf,
    render_text,
)
from tests.borsetshire import AMBRIDGE, STATISTICS, build_tree

A_FILE = "data/2031/authorities/ambridge-district-council.yaml"


def test_a_letter_is_loaded_composed_and_rendered(tmp_path: Path) -> None:
    build_tree(tmp_path)
    edition = load_edition(tmp_path)

    letter = compose_letter(edition, "ambridge")

    assert edition.problems == []
    assert letter.title == "Annual letter 2031: Ambridge District Council"
    assert render_pdf(edition, letter).startswith(b"%PDF-")
    assert render_html(edition, letter).startswith(b"<!DOCTYPE html>")
    assert b"We received 17 complaints" in render_text(edition, letter)


def test_a_letter_with_an_error_is_never_returned(tmp_path: Path) -> None:
    build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: null")})

    with pytest.raises(LetterProblemsError) as failed:
        compose_letter(load_edition(tmp_path, 2031), "ambridge-district-council")

    assert [(p.where, p.severity) for p in failed.value.problems] == [
        ("received.roads", Severity.ERROR)
    ]


def test_a_letter_that_names_another_authority_is_not_printed(tmp_path: Path) -> None:
    words = STATISTICS.replace("every year", "with those of Felpersham City Council")
    build_tree(tmp_path, {"templates/2031/sections/statistics.md": words})
    edition = load_edition(tmp_path)

    with pytest.raises(ProofError) as failed:
        render_pdf(edition, compose_letter(edition, "ambridge"))

    assert failed.value.findings == [
        'it names another authority, "Felpersham City Council", outside its own inserts'
    ]


def test_the_engine_is_started_once_for_an_edition_whoever_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []

    def start() -> FontConfiguration:
        started.append("engine")
        return FontConfiguration()

    monkeypatch.setattr("generator.rendering.pdf.pdf_engine.FontConfiguration", start)
    build_tree(tmp_path)
    edition, again = load_edition(tmp_path), load_edition(tmp_path)
    letters = [compose_letter(edition, name) for name in ("ambridge", "felp")]

    with ThreadPoolExecutor(4) as threads:
        printed = list(threads.map(lambda letter: render_pdf(edition, letter), letters * 3))

    assert started == ["engine"]
    assert printed == printed[:2] * 3
    assert render_pdf(again, compose_letter(again, "ambridge")) == printed[0]
    assert started == ["engine", "engine"]


def test_what_is_kept_for_an_edition_goes_with_it(tmp_path: Path) -> None:
    build_tree(tmp_path)
    edition = load_edition(tmp_path)
    render_text(edition, compose_letter(edition, "ambridge"))
    gone = weakref.ref(edition)

    del edition
    gc.collect()

    assert gone() is None


def test_a_draft_may_have_gaps(tmp_path: Path) -> None:
    build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: null")})

    letter = compose_letter(load_edition(tmp_path, draft=True), "ambridge")

    assert letter.draft
    assert "We received [?] complaints" in letter.text


def test_an_unknown_authority_or_edition_is_a_wrong_use(tmp_path: Path) -> None:
    build_tree(tmp_path)

    with pytest.raises(UsageError, match="No authority"):
        compose_letter(load_edition(tmp_path), "lutton")
    with pytest.raises(UsageError, match="No edition 2018"):
        load_edition(tmp_path, 2018)


def test_everything_public_explains_itself() -> None:
    assert [name for name in api.__all__ if not getattr(api, name).__doc__] == []
