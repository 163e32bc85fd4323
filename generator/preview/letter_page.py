"""The page of one letter: its pages, where each word comes from, what changed, what is wrong."""

from dataclasses import dataclass

from generator.batch.job import RenderedLetter
from generator.checks.letter_checks import NOT_SUPPLIED
from generator.preview.edition_snapshot import EditionSnapshot, ListedLetter, ShownLetter
from generator.preview.last_year_cache import changes_of_letter
from generator.preview.page_images import ShownPages
from generator.preview.pages import (
    ShownPlace,
    changed_letters,
    render,
    shown_place,
    shown_problem,
    tags_of,
)
from generator.preview.preview_state import PreviewState
from generator.preview.sources import BlockSource, FigureSource, sources_of
from generator.problems import Place
from generator.reports.trail_report import by_hand_in_words, imported_in_words
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
    sources = sources_of(good, reading.origins) if good else ()
    return render(
        "letter",
        desk,
        letter=letter,
        heading=listed.name if listed and not good else letter.name,
        listed=listed,
        tags=tags_of(listed, changed_letters(desk)) if listed else (),
        missing=[
            (figure.column.label, shown_place(figure.place, desk))
            for figure in (good.authority.missing() if good else ())
        ],
        before=before,
        after=after,
        view=view,
        views=VIEWS,
        panel=panel,
        panels=PANELS,
        pages=pages,
        downloads=[each for each in output_formats() if each.is_offered],
        is_printing=good is not None and made is None,
        sources=[_shown_source(source, desk) for source in sources],
        changes=changes_of_letter(desk.compared, letter.slug),
        problems=[shown_problem(problem, desk) for problem in problems],
        first_errors=[shown_problem(problem, desk) for problem in letter.errors[:_FIRST]],
    )


@dataclass(frozen=True)
class _ShownSource:
    source: BlockSource
    place: ShownPlace
    why_place: ShownPlace | None
    values: list[tuple[str, str, ShownPlace | None]]
    figures: list[tuple[FigureSource, ShownPlace, list[str]]]


def _shown_source(source: BlockSource, desk: PreviewState) -> _ShownSource:
    return _ShownSource(
        source,
        shown_place(source.place, desk),
        _shown(source.why_place, desk),
        [(value.name, value.printed, _shown(value.place, desk)) for value in source.values],
        [(figure, shown_place(figure.place, desk), _trail(figure)) for figure in source.figures],
    )


def _trail(figure: FigureSource) -> list[str]:
    """From which cell a figure came, and whether it still says so; nothing of one typed by hand."""
    if figure.imported is None:
        return []
    said = [f"From {imported_in_words(figure.imported)}."]
    return said + ([f"By hand: {by_hand_in_words(figure.imported)}."] if figure.by_hand else [])


def _shown(place: Place | None, desk: PreviewState) -> ShownPlace | None:
    return shown_place(place, desk) if place is not None else None


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
