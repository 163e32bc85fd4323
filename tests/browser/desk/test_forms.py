"""Forms of the desk: one authority, what is confirmed, a spreadsheet that is dropped."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from generator.console import problem_data
from generator.lineage.earlier_years import load_edition
from generator.problems import Place, Problem
from generator.workspace import EditionFolders
from tests.browser.desk.conftest import Open, follows
from tests.browser.desk.county import AMBRIDGE_FILE, AMBRIDGE_SLUG, FELPERSHAM_FILE, build_two_years
from tests.browser.desk.running import RunningDesk, running_desk
from tests.browser.desk.test_accessible import NOT_OURS
from tests.browser.test_accessibility import complaints

FORM = f"letters/{AMBRIDGE_SLUG}/form"
EDITION_FILE = "data/2031/edition.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunningDesk]:
    """A desk of its own for each test, whose workspace is in git."""
    folders = build_two_years(tmp_path / "county")
    git(folders, "init", "-q")
    git(folders, "add", "data")
    git(
        folders,
        "-c",
        "user.name=Jill",
        "-c",
        "user.email=j@a.example",
        "commit",
        "-qm",
        "As it was",
    )
    with running_desk(folders) as desk:
        yield desk


def git(folders: EditionFolders, *words: str) -> str:
    asked = ["git", "-C", str(folders.workspace.folder), *words]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout


def changed_lines(desk: RunningDesk) -> list[str]:
    """The lines of the data that came in and went, as git has them."""
    lines = git(desk.folders, "diff", "-U0", "--", "data").splitlines()
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def workbook(folder: Path, *rows: tuple[str | int | None, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Authority", "Roads", "Ponds and Ducks"), *rows):
        sheet.append(row)
    path = folder / "figures.xlsx"
    book.save(path)
    return path


CORRECTED = (("Ambridge District Council", 4, 15), ("Felpersham City Council", 21, 2))


def drop(page: Page, path: Path) -> None:
    """Let a file go over the page, as a hand does that drags it there."""
    dropped = page.evaluate_handle(
        """async bytes => {
            const dropped = new DataTransfer()
            dropped.items.add(new File([new Uint8Array(bytes)], "figures.xlsx"))
            return dropped
        }""",
        list(path.read_bytes()),
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})


# --- One authority -----------------------------------------------------------------------------


def test_figures_are_corrected_while_their_sums_live_beside(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.at(FORM))
    table = page.get_by_role("group", name="Complaints received")
    total = table.get_by_role("status", name="Total")

    page.get_by_label("Roads").fill("6")
    expect(total).to_have_text("20")
    expect(page.locator("#unsaved")).to_have_text("1 not yet saved.")
    expect(page.locator("#letter-now")).to_have_text("As you have filled in the form; not saved.")
    expect(page.locator("#pages text", has_text="20 complaints")).to_be_attached()
    assert changed_lines(desk) == []
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator("#outcome-authority")).to_contain_text("1 value in ambridge")
    assert changed_lines(desk) == [
        "-received: {roads: 3, ponds: 14}",
        "+received: {roads: 6, ponds: 14}",
    ]
    expect(page.locator("#letter-now")).to_have_text("As it is saved.")
    expect(page.locator("#pages text", has_text="20 complaints")).to_be_attached()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Roads")).to_have_value("3")
    expect(page.locator("#pages text", has_text="17 complaints")).to_be_attached()
    assert changed_lines(desk) == []


@pytest.mark.thorough
def test_by_keys_alone_an_addressee_is_renamed(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.letter(AMBRIDGE_SLUG))

    page.keyboard.press("f")
    follows(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "addressee.name":
            break
    page.keyboard.press("Control+a")
    page.keyboard.type("Nigel Pargetter")
    page.keyboard.press("Enter")

    expect(page.locator("#outcome-authority")).to_contain_text("1 value in ambridge")
    assert changed_lines(desk) == ["-  name: Walter Gabriel", "+  name: Nigel Pargetter"]


@pytest.mark.thorough
def test_what_is_wrong_stands_at_its_field(desk: RunningDesk, open_page: Open) -> None:
    page = open_page(desk.at(FORM))
    roads = page.get_by_label("Roads")

    roads.fill("many")
    expect(roads).to_have_attribute("aria-invalid", "true")
    expect(roads).to_have_accessible_description(
        "found many; expected a whole number, or null if not yet supplied"
    )
    page.get_by_role("button", name="Save", exact=True).click()

    expect(roads).to_be_focused()
    assert changed_lines(desk) == []


@pytest.mark.thorough
def test_what_is_wrong_elsewhere_is_told_with_its_file_and_line(
    desk: RunningDesk, open_page: Open
) -> None:
    page = open_page(desk.at(FORM))
    problem = Problem(Place(desk.file(FELPERSHAM_FILE), 5), "is wrong", "name")
    told = problem_data(problem, desk.folders.workspace.shown_path)

    page.evaluate(
        "told => tellOutcome(document.querySelector('#outcome-authority'), {problems: [told]})",
        told,
    )

    expect(page.locator("#outcome-authority li")).to_have_text(
        f"{FELPERSHAM_FILE}:5, name: is wrong"
    )


@pytest.mark.thorough
def test_one_figure_changed_in_two_browsers_and_on_disk_is_lost_nowhere_and_all_are_told(
    desk: RunningDesk, open_window: Open
) -> None:
    mine, other = open_window(desk.at(FORM)), open_window(desk.at(FORM))
    mine.get_by_label("Roads").fill("5")
    other.get_by_label("Roads").fill("7")
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.locator("#outcome-authority")).to_contain_text("1 value in")

    expect(other.locator("#saved-meanwhile")).to_be_visible()
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator("#outcome-authority")).to_contain_text("Nothing was saved.")
    expect(other.get_by_label("Roads")).to_have_value("7")
    desk.save(AMBRIDGE_FILE, desk.read(AMBRIDGE_FILE).replace("roads: 5", "roads: 9"))

    expect(mine.get_by_label("Roads")).to_have_value("9")
    expect(other.get_by_label("Roads")).to_have_value("7")
    other.get_by_role("button", name="Show the file as it is now").click()
    expect(other.get_by_label("Roads")).to_have_value("9")
    assert "roads: 9" in desk.read(AMBRIDGE_FILE)


# --- Confirming --------------------------------------------------------------------------------


@pytest.mark.thorough
def test_all_that_waits_is_confirmed_at_once_by_name_and_one_is_withdrawn(
    desk: RunningDesk, open_page: Open
) -> None:
    desk.file("data/2031/confirmed.yaml").unlink()
    page = open_page(desk.at("problems"))
    boxes = page.locator('input[name="digest"]')
    expect(boxes.first).to_be_attached()
    number = boxes.count()
    for button in page.get_by_role("button", name="Tick all of these").all():
        button.click()
    for box in boxes.all():
        box.check()
    confirm = page.get_by_role("button", name="Confirm what is ticked")

    confirm.click()
    expect(page.get_by_label("Your name")).to_be_focused()
    page.get_by_label("Your name").fill("Jill Archer")
    confirm.click()
    expect(page.locator("#outcome")).to_contain_text(f"{number} confirmed by Jill Archer")

    expect(page.locator("#confirmed-number")).to_have_text(f"{number} confirmed")
    expect(boxes).to_have_count(0)
    page.locator("#confirmed-number").click()
    page.locator('input[name="taken-back"]').first.check()
    page.get_by_role("button", name="Withdraw what is ticked here").click()
    expect(boxes).to_have_count(1)
    assert len(load_edition(desk.folders).confirmations) == number - 1


@pytest.mark.thorough
def test_by_keys_alone_what_waits_is_confirmed(desk: RunningDesk, open_page: Open) -> None:
    desk.file("data/2031/confirmed.yaml").unlink()
    page = open_page(desk.at("problems"))
    boxes = page.locator('input[name="digest"]')
    expect(boxes.first).to_be_attached()
    number = boxes.count()

    page.get_by_role("button", name="Tick all of these").first.focus()
    page.keyboard.press("Enter")
    for box in boxes.all():
        if not box.is_checked():
            box.focus()
            page.keyboard.press("Space")
    for _ in range(number + 2):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "who":
            break
    page.keyboard.type("Jill Archer")
    page.keyboard.press("Enter")

    expect(page.locator("#outcome")).to_contain_text(f"{number} confirmed by Jill Archer")
    assert len(load_edition(desk.folders).confirmations) == number


# --- Importing ---------------------------------------------------------------------------------


@pytest.mark.thorough
def test_four_corrected_figures_come_in_by_dropping_a_spreadsheet_and_go_again(
    desk: RunningDesk, open_page: Open, tmp_path: Path
) -> None:
    page = open_page(desk.at("import"))

    page.get_by_label("It has corrections alone").check()
    drop(page, workbook(tmp_path, *CORRECTED))
    rows = page.locator("table", has_text="From").locator("tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.first).to_have_text(
        "Ambridge District CouncilComplaints received: Roads34figures.xlsx:Sheet!B2"
    )
    page.get_by_role("button", name="Apply").click()

    expect(page.locator("#outcome")).to_contain_text("figures.xlsx: 4 of 4 figures changed.")
    assert changed_lines(desk) == [
        "-received: {roads: 3, ponds: 14}",
        "+received: {roads: 4, ponds: 15}",
        *("-  roads: 20", "-  ponds: 0", "+  roads: 21", "+  ponds: 2"),
    ]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#outcome")).not_to_contain_text("4 of 4")
    expect(rows).to_have_count(4)
    assert changed_lines(desk) == []


@pytest.mark.thorough
def test_by_keys_alone_a_question_is_answered_and_the_plan_applied(
    desk: RunningDesk, open_page: Open, tmp_path: Path
) -> None:
    page = open_page(desk.at("import"))
    path = workbook(tmp_path, *CORRECTED, ("Borchester Town Council", 1, 2))
    with page.expect_file_chooser() as chooser:
        page.get_by_label("Drop spreadsheets here").focus()
        page.keyboard.press("Enter")
    chooser.value.set_files(str(path))
    answer = page.get_by_label("“Borchester Town Council” is")
    apply = page.get_by_role("button", name="Apply")
    expect(apply).to_be_disabled()

    answer.focus()
    page.keyboard.type("leave it out")
    expect(apply).to_be_enabled()
    apply.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#outcome")).to_contain_text("figures.xlsx: 4 of 4 figures changed")
    assert "roads: 21" in desk.read(FELPERSHAM_FILE)


# --- Read-only, and for everyone ---------------------------------------------------------------


@pytest.fixture(scope="module")
def only_shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    folders = build_two_years(tmp_path_factory.mktemp("only_shown"))
    with running_desk(folders, "--read-only") as desk:
        yield desk


@pytest.mark.thorough
@pytest.mark.parametrize("address", [FORM, "import", "problems", "edition"])
def test_where_the_desk_only_shows_nothing_can_be_pressed(
    address: str, only_shown: RunningDesk, open_window: Open
) -> None:
    page = open_window(only_shown.at(address))
    forms = page.locator("main form")
    assert forms.count() > 0
    assert all(form.evaluate("form => form.inert") for form in forms.all())


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A desk where something waits to be confirmed."""
    folders = build_two_years(tmp_path_factory.mktemp("shown"))
    folders.confirmed_file.unlink()
    with running_desk(folders) as desk:
        yield desk


