"""The template may lose no word of a letter, add none, and fetch nothing."""

from pathlib import Path

import pytest

from generator.batch.build_letters import check_words
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import load_edition
from tests.batch.executors import build
from tests.borsetshire import BORSETSHIRE, build_tree

TEMPLATE = "templates/letter.html.jinja"
SLUG = "ambridge-district-council"

SECTIONS = """\
{% for section in page.sections %}
{{- prose(section) -}}
{% endfor %}
"""

CASES = {
    "the sections left out": (
        SECTIONS,
        "",
        [
            "introduction/1 is missing from the page",
            "statistics/1 is missing from the page",
            "statistics/2 is missing from the page",
            "statistics/3 is missing from the page",
        ],
    ),
    "the sections twice": (
        SECTIONS,
        SECTIONS + SECTIONS,
        ["the page has the blocks in a different order, or one of them twice"],
    ),
    "words of its own": (
        "<main>",
        "<main><p>Have a nice day.</p>",
        ['the page has text that is not in the letter: "Have a nice day."'],
    ),
    "words of its own in a block": (
        '<h2 data-block="{{ block.address }}">',
        '<h2 data-block="{{ block.address }}">Section: ',
        ['statistics/1: the page says "Section: The statistics", not the letter\'s words'],
    ),
    "figures left out": (
        "{{ cell.text }}{% else %}",
        "{% else %}",
        [
            'report/5: the page says "Roads Ponds and Ducks Total", not the letter\'s words',
            'report/7: the page says "Early decisions Investigations Advice Given Not Upheld Up…", '
            "not the letter's words",
            'report/11: the page says "by us by the authority", not the letter\'s words',
        ],
    ),
    "another title": (
        "<title>{{ letter.title }}</title>",
        "<title>A letter</title>",
        ['the page\'s title is "A letter", not "Annual letter 2031: Ambridge District Council"'],
    ),
    "a script": (
        "<main>",
        "<main><script>alert()</script>",
        [
            "<script> is not allowed: letters must not run or load anything; remove it",
            'the page has text that is not in the letter: "alert()"',
        ],
    ),
    "a picture from elsewhere": (
        "<main>",
        '<main><img src="https://borsetshire.example/crest.png" alt="Crest">',
        [
            '<img> would fetch "https://borsetshire.example/crest.png"; letters must be '
            'self-contained; write {{ image("crest.png") }} for a file beside the template'
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_page_that_does_not_say_its_letter_is_refused(case: str, tmp_path: Path) -> None:
    before, after, expected = CASES[case]
    assert before in BORSETSHIRE[TEMPLATE]
    changed = BORSETSHIRE[TEMPLATE].replace(before, after, 1)
    loaded = load_edition(build_tree(tmp_path, {TEMPLATE: changed}))

    stop = Cancellation()
    (result,) = check_words(loaded, [SLUG], stop)
    stop.close()

    assert [problem.message for problem in result.problems] == expected
    assert {problem.place.path for problem in result.problems} == {tmp_path / TEMPLATE}


def test_a_letter_whose_page_is_refused_is_not_made(tmp_path: Path) -> None:
    changed = BORSETSHIRE[TEMPLATE].replace("<main>", "<main>Hello")
    loaded = load_edition(build_tree(tmp_path, {TEMPLATE: changed}))

    results = build(loaded, tmp_path / "output").results

    assert [result.status for result in results] == ["failed", "failed"]
    assert not list((tmp_path / "output").glob("*/*"))
