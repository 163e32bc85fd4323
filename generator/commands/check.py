"""`letters check`: every problem in data and wording; writes nothing."""

from generator.batch.check import check_pages, check_words
from generator.batch.job import jobs_of
from generator.batch.prepare import choose_slugs, prepare
from generator.batch.run import Crew
from generator.batch.stop import stop_on_signals
from generator.commands.session import Session, letter_report
from generator.loading.predecessors import unknown_predecessors
from generator.loading.schemas import stale_schemas
from generator.problems import errors
from generator.starting.carried_over import still_to_confirm


def check(session: Session, names: list[str], crew: Crew | None) -> int:
    """Find what is wrong with these letters, or with all; by a crew, also when laid out."""
    prepared = prepare(session.folders)
    slugs = choose_slugs(prepared, names)
    problems = prepared.problems_of_all(slugs)
    chosen = [prepared.data.authorities[s] for s in slugs if s in prepared.data.authorities]
    folders = session.folders
    problems = [*problems, *unknown_predecessors(chosen, folders.workspace, folders.year)]
    if prepared.edition is not None and slugs == prepared.slugs:
        problems = [
            *problems,
            *stale_schemas(session.folders.workspace, prepared.edition),
            *still_to_confirm(session.folders),
        ]
    session.console.problems(problems)
    results = []
    with stop_on_signals() as stop, session.console.counting() as counter:
        counter.expect(len(slugs))
        for result in (
            check_pages(prepared, slugs, jobs_of(prepared), crew, stop)
            if crew
            else check_words(prepared, slugs, stop)
        ):
            results.append(result)
            counter.step(result.slug)
            new = [problem for problem in result.problems if problem not in problems]
            session.console.problems(new)
            problems = [*problems, *new]
        if stop.asked:
            raise KeyboardInterrupt
    number = len(errors(problems))
    warnings = len(problems) - number
    letters = f"{len(slugs)} letter{'' if len(slugs) == 1 else 's'} checked"
    session.console.result(
        f"{letters}: {_counted(number, 'error')}, {_counted(warnings, 'warning')}."
    )
    results.sort(key=lambda result: result.slug)
    session.report([letter_report(result) for result in results], sorted(problems))
    return session.exit_code(problems, results)


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
