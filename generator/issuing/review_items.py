"""What there is to approve in an edition: each shared passage once, then what is each letter's own.

The digest of an item is that of exactly what is shown of it: its words, their marks and where their
links lead, the words in the place of pictures, figures with their labels and as they are printed.
Styles, places in files and the order of passages are no part of it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Any

from generator.edition.figures import Figure
from generator.grouping import grouped
from generator.letter.letter import ComposedBlock, ComposedLetter, Run
from generator.letter.roles import Origin, Role
from generator.letter.rules import Requirement
from generator.letter.wording import Wording
from generator.project.load_edition import LoadedEdition


class ItemKind(StrEnum):
    """What an item is: words that letters share, or one letter's own."""

    WORDING = "wording"
    INSERT = "insert"
    LETTER = "letter"
    FIGURES = "figures"


@dataclass(frozen=True)
class ReviewItem:
    """Something that a person looks at once, and may approve."""

    kind: ItemKind
    name: str
    """Where the words stand in the first letter that has them; or the letter."""
    digest: str
    """The SHA-256 of what is shown, in 64 characters."""
    parts: Mapping[str, str]
    """What is shown, by what it is: `words`, `stands where`, `addressee`, a table's title."""
    slugs: tuple[str, ...]
    """The letters that have it."""
    example: str = ""
    """How a passage with values of each letter's own reads in the first of these."""

    @property
    def is_shared(self) -> bool:
        """Whether it is words that letters share, and not one letter's own."""
        return self.kind in {ItemKind.WORDING, ItemKind.INSERT}


@dataclass(frozen=True)
class Review:
    """All items of an edition, in the order in which they are looked at."""

    items: tuple[ReviewItem, ...]

    @cached_property
    def by_digest(self) -> Mapping[str, ReviewItem]:
        """Each item by its digest."""
        return {item.digest: item for item in self.items}

    @cached_property
    def by_letter(self) -> Mapping[str, Sequence[ReviewItem]]:
        """Each letter's items."""
        return grouped((slug, item) for item in self.items for slug in item.slugs)

    def of_letter(self, slug: str) -> Sequence[ReviewItem]:
        """All that a letter is made of."""
        return self.by_letter.get(slug, ())

    @property
    def patterns(self) -> list[Sequence[str]]:
        """The letters that have the same shared passages, the most frequent first."""
        passages = (
            (tuple(item.digest for item in items if item.is_shared), slug)
            for slug, items in self.by_letter.items()
        )
        return sorted(grouped(passages).values(), key=len, reverse=True)


def review_items(loaded: LoadedEdition) -> Review:
    """All that there is to approve of the letters that could be composed."""
    passages: dict[str, tuple[bool, int, ReviewItem]] = {}
    having: dict[str, list[str]] = {}
    letters: list[ReviewItem] = []
    rules: dict[int, Mapping[Any, str]] = {}
    for slug, composed in loaded.letters.items():
        letter, wording = composed.letter, loaded.wordings[slug]
        own: list[ComposedBlock] = []
        for number, block in enumerate(letter.blocks):
            if block.role is Role.DRAFT:
                continue
            if block.origin == Origin.AUTHORITY or block.place.path == loaded.files[slug]:
                own.append(block)
                continue
            if id(wording) not in rules:
                rules[id(wording)] = _rules_of(wording)
            seen, parts = _passage(block, letter, rules[id(wording)], loaded)
            kind = ItemKind.INSERT if block.insert else ItemKind.WORDING
            digest = _digest(kind, seen)
            having.setdefault(digest, []).append(slug)
            example = block.text if any(map(_is_own, block.runs)) else ""
            item = ReviewItem(kind, block.insert or block.address, digest, parts, (), example)
            passages.setdefault(digest, (kind is ItemKind.INSERT, number, item))
        for kind, parts in (
            (ItemKind.LETTER, _own_parts(letter, own, composed.inserts)),
            (ItemKind.FIGURES, _figure_parts(letter, loaded.authorities[slug].all_figures())),
        ):
            digest = _digest(kind, [slug, *parts.items()])
            letters.append(ReviewItem(kind, slug, digest, parts, (slug,)))
    shared = (item for _, _, item in sorted(passages.values(), key=lambda each: each[:2]))
    found = [replace(i, slugs=tuple(dict.fromkeys(having[i.digest]))) for i in shared]
    return Review((*found, *letters))


