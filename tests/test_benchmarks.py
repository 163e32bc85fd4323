"""The benchmarks run, and measure what they say; how long anything takes is no test."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import desk, shapes, spreadsheets, two_years
from benchmarks.__main__ import main
from benchmarks.county import (
    SHAPES,
    Shape,
    authority_name,
    build_county,
    change_shared_paragraph,
    correct_one_figure,
)
from benchmarks.one_letter import measure, report
from benchmarks.ours import build
from benchmarks.peers import TypstFromJson, TypstWithOurLoader, bare_loop, write_pages
from benchmarks.report import Ratio
from benchmarks.rounds import (
    ALONE,
    BARE,
    CHROMIUM,
    COLD,
    EACH,
    FIGURE,
    NOTHING,
    OURS,
    PARAGRAPH,
    SEASON,
    ratios,
)
from benchmarks.second_year import PAGES, RECORDS, REWORDED, TEXTS, TwoYears, make_two_years
from benchmarks.two_years import EXTRACT, SIDES, STEPS
from generator.comparison.changes import INSERT, WORDING
from generator.edition.authority import Authority
from generator.edition.figure_kind import Quantity
from generator.edition.load import load_data
from generator.edition.predecessors import predecessors_of
from generator.edition.values import slug_of
from generator.letter.letter import ComposedBlock, LetterSource
from generator.lineage.earlier_years import load_edition
from generator.lineage.last_year import find_last_year
from generator.plain_text import strip_whitespace
from generator.reports.edition_diff import EditionDiff, compare_edition
from generator.verification.reading import read_files, read_letter
from generator.workspace import EditionFolders
from tests.batch.executors import build as build_here


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> EditionFolders:
    """The county that nobody changes."""
    return build_county(tmp_path_factory.mktemp("county"), 60)


@pytest.mark.thorough
def test_most_letters_of_a_county_are_made_from_others(tmp_path: Path) -> None:
    found = shapes.measure(load_edition(build_county(tmp_path / "county", 6)))

    assert found.why_in_full == {"it is the first of its shape": 2, "": 4}
    assert found.lines()[0] == shapes.in_words(found.why_in_full)


def test_how_many_letters_are_made_from_others_is_said_with_why_not_all() -> None:
    why = Counter({"it is the first of its shape": 2, "": 4})

    assert shapes.in_words(why) == (
        "4 of 6 letters were made from another of their shape; "
        "2 in full (it is the first of its shape)."
    )


@pytest.fixture
def small_county(tmp_path: Path) -> EditionFolders:
    return build_county(tmp_path / "county", 8)


@pytest.mark.thorough
def test_the_cost_of_a_letter_is_measured_step_by_step() -> None:
    medians = measure(1)
    ratios = report(medians)

    assert list(ratios) == [
        "compose",
        "HTML",
        "text",
        "record",
        "PDF, bare",
        "PDF, mended",
        "PDF, mended, with attachments",
        "PDF, from another of its shape",
        "proof, 400 authorities",
    ]
    assert ratios["PDF, bare"] == 1
    assert all(seconds > 0 for seconds in medians.values())


def test_a_county_is_in_order_one_in_ten_has_an_insert_and_all_kinds_of_rates_occur(
    county: EditionFolders,
) -> None:
    loaded = load_edition(county)
    authorities = loaded.data.authorities.values()
    rates = {authority.figure("decided", "uphold_rate").value for authority in authorities}
    totals = [authority.figure("received", "total").value or 0 for authority in authorities]

    assert loaded.problems == []
    assert len(loaded.letters) == 60
    assert sum(bool(composed.inserts) for composed in loaded.letters.values()) == 6
    assert {None, 0, 100} < rates
    assert min(totals) < 10
    assert max(totals) > 300


def test_names_never_run_out() -> None:
    assert len({slug_of(authority_name(number)) for number in range(5_000)}) == 5_000


def test_an_authority_is_the_same_in_a_county_of_any_size(
    county: EditionFolders, tmp_path: Path
) -> None:
    hamlet = build_county(tmp_path / "hamlet", 3)

    paths = list(hamlet.authorities.iterdir())
    assert len(paths) == 3
    for path in paths:
        assert path.read_text() == (county.authorities / path.name).read_text()


def test_a_correction_changes_one_count_and_its_total(small_county: EditionFolders) -> None:
    slug = slug_of(authority_name(7))
    before = _figures(load_edition(small_county).data.authorities[slug])

    correct_one_figure(small_county, 7, more=5)

    loaded = load_edition(small_county)
    after = _figures(loaded.data.authorities[slug])
    assert loaded.problems == []
    assert {name: after[name] - before[name] for name in before if after[name] != before[name]} == {
        "received.other": 5,
        "received.total": 5,
    }


def _figures(authority: Authority) -> dict[str, Quantity]:
    return {".".join(address): figure.value or 0 for address, figure in authority.figures.items()}


def test_a_changed_paragraph_stands_in_all_letters_in_place_of_the_change_before(
    small_county: EditionFolders,
) -> None:
    change_shared_paragraph(small_county, "Ducks are welcome.")
    change_shared_paragraph(small_county, "Geese are welcome.")

    loaded = load_edition(small_county)
    assert loaded.problems == []
    for composed in loaded.letters.values():
        text = "\n".join(block.text for block in composed.letter.blocks)
        assert "performance in handling complaints. Geese are welcome." in text
        assert "Ducks" not in text


@pytest.mark.thorough
def test_the_peers_print_the_same_pages_with_the_styles_inside_or_beside(
    county: EditionFolders, tmp_path: Path
) -> None:
    """Those that are printed as a sample lie apart, and another round has others."""
    pages = write_pages(county, tmp_path / "pages")
    style = f"<style>\n{pages.styles.read_text()}</style>\n"

    assert [page.stem for page in pages.styled] == load_edition(county).slugs
    for page in pages.styled:
        assert page.read_text().replace(style, "") == (pages.plain / page.name).read_text()
    assert pages.sample(3, 0) == [pages.styled[n] for n in (0, 20, 40)]
    assert pages.sample(3, 1) == [pages.styled[n] for n in (1, 21, 41)]


@pytest.mark.thorough
@pytest.mark.processes
def test_a_peer_that_leaves_a_letter_out_is_not_measured(tmp_path: Path) -> None:
    pages = write_pages(build_county(tmp_path / "county", 2), tmp_path / "pages")
    next(pages.plain.iterdir()).unlink()

    with pytest.raises(RuntimeError, match=r"^1 PDFs made of 2$"):
        bare_loop(pages, 1)


@pytest.mark.thorough
@pytest.mark.processes
def test_a_build_that_does_not_write_what_it_should_is_not_measured(tmp_path: Path) -> None:
    county = build_county(tmp_path, 2)
    build_here(load_edition(county), county.output())
    correct_one_figure(county, 0, more=1)

    with pytest.raises(RuntimeError, match=r"^letters build wrote 1 letters; expected 2$"):
        build(county, 1, expected=2)


def test_steps_are_compared_with_the_bare_loop_of_their_round_and_the_median_taken() -> None:
    rounds = [
        {(COLD, BARE): bare, (COLD, OURS): ours, (FIGURE, OURS): 1.0, (ALONE, BARE): 0.5}
        for bare, ours in ((10.0, 4.0), (20.0, 6.0), (10.0, 5.0))
    ]

    found = ratios(rounds, 10)

    assert found[COLD, OURS] == 0.4
    assert found[COLD, BARE] == 1
    assert found[FIGURE, OURS] == 0.1
    assert found[SEASON, OURS] == 1.4


def test_what_was_done_in_the_first_round_alone_is_compared_with_the_bare_loop_of_that() -> None:
    rounds = [{(COLD, BARE): 10.0, (COLD, EACH): 80.0}, {(COLD, BARE): 20.0}]

    found = ratios(rounds, 1)

    assert found[COLD, EACH] == 8
    assert found[NOTHING, EACH] == 8


def test_in_a_season_a_loop_makes_all_letters_again_for_every_correction() -> None:
    found = ratios([{(COLD, BARE): 5.0, (COLD, EACH): 50.0, (COLD, CHROMIUM): None}], 9)

    assert found[SEASON, BARE] == 10
    assert found[SEASON, EACH] == 100
    assert found[NOTHING, EACH] == 10
    assert not [key for key in found if CHROMIUM in key]


@pytest.mark.thorough
@pytest.mark.processes
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.title)
def test_each_peer_sets_the_words_of_our_letters(shape: Shape, tmp_path: Path) -> None:
    """Typst's letters say what ours say: the same words in the same order, all but page numbers."""
    county = build_county(tmp_path / "county", 2, shape)
    loaded = load_edition(county)
    assert loaded.problems == []
    TypstWithOurLoader(county, tmp_path / "typst", 1).from_nothing()

    for slug, composed in loaded.letters.items():
        pdf = (tmp_path / f"typst/pdf/{slug}.pdf").read_bytes()
        printed = "".join(re.sub(r"\d+ / 3\s*$", "", page.text) for page in read_letter(pdf).pages)
        assert _counted(printed) == _counted(_spoken(composed.letter.blocks))


