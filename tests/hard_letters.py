"""Letters that are hard to set: the five real ones, and invented ones with one trouble each."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.edition.letterhead import Typeface
from generator.letter.letter import ComposedLetter
from generator.problems import errors
from generator.project.load_edition import load_edition
from generator.rendering.html import FilledLetter
from generator.rendering.pdf.pdf_engine import PdfEngine
from generator.rendering.record import attached_files
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, FELPERSHAM, build_tree
from tests.charts import EDITION_FILE, MANY_PARTS, WITH_CHARTS
from tests.real_letters import LUTON, REAL, real_edition
from tests.tables import IN_SECTIONS, NO_PAGE, OVER_PAGES

Changes = Mapping[str, str | bytes | None]

AMBRIDGE_SLUG = "ambridge-district-council"
AMBRIDGE_FILE = f"data/2031/authorities/{AMBRIDGE_SLUG}.yaml"
FELPERSHAM_FILE = "data/2031/authorities/felpersham-city-council.yaml"
STATISTICS_FILE = "templates/2031/sections/statistics.md"
GUIDE_FILE = "templates/2031/report/guide.md"
INSERT_FILE = "templates/2031/inserts/ponds.md"
TEMPLATE_FILE = "templates/letter.html.jinja"
STYLES_FILE = "templates/letter.css"

GENERATED = "→"
"""What the styles of the letter with generated words put before and after the letter's own."""

LONG = "The matter of the duck pond in the vale took us a long time to look into. "
_PONDS = [
    "north",
    "east",
    "south",
    "west",
    "upper",
    "nether",
    "old",
    "new",
    "great",
    "little",
    "far",
]
_DUCKS = ["white", "brown", "grey", "tame", "shy", "loud", "young"]


def _each_of(text: str, number: int) -> str:
    """A text so many times, each time about another pond: no line stands twice at one place."""
    filled = (text.format(_PONDS[n % 11], _DUCKS[n % 7]) for n in range(number))
    return " ".join(filled)


LONG_EMPHASIS = _each_of(
    "The matter of the {} pond and its {} ducks took us long to look into.", 55
)
LONG_LINK = _each_of("our long report on the {} pond and the {} ducks of Borsetshire", 60)
LONG_ITEM = _each_of("The {} pond was looked at by our {} officers on a day in May.", 65)
"""Each longer than a page, so that it crosses one wherever it begins."""

_INSERT = f"""\
---
place: statistics
when: authority.decided.upheld > 0
---
{LONG * 12}

We said: *{LONG_EMPHASIS}* And that was **not all of it**.

Please read [{LONG_LINK}](https://ombudsman.borsetshire.example/ponds?of=all&in=vale), all of it.

- A short item
- {LONG_ITEM}
- Another, with [a link](https://borsetshire.example/item) and **strong *and stressed* words**

1. The first
2. The second: {LONG_ITEM}
3. The third
"""

_TABLES = """\
<section><h2>Tables of our own</h2>
<table>
<tr><th rowspan="2">Pond</th><th colspan="2">Ducks</th><th rowspan="2">Sum</th></tr>
<tr><th>White</th><th>Brown</th></tr>
<tr><th scope="row">Village</th><td>1</td><td>2</td><td>3</td></tr>
<tr><th scope="row" rowspan="2">Farm</th><td colspan="2">4</td><td>5</td></tr>
<tr><td>6</td><td rowspan="2">7</td><td>8</td></tr>
<tr><th scope="row">Inn</th><td>9</td><td>10</td></tr>
</table>
</section>
<section><h2>A section beside it</h2><p>It is a section of its own.</p></section>
"""

_WELSH = """\
<p>A word in Welsh is <span lang="cy">gwasanaeth</span>, service.</p>
<p lang="cy">Mae’r llythyr hwn hefyd ar gael yn Gymraeg, <em lang="en">in English</em> hefyd.</p>
"""

_GENERATED_STYLES = f"""
p::before, h2::after, a::after, .figures td::before, .figures th::after,
.figures::before, li::after, body::after, main::before {{ content: "{GENERATED}" }}
ul {{ list-style-type: none }}
"""

