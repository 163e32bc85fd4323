"""Figures against the spreadsheets that they were imported from."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.edition.origins import read_origins
from generator.problems import Severity


@check(
    "changed-since-import",
    Scope.AUTHORITY,
    Severity.WARNING,
    "A figure is no longer what the cell said that it was imported from.",
)
def changed_since_import(context: CheckContext) -> Iterator[Finding]:
    """A correction by hand, or a slip of the hand; the origins keep the value as imported."""
    origins, _ = read_origins(context.folders)  # what is wrong with them, import and trace tell
    for slug in origins.figures.keys() & context.authorities.keys():
        authority = context.authorities[slug]
        for figures in authority.figures.values():
            for figure in figures:
                address = f"{figure.column.group}.{figure.column.id}"
                found = origins.of(slug, address)
                if found is None or not figure.column.kind.is_given or not figure.supplied:
                    continue
                cell, file = found
                if figure.value != cell.value:
                    message = (
                        f"{figure.value}, but {file.name}, {cell.cell}, from which it was "
                        f"imported, said {cell.value}; correct it, or confirm it"
                    )
                    yield Finding(figure.place, message, address)
