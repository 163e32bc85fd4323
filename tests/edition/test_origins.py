"""The file of origins: read as it was written, true after each import, never trusted blindly."""

import json
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from generator.edition.origins import (
    CellOrigin,
    ImportedFile,
    Origins,
    following,
    origins_file,
    origins_json,
    read_origins,
    with_imported,
)
from generator.workspace import EditionFolders
from tests.lineage.conftest import SHA

JUNE, JULY = date(2031, 6, 2), date(2031, 7, 1)
OTHER = SHA[::-1]


def roads(
    value: int, name: str = "a.xlsx", sha: str = SHA, cell: str = "R!B2"
) -> dict[str, dict[str, tuple[int, str, str, str]]]:
    return {"ambridge": {"received.roads": (value, name, sha, cell)}}


def test_the_first_import_is_every_figures_origin() -> None:
    origins = with_imported(Origins(), roads(3), JUNE)

    assert origins.files == (ImportedFile("a.xlsx", SHA, JUNE),)
    found = origins.of("ambridge", "received.roads")
    assert found is not None
    assert (found[0].value, found[0].cell, found[1].imported) == (3, "R!B2", JUNE)
    assert origins.of("ambridge", "received.ponds") is None
    assert origins.of("nobody", "received.roads") is None


def test_the_same_again_changes_nothing() -> None:
    first = with_imported(Origins(), roads(3), JUNE)

    assert with_imported(first, roads(3), JULY) == first


def test_a_spreadsheet_that_was_renamed_has_its_name_of_now() -> None:
    first = with_imported(Origins(), roads(3), JUNE)

    again = with_imported(first, roads(3, "final.xlsx"), JULY)

    assert again.files == (ImportedFile("final.xlsx", SHA, JUNE),)


