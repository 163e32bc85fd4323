"""A run can be cut off at any moment: what the manifest says is true, and nothing is lost."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.batch import run as run_module
from generator.batch.job import Job, RenderedLetter, jobs_of
from generator.batch.run import LetterExecutor, ManifestWriter, Result, execute_plan, nothing
from generator.outputs.manifest import (
    MANIFEST_FILE,
    Manifest,
    ManifestEntry,
    output_names,
    read_manifest,
)
from generator.outputs.plan import inspect_outputs
from generator.problems import Place, Problem
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import load_edition
from tests.batch.executors import type_here, typed
from tests.borsetshire import authority, build_tree

A, B, C = "ambridge-district-council", "borchester-council", "darrington-council"
NAMES = {A: "Ambridge District Council", B: "Borchester Council", C: "Darrington Council"}
FELPERSHAM = "data/2031/authorities/felpersham-city-council.yaml"


def files(roads: int) -> dict[str, str | bytes | None]:
    """Three authorities with so many complaints about roads."""
    written: dict[str, str | bytes | None] = {
        f"data/2031/authorities/{slug}.yaml": authority(name, received_roads=roads)
        for slug, name in NAMES.items()
    }
    return {**written, FELPERSHAM: None}


@dataclass
class Run:
    """One run over all letters, and what came of it."""

    folder: Path
    results: list[Result] = field(default_factory=list)
    writer: ManifestWriter = field(init=False)

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def said(self) -> list[tuple[str, str, str]]:
        return [(r.slug, r.status, r.reason) for r in self.results]

    def manifest(self) -> Manifest:
        """The manifest that lies in the folder now."""
        manifest = read_manifest(self.output)
        assert manifest is not None
        return manifest

    def lies(self) -> list[str]:
        """Whatever the manifest in the folder says of files that is not so."""
        return [
            name
            for entry in self.manifest().letters.values()
            for name, file in entry.files.items()
            if not entry.unfinished
            and sha256((self.output / name).read_bytes()).hexdigest() != file.sha256
        ]

    def unfinished(self) -> list[str]:
        return [slug for slug, entry in self.manifest().letters.items() if entry.unfinished]


def run(
    folder: Path,
    executor: LetterExecutor = type_here,
    *,
    changes: dict[str, str | bytes | None] | None = None,
    roads: int = 1,
    fail_fast: bool = False,
    meanwhile: Callable[[], None] = nothing,
) -> Run:
    """Make all letters of three authorities, as `build` does."""
    loaded = load_edition(build_tree(folder, files(roads), changes or {}))
    this = Run(folder)
    found = inspect_outputs(loaded, this.output)
    this.output.mkdir(exist_ok=True)
    this.writer = ManifestWriter(this.output, found.manifest)
    stop = Cancellation()
    try:
        for result in execute_plan(
            list(found.steps.values()),
            found.inputs,
            jobs_of(loaded),
            executor,
            this.writer,
            stop=stop,
            fail_fast=fail_fast,
            meanwhile=meanwhile,
        ):
            this.results.append(result)
        this.writer.save()
    finally:
        stop.close()
    return this


def failing(slug: str) -> LetterExecutor:
    """An executor that cannot make this one letter."""

    def executor(jobs: Iterable[Job], stop: Cancellation) -> Iterator[RenderedLetter]:
        for job in jobs:
            if job.letter.slug == slug:
                yield RenderedLetter(slug, problems=(Problem(job.place, "no ink"),))
            else:
                yield from type_here([job], stop)

    return executor


def stopping_after(slug: str) -> LetterExecutor:
    """An executor that is asked to stop when it has made this letter."""

    def executor(jobs: Iterable[Job], stop: Cancellation) -> Iterator[RenderedLetter]:
        for made in type_here(jobs, stop):
            if made.slug == slug:
                stop.request()
            yield made

    return executor


def cut_off_after(slug: str) -> LetterExecutor:
    """An executor whose whole program ends when this letter is written."""

    def executor(jobs: Iterable[Job], stop: Cancellation) -> Iterator[RenderedLetter]:
        for made in type_here(jobs, stop):
            yield made
            if made.slug == slug:
                raise KeyboardInterrupt

    return executor


def test_letters_are_written_and_set_down(tmp_path: Path) -> None:
    this = run(tmp_path)

    assert this.said == [(A, "written", "new"), (B, "written", "new"), (C, "written", "new")]
    assert {slug: set(entry.files) for slug, entry in this.manifest().letters.items()} == {
        slug: set(output_names(slug).values()) for slug in NAMES
    }
    assert {entry.pages for entry in this.manifest().letters.values()} == {1}
    assert (this.lies(), this.unfinished()) == ([], [])


def test_all_are_set_down_as_unfinished_before_the_first_file_is_touched(tmp_path: Path) -> None:
    seen = []

    def executor(jobs: Iterable[Job], stop: Cancellation) -> Iterator[RenderedLetter]:
        this = Run(tmp_path)
        seen.append((this.unfinished(), sorted(p.name for p in this.output.glob("*/*"))))
        yield from type_here(jobs, stop)

    run(tmp_path, executor)

    assert seen == [([A, B, C], [])]


def test_what_is_to_be_done_meanwhile_is_done_when_the_last_letter_was_given_out(
    tmp_path: Path,
) -> None:
    done: list[str] = []

    def executor(jobs: Iterable[Job], _stop: Cancellation) -> Iterator[RenderedLetter]:
        taken = []
        for job in jobs:
            done.append(job.letter.slug)
            taken.append(job)
        yield from map(typed, taken)
        done.append("made")

    run(tmp_path, executor, meanwhile=lambda: done.append("meanwhile"))

    assert done == [A, B, C, "meanwhile", "made"]


@pytest.mark.parametrize("step_s", [0, 10], ids=["seldom saved", "saved after every letter"])
def test_the_manifest_is_true_between_any_two_letters(
    step_s: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not written after each letter, but by the clock; here the clock is ours."""
    run(tmp_path)
    now = 0.0
    seen: list[tuple[list[str], list[str]]] = []

    monkeypatch.setattr(run_module, "time", SimpleNamespace(monotonic=lambda: now))

    def executor(jobs: Iterable[Job], _stop: Cancellation) -> Iterator[RenderedLetter]:
        nonlocal now
        this = Run(tmp_path)
        for job in jobs:
            seen.append((this.lies(), this.unfinished()))
            now += step_s
            yield typed(job)
        seen.append((this.lies(), this.unfinished()))

    this = run(tmp_path, executor, roads=2)

    left = [[A, B, C], [B, C], [C], []] if step_s else [[A, B, C]] * 4
    assert seen == [([], unfinished) for unfinished in left]
    assert (this.lies(), this.unfinished()) == ([], [])


