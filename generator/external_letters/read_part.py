"""What was read of one part of an issued letter: its passages, and what of it is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.external_letters.printed_parts import Words, squeezed
from generator.external_letters.reference_edition import ReferenceEdition
from generator.letter.letter import Block, Role


@dataclass
class ReadPart:
    """What was read of one part of a letter."""

    part: str | None
    passages: list[Block] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    lost: set[tuple[str, str]] = field(default_factory=set)
    authority: str = ""
    """Its name, where the address says it."""
    rest: Sequence[Words] = ()
    """What stands after this part."""

    def add(self, role: Role, text: str, part: str | None = None) -> None:
        """One passage more."""
        self.passages.append(Block(part or self.part, role.value, text))

    def miss(self, role: Role, name: str) -> None:
        """Say that a part is missing."""
        self.unread.append(f"{name} is missing")
        self.lost.add((self.part or "", role.value))


def known_or(text: str, pattern: ReferenceEdition) -> str:
    """A text as the edition's letters write it, where they have the same words; else itself."""
    known = pattern.known.get(squeezed(text))
    return known.text if known else text
