"""`letters check`, `list` and `schema`, as a person in the office sees them."""

from pathlib import Path

import pytest

from tests.borsetshire import (
    AMBRIDGE,
    BORSETSHIRE,
    FELPERSHAM,
    authority,
    build_tree,
    slow_for,
    unprintable_for,
)
from tests.commands.conftest import Run, parishes, told

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE, F_FILE = (f"data/2031/authorities/{slug}.yaml" for slug in (A, F))


@pytest.mark.processes
def test_check_finds_nothing_wrong_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    said = run("check", "--pages")

    assert (said.code, said.out) == (0, "2 letters checked: no errors, no warnings.\n")
    assert not (tmp_path / "output").exists()


def test_check_reports_all_problems_of_all_files_in_one_go(run: Run, tmp_path: Path) -> None:
    build_tree(
        tmp_path,
        {
            A_FILE: AMBRIDGE.replace("roads: 3", "roads: 1_7").replace("office", "ofice"),
            F_FILE: FELPERSHAM.replace("Felpersham City Council", '"Felpersham  City"'),
            "templates/2031/sections/statistics.md": "We {{ say.nothing }}\n",
            "templates/2031/sections/other.md": "Words.\n",
        },
    )

    said = run("check")

    assert said.code == 1
    assert said.out == "2 letters checked: 4 errors, 1 warning.\n"
    assert said.err.splitlines()[1:] == [
        f'{A_FILE}:4:3: error: addressee.ofice: unknown key; did you mean "office"?',
        f"{A_FILE}:5:19: error: received.roads: found 1_7; write 17, digits only",
        f"{F_FILE}:1:7: error: name: has two spaces in a row; remove one",
        "templates/2031/sections/other.md: warning: "
        "in no letter, since edition.yaml does not list it in sections",
        "templates/2031/sections/statistics.md:1:4: error: "
        '{{ say.nothing }}: unknown name "say.nothing"; names begin with edition. or authority.',
    ]


@pytest.mark.thorough
@pytest.mark.processes
def test_programs_are_told_of_letters_and_problems_by_name(workers: Run, tmp_path: Path) -> None:
    """In whatever order the workers come upon them: here the first letter takes longest."""
    template = unprintable_for("ambridge", "parish", template=slow_for("amb", loops=5))
    build_tree(tmp_path, parishes(2), {"templates/letter.html.jinja": template})

    report = workers("check", "--pages", "--jobs", "2", "--json").json

    statuses = {letter["slug"]: letter["status"] for letter in report["letters"]}
    assert statuses == {A: "failed", F: "checked", "parish-00": "failed", "parish-01": "failed"}
    assert list(statuses) == sorted(statuses)
    paths = [problem["path"] for problem in report["problems"]]
    assert paths[0] == A_FILE
    assert paths == sorted(paths)


def test_check_warns_of_schemas_that_no_longer_fit(run: Run, tmp_path: Path) -> None:
    run("schema")
    fitting = run("check", "--strict")
    path = tmp_path / "data/schemas/edition.schema.json"
    path.write_text("{}")

    said = run("check", "--strict")

    assert fitting.code == 0
    assert said.code == 1
    assert said.err.splitlines()[1:] == [
        "data/schemas/edition.schema.json: warning: no longer fits the edition, "
        'so editors underline wrongly; run "letters schema"'
    ]


def test_list_shows_figures_inserts_and_problems(run: Run, tmp_path: Path) -> None:
    third = AMBRIDGE.replace("Ambridge", "Penny Hassett")
    build_tree(
        tmp_path,
        {
            A_FILE: AMBRIDGE.replace("upheld: 3", "upheld: null") + "inserts: [ponds]\n",
            F_FILE: "name: []\n",
            "data/2031/authorities/penny-hassett.yaml": third,
            "templates/2031/inserts/ponds.md": "---\nplace: statistics\n---\nWords.\n",
        },
    )

    said = run("list")

    assert said.code == 1
    assert said.out.splitlines() == [
        "AUTHORITY                  NAME                            FIGURES  INSERTS  STATUS"
        "                   LETTER",
        "ambridge-district-council  Ambridge District Council       6 of 7   ponds    "
        "figures missing          not made",
        "felpersham-city-council    ?                               ?        -        "
        "has problems (5 errors)  not made",
        "penny-hassett              Penny Hassett District Council  7 of 7   -        "
        "ready                    not made",
    ]
    assert [letter["status"] for letter in run("list", "--json").json["letters"]] == [
        "figures missing",
        "has problems",
        "ready",
    ]


