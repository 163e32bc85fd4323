"""What letters say that were read in any way, and what they ought to say."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.edition.figure_kind import Quantity
from generator.external_letters.reference_edition import ReferenceEdition
from generator.letter.letter import Letter
from generator.letter.markup import plain
from generator.project.load_edition import LoadedEdition, load_edition
from tests.borsetshire import build_tree
from tests.hard_letters import INVENTED, each_of, hard_letter
from tests.real_letters import REAL, real_edition

OWN_TEMPLATE = {"a picture", "Welsh words inside", "tables of its own", "generated words"}
"""Letters of templates that add words of their own, which `build` refuses."""

TABLES_ELSEWHERE = {"tables in sections", "a table over a page's end", "no statistics page"}
"""Letters with tables elsewhere than on the statistics page, which are read as words there."""

CHARTS = {name for name in INVENTED if name.startswith("charts")}
"""Letters with charts, which are read as words, too."""

NAMES = [name for name in INVENTED if name not in OWN_TEMPLATE | TABLES_ELSEWHERE | CHARTS]

each_read = each_of([*REAL, *NAMES])
"""Each letter that is read."""


Triple = tuple[str | None, str, str]
"""The part, the role and the words of a passage."""


@dataclass(frozen=True)
class Said:
    """What a letter says, blind to quote style and white space."""

    authority: str
    passages: list[Triple]
    figures: dict[tuple[str, str], tuple[str, str, Quantity | None, str]]
    titles: dict[str, str]


def said(version: Letter) -> Said:
    """What a version of a letter says."""
    return Said(
        authority=plain(version.authority),
        passages=[(p.part, p.role, plain(p.text)) for p in version.passages],
        figures={
            (f.group, f.id): (plain(f.label), f.text, f.value, f.kind) for f in version.figures
        },
        titles={group: plain(title) for group, title in version.titles.items()},
    )


@cache
def loaded(name: str) -> LoadedEdition:
    """The edition of a letter: of an invented one by its name in `hard_letters`, else of 2018."""
    if name not in INVENTED:
        return real_edition()
    with TemporaryDirectory() as folder:
        tree = build_tree(Path(folder), INVENTED[name].changes)
        return load_edition(tree, draft=INVENTED[name].draft)


@cache
def pattern(name: str) -> ReferenceEdition:
    """What the letters of its edition look like."""
    this = loaded(name)
    assert this.edition is not None
    return ReferenceEdition(this.edition, {slug: c.letter for slug, c in this.letters.items()})


@cache
def bare_pattern(name: str) -> ReferenceEdition:
    """The same without a letter of that year at hand."""
    return ReferenceEdition(pattern(name).edition)


def expected(name: str) -> Said:
    """What a letter says that was composed."""
    return said(hard_letter(name).letter)


def differences(one: Said, other: Said) -> tuple[list[Triple], list[Triple]]:
    """The passages of each that the other has not."""
    return (
        [passage for passage in one.passages if passage not in other.passages],
        [passage for passage in other.passages if passage not in one.passages],
    )
