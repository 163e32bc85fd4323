"""Make letters: each rendered three ways, then written; one that fails stops no other."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.batch.files import write_all_whole
from generator.batch.prepare import Prepared
from generator.batch.press import press_of, why_not
from generator.problems import Place, Problem, errors

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


def output_paths(folder: Path, slug: str) -> dict[str, Path]:
    """Where a letter's files are, by kind."""
    return {kind: folder / kind / f"{slug}{_SUFFIXES[kind]}" for kind in KINDS}


def make_letters(prepared: Prepared, slugs: Iterable[str], folder: Path) -> Iterator[Result]:
    """Make these letters into a folder, one by one, a result for each.

    All three files of a letter are rendered before the first is written, so that a letter that
    fails leaves last time's files as they were.
    """
    press = press_of(prepared)
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
        except Exception as error:  # one bad letter never stops the rest
            yield _with_old(_failed(slug, why_not(error, letter, place)), paths)
            continue
        yield _write(slug, made, paths)


def check_letters(
    prepared: Prepared, slugs: Iterable[str], *, pages: bool = False
) -> Iterator[Result]:
    """Render these letters without writing them; with `pages`, lay them out as PDF too."""
    press = press_of(prepared)
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
        except Exception as error:  # one bad letter never stops the rest
            place = Place(prepared.data.files[slug])
            yield _failed(slug, why_not(error, letter, place))
            continue
        yield failed or Result(slug, "checked")


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
    if not os.path.exists(paths["pdf"]):  # noqa: PTH110 - raises nothing where it may not look
        return result
    reason = f"{result.reason}; the letter made before is untouched"
    return Result(result.slug, result.status, reason, (), result.problems)


def _write(slug: str, made: dict[str, bytes], paths: dict[str, Path]) -> Result:
    try:
        write_all_whole({paths[kind]: content for kind, content in made.items()})
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        problem = Problem(Place(Path(error.filename or paths["pdf"])), message)
        return _with_old(_failed(slug, [problem]), paths)
    return Result(slug, "written", files=tuple(paths[kind] for kind in KINDS))
