"""Styles are read as tokens: whatever would fetch or run something is found, however written."""

import pytest

from generator.rendering.inert_markup import complaints_about_styles
from tests.borsetshire import BORSETSHIRE

FETCHING = {
    "an address": "p { background: url(https://x.example/a.png) }",
    "an address in quotes": "p { background: url('https://x.example/a.png') }",
    "an address of this folder": "p { background: url(a.png) }",
    "an address without a scheme": "p { background: url(//x.example/a) }",
    "an address of a script": "p { background: url(javascript:alert) }",
    "a page as data": "p { background: url(data:text/html,x) }",
    "a part of the page": "p { filter: url(#a) }",
    "letters as escapes": r"p { background: u\72l(a.png) }",
    "all letters as escapes": r"p { background: \75\72\6c(a.png) }",
    "long escapes": r"p { background: \000075 rl('a.png') }",
    "capital letters": "p { background: URL(a.png) }",
    "an address that never ends": "p { background: url(a.png",
    "an address in brackets": "p { background: [(url(a.png))] }",
    "an address in a custom property": "p { --crest: url(a.png) }",
    "an address as a fallback": "p { background: var(--x, url(a.png)) }",
    "an address in a condition": "@supports (background: url(a.png)) { p { color: red } }",
    "an address within rules in rules": "@media print { @page { @top-left { content: url(a) } } }",
    "a set of images": "p { background: image-set('a.png' 1x) }",
    "a set of images of one engine": "p { background: -webkit-image-set('a.png' 1x) }",
    "a set of images in escapes": r"p { background: im\61ge-set('a.png' 1x) }",
    "src()": "p { background: src('a.png') }",
    "image()": "p { background: image('a.png') }",
    "cross-fade()": "p { background: cross-fade('a.png', 'b.png') }",
    "paint()": "p { background: paint(worklet) }",
    "a function of tomorrow": "p { background: fetch('a.png') }",
    "an attribute as an address": "p { background: attr(data-crest url) }",
    "an attribute of a type": "p { background: attr(data-crest type(<url>)) }",
    "a pointer": "p { cursor: url(a.cur), auto }",
    "content": "p::before { content: url(a.png) }",
    "signs of a list": "ul { list-style: url(a.png) }",
    "a shape": "p { shape-outside: url(a.png) }",
    "an import": "@import 'other.css';",
    "an import in escapes": r"@\69mport 'other.css';",
    "an import after a comment": "/* */@import/**/'other.css';",
    "an import as HTML hides it": "<!-- @import 'other.css'; -->",
    "a typeface": "@font-face { font-family: x; src: local(Arial) }",
    "a namespace": "@namespace 'https://x.example/';",
    "colours of a profile": "@color-profile --x { src: 'a.icc' }",
    "a document's rules": "@document domain(x.example) { p { color: red } }",
    "a rule of tomorrow": "@fetch 'a.css';",
}
RUNNING = {
    "an expression": "p { width: expression(alert()) }",
    "an expression in escapes": r"p { width: expr\65ssion(alert()) }",
    "a behaviour": "p { behavior: none }",
    "a behaviour in escapes": r"p { b\65havior : none }",
    "a binding": "p { -moz-binding: none }",
    "a filter of old": "p { filter: progid:DXImageTransform.Microsoft.AlphaImageLoader(src='a') }",
}
UNREADABLE = {
    "an address with a space": "p { background: url(a b) }",
    "a string over two lines": "p { content: 'a\n' }",
    "a string that never ends": "p { font-family: 'a",
    "a bracket too many": "p { color: red }}",
}
HARMLESS = {
    "a picture as data": "p { background: url(data:image/png;base64,AAAA) }",
    "a picture as data, in quotes": 'p { background: url("data:image/svg+xml;base64,AAAA") }',
    "sums and colours": "p { border-color: rgb(0 0 0 / calc(var(--x))); gap: min(1px, 3px) }",
    "selectors": "p:not(.a):nth-child(2n + 1):is(b, i):has(> a) { color: red }",
    "conditions": "@media screen and (width < 56rem) { @supports (gap: 1px) { p { gap: 1px } } }",
    "pages": "@page :first { size: A4; @bottom-right { content: counter(page) } }",
    "words that only look so": "p { font-family: 'url(a.png) @import' } .behavior { gap: 0 }",
    "a comment that only looks so": "/* url(a.png) @import 'x'; */",
    "scrolling": "p { scroll-behavior: smooth }",
    "a declaration alone": "--column: 3",
}


@pytest.mark.parametrize("case", FETCHING)
def test_what_fetches_is_refused(case: str) -> None:
    found = [complaint.message for complaint in complaints_about_styles(FETCHING[case])]

    assert any("load another file" in message for message in found), found


@pytest.mark.parametrize("case", RUNNING)
def test_what_runs_is_refused(case: str) -> None:
    found = [complaint.message for complaint in complaints_about_styles(RUNNING[case])]

    assert any("run code" in message for message in found), found


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_browsers_may_read_differently_is_refused(case: str) -> None:
    found = [complaint.message for complaint in complaints_about_styles(UNREADABLE[case])]

    assert found
    assert all(message.startswith("is not valid CSS (") for message in found)


@pytest.mark.parametrize("case", HARMLESS)
def test_what_fetches_nothing_is_let_through(case: str) -> None:
    assert complaints_about_styles(HARMLESS[case]) == ()


@pytest.mark.parametrize("name", ["letter.css", "screen.css"])
def test_our_own_styles_are_harmless(name: str) -> None:
    assert complaints_about_styles(BORSETSHIRE[f"templates/{name}"]) == ()


def test_each_place_is_told_in_order() -> None:
    text = "p {\n  color: red;\n  cursor: url(a.cur);\n}\n/* </STYLE> */\n@import 'b.css';\n"

    assert [(c.line, c.column, c.message) for c in complaints_about_styles(text)] == [
        (3, 11, "url(a.cur) would load another file; letters must be self-contained"),
        (5, 4, "</style> would end the styles of the page; remove it"),
        (6, 1, "@import would load another file; letters must be self-contained"),
    ]


def test_brackets_however_deep_are_read() -> None:
    text = "p { width: " + "(" * 5_000 + "url(a)" + ")" * 5_000 + " }"

    assert len(complaints_about_styles(text)) == 1
