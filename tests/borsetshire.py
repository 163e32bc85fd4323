"""An invented county for the tests: a small workspace as data, to be changed file by file.

`build_tree` writes a whole world into a folder; `BORSETSHIRE` is one that is in order.
"""

from collections.abc import Mapping
from pathlib import Path

from generator.workspace import BASE_TEMPLATES, EditionFolders, Workspace

ROOT = Path(__file__).parent.parent

EDITION = """\
year: 2031
language: en-GB
subject: Annual letter {{ edition.year }}
letter_date: 2031-07-16
period_end: 2031-03-31
signatory:
  name: Ida Fairweather
  offices: [Ombudsman for Borsetshire]
sections: [introduction, statistics]
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
      ponds: Ponds and Ducks
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
"""

AMBRIDGE = """\
name: Ambridge District Council
addressee:
  name: Walter Gabriel
  office: Chief Executive
received: {roads: 3, ponds: 14}
decided: {advice_given: 1, not_upheld: 5, upheld: 3}
remedied: {by_us: 2, by_authority: 1}
"""

FELPERSHAM = """\
name: Felpersham City Council
addressee:
  name: Dorothy Adamson
  office: Managing Director
received:
  roads: 20
  ponds: 0
decided:
  advice_given: 2
  not_upheld: 0
  upheld: 0
remedied:
  by_us: 0
  by_authority: 0
"""

INTRODUCTION = """\
I write to you about the year that ended on {{ edition.period_end | long_date }}.
"""

STATISTICS = """\
# The statistics

We received {{ authority.received.total | count("complaint") }} about the {{ authority.noun }}.

We publish these figures every year.
"""

GUIDE = """\
On reading these figures, see [the guide](https://ombudsman.borsetshire.example/guide).
"""

NOTES = """\
The uphold rate is a part of the investigations.
"""

BORSETSHIRE: dict[str, str] = {
    "data/2031/edition.yaml": EDITION,
    "data/2031/authorities/ambridge-district-council.yaml": AMBRIDGE,
    "data/2031/authorities/felpersham-city-council.yaml": FELPERSHAM,
    "templates/2031/sections/introduction.md": INTRODUCTION,
    "templates/2031/sections/statistics.md": STATISTICS,
    "templates/2031/report/guide.md": GUIDE,
    "templates/2031/report/notes.md": NOTES,
    "templates/letter.html.jinja": (BASE_TEMPLATES / "letter.html.jinja").read_text(),
    "templates/letter.css": (BASE_TEMPLATES / "letter.css").read_text(),
    "templates/screen.css": (BASE_TEMPLATES / "screen.css").read_text(),
}


def build_tree(folder: Path, *changes: Mapping[str, str | bytes | None]) -> EditionFolders:
    """Write Borsetshire with these changes (path: content, None to leave it out) into a folder."""
    files: dict[str, str | bytes | None] = {**BORSETSHIRE}
    for change in changes:
        files.update(change)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif content is not None:
            path.write_text(content, encoding="utf-8")
    return Workspace(folder).edition(2031)


def authority(name: str = "Ambridge District Council", **values: object) -> str:
    """Ambridge's file with another name and addressee, or other counts (`decided_upheld=3`)."""
    text = AMBRIDGE.replace("Ambridge District Council", name)
    if text != AMBRIDGE:
        text = text.replace("Walter Gabriel", f"Walter Gabriel of {name}")
    for key, value in values.items():
        column = key.partition("_")[2]
        before, _, rest = text.partition(f"{column}: ")
        text = f"{before}{column}: {value}{rest.lstrip('0123456789')}"
    return text


def slow_for(start: str, *, loops: int) -> str:
    """The template, slow for letters whose slug starts so: 25 to the power of `loops` steps."""
    begin = "".join(f"{{% for step_{n} in letter.blocks %}}" for n in range(loops))
    loop = (
        f"{{% if letter.slug.startswith('{start}') %}}{begin}{'{% endfor %}' * loops}{{% endif %}}"
    )
    return BORSETSHIRE["templates/letter.html.jinja"].replace("</body>", f"{loop}</body>")


def unprintable_for(*starts: str, template: str = "") -> str:
    """A template, with a picture that the engine cannot read in letters whose slug starts so."""
    picture = '<img alt="" src="data:image/png;base64,eA==">'
    begin = "".join(
        f"{{% if letter.slug.startswith('{s}') %}}{picture}{{% endif %}}" for s in starts
    )
    template = template or BORSETSHIRE["templates/letter.html.jinja"]
    return template.replace("</body>", f"{begin}</body>")
