"""Borsetshire with charts: a donut, counts and rates as bars, where wording places them."""

from tests.borsetshire import AMBRIDGE, EDITION, FELPERSHAM, STATISTICS

EDITION_FILE = "data/2031/edition.yaml"
AMBRIDGE_FILE = "data/2031/authorities/ambridge-district-council.yaml"
FELPERSHAM_FILE = "data/2031/authorities/felpersham-city-council.yaml"
STATISTICS_FILE = "templates/2031/sections/statistics.md"
NOTES_FILE = "templates/2031/report/notes.md"

OUTCOMES = """\
  outcomes:
    form: donut
    title: What we decided
    parts: [decided.upheld, decided.not_upheld, decided.advice_given]
    alternative: "{{ authority.decided.upheld }} of {{ authority.decided.total }} were upheld"
"""
RECEIVED = """\
  received:
    form: bars
    parts: [received.roads, received.ponds]
    alternative: "{{ authority.received.ponds }} were about ponds and ducks"
"""
RATES = """\
  rates:
    form: bars
    parts: [decided.uphold_rate]
    alternative: "Of our investigations we upheld {{ authority.decided.upheld }}"
"""


def with_charts(*charts: str, edition: str = EDITION) -> dict[str, str]:
    """An edition that knows these charts."""
    return {EDITION_FILE: f"{edition}charts:\n{''.join(charts)}"}


def placing(*names: str) -> dict[str, str]:
    """The statistics with these charts, each in a paragraph of its own."""
    return {STATISTICS_FILE: STATISTICS + "".join(f"\n{{{{ chart {name} }}}}\n" for name in names)}


WITH_CHARTS = (
    with_charts(OUTCOMES, RECEIVED, RATES)
    | {STATISTICS_FILE: STATISTICS + "\n{{ chart outcomes }}\n\nAnd:\n\n{{ chart rates }}\n"}
    | {NOTES_FILE: "Of what we received:\n\n{{ chart received }}\n\nThat is all.\n"}
)
"""In a section, between words, and beside the table of the statistics page."""

_LABELS = {
    "roads": "Highways & Transport, including parking, pavements and bridges over ponds",
    "ponds": "Ponds <and> Ducks",
    "geese": "Geese of the vale",
    "swans": "Environment, Public Protection and Regulation",
    "boats": "Boats",
    "gates": "Gates' keepers",
}
_GIVEN = {"roads": 8765, "ponds": 432, "geese": 0, "swans": 1200, "boats": 77, "gates": 1}
_MANY = f"[{', '.join(f'received.{id_}' for id_ in _LABELS)}]"
_COLUMNS = "".join(f'      {id_}: "{label}"\n' for id_, label in _LABELS.items())

MANY_PARTS = (
    with_charts(
        f"  ring:\n    form: donut\n    parts: {_MANY}\n    alternative: Six kinds of complaints\n",
        f"  bars:\n    form: bars\n    parts: {_MANY}\n    alternative: The same as bars\n",
        edition=EDITION.replace("      roads: Roads\n      ponds: Ponds and Ducks\n", _COLUMNS),
    )
    | placing("ring", "bars")
    | {
        AMBRIDGE_FILE: AMBRIDGE.replace("{roads: 3, ponds: 14}", str(_GIVEN).replace("'", "")),
        FELPERSHAM_FILE: FELPERSHAM.replace(
            "  roads: 20\n  ponds: 0\n", "".join(f"  {id_}: 1\n" for id_ in _GIVEN)
        ),
    }
)
"""As many parts as a donut may have, with long labels, large figures and one of nothing."""