def _spoken(blocks: Sequence[ComposedBlock]) -> str:
    """All words of a letter as they stand on paper: of a chart those that are drawn."""
    return " ".join(
        block.table.words if block.table else block.chart.words if block.chart else block.text
        for block in blocks
    )


def _counted(words: str) -> Counter[str]:
    return Counter(strip_whitespace(words))


@pytest.mark.processes
def test_a_make_rule_sets_again_what_is_newer_and_nothing_else(tmp_path: Path) -> None:
    typst = TypstFromJson(build_county(tmp_path / "county", 3), tmp_path / "typst", 1)
    if typst.from_nothing() is None:
        pytest.skip("no make")
    pdfs = sorted((tmp_path / "typst/pdf").iterdir())
    before = [path.stat().st_mtime_ns for path in pdfs]

    typst.again([])
    assert [path.stat().st_mtime_ns for path in pdfs] == before

    typst.again([typst.data[1]])
    changed = [path.stat().st_mtime_ns != old for path, old in zip(pdfs, before, strict=True)]
    assert changed == [path.stem == typst.data[1].stem for path in pdfs]


@pytest.mark.thorough
def test_everything_is_measured_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "performance.md"

    main(["--letters", "4", "--rounds", "1", "--sizes", "4", "5", "--write", str(file)])

    written = file.read_text()
    assert capsys.readouterr().out == written
    for shape in SHAPES:
        assert f"\n## 4 letters: {shape.title}\n" in written
    for what in (COLD, NOTHING, FIGURE, PARAGRAPH):
        rows = re.findall(rf"^\| {what} \| ([0-9.]+) \| 1\.00 \|", written, re.MULTILINE)
        assert len(rows) == len(SHAPES)
    assert re.search(r"^\| `letters verify` \| [0-9.]+ \|$", written, re.MULTILINE)
    five = r"^\| 5 \| [0-9.]+ \| [1-9][0-9]+ \| [1-9][0-9]+ \|$"
    assert re.search(five, written, re.MULTILINE)


