"""What letters must print, worked out a second time: from raw YAML, in exact fractions.

It shares nothing with the program. A figure is a fraction, None where there is nothing, and
`Gap` where it is not yet supplied.
"""

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

Number = Fraction | None


class Gap(Exception):
    """A figure is not yet supplied."""


def raw(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


class Year:
    """The edition of a year and its authorities, as their files say them."""

    def __init__(self, folder: Path, year: int) -> None:
        self.edition = raw(folder / f"data/{year}/edition.yaml")
        self.year = year
        files = (folder / f"data/{year}/authorities").glob("*.yaml")
        self.authorities = {path.stem: raw(path) for path in files}
        given = (folder / f"data/{year}").glob("averages.yaml")
        self.averages: dict[str, dict[str, str]] = next(map(raw, given), {})

    def said(self, address: str) -> dict[str, Any]:
        group, id_ = address.split(".")
        figures = self.edition["figures"][group]
        said = (figures.get("figures") or figures["columns"])[id_]
        return said if isinstance(said, dict) else {}

    def members(self, group: str) -> list[str]:
        figures = self.edition["figures"][group]
        ids = figures.get("figures") or figures["columns"]
        return [
            f"{group}.{i}"
            for i in ids
            if not {"sum", "percent", "quotient"} & {*self.said(f"{group}.{i}")}
        ]

    def parts(self, address: str, key: str) -> list[str]:
        named, group = self.said(address).get(key, []), address.split(".")[0]
        if named == "all":
            return self.members(group)
        names = [named] if isinstance(named, str) else named
        return [name if "." in name else f"{group}.{name}" for name in names]

    def exact(self, slugs: list[str], address: str) -> Number:
        """A figure of these authorities together."""
        said, group, id_ = self.said(address), *address.split(".")

        def total(key: str) -> Fraction:
            return sum(
                (self.exact(slugs, part) or Fraction() for part in self.parts(address, key)),
                Fraction(),
            )

        if "sum" in said:
            return total("sum")
        if "percent" in said:
            part, whole = total("percent"), total("of")  # a gap, also where there are too few
            return 100 * part / whole if whole >= int(said.get("at_least", 1)) else None
        if "quotient" in said:
            part, whole = total("quotient"), total("by")
            return int(said["times"]) * part / whole if whole else None
        values = [self.authorities[slug][group][id_] for slug in slugs]
        if "null" in values:
            raise Gap(address)
        return sum(map(Fraction, values), Fraction())

    def average(self, comparator: dict[str, Any], slug: str, address: str) -> Number:
        kind, among = self.authorities[slug]["kind"], comparator["among"]
        if among == "own_kind" and kind not in comparator.get("kinds", [kind]):
            return None
        over = [kind] if among == "own_kind" else among
        slugs = [s for s, a in self.authorities.items() if among == "all" or a["kind"] in over]
        if "given" in comparator:
            group, id_ = address.split(".")
            return Fraction(self.averages[group][id_].rstrip("%"))
        is_rate = {"percent", "quotient"} & {*self.said(address)}
        if is_rate and comparator["average"] == "pooled":
            return self.exact(slugs, address)
        known = [v for s in slugs if (v := self.exact([s], address)) is not None]
        return sum(known, Fraction()) / len(known) if known else None

    def places(self, address: str, *, averaged: bool = False) -> int:
        said = self.said(address)
        is_rate = {"percent", "quotient"} & {*said}
        return int(said.get("places") or said.get("decimal") or (averaged and not is_rate))


def rounded(exact: Fraction, places: int) -> Fraction:
    """Half up."""
    return Fraction((exact * 10**places * 2 + 1) // 2, 10**places)


class ByHand:
    """All that the letters of a year can print of figures, by the names that wording has."""

    def __init__(self, folder: Path, year: int, before: dict[str, str | None]) -> None:
        """`before` says who an authority was the year before, where that is not its own slug."""
        self.now, self.before = Year(folder, year), before
        years = {int(p.name) for p in (folder / "data").iterdir() if p.name.isdigit()}
        self.years = {y: Year(folder, y) for y in years}

    def value(self, slug: str, name: str) -> tuple[Number, int]:
        """A figure, rounded, and how many decimal places it has."""
        if change := re.fullmatch(r"authority\.(.+) \| change\((.+)\)", name):
            own, places = self.value(slug, f"authority.{change[1]}")
            other, more = self.value(slug, f"{change[2]}.{change[1]}")
            return (None if own is None or other is None else own - other), max(places, more)
        whose, address = name.split(".", 1)
        if whose == "authority":
            return self._rounded(self.now.exact([slug], address), self.now.places(address))
        comparator = self.now.edition["comparators"][whose]
        if "year" not in comparator:
            places = self.now.places(address, averaged=True)
            return self._rounded(self.now.average(comparator, slug, address), places)
        then = self.years.get(self.now.year + int(comparator["year"]))
        was = self.before.get(slug, slug)
        broken = str(then.year) in comparator.get("not_comparable_with", []) if then else True
        if then is None or was is None or broken or was not in then.authorities:
            return None, 0
        try:
            return self._rounded(then.exact([was], address), then.places(address))
        except KeyError:
            return None, 0  # the year before had no such figure

    def _rounded(self, exact: Number, places: int) -> tuple[Number, int]:
        return (None if exact is None else rounded(exact, places)), places

    def printed(self, slug: str, name: str) -> str:
        """As a letter prints it, in English; its word for nothing."""
        said = self.now.said(name.split(".", 1)[1].partition(" ")[0])
        try:
            value, places = self.value(slug, name)
        except Gap:
            return "[?]"
        if value is None:
            return str(said.get("none", "N/A"))
        units = abs(value) * 10**places
        digits = str(int(units)).rjust(places + 1, "0")
        whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :]
        text = f"{int(whole):,}" + (f".{decimals}" if places else "")
        return f"{text}%" if "percent" in said and " | " not in name else text
