"""`letters build`: make the letters."""

from generator.batch.make import Result, make_letters
from generator.batch.prepare import choose_slugs, prepare
from generator.commands.session import Session, letter_report
from generator.console import shown_path
from generator.problems import Problem


def build(session: Session, names: list[str], *, draft: bool) -> int:
    """Make these letters, or all; say what was wrong and what became of each."""
    prepared = prepare(session.folders, draft=draft)
    slugs = choose_slugs(prepared, names)
    problems = prepared.problems_of_all(slugs)
    session.console.problems(problems)
    folder = session.folders.output(draft=draft)
    results: list[Result] = []
    with session.console.counting(slugs) as counter:
        for result in make_letters(prepared, slugs, folder):
            results.append(result)
            counter.step(result.slug)
            problems = _with_new(session, problems, result)
    for result in results:
        if result.status == "failed":
            session.console.progress_line(f"Not made: {result.slug} ({result.reason})")
    session.console.result(_summary(results, shown_path(folder), draft=draft))
    session.report([letter_report(result) for result in results], problems)
    return session.exit_code(problems, results)


def _with_new(session: Session, known: list[Problem], result: Result) -> list[Problem]:
    """The problems known, and those of this result that are new: a shared one is said once."""
    new = [problem for problem in result.problems if problem not in known]
    session.console.problems(new)
    return [*known, *new]


def _summary(results: list[Result], folder: str, *, draft: bool) -> str:
    written = sum(result.status == "written" for result in results)
    kind = "draft" if draft else "letter"
    made = f"{written} {kind}{'' if written == 1 else 's'} made, in {folder}"
    failed = len(results) - written
    return f"{made}; {failed} not made." if failed else f"{made}."
