"""What a letter of an edition looks like: by this the parts of any other letter are recognised."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from generator.edition.edition import Edition, Group, Part
from generator.edition.figure_kind import Quantity
from generator.edition.figure_kinds import kind_printed
from generator.external_letters.known_words import NO_WORDS, KnownWords
from generator.letter.letter import Block, ComposedBlock, ComposedLetter
from generator.letter.markup import plain, plain_letters
from generator.letter.roles import Role


class PartKind(StrEnum):
    """What a stretch of words is, as far as its file says so."""

    WORDS = "words"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBERED = "numbered"


PROSE_ROLES = {PartKind.BULLET: Role.BULLET, PartKind.NUMBERED: Role.NUMBERED}
"""What words are in a letter that are not a paragraph of it."""


@dataclass(frozen=True)
class Words:
    """Words that belong together: a paragraph, a heading, the lines of an address."""

    lines: tuple[str, ...]
    kind: PartKind = PartKind.WORDS
    part: str | None = None
    """The part of the letter they are in, where the file says so."""

    @property
    def text(self) -> str:
        """All of them on one line."""
        return rejoin(self.lines)


@dataclass(frozen=True)
class Grid:
    """Rows of cells, each cell under the one with its number in the row above; empty ones too."""

    rows: tuple[tuple[str, ...], ...]


Element = Words | Grid


def short(text: str) -> str:
    """A text to be named in a sentence, its middle left out where it is long."""
    return text if len(text) <= 60 else f"{text[:30]} … {text[-25:]}"


def rejoin(lines: Iterable[str]) -> str:
    """Lines as one, also where a line was broken after a hyphen, a dash or a slash."""
    return NO_WORDS.rejoin(lines)


def is_figure(text: str, others: Iterable[str]) -> bool:
    """Whether a cell holds a figure: a number, a rate, or a word that stands for one."""
    if kind_printed(text):
        return True
    return plain_letters(text) in {plain_letters(other) for other in (*others, "[?]")}


def value_of(text: str) -> Quantity | None:
    """The number that a figure says; None where it says none."""
    kind = kind_printed(text)
    return kind.read_printed(text) if kind else None


def filled(row: Sequence[str]) -> list[tuple[int, str]]:
    """The cells of a row that hold something, each with its number."""
    return [(number, cell.strip()) for number, cell in enumerate(row) if cell.strip()]


ADDRESS = re.compile(r"\((?:https?://|mailto:)[^\s()]+\)")
"""An address in brackets."""


@dataclass(frozen=True)
class ReferenceEdition:
    """An edition, and its letters as far as there are any; they help to read, and decide nothing.

    Where a line was broken, or white space lost, their words say how the same words are written.
    """

    edition: Edition
    letters: Mapping[str, ComposedLetter] = field(default_factory=dict)

    def prepare(self) -> None:
        """Work out what takes time before this process is copied, and not in each copy."""
        assert self.known is not None
        assert self.words is not None

    @cached_property
    def known(self) -> Mapping[str, Block]:
        """All words of the edition's letters by their squeezed text, also with links written out.

        Words that stand in several places are those of the first.
        """
        known: dict[str, Block] = {}
        seen: set[Block] = set()
        for block in self._blocks():
            said = Block(block.part, block.role.value, block.text)
            if said.text and said not in seen:
                seen.add(said)
                for text in filter(None, (block.text, _written_out(block))):
                    known.setdefault(plain_letters(text), said)
        return known

    @cached_property
    def words(self) -> KnownWords:
        """What these letters tell of lines that were broken."""
        signatory, words = self.edition.signatory, self.edition.words
        fixed = (signatory.name, *signatory.offices, words.masthead, words.delivery, words.closing)
        titles = (*self.page_titles.values(), *(group.name for group in self.page_groups))
        said = [(b.wording, b.text) for b in self._blocks() if not b.table]
        said += [(text, text) for text in (*fixed, *titles) if text and "{{" not in text]
        return KnownWords(dict.fromkeys(said), map(literal, titles))

    @cached_property
    def nones(self) -> frozenset[str]:
        """What stands where a figure is of nothing."""
        return frozenset(column.none for column in self.edition.columns())

    @cached_property
    def links(self) -> frozenset[str]:
        """The addresses that links in the letters have behind other words."""
        runs = (run for block in self._blocks() for run in block.runs)
        return frozenset(run.link for run in runs if run.link and run.link != run.text)

    @cached_property
    def bracketed(self) -> frozenset[str]:
        """The addresses that the letters themselves print in brackets."""
        texts = [known.text for known in self.known.values()]
        return frozenset(address for text in texts for address in ADDRESS.findall(text))

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """The heading of each section that has one; where no letter is at hand, by its name."""
        found = {block.part: block.text for block in self._blocks() if block.role is Role.HEADING}
        if self.letters:
            return {name: found[name] for name in self.edition.sections if name in found}
        return {name: name.replace("-", " ") for name in self.edition.sections}

    @cached_property
    def page_titles(self) -> Mapping[Role, str]:
        """The wording of each title on the statistics page that its letters can have."""
        words = self.edition.words
        said = {
            Role.REPORT_TITLE: words.report_title,
            Role.REPORT_PERIOD: words.report_period,
            Role.NOTES_TITLE: words.notes_title,
        }
        if not self.letters:
            return {role: text for role, text in said.items() if text is not None}
        return {b.role: said[b.role] or b.wording for b in self._page() if b.role in said}

    @cached_property
    def page_groups(self) -> tuple[Group, ...]:
        """The groups of figures that stand as tables on the statistics page."""
        if not self.letters:
            return tuple(group for group in self.edition.groups if group.title)
        placed = {block.group for block in self._page() if block.table}
        return tuple(group for group in self.edition.groups if group.id in placed)

    @cached_property
    def has_page(self) -> bool:
        """Whether its letters have a statistics page, as far as that is known."""
        return not self.letters or any(True for _ in self._page())

    def _page(self) -> Iterator[ComposedBlock]:
        return (block for block in self._blocks() if block.part == Part.REPORT)

    @cached_property
    def report_openings(self) -> tuple[str, ...]:
        """The first words of each paragraph of the statistics page."""
        report = [known for known in self.known.values() if known.part == "report"]
        texts = dict.fromkeys(plain(k.text) for k in report if k.role == Role.PARAGRAPH)
        return tuple(_opening(text) for text in texts)

    def fits(self, wording: str, text: str) -> str | None:
        """What stands for the last placeholder of a wording, where a text fits it; else None.

        Without a placeholder, what follows the wording's words.
        """
        found = re.fullmatch(_as_pattern(wording), plain(text))
        return (found.groups()[-1] or "") if found else None

    def spelt(self, text: str) -> str:
        """A text as the letters write it, where they have the same words; else itself."""
        letters = plain_letters(text)
        known = self.known.get(letters)
        if known:
            return known.text
        return self._addresses.get(letters.replace("-", ""), text)

    @cached_property
    def _addresses(self) -> Mapping[str, str]:
        """The addresses that stand alone; a hyphen at which one was broken may have been lost."""
        texts = (known.text for known in self.known.values())
        found = (text for text in texts if re.fullmatch(r"https?://\S+", text))
        return {plain_letters(text).replace("-", ""): text for text in found}

    def _blocks(self) -> Iterator[ComposedBlock]:
        for letter in self.letters.values():
            yield from letter.blocks


def literal(wording: str) -> str:
    """The words of a wording up to its first placeholder."""
    return plain(wording.partition("{{")[0])


def _as_pattern(wording: str) -> str:
    pieces = re.split(r"\{\{.*?\}\}", plain(wording))
    escaped = [r"\s*".join(map(re.escape, piece.split())) for piece in pieces]
    if len(pieces) == 1:
        return rf"{escaped[0]}(?:\s*(.+))?"
    return r"\s*(.+?)\s*".join(escaped)


def _written_out(block: ComposedBlock) -> str:
    """A block's words with the address of each link behind its words."""
    return "".join(f"{run.text} ({run.link})" if run.link else run.text for run in block.runs)


def _opening(text: str) -> str:
    address = re.match(r"https?://[^/\s]+", text)
    return address[0] if address else " ".join(text.split()[:4])
