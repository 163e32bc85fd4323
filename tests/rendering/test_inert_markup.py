"""A page does nothing: what may run or fetch something is refused, at its place in the template."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.api import render_html
from generator.batch.build_letters import check_words
from generator.batch.job import LetterRenderer
from generator.problems import Problem
from generator.processes.cancellation import Cancellation
from generator.project.load_edition import load_edition
from generator.rendering.failures import LetterTemplateError
from generator.rendering.html import POLICY
from generator.rendering.inert_markup import live_parts
from tests.borsetshire import BORSETSHIRE, build_tree

TEMPLATE = "templates/letter.html.jinja"
SLUG = "ambridge-district-council"

LIVE = {
    "a script": "<script>alert()</script>",
    "a script elsewhere": '<script src="https://x.example/a.js"></script>',
    "a refresh": '<meta http-equiv="refresh" content="0; url=https://x.example/">',
    "a refresh in capitals": '<META HTTP-EQUIV=" Refresh" CONTENT=0>',
    "a cookie": '<meta http-equiv="set-cookie" content="a=b">',
    "a policy of its own": '<meta http-equiv="Content-Security-Policy" content="">',
    "a base": '<base href="https://x.example/">',
    "styles elsewhere": '<link rel="stylesheet" href="a.css">',
    "a name looked up before": '<link rel="dns-prefetch" href="//x.example">',
    "a manifest": '<link rel="manifest" href="a.json">',
    "a frame": '<iframe src="https://x.example/"></iframe>',
    "a frame with a page inside": '<iframe srcdoc="<script>alert()</script>"></iframe>',
    "frames": "<frameset><frame src=a></frameset>",
    "a frame of a portal": '<portal src="https://x.example/"></portal>',
    "an object": '<object data="a.swf"></object>',
    "something embedded": '<embed src="a.swf">',
    "an applet": "<applet code=a></applet>",
    "a form": '<form action="https://x.example/"></form>',
    "a button that sends": '<button formaction="https://x.example/"></button>',
    "a field that is a picture": '<input type="image" src="a.png">',
    "a field that takes the focus": "<input autofocus onfocus=alert()>",
    "a film": '<video poster="a.png"></video>',
    "sounds": '<audio src="a.mp3"></audio>',
    "subtitles": '<track src="a.vtt">',
    "a choice of pictures": '<picture><source srcset="a.png"></picture>',
    "a picture elsewhere": '<img src="https://x.example/a.png" alt="">',
    "a picture of this folder": '<img src="a.png" alt="">',
    "a picture without a scheme": '<img src="//x.example/a.png" alt="">',
    "a picture that is a page": '<img src="data:text/html;base64,AAAA" alt="">',
    "a picture with others": '<img src="data:image/png;base64,AAAA" srcset="a.png 2x" alt="">',
    "a picture by an old name": "<image src=a.png>",
    "a picture that is measured": '<img src="data:image/png;base64,AAAA" lowsrc="a.png" alt="">',
    "what a picture does when it fails": '<img src="data:image/png;base64,A" onerror="alert()">',
    "what the page does when it is there": '<p onload="alert()"></p>',
    "an event after a slash": "<p/onclick=alert()></p>",
    "an event beside a value": '<p class="a"onclick="alert()"></p>',
    "an event in capitals": "<p ONCLICK=alert()></p>",
    "an event of tomorrow": '<p onfetch="alert()"></p>',
    "a background": '<p background="a.png"></p>',
    "a background of a table": '<table background="a.png"></table>',
    "a link that runs": '<a href="javascript:alert()"></a>',
    "a link that runs, in capitals": '<a href="JavaScript:alert()"></a>',
    "a link that runs, after a space": '<a href=" javascript:alert()"></a>',
    "a link that runs, with a line end": '<a href="java&#10;script:alert()"></a>',
    "a link that runs, with a tab": '<a href="java&Tab;script:alert()"></a>',
    "a link that runs, with an odd sign": '<a href="&#1;javascript:alert()"></a>',
    "a link that runs, by entities": '<a href="&#106;avascript&colon;alert()"></a>',
    "a link that runs Basic": '<a href="vbscript:MsgBox"></a>',
    "a link to data": '<a href="data:text/html,x"></a>',
    "a link to a file": '<a href="file:///etc/passwd"></a>',
    "a link to this folder": '<a href="other.html"></a>',
    "a link without a scheme": '<a href="//x.example/"></a>',
    "a link to a blob": '<a href="blob:https://x.example/a"></a>',
    "a link to nothing": '<a href=""></a>',
    "two links of which one runs": '<a href="#a" href="javascript:alert()"></a>',
    "a link that tells others": '<a href="#a" ping="https://x.example/"></a>',
    "a link that keeps a hold": '<a href="https://x.example/" target="_blank"></a>',
    "a link that attaches a file": '<a rel="attachment" href="https://x.example/a"></a>',
    "a link that saves": '<a download href="https://x.example/a"></a>',
    "a map": '<map><area href="javascript:alert()"></map>',
    "a quotation from elsewhere": '<q cite="javascript:alert()"></q>',
    "a drawing": "<svg></svg>",
    "a drawing that uses another": '<svg><use xlink:href="a.svg#x"/></svg>',
    "a drawing with a page inside": "<svg><foreignObject><p>x</p></foreignObject></svg>",
    "a drawing that changes a link": '<svg><set attributeName="href" to="javascript:"/></svg>',
    "a drawing that moves": '<svg><animate attributeName="href" values="javascript:"/></svg>',
    "a picture in a drawing": '<svg><image href="a.png"/></svg>',
    "a formula": '<math href="javascript:alert()"></math>',
    "an address of XML": '<a xlink:href="javascript:alert()"></a>',
    "something to be edited": "<p contenteditable></p>",
    "another element's nature": '<p is="x-y"></p>',
    "an element of its own": "<x-y></x-y>",
    "a part for scripts": "<template><p></p></template>",
    "a part without scripts": "<noscript></noscript>",
    "raw words": "<xmp></xmp>",
    "a page that never ends": "<plaintext>",
    "a window inside": "<dialog open></dialog>",
    "a moving line": "<marquee onstart=alert()></marquee>",
    "a style that fetches": '<p style="background: u\\72l(a.png)"></p>',
    "styles that fetch": "<style>@import 'a.css';</style>",
    "styles that never end": "<style>p { color: red }",
    "styles that end early": "<style>p {} </style/><script>alert()</script>",
    "a comment that ends early": "<!--><script>alert()</script>-->",
    "a comment that ends oddly": "<!-- --!><script>alert()</script> -->",
    "a question to the server": "<?php echo 1 ?>",
    "a section of XML": "<![CDATA[<script>alert()</script>]]>",
    "another kind of document": '<!DOCTYPE html SYSTEM "about:legacy-compat">',
}


@pytest.mark.parametrize("case", LIVE)
def test_what_may_run_or_fetch_something_is_found(case: str) -> None:
    assert list(live_parts(f"<p></p>{LIVE[case]}"))


HARMLESS = {
    "text": '<p class="a" id="b" lang="cy" dir="ltr" title="c" role="note" data-x="1">x</p>',
    "links": '<a href="https://x.example/">x</a><a href="mailto:a@x.example"></a><a href="#z"></a>',
    "a picture inside": '<img src="data:image/svg+xml;base64,AAAA" alt="" width="1" height="1">',
    "the encoding": '<meta charset="utf-8"><meta http-equiv="Content-Type" content="text/html">',
    "about the letter": '<meta name="author" content="A">',
    "a table": '<table aria-label="a"><tr><th scope="col" colspan="2">a</th></tr></table>',
    "styles": '<style media="print">p { color: red }</style><p style="--column: 2"></p>',
    "a comment": "<!-- a remark -->",
    "words that only look so": "<p>&lt;script&gt; onclick= javascript:</p>",
    "a list": '<ol start="2" type="a"><li value="3">x</li></ol>',
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_does_nothing_is_let_through(case: str) -> None:
    assert list(live_parts(HARMLESS[case])) == []


# --- In a template -------------------------------------------------------------------------------


def problems_with(folder: Path, before: str, after: str) -> list[str]:
    """What is told of a template in which one part was replaced."""
    assert before in BORSETSHIRE[TEMPLATE]
    changed = BORSETSHIRE[TEMPLATE].replace(before, after, 1)
    stop = Cancellation()
    (result,) = check_words(load_edition(build_tree(folder, {TEMPLATE: changed})), [SLUG], stop)
    stop.close()
    return [shown(problem, folder) for problem in result.problems]


def shown(problem: Problem, folder: Path) -> str:
    return problem.line(str(problem.place.path.relative_to(folder)))


def line_of(text: str) -> int:
    template = BORSETSHIRE[TEMPLATE]
    return template.count("\n", 0, template.index(text)) + 1


LOCATED = {
    "an element": (
        "<main>",
        "<main> <iframe></iframe>",
        8,
        "<iframe> is not allowed: letters must not run or load anything; remove it",
    ),
    "an attribute": (
        "<main>",
        '<main class="a" onclick="alert()">',
        17,
        "onclick on <main> is not allowed: letters must not run or load anything; remove it",
    ),
    "an attribute beside one of Jinja's": (
        "<main>",
        '<main class="{{ letter.slug }}" onclick="alert()">',
        33,
        "onclick on <main> is not allowed: letters must not run or load anything; remove it",
    ),
    "a link that Jinja fills in, one of several": (
        "<main>",
        "<main><a class='x' href=\"{{ 'javascript:' ~ letter.slug }}\"></a>",
        0,
        'a link to "javascript:ambridge-district-council"; expected https://…, mailto:… or #…',
    ),
    "an element that Jinja names": (
        "<main>",
        "<main><{{ 'scr' ~ 'ipt' }} onclick></{{ 'scr' ~ 'ipt' }}>",
        0,
        "<script> is not allowed: letters must not run or load anything; remove it",
    ),
    "an element that Jinja writes": (
        "<main>",
        "<main>{{ '<base href=\"/\">' | safe }}",
        11,
        "<base> is not allowed: letters must not run or load anything; remove it",
    ),
    "a style": (
        "<main>",
        "<main style=\"background: image-set('a.png' 1x)\">",
        7,
        "image-set() may load another file or run code; letters must be self-contained",
    ),
    "styles of the template's own": (
        "<main>",
        "<main><style> p { cursor: url(a) }</style>",
        27,
        "url(a) would load another file; letters must be self-contained",
    ),
}


@pytest.mark.parametrize("case", LOCATED)
def test_it_is_told_at_its_line_and_column_of_the_template(case: str, tmp_path: Path) -> None:
    before, after, column, message = LOCATED[case]
    place = f":{line_of(before)}:{column}" if column else ""

    assert problems_with(tmp_path, before, after)[0] == f"{TEMPLATE}{place}: error: {message}"


def test_what_is_live_is_refused_on_paper_as_well(tmp_path: Path) -> None:
    text = BORSETSHIRE[TEMPLATE].replace("<main>", "<main><a href='javascript:alert()'></a>")
    loaded = load_edition(build_tree(tmp_path, {TEMPLATE: text}))
    assert loaded.letter_template is not None

    with pytest.raises(LetterTemplateError) as caught:
        LetterRenderer(loaded.letter_template).pdf(loaded.letters[SLUG].letter)

    (problem,) = caught.value.problems
    assert problem.message.startswith('a link to "javascript:alert()"')
    assert (problem.place.line, problem.place.column) == (line_of("<main>"), 10)


# --- The policy of a page ------------------------------------------------------------------------


class Head(HTMLParser):
    """The elements of a page, in order, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_each_letter_bears_a_policy_before_anything_that_it_is_for(tmp_path: Path) -> None:
    loaded = load_edition(build_tree(tmp_path))

    page = render_html(loaded, loaded.letters[SLUG].letter).decode()

    policy = {"http-equiv": "Content-Security-Policy", "content": POLICY}
    assert Head(page).found[1:4] == [("head", {}), ("meta", policy), ("meta", {"charset": "utf-8"})]
    assert page.encode().index(b'charset="utf-8"') < 1024  # where browsers look for it
    assert POLICY == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def test_a_template_without_a_head_is_refused(tmp_path: Path) -> None:
    text = BORSETSHIRE[TEMPLATE].replace("<head>", "").replace("</head>", "")
    loaded = load_edition(build_tree(tmp_path, {TEMPLATE: text}))

    with pytest.raises(LetterTemplateError, match="the page has no <head>"):
        render_html(loaded, loaded.letters[SLUG].letter)
