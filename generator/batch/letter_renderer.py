"""One letter rendered in each format, or why it cannot be: for `build`, `check` and programs."""

from collections.abc import Iterable
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from generator.letter.letter import ComposedLetter
from generator.problems import Place, Problem
from generator.project.load_edition import LoadedEdition
from generator.rendering.failures import (
    EngineError,
    LetterTemplateError,
    ProofError,
    StylesError,
    missing_glyph,
)
from generator.rendering.fonts import FontsMissingError, find_fonts
from generator.rendering.html import render_for_print
from generator.rendering.letter_template import LetterTemplate
from generator.rendering.record import attached_files
from generator.verification.output_formats import HTML, PDF, TEXT, OutputFormat

if TYPE_CHECKING:
    from generator.rendering.pdf import PdfEngine
    from generator.verification.name_index import Names


_ONE_AT_A_TIME = Lock()
"""One letter at a time in a process: what the engine warns of must be this letter's."""


class LetterRenderer:
    """Renders the letters of one edition; the engine is started once, when first needed."""

    def __init__(self, letter_template: LetterTemplate, names: Iterable[str] = ()) -> None:
        """With the names of all authorities, so that none stands in another's letter."""
        self._template = letter_template
        self._names = tuple(names)

    @cached_property
    def names(self) -> "Names":
        """The names of all authorities, filed to be found quickly."""
        from generator.verification.name_index import Names

        return Names(self._names)

    @cached_property
    def _engine(self) -> "PdfEngine":
        from generator.rendering.pdf import PdfEngine  # here: it takes longer than all the others

        try:
            return PdfEngine(self._template.styles, find_fonts())
        except FontsMissingError as error:
            raise LetterTemplateError(
                [Problem(Place(self._template.styles_path), str(error))]
            ) from error

    def render(self, output_format: OutputFormat, letter: ComposedLetter) -> bytes:
        """The file of a format. Raises `LetterTemplateError`, and for the PDF what `pdf` does."""
        if output_format.render is None:
            return self.pdf(letter)
        return output_format.render(letter, self._template)

    def html(self, letter: ComposedLetter) -> bytes:
        """The page to read on screen. Raises `LetterTemplateError`."""
        return self.render(HTML, letter)

    def text(self, letter: ComposedLetter) -> bytes:
        """The plain text."""
        return self.render(TEXT, letter)

    def pdf(self, letter: ComposedLetter) -> bytes:
        """The PDF, read back and proven.

        Raises `LetterTemplateError`, `EngineError`, and `ProofError` where it reads back wrong.
        """
        return self.print(letter)[0]

    def print(self, letter: ComposedLetter) -> tuple[bytes, int]:
        """The PDF, and how many pages it was read back with. Raises what `pdf` does."""
        from generator.verification.proof import (
            check_pdf,  # here: only who prints needs a reader
        )
        from generator.verification.reading import UnreadableError, read_letter

        page = render_for_print(letter, self._template)
        try:
            with _ONE_AT_A_TIME:
                content = self._engine.print(page, attached_files(letter))
            read = read_letter(content)
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
        doubts = check_pdf(read, letter, self.names)
        if doubts:
            raise ProofError(doubts)
        return content, len(read.pages)


def renderer_for(
    loaded: LoadedEdition, names: Iterable[str] | None = None
) -> LetterRenderer | None:
    """The press for an edition's letters; None where its template cannot be used.

    With the names of all authorities, given where only some of the letters are prepared.
    """
    if names is None:
        names = names_of(loaded)
    return LetterRenderer(loaded.letter_template, names) if loaded.letter_template else None


def names_of(loaded: LoadedEdition) -> list[str]:
    """The names of all authorities as their letters print them."""
    return [composed.letter.authority for composed in loaded.letters.values()]


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
            reasons = [*map(missing_glyph, error.signs), *error.reasons]
            return [Problem(_place(reason, letter, place), reason, PDF.name) for reason in reasons]
        case ProofError():
            return [Problem(place, doubt, "read back") for doubt in error.doubts]
        case _:
            said = f"{type(error).__name__}: {error}"
            return [Problem(place, f"a mistake of this program ({said}); please report it")]


def _place(reason: str, letter: ComposedLetter, place: Place) -> Place:
    """Where what did not print comes from: a word too long for a cell may be the edition's."""
    for cell in (cell for block in letter.blocks if block.table for cell in block.table.cells):
        column = cell.column
        none = column.none if cell.figure.value is None and cell.figure.supplied else ""
        words = f"{column.label} {column.header_group or ''} {none}".split()
        if any(reason.startswith(f'"{word}" does not fit') for word in words):
            return column.place
    return place
