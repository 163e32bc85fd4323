"""Tables as CSV that does nothing when a spreadsheet program opens it.

Such programs take a cell that begins with one of four signs for a formula. An apostrophe before it,
as they write it themselves, makes it text again; who reads it back takes the apostrophe off.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from generator.visible import visible

_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"  # the last four are as wide as Chinese characters
_FORMULA = re.compile(rf"'*\s*[{_SIGNS}]")
_GUARDED = re.compile(rf"'+\s*[{_SIGNS}]")


def csv_table(rows: Iterable[Sequence[object]], *, line_end: str = "\r\n") -> str:
    """The rows as CSV; texts are made harmless, and nothing in them is unseen."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=line_end)
    for row in rows:
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet program may take a text for a formula, or for one that was guarded."""
    return _FORMULA.match(text) is not None


def unguarded(text: str) -> str:
    """A cell as it was before `csv_table` made it harmless."""
    return text[1:] if _GUARDED.match(text) else text


def _harmless(text: str) -> str:
    text = visible(text).replace("\n", "\\n").replace("\t", "\\t")
    return f"'{text}" if is_like_a_formula(text) else text
