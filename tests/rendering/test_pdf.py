"""What is printed is what was composed, in the intended face, with nothing fetched."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.batch.job import LetterRenderer
from generator.edition.formats import plural_forms
from generator.letter.figures_in_letters import typeset
from generator.letter.letter import ComposedLetter
from generator.problems import errors
from generator.project.load_edition import load_edition
from generator.rendering.failures import EngineError, LetterTemplateError, StylesError
from generator.rendering.pdf.pdf_engine import PdfEngine
from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, ROOT, STATISTICS, build_tree
from tests.examples import few, spread
from tests.pdfs import (
    cells_of_tables,
    fonts_of,
    one_line,
    opened,
    page_texts,
    plumbed,
    tables_of,
    text_of,
)
from tests.rendering.conftest import FILE, SLUG, changed

Ambridge = Callable[..., tuple[ComposedLetter, LetterRenderer]]
PAGE = (
    '<!DOCTYPE html><html lang="en-GB"><title>t</title>'
    '<body style="{style}"><p>a</p>{body}</body></html>'
)


def engine(styles: str = '* { font-family: "Liberation Sans" }') -> PdfEngine:
    return PdfEngine(styles)


@pytest.fixture(scope="module")
def plain_engine() -> PdfEngine:
    return engine()


def test_title_author_language_and_dates_are_in_the_metadata(ambridge: Ambridge) -> None:
    letter, renderer = ambridge()

    document = opened(renderer.pdf(letter))

    info = {key: str(value) for key, value in document.docinfo.items()}
    assert info["/Title"] == "Annual letter 2031: Ambridge District Council"
    assert info["/Author"] == "Ida Fairweather, Ombudsman for Borsetshire"
    assert info["/CreationDate"].startswith("D:20310716")
    assert info["/ModDate"].startswith("D:20310716")
    assert str(document.Root.Lang) == "en-GB"


def test_all_its_words_are_the_letters_in_reading_order(ambridge: Ambridge) -> None:
    letter, renderer = ambridge()
    blocks = [block.text for block in letter.blocks if not block.table]

    found = one_line(text_of(renderer.pdf(letter)))

    position = 0
    for text in blocks:
        position = found.index(one_line(text), position)


def test_only_the_intended_faces_are_embedded(ambridge: Ambridge) -> None:
    letter, renderer = ambridge()

    assert fonts_of(renderer.pdf(letter)) == {"Liberation-Sans", "Liberation-Sans-Bold"}


def test_the_same_letter_gives_the_same_bytes(tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    first, again = load_edition(folders), load_edition(folders)
    assert first.letter_template is not None
    assert again.letter_template is not None
    press = LetterRenderer(first.letter_template)
    other_press = LetterRenderer(again.letter_template)

    made = press.pdf(first.letters[SLUG].letter)

    assert press.pdf(first.letters[SLUG].letter) == made
    assert other_press.pdf(again.letters[SLUG].letter) == made


def test_the_bytes_do_not_depend_on_the_letters_made_before() -> None:
    """Fonts and styles are shared: the signs and sizes of one letter are not another's."""
    pages = [
        PAGE.format(style=style, body=f"<p>{words}</p><h1>{words}</h1>")
        for style, words in [
            ("", "Ducks"),
            ("font-weight: bold", "Ponds — 7 of 8"),
            ("font-size: 20pt; font-style: italic", "Ŵyŵ ŷ éèê ½ £"),
            ("font-size: 7pt", "Ducks and ponds and roads " * 300),
        ]
    ]
    alone = [engine().print(page) for page in pages]
    shared = engine()

    forwards = [shared.print(page) for page in pages]
    backwards = [shared.print(page) for page in reversed(pages)]

    assert forwards == alone
    assert backwards == alone[::-1]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            '<img src="https://borsetshire.example/a.png" alt="a">',
            "https://borsetshire.example/a.png",
        ),
        ('<img src="file:///etc/hostname" alt="a">', "file:///etc/hostname"),
        ('<img src="crest.png" alt="a">', "Relative URI"),
        ('<object data="http://borsetshire.example/o.svg"></object>', "o.svg"),
        ('<embed src="ftp://borsetshire.example/e.svg">', "e.svg"),
        ('<link rel="stylesheet" href="http://borsetshire.example/s.css">', "s.css"),
        ('<style>@import url("http://borsetshire.example/i.css");</style>', "i.css"),
        ('<link rel="attachment" href="file:///etc/hostname">', "file:///etc/hostname"),
        ('<p style="background: url(http://borsetshire.example/b.png)">b</p>', "b.png"),
        (
            '<style>@font-face{font-family:F;src:url("http://borsetshire.example/f.ttf")}</style>'
            '<p style="font-family:F">f</p>',
            "Font-face 'F' cannot be loaded",
        ),
        ('<img alt="a" src="data:image/png;base64,bm8gcGljdHVyZQ==">', "Failed to load image"),
    ],
)
def test_nothing_is_fetched_and_what_fails_is_said(
    body: str, reason: str, plain_engine: PdfEngine
) -> None:
    with pytest.raises(EngineError) as failed:
        plain_engine.print(PAGE.format(style="", body=body))

    assert any(reason in said for said in failed.value.reasons)


