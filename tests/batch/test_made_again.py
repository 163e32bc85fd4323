"""Exactly the letters whose printed words a changed figure changes are made again."""

import json
from pathlib import Path

import pytest

from generator import cli
from generator.lineage.earlier_years import load_edition
from generator.workspace import Workspace


def printed(folder: Path) -> dict[str, str]:
    """All that each letter prints: words, tables, charts."""
    letters = load_edition(Workspace(folder).edition(2025)).letters
    return {
        slug: "\n".join(b.text + (b.chart.words if b.chart else "") for b in c.letter.blocks)
        for slug, c in letters.items()
    }


CHANGES = {
    "a count of a district, which is in the average of all": (
        "netherbourne",
        "\n  fault: 0",
        "\n  fault: 1",
    ),
    "a count of one without an average": ("am-valley", "planning: 6", "planning: 7"),
    "residents, by so few that nothing printed changes": ("felpersham", "331700", "331701"),
    "last year's, of one that is renamed now": ("lakey-hill", "planning: ", "planning: 1"),
}


@pytest.mark.processes
@pytest.mark.thorough
def test_exactly_the_letters_whose_words_changed_are_made_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "borsetshire"
    there = ["--workspace", str(folder)]
    assert cli.run(["init", str(folder), "--example", "borsetshire", "--quiet"]) == 0
    assert cli.run(["build", "--quiet", *there]) == 0
    before = printed(folder)
    made_again = {}
    for case, (start, old, new) in CHANGES.items():
        year = 2024 if case.startswith("last year") else 2025
        (path,) = (folder / f"data/{year}/authorities").glob(f"{start}*.yaml")
        text = path.read_text()
        assert text.count(old) == 1
        path.write_text(text.replace(old, new))
        capsys.readouterr()
        cli.run(["build", "--dry-run", "--json", *there])
        said = json.loads(capsys.readouterr().out)["letters"]
        after = printed(folder)
        path.write_text(text)
        made_again[case] = {e["slug"] for e in said if e["status"] == "to write"}
        assert made_again[case] == {slug for slug in after if after[slug] != before[slug]}, case

    assert [len(slugs) for slugs in made_again.values()] == [5, 1, 0, 1]
