"""Problems: what is wrong, where, and what to do; collected, never thrown, and put to people."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

Read = TypeVar("Read")


class Severity(StrEnum):
    """How bad a problem is: an error stops the letters it concerns, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class InDraft(StrEnum):
    """What an error is to a draft, which may have gaps."""

    ERROR = "error"
    WARNING = "warning"
    NOTHING = "nothing"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place in a file that an editor can jump to; line and column count from 1, 0 is unknown.

    In a spreadsheet they are those of a cell, and `cell` is what people call it: `F17`, `F17:F18`.
    """

    path: Path
    sheet: str = field(default="", kw_only=True)
    """Of a workbook; before the line, so that the problems of a sheet stay together."""
    line: int = 0
    column: int = 0
    cell: str = field(default="", kw_only=True)

    def __reduce__(self) -> tuple[Any, ...]:
        # Else each of many thousands keeps a dictionary once it was sent to a worker.
        return _place, (self.path, self.line, self.column, self.sheet, self.cell)

    def shown(self, path: str) -> str:
        """The place in one word, with `path` as the reader should see the file's path.

        `a.yaml:24:3` in a text, `received.xlsx:Received!F17` in a workbook.
        """
        if self.cell or self.sheet:
            return f"{path}:{self.cell_name}"
        return ":".join([path, *(str(n) for n in (self.line, self.column) if n)])

    @property
    def cell_name(self) -> str:
        """A cell as spreadsheet programs name it: `Received!F17`, `'Both years'!F17`."""
        plain = re.fullmatch(r"[^\W\d]\w*", self.sheet)
        sheet = self.sheet if plain else "'" + self.sheet.replace("'", "''") + "'"
        return "!".join(filter(None, [sheet if self.sheet else "", self.cell]))


def _place(path: Path, line: int, column: int, sheet: str, cell: str) -> Place:
    return Place(path, line, column, sheet=sheet, cell=cell)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, in plain words, at a place.

    `where` names the thing inside the file (`decided.upheld`), for readers who do not count lines.
    """

    place: Place
    message: str
    where: str = ""
    severity: Severity = Severity.ERROR
    kind: str = ""
    """The name of the check that found it (`outlier`); "" for what no reading of a file allows."""
    subject: str | None = field(default=None, compare=False)
    """What a person accepts who confirms it; None where it can only be mended."""
    in_draft: InDraft = field(default=InDraft.ERROR, compare=False)
    """Of an error: what it is to a draft."""
    option: str = field(default="", compare=False)
    """The end of the message that names an option of the command, where what was found wrong can be
    answered in another way as well."""

    @property
    def said(self) -> str:
        """The message for who gives no commands."""
        return self.message.removesuffix(self.option)

    @property
    def is_error(self) -> bool:
        """True when the letters that this problem concerns cannot be made."""
        return self.severity is Severity.ERROR

    def line(self, path: str) -> str:
        """The problem in one line, with `path` as the reader should see the file's path."""
        parts = [self.place.shown(path), self.severity.value, self.where, self.message]
        return ": ".join(part for part in parts if part)


def warning(place: Place, message: str, where: str = "", *, kind: str) -> Problem:
    """A warning that a person can accept: what is accepted is what the message says."""
    return Problem(place, message, where, Severity.WARNING, kind, message)


def with_option(
    place: Place, message: str, option: str, where: str = "", *, kind: str = ""
) -> Problem:
    """An error whose message ends with how an option of the command answers it."""
    return Problem(place, f"{message}{option}", where, kind=kind, option=option)


def passing_warning(place: Place, message: str, where: str = "", *, kind: str) -> Problem:
    """A warning about one run, or of what is no one's to accept: it can only be seen to."""
    return Problem(place, message, where, Severity.WARNING, kind)


def errors(problems: Iterable[Problem], *, draft: bool = False) -> list[Problem]:
    """The problems among these that are errors; with `draft`, those that a draft may not have."""
    return [p for p in problems if p.is_error and (not draft or p.in_draft is InDraft.ERROR)]


def to_confirm(problems: Iterable[Problem]) -> list[Problem]:
    """The errors that wait for a person's word: until then a letter is a draft."""
    return [p for p in problems if p.is_error and p.in_draft is InDraft.WARNING]


