from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from tests.borsetshire import build_tree
from tests.checks.neighbours import AMBRIDGE, FELPERSHAM, PENNY, alarms, file_of, path_of

A, F = "ambridge-district-council", "felpersham-city-council"


def test_files_whose_contents_were_swapped_are_errors(tmp_path: Path) -> None:
    changes = {path_of(AMBRIDGE): file_of(FELPERSHAM), path_of(FELPERSHAM): file_of(AMBRIDGE)}

    problems = load_edition(build_tree(tmp_path, changes)).problems

    assert [p.line(p.place.path.stem) for p in problems if p.is_error] == [
        f"{A}:1:7: error: name: the file is named after Ambridge District Council, whose own "
        f"file is {F}.yaml; give each authority its own file",
        f"{F}:1:7: error: name: the file is named after Felpersham City Council, whose own file "
        f"is {A}.yaml; give each authority its own file",
    ]


def test_a_file_that_is_named_by_an_alias_of_another_is_an_error(tmp_path: Path) -> None:
    changes = {
        path_of(AMBRIDGE): None,
        "data/2031/authorities/felpers.yaml": file_of(AMBRIDGE),
        path_of(FELPERSHAM): file_of(FELPERSHAM) + "aliases: [Felpers]\n",
    }

    problems = load_edition(build_tree(tmp_path, changes)).problems

    assert [(p.place.path.stem, p.kind) for p in problems if p.is_error] == [
        ("felpers", "file-of-another")
    ]


ALIASES = {
    "another's name": (FELPERSHAM, True),
    "another's name in capitals": ("FELPERSHAM CITY COUNCIL", True),
    "another's place": ("Felpersham", True),
    "its own name": (AMBRIDGE, True),
    "its own name in capitals": (AMBRIDGE.upper(), True),
    "its own name in short": ("Ambridge DC", False),
    "its own place, which is another's, too": ("Ambridge", False),
    "nobody's": ("Borchester", False),
}


@pytest.mark.parametrize("case", ALIASES)
def test_an_alias_is_no_name_of_another_and_not_the_authoritys_own(
    tmp_path: Path, case: str
) -> None:
    alias, is_wrong = ALIASES[case]
    text = f"{file_of(AMBRIDGE)}aliases: [Ambers, {alias}]\n"

    alarm = f"{A}: alias-of-another aliases.2"
    assert alarms(tmp_path, {path_of(AMBRIDGE): text}) == [alarm] * is_wrong


def test_an_alias_of_two_is_an_error_in_both(tmp_path: Path) -> None:
    changes = {path_of(n): f"{file_of(n)}aliases: [Borset]\n" for n in (AMBRIDGE, FELPERSHAM)}

    assert alarms(tmp_path, changes) == [
        f"{A}: alias-of-another aliases.1",
        f"{F}: alias-of-another aliases.1",
    ]


def test_it_is_said_whom_an_alias_names(tmp_path: Path) -> None:
    text = f"{file_of(AMBRIDGE)}aliases: [Penny]\n"

    problems = load_edition(
        build_tree(tmp_path, {path_of(PENNY): file_of(PENNY), path_of(AMBRIDGE): text})
    )

    assert [p.line("a.yaml").partition("error: ")[2] for p in problems.problems] == [
        "aliases.1: also names Penny City Council (penny-city-council.yaml); remove it here"
    ]


FORMERLY = {
    "itself": (A, "is this authority itself; remove it"),
    "another of today": (F, f"still has a file this year, {F}.yaml; remove one of them"),
    "one that has gone": ("old-ambridge-council", ""),
}


@pytest.mark.parametrize("case", FORMERLY)
def test_a_predecessor_is_no_authority_of_today(tmp_path: Path, case: str) -> None:
    former, message = FORMERLY[case]
    text = f"{file_of(AMBRIDGE)}formerly: [{former}]\n"

    problems = load_edition(build_tree(tmp_path, {path_of(AMBRIDGE): text})).problems

    expected = [f"error: formerly.1: {message}"] if message else []
    assert [p.line("").partition(": ")[2] for p in problems] == expected
