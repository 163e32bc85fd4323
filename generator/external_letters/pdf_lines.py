"""The lines of a letter's PDF that has no structure, without what is no part of the letter."""

import re
from collections.abc import Sequence

from generator.external_letters.pdf_text_lines import ReadLine

_PAGE_NUMBER = re.compile(r"(page )?\d+( ?(/|of) ?\d+)?|DRAFT", re.IGNORECASE)


def without_furniture(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """The lines without page numbers, and without what stands at one place of several pages.

    What stands so before all else on the first page is kept there: it may be the masthead.
    """
    pages: dict[tuple[str, int], set[int]] = {}
    for line in lines:
        pages.setdefault(_where(line), set()).add(line.page)
    kept: list[ReadLine] = []
    at_first = True
    for line in lines:
        repeated = len(pages[_where(line)]) > 1
        if _PAGE_NUMBER.fullmatch(line.text) or (repeated and not at_first):
            continue
        at_first = at_first and repeated and line.page == 0
        kept.append(line)
    return kept


def _where(line: ReadLine) -> tuple[str, int]:
    """A line's words, whatever numbers are in them, and how far from the page's edge it stands."""
    from_edge = min(line.height, line.page_height - line.height)
    return re.sub(r"\d+", "#", line.text), round(from_edge / 2)
