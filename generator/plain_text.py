"""Texts as they are shown and compared: white space is one, what cannot be seen is a number."""

import re
import unicodedata


def visible(text: str) -> str:
    """The text with every character that cannot be seen as its number; spaces and lines stay.

    A control character moves a terminal's cursor, and one that turns the direction of writing shows
    a name as another; either may stand in a file's name, or in last year's letters.
    """
    if text.isprintable():
        return text
    return "".join(c.encode("unicode_escape").decode() if is_unseen(c) else c for c in text)


def visible_line(text: str) -> str:
    """The same in one line, whose only spaces are plain ones."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def visible_json(text: str) -> str:
    """JSON that says the same, with every character that cannot be seen as its number."""
    if all(line.isprintable() for line in text.split("\n")):
        return text
    return "".join(_in_json(c) if is_unseen(c) else c for c in text)


def is_unseen(character: str) -> bool:
    """Whether a character is neither seen nor a space nor the end of a line."""
    is_space = character in "\n\t" or unicodedata.category(character) == "Zs"
    return not (character.isprintable() or is_space)


def _in_json(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return re.sub("....", r"\\u\g<0>", units.hex())


_BROKEN = re.compile("[\ufffe\x02]\\s*")
"""What PDFium gives for a hyphen at which a line was broken."""


def single_spaced(text: str) -> str:
    """A text on one line, its words one space apart."""
    return " ".join(text.split())


def mend_hyphens(text: str) -> str:
    """A text read from a PDF with the hyphens that PDFium gives as something else."""
    return _BROKEN.sub("-", text) if "\ufffe" in text or "\x02" in text else text


def join_lines(text: str) -> str:
    """A text read from pages with its words whole again, on one line."""
    return single_spaced(mend_hyphens(text))


def strip_whitespace(text: str) -> str:
    """A text without white space: a line may be broken after a hyphen, a dash or a slash, too."""
    return "".join(mend_hyphens(text).split())
