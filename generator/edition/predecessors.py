"""What authorities were the year before: the same, one of another name, or several together.

One rule for figures and for letters. Who has a slug, or says `formerly`, follows the authority
that had that slug; a name tells it only where no slug does, and one that several have tells
nothing. By its own slug and names an authority follows one at most, by `formerly` as many as it
says.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from generator.edition.authority import Authority
from generator.edition.figure_kind import Quantity
from generator.edition.operands import Address
from generator.edition.values import slug_of

FiguresBefore = Mapping[Address, Quantity]
"""The counts, sums and decimals of an authority, by group and id."""


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


def own_slugs(authority: Named) -> list[str]:
    """The slugs that an authority may itself have had: its own, then those of its names."""
    return [authority.slug, *map(slug_of, (authority.name, *authority.aliases))]


def possible_slugs(authorities: Iterable[Named]) -> set[str]:
    """The slugs that these authorities may have had the year before."""
    return {slug for each in authorities for slug in (*own_slugs(each), *each.formerly)}


class Follower(NamedTuple):
    """An authority of this year that follows one of last year's."""

    slug: str
    predecessor: str
    """Which of its predecessors that one is, as under `formerly`; its own slug for itself."""
    doubt: tuple[int, int]
    """How far down among the names of this year, and of last year, the slug is that both have."""


class Succession:
    """Which authorities of this year follow one of last year's, as far as is known."""

    def __init__(self, authorities: Iterable[Named]) -> None:
        self._authorities = {authority.slug: authority for authority in authorities}
        self._followers: dict[str, list[str]] = {}
        now = self._authorities.values()
        for slug, by in _claims((a.slug, (a.slug, *a.formerly)) for a in now):
            self._followers[slug] = by
        for names in ([(a.slug, [a.name]) for a in now], [(a.slug, a.aliases) for a in now]):
            for slug, by in _claims((each, map(slug_of, spelt)) for each, spelt in names):
                self._followers.setdefault(slug, by if len(by) == 1 else [])

    def by_slug(self, slug: str) -> Sequence[str]:
        """The slugs of those that follow who had this slug, or a name that makes it."""
        return self._followers.get(slug, ())

    def followers(self, slugs: Sequence[str]) -> Iterator[Follower]:
        """Those that follow an authority with these slugs, its own first and then its names'."""
        known = next((slug for slug in slugs if self.by_slug(slug)), "")
        for slug in self.by_slug(known):
            authority = self._authorities[slug]
            if known in authority.formerly:
                yield Follower(slug, known, (0, slugs.index(known)))
            else:
                rank = own_slugs(authority).index(known)
                yield Follower(slug, slug, (rank, slugs.index(known)))


def _claims(said: Iterable[tuple[str, Iterable[str]]]) -> Iterable[tuple[str, list[str]]]:
    """Each slug that is named, with those that name it."""
    claims: dict[str, list[str]] = defaultdict(list)
    for by, slugs in said:
        for slug in dict.fromkeys(slugs):
            claims[slug].append(by)
    return claims.items()


def predecessors_of(
    authorities: Iterable[Named], then: Mapping[str, Authority]
) -> dict[str, list[Authority]]:
    """The authorities of the year before that each of these was, by its slug now.

    None for one that is new, or one of whose predecessors is not known. The year before may know
    the name of today as an alias.
    """
    now = list(authorities)
    succession = Succession(now)
    found: dict[str, dict[str, tuple[tuple[int, int], str]]] = {a.slug: {} for a in now}
    for slug, authority in then.items():
        for follower in succession.followers(own_slugs(authority)):
            known = found[follower.slug].setdefault(follower.predecessor, (follower.doubt, slug))
            found[follower.slug][follower.predecessor] = min(known, (follower.doubt, slug))
    sources = {slug: sorted({source for _, source in f.values()}) for slug, f in found.items()}
    return {
        a.slug: [then[s] for s in sources[a.slug]] if {*a.formerly} <= found[a.slug].keys() else []
        for a in now
    }


def figures_before(predecessors: Mapping[str, list[Authority]]) -> dict[str, FiguresBefore]:
    """The year before's figures by this year's slugs; those of one that was several, together.

    Nothing for one that follows another which was divided: there is nothing to compare it with.
    """
    claimed = Counter(then.slug for sources in predecessors.values() for then in sources)
    return {
        slug: _added(sources)
        for slug, sources in predecessors.items()
        if sources and all(claimed[then.slug] == 1 for then in sources)
    }


def _added(authorities: list[Authority]) -> FiguresBefore:
    """The counts and sums of these authorities, added up; of one alone its decimals, too."""
    total: dict[Address, Quantity] = {}
    lacking = set()
    for authority in authorities:
        for figure in authority.all_figures():
            address, kind = figure.column.address, figure.column.kind
            adds_up = kind.adds_up or (len(authorities) == 1 and not kind.is_rate)
            if figure.value is None or not adds_up:
                lacking.add(address)
            else:
                total[address] = total.get(address, 0) + figure.value
    return {address: number for address, number in total.items() if address not in lacking}
