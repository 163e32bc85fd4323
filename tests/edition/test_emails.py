"""An email address is one address and nothing else."""

from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from generator.edition.people import check_email
from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE, build_tree

ADDRESSES = (
    *(
        "a@b.uk",
        "chief.executive@ambridge.gov.uk",
        "o'neill@ambridge.gov.uk",
        "CEO@AMBRIDGE.GOV.UK",
    ),
    *("first-last_2+letters@mail.west-ambridge.gov.uk", "a@xn--dr-eka.wales", "1@2.example"),
)

WRONG = {
    "no sign": ("ambridge.gov.uk", ""),
    "nobody": ("@ambridge.gov.uk", ""),
    "nowhere": ("walter@", ""),
    "no dot": ("walter@ambridge", ""),
    "dot at the end": ("walter@ambridge.gov.uk.", ""),
    "two dots": ("walter@ambridge..uk", ""),
    "dot before the sign": ("walter.@ambridge.gov.uk", ""),
    "dot to begin with": (".walter@ambridge.gov.uk", ""),
    "comma for a dot": ("walter@ambridge,gov.uk", ""),
    "end of one letter": ("walter@ambridge.gov.u", ""),
    "number for an address": ("walter@10.0.0.1", ""),
    "hyphen at the end of a label": ("walter@ambridge-.gov.uk", ""),
    "no address": ("to be confirmed", ""),
    "space": ("walter gabriel@ambridge.gov.uk", " without spaces"),
    "two": ("a@ambridge.gov.uk; b@ambridge.gov.uk", ", not several"),
    "two with a comma": ("a@ambridge.gov.uk,b@ambridge.gov.uk", ", not several"),
    "two signs": ("walter@@ambridge.gov.uk", ", not several"),
    "display name": ("Walter w <@ambridge.gov.uk>", ", without a name or brackets around it"),
    "look-alike": (
        "walter@ambridge.g\u043ev.uk",
        ' in the letters a-z; "\u043e" is a cyrillic small letter o (U+043E)',
    ),
    "accent": (
        "siân@ambridge.gov.uk",
        ' in the letters a-z; "â" is a latin small letter a with circumflex (U+00E2)',
    ),
    "fullwidth sign": (
        "walter\uff20ambridge.gov.uk",
        ' in the letters a-z; "\uff20" is a fullwidth commercial at (U+FF20)',
    ),
}


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_taken_as_it_stands(text: str) -> None:
    assert check_email(text) == text


@pytest.mark.parametrize("case", WRONG)
def test_what_is_none_is_refused_with_the_reason(case: str) -> None:
    text, hint = WRONG[case]

    with pytest.raises(PydanticCustomError) as refused:
        check_email(text)

    assert refused.value.message() == f'found "{text}"; expected one email address{hint}'


def test_a_long_text_is_refused_soon() -> None:
    with pytest.raises(PydanticCustomError):
        check_email("a." * 50_000 + "@" + "a-" * 50_000)


@pytest.mark.parametrize("text", ["Walter <w@a.gov.uk>", "<w@a.gov.uk>", "mailto:w@a.gov.uk"])
def test_an_address_with_something_around_it_is_to_be_written_alone(text: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        check_email(text)

    assert refused.value.message() == f'found "{text}"; write w@a.gov.uk alone'


def test_it_is_an_error_of_the_file_at_its_place(tmp_path: Path) -> None:
    text = AMBRIDGE.replace("  office", "  email: Walter <w@ambridge.gov.uk>\n  office")
    path = "data/2031/authorities/ambridge-district-council.yaml"

    (problem,) = load_edition(build_tree(tmp_path, {path: text})).problems

    assert problem.line("a.yaml") == (
        'a.yaml:4:10: error: addressee.email: found "Walter <w@ambridge.gov.uk>"; write '
        "w@ambridge.gov.uk alone"
    )
