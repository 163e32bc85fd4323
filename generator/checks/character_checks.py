"""Checks of the characters that are printed: look-alikes, and those the typeface lacks."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.edition.authority import Authority
from generator.edition.yaml_tree import shown
from generator.letter.characters import found_in
from generator.letter.markdown import WordingBlock
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


def _edition(context: CheckContext) -> Iterator[PrintedText]:
    """Without its subject and its fixed words, which are wording."""
    edition = context.edition

    def said(text: str, *steps: str | int, is_name: bool = False) -> PrintedText:
        where = ".".join(str(s + 1) if isinstance(s, int) else s for s in steps)
        place = edition.place(*steps)
        return PrintedText(text, where, lambda _: place, is_name)

    yield said(edition.signatory, "signatory", "name", is_name=True)
    for number, office in enumerate(edition.offices):
        yield said(office, "signatory", "offices", number)
    for kind, noun in edition.kinds.items():
        yield said(noun, "kinds", kind, "noun")
    for group in edition.groups:
        yield said(group.title, "figures", group.id, "title")
        for column in group.columns:
            steps = ("figures", group.id, "columns", column.id)
            yield said(column.label, *steps, "label")
            if column.header_group:
                yield said(column.header_group, *steps, "under")
            yield said(column.none, *steps, "none")


def _wording(context: CheckContext) -> Iterator[PrintedText]:
    wording = context.wording
    for key, block in wording.words.items():
        where = key if key == "subject" else f"words.{key}"
        yield from _block(block, where)
    inserts = (insert.blocks for insert in wording.inserts.values())
    for blocks in (*wording.sections.values(), *wording.report.values(), *inserts):
        for block in blocks:
            yield from _block(block, "")


def _block(block: WordingBlock, where: str) -> Iterator[PrintedText]:
    """The words between a block's placeholders; what is set differently may be one word."""

    def locate(said: str) -> Place:
        at = found_in(said, block.source)
        line = block.source.count("\n", 0, at)
        column = at - block.source.rfind("\n", 0, at) if line else block.place.column + at
        return Place(block.place.path, block.place.line + line, column)

    in_file = locate if not where else lambda _: block.place
    words = "".join(p.content if isinstance(p.content, str) else "\n" for p in block.pieces)
    for text in words.split("\n"):
        if text.strip():
            yield PrintedText(text, where, in_file)


def _authority(authority: Authority) -> Iterator[PrintedText]:
    def said(text: str, where: str, *steps: str | int, is_name: bool = True) -> PrintedText:
        return PrintedText(text, where, lambda _: authority.place(*steps), is_name)

    addressee = authority.addressee
    yield said(authority.name, "name", "name")
    for number, name in enumerate(addressee.names):
        yield said(name, "addressee.name", "addressee", "name", number)
    yield said(addressee.office, "addressee.office", "addressee", "office", is_name=False)
    if addressee.salutation not in addressee.names:
        yield said(addressee.salutation, "addressee.salutation", "addressee", "salutation")
    for number, chosen in enumerate(authority.inserts):
        for key, value in chosen.values.items():
            where = f"inserts.{number + 1}.{chosen.insert}.{key}"
            steps = ("inserts", number, chosen.insert, key)
            yield said(value, where, *steps, is_name=False)


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


@check(
    "missing-glyph",
    Scope.AUTHORITY,
    Severity.ERROR,
    "A letter would print a character that the typeface has not.",
)
def missing_glyph(context: CheckContext) -> Iterator[Finding]:
    """Found before the engine, which knows of it only once it prints, is started."""
    typeface = context.edition.typeface
    for printed in printed_texts(context):
        for character in without_glyph(printed.text, typeface):
            message = message_of_glyph(character, typeface)
            yield Finding(printed.locate(character), message, printed.where)
