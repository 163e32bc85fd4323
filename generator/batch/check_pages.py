"""Check letters: each rendered, nothing written; what only a rendering shows comes to light."""

from collections.abc import Callable, Iterable, Iterator

from generator.batch.job import Job
from generator.batch.letter_renderer import problems_from_exception, renderer_for
from generator.batch.run import LetterExecutor, Result
from generator.problems import Place, errors, reason_of
from generator.processes.cancellation import Cancellation
from generator.processes.gc_disabled import gc_disabled
from generator.project.load_edition import LoadedEdition


def check_words(
    loaded: LoadedEdition, slugs: Iterable[str], stop: Cancellation
) -> Iterator[Result]:
    """Render these letters as pages to read on screen."""
    press = renderer_for(loaded)
    for slug in slugs:
        if stop.asked:
            return
        wrong = errors(loaded.problems_of(slug))
        problems = []
        if press is not None and slug in loaded.letters:
            letter = loaded.letters[slug].letter
            try:
                with gc_disabled():
                    press.html(letter)
            except Exception as error:  # one bad letter never stops the rest
                problems = problems_from_exception(error, letter, Place(loaded.data.files[slug]))
        if problems or wrong:
            yield Result(slug, "failed", reason_of(problems or wrong), problems=problems)
        else:
            yield Result(slug, "checked")


def check_pages(
    loaded: LoadedEdition,
    slugs: Iterable[str],
    jobs: Callable[[str], Job],
    crew: LetterExecutor,
    stop: Cancellation,
) -> Iterator[Result]:
    """Render these letters in all forms, by workers, as they are when they are built."""
    sound = []
    for slug in slugs:
        wrong = errors(loaded.problems_of(slug))
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
