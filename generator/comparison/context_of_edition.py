"""The background of an edition whose files are at hand: its rules, its choices, and their lines."""

from collections.abc import Mapping
from functools import cache

from generator.comparison.edition_context import Condition, EditionContext
from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.letter.variables import Variables, variables_of
from generator.letter.wording import Wording
from generator.problems import Place


def background_of(
    edition: Edition, wording: Wording, authorities: Mapping[str, Authority]
) -> EditionContext:
    """What is known of an edition whose files are at hand."""
    choices: dict[tuple[str, str], Place] = {}
    for slug, authority in authorities.items():
        choices |= {(slug, name): place for name, place in authority.declines.items()}
        choices |= {(slug, chosen.insert): chosen.place for chosen in authority.inserts}

    @cache
    def facts(slug: str) -> Variables:
        return variables_of(edition, authorities[slug])

    def fact(slug: str, name: str) -> Place | None:
        if name.startswith("insert."):
            return _given(authorities.get(slug), name.removeprefix("insert."))
        if slug not in authorities:
            return edition.place(*name.split(".")[1:]) if name.startswith("edition.") else None
        known = facts(slug).get(name)
        return known.place if known else None

    return EditionContext(
        inserts=frozenset(wording.insert_files),
        rules={
            name: Condition(each.rule_place, " ".join(each.rule.source.split()), each.rule.names)
            for name, each in wording.inserts.items()
            if each.rule is not None
        },
        choices=choices,
        sections={n: edition.place("sections", i) for i, n in enumerate(edition.sections)},
        section_list=edition.place("sections"),
        wordings=_wordings(edition, wording),
        kinds={slug: authority.kind for slug, authority in authorities.items()},
        titles={group.id: group.place for group in edition.groups},
        columns={(column.group, column.id): column.place for column in edition.columns()},
        parts={(c.group, c.id): c.parts for c in edition.columns() if c.parts},
        numerators=frozenset((c.group, c.numerator) for c in edition.columns() if c.numerator),
        outliers=edition.outliers,
        fact=fact,
    )


def _wordings(edition: Edition, wording: Wording) -> dict[tuple[str | None, str], Place]:
    """Where each wording stands; of one that stands twice in a section, the first."""
    places: dict[tuple[str | None, str], Place] = {}
    inserts = {name: insert.blocks for name, insert in wording.inserts.items()}
    for whose, blocks in (*wording.sections.items(), *inserts.items()):
        for block in blocks:
            places.setdefault((whose, block.source), block.place)
    report = (block for blocks in wording.report.values() for block in blocks)
    for block in (*report, *wording.words.values()):
        places.setdefault((None, block.source), block.place)
    for number, office in enumerate(edition.offices):
        places.setdefault((None, office), edition.place("signatory", "offices", number))
    return places


def _given(authority: Authority | None, value: str) -> Place | None:
    """Where an authority gives a value to one of its inserts."""
    for number, chosen in enumerate(authority.inserts if authority else ()):
        if authority is not None and value in chosen.values:
            return authority.place("inserts", number, chosen.insert, value)
    return None
