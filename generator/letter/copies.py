"""Copies: the people beside the addressee, a line for each below the signature."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from generator.edition.edition import Edition
from generator.letter.variables import Type
from generator.letter.wording_block import WordingBlock
from generator.plain_text import single_spaced
from generator.problems import Place, Problem

COPIES = "copies"
"""The placeholder in whose place stands a line for each person."""
COPIES_NAMES = {COPIES: Type.TEXT}
"""What a line below the signature may name, beside all else."""


def names_copies(block: WordingBlock) -> bool:
    """Whether a line is that of the people to whom copies go."""
    return any(placeholder.name == COPIES for placeholder in block.placeholders)


def about_copies(block: WordingBlock, edition: Edition, place: Place) -> list[Problem]:
    """What is wrong with the line of the people to whom copies go."""
    if not names_copies(block):
        return []
    if single_spaced(block.source) != f"{{{{ {COPIES} }}}}":
        message = "it makes a line for each person, so {{ copies }} stands alone on its own"
        return [Problem(place, message)]
    if not edition.copies:
        message = "edition.yaml does not say to whom copies go; write copies: [leader], for one"
        return [Problem(place, message)]
    return []


def lines_below_signature(
    lines: Sequence[WordingBlock], *, any_copies: bool
) -> Iterator[WordingBlock]:
    """The lines that a letter has.

    Where no copies go, neither their line stands there nor the one before it that ends in a colon.
    """
    for line, following in zip_longest(lines, lines[1:]):
        introduces = following is not None and names_copies(following)
        if any_copies or not (
            names_copies(line) or (introduces and line.source.rstrip().endswith(":"))
        ):
            yield line
