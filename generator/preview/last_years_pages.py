"""Last year's letter as pages, to be seen beside this year's and over one another.

They are those of the PDF that it was read from. One that is known by its edition alone is laid out
as it would be now; one that was read from a text or a web page has none.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.batch.job import Job, jobs_of
from generator.external_letters.letter_files import KINDS, content_of
from generator.letter.letter import Letter, LetterSource
from generator.preview.edition_snapshot import LastAsked, read_one
from generator.preview.page_images import picture_in
from generator.processes.contained import TooMuchError, contained
from generator.verification.output_formats import PDF
from generator.verification.reading import UnreadableError, opened
from generator.workspace import Workspace

if TYPE_CHECKING:
    from generator.preview.preview_state import PreviewState

_MOST_PAGES = 30
"""So many pages of a letter are shown at most; no letter is as long."""
_MOST_BYTES = 32 * 1024 * 1024
_WAITED_FOR_S = 60


@dataclass(frozen=True)
class DrawnPage:
    """A page: its size in points, and its picture, a PNG."""

    width: float
    height: float
    picture: bytes


@dataclass(frozen=True)
class LastYearsPages:
    """The pages of last year's letter."""

    why_none: str = ""
    """Why there are none; nothing where there are."""
    key: str = ""
    """What is the same only for the same pages."""
    pages: tuple[DrawnPage, ...] = ()


LAID_OUT = LastYearsPages("Last year’s pages are being laid out …")
"""What is shown until they are there."""


class LastYearsPagesCache:
    """The pages of last year's letters that were looked at last."""

    def __init__(self) -> None:
        self._drawn = LastAsked[tuple[tuple[Letter, ...], LastYearsPages]](_MOST_BYTES, _size)
        self._drawing: set[str] = set()

    def of(self, desk: "PreviewState", slug: str) -> LastYearsPages:
        """The pages of last year's letter of this slug; they are told when they are drawn."""
        compared = desk.compared
        if compared is None or compared.counterparts is None:
            why = compared.why_not if compared else ""
            return LastYearsPages(why or "Last year’s letter is being looked for.")
        letters = compared.counterparts.last_year.versions.get(slug, ())
        if not letters:
            return LastYearsPages("There is no letter of last year to be seen beside it.")
        found = self._drawn.get(slug)
        if found is not None and found[0] is letters:
            return found[1]
        if slug not in self._drawing:
            self._drawing.add(slug)
            desk.begin(partial(self._draw, desk, slug, letters))
        return LAID_OUT

    def picture(self, slug: str, key: str, number: int) -> bytes | None:
        """The picture of a page, by its number from 1; None where it is not shown any more."""
        found = self._drawn.get(slug)
        pages = found[1].pages if found and found[1].key == key else ()
        return pages[number - 1].picture if 1 <= number <= len(pages) else None

    async def _draw(self, desk: "PreviewState", slug: str, letters: tuple[Letter, ...]) -> None:
        try:
            self._drawn.put(slug, (letters, await _pages_of(desk, letters)))
        finally:
            self._drawing.discard(slug)
            desk.notify()


def _size(drawn: tuple[object, LastYearsPages]) -> int:
    return sum(len(page.picture) for page in drawn[1].pages) + 1000


async def _pages_of(desk: "PreviewState", letters: Sequence[Letter]) -> LastYearsPages:
    """The pages of a letter, or of those of all whom an authority follows, one after the other."""
    pages: list[DrawnPage] = []
    for letter in letters:
        pdf = await _pdf_of(desk, letter)
        if isinstance(pdf, str):
            return LastYearsPages(pdf)
        try:
            pages += await desk.tasks.do("picture", contained, partial(_drawn_pages, pdf))
        except (TooMuchError, UnreadableError) as error:
            name = letter.reading.path.with_suffix(PDF.suffix).name
            return LastYearsPages(f"{name} cannot be shown: {error}.")
    digest = hashlib.sha256(b"".join(page.picture for page in pages)).hexdigest()
    return LastYearsPages(key=digest, pages=tuple(pages))


def _drawn_pages(pdf: bytes) -> list[DrawnPage]:
    """The pages of a PDF, which others may have made: to be called where little can go wrong."""
    with opened(pdf) as document:
        if len(document) > _MOST_PAGES:
            raise UnreadableError(
                f"it has {len(document)} pages, and at most {_MOST_PAGES} are shown"
            )
        return [
            DrawnPage(page.get_width(), page.get_height(), picture_in(document, number))
            for number, page in enumerate(document)
        ]


async def _pdf_of(desk: "PreviewState", letter: Letter) -> bytes | str:
    """A letter's PDF; a sentence where it has none."""
    reading = letter.reading
    if reading.source is LetterSource.EDITION:
        job = await desk.tasks.do("letter", _job_of, reading.path, letter.slug)
        made = await desk.tasks.render_now(lambda: job) if job else None
        if made is None or PDF.name not in made.contents:
            return "Last year’s letter cannot be laid out any more: its edition has errors."
        return made.contents[PDF.name]
    path = reading.path.with_suffix(PDF.suffix)
    content = await desk.tasks.do("letter", content_of, path)
    if isinstance(content, str) and path != reading.path:
        kind = KINDS[reading.path.suffix.lower()]
        return f"Last year’s letter is known only as {kind}, which has no pages."
    return f"{path.name} cannot be shown: {content}." if isinstance(content, str) else content


def _job_of(path: Path, slug: str) -> Job | None:
    """What makes the letter of an authority's file, of an edition that is composed afresh."""
    edition = path.parent.parent
    folders = Workspace(edition.parent.parent).edition(int(edition.name))
    loaded = read_one(folders, slug)
    is_whole = loaded.letter_template is not None and slug in loaded.letters
    return jobs_of(loaded)(slug) if is_whole else None
