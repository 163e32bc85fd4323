"""`letters verify`: read the made PDFs back and prove them."""

from generator.batch.make import Result, output_paths
from generator.batch.prepare import choose_slugs, prepare
from generator.commands.session import Session, letter_report
from generator.problems import Place, Problem, errors


def verify(session: Session, names: list[str]) -> int:
    """Prove these letters, or all; say of each that is not proven what is wrong with it."""
    from generator.verifying.verify import verify as verify_letter  # loads PDFium

    prepared = prepare(session.folders)
    slugs = choose_slugs(prepared, names)
    problems = errors(prepared.problems_of_all(slugs))
    session.console.problems(problems)
    folder = session.folders.output()
    known = tuple(composed.letter.authority for composed in prepared.letters.values())
    results = []
    with session.console.counting(slugs) as counter:
        for slug in slugs:
            path = output_paths(folder, slug)["pdf"]
            if slug not in prepared.letters or errors(prepared.problems_of(slug)):
                results.append(Result(slug, "failed", "its data or wording have errors"))
            else:
                verdict = verify_letter(path, prepared.letters[slug].letter, known)
                found = [Problem(Place(path), reason, verdict.status) for reason in verdict.reasons]
                session.console.problems(found)
                problems += found
                files = () if verdict.status == "missing" else (path,)
                reason = "; ".join(verdict.reasons)
                results.append(Result(slug, verdict.status, reason, files))
            counter.step(slug)
    session.console.result(_summary(results))
    session.report([letter_report(result) for result in results], problems)
    return session.exit_code(problems)


def _summary(results: list[Result]) -> str:
    counts: dict[str, int] = {"proven": 0}
    for result in results:
        counts[result.status] = counts.get(result.status, 0) + 1
    letters = "letter" if counts["proven"] == 1 else "letters"
    others = [f"{number} {status}" for status, number in counts.items() if status != "proven"]
    return "; ".join([f"{counts['proven']} {letters} proven", *others]) + "."
