"""Checks of the characters that are printed: look-alikes, and those the typeface lacks."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from generator.checks.registry import CheckContext, Finding, Scope, check, where_at
from generator.edition.authority import Authority
from generator.edition.data_files import DataFile
from generator.edition.yaml_tree import shown
from generator.letter.characters import found_in
from generator.letter.wording import words_key
from generator.letter.wording_block import WordingBlock
from generator.problems import Place, Severity
from generator.rendering.failures import missing_glyph as message_of_glyph
from generator.rendering.fonts import without_glyph


@dataclass(frozen=True)
class PrintedText:
    """A text as letters print it, and where each of its characters is written."""

    text: str
    where: str
    locate: Callable[[str], Place]
    """From one character, or some words, of the text to their place."""
    is_name: bool = False
    """Whether it names a person or an authority, so that every digit in it is strange."""


def printed_texts(context: CheckContext) -> Iterator[PrintedText]:
    """The edition's own texts, its wording, and what each authority adds."""
    yield from _edition(context)
    yield from _wording(context)
    for authority in context.authorities.values():
        yield from _authority(authority)


def _said(
    file: DataFile, text: str, *steps: str | int, is_name: bool = False, where: str = ""
) -> PrintedText:
    """A text at a key of a file, which is `where` unless its steps say that."""
    return PrintedText(text, where or where_at(*steps), lambda _: file.place(*steps), is_name)


def _edition(context: CheckContext) -> Iterator[PrintedText]:
    """Without its subject and its fixed words, which are wording."""
    edition = context.edition
    yield _said(edition, edition.signatory.name, "signatory", "name", is_name=True)
    for number, office in enumerate(edition.signatory.offices):
        yield _said(edition, office, "signatory", "offices", number)
    for key in ("numbers", "ordinals"):
        for number, word in enumerate(getattr(edition.words, key)):
            yield _said(edition, word, "words", key, number)
    for id_, kind in edition.kinds.items():
        yield _said(edition, kind.noun, "kinds", id_, "noun")
    for group in edition.groups:
        if group.title:
            yield _said(edition, group.title, "figures", group.id, "title")
        for column in group.columns:
            steps = column.steps
            yield _said(edition, column.label, *steps, "label")
            if column.header_group:
                yield _said(edition, column.header_group, *steps, "under")
            yield _said(edition, column.none, *steps, "none")

    for name, chart in edition.charts.items():
        if chart.title:
            yield _said(edition, chart.title, "charts", name, "title")


def _wording(context: CheckContext) -> Iterator[PrintedText]:
    wording = context.wording
    for key, block in wording.words.items():
        yield from _block(block, words_key(key))
    for name, chart in wording.charts.items():
        yield from _block(chart.alternative, where_at("charts", name, "alternative"))
    for block, _ in wording.written():
        yield from _block(block, "")


def _block(block: WordingBlock, where: str) -> Iterator[PrintedText]:
    """The words between a block's placeholders; what is set differently may be one word."""

    def locate(said: str) -> Place:
        at = found_in(said, block.source)
        line = block.source.count("\n", 0, at)
        column = at - block.source.rfind("\n", 0, at) if line else block.place.column + at
        return Place(block.place.path, block.place.line + line, column)

    in_file = locate if not where else lambda _: block.place
    texts = (text for variant in block.variants for text in _texts(variant))
    for text in dict.fromkeys(texts):
        if text.strip():
            yield PrintedText(text, where, in_file)


def _texts(block: WordingBlock) -> list[str]:
    words = "".join(p.content if isinstance(p.content, str) else "\n" for p in block.pieces)
    return words.split("\n")


def _authority(authority: Authority) -> Iterator[PrintedText]:
    addressee = authority.addressee
    yield _said(authority, authority.name, "name", is_name=True)
    for number, name in enumerate(addressee.names):
        steps = ("addressee", "name", number)
        yield _said(authority, name, *steps, is_name=True, where="addressee.name")
    yield _said(authority, addressee.office, "addressee", "office")
    if addressee.salutation not in addressee.names:
        yield _said(authority, addressee.salutation, "addressee", "salutation", is_name=True)
    for role, person in authority.copies.items():
        yield _said(authority, person.name, "copies", role, "name", is_name=True)
        yield _said(authority, person.office, "copies", role, "office")
    for steps_to_value, value in authority.values_of_inserts():
        yield _said(authority, value, *steps_to_value)


