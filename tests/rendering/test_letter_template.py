"""The letter template: HTML and styles, checked when read, located when wrong."""

import os
from pathlib import Path

import pytest

from generator.project.load_edition import load_edition
from generator.rendering.letter_template import load_letter_template
from generator.workspace import BASE_TEMPLATES
from tests.batch.executors import check
from tests.borsetshire import BORSETSHIRE, build_tree

TEMPLATE = "templates/letter.html.jinja"
STYLES = "templates/letter.css"


def problems_of(folder: Path, path: str, content: str | None) -> list[str]:
    """What reading the template and filling it in for all letters says, with this one file."""
    loaded = load_edition(build_tree(folder, {path: content}))
    found = dict.fromkeys(loaded.problems)
    for result in check(loaded):
        assert result.status == "failed"
        found.update(dict.fromkeys(result.problems))
    return [p.line(str(p.place.path.relative_to(folder))) for p in found]


def replaced(path: str, before: str, after: str) -> str:
    text = BORSETSHIRE[path]
    assert before in text
    return text.replace(before, after, 1)


BAD = {
    "a syntax error": (
        "{% if %}",
        "templates/letter.html.jinja:1: error: not a Jinja template: "
        "Expected an expression, got 'end of statement block'",
    ),
    "a name that is not there": (
        "<p>{{ letter.nickname }}</p>",
        "templates/letter.html.jinja:1: error: the template cannot be rendered: "
        'there is no "nickname" in Letter',
    ),
    "a name that is nearly there": (
        "<p>{{ letter.titel }}</p>",
        "templates/letter.html.jinja:1: error: the template cannot be rendered: "
        'there is no "titel" in Letter; did you mean "title"?',
    ),
    "a sum": (
        "{{ letter.year + 1 }}",
        "templates/letter.html.jinja:1: error: the template cannot be rendered: "
        "no arithmetic in a template (+): values arrive finished",
    ),
    "a way out of the sandbox": (
        "{{ letter.__class__.__mro__ }}",
        "templates/letter.html.jinja:1: error: the template cannot be rendered: "
        "access to attribute '__class__' of 'Letter' object is unsafe.",
    ),
    "a function of Jinja's own": (
        "{{ lipsum() }}",
        "templates/letter.html.jinja:1: error: the template cannot be rendered: "
        "'lipsum' is undefined",
    ),
    "another file": (
        '{% include "other.html" %}',
        "templates/letter.html.jinja:1: error: the template cannot be rendered: "
        "no loader for this environment specified",
    ),
    "a picture outside": (
        '{{ image("../secret.png") }}',
        "templates/letter.html.jinja:1: error: the template cannot be rendered: "
        'image("../secret.png"): expected the name of a png, jpg or svg file',
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_the_template_may_not_do_is_located(case: str, tmp_path: Path) -> None:
    before, expected = BAD[case]

    assert problems_of(tmp_path, TEMPLATE, before + BORSETSHIRE[TEMPLATE]) == [expected]


def test_the_line_is_that_of_the_mistake(tmp_path: Path) -> None:
    text = replaced(TEMPLATE, "<main>", "<main>{{ nothing }}")
    line = text[: text.index("{{ nothing }}")].count("\n") + 1

    (problem,) = problems_of(tmp_path, TEMPLATE, text)

    assert problem.startswith(f"{TEMPLATE}:{line}: error: ")
    assert problem.endswith("'nothing' is undefined")


@pytest.mark.parametrize("path", [TEMPLATE, STYLES, "templates/screen.css"])
def test_a_file_that_the_workspace_has_not_is_the_programs(path: str, tmp_path: Path) -> None:
    folders = build_tree(tmp_path, {path: None})

    letter_template, problems = load_letter_template(folders)

    assert folders.template(Path(path).name) == BASE_TEMPLATES / Path(path).name
    assert (letter_template is not None, problems) == (True, [])


@pytest.mark.parametrize("path", [TEMPLATE, "templates/2031/letter.html.jinja"])
def test_a_link_that_leads_nowhere_is_no_reason_to_take_another(path: str, tmp_path: Path) -> None:
    folders = build_tree(tmp_path, {path: None})
    (tmp_path / path).symlink_to("gone")

    letter_template, (problem,) = load_letter_template(folders)

    assert letter_template is None
    assert problem.place.path == tmp_path / path
    assert problem.message == "a link to a missing file"


def test_styles_the_engine_does_not_understand_are_located_once_for_all_letters(
    tmp_path: Path,
) -> None:
    text = BORSETSHIRE[STYLES] + "\np {\n  width: wide;\n}\n"
    line = text[: text.index("width: wide")].count("\n") + 1

    assert problems_of(tmp_path, STYLES, text) == [
        f"{STYLES}:{line}:3: error: Ignored `width: wide`, invalid value"
    ]


def test_a_font_that_is_not_there_is_said_once_for_all_letters(tmp_path: Path) -> None:
    text = (
        BORSETSHIRE[STYLES] + '\n.salutation { font-family: "Comic Sans MS", "Liberation Sans" }\n'
    )

    assert problems_of(tmp_path, STYLES, text) == [
        f'{STYLES}: error: asks for the font "Comic Sans MS", which is not available'
    ]


def test_styles_cannot_break_out_of_their_element(tmp_path: Path) -> None:
    text = "p { color: red }\n/* </style><p>hello */\n"

    assert problems_of(tmp_path, "templates/screen.css", text) == [
        "templates/screen.css:2:4: error: </style> would end the styles of the page; remove it"
    ]


@pytest.mark.parametrize("path", [STYLES, "templates/screen.css"])
def test_styles_that_fetch_something_are_located(path: str, tmp_path: Path) -> None:
    text = "p { color: red }\nh1 { background: u\\72l(http://x.example/a) }\n"

    assert problems_of(tmp_path, path, text) == [
        f"{path}:2:18: error: url(http://x.example/a) would load another file; "
        "letters must be self-contained"
    ]


def test_an_editions_own_files_go_before_everyones(tmp_path: Path) -> None:
    folders = build_tree(tmp_path, {"templates/2031/letter.css": "p { color: #000 }\n"})

    letter_template, problems = load_letter_template(folders)

    assert problems == []
    assert letter_template is not None
    assert letter_template.styles == "p { color: #000 }\n"
    assert letter_template.template_path == tmp_path / TEMPLATE


PIXEL = b"\x89PNG\r\n\x1a\n"
SHOWING = {
    "by its name": ('{{ image("crest.png") }}', {"crest.png"}),
    "one after the other": ('{{ image("crest.png") }}{{ image("hill.svg") }}', {"crest.png"}),
    "under a name that is worked out": (
        "{{ image(letter.slug ~ '.png') if false }}",
        {"crest.png", "spare.png"},
    ),
    "not at all": ("crest.png", set[str]()),
}


@pytest.mark.parametrize("case", SHOWING)
def test_only_the_pictures_that_are_shown_are_read(case: str, tmp_path: Path) -> None:
    said, read = SHOWING[case]
    folders = build_tree(tmp_path, {TEMPLATE: said})
    for name in ("crest.png", "spare.png"):
        (tmp_path / "templates" / name).write_bytes(PIXEL)

    letter_template, problems = load_letter_template(folders)

    assert problems == []
    assert letter_template is not None
    assert set(letter_template.pictures) == read


def test_a_picture_that_nobody_shows_may_be_anything(tmp_path: Path) -> None:
    folders = build_tree(tmp_path)
    (tmp_path / "templates/endless.png").symlink_to("/dev/zero")

    assert load_letter_template(folders)[1] == []


def test_a_picture_that_is_shown_and_cannot_be_read_is_told_where_it_is_shown(
    tmp_path: Path,
) -> None:
    folders = build_tree(tmp_path, {TEMPLATE: '<p></p>\n{{ image("crest.png") }}'})
    crest = tmp_path / "templates/2031/crest.png"
    os.mkfifo(crest)

    letter_template, problems = load_letter_template(folders)

    assert letter_template is None
    assert [p.line(str(p.place.path.relative_to(tmp_path))) for p in problems] == [
        f'{TEMPLATE}:2: error: image("crest.png"): {crest} cannot be read: not a file'
    ]