def test_a_sign_that_the_face_has_not_fails_and_every_one_is_named(plain_engine: PdfEngine) -> None:
    with pytest.raises(EngineError) as failed:
        plain_engine.print(PAGE.format(style="", body="<p>A 漢 and a ☃</p>"))

    assert failed.value.reasons == [
        "Liberation Sans has no glyph for “漢” (U+6F22, cjk unified ideograph-6f22)",
        "Liberation Sans has no glyph for “☃” (U+2603, snowman)",
    ]


def test_a_font_that_is_not_there_fails_and_is_never_replaced() -> None:
    with pytest.raises(StylesError) as failed:
        engine('body { font-family: "Comic Sans MS" }').print(
            PAGE.format(style="", body="<p>a</p>")
        )

    assert [said for said, _, _ in failed.value.complaints] == [
        'asks for the font "Comic Sans MS", which is not available'
    ]


def test_styles_that_the_engine_does_not_understand_are_located() -> None:
    with pytest.raises(StylesError) as failed:
        engine("p { color: red }\nh1 {\n  colour: blue;\n}\n")

    assert failed.value.complaints == [("Ignored `colour: blue`, unknown property", 3, 3)]


def test_a_picture_beside_the_template_is_printed(ambridge: Ambridge, tmp_path: Path) -> None:
    crest = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    template = BORSETSHIRE["templates/letter.html.jinja"].replace(
        "<header>", '<header><img alt="Crest" src="{{ image("crest.svg") }}">'
    )

    letter, renderer = ambridge(
        {"templates/crest.svg": crest, "templates/letter.html.jinja": template}
    )

    assert renderer.pdf(letter).startswith(b"%PDF")
    (tmp_path / "templates/crest.svg").unlink()
    letter, renderer = ambridge({"templates/letter.html.jinja": template})
    with pytest.raises(LetterTemplateError) as failed:
        renderer.pdf(letter)
    (problem,) = failed.value.problems
    assert problem.place.path == tmp_path / "templates/letter.html.jinja"
    assert problem.place.line == template[: template.index("crest.svg")].count("\n") + 1
    assert 'image("crest.svg"): no such file in' in problem.message


RATES = {
    "1 of 8": (1, 7, "13%"),
    "3 of 8": (3, 5, "38%"),
    "5 of 8": (5, 3, "63%"),
    "7 of 8": (7, 1, "88%"),
    "199 of 200": (199, 1, "100%"),
    "1 of 250": (1, 249, "0%"),
    "0 of 1": (0, 1, "0%"),
    "0 of 0": (0, 0, "N/A"),
}


@pytest.mark.parametrize("case", spread(RATES.keys()))
def test_rates_are_rounded_half_up_as_far_as_the_page(case: str, ambridge: Ambridge) -> None:
    upheld, not_upheld, rate = RATES[case]
    counts = f"not_upheld: {not_upheld}, upheld: {upheld}"
    letter, renderer = ambridge(
        changed("not_upheld: 5, upheld: 3", counts) if case != "never" else {}
    )

    assert tables_of(renderer.pdf(letter))[1][-1] == [
        "1",
        str(not_upheld),
        str(upheld),
        rate,
        str(1 + not_upheld + upheld),
    ]


def test_an_authority_without_any_complaint_has_a_letter_of_zeros(tmp_path: Path) -> None:
    text = BORSETSHIRE["data/2031/authorities/felpersham-city-council.yaml"]
    nothing = {
        "data/2031/authorities/felpersham-city-council.yaml": text.replace(": 20", ": 0").replace(
            ": 2", ": 0"
        )
    }
    loaded = load_edition(build_tree(tmp_path, nothing))
    assert loaded.letter_template is not None
    letter = loaded.letters["felpersham-city-council"].letter

    pdf = LetterRenderer(loaded.letter_template).pdf(letter)

    assert [table[-1] for table in tables_of(pdf)] == [
        ["0", "0", "0"],
        ["0", "0", "0", "N/A", "0"],
        ["0", "0"],
    ]
    assert "We received 0 complaints about the council." in one_line(text_of(pdf))


