"""`letters verify`: what letters prove to be that were built, or issued."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from generator.batch.job import RenderedLetter, jobs_of, names_of, problems_from_exception
from generator.batch.run import NO_LETTER, LetterExecutor, Result
from generator.checks.mentions import NameIndex
from generator.commands.session import Session
from generator.edition.languages import whose
from generator.letter.letter import ComposedLetter, Letter
from generator.lineage.earlier_years import load_as_remembered
from generator.outputs.manifest import (
    Inputs,
    causes,
    manifest_or_warning,
    output_names,
    output_paths,
)
from generator.outputs.remembered import inputs_now
from generator.problems import Place, Problem, counted, errors, reason_of
from generator.processes.cancellation import stop_on_signals
from generator.project.choose_letters import choose_slugs
from generator.project.load_edition import LoadedEdition
from generator.rendering.engine import engine_differences, engine_parts
from generator.verification.output_formats import PDF
from generator.verification.pair_proof import unlike_figures

if TYPE_CHECKING:
    from generator.issuing.readiness import Readiness
    from generator.outputs.made_files import Making


def verify(
    session: Session, names: list[str], executor: LetterExecutor, *, rerender: bool, issued: bool
) -> int:
    """Read the files of these letters, or all, and compare them with the letters made anew.

    With `rerender` each is laid out in full, and not made from another of its shape. Those of the
    output folder, or those that were `issued` last.
    """
    loaded = load_as_remembered(session.folders)
    slugs = choose_slugs(loaded, names)
    found = loaded.problems_of_all(slugs)
    problems = [*errors(found), *session.warnings(found)]
    session.console.problems(problems)
    kept, more = _issued_letters(loaded) if issued else made_letters(loaded)
    without = loaded.without_letter
    due = [slug for slug in slugs if slug not in without]
    sound = [slug for slug in due if not errors(loaded.problems_of(slug))]
    session.console.problems(more)
    problems += more
    others = list(_other_issues(loaded, slugs, sound)) if issued else []
    known = {result.slug for result in others}
    results = [
        Result(slug, "failed", "its data or wording has errors")
        for slug in due
        if slug not in sound and slug not in known
    ]
    results += [Result(slug, NO_LETTER, without[slug]) for slug in slugs if slug in without]
    sound = [slug for slug in sound if slug not in known]
    made_anew = verified(session, loaded, sound, executor, kept, rerender=rerender)
    for result in chain(made_anew, others):
        session.console.problems(p for p in result.problems if p not in problems)
        problems += [p for p in result.problems if p not in problems]
        results.append(result)
    unlike = _unlike_pairs(loaded, sound, kept.paths_of)
    session.console.problems(unlike)
    problems += unlike
    results.sort(key=lambda result: result.slug)
    session.console.result(_summary([each for each in results if each.status != NO_LETTER]))
    session.say_without_letter(loaded, slugs)
    return session.report(sorted(problems), results=results)


@dataclass(frozen=True)
class KeptLetters:
    """Where letters are kept, and what is known of how each was made, by slug."""

    paths_of: Callable[[str], Mapping[str, Path]]
    making: Callable[[str], "Making"]


def verified(
    session: Session,
    loaded: LoadedEdition,
    slugs: Sequence[str],
    executor: LetterExecutor,
    kept: KeptLetters,
    *,
    rerender: bool = False,
) -> Iterator[Result]:
    """What each of these letters proves to be, held against the letter made anew."""
    names = NameIndex(names_of(loaded))
    with stop_on_signals() as stop, session.console.counting() as counter:
        counter.expect(len(slugs))
        jobs = jobs_of(loaded, full_render=rerender)
        for made in executor(map(jobs, slugs), stop):
            letter, slug = loaded.letters[made.slug].letter, made.slug
            yield _verified(made, letter, kept.making(slug), names, kept.paths_of(slug))
            counter.step(slug)
        if stop.requested:
            raise KeyboardInterrupt


def proven(
    session: Session,
    ready: "Readiness",
    slugs: Sequence[str],
    executor: LetterExecutor,
) -> Iterator[Result]:
    """Which of these letters may leave: `proven`, or `failed` and why; those that are not due."""
    loaded, sound = ready.loaded, []
    for slug in slugs:
        if slug in loaded.without_letter:
            yield Result(slug, NO_LETTER, loaded.without_letter[slug])
        elif why := ready.why_not(slug):
            yield Result(slug, "failed", why)
        else:
            sound.append(slug)
    for each in verified(session, loaded, sound, executor, made_letters(loaded)[0]):
        if each.status == "proven":
            yield each
        else:
            said = f"{each.status}: {each.reason}" if each.reason else each.status
            yield Result(each.slug, "failed", said, each.files, each.problems)


def _verified(
    made: RenderedLetter,
    letter: ComposedLetter,
    making: "Making",
    names: NameIndex,
    paths: Mapping[str, Path],
) -> Result:
    """What a letter's files prove to be, given the letter made anew."""
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


