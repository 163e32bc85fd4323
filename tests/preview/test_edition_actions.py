"""An authority is renamed, a figure added, next year begun: by the smallest change of files."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from generator.edition.load import load_data
from generator.files.transaction import write_all
from generator.preview.action_requests import ACTIONS
from generator.preview.actions import ActionRefusedError, Edits, FileAction, OpenedFiles
from generator.preview.desk_sessions import DeskSession
from generator.preview.edition_snapshot import read_edition
from generator.preview.pages import edition_page
from generator.preview.preview_state import PreviewState
from generator.workspace import EditionFolders
from tests.bilingual import BILINGUAL, bilingual
from tests.borsetshire import AMBRIDGE, EDITION, FELPERSHAM, build_tree

SLUG = "ambridge-district-council"
NEW_SLUG = "ambridge-and-loxley-council"
NEW_NAME = "Ambridge and Loxley Council"


def asked_for(folders: EditionFolders, action: str, **asked: Any) -> Edits:
    """What an action does with the plan that is said to have been seen."""
    known = ACTIONS[action]
    assert isinstance(known, FileAction)
    return known.run(OpenedFiles(folders, {}, DeskSession()), known.request.model_validate(asked))


@pytest.fixture
def seen() -> Iterator[None]:
    """Each plan is taken to be the one that was seen."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.preview.planned_actions.require_as_shown", lambda *_: None)
        yield


def refusal(folders: EditionFolders, action: str, **asked: Any) -> list[tuple[str, str]]:
    """Why it cannot be done, and where."""
    with pytest.raises(ActionRefusedError) as refused:
        asked_for(folders, action, **asked)
    return [(problem.where, problem.message) for problem in refused.value.problems]


def texts(edits: Edits) -> dict[str, str | None]:
    """The files that are written, by name; None for one that goes."""
    return {
        path.name: content.decode() if isinstance(content, bytes) else None
        for path, content in edits.contents.items()
        if not path.name.endswith(".schema.json")
    }


@pytest.fixture
def folders(tmp_path: Any) -> EditionFolders:
    return build_tree(tmp_path)


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        ("rename", {"authority": SLUG, "name": NEW_NAME}),
        ("new-edition", {"year": 2032}),
        ("new-column", {"after": "received.roads", "label": "Late"}),
    ],
)
def test_nothing_is_done_but_what_was_shown(
    folders: EditionFolders, action: str, asked: dict[str, object]
) -> None:
    message = (
        "not the plan that you saw: something was saved meanwhile, or that was of another edition; "
        "look at it again"
    )

    for plan in ({}, {"plan": "0" * 64}):
        assert refusal(folders, action, **asked, **plan) == [("plan", message)]


@pytest.mark.usefixtures("seen")
def test_an_authority_is_renamed_with_its_file_and_cannot_be_again(folders: EditionFolders) -> None:
    edits = asked_for(folders, "rename", authority=SLUG, name=f" {NEW_NAME} ")

    assert texts(edits) == {
        f"{NEW_SLUG}.yaml": AMBRIDGE.replace("Ambridge District Council", NEW_NAME)
        + f"aliases: [Ambridge District Council]\nformerly: [{SLUG}]\n",
        f"{SLUG}.yaml": None,
    }
    write_all(edits.contents)
    assert refusal(folders, "rename", authority=SLUG, name=NEW_NAME) == [
        ("", "there is no such authority")
    ]


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Felpersham City Council", "Felpersham City Council is felpersham-city-council"),
        ("Ambridge District Council", "already has this name"),
        ("???", "no letters a-z for a file name"),
    ],
)
def test_a_name_that_cannot_be_had_is_told(
    folders: EditionFolders, name: str, message: str
) -> None:
    [(_, said)] = refusal(folders, "rename", authority=SLUG, name=name)

    assert message in said


@pytest.mark.usefixtures("seen")
def test_next_year_begins_and_cannot_be_begun_again(folders: EditionFolders) -> None:
    edits = asked_for(folders, "new-edition", year=2032)
    write_all(edits.contents)

    new = load_data(EditionFolders(folders.workspace, 2032))
    assert (edits.year, new.problems) == (2032, [])
    assert [len(each.missing()) for each in new.authorities.values()] == [7, 7]
    [(_, said)] = refusal(folders, "new-edition", year=2032)
    assert "data/2032 already exists" in said


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize(
    ("asked", "edition", "ambridge", "felpersham"),
    [
        pytest.param(
            {"after": "received.ponds", "label": "Late replies"},
            ("Ponds and Ducks\n", "Ponds and Ducks\n      late_replies: Late replies\n"),
            ("ponds: 14}", "ponds: 14, late_replies: null}"),
            ("ponds: 0\n", "ponds: 0\n  late_replies: null\n"),
            id="before the sum",
        ),
        pytest.param(
            {"after": "remedied.by_us", "label": "Not: yet"},
            ("by us, by", 'by us, not_yet: "Not: yet", by'),
            ("by_us: 2, by", "by_us: 2, not_yet: null, by"),
            ("by_us: 0\n", "by_us: 0\n  not_yet: null\n"),
            id="in braces, between others",
        ),
        pytest.param(
            {"after": "decided.advice_given", "label": "Closed", "under": "Early decisions"},
            (
                "{label: Advice Given, under: Early decisions}\n",
                "{label: Advice Given, under: Early decisions}\n"
                "      closed: {label: Closed, under: Early decisions}\n",
            ),
            ("advice_given: 1, ", "advice_given: 1, closed: null, "),
            ("advice_given: 2\n", "advice_given: 2\n  closed: null\n"),
            id="below a heading of several",
        ),
    ],
)
def test_a_figure_comes_in_behind_another_and_is_not_yet_supplied(
    folders: EditionFolders,
    asked: dict[str, str],
    edition: tuple[str, str],
    ambridge: tuple[str, str],
    felpersham: tuple[str, str],
) -> None:
    edits = asked_for(folders, "new-column", **asked)

    assert texts(edits) == {
        "edition.yaml": EDITION.replace(*edition),
        f"{SLUG}.yaml": AMBRIDGE.replace(*ambridge),
        "felpersham-city-council.yaml": FELPERSHAM.replace(*felpersham),
    }


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"after": "received.roads", "label": "Ponds"}, "label"),
        ({"after": "received.roads", "label": "2 weeks late"}, "label"),
        ({"after": "received.owls", "label": "Late"}, "after"),
    ],
)
def test_a_figure_that_cannot_be_is_told_at_its_field(
    folders: EditionFolders, asked: dict[str, str], where: str
) -> None:
    assert [place for place, _ in refusal(folders, "new-column", **asked)] == [where]


