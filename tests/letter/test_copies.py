"""Copies: the people beside the addressee, where the edition prints them and where wording may."""

import json
from pathlib import Path

import pytest

from generator.letter.letter import ComposedLetter
from generator.project.load_edition import LoadedEdition, load_edition
from generator.rendering.record import record_json, record_of
from tests.borsetshire import AMBRIDGE, build_tree
from tests.copied import A_FILE, EDITION_FILE, EDITION_WITH_COPIES, PEOPLE, WITH_COPIES, A, F

INTRODUCTION = "templates/2031/sections/introduction.md"


def loaded(folder: Path, *changes: dict[str, str]) -> LoadedEdition:
    return load_edition(build_tree(folder, WITH_COPIES, *changes))


def lines(letter: ComposedLetter) -> list[str]:
    return [b.text for b in letter.part("closing") if b.role == "after_signature"]


def said(edition: LoadedEdition) -> list[str]:
    return [p.line(p.place.path.name) for p in edition.problems]


def test_each_has_a_line_below_the_signature_in_the_editions_order(tmp_path: Path) -> None:
    letter = loaded(tmp_path).letters[A].letter

    assert lines(letter) == [
        *("Enc: figures", "Copies to:", "Susan Horrobin, Link Officer"),
        "Neil O’Carter, Leader of the Council",
    ]
    line = letter.part("closing")[-1]
    assert (line.origin, line.place.line) == ("authority", 9)
    assert [(run.name, run.text) for run in line.runs if run.name] == [
        ("authority.copies.leader.name", "Neil O’Carter"),
        ("authority.copies.leader.office", "Leader of the Council"),
    ]


def test_where_there_is_nobody_the_line_that_introduces_them_goes_too(tmp_path: Path) -> None:
    assert lines(loaded(tmp_path).letters[F].letter) == ["Enc: figures"]


def test_a_line_before_them_that_does_not_introduce_them_stays(tmp_path: Path) -> None:
    edition = EDITION_WITH_COPIES.replace('"Copies to:", ', "")

    assert lines(loaded(tmp_path, {EDITION_FILE: edition}).letters[F].letter) == ["Enc: figures"]


def test_an_email_is_never_printed_nor_kept_in_the_record(tmp_path: Path) -> None:
    letter = loaded(tmp_path).letters[A].letter

    record = json.dumps(json.loads(record_json(record_of(letter))))

    assert "Leader of the Council" in record
    assert "@" not in letter.text + record.replace("@context", "")


def test_wording_may_name_them(tmp_path: Path) -> None:
    words = "I write to {{ authority.copies.leader.name }}, {{ authority.copies.leader.office }}."
    known = "authority.copies.leader.name is known and authority.copies.leader.office is known"
    guarded = f"Words.\n\n::: when {known}\n{words}\n::: otherwise nothing\n:::\n"

    edition = loaded(tmp_path / "guarded", {INTRODUCTION: guarded})
    bare = loaded(tmp_path / "bare", {INTRODUCTION: f"{words}\n"})

    assert "I write to Neil O’Carter, Leader of the Council." in edition.letters[A].letter.text
    assert "I write to" not in edition.letters[F].letter.text
    assert said(edition) == []
    assert "authority.copies.leader.name may have no value here" in said(bare)[1]


MISTAKES = {
    "copies among other words": (
        {EDITION_FILE: EDITION_WITH_COPIES.replace('"{{ copies }}"', '"To {{ copies }}"')},
        "edition.yaml:42:51: error: letterhead.after_signature.3: {{ copies }} makes a line for "
        "each person; put it on a line of its own",
    ),
    "copies of no role": (
        {EDITION_FILE: EDITION_WITH_COPIES.replace("copies: [link_officer, leader]\n", "")}
        | {A_FILE: AMBRIDGE},
        "edition.yaml:41:51: error: letterhead.after_signature.3: edition.yaml lists no copies; "
        "add them, such as copies: [leader]",
    ),
    "a role twice": (
        {EDITION_FILE: EDITION_WITH_COPIES.replace("r, leader]", "r, leader, leader]")},
        'edition.yaml:40:9: error: copies: "leader" is listed twice; remove one',
    ),
    "a role mistyped": (
        {A_FILE: AMBRIDGE + PEOPLE.replace("leader:", "leadr:")},
        f'{A}.yaml:9:3: error: copies.leadr: unknown key; did you mean "leader"?',
    ),
    "no office": (
        {A_FILE: AMBRIDGE + PEOPLE.replace(", office: Link Officer", "")},
        f"{A}.yaml:10:3: error: copies.link_officer.office: missing; expected one line of text",
    ),
    "no email address": (
        {A_FILE: AMBRIDGE + PEOPLE.replace("neil@", "neil at ")},
        f'{A}.yaml:9:71: error: copies.leader.email: found "neil at ambridge.example"; expected '
        "one email address",
    ),
}


@pytest.mark.parametrize(("change", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_at_its_place(
    change: dict[str, str], expected: str, tmp_path: Path
) -> None:
    assert said(loaded(tmp_path, change)) == [expected]


def test_roles_may_have_labels_for_spreadsheets(tmp_path: Path) -> None:
    roles = "{link_officer: {label: Liaison}, leader: {label: Head}}"
    edition = EDITION_WITH_COPIES.replace("[link_officer, leader]", roles)

    assert lines(loaded(tmp_path, {EDITION_FILE: edition}).letters[A].letter)[2:] == [
        "Susan Horrobin, Link Officer",
        "Neil O’Carter, Leader of the Council",
    ]
