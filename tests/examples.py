"""How many examples are looked at: of a property that is dear, and of many similar cases."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import settings

DEARER = 5
"""An example that lays out pages or imports a year takes about as many times as long as another."""


def few() -> int:
    """A fifth of those that the profile asks for (see `conftest`)."""
    return max(settings().max_examples // DEARER, 2)


def spread(cases: Iterable[Any] | Mapping[str, Any], every: int = 3) -> list[Any]:
    """Similar cases, by name or without: one in so many is tried every day, from the first on.

    The thorough check tries all.
    """
    named = cases.items() if isinstance(cases, Mapping) else ((None, case) for case in cases)
    found = []
    for number, (name, case) in enumerate(named):
        values, its_name = (
            (case.values, case.id)  # of a `pytest.param`
            if hasattr(case, "marks")
            else (case if isinstance(case, tuple) else (case,), name)
        )
        marks = pytest.mark.thorough if number % every else ()
        found.append(pytest.param(*values, id=its_name, marks=marks))
    return found
