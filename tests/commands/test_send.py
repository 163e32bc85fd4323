"""`letters issue --send`: to each recipient once, whatever befalls the program or the relay."""

import email
import os
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from email.policy import default
from pathlib import Path
from typing import Any, Self

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from generator.commands.issuing_commands import SendRequest
from generator.commands.send import send_letters
from generator.commands.session import Options, Session
from generator.console import Console
from generator.issuing.mail_messages import Mailing
from generator.lineage.earlier_years import load_edition
from generator.problems import Problem
from generator.workspace import Workspace
from tests.commands.conftest import Run, Said
from tests.commands.test_mail import (
    A_FILE,
    EDITION_FILE,
    F_FILE,
    MAIL_FILE,
    WORDS,
    A,
    F,
    build_and_approve,
    make_ready,
)
from tests.examples import spread

pytestmark = pytest.mark.processes

EVERYONE = [
    "chief@ambridge.example",
    "director@felpersham.example",
    "leader@ambridge.example",
    "usha@post.example",
]


class _Connection(SMTP):
    """A connection that its relay knows of."""

    def connection_made(self, transport: Any) -> None:
        self.event_handler.count(1)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.event_handler.count(-1)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Connection(self.handler, **self.SMTP_kwargs)


class Relay:
    """A relay on this computer: what it has taken, by whom it was for."""

    def __init__(self) -> None:
        self._connections, self._change = 0, threading.Condition()
        self.taken: list[tuple[str, Any]] = []
        self.refuses: set[str] = set()
        self.takes_at_once = -1
        self.meanwhile: Callable[[int], None] = lambda _number: None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._controller = _Controller(self, hostname="127.0.0.1", port=self.port)

    def count(self, more: int) -> None:
        """A connection was opened, or lost: what came by it is taken by then, or never."""
        with self._change:
            self._connections += more
            self._change.notify_all()

    def wait_until_idle(self) -> None:
        """Wait until who has spoken to it is heard to the end."""
        with self._change:
            assert self._change.wait_for(lambda: self._connections == 0, timeout=300)

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refuses:
            return "550 no such mailbox"
        if len(self.taken) == self.takes_at_once:
            self.takes_at_once = -1
            return "421 too many messages at once"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=default)
        self.taken += [(address, message) for address in envelope.rcpt_tos]
        self.meanwhile(len(self.taken))
        return "250 OK"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def addresses(self) -> list[str]:
        return sorted(address for address, _ in self.taken)


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay() as opened:
        yield opened


@pytest.fixture
def ready(run: Run, relay: Relay) -> Run:
    """Runs a command where letters are built and approved, and the relay is the edition's."""
    mail = f"""\
copies: [leader]
mail:
  sender: office@ombudsman.borsetshire.example
  relay: {{host: 127.0.0.1, port: {relay.port}}}
  enclosures: {{cases: received.total}}
"""
    make_ready(run, mail)
    return run


def send(run: Run, *words: str) -> Said:
    return run("issue", "--by", "Ida", *words)


def test_each_recipient_gets_the_message_once(ready: Run, relay: Relay) -> None:
    said = send(ready, "--send")

    assert (said.code, said.out.splitlines()[-1]) == (0, "4 messages sent.")
    assert relay.addresses == EVERYONE
    for address, message in relay.taken:
        of = A if "ambridge" in address else F
        names = [part.get_filename() for part in message.iter_attachments()]
        assert names == [f"{of}.pdf", f"cases-{of}.xlsx"]
        assert "Bcc" not in message
        assert "X-Unsent" not in message
    assert len({message["Message-ID"] for _, message in relay.taken}) == 4
    assert send(ready, "--send").out.splitlines()[-1] == "All messages have already been sent."
    assert relay.addresses == EVERYONE


def test_a_recipient_that_is_refused_is_named_and_tried_again(ready: Run, relay: Relay) -> None:
    relay.refuses = {"usha@post.example"}
    said = send(ready, "--send")
    assert said.code == 1
    assert (
        "the relay refused the message to the leader of Felpersham City Council: "
        "550 no such mailbox" in said.err
    )
    assert relay.addresses == [each for each in EVERYONE if each != "usha@post.example"]

    relay.refuses = set()
    assert send(ready, "--send").out.splitlines()[-1] == "1 message sent."

    assert relay.addresses == EVERYONE


