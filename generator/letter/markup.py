"""Markdown to tokens that know where they stand: markdown-it, taught placeholders and places.

A placeholder is one token of the inline parser, so that a value is never read as Markdown and
Markdown never breaks an expression. `at`, in a token's `meta`, is where in its text it begins.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    emphasis,
    escape,
    html_inline,
    image,
    link,
    newline,
)

from generator.letter.expressions import end_of_placeholder

BRACES = ("{{", "}}", "{%", "%}", "{#", "#}")
BRACKETS = ("](", "][", "[^", "~~")
"""Signs that mean something, where they are not part of it; the brackets only in Markdown."""

_Rule = Callable[[StateInline, bool], bool]


def _placeholder(state: StateInline, silent: bool) -> bool:
    """Makes `{{ … }}` one token, and each stray sign another."""
    sign = state.src[state.pos : state.pos + 2]
    if sign not in BRACES and not (sign in BRACKETS and state.md is MARKDOWN):
        return False
    end = end_of_placeholder(state.src, state.pos) if sign == "{{" else None
    is_placeholder = end is not None and end <= state.posMax
    stop = end if end is not None and is_placeholder else state.pos + 2
    if not silent:
        token = state.push("placeholder" if is_placeholder else "stray", "", 0)
        # For a placeholder a letter, so that quotation marks beside it curl the right way.
        token.content = "x" if is_placeholder else sign
        token.markup = state.src[state.pos : stop]
    state.pos = stop
    return True


def _located(rule: _Rule) -> _Rule:
    """The same rule of the inline parser; its tokens know where in the text they begin."""

    def located(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        applies = rule(state, silent)
        for token in state.tokens[before:]:
            token.meta.setdefault("at", start)
        return applies

    return located


_RULES: dict[str, _Rule] = {
    "newline": newline,
    "escape": escape,
    "backticks": backtick,
    "emphasis": emphasis.tokenize,
    "link": link,
    "image": image,
    "autolink": autolink,
    "html_inline": html_inline,
}


def _short_years(state: StateCore) -> None:
    """The quotation mark of '90s and '08 is an apostrophe, which would be curled as an opening."""
    for inline in state.tokens:
        for token in inline.children or []:
            if token.type == "text":
                token.content = re.sub(r"(?<![\w'])'(?=\d\d(?!\d))", "’", token.content)


class _Markdown(MarkdownIt):
    def __init__(self, preset: str) -> None:
        super().__init__(preset, {"html": True, "typographer": True})
        self.core.ruler.before("smartquotes", "short_years", _short_years)
        # A reference definition ("[Note]: …") would vanish from the letter without a word.
        self.disable("reference", ignoreInvalid=True).enable("smartquotes")
        for name, rule in _RULES.items():
            self.inline.ruler.at(name, _located(rule))
        self.inline.ruler.before("text", "placeholder", _located(_placeholder))

    def validateLink(self, _url: str) -> bool:
        """True for every address: one that is refused here would be printed as it was typed."""
        return True


MARKDOWN = _Markdown("commonmark")
"""Reads a file of wording."""
PLAIN = _Markdown("zero")
"""Reads one line of fixed words: no Markdown, only placeholders and quotation marks."""
