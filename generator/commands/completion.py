"""What a shell offers when someone presses Tab: names of authorities, and years."""

from pathlib import Path

import typer

from generator.workspace import UsageError, Workspace, find_workspace


def slugs_beginning(context: typer.Context, incomplete: str) -> list[str]:
    """The authorities of the edition that begin so, by their files' names; nothing is read."""
    try:
        year = str(context.params.get("year") or "")
        folders = _workspace(context).edition(int(year) if year.isdigit() else None)
        paths = sorted(folders.authorities.glob("*.yaml"))
    except (UsageError, OSError):
        return []
    return [path.stem for path in paths if path.stem.startswith(incomplete)]


def years_beginning(context: typer.Context, incomplete: str) -> list[str]:
    """The years of the workspace's editions that begin so."""
    try:
        years = map(str, _workspace(context).years())
    except (UsageError, OSError):
        return []
    return [year for year in years if year.startswith(incomplete)]


def _workspace(context: typer.Context) -> Workspace:
    given = context.params.get("workspace")
    return find_workspace(Path(given) if given else None, Path.cwd())
