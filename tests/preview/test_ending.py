"""However the desk is ended, nothing of it is left, and at once."""

import os
import pty
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.borsetshire import AMBRIDGE, authority, build_tree, slow_for
from tests.faults.processes import PROGRAM, wait_until
from tests.preview.conftest import OpenIt
from tests.preview.desks import PATIENCE_S, OpenDesk

pytestmark = pytest.mark.processes

SLUG = "ambridge-district-council"
LETTER = f"/letters/{SLUG}"
AT_HOME = f"import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY); {PROGRAM}"
"""The program in a terminal that is its own, so that the terminal's keys are meant for it."""
SAID = "Edition 2031, in data/2031\nIt updates at each save. Press Ctrl-C to close it.\n"


def _thorough(case: object) -> object:
    return pytest.param(case, marks=pytest.mark.thorough)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return build_tree(tmp_path / "workspace").workspace.folder


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A workspace with so many letters that their pages are being laid out for a while."""
    files = {f"data/2031/authorities/p-{n}.yaml": authority(f"P {n}") for n in range(30)}
    return build_tree(tmp_path / "workspace", files).workspace.folder


@pytest.mark.thorough
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_in_order(workspace: Path, open_desk: OpenIt, number: signal.Signals) -> None:
    desk = open_desk(workspace)
    desk.get(f"{LETTER}/letter.pdf")

    desk.signal_group(number)

    ended = desk.ended()
    assert (ended.code, ended.err) == (0, f"{SAID}The desk is closed.\n")
    assert list(desk.temporary.iterdir()) == []


@pytest.mark.thorough
@pytest.mark.parametrize("number", [signal.SIGINT, _thorough(signal.SIGTERM)])
def test_it_ends_while_pages_are_laid_out_and_somebody_listens(
    slow: Path, open_desk: OpenIt, number: signal.Signals
) -> None:
    desk = open_desk(slow)
    with desk.news(SLUG) as news:
        news.wait_until("/", lambda page: "Laying out pages" in page.text)

        desk.signal_group(number)

        news.wait_for_the_end()
    ended = desk.ended()
    assert (ended.code, ended.err) == (0, f"{SAID}The desk is closed.\n")
    assert list(desk.temporary.iterdir()) == []


@pytest.mark.thorough
def test_it_ends_in_the_middle_of_a_letter_that_never_does(
    workspace: Path, open_desk: OpenIt
) -> None:
    """Its template is made to go on for ever, in a thread of the desk's own."""
    desk = open_desk(workspace)
    with desk.news(SLUG):
        desk.get(f"{LETTER}/letter.pdf")
        slow = slow_for("ambridge", loops=9)
        (workspace / "templates/letter.html.jinja").write_text(slow)
        wait_until(lambda: _is_working(desk.pid))

        desk.signal_group(signal.SIGINT)

    ended = desk.ended()
    assert (ended.code, ended.err) == (0, f"{SAID}The desk is closed.\n")


def test_it_ends_while_all_is_being_read_at_the_start(tmp_path: Path) -> None:
    files = {f"data/2031/authorities/p-{n}.yaml": authority(f"P {n}") for n in range(400)}
    desk = OpenDesk(build_tree(tmp_path / "workspace", files).workspace.folder, "--port", "0")
    try:
        desk.wait_for(lambda: "Edition 2031" in desk.said)
        desk.signal_group(signal.SIGTERM)
        desk.ended()
    finally:
        desk.end()


@pytest.mark.thorough
def test_ctrl_c_on_a_terminal_ends_it(workspace: Path) -> None:
    keyboard, terminal = pty.openpty()
    with _on_a_terminal(workspace, keyboard, terminal) as desk:
        os.write(keyboard, b"\x03")

        shown = _shown_until(keyboard, "closed.\n")
        assert desk.ended().code == 0
        assert shown == "^CThe desk is closed.\n"
        assert list(desk.temporary.iterdir()) == []
    os.close(keyboard)


@pytest.mark.thorough
def test_when_its_terminal_is_closed_nothing_is_left(workspace: Path) -> None:
    keyboard, terminal = pty.openpty()
    with _on_a_terminal(workspace, keyboard, terminal) as desk:
        os.close(keyboard)

        desk.ended()
        assert list(desk.temporary.iterdir()) == []


@contextmanager
def _on_a_terminal(workspace: Path, keyboard: int, terminal: int) -> Iterator[OpenDesk]:
    """A desk that is open, on a terminal of its own, with a letter printed."""
    desk = OpenDesk(workspace, "--port", "0", program=AT_HOME, terminal=terminal)
    try:
        os.close(terminal)
        desk.find_address(_shown_until(keyboard, "Press Ctrl-C to close it.\n"))
        assert desk.get(f"{LETTER}/letter.pdf").status == 200
        yield desk
    finally:
        desk.end()


def _shown_until(keyboard: int, end: str) -> str:
    """What a terminal shows, until it shows these words."""
    shown = ""
    while not shown.endswith(end):
        assert select.select([keyboard], [], [], PATIENCE_S)[0], f"{end!r} is not in {shown!r}"
        shown += os.read(keyboard, 4096).decode(errors="replace").replace("\r\n", "\n")
    return shown


@pytest.mark.thorough
@pytest.mark.parametrize("is_busy", [False, True])
def test_when_it_is_killed_its_processes_end_by_themselves(
    slow: Path, open_desk: OpenIt, is_busy: bool
) -> None:
    desk = open_desk(slow)
    desk.get(f"{LETTER}/letter.pdf")
    if is_busy:
        with desk.news() as news:
            news.wait_until("/", lambda page: "Laying out pages" in page.text)

    desk.signal(signal.SIGKILL)

    assert desk.ended().code == -signal.SIGKILL


@pytest.mark.thorough
def test_a_page_that_was_closed_is_no_longer_followed(workspace: Path, open_desk: OpenIt) -> None:
    """Only letters that somebody has before them are seen first."""
    desk = open_desk(workspace)
    for _ in range(3):
        with desk.news(SLUG) as news:
            news.next()
    with desk.news() as news:
        (workspace / f"data/2031/authorities/{SLUG}.yaml").write_text(AMBRIDGE + "# seen\n")
        news.next()
        desk.signal_group(signal.SIGINT)
    assert desk.ended().code == 0


def _is_working(pid: int) -> bool:
    """Whether any thread of a process is running just now."""
    states = [
        task.read_text().rpartition(")")[2].split()[0]
        for task in Path(f"/proc/{pid}/task").glob("*/stat")
    ]
    return "R" in states
