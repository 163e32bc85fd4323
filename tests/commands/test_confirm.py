"""`letters confirm`, as the person uses it who has looked at what is open."""

from pathlib import Path

import pytest

from generator.checks.confirmed_file import read_confirmed
from generator.workspace import Workspace
from tests.borsetshire import AMBRIDGE, EDITION, FELPERSHAM, authority
from tests.commands.conftest import Run, Said
from tests.examples import spread

DATA = Path("data/2031")
A_FILE = DATA / "authorities/ambridge-district-council.yaml"
F_FILE = DATA / "authorities/felpersham-city-council.yaml"
FILE = DATA / "confirmed.yaml"


@pytest.fixture
def confirm(run: Run) -> Run:
    """Runs confirm, by Ida, where two names and one outlier are open."""
    before = Path("data/2030/authorities")
    before.mkdir(parents=True)
    (before.parent / "edition.yaml").write_text(EDITION.replace("2031", "2030").replace("Ida", "A"))
    (before / F_FILE.name).write_text(FELPERSHAM.replace("Dorothy", "Silas"))
    (DATA / "edition.yaml").write_text(EDITION + "outliers: {factor: 2, at_least: 20}\n")
    A_FILE.write_text(AMBRIDGE.replace("Ambridge", "Ambrosia"))
    F_FILE.write_text(
        FELPERSHAM.replace("Felpersham", "Felonsham").replace("roads: 20", "roads: 90")
    )

    def run_it(*words: str) -> Said:
        return run("confirm", *words, *([] if "--by" in words else ["--by", "Ida"]))

    return run_it


def keys(confirm: Run, *words: str) -> dict[tuple[str, str], str]:
    """The keys of what is open, by kind and place."""
    found = confirm(*words, "--json").json["open"]
    return {(each["kind"], each["where"]): each["key"] for each in found}


A_NAME = ("file-name", f"{A_FILE}: name")
F_NAME = ("file-name", f"{F_FILE}: name")
LEAP = ("outlier", f"{F_FILE}: received.roads")
SUM = ("outlier", f"{F_FILE}: received.total")
LEAPT = ["90,", "but", "20", "in", "2030"]


def test_without_a_word_it_lists_what_is_open(confirm: Run) -> None:
    said = confirm()
    known = keys(confirm)

    assert set(known) == {A_NAME, F_NAME, LEAP, SUM}
    assert said.code == 0
    assert [line.split() for line in said.out.splitlines()] == [
        ["KEY", "KIND", "PLACE", "WHAT"],
        [
            known[A_NAME],
            "file-name",
            f"{A_FILE}:1:7:",
            "name",
            *f"{A_FILE.name} for Ambrosia District Council".split(),
        ],
        [
            known[F_NAME],
            "file-name",
            f"{F_FILE}:1:7:",
            "name",
            *f"{F_FILE.name} for Felonsham City Council".split(),
        ],
        [known[SUM], "outlier", f"{F_FILE}:5:1:", "received.total", *LEAPT],
        [
            known[LEAP],
            "outlier",
            f"{F_FILE}:6:10:",
            "received.roads",
            *LEAPT,
        ],
        ["4", "open,", "none", "confirmed."],
    ]
    assert not FILE.exists()


def test_one_is_confirmed_by_its_key(confirm: Run, run: Run) -> None:
    key = keys(confirm)[A_NAME]

    said = confirm(key, "--reason", "It was renamed.")

    assert said.code == 0
    assert said.out == f"1 confirmed by Ida in {FILE}; 3 still open.\n"
    assert A_NAME not in keys(confirm)
    assert run("check").out == "2 letters checked: no errors, 3 warnings.\n"
    (entry,), _ = read_confirmed(Workspace(Path.cwd()).edition(2031))
    assert (entry.by, entry.reason) == ("Ida", "It was renamed.")


