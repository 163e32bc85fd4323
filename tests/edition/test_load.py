"""A whole folder of data: which files are authorities' files, and all problems in one go."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.edition.load import Data, load_data
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders
from tests.borsetshire import AMBRIDGE, EDITION, build_tree
from tests.edition.lines import (
    EDITION_FILE,
    FILE,
    prepared_beside_a_good_letter,
    without_privilege,
)

Build = Callable[..., EditionFolders]
FOLDER = "data/2031/authorities/"
BORCHESTER_SLUG = "borchester-district-council"
BORCHESTER = AMBRIDGE.replace("Ambridge", "Borchester")

_SLUG = (
    "error: the file name is also the letter's name: expected lower-case letters a-z, digits and "
    "hyphens, such as anyplace-council.yaml"
)
_OTHER = "warning: not read: not an authority's file (.yaml); move it elsewhere"
FILES = [
    pytest.param("Borchester.yaml", [f"Borchester.yaml: {_SLUG}"], id="capital letter"),
    pytest.param("borchester council.yaml", [f"borchester council.yaml: {_SLUG}"], id="space"),
    pytest.param("borchester_council.yaml", [f"borchester_council.yaml: {_SLUG}"], id="underscore"),
    pytest.param("börchester.yaml", [f"börchester.yaml: {_SLUG}"], id="accent"),
    pytest.param("-borchester.yaml", [f"-borchester.yaml: {_SLUG}"], id="hyphen first"),
    pytest.param("borchester.2.yaml", [f"borchester.2.yaml: {_SLUG}"], id="full stop"),
    pytest.param(
        "borchester.yml",
        ["borchester.yml: error: not read: rename it to borchester.yaml"],
        id="yml",
    ),
    pytest.param(
        "borchester.Yaml",
        ["borchester.Yaml: error: not read: rename it to borchester.yaml"],
        id="capital in the ending",
    ),
    pytest.param("notes.txt", [f"notes.txt: {_OTHER}"], id="text file"),
    pytest.param("README", [f"README: {_OTHER}"], id="no ending"),
    pytest.param(
        ".yaml",
        [".yaml: error: not read: rename it to its-name.yaml"],
        id="no name before the ending",
    ),
    pytest.param(".hidden", [f".hidden: {_OTHER}"], id="hidden file"),
    *(
        pytest.param(name, [f"{name}: error: not read: rename it to borchester.yaml"], id=name)
        for name in (
            "borchester.yaml.bak",
            "borchester.yaml.txt",
            "borchester.yml.txt",
            "borchester.yaml.YAML.swp",
            ".borchester.yaml",
            "~borchester.yaml",
        )
    ),
    pytest.param(
        "felpersham-city-council.yaml.txt",
        [
            "felpersham-city-council.yaml.txt: error: not read: felpersham-city-council.yaml "
            "also exists; keep one of them and move the other elsewhere"
        ],
        id="beside the right one",
    ),
    pytest.param(
        "more/borchester-district-council.yaml",
        ["more: error: a folder, whose files are not read; move them into authorities itself"],
        id="folder",
    ),
    *(
        pytest.param(name, [], id=name)
        for name in (
            ".#borchester.yaml",
            ".borchester.yaml.swp",
            ".borchester.yaml.swo",
            "borchester.yaml~",
            "~$borchester.yaml",
            ".DS_Store",
            ".borchester.yaml.1a2b3c4d.part",
            ".borchester.yaml.1a2b3c4d.old.part",
        )
    ),
]


def lines(folders: EditionFolders) -> list[str]:
    loaded = prepared_beside_a_good_letter(folders)
    copied = "same-figures"  # of authorities that are copies of each other; not of their files
    found = [problem for problem in loaded.problems if problem.kind != copied]
    return [problem.line(problem.place.path.name) for problem in found]


@pytest.mark.parametrize(("name", "expected"), FILES)
def test_another_file_in_the_folder(borsetshire: Build, name: str, expected: list[str]) -> None:
    folders = borsetshire({FOLDER + name: BORCHESTER})

    assert lines(folders) == expected
    assert list(load_data(folders).files) == [
        "ambridge-district-council",
        "felpersham-city-council",
    ]


@pytest.mark.parametrize(
    "name",
    ["Ambridge District Council", "ambridge district council"],
    ids=["the same letters", "in small letters"],
)
def test_two_authorities_with_one_name(borsetshire: Build, name: str) -> None:
    other = AMBRIDGE.replace("Ambridge District Council", name) + "aliases: [Ambridge]\n"

    assert lines(borsetshire({FOLDER + "ambridge.yaml": other})) == [
        'ambridge-district-council.yaml:1:7: error: name: "Ambridge District Council" is also '
        "the name in ambridge.yaml; keep one file for each authority",
        f'ambridge.yaml:1:7: error: name: "{name}" is also the name in '
        "ambridge-district-council.yaml; keep one file for each authority",
    ]


def test_a_file_copied_many_times_is_said_without_naming_every_copy(borsetshire: Build) -> None:
    """Messages that each named all others would grow with the square of the copies."""
    copies = {f"{FOLDER}copy-{n:02}.yaml": f"{AMBRIDGE}aliases: [Copy {n:02}]\n" for n in range(14)}
    *_, before, last = lines(borsetshire(copies))
    twelve = ", ".join(
        ["ambridge-district-council.yaml", *(f"copy-{n:02}.yaml" for n in range(11))]
    )

    assert [before, last] == [
        f'copy-{n}.yaml:1:7: error: name: "Ambridge District Council" is also the name in '
        f"{twelve} and 2 more; keep one file for each authority"
        for n in (12, 13)
    ]


def test_two_authorities_may_share_a_chief_executive(borsetshire: Build) -> None:
    """Which is told, and stops no letter."""
    loaded = load_edition(borsetshire({FOLDER + f"{BORCHESTER_SLUG}.yaml": BORCHESTER}))

    assert {problem.kind for problem in loaded.problems} == {"addressee-twice", "same-figures"}
    assert [problem for problem in loaded.problems if problem.is_error] == []


def test_problems_of_several_files_in_one_go(borsetshire: Build) -> None:
    folders = borsetshire(
        {
            FILE: AMBRIDGE.replace("Walter Gabriel", "").replace("upheld: 3", "uphled: -1"),
            FOLDER + "borchester.yaml": BORCHESTER.replace("roads: 3", "roads: 2.5"),
            FOLDER + "darrington.yaml": "- a list\n",
            FOLDER + "edgeley.yml": BORCHESTER,
        }
    )

    assert lines(folders) == [
        "ambridge-district-council.yaml:3:8: error: addressee.name: left blank; "
        "expected the addressee's name",
        "ambridge-district-council.yaml:6:43: error: decided.uphled: unknown key; "
        'did you mean "upheld"?',
        "borchester.yaml:5:19: error: received.roads: found 2.5, which has a decimal point; "
        "expected a whole number, or null if not yet supplied",
        'darrington.yaml:1:1: error: found a list; expected lines such as "key: …"',
        "edgeley.yml: error: not read: rename it to edgeley.yaml",
    ]


def data_lines(data: Data) -> list[str]:
    return [problem.line(problem.place.path.name) for problem in data.problems]


def test_no_folder_of_authorities(borsetshire: Build) -> None:
    folders = borsetshire({FILE: None, FOLDER + "felpersham-city-council.yaml": None})
    folders.authorities.rmdir()

    assert data_lines(load_data(folders)) == [
        "authorities: error: no such folder; create it, or restore it"
    ]


def test_a_folder_of_authorities_without_permission(borsetshire: Build) -> None:
    folders = borsetshire()
    folders.authorities.chmod(0)
    with without_privilege():
        said = data_lines(load_data(folders))
    folders.authorities.chmod(0o755)

    assert said == ["authorities: error: the folder cannot be read: Permission denied"]


def test_the_whole_country_is_the_sum_of_all_letters(borsetshire: Build) -> None:
    national = "national: {received: {roads: 23, ponds: null, total: 37}, decided: {upheld: 4}}\n"

    assert lines(borsetshire({EDITION_FILE: EDITION + national.replace("37", "38")})) == [
        "edition.yaml:40:54: warning: national.received.total: "
        "adds up to 37 over all letters, stated 38",
        "edition.yaml:40:77: warning: national.decided.upheld: "
        "adds up to 3 over all letters, stated 4",
    ]
    assert (
        lines(borsetshire({EDITION_FILE: EDITION + national.replace("upheld: 4", "upheld: 3")}))
        == []
    )


def test_the_whole_country_is_not_judged_while_letters_are_missing(borsetshire: Build) -> None:
    changes = {EDITION_FILE: EDITION + "national: {received: {roads: 1}}\n"}
    broken = {FILE: AMBRIDGE.replace("roads: 3", "roads: x")}
    gap = {FILE: AMBRIDGE.replace("roads: 3", "roads: null")}

    for change in (broken, gap):
        assert [line for line in lines(borsetshire(changes, change)) if "national" in line] == []


def test_twenty_problems_of_a_kind_and_the_number_of_the_others(borsetshire: Build) -> None:
    more = "".join(f"  - {number}\n" for number in range(1, 31))
    said = lines(borsetshire({FILE: f"{AMBRIDGE}declines:\n{more.replace('- ', '- A')}"}))

    assert len(said) == 20
    assert said[0].startswith("ambridge-district-council.yaml:9:5: error: declines.1: found A1; ")
    assert said[-1].endswith(" (and 10 more like this in this file)")


def test_an_empty_folder_of_authorities(borsetshire: Build) -> None:
    folders = borsetshire({FILE: None, FOLDER + "felpersham-city-council.yaml": None})

    assert data_lines(load_data(folders)) == [
        "authorities: error: no authority's file here (.yaml)"
    ]


PIECES = st.sampled_from(
    [
        *'{}[]:,-#&*!|>"%@`?~\\\n ',
        *("  ", "\n- ", "{{", ": ", "<<: ", "null", "\t", "\r", "\u2028", "é", "\u0301", "\x00"),
        *("name: ", "received:\n  roads: ", "---\n", "...\n", "!!x ", "0", "-1"),
    ]
)
ANY_TEXT = st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join)


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    """A good file into which something was typed, or of which something was cut."""
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 20)))
    return text[:start] + draw(ANY_TEXT) + text[end:]


def assert_every_problem_is_on_a_line_that_exists(data: Data) -> None:
    for problem in data.problems:
        content = problem.place.path.read_bytes()
        ends = content.replace(b"\r\n", b"\n").count(b"\n")
        assert 0 <= problem.place.line <= ends + 1
        assert problem.place.column >= 0
        assert problem.line("a.yaml").isprintable()


def no_fixture_is_reset(check: Callable[..., None]) -> Callable[..., None]:
    """Each try writes its files anew, so that one folder serves all."""
    return settings(
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )(check)


@no_fixture_is_reset
@given(content=spoilt(AMBRIDGE).map(str.encode) | ANY_TEXT.map(str.encode) | st.binary())
def test_any_authority_s_file_is_read_or_has_located_problems(
    tmp_path: Path, content: bytes
) -> None:
    data = load_data(build_tree(tmp_path, {FILE: content}))

    assert_every_problem_is_on_a_line_that_exists(data)
    assert "felpersham-city-council" in data.authorities
    assert ("ambridge-district-council" in data.authorities) == (
        not [problem for problem in data.problems if problem.is_error]
    )


@no_fixture_is_reset
@given(content=spoilt(EDITION).map(str.encode) | ANY_TEXT.map(str.encode) | st.binary())
def test_any_edition_is_read_or_has_located_problems(tmp_path: Path, content: bytes) -> None:
    data = load_data(build_tree(tmp_path, {EDITION_FILE: content}))

    assert_every_problem_is_on_a_line_that_exists(data)
    assert data.edition is not None or data.problems
    assert data.authorities.keys() <= data.files.keys()
