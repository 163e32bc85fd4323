"""The page that tells which checks there are: generated, so that it is never out of date."""

import sys

from generator.checks.registry import Check, all_checks
from generator.problems import InDraft

_INTRODUCTION = """\
# The checks

This page is generated from the registry of checks
(`python -m generator.checks.checks_page > docs/checks.md`).

`letters check` finds all that is wrong with an edition, and so do `build`, `list`, the desk and
every program that loads one: they ask for the same problems. An error stops the letters that it
concerns; a warning does not (with `--strict` it makes a command exit with 1). What is *confirmable*
a person can accept as it is: see [confirming.md](confirming.md).

A check looks at as much as it needs to find anything:

- *a file* alone: `edition.yaml`, an authority's, one of wording;
- *an authority*: its file with all else that its letter is made of;
- *all authorities*: not asked for where only one letter is loaded, as on the desk;
- *an authority, this year and the one before*: also last year's edition, where there is one;
- *the output folder*: all that lies in it, when letters are built;
- *a PDF, read back*: by `build` and `check --pages` once it is made, and by `verify`.

What keeps a file from being read, such as a mistyped key, is no check: who reads the file says it.
So do those that read Markdown (a quotation mark that is half of no pair), folders (a file that
nothing reads) and each output format (words of its own that it has beside those of the letter).

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
