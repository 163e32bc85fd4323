"""`letters verify`: read the made PDFs back and prove them."""

from pathlib import Path

from generator.batch.make import Result, output_paths
from generator.batch.prepare import choose_slugs, prepare
from generator.batch.press import Press, press_of, why_not
from generator.commands.session import Session, letter_report
from generator.composing.letter import Letter
from generator.problems import Place, Problem, errors


def verify(session: Session, names: list[str]) -> int:
    """Prove these letters, or all; say of each that is not proven what is wrong with it."""
    prepared = prepare(session.folders)
    slugs = choose_slugs(prepared, names)
    problems = errors(prepared.problems_of_all(slugs))
    session.console.problems(problems)
    folder = session.folders.output()
    press = press_of(prepared)
    results = []
    with session.console.counting(slugs) as counter:
        for slug in slugs:
            path = output_paths(folder, slug)["pdf"]
            if press is None or slug not in prepared.letters or errors(prepared.problems_of(slug)):
                results.append(Result(slug, "failed", "its data or wording have errors"))
            else:
                results.append(_verify_one(path, prepared.letters[slug].letter, press))
                session.console.problems(results[-1].problems)
                problems += results[-1].problems
            counter.step(slug)
    session.console.result(_summary(results))
    session.report([letter_report(result) for result in results], problems)
    return session.exit_code(problems)


def _verify_one(path: Path, letter: Letter, press: Press) -> Result:
    from generator.verifying.verify import verify as verify_letter  # loads PDFium

    try:
        verdict = verify_letter(path, letter, press.names, lambda: press.pdf(letter))
    except Exception as error:  # one bad file never stops the rest
        problems = why_not(error, letter, Place(path))
        return Result(letter.slug, "failed", problems[0].message, (path,), problems)
    problems = [Problem(Place(path), reason, verdict.status) for reason in verdict.reasons]
    files = () if verdict.status == "missing" else (path,)
    return Result(letter.slug, verdict.status, "; ".join(verdict.reasons), files, problems)


def _summary(results: list[Result]) -> str:
    counts: dict[str, int] = {"proven": 0}
    for result in results:
        counts[result.status] = counts.get(result.status, 0) + 1
    letters = "letter" if counts["proven"] == 1 else "letters"
    others = [f"{number} {status}" for status, number in counts.items() if status != "proven"]
    return "; ".join([f"{counts['proven']} {letters} proven", *others]) + "."
