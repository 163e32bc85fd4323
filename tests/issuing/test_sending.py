"""What the sending log says of a message, and how a message goes out."""

import datetime
import email
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import pytest

from generator.issuing.mail_messages import MadeMessage, Recipient
from generator.issuing.sending import Delivery, LogLine, SendingLog

NOW = datetime.datetime(2031, 7, 16, tzinfo=datetime.UTC)
WALTER = Recipient("addressee", "Walter Gabriel", "chief@a.example")
CHIEF = Delivery(MadeMessage("ambridge", (WALTER,), (), "0"), WALTER)


def test_what_was_begun_and_never_ended_is_not_known(tmp_path: Path) -> None:
    log = SendingLog(tmp_path)
    log.intend(CHIEF, NOW)

    for each in (log, SendingLog(tmp_path)):
        ((id_, said),) = each.unknown()
        assert (id_, said["authority"], said["role"]) == (CHIEF.id, "ambridge", "addressee")
        assert "chief@" not in str(said)


def test_a_line_that_was_spoiled_stops_all_the_same(tmp_path: Path) -> None:
    SendingLog(tmp_path).intend(CHIEF, NOW)
    (path,) = tmp_path.glob("*.json")
    path.write_text("{")

    assert SendingLog(tmp_path).unknown() == [(CHIEF.id, {})]


def test_the_last_attempt_counts(tmp_path: Path) -> None:
    log = SendingLog(tmp_path)
    for line in (LogLine.REFUSED,) * 10 + (LogLine.SENT,):
        assert log.due([CHIEF]) == SendingLog(tmp_path).due([CHIEF]) == [CHIEF]
        log.intend(CHIEF, NOW)
        log.settle(CHIEF.id, line, NOW)

    again = SendingLog(tmp_path)
    assert again.last == log.last == {CHIEF.id: (11, LogLine.SENT)}
    assert (again.due([CHIEF]), again.unknown()) == ([], [])


@pytest.mark.parametrize(
    "subject", ["Your letter", "Llythyr " + "â" * 80, "x" * 200], ids=["short", "encoded", "long"]
)
def test_a_message_goes_out_as_itself_and_in_a_rehearsal_says_so(subject: str) -> None:
    message = EmailMessage()
    message["Subject"] = subject
    message["X-Unsent"] = "1"
    message.set_content("Subject: X-Unsent: 1\n")
    delivery = Delivery(MadeMessage("a", (WALTER,), (), "0", message.as_bytes(policy=SMTP)), WALTER)

    for rehearsal, expected in ((False, subject), (True, f"REHEARSAL: {subject}")):
        content = delivery.message("office@b.example", rehearsal=rehearsal)
        out = email.message_from_bytes(content, policy=default)
        assert isinstance(out, EmailMessage)
        assert (out["Subject"], out["X-Unsent"]) == (expected, None)
        assert out["Message-ID"] == f"<{delivery.id}@b.example>"
        assert out.get_content().splitlines() == ["Subject: X-Unsent: 1"]
