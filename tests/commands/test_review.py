"""`letters review` and `letters approve`, as those use them who agree to the letters."""

import json
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from generator.checks.pdf_checks import breaches, can_validate
from tests.borsetshire import AMBRIDGE, EDITION, INTRODUCTION
from tests.commands.conftest import Run, Said

A, F = "ambridge-district-council", "felpersham-city-council"
A_FILE = Path(f"data/2031/authorities/{A}.yaml")
SECTION = Path("templates/2031/sections/introduction.md")
DECISIONS = Path("approvals/2031")


def keys(run: Run) -> dict[tuple[str, str], str]:
    """The keys of all items, by kind and name."""
    found = run("review", "--json").json["items"]
    return {(each["kind"], each["name"]): each["key"] for each in found}


def standings(run: Run) -> dict[tuple[str, str], str]:
    found = run("review", "--json").json["items"]
    return {(each["kind"], each["name"]): each["standing"] for each in found}


def approve_all(run: Run, by: str = "Ida") -> Said:
    return run("approve", "--all", "--shown", run("review", "--json").json["list"], "--by", by)


def test_review_lists_what_is_shared_once_and_what_is_each_letters_own(run: Run) -> None:
    said = run("review")

    assert said.code == 0
    lines = [line.split() for line in said.out.splitlines()]
    known = keys(run)
    introduction = known["wording", "introduction/1"]
    assert f"{introduction}  wording introduction/1, 2 letters  (open)\n" in said.out
    assert "      I write to you about the year that ended on 31 March 2031.\n" in said.out
    assert [A, "open", "Walter", "Gabriel"] in lines
    assert said.out.endswith(f"{len(known)} of {len(known)} items open; 0 of 2 letters approved.\n")


def test_what_is_listed_in_short_has_no_key_to_approve_it_by(run: Run) -> None:
    said = run("review")

    short = [key for (kind, _), key in keys(run).items() if kind in {"letter", "figures"}]
    assert [key for key in short if key in said.out + said.err] == []
    assert run("review", "--json").json["list"] not in said.out + said.err


def test_what_is_named_is_shown_in_full(run: Run) -> None:
    key = keys(run)["wording", "introduction/1"]

    said = run("review", key)

    assert f"{key}  wording introduction/1, 2 letters  (open)" in said.out
    assert "      I write to you about the year that ended on 31 March 2031." in said.out
    assert "Walter" not in said.out
    assert "Ponds and Ducks: 14" in run("review", "amb").out


def test_what_is_approved_holds_until_it_changes(run: Run) -> None:
    assert approve_all(run).code == 0
    assert {*standings(run).values()} == {"approved: Ida"}
    assert [each["status"] for each in run("review", "--json").json["letters"]] == ["approved"] * 2

    A_FILE.write_text(AMBRIDGE.replace("not_upheld: 5", "not_upheld: 4"))
    SECTION.write_text(INTRODUCTION.replace("I write", "We write"))

    changed = {each: s for each, s in standings(run).items() if s != "approved: Ida"}
    assert changed == {
        ("wording", "introduction/1"): "void: words changed since Ida approved",
        ("figures", A): "void: Decisions made changed since Ida approved",
    }
    SECTION.write_text(INTRODUCTION)
    A_FILE.write_text(AMBRIDGE)
    assert {*standings(run).values()} == {"approved: Ida"}


def test_another_style_only_asks_for_a_look_at_the_pages(run: Run) -> None:
    approve_all(run)
    styles = Path("templates/letter.css")
    styles.write_text(styles.read_text() + "p { orphans: 3 }\n")

    said = run("review", "--json").json

    assert [each["status"] for each in said["letters"]] == ["approved"] * 2
    assert {each["reason"] for each in said["letters"]} == {"its pages look different"}
    assert "the pages of 2 look different since then" in run("review").out


def test_nobody_approves_what_was_not_shown(run: Run) -> None:
    for words in (["--all"], ["--figures"], [A], ["--inserts", A]):
        said = run("approve", *words, "--by", "Ida")
        assert (said.code, "Nothing is approved yet." in said.out) == (1, True)
    shown = run("approve", A, "--by", "Ida", "--json").json["list"]
    A_FILE.write_text(AMBRIDGE.replace("ponds: 14", "ponds: 15"))
    said = run("approve", A, "--shown", shown, "--by", "Ida")
    assert (said.code, "the list has changed" in said.err) == (2, True)
    key = keys(run)["figures", A]
    assert run("approve", key[:5], "--by", "Ida").code == 2
    assert not DECISIONS.exists()

    assert run("approve", key, "--by", "Ida").code == 0
    again = run("approve", A, "--by", "Ida", "--json").json["list"]
    assert run("approve", A, "--shown", again, "--by", "Ida").code == 0
    of_it = {name: s for (kind, name), s in standings(run).items() if kind in {"letter", "figures"}}
    assert of_it == {A: "approved: Ida", F: "open"}


def test_two_people_may_be_needed(run: Run) -> None:
    edition = Path("data/2031/edition.yaml")
    edition.write_text(EDITION + "approvals: {people: 2}\n")
    approve_all(run)
    approve_all(run)
    assert {*standings(run).values()} == {"1 of 2: Ida"}
    assert {e["status"] for e in run("review", "--json").json["letters"]} == {"open"}

    said = approve_all(run, "Ola")

    assert "2 letters approved" in said.out
    assert {*standings(run).values()} == {"approved: Ida and Ola"}


