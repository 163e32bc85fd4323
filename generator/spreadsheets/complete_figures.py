"""Which authorities' figures are fit to be published: those that are all there, and in order."""

from generator.edition.authority import Authority
from generator.edition.load import Data
from generator.messages import first_of
from generator.problems import Problem, errors


def complete(data: Data) -> tuple[list[Authority], list[Problem]]:
    """The authorities whose figures are all supplied, and an error for each that is left out.

    Figures that are not there must not be published as if there were no such authority, so what is
    left out is never left out without a word.
    """
    whole = []
    problems = errors(data.problems)
    for authority in data.authorities.values():
        missing = authority.missing()
        if missing:
            names = first_of([f"{f.column.group}.{f.column.id}" for f in missing], MOST_NAMED)
            message = f"left out of the export: not yet supplied are {names}"
            problems.append(Problem(missing[0].place, message))
        else:
            whole.append(authority)
    return whole, problems


MOST_NAMED = 6
"""So many figures that are missing are named."""
