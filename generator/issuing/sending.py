"""Sending messages to a relay: after a kill nothing goes twice, and nothing is without a line.

For each recipient a line is written before the message goes (the intent) and after it went or was
refused (the outcome). Where the first is there alone, nobody knows whether the relay has taken the
message: then all stops until a person has said so.
"""

import datetime
import hashlib
import json
import os
import smtplib
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from ipaddress import ip_address
from pathlib import Path

from generator.edition.office import Relay
from generator.files.bounded_read import Sort, read_bytes
from generator.files.transaction import atomic_write
from generator.issuing.mail_messages import UNSENT, MadeMessage, Recipient

PASSWORD_VARIABLE = "LETTERS_RELAY_PASSWORD"
"""The password comes from the environment alone: never from a file, an argument or a prompt."""
_TIMEOUT_S = 60


class RelayError(Exception):
    """The relay cannot be used; the text says why."""


class UnknownOutcomeError(Exception):
    """It is not known whether the relay has taken a message; the text says why."""


class LogLine(StrEnum):
    """What the sending log says of a message to one recipient, as its files are named.

    In alphabetical order, as they are read, an outcome comes after its intent.
    """

    INTENT = "intent"
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True)
class Delivery:
    """A message to one of its recipients."""

    made: MadeMessage
    recipient: Recipient

    @property
    def id(self) -> str:
        """What tells it from all others: the digest of its letters and of the address.

        Not of the words around them: who edits those has not yet said that all shall go again.
        """
        both = f"{self.made.letters} {self.recipient.address.lower()}"
        return hashlib.sha256(both.encode()).hexdigest()[:32]

    def message(self, sender: str, *, rehearsal: bool = False) -> bytes:
        """As it goes out: to be recognised by its identity, and no draft any more."""
        identity = f"Message-ID: <{self.id}@{sender.rpartition('@')[2]}>\r\n".encode()
        message = self.made.content.replace(UNSENT, identity, 1)
        return message.replace(b"Subject:", b"Subject: REHEARSAL:", 1) if rehearsal else message


def deliveries_of(messages: Iterable[MadeMessage]) -> list[Delivery]:
    """One for each recipient of each message."""
    return [Delivery(made, each) for made in messages for each in made.recipients]


_NEVER = (0, LogLine.REFUSED)


@dataclass(frozen=True)
class SendingLog:
    """What was to be sent and what became of it: a file for each intent and each outcome.

    They are read once, by who has the folder to themselves.
    """

    folder: Path
    last: dict[str, tuple[int, LogLine]] = field(init=False, default_factory=dict)
    """Of all that was ever begun, by identity: the number of its last attempt and its last line."""

    def __post_init__(self) -> None:
        named = (path.name.split(".")[:3] for path in self.folder.glob("*.*.json"))
        for id_, number, line in sorted((i, int(n), x) for i, n, x in named if n.isdigit()):
            if line in {*LogLine}:
                self.last[id_] = number, LogLine(line)  # the outcome after the intent

    def due(self, deliveries: Iterable[Delivery]) -> list[Delivery]:
        """Those that have not been sent."""
        return [d for d in deliveries if self.last.get(d.id, _NEVER)[1] is not LogLine.SENT]

    def unknown(self) -> list[tuple[str, dict[str, str]]]:
        """What nobody knows the outcome of: its identity, and what its line says, if anything."""
        found: list[tuple[str, dict[str, str]]] = []
        for id_, (number, line) in sorted(self.last.items()):
            if line is LogLine.INTENT:
                try:
                    said = json.loads(read_bytes(self._path(id_, number, line), Sort.RECORD))
                except ValueError:  # what is not known stops all, whoever spoiled its line
                    said = {}
                found.append((id_, said))
        return found

    def intend(self, delivery: Delivery, at: datetime.datetime) -> None:
        """Set down that a message is about to go. Raises `OSError`."""
        said = {
            "authority": delivery.made.authority,
            "role": delivery.recipient.role,
            "address": delivery.recipient.digest,
            "at": at.isoformat(),
        }
        number, _ = self.last.get(delivery.id, _NEVER)
        self._write(delivery.id, number + 1, LogLine.INTENT, said)

    def settle(self, id_: str, line: LogLine, at: datetime.datetime, why: str = "") -> None:
        """Set down what became of it. Raises `OSError`."""
        self._write(id_, self.last[id_][0], line, {"why": why, "at": at.isoformat()})

    def _path(self, id_: str, number: int, line: LogLine) -> Path:
        return self.folder / f"{id_}.{number}.{line}.json"

    def _write(self, id_: str, number: int, line: LogLine, said: Mapping[str, str | None]) -> None:
        content = json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"
        atomic_write(self._path(id_, number, line), content)
        self.last[id_] = number, line


def send_each(
    deliveries: Iterable[Delivery],
    log: SendingLog,
    relay: Relay,
    sender: str,
    now: Callable[[], datetime.datetime],
    rehearse: str | None = None,
) -> Iterator[tuple[Delivery, str]]:
    """Send these, each set down before it goes and after; with each blank, or why it was refused.

    In a rehearsal all go to that address, and nothing is set down. Raises `RelayError`,
    `UnknownOutcomeError` and `OSError`.
    """
    with connected(relay) as server:
        for each in deliveries:
            if server.sock is None:
                raise RelayError(f"{_CLOSED}; give the command again for what is left")
            content = each.message(sender, rehearsal=rehearse is not None)
            if rehearse is None:
                log.intend(each, now())
            why = send(server, sender, rehearse or each.recipient.address, content)
            if rehearse is None:
                log.settle(each.id, LogLine.REFUSED if why else LogLine.SENT, now(), why)
            yield each, why


_CLOSED = "the relay closed the connection after as many messages as it accepts at once"


@contextmanager
def connected(relay: Relay) -> Iterator[smtplib.SMTP]:
    """A connection to the relay, encrypted unless it is this computer. Raises `RelayError`."""
    try:
        server = _open(relay)
    except (OSError, smtplib.SMTPException) as error:
        said = next(iter(str(error).splitlines()), type(error).__name__)
        raise RelayError(f"cannot use the relay {relay.host}:{relay.port}: {said}") from None
    try:
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _open(relay: Relay) -> smtplib.SMTP:
    context, encrypted = ssl.create_default_context(), relay.port == 465
    connect = partial(smtplib.SMTP_SSL, context=context) if encrypted else smtplib.SMTP
    server = connect(relay.host, relay.port, timeout=_TIMEOUT_S)
    try:
        if not (encrypted or _is_this_computer(relay.host)):
            server.starttls(context=context)
        if relay.user:
            password = os.environ.get(PASSWORD_VARIABLE)
            if password is None:
                raise RelayError(f"set {PASSWORD_VARIABLE} to the password of {relay.user}")
            try:
                server.login(relay.user, password)
            except UnicodeError:  # its text would show a part of the password
                raise RelayError("the password has characters that no relay understands") from None
    except BaseException:
        server.close()
        raise
    return server


def _is_this_computer(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def send(server: smtplib.SMTP, sender: str, address: str, content: bytes) -> str:
    """Have the relay take a message for one address; blank, or why it refused.

    Raises `UnknownOutcomeError` where it may have taken it.
    """
    try:
        server.sendmail(sender, [address], content)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()), (0, b""))
        return f"{code} {said.decode(errors='replace')}"
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        answer = error.smtp_error
        text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
        return f"{error.smtp_code} {text}"
    except (OSError, smtplib.SMTPException) as error:
        raise UnknownOutcomeError(f"the connection was lost ({type(error).__name__})") from None
    return ""