class Renamed(NamedTuple):
    """An authority as it is named now."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()


THREE = {"received.roads": 3, "received.ponds": 14, "decided.upheld": 1}
FOLLOWED: dict[str, tuple[list[Renamed], Mapping[str, Mapping[str, int]], str]] = {
    "by its name": ([Renamed("a", "Old Name")], {}, "a"),
    "by an alias": ([Renamed("a", "A", ("Old name",))], {}, "a"),
    "by what it was formerly": ([Renamed("a", "A", (), ("old-name",))], {}, "a"),
    "by its figures": ([Renamed("a", "A"), Renamed("b", "B")], {"a": THREE, "b": {}}, "a"),
    "not where two have the name": ([Renamed("a", "Old name"), Renamed("b", "Old name")], {}, ""),
    "not where two have the figures": (
        [Renamed("a", "A"), Renamed("b", "B")],
        {"a": THREE, "b": THREE},
        "",
    ),
    "not where one figure is another": (
        [Renamed("a", "A")],
        {"a": THREE | {"decided.upheld": 2}},
        "",
    ),
    "not where there is nobody": ([], {}, ""),
    "not where it is there itself": ([Renamed("old-name", "B"), Renamed("a", "Old name")], {}, ""),
    "not where the other has its own": ([Renamed("other", "Old name")], {}, ""),
}


@pytest.mark.parametrize(("now", "figures", "expected"), FOLLOWED.values(), ids=FOLLOWED)
def test_the_trail_follows_a_file_that_was_renamed(
    now: list[Renamed], figures: Mapping[str, Mapping[str, int]], expected: str
) -> None:
    cells = {address: CellOrigin(value, 0, "R!B2") for address, value in THREE.items()}
    other = {"received.roads": CellOrigin(9, 0, "R!B9")}
    file = ImportedFile("a.xlsx", SHA, JUNE)
    origins = Origins((file,), {"old-name": cells, "other": other})

    found = following(origins, {a.slug for a in now} | {"other"}, now, figures)

    assert found.figures == {expected or "old-name": cells, "other": other}


def test_of_two_files_that_are_gone_neither_is_followed_into_one() -> None:
    cells = {"received.roads": CellOrigin(3, 0, "R!B2")}
    origins = Origins((ImportedFile("a.xlsx", SHA, JUNE),), {"one": cells, "two": cells})

    found = following(origins, {"a"}, [Renamed("a", "A", ("One", "Two"))], {})

    assert found == origins


def test_a_figure_that_is_the_same_in_a_new_version_keeps_its_origin() -> None:
    first = with_imported(Origins(), roads(3), JUNE)

    assert with_imported(first, roads(3, "b.xlsx", OTHER, "R!B9"), JULY) == first


def test_a_corrected_figure_comes_from_the_new_version() -> None:
    first = with_imported(Origins(), roads(3), JUNE)

    second = with_imported(first, roads(4, "b.xlsx", OTHER), JULY)

    assert second.files == (ImportedFile("b.xlsx", OTHER, JULY),)
    found = second.of("ambridge", "received.roads")
    assert found is not None
    assert found[0].value == 4


def test_others_keep_theirs() -> None:
    first = with_imported(
        Origins(), {**roads(3), "felpersham": {"x.y": (1, "a.xlsx", SHA, "R!B3")}}, JUNE
    )

    second = with_imported(first, roads(4, "b.xlsx", OTHER), JULY)

    assert [file.name for file in second.files] == ["a.xlsx", "b.xlsx"]
    found = second.of("felpersham", "x.y")
    assert found is not None
    assert found[1].name == "a.xlsx"


FIGURES = st.dictionaries(
    st.sampled_from(["ambridge", "felpersham", "o-neill"]),
    st.dictionaries(
        st.sampled_from(["received.roads", "received.ponds", "decided.upheld"]),
        st.tuples(
            st.integers(0, 999_999),
            st.text(min_size=1, max_size=8),
            st.sampled_from([SHA, OTHER]),
            st.text(max_size=8),
        ),
        min_size=1,
    ),
)


@given(FIGURES, FIGURES)
def test_they_are_read_as_they_were_written(
    one: dict[str, dict[str, tuple[int, str, str, str]]],
    other: dict[str, dict[str, tuple[int, str, str, str]]],
) -> None:
    origins = with_imported(with_imported(Origins(), one, JUNE), other, JULY)

    assert TypeAdapter(Origins).validate_json(origins_json(origins)) == origins


def test_an_edition_without_imports_has_none(folders: EditionFolders) -> None:
    assert read_origins(folders) == (Origins(), [])


def test_a_figure_has_a_line_of_its_own_for_those_who_compare_versions() -> None:
    text = origins_json(with_imported(Origins(), roads(3), JUNE)).decode()

    assert '   "received.roads": {"value":3,"file":0,"cell":"R!B2"}\n' in text
    assert json.loads(text)["files"] == [
        {"name": "a.xlsx", "sha256": SHA, "imported": "2031-06-02"}
    ]


DAMAGED = (
    "is damaged, or from another version of this program, so the origins of figures are "
    "not known; restore it from a copy, or delete it and import the spreadsheets again"
)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="nothing"),
        pytest.param("{", id="half of it"),
        pytest.param('{"schema_version": 2}', id="another version"),
        pytest.param(
            '{"figures": {"a": {"x.y": {"value": 1, "file": 0, "cell": "B2"}}}}',
            id="a file that is not listed",
        ),
        pytest.param('{"files": [{"name": "a", "sha256": "x", "imported": "2031-06-02"}]}', id="x"),
        pytest.param("[" * 100_000, id="brackets"),
    ],
)
def test_a_damaged_file_is_a_warning_and_not_believed(
    content: str, folders: EditionFolders
) -> None:
    origins_file(folders).write_text(content)

    origins, (problem,) = read_origins(folders)

    assert origins == Origins()
    assert (problem.message, problem.is_error) == (DAMAGED, False)


def test_one_that_cannot_be_read_says_why(folders: EditionFolders) -> None:
    origins_file(folders).mkdir()

    assert [p.message for p in read_origins(folders)[1]] == ["cannot be read: a folder, not a file"]
