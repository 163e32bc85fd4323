"""Charts as SVG: drawn of their figures alone, told apart without colour, words where they fit."""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import atan2, degrees
from xml.etree import ElementTree

import page as page_validation
import pypdfium2
import pytest

from generator.edition.letterhead import Typeface
from generator.letter.printed_table import ChartPart, PrintedChart
from generator.rendering.chart_drawing import WIDTH, draw_chart
from generator.rendering.text import render_text
from generator.verification.read_back import ReadPicture
from generator.verification.reading import read_letter
from tests.hard_letters import hard_letter

SVG = "{http://www.w3.org/2000/svg}"
COUNTS = (("Roads", 30), ("Ponds & Ducks", 60), ("Geese <white>", 0), ("Swans", 90))
each_typeface = pytest.mark.parametrize("typeface", Typeface)


def chart(form: str, parts: Sequence[tuple[str, int | None]], kind: str = "count") -> PrintedChart:
    def text(value: int | None) -> str:
        return "N/A" if value is None else f"{value}%" if kind == "percent" else f"{value:,}"

    return PrintedChart(
        "test",
        form,
        tuple(
            ChartPart("received", f"of_{number}", label, text(value), value, kind)
            for number, (label, value) in enumerate(parts)
        ),
    )


def drawn(
    form: str,
    parts: Sequence[tuple[str, int | None]],
    kind: str = "count",
    typeface: Typeface = Typeface.LIBERATION_SANS,
) -> ElementTree.Element:
    return ElementTree.fromstring(draw_chart(chart(form, parts, kind), "en-GB", typeface))


def texts(svg: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in svg.iter(f"{SVG}text")]


def bars(svg: ElementTree.Element, fill: str = "#12375c") -> list[float]:
    return [float(r.get("width", "")) for r in svg.iter(f"{SVG}rect") if r.get("fill") == fill]


@pytest.mark.parametrize("form", ["donut", "bars"])
def test_the_same_figures_give_the_same_drawing(form: str) -> None:
    one, other = (draw_chart(chart(form, COUNTS), "cy", t) for t in [Typeface.SOURCE_SERIF_4] * 2)

    assert one == other
    assert 'xml:lang="cy"' in one


@pytest.mark.parametrize("form", ["donut", "bars"])
def test_each_label_and_each_figure_is_text_in_reading_order(form: str) -> None:
    assert texts(drawn(form, COUNTS)) == [
        *("Roads", "30"),
        *("Ponds & Ducks", "60"),
        *("Geese <white>", "0"),
        *("Swans", "90"),
    ]


@pytest.mark.parametrize("form", ["donut", "bars"])
def test_nothing_in_it_runs_or_is_fetched(form: str) -> None:
    svg = drawn(form, COUNTS)

    names = {each.tag.removeprefix(SVG) for each in svg.iter()}
    values = [value for each in svg.iter() for value in each.attrib.values()]
    assert names <= {"svg", "g", "path", "rect", "text", "clipPath"}
    assert [v for v in values if re.search(r"url\((?!#)|:", v)] == []
    assert not {a for each in svg.iter() for a in each.attrib if a.startswith("on") or "href" in a}


def test_a_ring_is_divided_as_the_figures_are() -> None:
    """Clockwise from above: 60°, 120°, none for nothing, and 180°."""
    svg = drawn("donut", COUNTS)
    middle_y = _height(svg) / 2

    angles = []
    for path in segments(svg):
        outer = re.findall(r"([\d.]+) ([\d.]+)(?=A|$)", path.partition("L")[0].removeprefix("M"))
        angles += [_degrees(x, y, middle_y) for x, y in (outer[0], outer[-1])]
    assert angles == [pytest.approx(each, abs=0.1) for each in (0, 60, 60, 180, 180, 0)]


def _degrees(x: str, y: str, middle_y: float) -> float:
    """The angle of a point of the ring, clockwise from above."""
    return round(degrees(atan2(float(x) - 50, middle_y - float(y))), 2) % 360


def segments(svg: ElementTree.Element) -> list[str]:
    """The outlines of the parts of a ring."""
    paths = [p.get("d", "") for p in svg if p.tag == f"{SVG}path" and p.get("stroke")]
    return [path for path in paths if "A48" in path]


def _height(svg: ElementTree.Element) -> float:
    return float(svg.get("height", ""))


def test_the_whole_ring_is_drawn_where_there_is_one_part_alone() -> None:
    (path,) = segments(drawn("donut", [("All", 3), ("None", 0)]))

    outer, inner = path.removesuffix("z").split("zM")
    assert (outer.count("A48 48 0 0 1"), inner.count("A25 25 0 0 0")) == (8, 8)
    assert outer.removeprefix("M").split("A")[0] == outer.split(" 1 ")[-1]


