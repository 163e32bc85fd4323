"""Confirm problems of an edition: what is open, under which keys, and the file that results."""

import datetime
import getpass
import hashlib
import re
import subprocess
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

from generator.checks.confirmed_file import Confirmation, digest_of, where_of
from generator.plain_text import single_spaced
from generator.problems import Problem, errors, shortened
from generator.project.load_edition import LoadedEdition
from generator.workspace import EditionFolders

SHORTEST_KEY, SHORTEST_TYPED = 7, 4
KEY = rf"[0-9A-F]{{{SHORTEST_KEY},64}}"
"""A key as it is printed; no authority's file has capitals in its name."""
TYPED_KEY = rf"[0-9A-Fa-f]{{{SHORTEST_TYPED},64}}"
"""What may be the beginning of a key."""
_LONGEST_WHAT = 120


@dataclass(frozen=True)
class Confirmable:
    """What can be confirmed in an edition, and what was, each by its digest."""

    loaded: LoadedEdition

    @cached_property
    def open(self) -> Mapping[str, Problem]:
        """The problems that a person may accept, and nobody has."""
        return self._by_digest(self.loaded.problems)

    @cached_property
    def confirmed(self) -> Mapping[str, Confirmation]:
        """What was confirmed, void or not."""
        return {entry.digest: entry for entry in self.loaded.confirmations}

    @property
    def void(self) -> list[Confirmation]:
        """The entries that accept nothing any more: what they were about is gone, or changed.

        None while something cannot be read: it may be there.
        """
        problems = self.loaded.problems
        if any(problem.subject is None for problem in errors(problems, draft=True)):
            return []
        live = self._by_digest(self.loaded.confirmed)
        return [entry for digest, entry in self.confirmed.items() if digest not in live]

    def _by_digest(self, problems: Iterable[Problem]) -> dict[str, Problem]:
        folders = self.loaded.folders
        can = sorted((p for p in problems if p.subject is not None), key=lambda p: (p.kind, p))
        return {digest_of(problem, folders): problem for problem in can}

    def among(self, slugs: Sequence[str]) -> dict[str, Problem]:
        """What is open of these letters."""
        theirs = set(self.loaded.problems_of_all(slugs))
        return {digest: problem for digest, problem in self.open.items() if problem in theirs}

    @cached_property
    def _key_length(self) -> int:
        known = {*self.open, *self.confirmed}
        lengths = count(SHORTEST_KEY)
        return next(n for n in lengths if len({digest[:n] for digest in known}) == len(known))

    def key(self, digest: str) -> str:
        """What a person types for it: in capitals, so that it is no authority's name."""
        return digest[: self._key_length].upper()

    def meant(self, word: str, digests: Collection[str]) -> list[str]:
        """Those of these digests that begin as a word does which may be a key."""
        if not re.fullmatch(TYPED_KEY, word):
            return []
        return [digest for digest in digests if digest.startswith(word.lower())]

    def entry(
        self, digest: str, by: str, on: datetime.date, reason: str | None = None
    ) -> Confirmation:
        """The entry that confirms an open problem."""
        return confirmation(self.open[digest], self.loaded.folders, by, on, reason)


def confirmation(
    problem: Problem, folders: EditionFolders, by: str, on: datetime.date, reason: str | None
) -> Confirmation:
    """The entry that accepts a problem."""
    what = single_spaced(problem.subject or problem.message)
    return Confirmation.model_construct(
        kind=problem.kind,
        where=where_of(problem, folders),
        what=shortened(what, _LONGEST_WHAT, _LONGEST_WHAT - 1),
        digest=digest_of(problem, folders),
        by=by,
        on=on,
        reason=reason,
    )


def list_digest(digests: Iterable[str]) -> str:
    """What tells one list of open problems from another: who confirms all of it has seen it."""
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()[:8].upper()


def known_name(folder: Path) -> str:
    """Who the user is, as git knows them in this folder, else as the computer does."""
    try:
        asked = ["git", "-C", str(folder), "config", "user.name"]
        name = subprocess.run(asked, capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        name = ""
    try:
        return name.strip() or getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return "unknown"
