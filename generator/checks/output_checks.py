"""Checks of an output folder: what lies there and belongs to no authority of the edition."""

from collections.abc import Iterator

from generator.checks.context import OutputContext
from generator.checks.registry import Finding, Scope, check
from generator.problems import Place, Severity


@check(
    "left-over",
    Scope.OUTPUT,
    Severity.WARNING,
    "A letter or a draft belongs to no authority of the edition.",
)
def left_over(context: OutputContext) -> Iterator[Finding]:
    """One warning for each, however many files it has.

    Drafts lie in a folder of their own, inside that of the letters, and are pruned by a build of
    their own: without a word when letters are built they would be forgotten there.
    """
    kinds = {
        _STALE: context.stale,
        _STALE_DRAFT: context.stale_drafts,
        _FOREIGN: context.foreign_files,
    }
    for message, letters in kinds.items():
        for names in letters.values():
            yield Finding(Place(context.folder / names[0]), message)


_STALE = "stale: its authority is no longer in the edition; --prune removes its letter"
_STALE_DRAFT = (
    "stale: its authority is no longer in the edition; build --draft --prune removes its draft"
)
_FOREIGN = "belongs to no authority of the edition and was not made here; move it away"