def _printed(said: str) -> list[tuple[str, str, str]]:
    return re.findall(r"^  (\S.*)\n +([0-9.]+) times (.*)$", said, re.MULTILINE)


def _rounded(written: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(r["what"], f"{r['ratio']:.3f}", r["of"]) for r in written]


def test_too_few_letters_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--letters", "3"])

    assert "at least 4 letters and one round" in capsys.readouterr().err


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> TwoYears:
    return make_two_years(tmp_path_factory.mktemp("years"), 2)


def _compared(years: TwoYears, side: str) -> EditionDiff:
    loaded, against = load_edition(years.this_year, draft=True), years.against[side]
    last_year = find_last_year(years.this_year.workspace, years.this_year.year, against, loaded)
    return compare_edition(loaded, loaded.slugs, last_year, against)


@pytest.mark.thorough
@pytest.mark.processes
def test_the_second_year_is_in_order_and_every_figure_is_supplied(years: TwoYears) -> None:
    before = load_edition(years.this_year.workspace.edition(years.this_year.year - 1))
    after = load_edition(years.this_year)

    assert after.problems == []
    assert after.slugs == before.slugs
    for slug in after.slugs:
        then, now = (side.data.authorities[slug] for side in (before, after))
        assert now.addressee == then.addressee
        assert _figures(now) != _figures(then)


@pytest.mark.thorough
@pytest.mark.processes
def test_the_second_year_is_reworded_in_all_letters_and_an_insert_is_gone(years: TwoYears) -> None:
    comparison = _compared(years, RECORDS).comparison
    reworded = [shared for shared in comparison.shared if shared.change.cause is WORDING]
    inserts = [shared for shared in comparison.shared if shared.change.cause is INSERT]

    assert {shared.change.part for shared in reworded} == {Path(name).stem for name in REWORDED}
    assert all(
        shared.slugs == tuple(sorted(load_edition(years.this_year).slugs)) for shared in reworded
    )
    assert [shared.slugs for shared in inserts] == [(slug_of(authority_name(0)),)]


