"""`letters publish`: what is public is what was issued, and names no person but in the letter."""

import csv
import datetime
import json
import warnings
from collections.abc import Callable
from pathlib import Path

import html5lib
import openpyxl
import pytest

from generator.workspace import Workspace
from tests.borsetshire import AMBRIDGE, EDITION
from tests.commands.conftest import Run, Said

pytestmark = [
    pytest.mark.processes,  # issuing reads back what was issued in one
    pytest.mark.usefixtures("day"),
]

A, F = "ambridge-district-council", "felpersham-city-council"
EDITION_FILE = Path("data/2031/edition.yaml")
A_FILE = Path(f"data/2031/authorities/{A}.yaml")
PUBLIC = Path("public/2031")
PUBLIC_FROM = "publish_from: 2031-07-23\n"


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes today another day of July 2031; letters are of the 16th, and public from the 23rd."""

    def make(number: int) -> None:
        told = datetime.date(2031, 7, number)
        monkeypatch.setattr("generator.commands.issuing_commands.today", lambda: told)

    make(23)
    return make


@pytest.fixture
def issued(built: Run) -> Run:
    """Runs a command where all letters are issued, and public."""
    EDITION_FILE.write_text(EDITION + PUBLIC_FROM)
    issue(built)
    return built


def issue(run: Run) -> Said:
    run("build", "-q")
    shown = run("review", "--json").json["list"]
    run("approve", "--all", "--shown", shown, "--by", "Ida")
    return run("issue", "--by", "Ida")


def rows() -> list[dict[str, str]]:
    text = (PUBLIC / "data/figures.csv").read_text("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_letters_pages_and_data_are_of_what_was_issued(issued: Run) -> None:
    said = issued("publish")

    assert (said.code, said.out) == (0, "2 letters in public/2031; open index.html.\n")
    for end in ("pdf", "html"):
        public = PUBLIC / f"letters/{A}.{end}"
        assert public.read_bytes() == Path(f"issued/2031/{A}/1/{A}.{end}").read_bytes()
    found = {(row["authority"], row["figure"]): row["value"] for row in rows()}
    assert found[A, "ponds"] == "14"
    assert found[F, "uphold_rate"] == ""
    assert {row["year"] for row in rows()} == {"2031"}
    data = json.loads((PUBLIC / "data/figures.json").read_text())
    assert [str(each["value"]) for each in data] == [row["value"] for row in rows()]
    book = openpyxl.load_workbook(PUBLIC / "data/figures.xlsx")
    sheet = [["" if v is None else str(v) for v in row] for row in book.worksheets[0].values]
    assert sheet == [list(rows()[0]), *(list(row.values()) for row in rows())]
    package = json.loads((PUBLIC / "data/datapackage.json").read_text())
    fields = package["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == list(rows()[0])
    described = {"datapackage.json", *(each["path"] for each in package["resources"])}
    assert described == {path.name for path in (PUBLIC / "data").iterdir()}


def test_pages_and_data_name_no_person(issued: Run) -> None:
    issued("publish")

    for path in (path for path in PUBLIC.rglob("*.*") if path.parent.name != "letters"):
        content = path.read_bytes()
        for person in (b"Gabriel", b"Adamson", b"Fairweather", b"Chief Executive"):
            assert person not in content, path
    assert "Walter Gabriel" in (PUBLIC / f"letters/{A}.html").read_text()


def test_pages_are_valid_and_lead_to_each_other(issued: Run) -> None:
    issued("publish")

    for path in (PUBLIC / "index.html", *PUBLIC.glob("authorities/*")):
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = parser.parse(path.read_text())
        links = [link.get("href") for link in tree.iter("a")]
        assert links
        assert all((path.parent / link).resolve().is_file() for link in links), links


@pytest.mark.parametrize(
    ("publish_from", "said"),
    [
        ("", "publish_from is missing in edition.yaml: the day from which letters are public."),
        (PUBLIC_FROM, "are not public until 23 July 2031; nothing was published."),
    ],
)
def test_before_their_day_letters_are_not_public(
    issued: Run, day: Callable[[int], None], publish_from: str, said: str
) -> None:
    day(22)
    EDITION_FILE.write_text(EDITION + publish_from)

    found = issued("publish")

    assert found.code == 2
    assert said in found.err
    assert not PUBLIC.exists()


def test_an_edition_with_a_wrong_day_publishes_nothing(issued: Run) -> None:
    EDITION_FILE.write_text(EDITION + "publish_from: 2031-07-15\n")  # a day before the letters'

    said = issued("publish")

    assert (said.code, said.out) == (1, "Nothing was published.\n")
    assert "letters would be public before they are dated (16 July 2031)" in said.err
    assert not PUBLIC.exists()


def test_what_is_not_as_it_was_issued_keeps_all_from_being_published(issued: Run) -> None:
    issued("publish")
    before = {path: path.read_bytes() for path in PUBLIC.rglob("*.*")}
    path = Path(f"issued/2031/{A}/1/{A}.html")
    path.chmod(0o644)
    path.write_text(path.read_text().replace(">14<", ">15<"))

    said = issued("publish")

    assert said.code == 1
    assert f"{path}: error: changed since it was issued" in said.err
    assert {path: path.read_bytes() for path in PUBLIC.rglob("*.*")} == before


def test_a_page_whose_register_was_made_to_fit_is_found_by_its_record(issued: Run) -> None:
    import hashlib

    path, entry = (Path(f"issued/2031/{A}/1/{name}") for name in (f"{A}.html", "issue.json"))
    for each in (path, entry):
        each.chmod(0o644)
    path.write_text(path.read_text().replace(">14<", ">15<"))
    said = json.loads(entry.read_text())
    said["files"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    entry.write_text(json.dumps(said))

    found = issued("publish")

    assert found.code == 1
    assert f"{path}: error:" in found.err
    assert not PUBLIC.exists()


def test_what_is_issued_again_takes_the_place_of_what_was_public(issued: Run) -> None:
    issued("publish")
    A_FILE.write_text(AMBRIDGE.replace("ponds: 14", "ponds: 15"))
    assert "1 issued" in issue(issued).out

    issued("publish")

    found = {(row["authority"], row["figure"]): row["value"] for row in rows()}
    assert found[A, "ponds"] == "15"
    assert (PUBLIC / f"letters/{A}.pdf").read_bytes() == (
        Path(f"issued/2031/{A}/2/{A}.pdf").read_bytes()
    )


def test_letters_that_were_not_issued_are_named_and_the_others_are_public(built: Run) -> None:
    EDITION_FILE.write_text(EDITION + PUBLIC_FROM)
    built("build", "-q")
    shown = built("review", "--json").json["list"]
    built("approve", "--all", "--shown", shown, "--by", "Ida")
    built("issue", "amb", "--by", "Ida")

    said = built("publish")

    assert said.code == 1
    assert f"not published  {F}: not issued" in said.err
    assert sorted(path.name for path in PUBLIC.glob("letters/*")) == [f"{A}.html", f"{A}.pdf"]


def test_where_nothing_was_issued_nothing_is_public(built: Run) -> None:
    EDITION_FILE.write_text(EDITION + PUBLIC_FROM)

    said = built("publish")

    assert (said.code, said.out) == (1, "Nothing was published.\n")
    assert f"not published  {A}, {F}: not issued" in said.err
    assert not PUBLIC.exists()


def test_a_folder_with_other_files_keeps_them(issued: Run) -> None:
    issued("publish")
    before = {path: path.read_bytes() for path in Path("data").rglob("*.*")}

    said = issued("publish", "--to", ".")

    assert said.code == 2
    assert "has files that letters publish did not write" in said.err
    assert {path: path.read_bytes() for path in Path("data").rglob("*.*")} == before
    assert not Path("index.html").exists()


def test_what_is_no_longer_issued_is_no_longer_public(issued: Run) -> None:
    issued("publish")
    ours = PUBLIC / f"letters/{A}.txt"
    ours.write_text("ours")
    for path in sorted(Path(f"issued/2031/{A}").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()

    issued("publish")

    assert ours.read_text() == "ours"
    assert sorted(path.name for path in PUBLIC.rglob(f"{A}.*")) == [ours.name]


def test_what_was_issued_under_a_former_name_is_public_until_it_is_issued_again(
    issued: Run,
) -> None:
    issued("rename", A, "Ambridge and Penny Hassett District Council")
    new = "ambridge-and-penny-hassett-district-council"

    assert issued("publish").code == 0
    assert (PUBLIC / f"letters/{A}.pdf").exists()
    assert f"../letters/{A}.pdf" in (PUBLIC / f"authorities/{new}.html").read_text()

    issue(issued)

    assert issued("publish").code == 0
    assert sorted(path.name for path in PUBLIC.glob("letters/*.pdf")) == [f"{new}.pdf", f"{F}.pdf"]
    assert {row["authority"] for row in rows()} == {new, F}


def test_a_table_of_all_figures_that_is_unlike_the_letters_is_found(issued: Run) -> None:
    from generator.issuing.issued_letters import IssuedLetter, read_issued
    from generator.issuing.register import read_register
    from generator.reports.public_pages import unlike_data

    issued("publish")
    folders = Workspace(Path.cwd()).edition(2031)
    found = [read_issued(folders, i[-1])[0] for i in read_register(folders).by_letter.values()]
    letters = [each for each in found if isinstance(each, IssuedLetter)]
    content = (PUBLIC / "data/figures.csv").read_bytes()

    assert list(unlike_data(content, letters)) == []
    assert list(unlike_data(content.replace(b"count,14\r\n", b"count,15\r\n"), letters)) == [
        f'figures.csv has "15" for 2031.{A}.received.ponds; expected "14", as in the letter'
    ]
