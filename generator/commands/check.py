"""`letters check` and `verify`: what is wrong with letters as they stand, in data or as made."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.batch.build_letters import check_pages, check_words
from generator.batch.job import RenderedLetter, jobs_of, names_of, problems_from_exception
from generator.batch.run import NO_LETTER, LetterExecutor, Result
from generator.checks.figures_checks import ColumnTotal, sums_over
from generator.checks.mentions import NameIndex
from generator.commands.session import Session
from generator.edition.figure_kind import as_data
from generator.edition.languages import whose
from generator.letter.letter import ComposedLetter, Letter
from generator.lineage.earlier_years import load_edition
from generator.outputs.manifest import causes, manifest_or_warning, output_names, output_paths
from generator.outputs.plan import inputs_now
from generator.problems import Place, Problem, counted, errors, reason_of
from generator.processes.cancellation import stop_on_signals
from generator.project.choose_letters import choose_slugs
from generator.project.load_edition import LoadedEdition
from generator.rendering.engine import engine_differences, engine_parts
from generator.verification.output_formats import PDF
from generator.verification.pair_proof import unlike_figures

if TYPE_CHECKING:
    from generator.outputs.made_files import Making


def check(
    session: Session, names: list[str], executor: LetterExecutor | None, *, sums: bool
) -> int:
    """Look through these letters, or all; as PDF, too, where an `executor` lays them out."""
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


def verify(session: Session, names: list[str], executor: LetterExecutor, *, rerender: bool) -> int:
    """Read the files of these letters, or all, and compare them with the letters made anew.

    With `rerender` each is laid out in full, and not made from another of its shape.
    """
    loaded = load_edition(session.folders)
    slugs = choose_slugs(loaded, names)
    found = loaded.problems_of_all(slugs)
    problems = [*errors(found), *session.warnings(found)]
    session.console.problems(problems)
    folder = session.folders.output()
    without = loaded.without_letter
    due = [slug for slug in slugs if slug not in without]
    sound = [slug for slug in due if not errors(loaded.problems_of(slug))]
    others = NameIndex(names_of(loaded))
    making, more = _makings(loaded, folder)
    session.console.problems(more)
    problems += more
    results = [
        Result(slug, "failed", "its data or wording have errors")
        for slug in due
        if slug not in sound
    ]
    results += [Result(slug, NO_LETTER, without[slug]) for slug in slugs if slug in without]
    with stop_on_signals() as stop, session.console.counting() as counter:
        counter.expect(len(sound))
        jobs = jobs_of(loaded, full_render=rerender)
        for made in executor(map(jobs, sound), stop):
            letter = loaded.letters[made.slug].letter
            result = _verified(made, letter, making(made.slug), others, folder)
            session.console.problems(p for p in result.problems if p not in problems)
            problems += [p for p in result.problems if p not in problems]
            results.append(result)
            counter.step(made.slug)
        if stop.requested:
            raise KeyboardInterrupt
    unlike = _unlike_pairs(loaded, sound, folder)
    session.console.problems(unlike)
    problems += unlike
    results.sort(key=lambda result: result.slug)
    session.console.result(_summary([each for each in results if each.status != NO_LETTER]))
    session.say_without_letter(loaded, slugs)
    return session.report(sorted(problems), results=results)


def _verified(
    made: RenderedLetter, letter: ComposedLetter, making: "Making", names: NameIndex, folder: Path
) -> Result:
    """What a letter's files prove to be, given the letter made anew."""
    paths = output_paths(folder, made.slug)
    if made.problems:
        problems = list(made.problems)
        return Result(made.slug, "failed", reason_of(problems), tuple(paths.values()), problems)
    from generator.outputs.made_files import STATUSES, verify  # loads PDFium

    try:
        verdicts = verify(paths, letter, names, made.contents, making)
    except Exception as error:  # one bad file never stops the rest
        problems = problems_from_exception(error, letter, Place(paths[PDF.name]))
        return Result(made.slug, "failed", reason_of(problems), tuple(paths.values()), problems)
    wrong = [v for v in verdicts if v.status not in {"proven", "intact"}]
    problems = [Problem(Place(paths[v.kind]), v.reason, v.status) for v in wrong]
    status = min((v.status for v in verdicts), key=STATUSES.index)
    reasons = dict.fromkeys(v.reason for v in verdicts if v.reason)
    files = tuple(path for path in paths.values() if path.exists())
    return Result(made.slug, status, "; ".join(reasons), files, problems)


def _unlike_pairs(loaded: LoadedEdition, slugs: Iterable[str], folder: Path) -> list[Problem]:
    """How the PDFs of a pair differ in their figures, as they are read back."""
    from generator.external_letters.letter_files import read_recorded  # loads PDFium

    problems = []
    for slug in slugs:
        first = loaded.letters_of(whose(slug))[0]
        if slug == first:
            continue
        paths = [output_paths(folder, each)[PDF.name] for each in (first, slug)]
        letter, other = (read_recorded(path) if path.exists() else None for path in paths)
        if isinstance(letter, Letter) and isinstance(other, Letter):
            found = unlike_figures(letter, other)
            problems += [Problem(Place(paths[1]), each, "unlike pair") for each in found]
    return problems


def _makings(
    loaded: LoadedEdition, folder: Path
) -> tuple[Callable[[str], "Making"], list[Problem]]:
    """What the manifest says of how each letter, by slug, was made."""
    from generator.outputs.made_files import Making

    then = "each letter is only compared with what is made of its data now"
    manifest, problems = manifest_or_warning(folder, then)
    here = engine_parts()
    inputs = inputs_now(loaded, here)

    def making(slug: str) -> "Making":
        entry = manifest.letters.get(slug) if manifest else None
        if manifest is None or entry is None:
            return Making({})
        names = output_names(slug)
        sums = {kind: entry.files[n].sha256 for kind, n in names.items() if n in entry.files}
        moved = [c for c in causes(entry.inputs, inputs[slug]) if c != "engine changed"]
        engine = engine_differences(manifest.engine, here)
        if not engine and entry.inputs.get("engine") != inputs[slug]["engine"]:
            engine = f"other versions then, WeasyPrint {here['weasyprint']} now"
        return Making(sums, moved, engine)

    return making, problems


def _summary(results: list[Result]) -> str:
    """How many letters are what; those that are intact with why they are no more than that."""
    counts: dict[str, int] = {"proven": 0}
    for result in results:
        said = f"intact, {result.reason}" if result.status == "intact" else result.status
        counts[said] = counts.get(said, 0) + 1
    others = [f"{number} {said}" for said, number in counts.items() if said != "proven"]
    return "; ".join([f"{counted(counts['proven'], 'letter')} proven", *others]) + "."