@pytest.mark.thorough
@pytest.mark.processes
def test_the_stripped_pdfs_say_the_same_and_carry_nothing(years: TwoYears) -> None:
    made, stripped = (sorted(years.pdfs[side].iterdir()) for side in (RECORDS, PAGES))

    assert len(made) == 2
    for with_record, without in zip(made, stripped, strict=True):
        letters = [read_letter(path.read_bytes()) for path in (with_record, without)]
        assert [page.text for page in letters[0].pages] == [page.text for page in letters[1].pages]
        assert read_files(with_record.read_bytes())[0]
        assert read_files(without.read_bytes())[0] == {}


@pytest.mark.thorough
@pytest.mark.processes
def test_whatever_last_years_letters_are_read_from_the_same_work_is_measured(
    years: TwoYears,
) -> None:
    found = {
        side: [
            (compared.slug, change.cause, change.action, change.part)
            for compared in _compared(years, side).comparison.letters
            for change in compared.changes
        ]
        for side in SIDES
    }

    assert found[PAGES] == found[RECORDS]
    assert found[TEXTS] == found[RECORDS]


@pytest.mark.thorough
@pytest.mark.processes
def test_letters_read_from_anything_else_are_not_measured(years: TwoYears) -> None:
    with pytest.raises(RuntimeError, match=r"^2 letters compared, 0 of them as they should be;"):
        two_years.check(_compared(years, TEXTS), LetterSource.RECORD, 2)


def test_a_step_is_compared_with_the_extraction_of_its_own_round_and_the_median_taken() -> None:
    taken = [
        dict.fromkeys(STEPS, seconds) | {EXTRACT: of} for seconds, of in [(4, 2), (9, 3), (8, 1)]
    ]

    found = two_years.ratios([dict.fromkeys(SIDES, seconds) for seconds in taken])

    assert found == {side: [Ratio(step, 3.0, EXTRACT) for step in STEPS] for side in SIDES}


@pytest.mark.thorough
def test_the_comparison_of_two_years_prints_and_writes_the_same_ratios(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ratios.json"

    two_years.main(["--letters", "4", "--rounds", "1", "--json", str(file)])

    written = json.loads(file.read_text())["ratios"]
    said = capsys.readouterr().out
    assert [(r["measurement"], r["what"]) for r in written] == [
        (a, b) for a in SIDES for b in STEPS
    ]
    assert _printed(said) == _rounded(written)
    assert all(ratio["ratio"] >= 0 for ratio in written)
    last = said.splitlines()[-1]
    assert last.startswith("For information: letters diff against the records took ")


@pytest.mark.thorough
def test_the_cost_of_spreadsheets_is_measured_step_by_step_and_all_of_it_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ratios.json"

    spreadsheets.main(["--letters", "4", "--rounds", "1", "--json", str(file)])

    written = json.loads(file.read_text())["ratios"]
    said = capsys.readouterr().out
    assert [(r["measurement"], r["what"]) for r in written] == [
        (side, step) for side, steps in spreadsheets.STEPS.items() for step in steps
    ]
    assert _printed(said) == _rounded(written)
    assert all(ratio["ratio"] >= 0 for ratio in written)
    last = said.splitlines()[-1]
    assert last.startswith("For information: letters import --apply took ")


@pytest.mark.thorough
def test_a_save_is_followed_on_the_desk_until_all_of_it_is_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ratios.json"

    desk.main(["--letters", "4", "--rounds", "2", "--json", str(file)])

    written = json.loads(file.read_text())
    lines = capsys.readouterr().out.splitlines()
    assert [(ratio["what"], ratio["of"]) for ratio in written["ratios"]] == list(desk.OF.items())
    assert all(ratio["ratio"] >= 0 for ratio in written["ratios"])
    assert [line.split(" ms  ")[1].partition(": ")[0] for line in lines] == [
        desk.PREPARE,
        desk.BARE,
        *desk.OF,
    ]


@pytest.mark.thorough
@pytest.mark.processes
def test_a_round_in_which_an_authority_was_lost_is_not_measured(tmp_path: Path) -> None:
    year = spreadsheets.make_year(tmp_path, 4)

    with pytest.raises(RuntimeError, match=r"^4 authorities were imported; expected 5$"):
        spreadsheets.measure(replace(year, letters=5), 1)


def test_the_year_that_is_checked_has_a_rule_and_a_year_before(tmp_path: Path) -> None:
    year = spreadsheets.make_year(tmp_path, 4)

    loaded = load_edition(year.full)
    assert loaded.edition is not None
    assert loaded.edition.outliers is not None
    before = load_data(year.full.workspace.edition(loaded.edition.year - 1)).authorities
    assert len(predecessors_of(loaded.data.authorities.values(), before)) == 4
