"""Checks of the names of authorities: where another's stands, and kinds that do not fit."""

from collections.abc import Iterator, Mapping

from generator.checks.mentions import Evidence, place_in, words_of
from generator.checks.registry import CheckContext, Finding, Scope, check, found_at
from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.edition.values import slug_of
from generator.problems import Severity


@check(Scope.EDITION, Severity.ERROR)
def file_of_another(context: CheckContext) -> Iterator[Finding]:
    """A file is named after an authority that has another file.

    Two files whose contents were swapped, or one that was saved under a neighbour's name.
    """
    named = _by_slug(context.authorities)
    for slug, authority in context.authorities.items():
        others = named.get(slug, [])
        if others and all(other is not authority for other in others):
            other = others[0]
            message = (
                f"the file is named after {other.name}, whose own file is {other.path.name}; "
                f"give each authority its own file"
            )
            yield found_at(authority, message, "name")


@check(Scope.EDITION, Severity.ERROR)
def alias_of_another(context: CheckContext) -> Iterator[Finding]:
    """An alias is the name of another authority, or the authority's own.

    Figures of that authority would be imported into this one's file.
    """
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
            yield found_at(authority, message, "aliases", number)


def _spelled(name: str) -> str:
    return name.replace("’", "'").casefold()


@check(Scope.EDITION, Severity.ERROR)
def predecessor_of_today(context: CheckContext) -> Iterator[Finding]:
    """A predecessor still has a file this year, or is the authority itself.

    Figures and letters would be compared with those of an authority that goes on.
    """
    for slug, authority in context.authorities.items():
        for number, former in enumerate(authority.formerly):
            if former == slug:
                message = "is this authority itself; remove it"
            elif former in context.data.files:
                message = f"still has a file this year, {former}.yaml; remove one of them"
            else:
                continue
            yield found_at(authority, message, "formerly", number)


def _by_slug(authorities: Mapping[str, Authority]) -> dict[str, list[Authority]]:
    """The authorities by the slugs that their names and aliases give."""
    named: dict[str, list[Authority]] = {}
    for authority in authorities.values():
        for name in (authority.name, *authority.aliases):
            named.setdefault(slug_of(name), []).append(authority)
    return named


@check(Scope.EDITION, Severity.ERROR)
def addressee_of_another(context: CheckContext) -> Iterator[Finding]:
    """The addressee's name, office or salutation, or those of a copy, names another authority.

    The office of a neighbouring row. Who holds it in both authorities names both.
    """
    for slug, authority in context.authorities.items():
        for steps, text, least in _said_of_people(authority):
            key = steps[-1]
            found = [*context.mentions.find(text)]
            if any(slug in mention.slugs for mention in found):
                continue
            ours = {*words_of(authority.name)}
            if key == "salutation":
                ours.update(*(words_of(name) for name in authority.addressee.names))
            for mention in found:
                foreign = mention.evidence >= least and not ours.issuperset(mention.words)
                if foreign:
                    other = context.authorities[min(mention.slugs)]
                    message = f"names {other.name}, which has a file of its own; {_REMEDY[key]}"
                    yield found_at(authority, message, *steps)
                    break


_REMEDY = {
    "name": "write the person's name alone",
    "office": "write this authority's office",
    "salutation": "write the person's name as this letter greets them",
}


def _said_of_people(authority: Authority) -> Iterator[tuple[tuple[str, ...], str, Evidence]]:
    """What is said, the steps to it, and what a mention in it must be like to be sure.

    People are named like places: only an office may be judged by the place alone.
    """
    addressee = authority.addressee
    for name in addressee.names:
        yield ("addressee", "name"), name, Evidence.NAME
    yield ("addressee", "office"), addressee.office, Evidence.PLACE
    if addressee.salutation not in addressee.names:
        yield ("addressee", "salutation"), addressee.salutation, Evidence.PLACE_OF
    for role, person in authority.copies.items():
        yield ("copies", role, "name"), person.name, Evidence.NAME
        yield ("copies", role, "office"), person.office, Evidence.PLACE


@check(Scope.EDITION, Severity.ERROR)
def value_of_another(context: CheckContext) -> Iterator[Finding]:
    """A value or a paragraph in an authority's file names another authority.

    A value of an insert, or a paragraph copied from a neighbour's file. The words of an insert's
    own file may name anyone.
    """
    for slug, authority in context.authorities.items():
        for steps, text, what in _own_words(authority):
            others = context.mentions.others(text, slug, Evidence.NAME)
            if others:
                name = context.authorities[others[0]].name
                message = f"names {name}, another authority; correct {what} if it is meant"
                yield found_at(authority, message, *steps)


def _own_words(authority: Authority) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """What an authority's file says to its letter alone, and what to do where it should not."""
    for steps, value in authority.values_of_inserts():
        yield steps, value, "the value, or name it in the insert's own wording"
    for own_steps, text in authority.own_paragraphs():
        yield own_steps, text, "the paragraph, or give it a file among the inserts"


_COUNCILS = frozenset(["borough", "county", "city", "district", "town", "parish"])
"""Words of names that are councils' though they do not say so: the London Borough of …"""


@check(Scope.EDITION, Severity.WARNING)
def kind_not_in_the_name(context: CheckContext) -> Iterator[Finding]:
    """A name has none of its kind's words, and its file gives no kind.

    A national park authority would be called "the council" throughout its letter.

    Where most names do not hold the usual noun either, it is no word of names; then only the noun
    of another kind counts.
    """
    edition = context.edition
    usual, *others = edition.kinds
    noun = edition.kinds[usual].noun
    unsaid = [a for a in context.authorities.values() if "kind" not in a.model_fields_set]
    without = [a for a in unsaid if not _holds(a, noun)]
    in_names = len(without) * 2 <= len(unsaid)
    for authority in without:
        meant = [kind for kind in others if _holds(authority, edition.kinds[kind].noun)]
        if meant or (in_names and not _is_council(authority, edition)):
            message = f'would be called "{noun}" in its letter, which its name does not say'
            todo = f"say kind: {meant[0] if meant else usual}"
            yield found_at(authority, f"{message}; {todo}", "name")


def _holds(authority: Authority, noun: str) -> bool:
    """Whether the words of a noun stand side by side in an authority's name."""
    words, said = words_of(authority.name), words_of(noun)
    return any(words[n : n + len(said)] == said for n in range(len(words)))


def _is_council(authority: Authority, edition: Edition) -> bool:
    """Whether the usual kind are councils, and a name is one's without that word."""
    usual = next(iter(edition.kinds.values())).noun
    return usual == "council" and not _COUNCILS.isdisjoint(words_of(authority.name))
