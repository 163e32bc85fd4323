"""What a kill cut off is finished or undone; a journal that is not ours is told and left alone."""

import json
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from threading import Timer

import pytest

from generator.files import recovery
from generator.files.parts import backup_of, part_of, parts_below
from generator.files.recovery import (
    WRITING,
    JournalKeeper,
    JournalScope,
    Recovered,
    adding_to,
    open_store,
    recover,
)
from generator.files.transaction import FileChange

TOKEN = "0a1b2c3d"
Paths = dict[str, Path]


@pytest.fixture
def scope(tmp_path: Path) -> JournalScope:
    """Three files: two that there are, one that is new."""
    (tmp_path / "a.yaml").write_text("old a")
    (tmp_path / "b.yaml").write_text("old b")

    def paths(_year: int, slug: str) -> Paths:
        return {"authority": tmp_path / f"{slug}.yaml"} if slug else {}

    return JournalScope(tmp_path, paths, lambda: list(parts_below(tmp_path)))


def cut_off(scope: JournalScope, *placed: str) -> Path:
    """A transaction that was killed when some files had got their names. Its journal."""
    changes = []
    for name in ("a", "b", "new"):
        path = scope.folder / f"{name}.yaml"
        content = f"new {name}".encode()
        change = FileChange(path, content, part_of(path, TOKEN), backup_of(path, TOKEN))
        change.part.write_bytes(content)
        if path.exists():
            change.backup.hardlink_to(path)
        changes.append(change)
    keeper = JournalKeeper(scope, "import", 2031)
    keeper.record(TOKEN, changes)
    for change in changes:
        if change.path.stem in placed:
            change.part.rename(change.path)
    return keeper.journal(TOKEN)


def texts(scope: JournalScope) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(scope.folder.iterdir())}


NEW = {"a.yaml": "new a", "b.yaml": "new b", "new.yaml": "new new"}
OLD = {"a.yaml": "old a", "b.yaml": "old b"}


@pytest.mark.parametrize("placed", [(), ("a",), ("a", "new"), ("a", "b", "new")])
def test_it_is_finished_whatever_had_its_name(scope: JournalScope, placed: tuple[str, ...]) -> None:
    cut_off(scope, *placed)

    recovered = recover(scope)

    assert texts(scope) == NEW
    assert recovered.problems == ()
    assert recovered.said == (
        "import (edition 2031) was interrupted; its changes are now written.",
    )


def test_it_is_undone_where_it_was_being_taken_back(scope: JournalScope) -> None:
    cut_off(scope, "a", "b")
    backup_of(scope.folder / "a.yaml", TOKEN).rename(scope.folder / "a.yaml")

    recovered = recover(scope)

    assert texts(scope) == OLD
    assert recovered.said == ("import (edition 2031) was interrupted; its changes are undone.",)


def test_the_journal_holds_no_path(scope: JournalScope) -> None:
    said = json.loads(cut_off(scope).read_text())

    assert said["files"][0] == {
        "sort": "authority",
        "slug": "a",
        "old": sha256(b"old a").hexdigest(),
        "new": sha256(b"new a").hexdigest(),
    }
    assert str(scope.folder) not in json.dumps(said)


def changed(**entry: object) -> Callable[[Path], None]:
    """A journal whose first entry says something else."""

    def change(journal: Path) -> None:
        said = json.loads(journal.read_text())
        said["files"][0] |= entry
        journal.write_text(json.dumps(said))

    return change


def halve(journal: Path) -> None:
    journal.write_bytes(journal.read_bytes()[:100])


def be_a_folder(journal: Path) -> None:
    journal.unlink()
    journal.mkdir()


def edit_a_file(journal: Path) -> None:
    (journal.parent / "b.yaml").write_text("by hand")


def spoil_a_part(journal: Path) -> None:
    part_of(journal.parent / "b.yaml", TOKEN).write_text("spoilt")
    backup_of(journal.parent / "a.yaml", TOKEN).write_text("spoilt")


HALF = "is not a complete journal of this program"
FORGED: dict[str, tuple[Callable[[Path], None], str]] = {
    "half": (halve, HALF),
    "a folder": (be_a_folder, "is not a journal of this program"),
    "a path for a slug": (changed(slug="../a"), HALF),
    "a dot for a slug": (changed(slug=".a"), HALF),
    "a sort that there is not": (changed(sort="passwords"), "names an unknown kind of file"),
    "more than there should be": (changed(path="/etc/passwd"), HALF),
    "another digest": (changed(new="0" * 64), "names a, which has changed since"),
    "a file edited since": (edit_a_file, "names b, which has changed since"),
    "a part that is another": (spoil_a_part, "names files that are neither all old nor"),
}


