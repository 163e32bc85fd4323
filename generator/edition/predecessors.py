"""What authorities were the year before: the same, one of another name, or several together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Protocol

from generator.edition.authority import Authority
from generator.edition.values import slug_of

Figures = Mapping[tuple[str, str], int]
"""The counts and sums of an authority, by group and id."""


class Named(Protocol):
    """An authority, as far as it says what it was."""

    @property
    def slug(self) -> str:
        """The name of its file."""

    @property
    def name(self) -> str:
        """Its name of today."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other spellings, or older names."""

    @property
    def formerly(self) -> tuple[str, ...]:
        """The slugs that its predecessors had."""


def possible_slugs(authorities: Iterable[Named]) -> set[str]:
    """The slugs that these authorities may have had the year before."""
    return {slug for authority in authorities for slug in (*_own(authority), *authority.formerly)}


def predecessors_of(
    authorities: Iterable[Named], then: Mapping[str, Authority]
) -> dict[str, list[Authority]]:
    """The authorities of the year before that each of these was, by its slug now.

    None for one that is new, or one of whose predecessors is not known. The year before may know
    the name of today as an alias.
    """
    by_name = {slug_of(name): slug for slug, a in then.items() for name in (a.name, *a.aliases)}
    return {a.slug: [then[slug] for slug in _sources(a, then, by_name)] for a in authorities}


def _own(authority: Named) -> list[str]:
    return [authority.slug, *map(slug_of, (authority.name, *authority.aliases))]


def _sources(
    authority: Named, then: Mapping[str, Authority], by_name: Mapping[str, str]
) -> list[str]:
    if not set(authority.formerly) <= then.keys():
        return []
    names = _own(authority)
    own = next((by_name.get(name, name) for name in names if name in by_name or name in then), None)
    return sorted({*authority.formerly, *([own] if own else [])})


def figures_before(predecessors: Mapping[str, list[Authority]]) -> dict[str, Figures]:
    """The year before's figures by this year's slugs; those of one that was several, together.

    Nothing for one that follows another which was divided: there is nothing to compare it with.
    """
    claimed = Counter(then.slug for sources in predecessors.values() for then in sources)
    return {
        slug: _added(sources)
        for slug, sources in predecessors.items()
        if sources and all(claimed[then.slug] == 1 for then in sources)
    }


def _added(authorities: list[Authority]) -> Figures:
    """The counts and sums of these authorities, added up."""
    total: Counter[tuple[str, str]] = Counter()
    lacking = set()
    for authority in authorities:
        for figure in authority.all_figures():
            address = (figure.column.group, figure.column.id)
            if figure.column.kind.is_rate or figure.value is None:
                lacking.add(address)
            else:
                total[address] += figure.value
    return {address: number for address, number in total.items() if address not in lacking}
