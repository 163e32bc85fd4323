"""On which page a figure stands, read from the letter that was made; or why that is not known."""

from pathlib import Path

import pytest

from generator.edition.origins import Origins
from generator.lineage.figure_provenance import FigureProvenance, find_pages, trail_of
from generator.project.load_edition import load_edition, with_problems_of_drafts
from generator.workspace import EditionFolders
from tests.batch.executors import build
from tests.bilingual import BILINGUAL, A, bilingual
from tests.borsetshire import AMBRIDGE, STATISTICS, build_tree
from tests.charts import STATISTICS_FILE, WITH_CHARTS
from tests.lineage.conftest import A_FILE
from tests.tables import IN_SECTIONS

SLUG = "ambridge-district-council"
LONG = STATISTICS + "".join(
    f"\nWe say so much about duck {n}, {'again ' * 99}.\n" for n in range(20)
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> EditionFolders:
    """A county with one letter of several pages, made."""
    folders = build_tree(
        tmp_path_factory.mktemp("made"),
        {
            "data/2031/authorities/felpersham-city-council.yaml": None,
            "templates/2031/sections/statistics.md": LONG,
        },
    )
    build(load_edition(folders), folders.output())
    return folders


def traced(
    folders: EditionFolders, group: str = "received", id_: str = "total"
) -> FigureProvenance:
    return trail_of(with_problems_of_drafts(load_edition(folders)), Origins(), SLUG, group, id_)


def test_the_page_of_a_table_and_of_a_paragraph(made: EditionFolders) -> None:
    found = find_pages(made.output(), traced(made))

    assert found.doubt == ""
    assert found.pages["statistics/2"] == 1
    assert found.pages["report/5"] > 2
    assert found.path == made.output() / f"pdf/{SLUG}.pdf"


def test_each_table_is_found(made: EditionFolders) -> None:
    last = find_pages(made.output(), traced(made)).pages["report/5"]

    for group, id_ in [("decided", "uphold_rate"), ("remedied", "by_us")]:
        assert set(find_pages(made.output(), traced(made, group, id_)).pages.values()) == {last}


def test_each_place_of_a_figure_that_stands_in_several_tables_is_found(tmp_path: Path) -> None:
    folders = build_tree(tmp_path, IN_SECTIONS)
    build(load_edition(folders), folders.output())

    trail = traced(folders, "decided", "uphold_rate")

    assert [(p.address, p.table, p.number, p.columns, p.header) for p in trail.printed] == [
        ("statistics/5", "What came of it", 4, 5, "Investigations"),
        ("statistics/8", "In short", 2, 2, "Investigations"),
        ("report/9", "labelled", 5, 6, "Investigations"),
    ]
    found = find_pages(folders.output(), trail)
    assert (found.doubt, found.pages) == (
        "",
        {"statistics/5": 1, "statistics/8": 1, "report/9": 2},
    )


def test_of_a_letter_that_was_never_made_no_page_is_known(folders: EditionFolders) -> None:
    found = find_pages(folders.output(), traced(folders))

    assert (found.pages, found.doubt) == ({}, "the letter has not been built yet")


def test_a_figure_that_was_corrected_since_is_said(made: EditionFolders) -> None:
    path = made.workspace.folder / A_FILE
    path.write_text(AMBRIDGE.replace("roads: 3", "roads: 4"))
    try:
        found = find_pages(made.output(), traced(made))
    finally:
        path.write_text(AMBRIDGE)

    assert found.doubt == '"17" is printed there: the letter is out of date; build it again'
    assert "report/5" in found.pages


@pytest.mark.parametrize(
    ("spoil", "doubt"),
    [
        (
            lambda path: path.write_bytes(b"%PDF"),
            "the letter was changed after it was built; build it again",
        ),
        (lambda path: path.unlink(), "the letter no longer exists; build it again"),
    ],
    ids=["changed", "gone"],
)
def test_a_file_that_is_not_as_it_was_made_is_not_believed(
    spoil: object, doubt: str, made: EditionFolders
) -> None:
    path = made.output() / f"pdf/{SLUG}.pdf"
    content = path.read_bytes()
    try:
        assert callable(spoil)
        spoil(path)
        found = find_pages(made.output(), traced(made))
    finally:
        path.write_bytes(content)

    assert (found.pages, found.doubt) == ({}, doubt)


def test_without_a_manifest_that_can_be_read_nothing_is_known(folders: EditionFolders) -> None:
    Path(folders.output()).mkdir(parents=True)
    (folders.output() / "manifest.json").write_text("{")

    assert find_pages(folders.output(), traced(folders)).doubt == "the manifest is damaged"


@pytest.mark.thorough
def test_the_page_of_a_chart_is_found(tmp_path: Path) -> None:
    long = f"{LONG}\n{{{{ chart outcomes }}}}\n\n{{{{ chart rates }}}}\n"
    folders = build_tree(tmp_path, {**WITH_CHARTS, STATISTICS_FILE: long})
    build(load_edition(folders), folders.output())

    trail = traced(folders, "decided", "uphold_rate")
    found = find_pages(folders.output(), trail)

    (chart, table) = (printed.address for printed in trail.printed)
    assert [printed.chart for printed in trail.printed] == ["rates", ""]
    assert 2 < found.pages[chart] < found.pages[table]


@pytest.mark.thorough
def test_a_figure_that_stands_in_words_alone_is_held_against_them(tmp_path: Path) -> None:
    names = [f"templates/2025/sections/the-year{end}" for end in (".md", ".cy.md")]
    more = "\n{{ authority.name }}: {{ authority.facts.residents }}.\n"
    folders = bilingual(tmp_path, {name: BILINGUAL[name] + more for name in names})
    build(load_edition(folders), folders.output())

    def found() -> str:
        loaded = with_problems_of_drafts(load_edition(folders))
        trail = trail_of(loaded, Origins(), A, "facts", "residents")
        return find_pages(folders.output(), trail).doubt

    assert found() == ""
    path = tmp_path / f"data/2025/authorities/{A}.yaml"
    path.write_text(path.read_text().replace("residents: 12480", "residents: 12481"))
    assert found() == "other words are printed there: build the letter again"