WINDOWS = {"wide by day": (1280, "light"), "narrow by night": (320, "dark")}


@pytest.mark.thorough
@pytest.mark.parametrize("address", [FORM, "import", "problems", "edition"])
@pytest.mark.parametrize("window", WINDOWS)
def test_axe_has_nothing_to_say_and_nothing_scrolls_sideways(
    address: str, window: str, shown: RunningDesk, browser: Browser, tmp_path: Path
) -> None:
    width, scheme = WINDOWS[window]
    page = browser.new_page(viewport={"width": width, "height": 9000})  # nothing out of sight
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(shown.at(address))
    follows(page)
    if address == FORM:
        page.get_by_label("Roads").fill("many")
        expect(page.get_by_label("Roads")).to_have_attribute("aria-invalid", "true")
    if address == "import":
        path = workbook(tmp_path, ("Ambridge District Council", "x", 15), ("Nowhere", 1, 2))
        page.locator("#spreadsheet").set_input_files(str(path))
        expect(page.locator("#wrong")).to_be_visible()

    if address == "edition":
        for button in page.get_by_role("button", name="Show what would be written").all()[1:]:
            button.click()
        expect(page.get_by_role("group", name="What would be written")).to_be_focused()

    expect(page.locator("#busy")).to_be_empty()
    assert complaints(page, *NOT_OURS) == {}
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()
