"""The title of the statistics page and its period: the words in which each begins."""

from generator.external_letters.printed_parts import short, squeezed
from generator.external_letters.reference_edition import ReferenceEdition, likeness, literal
from generator.letter.letter import Role
from generator.letter.normalised_wording import plain


def split_titles(
    text: str, pattern: ReferenceEdition, unread: list[str]
) -> list[tuple[Role | None, str]]:
    """The title and the period, also where they ran together; any other text as it is."""
    words = pattern.edition.words
    wordings = {Role.REPORT_TITLE: words.report_title, Role.REPORT_PERIOD: words.report_period}
    pieces = [text]
    start = literal(words.report_period).strip()
    if start and plain(text).find(start) > 0:
        at = plain(text).index(start)
        pieces = [plain(text)[:at], plain(text)[at:]]
        if not pieces[0].endswith(" "):
            unread.append(f"words run together: “{short(text)}”")
    found: list[tuple[Role | None, str]] = []
    for piece in pieces:
        roles = [
            role
            for is_title in (begins_with, begins_like)
            for role, wording in wordings.items()
            if is_title(piece, wording, pattern)
        ]
        role = roles[0] if roles else None
        known = pattern.known.get(squeezed(piece))
        piece = known.text if known else piece.strip()
        if role and not known:
            piece = spaced(piece, literal(wordings[role]).strip())
        found.append((role, piece))
    return found


def begins_with(text: str, wording: str, pattern: ReferenceEdition) -> bool:
    """Whether a title or period begins with its wording's words, or fits it as a whole."""
    start = literal(wording).strip()
    if len(text) > _LONGEST_TITLE or (start and not plain(text).startswith(start)):
        return False
    return bool(start) or pattern.fits(wording, text) is not None


def begins_like(text: str, wording: str, _pattern: ReferenceEdition) -> bool:
    """Whether it begins nearly so, as it does where another year's wording differs."""
    start = literal(wording).strip()
    if len(text) > _LONGEST_TITLE or len(start) < _TELLING:
        return False
    return likeness(plain(text)[: len(start)], start) > 0.75


_LONGEST_TITLE = 300
_TELLING = 12
"""Words shorter than these are like too many others."""


def spaced(text: str, start: str) -> str:
    """A text with a space after the words it starts with, where it was lost."""
    rest = plain(text).removeprefix(start)
    return f"{start} {rest.strip()}" if start and plain(text).startswith(start) else text
