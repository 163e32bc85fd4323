"""An edition as it was found before and is still: as much of it as a plan of its letters needs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from pydantic import TypeAdapter, ValidationError

from generator.edition.remembered_authority import remembered_authority
from generator.files.edition_cache import EditionCache
from generator.outputs.at_a_glance import EditionAtAGlance, edition_at_a_glance
from generator.outputs.manifest import Inputs, digest, inputs_of, shared_inputs
from generator.problems import Problem
from generator.project.load_edition import EditionIndex, LoadedEdition
from generator.project.remembered_letters import OnDemand, RememberedLetter, own_words_of
from generator.workspace import EditionFolders


@dataclass(frozen=True, eq=False, kw_only=True)
class RememberedEdition(EditionIndex):
    """An edition that was not read: nothing of it has changed since it was."""

    inputs: Mapping[str, Inputs]
    """Of all letters, by slug."""
    glance: EditionAtAGlance | None
    load: Callable[[], LoadedEdition]
    """Reads it after all, where something is to be made of it."""


@dataclass(frozen=True)
class _Entry:
    """What is kept of an edition, under the same names."""

    files: Mapping[str, Path]
    without_letter: Mapping[str, str]
    letters_rule: str
    problems: list[Problem]
    used_files: Mapping[str, frozenset[Path]]
    inputs: Mapping[str, Inputs]
    glance: EditionAtAGlance | None


_ENTRY = TypeAdapter(_Entry)
_LETTER = TypeAdapter(RememberedLetter)


def recall(
    folders: EditionFolders, cache: EditionCache, load: Callable[[], LoadedEdition]
) -> RememberedEdition | None:
    """The edition, if it was remembered and nothing that it is read from has changed since."""
    kept = cache.recall()
    try:
        entry = None if kept is None else _ENTRY.validate_json(kept)
    except ValidationError:
        return None
    return RememberedEdition(folders=folders, load=load, **vars(entry)) if entry else None


def remembered_letters(cache: EditionCache) -> Mapping[str, RememberedLetter]:
    """What was remembered of authorities whose files have not changed, nor any shared file.

    That is what `load_edition` need not find again, where others of them have.
    """
    kept = cache.recall_parts().items()
    try:
        return {Path(name).stem: _LETTER.validate_json(part) for name, part in kept}
    except ValidationError:
        return {}


def remember(loaded: LoadedEdition, cache: EditionCache) -> None:
    """Keep what was found, for the next command that needs no more than this. Never raises."""
    inputs = inputs_now(loaded, {})
    entry = _Entry(
        loaded.files,
        loaded.without_letter,
        loaded.letters_rule,
        loaded.problems,
        {slug: frozenset(loaded.wrong_files(slug)) for slug in loaded.slugs},
        dict(inputs),
        glance_of(loaded),
    )
    try:
        kept = _ENTRY.dump_json(entry).decode()
    except ValueError:  # the name of a file may be no text
        return
    years = loaded.edition.years_compared if loaded.edition else []
    cache.keep(kept, years, _parts(loaded, inputs, cache))


def _parts(
    loaded: LoadedEdition, inputs: Mapping[str, Inputs], cache: EditionCache
) -> Iterator[tuple[str, str]]:
    """What is kept of each authority, by the name of its file, of an edition in one language."""
    if loaded.edition is None or loaded.edition.languages:
        return
    before = cache.recall_parts()
    own_words = own_words_of(loaded.data.authorities.values())
    findings: dict[Path, list[Problem]] = {}
    for problem in loaded.findings:
        findings.setdefault(problem.place.path, []).append(problem)
    for slug, authority in loaded.data.authorities.items():
        name = authority.path.name
        if slug in loaded.known and name in before:
            yield name, before[name]
            continue
        known = RememberedLetter(
            remembered_authority(authority),
            loaded.summaries[slug],
            findings.get(authority.path, []),
            own_words,
            inputs.get(slug, {}),
        )
        yield name, _LETTER.dump_json(known).decode()


def glance_of(edition: EditionIndex) -> EditionAtAGlance | None:
    """What the overview says of an edition; None where its file has an error."""
    if isinstance(edition, RememberedEdition):
        return edition.glance
    loaded = _loaded(edition)
    if loaded not in _glances:
        _glances[loaded] = edition_at_a_glance(loaded)
    return _glances[loaded]


def inputs_now(edition: EditionIndex, engine: Mapping[str, str]) -> Mapping[str, Inputs]:
    """The inputs of all letters of an edition, by slug, as they would be made by an engine."""
    if isinstance(edition, RememberedEdition):
        parts = edition.inputs
    else:
        parts = _inputs_of_all(_loaded(edition))
    shared = {"engine": digest(dict(engine))}
    return OnDemand(parts, lambda slug: {**parts[slug], **shared})


def _loaded(edition: EditionIndex) -> LoadedEdition:
    assert isinstance(edition, LoadedEdition)
    return edition


def _inputs_of_all(loaded: LoadedEdition) -> Mapping[str, Inputs]:
    """Worked out once for an edition, since that takes as long as reading it."""
    if loaded not in _known and loaded.letter_template is not None:
        editions = {each.language: each for each in loaded.editions.values()}
        shared = {
            language: shared_inputs(each, loaded.letter_template, "")
            for language, each in editions.items()
        }
        found: dict[str, Inputs] = {}
        for slug in loaded.letters:
            if slug in loaded.known:
                found[slug] = loaded.known[slug].inputs
            else:
                letter = loaded.letters[slug].letter
                found[slug] = inputs_of(letter, loaded.authorities[slug], shared[letter.language])
        _known[loaded] = found
    return _known.get(loaded, {})


_known: WeakKeyDictionary[LoadedEdition, Mapping[str, Inputs]] = WeakKeyDictionary()
_glances: WeakKeyDictionary[LoadedEdition, EditionAtAGlance | None] = WeakKeyDictionary()