# --- In several languages ----------------------------------------------------------------------

BOTH = {"en-GB": "Late replies", "cy": "Atebion hwyr"}
LATE = "late_replies: {en-GB: Late replies, cy: Atebion hwyr}"
ROADS = "      roads: {en-GB: Roads, cy: Ffyrdd}\n"


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("label", [BOTH, dict(reversed(BOTH.items()))], ids=["ours", "theirs"])
def test_a_figure_has_its_heading_in_each_language(tmp_path: Any, label: dict[str, str]) -> None:
    """Its key is of the first language of the edition, in whatever order they are given."""
    folders = bilingual(tmp_path)

    edits = asked_for(folders, "new-column", after="received.roads", label=label)

    written = texts(edits)
    expected = BILINGUAL["data/2025/edition.yaml"].replace(ROADS, f"{ROADS}      {LATE}\n")
    assert written["edition.yaml"] == expected
    assert "late_replies: null" in (written["aberwen-council.yaml"] or "")
    write_all(edits.contents)
    for language, heading in BOTH.items():
        data = load_data(folders, language=language)
        assert (data.edition is not None, data.problems) == (True, [])
        labels = [column.label for column in data.edition.columns()] if data.edition else []
        assert heading in labels


@pytest.mark.usefixtures("seen")
def test_a_heading_above_its_neighbours_is_in_each_language_as_well(tmp_path: Any) -> None:
    folders = bilingual(tmp_path)
    under = {"cy": "Mewn pryd", "en-GB": "In time"}

    edits = asked_for(folders, "new-column", after="received.roads", label=BOTH, under=under)

    label, above = "en-GB: Late replies, cy: Atebion hwyr", "en-GB: In time, cy: Mewn pryd"
    said = f"late_replies: {{label: {{{label}}}, under: {{{above}}}}}"
    assert said in (texts(edits)["edition.yaml"] or "")
    write_all(edits.contents)
    for language, heading in under.items():
        data = load_data(folders, language=language)
        assert (data.edition is not None, data.problems) == (True, [])
        columns = data.edition.columns() if data.edition else ()
        assert heading in [column.header_group for column in columns]


EACH = "; write it in each language of the edition: en-GB and cy"


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize(
    ("asked", "where", "message"),
    [
        ({"label": "Late replies"}, "label", f"given once{EACH}"),
        ({"label": {"en-GB": "Late"}}, "label.cy", f"missing{EACH}"),
        ({"label": {"en-GB": "Late", "cy": " "}}, "label.cy", f"missing{EACH}"),
        ({"label": {"cy": "Hwyr"}}, "label.en-GB", f"missing{EACH}"),
        (
            {"label": {**BOTH, "fr": "Retards"}},
            "label.fr",
            "the edition has no such language; remove it",
        ),
        ({"label": BOTH, "under": "In time?"}, "under", f"given once{EACH}"),
        ({"label": BOTH, "under": {"cy": "Mewn pryd?"}}, "under.en-GB", f"missing{EACH}"),
        (
            {"label": {"en-GB": "Late", "cy": "Tai"}},
            "figures.received.figures.late.label",
            "the same label as housing; choose another",
        ),
    ],
)
def test_a_heading_that_is_missing_in_a_language_is_told_and_nothing_is_written(
    tmp_path: Any, asked: dict[str, Any], where: str, message: str
) -> None:
    folders = bilingual(tmp_path)

    assert refusal(folders, "new-column", after="received.roads", **asked) == [(where, message)]


@pytest.mark.usefixtures("seen")
def test_in_one_language_there_is_one_heading(folders: EditionFolders) -> None:
    for label in (BOTH, {"en-GB": "Late"}, {}):
        assert refusal(folders, "new-column", after="received.roads", label=label) == [
            ("label", "given in several languages, but the edition has one; write one heading")
        ]


def test_the_form_has_a_field_for_each_language(tmp_path: Any) -> None:
    desk = PreviewState(bilingual(tmp_path))
    page = edition_page(desk, read_edition(desk.folders))
    desk.close()

    names = re.findall(r'<input id="column-[^"]*" name="([^"]*)"', page)
    assert names == ["label.en-GB", "label.cy", "under.en-GB", "under.cy"]
