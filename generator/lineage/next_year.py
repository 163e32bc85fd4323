"""The files of one year as those of another begin: dates moved on, figures not yet supplied."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from generator.edition.authority import Authority
from generator.edition.edit_yaml import Steps, splice_yaml
from generator.edition.edition import Edition
from generator.problems import Place

NOT_SUPPLIED = "null"


@dataclass(frozen=True)
class LeftOut:
    """Something of the year before that the new edition begins without, and why."""

    place: Place
    what: str


def move_date(date: datetime.date, years: int) -> datetime.date:
    """The same day so many years on; 29 February is the 28th where there is none."""
    try:
        return date.replace(year=date.year + years)
    except ValueError:
        return date.replace(year=date.year + years, day=28)


def edition_text(text: str, before: Edition, year: int) -> str:
    """An `edition.yaml` moved on to `year`; figures of the whole country are not yet supplied.

    Raises `SpliceError` where its text cannot be changed in place.
    """
    years = year - before.year
    values: dict[Steps, str] = {
        ("year",): str(year),
        ("letter_date",): str(move_date(before.letter_date, years)),
        ("period_end",): str(move_date(before.period_end, years)),
    }
    for group, figures in before.national.items():
        values.update({("national", group, column): NOT_SUPPLIED for column in figures})
    return splice_yaml(text, values)


_ONE_YEAR = ("inserts", "declines", "formerly")
"""What an authority's file says of one year's letter alone."""


def authority_text(text: str, before: Edition, year: int) -> str:
    """An authority's file with no figure supplied and no insert chosen, for another year.

    Sums and rates that it states are `null`, too, which leaves them a place to be stated again. The
    line that tells editors the schema names that of the new year. Raises `SpliceError`.
    """
    values: dict[Steps, str] = {(c.group, c.id): NOT_SUPPLIED for c in before.columns()}
    old, new = (f"authority-{number}.schema.json" for number in (before.year, year))
    return "".join(
        line.replace(old, new) if line.lstrip().startswith("# yaml-language-server:") else line
        for line in splice_yaml(text, values, _ONE_YEAR).splitlines(keepends=True)
    )


def left_out_of(authority: Authority) -> list[LeftOut]:
    """What an authority's file of the new year no longer says."""
    left = [LeftOut(c.place, f"inserts: {_said(c.insert, c.values)}") for c in authority.inserts]
    left += [LeftOut(place, f"declines: {name}") for name, place in authority.declines.items()]
    for number, slug in enumerate(authority.formerly):
        left.append(LeftOut(authority.place("formerly", number), f"formerly: {slug}"))
    return left


def _said(insert: str, values: Mapping[str, str]) -> str:
    given = ", ".join(f"{name}: {value}" for name, value in values.items())
    return f"{insert} ({given})" if given else insert
