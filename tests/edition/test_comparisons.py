"""What figures are compared with: averages exact and rounded once, and never nought for nothing."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edition.comparisons import EarlierFigure, EarlierYear
from generator.edition.load import Data, load_data
from tests.borsetshire import EDITION, authority, build_tree

A_FOLDER = "data/2031/authorities"
KINDS = "  council: {noun: council}\n  authority: {noun: authority}\n"
PARK = KINDS + "  park: {noun: park authority}\n"


def county(
    folder: Path,
    comparators: str,
    *,
    files: dict[str, str] | None = None,
    years: EarlierYear | None = None,
    authorities: Mapping[str, str],
) -> Data:
    """Borsetshire with these comparators, and authorities by slug."""
    edition = EDITION.replace(KINDS, PARK) + f"comparators:\n{comparators}"
    named = {f"{A_FOLDER}/{slug}.yaml": text for slug, text in authorities.items()}
    gone = {
        f"{A_FOLDER}/{slug}.yaml": None
        for slug in ("ambridge-district-council", "felpersham-city-council")
    }
    more = files or {}
    folders = build_tree(folder, gone, {"data/2031/edition.yaml": edition}, named, more)
    return load_data(folders, years=None if years is None else {2030: years})


def one(name: str, kind: str, not_upheld: object, upheld: object, roads: object = 3) -> str:
    text = authority(name, decided_not_upheld=not_upheld, received_roads=roads)
    return text.replace("upheld: 3}", f"upheld: {upheld}}}") + f"kind: {kind}\n"


THREE = {
    "one": one("One", "council", 1, 2),
    "two": one("Two", "council", 7, 1, roads=4),
    "three": one("Three", "park", 0, 0, roads=0),
}


def value(data: Data, slug: str, name: str) -> object:
    assert data.problems == []
    figure = data.authorities[slug].compared[name]
    return figure.value if figure.supplied else "not supplied"


def messages(data: Data) -> list[str]:
    return [f"{p.place.path.name}:{p.place.line}: {p.where}: {p.message}" for p in data.problems]


def test_an_average_is_taken_over_one_s_own_kind_and_oneself(tmp_path: Path) -> None:
    data = county(tmp_path, "  similar: {among: own_kind, average: pooled}\n", authorities=THREE)

    assert value(data, "one", "similar.decided.uphold_rate") == 27  # 3 of 11
    assert value(data, "one", "similar.received.roads") == Decimal("3.5")
    assert value(data, "three", "similar.received.roads") == Decimal("0.0")


def test_the_mean_of_rates_is_of_those_that_there_are(tmp_path: Path) -> None:
    data = county(tmp_path, "  everyone: {among: all, average: mean}\n", authorities=THREE)

    assert value(data, "three", "everyone.decided.uphold_rate") == 40  # of 2/3 and 1/8: 39.58


def test_nothing_is_the_average_over_rates_of_nothing(tmp_path: Path) -> None:
    comparators = (
        "  pooled: {among: own_kind, average: pooled}\n  mean: {among: [park], average: mean}\n"
    )
    data = county(tmp_path, comparators, authorities=THREE)

    assert value(data, "three", "pooled.decided.uphold_rate") is None
    assert value(data, "one", "mean.decided.uphold_rate") is None


def test_a_kind_without_an_average_is_compared_with_nothing(tmp_path: Path) -> None:
    comparator = "  similar: {among: own_kind, kinds: [council], average: pooled}\n"
    data = county(tmp_path, comparator, authorities=THREE)

    assert value(data, "three", "similar.received.roads") is None


def test_an_average_waits_for_all_whom_it_is_taken_over(tmp_path: Path) -> None:
    open_ = {**THREE, "two": one("Two", "council", 7, 1, roads="null")}
    data = county(tmp_path, "  similar: {among: own_kind, average: pooled}\n", authorities=open_)

    assert value(data, "one", "similar.received.roads") == "not supplied"
    assert value(data, "one", "similar.decided.uphold_rate") == 27
    assert value(data, "three", "similar.received.roads") == Decimal("0.0")


def test_a_file_that_cannot_be_read_may_be_of_any_kind(tmp_path: Path) -> None:
    broken = {**THREE, "two": "name: Two\n"}
    data = county(tmp_path, "  similar: {among: own_kind, average: pooled}\n", authorities=broken)

    compared = data.authorities["three"].compared["similar.received.roads"]
    assert (compared.value, compared.supplied) == (None, False)
    assert data.comparisons is not None
    paths = data.comparisons.paths("similar", data.authorities["three"])
    assert {path.name for path in paths} == {"two.yaml", "three.yaml"}


GIVEN = """\
council:
  decided: {uphold_rate: 30%}
