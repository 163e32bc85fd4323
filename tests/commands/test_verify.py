"""`letters verify`, as a person in the office sees it."""

import shutil
from pathlib import Path

import pikepdf
import pytest

from tests.borsetshire import AMBRIDGE, STATISTICS, build_tree, slow_for, unprintable_for
from tests.commands.conftest import Run

pytestmark = pytest.mark.processes

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE = f"data/2031/authorities/{A}.yaml"
A_PDF, F_PDF = f"output/2031/pdf/{A}.pdf", f"output/2031/pdf/{F}.pdf"


def test_letters_just_made_are_proven(run: Run) -> None:
    run("build")

    said = run("verify")

    assert (said.code, said.out, said.err) == (
        0,
        "2 letters proven.\n",
        "Edition 2031, in data/2031\n",
    )


def test_letters_in_each_others_files_are_damaged(run: Run, tmp_path: Path) -> None:
    run("build")
    shutil.move(tmp_path / A_PDF, tmp_path / "other.pdf")
    shutil.move(tmp_path / F_PDF, tmp_path / A_PDF)
    shutil.move(tmp_path / "other.pdf", tmp_path / F_PDF)

    said = run("verify", "--quiet")

    assert (said.code, said.out) == (1, "0 letters proven; 2 damaged.\n")
    assert sorted(said.err.splitlines()) == [
        f"{A_PDF}: error: damaged: it is the letter of Felpersham City Council",
        f"{F_PDF}: error: damaged: it is the letter of Ambridge District Council",
    ]


def test_a_letter_without_its_record_is_damaged(run: Run, tmp_path: Path) -> None:
    run("build")
    with pikepdf.open(tmp_path / A_PDF, allow_overwriting_input=True) as document:
        del document.Root.Names["/EmbeddedFiles"]
        document.save()

    said = run("verify", "ambridge", "--quiet")

    assert said.err == f"{A_PDF}: error: damaged: the attached file letter.json is missing\n"


def test_a_letter_is_out_of_date_when_the_data_moved_on(run: Run, tmp_path: Path) -> None:
    run("build")
    build_tree(
        tmp_path,
        {
            A_FILE: AMBRIDGE.replace("upheld: 3", "upheld: 4"),
            "templates/2031/sections/statistics.md": STATISTICS.replace("every", "each"),
        },
    )

    said = run("verify", "ambridge", "--quiet")

    assert (said.code, said.out) == (1, "0 letters proven; 1 out of date.\n")
    assert said.err.splitlines() == [
        f"{A_PDF}: error: out of date: decided.upheld was 3 and is now 4",
        f"{A_PDF}: error: out of date: decided.uphold_rate was 38% and is now 44%",
        f"{A_PDF}: error: out of date: decided.total was 9 and is now 10",
        f'{A_PDF}: error: out of date: "We publish these figures every year." is no longer in it',
        f'{A_PDF}: error: out of date: "We publish these figures each year." is new',
    ]


def test_a_letter_that_was_not_made_is_missing(run: Run) -> None:
    run("build", "felp")

    said = run("verify", "--json")

    assert said.code == 1
    assert [(letter["slug"], letter["status"]) for letter in said.json["letters"]] == [
        (A, "missing"),
        (F, "proven"),
    ]


def test_a_letter_whose_data_have_errors_cannot_be_proven(run: Run, tmp_path: Path) -> None:
    run("build")
    build_tree(tmp_path, {A_FILE: AMBRIDGE.replace("roads: 3", "roads: -3")})

    said = run("verify", "--quiet")

    assert (said.code, said.out) == (1, "1 letter proven; 1 failed.\n")
    assert "received.roads: found -3" in said.err


def test_a_label_that_changed_makes_a_letter_out_of_date(run: Run, tmp_path: Path) -> None:
    run("build")
    edition = (tmp_path / "data/2031/edition.yaml").read_text()
    build_tree(tmp_path, {"data/2031/edition.yaml": edition.replace("Roads", "Lanes")})

    said = run("verify", "--quiet")

    assert sorted(said.err.splitlines()) == [
        f"{path}: error: out of date: its tables, its order or its wording have changed"
        for path in (A_PDF, F_PDF)
    ]


def test_a_change_that_no_proof_looks_at_is_damage_too(run: Run, tmp_path: Path) -> None:
    """A link that leads elsewhere, a cover over a figure: the same data make the same bytes."""
    run("build")
    with pikepdf.open(tmp_path / A_PDF, allow_overwriting_input=True) as document:
        link = next(a for page in document.pages for a in page.get("/Annots", []))
        link.A.URI = pikepdf.String("https://evil.example/")
        document.save(static_id=True)

    said = run("verify", "--quiet")

    assert (said.code, said.out) == (1, "1 letter proven; 1 damaged.\n")
    assert said.err == (
        f"{A_PDF}: error: damaged: it says what it should, but is not, byte for byte, what its "
        "data make: it was edited, or made with other versions; make it again\n"
    )


def test_a_record_that_contradicts_itself_is_damage_and_stops_no_other(
    run: Run, tmp_path: Path
) -> None:
    run("build")
    with pikepdf.open(tmp_path / A_PDF, allow_overwriting_input=True) as document:
        content = document.attachments["letter.json"].get_file().read_bytes()
        document.attachments["letter.json"] = pikepdf.AttachedFileSpec(
            document,
            content.replace(b'"role": "closing"', b'"role": "opening"'),
            description="",
            filename="letter.json",
            mime_type="application/json",
            creation_date="",
            mod_date="",
        )
        document.save()

    said = run("verify", "--quiet")

    assert said.out == "1 letter proven; 1 damaged.\n"
    assert said.err == (
        f"{A_PDF}: error: damaged: its record (letter.json) contradicts itself about the closing\n"
    )


def test_programs_are_told_by_name_in_whatever_order_letters_are_proven(
    run: Run, tmp_path: Path
) -> None:
    """Here the first letter takes longest to print anew, and in vain."""
    template = unprintable_for("ambridge", template=slow_for("amb", loops=5))
    build_tree(tmp_path, {"templates/letter.html.jinja": template})

    report = run("verify", "--json").json

    assert [letter["status"] for letter in report["letters"]] == ["failed", "missing"]
    paths = [problem["path"] for problem in report["problems"]]
    assert (paths[0], paths[-1], paths) == (A_FILE, F_PDF, sorted(paths))
