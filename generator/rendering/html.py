"""A letter as one HTML page: the document that is read on screen, and the one that is printed."""

from generator.composing.letter import Letter
from generator.rendering.arrangement import arrange
from generator.rendering.skeleton import Skeleton, page_styles


def render_html(letter: Letter, skeleton: Skeleton) -> str:
    """The page to read on screen, with its styles inside. Raises `SkeletonError`.

    Every value is escaped here and nowhere else.
    """
    return skeleton.fill(letter=letter, page=arrange(letter), styles=page_styles(skeleton))


def render_for_print(letter: Letter, skeleton: Skeleton) -> str:
    """The same page without its styles, for an engine that has read them already."""
    return skeleton.fill(letter=letter, page=arrange(letter), styles=None)
