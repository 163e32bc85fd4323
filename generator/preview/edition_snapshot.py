"""A reading of the edition: what all its files say at one moment, beside what was made of them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, TypeVar

from generator.batch.job import (
    Job,
    RenderedLetter,
    jobs_of,
    names_of,
    problems_from_exception,
    renderer_for,
)
from generator.batch.run import NO_LETTER, letter_status
from generator.checks.mentions import Names
from generator.confirming.confirmation import Confirmable
from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.edition.languages import whose
from generator.edition.origins import Origins, origins_of
from generator.letter.compose import Composed
from generator.letter.letter import ComposedLetter
from generator.letter.wording import Wording
from generator.lineage.earlier_years import load_edition
from generator.outputs.manifest import KEY_PARTS, Inputs, digest, inputs_of, shared_inputs
from generator.outputs.plan import OutputState, inspect_outputs
from generator.problems import Place, Problem, errors, to_confirm
from generator.project.load_edition import (
    LoadedEdition,
    drafts_where_needed,
    with_problems_of_drafts,
)
from generator.rendering.engine import engine_parts
from generator.workspace import EditionFolders

Found = TypeVar("Found")

_MOST_BYTES = 96 * 1024 * 1024
_MOST_COUNTS = 50_000


def key_of(inputs: Inputs) -> str:
    """What is the same for two letters if, and only if, the same bytes are made of both."""
    return "-".join(inputs[name] for name in KEY_PARTS)


class LastAsked(Generic[Found]):
    """The things that were asked for last, as much as there is room for."""

    def __init__(self, most: int, size: Callable[[Found], int] = lambda _: 1) -> None:
        self._things: OrderedDict[Hashable, Found] = OrderedDict()
        self._most, self._size = most, size
        self._filled = 0

    def __contains__(self, name: Hashable) -> bool:
        """Whether a thing is still here; any thread may ask that."""
        return name in self._things

    def get(self, name: Hashable) -> Found | None:
        """A thing, if it is still here."""
        if name in self._things:
            self._things.move_to_end(name)
        return self._things.get(name)

    def put(self, name: Hashable, thing: Found) -> None:
        """Keep a thing, instead of those that nobody asked for the longest."""
        if name in self._things:
            self._filled -= self._size(self._things.pop(name))
        self._things[name] = thing
        self._filled += self._size(thing)
        while self._filled > self._most and len(self._things) > 1:
            _, oldest = self._things.popitem(last=False)
            self._filled -= self._size(oldest)


class RenderCache:
    """Keeps what was printed last; how many pages it had, longer."""

    def __init__(self) -> None:
        self._made = LastAsked[RenderedLetter](_MOST_BYTES, _size)
        self._pages = LastAsked[int](_MOST_COUNTS)

    def put(self, key: str, made: RenderedLetter) -> None:
        """Keep what came of a letter: its files, or why it could not be made."""
        self._made.put(key, made)
        if made.pages:
            self._pages.put(key, made.pages)

    def get(self, key: str) -> RenderedLetter | None:
        """What came of a letter, if it is still here."""
        return self._made.get(key)

    def has(self, key: str) -> bool:
        """Whether it is still here what came of a letter. Any thread may ask; the others, one."""
        return key in self._made

    def knows(self, key: str) -> bool:
        """Whether it is known how many pages a letter has, or that it cannot be printed."""
        return key in self._pages or key in self._made

    def note_pages(self, pages: Mapping[str, int]) -> None:
        """Keep how many pages letters have, also of those that were made by others."""
        for key, number in pages.items():
            self._pages.put(key, number)

    def pages(self, key: str) -> int | None:
        """How many pages a letter has, as far as it was ever laid out."""
        return self._pages.get(key)


def _size(made: RenderedLetter) -> int:
    return sum(map(len, made.contents.values())) + 1000


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
    """What decides the bytes of its files, for the cache."""

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
    without: str = ""
    """Why its authority gets no letter, where it gets none."""

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
    is_known = slug in loaded.files
    if not is_known and (loaded.edition is not None or whose(slug) not in loaded.files):
        return _gone(loaded, slug, before)
    problems = loaded.problems_of(slug if is_known else whose(slug))
    if slug in loaded.without_letter:
        name, why = loaded.called(slug), loaded.without_letter[slug]
        return ShownLetter(slug, name, tuple(problems), None, without=why)
    good = None
    if jobs is not None and slug in loaded.letters and not errors(problems, draft=True):
        good, more = _good_letter(loaded, slug, jobs)
        problems = sorted([*problems, *more])
    if good is not None:
        return ShownLetter(slug, loaded.called(slug), tuple(problems), good)
    name = loaded.called(slug) if slug in loaded.authorities or before is None else before.name
    last = before.good if before else None
    return ShownLetter(slug, name, tuple(problems), last, is_old=last is not None)


def _good_letter(
    loaded: LoadedEdition, slug: str, jobs: Jobs
) -> tuple[GoodLetter | None, list[Problem]]:
    edition, wording = loaded.editions[slug], loaded.wordings[slug]
    letter_template = loaded.letter_template
    assert letter_template is not None
    composed, authority = loaded.letters[slug], loaded.authorities[slug]
    renderer = renderer_for(loaded, ())
    assert renderer is not None
    try:
        html = renderer.html(composed.letter)
    except Exception as error:  # whatever a template can do wrong: the desk goes on
        return None, problems_from_exception(error, composed.letter, Place(loaded.files[slug]))
    engine = digest(dict(engine_parts()))
    inputs = inputs_of(composed.letter, authority, shared_inputs(edition, letter_template, engine))
    job = jobs(slug)
    return GoodLetter(edition, authority, wording, composed, html, job, key_of(inputs)), []


def _gone(loaded: LoadedEdition, slug: str, before: ShownLetter | None) -> ShownLetter:
    """A letter whose authority is no longer in the edition."""
    path = loaded.folders.authorities / f"{whose(slug)}.yaml"
    problem = Problem(Place(path), "this file is no longer there, so there is no such letter")
    if whose(slug) in loaded.files:
        message = "the edition no longer has its language, so there is no such letter"
        problem = Problem(Place(loaded.folders.edition_file), message)
    if before is None:
        return ShownLetter(slug, slug, (problem,), None)
    return replace(before, problems=(problem,), is_old=before.good is not None)


@dataclass(frozen=True)
class ListedLetter:
    """One letter among all: as its files say, or, while they cannot be read, as they last said."""

    slug: str
    name: str
    status: str
    """As `letter_status` has it."""
    made: str
    """As `OutputState.made` has it."""
    why: str
    """What is wrong with it, or why what was made is out of date."""
    edition: Edition | None
    authority: Authority | None
    composed: Composed | None


@dataclass(frozen=True)
class EditionSnapshot:
    """All letters of an edition at one moment."""

    loaded: LoadedEdition
    """Its letters are drafts where no more can be made of them; its problems those of letters."""
    inspect_outputs: OutputState
    names: Names
    """The names of all authorities, as far as they are known: for the proof of each letter."""
    letters: Mapping[str, ListedLetter]
    """By slug, all whose authority has a file."""
    keys: Mapping[str, str]
    """What decides the bytes of each letter that can be made, by slug."""
    jobs: Jobs | None
    """Gives the job of each letter; None where the letter template cannot be used."""
    origins: Origins
    """The spreadsheets' cells that figures were imported from."""

    @cached_property
    def confirmable(self) -> Confirmable:
        """What can be confirmed of it, and what was."""
        return Confirmable(self.loaded)