def _in_words(
    context: CheckContext, word: re.Pattern[str], judge: Callable[[str, PrintedText], str]
) -> Iterator[Finding]:
    """What is wrong with each word of all that is printed; blank where nothing is."""
    for printed in printed_texts(context):
        for found in word.findall(printed.text):
            if message := judge(found, printed):
                yield Finding(printed.locate(found), message, printed.where)


_WORD = re.compile(r"[^\W_]+(?:['’.&/@:_-]+[^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")


@check(Scope.FILE, Severity.WARNING)
def letter_of_another_script(context: CheckContext) -> Iterator[Finding]:
    """A word mixes letters of two scripts, such as a Latin and a Cyrillic o.

    It looks right and is found by no search, and a screen reader spells it.
    """
    return _in_words(context, _LETTERS, _other_script)


def _other_script(word: str, _printed: PrintedText) -> str:
    """What is said of the first letter that is not Latin, in a word with Latin letters."""
    if word.isascii():
        return ""
    scripts = {letter: _script(letter) for letter in word}
    other = next((letter for letter, script in scripts.items() if script != "LATIN"), "")
    if not other or "LATIN" not in scripts.values():
        return ""
    name = unicodedata.name(other).lower()
    return f'"{other}" in "{shown(word)}" is a {name}; type the word anew'


@cache
def _script(letter: str) -> str:
    """The script of a letter, by the first word of its name; Latin where it only counts as one."""
    name = unicodedata.name(letter, "LATIN")
    counts_as_letter = unicodedata.category(letter) in {"Lm", "No"} or name.startswith(_NAMES)
    return "LATIN" if counts_as_letter else name.partition(" ")[0]


_NAMES = ("MICRO SIGN", "FEMININE ORDINAL", "MASCULINE ORDINAL", "KELVIN", "ANGSTROM")


@check(Scope.FILE, Severity.WARNING)
def digit_in_a_word(context: CheckContext) -> Iterator[Finding]:
    """A digit is inside a word, such as Ho1den.

    A scanned or mistyped letter; codes in capitals (A1M), ordinals and addresses are not.
    """
    return _in_words(context, _WORD, _stray_digit)


_INSIDE = re.compile(r"[^\W\d_]['’]?\d+['’]?[^\W\d_]{2}|[^\W\d_]{2}\d+[^\W\d_]")
_BESIDE = re.compile(r"[^\W\d_]['’]?\d|\d['’]?[^\W\d_]")
_IN_CAPITALS = re.compile(r"[^\W\d_]{2}\d+[^\W\d_]{2}")
_NOTHING = re.compile(r"(?!)")
_NO_WORD = re.compile(r".*([@/:]|\.\w).*|\d+(st|nd|rd|th|s)", re.IGNORECASE)
"""Addresses, numbers of laws, ordinals."""


def _stray_digit(word: str, printed: PrintedText) -> str:
    if word.isalpha() or _NO_WORD.fullmatch(word):
        return ""
    stray = _BESIDE if printed.is_name else _INSIDE
    if word.isupper():
        stray = _IN_CAPITALS if printed.is_name else _NOTHING
    return (
        f'a digit stands inside the word "{shown(word)}"; correct it' if stray.search(word) else ""
    )


@check(Scope.FILE, Severity.ERROR)
def missing_glyph(context: CheckContext) -> Iterator[Finding]:
    """A letter would print a character that the typeface does not have.

    Found before the engine, which knows of it only once it prints, is started.
    """
    typeface = context.edition.typeface
    for printed in printed_texts(context):
        for character in without_glyph(printed.text, typeface):
            message = message_of_glyph(character, typeface)
            yield Finding(printed.locate(character), message, printed.where)
