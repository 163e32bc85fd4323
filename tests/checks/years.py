"""The invented county over two years, and what a check finds in it."""

from collections.abc import Mapping
from pathlib import Path

from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE, EDITION, FELPERSHAM, build_tree

SMALL = {"templates/letter.html.jinja": "<p></p>\n"}
RULE = "outliers: {factor: 2, at_least: 20}\n"


def county(
    folder: Path, then: Mapping[str, str], now: Mapping[str, str], rule: str = RULE
) -> EditionFolders:
    """Two editions of the county, with these authorities' files in each."""
    files: dict[str, str | None] = {
        "data/2030/edition.yaml": EDITION.replace("2031", "2030"),
        "data/2031/edition.yaml": EDITION + rule,
        "data/2031/authorities/ambridge-district-council.yaml": None,
        "data/2031/authorities/felpersham-city-council.yaml": None,
    }
    for year, authorities in (("2030", then), ("2031", now)):
        files |= {f"data/{year}/authorities/{slug}.yaml": t for slug, t in authorities.items()}
    return build_tree(folder, SMALL, files)


A, F = "ambridge-district-council", "felpersham-city-council"
BOTH = {A: AMBRIDGE, F: FELPERSHAM}


def found(folders: EditionFolders, *kinds: str) -> list[str]:
    """What the checks of these kinds find, in lines, with paths from the workspace."""
    root = folders.workspace.folder
    return [
        problem.line(problem.place.path.relative_to(root).as_posix())
        for problem in load_edition(folders).problems
        if problem.kind in kinds
    ]
