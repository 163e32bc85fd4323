"""The figures of letters at a glance: those that a table of all letters has room for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator

from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.edition.figure_kind import Quantity
from generator.edition.groups import Column
from generator.edition.number_values import read_quantity
from generator.letter.figures_in_letters import typeset
from generator.project.load_edition import LoadedEdition


@dataclass(frozen=True, slots=True)
class OverviewFigure:
    """A figure in a row: its printed text, and the number to sort by (None where there is none)."""

    text: str
    value: Annotated[Quantity | None, BeforeValidator(read_quantity)]


def figures_at_a_glance(edition: Edition) -> tuple[Column, ...]:
    """What an overview shows: the sums and rates of each group; its counts if it has none.

    So that a year with other figures has an overview of its own without a word about it.
    """
    shown: list[Column] = []
    for group in edition.groups:
        worked_out = [column for column in group.columns if not column.kind.is_given]
        shown += worked_out or group.columns
    return tuple(shown)


def header_at_a_glance(column: Column, edition: Edition) -> str:
    """The header of a figure on the overview: its group and its label, as letters print them."""
    return f"{typeset(edition.figures[column.group].name)}: {typeset(column.label)}"


def authority_at_a_glance(authority: Authority, edition: Edition) -> tuple[OverviewFigure, ...]:
    """An authority's figures on the overview, one for each of `figures_at_a_glance`."""
    shown = [authority.figure(column.group, column.id) for column in figures_at_a_glance(edition)]
    return tuple(OverviewFigure(figure.printed(edition.language), figure.value) for figure in shown)


@dataclass(frozen=True, slots=True)
class LetterAtAGlance:
    """What the overview says of one letter, whatever becomes of it."""

    name: str
    """The authority's name; the slug where its file cannot be read."""
    figures: tuple[OverviewFigure, ...]
    """As many as the overview has columns, or none."""
    inserts: tuple[str, ...]


@dataclass(frozen=True)
class EditionAtAGlance:
    """What the overview says of an edition."""

    language: str
    headers: tuple[str, ...]
    """Of the figures, as `header_at_a_glance` words them."""
    letters: Mapping[str, LetterAtAGlance]


def edition_at_a_glance(loaded: LoadedEdition) -> EditionAtAGlance | None:
    """An edition and all its letters; None where its file has an error."""
    edition = loaded.edition
    if edition is None:
        return None
    letters = {}
    for slug in loaded.slugs:
        authority = loaded.authorities.get(slug)
        shown = authority_at_a_glance(authority, loaded.editions[slug]) if authority else ()
        summary = loaded.summary(slug)
        inserts = summary.inserts if summary else ()
        letters[slug] = LetterAtAGlance(loaded.called(slug), shown, inserts)
    headers = tuple(header_at_a_glance(c, edition) for c in figures_at_a_glance(edition))
    return EditionAtAGlance(edition.language, headers, letters)
