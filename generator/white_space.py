"""White space made single or left out, so that texts are held together by their words alone."""

import re

_BROKEN = re.compile("[\ufffe\x02]\\s*")
"""What PDFium gives for a hyphen at which a line was broken."""


def single_spaced(text: str) -> str:
    """A text on one line, its words one space apart."""
    return " ".join(text.split())


def mend_hyphens(text: str) -> str:
    """A text read from a PDF with the hyphens that PDFium gives as something else."""
    return _BROKEN.sub("-", text)


def join_lines(text: str) -> str:
    """A text read from pages with its words whole again, on one line."""
    return single_spaced(mend_hyphens(text))


def strip_whitespace(text: str) -> str:
    """A text without white space: a line may be broken after a hyphen, a dash or a slash, too."""
    return "".join(mend_hyphens(text).split())