@pytest.mark.parametrize("typed", [str.lower, lambda key: key[:5], str.upper])
def test_a_key_may_be_typed_in_small_letters_and_shortened(confirm: Run, typed: object) -> None:
    assert callable(typed)

    assert confirm(typed(keys(confirm)[LEAP])).code == 0
    assert set(keys(confirm)) == {A_NAME, F_NAME, SUM}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (["--kind", "outlier"], {A_NAME, F_NAME}),
        (["--kind", "file-name", "felpersham"], {A_NAME, LEAP, SUM}),
        (["--kind", "file-name", "--kind", "outlier"], set()),
        (["--kind", "national-sum"], {A_NAME, F_NAME, LEAP, SUM}),
    ],
    ids=["a kind", "of one authority", "two kinds", "a kind of which"],
)
def test_a_kind_is_confirmed_of_all_or_of_some(
    confirm: Run, words: list[str], left: set[tuple[str, str]]
) -> None:
    assert confirm(*words).code == 0
    assert set(keys(confirm)) == left


def test_all_that_was_listed_is_confirmed_and_nothing_that_was_not(confirm: Run) -> None:
    digest = confirm("--json").json["list"]
    F_FILE.write_text(F_FILE.read_text().replace("roads: 90", "roads: 91"))

    refused = confirm("--all", digest)
    assert refused.code == 2
    assert "the list has changed" in refused.err
    assert not FILE.exists()

    confirm("--all", confirm("--json").json["list"])
    assert keys(confirm) == {}


def test_the_list_says_its_digest_to_the_reader(confirm: Run) -> None:
    assert confirm().err.splitlines()[-1].endswith(f"--all {confirm('--json').json['list']}")


def test_of_some_letters_all_is_theirs(confirm: Run) -> None:
    digest = confirm("ambridge", "--json").json["list"]

    confirm("ambridge", "--all", digest)

    assert set(keys(confirm)) == {F_NAME, LEAP, SUM}


def test_confirming_is_withdrawn_by_key_or_by_deleting_the_entry(confirm: Run) -> None:
    known = keys(confirm)
    confirm(known[A_NAME], known[LEAP])

    assert confirm("--withdraw", known[A_NAME]).out == f"1 withdrawn in {FILE}; 3 open.\n"
    assert set(keys(confirm)) == {A_NAME, F_NAME, SUM}
    FILE.unlink()
    assert keys(confirm) == known


def test_the_same_can_be_given_again(confirm: Run) -> None:
    key = keys(confirm)[A_NAME]
    confirm(key)
    text = FILE.read_text()

    again = confirm(key)

    assert again.code == 0
    assert again.out == "Already confirmed; 3 still open.\n"
    assert FILE.read_text() == text


def test_what_is_void_is_told_and_swept_when_the_file_is_written_next(confirm: Run) -> None:
    known = keys(confirm)
    confirm(known[A_NAME])
    A_FILE.write_text(AMBRIDGE.replace("Ambridge", "Ambleside"))

    assert confirm().out.splitlines()[-1] == "4 open, 1 confirmed (1 no longer applies)."
    said = confirm(known[LEAP])

    assert (
        f"removed    {known[A_NAME]}  {A_FILE}: name: no longer applies, its subject has changed"
        in said.err
    )
    assert known[A_NAME].lower() not in FILE.read_text()


def test_while_a_file_cannot_be_read_nothing_is_void(confirm: Run) -> None:
    known = keys(confirm)
    confirm(known[A_NAME])
    A_FILE.write_text("name: [\n")

    confirm(known[LEAP])

    assert known[A_NAME].lower() in FILE.read_text()


WRONG = {
    "a kind that is none": (["--kind", "outlyer"], 'No kind "outlyer"; did you mean "outlier"?'),
    "a key that is none": (["--withdraw", "0000000"], '"0000000" is the key of nothing confirmed'),
    "a key of nothing": (["0A0A0A0"], '"0A0A0A0" is the key of nothing open'),
    "an authority that is none": (["felpersam"], 'No authority "felpersam"; did you mean'),
    "two ways at once": (
        ["--kind", "outlier", "--all", "0"],
        "Use only one of these: keys, --kind",
    ),
    "nobody": (["--kind", "outlier", "--by", " "], "--by"),
    "a reason of two lines": (["--kind", "outlier", "--reason", "a\nb"], "--reason"),
}


