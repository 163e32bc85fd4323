"""A whole county's letters over a relay: every message once, to its people, with its own cases."""

import csv
import hashlib
import io
import re
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from generator.commands.issuing_commands import SendRequest
from generator.commands.send import send_letters
from generator.commands.session import Options, Session
from generator.console import Console
from generator.issuing.mail_messages import Mailing
from generator.letter.letter import ComposedLetter
from generator.lineage.earlier_years import load_edition
from generator.rendering.record import RECORD_FILE, record_json
from tests.borsetshire import EDITION, authority, build_tree
from tests.commands.test_send import Relay

pytestmark = [pytest.mark.processes, pytest.mark.thorough]

AUTHORITIES = 360
ROLES = ("chief", "leader", "monitor", "link")
FILES = {
    "received-cases": "received.total",
    "decided-cases": "decided.total",
    "ponds": "received.ponds",
}
SETTINGS = """\
copies: [leader, monitor, link]
mail:
  sender: office@ombudsman.borsetshire.example
  relay: {{host: 127.0.0.1, port: {port}}}
  enclosures: {{received-cases: received.total, decided-cases: decided.total,
    ponds: received.ponds}}
"""


def slug(number: int) -> str:
    return f"parish-{number:03}"


def name(number: int) -> str:
    return f"Parish {number:03}"


def address(number: int, role: str) -> str:
    return f"{role}@{slug(number)}.example"


def counts(number: int) -> dict[str, int]:
    """How many rows each file has of an authority; no two neighbours have as many."""
    roads, ponds = number % 7 + 1, number % 5 + 1
    advice, not_upheld, upheld = 1, number % 4, number % 3 + 2
    return {
        "received-cases": roads + ponds,
        "decided-cases": advice + not_upheld + upheld,
        "ponds": ponds,
    }


def write_workspace(port: int) -> None:
    Path("data/2031/edition.yaml").write_text(EDITION + SETTINGS.format(port=port))
    Path("templates/2031/mail.md").write_text("# Your letter\n\nDear {{ authority.name }},\n")
    folder = Path("data/2031/authorities")
    for path in folder.iterdir():
        path.unlink()
    for number in range(AUTHORITIES):
        text = authority(name(number), received_roads=number % 7 + 1, received_ponds=number % 5 + 1)
        text = text.replace("by_us: 2", "by_us: 1").replace(
            "not_upheld: 5, upheld: 3", f"not_upheld: {number % 4}, upheld: {number % 3 + 2}"
        )
        others = "".join(
            f"  {role}: {{name: The {role}, office: {role}, email: {address(number, role)}}}\n"
            for role in ROLES[1:]
        )
        people = (
            f"  email: {address(number, 'chief')}\ncopies:\n{others}"
            f"domains: [{slug(number)}.example]\n"
        )
        text = text.replace("  office: Chief Executive\n", f"  office: Chief Executive\n{people}")
        (folder / f"{slug(number)}.yaml").write_text(text)
    enclosures = Path("enclosures/2031")
    enclosures.mkdir(parents=True)
    for file in FILES:
        rows = [
            (name(n), f"{slug(n)} {file} {case}")
            for n in range(AUTHORITIES)
            for case in range(counts(n)[file])
        ]
        written = io.StringIO()
        csv.writer(written).writerows([("Authority", "Case"), *rows])
        (enclosures / f"{file}.csv").write_text(written.getvalue())


class Counting(Relay):
    """A relay that keeps of each message only what is asked about it."""

    def __init__(self) -> None:
        super().__init__()
        self.got: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        self.contents: dict[str, bytes] = {}

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        said = await super().handle_DATA(server, session, envelope)
        (address, message), self.taken = self.taken[0], []
        parts = {p.get_filename(): p.get_content() for p in message.iter_attachments()}
        sums = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}
        self.contents |= {sums[name]: content for name, content in parts.items()}
        self.got[address].append({**sums, "to": str(message["To"])})
        return said


def pdf_of(letter: ComposedLetter) -> bytes:
    """A PDF with the record of a letter: whose it is, is known by that, however it looks."""
    document, written = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.attachments[RECORD_FILE] = record_json(letter)
    document.save(written)
    return written.getvalue()


def cases_in(workbook: bytes) -> list[str]:
    """The cases in all parts of a workbook, whosever they are."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    return re.findall(r"parish-[0-9]+ [a-z-]+ [0-9]+", "".join(texts))


def test_everyone_gets_one_message_with_the_letter_and_cases_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = build_tree(tmp_path)
    monkeypatch.chdir(tmp_path)
    session = Session("issue", Options(), Console(as_json=False, quiet=True), folders)
    with Counting() as relay:
        write_workspace(relay.port)
        loaded = load_edition(folders)
        letters = {slug: pdf_of(each.letter) for slug, each in loaded.letters.items()}

        problems = send_letters(session, Mailing(loaded), letters, SendRequest(send=True))

    assert (problems, capsys.readouterr().out) == ([], f"{4 * AUTHORITIES:,} messages sent.\n")
    everyone = {address(n, role) for n in range(AUTHORITIES) for role in ROLES}
    assert {*relay.got} == everyone
    assert {*Counter(map(len, relay.got.values()))} == {1}
    for number in range(AUTHORITIES):
        of_it = slug(number)
        due = {f"{of_it}.pdf", *(f"{file}-{of_it}.xlsx" for file in FILES), "to"}
        first, *others = (relay.got[address(number, role)][0] for role in ROLES)
        assert [*others] == [first] * 3
        assert {*first} == due
        assert first[f"{of_it}.pdf"] == hashlib.sha256(letters[of_it]).hexdigest()
        for file in FILES:
            cases = [f"{of_it} {file} {case}" for case in range(counts(number)[file])]
            assert cases_in(relay.contents[first[f"{file}-{of_it}.xlsx"]]) == cases
