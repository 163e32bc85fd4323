"""Make letters: each rendered three ways, then written; one that fails stops no other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.batch.files import write_whole
from generator.batch.prepare import Prepared
from generator.composing.letter import Letter
from generator.problems import Place, Problem, errors
from generator.rendering.faces import FontsMissingError, find_faces
from generator.rendering.failures import EngineError, SkeletonError, StylesError
from generator.rendering.html import render_for_print, render_html
from generator.rendering.skeleton import Skeleton
from generator.rendering.text import render_text

if TYPE_CHECKING:
    from generator.rendering.pdf import PdfEngine

KINDS = ("pdf", "html", "text")
_SUFFIXES = {"pdf": ".pdf", "html": ".html", "text": ".txt"}


@dataclass(frozen=True)
class Result:
    """What became of one letter: `written`, `checked` or `failed`, and why."""

    slug: str
    status: str
    reason: str = ""
    files: tuple[Path, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    """Those found while it was made; what was known before stands in `Prepared`."""


class Press:
    """Renders the letters of one edition; the engine is started once, when first needed."""

    def __init__(self, skeleton: Skeleton) -> None:
        self._skeleton = skeleton

    @cached_property
    def _engine(self) -> "PdfEngine":
        from generator.rendering.pdf import PdfEngine  # here: it takes longer than all the others

        try:
            return PdfEngine(self._skeleton.styles, find_faces())
        except FontsMissingError as error:
            raise SkeletonError([Problem(Place(self._skeleton.styles_path), str(error))]) from error

    def html(self, letter: Letter) -> bytes:
        """The page to read on screen. Raises `SkeletonError`."""
        return render_html(letter, self._skeleton).encode()

    def text(self, letter: Letter) -> bytes:
        """The plain text."""
        return render_text(letter).encode()

    def pdf(self, letter: Letter) -> bytes:
        """The PDF. Raises `SkeletonError` or `EngineError`."""
        try:
            return self._engine.print(render_for_print(letter, self._skeleton))
        except StylesError as error:
            path = self._skeleton.styles_path
            raise SkeletonError(
                [
                    Problem(Place(path, line, column), said)
                    for said, line, column in error.complaints
                ]
            ) from error


def output_paths(folder: Path, slug: str) -> dict[str, Path]:
    """Where a letter's files are, by kind."""
    return {kind: folder / kind / f"{slug}{_SUFFIXES[kind]}" for kind in KINDS}


def make_letters(prepared: Prepared, slugs: Iterable[str], folder: Path) -> Iterator[Result]:
    """Make these letters into a folder, one by one, a result for each.

    All three files of a letter are rendered before the first is written, so that a letter that
    fails leaves last time's files as they were.
    """
    press = Press(prepared.skeleton) if prepared.skeleton else None
    for slug in slugs:
        paths = output_paths(folder, slug)
        failed = _known_to_fail(prepared, slug)
        if failed or press is None:
            yield _with_old(failed or Result(slug, "failed"), paths)
            continue
        letter = prepared.letters[slug].letter
        place = Place(prepared.data.files[slug])
        try:
            made = {
                "pdf": press.pdf(letter),
                "html": press.html(letter),
                "text": press.text(letter),
            }
        except _RENDERING_ERRORS as error:
            yield _with_old(_failed(slug, _explain(error, place)), paths)
            continue
        yield _write(slug, made, paths)


def check_letters(
    prepared: Prepared, slugs: Iterable[str], *, pages: bool = False
) -> Iterator[Result]:
    """Render these letters without writing them; with `pages`, lay them out as PDF too."""
    press = Press(prepared.skeleton) if prepared.skeleton else None
    for slug in slugs:
        failed = _known_to_fail(prepared, slug)
        if press is None or slug not in prepared.letters:
            yield failed or Result(slug, "failed")
            continue
        letter = prepared.letters[slug].letter
        try:
            press.html(letter)
            if pages and not failed:
                press.pdf(letter)
        except _RENDERING_ERRORS as error:
            yield _failed(slug, _explain(error, Place(prepared.data.files[slug])))
            continue
        yield failed or Result(slug, "checked")


_RENDERING_ERRORS = (SkeletonError, EngineError)


def _explain(error: SkeletonError | EngineError, place: Place) -> list[Problem]:
    if isinstance(error, SkeletonError):
        return error.problems
    return [Problem(place, reason, "pdf") for reason in error.reasons]


def _known_to_fail(prepared: Prepared, slug: str) -> Result | None:
    """A letter with an error in what it is made of is not rendered."""
    number = len(errors(prepared.problems_of(slug)))
    if not number:
        return None
    return Result(slug, "failed", "1 error" if number == 1 else f"{number} errors")


def _failed(slug: str, problems: list[Problem]) -> Result:
    reason = problems[0].message if len(problems) == 1 else f"{len(problems)} errors"
    return Result(slug, "failed", reason, problems=problems)


def _with_old(result: Result, paths: dict[str, Path]) -> Result:
    """The result of a letter that failed, with a word on the letter that was made before."""
    if not paths["pdf"].exists():
        return result
    reason = f"{result.reason}; the letter made before is untouched"
    return Result(result.slug, result.status, reason, (), result.problems)


def _write(slug: str, made: dict[str, bytes], paths: dict[str, Path]) -> Result:
    for kind, content in made.items():
        try:
            write_whole(paths[kind], content)
        except OSError as error:
            message = f"cannot be written: {error.strerror or error}"
            return _failed(slug, [Problem(Place(paths[kind]), message)])
    return Result(slug, "written", files=tuple(paths[kind] for kind in KINDS))