_DUCK = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><path d="M0 0h90v40z"/></svg>'
)

_OTHERS = """\
# The statistics

- ponds, which are **wet**
- roads, which are *dry*, see [the map](https://borsetshire.example/map?a=1&b=2#c)

Then in order:

1. the [first](https://borsetshire.example/first)
2. the **second *and* last**
"""


def _ambridge(before: str, after: str) -> dict[str, str]:
    assert before in AMBRIDGE
    return {AMBRIDGE_FILE: AMBRIDGE.replace(before, after)}


def _named(name: str) -> dict[str, str]:
    return _ambridge("name: Ambridge District Council", f'name: "{name}"')


def _template(before: str, after: str) -> dict[str, str]:
    template = BORSETSHIRE[TEMPLATE_FILE]
    assert template.count(before) == 1
    return {"templates/2031/letter.html.jinja": template.replace(before, after)}


def _nothing(words: str) -> dict[str, str | None]:
    """Felpersham, which investigated nothing, in a table whose cells are narrow."""
    rate = "percent: upheld, of: [not_upheld, upheld]"
    steps = ["First", "Second", "Third", "Fourth", "Fifth"]
    early = [(f"at_{step.lower()}_sight", f"Closed at {step} Sight") for step in steps]
    columns = "".join(
        f"{c}: {{label: {label}, under: Early decisions}}\n      " for c, label in early
    )
    counts = "".join(f"{column}: 0\n  " for column, _ in early)
    edition = EDITION.replace(rate, f"{rate}, none: {words}")
    return {
        "data/2031/edition.yaml": edition.replace("advice_given:", f"{columns}advice_given:"),
        FELPERSHAM_FILE: FELPERSHAM.replace("advice_given:", f"{counts}advice_given:"),
        AMBRIDGE_FILE: None,
    }


@dataclass(frozen=True)
class Hard:
    """An invented letter: Borsetshire with these changes."""

    changes: Changes
    slug: str = AMBRIDGE_SLUG
    draft: bool = False


INVENTED = {
    "a plain letter": Hard({}),
    "a long name": Hard(
        _named("North West Borsetshire and Upper Ambridge Metropolitan Borough Council of the Vale")
    ),
    "ampersands and apostrophes": Hard(
        _named("King's Lynn & St. Mary's <Borough> Council") | {STATISTICS_FILE: _OTHERS}
    ),
    "a Welsh name": Hard(_named("Cyngor Sir Ynys Môn a Llŷn")),
    "an accented addressee": Hard(_ambridge("Walter Gabriel", "Siân Ó Ŵyn-Müller")),
    "an insert of pages": Hard({INSERT_FILE: _INSERT}),
    "lists": Hard({STATISTICS_FILE: _OTHERS, "templates/2031/report/notes.md": "- one\n- two\n"}),
    "two words for a rate of nothing": Hard(
        _nothing("no investigations"), "felpersham-city-council"
    ),
    "four words for a rate of nothing": Hard(
        _nothing("none decided this year"), "felpersham-city-council"
    ),
    "three lines for a rate of nothing": Hard(
        _nothing("nobody's case was decided in this year"), "felpersham-city-council"
    ),
    "zero figures": Hard(
        {FELPERSHAM_FILE: FELPERSHAM.replace("20", "0")}, "felpersham-city-council"
    ),
    "four-digit figures": Hard(_ambridge("roads: 3, ponds: 14", "roads: 8765, ponds: 4321")),
    "no rate": Hard(_ambridge("not_upheld: 5, upheld: 3", "not_upheld: 0, upheld: 0")),
    "several addressees": Hard(
        _ambridge(
            "name: Walter Gabriel",
            "name: [Walter Gabriel, Ida Archer]\n"
            "  salutation: Walter and Ida\n  email: walter@ambridge.example",
        )
    ),
    "a picture": Hard(
        {"templates/duck.svg": _DUCK}
        | _template(
            "<header>", '<header><img alt="A duck &amp; a pond" src="{{ image("duck.svg") }}">'
        )
    ),
    "Welsh words inside": Hard(_template("<main>", f"{_WELSH}<main>")),
    "tables of its own": Hard(_template("</main>", f"</main>{_TABLES}")),
    "generated words": Hard(
        {STATISTICS_FILE: _OTHERS, STYLES_FILE: BORSETSHIRE[STYLES_FILE] + _GENERATED_STYLES}
    ),
    "a draft with gaps": Hard(_ambridge("upheld: 3", "upheld: null"), draft=True),
    "a draft of pages": Hard({INSERT_FILE: _INSERT}, draft=True),
    "charts": Hard(WITH_CHARTS),
    "charts of many parts": Hard(MANY_PARTS),
    "charts of a draft with gaps": Hard(
        WITH_CHARTS | _ambridge("upheld: 3", "upheld: null"), draft=True
    ),
    "charts in another typeface": Hard(
        MANY_PARTS
        | {
            EDITION_FILE: MANY_PARTS[EDITION_FILE].replace(
                "subject:", "typeface: Source Serif 4\nsubject:"
            )
        }
    ),
    "tables in sections": Hard(IN_SECTIONS),
    "a table over a page's end": Hard(OVER_PAGES),
    "no statistics page": Hard(NO_PAGE),
    "a group more": Hard(
        {
            "data/2031/edition.yaml": EDITION
            + "  trained:\n    title: Training\n    columns: {courses: Courses, people: People}\n",
            AMBRIDGE_FILE: AMBRIDGE + "trained: {courses: 3, people: 44}\n",
            FELPERSHAM_FILE: FELPERSHAM + "trained: {courses: 1, people: 2}\n",
        }
    ),
}

