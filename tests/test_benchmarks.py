"""The benchmarks run, and measure what they say; how long anything takes is no test."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import desk, shapes, spreadsheets, two_years
from benchmarks.county import (
    authority_name,
    build_county,
    change_shared_paragraph,
    correct_one_figure,
)
from benchmarks.long_runs import growth
from benchmarks.many_letters import MEASUREMENTS, main
from benchmarks.many_letters import measure as measure_many
from benchmarks.one_letter import measure, report
from benchmarks.ours import build
from benchmarks.peers import bare_loop, write_pages
from benchmarks.rounds import (
    BARE_1,
    BARE_2,
    BARE_SEASON,
    BUILD_1,
    BUILD_2,
    CHROMIUM,
    COMPARED,
    CORRECTIONS,
    EACH,
    EACH_SEASON,
    SEASON,
    ratios,
)
from benchmarks.scale import Ratio, Scale, scale_of
from benchmarks.second_year import PAGES, RECORDS, REWORDED, TEXTS, TwoYears, make_two_years
from benchmarks.two_years import EXTRACT, SIDES, STEPS
from generator.comparison.changes import INSERT, WORDING
from generator.edition.authority import Authority
from generator.edition.figure_kind import Quantity
from generator.edition.load import load_data
from generator.edition.predecessors import predecessors_of
from generator.edition.values import slug_of
from generator.letter.letter import LetterSource
from generator.lineage.last_year import find_last_year
from generator.project.load_edition import load_edition
from generator.reports.edition_diff import EditionDiff, compare_edition
from generator.verification.reading import read_files, read_letter
from generator.workspace import EditionFolders
from tests.batch.executors import build as build_here


def test_most_letters_of_a_county_are_made_from_others(tmp_path: Path) -> None:
    found = shapes.measure(load_edition(build_county(tmp_path / "county", 6)))

    assert found.why_in_full == {"it is the first of its shape": 2, "": 4}
    assert found.lines()[0] == "4 of 6 letters were made from another of their shape."
    assert found.seconds[shapes.SHAPE] < found.seconds[shapes.FULL]


@pytest.fixture
def county(tmp_path: Path) -> EditionFolders:
    return build_county(tmp_path / "county", 60)


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


def test_a_correction_changes_one_count_and_its_total(county: EditionFolders) -> None:
    slug = slug_of(authority_name(7))
    before = _figures(load_edition(county).data.authorities[slug])

    correct_one_figure(county, 7, more=5)

    after = _figures(load_edition(county).data.authorities[slug])
    assert load_edition(county).problems == []
    assert {name: after[name] - before[name] for name in before if after[name] != before[name]} == {
        "received.other": 5,
        "received.total": 5,
    }


def _figures(authority: Authority) -> dict[str, Quantity]:
    return {
        f"{group}.{figure.column.id}": figure.value or 0
        for group, figures in authority.figures.items()
        for figure in figures
    }


def test_a_changed_paragraph_stands_in_all_letters_in_place_of_the_change_before(
    county: EditionFolders,
) -> None:
    change_shared_paragraph(county, "Ducks are welcome.")
    change_shared_paragraph(county, "Geese are welcome.")

    loaded = load_edition(county)
    assert loaded.problems == []
    for composed in loaded.letters.values():
        text = "\n".join(block.text for block in composed.letter.blocks)
        assert "performance in handling complaints. Geese are welcome." in text
        assert "Ducks" not in text


def test_the_peers_print_the_same_pages_with_the_styles_inside_or_beside(
    county: EditionFolders, tmp_path: Path
) -> None:
    pages = write_pages(county, tmp_path / "pages")
    style = f"<style>\n{pages.styles.read_text()}</style>\n"

    assert [page.stem for page in pages.styled] == load_edition(county).slugs
    for page in pages.styled:
        assert page.read_text().replace(style, "") == (pages.plain / page.name).read_text()


def test_samples_lie_apart_and_another_round_has_others(
    county: EditionFolders, tmp_path: Path
) -> None:
    pages = write_pages(county, tmp_path / "pages")

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


def test_steps_are_compared_round_by_round_and_the_median_taken() -> None:
    steps = (BUILD_1, BUILD_2, BARE_1, BARE_2, EACH, CHROMIUM)
    seconds = ((20, 10, 16, 8, 100, 5), (40, 20, 40, 16, 200, 10), (30, 10, 10, 5, 100, 6))
    rounds = [dict(zip(steps, map(float, row), strict=True)) for row in seconds]

    assert ratios("cold", rounds, 50) == [
        Ratio(BUILD_1, 2.0, BUILD_2),
        Ratio(BUILD_1, 1.25, BARE_1),
        Ratio(BUILD_2, 1.25, BARE_2),
        Ratio(EACH, 5.0, BUILD_1),
        Ratio(EACH, 10.0, BUILD_2),
        Ratio(BUILD_1, 4.0, CHROMIUM),
        Ratio(BUILD_2, 2.0, CHROMIUM),
    ]


def test_without_a_browser_the_others_are_compared() -> None:
    rounds = [{BUILD_1: 2.0, BUILD_2: 1.0, BARE_1: 1.0, BARE_2: 1.0, EACH: 9.0, CHROMIUM: 0.0}]

    assert CHROMIUM not in {ratio.of for ratio in ratios("cold", rounds, 50)}


def test_in_a_season_the_peers_make_all_letters_again_for_every_correction() -> None:
    rounds = [{BUILD_2: 10.0, CORRECTIONS: 40.0, BARE_2: 5.0, EACH: 100.0}]

    assert ratios("season", rounds, 9) == [
        Ratio(BARE_SEASON, 1.0, SEASON),
        Ratio(EACH_SEASON, 20.0, SEASON),
    ]


def test_growth_is_what_one_more_letter_costs_beside_one_more_of_few() -> None:
    assert growth({50: 3.0, 200: 6.0, 800: 18.0, 3200: 114.0}) == [
        Ratio("one more letter, from 200 to 800", 1.0, "one more letter, from 50 to 200"),
        Ratio("one more letter, from 800 to 3,200", 2.0, "one more letter, from 50 to 200"),
    ]


def test_the_usual_scale_is_that_of_a_year() -> None:
    assert scale_of(400, 2) == Scale(
        letters=400,
        rounds=2,
        sample=10,
        corrections=50,
        marks=[100, 500, 1_000, 2_000],
        sizes=[50, 200, 800, 3_200],
    )


@pytest.mark.thorough
def test_everything_is_measured() -> None:
    scale = Scale(letters=2, rounds=1, sample=1, corrections=1, marks=[1, 2], sizes=[1, 2, 3])

    found = measure_many(list(MEASUREMENTS), scale)

    assert list(found) == list(MEASUREMENTS)
    for name, pairs in COMPARED.items():
        assert [(ratio.what, ratio.of) for ratio in found[name]] == list(pairs)
    assert [ratio.what for ratio in found["memory"]] == ["most memory of a worker in 2 letters"]
    assert [ratio.what for ratio in found["growth"]] == ["one more letter, from 2 to 3"]
    assert all(r.ratio > 0 for name in (*COMPARED, "memory") for r in found[name])


@pytest.mark.thorough
def test_the_command_prints_and_writes_the_same_ratios(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ratios.json"

    main(["--letters", "4", "--rounds", "1", "--only", "changes", "--json", str(file)])

    written = json.loads(file.read_text())
    said = capsys.readouterr().out
    assert (written["letters"], written["rounds"]) == (4, 1)
    assert [ratio["measurement"] for ratio in written["ratios"]] == ["changes"] * 3
    assert said.startswith("changes: the same 4 letters, built again: seconds\n")
    assert _printed(said) == _rounded(written["ratios"])


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
