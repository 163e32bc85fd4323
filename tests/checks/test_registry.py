"""One list of checks: what is registered is asked by all, and stands in the documentation."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from generator.checks.checks_page import checks_page
from generator.checks.mentions import NameIndex
from generator.checks.registry import (
    CHECKS,
    CheckContext,
    Finding,
    OutputContext,
    PdfContext,
    Scope,
    all_checks,
    check,
    check_pdf,
)
from generator.outputs.plan import inspect_outputs, left_over
from generator.problems import Place, Severity
from generator.project.load_edition import load_edition
from generator.verification.read_back import ReadLetter
from tests.borsetshire import build_tree

AMBRIDGE = "ambridge-district-council"
NAME = "too-many-ducks"


@pytest.fixture
def forgotten() -> Iterator[None]:
    with ExitStack() as stack:
        stack.callback(CHECKS.pop, NAME)
        yield


def too_many_ducks(context: CheckContext) -> Iterator[Finding]:
    """An authority has ducks."""
    for authority in context.authorities.values():
        yield Finding(authority.place("name"), f"ducks in {authority.slug}", "name")


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("scope", [scope for scope in Scope if scope.is_of_edition])
def test_a_check_of_an_edition_is_asked(scope: Scope, severity: Severity, tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    check(scope, severity)(too_many_ducks)

    found = [p for p in load_edition(folders).problems if p.kind == NAME]
    of_one = [p for p in load_edition(folders, only=[AMBRIDGE]).problems if p.kind == NAME]

    assert len(found) == len(load_edition(folders).slugs) > 1
    assert {(p.severity, p.subject is not None) for p in found} == {
        (severity, severity is Severity.WARNING)
    }
    assert len(of_one) == (0 if scope is Scope.EDITION else 1)
    assert f"| `{NAME}` | {scope.value} | {severity.value}" in checks_page()
    assert "| An authority has ducks. |" in checks_page()


@pytest.mark.usefixtures("forgotten")
def test_a_check_of_the_output_folder_is_asked(tmp_path: Path) -> None:
    def too_many_ducks(context: OutputContext) -> Iterator[Finding]:
        yield Finding(Place(context.folder), "it has no ducks")

    loaded = load_edition(build_tree(tmp_path))
    folder = loaded.folders.output()
    check(Scope.OUTPUT, Severity.WARNING)(too_many_ducks)

    (problem,) = left_over(loaded, inspect_outputs(loaded, folder), folder)
    assert (problem.kind, problem.place, problem.subject) == (NAME, Place(folder), None)
    assert NAME not in {p.kind for p in load_edition(loaded.folders).problems}


@pytest.mark.usefixtures("forgotten")
def test_a_check_of_a_pdf_is_asked(tmp_path: Path) -> None:
    nothing = ReadLetter("Ducks", "", (), (), {}, frozenset(), frozenset())
    letter = load_edition(build_tree(tmp_path)).letters[AMBRIDGE].letter
    context = PdfContext(nothing, letter, NameIndex())
    before = check_pdf(context)

    def too_many_ducks(context: PdfContext) -> Iterator[str]:
        yield f"title {context.read.title}"

    check(Scope.PDF, Severity.ERROR)(too_many_ducks)
    assert check_pdf(context) == [*before, "title Ducks"]
    assert f"| `{NAME}` | a PDF, read back | error |" in checks_page()


def test_two_checks_cannot_have_one_name() -> None:
    taken = all_checks()[0]
    with pytest.raises(ValueError, match=taken.name):
        check(Scope.FILE, Severity.ERROR)(taken.find)
