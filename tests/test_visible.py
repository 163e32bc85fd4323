"""What cannot be seen is written by its number, wherever data are shown."""

import json
from pathlib import Path

import pytest

from generator.assets.page_templates import environment_of
from generator.console import Console
from generator.plain_text import visible, visible_json, visible_line
from generator.problems import Place, Problem

HOSTILE = {
    "an escape": "\x1b[2J",
    "an escape of eight bits": "\x9b2J",
    "a bell": "\x07",
    "a return to the line's beginning": "\r",
    "a step back": "\x08",
    "a deletion": "\x7f",
    "a turn of the direction": "\u202e",
    "an isolated turn": "\u2066",
    "a mark of the direction": "\u200f",
    "nothing, of no width": "\u200b",
    "a join, of no width": "\u2060",
    "a byte order mark": "\ufeff",
    "a line end of another kind": "\u2028",
    "a next line": "\x85",
    "a tag": "\U000e0041",
    "a character of nobody": "\ue000",
    "a byte that is no text": "\udcff",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_it_is_not_there_any_more(case: str) -> None:
    text = f"a{HOSTILE[case]}b"

    for shown in (visible(text), visible_line(text)):
        assert HOSTILE[case] not in shown
        assert shown.startswith("a\\")
        assert shown.encode("ascii").decode("unicode_escape") == text


@pytest.mark.parametrize("case", HOSTILE)
def test_json_says_the_same(case: str) -> None:
    data = {"a\xa0é": [f"x{HOSTILE[case]}y\n"]}

    shown = visible_json(json.dumps(data, ensure_ascii=False, indent=2))

    assert HOSTILE[case] not in shown
    assert "a\xa0é" in shown
    assert json.loads(shown) == data


@pytest.mark.parametrize("text", ["a b", "a\nb", "a\tb", "a\xa0b", "é’–Θ日本", "👍"])
def test_all_else_stays(text: str) -> None:
    assert visible(text) == text


def test_a_line_is_one_line() -> None:
    assert visible_line("a\nb\xa0c") == r"a\nb\xa0c"


@pytest.mark.parametrize("case", HOSTILE)
def test_the_terminal_is_told_none_of_it(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"a{HOSTILE[case]}b"
    console = Console()
    console.progress_line(text)
    console.problems([Problem(Place(Path(text)), text, text)])
    console.failure(text)
    console.result(text)
    console.table([text], [[text]])
    console.lines([[(text, "bold")]])
    Console(as_json=True).json({text: text})

    said = capsys.readouterr()
    assert HOSTILE[case] not in said.out + said.err
    assert said.out.count("b") >= 5


@pytest.mark.parametrize("case", HOSTILE)
def test_no_page_has_any_of_it(case: str) -> None:
    template = environment_of("generator.assets").from_string('<p title="{{ x }}">{{ x }}</p>')

    page = template.render(x=f"<{HOSTILE[case]}>")

    assert HOSTILE[case] not in page
    assert page.count("&lt;\\") == 2
