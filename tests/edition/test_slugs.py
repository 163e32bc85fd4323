"""The slug that a name gives."""

import pytest

from generator.edition.values import slug_of

NAMES = {
    "Luton Borough Council": "luton-borough-council",
    "King's Lynn & West Norfolk Borough Council": "kings-lynn-and-west-norfolk-borough-council",
    "King\u2019s Lynn": "kings-lynn",
    "St. Helens M.B.C.": "st-helens-mbc",
    "Stockton-on-Tees": "stockton-on-tees",
    "Cyngor Sir Ynys M\u00f4n": "cyngor-sir-ynys-mon",
    "Ynys Mo\u0302n": "ynys-mon",
    "Brighton&Hove (City), 2nd": "brighton-and-hove-city-2nd",
    "-- A  B --": "a-b",
    ":": "",
}


@pytest.mark.parametrize(("name", "slug"), NAMES.items(), ids=NAMES.values())
def test_the_slug_of_a_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug
