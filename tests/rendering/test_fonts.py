"""The typefaces travel with the program, whole and with their licences; an edition chooses one."""

from importlib.resources import files
from io import BytesIO
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
from fontTools.ttLib import TTFont

from generator.batch.job import LetterRenderer, renderer_for
from generator.edition.letterhead import Typeface
from generator.letter.letter import ComposedLetter
from generator.project.load_edition import load_edition
from generator.rendering.fonts import font_files
from generator.verification.reading import read_letter
from tests.borsetshire import BORSETSHIRE, build_tree
from tests.rendering.conftest import SLUG

EDITION = "data/2031/edition.yaml"
each_typeface = pytest.mark.parametrize("typeface", Typeface)


def letter_in(typeface: Typeface, folder: Path) -> tuple[ComposedLetter, LetterRenderer]:
    """Ambridge's letter and its renderer, in an edition that chooses a typeface."""
    edition = BORSETSHIRE[EDITION].replace("subject:", f"typeface: {typeface}\nsubject:", 1)
    loaded = load_edition(build_tree(folder, {EDITION: edition}))
    renderer = renderer_for(loaded)
    assert renderer is not None
    assert loaded.problems == []
    return loaded.letters[SLUG].letter, renderer


@each_typeface
def test_each_has_four_faces_of_its_name_that_may_be_embedded(typeface: Typeface) -> None:
    fonts = [TTFont(BytesIO(face.content)) for face in font_files(typeface)]

    assert {font["name"].getBestFamilyName() for font in fonts} == {typeface}
    assert [font["OS/2"].fsSelection & 0b100001 for font in fonts] == [0, 1, 32, 33]
    assert {font["OS/2"].fsType for font in fonts} == {0}


@each_typeface
def test_all_digits_of_a_face_are_equally_wide(typeface: Typeface) -> None:
    for face in font_files(typeface):
        font = TTFont(BytesIO(face.content))
        widths = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
        assert len(widths) == 1


def test_liberation_is_version_2_whose_shapes_are_not_those_of_version_1() -> None:
    for face in font_files(Typeface.LIBERATION_SANS):
        assert 2 <= TTFont(BytesIO(face.content))["head"].fontRevision < 3


@each_typeface
def test_each_stands_beside_its_licence(typeface: Typeface) -> None:
    folder = files("generator.assets") / "fonts" / typeface.lower().replace(" ", "-")

    licence = (folder / "LICENSE.txt").read_text()

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name" in licence.splitlines()[0] + licence.splitlines()[1]


def test_an_edition_that_chooses_none_is_as_one_that_chooses_the_usual_one(tmp_path: Path) -> None:
    usual = load_edition(build_tree(tmp_path / "usual"))
    assert usual.letter_template is not None
    letter, renderer = letter_in(Typeface.LIBERATION_SANS, tmp_path / "chosen")

    assert renderer.html(letter) == LetterRenderer(usual.letter_template).html(letter)


def test_the_page_on_screen_names_the_chosen_one_first_and_then_the_nearest(
    tmp_path: Path,
) -> None:
    letter, renderer = letter_in(Typeface.SOURCE_SERIF_4, tmp_path)

    rules = renderer.html(letter).decode().partition('family: "Source Serif 4"')[2]

    assert rules.startswith(', Georgia, "Times New Roman", serif;')
    assert "Liberation" not in rules


@each_typeface
def test_a_letter_in_it_is_proven_embedded_and_conforms(typeface: Typeface, tmp_path: Path) -> None:
    letter, renderer = letter_in(typeface, tmp_path)

    pdf = renderer.pdf(letter)

    fonts = {piece.font for page in read_letter(pdf).pages for piece in page.pieces}
    name = typeface.replace(" ", "-")
    assert {font.replace(",", "") for font in fonts} == {name, f"{name}-Bold"}
    made = tmp_path / "letter.pdf"
    made.write_bytes(pdf)
    for profile in ("ua1", "3a"):
        assert page_validation.validate_pdf(made, profile=profile).failures == []
    with pikepdf.open(made) as opened:
        streams = [d.FontFile2 for d in opened.objects if _is_descriptor(d)]
    assert len(streams) == 2


def _is_descriptor(each: pikepdf.Object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"


def test_a_character_that_it_has_not_is_an_error_before_printing(tmp_path: Path) -> None:
    edition = BORSETSHIRE[EDITION].replace("subject:", "typeface: Source Serif 4\nsubject:", 1)
    edition = edition.replace("masthead: ", "masthead: א ", 1)

    found = load_edition(build_tree(tmp_path, {EDITION: edition})).problems

    assert [problem.message for problem in found] == [
        "Source Serif 4 has no glyph for “א” (U+05D0, hebrew letter alef)"
    ]
