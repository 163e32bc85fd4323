"""The numbers in wording: where they stand, in which sentences, and what they count."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markdown_it.token import Token

from generator.edition.figure_kinds import figure_kinds
from generator.edition.source_text import files_in, read_source
from generator.edition.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence, read_yaml
from generator.letter.expressions import Placeholder
from generator.letter.markdown import place_of_character
from generator.letter.markup import MARKDOWN, PLACEHOLDER
from generator.letter.variables import Type
from generator.letter.wording_block import WordingBlock
from generator.plain_text import single_spaced
from generator.problems import Place
from generator.workspace import EditionFolders

_TENS = "(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
_TEENS = "(?:thir|four|fif|six|seven|eigh|nine)teen"
_UNITS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_FIGURES = r"[£$€]?\w*\d(?:[\w.,/%–-]*[\w%])?"
_TIMES = (
    r"\b(?:last|next|previous|past|coming|following)\s+(?:\w+\s+)?(?:year|month)s?\b"
    r"|\b(?:first|second|third|fourth|fifth|sixth|tenth)\s+(?:time|year)\b"
)
_SPELT_OUT = (
    r"\b(?:a|one|two|three)[\s-](?:third|quarter|fifth|tenth)s?\b"
    rf"|\b(?:{_UNITS}|{_TEENS}|{_TENS}(?:-\w+)?)\b"
    r"|\b(?:(?:hundred|thousand|million|dozen)s?|half|twice)\b"
)
_NUMBER = re.compile(f"{_FIGURES}|{_SPELT_OUT}", re.IGNORECASE)
_NUMBER_OR_TIME = re.compile(f"{_FIGURES}|{_TIMES}|{_SPELT_OUT}", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)[^\s<>)\]]*")


def numbers_in(words: str) -> Iterator[re.Match[str]]:
    """The numbers in some words: in figures or spelt out.

    "One" is none: mostly it counts nothing. Of an address only a year counts.
    """
    return _NUMBER.finditer(_bare(words))


def named_in(words: str) -> Iterator[re.Match[str]]:
    """The years and numbers in some words, and times such as "last year".

    "This year" is none: it is as true next year.
    """
    return _NUMBER_OR_TIME.finditer(_bare(words))


def _bare(words: str) -> str:
    """The words with spaces in place of placeholders and addresses."""
    bare = PLACEHOLDER.sub(lambda found: " " * len(found[0]), words)
    return _ADDRESS.sub(lambda found: _only_years(found[0]), bare)


def _only_years(address: str) -> str:
    years = [m.span() for m in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", address)]
    return "".join(
        character if any(start <= at < end for start, end in years) else " "
        for at, character in enumerate(address)
    )


@dataclass(frozen=True)
class LocatedSentence:
    """A sentence of wording, a heading, or a fixed word of the edition, on one line."""

    words: str
    place: Place
    """Of the first year or number that it names; where it names none, of its beginning."""
    names: tuple[str, ...]
    """The years and numbers that it names, as it writes them."""


def passages(folders: EditionFolders) -> list[LocatedSentence]:
    """All passages of an edition, file by file; a file that cannot be read has none."""
    found: list[LocatedSentence] = []
    paths = [*folders.templates.glob("mail*.md")]
    for folder in (folders.sections, folders.report, folders.inserts):
        paths += (files_in(folder, (".md",), "")[0] or {}).values()
    for path in paths:
        text, _ = read_source(path)
        found += _of_markdown(text or "", path)
    tree, _ = read_yaml(folders.edition_file)
    return found + (_of_edition(tree, folders.edition_file) if tree else [])


_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?:.*\n)*?---[^\S\n]*(?:\n|\Z)")
_SENTENCE = re.compile(r"\S(?:.*?[.!?][”’\"')*_\]]*(?=\s+[^\sa-z])|.*\S|)", re.DOTALL)


def _of_markdown(text: str, path: Path) -> Iterator[LocatedSentence]:
    text = _FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    lines = text.split("\n")
    for token in MARKDOWN.parse(text):
        if token.type == "inline" and token.map:
            words = _without_rules(token)
            for sentence in _SENTENCE.finditer(words):
                named = list(named_in(sentence[0]))
                at = sentence.start() + (named[0].start() if named else 0)
                place = place_of_character(path, lines, token.content, token.map[0] + 1, at)
                names = tuple(found[0] for found in named)
                yield LocatedSentence(single_spaced(sentence[0]), place, names)


def _without_rules(inline: Token) -> str:
    """The words of a block with spaces in place of the rules that some of them hang on."""
    words = inline.content
    for token in inline.children or []:
        if token.type == "branch_open":
            (_, start), end = token.meta["words"], token.meta["end"]
            words = words[:start] + " " * (end - start) + words[end:]
    return words


_PRINTED = ("subject", "signatory", "words", "letterhead", "figures")
_NOT_PRINTED = {
    "letterhead": {"file", "width", "decorative", "sender"},
    "words": {"numbers", "ordinals"},
}
"""Below a key, what is no words, and an address, whose numbers are those of every year."""


def _of_edition(tree: YamlMapping, path: Path) -> list[LocatedSentence]:
    """The words in `edition.yaml` that a letter prints."""
    return [
        LocatedSentence(
            words=single_spaced(scalar.text),
            place=Place(path, scalar.line, scalar.column),
            names=tuple(n[0] for n in named_in(scalar.text)),
        )
        for key in _PRINTED
        if key in tree.entries
        for scalar in _scalars(tree.entries[key], _not_printed(key))
    ]


def _not_printed(key: str) -> set[str]:
    """The keys below one of `edition.yaml` that say no words of a year."""
    kinds = (kind_key for kind in figure_kinds() for kind_key in kind.column_keys())
    return _NOT_PRINTED.get(key) or {*kinds, "aliases"}


def _scalars(node: YamlNode, not_printed: set[str]) -> Iterator[YamlScalar]:
    match node:
        case YamlMapping():
            for key, value in node.entries.items():
                if key not in not_printed:
                    yield from _scalars(value, not_printed)
        case YamlSequence():
            for item in node.items:
                yield from _scalars(item, not_printed)
        case YamlScalar():
            yield node


@dataclass(frozen=True)
class Counted:
    """The words behind a bare count, and the values with which they cannot stand."""

    words: str
    wrong: tuple[int, ...]
    nouns: tuple[str, ...]
    """What `count` is to be given: the noun in the singular, and its plural where that is odd."""


Nouns = Mapping[str, Counted]
"""By the noun, in small letters, in the singular and in the plural."""


def nouns_of(blocks: Iterable[WordingBlock]) -> Nouns:
    """All that is counted with `count` in some wording."""
    nouns = {}
    for placeholder in (p for block in blocks for p in block.placeholders):
        one, many = placeholder.nouns or ("", "")
        if one != many:
            given = (one,) if many == f"{one}s" else (one, many)
            nouns[one.casefold()] = Counted(one, (0, 2), given)
            nouns[many.casefold()] = Counted(many, (1,), given)
    return nouns


def counted_by(block: WordingBlock, number: int, nouns: Nouns, language: str) -> Counted | None:
    """What a block's piece counts without `count`; None where it is no such count.

    Up to two words may stand between: "11 new road works".
    """
    placeholder = block.pieces[number].content
    if not isinstance(placeholder, Placeholder) or placeholder.type is not Type.NUMBER:
        return None
    if placeholder.nouns is not None:
        return None
    words = _words_behind(block, number)
    for last, word in enumerate(words):
        if word.casefold() in _SMALL_WORDS:
            return None
        found = _known(words[: last + 1], nouns)
        if found is None and last == 0 and language.startswith("en"):
            found = _plural(word)
        if found is not None:
            before = words[: last + 1 - len(found.words.split())]
            given = tuple(" ".join([*before, noun]) for noun in found.nouns)
            return Counted(" ".join(words[: last + 1]), found.wrong, given)
    return None


_MOST_WORDS = 3
_WORD = re.compile(r"\s+([^\W\d_][^\W\d_'’-]*(?:[-'’][^\W\d_]+)*)(?!\w)")


def _words_behind(block: WordingBlock, number: int) -> list[str]:
    """The words that follow a placeholder with nothing but white space between."""
    rest = ""
    for piece in block.pieces[number + 1 :]:
        if not isinstance(piece.content, str):
            break
        rest += piece.content
    words: list[str] = []
    at = 0
    while len(words) < _MOST_WORDS and (found := _WORD.match(rest, at)):
        words.append(found[1])
        at = found.end()
    return words


def _known(words: list[str], nouns: Nouns) -> Counted | None:
    """The noun that these words end with, if it is counted elsewhere."""
    ends = (" ".join(words[first:]).casefold() for first in range(len(words)))
    return next((nouns[end] for end in ends if end in nouns), None)


def _plural(word: str) -> Counted | None:
    """A word that ends like a plural in English, and how its singular is likely written."""
    if not re.search(r"[^su'’i]s$", word) or "’" in word or "'" in word:
        return None
    if word.endswith("ies"):
        return Counted(word, (1,), (f"{word[:-3]}y", word))
    if re.search("(ch|sh|x|z|ss)es$", word):
        return Counted(word, (1,), (word[:-2], word))
    return Counted(word, (1,), (word[:-1],))


_SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about across after afterwards again against all also always and any are as at
        be been before besides between but by came can concerned could did do does
        during each fewer for from had has have he her here hers his how if in into
        involved is it its led less least may might minus more most must no nor not of
        on only or other over ours per percent perhaps plus rather related remain
        resulted shall she should since so sometimes still than that the their theirs
        then there these they this those though thus to together too towards under
        unless until upwards us very was we were what when where whereas which while who
        whom whose will with within without would yes yet you your yours
        """,
    )
)
"""Those that end no noun, and begin what is said of a count rather than what it counts."""
