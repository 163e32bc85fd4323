"""To whom a letter goes: who gets one, by the edition's rule, and the lines of those copied to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from generator.edition.edition import Edition
from generator.letter.rules import Rule, read_rule
from generator.letter.variables import Type, Variable, Variables, Vocabulary
from generator.letter.wording_block import WordingBlock
from generator.plain_text import single_spaced
from generator.problems import Place, Problem, listed


def recipients_of(edition: Edition, vocabulary: Vocabulary) -> tuple[Rule | None, list[Problem]]:
    """The rule that says who gets a letter, read and checked; None where everyone does."""
    rule = edition.letters.when if edition.letters else None
    return read_rule(rule, edition.place("letters", "when"), "letters.when", vocabulary)


@dataclass(frozen=True)
class NoLetter:
    """Why an authority gets no letter, or why it is not yet known whether it does."""

    because: str
    """The rule, with the values that it was decided by."""
    missing: tuple[str, ...] = ()
    """The names of what is not yet supplied and would decide it; none where it is decided."""


def why_no_letter(rule: Rule | None, variables: Variables) -> NoLetter | None:
    """Why an authority gets no letter, or may get none; None where it gets one."""
    if rule is None or (decision := rule.decide(variables)):
        return None
    if decision is None:
        missing = tuple(name for name in rule.names if not variables[name].supplied)
        return NoLetter(f"{rule.source} is undecided", missing)
    known = [
        f"{name} is {_said(variables[name])}" for name in rule.names if variables[name].supplied
    ]
    return NoLetter(": ".join([f"{rule.source} is false", *([listed(known)] if known else [])]))


def _said(variable: Variable) -> str:
    return f'"{variable.printed}"' if variable.type is Type.TEXT else variable.printed


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
        message = "{{ copies }} makes a line for each person; put it on a line of its own"
        return [Problem(place, message)]
    if not edition.copies:
        message = "edition.yaml lists no copies; add them, such as copies: [leader]"
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
