"""Figures of any group, worked out in the order they need, and every mistake in them, at its place.

The figures that are real are those of a unitary authority in 2024, as its ombudsman published them.
"""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.edition.edition import Edition
from generator.edition.figures import Figures
from generator.edition.load import load_data
from generator.edition.operands import Address
from tests.borsetshire import build_tree
from tests.edition.figure_definitions import EDITION_FILE, FIGURES, LUTON, WORLD, problems, read
from tests.examples import few

REAL = {
    "outcomes.uphold_rate": "69%",
    "outcomes.per_100000": "4.0",
    "compliance.rate": "100%",
    "remedies.rate": "33%",
    "facts.population": "225,300",
    "facts.days": "32.6",
}


@pytest.mark.parametrize("name", REAL)
def test_the_figures_of_2024_are_those_published(tmp_path: Path, name: str) -> None:
    assert read(tmp_path).figure(*name.split(".")).printed("en-GB") == REAL[name]


def test_zeros_are_dropped_where_that_is_said(tmp_path: Path) -> None:
    figures = FIGURES.replace("places: 1", "places: 1\n        zeros: drop")
    upheld = read(tmp_path, figures).figure("outcomes", "per_100000")
    more = read(tmp_path, figures, LUTON.replace("upheld: 9", "upheld: 10")).figure(
        "outcomes", "per_100000"
    )

    assert (upheld.printed("en-GB"), upheld.value) == ("4", Decimal("4.0"))
    assert more.printed("en-GB") == "4.4"
    assert more.printed("fr") == "4,4"


def test_a_group_without_a_title_is_no_table(tmp_path: Path) -> None:
    edition = load_data(build_tree(tmp_path, WORLD)).edition
    assert edition is not None

    assert [group.id for group in edition.groups] == ["facts", "outcomes", "compliance", "remedies"]
    assert [group.id for group in edition.titled_groups] == ["outcomes", "compliance", "remedies"]
    assert edition.figures["facts"].name == "Facts"


def test_a_rate_may_be_nothing_and_a_number_never(tmp_path: Path) -> None:
    edition = load_data(build_tree(tmp_path, WORLD)).edition
    assert edition is not None

    assert [".".join(c.address) for c in edition.columns() if c.may_be_nothing] == [
        *("outcomes.uphold_rate", "outcomes.per_100000", "compliance.rate", "remedies.rate")
    ]


CHAIN = """\
  facts: {figures: {population: Residents, days: {label: Days, decimal: 2}}}
  a:
    title: A
    figures:
      most: {label: Most, sum: [b.total, one]}
      one: One
      two: Two
      all: {label: All, sum: all}
  b:
    title: B
    figures:
      three: Three
      total: {label: Total, sum: [three, a.two]}
      share: {label: Share, percent: a.two, of: a.most}
      rate: {label: Rate, quotient: total, by: facts.population, times: 1000, places: 3}
      pace: {label: Pace, quotient: a.most, by: facts.days}
      part: {label: Part, percent: total, of: [a.one, three, a.two]}
"""
COUNT = st.integers(0, 1_000_000_000)
DAYS = st.integers(0, 100_000).map(lambda number: Decimal(number).scaleb(-2))


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("chain")
    files = {EDITION_FILE: WORLD[EDITION_FILE].replace(FIGURES, CHAIN)}
    edition = load_data(build_tree(folder, files)).edition
    assert edition is not None
    return edition


def exact(number: Fraction | int, places: int) -> Decimal:
    """Half up, by the decimal module, which the program does not round with."""
    number = Fraction(number)
    with localcontext() as context:
        context.prec = 60
        unrounded = Decimal(number.numerator) / Decimal(number.denominator)
        return unrounded.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def by_hand(given_: dict[Address, int | Decimal]) -> dict[Address, Decimal | None]:
    """The same figures from exact arithmetic, line by line."""
    one, two, three = (
        int(given_[address]) for address in (("a", "one"), ("a", "two"), ("b", "three"))
    )
    people, days = int(given_["facts", "population"]), Fraction(given_["facts", "days"])
    total = three + two
    most = total + one
    found: dict[Address, Decimal | None] = {
        ("a", "all"): Decimal(one + two),
        ("a", "most"): Decimal(most),
        ("b", "total"): Decimal(total),
        ("b", "share"): exact(Fraction(100 * two, most), 0) if most else None,
        ("b", "rate"): exact(Fraction(1000 * total, people), 3) if people else None,
        ("b", "pace"): exact(most / days, 0) if days else None,
        ("b", "part"): exact(Fraction(100 * total, most), 0) if most else None,
    }
    return found