@pytest.mark.processes
def test_list_shows_whether_each_letter_is_up_to_date(run: Run, tmp_path: Path) -> None:
    template = {"templates/letter.html.jinja": unprintable_for(F)}
    build_tree(tmp_path, parishes(3), template)
    assert run("build", "--json").json["counts"] == {"written": 4, "failed": 1}
    build_tree(
        tmp_path,
        {
            A_FILE: AMBRIDGE.replace("roads: 3", "roads: 4"),
            **template,
            "data/2031/authorities/new.yaml": authority("New"),
        },
    )
    (tmp_path / "output/2031/pdf/parish-01.pdf").write_bytes(b"%PDF-")
    (tmp_path / "data/2031/authorities/parish-02.yaml").write_text("name: Parish 02\n")

    said = run("list")

    assert [line.split("  ")[-1].strip() for line in said.out.splitlines()] == [
        "LETTER",
        "out of date (figures changed)",
        "not made",
        "not made",
        "up to date",
        "out of date (pdf/parish-01.pdf has changed since it was built)",
        "out of date",
    ]
    assert run("list", "amb", "--json").json["letters"] == [
        {
            "slug": A,
            "name": "Ambridge District Council",
            "status": "ready",
            "reason": "",
            "files": [],
            "figures": 7,
            "figures_supplied": 7,
            "inserts": [],
            "problems": 0,
            "letter": "out of date",
            "letter_reason": "figures changed",
            "pages": 2,
        }
    ]


def test_schema_writes_both_schemas_and_names_them(run: Run, tmp_path: Path) -> None:
    said = run("schema")

    assert (said.code, said.out.splitlines()) == (
        0,
        ["data/schemas/edition.schema.json", "data/schemas/authority-2031.schema.json"],
    )
    assert all((tmp_path / name).is_file() for name in said.out.splitlines())


def test_an_unknown_command_or_option_is_a_wrong_use(run: Run) -> None:
    assert run("bild").code == 2
    assert "--year" in run("build", "--yeer", "2031").err
    assert run("build", "--yeer", "2031").code == 2


def test_no_colour_where_it_is_not_wanted_and_none_in_a_file(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, {A_FILE: "name: []\n"})

    assert "\x1b" not in run("check").err
    assert "\x1b" not in run("check", "--no-color").err


def test_a_files_name_cannot_play_with_the_terminal(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, {"data/2031/authorities/\x1b[31mred.yaml": AMBRIDGE})

    assert "\\x1b[31mred.yaml: error: " in run("check").err


def test_a_problem_is_one_line_whatever_the_files_name(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, {"data/2031/authorities/two\nlines.yaml": AMBRIDGE})

    problems = run("check").err.splitlines()[1:]

    assert len(problems) == 1
    assert problems[0].startswith("data/2031/authorities/two\\nlines.yaml: error: ")


def test_list_takes_names_like_the_other_commands(run: Run, tmp_path: Path) -> None:
    build_tree(tmp_path, {A_FILE: "name: []\n"})

    said = run("list", "felp", "--json")

    assert (said.code, said.json["problems"]) == (0, [])
    assert [letter["slug"] for letter in said.json["letters"]] == [F]
    assert run("list", "felpershm").code == 2


@pytest.mark.processes
def test_a_page_that_hides_words_is_found_when_it_is_read_back(run: Run, tmp_path: Path) -> None:
    """What only paper has, the margins of pages, is not looked for in the styles."""
    hidden = "@media print { section p { position: running(gone) } }"
    styles = f"{BORSETSHIRE['templates/letter.css']}\n{hidden}\n"
    build_tree(tmp_path, {"templates/2031/letter.css": styles})

    unseen, checked, built = run("check"), run("check", "amb", "--pages"), run("build", "amb")

    assert unseen.code == 0
    for said in (checked, built):
        assert said.code == 1
        assert (
            f'{A_FILE}: error: read back: report/9: "The uphold rate is a part of the '
            'investigations." is missing from the page\n'
        ) in said.err
    assert told(built) == "1 letter: 1 failed, in … s.\n"
    assert not list(tmp_path.glob("output/2031/*/*"))


def test_check_finds_a_slip_in_the_name_of_a_predecessor(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data/2031/authorities"
    file = folder / "felpersham-city-council.yaml"
    file.write_text(f"{file.read_text()}formerly: [penny-hasset, loxley-barrett]\n")
    before = tmp_path / "data/2030/authorities"
    before.mkdir(parents=True)
    for name in ("penny-hassett", "loxley-barrett"):
        (before / f"{name}.yaml").write_text("")

    said = run("check", "felp", "--year", "2031")

    assert said.code == 0
    assert said.err.splitlines()[1:] == [
        "data/2031/authorities/felpersham-city-council.yaml:15:12: warning: formerly.1: no "
        'authority of 2030 has this name; did you mean "penny-hassett"?'
    ]
