"""`letters check`: every problem in data and wording; writes nothing."""

from generator.batch.make import check_letters
from generator.batch.prepare import choose_slugs, prepare
from generator.commands.session import Session, letter_report
from generator.loading.schemas import stale_schemas
from generator.problems import errors


def check(session: Session, names: list[str], *, pages: bool) -> int:
    """Find what is wrong with these letters, or with all; with `pages`, also when laid out."""
    prepared = prepare(session.folders)
    slugs = choose_slugs(prepared, names)
    problems = prepared.problems_of_all(slugs)
    if prepared.edition is not None and slugs == prepared.slugs:
        problems = [*problems, *stale_schemas(session.folders.workspace, prepared.edition)]
    session.console.problems(problems)
    results = []
    with session.console.counting(slugs) as counter:
        for result in check_letters(prepared, slugs, pages=pages):
            results.append(result)
            counter.step(result.slug)
            new = [problem for problem in result.problems if problem not in problems]
            session.console.problems(new)
            problems = [*problems, *new]
    number = len(errors(problems))
    warnings = len(problems) - number
    letters = f"{len(slugs)} letter{'' if len(slugs) == 1 else 's'} checked"
    session.console.result(
        f"{letters}: {_counted(number, 'error')}, {_counted(warnings, 'warning')}."
    )
    session.report([letter_report(result) for result in results], problems)
    return session.exit_code(problems, results)


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
