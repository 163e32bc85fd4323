"""The page of one letter: its pages, where each word comes from, what changed, what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from generator.batch.job import RenderedLetter
from generator.checks.figures_checks import not_supplied
from generator.checks.registry import check_name
from generator.edition.figures import Figure
from generator.edition.languages import whose
from generator.edition.origins import Origins
from generator.letter.figures_in_letters import figure_of, typeset
from generator.letter.letter import ComposedBlock
from generator.letter.read_inserts import Insert
from generator.letter.roles import Origin, Role
from generator.letter.variables import Variables, variables_of, vocabulary
from generator.lineage.figure_provenance import Imported, imported_from
from generator.preview.all_letters import tags_of
from generator.preview.edition_snapshot import (
    EditionSnapshot,
    GoodLetter,
    ListedLetter,
    ShownLetter,
)
from generator.preview.letter_changes import changes_of_letter
from generator.preview.page_images import ShownPages, headings_of
from generator.preview.pages import render
from generator.preview.preview_state import PreviewState
from generator.problems import Place
from generator.reports.trail_report import by_hand_in_words, imported_in_words
from generator.verification.output_formats import output_formats

_ROLES = {
    Role.ADDRESS_LINE: "line of the address",
    Role.AFTER_SIGNATURE: "line below the signature",
    Role.DRAFT: "mark of a draft",
    Role.SENDER: "line of the sender’s address",
    Role.REPORT_TITLE: "title of the statistics page",
    Role.REPORT_PERIOD: "period of the figures",
    Role.CHART_TITLE: "title of a chart",
    Role.NOTES_TITLE: "title of the notes",
    Role.SUBHEADING: "sub-heading",
    Role.BULLET: "item of a list",
    Role.NUMBERED: "item of a list",
}


@dataclass(frozen=True)
class Value:
    """A value in a text: its name, what is printed for it, and where it is given."""

    name: str
    printed: str
    place: Place | None


@dataclass(frozen=True)
class FigureSource:
    """A figure in a table: how it comes about, and where."""

    id: str
    """Its group and its own: `decided.upheld`."""
    label: str
    printed: str
    how: str
    place: Place
    imported: Imported | None
    """The spreadsheet's cell that it came from, if it did."""
    by_hand: bool
    """Whether it was changed by hand since."""

    @property
    def trail(self) -> list[str]:
        """From which cell it came, and whether it still says so; nothing of one typed by hand."""
        if self.imported is None:
            return []
        said = [f"From {imported_in_words(self.imported)}."]
        return said + ([f"By hand: {by_hand_in_words(self.imported)}."] if self.by_hand else [])


@dataclass(frozen=True)
class BlockSource:
    """Where a block of a letter comes from."""

    address: str
    what: str
    """What it is: `paragraph`, `line of the address`."""
    text: str
    why: str
    """Why the letter has it: `shared wording`, `insert, named by the authority`."""
    why_place: Place | None
    """Where that was decided, if it was."""
    place: Place
    wording: str | None
    """With its placeholders; None where it is the words that are printed."""
    values: tuple[Value, ...]
    figures: tuple[FigureSource, ...]


def sources_of(good: GoodLetter, origins: Origins) -> tuple[BlockSource, ...]:
    """The sources of all blocks of a letter, in reading order; `origins` of imported figures."""
    variables = variables_of(good.edition, good.authority)
    return tuple(_source(block, good, variables, origins) for block in good.letter.blocks)


def _source(
    block: ComposedBlock, good: GoodLetter, variables: Variables, origins: Origins
) -> BlockSource:
    why, why_place = _why(block, good)
    rows = block.table.rows if block.table else ()
    return BlockSource(
        address=block.address,
        what=_ROLES.get(block.role, block.role.value.replace("_", " ")),
        text="" if block.table else block.text,
        why=why,
        why_place=why_place,
        place=block.place,
        wording=None if block.table or block.wording == block.text else block.wording,
        values=tuple(_values(block, good, variables)),
        figures=(
            *(
                _figure(
                    cell.figure,
                    ": ".join(filter(None, [row.label, cell.label])),
                    *(good, origins, row.row),
                )
                for row in rows
                for cell in row.cells
            ),
            *(
                _figure(
                    figure_of(good.authority, part.row, part.group, part.id),
                    *(part.label, good, origins, part.row),
                )
                for part in (block.chart.parts if block.chart else ())
            ),
        ),
    )


def _why(block: ComposedBlock, good: GoodLetter) -> tuple[str, Place | None]:
    """Why a letter has a block, and where that was decided."""
    if block.insert is not None:
        return _why_insert(good.wording.inserts[block.insert], good)
    if block.chart is not None:
        return "wording places it; the words are those that stand for the drawing", None
    if block.table is not None:
        return "the figures of the authority’s file, in the columns of the edition", None
    if block.role is Role.DRAFT:
        return "in drafts alone", None
    match block.origin:
        case Origin.AUTHORITY:
            return "from the authority’s file", None
        case Origin.EDITION:
            return "a fact or a fixed word of the edition, in every letter", None
        case _:
            return _why_shared(block, good)


