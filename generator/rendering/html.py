"""A letter as one HTML page: the document that is read on screen, and the one that is printed."""

import re
from collections.abc import Iterable

from generator.letter.letter import ComposedLetter
from generator.problems import Place, Problem
from generator.rendering.failures import LetterTemplateError
from generator.rendering.inert_markup import LivePart, live_parts
from generator.rendering.letter_template import LetterTemplate, page_styles
from generator.rendering.page_check import check_page
from generator.rendering.page_parts import page_parts

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


def render_html(letter: ComposedLetter, letter_template: LetterTemplate) -> str:
    """The page to read on screen, with its styles inside. Raises `LetterTemplateError`.

    Every value is escaped here and nowhere else. A template that loses a word of the letter, adds
    one, or has anything in it that runs or fetches something is refused.
    """
    page = letter_template.fill(
        letter=letter, page=page_parts(letter), styles=page_styles(letter_template)
    )
    _refuse(check_page(page, letter), letter_template)
    return _with_policy(page, letter_template)


def render_for_print(letter: ComposedLetter, letter_template: LetterTemplate) -> str:
    """The same page without its styles, for an engine that has read them already.

    Raises `LetterTemplateError`. Its words are not looked at: they are read back from the PDF.
    """
    page = letter_template.fill(letter=letter, page=page_parts(letter), styles=None)
    _refuse(live_parts(page), letter_template)
    return page


def _refuse(findings: Iterable[LivePart | str], letter_template: LetterTemplate) -> None:
    """Raise `LetterTemplateError` for all that is wrong, each at its place in the template."""
    problems = []
    for finding in findings:
        if isinstance(finding, LivePart):
            line, column = finding.place_in(letter_template.template)
            problems.append(
                Problem(Place(letter_template.template_path, line, column), finding.message)
            )
        else:
            problems.append(Problem(Place(letter_template.template_path), finding))
    if problems:
        raise LetterTemplateError(problems)


def _with_policy(page: str, letter_template: LetterTemplate) -> str:
    """The page with its security policy, first in its head: no template can leave it out."""
    head = re.search(r"<head\b[^>]*>", page, re.IGNORECASE)
    if head is None:
        message = "the page has no <head>, where its security policy has to stand; write one"
        raise LetterTemplateError([Problem(Place(letter_template.template_path), message)])
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
