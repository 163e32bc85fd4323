"""What may identify people stays out of git."""

import subprocess

from generator.problems import Place, Problem
from generator.workspace import Workspace

_PRIVATE = ("enclosures", "mail")


def tracked_files(workspace: Workspace) -> list[Problem]:
    """An error for each file of cases and messages that git keeps, if there is git at all."""
    if not any((workspace.folder / name).is_dir() for name in _PRIVATE):
        return []
    asked = ["git", "-C", str(workspace.folder), "ls-files", "-z", "--", *_PRIVATE]
    try:
        found = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, ValueError, subprocess.SubprocessError):
        return []
    message = (
        "is in git but may identify people; remove it (git rm --cached) and add it to .gitignore"
    )
    names = found.stdout.split("\0") if found.returncode == 0 else []
    return [Problem(Place(workspace.folder / name), message) for name in filter(None, names)]
