from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import EDITION, build_tree
from tests.checks.neighbours import AMBRIDGE, alarms, file_of, path_of

A_FILE = path_of(AMBRIDGE)
EDITION_FILE = "data/2031/edition.yaml"

OF_ITS_OWN = {
    "greeting": "Dear Mr Gabriel",
    "greeting in capitals": "DEAR MR GABRIEL",
    "greeting twice": "Dear dear Walter Gabriel",
    "greeting with a comma": "Dear, Mr Gabriel",
    "greeting and comma": "Dear Mr Gabriel,",
    "another greeting": "Hello Walter",
    "good morning": "Good morning Walter",
    "my dear": "My dear Gabriel",
    "to": "To Mr Gabriel",
    "for the attention of": "FAO Walter Gabriel",
    "Welsh greeting": "Annwyl Walter Gabriel",
    "comma": "Mr Gabriel,",
    "two commas": "Mr Gabriel,,",
    "colon": "Mr Gabriel:",
    "exclamation mark": "Walter!",
    "full stop": "Mr Gabriel.",
    "semicolon": "Mr Gabriel;",
    "dash": "Mr Gabriel –",
    "fullwidth comma": "Mr Gabriel\uff0c",
    "comma before": ", Mr Gabriel",
}


@pytest.mark.parametrize("salutation", OF_ITS_OWN.values(), ids=OF_ITS_OWN)
def test_a_salutation_brings_no_greeting_and_no_mark(tmp_path: Path, salutation: str) -> None:
    found = alarms(tmp_path, {A_FILE: file_of(AMBRIDGE, salutation=salutation)})

    errors = [alarm for alarm in found if "missing-glyph" not in alarm]
    assert errors == ["ambridge-district-council: salutation-greets addressee.salutation"]


def test_it_is_said_what_is_printed_around_it_and_what_to_remove(tmp_path: Path) -> None:
    changes = {A_FILE: file_of(AMBRIDGE, salutation="Dear Mr Gabriel,")}

    (problem,) = load_edition(build_tree(tmp_path, changes)).problems

    assert problem.line("a.yaml") == (
        "a.yaml:4:15: error: addressee.salutation: "
        'the letter prints "Dear …," around it; remove "Dear"'
    )


def test_a_name_that_is_the_salutation_is_looked_at_too(tmp_path: Path) -> None:
    found = alarms(tmp_path, {A_FILE: file_of(AMBRIDGE, name="Dear Walter Gabriel")})

    assert found == ["ambridge-district-council: salutation-greets addressee.name"]


OTHER_WORDS = {
    "other greeting": ("Greetings, {{ S }}:", "Greetings Mr Gabriel", True),
    "greeting with a title": ("Dear Mr {{ S }},", "Mr Gabriel", True),
    "no greeting": ("{{ S }}", "Dear Mr Gabriel,", False),
    "the salutation is not printed": ("Dear colleague,", "Dear Mr Gabriel,", False),
    "no comma": ("Dear {{ S }}", "Mr Gabriel,", True),
}


@pytest.mark.parametrize("case", OTHER_WORDS)
def test_the_greeting_is_the_editions(tmp_path: Path, case: str) -> None:
    words, salutation, is_wrong = OTHER_WORDS[case]
    words = words.replace("S", "authority.addressee.salutation")
    edition = EDITION.replace("Dear {{ authority.addressee.salutation }},", f"'{words}'")
    changes = {EDITION_FILE: edition, A_FILE: file_of(AMBRIDGE, salutation=salutation)}

    expected = ["ambridge-district-council: salutation-greets addressee.salutation"]
    assert alarms(tmp_path, changes) == (expected if is_wrong else [])


IN_ORDER = {
    "first name": ("Walter Gabriel", "Walter"),
    "short for it": ("Beverley Gabriel", "Bev"),
    "longer than it": ("Bev Gabriel", "Beverley"),
    "title and last name": ("Walter Gabriel", "Mr Gabriel"),
    "knight": ("Sir Walter Gabriel", "Sir Walter"),
    "other apostrophe": ("Walter O'Bucket", "Mr O’Bucket"),
    "without the accent": ("Siân Dŵr", "Ms Dwr"),
    "half of a double name": ("Anne-Marie Custard-Turnip", "Mrs Turnip"),
    "abbreviation at the end": ("Walter Gabriel Jr.", "Mr Gabriel Jr."),
    "letters of honour": ("Walter Gabriel O.B.E.", "Walter Gabriel O.B.E."),
    "called like a greeting": ("To Gabriel", "To Gabriel"),
    "last name like a greeting": ("Walter Dear", "Mr Dear"),
    "councillor": ("Cllr Walter Gabriel", "Councillor Gabriel"),
    "named by the office": ("Chief Executive", "Chief Executive"),
    "initial": ("W. Gabriel", "Mr W. Gabriel"),
}


@pytest.mark.parametrize("case", IN_ORDER)
def test_a_salutation_in_order_gives_no_alarm(tmp_path: Path, case: str) -> None:
    name, salutation = IN_ORDER[case]
    text = file_of(AMBRIDGE, name=name, salutation=salutation)

    assert alarms(tmp_path, {A_FILE: text}) == []


OF_NOBODY = {
    "another's": ("Walter Gabriel", "Dorothy Archer"),
    "only the title is the same": ("Sir Walter Gabriel", "Sir Jethro"),
    "only an initial is the same": ("W. Gabriel", "Mr W. Larkspur"),
    "nobody in particular": ("Walter Gabriel", "Sir or Madam"),
    "beginning of the last name": ("Walter Gabriel", "Mr Gab"),
    "one of two": ("[Walter Gabriel, Ida Fairweather]", "Mr Gabriel and Ms Archer"),
}


@pytest.mark.parametrize("case", OF_NOBODY)
def test_a_salutation_has_a_word_of_each_name(tmp_path: Path, case: str) -> None:
    name, salutation = OF_NOBODY[case]
    changes = {A_FILE: file_of(AMBRIDGE, name=name, salutation=salutation)}

    (problem,) = load_edition(build_tree(tmp_path, changes)).problems

    assert (problem.kind, problem.is_error) == ("salutation-of-nobody", False)
    assert problem.subject == problem.message
    assert salutation in problem.message
