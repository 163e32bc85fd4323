"""Last year's letter as pages: those of its PDF, those of its edition, or why there are none."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from generator.preview.edition_snapshot import read_edition
from generator.preview.last_years_pages import LAID_OUT, LastYearsPages
from generator.preview.letter_changes import compare_with_last_year
from generator.preview.preview_state import PreviewState
from generator.workspace import EditionFolders
from tests.browser.desk.county import AMBRIDGE_SLUG, FELPERSHAM_SLUG, build_two_years

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> EditionFolders:
    """Two years, of which the first is known by its edition alone."""
    return build_two_years(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def desk(folders: EditionFolders) -> Iterator[PreviewState]:
    with closing(PreviewState(folders)) as desk:
        yield desk


def _pages(desk: PreviewState, slug: str, against: Path | None = None) -> LastYearsPages:
    """What is shown once nothing more is awaited."""

    async def wait() -> LastYearsPages:
        loaded = read_edition(desk.folders).loaded
        desk.compared = compare_with_last_year(loaded, against, None)
        while (found := desk.last_years_pages.of(desk, slug)) is LAID_OUT:
            await desk.wait_for_change(desk.revision)
        return found

    return asyncio.run(wait())


@pytest.mark.thorough
def test_a_letter_known_by_its_edition_alone_is_laid_out(desk: PreviewState) -> None:
    found = _pages(desk, AMBRIDGE_SLUG)

    assert found.why_none == ""
    assert [page.width > page.height for page in found.pages][-1]
    picture = desk.last_years_pages.picture(AMBRIDGE_SLUG, found.key, 1)
    assert picture is not None
    assert Image.open(BytesIO(picture)).width == round(found.pages[0].width * 2)
    for key, number in ((found.key, 0), (found.key, len(found.pages) + 1), ("another", 1)):
        assert desk.last_years_pages.picture(AMBRIDGE_SLUG, key, number) is None


def test_of_a_pdf_its_own_pages_are_shown_and_of_a_text_none(
    desk: PreviewState, tmp_path: Path
) -> None:
    words = "Dear Dorothy Adamson,\n\nAnnual letter 2030\n\nFelpersham City Council\n"
    (tmp_path / f"{FELPERSHAM_SLUG}.txt").write_text(words)
    alone = _pages(desk, FELPERSHAM_SLUG, tmp_path)
    assert alone.why_none == "Last year’s letter is known only as text, which has no pages."

    one_page = pypdfium2.PdfDocument.new()
    one_page.new_page(595, 842)
    one_page.save(tmp_path / f"{FELPERSHAM_SLUG}.pdf")
    assert len(_pages(desk, FELPERSHAM_SLUG, tmp_path).pages) == 1

    for _ in range(30):
        one_page.new_page(595, 842)
    one_page.save(tmp_path / f"{FELPERSHAM_SLUG}.pdf")
    assert _pages(desk, FELPERSHAM_SLUG, tmp_path).why_none == (
        f"{FELPERSHAM_SLUG}.pdf cannot be shown: it has 31 pages, and at most 30 are shown."
    )

    (tmp_path / f"{FELPERSHAM_SLUG}.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    broken = _pages(desk, FELPERSHAM_SLUG, tmp_path)
    assert broken.why_none == (
        f"{FELPERSHAM_SLUG}.pdf cannot be shown: it is damaged, or not a PDF."
    )


def test_where_there_is_no_letter_of_last_year_that_is_said(desk: PreviewState) -> None:
    none = _pages(desk, "penny-hassett-parish-council").why_none
    assert none == "There is no letter of last year to be seen beside it."

    nowhere = _pages(desk, AMBRIDGE_SLUG, Path("1066")).why_none
    assert nowhere.startswith("No letters of 1066 to compare with")
