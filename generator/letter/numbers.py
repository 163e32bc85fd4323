"""Numbers in words that people typed: in figures or spelt out, and what names a time by them."""

import re
from collections.abc import Iterator

_TENS = "(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
_TEENS = "(?:thir|four|fif|six|seven|eigh|nine)teen"
_UNITS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_FIGURES = r"[£$€]?\w*\d(?:[\w.,/%–-]*[\w%])?"
_TIMES = (
    r"\b(?:last|next|previous|past|coming|following)\s+(?:\w+\s+)?(?:year|month)s?\b"
    r"|\b(?:first|second|third|fourth|fifth|sixth|tenth)\s+(?:time|year)\b"
)
_SPELT_OUT = (
    r"\b(?:a|one|two|three)[\s-](?:third|quarter|fifth|tenth)s?\b"
    rf"|\b(?:{_UNITS}|{_TEENS}|{_TENS}(?:-\w+)?)\b"
    r"|\b(?:(?:hundred|thousand|million|dozen)s?|half|twice)\b"
)
_NUMBER = re.compile(f"{_FIGURES}|{_SPELT_OUT}", re.IGNORECASE)
_NUMBER_OR_TIME = re.compile(f"{_FIGURES}|{_TIMES}|{_SPELT_OUT}", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"{{.*?}}", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)[^\s<>)\]]*")


def numbers_in(words: str) -> Iterator[re.Match[str]]:
    """The numbers in some words: in figures or spelt out.

    "One" is none: mostly it counts nothing. Of an address only a year counts.
    """
    return _NUMBER.finditer(_bare(words))


def named_in(words: str) -> Iterator[re.Match[str]]:
    """The years and numbers in some words, and times such as "last year".

    "This year" is none: it is as true next year.
    """
    return _NUMBER_OR_TIME.finditer(_bare(words))


def _bare(words: str) -> str:
    """The words with spaces in place of placeholders and addresses."""
    bare = _PLACEHOLDER.sub(lambda found: " " * len(found[0]), words)
    return _ADDRESS.sub(lambda found: _only_years(found[0]), bare)


def _only_years(address: str) -> str:
    years = [m.span() for m in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", address)]
    return "".join(
        sign if any(start <= at < end for start, end in years) else " "
        for at, sign in enumerate(address)
    )
