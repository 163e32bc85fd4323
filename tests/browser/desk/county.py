"""The county that the desk is looked at with: two years of Borsetshire, long enough to scroll."""

from pathlib import Path

from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, INTRODUCTION, STATISTICS, build_tree
from tests.confirming.confirmed import confirm_all

AMBRIDGE_SLUG = "ambridge-district-council"
FELPERSHAM_SLUG = "felpersham-city-council"
DRAFT_SLUG = "penny-hassett-parish-council"

INTRODUCTION_FILE = "templates/2031/sections/introduction.md"
STATISTICS_FILE = "templates/2031/sections/statistics.md"
AMBRIDGE_FILE = f"data/2031/authorities/{AMBRIDGE_SLUG}.yaml"
FELPERSHAM_FILE = f"data/2031/authorities/{FELPERSHAM_SLUG}.yaml"
DRAFT_FILE = f"data/2031/authorities/{DRAFT_SLUG}.yaml"

LAST_SENTENCE = "We publish these figures every year."
PONDS = [
    f"\nOf pond {number} we say that ducks were seen on it, that they were asked how they were, "
    f"and that they were well, which we wrote down for those who come after us.\n"
    for number in range(1, 31)
]
SHORT_INTRODUCTION = INTRODUCTION + "".join(PONDS[:6])
LONG_INTRODUCTION = INTRODUCTION + "".join(PONDS)

THIS_YEAR = {
    AMBRIDGE_FILE: AMBRIDGE + "inserts: [flood]\n",
    DRAFT_FILE: AMBRIDGE.replace("Ambridge District", "Penny Hassett Parish").replace(
        "roads: 3", "roads: null"
    ),
    "templates/2031/inserts/flood.md": "---\nplace: statistics\n---\nWe told you of the flood.\n",
    INTRODUCTION_FILE: LONG_INTRODUCTION,
}
LAST_YEAR = {
    name.replace("2031", "2030"): text.replace("2031", "2030")
    for name, text in BORSETSHIRE.items()
    if "2031" in name
} | {
    "templates/2030/sections/introduction.md": LONG_INTRODUCTION,
    "templates/2030/sections/statistics.md": STATISTICS.replace("publish", "nail up"),
    f"data/2030/authorities/{FELPERSHAM_SLUG}.yaml": BORSETSHIRE[FELPERSHAM_FILE].replace(
        "roads: 20", "roads: 12"
    ),
}


def build_two_years(folder: Path, *changes: dict[str, str | bytes | None]) -> EditionFolders:
    """Write this year's edition, with an insert and a draft, and last year's, into a folder.

    What is last year's was confirmed.
    """
    folders = build_tree(folder, LAST_YEAR, THIS_YEAR, *changes)
    confirm_all(folders)
    return folders
