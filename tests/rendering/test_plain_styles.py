"""Styles can neither hide words of a letter nor add any: each way to do so is told at its place."""

import pytest

from generator.rendering.inert_markup import complaints_about_styles

HIDING = {
    "no display": "p { display: none }",
    "no display, in capitals": "P { DISPLAY: None !important }",
    "no display in escapes": r"p { d\69splay: n\6fne }",
    "no display of a part": "@media (width < 9rem) { .sender { display: none } }",
    "no display on paper": "@media print { p { display: none } }",
    "no display of furniture on a screen": ".draft { display: none }",
    "no display of furniture and more": "@media print { .draft, p { display: none } }",
    "no display in rules in rules": "main { p { display: none } }",
    "hidden": "p { visibility: hidden }",
    "collapsed": "tr { visibility: collapse }",
    "left unrendered": "p { content-visibility: hidden }",
    "see-through": "p { opacity: 0 }",
    "a clip": "p { clip-path: inset(100%) }",
    "a mask": "p { mask-image: linear-gradient(transparent, transparent) }",
    "a filter": "p { filter: opacity(0) }",
    "made small": "p { transform: scale(0) }",
    "zoomed": "p { zoom: 0.1 }",
    "moved": "p { translate: -100vw }",
    "off the page": "p { position: absolute; left: -9999px }",
    "fixed": "p { position: fixed }",
    "behind": "p { z-index: -1 }",
    "beside the page": "p { margin-left: -200px }",
    "beside the page, by a sum": "p { margin-left: calc(0px - 100vw) }",
    "out by an indent": "p { text-indent: -999em }",
    "size of nothing": "p { font-size: 0 }",
    "size of a point": "p { font-size: 1pt }",
    "size of a hundredth": "p { font-size: 1% }",
    "size of a sum": "p { font-size: calc(1rem - 1rem) }",
    "size between nothing": "p { font-size: clamp(0px, 1vw, 1rem) }",
    "size in a shorthand": "p { font: 1px/1 sans-serif }",
    "lines over each other": "p { line-height: 0 }",
    "letters over each other": "p { letter-spacing: -1em }",
    "words over each other": "p { word-spacing: -5em }",
    "white on dark, where a link may be dark": "th { background: #12375c; color: #fff }",
    "dark on dark of two rules": "p { background: #111; color: #eee } b { color: #222 }",
    "light on light of two rules": "p { background: #222; color: #fff } b { background: #eee }",
    "pale on a ground elsewhere": "div { background: #888 } p { color: #777 }",
    "dark by the reader's wish": ":root { color-scheme: dark }",
    "no height": "p { max-height: 0; overflow: auto }",
    "a height of a line's part": "p { height: 2px; overflow: scroll }",
    "no height by a custom property": ":root { --h: 0 } p { height: var(--h); overflow: auto }",
    "no width": "td { max-width: 1px }",
    "a part of the width": "p { width: 1%; overflow-x: auto }",
    "what runs over": "p { overflow: hidden }",
    "white": "p { color: white }",
    "all but white": "p { color: #fefefe }",
    "grey": "p { color: #999 }",
    "white in numbers": "p { color: rgb(255 255 255) }",
    "white as a hue": "p { color: hsl(0 0% 100%) }",
    "transparent": "p { color: transparent }",
    "all but transparent": "p { color: rgb(0 0 0 / 10%) }",
    "a colour of the system": "p { color: Canvas }",
    "a colour that nobody knows": "p { color: color-mix(in srgb, white, white) }",
    "the ground's own": "p { color: #12375c; background: #12375c }",
    "a dark ground": "p { background-color: #111 }",
    "white by a custom property": ":root { --paper: white } p { color: var(--paper) }",
    "white where a custom property is not": "p { color: var(--ink, #fff) }",
    "a dark ground by a custom property": ":root { --dark: #111 } p { background: var(--dark) }",
    "white, and the more so": "p { color: white !important; color: #000 }",
    "white where the other is unknown": "p { color: white; color: nonsense }",
    "filled": "p { -webkit-text-fill-color: white }",
    "dots": "p { -webkit-text-security: disc }",
    "backwards": "td { direction: rtl; unicode-bidi: bidi-override }",
    "upright": "p { writing-mode: vertical-rl }",
    "another order": "td { order: -1 }",
    "covered by an outline": "p { outline: 9px solid white; outline-offset: -9px }",
    "gone in a moment": "p { animation: x 1s forwards }",
    "gone by frames": "@keyframes x { to { opacity: 0 } }",
    "everything as it was": "p { all: unset }",
    "a property of tomorrow": "p { vanish: yes }",
}
ADDING = {
    "words before": "p::before { content: 'not ' }",
    "a digit behind": "td::after { content: '0' }",
    "words of an attribute": "p::before { content: attr(data-block) }",
    "words of a property": "p::before { content: var(--footer) }",
    "a counter": "td::after { content: counter(x) }",
    "the mark of an item": "li { list-style-type: 'not ' }",
    "the mark in a shorthand": "ul { list-style: '0 ' inside }",
    "quotation marks": "q { quotes: 'not ' '' }",
    "a hyphen": "p { hyphenate-character: '0' }",
    "a style of counters": "@counter-style x { symbols: '0' '1' }",
}
PLAIN = {
    "a bullet": "li::before { content: '• ' }",
    "nothing before": "p::before { content: '' }",
    "numbers of pages": "@page { @bottom-right { content: 'Page ' counter(page) } }",
    "a footer in the margin": "@page { @bottom-left { content: var(--footer, none) } }",
    "furniture, in the margins": "@media print { .draft, body > footer { display: none } }",
    "columns without words": ":not(.turned) > colgroup { display: none }",
    "a fluid size": "h1 { font-size: clamp(1rem, 5vw, 4rem) }",
    "a small size": "p { font-size: 0.8em }",
    "a shorthand": "p { font: italic bold 12px/1.4 Georgia, serif }",
    "grey of 3 to 1": "p { color: #949494 }",
    "white on dark": ".draft { color: white; background: #12375c }",
    "white on dark, the other way": ".draft { background-color: #12375c; color: #fff }",
    "a pale ground": "td { background: #e8eef4 }",
    "a colour of its parent": "a { color: inherit }",
    "a colour with a name": ":root { --ink: #12375c } a { color: var(--ink) }",
    "no ground": "td { background: none }",
    "a grid": "main { display: grid; gap: 1rem; grid-template-areas: 'a b' }",
    "a hanging mark": "li { text-indent: -4.3mm; padding-left: 6mm }",
    "a fixed footer on paper": "@media print { footer { position: fixed; bottom: -11mm } }",
    "a wide masthead on paper": "@media print { .masthead { margin-right: -27mm } }",
    "capitals": "h1 { text-transform: uppercase; letter-spacing: 0.05em }",
}


