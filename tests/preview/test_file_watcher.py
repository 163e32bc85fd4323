import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from generator.preview.refresh import NextSave, watching
from generator.workspace import BASE_TEMPLATES, EditionFolders
from tests.borsetshire import AMBRIDGE, ROOT, build_tree

_PATIENCE_S = 60

AMBRIDGE_FILE = "data/2031/authorities/ambridge-district-council.yaml"
SECTION_FILE = "templates/2031/sections/introduction.md"


@pytest.fixture(
    params=[False, pytest.param(True, marks=pytest.mark.thorough)], ids=["told", "polling"]
)
def poll(request: pytest.FixtureRequest) -> bool:
    found = request.param
    assert isinstance(found, bool)
    return found


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    return build_tree(tmp_path)


def in_place(path: Path) -> None:
    with path.open("r+") as file:
        file.seek(0)
        file.write("Written over.\n")


def rewritten(path: Path) -> None:
    path.write_text("Written anew, after it was emptied.\n")


def renamed_over(path: Path) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_text("Written beside it.\n")
    beside.rename(path)


def renamed_over_with_the_same_time_and_size(path: Path) -> None:
    beside = path.with_name(".new")
    shutil.copy2(path, beside)
    beside.rename(path)


def backup_kept(path: Path) -> None:
    path.rename(f"{path}~")
    path.write_text("Its old self has another name.\n")


def removed(path: Path) -> None:
    path.unlink()


