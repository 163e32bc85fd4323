"""The page that tells which checks there are: generated, so that it is never out of date."""

import sys

from generator.checks.registry import Check, all_checks
from generator.problems import InDraft

_INTRODUCTION = """\
# The checks

This page is generated from the registry of checks
(`python -m generator.checks.checks_page > docs/checks.md`).

`check`, `build`, `list`, the desk and the Python interface run the same checks. An error stops the
letters it concerns; a warning does not (with `--strict` the command exits with 1). What is
*confirmable* can be accepted as it is: see [confirming](confirming.md).

A check looks at:

- *a file*: `edition.yaml`, an authority's, one of wording;
- *an authority*: its file and everything else its letter is made of;
- *all authorities*: not when only one letter is loaded, as on the desk;
- *an authority, this year and the one before*: if there is last year's edition;
- *the output folder*: when letters are built;
- *a PDF, read back*: by `build`, `check --pages` and `verify`.

Not listed here is what keeps a file from being read, such as a mistyped key, and what is found in
reading Markdown (an unpaired quotation mark) or folders (a file that nothing reads).

| kind | looks at | is | what it finds |
| --- | --- | --- | --- |
"""


def checks_page() -> str:
    """The page, with a line for each check."""
    return _INTRODUCTION + "".join(map(_row, sorted(all_checks(), key=lambda check: check.name)))


_IN_DRAFTS: dict[InDraft, list[str]] = {
    InDraft.ERROR: [],
    InDraft.WARNING: ["a warning for drafts"],
    InDraft.NOTHING: ["not of drafts"],
}


def _row(check: Check) -> str:
    said = [check.severity.value, *_IN_DRAFTS[check.in_draft]]
    if check.confirmable:
        said.append("confirmable")
    return f"| `{check.name}` | {check.scope.value} | {', '.join(said)} | {check.summary} |\n"


if __name__ == "__main__":
    sys.stdout.write(checks_page())