def in_draft(problems: Iterable[Problem]) -> list[Problem]:
    """What these problems are to drafts."""
    return [
        replace(p, severity=Severity.WARNING) if p.in_draft is InDraft.WARNING else p
        for p in problems
        if p.in_draft is not InDraft.NOTHING
    ]


def noting(problems: list[Problem], read: tuple[Read, Iterable[Problem]]) -> Read:
    """What was read, where what is wrong with it comes along: that joins these problems."""
    problems += read[1]
    return read[0]


def reason_of(problems: Sequence[Problem]) -> str:
    """Why something could not be done, in one text: the only problem, or how many and the first."""
    first = problems[0]
    said = f"{first.where}: {first.message}" if first.where else first.message
    return said if len(problems) == 1 else f"{len(problems)} errors, the first: {said}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is nearest to this one, or None where none is near."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return near[0] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence that offers the nearest known word, or nothing where none is near."""
    near = nearest(word, known)
    return f'; did you mean "{near}"?' if near else ""


def suggestion(word: str, known: Iterable[str], none: str = "") -> str:
    """The end of a sentence that offers the nearest known word, else all; `none` without any."""
    names = list(known)
    expected = f"; expected one of {', '.join(names)}" if names else none
    return did_you_mean(word, names) or expected


MOST_OF_A_KIND = 20


def system_message(error: OSError) -> str:
    """What the system says of an error: `No such file or directory`, without a number or path."""
    return error.strerror or str(error)


def shortened(text: str, most: int = 60, kept: int = 57) -> str:
    """A text as it is told: of one with more than `most` characters the first `kept`, and "…"."""
    return text if len(text) <= most else f"{text[:kept]}…"


def noun_for(number: int, noun: str, plural: str = "") -> str:
    """A noun as it stands behind a number; the plural only where it is not "s"."""
    return noun if number == 1 else plural or f"{noun}s"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `1 letter`, `1,200 letters`; the plural only where it is not "s"."""
    return f"{number:,} {noun_for(number, noun, plural)}"


def listed(names: Iterable[str]) -> str:
    """Names as a list in a sentence: `a, b and c`."""
    *others, last = names
    return " and ".join(filter(None, [", ".join(others), last]))


def first_of(names: Sequence[str], most: int, number: int | None = None) -> str:
    """The first names of a list that may be long, and how many more: `a, b and 7 more`.

    `number` is that of all where not all are given.
    """
    more = (len(names) if number is None else number) - len(names[:most])
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def collapse_repeats(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, at most twenty of a kind in a file; the last of these says how many more.

    Of a kind are those whose words are the same but for what they quote and count.
    """
    ordered = sorted(set(problems))
    number = Counter(map(_kind, ordered))
    said: Counter[tuple[Path, Severity, str]] = Counter()
    kept = []
    for problem in ordered:
        if problem.subject is not None:  # what nobody has seen, nobody could confirm
            kept.append(problem)
            continue
        kind = _kind(problem)
        said[kind] += 1
        more = number[kind] - MOST_OF_A_KIND
        if said[kind] < MOST_OF_A_KIND or (said[kind] == MOST_OF_A_KIND and more <= 0):
            kept.append(problem)
        elif said[kind] == MOST_OF_A_KIND:
            message = f"{problem.message} (and {more} more like this in this file)"
            kept.append(replace(problem, message=message))
    return kept


def told_once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems as they are told; of a kind that can be confirmed, the first for all of many."""
    told = list(problems)
    number = Counter((p.kind, p.severity) for p in told if p.subject is not None)
    said: set[tuple[str, Severity]] = set()
    kept = []
    for problem in told:
        kind = (problem.kind, problem.severity)
        more = number[kind] - 1
        if problem.subject is None or more < MOST_OF_A_KIND:
            kept.append(problem)
        elif kind not in said:
            said.add(kind)
            others = f'and {more} more of this kind; "letters confirm" lists them'
            kept.append(replace(problem, message=f"{problem.message} ({others})"))
    return kept


def _kind(problem: Problem) -> tuple[Path, Severity, str]:
    words = re.sub(r'"[^"]*"|\d+', "…", problem.message)
    return problem.place.path, problem.severity, words
