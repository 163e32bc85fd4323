"""A page made from another of its shape is, byte for byte, the one that is laid out in full."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from benchmarks.county import build_county
from generator.project.load_edition import LoadedEdition, load_edition
from generator.rendering.failures import EngineError
from generator.rendering.html import FilledLetter
from generator.rendering.pdf import drawn_lines, page_texts, recording, shape, word_parts
from generator.rendering.pdf.page_texts import PageTexts
from generator.rendering.pdf.pdf_engine import PdfEngine
from generator.rendering.record import attached_files
from tests.hard_letters import each_letter, hard_letter
from tests.real_letters import real_edition

PAGE = """<html lang="en"><head><title>A letter to {name}</title></head><body>
<header><p class="head">To {name}</p></header>
<h1>About {name}</h1>
<p>Dear {name},</p>
<p>In the year we looked at {number} complaints about the ponds of {name}, <em>all {number}</em> of
them with care; read <a href="https://ponds.example/">what we said of {name}</a> in public.</p>
<p class="band">Of {number}</p>
<table><tr><th>Ducks</th><th>Geese</th></tr><tr><td>{number}</td><td>7</td></tr></table>
</body></html>"""
STYLES = """
* { font-family: "Liberation Sans" }
@page { size: 105mm 148mm; @top-right { content: element(head) } }
.head { position: running(head); text-align: right }
.band { position: fixed; bottom: 0; left: 0; right: 0 }
p { color: #123; text-align: justify }
table { table-layout: fixed; width: 60mm }
td { text-align: center }
"""


def with_words(page: str, words: Mapping[int, str]) -> str:
    """A page with other texts in the place of those of these numbers."""
    pieces = page_texts._MARKUP.split(page)
    for number, text in words.items():
        pieces[2 * number] = escape(text)
    return "".join(pieces)


def outcome(engine: PdfEngine, page: str, *, in_full: bool = False) -> bytes | list[str]:
    try:
        return engine.print(page, in_full=in_full)
    except EngineError as error:
        return error.reasons


def by_shape(loaded: LoadedEdition, most: int | None = None) -> Counter[str]:
    """Why letters of an edition were laid out in full; each is held to the one that is."""
    assert loaded.letter_template is not None
    template = loaded.letter_template
    engine = PdfEngine(template.styles, template.typeface)
    why: Counter[str] = Counter()
    for composed in list(loaded.letters.values())[:most]:
        page = FilledLetter(composed.letter, template).page_without_styles
        attached = attached_files(composed.letter)
        made = engine.print(page, attached)
        why[engine.why_in_full] += 1
        assert made == engine.print(page, attached, in_full=True), composed.letter.slug
    return why


FIRST = "it is the first of its shape"


def test_the_letters_of_2018() -> None:
    assert by_shape(real_edition()) == {FIRST: 2, "": 3}


def test_invented_letters_of_that_year(tmp_path: Path) -> None:
    assert by_shape(load_edition(build_county(tmp_path / "county", 12))) == {FIRST: 2, "": 10}


@pytest.mark.thorough
def test_four_hundred_of_them(tmp_path: Path) -> None:
    why = by_shape(load_edition(build_county(tmp_path / "county", 400)))

    assert why[""] >= 0.95 * 400


@cache
def plain_engine() -> PdfEngine:
    return PdfEngine(STYLES)


def print_both(page: str) -> str:
    """Print a page as its shape allows and in full, which must be the same; gives why in full."""
    engine = plain_engine()
    made, why = engine.print(page), engine.why_in_full
    assert made == engine.print(page, in_full=True)
    return why


@pytest.fixture(name="known")
def _known() -> str:
    """A page whose shape is known."""
    page = PAGE.format(name="Ambridge", number=12)
    plain_engine()._shapes._kept.clear()
    assert print_both(page) == FIRST
    return page


@pytest.mark.parametrize(
    "name",
    [
        "Ambleton",
        "Amffidge",  # ligatures, where the face has them
        "AVATo. Wy",  # kerning
        "Llŷn Ŵyl",
        "Αθήναιος",
        "O'B & <S>",
        "Amb\u00a0idge",
    ],
)
@pytest.mark.usefixtures("known")
def test_other_names(name: str) -> None:
    assert print_both(PAGE.format(name=escape(name), number=12)) == ""


@pytest.mark.parametrize("number", [0, 7, 34, 99])
@pytest.mark.usefixtures("known")
def test_other_figures_in_a_sentence_and_in_a_cell(number: int) -> None:
    assert print_both(PAGE.format(name="Ambridge", number=number)) == ""


@pytest.mark.parametrize(
    ("name", "number", "why"),
    [
        ("Ambridge", 10**22, "a paragraph has more or fewer lines"),
        ("Am\tbridge", 12, ""),
        ("the very long name of a council by the sea", 12, "a paragraph has more or fewer lines"),
        ("שלום", 12, "words are not plainly set from left to right"),
        ("Amb\u00adridge", 12, "words are not plainly set from left to right"),
    ],
)
@pytest.mark.usefixtures("known")
def test_what_does_not_fit_is_laid_out_in_full(name: str, number: int, why: str) -> None:
    engine, page = plain_engine(), PAGE.format(name=escape(name), number=number)

    made = outcome(engine, page)

    assert engine.why_in_full == why
    assert made == outcome(engine, page, in_full=True)


@pytest.mark.parametrize("words", ["", " and the other ponds " * 3, " and one more"])
def test_a_paragraph_of_more_lines_has_another_shape_and_that_is_kept(
    words: str, known: str
) -> None:
    longer = known.replace("with care;", f"with care{words};")

    first, second = print_both(longer), print_both(longer.replace("12", "34"))

    assert (first, second) in {("", ""), ("a paragraph has more or fewer lines", "")}


def test_styles_that_print_words_a_second_time_have_no_shapes() -> None:
    engine = PdfEngine(STYLES + "h1 { string-set: title content() }")

    for number in (1, 2):
        engine.print(PAGE.format(name="Ambridge", number=number))
        assert engine.why_in_full == "the styles print words in a second place"


def test_words_whose_width_has_a_say_elsewhere_are_laid_out_in_full() -> None:
    engine = PdfEngine(STYLES.replace("table-layout: fixed; width: 60mm", ""))
    pages = [PAGE.format(name="Ambridge", number=number) for number in (1, 2222)]

    made = [engine.print(page) for page in pages]

    assert engine.why_in_full == "the room for other things depends on the width of words"
    assert made == [engine.print(page, in_full=True) for page in pages]


TEXTS = st.text(
    st.sampled_from("abcdefghilmnoprstuvwyATVWŵŷéß\u2019\u2013-.,1234567890  ()&<>\"'αβγΩЖ\u00a0"),
    min_size=1,
)


@settings(max_examples=25)
@given(st.data())
def test_any_words_and_figures(data: st.DataObject) -> None:
    page = PAGE.format(name="Ambridge", number=12)
    print_both(page)
    words = data.draw(
        st.dictionaries(st.integers(1, len(PageTexts.of(page).texts) - 2), TEXTS, max_size=4)
    )
    other = with_words(
        page, {n: " ".join(text.split(" ")).strip() or "x" for n, text in words.items()}
    )

    engine = plain_engine()

    assert outcome(engine, other) == outcome(engine, other, in_full=True)


@each_letter
def test_hard_letters_with_other_words(name: str) -> None:
    """Each text in turn, a few at once, with a word that is about as long in the place of one."""
    letter = hard_letter(name)
    attached = attached_files(letter.letter)
    texts = PageTexts.of(letter.page).texts
    spoken = [n for n, text in enumerate(texts) if text and "{" not in text]
    letter.engine.print(letter.page, attached)
    for start in range(3):
        changes = {
            n: _another(unescape(texts[n])) for n in spoken[start :: max(9, len(spoken) // 8)]
        }
        page = with_words(letter.page, changes)

        assert letter.engine.print(page, attached) == letter.engine.print(
            page, attached, in_full=True
        )


def _another(text: str) -> str:
    """A text with figures and one word turned round."""
    figures = text.translate(str.maketrans("0123456789", "7801234569"))
    return re.sub(r"\b([a-z]+)([a-z])\b", r"\2\1", figures, count=1)


@contextmanager
def unproven() -> Iterator[None]:
    """While inside, parts are not tried in their own words before they are set in others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shape.Shape, "_prove", lambda *_: None)
        yield


