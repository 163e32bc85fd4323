"""A block of wording: a heading, a paragraph, an item of a list, or what is placed there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, product

from generator.letter.cases import Alternatives, chosen_source
from generator.letter.directives import Placed
from generator.letter.expressions import Placeholder
from generator.letter.figures_in_letters import typeset
from generator.letter.inline_wording import PieceOfMarkdown, tidied
from generator.letter.letter import ComposedBlock, Run
from generator.letter.roles import Role
from generator.letter.rules import Requirement
from generator.letter.variables import PAGE_NAMES, Variables
from generator.problems import Place


@dataclass(frozen=True)
class WordingBlock:
    """A heading, a paragraph or an item of a list, before any value is filled in."""

    role: Role
    source: str
    pieces: tuple[PieceOfMarkdown, ...]
    place: Place
    conditions: tuple[Requirement, ...] = ()
    """What must be met where it stands."""
    case_of: Place | None = None
    """Where the condition begins of which it stands under a case."""
    alternatives: tuple[Alternatives, ...] = ()
    """Where words within it hang on a rule; its pieces are those of all branches."""
    placed: Placed | None = None
    """What stands here by its name, instead of words."""

    @property
    def all_conditions(self) -> tuple[Requirement, ...]:
        """Those of it, and those of words within it."""
        within = (branch.conditions for each in self.alternatives for branch in each.branches)
        return (*self.conditions, *chain.from_iterable(within))

    @cached_property
    def variants(self) -> tuple["WordingBlock", ...]:
        """It in every way in which it can read, each without alternatives."""
        numbers = (range(len(each.branches)) for each in self.alternatives)
        return tuple(self._chosen(chosen) for chosen in product(*numbers))

    def in_letter(self, variables: Variables) -> "WordingBlock":
        """It as it reads in one letter; with the rule as a gap where that is undecided."""
        chosen = []
        for each in self.alternatives:
            number = each.choose(variables)
            chosen.append(each.gap(variables) if number is None else number)
        return self._chosen(tuple(chosen))

    @cached_property
    def _known_variants(self) -> dict[tuple[int | str, ...], "WordingBlock"]:
        return {(): self}

    def _chosen(self, chosen: tuple[int | str, ...]) -> "WordingBlock":
        """It with the branch of each number, or with words instead of any."""
        if chosen not in self._known_variants:
            words, conditions = [], [*self.conditions]
            for each, number in zip(self.alternatives, chosen, strict=True):
                if isinstance(number, str):
                    words.append(number)
                    continue
                branch = each.branches[number]
                words.append(self.source[branch.start : branch.end])
                conditions += branch.conditions
            self._known_variants[chosen] = replace(
                self,
                source=chosen_source(self.source, self.alternatives, words),
                pieces=tidied(self._pieces(chosen)),
                conditions=tuple(conditions),
                alternatives=(),
            )
        return self._known_variants[chosen]

    def _pieces(self, chosen: tuple[int | str, ...]) -> Iterator[PieceOfMarkdown]:
        told = set()
        for piece in self.pieces:
            number, branch = piece.branch or (-1, -1)
            if number < 0 or chosen[number] == branch:
                yield replace(piece, branch=None)
            elif isinstance(words := chosen[number], str) and number not in told:
                told.add(number)
                yield PieceOfMarkdown(words, gap=True)

    @property
    def placeholders(self) -> list[Placeholder]:
        """Its placeholders, in order."""
        return [p.content for p in self.pieces if isinstance(p.content, Placeholder)]

    @cached_property
    def fixed(self) -> tuple[Run, ...] | None:
        """Its words, which are the same in every letter; None where there is a placeholder."""
        runs = tuple(
            Run(piece.content, piece.emphasis, piece.strong, piece.link, gap=piece.gap)
            for piece in self.pieces
            if isinstance(piece.content, str)
        )
        return runs if len(runs) == len(self.pieces) else None

    @cached_property
    def composed(self) -> dict[tuple[str, int, str, str | None], ComposedBlock]:
        """It in letters, which share it where its words are the same in every one.

        By the part and the number where it stands, its origin and its insert.
        """
        return {}

    def filled(self, variables: Variables, language: str) -> tuple[Run, ...]:
        """Its words in one letter; a number in words that begins a sentence has a capital."""
        if self.fixed is not None:
            return self.fixed
        runs: list[Run] = []
        before = ""
        for piece in self.pieces:
            run = _run(piece, variables, language)
            is_word = isinstance(piece.content, Placeholder) and piece.content.is_spelt_out
            if is_word and _AT_BEGINNING.search(before):
                run = replace(run, text=run.text[:1].upper() + run.text[1:])
            runs.append(run)
            before += run.text
        return tuple(runs)


_AT_BEGINNING = re.compile(r"""(?:^|[.!?]["'”’)]*\s)["'“(\u2018]*$""")


def _run(piece: PieceOfMarkdown, variables: Variables, language: str) -> Run:
    """Words as they stand in the wording, or the value of their placeholder."""
    text, name, is_gap = piece.content, None, piece.gap
    if isinstance(text, Placeholder) and text.name in PAGE_NAMES:
        return Run(f"{{{{ {text.name} }}}}", name=text.name)
    if isinstance(text, Placeholder):
        name = text.name
        is_gap = not variables[name].supplied
        text = typeset(text.show(variables[name], language))
    return Run(text, piece.emphasis, piece.strong, piece.link, name, is_gap)


Blocks = tuple[WordingBlock, ...]
