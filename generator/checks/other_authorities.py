"""Another authority's name where only its own can stand: with the addressee, and in values."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.mentions import Evidence, words_of
from generator.checks.registry import Finding, Scope, check
from generator.edition.authority import Authority
from generator.problems import Severity


@check(
    "addressee-of-another",
    Scope.EDITION,
    Severity.ERROR,
    "The addressee's name, office or salutation names another authority.",
)
def addressee_of_another(context: CheckContext) -> Iterator[Finding]:
    """The office of a neighbouring row. Who holds it in both authorities names both."""
    for slug, authority in context.authorities.items():
        for key, text, least in _said_of_addressee(authority):
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
                    message = f"names {other.name}, which has a file of its own; {_TODO[key]}"
                    place = authority.place("addressee", key)
                    yield Finding(place, message, f"addressee.{key}")
                    break


_TODO = {
    "name": "write the person's name alone",
    "office": "write this authority's office",
    "salutation": "write the person's name as this letter greets them",
}


def _said_of_addressee(authority: Authority) -> Iterator[tuple[str, str, Evidence]]:
    """What is said, under which key, and what a mention in it must be like to be sure.

    People are named like places: only an office may be judged by the place alone.
    """
    addressee = authority.addressee
    for name in addressee.names:
        yield "name", name, Evidence.NAME
    yield "office", addressee.office, Evidence.PLACE
    if addressee.salutation not in addressee.names:
        yield "salutation", addressee.salutation, Evidence.PLACE_OF


@check(
    "value-of-another",
    Scope.EDITION,
    Severity.ERROR,
    "A value that an authority gives to an insert names another authority.",
)
def value_of_another(context: CheckContext) -> Iterator[Finding]:
    """A paragraph copied from a neighbour's file. The insert's own wording may name anyone."""
    for slug, authority in context.authorities.items():
        for number, chosen in enumerate(authority.inserts):
            for key, text in chosen.values.items():
                others = context.mentions.others(text, slug, Evidence.NAME)
                if others:
                    message = (
                        f"names {context.authorities[others[0]].name}, another authority; correct "
                        "the value, or name it in the insert's own wording if it is meant"
                    )
                    place = authority.place("inserts", number, chosen.insert, key)
                    where = f"inserts.{number + 1}.{chosen.insert}.{key}"
                    yield Finding(place, message, where)
