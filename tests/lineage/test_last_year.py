"""Last year's letters are found by themselves, or where one says, and given to whom they belong."""

import re
from pathlib import Path

import pytest

from generator.letter.letter import LetterSource
from generator.lineage.last_year import LastYear, find_last_year
from generator.outputs.manifest import Manifest, ManifestEntry, made_file, manifest_json
from generator.project.load_edition import load_edition
from generator.rendering.text import render_text
from generator.workspace import UsageError
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, FELPERSHAM, build_tree
from tests.hard_letters import hard_letter

A, F = "ambridge-district-council", "felpersham-city-council"
PDF = hard_letter("a plain letter").pdf
HTML = hard_letter("a plain letter").html
TEXT = render_text(hard_letter("a plain letter").letter)
FELPERSHAM_TEXT = TEXT.replace("Ambridge District Council", "Felpersham City Council")

Files = dict[str, str | bytes | None]

YEAR_BEFORE: Files = {
    path.replace("2031", "2030"): text.replace("2031", "2030")
    for path, text in BORSETSHIRE.items()
    if "2031" in path
}
FORMERLY = AMBRIDGE + "formerly: [penny-hassett-town-council, loxley-barrett-town-council]\n"


def find(folder: Path, files: Files, against: Path | None = None) -> LastYear:
    """Last year's letters in Borsetshire of 2031 with these files beside it."""
    folders = build_tree(folder, files)
    return find_last_year(folders.workspace, 2031, against, load_edition(folders))


def where(found: LastYear) -> dict[str, list[tuple[str, str]]]:
    """From what each authority's letters were read, and the names of the files."""
    return {
        slug: [(version.reading.source.value, version.reading.path.name) for version in versions]
        for slug, versions in found.versions.items()
    }


def said(found: LastYear) -> list[tuple[str, str]]:
    return [(problem.place.path.name, problem.message) for problem in found.problems]


def made(*slugs: str, spoiled: str = "", unfinished: str = "") -> Files:
    """An output folder of 2030 with these letters, as far as the manifest knows."""
    entries = {
        slug: ManifestEntry(
            files={f"pdf/{slug}.pdf": made_file(PDF)}, unfinished=slug == unfinished
        )
        for slug in slugs
    }
    return {
        "output/2030/manifest.json": manifest_json(Manifest(2030, letters=entries)),
        **{
            f"output/2030/pdf/{slug}.pdf": PDF[: 2000 if slug == spoiled else None]
            for slug in slugs
        },
    }


def test_letters_issued_the_year_before_come_first(tmp_path: Path) -> None:
    files: Files = {"issued/2030/sent/july/one.pdf": PDF, **made(A), **YEAR_BEFORE}

    found = find(tmp_path, files)

    assert where(found)[A] == [("record", "one.pdf")]
    assert found.description == (
        "the letters issued for 2030, in issued/2030; "
        "the edition of 2030, composed afresh from data/2030, for 1 of them"
    )
    assert (found.new, found.gone, found.unread, found.problems) == ((), (), {}, ())


def test_then_those_that_were_made(tmp_path: Path) -> None:
    found = find(tmp_path, {**made(A)})

    assert where(found) == {A: [("record", f"{A}.pdf")]}
    assert found.description == "the letters made for 2030, in output/2030"
    assert found.new == (F,)


def test_then_the_edition_composed_afresh(tmp_path: Path) -> None:
    found = find(tmp_path, YEAR_BEFORE)

    assert where(found) == {A: [("edition", f"{A}.yaml")], F: [("edition", f"{F}.yaml")]}
    assert found.description == "the edition of 2030, composed afresh from data/2030"
    assert [version.year for (version,) in found.versions.values()] == [2030, 2030]


def test_gaps_in_last_years_figures_do_not_keep_it_from_being_composed(tmp_path: Path) -> None:
    path = f"data/2030/authorities/{A}.yaml"
    gap: Files = {path: AMBRIDGE.replace("roads: 3", "roads: null")}

    assert A in find(tmp_path, {**YEAR_BEFORE, **gap}).versions


