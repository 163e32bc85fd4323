"""What a new workspace begins with: whole, in order, and of the year that it is begun in."""

from datetime import date
from pathlib import Path

import pytest

from generator.lineage.new_files import NewWorkspace, plan_workspace
from generator.project.load_edition import LoadedEdition, load_edition
from generator.workspace import BASE_TEMPLATES, UsageError, Workspace, example_names

MONDAY = date(2026, 11, 30)


def begun(new: NewWorkspace, folder: Path) -> LoadedEdition:
    for name, content in new.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return load_edition(Workspace(folder).edition())


def test_without_an_example_it_is_one_letter_of_this_year_with_nothing_wrong(
    tmp_path: Path,
) -> None:
    new = plan_workspace(None, MONDAY)
    loaded = begun(new, tmp_path)

    assert sorted(new.files) == [
        ".gitignore",
        "README.md",
        "data/2026/authorities/anyplace-council.yaml",
        "data/2026/edition.yaml",
        "data/schemas/authority-2026.schema.json",
        "data/schemas/edition.schema.json",
        "templates/2026/report/guide.md",
        "templates/2026/report/notes.md",
        "templates/2026/sections/next-steps.md",
        "templates/2026/sections/summary.md",
    ]
    assert loaded.problems == []
    assert list(loaded.letters) == ["anyplace-council"]
    assert not [name for name, content in new.files.items() if b"2001" in content]


@pytest.mark.parametrize(
    ("today", "letter_date", "period_end"),
    [
        (MONDAY, MONDAY, date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 31), date(2025, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 3, 31)),
        (date(2026, 5, 2), date(2026, 5, 4), date(2026, 3, 31)),  # a Saturday
        (date(2028, 12, 31), date(2029, 1, 1), date(2028, 3, 31)),  # a Sunday
    ],
)
def test_its_dates_are_a_working_day_and_the_end_of_march_before(
    today: date, letter_date: date, period_end: date, tmp_path: Path
) -> None:
    edition = begun(plan_workspace(None, today), tmp_path).edition

    assert edition is not None
    assert (edition.letter_date, edition.period_end) == (letter_date, period_end)
    assert edition.year == letter_date.year


def test_the_templates_are_copied_only_when_they_are_asked_for() -> None:
    plain = plan_workspace(None, MONDAY).files
    more = plan_workspace(None, MONDAY, with_templates=True).files

    assert {name: content for name, content in more.items() if name not in plain} == {
        f"templates/{path.name}": path.read_bytes() for path in BASE_TEMPLATES.iterdir()
    }


def test_the_data_which_make_it_a_workspace_come_last(tmp_path: Path) -> None:
    contents = plan_workspace("borsetshire", MONDAY).contents(tmp_path)

    assert [path.name for path in contents] == [
        *(".gitignore", "README.md", "spreadsheets", "templates", "data")
    ]


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("borsetshir", 'No example "borsetshir"; did you mean "borsetshire"?'),
        ("x", 'No example "x"; available: bilingual, borsetshire, three-years.'),
        ("..", 'No example ".."; available: bilingual, borsetshire, three-years.'),
    ],
)
def test_an_unknown_example_is_refused_with_those_there_are(said: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        plan_workspace(said, MONDAY)

    assert str(refused.value) == hint
    assert example_names() == ["bilingual", "borsetshire", "three-years"]
