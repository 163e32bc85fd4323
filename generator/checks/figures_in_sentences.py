"""Figures that a sentence cannot hold: a rate of nothing ("N/A of them"), and "1 complaints".

What may be nothing is guarded where wording is read; here it is held against the figures of those
who name an insert, whatever its rule says. In which ways words can read is for a block to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.checks.registry import CheckContext, Finding, Scope, check
from generator.edition.comparisons import compared_columns
from generator.letter.expressions import Placeholder
from generator.letter.guards import stands_alone
from generator.letter.numbers import Nouns, counted_by, nouns_of
from generator.letter.read_inserts import Insert
from generator.letter.rules import Requirement, all_met, can_be
from generator.letter.variables import (
    Type,
    Variables,
    sides_of,
    variables_of,
    vocabulary,
)
from generator.letter.wording_block import WordingBlock
from generator.problems import Place, Severity


@dataclass(frozen=True)
class _Sentence:
    """A figure's placeholder where it stands: in which block, as it reads in one way."""

    block: WordingBlock
    number: int
    placeholder: Placeholder
    insert: Insert | None

    @property
    def conditions(self) -> tuple[Requirement, ...]:
        """Those of its insert, its paragraph and its words."""
        rule = self.insert.rule if self.insert else None
        return (*([Requirement(rule)] if rule else []), *self.block.conditions)

    @property
    def place(self) -> Place:
        """Where the placeholder begins."""
        return self.block.pieces[self.number].place or self.block.place

    @property
    def where(self) -> str:
        """The placeholder as it is written."""
        return f"{{{{ {self.placeholder.source} }}}}"


@check(Scope.AUTHORITY, Severity.ERROR)
def rate_of_nothing(context: CheckContext) -> Iterator[Finding]:
    """An insert that an authority names prints a rate that it lacks: “N/A of the complaints”.

    Or one that prints how much a figure rose, though its rule does not hold; since whoever names
    an insert has it, whatever its rule says that would prove a rate.
    """
    known = vocabulary(context.edition)
    for sentence in _figures(context):
        name, file = sentence.placeholder.name, _file(sentence)
        if not known[name].may_be_nothing:
            continue
        alone = stands_alone(sentence.block, sentence.number)
        has_way = bool(known[name].sides) and not sentence.placeholder.has_sign
        for place, where, variables in _where_named(context, sentence):
            rule = sentence.insert.rule if sentence.insert else None
            if variables[name].value is None and not alone:
                message = (
                    f"{name} is {variables[name].printed}, which {file} prints inside a sentence"
                )
            elif has_way and rule and rule.decide(variables) is False:
                message = f"{file} prints {name} under a rule that is false here"
            else:
                continue
            yield Finding(place, f"{message}; remove the insert, or change its wording", where)


@check(Scope.AUTHORITY, Severity.ERROR)
def bare_count(context: CheckContext) -> Iterator[Finding]:
    """A count is printed before its noun without `count`: a letter would say “1 complaints”.

    Unless the rule that it stands under excludes that value.
    """
    nouns = nouns_of(block for block, _ in _blocks(context))
    for sentence in _figures(context):
        if sentence.placeholder.type is Type.NUMBER and _is_whole(context, sentence):
            yield from _bare_count(context, sentence, nouns)


def _is_whole(context: CheckContext, sentence: _Sentence) -> bool:
    """Whether a number can be one: an average of counts has decimal places."""
    compared = context.edition.comparators.get(
        sides_of(sentence.placeholder.name)[-1].split(".")[0]
    )
    return compared is None or compared.years_back is not None


def _bare_count(context: CheckContext, sentence: _Sentence, nouns: Nouns) -> Iterator[Finding]:
    edition = context.edition
    counted = counted_by(sentence.block, sentence.number, nouns, edition.language)
    if counted is None:
        return
    given = ", ".join(f'"{noun}"' for noun in counted.nouns)
    todo = f"write {{{{ {sentence.placeholder.source} | count({given}) }}}}"
    conditions = sentence.conditions
    name = sentence.placeholder.name
    wrong = [n for n in counted.wrong if can_be(edition, name, n, conditions)]
    if wrong and _chosen_by_rule(sentence):
        message = f'would say "{wrong[0]} {counted.words}"; {todo}'
        yield Finding(sentence.place, message, sentence.where)
    for place, where, variables in _where_named(context, sentence):
        value = variables[name].value
        if isinstance(value, int) and min(abs(value), 2) in counted.wrong:
            message = f'{_file(sentence)} says "{value} {counted.words}"; {todo} there'
            yield Finding(place, message, where)


def _figures(context: CheckContext) -> Iterator[_Sentence]:
    """All placeholders for figures, the authority's own and those of comparators."""
    columns = {f"authority.{c.group}.{c.id}" for c in context.edition.columns()}
    columns |= {name for name, *_ in compared_columns(context.edition)}
    for block, insert in _blocks(context):
        for number, piece in enumerate(block.pieces):
            said = piece.content
            if isinstance(said, Placeholder) and sides_of(said.name)[0] in columns:
                yield _Sentence(block, number, said, insert)


def _blocks(context: CheckContext) -> Iterator[tuple[WordingBlock, Insert | None]]:
    """All blocks of wording in every way they read, each with the insert that it is in."""
    fixed = ((block, None) for block in context.wording.fixed)
    for block, insert in (*fixed, *context.wording.written()):
        yield from ((variant, insert) for variant in block.variants)


def _chosen_by_rule(sentence: _Sentence) -> bool:
    """False for an insert that only authorities name: then their own figures are looked at."""
    return sentence.insert is None or sentence.insert.rule is not None


def _where_named(
    context: CheckContext, sentence: _Sentence
) -> Iterator[tuple[Place, str, Variables]]:
    """Each authority that names the insert, whatever its rule is, with its variables.

    Where the words have conditions of their own that are not met, the figure is not printed.
    """
    insert = sentence.insert
    for authority in context.authorities.values() if insert else ():
        for number, chosen in enumerate(authority.inserts, start=1):
            if insert is None or chosen.insert != insert.name:
                continue
            variables = variables_of(context.edition, authority)
            known = [c for c in sentence.block.conditions if variables.keys() >= {*c.rule.names}]
            is_supplied = variables[sentence.placeholder.name].supplied
            if is_supplied and all_met(known, variables) is not False:
                yield chosen.place, f"inserts.{number}.{chosen.insert}", variables


def _file(sentence: _Sentence) -> str:
    return sentence.insert.path.name if sentence.insert else sentence.place.path.name