def test_a_run_that_is_cut_off_is_gone_on_with(tmp_path: Path) -> None:
    """What reached the disk before counts: the manifest is as a power cut would leave it."""
    run(tmp_path)
    with suppress(KeyboardInterrupt):
        run(tmp_path, cut_off_after(B), roads=2)
    left = Run(tmp_path)
    assert (left.lies(), left.unfinished()) == ([], [A, B, C])

    again = run(tmp_path, roads=2)

    assert again.said == [(slug, "written", "not finished last time") for slug in NAMES]
    assert (again.lies(), again.unfinished()) == ([], [])


def test_letters_not_reached_are_as_they_were(tmp_path: Path) -> None:
    before = run(tmp_path).manifest()

    stopped = run(tmp_path, stopping_after(A), roads=2)

    assert stopped.said == [
        (A, "written", "figures changed"),
        (B, "skipped", "not reached"),
        (C, "skipped", "not reached"),
    ]
    after = stopped.manifest()
    assert after.letters[A] != before.letters[A]
    assert {slug: after.letters[slug] for slug in (B, C)} == {
        slug: before.letters[slug] for slug in (B, C)
    }
    assert (stopped.lies(), stopped.unfinished()) == ([], [])
    assert run(tmp_path, roads=2).said == [
        (A, "unchanged", ""),
        (B, "written", "figures changed"),
        (C, "written", "figures changed"),
    ]


def test_letters_never_made_and_not_reached_are_not_in_the_manifest(tmp_path: Path) -> None:
    assert list(run(tmp_path, stopping_after(A)).manifest().letters) == [A]


def test_a_letter_that_fails_keeps_what_is_known_of_the_one_before(tmp_path: Path) -> None:
    before = run(tmp_path).manifest().letters[B]

    failed = run(tmp_path, failing(B), roads=2)

    assert failed.said == [
        (A, "written", "figures changed"),
        (B, "failed", "no ink; the earlier letter is unchanged"),
        (C, "written", "figures changed"),
    ]
    entry = failed.manifest().letters[B]
    assert entry == replace(before, failed="no ink")
    assert failed.lies() == []


def test_a_letter_that_is_made_after_all_has_not_failed(tmp_path: Path) -> None:
    first = run(tmp_path, failing(B))
    assert first.said[1] == (B, "failed", "no ink")
    assert first.manifest().letters[B] == ManifestEntry(failed="no ink")

    again = run(tmp_path)

    assert again.said == [(A, "unchanged", ""), (C, "unchanged", ""), (B, "written", "new")]
    assert again.manifest().letters[B].failed is None


def test_a_letter_that_is_as_it_was_again_has_not_failed(tmp_path: Path) -> None:
    run(tmp_path)
    failed = run(tmp_path, failing(B), roads=2)
    assert failed.manifest().letters[B].failed == "no ink"

    again = run(tmp_path, roads=1)

    assert again.said[0] == (B, "unchanged", "")
    assert again.manifest().letters[B].failed is None


