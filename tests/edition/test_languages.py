"""A text is written in each language of its edition, below its key; figures are the same in all."""

from pathlib import Path

import pytest

from generator.edition.load import load_data
from generator.edition.schemas import schema_files
from tests.bilingual import (
    AUTHORITIES,
    EDITION,
    SECTIONS,
    A,
    Changes,
    G,
    P,
    bilingual,
    loaded,
    said,
)

HOUSING = "{en-GB: Housing, cy: Tai}"
AT = "edition.yaml:60:16: error: figures.received.figures.housing: "
EACH = "given in one language only; write it in each, below its key: en-GB: …, cy: …"
LISTED = "languages: [en-GB, cy]"
UNLISTED = "texts in several languages, but the edition lists none; expected"
CASES: dict[str, tuple[Changes, list[str]]] = {
    "a label lacks a language": (
        {EDITION: (HOUSING, "{en-GB: Housing}")},
        [f"{AT}given in en-GB only; write it in cy, too"],
    ),
    "a label is in none in particular": ({EDITION: (HOUSING, "Housing")}, [AT + EACH]),
    "a label is in another": (
        {EDITION: (HOUSING, "{en-GB: Housing, fr: Logement}")},
        [
            f"{AT}given in en-GB only; write it in cy, too",
            "edition.yaml:60:33: error: figures.received.figures.housing.fr: the edition has no "
            'language "fr"; expected en-GB and cy',
        ],
    ),
    "a label is in others only": (
        {EDITION: (HOUSING, "{en: Housing, fr: Logement}")},
        [
            "edition.yaml:60:17: error: figures.received.figures.housing.en: the edition has no "
            'language "en"; expected en-GB and cy',
            "edition.yaml:60:30: error: figures.received.figures.housing.fr: the edition has no "
            'language "fr"; expected en-GB and cy',
        ],
    ),
    "fixed words lack one": (
        {EDITION: ("{en-GB: By email, cy: Drwy e-bost}", "{cy: Drwy e-bost}")},
        ["edition.yaml:29:13: error: words.delivery: given in cy only; write it in en-GB, too"],
    ),
    "a list is shorter in one": (
        {EDITION: ("[Comisiynydd Cwynion Ynysoedd Gwylan]", "[Comisiynydd, Cwynion]")},
        [
            "edition.yaml:16:5: error: signatory.offices: 1 line in en-GB, 2 lines in cy; write "
            "as many in each"
        ],
    ),
    "an office": (
        {f"{AUTHORITIES}/{A}.yaml": ("{en-GB: Chief Executive, cy: Prif Weithredwr}", "Clerk")},
        [f"{A}.yaml:7:11: error: addressee.office: {EACH}"],
    ),
    "a salutation": (
        {
            f"{AUTHORITIES}/{P}.yaml": (
                "{en-GB: Nia Morfa and Steffan Craig, cy: Nia Morfa a Steffan Craig}",
                "Nia Morfa and Steffan Craig",
            )
        },
        [f"{P}.yaml:8:15: error: addressee.salutation: {EACH}"],
    ),
    "an authority's own paragraph": (
        {f"{AUTHORITIES}/{G}.yaml": ("      cy: |\n        Fe wn", "      # Fe wn")},
        [f"{G}.yaml:25:7: error: inserts.1.text: given in en-GB only; write it in cy, too"],
    ),
    "a figure is no text": (
        {f"{AUTHORITIES}/{A}.yaml": ("housing: 11", "housing: {en-GB: 11, cy: 12}")},
        [
            f"{A}.yaml:13:12: error: received.housing: found keys and values; expected a whole "
            "number, or null if not yet supplied"
        ],
    ),
    "an unknown language": (
        {EDITION: (LISTED, "languages: [en-GB, xx]")},
        ['edition.yaml:5:20: error: languages: found "xx"; expected a language, such as en-GB'],
    ),
    "a language twice": (
        {EDITION: (LISTED, "languages: [en-GB, cy, cy]")},
        ['edition.yaml:5:24: error: languages: "cy" is listed twice; remove one'],
    ),
    "both keys": (
        {EDITION: (LISTED, f"language: en-GB\n{LISTED}")},
        ['edition.yaml:5:11: error: language: both "language" and "languages"; remove this line'],
    ),
    "a form of a noun is missing": (
        {EDITION: ("few: cwyn, ", "")},
        [
            'edition.yaml:45:11: error: words.plurals.complaint: "few" is missing; cy has zero, '
            "one, two, few, many, other"
        ],
    ),
    "a form of a noun is unknown": (
        {EDITION: ("{one: complaint, ", "{one: complaint, two: complaints, ")},
        [
            "edition.yaml:44:36: error: words.plurals.complaint.two: no such form; "
            "en-GB has one, other"
        ],
    ),
    "a section's file": (
        {f"{SECTIONS}/this-letter.cy.md": None},
        ["this-letter.md: error: given in en-GB only; write this-letter.cy.md, the same in cy"],
    ),
    "a file in no language": (
        {f"{SECTIONS}/this-letter.fr.md": "Bonjour.\n"},
        [
            'this-letter.fr.md: error: not read: the edition has no language "fr"; rename it to '
            "this-letter.md or this-letter.cy.md, or move it elsewhere"
        ],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), CASES.values(), ids=CASES)
def test_a_mistake(tmp_path: Path, changes: Changes, expected: list[str]) -> None:
    assert said(loaded(tmp_path, changes)) == expected


def test_texts_in_languages_that_are_not_listed_are_said_once(tmp_path: Path) -> None:
    found = said(loaded(tmp_path, {EDITION: (LISTED, "language: en-GB")}))

    assert (
        found[0] == f'edition.yaml:8:3: error: {UNLISTED} "languages: [en-GB, cy]" in edition.yaml'
    )
    assert len([line for line in found if UNLISTED in line]) == 1


def test_a_file_reads_in_each_language_with_the_places_of_each(tmp_path: Path) -> None:
    folders = bilingual(tmp_path)
    for language, name, column in (("en-GB", "Aberwen Council", 15), ("cy", "Cyngor Aberwen", 36)):
        data = load_data(folders, language=language)
        assert data.edition is not None
        authority = data.authorities[A]

        assert data.problems == []
        assert data.edition.language == language
        assert authority.name == name
        assert (authority.place("name").line, authority.place("name").column) == (3, column)
        assert authority.figure("received", "housing").value == 11


def test_editors_are_told_of_the_languages(tmp_path: Path) -> None:
    folders = bilingual(tmp_path)
    edition = load_data(folders).edition
    assert edition is not None
    files = {p.name: text for p, text in schema_files(folders.workspace, edition).items()}

    for text in files.values():
        assert '"cy": {' in text
        assert "inLanguages" not in text
