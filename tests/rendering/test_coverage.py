"""The characters that the typeface has are known without the engine, and as it knows them."""

from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from fontTools.ttLib import TTFont

from generator.batch.job import renderer_for
from generator.edition.letterhead import Typeface
from generator.edition.values import unfit
from generator.project.load_edition import LoadedEdition, load_edition
from generator.rendering import fonts as coverage
from generator.rendering.failures import EngineError, missing_glyph
from generator.rendering.fonts import font_files, without_glyph
from tests.borsetshire import BORSETSHIRE, build_tree

USUAL = Typeface.LIBERATION_SANS
EDITION = "data/2031/edition.yaml"
each_typeface = pytest.mark.parametrize("typeface", Typeface)


def test_it_has_what_letters_are_written_with() -> None:
    assert without_glyph("“Łódź” – Siân’s £5… Ω → Ж; ⅓ ﬁ \u2011 \u212a", USUAL) == []


def test_each_that_it_has_not_is_told_once_in_order() -> None:
    assert without_glyph("☃ and 🦆, ☃ or 安", USUAL) == ["☃", "🦆", "安"]


@each_typeface
def test_what_is_taken_for_granted_is_in_every_face(typeface: Typeface) -> None:
    for face in font_files(typeface):
        known = TTFont(BytesIO(face.content)).getBestCmap()
        assert coverage._ALWAYS - set(map(chr, known)) == set()


SAMPLE = "".join(map(chr, (*range(0x180, 0x250), *range(0x1E00, 0x2460), *range(0x2600, 0x2640))))
"""Letters, marks and signs, some of which the typeface has."""


def guide_in(typeface: Typeface, words: str, folder: Path) -> LoadedEdition:
    """An edition in a typeface, with some words in its guide."""
    edition = BORSETSHIRE[EDITION].replace("subject:", f"typeface: {typeface}\nsubject:", 1)
    guide = "templates/2031/report/guide.md"
    return load_edition(build_tree(folder, {EDITION: edition, guide: f"{words}\n"}))


@each_typeface
def test_the_engine_says_the_same(typeface: Typeface, tmp_path: Path) -> None:
    candidates = [c for c in SAMPLE if not unfit(c)[0] and without_glyph(c, typeface)]
    words = " ".join(f"a{c}b" for c in candidates)
    letters = guide_in(typeface, words, tmp_path)
    renderer = renderer_for(letters)
    assert renderer is not None

    with pytest.raises(EngineError) as refused:
        renderer.pdf(next(iter(letters.letters.values())).letter)

    put_together = {c for c in candidates if not without_glyph(normalize("NFD", c), typeface)}
    told = {missing_glyph(c, typeface) for c in set(candidates) - put_together}
    assert set(refused.value.reasons) == told


@each_typeface
def test_what_is_not_told_is_set_by_the_engine(typeface: Typeface, tmp_path: Path) -> None:
    known = [c for c in SAMPLE if c.isalpha() and not without_glyph(c, typeface)]
    words = " ".join(f"a{c}b" for c in known)
    letters = guide_in(typeface, words, tmp_path)
    renderer = renderer_for(letters)
    assert renderer is not None

    content = renderer.pdf(next(iter(letters.letters.values())).letter)

    assert len(known) > 100
    assert content.startswith(b"%PDF")
