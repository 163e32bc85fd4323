"""A person who confirms whatever is open."""

import datetime

from generator.checks.confirmed_file import confirmed_text
from generator.confirming.confirmation import confirmation
from generator.project.load_edition import load_edition
from generator.workspace import EditionFolders

DAY = datetime.date(2031, 7, 1)


def confirm_all(
    folders: EditionFolders, *, by: str = "Ida Fairweather", reason: str | None = None
) -> str:
    """Confirm what is open; the text of the file."""
    problems = load_edition(folders).problems
    text = confirmed_text(confirmation(p, folders, by, DAY, reason) for p in problems)
    folders.confirmed_file.write_text(text, encoding="utf-8")
    return text