@pytest.mark.parametrize("name", [*HIDING, *ADDING])
def test_what_hides_or_adds_words_is_refused(name: str) -> None:
    assert complaints_about_styles({**HIDING, **ADDING}[name]) != ()


@pytest.mark.parametrize("name", PLAIN)
def test_what_leaves_words_as_they_are_is_let_through(name: str) -> None:
    assert complaints_about_styles(PLAIN[name]) == ()


@pytest.mark.parametrize("style", ["color: white", "display: none", "font-size: 1px"])
def test_so_are_the_styles_of_an_element(style: str) -> None:
    assert complaints_about_styles(style, of_element=True) != ()


def test_each_is_told_with_what_is_expected() -> None:
    text = (
        "p {\n  color: #fff;\n  font-size: 2pt;\n  position: sticky;\n}\n"
        "p::after { content: 'no' }\nb { opacity: 0 }\n"
    )

    assert [(c.line, c.column, c.message) for c in complaints_about_styles(text)] == [
        (
            2,
            3,
            "color: #fff gives a contrast ratio of 1.0:1; expected at least 3:1; "
            "set color and background in one rule",
        ),
        (3, 3, "font-size: 2pt may hide words of the letter; expected 5pt or more"),
        (4, 3, "position: sticky may hide words of the letter; expected static"),
        (6, 12, 'content: "no" adds words that are not the letter\'s; remove it'),
        (7, 5, "opacity: 0 is not an allowed property; remove it"),
    ]


@pytest.mark.parametrize("text", ["a{" * 5_000, f"p {{ opacity: {'(' * 5_000} }}"])
def test_what_is_nested_too_deep_is_told(text: str) -> None:
    assert complaints_about_styles(text) != ()
