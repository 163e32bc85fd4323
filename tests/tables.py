"""Borsetshire with tables where wording places them: in sections, on their side, over pages."""

from tests.borsetshire import AMBRIDGE, EDITION, FELPERSHAM, STATISTICS

EDITION_FILE = "data/2031/edition.yaml"
STATISTICS_FILE = "templates/2031/sections/statistics.md"
PAGE_FILE = "templates/2031/report/page.md"
AMBRIDGE_FILE = "data/2031/authorities/ambridge-district-council.yaml"
FELPERSHAM_FILE = "data/2031/authorities/felpersham-city-council.yaml"
NO_PIECES = {"templates/2031/report/guide.md": None, "templates/2031/report/notes.md": None}

TABLES = """\
tables:
  outcomes: {title: What came of it, columns: [decided], turned: true}
  labelled: {columns: [received.roads, decided], rows: [{row: own, label: Your council}]}
  in_short:
    title: In short
    columns: [received.ponds, decided.uphold_rate]
    rows: [{row: own, label: Your council and its ducks}]
    turned: true
"""

PAGE = """\
# Figures for {{ authority.name }}

How to read them is told on [our website](https://ombudsman.borsetshire.example/figures).

## Received

- on roads
- in ponds

{{ table received }}

Here they stand together.

{{ table labelled }}

{{ words notes_title }}

Notes on the ducks.

{{ table remedied | beside }}

The page ends with words.
"""


def with_tables(tables: str, edition: str = EDITION) -> str:
    """`edition.yaml` with these tables."""
    return edition.replace("figures:\n", f"{tables}figures:\n", 1)


_WITHOUT_TITLES = EDITION.replace('  report_title: "Report:"\n', "").replace(
    '  report_period: "Period ending:"\n', ""
)

IN_SECTIONS: dict[str, str | None] = {
    EDITION_FILE: with_tables(TABLES, _WITHOUT_TITLES),
    STATISTICS_FILE: f"{STATISTICS}\n{{{{ table outcomes }}}}\n\nIn short:\n\n"
    "{{ table in_short }}\n",
    PAGE_FILE: PAGE,
    **NO_PIECES,
}
"""Tables in a section, on their side; on the page below words, beside words, with a label."""

_MANY = [
    f"kind_{n}: {{label: Matter number {n} of the ducks and their pond, under: Part {n // 20}}}"
    for n in range(60)
]
_COUNTS = ", ".join(f"kind_{n}: {n * 7 % 11}" for n in range(60))
_LONG = "title: A long one, columns: [many], turned: true, rows: [{row: own, label: Your council}]"

OVER_PAGES: dict[str, str | None] = {
    EDITION_FILE: with_tables(f"tables:\n  long: {{{_LONG}}}\n")
    + "  many:\n    title: Many\n    columns:\n      "
    + "\n      ".join(_MANY)
    + "\n",
    AMBRIDGE_FILE: f"{AMBRIDGE}many: {{{_COUNTS}}}\n",
    FELPERSHAM_FILE: f"{FELPERSHAM}many: {{{_COUNTS}}}\n",
    STATISTICS_FILE: f"{STATISTICS}\n{{{{ table long }}}}\n\n"
    + "All this we were told by those who live beside [the ponds](https://ponds.example). " * 9
    + "\n",
    PAGE_FILE: "{{ table received }}\n",
    **NO_PIECES,
}
"""A table in a section that no page has the room for."""

NO_PAGE: dict[str, str | None] = {
    EDITION_FILE: EDITION,
    STATISTICS_FILE: f"{STATISTICS}\n{{{{ table received }}}}\n\n{{{{ table decided }}}}\n\n"
    "{{ table remedied }}\n\nThese are [all figures](https://figures.example).\n",
    **NO_PIECES,
}
"""All tables in a section, so that there is no statistics page."""
