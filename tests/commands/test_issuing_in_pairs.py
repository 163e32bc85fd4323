"""An edition in two languages is reviewed, approved, issued, mailed and published as one."""

import csv
import email
import email.policy
from pathlib import Path

import pytest

from tests.bilingual import AUTHORITIES as FILES
from tests.bilingual import EDITION, A, G, P, Y, bilingual
from tests.commands.conftest import Run, Said

pytestmark = pytest.mark.processes
AUTHORITIES = (A, G, P, Y)


@pytest.fixture
def issued(run: Run, tmp_path: Path) -> Run:
    """Runs a command where both letters of each authority are issued, and may be public."""
    bilingual(tmp_path, {EDITION: ("year: 2025\n", "year: 2025\npublish_from: 2025-07-01\n")})
    run("build", "-q")
    assert approve(run).out.endswith("8 letters approved.\n")
    assert run("issue", "--by", "Ida").out.endswith("8 letters: 8 issued.\n")
    return run


def approve(run: Run) -> Said:
    shown = run("review", "--json").json["list"]
    return run("approve", "--all", "--shown", shown, "--by", "Ida")


@pytest.mark.thorough
def test_what_is_public_has_each_figure_once_and_both_letters(issued: Run) -> None:
    assert issued("verify", "--issued").out == "8 letters proven.\n"

    assert issued("publish").code == 0

    public = Path("public/2025")
    text = (public / "data/figures.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    keys = [(row["year"], row["authority"], row["group"], row["figure"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert {row["authority"] for row in rows} == set(AUTHORITIES)
    assert {row["label"] for row in rows if row["figure"] == "roads"} == {"Roads"}
    page = (public / f"authorities/{A}.html").read_text()
    for name in (f"{A}.pdf", f"{A}.html", f"{A}.cy.pdf", f"{A}.cy.html"):
        assert f"../letters/{name}" in page
        assert (public / "letters" / name).is_file()
    assert ">PDF in Welsh<" in page


@pytest.mark.thorough
def test_a_message_brings_both_letters_with_words_in_both_languages(issued: Run) -> None:
    templates = Path("templates/2025")
    for slug in AUTHORITIES:
        path = Path(f"{FILES}/{slug}.yaml")
        text = path.read_text().replace(
            "addressee:\n", f"addressee:\n  email: chief@{slug}.example\n"
        )
        path.write_text(f"{text}\ndomains: [{slug}.example]\n")
    (templates / "mail.md").write_text("# Your letter\n\nIt is enclosed.\n")

    alone = issued("mail")

    assert alone.code == 2
    assert "write templates/2025/mail.cy.md: a heading" in alone.err

    (templates / "mail.cy.md").write_text("# Eich llythyr\n\nMae wedi ei amgáu.\n")

    assert issued("mail").out.endswith("4 messages in mail/2025.\n")
    message = email.message_from_bytes(
        Path(f"mail/2025/{A}.eml").read_bytes(), policy=email.policy.default
    )
    assert message["Subject"] == "Your letter / Eich llythyr"
    body = message.get_body()
    assert body is not None
    words = body.get_content().replace("\r\n", "\n")
    assert words == "It is enclosed.\n\n* * *\n\nMae wedi ei amgáu.\n"
    names = [each.get_filename() for each in message.iter_attachments()]
    assert names == [f"{A}.pdf", f"{A}.cy.pdf"]


def test_one_word_in_one_language_voids_the_letters_in_it(issued: Run) -> None:
    path = Path("templates/2025/sections/this-letter.cy.md")
    path.write_text(path.read_text().replace("bob blwyddyn", "bob tymor", 1))

    issued("build", "-q")
    said = issued("review", "--json").json

    void = {each["slug"] for each in said["letters"] if each["status"] != "approved"}
    assert void == {f"{slug}.cy" for slug in AUTHORITIES}
