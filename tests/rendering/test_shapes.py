"""A page made from another of its shape is, byte for byte, the one that is laid out in full."""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from benchmarks.county import AVERAGES, SHAPES, Shape, build_county
from generator.project.load_edition import LoadedEdition, load_edition
from generator.rendering.failures import EngineError
from generator.rendering.html import FilledLetter
from generator.rendering.pdf import drawn_lines, drawn_parts, page_texts, recording, word_parts
from generator.rendering.pdf.page_texts import PageTexts
from generator.rendering.pdf.pdf_engine import PdfEngine
from generator.rendering.record import attached_files
from tests.hard_letters import NAMES, each_of, hard_letter
from tests.real_letters import LUTON, real_edition

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


@pytest.mark.thorough
def test_invented_letters_of_that_year(tmp_path: Path) -> None:
    assert by_shape(load_edition(build_county(tmp_path / "county", 6))) == {FIRST: 2, "": 4}


def test_letters_with_values_in_sentences_averages_and_a_chart(tmp_path: Path) -> None:
    county = build_county(tmp_path / "county", 5, AVERAGES)

    why = by_shape(load_edition(county))

    assert why == {FIRST: 2, "a paragraph has fewer lines": 1, "": 2}


@pytest.mark.thorough
@pytest.mark.parametrize("kind", SHAPES, ids=lambda kind: kind.title)
def test_four_hundred_of_them(tmp_path: Path, kind: Shape) -> None:
    why = by_shape(load_edition(build_county(tmp_path / "county", 400, kind)))

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


def picture(words: str, height: int = 40, alternative: str | None = None) -> str:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="{height}" font-size="12">'
        f'<path d="M0 0h{len(words)}v9z" fill="#123"/><text x="0" y="30" '
        f'font-family="Liberation Sans">{words}</text></svg>'
    )
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    said = words if alternative is None else alternative
    return f'<img src="{address}" alt="{said}">'


PICTURES = {
    "another": (picture("Geese 7 of 12"), ""),
    "with other words in its place alone": (picture("Ducks 3", alternative="3 &gt; 2 “Ŵ”"), ""),
    "of more height": (picture("Ducks 3", 60), "a picture has another size"),
    "of another colour at its end": (
        picture('Ducks <tspan fill="red">3</tspan>', alternative="3"), ""
    ),
    "in two typefaces": (
        picture('Ducks <tspan font-style="italic">3</tspan>', alternative="3"),
        "a line or picture leaves other colours or fonts behind it",
    ),
    "with an entity": (
        picture("Ducks 3", alternative="3 &hellip;"),
        "the words in the place of a picture are not plainly written",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("other", "why"), PICTURES.values(), ids=PICTURES)
def test_another_picture_in_the_place_of_one(other: str, why: str) -> None:
    styles = STYLES + "img { display: block } em { font-style: normal }"
    engine, page = PdfEngine(styles), PAGE.format(name="Ambridge", number=12)
    first, second = (
        page.replace("<table>", f"{each}<table>") for each in (picture("Ducks 3"), other)
    )
    engine.print(first)

    made, said = engine.print(second), engine.why_in_full

    assert said == why
    assert made == engine.print(second, in_full=True)
    assert made != engine.print(first)


def test_words_and_pieces_of_pictures_that_come_again() -> None:
    engine = PdfEngine(STYLES + "img { display: block }")
    page = PAGE.replace("<table>", "{picture}<table>")
    pages = [
        page.format(name=name, number=number, picture=picture(f"Ducks {number}", alternative="D"))
        for name, number in (("A", 1), ("B", 2), ("A", 12), ("Cam", 1), ("B", 2), ("A", 1))
    ]

    made = [engine.print(page) for page in pages]

    assert engine.why_in_full == ""
    assert made == [engine.print(page, in_full=True) for page in pages]


@pytest.mark.parametrize(
    ("styles", "why"),
    [
        pytest.param("", "", id="in a line"),
        pytest.param(
            "img { position: fixed; bottom: 0 } h1 { break-after: page }",
            "a picture does not stand once, by itself",
            id="twice",
        ),
    ],
)
def test_another_picture_in_other_places(styles: str, why: str) -> None:
    engine = PdfEngine(STYLES + styles)
    pages = [
        PAGE.replace("<p>Dear {name},", f"<p>{picture(words)} {{name}}").format(name="A", number=1)
        for words in ("Ducks 3", "Geese 7")
    ]

    made = [engine.print(page) for page in pages]

    assert engine.why_in_full == why
    assert made == [engine.print(page, in_full=True) for page in pages]


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


@pytest.mark.thorough
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


@each_of(NAMES, every_day={LUTON, "a long name", "charts of a draft with gaps"})
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
        patch.setattr(drawn_parts.DrawnParts, "prove", lambda *_: None)
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

    patch.setattr(drawn_parts, "draw_again", draw)


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


def _drawn_and_made(pages: Sequence[str]) -> tuple[int, list[bytes]]:
    """How many lines are drawn for the last of these pages, and all of them."""
    engine, drawn = PdfEngine(STYLES), list[object]()

    def draw(drawing: recording.Drawing, *more: Any) -> Any:
        drawn.append(drawing)
        return drawn_lines.draw_again(drawing, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawn_parts, "draw_again", draw)
        made = []
        for page in pages:
            drawn.clear()
            made.append(engine.print(page))
            assert len(made) == 1 or engine.why_in_full == ""
    return len(drawn), made


def test_a_line_that_is_as_it_was_in_another_letter_is_not_drawn_again() -> None:
    """By its words and its place: what is justified anew stands elsewhere."""
    pages = [PAGE.format(name="Ambridge", number=number) for number in (11, 12, 13)]
    pages = [page.replace("About Ambridge", "About all") for page in pages]
    number, made = _drawn_and_made(pages)

    engine = PdfEngine(STYLES)
    assert number == 4  # two lines of the paragraph, the band and the cell
    assert made == [engine.print(page, in_full=True) for page in pages]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawn_parts, "appearance", lambda line: line.width)
        assert _drawn_and_made(pages)[1] != made
