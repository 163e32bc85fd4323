"""The job: one letter rendered in all formats, by any process anywhere, from what it is given."""

import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from generator.checks.mentions import NameIndex, Names
from generator.checks.pdf_checks import breaches, can_validate
from generator.checks.registry import PdfContext, check_pdf
from generator.letter.figures_in_letters import typeset
from generator.letter.letter import ComposedLetter
from generator.outputs.manifest import digest, template_digest
from generator.problems import Place, Problem
from generator.project.load_edition import LoadedEdition
from generator.rendering.engine import engine_parts
from generator.rendering.failures import (
    EngineError,
    LetterTemplateError,
    ProofError,
    StylesError,
)
from generator.rendering.html import FilledLetter, render_for_print
from generator.rendering.inert_markup import LivePart
from generator.rendering.letter_template import LetterTemplate
from generator.rendering.record import RECORD_FILE, attached_files
from generator.verification.output_formats import HTML, PDF, TEXT, OutputFormat, output_formats
from generator.verification.read_back import SeenText

if TYPE_CHECKING:
    from generator.rendering.pdf.pdf_engine import PdfEngine


_ONE_AT_A_TIME = Lock()
"""One letter at a time in a process: what the engine warns of must be this letter's."""


_MOST_SEEN = 20_000
"""So many texts that were seen are kept, of some hundred bytes each."""


class PrintedLetter(NamedTuple):
    """A PDF that was read back and proven."""

    content: bytes
    pages: int
    conformance: str | None
    """The digest of what its conformance was proven for; None where no validator is installed."""
    why_in_full: str = ""
    """Why its pages were laid out in full; blank where others of the shape served."""


class LetterRenderer:
    """Renders the letters of one edition; the engine is started once, when first needed."""

    def __init__(
        self,
        letter_template: LetterTemplate,
        names: Names = (),
        conforming: Iterable[str] = (),
        *,
        full_render: bool = False,
    ) -> None:
        """With the names of all authorities, so that none stands in another's letter.

        What is `conforming` was validated before, and is not validated again. With `full_render`
        no letter's pages are made from those of another.
        """
        self._template = letter_template
        self._names = tuple(names)
        self._conforming = set(conforming)
        self._full_render = full_render
        self._seen: set[SeenText] = set()

    @cached_property
    def names(self) -> NameIndex:
        """The names of all authorities, filed to be found quickly."""
        return NameIndex(self._names)

    @cached_property
    def _engine(self) -> "PdfEngine":
        from generator.rendering.pdf.pdf_engine import (
            PdfEngine,
        )  # here: it takes longer than all the others

        return PdfEngine(self._template.styles, self._template.typeface)

    def fill(self, letter: ComposedLetter) -> FilledLetter:
        """The letter in the template, for all that is rendered of it."""
        return FilledLetter(letter, self._template)

    def render(self, output_format: OutputFormat, filled: FilledLetter) -> bytes:
        """The file of a format. Raises `LetterTemplateError`, and for the PDF what `pdf` does."""
        if output_format.render is None:
            return self.print(filled).content
        return output_format.render(filled)

    def html(self, letter: ComposedLetter) -> bytes:
        """The page to read on screen. Raises `LetterTemplateError`."""
        return self.render(HTML, self.fill(letter))

    def text(self, letter: ComposedLetter) -> bytes:
        """The plain text."""
        return self.render(TEXT, self.fill(letter))

    def pdf(self, letter: ComposedLetter) -> bytes:
        """The PDF, read back and proven.

        Raises `LetterTemplateError`, `EngineError`, and `ProofError` where it reads back wrong.
        """
        return self.print(self.fill(letter)).content

    def print(self, filled: FilledLetter) -> PrintedLetter:
        """The PDF, and what it was found to be. Raises what `pdf` does."""
        from generator.verification.reading import (  # here: only who prints needs a reader
            UnreadableError,
            read_letter,
        )

        letter, page = filled.letter, render_for_print(filled)
        attached = attached_files(letter)
        try:
            with _ONE_AT_A_TIME:
                content = self._engine.print(page, attached, in_full=self._full_render)
                why_in_full = self._engine.why_in_full
            # What is made from a letter of its shape is drawn as that is, but for its own words.
            seen = set[SeenText]() if why_in_full else self._seen
            read = read_letter(content, seen)
        except StylesError as error:
            path = self._template.styles_path
            raise LetterTemplateError(
                [
                    Problem(Place(path, line, column), said)
                    for said, line, column in error.complaints
                ]
            ) from error
        except UnreadableError as error:
            raise ProofError([str(error)]) from error
        typeface = self._template.typeface
        record = next(file.content for file in attached if file.name == RECORD_FILE)
        findings = check_pdf(PdfContext(read, letter, self.names, typeface, record))
        if findings:
            raise ProofError(findings)
        self._seen = seen if len(seen) < _MOST_SEEN else set()
        conformance = self._prove(content, read.nesting)
        return PrintedLetter(content, len(read.pages), conformance, why_in_full)

    @cached_property
    def _made_with(self) -> str:
        """The digest of what all letters have in common that decides whether they conform."""
        return digest([template_digest(self._template), dict(engine_parts())])

    def _prove(self, content: bytes, nesting: frozenset[str]) -> str | None:
        """Validate a PDF, unless another was that is made with the same, of the same elements.

        Raises `LetterTemplateError`: the letter's words are proven, so what is wrong is the page.
        """
        made_of = digest([self._made_with, sorted(nesting)])
        if made_of in self._conforming:
            return made_of
        if not can_validate():
            return None
        problems = []
        for breach in breaches(content):
            line, column = LivePart("", tag=breach.tag).place_in(self._template.template)
            place = Place(self._template.template_path, line, column)
            problems.append(Problem(place, breach.message))
        if problems:
            raise LetterTemplateError(problems)
        self._conforming.add(made_of)
        return made_of


