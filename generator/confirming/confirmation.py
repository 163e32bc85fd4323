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

from pydantic_core import PydanticCustomError

from generator.checks.confirmed_file import Confirmation, digest_of, where_of
from generator.edition.values import check_line
from generator.plain_text import single_spaced
from generator.problems import Problem, errors, shortened
from generator.project.load_edition import LoadedEdition
from generator.workspace import EditionFolders, UsageError

SHORTEST_KEY, SHORTEST_TYPED = 7, 4
KEY = rf"[0-9A-F]{{{SHORTEST_KEY},64}}"
"""A key as it is printed; no authority's file has capitals in its name."""
TYPED_KEY = rf"[0-9A-Fa-f]{{{SHORTEST_TYPED},64}}"
"""What may be the beginning of a key."""
_LONGEST_WHAT = 120


@dataclass(frozen=True)
class Keys:
    """What a person types for a digest: its beginning, which no other of these has."""

    known: Collection[str]

    @cached_property
    def _length(self) -> int:
        lengths = count(SHORTEST_KEY)
        return next(n for n in lengths if len({d[:n] for d in self.known}) == len(self.known))

    def key(self, digest: str) -> str:
        """The key of a digest: in capitals, so that it is no authority's name."""
        return digest[: self._length].upper()

    def meant(self, word: str, digests: Collection[str]) -> list[str]:
        """Those of these digests that begin as a word does which may be a key."""
        if not re.fullmatch(TYPED_KEY, word):
            return []
        return [digest for digest in digests if digest.startswith(word.lower())]

    def one(self, word: str, among: Collection[str], nothing: str, lists: str) -> str:
        """The one digest that a word is the key of. Raises `UsageError`; `lists` says them all."""
        meant = self.meant(word, among)
        if len(meant) == 1:
            return meant[0]
        if meant:
            named = ", ".join(map(self.key, meant))
            raise UsageError(f'"{word}" could be {named}; type more of the key.')
        all_of_them = f'"letters {lists}" lists them'
        raise UsageError(f'"{word}" is the key of {nothing} here; {all_of_them}.')

    def split(self, words: Sequence[str], slugs: Sequence[str]) -> tuple[list[str], list[str]]:
        """Which of these words are keys, and which begin names of authorities' files."""
        keys = [
            word
            for word in words
            if re.fullmatch(KEY, word)
            or (self.meant(word, self.known) and not any(s.startswith(word) for s in slugs))
        ]
        return keys, [word for word in words if word not in keys]


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
    def keys(self) -> "Keys":
        """What a person types for each of them."""
        return Keys({*self.open, *self.confirmed})

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


def name_of(said: str | None, folder: Path) -> str:
    """Who decides: as said, else as git or the computer knows them. Raises `UsageError`."""
    name = (said if said is not None else known_name(folder)).strip()
    check_text("--by", name)
    return name


def check_text(option: str, text: str | None) -> None:
    """Raise `UsageError` where a text that is to be written into a file is none, on one line.

    Nothing is said against one that was not given.
    """
    if text is None:
        return
    try:
        check_line(text)
    except PydanticCustomError as error:
        raise UsageError(f'{option} "{text}": {error.message()}.') from error
    if not text:
        raise UsageError(f"{option}: name the person, such as --by 'Ida Fairweather'.")
