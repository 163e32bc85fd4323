"""Files, aliases and predecessors that name an authority that has another file."""

from collections.abc import Iterator, Mapping

from generator.checks.context import CheckContext
from generator.checks.mentions import place_in, words_of
from generator.checks.registry import Finding, Scope, check
from generator.edition.authority import Authority
from generator.edition.slugs import slug_of
from generator.problems import Severity


@check(
    "file-of-another",
    Scope.EDITION,
    Severity.ERROR,
    "A file's name is made from the name of an authority that has another file.",
)
def file_of_another(context: CheckContext) -> Iterator[Finding]:
    """Two files whose contents were swapped, or one that was saved under a neighbour's name."""
    named = _by_slug(context.authorities)
    for slug, authority in context.authorities.items():
        others = named.get(slug, [])
        if others and all(other is not authority for other in others):
            other = others[0]
            message = (
                f"the file is named after {other.name}, whose name is in {other.path.name}; "
                "put each authority into its own file"
            )
            yield Finding(authority.place("name"), message, "name")


@check(
    "alias-of-another",
    Scope.EDITION,
    Severity.ERROR,
    "An alias is the name of another authority, or the authority's own.",
)
def alias_of_another(context: CheckContext) -> Iterator[Finding]:
    """Figures of that authority would be imported into this one's file."""
    named = _by_slug(context.authorities)
    places: dict[tuple[str, ...], list[Authority]] = {}
    for authority in context.authorities.values():
        places.setdefault(place_in(authority.name), []).append(authority)
    for authority in context.authorities.values():
        for number, alias in enumerate(authority.aliases):
            same = [*named[slug_of(alias)]]
            if words_of(alias) != place_in(authority.name):
                same += places.get(words_of(alias), [])
            others = [other for other in same if other is not authority]
            if _spelled(alias) == _spelled(authority.name):
                message = "is the authority's own name; remove it"
            elif others:
                message = f"also names {others[0].name} ({others[0].path.name}); remove it here"
            else:
                continue
            yield Finding(authority.place("aliases", number), message, f"aliases.{number + 1}")


def _spelled(name: str) -> str:
    return name.replace("’", "'").casefold()


@check(
    "predecessor-of-today",
    Scope.EDITION,
    Severity.ERROR,
    "A predecessor is an authority that has a file this year, or the authority itself.",
)
def predecessor_of_today(context: CheckContext) -> Iterator[Finding]:
    """Figures and letters would be compared with those of an authority that goes on."""
    for slug, authority in context.authorities.items():
        for number, former in enumerate(authority.formerly):
            if former == slug:
                message = "is this authority itself; remove it"
            elif former in context.data.files:
                message = f"has a file of its own this year, {former}.yaml; remove one of them"
            else:
                continue
            where = f"formerly.{number + 1}"
            yield Finding(authority.place("formerly", number), message, where)


def _by_slug(authorities: Mapping[str, Authority]) -> dict[str, list[Authority]]:
    """The authorities by the slugs that their names and aliases give."""
    named: dict[str, list[Authority]] = {}
    for authority in authorities.values():
        for name in (authority.name, *authority.aliases):
            named.setdefault(slug_of(name), []).append(authority)
    return named