NAMES = (*REAL, *INVENTED)

EVERY_DAY = {
    LUTON,
    *("a long name", "ampersands and apostrophes", "lists", "a picture", "Welsh words inside"),
    *("a draft of pages", "charts of a draft with gaps", "a table over a page's end"),
}
"""One letter with each kind of trouble: the ordinary check looks at these, the thorough at all."""


def each_of(
    names: Iterable[str], every_day: Collection[str] = frozenset(EVERY_DAY)
) -> pytest.MarkDecorator:
    """Gives a test each of these letters, every day those that stand for the others as well."""
    marks = {name: () if name in every_day else pytest.mark.thorough for name in names}
    return pytest.mark.parametrize(
        "name", [pytest.param(name, marks=mark) for name, mark in marks.items()]
    )


each_letter = each_of(NAMES)


@dataclass(frozen=True)
class RenderedLetter:
    """A letter and what was made of it.

    The template and the engine are used by themselves: a letter that `build` would refuse (its
    template has words or tables of its own) must still be tagged right.
    """

    letter: ComposedLetter
    html: str
    page: str
    """The page that is printed: the HTML edition without its styles."""
    engine: PdfEngine

    @cached_property
    def pdf(self) -> bytes:
        """The PDF."""
        return self.engine.print(self.page, attached_files(self.letter))


@cache
def hard_letter(name: str) -> RenderedLetter:
    """The letter of this name, made once for all tests."""
    with TemporaryDirectory() as folder:
        return make_in(Path(folder), name)


def make_in(folder: Path, name: str) -> RenderedLetter:
    """The letter of this name; an invented one is made of a workspace in this folder."""
    hard = INVENTED.get(name, Hard({}, name))
    loaded = (
        load_edition(build_tree(folder, hard.changes), draft=hard.draft)
        if name in INVENTED
        else real_edition()
    )
    assert errors(loaded.problems_of(hard.slug)) == []
    letter, letter_template = loaded.letters[hard.slug].letter, loaded.letter_template
    assert letter_template is not None
    filled = FilledLetter(letter, letter_template)
    engine = _engine(letter_template.styles, letter_template.typeface)
    return RenderedLetter(letter, filled.page, filled.page_without_styles, engine)


@cache
def _engine(styles: str, typeface: Typeface) -> PdfEngine:
    return PdfEngine(styles, typeface)
