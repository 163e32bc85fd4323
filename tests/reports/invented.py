"""Invented comparisons: letters of Borsetshire over two years, in which everything happens."""

from dataclasses import replace
from pathlib import Path

from generator.comparison.changes import (
    DATA,
    EDITION,
    FIGURES,
    INSERT,
    LAYOUT,
    RULE,
    WORDING,
    Change,
    ChangeType,
    Compared,
    Comparison,
    FigureRow,
    SharedChange,
)
from generator.comparison.words import Edit
from generator.letter.letter import (
    Block,
    Composition,
    Letter,
    LetterSource,
    PrintedFigure,
    Reading,
)
from generator.problems import Place
from tests.comparison.sides import letter_of, title

AMBRIDGE = "ambridge-district-council"
BARWICK = "barwick-borough-council"
DARRINGTON = "darrington-council"
FELPERSHAM = "felpersham-city-council"
NAMES = {
    AMBRIDGE: "Ambridge District Council",
    BARWICK: "Barwick Borough Council",
    DARRINGTON: "Darrington Council",
    FELPERSHAM: "Felpersham City Council",
}
SECTIONS = Path("templates/2031/sections")

PONDS = (
    "I want to encourage all councils in Borsetshire to look after their ponds, and to tell us "
    "comprehensibly what became of the ducks, so that others may learn from what they did."
)


def passage(
    text: str,
    part: str | None = "ponds-and-ducks",
    *,
    wording: str | None = None,
    role: str = "paragraph",
    insert: str | None = None,
    place: Place | None = None,
) -> Block:
    composition = Composition(wording or text, "section", insert)
    return Block(part, role, text, composition, place)


def figure(
    value: int | None, id: str = "roads", label: str = "Roads", group: str = "received"
) -> PrintedFigure:
    percent = id == "uphold_rate"
    text = "N/A" if value is None else f"{value}%" if percent else f"{value:,}"
    return PrintedFigure(group, id, label, text, value, "percent" if percent else "count")


def version(slug: str, year: int, name: str | None = None) -> Letter:
    this_year = year == 2031
    file = f"data/2031/authorities/{slug}.yaml" if this_year else f"output/{year}/pdf/{slug}.pdf"
    source = LetterSource.EDITION if this_year else LetterSource.RECORD
    titles = (title("received", "Complaints received"), title("decided", "Decisions made"))
    reading = Reading(source, Path(file))
    return letter_of(slug, name or NAMES[slug], year, titles, reading=reading)


def with_pages(version: Letter, pages: int | None) -> Letter:
    """The letter, of so many pages."""
    return replace(version, reading=replace(version.reading, pages=pages))


def compared(slug: str, *changes: Change, name: str | None = None) -> Compared:
    before, after = version(slug, 2030, name), version(slug, 2031, name)
    return Compared(slug, after.authority, before, after, changes)


NEW_PONDS = PONDS.replace("comprehensibly", "comprehensively")
REWORDED = Change(
    ChangeType.CHANGED,
    WORDING,
    "comprehensibly",
    "comprehensively",
    passage(PONDS),
    passage(NEW_PONDS, place=Place(SECTIONS / "ponds-and-ducks.md", 3, 1)),
    start=18,
    printed=Edit(("comprehensibly",), ("comprehensively",), 17, 17),
)
DATED = Change(
    ChangeType.CHANGED,
    EDITION,
    "17 July 2030",
    "16 July 2031",
    passage("17 July 2030", "opening", wording="{{ edition.letter_date }}", role="date"),
    passage(
        "16 July 2031",
        "opening",
        wording="{{ edition.letter_date }}",
        role="date",
        place=Place(Path("data/2031/edition.yaml"), 4, 14),
    ),
    printed=Edit(("17", "July", "2030"), ("16", "July", "2031"), 0, 0),
)
MOVED = Change(
    ChangeType.MOVED,
    WORDING,
    "We publish these figures every year.",
    "We publish these figures every year.",
    passage("We publish these figures every year.", "introduction"),
    passage("We publish these figures every year.", "statistics"),
    inferred=True,
)
FLOOD = passage(
    "We told the council of the flood.",
    "statistics",
    insert="flood",
    place=Place(Path("templates/2031/inserts/flood.md"), 4, 1),
)
INSERTED = Change(ChangeType.ADDED, INSERT, "", FLOOD.text, None, FLOOD)
DROPPED = Change(
    ChangeType.REMOVED,
    RULE,
    "You remedied all that we asked for.",
    "",
    passage("You remedied all that we asked for.", "statistics", insert="all-remedied"),
)
NAMED = Change(
    ChangeType.CHANGED,
    DATA,
    "Walter",
    "Nelson",
    passage("Walter Gabriel", "opening", role="address_line"),
    passage(
        "Nelson Gabriel",
        "opening",
        role="address_line",
        place=Place(Path(f"data/2031/authorities/{AMBRIDGE}.yaml"), 3, 3),
    ),
    printed=Edit(("Walter",), ("Nelson",), 0, 0),
)
PAGES = Change(ChangeType.CHANGED, LAYOUT, "2", "3")


def named(name: str) -> Change:
    """The same of another name."""
    after = passage(f"{name} Gabriel", "opening", role="address_line")
    return replace(NAMED, added=name, after=after, printed=Edit(("Walter",), (name,), 0, 0))


def figure_change(before: int | None, after: int | None, *what: str) -> Change:
    old, new = figure(before, *what), figure(after, *what)
    return Change(ChangeType.CHANGED, FIGURES, old.text, new.text, old, new)


