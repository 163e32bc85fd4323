"""Which combinations the ordinary check looks at: everything once, in one setting or another."""

from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest


def each_once(names: str, *lists: Iterable[Any], most: int | None = None) -> pytest.MarkDecorator:
    """Gives a test all combinations; those that show nothing for the first time are `thorough`.

    Going through the lists side by side, and through a short one again and again, each member of
    each comes up: pages at first wide, then narrow, then wide. With `most`, the ordinary check
    looks only at so many: a few of one class.
    """
    columns = [list(each) for each in lists]
    longest = max(map(len, columns))
    turns = range(longest if most is None else min(longest, most))
    first = {tuple(column[turn % len(column)] for column in columns) for turn in turns}
    return pytest.mark.parametrize(
        names,
        [
            pytest.param(*each, marks=() if each in first else pytest.mark.thorough)
            for each in product(*columns)
        ],
    )