def _unlike_pairs(
    loaded: LoadedEdition, slugs: Iterable[str], paths_of: Callable[[str], Mapping[str, Path]]
) -> list[Problem]:
    """How the PDFs of a pair differ in their figures, as they are read back."""
    from generator.external_letters.letter_files import read_recorded  # loads PDFium

    problems = []
    for slug in slugs:
        first = loaded.letters_of(whose(slug))[0]
        if slug == first:
            continue
        paths = [paths_of(each)[PDF.name] for each in (first, slug)]
        letter, other = (read_recorded(path) if path.exists() else None for path in paths)
        if isinstance(letter, Letter) and isinstance(other, Letter):
            found = unlike_figures(letter, other)
            problems += [Problem(Place(paths[1]), each, "unlike pair") for each in found]
    return problems


def made_letters(loaded: LoadedEdition) -> tuple[KeptLetters, list[Problem]]:
    """Where the letters are that were built, and what the manifest says of how each was made."""
    folder = loaded.folders.output()
    then = "letters are only compared with what their data give now"
    manifest, problems = manifest_or_warning(folder, then)
    known = _how_made(loaded)

    def making(slug: str) -> "Making":
        entry = manifest.letters.get(slug) if manifest else None
        names = output_names(slug)
        files = entry.files if entry else {}
        sums = {kind: files[name].sha256 for kind, name in names.items() if name in files}
        return known(slug, sums, entry.inputs if entry else {}, manifest.engine if manifest else {})

    return KeptLetters(lambda slug: output_paths(folder, slug), making), problems


def _issued_letters(loaded: LoadedEdition) -> tuple[KeptLetters, list[Problem]]:
    """Where the letters are that were issued last, and what the register says of each."""
    from generator.issuing.issued_letters import strange_in_register
    from generator.issuing.register import issued_paths, read_register

    register = read_register(loaded.folders)
    known = _how_made(loaded)

    def paths_of(slug: str) -> Mapping[str, Path]:
        issue = register.last(slug)
        none = {PDF.name: loaded.folders.issued / slug / "1" / PDF.file_name(slug)}
        return issued_paths(loaded.folders, issue) if issue else none

    def making(slug: str) -> "Making":
        issue = register.last(slug)
        if issue is None:
            return known(slug, {}, {}, {})
        paths = issued_paths(loaded.folders, issue)
        sums = {k: issue.files[path.name] for k, path in paths.items() if path.name in issue.files}
        return known(slug, sums, issue.inputs, issue.engine)

    strange = strange_in_register(loaded.folders, register)
    return KeptLetters(paths_of, making), [*register.problems, *strange]


def _other_issues(
    loaded: LoadedEdition, slugs: Sequence[str], sound: Sequence[str]
) -> Iterator[Result]:
    """What all other issues prove to be, those that no letter made anew can be held against.

    They were superseded, their authority has another name now, or their data have errors.
    """
    from generator.issuing.issued_letters import last_issues, read_issued
    from generator.issuing.register import issued_paths, read_register

    register = read_register(loaded.folders)
    last = {
        (issue.slug, issue.number): slug
        for slug, issue in last_issues(register, loaded, loaded.folders).items()
    }
    for slug, issues in register.by_letter.items():
        for issue in issues:
            now = last.get((slug, issue.number), f"{slug}/{issue.number}")
            if now == slug in sound or (slugs != loaded.slugs and not {slug, now} & {*slugs}):
                continue
            if now == slug:
                reason = "not re-made (its data or wording has errors, or it gets no letter now)"
            elif "/" not in now:
                reason = f"not re-made (issued as {slug})"
            else:
                reason = "superseded"
            _, problems = read_issued(loaded.folders, issue)
            files = tuple(issued_paths(loaded.folders, issue).values())
            if problems:
                yield Result(now, "damaged", reason_of(problems), files, problems)
            else:
                yield Result(now, "intact", reason, files)


def _how_made(
    loaded: LoadedEdition,
) -> Callable[[str, Mapping[str, str], Inputs, Mapping[str, str]], "Making"]:
    """What is known of a letter's making, from its sums, its inputs then, and the engine then."""
    from generator.outputs.made_files import Making

    here = engine_parts()
    inputs = inputs_now(loaded, here)

    def known(
        slug: str, sums: Mapping[str, str], then: Inputs, engine_then: Mapping[str, str]
    ) -> Making:
        if not then:
            return Making(sums)
        moved = [c for c in causes(then, inputs[slug]) if c != "engine changed"]
        engine = engine_differences(engine_then, here)
        if not engine and then.get("engine") != inputs[slug]["engine"]:
            engine = f"other versions then; now WeasyPrint {here['weasyprint']}"
        return Making(sums, moved, engine)

    return known


def _summary(results: list[Result]) -> str:
    """How many letters are what; those that are intact with why they are no more than that."""
    counts: dict[str, int] = {"proven": 0}
    for result in results:
        said = f"intact, {result.reason}" if result.status == "intact" else result.status
        counts[said] = counts.get(said, 0) + 1
    others = [f"{number} {said}" for said, number in counts.items() if said != "proven"]
    return "; ".join([f"{counted(counts['proven'], 'letter')} proven", *others]) + "."