def _displaced(patch: pytest.MonkeyPatch) -> None:
    """Each line a hundredth of a point to the right."""
    original = word_parts.Paragraph.set

    def set_(part: word_parts.Paragraph) -> Any:
        made = original(part)
        for _, box in made:
            box.translate(0.01 / 0.75)
        return made

    patch.setattr(word_parts.Paragraph, "set", set_)


def _out_of_order(patch: pytest.MonkeyPatch) -> None:
    """The glyphs of a line are met from the last to the first."""
    original = recording.take_glyphs

    def take(fonts: Any) -> Any:
        return {
            key: tuple(dict(reversed(added.items())) for added in both)
            for key, both in original(fonts).items()
        }

    patch.setattr(drawn_lines, "take_glyphs", take)


def _in_a_stale_colour(patch: pytest.MonkeyPatch) -> None:
    """A line is drawn as if its colour were in force already."""

    def draw(drawing: recording.Drawing, *more: Any) -> Any:
        drawing.before["_current_color"] = drawing.after["_current_color"]
        return drawn_lines.draw_again(drawing, *more)

    patch.setattr(shape, "draw_again", draw)


@pytest.mark.parametrize("spoil", [_displaced, _out_of_order, _in_a_stale_colour])
def test_what_is_recorded_wrongly_is_noticed(spoil: Callable[[pytest.MonkeyPatch], None]) -> None:
    """By the proof of each part; and without that, by these tests."""
    pages = [PAGE.format(name=name, number=12) for name in ("Ambridge", "Vale of Vyx")]
    with pytest.MonkeyPatch.context() as patch:
        spoil(patch)
        engine = PdfEngine(STYLES)
        expected = [engine.print(page, in_full=True) for page in pages]

        assert [engine.print(page) for page in pages] == expected
        assert engine.why_in_full == "a part is not drawn again as it was"
        with unproven():
            engine = PdfEngine(STYLES)
            made = [engine.print(page) for page in pages]
            assert engine.why_in_full == ""
            assert made[0] == expected[0]
            assert made[1] != expected[1]
