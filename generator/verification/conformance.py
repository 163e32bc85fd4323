"""Whether a PDF is what it declares, PDF/UA-1 and PDF/A-3a, as a validator finds.

The validator had no part in making it, and knows the two standards; other checks know the letter.
"""

import re
from dataclasses import dataclass

_STANDARDS = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}
"""By the names that the validator has for them."""

_TAGS = {"figure": "img", "image": "img", "link": "a", "annotation": "a", "l": "ul"}
"""Elements of HTML, by what a PDF has for them, where the names are not the same."""
_NAMED = re.compile(r"\b(Figure|image|Link|annotation|Table|T[HDR]|LI?|H[1-6])\b")


@dataclass(frozen=True)
class Breach:
    """A rule of a standard that a PDF breaks."""

    message: str
    tag: str
    """The element of HTML that is likely to be its cause; "" where none can be told."""


def can_validate() -> bool:
    """Whether the validator is there."""
    try:
        import page  # noqa: F401 - the name that page-validation is imported by
    except ImportError:
        return False
    return True


def breaches(content: bytes) -> list[Breach]:
    """Every rule that a PDF breaks; none where it is what it declares."""
    import page

    found = []
    for profile, standard in _STANDARDS.items():
        try:
            failures = page.validate_pdf_bytes(content, profile=profile).failures
        except page.PageError as error:
            found.append(Breach(f"no validator can say whether it is {standard}: {error}", ""))
            continue
        for failure in failures:
            named = _NAMED.search(failure.message)
            tag = named[1].lower() if named else ""
            message = f"this makes no {standard}: {failure.message} ({failure.rule_id})"
            found.append(Breach(message, _TAGS.get(tag, tag)))
    return list(dict.fromkeys(found))