@given(one=COUNT, two=COUNT, three=COUNT, people=COUNT, days=DAYS)
def test_every_figure_agrees_with_exact_arithmetic(
    chain: Edition, one: int, two: int, three: int, people: int, days: Decimal
) -> None:
    figures: dict[Address, int | Decimal] = {
        ("facts", "population"): people,
        ("facts", "days"): days,
        ("a", "one"): one,
        ("a", "two"): two,
        ("b", "three"): three,
    }
    found = Figures(chain, figures, {})

    right = by_hand(figures)
    assert {address: found[address].value for address in right} == right
    assert all(found[address].supplied for address in right)
    places = {address: found[address].column.kind.places for address in right}
    assert [a for a, n in places.items() if n] == [("b", "rate")]
    assert isinstance(found["b", "rate"].value, Decimal | None)


@given(missing=st.sampled_from([("a", "one"), ("a", "two"), ("b", "three"), ("facts", "days")]))
def test_what_needs_a_figure_that_is_not_supplied_is_not_supplied(
    chain: Edition, missing: Address
) -> None:
    given_ = {c.address: 1 for c in chain.columns() if c.kind.is_given and c.address != missing}
    found = Figures(chain, given_, {})

    for column in chain.columns():
        assert found[column.address].supplied is (missing not in column.sources), column.address


def test_the_value_before_it_is_rounded_is_kept(tmp_path: Path) -> None:
    figures = (
        "  a: {title: A, figures: {one: One, three: Three, "
        "third: {label: Third, percent: one, of: three}}}\n"
    )
    third = read(tmp_path, figures, "a: {one: 1, three: 3}\n").figure("a", "third")

    assert (third.value, third.exact) == (33, Fraction(100, 3))


def definition(new: str, old: str = "sum: [three, a.two]") -> str:
    assert old in CHAIN
    return CHAIN.replace(old, new)


