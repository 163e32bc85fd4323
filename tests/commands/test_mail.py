"""`letters mail`: each message goes to one authority, and holds nothing of another."""

import csv
import datetime
import email
import io
import subprocess
import zipfile
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.borsetshire import AMBRIDGE, EDITION, FELPERSHAM
from tests.commands.conftest import Run
from tests.commands.test_nothing_private import texts
from tests.examples import spread

pytestmark = pytest.mark.processes  # what others made is read in one, and git is asked

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE, F_FILE = (Path(f"data/2031/authorities/{slug}.yaml") for slug in (A, F))
EDITION_FILE = Path("data/2031/edition.yaml")
MAIL_FILE = Path("templates/2031/mail.md")
WORDS = """\
# Annual letter {{ edition.year }}: {{ authority.name }}

Dear {{ authority.addressee.salutation }},

Please find this year’s letter, and [how to read it](https://ombudsman.borsetshire.example/guide).
"""
WITH_COPIES = """\
copies: [leader]
mail: {sender: office@ombudsman.borsetshire.example, enclosures: {cases: received.total}}
"""
A_PEOPLE = """\
  email: chief@ambridge.example
copies:
  leader: {name: Ruth Archer, office: Leader of the Council, email: leader@ambridge.example}
domains: [ambridge.example]
"""
F_PEOPLE = """\
  email: director@felpersham.example
copies:
  leader: {name: Usha Franks, office: Leader, email: usha@post.example}
domains: [felpersham.example]
other_domain: [leader]
"""
CASES = Path("enclosures/2031/cases.xlsx")


def people(text: str, of: str) -> str:
    before, office, rest = text.partition("\n  office: ")
    said, _, others = rest.partition("\n")
    return f"{before}{office}{said}\n{of}{others}"