def _why_shared(block: ComposedBlock, good: GoodLetter) -> tuple[str, Place | None]:
    """Of words under a condition, also its rule; a draft may have a gap instead of them."""
    shared = [*good.wording.sections.values(), good.wording.page]
    written = next(
        (each for blocks in shared for each in blocks if each.place == block.place), None
    )
    for condition in written.conditions[-1:] if written else ():
        if block.runs[0].gap and block.wording == block.text:
            return "undecided, since a figure is not yet supplied", condition.place
        holds = "since this holds" if condition.holds else "since this does not hold"
        return f"shared wording, {holds}: {condition.rule.source}", condition.place
    return "shared wording, in every letter", None


def _why_insert(insert: Insert, good: GoodLetter) -> tuple[str, Place | None]:
    for chosen in good.authority.inserts:
        if chosen.insert == insert.name and chosen.paragraph:
            return "a paragraph of this letter alone, in this authority’s file", chosen.place
        if chosen.insert == insert.name:
            return f"insert {insert.name}: this authority’s file names it", chosen.place
    rule = insert.rule.source if insert.rule else ""
    return f"insert {insert.name}: its rule holds, {rule}", Place(insert.path, 1)


def _values(block: ComposedBlock, good: GoodLetter, variables: Variables) -> Iterator[Value]:
    for run in block.runs:
        if run.name is not None and block.wording != block.text:
            variable = variables.get(run.name)
            place = variable.place if variable else _insert_value(run.name, block, good)
            yield Value(run.name, run.text, place)


def _insert_value(name: str, block: ComposedBlock, good: GoodLetter) -> Place | None:
    """Where an authority gives a value to its insert."""
    for number, chosen in enumerate(good.authority.inserts):
        if chosen.insert == block.insert:
            value = name.removeprefix("insert.")
            return good.authority.place("inserts", number, chosen.insert, value)
    return None


def _figure(
    figure: Figure, label: str, good: GoodLetter, origins: Origins, row: str
) -> FigureSource:
    column, printed = figure.column, typeset(figure.printed(good.edition.language))
    address = f"{column.group}.{column.id}"
    if row:
        how = good.edition.comparators[row].rule(good.edition.year)
        return FigureSource(f"{row}.{address}", label, printed, how, figure.place, None, False)
    how = "as supplied" if figure.supplied else "not yet supplied"
    if not column.kind.is_given:
        how = column.rule({c.address: c.label for c in good.edition.columns()}, short=True)
    imported = imported_from(origins, good.authority.slug, address)
    by_hand = imported is not None and imported.value != figure.value
    return FigureSource(address, label, printed, how, figure.place, imported, by_hand)


_LAST_YEAR = {"beside": "side by side", "overlay": "one over the other"}
_TABS = {"pages": "Pages", "web": "Web page", "beside": "Last year"}
VIEWS = {**_TABS, **_LAST_YEAR}
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
    draft: str = "",
) -> str:
    """The page of a letter; `made` is what came of printing it, None while it is not yet known.

    `draft` says for which page it is shown as somebody writes it, and not as it is.
    """
    listed = reading.letters.get(letter.slug)
    last_year = desk.last_years_pages.of(desk, letter.slug) if view in _LAST_YEAR else None
    before, after = _neighbours(letter.slug, reading)
    good = letter.good
    problems = [
        problem
        for problem in (*letter.problems, *(made.problems if made else ()))
        if good is None
        or problem.kind != check_name(not_supplied)  # these are listed by themselves
    ]
    return render(
        "letter",
        desk,
        letter=letter,
        heading=listed.name if listed and not good else letter.name,
        listed=listed,
        tags=tags_of(listed, desk) if listed else (),
        missing=good.authority.missing() if good else (),
        before=before,
        after=after,
        languages=_languages(letter.slug, reading),
        view=view,
        views=_TABS,
        of_both_years=_LAST_YEAR,
        panel=panel,
        panels=PANELS,
        pages=pages,
        last_year=last_year,
        both_years=[*zip_longest(last_year.pages, pages.pages)] if last_year and pages else (),
        headings=headings_of(letter),
        downloads=[each for each in output_formats() if each.is_offered],
        is_printing=good is not None and made is None,
        sources=sources_of(good, reading.origins) if good else (),
        changes=changes_of_letter(desk.compared, letter.slug),
        problems=problems,
        first_errors=letter.errors[:_FIRST],
        draft=draft,
        names=[*vocabulary(good.edition)] if good and not desk.read_only else (),
    )


def _languages(slug: str, reading: EditionSnapshot) -> list[tuple[str, str]]:
    """The languages of an authority's letters, and each letter's slug; none where there is one."""
    letters = reading.loaded.letters_of(whose(slug))
    editions = reading.loaded.editions
    named = [(editions[each].language, each) for each in letters if each in editions]
    return named if len(named) > 1 else []


def _neighbours(
    slug: str, reading: EditionSnapshot
) -> tuple[ListedLetter | None, ListedLetter | None]:
    if slug not in reading.letters:
        return None, None
    number = list(reading.letters).index(slug)
    around = [None, *reading.letters.values(), None]
    return around[number], around[number + 2]