def test_four_digit_figures_and_long_names_stay_inside_cells_and_margins(
    ambridge: Ambridge,
) -> None:
    name = "North West Borsetshire and Upper Ambridge Metropolitan Borough Council of the Vale"
    letter, renderer = ambridge(
        {
            f"data/2031/authorities/{SLUG}.yaml": BORSETSHIRE[f"data/2031/authorities/{SLUG}.yaml"]
            .replace("Ambridge District Council", name)
            .replace("roads: 3, ponds: 14", "roads: 8765, ponds: 4321")
        }
    )

    with plumbed(renderer.pdf(letter)) as document:
        for page in document.pages:
            inside = page.crop((page.width * 0.05, 0, page.width * 0.95, page.height))
            assert len(inside.extract_words()) == len(page.extract_words())
        last = document.pages[-1]
        cells = [cell for table in cells_of_tables(last) for row in table for cell in row]
        assert len(cells) == 2 * (3 + 5 + 2)
        for cell in cells:
            assert last.within_bbox(cell).extract_text() == last.crop(cell).extract_text()
    assert tables_of(renderer.pdf(letter))[0][-1] == ["8,765", "4,321", "13,086"]
    assert name in one_line(text_of(renderer.pdf(letter)))


A_THIRD = pytest.mark.parametrize(
    "third", [0, *(pytest.param(n, marks=pytest.mark.thorough) for n in (1, 2))]
)
"""Each third of the cases is spread over all of them; one is enough for every day."""


@A_THIRD
def test_the_signature_stands_with_at_least_two_lines_of_text_however_long_the_letter(
    third: int, ambridge: Ambridge
) -> None:
    """From a letter of one page to one of two, line by line: the turn is somewhere between."""
    sentence = "We looked at every complaint about ducks, ponds and roads with the same care. "
    pages = set()
    for lines in range(22 + third, 36, 3):
        words = STATISTICS + "\n" + sentence * lines + "\n"
        letter, renderer = ambridge({"templates/2031/sections/statistics.md": words})
        texts = page_texts(renderer.pdf(letter))
        before = next(text for text in texts if "Yours faithfully," in text)
        above = before[: before.index("Yours faithfully,")].strip().split("\n")
        assert len([line for line in above if line.strip()]) >= 2
        assert "Ida Fairweather" in before
        pages.add(len(texts))

    assert pages == {2, 3}


@pytest.mark.thorough
@A_THIRD
def test_a_heading_is_never_the_last_line_of_a_page(third: int, ambridge: Ambridge) -> None:
    sentence = "We looked at every complaint about ducks, ponds and roads with the same care. "
    for lines in range(24 + third, 34, 3):
        words = f"{sentence * lines}\n"
        letter, renderer = ambridge({"templates/2031/sections/introduction.md": words})
        for text in page_texts(renderer.pdf(letter)):
            assert not text.strip().endswith("The statistics")


def test_an_insert_as_long_as_a_page_splits_no_table(ambridge: Ambridge) -> None:
    insert = "---\nplace: statistics\nwhen: authority.decided.upheld > 0\n---\n" + (
        "The matter of the duck pond took us a long time to look into. " * 60
    )
    letter, renderer = ambridge({"templates/2031/inserts/ponds.md": insert})

    pdf = renderer.pdf(letter)

    assert len(page_texts(pdf)) == 3
    assert len(tables_of(pdf)) == 3


TOO_WIDE = {
    "a name without a space": (
        {FILE: AMBRIDGE.replace("Ambridge District Council", "M" * 60)},
        f'"{"M" * 60}" does not fit: on page 1 it runs past the margin',
    ),
    "a label of one long word": (
        {"data/2031/edition.yaml": EDITION.replace("by the authority", "M" * 40)},
        f'"{"M" * 40}" does not fit: on page 2 it runs past its cell',
    ),
    "a long word for a rate of nothing": (
        {
            "data/2031/edition.yaml": EDITION.replace(
                "of: [not_upheld, upheld]", f"of: [not_upheld, upheld], none: {'M' * 30}"
            ),
            FILE: AMBRIDGE.replace("not_upheld: 5, upheld: 3", "not_upheld: 0, upheld: 0"),
        },
        f'"{"M" * 30}" does not fit: on page 2 it runs past its cell',
    ),
}


@pytest.mark.parametrize("case", spread(TOO_WIDE.keys(), 2))
def test_a_text_that_runs_over_its_cell_or_the_margin_fails_the_letter(
    case: str, ambridge: Ambridge
) -> None:
    changes, expected = TOO_WIDE[case]
    letter, renderer = ambridge(changes)

    with pytest.raises(EngineError) as failed:
        renderer.pdf(letter)

    assert expected in failed.value.reasons


