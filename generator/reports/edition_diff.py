"""An edition's letters against last year's: each put beside its counterparts, and compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from generator.comparison.changes import Comparison
from generator.comparison.compare import compare_all
from generator.comparison.edition_context import (
    EditionContext,
    background_of,
    background_of_letters,
)
from generator.console import ShowPath, shown_path
from generator.edition.load import load_data, read_edition
from generator.edition.values import slug_of
from generator.letter.letter import LetterSource, Reading
from generator.letter.variables import vocabulary
from generator.letter.wording import load_wording
from generator.lineage.last_year import LastYear
from generator.outputs.manifest import ManifestError, inputs_of, read_manifest
from generator.problems import errors
from generator.project.load_edition import LoadedEdition
from generator.workspace import EditionFolders, Workspace


@dataclass(frozen=True)
class EditionDiff:
    """What came of comparing: the comparison, and the letters that were not fit for one."""

    comparison: Comparison
    unfit: tuple[str, ...]
    """Slugs of letters whose data or wording have errors."""


def compare_edition(
    loaded: LoadedEdition,
    slugs: Sequence[str],
    last_year: LastYear,
    against: Path | None,
    shown: ShowPath = shown_path,
) -> EditionDiff:
    """Compare these letters of an edition that was composed, gaps and all, with last year's.

    `against` is what was asked for; where it names an edition, that is last year's. Where reasons
    are concluded from the number of letters, all letters count, also those not asked for. `shown`
    is how files that could not be read are told.
    """
    fit = [s for s in slugs if _is_fit(loaded, s)]
    compared = fit
    if any(not v.has_wording for slug in fit for v in last_year.versions.get(slug, ())):
        compared = [s for s in loaded.slugs if _is_fit(loaded, s)]
    pages = _pages_made(loaded, compared)
    pairs = []
    for slug in compared:
        reading = Reading(LetterSource.EDITION, loaded.files[slug], pages.get(slug))
        after = replace(loaded.letters[slug].letter, reading=reading)
        pairs += [(before, after) for before in last_year.versions.get(slug, ())]
    due = [slug for slug in slugs if slug not in loaded.without_letter]
    unfit = tuple(slug for slug in due if slug not in fit)
    new, gone = last_year.new, last_year.gone
    if list(slugs) == loaded.slugs:
        gone = tuple(name for name in gone if slug_of(name) not in unfit)
        new = () if last_year.one_letter else new
    else:
        gone = ()  # of a few letters asked for, the others are not gone
    comparison = compare_all(
        pairs,
        year=loaded.folders.year,
        against=last_year.description,
        old=_old_background(loaded, last_year, against),
        new=context_of(loaded),
        unmatched_new=[slug for slug in new if slug in fit],
        unmatched_old=gone,
        only=set(fit),
    )
    unread = {**comparison.unread, **{shown(p): (w,) for p, w in last_year.unread.items()}}
    without = {
        slug: loaded.without_letter[slug]
        for slug in slugs
        if slug in loaded.without_letter and slug in last_year.versions
    }
    comparison = replace(comparison, unread=unread, sides=last_year.sides, without_letter=without)
    return EditionDiff(comparison, unfit)


def _is_fit(loaded: LoadedEdition, slug: str) -> bool:
    return slug in loaded.letters and not errors(loaded.problems_of(slug))


def _pages_made(loaded: LoadedEdition, slugs: Iterable[str]) -> Mapping[str, int]:
    """How many pages the letters have that were made as they are now."""
    try:
        manifest = read_manifest(loaded.folders.output())
    except ManifestError:
        manifest = None
    pages = {}
    for slug in slugs if manifest else ():
        made = manifest.letters.get(slug) if manifest else None
        if made is None or made.pages is None or made.unfinished or made.failed:
            continue
        now = inputs_of(loaded.letters[slug].letter, loaded.authorities[slug], {})
        if made.inputs.get("letter") == now["letter"]:
            pages[slug] = made.pages
    return pages


def context_of(loaded: LoadedEdition) -> EditionContext | None:
    """What is known of an edition that was loaded; None where it has no letter."""
    languages = dict.fromkeys(edition.language for edition in loaded.editions.values())
    contexts = []
    for language in languages:
        letters = [s for s, edition in loaded.editions.items() if edition.language == language]
        whose = {s: loaded.authorities[s] for s in letters if s in loaded.authorities}
        edition, wording = loaded.editions[letters[0]], loaded.wordings[letters[0]]
        contexts.append(background_of(edition, wording, whose))
    return reduce(EditionContext.also, contexts) if contexts else None


def _old_background(
    loaded: LoadedEdition, last_year: LastYear, against: Path | None
) -> EditionContext:
    """What the files of last year's edition tell, where the letters are of one that is there.

    Unless something else was asked for, no letter is of a later year than ours, whatever it says.
    Else what can be seen in all of last year's letters, also those not asked about.
    """
    versions = [version for each in last_year.versions.values() for version in each]
    known = _edition_of({version.year for version in versions}, loaded, against)
    return known or background_of_letters(versions)


def _edition_of(
    years: set[int | None], loaded: LoadedEdition, against: Path | None
) -> EditionContext | None:
    workspace, ours = loaded.folders.workspace, loaded.folders.year
    if against is not None and (against / "edition.yaml").is_file():
        workspace = Workspace(against.resolve().parent.parent)
    else:
        there = {y for y in workspace.years() if y < ours or (y > ours and against is not None)}
        if not years <= there:
            return None
    (year,) = years if len(years) == 1 else (None,)
    return None if year is None else _read_background(workspace.edition(year))


def _read_background(folders: EditionFolders) -> EditionContext | None:
    edition, _ = read_edition(folders)
    contexts = []
    for language in (edition.languages or [edition.language]) if edition else ():
        data = load_data(folders, language=language)
        if data.edition is not None:
            wording = load_wording(
                folders, data.edition, vocabulary(data.edition), data.authorities.values()
            )
            whose = {data.edition.stem(slug): a for slug, a in data.authorities.items()}
            contexts.append(background_of(data.edition, wording, whose))
    return reduce(EditionContext.also, contexts) if contexts else None
