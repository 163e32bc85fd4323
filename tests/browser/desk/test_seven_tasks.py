"""Seven everyday tasks, from an empty start, by mouse and by keyboard alone.

After each the difference that git tells is the smallest that says it.
"""

import datetime
import re
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect

from generator.files.transaction import write_all
from generator.lineage.new_files import plan_workspace
from generator.workspace import Workspace
from tests.browser.desk.conftest import Open, follows
from tests.browser.desk.running import RunningDesk, running_desk
from tests.browser.desk.test_forms import drop

AMBRIDGE, BORCHESTER, FELPERSHAM = (
    f"{name}-{kind}-council"
    for name, kind in (("ambridge", "district"), ("borchester", "borough"), ("felpersham", "city"))
)
LONG = " ".join(["It is our hope that every one of these pages will be read in full."] * 40)
PAGES_MS = 300_000
"""So long pages may take that are laid out while nothing else is to be done."""
RULE = "authority.outcomes.fault_rate is known and authority.outcomes.fault_rate > 60"


class Mouse:
    """Presses with the mouse, and has the keyboard only to type words with."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """A link, a button, a box to tick, or what is folded up."""
        target.click()

    def fill(self, field: Locator, words: str) -> None:
        field.click(click_count=3)
        self.page.keyboard.type(words)

    def choose(self, field: Locator, words: str) -> None:
        field.select_option(label=words)

    def give(self, path: Path) -> None:
        """Let a spreadsheet go over the page."""
        drop(self.page, path)

    def edit(self, paragraph: str) -> None:
        """Open a paragraph's words, with the caret behind the last."""
        words = self.page.locator("#edit-words")
        for _ in range(3):  # the pages may be exchanged for new ones in the midst of a click
            self.page.locator("#pages text", has_text=paragraph).first.click()
            with suppress(AssertionError):
                expect(words).to_be_visible()
                break
        expect(words).to_be_visible()
        box = words.bounding_box()
        assert box is not None
        words.click(position={"x": box["width"] - 4, "y": box["height"] - 8})

    def save(self) -> None:
        """Save what was edited."""
        self.press(self.page.locator("#edit-save"))


