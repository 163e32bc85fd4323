"""A letter as one HTML page: the document that is read on screen, and the one that is printed."""

from generator.composing.letter import Letter
from generator.problems import Place, Problem
from generator.rendering.arrangement import arrange
from generator.rendering.failures import SkeletonError
from generator.rendering.page_check import doubts_about_page
from generator.rendering.skeleton import Skeleton, page_styles


def render_html(letter: Letter, skeleton: Skeleton) -> str:
    """The page to read on screen, with its styles inside. Raises `SkeletonError`.

    Every value is escaped here and nowhere else. A template that loses a word of the letter, adds
    one or fetches something is refused.
    """
    page = skeleton.fill(letter=letter, page=arrange(letter), styles=page_styles(skeleton))
    doubts = doubts_about_page(page, letter)
    if doubts:
        raise SkeletonError([Problem(Place(skeleton.template_path), doubt) for doubt in doubts])
    return page


def render_for_print(letter: Letter, skeleton: Skeleton) -> str:
    """The same page without its styles, for an engine that has read them already."""
    return skeleton.fill(letter=letter, page=arrange(letter), styles=None)
