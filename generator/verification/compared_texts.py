"""Texts as they are compared: blind to where a line was broken, and to nothing else."""

import re

_BROKEN = re.compile("[\ufffe\x02]\\s*")
"""What PDFium gives for a hyphen at which a line was broken."""


def join_lines(text: str) -> str:
    """A text read from pages with its words whole again, on one line."""
    return " ".join(_BROKEN.sub("-", text).split())


def strip_whitespace(text: str) -> str:
    """A text without white space: a line may be broken after a hyphen, a dash or a slash, too."""
    return "".join(_BROKEN.sub("-", text).split())
