"""Wording as Markdown: what is let through, and what is refused, at its place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.letter.inline_wording import PieceOfMarkdown
from generator.letter.roles import Role
from generator.letter.variables import Vocabulary
from tests.letter.reading import read, words

BEFORE = """\
# Heading

A paragraph that goes
over three lines
of the file.

- an item
  over two lines
- another

1. numbered
2. twice

"""
AFTER = "\nAnd *more* words.\n"
FIRST = BEFORE.count("\n") + 1
"""The first line after `BEFORE`: bad wording in the middle of a long file must be found there."""

_HTML = "HTML cannot be used here; for bold write **words**, for the character < write \\<"
_HEADING = "a heading below other text; a section has at most one, at the top"
_UNREAD = (
    "a link that cannot be read; expected [words](https://…), the address without spaces, "
    "placeholders or a title"
)
_CODE = "` makes code; remove it, or write ' for a quotation mark"
_UNDERLINE = "makes the words above it a heading; remove it, or begin the heading with #"
_BREAK = "two spaces or a backslash at the end of a line break it there; remove them"
_TITLE = "a link with a title; remove the quoted title after the address"
_ADDRESS = "expected an address such as https://www.example.org"
_EMPHASIS = "emphasis inside a link; put the asterisks outside, or remove them"
_QUOTATION = "> at the start of a line makes it a quotation; remove it, or write \\>"
_NUMBER = "of a list and would be printed as that number; for the number itself write"
_PARAGRAPHS = "a second paragraph in a list item; expected one"

_STAR = "* inside a word sets what follows in italics or bold; write \\* for the character itself"
_PLUS = "+ at the start of a line begins a list item; write -, or \\+ for the character itself"
_BAR = "| at the start of a line does not make a table; remove it, or write \\|"
_STRUCK = "~~ does not strike out here; remove it, or write \\~\\~ for the characters themselves"
_FOOTNOTE = "a footnote cannot be used here; remove it, or write \\[^ for the characters themselves"
_BY_NAME = (
    "a reference link cannot be used here; write [words](https://…), or \\][ for the characters "
    "themselves"
)

REFUSED = {
    "stars-in-a-sum": ("words\nof 2*3*4", [(1, 5, _STAR)]),
    "star-within-a-word": ("*re*start", [(0, 4, _STAR)]),
    "star-to-a-word-s-end": ("re**start**", [(0, 3, _STAR)]),
    "three-stars-within-a-word": ("***re***start", [(0, 6, _STAR)]),
    "list-of-pluses": ("+ one\n+ two", [(0, 1, _PLUS)]),
    "table": ("| a | b |\n|---|---|", [(0, 1, _BAR), (1, 1, _BAR)]),
    "bar-after-words": ("a\n| b", [(1, 1, _BAR)]),
    "struck-words": ("a\nb ~~c~~", [(1, 3, _STRUCK)]),
    "footnote": ("a\nb[^1]", [(1, 2, _FOOTNOTE)]),
    "reference-used": ("a [a][b]", [(0, 5, _BY_NAME)]),
    "unseen-sign": (
        "a\nb \u202ec",
        [(1, 3, "an invisible right-to-left override (U+202E); delete it")],
    ),
    "unseen-sign-by-name": (
        "a &amp;\nb &shy;c",
        [(1, 3, "an invisible soft hyphen (U+00AD); delete it")],
    ),
    "unseen-sign-by-number": (
        "a &#x200b;",
        [(0, 3, "an invisible zero width space (U+200B); delete it")],
    ),
    "tab-by-name": ("a&Tab;b", [(0, 2, "an invisible control character (U+0009); delete it")]),
    "joiner-by-name": (
        "a&zwnj;b",
        [(0, 2, "an invisible zero width non-joiner (U+200C); delete it")],
    ),
    "lost-letter": (
        "a\nb\ufffd",
        [
            (
                1,
                2,
                "the character \ufffd (U+FFFD), a placeholder for a lost letter; type the letter",
            )
        ],
    ),
    "code-by-four-spaces": (
        "words\n\n    words",
        [(2, 5, "four spaces at the start of a line make a code block; remove them")],
    ),
    "code-in-an-item": (
        "words\n\n* words\n\n      code",
        [(4, 7, "four spaces at the start of a line make a code block; remove them")],
    ),
    "fence": (
        "```\nwords\n```",
        [(0, 1, "three ` or ~ make a code block; remove them")],
    ),
    "fence-of-tildes-right-after-words": (
        "words\n~~~\nwords",
        [(1, 1, "three ` or ~ make a code block; remove them")],
    ),
    "quotation": ("> words", [(0, 1, _QUOTATION)]),
    "quotation-in-a-paragraph": ("words\n> words", [(1, 1, _QUOTATION)]),
    "html-block": ("<div>\nwords\n</div>", [(0, 1, _HTML)]),
    "html-remark": ("words\n\n<!-- words -->", [(2, 1, _HTML)]),
    "html-inline": ("words\nmore <b>words</b>", [(1, 6, _HTML), (1, 14, _HTML)]),
    "html-over-lines": ("words <b\nid='x'> and\nmore <i>", [(0, 7, _HTML), (2, 6, _HTML)]),
    "picture": (
        "words\n![a](https://x.example/y.png)",
        [(1, 1, "a picture cannot be used here; remove it")],
    ),
    "ruler": ("words\n\n---", [(2, 1, "this makes a horizontal rule; remove it")]),
    "ruler-of-stars": ("***", [(0, 1, "this makes a horizontal rule; remove it")]),
    "underline": ("words\n---\nmore", [(1, 1, f"a line of - {_UNDERLINE}")]),
    "double-underline": ("two\nlines\n===", [(2, 1, f"a line of = {_UNDERLINE}")]),
    "second-heading": ("# Again", [(0, 1, _HEADING)]),
    "lower-heading": ("words\n\n## Lower", [(2, 1, _HEADING)]),
    "heading-in-a-list": ("words\n\n- # Head", [(2, 1, "a heading in a list; remove the #")]),
    "list-in-a-list": (
        "words\n\n- one\n  - two",
        [(3, 3, "a list within a list; use one level only")],
    ),
    "numbers-in-a-list": (
        "words\n\n- one\n  1. two",
        [(3, 3, "a list within a list; use one level only")],
    ),
    "year-at-the-start-of-a-line": (
        "words\n\n2018. A year",
        [
            (
                2,
                1,
                f"2018. begins item 1 {_NUMBER} 2018\\.",
            )
        ],
    ),
    "nought": (
        "words\n\n0) words",
        [
            (
                2,
                1,
                f"0) begins item 1 {_NUMBER} 0\\)",
            )
        ],
    ),
    "bullets-pasted-from-a-word-processor": (
        "\u2022 one\n\u2022 two",
        [
            (n, 1, "\u2022 at the start of a line does not make a list; write - instead")
            for n in (0, 1)
        ],
    ),
    "dash-as-a-bullet": (
        "\u2013 one",
        [(0, 1, "\u2013 at the start of a line does not make a list; write - instead")],
    ),
    "number-left-out": (
        "words\n\n1. one\n2. two\n4. four",
        [
            (
                4,
                1,
                f"4. begins item 3 {_NUMBER} 4\\.",
            )
        ],
    ),
    "other-sign-in-a-list": (
        "words\n\n- one\n* two",
        [
            (
                3,
                1,
                "a different character begins another list; begin all items of a list "
                "with the same character",
            )
        ],
    ),
    "empty-item": (
        "words\n\n- one\n-\n- two",
        [(3, 1, "an empty list item; remove it")],
    ),
    "two-paragraphs-in-an-item": ("words\n\n- one\n\n  two\n- three", [(4, 3, _PARAGRAPHS)]),
    "empty-heading": ("#", [(0, 1, _HEADING), (0, 1, "an empty heading; write it after #")]),
    "unseen-spaces": (
        "\u00a0",
        [(0, 1, "only invisible spaces in this paragraph; delete this line")],
    ),
    "two-spaces-at-a-line-end": ("words  \nmore", [(0, 8, _BREAK)]),
    "backslash-at-a-line-end": ("words\nmore\\\nmore", [(1, 5, _BREAK)]),
    "code": ("words\nand `code` and `x`", [(1, 5, _CODE), (1, 16, _CODE)]),
    "code-over-lines": ("a `b\nc` d\n`e`", [(0, 3, _CODE), (2, 1, _CODE)]),
    "placeholder-in-code": ("`{{ authority.name }}`", [(0, 1, _CODE)]),
    "link-with-a-title": ('[a](https://x.example "b")', [(0, 1, _TITLE)]),
    "link-to-nothing": ("words\nand [a]()", [(1, 5, f"a link to nothing; {_ADDRESS}")]),
    "link-to-a-page": ("[a](page.html)", [(0, 1, f'a link to "page.html"; {_ADDRESS}')]),
    "link-to-a-script": (
        "[a](javascript:alert)",
        [(0, 1, f'a link to "javascript:alert"; {_ADDRESS}')],
    ),
    "link-to-a-script-in-capitals": (
        "[a](JavaScript:alert)",
        [(0, 1, f'a link to "JavaScript:alert"; {_ADDRESS}')],
    ),
    "link-to-a-script-by-entities": (
        "[a](java&#115;cript&colon;alert)",
        [(0, 1, f'a link to "javascript:alert"; {_ADDRESS}')],
    ),
    "link-to-data": (
        "[a](data:text/html,x)",
        [(0, 1, f'a link to "data:text/html,x"; {_ADDRESS}')],
    ),
    "link-to-basic": ("[a](vbscript:x)", [(0, 1, f'a link to "vbscript:x"; {_ADDRESS}')]),
    "link-without-a-scheme": ("[a](//x.example)", [(0, 1, f'a link to "//x.example"; {_ADDRESS}')]),
    "link-to-a-file": ("[a](file:///x)", [(0, 1, f'a link to "file:///x"; {_ADDRESS}')]),
    "link-to-half-an-address": ("[a](https://)", [(0, 1, f'a link to "https://"; {_ADDRESS}')]),
    "bare-script": (
        "<javascript:alert(1)>",
        [(0, 1, f'a link to "javascript:alert(1)"; {_ADDRESS}')],
    ),
    "link-to-a-placeholder": ("[a]({{ authority.name }})", [(0, 3, _UNREAD)]),
    "link-to-a-tight-placeholder": (
        "[a](https://x.example/{{authority.name}})",
        [(0, 1, "a placeholder in the address of a link; write the address itself")],
    ),
    "link-to-an-address-with-a-space": ("[a](https://x. example)", [(0, 3, _UNREAD)]),
    "link-without-words": (
        "words [](https://x.example)",
        [(0, 7, "a link without words; expected [words](https://…)")],
    ),
    "emphasis-in-a-link": ("[*a*](https://x.example)", [(0, 2, _EMPHASIS)]),
    "bold-in-a-link": ("[a **b**](https://x.example)", [(0, 4, _EMPHASIS)]),
    "open-braces": (
        "words\nand {{ authority.name",
        [(1, 5, "{{ begins a placeholder that never ends; expected }} after the name")],
    ),
    "open-braces-before-others": (
        "{{ authority.name and {{ authority.noun }}",
        [(0, 1, "{{ begins a placeholder that never ends; expected }} after the name")],
    ),
    "closing-braces-behind-others": (
        "{{ authority.name }} and }}",
        [(0, 26, "}} ends a placeholder that never began; expected {{ before the name")],
    ),
    "statement": (
        "{% if x %}",
        [
            (
                0,
                1,
                "{% cannot be used here; for words that only some letters have, use ::: when",
            ),
            (
                0,
                9,
                "%} cannot be used here; for words that only some letters have, use ::: when",
            ),
        ],
    ),
    "remark": (
        "words {# x #}",
        [
            (0, 7, "{# cannot be used here; remove it, since a comment would be printed"),
            (0, 12, "#} cannot be used here; remove it, since a comment would be printed"),
        ],
    ),
    "unknown-name-twice-in-an-item": (
        "words\n\n- one\n  {{ a }} {{ a }}",
        [
            (3, 3, '{{ a }}: unknown name "a"; names begin with edition. or authority.'),
            (3, 11, '{{ a }}: unknown name "a"; names begin with edition. or authority.'),
        ],
    ),
    "unknown-name-over-lines": (
        "words {{\n  a }}",
        [(0, 7, '{{ a }}: unknown name "a"; names begin with edition. or authority.')],
    ),
    "unknown-name-in-emphasis-in-a-link-text": (
        "**{{ a }}**\n[{{ b }}](https://x.example)",
        [
            (0, 3, '{{ a }}: unknown name "a"; names begin with edition. or authority.'),
            (1, 2, '{{ b }}: unknown name "b"; names begin with edition. or authority.'),
        ],
    ),
    "unknown-name-in-an-indented-line": (
        "words\n   and {{ a }}",
        [(1, 8, '{{ a }}: unknown name "a"; names begin with edition. or authority.')],
    ),
}


@pytest.mark.parametrize(("text", "problems"), REFUSED.values(), ids=REFUSED.keys())
def test_what_wording_cannot_have_is_refused_at_its_place(
    text: str, problems: list[tuple[int, int, str]], known: Vocabulary
) -> None:
    _, found = read(f"{BEFORE}{text}\n{AFTER}", known)
    assert found == [f"file.md:{FIRST + row}:{column}: error: {m}" for row, column, m in problems]


def test_what_stands_around_bad_wording_is_still_read(known: Vocabulary) -> None:
    found, _ = read(f"{BEFORE}words <b>\n{AFTER}", known)
    around = ["A paragraph that goes over three lines of the file.", "And more words."]
    assert [words(b) for b in found if b.role is Role.PARAGRAPH and "<" not in words(b)] == around


HEADINGS = {
    "second-level": ("## Head\n", "file.md:1:1: error: a heading begins with one #; found ##"),
    "without-words": ("# \n", "file.md:1:1: error: an empty heading; write it after #"),
    "below-a-paragraph": ("Words\n\n# Head\n", f"file.md:3:1: error: {_HEADING}"),
}


@pytest.mark.parametrize(("text", "problem"), HEADINGS.values(), ids=HEADINGS.keys())
def test_a_heading_begins_a_section_with_one_sign(
    text: str, problem: str, known: Vocabulary
) -> None:
    assert read(text, known)[1] == [problem]


H, P, B, N = Role.HEADING, Role.PARAGRAPH, Role.BULLET, Role.NUMBERED
ACCEPTED = {
    "paragraph-over-lines": ("One\ntwo\n  three\n", [(P, "One two three")]),
    "paragraphs": ("One\n\n\n\nTwo", [(P, "One"), (P, "Two")]),
    "heading": ("# Head\n\nWords\n", [(H, "Head"), (P, "Words")]),
    "heading-closed": ("# Head #\nWords\n", [(H, "Head"), (P, "Words")]),
    "placeholder-in-a-heading": ("# Of {{ authority.name }}\n", [(H, "Of <authority.name>")]),
    "bullets": ("Words:\n- one\n- two\n  on\n", [(P, "Words:"), (B, "one"), (B, "two on")]),
    "bullets-apart": ("* one\n\n* two\n", [(B, "one"), (B, "two")]),
    "numbers": ("1. one\n2. two\n", [(N, "one"), (N, "two")]),
    "numbers-all-one": ("1) one\n1) two\n", [(N, "one"), (N, "two")]),
    "lists-of-two-kinds": ("- one\n\n1. two\n", [(B, "one"), (N, "two")]),
    "year-written-out": ("2018\\. A year\n", [(P, "2018. A year")]),
    "year-in-a-paragraph": ("Words of\n2018. A year\n", [(P, "Words of 2018. A year")]),
    "bars-inside-a-line": ("a | b\n", [(P, "a | b")]),
    "escaped-bar-plus-and-tildes": ("\\| a\n\n\\+ a \\~\\~b\n", [(P, "| a"), (P, "+ a ~~b")]),
    "stars-that-stand-free": ("2 * 3 * 4, 2\\*3\\*4, a_b_c*\n", [(P, "2 * 3 * 4, 2*3*4, a_b_c*")]),
    "short-years": ("the '90s and\n'08\n", [(P, "the ’90s and ’08")]),
    "no-break-spaces": ("5\xa0a&nbsp;b\u202fc\n", [(P, "5\xa0a\xa0b\u202fc")]),
    "arithmetic-stays-text": ("5 * 3 < 16 & a_b_c #1\n", [(P, "5 * 3 < 16 & a_b_c #1")]),
    "reference-stays-text": ("[Note]: https://x.example\n", [(P, "[Note]: https://x.example")]),
    "escaped-brackets": ("[a\\][b] \\[^1]\n", [(P, "[a][b] [^1]")]),
    "named-sign": ("Brighton &amp; Hove\n", [(P, "Brighton & Hove")]),
    "escaped-signs": (r"\*a\* \# \< \{\{ b \}\}" + "\n", [(P, "*a* # < {{ b }}")]),
    "bare-address": ("https://x.example/a_b_c\n", [(P, "https://x.example/a_b_c")]),
    "one-brace": ("{ a } 5% }\n", [(P, "{ a } 5% }")]),
    "placeholder-over-lines": ("Of {{\n authority.name\n}}.\n", [(P, "Of <authority.name>.")]),
    "two-placeholders": (
        "{{ authority.name }}{{ authority.noun }}\n",
        [(P, "<authority.name><authority.noun>")],
    ),
}


@pytest.mark.parametrize(("text", "blocks"), ACCEPTED.values(), ids=ACCEPTED.keys())
def test_plain_wording_becomes_blocks(
    text: str, blocks: list[tuple[Role, str]], known: Vocabulary
) -> None:
    found, problems = read(text, known)
    assert ([(block.role, words(block)) for block in found], problems) == (blocks, [])


TYPOGRAPHY = {
    "double": ('"words"', "“words”"),
    "single": ("'words'", "\u2018words’"),
    "apostrophe": ("the council's", "the council’s"),
    "double-around-a-placeholder": ('"{{ authority.name }}"', "“<authority.name>”"),
    "single-around-a-placeholder": ("'{{ authority.name }}'", "\u2018<authority.name>’"),
    "apostrophe-behind-a-placeholder": ("{{ authority.noun }}'s", "<authority.noun>’s"),
    "plural-behind-a-placeholder": ("{{ authority.noun }}s' x", "<authority.noun>s’ x"),
    "quotes-around-emphasis": ('"*words*"', "“words”"),
    "quotes-in-emphasis": ('*"words"*', "“words”"),
    "curly-already": ("“it’s”", "“it’s”"),
    "copyright": ("(c) (r) (tm)", "(c) (r) (tm)"),
    "dots": ("wait...", "wait..."),
    "dashes": ("a -- b --- c", "a -- b --- c"),
    "plus-minus": ("+- 5", "+- 5"),
    "exclamation": ("oh!!!!!! what?????", "oh!!!!!! what?????"),
}


@pytest.mark.parametrize(("text", "printed"), TYPOGRAPHY.values(), ids=TYPOGRAPHY.keys())
def test_quotes_are_made_typographic_and_nothing_else(
    text: str, printed: str, known: Vocabulary
) -> None:
    found, problems = read(text, known)
    assert ([words(block) for block in found], problems) == ([printed], [])


PIECES = {
    "plain": ("a\nb", [PieceOfMarkdown("a b")]),
    "emphasis": (
        "a *b* c",
        [PieceOfMarkdown("a "), PieceOfMarkdown("b", emphasis=True), PieceOfMarkdown(" c")],
    ),
    "bold": ("**a** b", [PieceOfMarkdown("a", strong=True), PieceOfMarkdown(" b")]),
    "both": ("***a***", [PieceOfMarkdown("a", emphasis=True, strong=True)]),
    "link": ("[a b](http://x.example)", [PieceOfMarkdown("a b", link="http://x.example")]),
    "link-with-a-query": (
        "[a](https://x/?b=1&c=2)",
        [PieceOfMarkdown("a", link="https://x/?b=1&c=2")],
    ),
    "bare-link": (
        "<https://x.example>",
        [PieceOfMarkdown("https://x.example", link="https://x.example")],
    ),
    "email": ("<a@x.example>", [PieceOfMarkdown("a@x.example", link="mailto:a@x.example")]),
    "link-in-emphasis": ("*[a](http://x)*", [PieceOfMarkdown("a", emphasis=True, link="http://x")]),
}


@pytest.mark.parametrize(("text", "pieces"), PIECES.values(), ids=PIECES.keys())
def test_words_know_how_they_are_set(
    text: str, pieces: list[PieceOfMarkdown], known: Vocabulary
) -> None:
    found, problems = read(text, known)
    assert ([list(block.pieces) for block in found], problems) == ([pieces], [])


def test_a_placeholder_in_emphasis_and_in_a_link_is_set_like_the_words_around_it(
    known: Vocabulary,
) -> None:
    found, problems = read(
        "*a {{ edition.year }}* [{{ authority.name }}](https://x.example)", known
    )
    set_as = [(p.emphasis, p.link) for p in found[0].pieces if not isinstance(p.content, str)]
    assert (set_as, problems) == ([(True, None), (False, "https://x.example")], [])


def test_a_block_knows_its_source_and_its_place(known: Vocabulary) -> None:
    found, _ = read(BEFORE, known)
    assert [(b.place.line, b.place.column, b.source.split("\n")[0]) for b in found] == [
        (1, 3, "Heading"),
        (3, 1, "A paragraph that goes"),
        (7, 3, "an item"),
        (9, 3, "another"),
        (11, 4, "numbered"),
        (12, 4, "twice"),
    ]


STRAIGHT = {
    "inches": (
        "He is\n5'6\" tall\n",
        '2:4: warning: " ',
        "” or “ itself (″ for inches and seconds)",
    ),
    "opening-that-never-closes": (
        "A\n'tis so\n",
        "2:1: warning: ' ",
        "’ or \u2018 itself (\u2032 for feet and minutes)",
    ),
}


@pytest.mark.parametrize(("text", "start", "type_"), STRAIGHT.values(), ids=STRAIGHT.keys())
def test_a_quotation_mark_that_stays_straight_is_a_warning(
    text: str, start: str, type_: str, known: Vocabulary
) -> None:
    said = "has no counterpart; type"
    assert read(text, known)[1] == [f"file.md:{start}{said} {type_}"]


MARKDOWN = st.text("ab \n\n#*_-+1.>`~[](){}<>!\\'\"&;:/=|%x", max_size=80)


@given(text=MARKDOWN | st.text(max_size=60))
def test_any_text_is_blocks_or_located_problems(text: str, known: Vocabulary) -> None:
    text = re.sub("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", "", text)  # refused when it is read
    found, problems = read(text, known)
    rows = text.split("\n")
    for problem in problems:
        located = re.match(r"file\.md:(\d+):(\d+): (?:error|warning): .", problem)
        assert located is not None
        row, column = map(int, located.groups())
        assert 1 <= row <= len(rows)
        assert 1 <= column <= len(rows[row - 1]) + 1
    assert found or problems or not text.strip(" \n")


SIGNS = st.text("abc \n#*_-+1.>`~[]()!\\'\":|=%", max_size=60)


@given(text=SIGNS)
def test_no_word_vanishes_without_a_problem(text: str, known: Vocabulary) -> None:
    found, problems = read(text, known)
    kept = re.sub("[^abc]", "", "".join(words(block) for block in found))
    assert problems or kept == re.sub("[^abc]", "", text)


PLAIN = st.from_regex(r"[A-Za-z]+([,;:?!.]? [A-Za-z(][A-Za-z,;:?!.)–]*){0,12}", fullmatch=True)


@given(text=PLAIN)
def test_words_without_signs_of_markdown_come_out_unchanged(text: str, known: Vocabulary) -> None:
    found, problems = read(text, known)
    assert ([words(block) for block in found], problems) == ([text], [])


def test_long_texts_are_shortened_in_messages(known: Vocabulary) -> None:
    long = "a" * 900
    for text in (
        f"{{{{ {'a' * 20_000} }}}}",
        f"{{{{ {long} }}}}",
        f"{{{{ authority.name | {long} }}}}",
        f"[a]({long})",
    ):
        (problem,) = read(text, known)[1]
        assert len(problem) < 300
