"""The letters that are looked at: the real ones, and an invented edition that is hard to set."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.batch.job import LetterRenderer
from generator.letter.letter import ComposedLetter, Table
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders, Workspace
from tests.borsetshire import AMBRIDGE, EDITION, FELPERSHAM, ROOT, authority, build_tree
from tests.real_letters import REAL

LUTON = "luton-borough-council"
LONG_NAME = "a-long-name"
WELSH_NAME = "a-name-without-a-gap"
INSERT = "an-insert-of-a-page"
LISTS = "lists"
THOUSANDS = "four-digit-figures"
ZEROS = "zeros"
DRAFT = "a-draft-with-gaps"
HARD = (LONG_NAME, WELSH_NAME, INSERT, LISTS, THOUSANDS, ZEROS, DRAFT)

LETTERS = (*REAL, *HARD)

EVERY_DAY = (LUTON, LONG_NAME, LISTS, THOUSANDS, DRAFT)

every_letter = pytest.mark.parametrize(
    "slug",
    [
        pytest.param(slug, marks=() if slug in EVERY_DAY else pytest.mark.thorough)
        for slug in LETTERS
    ],
)
"""Each for a test; of the real ones, all of one shape, every day only the one with an insert."""

_LONG = (
    "Bournemouth, Christchurch, King's Lynn & Poole Joint Metropolitan Waste Disposal"
    " and Passenger Transport Authority"
)
_WELSH = "Cyngor Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
_PARAGRAPH = "We told the council of the flood, and of what the flood had done to the ponds. " * 6
_LISTS = """\
# The statistics

{{ authority.received.total | count("complaint") }}, among them:

- ponds, which are **wet**, see [the guide](https://ombudsman.borsetshire.example/guide)
- roads, which are *dry*

And in order:

1. the [first](https://borsetshire.example/%s)
2. the second
""" % ("a-path-that-is-long/" * 5)


@dataclass(frozen=True)
class ShownLetter:
    """A letter, and the HTML file that was made of it."""

    letter: ComposedLetter
    file: Path

    @property
    def address(self) -> str:
        """What a browser is told to open."""
        return self.file.as_uri()

    @property
    def tables(self) -> list[Table]:
        return [block.table for block in self.letter.blocks if block.table]

    @property
    def words(self) -> str:
        """All its printed words in the order of the page, blind to how they are spaced."""
        blocks = (
            block.text
            if block.table is None
            else " ".join(
                [head.text for head in block.table.spanning_headers]
                + [*block.table.labels]
                + [cell.text for cell in block.table.cells]
            )
            for block in self.letter.blocks
        )
        return "".join(" ".join(blocks).split())


def make_letters(folder: Path) -> dict[str, ShownLetter]:
    """Make all of `LETTERS` in an empty folder."""
    draft = {_file(DRAFT): AMBRIDGE.replace("roads: 3", "roads: null")}
    editions = [
        (Workspace(ROOT).edition(2018), False),
        (build_tree(folder / "hard", _nobody_else(), _hard_ones()), False),
        (build_tree(folder / "draft", _nobody_else(), draft), True),
    ]
    return {
        slug: shown
        for edition, is_draft in editions
        for slug, shown in _made(edition, folder, draft=is_draft).items()
    }


def _made(edition: EditionFolders, folder: Path, *, draft: bool) -> dict[str, ShownLetter]:
    loaded = load_edition(edition, draft=draft)
    assert [p for p in loaded.problems if p.severity == "error"] == []
    assert loaded.letter_template is not None
    renderer = LetterRenderer(loaded.letter_template)
    shown = {}
    for slug, composed in loaded.letters.items():
        file = folder / f"{slug}.html"
        file.write_bytes(renderer.html(composed.letter))
        shown[slug] = ShownLetter(composed.letter, file)
    return shown


def _file(slug: str) -> str:
    return f"data/2031/authorities/{slug}.yaml"


def _nobody_else() -> dict[str, None]:
    return {_file("ambridge-district-council"): None, _file("felpersham-city-council"): None}


def _hard_ones() -> dict[str, str]:
    insert = "templates/2031/inserts"
    named_long = authority(f'"{_LONG}"').replace(
        "office: Chief Executive", "office: Acting Interim Joint Chief Executive and Town Clerk"
    )
    uphold_rate = "percent: upheld, of: [not_upheld, upheld]"
    edition = EDITION.replace(uphold_rate, f"{uphold_rate}, none: N/A")
    assert edition != EDITION
    return {
        "data/2031/edition.yaml": edition,
        _file(LONG_NAME): named_long,
        _file(WELSH_NAME): authority(_WELSH),
        _file(INSERT): authority("Penny Hassett Parish Council") + "inserts: [flood]\n",
        f"{insert}/flood.md": "---\nplace: statistics\n---\n" + f"{_PARAGRAPH}\n\n" * 8,
        _file(LISTS): authority("Loxley Barrett Town Council") + "inserts: [lists]\n",
        f"{insert}/lists.md": "---\nplace: introduction\n---\n" + _LISTS.partition("\n\n")[2],
        "templates/2031/report/notes.md": "- one note\n- another\n",
        _file(THOUSANDS): authority(
            "Borchester City Council", received_roads=8765, decided_upheld=4321
        ),
        _file(ZEROS): FELPERSHAM,
    }