def test_a_rehearsal_goes_to_one_address_issues_nothing_and_is_not_set_down(
    ready: Run, relay: Relay
) -> None:
    said = send(ready, "--rehearse", "ida@ombudsman.borsetshire.example")

    assert said.out.splitlines()[-1] == (
        "4 messages sent, all to ida@ombudsman.borsetshire.example."
    )
    assert {*relay.addresses} == {"ida@ombudsman.borsetshire.example"}
    assert {message["Subject"].split(":")[0] for _, message in relay.taken} == {"REHEARSAL"}
    assert "2 letters: 2 to issue (rehearsal: not issued)." in said.out
    assert not Path(f"issued/2031/{A}").exists()
    relay.taken.clear()
    send(ready, "--send")
    assert relay.addresses == EVERYONE


@pytest.mark.thorough
def test_who_edits_the_words_around_a_letter_sends_nothing_twice(ready: Run, relay: Relay) -> None:
    relay.refuses = {"usha@post.example"}
    send(ready, "--send")
    MAIL_FILE.write_text(WORDS.replace("Please find", "Enclosed is"))
    relay.refuses = set()

    assert send(ready, "--send").out.splitlines()[-1] == "1 message sent."

    assert relay.addresses == EVERYONE


@pytest.mark.thorough
def test_a_corrected_letter_is_sent_again(ready: Run, relay: Relay) -> None:
    send(ready, "--send")
    relay.taken.clear()
    A_FILE.write_text(A_FILE.read_text().replace("not_upheld: 5", "not_upheld: 4"))
    build_and_approve(ready)

    send(ready, "--send", "--reason", "A figure was corrected.")

    assert relay.addresses == ["chief@ambridge.example", "leader@ambridge.example"]


def test_an_issued_letter_that_was_changed_is_not_sent(ready: Run, relay: Relay) -> None:
    send(ready)
    path = Path(f"issued/2031/{A}/1/{A}.pdf")
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\n")

    said = send(ready, "--send")

    assert (said.code, f"{path}: error: changed since it was issued" in said.err) == (1, True)
    assert relay.taken == []


def test_what_may_not_be_mailed_is_not_sent(ready: Run, relay: Relay) -> None:
    send(ready)
    F_FILE.write_text(F_FILE.read_text().replace("domains: [felpersham.example]\n", ""))

    said = send(ready, "--send")

    assert said.code == 1
    assert "not sent: no domains: in its file; add its own" in said.err
    assert relay.taken == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", pytest.param("localhost", marks=pytest.mark.thorough)]
)
def test_without_a_relay_nothing_is_lost(ready: Run, host: str, relay: Relay) -> None:
    text = EDITION_FILE.read_text()
    EDITION_FILE.write_text(text.replace(f"127.0.0.1, port: {relay.port}", f"{host}, port: 1"))

    said = send(ready, "--send")

    assert said.code == 1
    assert f"the relay {host}:1: " in said.err
    assert said.out.splitlines()[-1] == "0 messages sent."
    EDITION_FILE.write_text(text)
    send(ready, "--send")
    assert relay.addresses == EVERYONE


