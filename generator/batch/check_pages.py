"""Check letters: each rendered, nothing written; what only a rendering shows comes to light."""

from collections.abc import Callable, Iterable, Iterator

from generator.batch.job import Job
from generator.batch.letter_renderer import press_of, why_not
from generator.batch.run import Crew, Result
from generator.problems import Place, errors, reason_of
from generator.processes.cancellation import Stop
from generator.processes.gc_disabled import collector_paused
from generator.project.load_edition import Prepared


def check_words(prepared: Prepared, slugs: Iterable[str], stop: Stop) -> Iterator[Result]:
    """Render these letters as pages to read on screen."""
    press = press_of(prepared)
    for slug in slugs:
        if stop.asked:
            return
        wrong = errors(prepared.problems_of(slug))
        problems = []
        if press is not None and slug in prepared.letters:
            letter = prepared.letters[slug].letter
            try:
                with collector_paused():
                    press.html(letter)
            except Exception as error:  # one bad letter never stops the rest
                problems = why_not(error, letter, Place(prepared.data.files[slug]))
        if problems or wrong:
            yield Result(slug, "failed", reason_of(problems or wrong), problems=problems)
        else:
            yield Result(slug, "checked")


def check_pages(
    prepared: Prepared, slugs: Iterable[str], jobs: Callable[[str], Job], crew: Crew, stop: Stop
) -> Iterator[Result]:
    """Render these letters in all forms, by workers, as they are when they are built."""
    sound = []
    for slug in slugs:
        wrong = errors(prepared.problems_of(slug))
        if wrong:
            yield Result(slug, "failed", reason_of(wrong))
        else:
            sound.append(slug)
    for made in crew(map(jobs, sound), stop):
        problems = list(made.problems)
        if problems:
            yield Result(made.slug, "failed", reason_of(problems), problems=problems)
        else:
            yield Result(made.slug, "checked")
