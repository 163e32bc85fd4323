"""An inspection: what there is against what the edition makes of it; nothing is written."""

from pathlib import Path

import pytest

from generator.outputs.manifest import MANIFEST_FILE, Manifest, read_manifest
from generator.outputs.plan import PlannedAction, inspect_outputs
from generator.project.load_edition import LoadedEdition, load_edition
from generator.rendering.engine import engine_parts
from tests.batch.executors import build, type_here
from tests.borsetshire import AMBRIDGE, build_tree

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE, F_FILE = (f"data/2031/authorities/{slug}.yaml" for slug in (A, F))


@pytest.fixture
def made(tmp_path: Path) -> LoadedEdition:
    """Both letters, made into `output`."""
    loaded = load_edition(build_tree(tmp_path))
    build(loaded, tmp_path / "output", type_here)
    return loaded


def test_where_nothing_is_all_is_new(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))

    found = inspect_outputs(loaded, tmp_path / "output")

    assert [(s.slug, s.action, s.reason) for s in found.steps.values()] == [
        (A, PlannedAction.MAKE, "new"),
        (F, PlannedAction.MAKE, "new"),
    ]
    assert (found.stale, found.foreign_files, found.problems) == ({}, {}, [])
    assert found.manifest == Manifest(2031, False, engine_parts())
    assert not (tmp_path / "output").exists()


def test_what_was_made_is_as_it_should_be(made: LoadedEdition, tmp_path: Path) -> None:
    found = inspect_outputs(made, tmp_path / "output")

    assert [s.action for s in found.steps.values()] == [PlannedAction.KEEP, PlannedAction.KEEP]
    assert found.manifest == read_manifest(tmp_path / "output")


def test_forced_all_is_made(made: LoadedEdition, tmp_path: Path) -> None:
    found = inspect_outputs(made, tmp_path / "output", force=True)

    assert [s.reason for s in found.steps.values()] == ["rebuilt as asked (--force)"] * 2


def test_an_error_of_the_data_is_why_a_letter_cannot_be_made(
    made: LoadedEdition, tmp_path: Path
) -> None:
    loaded = load_edition(build_tree(tmp_path, {A_FILE: "name: Ambridge District Council\n"}))

    found = inspect_outputs(loaded, tmp_path / "output")

    assert (found.steps[A].action, found.steps[F].action) == (
        PlannedAction.FAIL,
        PlannedAction.KEEP,
    )
    assert found.steps[A].reason.startswith("4 errors, the first: ")
    assert A not in found.inputs
    assert F in found.inputs
    assert made.problems == []


@pytest.mark.parametrize("file", ["data/2031/edition.yaml", "templates/letter.html.jinja"])
def test_an_edition_or_a_template_that_cannot_be_read_fails_all(
    file: str, made: LoadedEdition, tmp_path: Path
) -> None:
    loaded = load_edition(build_tree(tmp_path, {file: "{% if %}"}))

    found = inspect_outputs(loaded, tmp_path / "output")

    assert [s.action for s in found.steps.values()] == [PlannedAction.FAIL, PlannedAction.FAIL]
    assert all(step.reason for step in found.steps.values())
    assert (dict(found.inputs), found.stale, found.foreign_files) == ({}, {}, {})
    assert made.problems == []


def test_stale_is_what_we_made_and_foreign_what_we_did_not(
    made: LoadedEdition, tmp_path: Path
) -> None:
    (tmp_path / F_FILE).unlink()
    (tmp_path / "output/html/nobody.html").write_text("")
    (tmp_path / "output/pdf/notes on letters.pdf").write_text("")
    loaded = load_edition(build_tree(tmp_path, {F_FILE: None}))

    found = inspect_outputs(loaded, tmp_path / "output")

    assert list(found.steps) == [A]
    assert found.stale == {F: [f"pdf/{F}.pdf", f"html/{F}.html", f"text/{F}.txt"]}
    assert found.foreign_files == {"nobody": ["html/nobody.html"]}
    assert made.slugs == [A, F]


def test_a_damaged_manifest_is_a_warning_and_nothing_is_known(
    made: LoadedEdition, tmp_path: Path
) -> None:
    path = tmp_path / "output" / MANIFEST_FILE
    path.write_bytes(path.read_bytes()[:100])

    found = inspect_outputs(made, tmp_path / "output")

    assert [p.line(p.place.path.name) for p in found.problems] == [
        "manifest.json: warning: is damaged; every letter is rebuilt at the next build"
    ]
    assert [s.reason for s in found.steps.values()] == ["not in the manifest"] * 2
    assert (found.stale, found.foreign_files) == ({}, {})


def test_a_missing_manifest_is_no_problem_and_nothing_is_known(
    made: LoadedEdition, tmp_path: Path
) -> None:
    (tmp_path / "output" / MANIFEST_FILE).unlink()

    found = inspect_outputs(made, tmp_path / "output")

    assert found.problems == []
    assert [s.reason for s in found.steps.values()] == ["not in the manifest"] * 2


def test_a_draft_and_a_letter_are_not_the_same(made: LoadedEdition, tmp_path: Path) -> None:
    """A draft in the place of a letter would be made again; each has a folder of its own."""
    draft = load_edition(build_tree(tmp_path), draft=True)

    there = inspect_outputs(draft, tmp_path / "output", draft=True)
    apart = inspect_outputs(draft, tmp_path / "output/draft", draft=True)

    assert {step.action for step in there.steps.values()} == {PlannedAction.MAKE}
    assert apart.manifest == Manifest(2031, True, engine_parts())
    assert made.letters[A].letter != draft.letters[A].letter


def test_nothing_is_written(made: LoadedEdition, tmp_path: Path) -> None:
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    (tmp_path / A_FILE).write_text(AMBRIDGE.replace("roads: 3", "roads: 4"))
    before[tmp_path / A_FILE] = (tmp_path / A_FILE).read_bytes()
    loaded = load_edition(made.folders)

    assert (
        inspect_outputs(loaded, tmp_path / "output", force=True).steps[A].reason
        == "figures changed"
    )

    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