MISTAKES = {
    "an unknown figure of another group": (
        definition("sum: [three, a.two, a.tow]"),
        'edition.yaml:34:49: figures.b.figures.total.sum.3: a has no count "tow"; did you '
        'mean "two"?',
    ),
    "an unknown group": (
        definition("sum: [three, a.two, aa.two]"),
        'edition.yaml:34:49: figures.b.figures.total.sum.3: no group "aa"; did you mean "a"?',
    ),
    "a figure of another group by its name alone": (
        definition("sum: [three, a.two, two]"),
        'edition.yaml:34:49: figures.b.figures.total.sum.3: b has no count "two"; did you '
        'mean "a.two"?',
    ),
    "what is no name": (
        definition("sum: [three, a.two, a.two.x]"),
        "edition.yaml:34:49: figures.b.figures.total.sum.3: found a.two.x; expected a figure, "
        "such as upheld or outcomes.upheld",
    ),
    "the same twice": (
        definition("sum: [three, a.two, b.three]"),
        'edition.yaml:34:49: figures.b.figures.total.sum.3: "b.three" is listed twice; remove one',
    ),
    "a count that is in a sum beside it": (
        definition("sum: [three, a.two, duo]").replace(
            "      three:", "      duo: {label: Duo, sum: [a.two]}\n      three:"
        ),
        "edition.yaml:35:49: figures.b.figures.total.sum.3: a.two and duo both hold a.two, "
        "which would be counted twice; remove one of them",
    ),
    "a rate, which cannot be added up": (
        definition("sum: [three, a.two, late]").replace(
            "      three:", "      late: {label: Late, percent: three, of: three}\n      three:"
        ),
        "edition.yaml:35:49: figures.b.figures.total.sum.3: late is a percentage, which cannot "
        "be added up; expected a count or a sum",
    ),
    "a decimal, which cannot be added up": (
        definition("sum: [one, two, facts.days]", "sum: all"),
        "edition.yaml:29:41: figures.a.figures.all.sum.3: facts.days is a decimal, which cannot "
        "be added up; expected a count or a sum",
    ),
    "a rate that is divided": (
        definition(
            "quotient: share, by: facts.population", "quotient: total, by: facts.population"
        ),
        "edition.yaml:36:37: figures.b.figures.rate.quotient: share is a percentage; expected "
        "a figure other than a rate",
    ),
    "a circle": (
        definition("sum: [three, a.two, a.most]"),
        "edition.yaml:26:13: figures.a.figures.most: needs itself: most needs b.total, which "
        "needs most; take one out",
    ),
    "a figure of itself": (
        definition("sum: [three, a.two, total]"),
        "edition.yaml:34:14: figures.b.figures.total: needs itself; take it out",
    ),
    "a numerator that its whole cannot hold": (
        definition("percent: a.two, of: a.one", "percent: a.two, of: a.most")
        .replace("of: a.one", "of: a.rest")
        .replace("all: {label: All, sum: all}", "rest: {label: Rest, sum: [one]}"),
        "edition.yaml:35:49: figures.b.figures.share.of: a.two is no part of a.rest, so the "
        "rate could be above 100%; expected all counts that make up the whole, a.two too",
    ),
    "a list that lacks the numerator": (
        definition("of: [a.one, a.two]", "of: [a.one, three, a.two]"),
        "edition.yaml:38:47: figures.b.figures.part.of: total is not among them, so the rate "
        "could be above 100%; expected all counts that make up the whole, total too",
    ),
    "a quotient by nothing": (
        definition("quotient: a.most}", "quotient: a.most, by: facts.days}"),
        "edition.yaml:37:7: figures.b.figures.pace.by: missing; a quotient needs two figures, "
        "quotient and by",
    ),
    "for each nought": (
        definition("times: 0", "times: 1000"),
        "edition.yaml:36:73: figures.b.figures.rate.times: found 0; expected per how many, such "
        "as 100000",
    ),
    "too many places": (
        definition("places: 7", "places: 3"),
        "edition.yaml:36:87: figures.b.figures.rate.places: found 7; expected 6 at most",
    ),
    "zeros without places": (
        definition("by: facts.days, zeros: drop", "by: facts.days"),
        "edition.yaml:37:68: figures.b.figures.pace.zeros: there are no decimal places to keep "
        "or drop; remove it",
    ),
    "another way with zeros": (
        definition("places: 3, zeros: drip", "places: 3"),
        'edition.yaml:36:97: figures.b.figures.rate.zeros: unknown way with zeros "drip"; did '
        'you mean "drop"?',
    ),
    "a decimal without places": (
        definition("decimal: 0", "decimal: 2"),
        "edition.yaml:22:73: figures.facts.figures.days.decimal: found 0; expected a number of "
        "decimal places, 1 to 6",
    ),
    "two kinds": (
        definition("decimal: 2, sum: all", "decimal: 2"),
        "edition.yaml:22:50: figures.facts.figures.days: both a sum and a decimal; keep one of "
        "them",
    ),
    "figures and columns": (
        definition("title: B\n    columns: {x: X}", "title: B"),
        "edition.yaml:31:5: figures.b: both figures and columns, which mean the same; put all "
        "below one of them",
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_said_once_at_its_place(tmp_path: Path, case: str) -> None:
    figures, expected = MISTAKES[case]

    found = [line for line in problems(tmp_path, figures, "") if line.startswith("edition.yaml")]

    assert found == [expected]


WRONG_VALUES = {
    "32.65": "found 32.65, which has 2 decimal places; expected 1 at most",
    "32,6": "found 32,6; write 32.6, with a decimal point",
    '"32.6"': 'found the text "32.6"; write the number without quotes',
    "1,032.6": "found 1,032.6; write 1032.6, without thousands separators",
    "-3.2": "found -3.2, which is negative; expected a number such as 32.6, or null if not yet "
    "supplied",
    ".5": "found .5; expected a number such as 32.6, or null if not yet supplied",
    "3e1": "found 3e1; expected a number such as 32.6, or null if not yet supplied",
    "1000000001": "found 1000000001; expected at most 1000000000",
    "many": "found many; expected a number such as 32.6, or null if not yet supplied",
    "": "left blank; expected a number such as 32.6, or null if not yet supplied",
}


@pytest.mark.parametrize("written", WRONG_VALUES)
def test_what_is_no_decimal_is_refused(tmp_path: Path, written: str) -> None:
    given_ = LUTON.replace(
        "{population: 225300, days: 32.6}", f"\n  population: 1\n  days: {written}"
    )

    (found,) = problems(tmp_path, FIGURES, given_)

    assert found.startswith("ambridge-district-council.yaml:7:")
    assert found.endswith(f": facts.days: {WRONG_VALUES[written]}")


@pytest.mark.parametrize(
    ("written", "value"), [("32.6", "32.6"), ("33", "33.0"), ("0", "0.0"), ("1000000000", None)]
)
def test_a_decimal_has_the_places_of_its_kind(
    tmp_path: Path, written: str, value: str | None
) -> None:
    days = read(tmp_path, FIGURES, LUTON.replace("32.6", written)).figure("facts", "days")

    assert str(days.value) == (value or "1000000000.0")


def test_a_figure_not_yet_supplied_leaves_out_what_needs_it(tmp_path: Path) -> None:
    authority = read(tmp_path, FIGURES, LUTON.replace("225300", "null"))

    assert authority.figure("outcomes", "per_100000").printed("en-GB") == "[?]"
    assert [f.column.address for f in authority.missing()] == [("facts", "population")]


ABOVE = {
    "satisfactory: 10": "ambridge-district-council.yaml:8:26: remedies.satisfactory: satisfactory "
    "is 10, more than outcomes.upheld, 9; remedies.rate would be above 100%",
    "satisfactory: 3, rate: 34%": "ambridge-district-council.yaml:8:35: remedies.rate: 34% is "
    "stated, but the figures give 33%; correct one of them",
}


@pytest.mark.parametrize("wrong", ABOVE)
def test_what_the_figures_do_not_bear_out_is_an_error_at_its_line(
    tmp_path: Path, wrong: str
) -> None:
    given_ = LUTON.replace("satisfactory: 3", wrong)

    assert problems(tmp_path, FIGURES, given_) == [ABOVE[wrong]]


@pytest.mark.parametrize("stated", ["4.0", "4", "4.00"])
def test_a_stated_quotient_is_checked(tmp_path: Path, stated: str) -> None:
    given_ = LUTON.replace("upheld: 9", f"upheld: 9, per_100000: {stated}")
    found = problems(tmp_path, FIGURES, given_)

    assert found == (
        []
        if stated != "4.00"
        else [
            "ambridge-district-council.yaml:6:53: outcomes.per_100000: found 4.00, which has 2 "
            "decimal places; expected 1 at most"
        ]
    )
    wrong = LUTON.replace("upheld: 9", "upheld: 9, per_100000: 4.1")
    assert problems(tmp_path, FIGURES, wrong) == [
        "ambridge-district-council.yaml:6:53: outcomes.per_100000: 4.1 is stated, but the figures "
        "give 4.0; correct one of them"
    ]


@settings(deadline=None, max_examples=few())
@given(count=st.integers(999_999, 1_000_000_000))
def test_a_count_goes_to_a_billion(count: int) -> None:
    with TemporaryDirectory() as folder:
        found = read(Path(folder), FIGURES, LUTON.replace("225300", str(count)))

    assert found.figure("facts", "population").printed("en-GB") == f"{count:,}"