def test_an_error_in_the_data_is_set_down_as_a_failure(tmp_path: Path) -> None:
    run(tmp_path)
    b_file = f"data/2031/authorities/{B}.yaml"

    this = run(tmp_path, changes={b_file: authority(NAMES[B], received_roads="none")}, roads=1)

    assert this.said[1][:2] == (B, "failed")
    assert this.manifest().letters[B].failed is not None
    assert this.manifest().letters[B].files
    assert this.lies() == []


def test_failing_fast_nothing_is_made_after_the_first_failure(tmp_path: Path) -> None:
    this = run(tmp_path, failing(B), fail_fast=True)

    why = "not tried after the first failure (--fail-fast)"
    assert this.said == [
        (A, "written", "new"),
        (B, "failed", "no ink"),
        (C, "skipped", why),
    ]
    assert set(this.manifest().letters) == {A, B}
    assert not (this.output / f"pdf/{C}.pdf").exists()


def test_failing_fast_an_error_in_the_data_keeps_all_from_being_made(tmp_path: Path) -> None:
    def executor(_jobs: Iterable[Job], _stop: Cancellation) -> Iterator[RenderedLetter]:
        pytest.fail("nothing is to be made")

    c_file = f"data/2031/authorities/{C}.yaml"

    this = run(tmp_path, executor, changes={c_file: "name: Darrington Council\n"}, fail_fast=True)

    assert [(slug, status) for slug, status, _ in this.said] == [
        (C, "failed"),
        (A, "skipped"),
        (B, "skipped"),
    ]
    assert list(this.manifest().letters) == [C]


def test_a_place_that_cannot_be_written_fails_its_letter_alone(tmp_path: Path) -> None:
    before = run(tmp_path).manifest().letters[B]
    in_the_way = tmp_path / f"output/html/{B}.html"
    in_the_way.unlink()
    in_the_way.mkdir()

    this = run(tmp_path, roads=2)

    why = "cannot be written: Is a directory"
    assert this.said == [
        (A, "written", "figures changed"),
        (B, "failed", f"{why}; the earlier letter is unchanged"),
        (C, "written", "figures changed"),
    ]
    assert this.results[1].problems == [Problem(Place(in_the_way), why)]
    assert this.results[1].write_error != 0
    assert this.manifest().letters[B] == replace(before, failed=why)
    assert sha256((this.output / f"pdf/{B}.pdf").read_bytes()).hexdigest() == (
        before.files[f"pdf/{B}.pdf"].sha256
    )


def refuse_names(patch: pytest.MonkeyPatch, slug: str, number: int, *, but_first: int = 0) -> None:
    """Let no file of a letter be renamed, but for the first few."""
    rename, done = os.rename, 0

    def refusing(source: Path, target: Path) -> None:
        nonlocal done
        done += slug in target.name
        if slug in target.name and done > but_first:
            raise OSError(number, os.strerror(number))
        rename(source, target)

    patch.setattr(os, "rename", refusing)


def test_where_the_disk_is_full_no_other_letter_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_names(monkeypatch, B, errno.ENOSPC)

    this = run(tmp_path)

    assert this.said == [
        (A, "written", "new"),
        (B, "failed", "cannot be written: No space left on device"),
        (C, "skipped", "not tried: No space left on device"),
    ]


def test_a_letter_that_is_half_new_is_not_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_names(monkeypatch, B, errno.EACCES, but_first=1)

    this = run(tmp_path)

    assert [status for _, status, _ in this.said] == ["written", "failed", "written"]
    assert this.unfinished() == [B]


def test_where_no_manifest_can_be_written_nothing_is(tmp_path: Path) -> None:
    """The inspection takes a folder for a manifest that cannot be read: all would be made again."""
    run(tmp_path)
    path = tmp_path / "output" / MANIFEST_FILE
    path.unlink()
    path.mkdir()
    before = {p: p.read_bytes() for p in (tmp_path / "output").glob("*/*")}

    with pytest.raises(IsADirectoryError) as failed:
        run(tmp_path, roads=2)

    assert failed.value.filename == str(path)
    assert {p: p.read_bytes() for p in (tmp_path / "output").glob("*/*")} == before


def test_a_manifest_that_says_the_same_is_not_written_again(tmp_path: Path) -> None:
    run(tmp_path)
    path = tmp_path / "output" / MANIFEST_FILE
    before = path.stat()

    run(tmp_path)

    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_letters_stand_in_the_manifest_by_name_in_whatever_order_they_came(tmp_path: Path) -> None:
    def backwards(jobs: Iterable[Job], stop: Cancellation) -> Iterator[RenderedLetter]:
        yield from type_here(reversed(list(jobs)), stop)

    run(tmp_path, changes={f"data/2031/authorities/{A}.yaml": None})
    this = run(tmp_path, backwards, roads=2)

    assert [slug for slug, _, _ in this.said] == [C, B, A]
    assert list(this.manifest().letters) == [A, B, C]
