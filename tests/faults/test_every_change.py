"""Whatever goes wrong before whichever change of a file: all is whole, and the next run goes on.

Which changes a command makes is counted first. `./check --thorough` tries each with a kill and with
one of the other faults, in turn, so that each fault is tried all along a command, and by turns runs
another command next and the same again; `./check` tries a fortieth of what is sudden, and a sixth
of the kills of what changes the data most.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.borsetshire import BORSETSHIRE, ROOT, build_tree
from tests.faults.county import assert_whole_and_true, output, to_august
from tests.faults.injector import Fault

pytestmark = pytest.mark.processes

Snapshot = Mapping[str, bytes | None]
"""Files and what they hold, and folders (None), by their paths in the workspace."""

FIGURES = """\
Authority,Roads,Ponds and Ducks
Ambridge District Council,4,14
Felpersham City Council,21,0
Penny Hassett District Council,1,2
"""
SUDDEN = (Fault.EIO, Fault.ENOSPC, Fault.SIGINT, Fault.SIGKILL)
"""The faults of which `./check` tries some."""
DONE_ALREADY = ("2032 already exists", "begun is not empty", "already has this name")
"""What is said by commands that do nothing a second time."""
DISTURBED = "disturbed"
SCHEMAS = ("edition", "authority-2031")


@dataclass(frozen=True)
class Command:
    """A command, what else there is before it runs, and another command to run after it."""

    words: Sequence[str]
    other: Sequence[str] = ("schema",)
    before: Sequence[Sequence[str]] = ()
    """Commands that have run before."""
    kills: bool = False
    """Whether a sixth of the kills is tried every time."""


NEW = ("--new", "Penny Hassett District Council")
COMMANDS = {
    "build": Command(["build"], other=["export"], before=[["build"]]),
    "import": Command(["import", "figures.csv", "--apply", *NEW], kills=True),
    "export": Command(["export"], before=[["export"]]),
    "export to a new folder": Command(["export", "--to", "to/publish"], other=()),
    "new-edition": Command(["new-edition", "2032"], other=["export", "--year", "2031"], kills=True),
    "rename": Command(["rename", "ambridge", "Ambridge Town Council"], kills=True),
    "schema": Command(["schema"], other=["export"]),
    "init": Command(["init", "begun"], other=()),
    "diff --html": Command(["diff", "--html", "changes.html"]),
}
EVERY_DAY = {"build", "import", "rename"}
"""What the ordinary check tries: many files, one file changed in many, and files that move."""
LAST_YEAR = {
    path.replace("2031", "2030"): text.replace("year: 2031", "year: 2030")
    for path, text in BORSETSHIRE.items()
    if "2031" in path
}


class Injector:
    """A process that runs commands with faults, each in a fork of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.injector"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def run(
        self,
        workspace: Path,
        words: Sequence[str],
        fault: Fault | None = None,
        at: int = 0,
        *,
        make_beforehand: bool = False,
    ) -> Any:
        """Run a command in a workspace. What came of it."""
        said = {
            "workspace": str(workspace),
            "temporary": str(self._folder),
            "words": list(words),
            "fault": fault,
            "at": at,
            "make_beforehand": make_beforehand,
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(said) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        """End it, and what it may have begun."""
        self._process.communicate()


@dataclass(frozen=True)
class World:
    """A command's workspace before it runs and after it has run undisturbed."""

    injector: Injector
    command: Command
    start: Path
    old: Snapshot
    new: Snapshot
    changes: int


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder in memory, where there is one: what is tried does not depend on a disk's speed."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as name:
        yield Path(name).resolve()


@pytest.fixture(scope="module")
def injector(folder: Path) -> Iterator[Injector]:
    injector = Injector(folder)
    yield injector
    injector.end()


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(name, marks=() if name in EVERY_DAY else pytest.mark.thorough)
        for name in COMMANDS
    ],
)
def world(injector: Injector, folder: Path, request: pytest.FixtureRequest) -> World:
    """One of the commands, and all that is known of it."""
    command = COMMANDS[request.param]
    start = folder / request.param / "start"
    stale = {f"data/schemas/{name}.schema.json": "{}\n" for name in SCHEMAS}
    more = {"schema": stale, "diff --html": LAST_YEAR}.get(request.param, {})
    build_tree(start, more, {"figures.csv": FIGURES})
    is_build = request.param == "build"
    for words in command.before:
        ended = injector.run(start, words, make_beforehand=is_build)
        assert ended["code"] == 0, ended["err"]
    if command.before:
        to_august(start)
        path = start / "data/2031/authorities/ambridge-district-council.yaml"
        path.write_text(path.read_text().replace("roads: 3", "roads: 7"))
    end = Path(shutil.copytree(start, folder / DISTURBED))  # where its letters are known afterwards
    ended = injector.run(end, command.words, make_beforehand=is_build)
    assert ended["code"] == 0, ended["err"]
    old, new = snapshot(start), snapshot(end)
    shutil.rmtree(end)
    assert old != new
    assert left_over(new) == []
    assert ended["changes"] > 5
    return World(injector, command, start, old, new, ended["changes"])


def snapshot(workspace: Path) -> Snapshot:
    return {
        str(path.relative_to(workspace)): None if path.is_dir() else path.read_bytes()
        for path in sorted(workspace.rglob("*"))
    }


