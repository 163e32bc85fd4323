"""`letters check`: every problem in data and wording; writes nothing."""

from typing import Any

from generator.batch.build_letters import check_pages, check_words
from generator.batch.job import jobs_of
from generator.batch.run import LetterExecutor
from generator.checks.figures_checks import ColumnTotal, sums_over
from generator.commands.session import Session, letter_report
from generator.messages import counted
from generator.problems import errors
from generator.processes.cancellation import stop_on_signals
from generator.project.load_edition import choose_slugs, load_edition


def check(
    session: Session, names: list[str], executor: LetterExecutor | None, *, sums: bool = False
) -> int:
    """Find what is wrong with these letters, or with all; by an executor, also when laid out.

    Of all letters also what their figures say together; with `sums`, what they add up to.
    """
    loaded = load_edition(session.folders)
    slugs = choose_slugs(loaded, names)
    problems = loaded.problems_of_all(slugs)
    together: list[ColumnTotal] = []
    if loaded.edition is not None and slugs == loaded.slugs:
        together = sums_over(loaded.edition, loaded.data.authorities.values())
    session.console.problems(problems)
    results = []
    with stop_on_signals() as stop, session.console.counting() as counter:
        counter.expect(len(slugs))
        for result in (
            check_pages(loaded, slugs, jobs_of(loaded), executor, stop)
            if executor
            else check_words(loaded, slugs, stop)
        ):
            results.append(result)
            counter.step(result.slug)
            new = [problem for problem in result.problems if problem not in problems]
            session.console.problems(new)
            problems = [*problems, *new]
        if stop.requested:
            raise KeyboardInterrupt
    if sums and together:
        of = len(loaded.data.authorities)
        session.console.table(("FIGURE", "SUM", "PUBLISHED", "NOT IN IT"), _rows(together, of))
    number = len(errors(problems))
    warnings = len(problems) - number
    letters = f"{counted(len(slugs), 'letter')} checked"
    session.console.result(
        f"{letters}: {_counted(number, 'error')}, {_counted(warnings, 'warning')}."
    )
    results.sort(key=lambda result: result.slug)
    session.report(
        [letter_report(result) for result in results],
        sorted(problems),
        sums=[_as_data(whole) for whole in together],
    )
    return session.exit_code(problems, results)


def _rows(together: list[ColumnTotal], letters: int) -> list[tuple[str, str, str, str]]:
    """A line for each column: over all letters, as published, and how many letters lack it."""
    return [
        (
            _name(whole),
            whole.column.state(whole.value),
            "-" if whole.stated is None else str(whole.stated),
            "-" if not whole.missing else f"{whole.missing} of {letters} letters",
        )
        for whole in together
    ]


def _name(whole: ColumnTotal) -> str:
    return f"{whole.column.group}.{whole.column.id}"


def _as_data(whole: ColumnTotal) -> dict[str, Any]:
    return {
        "figure": _name(whole),
        "sum": whole.value,
        "published": whole.stated,
        "missing": whole.missing,
    }


def _counted(number: int, noun: str) -> str:
    return counted(number, noun) if number else f"no {noun}s"