def test_an_authority_whose_file_of_last_year_is_wrong_is_told(tmp_path: Path) -> None:
    path = f"data/2030/authorities/{A}.yaml"

    found = find(tmp_path, {**YEAR_BEFORE, path: "name: Ambridge District Council\n"})

    assert list(found.versions) == [F]
    assert found.new == (A,)
    assert [file.name for file in found.unread] == [f"{A}.yaml"]
    [why] = found.unread.values()
    assert why.startswith("4 errors, the first: decided: missing")


def test_only_letters_that_the_manifest_vouches_for_are_taken(tmp_path: Path) -> None:
    found = find(tmp_path, {**made(A, F, spoiled=F), "output/2030/pdf/stray.pdf": PDF})

    assert list(found.versions) == [A]
    assert found.unread == {
        tmp_path / f"output/2030/pdf/{F}.pdf": ("it is changed, damaged or missing")
    }


def test_a_letter_that_a_run_was_cut_off_at_is_not_taken(tmp_path: Path) -> None:
    found = find(tmp_path, {**made(A, unfinished=A), **YEAR_BEFORE})

    assert where(found)[A] == [("edition", f"{A}.yaml")]
    assert list(found.unread.values()) == ["it may be old or new: its build was interrupted"]


def test_where_nothing_is_found_it_is_said_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        find(tmp_path, {})

    assert str(error.value) == (
        "No letters of 2030 to compare with: issued/2030, output/2030 and data/2030 were "
        "looked "
        f"for in {tmp_path}. Name last year's letters with --against: a file (PDF, HTML or text), "
        "a folder of them, or another year."
    )


def test_a_folder_of_files_is_read_however_it_is_arranged(tmp_path: Path) -> None:
    files: Files = {f"old/a/{A}.html": HTML, "old/b/c/letter.txt": FELPERSHAM_TEXT}

    found = find(tmp_path, files, tmp_path / "old")

    assert where(found) == {A: [("HTML", f"{A}.html")], F: [("text", "letter.txt")]}
    assert found.description == f"the letters in {tmp_path / 'old'}"


def test_of_a_letters_files_the_best_is_read(tmp_path: Path) -> None:
    every: Files = {f"old/pdf/{A}.pdf": PDF, f"old/html/{A}.html": HTML, f"old/text/{A}.txt": TEXT}

    found = find(tmp_path, every, tmp_path / "old")

    assert where(found) == {A: [("record", f"{A}.pdf")]}
    assert found.problems == ()


def test_files_of_one_name_in_several_folders_are_letters_of_their_own(tmp_path: Path) -> None:
    files: Files = {"old/one/letter.txt": TEXT, "old/other/letter.txt": FELPERSHAM_TEXT}

    found = find(tmp_path, files, tmp_path / "old")

    assert list(found.versions) == [A, F]


def test_a_draft_is_passed_over_where_the_letter_is_there(tmp_path: Path) -> None:
    files: Files = {f"old/draft/{A}.txt": TEXT, f"old/{A}.html": HTML}

    found = find(tmp_path, files, tmp_path / "old")

    assert where(found) == {A: [("HTML", f"{A}.html")]}


def test_a_damaged_file_is_told_and_the_next_best_is_read(tmp_path: Path) -> None:
    files: Files = {f"old/{A}.pdf": PDF[:500], f"old/{A}.txt": TEXT}

    found = find(tmp_path, files, tmp_path / "old")

    assert where(found) == {A: [("text", f"{A}.txt")]}
    assert found.unread == {tmp_path / f"old/{A}.pdf": "it is damaged, or not a PDF"}


def test_files_that_are_no_letters_are_told(tmp_path: Path) -> None:
    files: Files = {f"old/{A}.txt": TEXT, "old/notes.docx": "PK", "old/eggs.txt": "Eggs"}

    found = find(tmp_path, files, tmp_path / "old")

    assert found.unread == {
        tmp_path / "old/eggs.txt": "it is not recognisable as a letter",
        tmp_path / "old/notes.docx": "it is not a PDF, HTML or text file",
    }


