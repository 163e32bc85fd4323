"""A percentage of a small base is never made up: below `at_least`, but its words."""

from pathlib import Path

import pytest

from generator.edition.groups import Column
from generator.edition.load import Data, load_data
from generator.edition.origins import Origins
from generator.lineage.figure_provenance import trail_of
from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE, EDITION, build_tree

SLUG = "ambridge-district-council"
RATE = "percent: upheld, of: [not_upheld, upheld]"
OF_TEN = RATE + ", at_least: 10, none: too few"


def county(folder: Path, rate: str = OF_TEN, own: str = AMBRIDGE, more: str = "") -> Data:
    assert RATE in EDITION
    files = {
        "data/2031/edition.yaml": EDITION.replace(RATE, rate) + more,
        f"data/2031/authorities/{SLUG}.yaml": own,
    }
    return load_data(build_tree(folder, files))


@pytest.mark.parametrize(
    ("not_upheld", "printed"), {0: "too few", 5: "too few", 6: "too few", 7: "30%"}.items()
)
def test_a_rate_of_fewer_is_none(tmp_path: Path, not_upheld: int, printed: str) -> None:
    data = county(tmp_path, own=AMBRIDGE.replace("not_upheld: 5", f"not_upheld: {not_upheld}"))

    figure = data.authorities[SLUG].figure("decided", "uphold_rate")

    assert (figure.printed("en-GB"), figure.supplied) == (printed, True)


def test_unless_it_is_said_a_rate_may_be_of_one(tmp_path: Path) -> None:
    own = AMBRIDGE.replace("not_upheld: 5, upheld: 3", "not_upheld: 1, upheld: 0")

    data = county(tmp_path, RATE, own)

    assert data.authorities[SLUG].figure("decided", "uphold_rate").printed("en-GB") == "0%"


def test_all_of_them_together_may_be_enough(tmp_path: Path) -> None:
    """The pooled rate of eight and of twelve is one of twenty; of the means one has too few."""
    other = "name: Felpersham City Council\naddressee: {name: A B, office: C}\n"
    other += (
        "received: {roads: 1, ponds: 1}\ndecided: {advice_given: 0, not_upheld: 3, upheld: 9}\n"
    )
    files = {
        "data/2031/edition.yaml": EDITION.replace(RATE, OF_TEN)
        + "comparators:\n  pooled: {among: all, average: pooled}\n"
        + "  mean: {among: all, average: mean}\n",
        "data/2031/authorities/felpersham-city-council.yaml": other
        + "remedied: {by_us: 0, by_authority: 0}\n",
    }
    compared = load_data(build_tree(tmp_path, files)).authorities[SLUG].compared

    assert compared["pooled.decided.uphold_rate"].value == 60  # 12 of 20
    assert compared["mean.decided.uphold_rate"].value == 75  # 9 of 12 alone


def test_a_sentence_needs_a_guard_that_there_are_enough(tmp_path: Path) -> None:
    """One investigation is no longer proof of a rate; ten are, and that there is a rate is."""
    name = "authority.decided.uphold_rate"
    for rule, refused in {
        "authority.decided.upheld > 0": 1,
        "authority.decided.upheld > 9": 0,
        f"{name} is known": 0,
    }.items():
        folder = tmp_path / str(len(rule))
        words = f"[We upheld {{{{ {name} }}}}]{{when={rule}}}[Few]{{otherwise}}."
        files = {
            "data/2031/edition.yaml": EDITION.replace(RATE, OF_TEN),
            "templates/2031/sections/statistics.md": f"{words}\n",
        }
        found = [p.message for p in load_edition(build_tree(folder, files)).problems if p.is_error]
        assert len(found) == refused, (rule, found)


WRONG = {
    "nought": (RATE + ", at_least: 0", "found 0; expected the smallest whole, such as 10"),
    "no number": (RATE + ", at_least: few", "found few; expected a whole number"),
    "without a percentage": (
        "at_least: 10",
        "applies only to a percentage (percent, of); remove it",
    ),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, mistake: str) -> None:
    rate, message = WRONG[mistake]

    (problem,) = [p for p in county(tmp_path, rate).problems if p.is_error]

    assert problem.message == message
    assert problem.where == "figures.decided.columns.uphold_rate.at_least"


def test_a_trail_says_from_how_many_on_there_is_one(tmp_path: Path) -> None:
    files = {"data/2031/edition.yaml": EDITION.replace(RATE, OF_TEN)}

    trail = trail_of(
        load_edition(build_tree(tmp_path, files)), Origins(), SLUG, "decided", "uphold_rate"
    )

    assert trail.rule.endswith("half rounded up; none below 10")


class _Cell:
    """A cell that states a percentage."""

    def __init__(self, said: str) -> None:
        self.said = said

    def text(self) -> str:
        return self.said

    def shown(self) -> str:
        return f'"{self.said}"'

    def percents(self) -> set[int]:
        return {int(self.said.rstrip("%"))} if self.said[0].isdigit() else set()


@pytest.mark.parametrize(
    ("said", "wrong"),
    {"38%": "", "too few": "", "39%": '"39%" is stated, but 3 of 8 gives 38%'}.items(),
)
def test_a_spreadsheet_may_state_it_all_the_same(tmp_path: Path, said: str, wrong: str) -> None:
    edition = county(tmp_path).edition
    assert edition is not None
    column: Column = edition.column(("decided", "uphold_rate"))

    found = column.kind.check_cell(_Cell(said), 3, [5, 3], column.none)  # type: ignore[arg-type]  # as much of one as is asked

    assert found.partition(";")[0] == wrong
