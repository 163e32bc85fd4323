"""The predecessors that authorities name (`formerly`), held against the year before.

A slip there would be seen only when the letters are compared; this finds it while it is typed.
"""

from collections.abc import Iterable

from generator.loading.authority import Authority
from generator.loading.slugs import slug_of
from generator.problems import Problem, Severity, did_you_mean
from generator.workspace import EditionFolders, Workspace


def unknown_predecessors(
    authorities: Iterable[Authority], workspace: Workspace, year: int
) -> list[Problem]:
    """A warning for each predecessor that had neither a file nor a letter the year before.

    Nothing where nothing of that year is at hand: then no name can be known to be wrong.
    """
    known = _known(workspace, year - 1)
    if not known:
        return []
    return [
        Problem(
            authority.place("formerly", number),
            f"no authority of {year - 1} has this name{did_you_mean(slug, known)}",
            f"formerly.{number + 1}",
            Severity.WARNING,
        )
        for authority in authorities
        for number, slug in enumerate(authority.formerly)
        if slug not in known
    ]


def _known(workspace: Workspace, year: int) -> list[str]:
    """The names of all authorities of a year: those of its data, its letters, what was issued."""
    folders = EditionFolders(workspace, year)
    found = [
        *folders.authorities.glob("*.yaml"),
        *(workspace.folder / "issued" / str(year)).rglob("*.*"),
        *folders.output().glob("pdf/*.pdf"),
    ]
    return sorted({slug_of(path.stem) for path in found if path.is_file()})