def test_a_letter_is_known_by_an_alias_of_its_authority(tmp_path: Path) -> None:
    alias: Files = {f"data/2031/authorities/{F}.yaml": f"{FELPERSHAM}aliases: [City of Felpersham]"}
    text = FELPERSHAM_TEXT.replace("Felpersham City Council", "City of Felpersham")

    found = find(tmp_path, {**alias, "old/7.txt": text}, tmp_path / "old")

    assert where(found) == {F: [("text", "7.txt")]}


def test_a_letter_under_anothers_name_is_given_to_whom_it_names_and_told(tmp_path: Path) -> None:
    found = find(tmp_path, {f"old/{F}.txt": TEXT}, tmp_path / "old")

    assert where(found) == {A: [("text", f"{F}.txt")]}
    assert said(found) == [
        (
            f"{F}.txt",
            f"its name is that of {F}, but it is the letter of Ambridge District Council; it was "
            f"read as that",
        )
    ]


def test_of_two_letters_of_one_authority_one_is_compared_and_the_other_told(
    tmp_path: Path,
) -> None:
    files: Files = {"old/first.txt": TEXT, "old/second.html": HTML}

    found = find(tmp_path, files, tmp_path / "old")

    assert where(found) == {A: [("HTML", "second.html")]}
    assert said(found) == [
        (
            "first.txt",
            "there are two letters of Ambridge District Council; "
            "second.html was compared, not this one",
        )
    ]


def test_new_authorities_and_those_that_are_gone_are_named(tmp_path: Path) -> None:
    gone = TEXT.replace("Ambridge District Council", "Penny Hassett Town Council")

    found = find(tmp_path, {"old/1.txt": gone, "old/2.txt": TEXT}, tmp_path / "old")

    assert found.new == (F,)
    assert found.gone == ("Penny Hassett Town Council",)


def test_an_authority_is_matched_with_each_that_it_was_formerly(tmp_path: Path) -> None:
    one = TEXT.replace("Ambridge District Council", "Penny Hassett Town Council")
    other = TEXT.replace("Ambridge District Council", "Loxley Barrett Town Council")
    files: Files = {
        f"data/2031/authorities/{A}.yaml": FORMERLY,
        "old/1.txt": one,
        "old/2.txt": other,
        "old/3.txt": FELPERSHAM_TEXT,
    }

    found = find(tmp_path, files, tmp_path / "old")

    assert where(found)[A] == [("text", "1.txt"), ("text", "2.txt")]
    assert (found.new, found.gone, found.problems) == ((), (), ())


def test_a_predecessor_without_a_letter_is_told(tmp_path: Path) -> None:
    one = TEXT.replace("Ambridge District Council", "Penny Hassett Town Council")
    files: Files = {f"data/2031/authorities/{A}.yaml": FORMERLY, "old/1.txt": one}

    found = find(tmp_path, files, tmp_path / "old")

    assert said(found) == [(f"{A}.yaml", "no letter of loxley-barrett-town-council was found")]


def both_say(line: str) -> Files:
    """A letter of Borchester's, which two authorities of this year have to do with."""
    return {
        f"data/2031/authorities/{A}.yaml": f"{AMBRIDGE}{line}\n",
        f"data/2031/authorities/{F}.yaml": f"{FELPERSHAM}{line}\n",
        "old/1.txt": TEXT.replace("Ambridge District Council", "Borchester Council"),
    }


def test_a_letter_of_an_authority_that_was_divided_belongs_to_both(tmp_path: Path) -> None:
    found = find(tmp_path, both_say("formerly: [borchester-council]"), tmp_path / "old")

    assert where(found) == {A: [("text", "1.txt")], F: [("text", "1.txt")]}


ALIAS: Files = {
    f"data/2031/authorities/{A}.yaml": f"{AMBRIDGE}aliases: [Felpersham City Council]\n",
    "old/1.txt": TEXT,
    "old/2.txt": FELPERSHAM_TEXT,
}