ROADS = figure_change(3, 5)
TOTAL = figure_change(1204, 1068, "total", "Total")
RATE = figure_change(38, 42, "uphold_rate", "Uphold Rate", "decided")
NO_RATE = figure_change(50, None, "uphold_rate", "Uphold Rate", "decided")


def row(slug: str, before: PrintedFigure | None, after: PrintedFigure | None) -> FigureRow:
    known = after or before
    assert known is not None
    return FigureRow(slug, NAMES[slug], known.group, known.id, known.label, before, after)


LETTERS = (
    compared(AMBRIDGE, DATED, NAMED, REWORDED, MOVED, INSERTED, ROADS, RATE),
    compared(BARWICK, DATED, MOVED, DROPPED, ROADS, TOTAL, NO_RATE, PAGES),
    compared(DARRINGTON),
    compared(FELPERSHAM, DATED, REWORDED, MOVED),
)
SLUGS = tuple(letter.slug for letter in LETTERS)

COMPARISON = Comparison(
    year=2031,
    against="the letters made for 2030",
    letters=LETTERS,
    shared=(
        SharedChange(DATED, (AMBRIDGE, BARWICK, FELPERSHAM), 4, (DARRINGTON,)),
        SharedChange(MOVED, (AMBRIDGE, BARWICK, FELPERSHAM), 3),
        SharedChange(REWORDED, (AMBRIDGE, FELPERSHAM), 4, (BARWICK, DARRINGTON)),
        SharedChange(ROADS, (AMBRIDGE, BARWICK), 4, (DARRINGTON, FELPERSHAM)),
        SharedChange(INSERTED, (AMBRIDGE,), 1),
        SharedChange(NAMED, (AMBRIDGE,), 1),
        SharedChange(RATE, (AMBRIDGE,), 1),
        SharedChange(DROPPED, (BARWICK,), 1),
        SharedChange(TOTAL, (BARWICK,), 1),
        SharedChange(NO_RATE, (BARWICK,), 1),
        SharedChange(PAGES, (BARWICK,), 1),
    ),
    figures=(
        row(BARWICK, figure(1204, "total", "Total"), figure(1068, "total", "Total")),
        row(
            AMBRIDGE,
            figure(38, "uphold_rate", "Uphold Rate", "decided"),
            figure(42, "uphold_rate", "Uphold Rate", "decided"),
        ),
        row(
            BARWICK,
            figure(50, "uphold_rate", "Uphold Rate", "decided"),
            figure(None, "uphold_rate", "Uphold Rate", "decided"),
        ),
        row(DARRINGTON, figure(9, "total", "Total"), figure(9, "total", "Total")),
        row(FELPERSHAM, None, figure(2, "upheld", "Upheld", "decided")),
    ),
    added=("penny-hassett-parish-council",),
    removed=("Loxley Barrett Council",),
    unread={FELPERSHAM: ("The table of Complaints remedied has no figures.",)},
)


def unchanged() -> Comparison:
    """Two letters that are as they were."""
    return Comparison(
        2031, "the letters made for 2030", (compared(AMBRIDGE), compared(BARWICK)), (), ()
    )


def many(number: int) -> Comparison:
    """So many letters, with a few changes that nearly all share and some of their own."""
    slugs = [f"parish-council-{n:03}" for n in range(number)]
    totals = [(200 + n * 7 % 90, 180 + n * 11 % 130) for n in range(number)]
    own = [
        (
            named(f"Nelson{n}"),
            replace(ROADS, after=figure(5 + n)),
            figure_change(*total, "total", "Total"),
            RATE,
        )
        for n, total in enumerate(totals)
    ]
    letters = tuple(
        compared(slug, DATED, REWORDED, MOVED, *changes, name=f"Parish Council {n:03}")
        for n, (slug, changes) in enumerate(zip(slugs, own, strict=True))
    )
    rows = tuple(
        FigureRow(
            slug,
            f"Parish Council {n:03}",
            "received",
            f"{name}_{n}",
            name,
            figure(old, "total", name),
            figure(new, "total", name),
        )
        for n, (slug, (old, new)) in enumerate(zip(slugs, totals, strict=True))
        for name in ("Received", "Decided", "Upheld", "Rate")
    )
    shared = [SharedChange(c, tuple(slugs), number) for c in (DATED, REWORDED, MOVED)]
    single = [
        SharedChange(change, (slug,), 1)
        for slug, changes in zip(slugs, own, strict=True)
        for change in changes
    ]
    return Comparison(2031, "the letters made for 2030", letters, (*shared, *single), rows)


THANKS = Change(
    ChangeType.ADDED,
    RULE,
    "",
    "We thank {{ authority.name }}.",
    None,
    passage(
        "We thank Ambridge.", "statistics", wording="We thank {{ authority.name }}.", insert="busy"
    ),
    triggering_value="authority.received.total",
    place_after=Place(Path(f"data/2031/authorities/{AMBRIDGE}.yaml"), 9, 1),
    rule_after=Place(Path("templates/2031/inserts/busy.md"), 3, 1),
)
"""An insert with a value, in one letter, by a figure that turned its rule."""


def thanked() -> Comparison:
    """One letter that is thanked, of an authority that was two, before it was built."""
    letter = compared(AMBRIDGE, THANKS)
    letter = replace(letter, before=with_pages(letter.before, 3))
    total = row(AMBRIDGE, figure(2, "total", "Total"), figure(3, "total", "Total"))
    return Comparison(
        2031,
        "the letters made for 2030",
        (letter,),
        (SharedChange(THANKS, (AMBRIDGE,), 1),),
        (replace(total, against="Penny Hassett"),),
    )
