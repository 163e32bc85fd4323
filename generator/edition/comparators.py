"""Comparators: with what an edition compares the figures of its authorities."""

import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from generator.edition.data_files import FileModel, Steps
from generator.edition.languages import PrintedText
from generator.edition.number_values import Number
from generator.edition.values import (
    ID,
    Id,
    Reads,
    reads_file_name,
    reads_one_of,
    reject,
)
from generator.edition.yaml_tree import YamlScalar, shown
from generator.problems import listed, suggestion


class Average(StrEnum):
    """How figures are averaged; of counts and sums the two are one."""

    POOLED = "pooled"
    """Of rates: the sum of the parts over the sum of the wholes."""
    MEAN = "mean"
    """Of rates: the mean of the rates."""


OWN_KIND = "own_kind"
EVERYONE = "all"
AVERAGES_FILE = r"[a-z0-9]+(-[a-z0-9]+)*\.yaml"


def _read_among(value: Any) -> Any:
    if isinstance(value, YamlScalar):
        if value.text not in {OWN_KIND, EVERYONE}:
            reject(f'found "{shown(value.text)}"; {_EXPECTED_AMONG}')
        return [value.text]
    return reject(f"empty; {_EXPECTED_AMONG}") if value == [] else value


def _read_years_back(value: Any) -> Any:
    if not isinstance(value, YamlScalar) or not re.fullmatch(r"-[1-9]", value.text):
        found = f'found "{shown(value.text)}"; ' if isinstance(value, YamlScalar) else ""
        reject(f"{found}{_EXPECTED_YEAR}")
    return int(value.text)


_EXPECTED_AMONG = "expected own_kind, all, or a list of kinds"
_EXPECTED_YEAR = "expected -1 for the year before, -2 for the one before that, and so on"
_READS_FILE = reads_file_name(
    *(AVERAGES_FILE, "expected a file beside edition.yaml, such as averages.yaml"),
    "a-z, 0-9 and hyphens",
)


class Comparator(FileModel):
    """What figures are compared with: an average (`among`), or an earlier year (`year`)."""

    label: PrintedText | None = Field(None, description="Label of its row in a table.")
    among: Annotated[
        tuple[Id, ...] | None,
        Reads(
            *(_EXPECTED_AMONG, _read_among),
            {
                "anyOf": [
                    {"enum": [OWN_KIND, EVERYONE]},
                    {"type": "array", "minItems": 1, "items": {"pattern": f"^{ID}$"}},
                ]
            },
        ),
    ] = Field(None, description="Authorities to average: own_kind, all, or a list of kinds.")
    kinds: tuple[Id, ...] = Field((), description="With own_kind: the kinds that have an average.")
    average: Annotated[Average, reads_one_of(Average, "average")] | None = Field(
        None, description="How the average is calculated: pooled, or mean (of the rates)."
    )
    places: Number = Field(1, description="Decimal places of the averages of counts.")
    given: Annotated[str | None, _READS_FILE] = Field(
        None,
        description="File of published averages; with `average`, they are checked against it.",
    )
    years_back: Annotated[
        int | None,
        Reads(
            *(_EXPECTED_YEAR, _read_years_back), {"type": "integer", "minimum": -9, "maximum": -1}
        ),
    ] = Field(
        None,
        alias="year",
        description="The authority's own figures of an earlier year, such as -1.",
    )
    not_comparable_with: tuple[Number, ...] = Field(
        (), description="Years not comparable, since figures were counted differently."
    )

    @property
    def is_own_kind(self) -> bool:
        """Whether the average is taken over the authorities of one's own kind."""
        return self.among == (OWN_KIND,)

    def rule(self, year: int) -> str:
        """What it compares the figures of an edition with, in words."""
        if self.years_back is not None:
            return f"as the letter of {year + self.years_back} had it"
        among = self.among or (EVERYONE,)
        members = f"the authorities of kind {listed(among)}"
        if among == (EVERYONE,):
            members = "all authorities"
        elif self.is_own_kind:
            members = "the authorities of its kind"
        how = {None: "average, as given,", Average.POOLED: "pooled average", Average.MEAN: "mean"}
        return f"the {how[self.average]} of {members}"

    @property
    def is_worked_out(self) -> bool:
        """Whether it hangs on the files of other authorities."""
        return self.among is not None and self.average is not None

    def has_average(self, kind: str) -> bool:
        """Whether there is an average for an authority of this kind."""
        return not self.is_own_kind or not self.kinds or kind in self.kinds

    def covers(self, kind: str, own: str) -> bool:
        """Whether one of a kind counts in the average for another that is of the kind `own`."""
        if self.is_own_kind:
            return kind == own
        return self.among == (EVERYONE,) or kind in (self.among or ())


RESERVED_NAMES = {"edition", "authority", "insert", "page", "national"}
"""What names in wording begin with beside those of comparators."""


def wrong_comparators(
    comparators: Mapping[str, Comparator], kinds: Collection[str], year: int
) -> Iterator[tuple[str, Steps]]:
    """What does not fit in an edition's comparators: what is wrong, and the steps to where."""
    for name, each in comparators.items():
        at = ("comparators", name)
        if name in RESERVED_NAMES:
            yield "this name is reserved; choose another", at
        if (each.among is None) == (each.years_back is None):
            found = "neither" if each.among is None else "both"
            yield f"found {found}; expected among (an average) or year (earlier)", at
        elif each.among is None:
            for key in ("average", "given", "kinds"):
                if getattr(each, key):
                    yield "applies only to an average (among); remove it", (*at, key)
        elif each.average is None and each.given is None:
            expected = "average: pooled, average: mean, or given: and a file"
            yield f"missing; expected {expected}", (*at, "average")
        if each.years_back is None and each.not_comparable_with:
            yield "applies only to an earlier year; remove it", (*at, "not_comparable_with")
        if each.kinds and not each.is_own_kind:
            yield "applies only with among: own_kind; remove it", (*at, "kinds")
        yield from _wrong_kinds(each, kinds, at)
        for number, other in enumerate(each.not_comparable_with):
            if other >= year:
                yield f"{other} is not before {year}", (*at, "not_comparable_with", number)


def _wrong_kinds(
    comparator: Comparator, known: Collection[str], at: tuple[str, ...]
) -> Iterator[tuple[str, Steps]]:
    among = comparator.among or ()
    among = () if among in {(OWN_KIND,), (EVERYONE,)} else among
    for key, named in (("among", among), ("kinds", comparator.kinds)):
        for number, kind in enumerate(named):
            if kind in named[:number]:
                yield f'"{kind}" is listed twice; remove one', (*at, key, number)
            elif known and kind not in known:
                yield f'no kind "{shown(kind)}"{suggestion(kind, known)}', (*at, key, number)
