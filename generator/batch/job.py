"""The job: one letter rendered in all formats, by any process anywhere, from what it is given."""

import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from generator.batch.letter_renderer import LetterRenderer, problems_from_exception, renderer_for
from generator.letter.letter import ComposedLetter
from generator.outputs.fingerprint import digest
from generator.problems import Place, Problem
from generator.project.load_edition import LoadedEdition
from generator.rendering.engine import engine_parts
from generator.verification.output_formats import PDF, OutputFormat, output_formats


@dataclass(frozen=True)
class Job:
    """A letter to make, with all that is needed to make it but the package and its typeface."""

    letter: ComposedLetter
    place: Place
    """Its authority's file, where problems with it are shown."""
    renderer: bytes
    """The press, pickled: the same for all letters of a run, so it is opened once."""
    engine: str
    """The digest of the engine that the run reckons with."""
    formats: tuple[OutputFormat, ...]
    """What is to be made of it, the PDF among them: a worker may know no others than our own."""


@dataclass(frozen=True)
class RenderedLetter:
    """What came of a job: the contents of the files by format, or the problems that forbid them."""

    slug: str
    contents: Mapping[str, bytes] = field(default_factory=dict)
    pages: int = 0
    problems: tuple[Problem, ...] = ()


def jobs_of(loaded: LoadedEdition, names: Iterable[str] | None = None) -> Callable[[str], Job]:
    """Gives the job of each letter, by slug, that is composed and has no error.

    `names` are those of all authorities, where only some of the letters are prepared.
    """
    press = renderer_for(loaded, names)
    packed = pickle.dumps(press, protocol=pickle.HIGHEST_PROTOCOL)
    engine = digest(dict(engine_parts()))

    def job(slug: str) -> Job:
        place = Place(loaded.data.files[slug])
        return Job(loaded.letters[slug].letter, place, packed, engine, output_formats())

    return job


def make(job: Job) -> RenderedLetter:
    """Render a letter and read its PDF back. Why it cannot be made is its result.

    Raises `MemoryError`, after which a process had better end.
    """
    try:
        return _make(job)
    except MemoryError:
        raise
    except Exception as error:  # one bad letter never stops the rest
        return RenderedLetter(
            job.letter.slug, problems=tuple(problems_from_exception(error, job.letter, job.place))
        )


def _make(job: Job) -> RenderedLetter:
    slug = job.letter.slug
    here = digest(dict(engine_parts()))
    if here != job.engine:
        return RenderedLetter(slug, problems=(Problem(job.place, _other_engine(), PDF.name),))
    press = _unpacked(job.renderer)
    contents = {each.name: b"" for each in job.formats}
    for each in job.formats:  # the PDF last: what is wrong with the template a page tells best
        if each.render is not None:
            contents[each.name] = press.render(each, job.letter)
    contents[PDF.name], pages = press.print(job.letter)
    return RenderedLetter(slug, contents, pages)


@lru_cache(maxsize=1)
def _unpacked(press: bytes) -> LetterRenderer:
    # Only what `jobs_of` made comes here: jobs come from our own process, or from a scheduler that
    # could run any code in its workers anyway.
    opened = pickle.loads(press)
    assert isinstance(opened, LetterRenderer)
    return opened


def _other_engine() -> str:
    parts = ", ".join(f"{name} {version or 'missing'}" for name, version in engine_parts().items())
    return f"a worker has other versions than the machine that asks for the letter: {parts}"
