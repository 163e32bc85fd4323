"""The characters that the typeface has are known without the engine, and as it knows them."""

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from generator.batch.job import renderer_for
from generator.edition.values import unfit
from generator.project.load_edition import load_edition
from generator.rendering import fonts as coverage
from generator.rendering.failures import EngineError
from generator.rendering.fonts import FOLDER_VARIABLE, find_fonts, without_glyph
from tests.borsetshire import build_tree


def test_it_has_what_letters_are_written_with() -> None:
    assert without_glyph("“Łódź” – Siân’s £5… Ω → Ж; ⅓ ﬁ \u2011 \u212a") == []


def test_each_that_it_has_not_is_told_once_in_order() -> None:
    assert without_glyph("☃ and 🦆, ☃ or 安") == ["☃", "🦆", "安"]


def test_what_is_taken_for_granted_is_in_every_face() -> None:
    for face in find_fonts():
        known = TTFont(BytesIO(face.content)).getBestCmap()
        assert coverage._ALWAYS - set(map(chr, known)) == set()


SAMPLE = "".join(map(chr, (*range(0x180, 0x250), *range(0x1E00, 0x2460), *range(0x2600, 0x2640))))
"""Letters, marks and signs, some of which the typeface has."""


def test_the_engine_says_the_same(tmp_path: Path) -> None:
    candidates = [c for c in SAMPLE if not unfit(c)[0] and without_glyph(c)]
    words = " ".join(f"a{c}b" for c in candidates)
    letters = load_edition(build_tree(tmp_path, {"templates/2031/report/guide.md": f"{words}\n"}))
    renderer = renderer_for(letters)
    assert renderer is not None

    with pytest.raises(EngineError) as refused:
        renderer.pdf(next(iter(letters.letters.values())).letter)

    assert set(refused.value.characters) == set(candidates)


def test_what_is_not_told_is_set_by_the_engine(tmp_path: Path) -> None:
    known = [c for c in SAMPLE if c.isalpha() and not without_glyph(c)]
    words = " ".join(f"a{c}b" for c in known)
    letters = load_edition(build_tree(tmp_path, {"templates/2031/report/guide.md": f"{words}\n"}))
    renderer = renderer_for(letters)
    assert renderer is not None

    content = renderer.pdf(next(iter(letters.letters.values())).letter)

    assert len(known) > 100
    assert content.startswith(b"%PDF")


def test_where_there_is_no_typeface_nothing_is_known_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))

    assert without_glyph("☃") == []
