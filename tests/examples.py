"""How many examples a property has that is dear to look at."""

from hypothesis import settings

DEARER = 5
"""An example that lays out pages or imports a year takes about as many times as long as another."""


def few() -> int:
    """A fifth of those that the profile asks for (see `conftest`)."""
    return max(settings().max_examples // DEARER, 2)
