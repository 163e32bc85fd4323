"""The mark of a draft."""

from dataclasses import replace

from generator.edition.edition import Part
from generator.letter.letter import ComposedBlock, ComposedLetter, Composition, Run
from generator.letter.roles import Origin, Role
from generator.problems import Place

DRAFT = "DRAFT"


def as_draft(letter: ComposedLetter) -> ComposedLetter:
    """A letter marked as a draft: in its first block, and in its title, which is heard first."""
    mark = ComposedBlock(
        part=Part.EACH_PAGE,
        number=len(letter.part(Part.EACH_PAGE)) + 1,
        role=Role.DRAFT,
        composition=Composition(DRAFT, Origin.EDITION),
        place=Place(letter.blocks[0].place.path),
        runs=(Run(DRAFT),),
    )
    title = f"{DRAFT}: {letter.title}"
    return replace(letter, draft=True, title=title, blocks=(mark, *letter.blocks))
