"""Characters that look like those that were meant: letters of another script, digits in words."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from generator.checks.context import CheckContext
from generator.checks.printed_texts import PrintedText, printed_texts
from generator.checks.registry import Finding, Scope, check
from generator.edition.yaml_tree import shown
from generator.problems import Severity

_WORD = re.compile(r"[^\W_]+(?:['’.&/@:_-]+[^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")


@check(
    "letter-of-another-script",
    Scope.AUTHORITY,
    Severity.WARNING,
    "A word mixes letters of two scripts, such as a Latin and a Cyrillic o.",
)
def letter_of_another_script(context: CheckContext) -> Iterator[Finding]:
    """It looks right and is found by no search, and a screen reader spells it."""
    for printed in printed_texts(context):
        if not printed.text.isascii():
            for word in _LETTERS.findall(printed.text):
                strange = _strange(word)
                if strange:
                    name = unicodedata.name(strange).lower()
                    said = f'"{strange}" in "{shown(word)}" is a {name}'
                    yield _finding(printed, word, f"{said}; type the word anew")


def _strange(word: str) -> str:
    """The first letter of a word that is not Latin, in a word with Latin letters."""
    if word.isascii():
        return ""
    scripts = [_script(letter) for letter in word]
    other = next((c for c, s in zip(word, scripts, strict=True) if s != "LATIN"), "")
    return other if "LATIN" in scripts else ""


@cache
def _script(letter: str) -> str:
    """The script of a letter, by the first word of its name; signs that count as letters, Latin."""
    name = unicodedata.name(letter, "LATIN")
    signs = unicodedata.category(letter) in {"Lm", "No"} or name.startswith(_SIGNS)
    return "LATIN" if signs else name.partition(" ")[0]


_SIGNS = ("MICRO SIGN", "FEMININE ORDINAL", "MASCULINE ORDINAL", "KELVIN", "ANGSTROM")


@check(
    "digit-in-a-word",
    Scope.AUTHORITY,
    Severity.WARNING,
    "A digit stands inside a word, such as Ho1den.",
)
def digit_in_a_word(context: CheckContext) -> Iterator[Finding]:
    """A scanned or mistyped letter; codes in capitals (A1M), ordinals and addresses are not."""
    for printed in printed_texts(context):
        if any(character.isdigit() for character in printed.text):
            for word in _WORD.findall(printed.text):
                if _has_stray_digit(word, is_name=printed.is_name):
                    message = f'a digit stands inside the word "{shown(word)}"; correct it'
                    yield _finding(printed, word, message)


_INSIDE = re.compile(r"[^\W\d_]['’]?\d+['’]?[^\W\d_]{2}|[^\W\d_]{2}\d+[^\W\d_]")
_BESIDE = re.compile(r"[^\W\d_]['’]?\d|\d['’]?[^\W\d_]")
_IN_CAPITALS = re.compile(r"[^\W\d_]{2}\d+[^\W\d_]{2}")
_NO_WORD = re.compile(r".*([@/:]|\.\w).*|\d+(st|nd|rd|th|s)", re.IGNORECASE)
"""Addresses, numbers of laws, ordinals."""


def _has_stray_digit(word: str, *, is_name: bool) -> bool:
    if _NO_WORD.fullmatch(word):
        return False
    if word.isupper():
        return is_name and bool(_IN_CAPITALS.search(word))
    return bool((_BESIDE if is_name else _INSIDE).search(word))


def _finding(printed: PrintedText, word: str, message: str) -> Finding:
    return Finding(printed.locate(word), message, printed.where)