@pytest.mark.thorough
def test_a_password_is_in_no_file_and_no_message(
    ready: Run, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = EDITION_FILE.read_text()
    EDITION_FILE.write_text(text.replace(f"port: {relay.port}", f"port: {relay.port}, user: ida"))
    build_and_approve(ready)
    said = send(ready, "--send")
    assert "set LETTERS_RELAY_PASSWORD to the password of ida" in said.err
    monkeypatch.setenv("LETTERS_RELAY_PASSWORD", "open-sesame")

    said = send(ready, "--send")

    assert said.code == 1
    assert "open-sesame" not in said.out + said.err
    assert not [p for p in Path().rglob("*.*") if p.is_file() and b"open-sesame" in p.read_bytes()]


LETTERS = str(Path(sys.executable).with_name("letters"))


def started() -> "subprocess.Popen[str]":
    words = [LETTERS, "issue", "--send", "--by", "Ida"]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill_while_sending(relay: Relay, number: int) -> None:
    """Send, in a process that is killed while the relay takes the message of this number."""
    process = started()

    def kill(taken: int) -> None:
        if taken == number:
            os.kill(process.pid, signal.SIGKILL)
            time.sleep(0.05)

    relay.meanwhile = kill
    process.communicate()
    relay.meanwhile = lambda _number: None
    assert process.returncode == -signal.SIGKILL


@pytest.mark.thorough
def test_after_a_kill_one_is_not_known_and_nothing_goes_twice(ready: Run, relay: Relay) -> None:
    send(ready)
    kill_while_sending(relay, 2)
    assert len(relay.taken) == 2

    said = send(ready, "--send")

    assert said.code == 1
    assert said.err.count("it is not known whether the message") == 1
    assert len(relay.taken) == 2, "nothing goes until a person has said so"
    key = said.err.rpartition("--sent ")[2].split()[0]
    send(ready, "--send", "--sent", key)
    assert relay.addresses == EVERYONE
    assert {*Counter(relay.addresses).values()} == {1}


@pytest.mark.thorough
def test_a_message_that_a_person_says_was_not_sent_goes_again(ready: Run, relay: Relay) -> None:
    send(ready)
    kill_while_sending(relay, 1)
    relay.taken.clear()  # the relay had not kept it
    key = send(ready, "--send").err.rpartition("--not-sent ")[2].split()[0]

    send(ready, "--send", "--not-sent", key)

    assert relay.addresses == EVERYONE
    assert send(ready, "--sent", key).code == 2


POINTS = 60


def send_in_child(sending: Callable[[], list[Problem]], at: int) -> int:
    """How a copy of this process ends that sends, killed at so many steps of it.

    It is killed before it changes a file, or before or after it speaks to the relay.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seen = 0

    def count() -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(event: str, told: tuple[Any, ...]) -> None:
        writes = os.O_WRONLY | os.O_RDWR
        opens = event == "open" and isinstance(told[2], int) and told[2] & writes
        if opens or event in {"os.rename", "os.remove", "os.mkdir", "os.chmod", "socket.connect"}:
            count()

    speak = smtplib.SMTP.send

    def counted(self: smtplib.SMTP, content: Any) -> None:
        count()
        speak(self, content)
        count()

    smtplib.SMTP.send = counted  # type: ignore[assignment, method-assign]
    sys.addaudithook(hear)
    ended = 1
    try:
        problems = sending()
        os.write(2, "\n".join(problem.message for problem in problems).encode())
        ended = len(problems)
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(ended)


@pytest.mark.thorough
def test_killed_anywhere_at_most_one_is_not_known_and_each_gets_it_once(
    ready: Run, relay: Relay
) -> None:
    send(ready)
    folders = Workspace(Path.cwd()).edition(2031)
    session = Session("issue", Options(), Console(as_json=True, quiet=True), folders)
    mailing = Mailing(load_edition(folders))
    assert mailing.divided.problems == []  # read once, by a process of its own
    letters = {slug: Path(f"issued/2031/{slug}/1/{slug}.pdf").read_bytes() for slug in (A, F)}

    def sending(**said: str) -> list[Problem]:
        return send_letters(session, mailing, letters, SendRequest(send=True, **said))

    role_of = {"chief": "addressee", "director": "addressee", "leader": "leader", "usha": "leader"}
    killed = asked = 0
    for at in range(1, 4 * POINTS):
        relay.taken.clear()
        shutil.rmtree("issued/2031/sending", ignore_errors=True)
        code = send_in_child(sending, at)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        killed += 1
        relay.wait_until_idle()
        taken = relay.addresses

        problems = sending()

        unknown = UNKNOWN.findall("\n".join(problem.message for problem in problems))
        assert len(unknown) == len(problems) <= 1
        if unknown:
            asked += 1
            assert relay.addresses == taken, "nothing goes until a person has said so"
            (role, authority, key) = unknown[0]
            (theirs,) = (
                each
                for each in EVERYONE
                if role_of[each.partition("@")[0]] == role
                and (each in OF_AMBRIDGE) == authority.startswith("Ambridge")
            )
            assert sending(**{"sent" if theirs in taken else "not_sent": key}) == []
        assert relay.addresses == EVERYONE, f"killed at {at}"
    assert killed >= POINTS
    assert 0 < asked < killed


UNKNOWN = re.compile(r"message to the (\S+) of (.+) was sent; .* --not-sent (\w+)")
OF_AMBRIDGE = {"chief@ambridge.example", "leader@ambridge.example"}


@pytest.mark.thorough
def test_a_relay_that_takes_some_at_once_gets_the_others_the_next_time(
    ready: Run, relay: Relay
) -> None:
    """Whom it has not been given is not one of whom nobody knows."""
    relay.takes_at_once = 2

    said = send(ready, "--send")

    assert (said.code, "the relay closed the connection" in said.err) == (1, True)
    assert "not known" not in said.err
    assert send(ready, "--send").code == 0
    assert relay.addresses == EVERYONE


@pytest.mark.parametrize("address", spread(["ida@x.example\r\nRCPT TO:<all@x.example>", "ida", ""]))
def test_a_rehearsal_goes_to_one_address(ready: Run, relay: Relay, address: str) -> None:
    assert send(ready, "--rehearse", address).code == 2
    assert relay.taken == []
