"""Lines are put together again as they were before they were broken; figures are known as such."""

import pytest

from generator.external_letters.reference_edition import is_figure, rejoin, value_of
from generator.letter.markup import plain_letters

JOINED = {
    "words": (["a horse", "and a cart"], "a horse and a cart"),
    "a hyphen": (["well-", "established"], "well-established"),
    "a hyphen as PDFium marks it": (["well\x02", "established"], "well-established"),
    "a year": (["in 2017-", "18 we"], "in 2017-18 we"),
    "a hyphen that hangs": (["pre-", "and post-war"], "pre- and post-war"),
    "a dash between words": (["to account –", "complaints"], "to account – complaints"),
    "a dash between figures": (["2017–", "18"], "2017–18"),
    "a slash": (["and/", "or"], "and/or"),
    "a slash in an address": (
        ["www.borsetshire.example/", "ducks"],
        "www.borsetshire.example/ducks",
    ),
    "blank lines": (["a", "", "  ", "b"], "a b"),
}


@pytest.mark.parametrize("what", JOINED)
def test_lines_are_rejoined(what: str) -> None:
    lines, text = JOINED[what]

    assert rejoin(lines) == text


FIGURES = {"0": 0, "17": 17, "1,234": 1234, "65%": 65, "65 %": 65, "N/A": None, "[?]": None}
NO_FIGURES = ["", "Notes", "2017-18", "31/03/2018", "by 2", "1,23", "-"]


@pytest.mark.parametrize("text", FIGURES)
def test_a_figure_is_known_and_its_value(text: str) -> None:
    assert is_figure(text, {"N/A"})
    assert value_of(text) == FIGURES[text]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_other_texts_are_no_figures(text: str) -> None:
    assert not is_figure(text, {"N/A"})
    assert value_of(text) is None


def test_squeezed_texts_are_equal_where_only_breaks_and_quotes_differ() -> None:
    assert plain_letters("the “council’s”\nducks") == plain_letters('the "council\'s" du cks')
