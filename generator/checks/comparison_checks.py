"""Checks of what figures are compared with: whatever a letter prints of it must be known."""

from collections.abc import Iterator
from pathlib import Path

from generator.checks.registry import CheckContext, Finding, Scope, check
from generator.problems import InDraft, Place, Severity, first_of


@check(Scope.EDITION, Severity.ERROR, in_draft=InDraft.NOTHING)
def unknown_comparison(context: CheckContext) -> Iterator[Finding]:
    """A letter compares a figure with what is not known: a file for it has an error or a gap.

    That is a file which an average is taken over, or the letter of an earlier year. One for each
    comparator that is waited for, at the first file that it waits for; of an earlier year, one for
    each letter.
    """
    comparisons = context.data.comparisons
    waiting: dict[tuple[Place, str, str], dict[str, None]] = {}
    for slug, composed in context.letters.items() if comparisons else ():
        authority = context.authorities[slug]
        for name in sorted(composed.compared):
            if comparisons is None or authority.compared[name].supplied:
                continue
            files = comparisons.waits_for(name, authority)
            names = [_named(context, path, why) for path, why in files.items()]
            comparator, _, figure = name.partition(".")
            is_average = comparisons.paths(comparator, authority)
            place = Place(next(iter(files))) if is_average and files else authority.place("name")
            needs = f"it needs {first_of(names, 3)}" if names else "the letter then has a gap there"
            waiting.setdefault((place, comparator, needs), {})[figure] = None
    for (place, comparator, needs), figures in waiting.items():
        said = first_of(list(figures), 2)
        yield Finding(place, f"{comparator} is not known for {said}: {needs}")


def _named(context: CheckContext, path: Path, why: str) -> str:
    folder = context.folders.workspace.folder
    shown = path.relative_to(folder) if path.is_relative_to(folder) else path
    return f"{shown} ({why})" if why else str(shown)
