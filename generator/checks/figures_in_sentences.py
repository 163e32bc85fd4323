"""Figures that a sentence cannot hold: a rate of nothing ("N/A of them"), and "1 complaints"."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.checks.registry import CheckContext, Finding, Scope, check
from generator.edition.edition import Column
from generator.letter.expressions import Placeholder
from generator.letter.markdown import WordingBlock
from generator.letter.numbers import Nouns, counted_by, nouns_of
from generator.letter.read_inserts import Insert
from generator.letter.rules import Rule, can_be
from generator.letter.variables import Type
from generator.problems import Place, Severity


@dataclass(frozen=True)
class _Sentence:
    """A figure's placeholder where it stands: in which block, and in an insert by which rule."""

    block: WordingBlock
    number: int
    placeholder: Placeholder
    column: Column
    rule: Rule | None
    insert: Insert | None

    @property
    def place(self) -> Place:
        """Where the placeholder begins."""
        return self.block.pieces[self.number].place or self.block.place

    @property
    def where(self) -> str:
        """The placeholder as it is written."""
        return f"{{{{ {self.placeholder.source} }}}}"


@check(
    "rate-of-nothing",
    Scope.AUTHORITY,
    Severity.ERROR,
    "A sentence prints a rate that may be nothing, so that it would say “N/A of the complaints”.",
)
def rate_of_nothing(context: CheckContext) -> Iterator[Finding]:
    """Unless the rule of its insert excludes that, or it stands alone behind a colon."""
    for sentence in _rates(context):
        name, none = sentence.placeholder.name, sentence.column.none
        said = f'says "{none}" inside a sentence where there is nothing to be a part of'
        guard = f"{name} >= 0"
        if sentence.insert is None:
            todo = f"put the sentence into an insert with when: {guard}"
        else:
            todo = f"add to its rule: and {guard}"
        if _chosen_by_rule(sentence) and can_be(context.edition, sentence.column, 0, sentence.rule):
            yield Finding(sentence.place, f"{said}; {todo}", sentence.where)
        for place, where, value in _where_named(context, sentence):
            if value is None:
                message = f"{name} is {none}, which {_file(sentence)} says inside a sentence"
                yield Finding(place, f"{message}; remove the insert, or change its words", where)


@check(
    "bare-count",
    Scope.AUTHORITY,
    Severity.ERROR,
    "A count stands bare before its noun, so that the letter would say “1 complaints”.",
)
def bare_count(context: CheckContext) -> Iterator[Finding]:
    """Unless the rule of its insert excludes that value."""
    nouns = nouns_of(block for block, _ in _blocks(context))
    for sentence in _figures(context, Type.NUMBER):
        yield from _bare_count(context, sentence, nouns)


def _bare_count(context: CheckContext, sentence: _Sentence, nouns: Nouns) -> Iterator[Finding]:
    edition = context.edition
    counted = counted_by(sentence.block, sentence.number, nouns, edition.language)
    if counted is None:
        return
    given = ", ".join(f'"{noun}"' for noun in counted.nouns)
    todo = f"write {{{{ {sentence.placeholder.name} | count({given}) }}}}"
    wrong = [n for n in counted.wrong if can_be(edition, sentence.column, n, sentence.rule)]
    if wrong and _chosen_by_rule(sentence):
        message = f'would say "{wrong[0]} {counted.words}"; {todo}'
        yield Finding(sentence.place, message, sentence.where)
    for place, where, value in _where_named(context, sentence):
        if value in counted.wrong or (value is not None and min(value, 2) in counted.wrong):
            message = f'{_file(sentence)} says "{value} {counted.words}"; {todo} there'
            yield Finding(place, message, where)


def _rates(context: CheckContext) -> Iterator[_Sentence]:
    """The rates that do not stand alone behind a colon, as "Uphold rate: N/A" does."""
    for sentence in _figures(context, Type.PERCENT):
        pieces = sentence.block.pieces
        before, after = pieces[: sentence.number], pieces[sentence.number + 1 :]
        ends = "".join(p.content if isinstance(p.content, str) else "x" for p in after)
        begins = str(before[-1].content).rstrip() if before else ":"
        if not (begins.endswith(":") and ends.strip() in {"", ".", ";"}):
            yield sentence


def _figures(context: CheckContext, type_: Type) -> Iterator[_Sentence]:
    """All placeholders for figures of this type."""
    columns = {f"authority.{c.group}.{c.id}": c for c in context.edition.columns()}
    for block, insert in _blocks(context):
        rule = insert.rule if insert else None
        for number, piece in enumerate(block.pieces):
            name = piece.content
            if isinstance(name, Placeholder) and name.type is type_ and name.name in columns:
                yield _Sentence(block, number, name, columns[name.name], rule, insert)


def _blocks(context: CheckContext) -> Iterator[tuple[WordingBlock, Insert | None]]:
    """All blocks of wording, each with the insert that it is in."""
    wording = context.wording
    shared = [tuple(wording.fixed), *wording.sections.values(), wording.page]
    for blocks in shared:
        yield from ((block, None) for block in blocks)
    for insert in wording.inserts.values():
        yield from ((block, insert) for block in insert.blocks)


def _chosen_by_rule(sentence: _Sentence) -> bool:
    """False for an insert that only authorities name: then their own figures are looked at."""
    return sentence.insert is None or sentence.rule is not None


def _where_named(
    context: CheckContext, sentence: _Sentence
) -> Iterator[tuple[Place, str, int | None]]:
    """Each authority that names the insert, whatever its rule is, with its own figure."""
    column = sentence.column
    for authority in context.authorities.values() if sentence.insert else ():
        for number, chosen in enumerate(authority.inserts, start=1):
            figure = authority.figure(column.group, column.id)
            if sentence.insert and chosen.insert == sentence.insert.name and figure.supplied:
                yield chosen.place, f"inserts.{number}.{chosen.insert}", figure.value


def _file(sentence: _Sentence) -> str:
    return sentence.insert.path.name if sentence.insert else sentence.place.path.name
