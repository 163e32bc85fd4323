"""The issued letters of 2018 as texts: their words, and the rows of figures in them."""

import re
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ISSUED = {path.stem: path.read_text(encoding="utf-8") for path in HERE.glob("issued-2018/*.txt")}
LOST: dict[str, Any] = yaml.safe_load((HERE / "lost-in-reading.yaml").read_text(encoding="utf-8"))

LAST_WORDS = "Chair, Commission for Local Administration in England"


def plainly(text: str) -> str:
    """A text blind to quote style, to the marks of links, and to breaks after hyphens."""
    text = re.sub(r"\[([^]]*)\]\(#\)", r"\1", text)
    text = re.sub(r"</?u>|<(?=http)|(?<=statistics)>", "", text)
    text = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return re.sub(r"-\s*\n\s*", "-", text)


def compact(text: str) -> str:
    """A text blind to white space, too."""
    return "".join(plainly(text).split())


def split_at_body(text: str) -> tuple[str, str, str]:
    """A letter's text before the salutation, from salutation to signature, and after it."""
    text = plainly(text)
    start = text.index("Dear ")
    signature = re.compile(r"\s+".join(map(re.escape, LAST_WORDS.split())))
    found = signature.search(text)
    assert found, "no signature"
    return text[:start], text[start : found.end()], text[found.end() :]


def differing_words(issued: str, ours: str) -> list[list[str]]:
    """Each place where the words differ: those of the issued text, and ours."""
    left, right = issued.split(), ours.split()
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [
        [" ".join(left[a:b]), " ".join(right[c:d])]
        for what, a, b, c, d in matcher.get_opcodes()
        if what != "equal"
    ]


def rows_of_figures(report: str) -> list[tuple[list[str], list[str]]]:
    """The rows that hold nothing but figures, each with the row of heads above it."""
    rows = [[cell.strip() for cell in line.split("\t")] for line in report.splitlines()]
    found = []
    heads: list[str] = []
    for row in rows:
        cells = [cell for cell in row if cell]
        if is_row_of_figures(cells):
            found.append((heads, cells))
        elif cells:
            heads = cells
    return found


def is_row_of_figures(cells: list[str]) -> bool:
    return len(cells) >= 2 and all(re.fullmatch(r"\d+%?", cell) for cell in cells)


def without_figures(report: str) -> str:
    """A statistics page without the rows that hold nothing but figures, blind to white space."""
    rows = [[cell.strip() for cell in line.split("\t")] for line in report.splitlines()]
    kept = [row for row in rows if not is_row_of_figures([cell for cell in row if cell])]
    return compact("\n".join("".join(row) for row in kept))
