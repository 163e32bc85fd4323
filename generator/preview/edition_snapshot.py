"""A reading of the edition: what all its files say at one moment, beside what was made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.batch.job import jobs_of
from generator.batch.letter_renderer import names_of
from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.edition.origins import Origins, read_origins
from generator.letter.compose import Composed
from generator.outputs.inspect_outputs import OutputState, inspect_outputs
from generator.outputs.plan import PlannedAction
from generator.preview.letters import Jobs
from generator.preview.render_cache import key_of
from generator.problems import errors, to_confirm
from generator.project.load_edition import (
    LoadedEdition,
    drafts_where_needed,
    load_edition,
    with_problems_of_drafts,
)
from generator.workspace import EditionFolders


@dataclass(frozen=True)
class ListedLetter:
    """One letter among all: as its files say, or, while they cannot be read, as they last said."""

    slug: str
    name: str
    status: str
    """`ready`, `to be confirmed`, `figures missing` or `has problems`."""
    made: str
    """`up to date`, `out of date` or `not made`."""
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
    names: Sequence[str]
    """The names of all authorities, as far as they are known: for the proof of each letter."""
    letters: Mapping[str, ListedLetter]
    """By slug, all whose authority has a file."""
    keys: Mapping[str, str]
    """What decides the bytes of each letter that can be made, by slug."""
    jobs: Jobs | None
    """Gives the job of each letter; None where the letter template cannot be used."""
    origins: Origins
    """The spreadsheets' cells that figures were imported from."""


def read_edition(folders: EditionFolders, before: EditionSnapshot | None = None) -> EditionSnapshot:
    """Read, check and compose all letters, and compare them with those that were made."""
    loaded = drafts_where_needed(load_edition(folders))
    found = inspect_outputs(with_problems_of_drafts(loaded), folders.output())
    names = names_of(loaded)
    if before is not None and len(names) < len(loaded.data.files):
        names = list(before.names)  # as they were, until all can be read again
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
    return EditionSnapshot(loaded, found, names, letters, keys, jobs, read_origins(folders)[0])


def read_one(folders: EditionFolders, slug: str) -> LoadedEdition:
    """One letter and all that it is made from, as its files say; the others are not looked at."""
    return drafts_where_needed(load_edition(folders, only=[slug]))


def _listed(
    slug: str, loaded: LoadedEdition, found: OutputState, before: ListedLetter | None
) -> ListedLetter:
    problems = loaded.problems_of(slug)
    wrong = errors(problems, draft=True)
    unconfirmed = to_confirm(problems)
    authority = loaded.data.authorities.get(slug)
    made, why = _made(found, slug)
    status = "ready"
    if wrong:
        status, why = "has problems", wrong[0].message
    elif authority is not None and authority.missing():
        missing = len(authority.missing())
        status, why = "figures missing", f"{missing} not yet supplied"
    elif unconfirmed:
        status, why = "to be confirmed", unconfirmed[0].message
    edition, composed = loaded.edition, loaded.letters.get(slug)
    if before is not None and composed is None:  # as it was, until it can be read again
        edition, authority, composed = before.edition, before.authority, before.composed
    name = authority.name if authority else slug
    return ListedLetter(slug, name, status, made, why, edition, authority, composed)


def _made(found: OutputState, slug: str) -> tuple[str, str]:
    """How the letter that was made, if one was, stands to the files of now, and why."""
    step = found.steps[slug]
    entry = found.manifest.letters.get(slug)
    if step.is_new or (step.action is PlannedAction.FAIL and not (entry and entry.files)):
        return "not made", ""
    if step.action is PlannedAction.KEEP:
        return "up to date", ""
    return "out of date", "" if step.action is PlannedAction.FAIL else step.reason