def renamed_away(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere.md")


@pytest.mark.parametrize("poll", [False, True], ids=["told", "polling"])
@pytest.mark.parametrize(
    ("save", "name"),
    [
        (in_place, "templates/letter.css"),
        (rewritten, SECTION_FILE),
        (renamed_over, AMBRIDGE_FILE),
        (renamed_over_with_the_same_time_and_size, SECTION_FILE),
        (backup_kept, "data/2031/edition.yaml"),
        (removed, AMBRIDGE_FILE),
        (renamed_away, SECTION_FILE),
    ],
)
def test_every_kind_of_save_is_noticed(
    folders: EditionFolders, save: Callable[[Path], None], name: str, poll: bool
) -> None:
    path = folders.workspace.folder / name

    async def watched(next_save: NextSave) -> None:
        save(path)
        await _until(next_save, path)

    _watching(folders, watched, poll=poll)


def test_a_new_file_is_noticed_and_one_in_a_new_folder(folders: EditionFolders, poll: bool) -> None:
    async def watched(next_save: NextSave) -> None:
        new = folders.authorities / "penny-hassett.yaml"
        new.write_text(AMBRIDGE)
        await _until(next_save, new)
        folders.inserts.mkdir()
        insert = folders.inserts / "long.md"
        insert.write_text("Long.\n")
        await _until(next_save, insert, folders.inserts)
        insert.write_text("Longer.\n")
        await _until(next_save, insert)

    _watching(folders, watched, poll=poll)


@pytest.mark.parametrize("name", ["data", "data/2031", "data/2031/authorities", "templates"])
def test_a_folder_that_is_replaced_is_watched_as_before(
    folders: EditionFolders, name: str, poll: bool
) -> None:
    top = folders.workspace.folder
    folder = top / name

    async def watched(next_save: NextSave) -> None:
        shutil.copytree(folder, top / "another")
        folder.rename(top / "before")
        (top / "another").rename(folder)
        await _until_within(next_save, folder)
        path = next(path for path in sorted(folder.rglob("*")) if path.is_file())
        for content in ("one", "two"):
            rest = asyncio.ensure_future(_until(next_save, path))
            path.write_text(f"Written in what came in its place: {content}.\n")
            await rest

    _watching(folders, watched, poll=poll)


@pytest.mark.parametrize("name", ["data", "data/2031/authorities", "templates", "issued", "output"])
def test_a_folder_that_is_not_there_is_seen_when_it_comes(
    folders: EditionFolders, name: str, poll: bool
) -> None:
    top = folders.workspace.folder
    kept = top / name
    inside = {"output": "2031/manifest.json", "issued": "2031/luton.pdf"}.get(name, "new.yaml")

    async def watched(next_save: NextSave) -> None:
        kept.mkdir(parents=True, exist_ok=True)
        (kept / inside).parent.mkdir(parents=True, exist_ok=True)
        (kept / inside).write_text("{}")
        await _until_within(next_save, kept)
        rest = asyncio.ensure_future(_until(next_save, kept / inside))
        (kept / inside).write_text("{ }")
        await rest

    if kept.exists():
        shutil.rmtree(kept)
    _watching(folders, watched, poll=poll)


def test_a_folder_that_goes_away_and_comes_back_is_seen_both_times(
    folders: EditionFolders, poll: bool
) -> None:
    async def watched(next_save: NextSave) -> None:
        for folder in (folders.workspace.data, folders.authorities):
            away = folders.workspace.folder / "away"
            folder.rename(away)
            await _until_within(next_save, folder)
            away.rename(folder)
            await _until_within(next_save, folder)
        path = folders.workspace.folder / AMBRIDGE_FILE
        path.write_text("Saved.\n")
        await _until(next_save, path)

    _watching(folders, watched, poll=poll)


def test_no_save_is_missed_between_two(folders: EditionFolders, poll: bool) -> None:
    """Also not two within the same second: some systems tell times of files no finer."""
    path = folders.workspace.folder / SECTION_FILE

    async def watched(next_save: NextSave) -> None:
        for number in range(4):
            path.write_text(f"{number}\n")
            await _until(next_save, path)

    _watching(folders, watched, poll=poll)


def test_a_save_before_anything_is_asked_for_is_not_missed(
    folders: EditionFolders, poll: bool
) -> None:
    path = folders.workspace.folder / SECTION_FILE

    async def watched(next_save: NextSave) -> None:
        path.write_text("At once.\n")
        await _until(next_save, path)

    for _ in range(4):
        _watching(folders, watched, poll=poll)


@pytest.mark.parametrize(
    "name", [".introduction.md.swp", "introduction.md~", "#introduction.md#", "4913", "x.tmp"]
)
def test_what_editors_write_beside_a_file_is_no_save(
    folders: EditionFolders, name: str, poll: bool
) -> None:
    path = folders.workspace.folder / SECTION_FILE

    async def watched(next_save: NextSave) -> None:
        path.with_name(name).write_text("scrap\n")
        path.write_text("The save itself.\n")
        seen = await _until(next_save, path)
        assert path.with_name(name) not in seen

    _watching(folders, watched, poll=poll)


def test_a_workspace_inside_a_hidden_folder_is_watched(tmp_path: Path, poll: bool) -> None:
    folders = build_tree(tmp_path / ".git/__pycache__/work.tmp")

    async def watched(next_save: NextSave) -> None:
        folders.edition_file.write_text("year: 2031\n")
        await _until(next_save, folders.edition_file)

    _watching(folders, watched, poll=poll)


def test_of_what_build_writes_only_the_manifest_counts(folders: EditionFolders, poll: bool) -> None:
    folders.output().mkdir(parents=True)

    async def watched(next_save: NextSave) -> None:
        for name in ("index.html", ".building", "pdf/ambridge.pdf", "draft/manifest.json"):
            (folders.output() / name).parent.mkdir(exist_ok=True)
            (folders.output() / name).write_text("made")
        (folders.output() / "manifest.json").write_text("{}")
        seen = await _until(next_save, folders.output() / "manifest.json")
        assert seen == {folders.output() / "manifest.json"}

    _watching(folders, watched, poll=poll)


def test_last_years_and_issued_letters_are_watched(folders: EditionFolders, poll: bool) -> None:
    paths = [
        folders.workspace.folder / name
        for name in ("issued/2030/ambridge.pdf", "output/2030/manifest.json", "data/2030/x.yaml")
    ]

    async def watched(next_save: NextSave) -> None:
        for path in paths:
            path.write_text("another")
            await _until(next_save, path)

    for path in paths:
        path.parent.mkdir(parents=True)
        path.write_text("one")
    _watching(folders, watched, poll=poll)


@pytest.mark.processes
@pytest.mark.thorough
@pytest.mark.parametrize("limit", ["max_inotify_instances", "max_inotify_watches"])
def test_where_the_system_can_watch_no_more_the_files_are_looked_at(
    tmp_path: Path, limit: str
) -> None:
    """In a space of users of its own, which is allowed to watch nothing."""
    if not shutil.which("unshare"):
        pytest.skip("unshare is not installed")
    program = tmp_path / "watch.py"
    program.write_text(
        "import sys\nfrom tests.preview.test_file_watcher import watch_one_save\n"
        "watch_one_save(sys.argv[1])\n"
    )
    alone = ["unshare", "--user", "--map-root-user"]
    command = f'echo 0 > /proc/sys/user/{limit} || exit 99; exec "$@"'
    said = subprocess.run(
        [*alone, "sh", "-c", command, "sh", sys.executable, str(program), str(tmp_path / "county")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=_PATIENCE_S,
    )
    if said.returncode in {1, 99} and "Traceback" not in said.stderr:
        pytest.skip(f"no space of our own: {said.stderr}")

    assert said.stderr == ""
    assert said.stdout == "seen\n"


def watch_one_save(workspace: str) -> None:
    """For a process of its own: see that a save is noticed, and only once."""
    folders = EditionFolders(build_tree(Path(workspace)).workspace, 2031)
    path = folders.sections / "introduction.md"

    async def watched(next_save: NextSave) -> None:
        unseen = [folders.workspace.data, folders.workspace.templates, BASE_TEMPLATES]
        first = [await next_save() for _ in unseen]  # the folders that could not be watched
        path.write_text("Saved.\n")
        assert await next_save() == {path}
        assert first == [{folder} for folder in unseen]
        print("seen")

    _watching(folders, watched, poll=False)


def test_when_it_ends_nothing_goes_on(folders: EditionFolders, poll: bool) -> None:
    async def watched(next_save: NextSave) -> None:
        (folders.sections / "introduction.md").write_text("Saved.\n")
        await next_save()

    async def main() -> int:
        async with watching(folders, poll=poll) as next_save:
            await watched(next_save)
        return len(asyncio.all_tasks())

    assert asyncio.run(main()) == 1


# --- How these tests wait ---------------------------------------------------------------------


def _watching(
    folders: EditionFolders, watched: Callable[[NextSave], Awaitable[None]], *, poll: bool
) -> None:
    async def main() -> None:
        async with asyncio.timeout(_PATIENCE_S), watching(folders, poll=poll) as next_save:
            await watched(next_save)

    asyncio.run(main())


async def _until(next_save: NextSave, *paths: Path) -> set[Path]:
    """Wait until it is told of one of these, or of a folder it is in; gives all that were told."""
    told = {above for path in paths for above in (path, *path.parents)}
    seen: set[Path] = set()
    while not seen & told:
        seen |= await next_save()
    return seen


async def _until_within(next_save: NextSave, folder: Path) -> None:
    """Wait until something of a folder is told of, or the folder, or one that it is in."""
    while not any(
        path.is_relative_to(folder) or folder.is_relative_to(path) for path in await next_save()
    ):
        pass