park: none
"""


def test_an_average_may_be_given(tmp_path: Path) -> None:
    comparator = "  similar: {among: own_kind, kinds: [council, park], given: averages.yaml}\n"
    files = {"data/2031/averages.yaml": GIVEN}
    data = county(tmp_path, comparator, files=files, authorities=THREE)

    assert value(data, "one", "similar.decided.uphold_rate") == 30
    assert value(data, "three", "similar.decided.uphold_rate") is None
    assert value(data, "one", "similar.received.roads") is None


def test_what_is_given_and_what_the_figures_give_are_one(tmp_path: Path) -> None:
    comparator = (
        "  similar: {among: own_kind, kinds: [council, park], "
        "given: averages.yaml, average: pooled}\n"
    )
    files = {"data/2031/averages.yaml": GIVEN}
    wrong = county(tmp_path / "wrong", comparator, files=files, authorities=THREE)
    files = {"data/2031/averages.yaml": GIVEN.replace("30", "27")}
    right = county(tmp_path / "right", comparator, files=files, authorities=THREE)

    assert messages(wrong) == [
        "averages.yaml:2: decided.uphold_rate: 30% is given, but the figures give 27%; "
        "correct one of them"
    ]
    assert value(right, "one", "similar.decided.uphold_rate") == 27


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "counsil: {decided: {uphold_rate: 3}}\npark: none\ncouncil: none\n",
            'averages.yaml:1: counsil: no average for the kind "counsil"; did you mean "council"?',
        ),
        (
            "park: none\n",
            "averages.yaml:1: : council is missing; write council: none if it has ",
        ),
        (
            "park: none\ncouncil: {decided: {uphold_rat: 3}}\n",
            'council.decided.uphold_rat: no figure "uphold_rat"; did you mean "uphold_rate"?',
        ),
        (
            "park: none\ncouncil: {decided: {uphold_rate: many}}\n",
            "found many; expected a number such as 4.6, a rate such as 79%, none or null",
        ),
        (
            "park: {received: {roads: 3}}\ncouncil: {decided: {uphold_rate: 3}}\n",
            "park: decided.uphold_rate missing, which another kind has; write none",
        ),
        ("park: none\ncouncil: 3\n", "found 3; expected figures, one on each line"),
    ],
)
def test_a_mistake_in_the_averages_is_told_at_its_place(
    text: str, expected: str, tmp_path: Path
) -> None:
    comparator = "  similar: {among: own_kind, kinds: [council, park], given: averages.yaml}\n"
    data = county(tmp_path, comparator, files={"data/2031/averages.yaml": text}, authorities=THREE)

    assert any(expected in message for message in messages(data)), messages(data)


def test_an_average_over_nobody_is_told(tmp_path: Path) -> None:
    comparators = (
        "  others: {among: [authority], average: mean}\n  parks: {among: [park], average: mean}\n"
    )
    data = county(tmp_path, comparators, authorities=THREE)

    assert [message.partition(": ")[2] for message in messages(data)] == [
        "comparators.others.among: an average of no authorities: none is of this kind"
    ]


@pytest.mark.parametrize(
    ("comparator", "expected"),
    [
        ("{average: pooled}", "found neither; expected among (an average) or year (earlier)"),
        ("{among: all, year: -1}", "found both; expected among (an average) or year (earlier)"),
        ("{among: all}", "missing; expected average: pooled, average: mean, or given: and a file"),
        ("{among: [pond], average: mean}", 'no kind "pond"; expected one of council, authority'),
        (
            "{among: all, kinds: [park], average: mean}",
            "applies only with among: own_kind; remove it",
        ),
        ("{among: everybody, average: mean}", 'found "everybody"; expected own_kind, all, or a '),
        ("{year: 2030}", 'found "2030"; expected -1 for the year before, -2 for the one before'),
        ("{year: -1, average: mean}", "applies only to an average (among); remove it"),
        ("{year: -1, not_comparable_with: [2031]}", "2031 is not before 2031"),
        ("{among: all, average: median}", 'unknown average "median"'),
        ("{among: all, given: ../a.yaml}", 'found "../a.yaml"; expected a file beside edition'),
    ],
)
def test_a_comparator_that_is_none_is_told(comparator: str, expected: str, tmp_path: Path) -> None:
    data = county(tmp_path, f"  similar: {comparator}\n", authorities=THREE)

    assert any(expected in message for message in messages(data)), messages(data)


def test_a_name_that_has_a_meaning_is_no_comparator_s(tmp_path: Path) -> None:
    data = county(tmp_path, "  authority: {year: -1}\n", authorities=THREE)

    expected = "comparators.authority: this name is reserved; choose another"
    assert any(expected in message for message in messages(data))


def test_where_kinds_are_compared_each_authority_says_its_own(tmp_path: Path) -> None:
    unsaid = {**THREE, "two": one("Two", "council", 7, 1).replace("kind: council\n", "")}
    comparator = "  similar: {among: own_kind, average: pooled}\n"
    data = county(tmp_path / "similar", comparator, authorities=unsaid)
    everyone = county(tmp_path / "all", "  all: {among: all, average: mean}\n", authorities=unsaid)

    assert messages(data) == ["two.yaml:1: kind: missing; expected one of council, authority, park"]
    assert everyone.problems == []


def test_another_year_is_that_of_the_letter_then(tmp_path: Path) -> None:
    then = EarlierYear(
        {
            "one": {
                ("received", "roads"): EarlierFigure("count", 39),
                ("decided", "uphold_rate"): EarlierFigure("count", 3),
            }
        }
    )
    comparators = (
        "  last_year: {year: -1}\n  broken: {year: -1, not_comparable_with: [2030]}\n"
        "  long_ago: {year: -2}\n"
    )
    data = county(tmp_path, comparators, years=then, authorities=THREE)

    assert value(data, "one", "last_year.received.roads") == 39
    assert value(data, "one", "last_year.decided.uphold_rate") is None  # it was counted otherwise
    assert value(data, "one", "broken.received.roads") is None
    assert value(data, "one", "long_ago.received.roads") is None
    assert value(data, "two", "last_year.received.roads") is None


def test_years_that_were_not_looked_up_are_not_supplied(tmp_path: Path) -> None:
    data = county(tmp_path, "  last_year: {year: -1}\n", authorities=THREE)

    assert value(data, "one", "last_year.received.roads") == "not supplied"


def test_national_figures_are_as_published(tmp_path: Path) -> None:
    files = {"data/2031/edition.yaml": EDITION + "national: {received: {total: 17452}}\n"}
    data = load_data(build_tree(tmp_path, files))

    compared = data.authorities["ambridge-district-council"].compared
    assert {name: figure.value for name, figure in compared.items()} == {
        "national.received.total": 17452
    }


COUNTS = st.integers(0, 60)


@given(counts=st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=6), random=st.randoms())
def test_averages_are_exact_and_the_order_of_files_changes_nothing(
    counts: list[tuple[int, int]], random: Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    comparators = (
        "  pooled: {among: own_kind, average: pooled}\n  mean: {among: all, average: mean}\n"
    )
    names = [f"place-{number}" for number in range(len(counts))]
    random.shuffle(names)
    authorities = {
        name: one(name.title(), "council", *pair) for name, pair in zip(names, counts, strict=True)
    }
    data = county(tmp_path_factory.mktemp("county"), comparators, authorities=authorities)

    upheld, whole = sum(u for _, u in counts), sum(n + u for n, u in counts)
    rates = [Fraction(100 * u, n + u) for n, u in counts if n + u]
    pooled = None if whole == 0 else half_up(Fraction(100 * upheld, whole))
    mean = half_up(sum(rates, Fraction()) / len(rates)) if rates else None
    tenths = half_up(Fraction(10 * upheld, len(counts)))
    for name in names:
        assert value(data, name, "pooled.decided.uphold_rate") == pooled
        assert value(data, name, "mean.decided.uphold_rate") == mean
        assert value(data, name, "pooled.decided.upheld") == Decimal(tenths) / 10
    assert all(
        one_ == other
        for one_, other in pairwise(value(data, n, "mean.decided.upheld") for n in names)
    )


def half_up(exact: Fraction) -> int:
    whole, rest = divmod(exact, 1)
    return int(whole) + (rest >= Fraction(1, 2))
