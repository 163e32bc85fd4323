"""The page that tells which checks there are: generated, so that it is never out of date."""

import sys

from generator.checks.registry import Check, all_checks
from generator.problems import InDraft, Severity

_INTRODUCTION = """\
# The checks

This page is generated from the registry of checks
(`python -m generator.checks.checks_page > docs/checks.md`).

`letters check` finds them all, and so do `build`, `list`, the desk and every program that loads
an edition: they ask for the same problems. An error stops the letters that it concerns; a warning
does not (with `--strict` it makes a command exit with 1). What is *confirmable* a person can accept
as it is: see [confirming.md](confirming.md).

| kind | looks at | is | what it finds |
| --- | --- | --- | --- |
"""


def checks_page() -> str:
    """The page, with a line for each check."""
    return _INTRODUCTION + "".join(map(_row, all_checks()))


def _row(check: Check) -> str:
    warning = check.severity is Severity.WARNING
    said = [check.severity.value]
    if check.in_draft is not InDraft.ERROR and not warning:
        said.append("a warning for drafts")
    if check.confirmable or warning:
        said.append("confirmable")
    return f"| `{check.name}` | {check.scope.value} | {', '.join(said)} | {check.summary} |\n"


if __name__ == "__main__":
    sys.stdout.write(checks_page())
