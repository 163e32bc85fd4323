"""The predecessors that authorities name (`formerly`), held against the year before.

A slip there would be seen only when the letters are compared; this finds it while it is typed.
"""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.edition.slugs import slug_of
from generator.problems import Severity, did_you_mean
from generator.verification.output_formats import PDF
from generator.workspace import EditionFolders, Workspace


@check(
    "unknown-predecessor",
    Scope.YEARS,
    Severity.WARNING,
    "A predecessor (`formerly`) had neither a file nor a letter the year before.",
)
def unknown_predecessors(context: CheckContext) -> Iterator[Finding]:
    """Nothing where nothing of that year is at hand: then no name can be known to be wrong."""
    if not any(authority.formerly for authority in context.authorities.values()):
        return
    year = context.folders.year - 1
    known = _known(context.folders.workspace, year)
    for authority in context.authorities.values() if known else ():
        for number, slug in enumerate(authority.formerly):
            if slug not in known:
                message = f"no authority of {year} has this name{did_you_mean(slug, known)}"
                place = authority.place("formerly", number)
                yield Finding(place, message, f"formerly.{number + 1}", f"{slug} is none of {year}")


def _known(workspace: Workspace, year: int) -> list[str]:
    """The names of all authorities of a year: those of its data, its letters, what was issued."""
    folders = EditionFolders(workspace, year)
    found = [
        *folders.authorities.glob("*.yaml"),
        *(workspace.folder / "issued" / str(year)).rglob("*.*"),
        *folders.output().glob(f"{PDF.name}/*{PDF.suffix}"),
    ]
    return sorted({slug_of(path.stem) for path in found if path.is_file()})
