"""Charts in letters: the words that stand for each, and what it draws of an authority's figures."""

from dataclasses import dataclass, replace

from generator.edition.authority import Authority
from generator.edition.charts import ChartDefinition, ChartForm, charts_of
from generator.edition.edition import Edition
from generator.edition.figures import GAP
from generator.letter.figures_in_letters import chart_of
from generator.letter.guards import unguarded
from generator.letter.markdown import parse_line
from generator.letter.roles import Role
from generator.letter.variables import Vocabulary
from generator.letter.wording_block import WordingBlock
from generator.problems import Problem


@dataclass(frozen=True)
class Chart:
    """A chart that wording may place, and the words that stand for it, checked."""

    definition: ChartDefinition
    alternative: WordingBlock


def read_charts(edition: Edition, vocabulary: Vocabulary) -> tuple[dict[str, Chart], list[Problem]]:
    """The charts of an edition, by name."""
    charts: dict[str, Chart] = {}
    problems: list[Problem] = []
    for name, definition in charts_of(edition).items():
        place = edition.place("charts", name, "alternative")
        said = edition.charts[name].alternative
        words, more = parse_line(said, Role.CHART, place, vocabulary)
        where = f"charts.{name}.alternative"
        more += unguarded(words, vocabulary)
        problems += [replace(problem, where=problem.where or where) for problem in more]
        charts[name] = Chart(definition, words)
    return charts, problems


def is_empty(definition: ChartDefinition, authority: Authority) -> bool:
    """Whether there is nothing to draw: nothing to divide, no bar of any length.

    What is not yet supplied may still be something.
    """
    parts = chart_of(definition, authority, "en").parts
    if any(part.text == GAP for part in parts):
        return False
    if definition.form is ChartForm.BARS and definition.columns[0].kind.whole:
        return all(part.value is None for part in parts)
    return not any(part.value for part in parts)
