"""Checks of an edition in several languages: what stands in one of them only."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from generator.checks.registry import CheckContext, Finding, Scope, check
from generator.letter.letter import ComposedLetter
from generator.letter.numbers import numbers_in
from generator.letter.read_inserts import Insert, follows
from generator.letter.roles import Role
from generator.letter.rules import Requirement
from generator.letter.variables import Type
from generator.letter.wording_block import Blocks, WordingBlock
from generator.plain_text import single_spaced
from generator.problems import Place, Severity, counted, errors, shortened
from generator.verification.pair_proof import unlike_figures

_Pair = tuple[WordingBlock, WordingBlock]


@check(Scope.FILE, Severity.ERROR)
def one_language(context: CheckContext) -> Iterator[Finding]:
    """A paragraph, a condition, a table or a figure is in the wording of one language only.

    So does a heading, a list's item, a chart; who reads one letter of a pair must have read what
    stands in the other.
    """
    for other in context.others:
        for blocks, counterparts in _passages(context, other):
            yield from _unpaired(blocks, counterparts)
            for pair in _paired(blocks, counterparts):
                yield from _unlike(*pair)
                yield from _placeholders(*pair, of_figures=True)
        for name, insert in context.wording.inserts.items():
            if name in other.wording.inserts:
                yield from _unlike_inserts(insert, other.wording.inserts[name], context, other)
    for column in context.edition.columns() if context.others else ():
        if column.may_be_nothing and column.none_said is None:
            message = f'without none: it prints "{column.none}" in all languages; write it in each'
            yield Finding(column.place, message, ".".join(column.steps))


@check(Scope.FILE, Severity.WARNING)
def one_language_names(context: CheckContext) -> Iterator[Finding]:
    """A name is filled in in the wording of one language but not of another.

    A sentence may do without a noun in one of them; more often it was forgotten.
    """
    for pair in _all_pairs(context):
        yield from _placeholders(*pair, of_figures=False)


@check(Scope.FILE, Severity.WARNING)
def one_language_numbers(context: CheckContext) -> Iterator[Finding]:
    """A paragraph has other numbers, in figures, than its counterpart in another language.

    30 days in one letter and 20 in the other.
    """
    for pair in _all_pairs(context):
        yield from _lacking(*pair, _figures_typed, "{} stands here, and not at {}")


@check(Scope.AUTHORITY, Severity.ERROR)
def unlike_pair(context: CheckContext) -> Iterator[Finding]:
    """An authority's letters in two languages have different figures.

    What one of a pair says the other must say; where their wording differs, that is said.
    """
    wording = [problem for c in (context, *context.others) for problem in c.wording.problems]
    if errors(wording) or any(one_language(context)):
        return
    for other in context.others:
        for slug in context.letters.keys() & other.letters.keys():
            letter, counterpart = context.letters[slug].letter, other.letters[slug].letter
            place = Place(context.data.files[slug])
            for finding in (*unlike_figures(letter, counterpart), *_values(slug, context, other)):
                yield Finding(place, finding)
            for part, roles, others in _unlike_parts(letter, counterpart):
                message = f"{part} has {roles} in {letter.language}"
                yield Finding(place, f"{message} and {others} in {counterpart.language}")


def _unlike_parts(letter: ComposedLetter, other: ComposedLetter) -> Iterator[tuple[str, str, str]]:
    """The parts of two letters that have other blocks, and how many each has."""
    ours, theirs = (Counter((b.part, b.role) for b in each.blocks) for each in (letter, other))
    for part, role in {**ours, **theirs}:
        first, second = ours[part, role], theirs[part, role]
        if first != second:
            yield part, counted(first, role.replace("_", " ")), str(second)


def _values(slug: str, context: CheckContext, other: CheckContext) -> Iterator[str]:
    """The numbers and dates that an authority gives to its inserts, where they differ."""
    ours, theirs = context.authorities[slug], other.authorities[slug]
    for first, second in zip(ours.inserts, theirs.inserts, strict=False):
        insert = context.wording.inserts.get(first.insert)
        for name, type_ in (insert.values if insert else {}).items():
            said, retold = first.values.get(name), second.values.get(name)
            if type_ is not Type.TEXT and said != retold:
                languages = context.edition.language, other.edition.language
                message = f"{first.insert}.{name} is {said} in {languages[0]}"
                yield f"{message} and {retold} in {languages[1]}"


def _all_pairs(context: CheckContext) -> Iterator[_Pair]:
    for other in context.others:
        for blocks, counterparts in _passages(context, other):
            yield from _paired(blocks, counterparts)


def _passages(context: CheckContext, other: CheckContext) -> Iterator[tuple[Blocks, Blocks]]:
    """What stands in one file, or under one key, in two languages."""
    ours, theirs = context.wording, other.wording
    for name in context.edition.sections:
        yield ours.sections[name], theirs.sections[name]
    yield ours.page, theirs.page
    for name in ours.inserts.keys() & theirs.inserts.keys():
        yield ours.inserts[name].blocks, theirs.inserts[name].blocks
    lines = ({**w.words, **{n: c.alternative for n, c in w.charts.items()}} for w in (ours, theirs))
    first, second = lines
    for key in first.keys() & second.keys():
        yield (first[key],), (second[key],)


def _shape(block: WordingBlock) -> tuple[object, ...]:
    """What a block has in common with its counterpart in another language."""
    named = sorted({placeholder.name for placeholder in block.placeholders})
    return block.role, block.placed, _rules(block.conditions), *named


def _rules(conditions: Sequence[Requirement]) -> tuple[str, ...]:
    rules = ((c.holds, single_spaced(c.rule.source)) for c in conditions)
    return tuple(rule if holds else f"not ({rule})" for holds, rule in rules)


def _paired(blocks: Blocks, counterparts: Blocks) -> Iterator[_Pair]:
    """Each block with its counterpart: one after the other where both have as many."""
    if len(blocks) == len(counterparts):
        yield from zip(blocks, counterparts, strict=True)
        return
    for first, second, size in _matcher(blocks, counterparts).get_matching_blocks():
        for number in range(size):
            yield blocks[first + number], counterparts[second + number]


def _matcher(blocks: Blocks, counterparts: Blocks) -> SequenceMatcher[tuple[object, ...]]:
    shapes = [*map(_shape, blocks)], [*map(_shape, counterparts)]
    return SequenceMatcher(None, *shapes, autojunk=False)


def _unpaired(blocks: Blocks, counterparts: Blocks) -> Iterator[Finding]:
    """Those without a counterpart, as far as their shapes tell which."""
    if len(blocks) == len(counterparts) or not blocks or not counterparts:
        return
    for tag, first, last, then, until in _matcher(blocks, counterparts).get_opcodes():
        if tag == "equal":
            continue
        for here, there, lacking in (
            (blocks, counterparts, blocks[first:last]),
            (counterparts, blocks, counterparts[then:until]),
        ):
            numbers = f"{len(here)} here, {len(there)} there"
            for block in lacking:
                same = there[0].place.path == block.place.path
                file = f"at {_at(there[0])}" if same else f"in {there[0].place.path.name}"
                message = f"no {_called(block)} {file} matches this one ({numbers})"
                todo = "add one there, or remove this one"
                yield Finding(block.place, f"{message}; {todo}", _begins(block))


def _called(block: WordingBlock) -> str:
    return "list item" if block.role in _ITEMS else str(block.role)


_ITEMS = {Role.BULLET, Role.NUMBERED}


def _begins(block: WordingBlock) -> str:
    return shortened(single_spaced(block.source), 40)


def _at(block: WordingBlock) -> str:
    return f"{block.place.path.name}:{block.place.line}"


def _unlike(block: WordingBlock, counterpart: WordingBlock) -> Iterator[Finding]:
    """What is not the same in a block and its counterpart, but for their words."""
    if block.role is not counterpart.role or block.placed != counterpart.placed:
        said, other = (b.source if b.placed else f"a {_called(b)}" for b in (block, counterpart))
        yield Finding(block.place, f"{said} here, but {other} at {_at(counterpart)}")
        return
    for number, (ours, theirs) in enumerate(
        zip_longest(_conditions(block), _conditions(counterpart), fillvalue=())
    ):
        if ours != theirs:
            which = "words in it are" if number else "it is"
            said, other = (" and ".join(rules) or "no condition" for rules in (ours, theirs))
            message = f"{which} under {said}, but at {_at(counterpart)} under {other}"
            yield Finding(block.place, message, _begins(block))


def _conditions(block: WordingBlock) -> list[tuple[str, ...]]:
    """The rules under which a block stands, then those of each branch of the words within it."""
    branches = (branch for each in block.alternatives for branch in each.branches)
    return [_rules(block.conditions), *(_rules(branch.conditions) for branch in branches)]


def _placeholders(
    block: WordingBlock, counterpart: WordingBlock, *, of_figures: bool
) -> Iterator[Finding]:
    def names(of: WordingBlock) -> Counter[str]:
        return Counter(p.name for p in of.placeholders if (p.type is not Type.TEXT) is of_figures)

    yield from _lacking(block, counterpart, names, "{{{{ {} }}}} is filled in here, and not at {}")


def _lacking(
    block: WordingBlock,
    counterpart: WordingBlock,
    count: Callable[[WordingBlock], Counter[str]],
    message: str,
) -> Iterator[Finding]:
    """What one of a pair has more often than the other, told at the one that has it."""
    for at, other in ((block, counterpart), (counterpart, block)):
        for each in count(at) - count(other):
            yield Finding(at.place, message.format(each, _at(other)), _begins(at))


def _figures_typed(block: WordingBlock) -> Counter[str]:
    """The numbers that its words say in figures, without the marks of a language."""
    texts = (re.sub(r"\D", "", found[0]) for found in numbers_in(block.source))
    return Counter(digits for digits in texts if digits)


def _unlike_inserts(
    insert: Insert, other: Insert, context: CheckContext, elsewhere: CheckContext
) -> Iterator[Finding]:
    """What decides which letters have an insert, and where it stands in them."""
    file = f"{other.path.name}:{other.place.line}"
    if insert.section != other.section:
        message = f"its place is {insert.section} here, but {other.section} at {file}"
        yield Finding(insert.place, message, "place")
    elif _number(insert, context) != _number(other, elsewhere):
        message = f"it is {_number(insert, context)} here, but {_number(other, elsewhere)}"
        yield Finding(insert.place, f"{message} at {file}", "after")
    rules = [single_spaced(i.rule.source) if i.rule else "no rule" for i in (insert, other)]
    if rules[0] != rules[1]:
        message = f"{rules[0]} here, but {rules[1]} at {other.path.name}:{other.rule_place.line}"
        yield Finding(insert.rule_place, message, "when")


def _number(insert: Insert, context: CheckContext) -> str:
    """Which paragraph of its section an insert follows."""
    after = insert.after
    blocks = context.wording.sections.get(insert.section, ()) if after is not None else ()
    found = (n for n, block in enumerate(blocks, 1) if follows(block, after or ""))
    return f"after paragraph {number}" if (number := next(found, 0)) else "at the end"
