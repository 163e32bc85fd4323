"""Pictures of the letterhead that no letter could carry are refused at their line."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.project.load_edition import load_edition
from tests.borsetshire import EDITION, build_tree
from tests.letterhead import DUCK, EDITION_FILE, WITH_LETTERHEAD, scribble, with_letterhead

LINE = EDITION.count("\n") + 2
Files = dict[str, str | bytes | None]


def said(folder: Path, line: str, files: Files | None = None) -> list[str]:
    pictures = {f"templates/2031/pictures/{name}": text for name, text in (files or {}).items()}
    loaded = load_edition(build_tree(folder, {**with_letterhead(line), **pictures}))
    return [
        p.line(p.place.path.relative_to(folder).as_posix())
        for p in loaded.problems
        if p.kind != "unnamed-picture"
    ]


def logo(words: str) -> list[str]:
    return [f"{EDITION_FILE}:{LINE}:16: error: letterhead.logo.file: {words}"]


def gif(frames: int = 1, kind: str = "GIF") -> bytes:
    content = BytesIO()
    images = [Image.new("L", (900, 90 + n), n) for n in range(frames)]
    images[0].save(content, kind, save_all=frames > 1, append_images=images[1:])
    return content.getvalue()


def svg(inside: str, attributes: str = 'viewBox="0 0 9 9"') -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'


LOGO = "logo: {file: logo.svg, decorative: true}"
PLAIN_SVG = "cannot be used; save as plain SVG with only paths and shapes"
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "a jpeg": (gif(kind="JPEG"), "is a JPEG, whatever its name says; save it as PNG or SVG"),
    "a gif": (gif(), "is a GIF, whatever its name says; save it as PNG or SVG"),
    "nothing known": (
        b"\0\1",
        "is not a picture in a known format, whatever its name says; save it as PNG or SVG",
    ),
    "a damaged png": (scribble()[:99], "is a damaged PNG; save it again"),
    "one that moves": (gif(2, "PNG"), "is an animated PNG; save it as a single picture"),
    "one too large": (
        svg("<path/>" + " " * 1_200_000),
        "1.2 MB, and is in every letter; expected at most 1 MB",
    ),
    "one too tall": (
        svg("<path/>", 'viewBox="0 0 10 30"'),
        "would be 120 mm tall at a width of 40 mm; expected at most 60, so take a smaller width",
    ),
    "one too coarse": (
        scribble(60),
        "60 pixels across 40 mm is 38 dpi, which will look blurred; use one at least 236 pixels "
        "wide, an SVG, or a smaller width",
    ),
    "no svg": ("<html></html>", "is not SVG, though it begins like it; save it as PNG or SVG"),
    "a broken svg": (
        "<svg",
        "is not valid SVG (unclosed token: line 1, column 0); save it again",
    ),
    "a doctype": (
        f"<!DOCTYPE svg>{DUCK}",
        "has a <!DOCTYPE>, which may load other files; save it as plain SVG",
    ),
    "no size": (
        svg("<path/>", ""),
        'has no size; give its <svg> a viewBox, such as viewBox="0 0 40 20"',
    ),
    "words": (
        svg("<text>Ombudsman</text>"),
        "<text> in it depends on installed typefaces; convert it to paths",
    ),
    "a script": (svg("<script>alert(1)</script>"), "<script> in it would run; remove it"),
    "a picture inside": (
        svg('<image width="9" height="9"/>'),
        "<image> in it is a picture inside the picture; save the whole as PNG",
    ),
    "a part of another language": (svg("<foreignObject/>"), f"<foreignObject> in it {PLAIN_SVG}"),
    "an event": (
        svg('<path onclick="alert(1)"/>'),
        "onclick in it would fetch or run something; remove it",
    ),
    "a reference": (
        svg('<linearGradient href="https://example.org/a.svg"/>'),
        "href in it would fetch or run something; remove it",
    ),
    "a fill from elsewhere": (
        svg('<path fill="url(https://example.org/a.svg#b)"/>'),
        "fill in it would fetch or run something; remove it",
    ),
    "styles that fetch": (
        svg("<style>@import 'https://example.org/a.css'</style>"),
        "<style> in it would fetch or run something; remove it",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_picture_no_letter_can_carry_is_refused(name: str, tmp_path: Path) -> None:
    content, expected = REFUSED[name]

    assert said(tmp_path, LOGO, {"logo.svg": content}) == logo(expected)


def test_kind_is_told_by_content(tmp_path: Path) -> None:
    assert said(tmp_path, LOGO, {"logo.svg": scribble()}) == []


def test_a_picture_that_is_not_there(tmp_path: Path) -> None:
    line = "logo: {file: dukc.svg, decorative: true}"

    where = "no such file in templates/2031/pictures"
    assert said(tmp_path, line) == logo(f'{where}; did you mean "duck.svg"?')
    assert said(tmp_path, LOGO) == logo(f"{where}; put it there")


def test_one_that_is_a_little_coarse_is_a_warning(tmp_path: Path) -> None:
    (found,) = said(tmp_path, LOGO, {"logo.svg": scribble(200)})

    assert found == (
        f"{EDITION_FILE}:{LINE}:16: warning: letterhead.logo.file: 200 pixels across 40 mm is 127 "
        "dpi, which will look blurred; use one at least 236 pixels wide, an SVG, or a smaller "
        "width"
    )


KEYS = {
    "neither": (
        "logo: {file: duck.svg}",
        "9: error: letterhead.logo: has neither alternative: nor decorative:; ",
    ),
    "both": (
        "logo: {file: duck.svg, alternative: A duck, decorative: true}",
        "9: error: letterhead.logo: has both alternative: and decorative:; ",
    ),
    "false": (
        "logo: {file: duck.svg, decorative: false}",
        "38: error: letterhead.logo.decorative: expected true; otherwise leave out the line",
    ),
    "a jpg": (
        "logo: {file: duck.jpg, decorative: true}",
        '16: error: letterhead.logo.file: found "duck.jpg"; expected a PNG or SVG file, such as ',
    ),
    "too wide": (
        "logo: {file: duck.svg, decorative: true, width: 500}",
        "51: error: letterhead.logo.width: found 500; expected 5 to 160 millimetres",
    ),
    "a mistyped key": (
        "runing_head: Annual letter",
        '3: error: letterhead.runing_head: unknown key; did you mean "running_head"?',
    ),
    "a mistyped name": (
        'footer: "{{ authority.nam }}"',
        '11: error: {{ authority.nam }}: unknown name "authority.nam"; did you mean',
    ),
    "no number": (
        "page_number: Page",
        "16: error: letterhead.page_number: lacks the page number; write {{ page.number }} in it",
    ),
    "a number elsewhere": (
        'footer: "{{ page.number }}"',
        '11: error: {{ page.number }}: unknown name "page.number"',
    ),
    "an invisible character": (
        'sender: [The Old Mill, "Mill\\u200b Lane"]',
        "26: error: letterhead.sender.2: an invisible zero width space (U+200B) after",
    ),
}


@pytest.mark.parametrize("name", KEYS)
def test_a_mistake_in_it_is_told_at_its_place(name: str, tmp_path: Path) -> None:
    line, expected = KEYS[name]

    found = said(tmp_path, line)

    assert [each.startswith(f"{EDITION_FILE}:{LINE}:{expected}") for each in found] == [True], found


def test_the_letterhead_of_borsetshire_is_in_order(tmp_path: Path) -> None:
    assert load_edition(build_tree(tmp_path, WITH_LETTERHEAD)).problems == []


def test_a_picture_that_nothing_names_is_told_with_what_may_be_meant(tmp_path: Path) -> None:
    more: dict[str, str | bytes | None] = {
        "templates/2031/pictures/ducks.svg": DUCK,
        "templates/2031/pictures/.DS_Store": b"?",
    }

    loaded = load_edition(build_tree(tmp_path, WITH_LETTERHEAD, more))

    root = loaded.folders.workspace.folder
    assert [p.line(p.place.path.relative_to(root).as_posix()) for p in loaded.problems] == [
        "templates/2031/pictures/ducks.svg: warning: in no letter, since edition.yaml does not "
        'name it in letterhead; did you mean "duck.svg"?'
    ]
