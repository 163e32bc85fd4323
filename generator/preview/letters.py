"""A letter as the desk shows it: as its files say, or, while these have errors, last said."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.batch.job import Job
from generator.batch.letter_renderer import problems_from_exception, renderer_for
from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.letter.compose import Composed
from generator.letter.letter import ComposedLetter
from generator.letter.wording import Wording
from generator.outputs.fingerprint import digest, inputs_of, shared_inputs
from generator.preview.render_cache import key_of
from generator.problems import Place, Problem, errors, to_confirm
from generator.project.load_edition import LoadedEdition
from generator.rendering.engine import engine_parts

Jobs = Callable[[str], Job]


@dataclass(frozen=True)
class GoodLetter:
    """A letter without an error, with all that it was made from."""

    edition: Edition
    authority: Authority
    wording: Wording
    composed: Composed
    html: bytes
    job: Job
    key: str
    """What decides the bytes of its files, for the shelf."""

    @property
    def letter(self) -> ComposedLetter:
        """The letter itself; a draft where something may be missing from drafts alone."""
        return self.composed.letter


@dataclass(frozen=True)
class ShownLetter:
    """One letter on the desk."""

    slug: str
    name: str
    problems: tuple[Problem, ...]
    """What is wrong now with what it is made of."""
    good: GoodLetter | None
    """The letter as it is; with `is_old`, as it was. None where it never was without an error."""
    is_old: bool = False

    @property
    def errors(self) -> list[Problem]:
        """Those of its problems for which not even a draft of it can be made."""
        return errors(self.problems, draft=True)

    @property
    def to_confirm(self) -> list[Problem]:
        """Those for which it is a draft until a person has accepted them."""
        return to_confirm(self.problems)


def show_letter(
    loaded: LoadedEdition, slug: str, jobs: Jobs | None, before: ShownLetter | None
) -> ShownLetter:
    """One letter of an edition that was prepared; its last good state where it has none now.

    `jobs` are those of the edition's letters; None where its template cannot be used.
    """
    if slug not in loaded.data.files:
        return _gone(loaded, slug, before)
    problems = loaded.problems_of(slug)
    good = None
    if jobs is not None and slug in loaded.letters and not errors(problems, draft=True):
        good, more = _good_letter(loaded, slug, jobs)
        problems = sorted([*problems, *more])
    if good is not None:
        return ShownLetter(slug, good.authority.name, tuple(problems), good)
    known = loaded.data.authorities.get(slug)
    name = known.name if known else before.name if before else slug
    last = before.good if before else None
    return ShownLetter(slug, name, tuple(problems), last, is_old=last is not None)


def _good_letter(
    loaded: LoadedEdition, slug: str, jobs: Jobs
) -> tuple[GoodLetter | None, list[Problem]]:
    edition, wording, letter_template = loaded.edition, loaded.wording, loaded.letter_template
    assert edition is not None
    assert wording is not None
    assert letter_template is not None
    composed, authority = loaded.letters[slug], loaded.data.authorities[slug]
    press = renderer_for(loaded, ())
    assert press is not None
    try:
        html = press.html(composed.letter)
    except Exception as error:  # whatever a template can do wrong: the desk goes on
        return None, problems_from_exception(error, composed.letter, Place(loaded.data.files[slug]))
    engine = digest(dict(engine_parts()))
    inputs = inputs_of(composed.letter, authority, shared_inputs(edition, letter_template, engine))
    job = jobs(slug)
    return GoodLetter(edition, authority, wording, composed, html, job, key_of(inputs)), []


def _gone(loaded: LoadedEdition, slug: str, before: ShownLetter | None) -> ShownLetter:
    """A letter whose authority is no longer in the edition."""
    path = loaded.folders.authorities / f"{slug}.yaml"
    problem = Problem(Place(path), "this file is no longer there, so there is no such letter")
    if before is None:
        return ShownLetter(slug, slug, (problem,), None)
    return replace(before, problems=(problem,), is_old=before.good is not None)