def read_edition(folders: EditionFolders, before: EditionSnapshot | None = None) -> EditionSnapshot:
    """Read, check and compose all letters, and compare them with those that were made."""
    loaded = drafts_where_needed(load_edition(folders))
    found = inspect_outputs(with_problems_of_drafts(loaded), folders.output())
    names = names_of(loaded)
    if before is not None and len(names) < len(loaded.data.files):
        names = before.names  # as they were, until all can be read again
    letters = {
        slug: _listed(slug, loaded, found, before.letters.get(slug) if before else None)
        for slug in loaded.slugs
    }
    keys = {
        slug: key_of(found.inputs[slug])
        for slug, letter in letters.items()
        if letter.status != "has problems" and slug in found.inputs
    }
    jobs = jobs_of(loaded, names) if loaded.letter_template else None
    origins, _ = origins_of(folders, loaded.data)
    return EditionSnapshot(loaded, found, names, letters, keys, jobs, origins)


def read_one(folders: EditionFolders, slug: str) -> LoadedEdition:
    """One letter and all that it is made from, as its files say; the others are not looked at."""
    return drafts_where_needed(load_edition(folders, only=[slug]))


def _listed(
    slug: str, loaded: LoadedEdition, found: OutputState, before: ListedLetter | None
) -> ListedLetter:
    status, reasons = letter_status(loaded, slug)
    made, why = found.made(slug)
    edition, authority = loaded.editions.get(slug), loaded.authorities.get(slug)
    composed = loaded.letters.get(slug)
    if before is not None and composed is None and status != NO_LETTER:
        # as it was, until it can be read again
        edition, authority, composed = before.edition, before.authority, before.composed
    name = loaded.called(slug) if slug in loaded.authorities or before is None else before.name
    why = reasons[0] if reasons else why
    return ListedLetter(slug, name, status, made, why, edition, authority, composed)
