"""The contrast of two colours, as WCAG reckons it."""

from collections.abc import Sequence
from functools import cache

LEAST_CONTRAST = 3.0
"""Between words and their ground: what WCAG asks of large letters."""


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """From 1, none, to 21; of colours as red, green and blue up to 255."""
    darker, lighter = sorted((_luminance(tuple(one)), _luminance(tuple(other))))
    return (lighter + 0.05) / (darker + 0.05)


@cache
def _luminance(colour: tuple[float, ...]) -> float:
    return sum(
        part * (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4)
        for part, v in zip((0.2126, 0.7152, 0.0722), (each / 255 for each in colour), strict=True)
    )
