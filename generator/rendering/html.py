"""A letter as one HTML page: the document that is read on screen, and the one that is printed."""

import re
from collections.abc import Iterable

from generator.letter.letter import Letter
from generator.problems import Place, Problem
from generator.rendering.failures import SkeletonError
from generator.rendering.inert_markup import LivePart, live_parts
from generator.rendering.letter_template import Skeleton, page_styles
from generator.rendering.page_check import doubts_about_page
from generator.rendering.page_parts import arrange
from generator.rendering.record import record_of

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",  # its own, in elements and attributes; they fetch nothing
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""What a letter may do in a browser: be looked at."""


def render_html(letter: Letter, skeleton: Skeleton) -> str:
    """The page to read on screen, with its styles inside. Raises `SkeletonError`.

    Every value is escaped here and nowhere else. A template that loses a word of the letter, adds
    one, or has anything in it that runs or fetches something is refused.
    """
    page = skeleton.fill(letter=letter, page=arrange(letter), styles=page_styles(skeleton))
    _refuse(doubts_about_page(page, record_of(letter)), skeleton)
    return _with_policy(page, skeleton)


def render_for_print(letter: Letter, skeleton: Skeleton) -> str:
    """The same page without its styles, for an engine that has read them already.

    Raises `SkeletonError`. Its words are not looked at: they are read back from what is printed.
    """
    page = skeleton.fill(letter=letter, page=arrange(letter), styles=None)
    _refuse(live_parts(page), skeleton)
    return page


def _refuse(doubts: Iterable[LivePart | str], skeleton: Skeleton) -> None:
    """Raise `SkeletonError` where there is anything wrong, each at its place in the template."""
    problems = []
    for doubt in doubts:
        if isinstance(doubt, LivePart):
            line, column = doubt.place_in(skeleton.template)
            problems.append(Problem(Place(skeleton.template_path, line, column), doubt.message))
        else:
            problems.append(Problem(Place(skeleton.template_path), doubt))
    if problems:
        raise SkeletonError(problems)


def _with_policy(page: str, skeleton: Skeleton) -> str:
    """The page with its security policy, first in its head: no template can leave it out."""
    head = re.search(r"<head\b[^>]*>", page, re.IGNORECASE)
    if head is None:
        message = "the page has no <head>, where its security policy has to stand; write one"
        raise SkeletonError([Problem(Place(skeleton.template_path), message)])
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    return f"{page[: head.end()]}\n{policy}{page[head.end() :]}"


def without_policy(page: str) -> str:
    """A page that was made, as its template made it: without the policy that was put in its head.

    Also another one than today's, since another version of this program may have made it.
    """
    return _POLICY_FIRST.sub(r"\1", page, count=1)


_POLICY_FIRST = re.compile(
    r'(<head\b[^>]*>)\n<meta http-equiv="Content-Security-Policy" content="[^"<>]*">', re.IGNORECASE
)
