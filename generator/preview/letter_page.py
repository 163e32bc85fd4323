"""The page of one letter: its pages, where each word comes from, what changed, what is wrong."""

from generator.batch.job import RenderedLetter
from generator.checks.figures_checks import NOT_SUPPLIED
from generator.preview.edition_snapshot import EditionSnapshot, ListedLetter, ShownLetter
from generator.preview.last_year_cache import changes_of_letter
from generator.preview.page_images import ShownPages
from generator.preview.pages import changed_letters, render, tags_of
from generator.preview.preview_state import PreviewState
from generator.preview.sources import sources_of
from generator.verification.output_formats import output_formats

VIEWS = {"pages": "Pages", "web": "Web page"}
PANELS = {"sources": "Where it comes from", "changes": "Changes", "problems": "Problems"}
_FIRST = 2
"""So many errors are shown above an old letter; all are in the panel."""


def letter_page(
    desk: PreviewState,
    reading: EditionSnapshot,
    letter: ShownLetter,
    pages: ShownPages | None,
    made: RenderedLetter | None,
    *,
    view: str,
    panel: str,
) -> str:
    """The page of a letter; `made` is what came of printing it, None while it is not yet known."""
    listed = reading.letters.get(letter.slug)
    before, after = _neighbours(letter.slug, reading)
    good = letter.good
    problems = [
        problem
        for problem in (*letter.problems, *(made.problems if made else ()))
        if good is None or problem.kind != NOT_SUPPLIED  # these are listed by themselves
    ]
    return render(
        "letter",
        desk,
        letter=letter,
        heading=listed.name if listed and not good else letter.name,
        listed=listed,
        tags=tags_of(listed, changed_letters(desk)) if listed else (),
        missing=good.authority.missing() if good else (),
        before=before,
        after=after,
        view=view,
        views=VIEWS,
        panel=panel,
        panels=PANELS,
        pages=pages,
        downloads=[each for each in output_formats() if each.is_offered],
        is_printing=good is not None and made is None,
        sources=sources_of(good, reading.origins) if good else (),
        changes=changes_of_letter(desk.compared, letter.slug),
        problems=problems,
        first_errors=letter.errors[:_FIRST],
    )


def _neighbours(
    slug: str, reading: EditionSnapshot
) -> tuple[ListedLetter | None, ListedLetter | None]:
    slugs = list(reading.letters)
    if slug not in reading.letters:
        return None, None
    number = slugs.index(slug)
    before = reading.letters[slugs[number - 1]] if number else None
    after = reading.letters[slugs[number + 1]] if number + 1 < len(slugs) else None
    return before, after
