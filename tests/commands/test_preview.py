"""What `letters preview` says, and how it begins and ends; what it shows is in tests/preview."""

import json
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.preview.connections import PORT
from tests.borsetshire import build_tree
from tests.commands.conftest import Run
from tests.faults.processes import Ended
from tests.preview.desks import OpenDesk

pytestmark = pytest.mark.processes

A = "ambridge-district-council"
EDITION_LINE = "Edition 2031, in data/2031\n"
LAST_LINES = "It updates at each save. Press Ctrl-C to close it.\nThe desk is closed.\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return build_tree(tmp_path / "workspace").workspace.folder


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def _opened_and_closed(workspace: Path, *words: str) -> tuple[OpenDesk, Ended]:
    desk = OpenDesk(workspace, *words)
    try:
        desk.wait_until_open()
        assert desk.get("/").status == 200
        desk.signal_group(signal.SIGINT)
        return desk, desk.ended()
    finally:
        desk.end()


@pytest.mark.thorough
def test_quietly_it_says_no_more_than_where_the_letter_is_that_is_named_by_any_start(
    workspace: Path,
) -> None:
    desk, ended = _opened_and_closed(workspace, "--port", "0", "--quiet", "ambr")

    address = f"http://127.0.0.1:{desk.port}/letters/{A}?token={desk.token}"
    assert (ended.out, ended.err) == (f"The desk is at {address}\n", "")


@pytest.mark.thorough
def test_for_programs_it_is_one_object_as_soon_as_it_can_be_looked_at_and_shows_also_mistakes(
    workspace: Path,
) -> None:
    (workspace / "data/2031/edition.yaml").write_text("year: {\n")
    desk = OpenDesk(workspace, "--port", "0", "--json")
    try:
        desk.wait_for(lambda: desk.printed.endswith("}\n"))
        said = json.loads(desk.printed)
        assert desk.find_address(said["address"])
        assert "edition.yaml:" in desk.get("/problems").text
        desk.signal_group(signal.SIGINT)
        ended = desk.ended()
    finally:
        desk.end()

    assert (ended.code, ended.err) == (0, "")
    assert said == {
        "command": "preview",
        "edition": 2031,
        "letters": [],
        "problems": [],
        "address": f"http://127.0.0.1:{desk.port}/?token={desk.token}",
    }


def test_a_port_that_was_asked_for_and_is_taken_is_refused(run: Run, taken: int) -> None:
    said = run("preview", "--port", str(taken))

    assert (said.code, said.out) == (2, "")
    assert said.err == f"{EDITION_LINE}--port {taken}: Address already in use.\n"


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("192.0.2.1", "Cannot assign requested address."),
        ("no such host", "Name or service not known."),
        ("a..b", "not a host name or address."),
        ("x" * 64, "not a host name or address."),
        ("", "Name or service not known."),
    ],
)
@pytest.mark.parametrize("port", [[], ["--port", "0"]])
def test_a_host_that_is_not_this_computer_is_refused(
    run: Run, host: str, why: str, port: list[str]
) -> None:
    said = run("preview", "--host", host, "--insecure", *port)

    option = "--port 0" if port and why.startswith("Cannot") else f"--host {host}"
    assert (said.code, said.out) == (2, "")
    assert said.err == f"{EDITION_LINE}{option}: {why}\n"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "no such host"])
def test_other_computers_are_let_in_over_plain_http_only_where_that_is_said(
    run: Run, host: str
) -> None:
    said = run("preview", "--host", host)

    assert (said.code, said.out) == (2, "")
    assert said.err == (
        f"{EDITION_LINE}--host {host}: what others see and write would go over the network "
        "unencrypted. Name the address of a proxy that encrypts (--behind-proxy), or, on a network "
        "that you trust, say --insecure.\n"
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "office.example",
        "ftp://office.example/",
        "https://",
        "https://user@office.example/",
        "https://office.example/?a=b",
        "https://office.example/a b",
        "https://office.example/../desk",
        "javascript:alert(1)",
    ],
)
def test_a_proxy_that_has_no_address_is_refused(run: Run, address: str) -> None:
    said = run("preview", "--behind-proxy", address)

    assert (said.code, said.out) == (2, "")
    assert said.err == (
        f"{EDITION_LINE}--behind-proxy {address}: expected the address that browsers know, such as "
        "https://office.example/letters.\n"
    )


def test_an_authority_that_nobody_knows_is_refused(run: Run) -> None:
    said = run("preview", "ambrigde")

    assert (said.code, said.out) == (2, "")
    assert said.err == f'{EDITION_LINE}No authority "ambrigde"; did you mean "{A}"?\n'


@pytest.mark.thorough
def test_other_computers_see_it_where_that_is_asked_for_and_a_usual_port_that_is_taken_is_left(
    workspace: Path,
) -> None:
    try:
        usual = socket.create_server(("127.0.0.1", PORT))
    except OSError:  # somebody else has it, which is as good
        usual = socket.socket()
    with usual:
        desk, ended = _opened_and_closed(workspace, "--host", "0.0.0.0", "--insecure")

    assert desk.port != PORT
    assert ended.code == 0
    assert re.fullmatch(
        rf"The desk is at http://127\.0\.0\.1:{desk.port}/\?token=[\w-]{{32}}\n", ended.out
    )
    assert ended.err == (
        f"{EDITION_LINE}On other computers, replace 127.0.0.1 with this computer’s address.\n"
        f"{LAST_LINES}"
    )


@pytest.mark.thorough
def test_it_says_where_the_desk_is_and_that_it_was_closed_and_opens_the_browser_if_asked_to(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser that holds up whoever starts it holds up no desk."""
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >{opened}.new\nmv {opened}.new {opened}\nexec cat\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    desk = OpenDesk(workspace, "--port", "0", "--open")
    try:
        desk.wait_until_open()
        desk.wait_for(opened.exists)
        address = f"http://127.0.0.1:{desk.port}/?token={desk.token}"
        assert opened.read_text() == f"{address}\n"
        assert desk.get("/").status == 200
        desk.signal_group(signal.SIGINT)
        ended = desk.ended()
    finally:
        desk.end()

    assert ended.code == 0
    assert ended.out == f"The desk is at {address}\n"
    assert ended.err == EDITION_LINE + LAST_LINES
