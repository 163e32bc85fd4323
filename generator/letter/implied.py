"""What a rule implies of the figures in the letters that it chooses.

Found by deciding the rule where nothing is known but the figure in question: three-valued as rules
are, it is false there only if it can hold in no such letter.
"""

from collections.abc import Iterator
from itertools import combinations_with_replacement
from pathlib import Path

from generator.edition.edition import Column, Edition
from generator.edition.figures import work_out
from generator.letter.rules import Rule
from generator.letter.variables import Fact, vocabulary
from generator.problems import Place


def can_be(edition: Edition, column: Column, value: int, rule: Rule | None) -> bool:
    """Whether a figure can be `value` in a letter that a rule chooses; of a rate, its whole.

    Without a rule it can. For a few small values: all ways to add up to one are tried.
    """
    if rule is None:
        return True
    unknown = {
        name: Fact(type_, None, "", Place(Path()), supplied=False)
        for name, type_ in vocabulary(edition).items()
    }
    ways = _ways(edition, column, value)
    return any(rule.decide({**unknown, **figures}) is not False for figures in ways)


def _ways(edition: Edition, column: Column, value: int) -> Iterator[dict[str, Fact]]:
    """The figures of its group that are known, for each way in which a figure can be `value`."""
    types = vocabulary(edition)
    group = next(group for group in edition.groups if group.id == column.group)
    parts = column.parts or (column.id,)
    for picked in combinations_with_replacement(parts, value):
        counts = {c.id: picked.count(c.id) if c.id in parts else None for c in group.counts}
        yield {
            name: Fact(types[name], figure.value, "", figure.place, figure.supplied)
            for figure in work_out(group, counts, {})
            for name in [f"authority.{group.id}.{figure.column.id}"]
        }
