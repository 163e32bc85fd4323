"""The steps of the pipeline for other programs: load, compose, render; the same as the commands.

from pathlib import Path
from generator.api import compose_letter, load_edition, render_pdf

edition = load_edition(Path("."), 2018)
for problem in edition.problems:
print(problem.place, problem.message)
letter = compose_letter(edition, "anyplace-council")
Path("anyplace.pdf").write_bytes(render_pdf(edition, letter))
"""

from pathlib import Path
from weakref import WeakKeyDictionary

from generator.batch.job import LetterRenderer, renderer_for
from generator.edition.figures import Figure
from generator.letter.letter import Block, ComposedBlock, ComposedLetter, Letter, Run, Table
from generator.lineage.earlier_years import load_edition as load_from
from generator.problems import Place, Problem, Severity, errors
from generator.project.choose_letters import choose_slugs
from generator.project.load_edition import LoadedEdition
from generator.rendering.failures import EngineError, LetterTemplateError, ProofError
from generator.verification.output_formats import format_named
from generator.workspace import UsageError, find_workspace

__all__ = [
    "Block",
    "ComposedBlock",
    "ComposedLetter",
    "EngineError",
    "Figure",
    "Letter",
    "LetterProblemsError",
    "LetterTemplateError",
    "LoadedEdition",
    "Place",
    "Problem",
    "ProofError",
    "Run",
    "Severity",
    "Table",
    "UsageError",
    "compose_letter",
    "load_edition",
    "render_format",
    "render_html",
    "render_pdf",
    "render_text",
]


class LetterProblemsError(Exception):
    """A letter that cannot be made as its data and wording are; `problems` says why."""

    def __init__(self, slug: str, problems: list[Problem]) -> None:
        super().__init__(f"{slug}: " + "; ".join(problem.message for problem in problems))
        self.problems = problems


def load_edition(workspace: Path, year: int | None = None, *, draft: bool = False) -> LoadedEdition:
    """Read and check an edition: its facts, figures, wording and letter template.

    The newest unless `year` is given. Never fails on bad data: all that is wrong stands in
    `problems`, located, and what can be used is there. With `draft`, figures may be missing.

    Raises `UsageError` where the folder is no workspace or has no such edition.
    """
    return load_from(find_workspace(workspace, workspace).edition(year), draft=draft)


def compose_letter(edition: LoadedEdition, name: str) -> ComposedLetter:
    """The letter of one authority, named by its slug or an unambiguous start of it.

    Of an edition in several languages that in the first, and those in others by `slug.cy`.
    Raises `UsageError` for an unknown name, and `LetterProblemsError` where something it is made
    of has an error, or the authority gets no letter: a letter that is returned may be sent.
    """
    slug, *_ = choose_slugs(edition, [name])
    wrong = errors(edition.problems_of(slug))
    if slug in edition.without_letter:
        place = Place(edition.files[slug])
        because = f"this authority gets no letter: {edition.without_letter[slug]}"
        wrong = [Problem(place, because, "letters.when"), *wrong]
    if wrong:
        raise LetterProblemsError(slug, wrong)
    return edition.letters[slug].letter


def render_html(edition: LoadedEdition, letter: ComposedLetter) -> bytes:
    """The letter as one self-contained page, UTF-8. Raises `LetterTemplateError`."""
    return _press(edition).html(letter)


def render_text(edition: LoadedEdition, letter: ComposedLetter) -> bytes:
    """The letter as plain text for email, UTF-8, lines of at most 72 columns."""
    return _press(edition).text(letter)


def render_pdf(edition: LoadedEdition, letter: ComposedLetter) -> bytes:
    """The letter as a tagged PDF on A4; the same letter gives the same bytes.

    Raises `LetterTemplateError` for what no letter can be printed with, `EngineError` where this
    one would not print as intended, and `ProofError` where it does not read back right, as where it
    names another authority of the edition. The engine is started once for each edition.
    """
    return _press(edition).pdf(letter)


def render_format(edition: LoadedEdition, letter: ComposedLetter, name: str) -> bytes:
    """The letter in the output format of this name: `pdf`, `html`, `text`, or one registered.

    Raises `KeyError` where there is none, and what `render_html` and `render_pdf` raise.
    """
    renderer = _press(edition)
    return renderer.render(format_named(name), renderer.fill(letter))


def _press(edition: LoadedEdition) -> LetterRenderer:
    """The renderer of an edition, with the names of all its authorities, kept as long as it is."""
    renderer = _renderers.get(edition) or renderer_for(edition)
    if renderer is None:
        raise LetterProblemsError("all letters", errors(edition.problems))
    return _renderers.setdefault(edition, renderer)


_renderers: WeakKeyDictionary[LoadedEdition, LetterRenderer] = WeakKeyDictionary()
