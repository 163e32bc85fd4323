"""What decides a letter's bytes, as digests: the same digests, the same bytes; and what changed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from generator.edition.authority import Authority
from generator.edition.edition import Column, Edition
from generator.letter.letter import Cell, ComposedBlock, ComposedLetter
from generator.letter.roles import Role
from generator.rendering.letter_template import LetterTemplate

Inputs = Mapping[str, str]
"""Digests, by what they are of. Three decide: `letter`, `template` and `engine`. The others are of
what a letter is made from, and say why it is no longer the same."""

KEY_PARTS = ("letter", "template", "engine")
_CAUSES = ("figures", "addressee", "edition", "wording", "template", "engine")


def shared_inputs(edition: Edition, letter_template: LetterTemplate, engine: str) -> dict[str, str]:
    """The digests that all letters of an edition have in common."""
    facts = [
        edition.year,
        edition.language,
        edition.letter_date.isoformat(),
        edition.period_end.isoformat(),
        edition.signatory.name,
        {id_: kind.noun for id_, kind in edition.kinds.items()},
    ]
    template = template_digest(letter_template)
    return {"edition": digest(facts), "template": template, "engine": engine}


def template_digest(letter_template: LetterTemplate) -> str:
    """The digest of the page, its styles and its pictures."""
    texts = [letter_template.template, letter_template.styles, letter_template.screen_styles]
    return digest([texts, dict(letter_template.pictures), dict(letter_template.letterhead)])


def inputs_of(letter: ComposedLetter, authority: Authority, shared: Inputs) -> Inputs:
    """The digests of one letter.

    Where its words stand in their files is no input: one more comment in a file changes no letter.
    """
    addressee = authority.addressee
    return {
        "letter": digest([*_head(letter), *map(_block, letter.blocks)]),
        "figures": digest(_figures(letter.figures)),
        "addressee": digest(
            [
                letter.slug,
                authority.name,
                authority.kind,
                addressee.names,
                addressee.office,
                addressee.salutation,
            ]
        ),
        "wording": digest([_wording(b) for b in letter.blocks if b.role is not Role.DRAFT]),
        **shared,
    }


def causes(before: Inputs, now: Inputs) -> list[str]:
    """Why a letter is no longer what it was: `figures changed`, `wording changed`; or nothing.

    What changed without a trace in the letter (an authority's kind that no word depends on) is no
    cause. A letter that differs for none of the causes was composed by another program.
    """
    if all(before.get(name) == now[name] for name in KEY_PARTS):
        return []
    return [f"{name} changed" for name in _CAUSES if before.get(name) != now[name]] or [
        "engine changed"
    ]


def digest(content: Any) -> str:
    """A digest of data, in 16 characters: enough to tell what was from what is."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def _head(letter: ComposedLetter) -> list[Any]:
    return [
        letter.year,
        letter.slug,
        letter.language,
        letter.title,
        letter.author,
        letter.date.isoformat(),
        letter.authority,
        letter.draft,
        _figures(letter.figures),
    ]


def _block(block: ComposedBlock) -> list[Any]:
    """All of a block but its place."""
    runs = [[r.text, r.emphasis, r.strong, r.link, r.name, r.gap] for r in block.runs]
    cells = block.table.cells if block.table else ()
    printed = [[cell.group, cell.id, cell.kind, cell.value, cell.text] for cell in cells]
    return [_wording(block), block.group, runs, printed, _figures(cells), str(block.picture)]


def _figures(cells: Iterable[Cell]) -> list[Any]:
    figures = (cell.figure for cell in cells)
    return [[f.column.group, f.column.id, f.value, f.supplied] for f in figures]


def _wording(block: ComposedBlock) -> list[Any]:
    """A block as its author wrote it, before any value was filled in but those of an insert."""
    given = [run.text for run in block.runs if run.name and run.name.startswith("insert.")]
    said = [block.address, block.role, block.wording, block.origin, block.insert, given]
    if block.table is None:
        return said
    heads = [[head.text, head.columns, head.first] for head in block.table.spanning_headers]
    columns = [_plan(cell.column) for cell in block.table.cells]
    return [*said, block.table.group, block.table.labels, heads, columns]


def _plan(column: Column) -> list[Any]:
    """All of a column but its place."""
    worked_out = [column.parts, column.numerator, column.none]
    return [
        column.group,
        column.id,
        column.label,
        column.kind.name,
        column.header_group,
        worked_out,
    ]
