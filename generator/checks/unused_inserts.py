"""Inserts that no letter has, so that none is forgotten."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.problems import Place, Severity


@check(
    "unused-insert",
    Scope.EDITION,
    Severity.WARNING,
    "No letter has an insert: no authority names it, or its rule places it in none.",
)
def unused_inserts(context: CheckContext) -> Iterator[Finding]:
    """Of one whose file has an error nothing more is said, nor while a letter is not composed.

    One of which it is not yet decided may still be placed.
    """
    if len(context.letters) < len(context.data.files):
        return
    used = {n for c in context.letters.values() for n in (*c.inserts, *c.undecided)}
    wrong = {problem.place.path for problem in context.wording.problems if problem.is_error}
    for name, insert in context.wording.inserts.items():
        if name not in used and insert.path not in wrong:
            why = "its rule places it in none" if insert.rule else "no authority names it"
            yield Finding(Place(insert.path), f"no letter has this insert: {why}")