def left_over(found: Snapshot) -> list[str]:
    """The files of our own that lie about; that of a build's lock stays, and what git ignores."""
    stay = (".building", ".gitignore")
    return [name for name in found if "/." in f"/{name}" and not name.endswith(stay)]


def visible(found: Snapshot) -> Snapshot:
    return {name: found[name] for name in found if "/." not in f"/{name}"}


def settled(found: Snapshot) -> Snapshot:
    """All there is, but for what says which process it was and what it has made anew."""
    names = {"output/2031/.building", "output/2031/index.html"}
    return {name: content for name, content in found.items() if name not in names}


@pytest.mark.parametrize("world", sorted(EVERY_DAY), indirect=True)
def test_before_some_of_the_changes(world: World, folder: Path) -> None:
    cases = [(fault, at) for fault in SUDDEN for at in range(1, world.changes + 1)]
    some = random.Random(f"some of {world.command.words}").sample(cases, len(cases) // 40)
    if world.command.kills:
        some += [(Fault.SIGKILL, at) for at in range(1, world.changes + 1, 6)]
    for number, (fault, at) in enumerate(dict.fromkeys(some)):
        runs_next = (number % 2 == 0, number % 2 == 1)
        assert_whole(world, fault, at, folder, runs_next)


@pytest.mark.thorough
@pytest.mark.parametrize("fault", Fault)
def test_before_every_change(world: World, fault: Fault, folder: Path) -> None:
    others = [each for each in Fault if each is not Fault.SIGKILL]
    start, step = (0, 1) if fault is Fault.SIGKILL else (others.index(fault), len(others))
    for number, at in enumerate(range(1 + start, world.changes + 1, step)):
        assert_whole(world, fault, at, folder, (number % 2 == 0, number % 2 == 1))


def assert_whole(
    world: World, fault: Fault, at: int, folder: Path, runs_next: tuple[bool, bool]
) -> None:
    """Disturb the command at one point: its files are whole, and the next run puts all right.

    What runs next is another command, or the same one.
    """
    workspace, other = folder / DISTURBED, folder / "another"
    for left in (workspace, other):  # by a case that failed
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(world.start, workspace)
    ended = world.injector.run(workspace, world.command.words, fault, at)
    about = f"{fault} before change {at}: {ended}"
    found = snapshot(workspace)

    assert ended["reached"], about
    assert_each_is_old_or_new(world, found, about)
    assert_said_truly(world, fault, ended, workspace, about)

    if world.command.other and runs_next[0]:
        shutil.copytree(workspace, other)
        next_one = world.injector.run(other, world.command.other)
        assert next_one["code"] == 0, f"{about}, then {next_one}"
        assert left_over(snapshot(other)) == [], f"{about}, then {next_one}"
        assert_all_old_or_all_new(world, other, f"{about}, then {next_one}")
        shutil.rmtree(other)

    if not runs_next[1]:
        shutil.rmtree(workspace)
        return
    again = world.injector.run(workspace, world.command.words)
    is_there = any(said in again["err"] for said in DONE_ALREADY) and (
        files(snapshot(workspace)) == files(world.new)
    )
    assert again["code"] == (2 if is_there else 0), f"{about}, then {again}"
    end = snapshot(workspace)
    assert settled(end) == settled(world.new), f"{about}, then {again}"
    shutil.rmtree(workspace)


def assert_each_is_old_or_new(world: World, found: Snapshot, about: str) -> None:
    for name, content in visible(found).items():
        if name.endswith((".json", "index.html")) and name.startswith("output/2031/"):
            continue  # as it was in between; that of the manifest is proven below
        allowed = [side[name] for side in (world.old, world.new) if name in side]
        assert content in allowed, f"{about}: {name}"
    for name, content in world.old.items():
        is_kept = content is not None and name in world.new
        assert name in found or not is_kept, f"{about}: {name} is lost"


def assert_said_truly(world: World, fault: Fault, ended: Any, workspace: Path, about: str) -> None:
    """What it said, and the code it ended with, are so."""
    found = snapshot(workspace)
    if fault is Fault.SIGKILL:
        assert ended["code"] == -9, about
        return
    said = ended["out"] + ended["err"]
    assert ended["code"] in {0, 1, 130}, about
    assert "Traceback" not in said, about
    if "are mixed" not in said and world.command.words != ["build"]:
        assert_all_old_or_all_new(world, workspace, about)
    if "nothing was changed" in said or "Nothing was" in said:
        assert files(found) == files(world.old), about
    if ended["code"] == 0:
        assert files(found) == files(world.new), about


def files(found: Snapshot) -> Mapping[str, bytes]:
    return {name: content for name, content in visible(found).items() if content is not None}


def assert_all_old_or_all_new(world: World, workspace: Path, about: str) -> None:
    """Of a build it is each letter, and what the manifest says; else it is all files together."""
    if world.command.words == ["build"]:
        sides = (letters_in(world.old), letters_in(world.new))
        assert_whole_and_true(output(workspace), *sides)
        return
    known = world.old.keys() | world.new.keys()
    found = {k: v for k, v in files(snapshot(workspace)).items() if k in known}
    assert found in (files(world.old), files(world.new)), about


def letters_in(found: Snapshot) -> Mapping[str, bytes]:
    """The letters of a workspace, by their paths from the output folder."""
    start = "output/2031/"
    return {k.removeprefix(start): v for k, v in files(found).items() if k.startswith(start)}