@pytest.mark.thorough
@A_THIRD
def test_a_hyphenated_word_may_break_over_lines_anywhere(third: int, ambridge: Ambridge) -> None:
    """A paragraph is shifted word by word, so that each hyphen comes to stand at a line's end."""
    hyphens = (
        "Stoke-on-Trent and well-being, long-term pre- and post-war – a/b – Newcastle-under-Lyme. "
    )
    for lead in range(3 * third, 40, 9):
        words = f"# The statistics\n\n{'x' * lead} {hyphens * 6}\n"
        letter, renderer = ambridge({"templates/2031/sections/statistics.md": words})
        assert renderer.pdf(letter).startswith(b"%PDF")


def test_a_spanning_head_may_wrap(ambridge: Ambridge) -> None:
    edition = EDITION.replace("Early decisions", "Decisions made early before any investigation")

    letter, renderer = ambridge({"data/2031/edition.yaml": edition})

    assert renderer.pdf(letter).startswith(b"%PDF")


@pytest.mark.parametrize("language", spread(["cy-GB", "fr", "de", "sv"], 4))
def test_languages_with_other_signs_for_numbers_read_back(
    language: str, ambridge: Ambridge
) -> None:
    forms = dict.fromkeys(plural_forms(language), "complaints")
    words = f"words:\n  plurals: {json.dumps({'complaint': forms})}\n"
    edition = EDITION.replace("language: en-GB", f"language: {language}")
    edition = edition.replace("words:\n", words)

    letter, renderer = ambridge(
        {"data/2031/edition.yaml": edition, **changed("roads: 3", "roads: 123456")}
    )

    assert renderer.pdf(letter).startswith(b"%PDF")


def test_numbered_lists_that_meet_at_a_sections_border_are_two(ambridge: Ambridge) -> None:
    letter, renderer = ambridge(
        {
            "templates/2031/sections/introduction.md": "Words.\n\n1. one\n2. two\n",
            "templates/2031/sections/statistics.md": "1. three\n2. four\n",
        }
    )

    assert "1. three\n2. four" in renderer.text(letter).decode()
    assert renderer.pdf(letter).startswith(b"%PDF")


def test_a_draft_is_marked_on_every_page_and_shows_its_gaps(ambridge: Ambridge) -> None:
    letter, renderer = ambridge(changed("upheld: 3", "upheld: null"), draft=True)

    pdf = renderer.pdf(letter)

    assert [text.count("DRAFT") for text in page_texts(pdf)] == [1] * len(page_texts(pdf))
    assert tables_of(pdf)[1][-1] == ["1", "5", "[?]", "[?]", "[?]"]


ALPHABET = st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x17F)
WORD = st.text(ALPHABET, min_size=1, max_size=12)
NAME = st.lists(
    st.one_of(WORD, st.sampled_from(["&", "King's", "<b>", "{{ 7*7 }}", "*x*", "[a](b)", "St."])),
    min_size=1,
    max_size=6,
).map(" ".join)


@settings(max_examples=few(), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAME)
def test_any_name_survives_to_the_pdf_and_to_the_text(name: str, tmp_path: Path) -> None:
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    file = BORSETSHIRE[f"data/2031/authorities/{SLUG}.yaml"]
    folders = build_tree(
        tmp_path,
        {f"data/2031/authorities/{SLUG}.yaml": file.replace("Ambridge District Council", quoted)},
    )
    loaded = load_edition(folders)
    assert errors(loaded.problems) == []
    assert loaded.letter_template is not None
    letter, renderer = loaded.letters[SLUG].letter, LetterRenderer(loaded.letter_template)

    document = pikepdf.open(io.BytesIO(pdf := renderer.pdf(letter)))

    assert typeset(name) in one_line(text_of(pdf))
    assert str(document.docinfo["/Title"]) == f"Annual letter 2031: {typeset(name)}"
    assert typeset(name) in one_line(renderer.text(letter).decode())


@pytest.mark.processes
def test_an_engine_that_is_kept_to_the_very_end_goes_in_silence_and_leaves_no_file(
    tmp_path: Path,
) -> None:
    """Kept in `sys`, which goes last, after the modules that are kept there have lost their all."""
    program = (
        "import sys; from generator.rendering.pdf import pdf_engine; from weasyprint import text;"
        "sys.kept = text.fonts, pdf_engine.PdfEngine('')"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.stderr, list(tmp_path.iterdir())) == ("", [])
