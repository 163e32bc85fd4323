"""Decisions on what was reviewed: one file for each, named by its digest, so that nothing merges.

An approval holds for what was shown and as long as that is the same: it names digests. Withdrawing
is a decision, too. No file is ever changed; one that was is no decision any more, and is told.
"""

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from generator.files.bounded_read import Sort, read_bytes
from generator.files.recovery import adding_to
from generator.files.transaction import atomic_write
from generator.grouping import grouped
from generator.issuing.review_items import Review, ReviewItem
from generator.plain_text import single_spaced
from generator.problems import Place, Problem, counted, system_message
from generator.workspace import EditionFolders

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True)
class Approved:
    """An item as it was shown to who approved it."""

    kind: str
    name: str
    digest: Digest
    parts: Mapping[str, str]
    """What was shown, so that it can be said what has changed since."""


@dataclass(frozen=True)
class Withdrawn:
    """An approval that is taken back: of which decision, and of what."""

    decision: Digest
    digest: Digest


@dataclass(frozen=True)
class Decision:
    """What one person decided at one time."""

    by: str
    at: datetime.datetime
    approves: tuple[Approved, ...] = ()
    withdraws: tuple[Withdrawn, ...] = ()
    reason: str | None = None
    pages: Mapping[str, str] = field(default_factory=dict)
    """By letter, the digest of what decides how its pages look, at that time."""
    schema_version: int = 1

    @property
    def said(self) -> str:
        """What was decided, in words."""
        verb = "withdrew" if self.withdraws else "approved"
        return f"{self.by} {verb} {counted(len(self.withdraws) + len(self.approves), 'item')}"


def nothing_decided(by: str, *, withdraw: bool) -> str:
    """Why a decision changes nothing."""
    verb = "had approved none" if withdraw else "had already approved all"
    return f"{by} {verb} of these; nothing was written."


_DECISION = TypeAdapter(Decision)


def keep_decision(folders: EditionFolders, decision: Decision) -> Path:
    """Write a decision's file, which its digest names. Raises `OSError`."""
    content = _DECISION.dump_json(decision, indent=1) + b"\n"
    path = folders.approvals / _file_name(content)
    with adding_to(folders.approvals):
        atomic_write(path, content)
    return path


def _file_name(content: bytes) -> str:
    return f"{hashlib.sha256(content).hexdigest()}.json"


@dataclass(frozen=True)
class Approval:
    """That one person approved one item."""

    decision: str
    """The digest that names the decision's file."""
    by: str
    at: datetime.datetime
    what: Approved


@dataclass(frozen=True)
class Decisions:
    """All decisions on an edition, by the digests that name their files."""

    by_name: Mapping[str, Decision]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def approvals(self) -> tuple[Approval, ...]:
        """Those that nobody took back, in the order in which they were given."""
        withdrawn = {(w.decision, w.digest) for d in self.by_name.values() for w in d.withdraws}
        given = (
            Approval(name, decision.by, decision.at, what)
            for name, decision in self.by_name.items()
            for what in decision.approves
            if (name, what.digest) not in withdrawn
        )
        return tuple(sorted(given, key=lambda each: (each.at, each.by, each.decision)))

    @cached_property
    def _of_digest(self) -> Mapping[str, Sequence[Approval]]:
        return grouped((each.what.digest, each) for each in self.approvals)

    def of(self, item: ReviewItem) -> Sequence[Approval]:
        """The approvals of an item as it is now."""
        return self._of_digest.get(item.digest, ())

    def people(self, item: ReviewItem) -> list[str]:
        """Who approved an item as it is now, each once, however a name is capitalised."""
        return [*{same_person(each.by): each.by for each in reversed(self.of(item))}.values()][::-1]

    def void(self, review: Review) -> tuple[Approval, ...]:
        """The approvals of what is not so any more: it has changed, or is gone."""
        return tuple(a for a in self.approvals if a.what.digest not in review.by_digest)

    def pages_seen(self, slug: str, items: Iterable[ReviewItem]) -> set[str]:
        """How a letter's pages looked when its items were approved that still are."""
        names = {each.decision for item in items for each in self.of(item)}
        return {d.pages[slug] for n in names if slug in (d := self.by_name[n]).pages}


def same_person(name: str) -> str:
    """A name as it is compared with others: capitals and spaces make no other person."""
    return single_spaced(name).casefold()


def changed_parts(before: Approved, now: ReviewItem) -> list[str]:
    """What of an item is another than when it was approved, by what it is."""
    names = dict.fromkeys([*before.parts, *now.parts])
    return [name for name in names if before.parts.get(name) != now.parts.get(name)]


def read_decisions(folders: EditionFolders) -> Decisions:
    """All decisions on an edition; what is none, or none any more, is a problem at its file."""
    found: dict[str, Decision] = {}
    problems: list[Problem] = []
    for path in sorted(folders.approvals.glob("[!.]*")):
        try:
            content = read_bytes(path, Sort.RECORD)
            if path.name == _file_name(content):
                found[path.stem] = _DECISION.validate_json(content, strict=False)
                continue
            said = "was changed after it was written; restore it"
        except OSError as error:
            said = f"cannot be read: {system_message(error)}"
        except (ValidationError, RecursionError):
            said = "is not a decision in this program's format"
        problems.append(Problem(Place(path), f"{said}; its approvals do not count"))
    return Decisions(found, tuple(problems))
