"""The file of what was confirmed: what it says, and what is wrong with one that was spoilt."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.checks.confirmed_file import confirmed_text, digest_of, read_confirmed
from generator.confirming.confirmation import confirmation
from generator.problems import errors
from generator.project.load_edition import LoadedEdition, load_edition
from tests.borsetshire import AMBRIDGE, build_tree
from tests.confirming.confirmed import DAY, confirm_all

FILE = "data/2031/confirmed.yaml"
A_FILE = "data/2031/authorities/ambridge-district-council.yaml"
OTHER_NAME = AMBRIDGE.replace("Ambridge", "Ambrosia")
ENTRY = (
    "  - kind: file-name\n"
    f"    where: '{A_FILE}: name'\n"
    "    what: Ambridge\n"
    f"    digest: {'ab' * 32}\n"
    "    by: Ida Fairweather\n"
    "    on: 2031-07-01\n"
)


def the_problem(loaded: LoadedEdition) -> list[str]:
    return [problem.kind for problem in loaded.problems]


def test_it_reads_like_a_note_that_a_person_signed(tmp_path: Path) -> None:
    folders = build_tree(tmp_path, {A_FILE: OTHER_NAME})
    (problem,) = load_edition(folders).problems

    assert confirm_all(folders, reason="Renamed: in May, it was #1") == (
        "# What people have looked at and accepted (letters confirm). An entry is void once what "
        "it is about\n# has changed; delete one to have the problem told again.\n"
        "confirmed:\n"
        "  - kind: file-name\n"
        f'    where: "{A_FILE}: name"\n'
        "    what: ambridge-district-council.yaml for Ambrosia District Council\n"
        f"    digest: {digest_of(problem, folders)}\n"
        "    by: Ida Fairweather\n"
        '    on: "2031-07-01"\n'
        '    reason: "Renamed: in May, it was #1"\n'
    )


def test_what_is_confirmed_is_no_problem_but_is_known(tmp_path: Path) -> None:
    folders = build_tree(tmp_path, {A_FILE: OTHER_NAME})
    confirm_all(folders)

    loaded = load_edition(folders)

    assert loaded.problems == loaded.problems_of("ambridge-district-council") == []
    assert [problem.kind for problem in loaded.confirmed] == ["file-name"]


CHANGES: dict[str, tuple[Callable[[str], str], bool]] = {
    "lines above it": (lambda text: f"# a remark\n\n{text}", True),
    "a figure": (lambda text: text.replace("roads: 3", "roads: 4"), True),
    "what was confirmed": (lambda text: text.replace("Ambrosia", "Ambleside"), False),
}


@pytest.mark.parametrize(("change", "holds"), CHANGES.values(), ids=CHANGES)
def test_it_holds_until_what_was_confirmed_changes(
    change: Callable[[str], str], holds: bool, tmp_path: Path
) -> None:
    folders = build_tree(tmp_path, {A_FILE: OTHER_NAME})
    confirm_all(folders)
    (tmp_path / A_FILE).write_text(change(OTHER_NAME))

    assert (the_problem(load_edition(folders)) == []) is holds


@pytest.mark.parametrize(
    "text", ["no", "2031", "a: b", "# none", "“Ducks”, \"geese\" & 'mice'", "é"]
)
def test_any_name_and_any_reason_is_read_back_as_it_was_given(tmp_path: Path, text: str) -> None:
    folders = build_tree(tmp_path, {A_FILE: OTHER_NAME})
    confirm_all(folders, by=text, reason=text)

    entries, problems = read_confirmed(folders)

    assert problems == []
    assert [(e.by, e.reason, e.on) for e in entries] == [(text, text, DAY)]


def test_entries_are_sorted_and_stand_once(tmp_path: Path) -> None:
    other = {"data/2031/authorities/felpersham-city-council.yaml": AMBRIDGE}
    folders = build_tree(tmp_path, {A_FILE: OTHER_NAME}, other)
    found = [p for p in load_edition(folders).problems if p.subject]
    entries = [confirmation(p, folders, "Ida", DAY, None) for p in found]
    assert len(entries) >= 3

    assert confirmed_text(entries) == confirmed_text([*reversed(entries), *entries])


def test_what_can_only_be_mended_is_accepted_by_no_entry(tmp_path: Path) -> None:
    """Whoever writes one by hand, with the digest that it would have."""
    folders = build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("upheld: 3", "uphled: 3")})

    confirm_all(folders)

    loaded = load_edition(folders)
    assert len(loaded.confirmations) == 1
    assert [problem.where for problem in errors(loaded.problems)] == ["decided.uphled"]


SPOILT = {
    "nothing in it": ("", "1:1: error: the file is empty; expected lines such as"),
    "a conflict of git": (f"confirmed:\n<<<<<<< HEAD\n{ENTRY}", "2:"),
    "no list": ("confirmed: all\n", "1:12: error: confirmed: found"),
    "another key": (
        f"confirmed:\n{ENTRY}    level: high\n",
        "8:5: error: confirmed.1.level: unknown key",
    ),
    "no digest": (
        f"confirmed:\n{ENTRY}".replace("ab" * 32, "abc"),
        '5:13: error: confirmed.1.digest: found "abc"; expected a digest of 64 characters',
    ),
    "nobody's": (
        f"confirmed:\n{ENTRY}".replace("Ida Fairweather", ""),
        "6:8: error: confirmed.1.by: left blank",
    ),
    "no day": (
        f"confirmed:\n{ENTRY}".replace("2031-07-01", "yesterday"),
        "7:9: error: confirmed.1.on: found",
    ),
    "a digest copied to another problem": (
        f"confirmed:\n{ENTRY}{ENTRY.replace('ambridge', 'felpersham')}",
        f"11:13: error: confirmed.2.digest: this digest is that of {A_FILE}: name",
    ),
    "bytes": (b"\xff\xfe\xff", ""),
}


@pytest.mark.parametrize(("content", "expected"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_file_is_an_error_at_its_line(
    content: str | bytes, expected: str, tmp_path: Path
) -> None:
    folders = build_tree(tmp_path, {FILE: content})

    loaded = load_edition(folders)

    said = [p.line("confirmed.yaml") for p in errors(loaded.problems)]
    assert said
    assert said[0].startswith(f"confirmed.yaml:{expected}")
    assert loaded.problems_of("felpersham-city-council") == errors(loaded.problems)


def test_a_folder_in_its_place_is_an_error(tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    folders.confirmed_file.mkdir()

    assert [p.place.path for p in load_edition(folders).problems] == [folders.confirmed_file]
