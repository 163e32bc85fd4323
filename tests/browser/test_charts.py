"""Charts in every window: seen as they are drawn, inside of it, their words large enough."""

import pytest

from tests.browser.conftest import Open
from tests.browser.test_widths import FIND_WHAT_STICKS_OUT, WIDTHS
from tests.hard_letters import hard_letter

LEAST_PIXELS = 10
"""So tall are the letters of a chart's words at least."""

LOOK_AT_CHARTS = """async () => {
    const found = []
    for (const image of document.querySelectorAll("img.chart")) {
        await image.decode()
        const svg = atob(image.src.split(",")[1])
        const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement
        const scale = image.getBoundingClientRect().width / image.naturalWidth
        found.push({
            words: scale * Number(drawn.getAttribute("font-size")),
            ratio: image.getBoundingClientRect().height / (scale * image.naturalHeight),
        })
    }
    return found
}"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["charts", "charts of many parts"])
def test_a_chart_is_seen_whole_and_its_words_are_large_enough(
    name: str, width: int, open_page: Open
) -> None:
    page = open_page(hard_letter(name).html, width)

    charts = page.evaluate(LOOK_AT_CHARTS)

    assert len(charts) == (3 if name == "charts" else 2)
    assert [chart for chart in charts if chart["words"] < LEAST_PIXELS] == []
    assert [chart["ratio"] for chart in charts] == [pytest.approx(1, abs=0.01)] * len(charts)
    assert page.evaluate(FIND_WHAT_STICKS_OUT) == []
