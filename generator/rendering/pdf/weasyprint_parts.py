"""The parts of WeasyPrint that are used here, and the one place that imports it.

Loading it takes half as long so: looking for its libraries, Python would run some fifty programs
(`ldconfig`, `gcc`, `ld`), though the system finds them by the names that WeasyPrint tries last.
"""

import ctypes.util
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

__all__ = [
    "CSS",
    "HTML",
    "Attachment",
    "FontConfiguration",
    "Matrix",
    "URLFetcher",
    "URLFetcherResponse",
    "add_links",
    "boxes",
    "engine_block",
    "engine_drawing",
    "engine_inline",
    "engine_layout",
    "engine_pdf",
    "engine_preferred",
    "engine_tags",
    "gather_anchors",
    "layout_box_backgrounds",
    "wrapped",
]


def _nowhere(name: str) -> str | None:  # noqa: ARG001 - its form is Python's
    return None


@contextmanager
def _looked_for_by_the_system() -> Iterator[None]:
    """Libraries are found by the system alone; elsewhere than on Linux, as Python finds them."""
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = find


with _looked_for_by_the_system(), warnings.catch_warnings():
    # It warns on import where the machine has no fonts at all; ours are handed to it.
    warnings.simplefilter("ignore")
    import weasyprint.draw as engine_drawing
    import weasyprint.layout as engine_layout
    import weasyprint.layout.block as engine_block
    import weasyprint.layout.inline as engine_inline
    import weasyprint.layout.preferred as engine_preferred
    import weasyprint.pdf as engine_pdf
    import weasyprint.pdf.tags as engine_tags
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.anchors import gather_anchors
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.background import layout_box_backgrounds
    from weasyprint.matrix import Matrix
    from weasyprint.pdf.anchors import add_links
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse


@contextmanager
def wrapped(module: Any, name: str, watch: Callable[..., Any]) -> Iterator[None]:
    """While inside, a function of the engine is another one, which is given it and what it is."""
    original = getattr(module, name)
    setattr(module, name, partial(watch, original))
    try:
        yield
    finally:
        setattr(module, name, original)