@pytest.mark.parametrize("forge", FORGED)
def test_what_is_forged_foreign_or_half_is_told_and_left_alone(
    scope: JournalScope, forge: str
) -> None:
    forging, why = FORGED[forge]
    journal = cut_off(scope, "a")
    forging(journal)
    before = {path: path.is_dir() or path.read_bytes() for path in scope.folder.iterdir()}

    recovered = recover(scope)

    assert {p: p.is_dir() or p.read_bytes() for p in scope.folder.iterdir()} == before
    assert (recovered.said, recovered.finished) == ((), ())
    [problem] = recovered.problems
    assert problem.place.path == journal
    assert problem.message.startswith(why)
    assert "nothing was touched" in problem.message
    assert not problem.is_error


def test_a_forged_journal_deletes_no_file(scope: JournalScope) -> None:
    journal = cut_off(scope)
    for part in parts_below(scope.folder):
        part.unlink()
    changed(old=None, new=sha256(b"old a").hexdigest())(journal)

    recover(scope)

    assert {name: text for name, text in texts(scope).items() if name in OLD} == OLD


def test_nor_one_that_is_said_to_go(scope: JournalScope) -> None:
    journal = cut_off(scope)
    for part in parts_below(scope.folder):
        part.unlink()
    changed(new=None)(journal)

    recover(scope)

    assert texts(scope)["a.yaml"] == "old a"


@pytest.mark.parametrize("placed", [(), ("new",), ("new", "old"), ("old",)])
def test_a_file_that_was_to_go_goes_once_the_new_one_is_there(
    scope: JournalScope, placed: tuple[str, ...]
) -> None:
    old, new = scope.folder / "a.yaml", scope.folder / "c.yaml"
    contents = {new: b"moved", old: None}
    changes = [
        FileChange(path, content, part_of(path, TOKEN), backup_of(path, TOKEN))
        for path, content in contents.items()
    ]
    changes[0].part.write_bytes(b"moved")
    changes[1].backup.hardlink_to(old)
    JournalKeeper(scope, "rename", 2031).record(TOKEN, changes)
    if "new" in placed:
        changes[0].part.rename(new)
    if "old" in placed:
        old.unlink()

    recover(scope)

    assert texts(scope) == {"b.yaml": "old b", "c.yaml": "moved"}


def test_others_are_not_disturbed_while_they_write(scope: JournalScope) -> None:
    with open_store(scope):
        journal = cut_off(scope, "a")
        before = texts(scope)
        recovered = recover(scope)
        assert texts(scope) == before

    [problem] = recovered.problems
    assert problem.place.path == journal
    assert "is writing here, and some files may be new and others still old" in problem.message


def test_parts_and_locks_that_were_left_are_swept(scope: JournalScope) -> None:
    (scope.folder / ".a.yaml.12345678.part").write_text("half a file")
    (scope.folder / WRITING).write_text("1")
    folder = scope.folder / ".2032.12345678.part"
    (folder / "authorities").mkdir(parents=True)
    (folder / "authorities/.a.yaml.12345678.part").write_text("half a file")

    assert recover(scope) == Recovered()
    assert texts(scope) == OLD


def test_where_nothing_was_left_nothing_is_touched(scope: JournalScope) -> None:
    before = scope.folder.stat().st_mtime_ns

    assert recover(scope) == Recovered()
    assert scope.folder.stat().st_mtime_ns == before


def test_a_workspace_put_back_from_a_copy_is_put_in_order_too(
    scope: JournalScope, tmp_path: Path
) -> None:
    cut_off(scope, "a")
    shutil.copytree(tmp_path, tmp_path.parent / "copy")
    shutil.rmtree(tmp_path)
    shutil.move(tmp_path.parent / "copy", tmp_path)

    recover(scope)

    assert texts(scope) == NEW


def test_parts_of_those_that_add_files_are_not_swept(scope: JournalScope) -> None:
    part = part_of(scope.folder / "c.yaml", TOKEN)

    with adding_to(scope.folder):
        with adding_to(scope.folder):  # another, who ends first
            part.write_text("new c")
        assert recover(scope) == Recovered()
        assert part.exists()

    recover(scope)
    assert not part.exists()
    assert not (scope.folder / WRITING).exists()


def test_who_adds_files_waits_until_a_scope_is_in_order_and_not_for_ever(
    scope: JournalScope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "_PATIENCE_S", 0.1)

    with (
        open_store(scope),
        pytest.raises(OSError, match="is writing here; wait"),
        adding_to(scope.folder),
    ):
        pass

    monkeypatch.setattr(recovery, "_PATIENCE_S", 60.0)
    with ExitStack() as stack:
        stack.enter_context(open_store(scope))
        Timer(0.2, stack.pop_all().close).start()
        with adding_to(scope.folder):
            assert (scope.folder / WRITING).exists()