class Keys(Mouse):
    """Has no mouse: goes from one thing to the next, as a person does who sees where it is."""

    def reach(self, target: Locator) -> None:
        expect(target).to_be_visible()
        is_behind = """target => Boolean(document.activeElement !== document.body
            && document.activeElement.compareDocumentPosition(target) & 2)"""
        key = "Shift+Tab" if target.evaluate(is_behind) else "Tab"
        for _ in range(400):
            if target.evaluate("target => target === document.activeElement"):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"never came to {target}")

    def press(self, target: Locator) -> None:
        self.reach(target)
        is_box = target.evaluate("target => target.type === 'checkbox'")
        self.page.keyboard.press("Space" if is_box else "Enter")

    def fill(self, field: Locator, words: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def choose(self, field: Locator, words: str) -> None:
        self.reach(field)
        self.page.keyboard.type(words)
        expect(field.locator("option:checked")).to_have_text(words)

    def give(self, path: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.press(self.page.locator("#spreadsheet"))
        chooser.value.set_files(str(path))

    def edit(self, paragraph: str) -> None:
        follows(self.page)  # until then no key is heard
        self.page.keyboard.press("e")
        self.press(self.page.locator(".sources summary", has_text=paragraph))
        self.page.keyboard.press("e")
        expect(self.page.locator("#edit-words")).to_be_focused()

    def save(self) -> None:
        self.page.keyboard.press("Control+s")


class Office:
    """A workspace that `letters init` has made, in git, at its desk."""

    def __init__(self, desk: RunningDesk) -> None:
        self.desk = desk
        self.folder = desk.folders.workspace.folder

    def git(self, *words: str) -> str:
        asked = ["git", "-C", str(self.folder), "-c", "user.name=J", "-c", "user.email=j@a.example"]
        return subprocess.run([*asked, *words], check=True, capture_output=True, text=True).stdout

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", "As it is")

    def changes(self) -> dict[str, list[str]]:
        """By file, the lines that went and came in since the last commit; renamed files by both."""
        self.git("add", "-A")
        found: dict[str, list[str]] = {}
        for line in self.git("diff", "--cached", "-M", "-U0").splitlines():
            if line.startswith("diff --git a/"):
                old, _, new = line.removeprefix("diff --git a/").partition(" b/")
                found[old if old == new else f"{old} -> {new}"] = lines = []
            elif line[:1] in "+-" and line[:3] not in ("+++", "---"):
                lines.append(line)
        return found


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    folder = tmp_path / "practice"
    new = plan_workspace("borsetshire", datetime.date(2025, 5, 14))
    write_all(new.contents(folder))
    edition = folder / "data/2025/edition.yaml"
    edition.write_text(f"{edition.read_text()}approvals: {{people: 2}}\n")
    with running_desk(Workspace(folder).edition()) as desk:
        office = Office(desk)
        office.git("init", "-q")
        office.commit()
        yield office


def go(hand: Mouse, name: str) -> None:
    """Go to a page by its link at the top."""
    hand.press(hand.page.locator("#desk-nav").get_by_role("link", name=name))
    follows(hand.page)


def go_to_letter(hand: Mouse, name: str) -> None:
    go(hand, "All letters")
    hand.press(hand.page.locator("#letters").get_by_role("link", name=name))
    expect(hand.page.locator("#pages image").first).to_be_attached()


def five_figures_by_spreadsheet(hand: Mouse, office: Office, folder: Path) -> None:
    page, book = hand.page, Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("Authority", "Planning", "Homes"),
        ("Ambridge District Council", 17, 9),
        ("Borchester Borough Council", 13, 15),
        ("Felpersham City Council", 20, 41),
    ):
        sheet.append(row)
    book.save(folder / "figures.xlsx")

    go(hand, "Import")
    hand.press(page.get_by_label("It has corrections alone"))
    hand.give(folder / "figures.xlsx")
    hand.press(page.get_by_role("button", name="Apply"))
    expect(page.locator("#outcome")).to_contain_text("5 of 6 figures changed")

    changes = office.changes()
    origins = changes.pop("data/2025/origins.json")
    assert {n: [line for line in c if line[0] == "+"] for n, c in changes.items()} == {
        f"data/2025/authorities/{AMBRIDGE}.yaml": ["+  planning: 17", "+  homes: 9"],
        f"data/2025/authorities/{BORCHESTER}.yaml": ["+  planning: 13", "+  homes: 15"],
        f"data/2025/authorities/{FELPERSHAM}.yaml": ["+  planning: 20"],
    }
    assert sum("figures.xlsx" in line for line in origins) >= 1
    office.commit()


def a_paragraph_reworded_and_back(hand: Mouse, office: Office) -> None:
    page, new = hand.page, "Do tell your neighbours."
    go_to_letter(hand, "Ambridge District Council")
    hand.edit("I should be glad if you")
    page.keyboard.type(f" {new}")
    expect(page.locator("#pages text", has_text=new)).to_be_attached()
    expect(page.locator("#edit-impact")).to_contain_text("This changes 12 letters")
    assert office.changes() == {}
    hand.save()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()

    [(name, [before, after])] = office.changes().items()
    assert name == "templates/2025/sections/this-letter.md"
    assert f"+{before[1:]} {new}" == after
    hand.press(undo)
    expect(page.locator("#edit-said")).to_contain_text("Taken back")
    assert office.changes() == {}


def a_council_renamed(hand: Mouse, office: Office) -> None:
    page = hand.page
    go_to_letter(hand, "Borchester Borough Council")
    hand.press(page.get_by_role("link", name="Addressee and figures"))
    follows(page)
    hand.fill(page.get_by_label("New name"), "Borchester Vale Borough Council")
    form = page.get_by_role("form", name="Rename")
    hand.press(form.get_by_role("button", name="Show what would be written"))
    expect(form.get_by_role("row", name="formerly")).to_contain_text(BORCHESTER)
    assert office.changes() == {}
    hand.press(form.get_by_role("button", name="Rename"))
    hand.press(form.get_by_role("link", name="Open it under its new name"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Borchester Vale Borough Council")

    folder, new = "data/2025/authorities", "borchester-vale-borough-council"
    changes = office.changes()
    assert changes.pop(f"{folder}/{BORCHESTER}.yaml -> {folder}/{new}.yaml") == [
        "-name: Borchester Borough Council",
        "+name: Borchester Vale Borough Council",
        "-aliases: [Borchester BC]",
        "+aliases: [Borchester BC, Borchester Borough Council]",
        f"+formerly: [{BORCHESTER}]",
    ]
    assert {*changes} <= {"data/2025/origins.json", "data/2025/confirmed.yaml"}
    office.commit()


def a_draft_of_one_letter(hand: Mouse, office: Office) -> None:
    page = hand.page
    go_to_letter(hand, "Felpersham City Council")
    with page.expect_download() as download:
        hand.press(page.get_by_role("link", name="Download a draft"))

    assert download.value.suggested_filename == f"{FELPERSHAM}-draft.pdf"
    with pypdfium2.PdfDocument(download.value.path()) as letter:
        assert "DRAFT" in letter[0].get_textpage().get_text_bounded()
    assert office.changes() == {}


def which_letters_grow(hand: Mouse, office: Office) -> None:
    page, grow = hand.page, "1 grows to 4 pages."
    go(hand, "Overview")
    hand.press(page.get_by_role("button", name="Build the letters"))
    go(hand, "All letters")
    unknown = page.locator("#letters tr[data-pages='']")
    expect(unknown).to_have_count(0, timeout=PAGES_MS)
    go_to_letter(hand, "Felpersham City Council")
    hand.edit("as soon as we asked")
    page.keyboard.insert_text(f" {LONG}")
    expect(page.locator("#edit-impact")).to_contain_text(grow, timeout=PAGES_MS)
    hand.save()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    assert [*office.changes()] == ["templates/2025/inserts/settled-at-once.md"]
    expect(page.locator("#grown")).to_contain_text(grow, timeout=PAGES_MS)
    go(hand, "Overview")
    grown = page.locator("#saved section", has_text="pages before, now")
    expect(grown.get_by_role("link")).to_have_text([re.compile("Borsetshire County")])
    office.git("reset", "-q", "--hard")
    for _ in range(100):  # until that is read
        go(hand, "Review")
        expect(page.locator(".item").first).to_be_visible()
        if page.locator(".item", has_text=LONG[:40]).count() == 0:
            break


def all_approved_by_two(hand: Mouse, other: Mouse, office: Office) -> None:
    for each, name in ((hand, "Ida"), (other, "Jim")):
        said = each.page.locator("#decided")
        for _ in range(
            3
        ):  # what was put back may still be being read: then all is to be seen again
            go(each, "Review")
            expect(each.page.locator(".item").first).to_be_visible()
            each.fill(each.page.get_by_label("Your name"), name)
            each.press(each.page.locator("#decide").get_by_role("button", name="Approve all"))
            expect(said).not_to_be_empty()
            if "look again" not in said.inner_text():
                break
        expect(said).to_contain_text(f"{name} approved")
    expect(other.page.locator("#review-summary")).to_contain_text("0 of ")

    assert {Path(name).parts[0] for name in office.changes()} == {"approvals"}
    office.commit()


def next_year_with_an_insert_and_a_column(hand: Mouse, office: Office) -> None:
    page = hand.page
    go(hand, "Edition")
    form = page.get_by_role("form", name="Begin the edition")
    hand.press(form.get_by_role("button", name="Show what would be written"))
    expect(form.get_by_role("row", name="letter date")).to_contain_text("18 June 2026")
    assert office.changes() == {}
    hand.press(form.get_by_role("button", name="Begin the edition"))
    hand.press(form.get_by_role("link", name="Open edition 2026"))
    expect(page.locator("#letters tr")).to_have_count(12)
    assert all("2026" in name or name.startswith("data/schemas") for name in office.changes())
    office.commit()

    go(hand, "Edition")
    form = page.get_by_role("form", name="Add the column")
    hand.fill(form.get_by_label("Heading", exact=True), "Late replies")
    hand.choose(form.get_by_label("After"), "Everything else")
    hand.press(form.get_by_role("button", name="Show what would be written"))
    hand.press(form.get_by_role("button", name="Add the column"))
    expect(form.get_by_role("button", name="Undo")).to_be_visible()
    changes = office.changes()
    assert changes.pop("data/2026/edition.yaml") == ["+      late_replies: Late replies"]
    del changes["data/schemas/authority-2026.schema.json"]
    assert [*changes.values()] == [["+  late_replies: null"]] * 12
    office.commit()

    go_to_letter(hand, "Felpersham City Council")
    hand.press(page.get_by_role("link", name="Where it comes from"))
    hand.press(page.locator("#inserts > summary"))
    hand.press(page.get_by_text("Write a paragraph"))
    box = page.locator("#insert-list > details")
    hand.choose(box.get_by_label("For", exact=True), "each letter for which a rule holds")
    hand.fill(box.get_by_label("Its name"), "high-fault-rate")
    hand.fill(box.get_by_label("Rule", exact=True), RULE)
    expect(box.locator(".hint")).to_contain_text("applies to 0 of 12")
    hand.choose(box.get_by_label("In", exact=True), "your-year")
    hand.fill(box.get_by_label("Words"), "That is far too often.")
    hand.press(box.get_by_role("button", name="Save the paragraph"))
    expect(page.locator("#edit-said")).to_contain_text("Saved: Insert high-fault-rate")
    assert office.changes() == {
        "templates/2026/inserts/high-fault-rate.md": [
            *("+---", "+place: your-year", f"+when: {RULE}", "+---", "+That is far too often.")
        ]
    }


@pytest.mark.thorough
@pytest.mark.parametrize("how", [Mouse, Keys], ids=["mouse", "keys"])
def test_seven_tasks(how: Any, office: Office, open_window: Open, tmp_path: Path) -> None:
    hand = how(open_window(office.desk.at()))

    five_figures_by_spreadsheet(hand, office, tmp_path)
    a_paragraph_reworded_and_back(hand, office)
    a_council_renamed(hand, office)
    a_draft_of_one_letter(hand, office)
    which_letters_grow(hand, office)
    all_approved_by_two(hand, how(open_window(office.desk.at())), office)
    next_year_with_an_insert_and_a_column(hand, office)