def _digest(kind: ItemKind, seen: Any) -> str:
    text = json.dumps([kind, seen], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _passage(
    block: ComposedBlock,
    letter: ComposedLetter,
    rules: Mapping[Any, str],
    loaded: LoadedEdition,
) -> tuple[Any, dict[str, str]]:
    """What all letters with a passage have in common: for the digest, and in words."""
    seen: list[Any] = [
        [run.name if _is_own(run) else run.text, run.emphasis, run.strong, run.link, _is_own(run)]
        for run in block.runs
    ]
    words = "".join(map(_as_markdown, block.runs))
    picture = ""
    if block.picture is not None and loaded.letter_template is not None:
        drawn = loaded.letter_template.letterhead.get(block.picture.file, "")
        picture = hashlib.sha256(str(drawn).encode()).hexdigest()
        words = f"[picture {block.picture.file}: {words or 'no words in its place'}]"
    table = block.table
    if table is not None:
        headers = [[c.label, c.header] for c in table.rows[0].cells]
        rows = [[row.label, row.is_own] for row in table.rows]
        seen.append([table.labels, headers, rows, table.turned, table.beside])
        labels = [*table.header_words, *(row.label for row in table.rows)]
        words = ", ".join(dict.fromkeys(filter(None, labels)))
    chart = block.chart
    if chart is not None:
        seen.append([chart.form, [part.label for part in chart.parts]])
        words = f"{words} ({chart.form}: {', '.join(part.label for part in chart.parts)})"
    name = chart.name if chart else block.group if table else None
    rule = rules.get(name or (block.place, block.wording), "")
    parts = {"words": words, **({"stands where": rule} if rule else {})}
    return [letter.language, block.part, block.role, seen, picture, rule], parts


def _is_own(run: Run) -> bool:
    """Whether the words are a value that is each letter's own."""
    return run.name is not None and not run.name.startswith(("edition.", "page."))


def _as_markdown(run: Run) -> str:
    words = f"{{{{ {run.name} }}}}" if _is_own(run) else run.text
    marks = "**" * run.strong + "*" * run.emphasis
    said = f"{marks}{words}{marks}"
    return f"[{said}]({run.link})" if run.link else said


def _rules_of(wording: Wording) -> dict[Any, str]:
    """Where words stand that hang on a rule: by place and words, tables and charts by name."""
    rules: dict[Any, str] = {}
    inserts = wording.inserts.values()
    blocks = chain(*wording.sections.values(), wording.page, wording.words.values())
    found = [(block, "") for block in blocks]
    found += [(b, i.rule.source if i.rule else "named") for i in inserts for b in i.blocks]
    for block, of_insert in found:
        for variant in block.variants:
            said = [of_insert, *map(_said, variant.conditions)]
            key = variant.placed.name if variant.placed else (variant.place, variant.source)
            rules[key] = " and ".join(filter(None, said))
    return rules


def _said(condition: Requirement) -> str:
    return condition.rule.source if condition.holds else f"not ({condition.rule.source})"


def _own_parts(
    letter: ComposedLetter, own: Iterable[ComposedBlock], inserts: tuple[str, ...]
) -> dict[str, str]:
    """What is one letter's own, in words: whom it goes to, its values, paragraphs and inserts."""
    parts: dict[str, list[str]] = {"addressee": [*letter.addressee, letter.salutation]}
    for block in own:
        words = "".join(map(_as_markdown, block.runs))
        if block.role is Role.AFTER_SIGNATURE:
            parts.setdefault("copies", []).append(block.text)
        elif block.role is not Role.ADDRESS_LINE:
            parts.setdefault("its own words", []).append(words if block.insert else block.text)
    if inserts:
        parts["inserts"] = sorted(name for name in inserts if "/" not in name)
    shown = [*letter.addressee, *parts.get("copies", [])]
    runs = (run for block in letter.blocks for run in block.runs if _is_own(run))
    values = ((run.name, run.text) for run in runs if run.name)
    parts["in sentences"] = sorted(
        {f"{name}: {text}" for name, text in values if not _is_shown(name, text, shown)}
    )
    return {name: "\n".join(lines) for name, lines in parts.items() if lines}


def _is_shown(name: str, text: str, shown: Iterable[str]) -> bool:
    """Whether a value is a person's, in a line that is shown already."""
    of_people = name.startswith(("authority.addressee.", "authority.copies."))
    return text in shown or (of_people and any(text in line for line in shown))


def _figure_parts(letter: ComposedLetter, figures: Iterable[Figure]) -> dict[str, str]:
    """The figures of one letter, as they are printed, by table and chart, and all others."""
    parts: dict[str, str] = {}
    printed: set[tuple[str, str]] = set()
    for block in letter.blocks:
        if block.table is not None:
            lines = [
                f"{_called(row.label, cell.header, cell.label)}: {cell.text}"
                for row in block.table.rows
                for cell in row.cells
            ]
            own = (row for row in block.table.rows if row.is_own)
            printed |= {(cell.group, cell.id) for row in own for cell in row.cells}
            parts[letter.titles.get(block.group or "", block.group or "")] = "\n".join(lines)
        elif block.chart is not None:
            lines = [f"{_called(part.label)}: {part.text}" for part in block.chart.parts]
            parts[f"chart {block.chart.name}"] = "\n".join(lines)
    others = [
        f"{figure.column.group}.{figure.column.id}: {figure.printed(letter.language)}"
        for figure in figures
        if (figure.column.group, figure.column.id) not in printed
    ]
    return {**parts, **({"not in a table": "\n".join(others)} if others else {})}


def _called(*names: str) -> str:
    return ", ".join(filter(None, names))