def test_parts_are_told_apart_without_colour() -> None:
    """By how dark they are, and how hatched: no two alike."""
    svg = drawn("donut", [(f"Of {n}", 10) for n in range(6)])

    children = list(svg)
    looks = []
    for number, each in enumerate(children):
        if each.tag == f"{SVG}path" and "A48" in each.get("d", "") and each.get("fill") != "none":
            hatch = children[number + 2][0] if children[number + 1].tag.endswith("Path") else None
            lines = (hatch.get("stroke"), hatch.get("d", "")[:40]) if hatch is not None else ()
            looks.append((each.get("fill"), lines))
    assert len(looks) == len(set(looks)) == 6


def test_bars_of_counts_have_the_scale_of_the_largest() -> None:
    roads, ponds, swans = bars(drawn("bars", COUNTS))

    assert swans == pytest.approx(3 * roads, abs=0.02)
    assert ponds == pytest.approx(2 * roads, abs=0.02)


def test_bars_of_rates_have_one_scale_to_100_percent_which_is_framed() -> None:
    svg = drawn("bars", [("One", 50), ("Two", 25), ("None", None)], "percent")

    half, quarter = bars(svg)
    frames = bars(svg, "#ffffff")
    assert frames == [pytest.approx(2 * half, abs=0.02)] * 2  # none of what is no rate
    assert quarter == pytest.approx(half / 2, abs=0.02)
    assert texts(svg) == ["One", "50%", "Two", "25%", "None", "N/A"]


@each_typeface
@pytest.mark.parametrize("form", ["donut", "bars"])
def test_all_words_fit_and_keep_their_widths(form: str, typeface: Typeface) -> None:
    long = "Highways & Transport, including all the parking, pavements and bridges over ponds"
    svg = drawn(form, [(long, 1234567), ("Unpronounceable" * 4, 5)], typeface=typeface)

    words = [
        (float(t.get("x", "")), float(t.get("textLength", ""))) for t in svg.iter(f"{SVG}text")
    ]
    assert len(words) > 6
    assert all(x >= 0 and x + width <= WIDTH + 0.01 for x, width in words)
    tops = [float(t.get("y", "")) for t in svg.iter(f"{SVG}text")]
    assert max(tops) < _height(svg)


def test_a_gap_of_a_draft_is_marked() -> None:
    parts = chart("bars", COUNTS).parts
    gap = replace(parts[0], text="[?]", value=None)
    svg = draw_chart(PrintedChart("t", "bars", (gap, *parts[1:])), "en", Typeface.LIBERATION_SANS)

    assert svg.count("#ffe066") == 1


def test_a_ring_of_gaps_alone_is_empty() -> None:
    gaps = tuple(replace(p, text="[?]", value=None) for p in chart("donut", COUNTS).parts)

    svg = draw_chart(PrintedChart("t", "donut", gaps), "en", Typeface.LIBERATION_SANS)

    assert 'fill="none" stroke="#5b6b7b"' in svg


@pytest.mark.parametrize("name", ["charts", "charts of many parts", "charts in another typeface"])
def test_the_pdf_has_it_as_a_picture_with_its_words_in_the_letters_typeface(name: str) -> None:
    letter, pdf = hard_letter(name).letter, hard_letter(name).pdf
    read = read_letter(pdf)

    expected = [
        ReadPicture(block.text, "".join(block.chart.words.split()))
        for block in letter.blocks
        if block.chart
    ]
    assert [replace(p, words="".join(p.words.split())) for p in read.pictures] == expected
    assert all(read.typeface.is_face(font) for font in read.fonts)


@pytest.mark.parametrize("name", ["charts", "charts of many parts"])
def test_the_pdf_stays_what_it_declares(name: str) -> None:
    for profile in ("ua1", "3a"):
        assert (
            page_validation.validate_pdf_bytes(hard_letter(name).pdf, profile=profile).failures
            == []
        )


def test_in_black_and_white_the_parts_are_seen() -> None:
    """The printed ring has at least three greys, far apart."""
    document = pypdfium2.PdfDocument(hard_letter("charts").pdf)
    grey = document[0].render(scale=2).to_pil().convert("L")
    counts = grey.histogram()

    dark = sum(counts[:80])
    middle = sum(counts[205:235])
    assert min(dark, middle) > 1000


def test_the_page_shows_it_with_the_words_that_stand_for_it() -> None:
    page = hard_letter("charts").html

    found = re.findall(r'<img class="chart" [^>]*src="(data:image/svg\+xml;base64,)[^>]*>', page)
    assert len(found) == 3
    assert 'alt="3 of 9 were upheld"' in page


def test_the_text_has_the_words_that_stand_for_it() -> None:
    text = render_text(hard_letter("charts").letter)

    assert "\nWhat we decided\n\n3 of 9 were upheld\n\nAnd:\n" in text
