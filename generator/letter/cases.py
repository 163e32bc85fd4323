"""Cases: words that hang on a rule, and those that stand otherwise.

Paragraphs stand under `::: when RULE` and `::: otherwise`, words of one in `[words]{when=RULE}` and
`[words]{otherwise}`. Both are read by the same rules: each case holds where its own rule does and
none of those before it, and the last says what stands where no rule holds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.letter.rules import Requirement, all_met, parse_rule
from generator.letter.variables import Variables, Vocabulary
from generator.problems import Place


@dataclass
class Cases:
    """The cases of one condition, as they are read one after the other."""

    vocabulary: Vocabulary
    is_complete: bool = False
    """Whether it is said what stands otherwise."""
    _rules: list[Requirement] = field(default_factory=list)

    def next(self, rule: str | None, place: Place) -> tuple[Requirement, ...]:
        """The conditions of the next case; of the last where it has no rule.

        Raises `ExpressionError` where the rule cannot be read.
        """
        before = tuple(replace(condition, holds=False) for condition in self._rules)
        if rule is None:
            self.is_complete = True
            return before
        self._rules.append(Requirement(parse_rule(rule, self.vocabulary), place=place))
        return (*before, self._rules[-1])


@dataclass(frozen=True)
class Branch:
    """Words within a paragraph that stand where their conditions are met."""

    start: int
    """Where its words begin in the source of the paragraph, behind the bracket."""
    end: int
    conditions: tuple[Requirement, ...]


@dataclass(frozen=True)
class Alternatives:
    """Branches of which a letter has one."""

    start: int
    """Where the first begins in the source of the paragraph, with its bracket."""
    end: int
    branches: tuple[Branch, ...]

    def choose(self, variables: Variables) -> int | None:
        """The number of the branch that a letter has; None where that is undecided."""
        met = [all_met(branch.conditions, variables) for branch in self.branches]
        return met.index(True) if True in met and None not in met[: met.index(True)] else None

    def gap(self, variables: Variables) -> str:
        """What a draft has where that is undecided."""
        conditions = [c for branch in self.branches for c in branch.conditions]
        return gap(conditions, variables)


def gap(conditions: Sequence[Requirement], variables: Variables) -> str:
    """What a draft prints in place of words whose conditions are undecided: the rule."""
    undecided = (c.rule.source for c in conditions if c.rule.decide(variables) is None)
    return f"[? when {' '.join(next(undecided).split())}]"


def chosen_source(
    source: str, alternatives: Sequence[Alternatives], words: Sequence[str | None]
) -> str:
    """The source of a paragraph with these words in place of each of its alternatives.

    Its lines keep their numbers as far as can be.
    """
    text, at, lost = "", 0, 0
    for each, chosen in zip(alternatives, words, strict=True):
        text += _with_lines(source[at : each.start], lost) + (chosen or "")
        lost = source.count("\n", each.start, each.end) - (chosen or "").count("\n")
        at = each.end
    return text + _with_lines(source[at:], lost)


def _with_lines(text: str, lost: int) -> str:
    """A text with lines added at its first space, where no word is divided by them."""
    return re.sub(r"\s", lambda space: "\n" * lost + space[0], text, count=1)