def renderer_for(
    loaded: LoadedEdition,
    names: Names | None = None,
    conforming: Iterable[str] = (),
    *,
    full_render: bool = False,
) -> LetterRenderer | None:
    """The renderer of an edition's letters; None where its template cannot be used.

    With the names of all authorities, given where only some of the letters are prepared.
    """
    if names is None:
        names = names_of(loaded)
    if loaded.letter_template is None:
        return None
    return LetterRenderer(loaded.letter_template, names, conforming, full_render=full_render)


def names_of(loaded: LoadedEdition) -> Names:
    """The names of each authority as its letters print them, in each language."""
    names: dict[str, dict[str, None]] = {}
    for authority in loaded.authorities.values():
        names.setdefault(authority.slug, {})[typeset(authority.name)] = None
    return [tuple(each) for each in names.values()]


def problems_from_exception(
    error: Exception, letter: ComposedLetter, place: Place
) -> list[Problem]:
    """The problems that kept a letter from being rendered; `place` is its authority's file.

    An exception that nobody foresaw is a mistake of ours: it fails this letter and no other.
    """
    match error:
        case LetterTemplateError():
            return error.problems
        case EngineError():
            return [
                Problem(_place(reason, letter, place), reason, PDF.name) for reason in error.reasons
            ]
        case ProofError():
            return [Problem(place, finding, "read back") for finding in error.findings]
        case _:
            said = f"{type(error).__name__}: {error}"
            return [Problem(place, f"internal error ({said}); please report it")]


def _place(reason: str, letter: ComposedLetter, place: Place) -> Place:
    """Where what did not print comes from: a word too long for a cell may be the edition's."""
    for cell in (cell for block in letter.blocks if block.table for cell in block.table.cells):
        column = cell.column
        none = column.none if cell.figure.value is None and cell.figure.supplied else ""
        words = f"{column.label} {column.header_group or ''} {none}".split()
        if any(reason.startswith(f'"{word}" does not fit') for word in words):
            return column.place
    return place


@dataclass(frozen=True)
class Job:
    """A letter to make, with all that is needed to make it but the package."""

    letter: ComposedLetter
    place: Place
    """Its authority's file, where problems with it are shown."""
    renderer: bytes
    """The renderer, pickled: the same for all letters of a run, so it is opened once."""
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
    conformance: str | None = None
    """As of a `PrintedLetter`."""
    why_in_full: str = field(default="", compare=False)
    """As of a `PrintedLetter`: how it was made, which makes no other letter of it."""


def jobs_of(
    loaded: LoadedEdition,
    names: Names | None = None,
    conforming: Iterable[str] = (),
    *,
    full_render: bool = False,
) -> Callable[[str], Job]:
    """Gives the job of each letter, by slug, that is composed and has no error.

    `names` are those of all authorities, where only some of the letters are prepared; `conforming`
    what need not be validated again; `full_render` as of a `LetterRenderer`.
    """
    renderer = renderer_for(loaded, names, conforming, full_render=full_render)
    packed = pickle.dumps(renderer, protocol=pickle.HIGHEST_PROTOCOL)
    engine = digest(dict(engine_parts()))

    def job(slug: str) -> Job:
        place = Place(loaded.files[slug])
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
    renderer = _unpacked(job.renderer)
    filled = renderer.fill(job.letter)
    contents = {each.name: b"" for each in job.formats}
    for each in job.formats:  # the PDF last: what is wrong with the template a page tells best
        if each.render is not None:
            contents[each.name] = renderer.render(each, filled)
    printed = renderer.print(filled)
    contents[PDF.name] = printed.content
    return RenderedLetter(
        slug,
        contents,
        printed.pages,
        conformance=printed.conformance,
        why_in_full=printed.why_in_full,
    )


@lru_cache(maxsize=1)
def _unpacked(renderer: bytes) -> LetterRenderer:
    # Only what `jobs_of` made comes here: jobs come from our own process, or from a scheduler that
    # could run any code in its workers anyway.
    opened = pickle.loads(renderer)
    assert isinstance(opened, LetterRenderer)
    return opened


def _other_engine() -> str:
    parts = ", ".join(f"{name} {version or 'missing'}" for name, version in engine_parts().items())
    return f"the worker's versions differ from those of the computer that asks: {parts}"
