"""Every text of an edition that letters print, with its place: data and wording alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.checks.context import CheckContext
from generator.edition.authority import Authority
from generator.letter.characters import found_in
from generator.letter.markdown import WordingBlock
from generator.problems import Place


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
