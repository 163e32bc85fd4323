"""`letters verify`: read the made PDFs back and prove them."""

from pathlib import Path

from generator.batch.job import Made, jobs_of
from generator.batch.outputs import output_paths
from generator.batch.prepare import choose_slugs, prepare
from generator.batch.press import why_not
from generator.batch.run import Crew, Result
from generator.batch.stop import stop_on_signals
from generator.commands.session import Session, letter_report
from generator.composing.letter import Letter
from generator.problems import Place, Problem, errors, reason_of
from generator.verifying.names import Names


def verify(session: Session, names: list[str], crew: Crew) -> int:
    """Prove these letters, or all; say of each that is not proven what is wrong with it."""
    prepared = prepare(session.folders)
    slugs = choose_slugs(prepared, names)
    found = prepared.problems_of_all(slugs)
    problems = [*errors(found), *session.warnings(found)]
    session.console.problems(problems)
    folder = session.folders.output()
    sound = [slug for slug in slugs if not errors(prepared.problems_of(slug))]
    others = Names(composed.letter.authority for composed in prepared.letters.values())
    results = [
        Result(slug, "failed", "its data or wording have errors")
        for slug in slugs
        if slug not in sound
    ]
    with stop_on_signals() as stop, session.console.counting() as counter:
        counter.expect(len(sound))
        for made in crew(map(jobs_of(prepared), sound), stop):
            path = output_paths(folder, made.slug)["pdf"]
            result = _verdict(made, prepared.letters[made.slug].letter, path, others)
            session.console.problems(p for p in result.problems if p not in problems)
            problems += [p for p in result.problems if p not in problems]
            results.append(result)
            counter.step(made.slug)
        if stop.asked:
            raise KeyboardInterrupt
    results.sort(key=lambda result: result.slug)
    session.console.result(_summary(results))
    session.report([letter_report(result) for result in results], sorted(problems))
    return session.exit_code(problems, results)


def _verdict(made: Made, letter: Letter, path: Path, others: Names) -> Result:
    """What one file proves to be, given the letter printed anew."""
    if made.problems:
        problems = list(made.problems)
        return Result(made.slug, "failed", reason_of(problems), (path,), problems)
    from generator.verifying.verify import verify as verify_letter  # loads PDFium

    try:
        verdict = verify_letter(path, letter, others, made.contents["pdf"])
    except Exception as error:  # one bad file never stops the rest
        problems = why_not(error, letter, Place(path))
        return Result(made.slug, "failed", reason_of(problems), (path,), problems)
    problems = [Problem(Place(path), reason, verdict.status) for reason in verdict.reasons]
    files = () if verdict.status == "missing" else (path,)
    return Result(made.slug, verdict.status, "; ".join(verdict.reasons), files, problems)


def _summary(results: list[Result]) -> str:
    counts: dict[str, int] = {"proven": 0}
    for result in results:
        counts[result.status] = counts.get(result.status, 0) + 1
    letters = "letter" if counts["proven"] == 1 else "letters"
    others = [f"{number} {status}" for status, number in counts.items() if status != "proven"]
    return "; ".join([f"{counts['proven']} {letters} proven", *others]) + "."
