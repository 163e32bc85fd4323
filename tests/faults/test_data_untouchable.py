"""Data that cannot be written, or for which there is no room: a sentence, and all is as it was."""

import shutil
import signal
from pathlib import Path

import pytest

from tests.faults.conftest import Start
from tests.faults.county import write_county
from tests.faults.disks import Mounts

FIGURES = "Authority,Roads,Ponds and Ducks\nAmbridge,4,14\nEdgeley,21,0\n"
COMMANDS = {
    "import": ("figures.csv", "--apply"),
    "new-edition": ("2032",),
    "schema": (),
}


def kept(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.thorough
def test_read_only_data_are_said_and_open_data_are_exported_all_the_same(
    workspace: Path, mounts: Mounts, start: Start
) -> None:
    (workspace / "figures.csv").write_text(FIGURES)
    before = kept(workspace / "data")
    mounts.hold(workspace / "data")
    mounts.again(workspace / "data", "bind,ro")

    for command, words in COMMANDS.items():
        ended = start(workspace, command, *words, inside=mounts.inside(workspace)).ended()
        assert (ended.code, "Traceback" in ended.err) == (1, False)
        assert "data: error: cannot be written: Read-only file system\n" in ended.err
    ended = start(workspace, "export", inside=mounts.inside(workspace)).ended()

    assert (ended.code, "error" in ended.err) == (0, False)
    assert kept(workspace / "data") == before


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(name, marks=() if name == "new-edition" else pytest.mark.thorough)
        for name in COMMANDS
    ],
)
def test_with_no_room_for_new_data_the_old_are_as_they_were(
    command: str, tmp_path: Path, mounts: Mounts, start: Start
) -> None:
    workspace = write_county(tmp_path / "workspace").workspace.folder
    (workspace / "figures.csv").write_text(FIGURES)
    data, old = workspace / "data", workspace.parent / "old"
    shutil.copytree(data, old)
    mounts.small_disk(data, size=2**17)
    mounts.do("sh", "-c", f"cp -r {old}/. {data} && cat /dev/zero > {data}/filler || true")
    mounts.do("truncate", "-s", "-4K", data / "filler")
    ended = start(workspace, command, *COMMANDS[command], inside=mounts.inside(workspace)).ended()

    found = kept(mounts.seen(data))
    found.pop("filler")
    assert (ended.code, "Traceback" in ended.err) == (1, False)
    assert "cannot be written: No space left on device" in ended.err
    assert found == kept(old)
    assert not (workspace / "templates/2032").exists()

    mounts.do("rm", data / "filler")
    mounts.again(data, f"size={2**22}")
    ended = start(workspace, command, *COMMANDS[command], inside=mounts.inside(workspace)).ended()
    assert (ended.code, "error" in ended.err) == (0, False)


@pytest.mark.thorough
def test_a_suspended_command_that_writes_is_named_and_ends_well_once_it_goes_on(
    workspace: Path, start: Start
) -> None:
    (workspace / "figures.csv").write_text(FIGURES)
    first = start(workspace, "import", "figures.csv", "--apply")
    first.wait_for((workspace / "data/.writing").is_file)
    first.signal(signal.SIGSTOP)
    second = start(workspace, "schema").ended()
    first.signal(signal.SIGCONT)

    assert first.ended().code == 0
    if (workspace / "data/schemas").exists():  # the first had just ended
        assert second.code == 0
    else:
        assert f"data: error: process {first.pid} is writing here" in second.err
        assert second.code == 1
    assert list((workspace / "data").rglob(".*")) == []
