"""Last year's figures, by this year's authorities; those of one that follows several, together."""

from collections import Counter
from collections.abc import Mapping

from generator.loading.authority import Authority
from generator.loading.edition import Kind
from generator.loading.load import load_data
from generator.loading.slugs import slug_of
from generator.reconciling.outliers import Figures
from generator.workspace import EditionFolders


def figures_before(
    folders: EditionFolders, authorities: Mapping[str, Authority]
) -> dict[str, Figures]:
    """What the edition of the year before says of each of these authorities, by their slugs now.

    Nothing where there is no such edition, for an authority that is new, or one that follows
    another which was divided: there is nothing to compare it with. What is wrong with that edition
    is for that edition to say.
    """
    year = folders.year - 1
    if year not in folders.workspace.years():
        return {}
    then = load_data(folders.workspace.edition(year)).authorities
    by_name = {slug_of(name): slug for slug, a in then.items() for name in (a.name, *a.aliases)}
    sources = {slug: _sources(authority, then, by_name) for slug, authority in authorities.items()}
    claimed = Counter(source for found in sources.values() for source in found)
    return {
        slug: _added([then[source] for source in found])
        for slug, found in sources.items()
        if found and all(claimed[source] == 1 for source in found)
    }


def _sources(
    authority: Authority, then: Mapping[str, Authority], by_name: Mapping[str, str]
) -> set[str]:
    """The slugs, last year, of what an authority is now; none where one of them is not known."""
    names = [authority.slug, *map(slug_of, (authority.name, *authority.aliases))]
    own = next((by_name.get(name, name) for name in names if name in by_name or name in then), None)
    if not set(authority.formerly) <= then.keys():
        return set()
    return {*authority.formerly, *([own] if own else [])}


def _added(authorities: list[Authority]) -> Figures:
    """The counts and sums of these authorities, added up."""
    total: Counter[tuple[str, str]] = Counter()
    lacking = set()
    for authority in authorities:
        for figures in authority.figures.values():
            for figure in figures:
                address = (figure.column.group, figure.column.id)
                if figure.column.kind is Kind.PERCENT or figure.value is None:
                    lacking.add(address)
                else:
                    total[address] += figure.value
    return {address: number for address, number in total.items() if address not in lacking}
