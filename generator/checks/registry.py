"""The registry of checks: each a function with a name, a scope and a severity.

A check is added by one module in this package and its test: `run_checks` finds it, and so do
`build`, `check` and the desk, which all ask for the same problems.
"""

import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from generator.checks.context import CheckContext
from generator.problems import InDraft, Place, Problem, Severity


class Scope(StrEnum):
    """How much of an edition a check must see to find anything."""

    AUTHORITY = "an authority"
    EDITION = "all authorities"
    YEARS = "an authority, this year and the one before"


@dataclass(frozen=True)
class Finding:
    """What a check found, at a place.

    `subject` is what a person accepts who confirms it: with another subject it is open again. It
    is the message itself unless given.
    """

    place: Place
    message: str
    where: str = ""
    subject: str | None = None


@dataclass(frozen=True)
class Check:
    """One check; `find` is given the edition and gives what it finds, in any order."""

    name: str
    scope: Scope
    severity: Severity
    summary: str
    """What it finds, in one sentence, for the documentation."""
    find: Callable[[CheckContext], Iterable[Finding]]
    in_draft: InDraft = InDraft.ERROR
    """What it is to drafts, where it is an error."""
    confirmable: bool = False
    """Whether a person can accept what it finds; every warning can be."""

    def problems(self, context: CheckContext) -> Iterator[Problem]:
        """What it finds in an edition, as problems."""
        accept = self.confirmable or self.severity is Severity.WARNING
        for found in self.find(context):
            subject = found.message if found.subject is None else found.subject
            yield Problem(
                found.place,
                found.message,
                found.where,
                self.severity,
                self.name,
                subject if accept else None,
                self.in_draft,
            )


Find = Callable[[CheckContext], Iterable[Finding]]
_checks: dict[str, Check] = {}


def check(
    name: str,
    scope: Scope,
    severity: Severity,
    summary: str,
    *,
    in_draft: InDraft = InDraft.ERROR,
    confirmable: bool = False,
) -> Callable[[Find], Find]:
    """Register a function as a check; its name is the kind of the problems that it finds."""

    def register(find: Find) -> Find:
        if name in _checks:
            raise ValueError(f"two checks are named {name}")
        _checks[name] = Check(name, scope, severity, summary, find, in_draft, confirmable)
        return find

    return register


def all_checks() -> list[Check]:
    """Every check there is, by name."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        import_module(f"{__package__}.{module.name}")
    return [_checks[name] for name in sorted(_checks)]


def run_checks(context: CheckContext) -> list[Problem]:
    """What all checks find; where not the whole edition was loaded, those that need no more."""
    chosen = [c for c in all_checks() if context.only is None or c.scope is not Scope.EDITION]
    return [problem for check in chosen for problem in check.problems(context)]
