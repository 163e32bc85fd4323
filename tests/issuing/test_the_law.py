"""An approval is void if and only if something has changed of what was shown.

What a letter says is taken from its page, which had no part in working out digests: all words,
their marks, where links lead, what stands in the place of pictures, figures and their labels.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.issuing.review_items import review_items
from generator.lineage.earlier_years import load_edition
from generator.problems import errors
from generator.project.load_edition import LoadedEdition
from generator.rendering.html import FilledLetter, render_html
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, INTRODUCTION, STATISTICS, build_tree
from tests.charts import OUTCOMES, with_charts
from tests.letterhead import LETTERHEAD, WITH_LETTERHEAD

A_FILE = "data/2031/authorities/ambridge-district-council.yaml"
EDITION_FILE = "data/2031/edition.yaml"
INTRODUCTION_FILE, STATISTICS_FILE = (
    f"templates/2031/sections/{name}.md" for name in ("introduction", "statistics")
)
THANKS_FILE = "templates/2031/inserts/thanks.md"
BASE: Mapping[str, str | bytes | None] = {
    **BORSETSHIRE,
    **WITH_LETTERHEAD,
    **with_charts(OUTCOMES, edition=EDITION + LETTERHEAD),
    A_FILE: f"{AMBRIDGE}inserts:\n  - thanks: {{what: a visit}}\n",
    INTRODUCTION_FILE: INTRODUCTION
    + "\nWe *saw* the [pond](https://ponds.borsetshire.example/).\n",
    STATISTICS_FILE: f"{STATISTICS}\n{{{{ chart outcomes }}}}\n",
    THANKS_FILE: "---\nplace: introduction\n---\nThank you for {{ insert.what }}.\n",
    "templates/letter.css": BORSETSHIRE["templates/letter.css"],
}
_FIXED = re.compile(r"\{\{.*?\}\}|^:::.*$|^---$.*?^---$|\[[^]]*\]\([^)]*\)", re.M | re.S)


def words_in(path: str) -> list[tuple[str, int, int]]:
    """The words of a file of wording that an editor might change, by where they are."""
    text = str(BASE[path])
    fixed = [range(*found.span()) for found in _FIXED.finditer(text)]
    return [
        (path, *found.span())
        for found in re.finditer(r"[A-Za-z]{3,}", text)
        if not any(found.start() in each for each in fixed)
    ]


SHARED = [
    *words_in(INTRODUCTION_FILE),
    *words_in(STATISTICS_FILE),
    *words_in(THANKS_FILE),
]
REPLACED = [
    (INTRODUCTION_FILE, "*saw*", "**saw**"),
    (INTRODUCTION_FILE, "https://ponds.", "https://ducks."),
    (EDITION_FILE, "alternative: A white duck on a pond", "alternative: A duck"),
    (EDITION_FILE, "were upheld", "were found right"),
    (EDITION_FILE, "title: What we decided", "title: Decided"),
    (EDITION_FILE, "ponds: Ponds and Ducks", "ponds: Ponds, Ducks"),
    (EDITION_FILE, "letter_date: 2031-07-16", "letter_date: 2031-07-17"),
    (EDITION_FILE, "The Old Mill, Mill Lane", "The New Mill, Mill Lane"),
    (EDITION_FILE, "offices: [Ombudsman for", "offices: [The Ombudsman for"),
    (EDITION_FILE, "Calls are answered", "Calls are taken"),
    (A_FILE, "not_upheld: 5", "not_upheld: 6"),
    (A_FILE, "ponds: 14", "ponds: 1400"),
    (A_FILE, "Walter Gabriel", "Jethro Larkin"),
    (A_FILE, "a visit", "two visits"),
    ("templates/2031/pictures/duck.svg", "#12375c", "#22375c"),
]
UNSEEN = [
    (A_FILE, "name: Ambridge", "# new\nname: Ambridge"),
    (A_FILE, "by_us: 2, by_authority: 1", "by_authority: 1, by_us: 2"),
    (INTRODUCTION_FILE, "\n\n", "\n\n\n"),
    ("templates/letter.css", "margin", "padding"),
]


def seen(loaded: LoadedEdition) -> dict[str, str]:
    """What each letter says, by its page: without styles and without what only names places."""
    assert loaded.letter_template is not None
    pages = {
        s: render_html(FilledLetter(c.letter, loaded.letter_template))
        for s, c in loaded.letters.items()
    }
    unseen = r"<style.*?</style>|<meta[^>]*>| data-[a-z]+=\"[^\"]*\"|\s+"
    return {slug: re.sub(unseen, " ", page, flags=re.S) for slug, page in pages.items()}


def shown(loaded: LoadedEdition) -> dict[str, set[str]]:
    """By letter, the digests of all that is approved of it."""
    review = review_items(loaded)
    return {slug: {item.digest for item in review.of_letter(slug)} for slug in loaded.letters}


@dataclass(frozen=True)
class Before:
    """What was seen and what was approved before any edit; too long to be printed."""

    seen: dict[str, str] = field(repr=False)
    shown: dict[str, set[str]] = field(repr=False)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Before:
    loaded = load_edition(build_tree(tmp_path_factory.mktemp("before"), BASE))
    assert errors(loaded.problems) == []
    return Before(seen(loaded), shown(loaded))


Edit = tuple[str, str | int, str | int]
EDITS: list[Edit] = [*SHARED, *REPLACED, *UNSEEN]


def apart(edits: list[Edit]) -> bool:
    """Whether no edit is of a text in which another is."""
    spans: dict[str, set[int]] = {}
    for path, old, new in edits:
        start = str(BASE[path]).index(old) if isinstance(old, str) else old
        end = start + len(old) if isinstance(old, str) else int(new)
        if not spans.setdefault(path, set()).isdisjoint(range(start, end)):
            return False
        spans[path].update(range(start, end))
    return True


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(EDITS), min_size=1, max_size=3, unique=True).filter(apart))
def test_an_approval_is_void_where_what_was_shown_has_changed_and_nowhere_else(
    before: Before,
    tmp_path_factory: pytest.TempPathFactory,
    edits: list[Edit],
) -> None:
    loaded = load_edition(build_tree(tmp_path_factory.mktemp("after"), edited(edits)))
    assume(not errors(loaded.problems))
    pages, digests = seen(loaded), shown(loaded)

    changed = {slug for slug in pages if pages[slug] != before.seen[slug]}
    void = {slug for slug in digests if not before.shown[slug] <= digests[slug]}

    assert void == changed


@pytest.mark.parametrize(("path", "old", "new"), REPLACED)
def test_each_of_these_is_seen(
    before: Before,
    tmp_path: Path,
    path: str,
    old: str,
    new: str,
) -> None:
    """So that the law above is tried on all of them."""
    loaded = load_edition(build_tree(tmp_path, edited([(path, old, new)])))

    assert errors(loaded.problems) == []
    assert seen(loaded) != before.seen
    assert shown(loaded) != before.shown


def edited(edits: list[Edit]) -> dict[str, str | bytes | None]:
    """The workspace with a word of each place another, or one text in the place of another."""
    files = dict(BASE)
    texts = [edit for edit in edits if isinstance(edit[1], str)]
    words = [edit for edit in edits if isinstance(edit[1], int)]
    for path, start, end in sorted(words, key=lambda each: (each[0], -int(each[1]))):
        text = str(files[path])
        files[path] = f"{text[: int(start)]}Zebra{text[int(end) :]}"
    for path, old, new in texts:
        assert str(old) in str(files[path])
        files[path] = str(files[path]).replace(str(old), str(new), 1)
    return files
