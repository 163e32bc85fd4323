"""Guards: what may be nothing stands in a sentence only where a rule proves that it is known.

A rate of nothing would print "N/A of the complaints". So each place of wording has the conditions
under which it is printed, and these must imply the value. What they imply is concluded by a few
plain steps, each of which an editor can follow; anything cleverer is refused, with the guard to
write. Whatever passes never prints nothing, whatever the figures are.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from generator.letter.expressions import Placeholder
from generator.letter.roles import Role
from generator.letter.rules import Both, Formula, IsKnown, Negation, Relation, Requirement, Side
from generator.letter.variables import Type, Vocabulary
from generator.letter.wording_block import WordingBlock
from generator.problems import Place, Problem

_PROSE = {Role.HEADING, Role.PARAGRAPH, Role.BULLET, Role.NUMBERED}


def unguarded(
    block: WordingBlock, vocabulary: Vocabulary, given: Iterable[Requirement] = ()
) -> list[Problem]:
    """A problem for each value that may be nothing where the block prints it.

    `given` are the conditions of its insert. All that the block can say is looked at.
    """
    problems = {}
    for variant in block.variants:
        conditions = (*given, *variant.conditions)
        for number, piece in enumerate(variant.pieces):
            placeholder = piece.content
            if not isinstance(placeholder, Placeholder) or stands_alone(variant, number):
                continue
            name = placeholder.name
            if name in vocabulary and not is_proven(name, conditions, vocabulary):
                place = piece.place or block.place
                problems[place, name] = _problem(block, placeholder, place)
    return list(problems.values())


def _problem(block: WordingBlock, placeholder: Placeholder, place: Place) -> Problem:
    name = placeholder.name
    todo = f'write it under "::: when {name} is known"'
    if block.role not in _PROSE:
        todo = "fixed words have no conditions, so write it in a section"
        if block.role is Role.CHART:
            todo = 'the words for a chart have no conditions; write it behind a colon, as "Rate: …"'
    elif block.role is Role.HEADING:
        todo = f"write [words with it]{{when={name} is known}}[other words]{{otherwise}}"
    where = f"{{{{ {placeholder.source} }}}}"
    return Problem(place, f"{name} may be nothing here; {todo}", where)


def stands_alone(block: WordingBlock, number: int) -> bool:
    """Whether a value is no part of a sentence: alone behind a colon, as in "Fault rate: N/A"."""
    before, after = block.pieces[:number], block.pieces[number + 1 :]
    ends = "".join(p.content if isinstance(p.content, str) else "x" for p in after)
    begins = before[-1].content if before else ":"
    is_behind_colon = isinstance(begins, str) and begins.rstrip().endswith(":")
    return is_behind_colon and ends.strip() in {"", ".", ";"}


def is_proven(name: str, conditions: Iterable[Requirement], vocabulary: Vocabulary) -> bool:
    """Whether there is a value of this name wherever all conditions are met."""
    if not vocabulary[name].may_be_nothing:
        return True
    goal = _Goal(name, vocabulary)
    return any(goal.follows(each.rule.formula, each.holds) for each in conditions)


class _Goal:
    """A value that is to be known, and what that follows from."""

    def __init__(self, name: str, vocabulary: Vocabulary) -> None:
        self._name = name
        self._vocabulary = vocabulary
        self._whole = self._summands(vocabulary[name].parts)

    def follows(self, formula: Formula, truth: bool) -> bool:
        """Whether the value is known wherever the formula has this truth."""
        match formula:
            case Negation(inner):
                return self.follows(inner, not truth)
            case Both(left, right):
                either = (self.follows(left, truth), self.follows(right, truth))
                return any(either) if truth else all(either)
            case IsKnown(name):
                return truth and self._is_known_with(name)
            case Relation(left, sign, right):
                return self._follows_from_relation(left, sign, right, truth)
        return False

    def _follows_from_relation(self, left: Side, sign: str, right: Side, truth: bool) -> bool:
        if truth is (sign != "ne"):  # only values that are known are equal, above or below
            names = (side.name for side in (left, right) if side.name is not None)
            if any(self._is_known_with(name) for name in names):
                return True
        for one, other, seen in ((left, right, sign), (right, left, _TURNED.get(sign, sign))):
            if one.name is None or not isinstance(other.fixed, int | Decimal):
                continue
            if self._vocabulary[one.name].may_be_nothing:
                continue
            seen = seen if truth else _OPPOSITE[seen]
            if _is_positive(seen, other.fixed) and self._has_whole_with((one.name,)):
                return True
        return False

    def _is_known_with(self, name: str) -> bool:
        """Whether the value is known where another is: itself, or a rate of the same whole."""
        entry = self._vocabulary[name]
        if name == self._name:
            return True
        return entry.may_be_nothing and bool(entry.parts) and self._has_whole_with(entry.parts)

    def _has_whole_with(self, positive: Sequence[str]) -> bool:
        """Whether there is a whole to be a part of where the sum of these is above nought."""
        return bool(self._whole) and self._summands(positive) <= self._whole

    def _summands(self, names: Sequence[str]) -> frozenset[str]:
        """Those that are added up in the end; figures are never below nought."""
        found = set[str]()
        for name in names:
            entry = self._vocabulary[name]
            is_sum = entry.type is Type.NUMBER and entry.parts and not entry.may_be_nothing
            found |= self._summands(entry.parts) if is_sum else {name}
        return frozenset(found)


def _is_positive(sign: str, number: int | Decimal) -> bool:
    """Whether a figure that stands so to a number is above nought."""
    if sign == "ne":
        return number == 0
    return number > 0 if sign in {"eq", "gteq"} else sign == "gt" and number >= 0


_TURNED = {"lt": "gt", "gt": "lt", "lteq": "gteq", "gteq": "lteq"}
_OPPOSITE = {"eq": "ne", "ne": "eq", "lt": "gteq", "gteq": "lt", "gt": "lteq", "lteq": "gt"}
