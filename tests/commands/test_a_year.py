"""A year of the office in twelve steps, by its commands, with the letters of Borsetshire."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

pytestmark = [pytest.mark.processes, pytest.mark.thorough]

LETTERS = str(Path(sys.executable).with_name("letters"))
MAIL = """\
# Your annual letter {{ edition.year }}

Dear {{ authority.addressee.salutation }},

Please find this year’s letter.
"""


def letters(*words: str, code: int = 0) -> str:
    """What a command says."""
    said = subprocess.run([LETTERS, *words], capture_output=True, text=True, check=False)
    assert said.returncode == code, said.stdout + said.stderr
    return said.stdout


def data(*words: str, code: int = 0) -> Any:
    return json.loads(letters(*words, "--json", code=code))


def figures_of_this_year(exported: Path, to: Path) -> None:
    """Last year's workbook with other figures in it: one complaint more about roads, each."""
    book = openpyxl.load_workbook(exported / "figures.xlsx")
    for row in book["Subjects"].iter_rows(min_row=2):
        if row[0].value != "Total":
            cell: Any = row[1]
            cell.value += 1
    book.save(to)


def test_a_year_in_twelve_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    letters("init", str(tmp_path / "office"), "--example", "borsetshire")
    monkeypatch.chdir(tmp_path / "office")
    letters("build", "-q")  # last year's, which this year's are compared with

    letters("new-edition", "2026")  # 1
    edition = Path("data/2026/edition.yaml")
    edition.write_text(edition.read_text() + "publish_from: 2999-07-02\napprovals: {people: 2}\n")
    letters("export", "--year", "2025", "--to", "exported", "-q")
    figures_of_this_year(Path("exported"), Path("figures.xlsx"))
    letters(  # 2
        *("import", "figures.xlsx", "--apply", "-q", "--accept", "last-years-figures")
    )
    open_ = data("confirm")
    letters("confirm", "--all", open_["list"], "--by", "Ida", "-q")  # 3
    assert data("check")["problems"] == [  # 4
        each for each in data("check")["problems"] if each["severity"] == "warning"
    ]
    letters("build", "--draft", "-q")  # 5
    changed = data("diff")  # 6
    assert {letter["status"] for letter in changed["letters"]} == {"changed"}
    letters("build", "-q")  # 7
    for by in ("Ida", "Ola"):  # 8 and 9
        listed = data("review")["list"]
        letters("approve", "--all", "--shown", listed, "--by", by)
    assert "12 issued" in letters("issue", "--by", "Ida")  # 10
    Path("templates/2026/mail.md").write_text(MAIL)
    for path in Path("data/2026/authorities").glob("*.yaml"):
        text = path.read_text()
        domains = {
            line.rpartition("@")[2].strip("}, ") for line in text.splitlines() if "@" in line
        }
        path.write_text(f"{text}domains: [{', '.join(sorted(domains))}]\n")
    assert "12 messages" in letters("mail")  # 11
    letters("publish", code=2)  # 12: before its day
    edition.write_text(edition.read_text().replace("2999-07-02", "2026-06-18"))
    assert "12 letters in public/2026" in letters("publish")
    assert letters("verify", "--issued").startswith("12 letters proven")
    assert "14 files deleted" in letters("forget", "--yes")