def write_cases(ambridge: int = 17, more: str = "") -> None:
    """The single cases of both, in one sheet, with all that can lie in a workbook beside them."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Cases"
    sheet.append(["Case", "Authority", "About"])
    for name, number in (("Ambridge District Council", ambridge), (F, 20)):
        for case in range(number):
            sheet.append([f"{name[:1]}{case}", name, f"of {name}"])
    if more:
        sheet.append(["X1", more, "anything"])
    sheet.cell(2, 3).comment = Comment("MARKER of Ambridge", "Ida")
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    hidden.append(["MARKER hidden"])
    book.properties.title = "MARKER title"
    CASES.parent.mkdir(parents=True, exist_ok=True)
    book.save(CASES)


@pytest.fixture
def ready(run: Run) -> Run:
    """Runs a command where all is built and approved, with people, covering words and cases."""
    make_ready(run, WITH_COPIES)
    return run


def make_ready(run: Run, settings: str) -> None:
    """Build and approve all, with these settings of the edition, people, words and cases."""
    EDITION_FILE.write_text(EDITION + settings)
    A_FILE.write_text(people(AMBRIDGE, A_PEOPLE))
    F_FILE.write_text(people(FELPERSHAM, F_PEOPLE))
    MAIL_FILE.write_text(WORDS)
    write_cases()
    build_and_approve(run)


def build_and_approve(run: Run) -> None:
    assert run("build", "-q").code == 0
    shown = run("review", "--json").json["list"]
    run("approve", "--all", "--shown", shown, "--by", "Ida")


def message(slug: str) -> EmailMessage:
    content = Path(f"mail/2031/{slug}.eml").read_bytes()
    return email.message_from_bytes(content, policy=default)


def attached(slug: str) -> dict[str, bytes]:
    return {
        str(part.get_filename()): cast(bytes, part.get_content())
        for part in message(slug).iter_attachments()
    }


def refused(run: Run) -> dict[str, str]:
    """Why there are no messages, by authority."""
    found = run("mail", "--json").json["letters"]
    return {each["slug"]: each["reason"] for each in found if each["status"] == "failed"}


def test_a_message_goes_to_the_addressee_with_copies_letter_and_cases(ready: Run) -> None:
    said = ready("mail")

    assert (said.code, said.out) == (0, "2 messages in mail/2031.\n")
    found = message(A)
    assert {name: str(value) for name, value in found.items() if name[0] in "FTCSXB"} == {
        "Subject": "Annual letter 2031: Ambridge District Council",
        "From": "office@ombudsman.borsetshire.example",
        "To": "Walter Gabriel <chief@ambridge.example>",
        "Cc": "Ruth Archer <leader@ambridge.example>",
        "X-Unsent": "1",
        "Content-Type": str(found["Content-Type"]),
    }
    body = found.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == (
        "Dear Walter Gabriel,\n\nPlease find this year’s letter, and how to read it "
        "(https://ombudsman.borsetshire.example/guide).\n"
    )
    files = attached(A)
    assert list(files) == [f"{A}.pdf", f"cases-{A}.xlsx"]
    assert files[f"{A}.pdf"] == Path(f"output/2031/pdf/{A}.pdf").read_bytes()
    envelopes = list(csv.reader(Path("mail/2031/envelopes.csv").read_text().splitlines()))
    assert [row[:4] for row in envelopes[1:]] == [
        [A, "addressee", "Walter Gabriel", "chief@ambridge.example"],
        [A, "leader", "Ruth Archer", "leader@ambridge.example"],
        [F, "addressee", "Dorothy Adamson", "director@felpersham.example"],
        [F, "leader", "Usha Franks", "usha@post.example"],
    ]
    assert ready("mail").out == said.out


def test_enclosed_are_an_authoritys_own_rows_and_nothing_else(ready: Run) -> None:
    ready("mail")

    content = attached(F)[f"cases-{F}.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [sheet.title for sheet in book.worksheets] == ["Cases"]
    rows = list(book.worksheets[0].values)
    assert rows[0] == ("Case", "Authority", "About")
    assert rows[1:] == [(f"f{n}", F, f"of {F}") for n in range(20)]
    unzipped = b"".join(
        zipfile.ZipFile(io.BytesIO(content)).read(name)
        for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    )
    assert b"MARKER" not in unzipped
    assert b"Ambridge" not in unzipped


REFUSED = {
    "no address": (F_FILE, "  email: director@felpersham.example\n", "", "no email address"),
    "an address of another domain": (
        F_FILE, "director@felpersham.example", "director@elsewhere.example",
        "director@elsewhere.example (addressee) is in none of its domains, felpersham.example",
    ),
    "a domain that ends alike": (
        F_FILE, "director@felpersham.example", "director@notfelpersham.example",
        "is in none of its domains",
    ),
    "no domain given": (F_FILE, "domains: [felpersham.example]\n", "", "no domains: in its file"),
    "a copy without an address": (
        F_FILE, ", email: usha@post.example", "", "no email address of leader",
    ),
    "a copy to an address elsewhere": (
        F_FILE, "other_domain: [leader]\n", "", "usha@post.example (leader)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", spread(REFUSED.keys(), 2))
def test_where_an_address_is_in_doubt_there_is_no_message(ready: Run, case: str) -> None:
    ready("mail")
    path, old, new, why = REFUSED[case]
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    build_and_approve(ready)

    found = refused(ready)

    assert list(found) == [F]
    assert why in found[F]
    assert not Path(f"mail/2031/{F}.eml").exists(), "the message of before is there still"
    assert Path(f"mail/2031/{A}.eml").exists()
    assert F not in Path("mail/2031/envelopes.csv").read_text()


def test_what_is_not_approved_or_was_exchanged_is_not_sent(ready: Run) -> None:
    pdf = Path("output/2031/pdf")
    first, second = (pdf / f"{slug}.pdf" for slug in (A, F))
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)
    assert {*refused(ready)} == {A, F}
    build_and_approve(ready)
    A_FILE.write_text(A_FILE.read_text().replace("ponds: 14", "ponds: 15"))
    assert "not approved" in refused(ready)[A]


@pytest.mark.parametrize("rows", spread([16, 0, 18]))
def test_rows_that_the_letter_does_not_count_hold_up_their_authority(ready: Run, rows: int) -> None:
    write_cases(rows)

    found = refused(ready)

    assert list(found) == [A]
    assert f"has {rows} rows of Ambridge District Council, but its letter says 17" in found[A]


@pytest.mark.parametrize("name", spread(["Ambridge", "Ambridge D C", "Elsewhere Council", ""]))
def test_a_row_that_is_nobodys_by_its_exact_name_holds_up_all(ready: Run, name: str) -> None:
    write_cases(more=name or " ")

    said = ready("mail")

    assert said.code == 1
    assert f"1 row match no authority's exact name: row 39 ({name or 'blank'})" in said.err
    assert not Path("mail").exists()


def test_cases_that_name_another_authority_are_not_sent(ready: Run) -> None:
    """As where the rows of two authorities were exchanged, and the numbers agree all the same."""
    book = openpyxl.load_workbook(CASES)
    book["Cases"].cell(5, 3).value = "passed to Felpersham City Council"
    book.save(CASES)

    assert refused(ready) == {
        A: f"cases-{A}.xlsx names another authority: Felpersham City Council; "
        "correct it in cases.xlsx"
    }


def test_the_file_of_cases_may_have_any_name(ready: Run) -> None:
    other = CASES.rename(CASES.with_name("Cases received (2031).xlsx"))
    name = f'"{other.stem}": received.total'
    EDITION_FILE.write_text(EDITION + WITH_COPIES.replace("cases: received.total", name))
    build_and_approve(ready)

    assert ready("mail").code == 0

    assert list(attached(A)) == [f"{A}.pdf", f"{other.stem}-{A}.xlsx"]


def test_an_enclosure_whose_rows_no_figure_counts_is_refused(ready: Run) -> None:
    EDITION_FILE.write_text(EDITION + WITH_COPIES.replace("cases: received", "others: received"))
    build_and_approve(ready)

    said = ready("mail")

    assert "edition.yaml must name the figure equal to its number of rows" in said.err
    assert said.code == 1


def test_covering_words_are_checked_like_all_wording(ready: Run) -> None:
    MAIL_FILE.write_text("Dear {{ authority.addressee.salutaton }},\n")
    assert "salutaton" in ready("check").err
    assert "mail.md has errors" in ready("mail").err
    MAIL_FILE.write_text("Dear colleague,\n")
    assert "begin" in ready("mail").err
    MAIL_FILE.unlink()
    said = ready("mail")
    assert (said.code, f"write {MAIL_FILE}" in said.err) == (2, True)


def test_a_message_has_no_tables_and_last_years_words_are_asked_about(ready: Run) -> None:
    MAIL_FILE.write_text(WORDS + "\n{{ table received }}\n")
    assert f"{MAIL_FILE}:7:1: error: {{{{ table received }}}}: a message has only words" in (
        ready("check").err
    )
    MAIL_FILE.write_text(WORDS.replace("Please", "In 2031 we wrote to you. Please"))
    ready("new-edition", "2032")
    asked = [each for each in ready("confirm", "--json").json["open"] if "mail.md" in each["where"]]
    assert [each["what"] for each in asked] == ["In 2031 we wrote to you."]


def test_words_that_name_another_authority_are_not_sent(ready: Run) -> None:
    MAIL_FILE.write_text(WORDS + "\nAs we wrote to Felpersham City Council, this is late.\n")

    assert refused(ready) == {A: "its text names another authority: Felpersham City Council"}


def test_a_message_that_is_too_large_is_not_made(ready: Run) -> None:
    EDITION_FILE.write_text(EDITION + WITH_COPIES.replace("mail: {", "mail: {largest_mb: 0, "))
    build_and_approve(ready)

    assert {why.rpartition("; ")[2] for why in refused(ready).values()} == {"the limit is 0 MB"}


def test_what_identifies_people_is_not_kept_in_git(ready: Run) -> None:
    ready("mail")
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], check=True)
    kept = subprocess.run(["git", "ls-files"], check=True, capture_output=True, text=True).stdout
    private = [name for name in kept.split() if name.startswith(("mail", "enclosures"))]
    assert private == []
    subprocess.run(["git", "add", "-f", str(CASES)], check=True)

    for command in ("mail", "check"):
        said = ready(command)

        assert said.code == (2 if command == "mail" else 1)
        assert f"{CASES}: error: is in git but may identify people" in said.err


def test_neither_addresses_nor_cases_are_in_anything_that_goes_out(
    ready: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are in messages, enclosures and the data, and nowhere else."""
    monkeypatch.setattr(
        "generator.commands.issuing_commands.today", lambda: datetime.date(2031, 7, 23)
    )
    EDITION_FILE.write_text(f"{EDITION_FILE.read_text()}publish_from: 2031-07-23\n")
    lists = ["list", "review", "diff", "check", "verify", "mail", "issue", "publish", "export"]
    said = [
        ready(name, *(["--by", "Ida"] if name == "issue" else []), *more)
        for name in lists
        for more in ([], ["--json"])
    ]
    assert {each.code for each in said} <= {0, 2}  # there is no year before to compare with

    private = ["@ambridge", "@felpersham", "@post", "MARKER", f"of {F}"]
    for each in said:
        assert [one for one in private if one in each.out + each.err] == []
    made = [
        path
        for folder in ("output", "issued", "public", "approvals")
        for path in Path(folder).rglob("*")
        if path.is_file()
    ]
    assert {path.suffix for path in made} >= {".csv", ".html", ".json", ".pdf", ".txt", ".xlsx"}
    for path in made:
        inside = list(texts(path.read_bytes()))
        assert [one for one in private for text in inside if one in text] == [], path


def test_what_identifies_people_is_forgotten_when_asked(ready: Run) -> None:
    ready("mail")
    elsewhere = Path("elsewhere")
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("kept")
    Path("enclosures/2031/link").symlink_to(elsewhere.absolute())
    listed = ready("forget")
    assert listed.out.endswith("7 files to delete; use --yes to delete them.\n")
    assert CASES.exists()

    assert ready("forget", "--yes").out.endswith("7 files deleted.\n")

    assert not Path("mail/2031").exists()
    assert not Path("enclosures/2031").exists()
    assert (elsewhere / "kept.txt").read_text() == "kept"
    assert ready("forget").out == "0 files to delete.\n"