def test_a_letter_is_its_that_has_the_name_and_not_its_that_has_it_as_an_alias(
    tmp_path: Path,
) -> None:
    found = find(tmp_path, ALIAS, tmp_path / "old")

    assert where(found) == {A: [("text", "1.txt")], F: [("text", "2.txt")]}


def test_what_two_have_as_an_alias_belongs_to_neither(tmp_path: Path) -> None:
    found = find(tmp_path, both_say("aliases: [Borchester Council]"), tmp_path / "old")

    assert (where(found), found.gone) == ({}, ("Borchester Council",))


def test_by_its_own_names_an_authority_has_one_letter(tmp_path: Path) -> None:
    without: Files = {f"data/2031/authorities/{F}.yaml": None}

    found = find(tmp_path, {**ALIAS, **without}, tmp_path / "old")

    assert where(found) == {A: [("text", "1.txt")]}
    assert said(found) == [
        (
            "2.txt",
            "there are two letters of Felpersham City Council; 1.txt was compared, not this one",
        )
    ]


def test_a_letter_of_our_own_is_known_by_its_name_where_its_slug_was_another(
    tmp_path: Path,
) -> None:
    then = f"data/2030/authorities/{A}.yaml"
    other: Files = {then: None, "data/2030/authorities/ambridge.yaml": YEAR_BEFORE[then]}

    found = find(tmp_path, {**YEAR_BEFORE, **other})

    assert where(found)[A] == [("edition", "ambridge.yaml")]
    assert (found.new, found.gone) == ((), ())


def test_one_file_is_compared_with_its_authority_alone(tmp_path: Path) -> None:
    found = find(tmp_path, {"letter.html": HTML}, tmp_path / "letter.html")

    assert where(found) == {A: [("HTML", "letter.html")]}
    assert (found.one_letter, found.new, found.gone) == ("Ambridge District Council", (F,), ())


def test_letters_are_read_as_their_own_years_edition_has_them(tmp_path: Path) -> None:
    edition = str(YEAR_BEFORE["data/2030/edition.yaml"])
    other: Files = {"data/2030/edition.yaml": edition.replace("Ponds and Ducks", "Waters")}
    text = TEXT.replace("16 July 2031", "16 July 2030")
    text = re.sub("Ponds and Ducks", "Waters         ", text)

    found = find(tmp_path, {**YEAR_BEFORE, **other, "old.txt": text}, tmp_path / "old.txt")

    [version] = found.versions[A]
    assert [(f.id, f.label) for f in version.figures][:3] == [
        ("roads", "Roads"),
        ("ponds", "Waters"),
        ("total", "Total"),
    ]
    assert version.reading.unread == ()


@pytest.mark.parametrize("against", ["2030", "data/2030"])
def test_a_year_or_its_folder_may_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, against: str
) -> None:
    monkeypatch.chdir(tmp_path)

    found = find(tmp_path, YEAR_BEFORE, Path(against))

    assert {version.reading.source for (version,) in found.versions.values()} == {
        LetterSource.EDITION
    }
    assert list(found.versions) == [A, F]


REFUSED: dict[str, tuple[Files, str, str]] = {
    "nothing there": ({}, "elsewhere", "no file or folder {path}. Name a letter (PDF,"),
    "an empty folder": ({"old/.keep": "x"}, "old", "{path} holds no letter (PDF, HTML or text)."),
    "no letters in it": (
        {"old/eggs.txt": "Eggs"},
        "old",
        "no letter in {path} could be read. eggs.txt: it is not recognisable as a letter",
    ),
    "a file that is none": ({"eggs.txt": "Eggs"}, "eggs.txt", "{path}: it is not recognisable"),
    "a stranger's letter": (
        {"1.txt": TEXT.replace("Ambridge", "Borchester")},
        "1.txt",
        "{path} is the letter of Borchester District Council, which has none this year.",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_compared_with_is_refused_in_words(tmp_path: Path, what: str) -> None:
    files, name, expected = REFUSED[what]
    path = tmp_path / name

    with pytest.raises(UsageError) as error:
        find(tmp_path, files, path)

    assert str(error.value).startswith(f"Nothing to compare with: {expected.format(path=path)}")
