"""What a letter says of earlier years is what the letters of those years said."""

from collections.abc import Mapping
from pathlib import Path

from generator.lineage.earlier_years import load_edition
from generator.problems import errors
from generator.project.load_edition import LoadedEdition
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, FELPERSHAM, STATISTICS, build_tree
from tests.hard_letters import hard_letter

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE, F_FILE = (f"data/2031/authorities/{slug}.yaml" for slug in (A, F))
OLD_FILE = A_FILE.replace("2031", "2030")
PDF = hard_letter("a plain letter").pdf

Files = dict[str, str | bytes | None]

YEAR_BEFORE: Files = {
    path.replace("2031", "2030"): text.replace("2031", "2030")
    for path, text in BORSETSHIRE.items()
    if "2031" in path
}
COMPARED: Files = {
    "data/2031/edition.yaml": EDITION + "comparators:\n  last_year: {year: -1}\n",
    "templates/2031/sections/statistics.md": STATISTICS
    + "\nLast year: {{ last_year.received.roads }}.\n",
}


def load(folder: Path, *files: Mapping[str, str | bytes | None]) -> LoadedEdition:
    return load_edition(build_tree(folder, COMPARED, *files))


def said(loaded: LoadedEdition, slug: str) -> str:
    texts = [block.text for block in loaded.letters[slug].letter.blocks]
    return next(text for text in texts if text.startswith("Last year"))


def unknown(loaded: LoadedEdition, slug: str) -> list[str]:
    return [p.message for p in errors(loaded.problems_of(slug)) if p.kind == "unknown-comparison"]


def test_figures_of_last_year_s_edition_are_named(tmp_path: Path) -> None:
    then: Files = {OLD_FILE: AMBRIDGE.replace("3,", "39,")}

    loaded = load(tmp_path, YEAR_BEFORE, then)

    assert said(loaded, A) == "Last year: 39."
    assert said(loaded, F) == "Last year: 20."


def test_a_letter_that_was_issued_counts_and_not_what_was_corrected_since(tmp_path: Path) -> None:
    corrected: Files = {
        OLD_FILE: AMBRIDGE.replace("3,", "39,"),
        "issued/2030/ambridge-district-council.pdf": PDF,
    }

    assert said(load(tmp_path, YEAR_BEFORE, corrected), A) == "Last year: 3."


def test_a_renamed_authority_is_followed_and_a_new_one_has_nothing(tmp_path: Path) -> None:
    files: Files = {
        A_FILE: None,
        "data/2031/authorities/ambridge-council.yaml": AMBRIDGE.replace("Ambridge District", "New")
        + "formerly: [ambridge-district-council]\n",
        "data/2031/authorities/loxley.yaml": FELPERSHAM.replace("Felpersham City", "Loxley"),
    }

    loaded = load(tmp_path, YEAR_BEFORE, files)

    assert said(loaded, "ambridge-council") == "Last year: 3."
    figure = loaded.data.authorities["loxley"].compared["last_year.received.roads"]
    assert (figure.value, figure.supplied) == (None, True)


def test_of_authorities_that_were_joined_there_is_nothing_to_compare(tmp_path: Path) -> None:
    files: Files = {A_FILE: AMBRIDGE + f"formerly: [{F}, {A}]\n", F_FILE: None}

    figure = load(tmp_path, YEAR_BEFORE, files).data.authorities[A].compared

    assert figure["last_year.received.roads"].value is None


def test_a_figure_that_was_not_supplied_then_is_a_gap(tmp_path: Path) -> None:
    then: Files = {OLD_FILE: AMBRIDGE.replace("3,", "null,")}

    loaded = load(tmp_path, YEAR_BEFORE, then)

    assert said(loaded, A) == "Last year: [?]."
    assert unknown(loaded, A) == [
        "last_year cannot be worked out for received.roads: it would leave a gap"
    ]
    assert unknown(loaded, F) == []


def test_it_is_read_anew_when_last_year_s_files_change(tmp_path: Path) -> None:
    path = tmp_path / OLD_FILE
    assert said(load(tmp_path, YEAR_BEFORE), A) == "Last year: 3."

    path.write_text(AMBRIDGE.replace("roads: 3", "roads: 41"))

    assert said(load_edition(build_tree(tmp_path, COMPARED)), A) == "Last year: 41."


def test_without_last_year_there_is_nothing(tmp_path: Path) -> None:
    loaded = load(tmp_path)

    assert loaded.data.authorities[A].compared["last_year.received.roads"].value is None
    assert not errors(loaded.problems)


def test_where_last_year_cannot_be_read_no_letter_says_that_there_was_nothing(
    tmp_path: Path,
) -> None:
    loaded = load(tmp_path, YEAR_BEFORE, {"data/2030/edition.yaml": "year: 2030\n"})

    assert said(loaded, A) == "Last year: [?]."
    (message,) = unknown(loaded, A)
    assert message.startswith(
        "last_year cannot be worked out for received.roads: it depends on data/2030/edition.yaml "
        "(9 errors, "
    )
