"""The named values that wording may use: their types, what they print, and where they stand."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from generator.letter.variables import (
    Type,
    Value,
    Variable,
    Vocabulary,
    insert_variables,
    variables_of,
)
from generator.problems import Place
from generator.project.load_edition import load_edition
from tests.borsetshire import AMBRIDGE as AMBRIDGE_YAML
from tests.borsetshire import build_tree
from tests.letter.reading import AMBRIDGE, AMBRIDGE_FILE

AUTHORITY = f"{AMBRIDGE}.yaml"
EXPECTED = {
    "edition.year": (Type.YEAR, 2031, "2031", "edition.yaml", 1),
    "edition.signatory.name": (Type.TEXT, "Ida Fairweather", "Ida Fairweather", "edition.yaml", 7),
    "authority.name": (
        Type.TEXT,
        "Ambridge District Council",
        "Ambridge District Council",
        AUTHORITY,
        1,
    ),
    "authority.kind": (Type.TEXT, "council", "council", AUTHORITY, 1),
    "authority.noun": (Type.TEXT, "council", "council", "edition.yaml", 11),
    "authority.addressee.name": (Type.TEXT, "Walter Gabriel", "Walter Gabriel", AUTHORITY, 3),
    "authority.addressee.office": (Type.TEXT, "Chief Executive", "Chief Executive", AUTHORITY, 4),
    "authority.addressee.salutation": (
        Type.TEXT,
        "Walter Gabriel",
        "Walter Gabriel",
        AUTHORITY,
        3,
    ),
    "authority.received.roads": (Type.NUMBER, 3, "3", AUTHORITY, 5),
    "authority.received.ponds": (Type.NUMBER, 14, "14", AUTHORITY, 5),
    "authority.received.total": (Type.NUMBER, 17, "17", None, None),
    "authority.decided.advice_given": (Type.NUMBER, 1, "1", AUTHORITY, 6),
    "authority.decided.not_upheld": (Type.NUMBER, 5, "5", AUTHORITY, 6),
    "authority.decided.upheld": (Type.NUMBER, 3, "3", AUTHORITY, 6),
    "authority.decided.uphold_rate": (Type.PERCENT, 38, "38%", None, None),
    "authority.decided.total": (Type.NUMBER, 9, "9", None, None),
    "authority.remedied.by_us": (Type.NUMBER, 2, "2", AUTHORITY, 7),
    "authority.remedied.by_authority": (Type.NUMBER, 1, "1", AUTHORITY, 7),
}
DATES = {"edition.letter_date": "16 July 2031", "edition.period_end": "31 March 2031"}


def test_every_variable_has_its_type_value_and_print(ambridge: Mapping[str, Variable]) -> None:
    found = {
        name: (f.type, f.value, f.printed) for name, f in ambridge.items() if name not in DATES
    }
    assert found == {name: expected[:3] for name, expected in EXPECTED.items()}


def test_every_written_variable_knows_its_file_and_line(ambridge: Mapping[str, Variable]) -> None:
    written = {name: expected[3:] for name, expected in EXPECTED.items() if expected[3]}
    found = {name: (ambridge[name].place.path.name, ambridge[name].place.line) for name in written}
    assert found == written


def test_the_facts_are_those_of_the_vocabulary(
    ambridge: Mapping[str, Variable], known: Vocabulary
) -> None:
    types = {name: entry.type for name, entry in known.items()}
    assert {name: variable.type for name, variable in ambridge.items()} == types


def test_dates_are_long_unless_a_filter_says_otherwise(ambridge: Mapping[str, Variable]) -> None:
    assert {name: ambridge[name].printed for name in DATES} == DATES
    assert {ambridge[name].type for name in DATES} == {Type.DATE}


def test_a_rate_of_nothing_is_supplied_and_has_no_value(felpersham: Mapping[str, Variable]) -> None:
    variable = felpersham["authority.decided.uphold_rate"]
    assert (variable.value, variable.printed, variable.supplied) == (None, "N/A", True)


def test_a_figure_not_supplied_and_all_that_hangs_on_it_are_gaps(tmp_path: Path) -> None:
    file = AMBRIDGE_YAML.replace("upheld: 3", "upheld: null")
    data = load_edition(build_tree(tmp_path, {AMBRIDGE_FILE: file})).data
    assert data.edition is not None
    variables = variables_of(data.edition, data.authorities[AMBRIDGE])
    gaps = {name: variable.printed for name, variable in variables.items() if not variable.supplied}
    names = ("upheld", "uphold_rate", "total")
    assert gaps == {f"authority.decided.{name}": "[?]" for name in names}


def test_several_names_are_joined_and_the_salutation_is_given(tmp_path: Path) -> None:
    file = AMBRIDGE_YAML.replace(
        "name: Walter Gabriel", "name: [Walter Gabriel, Ned Larkin]\n  salutation: Walter and Ned"
    )
    data = load_edition(build_tree(tmp_path, {AMBRIDGE_FILE: file})).data
    assert data.edition is not None
    variables = variables_of(data.edition, data.authorities[AMBRIDGE])
    assert variables["authority.addressee.name"].printed == "Walter Gabriel and Ned Larkin"
    salutation = variables["authority.addressee.salutation"]
    assert (salutation.printed, salutation.place.line) == ("Walter and Ned", 4)


def test_the_values_of_an_insert_have_the_types_that_it_prints_and_gaps() -> None:
    place = Place(Path("a.yaml"), 9, 5)
    types = {"matter": Type.TEXT, "late": Type.NUMBER, "since": Type.DATE, "paper": Type.TEXT}
    given: dict[str, Value] = {"matter": "drains", "late": 5, "since": date(2031, 5, 1)}
    assert insert_variables(types, given, place, "en-GB") == {
        "insert.matter": Variable(Type.TEXT, "drains", "drains", place),
        "insert.late": Variable(Type.NUMBER, 5, "5", place),
        "insert.since": Variable(Type.DATE, date(2031, 5, 1), "1 May 2031", place),
        "insert.paper": Variable(Type.TEXT, None, "[?]", place, supplied=False),
    }
