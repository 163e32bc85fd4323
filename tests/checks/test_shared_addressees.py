from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import build_tree
from tests.checks.neighbours import AMBRIDGE, FELPERSHAM, alarms, file_of, path_of

A_FILE, F_FILE = path_of(AMBRIDGE), path_of(FELPERSHAM)
A, F = "ambridge-district-council", "felpersham-city-council"

SAME = {
    "to the letter": "Walter Gabriel",
    "in capitals": "WALTER GABRIEL",
    "with a title": "Sir Walter Gabriel",
    "with an accent": "Wálter Gabriel",
    "with a full stop": "Walter. Gabriel",
    "as one of two": "[Dorothy Adamson, Walter Gabriel]",
}


@pytest.mark.parametrize("name", SAME.values(), ids=SAME)
def test_one_person_in_two_files_is_a_warning_in_both(tmp_path: Path, name: str) -> None:
    both = "Dorothy Adamson and Walter Gabriel"
    said = {"name": name, "salutation": both} if "[" in name else {"name": name}

    found = alarms(tmp_path, {F_FILE: file_of(FELPERSHAM, **said)})

    assert found == [f"{A}: addressee-twice addressee.name", f"{F}: addressee-twice addressee.name"]


def test_the_other_file_is_named(tmp_path: Path) -> None:
    changes = {F_FILE: file_of(FELPERSHAM, name="Walter Gabriel")}

    problems = load_edition(build_tree(tmp_path, changes)).problems

    assert [p.line(p.place.path.stem) for p in problems] == [
        f"{A}:3:9: warning: addressee.name: Walter Gabriel is also the addressee in {F}.yaml",
        f"{F}:3:9: warning: addressee.name: Walter Gabriel is also the addressee in {A}.yaml",
    ]


def test_of_many_files_only_some_are_named(tmp_path: Path) -> None:
    names = [f"Parish {number} Council" for number in range(6)]
    files = {path_of(name): file_of(name, name="Walter Gabriel") for name in names}

    problems = load_edition(build_tree(tmp_path, files, {A_FILE: None})).problems

    assert problems[0].message.partition("in ")[2] == (
        "parish-1-council.yaml, parish-2-council.yaml, parish-3-council.yaml and 2 more"
    )


NOT_ONE_PERSON = {
    "the same last name": "Ida Gabriel",
    "the other way round": "Gabriel Walter",
    "the office in place of the name": "Chief Executive",
}


@pytest.mark.parametrize("name", NOT_ONE_PERSON.values(), ids=NOT_ONE_PERSON)
def test_two_people_are_two(tmp_path: Path, name: str) -> None:
    other = "Walter Gabriel" if name != "Chief Executive" else name
    changes = {A_FILE: file_of(AMBRIDGE, name=other), F_FILE: file_of(FELPERSHAM, name=name)}

    assert alarms(tmp_path, changes) == []


@pytest.mark.parametrize("email", ["post@letters.example", "POST@Letters.example"])
def test_one_email_address_in_two_files_is_an_error_in_both(tmp_path: Path, email: str) -> None:
    found = alarms(
        tmp_path,
        {
            A_FILE: file_of(AMBRIDGE, email="post@letters.example"),
            F_FILE: file_of(FELPERSHAM, email=email),
        },
    )

    assert found == [f"{A}: email-twice addressee.email", f"{F}: email-twice addressee.email"]


def test_one_address_of_one_person_in_two_files_can_be_confirmed(tmp_path: Path) -> None:
    said = {"name": "Walter Gabriel", "email": "w@letters.example"}
    changes = {A_FILE: file_of(AMBRIDGE, **said), F_FILE: file_of(FELPERSHAM, **said)}

    problems = load_edition(build_tree(tmp_path, changes)).problems

    errors = [p for p in problems if p.is_error]
    assert [p.kind for p in errors] == ["email-shared", "email-shared"]
    assert all(p.subject for p in errors)
