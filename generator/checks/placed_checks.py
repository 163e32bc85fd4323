"""Checks of what wording places by name: tables and fixed words that stand nowhere."""

from collections.abc import Iterator

from generator.checks.registry import CheckContext, Finding, Scope, check, found_at
from generator.letter.directives import Directive
from generator.letter.markdown import Blocks
from generator.letter.placed import PLACED_WORDS
from generator.problems import Severity


@check(
    "unplaced",
    Scope.EDITION,
    Severity.WARNING,
    "A table, or fixed words of the statistics page, stand in no letter: no wording places them.",
)
def unplaced(context: CheckContext) -> Iterator[Finding]:
    """A group of figures may well be no table: it is enough that something refers to one of them.

    While a file of wording has an error, nothing is said: what it places is not known.
    """
    edition, wording = context.edition, context.wording
    if any(problem.is_error for problem in wording.problems):
        return
    placed = {(p.directive, p.name) for b in _all_blocks(context) if (p := b.placed)}
    for key in PLACED_WORDS:
        if getattr(edition.words, key) and (Directive.WORDS, key) not in placed:
            message = f"in no letter; write {{{{ words {key} }}}} where they stand, or remove them"
            yield found_at(edition, message, "words", key)
    used = _figures_used(context, {name for _, name in placed})
    for name in wording.tables:
        if (Directive.TABLE, name) in placed:
            continue
        message = f"in no letter; write {{{{ table {name} }}}} where it stands, or remove it"
        if name in edition.tables:
            yield found_at(edition, message, "tables", name)
        elif not used & {f"{name}.{column.id}" for column in edition.figures[name].columns}:
            yield found_at(edition, message, "figures", name)


def _all_blocks(context: CheckContext) -> Blocks:
    wording = context.wording
    files = (*wording.sections.values(), *(insert.blocks for insert in wording.inserts.values()))
    return (*wording.page, *(block for blocks in files for block in blocks))


def _figures_used(context: CheckContext, tables: set[str]) -> set[str]:
    """The figures, as group.id, that stand in a table or a sentence, or that a rule asks for."""
    wording = context.wording
    blocks = (*_all_blocks(context), *wording.words.values())
    names = {placeholder.name for block in blocks for placeholder in block.placeholders}
    rules = (insert.rule for insert in wording.inserts.values() if insert.rule)
    names |= {name for rule in rules for name in rule.names}
    columns = (c for name in tables & wording.tables.keys() for c in wording.tables[name].columns)
    placed = {f"{column.group}.{column.id}" for column in columns}
    return placed | {name.removeprefix("authority.") for name in names}
