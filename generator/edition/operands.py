"""What a figure is worked out from: names as addresses, the order that works out, and circles."""

from collections import Counter
from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

Address = tuple[str, str]
"""A figure, by the id of its group and its own."""
Needs = Mapping[Address, Sequence[Address]]
"""What each figure is worked out from, directly; nothing for one that is given."""


def address_of(name: str, group: str) -> Address:
    """What a definition of a group names: a bare id is a figure of its own group."""
    first, dot, last = name.partition(".")
    return (first, last) if dot else (group, first)


def name_of(address: Address, group: str) -> str:
    """How a definition of a group names a figure."""
    return address[1] if address[0] == group else ".".join(address)


def in_order(needs: Needs) -> tuple[Address, ...]:
    """All figures, each after those it needs. Raises `CycleError` where some need each other."""
    return tuple(TopologicalSorter(_known(needs)).static_order())


def _known(needs: Needs) -> dict[Address, list[Address]]:
    return {address: [n for n in needed if n in needs] for address, needed in needs.items()}


def circles(needs: Needs) -> list[tuple[Address, ...]]:
    """The figures that need each other, each circle once: it begins and ends with the same one."""
    left, found = _known(needs), list[tuple[Address, ...]]()
    while True:
        try:
            in_order(left)
        except CycleError as error:
            circle: list[Address] = error.args[1][::-1]  # each is now followed by what it needs
            first = min(range(len(circle) - 1), key=lambda at: list(needs).index(circle[at]))
            turned = [*circle[first:-1], *circle[: first + 1]]
            found.append(tuple(turned))
            left[turned[0]] = []
        else:
            return found


def given_parts(address: Address, needs: Needs) -> Counter[Address]:
    """The given figures that one is made of in the end, and how often each; itself, if given.

    Nothing of those that need each other, and of those that are not known.
    """
    return _given_parts(address, needs, frozenset())


def _given_parts(address: Address, needs: Needs, above: frozenset[Address]) -> Counter[Address]:
    found = Counter[Address]()
    if address in above or address not in needs:
        return found
    for needed in needs[address]:
        found += _given_parts(needed, needs, above | {address})
    return found if needs[address] else Counter([address])
