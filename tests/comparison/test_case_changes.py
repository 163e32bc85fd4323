"""Words that another case of a condition has: the rule is why, and the figure it asks for."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.comparison.changes import Change
from generator.comparison.compare import compare_versions
from generator.comparison.edition_context import (
    EditionContext,
    background_of,
    background_of_letters,
)
from generator.letter.letter import Letter
from generator.project.load_edition import LoadedEdition, load_edition
from generator.rendering.record import record_of
from tests.borsetshire import AMBRIDGE as AMBRIDGE_YAML
from tests.borsetshire import BORSETSHIRE, STATISTICS, build_tree
from tests.letter.reading import AMBRIDGE

U = "authority.decided.upheld"
PARAGRAPHS = f"""\
::: when {U} > 2
We upheld many of the complaints that came to us from your part of the county.
::: otherwise
We upheld few of the complaints that came to us from your part of the county.
:::
"""
NOTHING = f"::: when {U} > 2\nThank you for the geese.\n::: otherwise nothing\n:::\n"
TURNED = NOTHING.replace("> 2", "<= 2")
WITHIN = f"We upheld\n[many]{{when={U} > 2}}\n[few]{{otherwise}} of the complaints that came in."


def two_years(folder: Path, then: Mapping[str, str], now: Mapping[str, str]) -> list[LoadedEdition]:
    old = {
        path.replace("2031", "2030"): text.replace("year: 2031", "year: 2030")
        for path, text in {**BORSETSHIRE, **then}.items()
        if "2031" in path
    }
    folders = build_tree(folder, old, now)
    loaded = [load_edition(folders.workspace.edition(2030)), load_edition(folders)]
    assert [each.wording.problems for each in loaded if each.wording] == [[], []]
    return loaded


def context(loaded: LoadedEdition) -> EditionContext:
    assert loaded.edition is not None
    assert loaded.wording is not None
    return background_of(loaded.edition, loaded.wording, loaded.data.authorities)


def letters(loaded: list[LoadedEdition]) -> list[Letter]:
    return [record_of(each.letters[AMBRIDGE].letter) for each in loaded]


def in_words(loaded: list[LoadedEdition]) -> list[Change]:
    before, after = letters(loaded)
    changes = compare_versions(before, after, context(loaded[0]), context(loaded[1]))
    return [c for c in changes if c.cause.name in {"rule", "wording", "insert", "data"}]


def files(words: str, upheld: int) -> dict[str, str]:
    return {
        "templates/2031/sections/statistics.md": f"{STATISTICS}\n{words}\n",
        "data/2031/authorities/ambridge-district-council.yaml": AMBRIDGE_YAML.replace(
            "upheld: 3}", f"upheld: {upheld}}}"
        ),
    }


TOLD = {
    "words-of-another-case": (PARAGRAPHS, ("changed", "many", "few")),
    "a-paragraph-that-went": (NOTHING, ("removed", "Thank you for the geese.", "")),
    "a-paragraph-that-came": (TURNED, ("added", "", "Thank you for the geese.")),
    "words-within": (WITHIN, ("changed", "many", "few")),
}


@pytest.mark.parametrize(("words", "told"), TOLD.values(), ids=TOLD)
def test_a_rule_that_a_figure_turned_is_the_cause(
    tmp_path: Path, words: str, told: tuple[str, str, str]
) -> None:
    (change,) = in_words(two_years(tmp_path, files(words, 3), files(words, 1)))

    assert (change.action, change.removed, change.added) == told
    assert (change.cause.name, change.triggering_value) == ("rule", U)
    assert change.place_before is not None
    assert change.place_after is not None
    assert change.place_before.path.name == "ambridge-district-council.yaml"
    assert change.place_before.path.parent.parent.name == "2030"
    assert change.rule_after is not None
    assert (change.rule_after.path.name, change.rule_after.path.parent.parent.name) == (
        "statistics.md",
        "2031",
    )


def test_a_rule_that_was_rewritten_is_the_cause(tmp_path: Path) -> None:
    now = files(PARAGRAPHS.replace("> 2", "> 7"), 3)
    (change,) = in_words(two_years(tmp_path, files(PARAGRAPHS, 3), now))

    assert (change.cause.name, change.triggering_value) == ("rule", "")
    assert change.place_after is not None
    assert change.place_after.path.name == "statistics.md"
    assert change.place_after.line == STATISTICS.count("\n") + 2


def test_words_that_were_reworded_have_another_cause(tmp_path: Path) -> None:
    now = files(PARAGRAPHS.replace("few of", "hardly any of"), 1)
    changes = in_words(two_years(tmp_path, files(PARAGRAPHS, 3), now))

    assert {change.cause.name for change in changes} == {"wording"}


def test_letters_alone_are_enough_of_last_year(tmp_path: Path) -> None:
    """As with `--against built`, where last year's edition is this one, before an edit."""
    loaded = two_years(tmp_path, files(PARAGRAPHS, 3), files(PARAGRAPHS, 1))
    before, after = letters(loaded)
    changes = compare_versions(before, after, background_of_letters([before]), context(loaded[1]))

    assert ("rule", "many") in [(change.cause.name, change.removed) for change in changes]


def test_words_in_an_insert(tmp_path: Path) -> None:
    insert = {
        "templates/2031/inserts/thanks.md": "---\nplace: statistics\nwhen: edition.year > 9\n---\n"
        + PARAGRAPHS
    }
    loaded = two_years(tmp_path, files("", 3) | insert, files("", 1) | insert)
    (change,) = in_words(loaded)

    assert (change.cause.name, change.removed, change.added) == ("rule", "many", "few")
