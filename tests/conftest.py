"""The three checks: which tests each runs, and how many examples it tries of a property.

    fast      no browser, no processes: what one runs after every change
    ordinary  all but what takes long, and of that one of each class
    thorough  all of it, also what takes long

A test says what it needs: it is marked `browser` or `processes`, or `thorough` if it is long. The
folders that are of one sort are marked here. What starts a process and is not marked fails.
"""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

LEFT_OUT = {
    "fast": {"browser", "processes", "thorough"},
    "ordinary": {"thorough"},
    "thorough": set[str](),
}
EXAMPLES = {"fast": 10, "ordinary": 20, "thorough": 60}
FOLDERS = {"browser": "browser", "faults": "processes"}
STARTS_A_PROCESS = {
    *("subprocess.Popen", "os.forkpty", "os.posix_spawn"),
    *("socket.bind", "socket.connect"),
}
"""What Python tells of before it starts a process, has one forked, or serves others. A mere copy of
this one (`os.fork`), in which others' files are read, costs milliseconds and is none."""
LOOKS_FOR_LIBRARIES = {"ldconfig", "gcc", "cc", "ld"}
"""What it starts by itself when the engine is loaded."""

for name, examples in EXAMPLES.items():
    # How long an example takes says how busy the computer is, and no more.
    settings.register_profile(name, deadline=None, max_examples=examples)

_started: list[str] = []
_left_out = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--profile", choices=list(LEFT_OUT), default="ordinary", help="which of the three checks"
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile(config.getoption("profile"))
    config.stash[_left_out] = 0


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is loaded to find the tests stays until they end: none of it is looked through again."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark whole folders, and leave out what the profile is without."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        folder = item.nodeid.split("/", 2)[1]
        if folder in FOLDERS:
            item.add_marker(FOLDERS[folder])
        marked_so = _marks(item) & LEFT_OUT[config.getoption("profile")]
        (left_out if marked_so else kept).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left_out)
    config.stash[_left_out] = len(left_out)


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the user's own cache is read, and nothing is left there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def _marks(item: pytest.Item) -> set[str]:
    return {mark.name for mark in item.iter_markers()}


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where several processes run the tests, each tells the one that sums up."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash[_left_out]


def pytest_testnodedown(node: Any) -> None:
    node.config.stash[_left_out] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    config = terminalreporter.config
    if number := config.stash[_left_out]:
        profile = config.getoption("profile")
        marks = ", ".join(sorted(LEFT_OUT[profile]))
        terminalreporter.write_line(
            f"{number} not run, as they are marked {marks} (--profile {profile})"
        )


def _hear(event: str, details: tuple[object, ...]) -> None:
    if event not in STARTS_A_PROCESS:  # of all that is told, at once: it is told of every import
        return
    programs = {Path(str(program)).name for program in details[:1]}
    if not programs & LOOKS_FOR_LIBRARIES:
        _started.append(event)


sys.addaudithook(_hear)


def pytest_runtest_logstart() -> None:
    _started.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """What starts a process says so, or else the fast check would not stay fast."""
    started = {*_started}
    yield
    if started and not _marks(item) & LEFT_OUT["fast"]:
        pytest.fail(f"It starts a process ({', '.join(sorted(started))}): mark it `processes`.")