@pytest.mark.parametrize(("words", "expected"), WRONG.values(), ids=WRONG)
def test_used_wrongly_it_writes_nothing(confirm: Run, words: list[str], expected: str) -> None:
    said = confirm(*words)

    assert said.code == 2
    assert expected in said.err
    assert not FILE.exists()


def test_a_spoilt_file_is_left_as_it_is(confirm: Run) -> None:
    key = keys(confirm)[A_NAME]
    FILE.write_text("confirmed: all\n")

    said = confirm(key)

    assert said.code == 1
    assert f"{FILE}:1:12: error: confirmed: " in said.err
    assert FILE.read_text() == "confirmed: all\n"


def test_who_cannot_write_the_file_is_told(confirm: Run) -> None:
    key = keys(confirm)[A_NAME]
    FILE.mkdir()

    assert confirm(key).code == 1


def test_quiet_says_what_came_of_it_alone(confirm: Run) -> None:
    said = confirm("--kind", "outlier", "--quiet")

    assert said.err == ""
    assert said.out == f"2 confirmed by Ida in {FILE}; 2 still open.\n"


def test_many_of_a_kind_are_told_once_and_all_listed(run: Run) -> None:
    for n in range(30):
        text = authority(f"Parish {n:02}").replace("roads: 3", f"roads: {n + 30}")
        (DATA / f"authorities/hamlet-{n:02}.yaml").write_text(text)

    told = run("check").err.splitlines()[1:]
    assert len(told) == 1
    assert told[0].endswith('(and 29 more of this kind; "letters confirm" lists them)')
    assert len(run("confirm").out.splitlines()) == 32


COMMANDS: dict[str, list[str]] = {
    "build": ["build", "--dry-run"],
    "check": ["check"],
    "list": ["list"],
    "verify": ["verify", "ambridge"],
    "diff": ["diff", "--stat", "--against", "2031"],
    "trace": ["trace", "ambridge"],
    "trace all": ["trace", "--all"],
    "schema": ["schema"],
    "export": ["export"],
    "confirm": ["confirm"],
}


@pytest.mark.processes
@pytest.mark.parametrize("words", spread(COMMANDS))
def test_strict_means_the_same_in_every_command(run: Run, words: list[str]) -> None:
    """A warning of the edition or of the letters asked for that nobody has confirmed."""
    A_FILE.write_text(AMBRIDGE.replace("Ambridge", "Ambrosia"))
    quiet = run(*words)

    strict = run(*words, "--strict")
    run("confirm", "--kind", "file-name", "--by", "Ida")
    confirmed = run(*words, "--strict")

    assert strict.code == 1
    assert words[0] == "confirm" or "the file is not named after this authority" in strict.err
    assert quiet.code == confirmed.code != strict.code or words[0] == "verify"
    assert "the file's name" not in confirmed.err


def test_a_letter_to_last_year_s_addressee_waits_and_is_made_once_confirmed(run: Run) -> None:
    before = Path("data/2030/authorities")
    before.mkdir(parents=True)
    (before.parent / "edition.yaml").write_text(EDITION.replace("2031", "2030").replace("Ida", "A"))
    (before / A_FILE.name).write_text(AMBRIDGE.replace("roads: 3", "roads: 8"))

    assert "to be confirmed" in run("list", "ambridge").out
    assert run("build", "felpersham", "--dry-run").code == 0
    assert run("build", "--draft", "--dry-run").code == 0
    waits = run("build", "--dry-run")
    run("confirm", "--kind", "carried-over-person", "ambridge", "--by", "Ida")
    confirmed = run("build", "--dry-run")

    assert (waits.code, confirmed.code) == (1, 0)
    assert "2 letters: 1 to write, 1 in error" in waits.out
    assert "2 letters: 2 to write" in confirmed.out
    assert "ready" in run("list", "ambridge").out


def test_strict_leaves_others_warnings_alone(run: Run) -> None:
    A_FILE.write_text(AMBRIDGE.replace("Ambridge", "Ambrosia"))

    assert run("check", "felpersham", "--strict").code == 0
    assert run("build", "felpersham", "--dry-run", "--strict").code == 0
    assert run("trace", "felpersham", "--strict").code == 0
