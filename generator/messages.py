"""How things are put to people: nouns with numbers, lists, a hundred like mistakes as twenty."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from generator.problems import Problem, Severity

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
