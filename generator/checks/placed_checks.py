"""Checks of what wording places by name: what stands nowhere, and charts of nothing."""

from collections.abc import Iterator

from generator.checks.registry import CheckContext, Finding, Scope, check, found_at
from generator.letter.directives import Directive
from generator.letter.placed import PLACED_WORDS
from generator.letter.read_charts import is_empty
from generator.letter.variables import sides_of
from generator.letter.wording_block import Blocks
from generator.problems import Severity


@check(Scope.EDITION, Severity.WARNING)
def unplaced(context: CheckContext) -> Iterator[Finding]:
    """A table, a chart, or fixed words of the statistics page, are placed by no wording.

    A group of figures may well be no table: it is enough that something refers to one of them.

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
    for name in wording.charts:
        if (Directive.CHART, name) not in placed:
            message = f"in no letter; write {{{{ chart {name} }}}} where it stands, or remove it"
            yield found_at(edition, message, "charts", name)
    used = _figures_used(context, placed)
    for name in wording.tables:
        if (Directive.TABLE, name) in placed:
            continue
        message = f"in no letter; write {{{{ table {name} }}}} where it stands, or remove it"
        if name in edition.tables:
            yield found_at(edition, message, "tables", name)
        elif not used & {f"{name}.{column.id}" for column in edition.figures[name].columns}:
            yield found_at(edition, message, "figures", name)


@check(Scope.EDITION, Severity.ERROR)
def chart_of_nothing(context: CheckContext) -> Iterator[Finding]:
    """A chart has nothing to draw in any letter: its figures are nought, or rates of nothing.

    Its figures are the wrong ones, or it is not worth its place.
    """
    for name, chart in context.wording.charts.items():
        authorities = context.authorities.values()
        if authorities and all(is_empty(chart.definition, each) for each in authorities):
            message = "nothing to draw in any letter; name other figures, or remove the chart"
            yield found_at(context.edition, message, "charts", name, "parts")


@check(Scope.AUTHORITY, Severity.WARNING)
def chart_left_out(context: CheckContext) -> Iterator[Finding]:
    """A chart is left out of a letter, since its figures are nought, or rates of nothing.

    The words around it should be true without it, too.
    """
    for slug, composed in context.letters.items():
        for name in composed.empty_charts:
            first = context.wording.charts[name].definition.columns[0]
            message = (
                f'the chart "{name}" is left out of this letter, since it has nothing to draw; '
                "see that the words around it are true without it"
            )
            yield found_at(context.authorities[slug], message, first.group, first.id)


def _all_blocks(context: CheckContext) -> Blocks:
    wording = context.wording
    files = (*wording.sections.values(), *(insert.blocks for insert in wording.inserts.values()))
    return (*wording.page, *(block for blocks in files for block in blocks))


def _figures_used(context: CheckContext, placed: set[tuple[Directive, str]]) -> set[str]:
    """The figures, as group.id, that stand in a table, a chart or a sentence, or in a rule."""
    wording = context.wording
    blocks = (*_all_blocks(context), *wording.fixed)
    names = {placeholder.name for block in blocks for placeholder in block.placeholders}
    rules = (insert.rule for insert in wording.inserts.values() if insert.rule)
    names |= {name for rule in rules for name in rule.names}
    tables = [t.columns for name, t in wording.tables.items() if (Directive.TABLE, name) in placed]
    charts = [chart.definition.columns for chart in wording.charts.values()]
    columns = (column for columns in (*tables, *charts) for column in columns)
    stand = {f"{column.group}.{column.id}" for column in columns}
    own = (sides_of(name)[0].removeprefix("authority.") for name in names)
    return stand | {*own}
