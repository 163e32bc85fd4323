"""Letters of no authority: ours are kept until someone says otherwise, others for good."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.batch.build_letters import Outcome
from generator.batch.job import Job, RenderedLetter
from generator.batch.run import Result
from generator.outputs.manifest import MANIFEST_FILE, output_paths, read_manifest
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import LoadedEdition, load_edition
from tests.batch.executors import build, type_here
from tests.borsetshire import FELPERSHAM, authority, build_tree

A, F = "ambridge-district-council", "felpersham-city-council"
F_FILE = f"data/2031/authorities/{F}.yaml"


def said(results: list[Result]) -> list[tuple[str, str, str]]:
    return [(r.slug, r.status, r.reason) for r in results]


def shown(outcome: Outcome) -> list[str]:
    return [p.line(p.place.path.name) for p in outcome.problems]


STALE = "warning: stale: its authority is no longer in the edition; --prune deletes its letter"
STRANGE = "warning: belongs to no authority of the edition and was not built here; move it away"


def without_felpersham(folder: Path, *changes: Mapping[str, str | bytes | None]) -> LoadedEdition:
    """The edition that Felpersham has left, after both letters were made."""
    build(load_edition(build_tree(folder)), folder / "output", type_here)
    (folder / F_FILE).unlink()
    return load_edition(build_tree(folder, {F_FILE: None}, *changes))


def test_a_stale_letter_is_reported_and_kept(tmp_path: Path) -> None:
    loaded = without_felpersham(tmp_path)

    for _ in range(2):
        outcome = build(loaded, tmp_path / "output", type_here)

        assert said(outcome.results) == [(A, "unchanged", "")]
        assert (shown(outcome), outcome.pruned) == ([f"{F}.pdf: {STALE}"], [])
    assert len(list((tmp_path / "output").glob(f"*/{F}.*"))) == 3


def test_a_stale_letter_is_removed_when_asked_and_forgotten(tmp_path: Path) -> None:
    loaded = without_felpersham(tmp_path)
    output = tmp_path / "output"

    outcome = build(loaded, output, type_here, prune=True)

    assert outcome.pruned == [*output_paths(output, F).values()]
    assert shown(outcome) == []
    assert {path.stem for path in output.glob("*/*.*")} == {A}
    manifest = read_manifest(output)
    assert manifest is not None
    assert list(manifest.letters) == [A]
    assert build(loaded, output, type_here, prune=True).pruned == []


STALE_DRAFT = (
    "warning: stale: its authority is no longer in the edition; build --draft --prune deletes "
    "its draft"
)


def test_a_stale_draft_is_reported_when_letters_are_built_and_removed_with_the_drafts(
    tmp_path: Path,
) -> None:
    folders = build_tree(tmp_path)
    letters, drafts = folders.output(), folders.output(draft=True)
    build(load_edition(folders, draft=True), drafts, type_here, draft=True)
    (tmp_path / F_FILE).unlink()

    left = build(load_edition(folders), letters, type_here, prune=True)
    pruned = build(load_edition(folders, draft=True), drafts, type_here, draft=True, prune=True)
    after = build(load_edition(folders), letters, type_here)

    assert (shown(left), left.pruned) == ([f"{F}.pdf: {STALE_DRAFT}"], [])
    assert left.problems[0].place.path == output_paths(drafts, F)["pdf"]
    assert (shown(pruned), pruned.pruned) == ([], [*output_paths(drafts, F).values()])
    assert shown(after) == []


def test_drafts_whose_manifest_cannot_be_read_are_no_matter_of_the_letters(tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    drafts = folders.output(draft=True)
    build(load_edition(folders, draft=True), drafts, type_here, draft=True)
    (drafts / MANIFEST_FILE).write_text("{")
    (tmp_path / F_FILE).unlink()

    assert shown(build(load_edition(folders), folders.output(), type_here)) == []


def test_what_is_foreign_is_reported_also_where_something_was_pruned(tmp_path: Path) -> None:
    loaded = without_felpersham(tmp_path)
    (tmp_path / "output/pdf/signed-letter.pdf").write_text("by hand")

    outcome = build(loaded, tmp_path / "output", type_here, prune=True)

    assert shown(outcome) == [f"signed-letter.pdf: {STRANGE}"]
    assert outcome.pruned != []


def test_a_letter_whose_authority_comes_back_is_as_it_was(tmp_path: Path) -> None:
    without_felpersham(tmp_path)

    outcome = build(load_edition(build_tree(tmp_path)), tmp_path / "output", type_here)

    assert said(outcome.results) == [(A, "unchanged", ""), (F, "unchanged", "")]
    assert shown(outcome) == []


def test_nothing_is_pruned_while_there_are_errors(tmp_path: Path) -> None:
    """A file that cannot be read may be the authority that seems to have left."""
    unread = {f"data/2031/authorities/{F}.yml": FELPERSHAM}
    loaded = without_felpersham(tmp_path, unread)

    outcome = build(loaded, tmp_path / "output", type_here, prune=True)

    assert shown(outcome) == [
        "output: warning: nothing was pruned; correct the errors first, since they may hide an "
        "authority",
        f"{F}.pdf: {STALE}",
    ]
    assert outcome.pruned == []
    assert len(list((tmp_path / "output").glob(f"*/{F}.*"))) == 3


def test_what_we_did_not_make_is_reported_and_never_removed(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))
    build(loaded, tmp_path / "output", type_here)
    foreign = tmp_path / "output/pdf/signed-letter.pdf"
    foreign.write_text("by hand")
    other = tmp_path / "output/pdf/Notes.txt"
    other.write_text("by hand")

    outcome = build(loaded, tmp_path / "output", type_here, prune=True)

    assert (shown(outcome), outcome.pruned) == ([f"signed-letter.pdf: {STRANGE}"], [])
    assert (foreign.read_text(), other.read_text()) == ("by hand", "by hand")


def test_with_the_manifest_gone_what_left_is_foreign_and_stays(tmp_path: Path) -> None:
    loaded = without_felpersham(tmp_path)
    (tmp_path / "output" / MANIFEST_FILE).unlink()

    outcome = build(loaded, tmp_path / "output", type_here, prune=True)

    assert said(outcome.results) == [(A, "written", "not in the manifest")]
    assert (shown(outcome), outcome.pruned) == ([f"{F}.pdf: {STRANGE}"], [])
    assert len(list((tmp_path / "output").glob(f"*/{F}.*"))) == 3


def test_a_letter_whose_authority_left_and_whose_files_are_gone_is_forgotten(
    tmp_path: Path,
) -> None:
    loaded = without_felpersham(tmp_path)
    for path in output_paths(tmp_path / "output", F).values():
        path.unlink()

    outcome = build(loaded, tmp_path / "output", type_here)

    manifest = read_manifest(tmp_path / "output")
    assert manifest is not None
    assert (list(manifest.letters), shown(outcome)) == ([A], [])


def test_asked_to_stop_it_keeps_what_is_finished_and_prunes_nothing(tmp_path: Path) -> None:
    def executor(jobs: Iterable[Job], stop: Cancellation) -> Iterator[RenderedLetter]:
        for made in type_here(jobs, stop):
            stop.request()
            yield made

    more = {f"data/2031/authorities/parish-{n}.yaml": authority(f"Parish {n}") for n in range(2)}
    loaded = without_felpersham(tmp_path, more)

    stopped = build(loaded, tmp_path / "output", executor, prune=True)

    assert (stopped.stopped, stopped.pruned) == (True, [])
    assert said(stopped.results) == [
        (A, "unchanged", ""),
        ("parish-0", "written", "new"),
        ("parish-1", "skipped", "not reached"),
    ]
    assert said(build(loaded, tmp_path / "output", type_here).results)[1:] == [
        ("parish-0", "unchanged", ""),
        ("parish-1", "written", "new"),
    ]
