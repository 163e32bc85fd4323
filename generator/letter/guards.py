"""Guards: what may be nothing stands in a sentence only where a rule proves that it is known.

A rate of nothing would print "N/A of the complaints". So each place of wording has the conditions
under which it is printed, and these must imply the value. What they imply is concluded by a few
plain steps, each of which an editor can follow; anything cleverer is refused, with the guard to
write. Whatever passes never prints nothing, whatever the figures are.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from math import ceil, floor

from generator.letter.expressions import Placeholder
from generator.letter.roles import Role
from generator.letter.rules import Both, Formula, IsKnown, Negation, Relation, Requirement, Side
from generator.letter.variables import Type, Vocabulary, sides_of
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
            if not isinstance(placeholder, Placeholder):
                continue
            name, place = placeholder.name, piece.place or block.place
            if sides_of(name)[0] not in vocabulary:
                continue
            if not (stands_alone(variant, number) or is_proven(name, conditions, vocabulary)):
                problems[place, name] = _problem(block, placeholder, place)
            elif vocabulary[name].sides and not _says_which_way(placeholder, conditions):
                problems[place, name] = _either_way(placeholder, place)
    return list(problems.values())


def _either_way(placeholder: Placeholder, place: Place) -> Problem:
    todo = f"{_under_which_way(placeholder.name)}, or | signed behind it"
    message = f"prints a change without saying whether it is up or down; {todo}"
    return Problem(place, message, f"{{{{ {placeholder.source} }}}}")


def _under_which_way(change: str) -> str:
    own, compared = sides_of(change)
    return f'write it under "::: when {own} > {compared}" (or <)'


_SIGNS = frozenset({-1, 0, 1})


def _says_which_way(placeholder: Placeholder, conditions: Iterable[Requirement]) -> bool:
    """Whether it is known of a difference that it is no rise, or that it is no fall."""
    left = _SIGNS
    for each in conditions:
        left &= _signs(each.rule.formula, each.holds, placeholder.name)
    return placeholder.has_sign or not {-1, 1} <= left


def _signs(formula: Formula, truth: bool, name: str) -> frozenset[int]:
    """The signs that a difference which is known can have where the formula has this truth."""
    match formula:
        case Negation(inner):
            return _signs(inner, not truth, name)
        case Both(left, right):
            either = [_signs(inner, truth, name) for inner in (left, right)]
            return either[0] & either[1] if truth else either[0] | either[1]
        case Relation(left, sign, right):
            sign = sign if truth else _OPPOSITE[sign]
            own, compared = sides_of(name)
            if {left.name, right.name} == {own, compared}:
                return _STANDS[sign if left.name == own else _TURNED.get(sign, sign)]
            for side, number, seen in _both_ways(left, sign, right):
                if side.name == name and isinstance(number.fixed, int | Decimal):
                    beyond = number.fixed > 0  # no number in a rule is below nought
                    return _STANDS[seen] if not beyond else _BEYOND.get(seen, _SIGNS)
    return _SIGNS


def _both_ways(left: Side, sign: str, right: Side) -> Iterator[tuple[Side, Side, str]]:
    """A relation, and the same turned round: one side, the other, and how it stands to that."""
    yield left, right, sign
    yield right, left, _TURNED.get(sign, sign)


def _problem(block: WordingBlock, placeholder: Placeholder, place: Place) -> Problem:
    name = placeholder.name
    todo = f'write it under "::: when {name} is known"'
    if name != sides_of(name)[0] and not placeholder.has_sign:
        todo = _under_which_way(name)
    if block.role not in _PROSE:
        todo = "fixed words cannot have conditions; write it in a section"
        if block.role is Role.CHART:
            todo = 'chart text cannot have conditions; write it after a colon, as "Rate: …"'
    elif block.role is Role.HEADING:
        todo = f"write [words with it]{{when={name} is known}}[other words]{{otherwise}}"
    where = f"{{{{ {placeholder.source} }}}}"
    return Problem(place, f"{name} may have no value here; {todo}", where)


def stands_alone(block: WordingBlock, number: int) -> bool:
    """Whether a value is no part of a sentence: alone behind a colon, as in "Fault rate: N/A".

    So is each of a list, as in "You: N/A; the average: 61%."
    """
    before, after = block.pieces[:number], block.pieces[number + 1 :]
    ends = "".join(p.content if isinstance(p.content, str) else "x" for p in after)
    begins = before[-1].content if before else ":"
    is_behind_colon = isinstance(begins, str) and begins.rstrip().endswith(":")
    return is_behind_colon and (ends.strip() == "." or ends.strip()[:1] in {"", ";"})


def is_proven(name: str, conditions: Iterable[Requirement], vocabulary: Vocabulary) -> bool:
    """Whether there is a value of this name wherever all conditions are met."""
    if not vocabulary[name].may_be_nothing:
        return True
    goal, met = _Goal(name, vocabulary), list(conditions)
    if any(goal.follows(each.rule.formula, each.holds) for each in met):
        return True
    sides = vocabulary[name].sides
    return bool(sides) and all(is_proven(side, met, vocabulary) for side in sides)


class _Goal:
    """A value that is to be known, and what that follows from."""

    def __init__(self, name: str, vocabulary: Vocabulary) -> None:
        self._name = name
        self._vocabulary = vocabulary
        self._whole = self._summands(vocabulary[name].parts)
        self._at_least = vocabulary[name].at_least

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
        for one, other, seen in _both_ways(left, sign, right):
            if one.name is None or not isinstance(other.fixed, int | Decimal):
                continue
            if self._vocabulary[one.name].may_be_nothing:
                continue
            seen = seen if truth else _OPPOSITE[seen]
            is_enough = _lower_bound(seen, other.fixed) >= self._at_least
            if is_enough and self._has_whole_with((one.name,)):
                return True
        return False

    def _is_known_with(self, name: str) -> bool:
        """Whether the value is known where another is: itself, or a rate of the same whole."""
        entry = self._vocabulary[name]
        if name == self._name or any(self._is_known_with(side) for side in entry.sides):
            return True
        is_enough = bool(entry.parts) and entry.at_least >= self._at_least
        return entry.may_be_nothing and is_enough and self._has_whole_with(entry.parts)

    def _has_whole_with(self, positive: Sequence[str]) -> bool:
        """Whether the whole to be a part of is as large as the sum of these, or larger."""
        return bool(self._whole) and self._summands(positive) <= self._whole

    def _summands(self, names: Sequence[str]) -> frozenset[str]:
        """Those that are added up in the end; figures are never below nought."""
        found = set[str]()
        for name in names:
            entry = self._vocabulary[name]
            is_sum = entry.type is Type.NUMBER and entry.parts and not entry.may_be_nothing
            found |= self._summands(entry.parts) if is_sum else {name}
        return frozenset(found)


def _lower_bound(sign: str, number: int | Decimal) -> int:
    """How large a count is at least that stands so to a number; of any other, 1 is above nought."""
    if sign == "ne":
        return int(number == 0)
    return {"eq": ceil(number), "gteq": ceil(number), "gt": floor(number) + 1}.get(sign, 0)


_STANDS = {
    "lt": frozenset({-1}),
    "lteq": frozenset({-1, 0}),
    "eq": frozenset({0}),
    "ne": frozenset({-1, 1}),
    "gteq": frozenset({0, 1}),
    "gt": frozenset({1}),
}
"""The signs of the difference between two values of which one stands so to the other."""
_BEYOND = dict.fromkeys(("gt", "gteq", "eq"), frozenset({1}))
"""The same of a difference that stands so to a number above nought."""
_TURNED = {"lt": "gt", "gt": "lt", "lteq": "gteq", "gteq": "lteq"}
_OPPOSITE = {"eq": "ne", "ne": "eq", "lt": "gteq", "gteq": "lt", "gt": "lteq", "lteq": "gt"}
