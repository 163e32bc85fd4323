from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import build_tree
from tests.checks.neighbours import (
    AMBRIDGE,
    BOROUGH,
    FELPERSHAM,
    MOORS,
    NORTH_WEST,
    PENNY,
    PENNYSHIRE,
    alarms,
    file_of,
    path_of,
)

OTHERS = {
    "place": (AMBRIDGE, "felpersham.gov.uk"),
    "place in capitals": (AMBRIDGE, "FELPERSHAM.GOV.UK"),
    "place under another end": (AMBRIDGE, "felpersham.example"),
    "part of a domain": (AMBRIDGE, "mail.felpersham.gov.uk"),
    "with the sort of authority": (AMBRIDGE, "felpershamcc.gov.uk"),
    "with the sort in full": (AMBRIDGE, "felpershamcitycouncil.gov.uk"),
    "with a hyphen": (AMBRIDGE, "felpersham-council.gov.uk"),
    "city of": (AMBRIDGE, "cityoffelpersham.gov.uk"),
    "several words": (AMBRIDGE, "north-west-pennyshire.gov.uk"),
    "and left out": (AMBRIDGE, "larkspurquickthorn.gov.uk"),
    "the city's, in the county": (PENNYSHIRE, "penny.gov.uk"),
    "the county's, in the city": (PENNY, "pennyshire.gov.uk"),
    "the city's, in the district of the county": (NORTH_WEST, "penny.gov.uk"),
}


@pytest.mark.parametrize("case", OTHERS)
def test_a_domain_that_is_another_authoritys_place_is_an_error(tmp_path: Path, case: str) -> None:
    name, domain = OTHERS[case]
    path = path_of(name)

    found = alarms(tmp_path, {path: file_of(name, email=f"chief@{domain}")})

    assert found == [f"{Path(path).stem}: email-of-another addressee.email"]


def test_it_is_said_whose_domain_it_is(tmp_path: Path) -> None:
    changes = {path_of(AMBRIDGE): file_of(AMBRIDGE, email="a@felpersham.gov.uk")}

    (problem,) = load_edition(build_tree(tmp_path, changes)).problems

    assert problem.line("a.yaml") == (
        "a.yaml:4:10: error: addressee.email: felpersham.gov.uk is the domain of "
        "Felpersham City Council; expected an address of this authority"
    )


SHORT = {
    "first letters and a beginning": (NORTH_WEST, "nwpenns.gov.uk"),
    "first letters of all words": (BOROUGH, "lblq.gov.uk"),
    "first letters of the place": (MOORS, "npmnp.gov.uk"),
}


@pytest.mark.parametrize("case", SHORT)
def test_a_domain_in_short_is_that_of_the_file_whose_name_it_is_short_for(
    tmp_path: Path, case: str
) -> None:
    owner, domain = SHORT[case]
    changes = {
        path_of(owner): file_of(owner, email=f"owner@{domain}"),
        path_of(AMBRIDGE): file_of(AMBRIDGE, email=f"other@{domain}"),
    }

    found = alarms(tmp_path, changes)

    assert found == ["ambridge-district-council: email-of-another addressee.email"]


def test_the_authority_whose_whole_place_it_is_has_the_domain(tmp_path: Path) -> None:
    """ "Penny" is a word of both names, and all of one."""
    changes = {
        path_of(PENNY): file_of(PENNY, email="a@penny.gov.uk"),
        path_of(MOORS): file_of(MOORS, email="b@penny.gov.uk"),
    }

    assert alarms(tmp_path, changes) == [
        f"{Path(path_of(MOORS)).stem}: email-of-another addressee.email"
    ]


MAY_BE_ITS_OWN = {
    "own place": (PENNY, "penny.gov.uk"),
    "own place, longer than another's": (PENNYSHIRE, "pennyshire.gov.uk"),
    "place with another's inside": (NORTH_WEST, "nwpennyshire.gov.uk"),
    "some words of the name": (MOORS, "pennymoors.org.uk"),
    "a word of the name that is another's place": (MOORS, "penny.gov.uk"),
    "in short": (NORTH_WEST, "nwpenns.gov.uk"),
    "first letters": (BOROUGH, "lblq.gov.uk"),
    "shared by two": (AMBRIDGE, "felpersham-ambridge.gov.uk"),
    "nobody's": (AMBRIDGE, "borsetmail.example"),
    "same place, other sort": (AMBRIDGE, "ambridgetown.gov.uk"),
}


@pytest.mark.parametrize("case", MAY_BE_ITS_OWN)
def test_a_domain_that_may_be_its_own_gives_no_alarm(tmp_path: Path, case: str) -> None:
    name, domain = MAY_BE_ITS_OWN[case]

    assert alarms(tmp_path, {path_of(name): file_of(name, email=f"chief@{domain}")}) == []


SHARED = ["felpersham-ambridge.gov.uk", "midambridge.gov.uk", "shared-services.example"]


@pytest.mark.parametrize("domain", SHARED)
def test_two_authorities_may_share_a_domain(tmp_path: Path, domain: str) -> None:
    changes = {
        path_of(AMBRIDGE): file_of(AMBRIDGE, email=f"a@{domain}"),
        path_of(FELPERSHAM): file_of(FELPERSHAM, email=f"f@{domain}"),
    }

    assert alarms(tmp_path, changes) == []


def test_who_leads_two_authorities_may_be_written_to_at_either(tmp_path: Path) -> None:
    said = {"name": "Walter Gabriel"}
    changes = {
        path_of(AMBRIDGE): file_of(AMBRIDGE, **said, email="a@felpersham.gov.uk"),
        path_of(FELPERSHAM): file_of(FELPERSHAM, **said, email="f@felpersham.gov.uk"),
    }

    kinds = {alarm.split()[1] for alarm in alarms(tmp_path, changes)}

    assert kinds == {"addressee-twice"}
