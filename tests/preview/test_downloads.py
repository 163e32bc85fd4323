"""What is downloaded from the desk is what `letters build` makes, and nothing else."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders
from tests.batch.executors import build
from tests.borsetshire import AMBRIDGE, authority, build_tree
from tests.preview.conftest import OpenIt
from tests.preview.desks import Answer, OpenDesk, opened_desk

pytestmark = pytest.mark.processes

A, F = "ambridge-district-council", "felpersham-city-council"
GAP, BROKEN = "gap-council", "broken-council"
ADDRESS = "walter@ambridge.example"


def build_county(workspace: Path) -> EditionFolders:
    """Two letters that are ready, one with a figure missing, one with an error and an address."""
    wrong = authority("Broken Council").replace("upheld:", "uphled:")
    folders = build_tree(
        workspace,
        {
            f"data/2031/authorities/{GAP}.yaml": AMBRIDGE.replace("Ambridge", "Gap").replace(
                "ponds: 14", "ponds: null"
            ),
            f"data/2031/authorities/{BROKEN}.yaml": wrong.replace(
                "addressee:\n", f"addressee:\n  email: {ADDRESS}\n"
            ),
        },
    )
    enclosures = folders.workspace.folder / "enclosures/2031"
    enclosures.mkdir(parents=True)
    (enclosures / "cases.csv").write_text(f"Authority,Case\n{A},secret of {ADDRESS}\n")
    return folders


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    return build_county(tmp_path / "workspace")


@pytest.fixture
def desk(folders: EditionFolders, open_desk: OpenIt) -> OpenDesk:
    return open_desk(folders.workspace.folder)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    """A desk whose files nobody changes."""
    folders = build_county(tmp_path_factory.mktemp("downloads") / "workspace")
    with opened_desk(folders.workspace.folder) as desk:
        yield desk


def contents(answer: Answer) -> dict[str, bytes]:
    """What is in a zip, by name."""
    assert (answer.status, answer.headers["content-type"]) == (200, "application/zip")
    with ZipFile(BytesIO(answer.body)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_zip_has_all_letters_that_are_ready_as_build_makes_them(
    folders: EditionFolders, desk: OpenDesk
) -> None:
    answer = desk.get("/letters.zip")

    made = folders.output()
    build(load_edition(folders), made)
    assert contents(answer) == {
        f"{A}.pdf": (made / f"pdf/{A}.pdf").read_bytes(),
        f"{F}.pdf": (made / f"pdf/{F}.pdf").read_bytes(),
        "left-out.txt": f"{BROKEN}: has problems\n{GAP}: figures missing\n".encode(),
    }
    disposition = answer.headers["content-disposition"]
    assert disposition == 'attachment; filename="annual-letters-2031.zip"'
    assert desk.get("/letters.zip").body == answer.body


@pytest.mark.thorough
def test_a_zip_of_drafts_has_every_letter_marked_as_a_draft(
    folders: EditionFolders, desk: OpenDesk
) -> None:
    answer = desk.get("/drafts.zip")

    made = folders.output(draft=True)
    build(load_edition(folders, draft=True), made, draft=True)
    pdfs = {f"{slug}-draft.pdf": (made / f"pdf/{slug}.pdf").read_bytes() for slug in (A, F, GAP)}
    assert contents(answer) == {**pdfs, "left-out.txt": f"{BROKEN}: has problems\n".encode()}
    disposition = answer.headers["content-disposition"]
    assert disposition == 'attachment; filename="annual-letters-2031-drafts.zip"'


@pytest.mark.thorough
def test_a_draft_of_one_letter_that_is_ready(folders: EditionFolders, desk: OpenDesk) -> None:
    answer = desk.get(f"/letters/{A}/draft.pdf")

    made = folders.output(draft=True)
    build(load_edition(folders, draft=True), made, draft=True)
    assert answer.body == (made / f"pdf/{A}.pdf").read_bytes()
    assert answer.headers["content-disposition"] == f'attachment; filename="{A}-draft.pdf"'
    assert answer.body != desk.get(f"/letters/{A}/letter.pdf").body


NOTHING = {
    f"/letters/{BROKEN}/draft.pdf": "There is no draft: the files of the letter have errors.",
    f"/letters/{BROKEN}/letter.pdf": "There is no letter: its files have errors.",
    "/letters/nobody/draft.pdf": "There is no letter to an authority “nobody”.",
    "/letters/..%2f..%2fdata/draft.pdf": "There is no such page.",
    "/enclosures.zip": "There is no such page.",
    "/letters/enclosures.zip": "There is no letter to an authority “enclosures.zip”.",
}


def test_of_what_cannot_be_made_it_is_said_why(shared: OpenDesk) -> None:
    said = {path: shared.get(path) for path in NOTHING}

    assert {answer.status for answer in said.values()} == {404}
    assert [path for path, why in NOTHING.items() if why not in said[path].text] == []


PAGES = ("/", "/overview", "/changes", "/problems", "/import", "/review")


@pytest.mark.thorough
def test_no_address_and_no_enclosure_is_on_a_page_or_in_what_is_downloaded(
    shared: OpenDesk,
) -> None:
    """But on the form of its authority, where it is edited."""
    for path in (*PAGES, *(f"/letters/{slug}" for slug in (A, F, BROKEN))):
        answer = shared.get(path)
        assert answer.status == 200
        assert [one for one in (ADDRESS, "secret of") if one in answer.text] == [], path
    assert ADDRESS in shared.get(f"/letters/{BROKEN}/form").text
    for path in ("/letters.zip", "/drafts.zip"):
        files = contents(shared.get(path))
        assert {Path(name).suffix for name in files} == {".pdf", ".txt"}
        assert [name for name, content in files.items() if ADDRESS.encode() in content] == []


def test_to_be_asked_what_a_zip_would_be_makes_no_letter(shared: OpenDesk) -> None:
    answer = shared.ask("HEAD", "/letters.zip", {})

    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-type"] == "application/zip"


@pytest.mark.thorough
def test_of_an_edition_without_a_letter_there_is_no_zip(tmp_path: Path, open_desk: OpenIt) -> None:
    gone: dict[str, str | bytes | None] = {
        f"data/2031/authorities/{slug}.yaml": None for slug in (A, F)
    }
    desk = open_desk(build_tree(tmp_path / "workspace", gone).workspace.folder)

    assert "No letter is ready." in desk.get("/letters.zip").text
    assert "There is no draft" in desk.get("/drafts.zip").text
