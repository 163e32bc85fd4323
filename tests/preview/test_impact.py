from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.preview.edition_snapshot import EditionSnapshot, read_edition
from generator.preview.impact import (
    Impact,
    Outlier,
    PageChange,
    PageCount,
    count_pages,
    impact_of,
    outliers,
)
from generator.preview.pages import pages_in_words
from generator.workspace import EditionFolders
from tests.borsetshire import (
    AMBRIDGE,
    EDITION,
    FELPERSHAM,
    INTRODUCTION,
    authority,
    build_tree,
)

A, F = "ambridge-district-council", "felpersham-city-council"


@pytest.fixture
def folders(tmp_path: Path) -> EditionFolders:
    return build_tree(tmp_path)


def _impact(folders: EditionFolders, saves: Mapping[str, str | None]) -> Impact:
    before = read_edition(folders)
    for name, content in saves.items():
        path = folders.workspace.folder / name
        if content is None:
            path.unlink()
        else:
            path.write_text(content)
    return impact_of(before, read_edition(folders, before))


FIGURES = {f"data/2031/authorities/{A}.yaml": AMBRIDGE.replace("ponds: 14", "ponds: 15")}
ADDRESSEE = {f"data/2031/authorities/{A}.yaml": AMBRIDGE.replace("Walter Gabriel", "Jill Archer")}
WORDING = {"templates/2031/sections/introduction.md": f"{INTRODUCTION}\nAnd to thank you.\n"}


@pytest.mark.parametrize(
    ("saves", "changed"),
    [
        ({}, {}),
        ({"data/2031/edition.yaml": f"# A comment.\n{EDITION}"}, {}),
        (FIGURES, {A: ("figures",)}),
        (ADDRESSEE, {A: ("addressee",)}),
        (WORDING, {A: ("wording",), F: ("wording",)}),
        (FIGURES | WORDING, {A: ("figures", "wording"), F: ("wording",)}),
        (
            {"data/2031/edition.yaml": EDITION.replace("2031-07-16", "2031-08-16")},
            {A: ("edition",), F: ("edition",)},
        ),
        ({"templates/letter.css": "p { color: red }\n"}, {A: ("template",), F: ("template",)}),
    ],
)
def test_a_save_changes_letters_in_what_was_saved(
    folders: EditionFolders,
    saves: Mapping[str, str],
    changed: Mapping[str, tuple[str, ...]],
) -> None:
    impact = _impact(folders, saves)

    assert impact == Impact(changed)
    assert bool(impact) == bool(changed)


def test_letters_come_and_go_break_and_are_mended(folders: EditionFolders) -> None:
    new = {"data/2031/authorities/penny-hassett.yaml": authority("Penny Hassett")}
    broken = {f"data/2031/authorities/{A}.yaml": "name: [\n"}
    mended = {f"data/2031/authorities/{A}.yaml": AMBRIDGE}
    gone: dict[str, str | None] = {f"data/2031/authorities/{F}.yaml": None}

    assert _impact(folders, new) == Impact({}, new=("penny-hassett",))
    assert _impact(folders, broken) == Impact({}, broken=(A,))
    assert _impact(folders, mended) == Impact({}, mended=(A,))
    assert _impact(folders, gone) == Impact({}, gone=(F,))


def test_a_figure_that_is_supplied_changes_its_letter(folders: EditionFolders) -> None:
    path = f"data/2031/authorities/{A}.yaml"
    (folders.workspace.folder / path).write_text(AMBRIDGE.replace("ponds: 14", "ponds: null"))

    assert _impact(folders, {path: AMBRIDGE}) == Impact({A: ("figures",)})


def test_kinds_are_said_with_how_many_letters_they_changed_the_most_first() -> None:
    changed = {
        "a": ("wording",),
        "b": ("figures",),
        "c": ("figures", "wording"),
        "d": ("figures",),
    }

    assert Impact(changed).kinds() == [
        ("figures only", 2),
        ("wording only", 1),
        ("figures and wording", 1),
    ]


def test_pages_are_counted_as_far_as_they_are_known(folders: EditionFolders) -> None:
    before = read_edition(folders)
    (folders.sections / "introduction.md").write_text(f"{INTRODUCTION}\nMore.\n")
    after = read_edition(folders, before)
    impact = impact_of(before, after)
    known: dict[str, int] = {}

    def counted() -> PageCount:
        return count_pages(impact, before.keys, after.keys, known.get)

    assert counted() == PageCount(0, 2, ())
    known |= {before.keys[A]: 3, before.keys[F]: 3}
    assert counted() == PageCount(0, 2, ())
    known[after.keys[A]] = 4
    assert counted() == PageCount(1, 2, (PageChange(3, 4, (A,)),))
    known[after.keys[F]] = 4
    assert counted() == PageCount(2, 2, (PageChange(3, 4, (A, F)),))
    known[after.keys[F]] = 2
    assert counted() == PageCount(2, 2, (PageChange(3, 2, (F,)), PageChange(3, 4, (A,))))
    known[after.keys[A]] = known[after.keys[F]] = 3
    assert counted() == PageCount(2, 2, ())
    del known[before.keys[F]]
    assert counted() == PageCount(2, 2, (), 1)
    assert pages_in_words(counted()) == {"grown": ["How many pages 1 had before was not counted."]}


def _county(folder: Path, **letters: str) -> EditionSnapshot:
    ours: dict[str, str | None] = {f"data/2031/authorities/{slug}.yaml": None for slug in (A, F)}
    files = {f"data/2031/authorities/{slug}.yaml": text for slug, text in letters.items()}
    return read_edition(build_tree(folder, ours, files))


def test_letters_that_stand_out_are_named(tmp_path: Path) -> None:
    reading = _county(
        tmp_path,
        a=authority("A"),
        b=authority("B of very many words", decided_not_upheld=0),
        c=FELPERSHAM.replace("Felpersham City Council", "C"),
    )
    pages = {reading.keys["a"]: 3, reading.keys["b"]: 4, reading.keys["c"]: 3}

    found = outliers(reading, pages.get)

    assert [(each.what.partition(":")[0], each.slugs) for each in found] == [
        ("longest text", ("b",)),
        ("shortest text", found[1].slugs),
        ("most pages", ("b",)),
        ("Uphold Rate N/A", ("c",)),
        ("Uphold Rate 100%", ("b",)),
    ]
    assert "b" not in found[1].slugs
    assert found[2] == Outlier("most pages: 4 pages", ("b",))


def test_where_all_are_alike_none_stands_out(tmp_path: Path) -> None:
    reading = _county(tmp_path, a=authority("Ab"), b=authority("Bc"))

    assert outliers(reading, lambda _key: 3) == []


def test_figures_not_supplied_are_no_outliers(tmp_path: Path) -> None:
    gap = AMBRIDGE.replace("upheld: 3", "upheld: null")

    assert outliers(_county(tmp_path, a=gap), lambda _key: None) == []
