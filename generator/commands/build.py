"""`letters build`: make the letters."""

import os
from os.path import lexists
from pathlib import Path

from generator.batch.make import KINDS, Result, make_letters, output_paths
from generator.batch.prepare import choose_slugs, prepare
from generator.commands.session import Session, letter_report
from generator.console import shown_path
from generator.problems import Place, Problem


def build(session: Session, names: list[str], *, draft: bool) -> int:
    """Make these letters, or all; say what was wrong and what became of each."""
    prepared = prepare(session.folders, draft=draft)
    slugs = choose_slugs(prepared, names)
    problems = prepared.problems_of_all(slugs)
    session.console.problems(problems)
    folder = session.folders.output(draft=draft)
    results: list[Result] = []
    in_the_way = _in_the_way(folder) if slugs else None
    if in_the_way:
        session.console.problems([in_the_way])
        problems = [*problems, in_the_way]
        results = [Result(slug, "failed", in_the_way.message) for slug in slugs]
        slugs = []
    with session.console.counting(slugs) as counter:
        for result in make_letters(prepared, slugs, folder):
            results.append(result)
            counter.step(result.slug)
            problems = _with_new(session, problems, result)
    for line in _not_made(results, folder):
        session.console.progress_line(line)
    session.console.result(_summary(results, shown_path(folder), draft=draft))
    session.report([letter_report(result) for result in results], problems)
    return session.exit_code(problems, results)


def _with_new(session: Session, known: list[Problem], result: Result) -> list[Problem]:
    """The problems known, and those of this result that are new: a shared one is said once."""
    new = [problem for problem in result.problems if problem not in known]
    session.console.problems(new)
    return [*known, *new]


def _in_the_way(folder: Path) -> Problem | None:
    """What keeps every letter from being written: said once, and not once for each letter."""
    for kind in KINDS:
        there = next(place for place in (folder / kind, folder, *folder.parents) if lexists(place))
        if not there.is_dir():
            return Problem(Place(there), "no folder, so no letter can be written; move it away")
        if not os.access(there, os.W_OK | os.X_OK):
            return Problem(Place(there), "no letter can be written: Permission denied")
    return None


def _not_made(results: list[Result], folder: Path) -> list[str]:
    """The letters not made, in two lines at most: why stands in the problems, said before."""
    failed = [result.slug for result in results if result.status == "failed"]
    old = [slug for slug in failed if lexists(output_paths(folder, slug)["pdf"])]
    new = [slug for slug in failed if slug not in old]
    before = "letter made before is" if len(old) == 1 else "letters made before are"
    said = {"see above": new, f"see above; the {before} untouched": old}
    return [
        f"Not made, {why}: {_named(slugs, len(results))}" for why, slugs in said.items() if slugs
    ]


def _named(slugs: list[str], of: int) -> str:
    """The letters by name, unless they are all of many: three hundred names say nothing."""
    return f"all {of} letters" if len(slugs) == of > 3 else ", ".join(slugs)


def _summary(results: list[Result], folder: str, *, draft: bool) -> str:
    written = sum(result.status == "written" for result in results)
    kind = "draft" if draft else "letter"
    made = f"{written} {kind}{'' if written == 1 else 's'} made, in {folder}"
    failed = len(results) - written
    return f"{made}; {failed} not made." if failed else f"{made}."
