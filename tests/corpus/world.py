"""The small county of the corpus, in two years: the corpus's own, so that it stays as it is."""

EDITION = """\
year: 2031
language: en-GB
subject: Annual letter {{ edition.year }}
letter_date: 2031-07-16
period_end: 2031-03-31
signatory:
  name: Ida Fairweather
  offices: [Ombudsman for Borsetshire, Chair of the Pond Commission]
sections: [introduction, statistics, future]
kinds:
  council: {noun: council}
  authority: {noun: authority}
words:
  masthead: Borsetshire Ombudsman
  delivery: By carrier pigeon
  salutation: Dear {{ authority.addressee.salutation }},
  closing: Yours faithfully,
  report_title: "Report:"
  report_period: "Period ending:"
  notes_title: Notes
figures:
  received:
    title: Complaints received
    columns:
      roads: Roads
      ponds: {label: Ponds and Ducks, aliases: [Ducks]}
      total: {label: Total, sum: all}
  decided:
    title: Decisions made
    columns:
      advice_given: {label: Advice Given, under: Early decisions}
      not_upheld: {label: Not Upheld, under: Investigations}
      upheld: {label: Upheld, under: Investigations}
      uphold_rate:
        {label: Uphold Rate, under: Investigations, percent: upheld, of: [not_upheld, upheld]}
      total: {label: Total, sum: all}
  remedied:
    title: Complaints remedied
    columns: {by_us: by us, by_authority: by the authority}
usually:
  remedied: {at_most: decided.upheld}
national:
  received: {roads: 48, total: null}
outliers: {factor: 2, at_least: 20}
"""

AMBRIDGE = """\
name: Ambridge District Council
addressee:
  name: Walter Gabriel
  office: Chief Executive
received: {roads: 3, ponds: 14, total: 17}
decided: {advice_given: 1, not_upheld: 5, upheld: 3, uphold_rate: 38%}
remedied: {by_us: 2, by_authority: 1}
"""

FELPERSHAM = """\
name: Felpersham City Council
addressee:
  name: Dorothy Adamson
  office: Managing Director
received:
  roads: 20 # counted twice
  ponds: 0
decided:
  advice_given: 2
  not_upheld: 0
  upheld: 0
remedied:
  by_us: 0
  by_authority: 0
"""

PENNY_HASSETT = """\
name: Penny Hassett & St. Mary's Parks Authority
kind: authority
addressee:
  name: [Winifred Thistledown, Tobias Quickthorn]
  office: Joint Chief Executives
  salutation: Ms Thistledown and Mr Quickthorn
  email: parks@penny-hassett.example
aliases: [Penny Hassett Parks]
formerly: [penny-hassett-parish-council, felpersham-city-council]
declines: [busy]
inserts:
  - thanks: {matter: the new "duck pond"}
received: {roads: 25, ponds: 31}
decided: {advice_given: 10, not_upheld: 21, upheld: 12}
remedied: {by_us: 9, by_authority: 2}
"""

A, F, P, E, W, S, B, T, G, N, SKELETON, STYLES = (
    "data/2031/authorities/ambridge-district-council.yaml",
    "data/2031/authorities/felpersham-city-council.yaml",
    "data/2031/authorities/penny-hassett-and-st-marys-parks-authority.yaml",
    "data/2031/edition.yaml",
    "templates/2031/sections/introduction.md",
    "templates/2031/sections/statistics.md",
    "templates/2031/inserts/busy.md",
    "templates/2031/inserts/thanks.md",
    "templates/2031/report/guide.md",
    "templates/2031/report/notes.md",
    "templates/letter.html.jinja",
    "templates/letter.css",
)

_THIS_YEAR = {
    E: EDITION,
    A: AMBRIDGE,
    F: FELPERSHAM,
    P: PENNY_HASSETT,
    W: "I write to you about the year that ended on {{ edition.period_end | long_date }}.\n",
    S: """\
# The statistics

We received {{ authority.received.total | count("complaint") }} about the {{ authority.noun }}, and
upheld [{{ authority.decided.uphold_rate }}]{when=authority.decided.uphold_rate is known}
[none]{otherwise} of those that we looked into.

- Of these, **all** were read by a person.
- We held 58 courses in *twelve* towns.

We publish these figures every year, so that all who live in the county can see them.
""",
    "templates/2031/sections/future.md": "# What comes next\n\nNext year we will say more.\n",
    B: """\
---
place: statistics
after: We received
when: authority.decided.upheld > 2 and authority.kind != "authority"
---
This was a busy year for the {{ authority.noun }}, and for us.
""",
    T: "---\nplace: future\n---\nThank you for {{ insert.matter }}, which we liked.\n",
    G: "On these figures, see [the guide](https://ombudsman.borsetshire.example/guide).\n",
    N: "The uphold rate is a part of the investigations.\n",
}
_SINCE = (  # what was otherwise the year before
    (E, "sections: [introduction, statistics, future]", "sections: [introduction, statistics]"),
    (E, "Ponds and Ducks", "Ponds"),
    (A, "Walter Gabriel", "Nelson Gabriel"),
    (A, "roads: 3, ponds: 14, total: 17", "roads: 60, ponds: 13, total: 73"),
    (A, "upheld: 3, uphold_rate: 38%", "upheld: 2"),
    (P, PENNY_HASSETT, AMBRIDGE.replace("Ambridge District", "Penny Hassett Parish")),
    (S, "We held 58 courses", "We held 41 courses"),
    (S, "We publish these figures every year", "Each year we publish these figures"),
    (T, "place: future", "place: statistics"),
)


def county() -> dict[str, str]:
    """The files of both years, by their paths in a workspace; the template is the program's."""
    before = dict(_THIS_YEAR)
    for path, now, then in _SINCE:
        before[path] = before[path].replace(now, then)
    before["data/2031/authorities/penny-hassett-parish-council.yaml"] = before.pop(P)
    del before["templates/2031/sections/future.md"]
    old = {
        path.replace("2031", "2030"): text.replace("2031", "2030") for path, text in before.items()
    }
    return {**old, **_THIS_YEAR}