def test_an_approval_is_taken_back_by_who_gave_it(run: Run) -> None:
    approve_all(run)
    key = keys(run)["figures", F]
    said = run("approve", key, "--withdraw", "--by", "Ola")
    assert said.out == "Ola had approved none of these; nothing was written.\n"

    said = run("approve", key, "--withdraw", "--by", "Ida", "--reason", "The sum is unclear.")

    assert said.out.startswith("Ida withdrew 1 item, in approvals/2031/")
    assert standings(run)["figures", F] == "open"
    assert {s for each, s in standings(run).items() if each != ("figures", F)} == {"approved: Ida"}
    run("approve", key, "--by", "Ida")
    assert {*standings(run).values()} == {"approved: Ida"}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text.replace(b"Ida", b"Ola"), "was changed after it was written; restore it"),
        (lambda _text: b"{", "was changed after it was written; restore it"),
        (lambda _text: b"", "was changed after it was written; restore it"),
    ],
)
def test_a_decision_that_was_changed_is_none_and_is_told(run: Run, spoil, said: str) -> None:  # type: ignore[no-untyped-def]
    approve_all(run)
    (path,) = DECISIONS.iterdir()
    path.write_bytes(spoil(path.read_bytes()))

    found = run("review")

    assert found.code == 1
    assert f"{path}: error: {said}" in found.err
    assert {*standings(run).values()} == {"open"}


def test_decisions_of_two_people_at_once_are_both_there(run: Run) -> None:
    """Each is a file of its own: whatever comes of git or a shared folder, nothing is merged."""
    approve_all(run)
    (first,) = DECISIONS.iterdir()
    content = first.read_bytes()
    first.unlink()
    approve_all(run, "Ola")
    first.write_bytes(content)

    assert {*standings(run).values()} == {"approved: Ida and Ola"}
    assert len({json.loads(path.read_text())["by"] for path in DECISIONS.iterdir()}) == 2


def test_what_was_approved_and_is_gone_is_said(run: Run) -> None:
    approve_all(run)
    Path("templates/2031/sections/statistics.md").write_text("# The statistics\n\nNone.\n")

    assert "no longer there: statistics/3, approved by Ida" in run("review").out


def test_the_review_is_a_page_too(run: Run) -> None:
    said = run("review", "--html", "review.html")

    assert said.out.endswith("Review written to review.html.\n")
    page = Path("review.html").read_text()
    assert "I write to you about the year" in page
    assert "Ponds and Ducks: 14" in page


def test_the_review_is_one_pdf_with_a_letter_of_each_pattern(run: Run) -> None:
    said = run("review", "--pdf", "review.pdf")

    assert said.out.endswith("Review written to review.pdf.\n")
    with pdfplumber.open("review.pdf") as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    before, letters = " ".join(pages[:-4]), " ".join(pages[-4:])
    for words in ("What letters share", "I write to you", "Ducks", "Letters that follow"):
        assert words in before
    for name in ("Walter Gabriel", "Dorothy Adamson"):  # of the pattern, and what stands out
        assert letters.count(f"Dear {name},") == 1
    assert run("review", "--pdf", "review.doc").code == 2


@pytest.mark.thorough
def test_a_letter_in_the_pdf_is_as_it_is_now_whatever_was_built(built: Run) -> None:
    A_FILE.write_text(AMBRIDGE.replace("Walter Gabriel", "Jethro Larkin"))

    built("review", "--pdf", "review.pdf")

    with pdfplumber.open("review.pdf") as pdf:
        said = " ".join(page.extract_text() for page in pdf.pages)
    assert ("Dear Jethro Larkin," in said, "Walter Gabriel" in said) == (True, False)


@pytest.mark.thorough
@pytest.mark.skipif(not can_validate(), reason="no validator is installed")
def test_the_pdf_with_all_its_letters_is_accessible(run: Run) -> None:
    run("review", "--pdf", "review.pdf")

    content = Path("review.pdf").read_bytes()

    assert breaches(content) == []
    with pikepdf.open("review.pdf") as pdf:
        assert pdf.Root.StructTreeRoot.K is not None


@pytest.mark.thorough
def test_a_review_that_cannot_be_printed_says_why(run: Run) -> None:
    SECTION.write_text(INTRODUCTION.replace("I write", "I\U0001f986 write"))

    said = run("review", "--pdf", "review.pdf")

    assert said.code == 1
    assert "review.pdf: error: not written: Liberation Sans has no glyph for" in said.err
    assert not Path("review.pdf").exists()


def test_it_is_said_what_can_be_approved(run: Run) -> None:
    assert "Name what to approve" in run("approve").err
    assert 'No authority "nowhere"' in run("approve", "nowhere").err
    assert run("approve", keys(run)["figures", F], "--by", " ").code == 2


def test_who_has_looked_at_the_pages_is_not_asked_again(run: Run) -> None:
    approve_all(run)
    styles = Path("templates/letter.css")
    styles.write_text(styles.read_text() + "p { orphans: 3 }\n")
    assert "the pages of 2 look different since then" in run("review").out

    approve_all(run)

    assert "look different" not in run("review").out
    assert approve_all(run).out == "Ida had already approved all of these; nothing was written.\n"


def test_passages_that_change_places_ask_for_a_look_and_void_nothing(run: Run) -> None:
    first, second = "We publish these figures.", "I write to you."
    SECTION.write_text(f"{first}\n\n{second}\n")
    approve_all(run)

    SECTION.write_text(f"{second}\n\n{first}\n")

    assert {*standings(run).values()} == {"approved: Ida"}
    assert "the pages of 2 look different since then" in run("review").out


def test_capitals_make_no_second_person(run: Run) -> None:
    edition = Path("data/2031/edition.yaml")
    edition.write_text(EDITION + "approvals: {people: 2}\n")
    approve_all(run, "Ida Fairweather")

    said = approve_all(run, "ida fairweather")

    assert said.out == "ida fairweather had already approved all of these; nothing was written.\n"
    assert {*standings(run).values()} == {"1 of 2: Ida Fairweather"}
