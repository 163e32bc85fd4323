"""`letters check`: what is wrong with letters as they stand."""

from typing import Any

from generator.batch.build_letters import check_pages, check_words
from generator.batch.job import jobs_of
from generator.batch.run import LetterExecutor
from generator.checks.figures_checks import ColumnTotal, sums_over
from generator.commands.session import Session
from generator.edition.figure_kind import as_data
from generator.issuing.tracked import tracked_files
from generator.lineage.earlier_years import load_as_remembered
from generator.problems import counted, errors
from generator.processes.cancellation import stop_on_signals
from generator.project.choose_letters import choose_slugs


def check(
    session: Session, names: list[str], executor: LetterExecutor | None, *, sums: bool
) -> int:
    """Look through these letters, or all; as PDF, too, where an `executor` lays them out."""
    loaded = load_as_remembered(session.folders)
    slugs = choose_slugs(loaded, names)
    problems = [*loaded.problems_of_all(slugs), *tracked_files(session.folders.workspace)]
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
        session.console.table(("FIGURE", "SUM", "PUBLISHED", "MISSING FROM"), _rows(together, of))
    number = len(errors(problems))
    warnings = len(problems) - number
    of = sum(slug not in loaded.without_letter for slug in slugs)
    letters = f"{counted(of, 'letter')} checked"
    session.console.result(
        f"{letters}: {_counted(number, 'error')}, {_counted(warnings, 'warning')}."
    )
    session.say_without_letter(loaded, slugs)
    results.sort(key=lambda result: result.slug)
    sums_ = [_as_data(whole) for whole in together]
    return session.report(sorted(problems), results=results, sums=sums_)


def _rows(together: list[ColumnTotal], letters: int) -> list[tuple[str, str, str, str]]:
    """A line for each column: over all letters, as published, and how many letters lack it."""
    return [
        (
            _name(whole),
            "-" if _is_no_sum(whole) else whole.column.state(whole.value),
            "-" if whole.stated is None else str(whole.stated),
            "-" if not whole.missing else f"{whole.missing} of {letters} letters",
        )
        for whole in together
    ]


def _is_no_sum(whole: ColumnTotal) -> bool:
    return whole.value is None and not whole.column.kind.is_rate


def _name(whole: ColumnTotal) -> str:
    return f"{whole.column.group}.{whole.column.id}"


def _as_data(whole: ColumnTotal) -> dict[str, Any]:
    return {
        "figure": _name(whole),
        "sum": as_data(whole.value),
        "published": whole.stated,
        "missing": whole.missing,
    }


def _counted(number: int, noun: str) -> str:
    return counted(number, noun) if number else f"no {noun}s"
