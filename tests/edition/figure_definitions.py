"""An edition in the shape of 2024's real letters, with an invented office's own words."""

from pathlib import Path

from generator.edition.authority import Authority
from generator.edition.load import load_data
from tests.borsetshire import AMBRIDGE, EDITION, FELPERSHAM, build_tree

EDITION_FILE = "data/2031/edition.yaml"
A_FILE = "data/2031/authorities/ambridge-district-council.yaml"
F_FILE = "data/2031/authorities/felpersham-city-council.yaml"
A = "ambridge-district-council"
BEFORE = EDITION[: EDITION.index("  received:")]
FIGURES = """\
  facts:
    figures:
      population: Residents
      days: {label: Average days, decimal: 1}
  outcomes:
    title: Complaints upheld
    figures:
      investigated: Investigated
      upheld: {label: Upheld, aliases: [Cases upheld]}
      uphold_rate:
        {label: Uphold rate, percent: upheld, of: investigated, none: no investigations}
      per_100000:
        label: Upheld for each 100 thousand
        quotient: upheld
        by: facts.population
        times: 100000
        places: 1
  compliance:
    title: Compliance
    figures:
      due: Due
      met: Met
      rate: {label: Met in time, percent: met, of: due, none: none due}
  remedies:
    title: Satisfactory remedies
    figures:
      satisfactory: Satisfactory remedies
      rate: {label: Satisfactory, percent: satisfactory, of: outcomes.upheld}
"""
SHAPE = BEFORE + FIGURES
LUTON = """\
facts: {population: 225300, days: 32.6}
outcomes: {investigated: 13, upheld: 9}
compliance: {due: 7, met: 7}
remedies: {satisfactory: 3}
"""
"""The figures of a real council in 2024."""
AMBRIDGE_FILE = AMBRIDGE[: AMBRIDGE.index("received:")] + LUTON
NOTHING = """\
facts: {population: 1200, days: 0.0}
outcomes: {investigated: 0, upheld: 0}
compliance: {due: 0, met: 0}
remedies: {satisfactory: 0}
"""
FELPERSHAM_FILE = FELPERSHAM[: FELPERSHAM.index("received:")] + NOTHING
STATISTICS = """\
# The statistics

Average days: {{ authority.facts.days }}.

Among {{ authority.facts.population | count("resident") }} we investigated
{{ authority.outcomes.investigated | count("complaint") }}.

Upheld for each 100,000 residents: {{ authority.outcomes.per_100000 }}.
"""
SLOW = """\
---
place: statistics
when: authority.facts.days > 32.5 and authority.outcomes.per_100000 >= 3.9
---
That was slow.
"""
WORLD: dict[str, str] = {
    EDITION_FILE: SHAPE,
    A_FILE: AMBRIDGE_FILE,
    F_FILE: FELPERSHAM_FILE,
    "templates/2031/sections/statistics.md": STATISTICS,
    "templates/2031/inserts/slow.md": SLOW,
}


def read(folder: Path, figures: str = FIGURES, given: str = LUTON) -> Authority:
    """Ambridge, whose edition has these figures and whose file gives these."""
    name = AMBRIDGE[: AMBRIDGE.index("received:")]
    data = load_data(
        build_tree(folder, {EDITION_FILE: BEFORE + figures, A_FILE: name + given, F_FILE: None})
    )
    assert data.problems == []
    return data.authorities[A]


def problems(folder: Path, figures: str = FIGURES, given: str = LUTON) -> list[str]:
    """What is wrong with these, each with its line and column in its file."""
    name = AMBRIDGE[: AMBRIDGE.index("received:")]
    data = load_data(
        build_tree(folder, {EDITION_FILE: BEFORE + figures, A_FILE: name + given, F_FILE: None})
    )
    return [
        f"{p.place.path.name}:{p.place.line}:{p.place.column}: {p.where}: {p.message}"
        for p in data.problems
    ]
