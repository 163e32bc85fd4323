"""Prepare an edition: all of it read, checked and composed, and whom each problem concerns."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from generator.checks.confirmed_file import Confirmation, digest_of, read_confirmed
from generator.checks.registry import CheckContext, run_checks
from generator.edition.authority import Authority
from generator.edition.comparisons import EarlierYear
from generator.edition.edition import Edition
from generator.edition.languages import file_stem, whose
from generator.edition.letterhead import Typeface
from generator.edition.load import Data, load_data
from generator.letter.compose import Composed, as_draft, compose
from generator.letter.report_page import REPORT_FILES
from generator.letter.variables import vocabulary
from generator.letter.wording import Wording, load_wording
from generator.problems import Place, Problem, errors, in_draft
from generator.processes.cancellation import gc_disabled
from generator.project.letterhead_pictures import read_pictures
from generator.rendering.letter_template import FILES as LETTER_TEMPLATE_FILES
from generator.rendering.letter_template import LetterTemplate, load_letter_template
from generator.workspace import EditionFolders


@dataclass(frozen=True, eq=False)
class LoadedEdition:
    """An edition ready to be rendered, as far as it could be, with every problem found.

    Equal to itself alone, so that what was made for it can be kept as long as it is.
    """

    folders: EditionFolders
    data: Data
    """What its files say, in the edition's first language."""
    letter_template: LetterTemplate | None
    wording: Wording | None
    """In the first language."""
    letters: Mapping[str, Composed]
    """By slug; missing for authorities whose file has an error, and all where the edition has.

    Also missing for those that get none. Of an edition in several languages, those in the others
    are `slug.cy`, here and in all that is kept by letter.
    """
    without_letter: Mapping[str, str]
    """By letter, why authorities get none."""
    files: Mapping[str, Path]
    """By letter, the authority's file."""
    authorities: Mapping[str, Authority]
    """By letter, whose it is, as its language has it; missing where its file has an error."""
    editions: Mapping[str, Edition]
    """By letter, the edition as its language has it; missing where it cannot be read."""
    wordings: Mapping[str, Wording]
    """By letter, the wording of its language; missing where that cannot be read."""
    problems: list[Problem]
    """All that is wrong, but for what a person has confirmed."""
    confirmed: list[Problem]
    """The problems that a person has accepted."""
    confirmations: list[Confirmation]
    """What was accepted, by whom and when; also what is void by now."""
    _paths: Mapping[str, frozenset[Path]] = field(repr=False)

    @cached_property
    def _by_path(self) -> Mapping[Path, list[Problem]]:
        by_path: dict[Path, list[Problem]] = {}
        for problem in self.problems:
            by_path.setdefault(problem.place.path, []).append(problem)
        return by_path

    @property
    def edition(self) -> Edition | None:
        """The edition; None where its file has an error."""
        return self.data.edition

    @property
    def slugs(self) -> list[str]:
        """The letters of all authorities, readable or not, in alphabetical order of those."""
        return list(self.files)

    def letters_of(self, authority: str) -> list[str]:
        """The letters of one authority, by its slug: one in each language."""
        return [slug for slug in self.files if whose(slug) == authority]

    def called(self, slug: str) -> str:
        """What people call a letter: by its authority, and its language where there are several."""
        authority, edition = self.authorities.get(slug), self.editions.get(slug)
        name = authority.name if authority else slug
        return f"{name} ({edition.language})" if edition and edition.languages else name

    def problems_of(self, slug: str) -> list[Problem]:
        """What is wrong with one letter: in its authority's file, or in shared files it uses."""
        wrong = self._by_path.keys() & self._paths[slug]
        return sorted(problem for path in wrong for problem in self._by_path[path])

    def problems_of_all(self, slugs: Iterable[str]) -> list[Problem]:
        """What is wrong with these letters; for all of them, also what is wrong with no letter."""
        chosen = list(slugs)
        if chosen == self.slugs:
            return self.problems
        paths = frozenset[Path]().union(*(self._paths[slug] for slug in chosen))
        return [p for p in self.problems if p.place.path in paths]


def load_edition(
    folders: EditionFolders,
    *,
    draft: bool = False,
    only: Collection[str] | None = None,
    checked: bool = True,
    years: Mapping[int, EarlierYear] | None = None,
) -> LoadedEdition:
    """Read, check and compose all letters of an edition; nothing is rendered.

    Or `only` those of the authorities whose letters these are, where somebody waits for one: then
    what takes all of them to be found is not found. An edition that is only compared with need not
    be `checked`: what a letter says does not depend on it. `years` has the figures of other years;
    without them, what names those is a gap.
    """
    with gc_disabled():
        only = None if only is None else {whose(slug) for slug in only}
        loaded = _prepare(folders, only, checked, years)
        return as_drafts(loaded) if draft else loaded


def as_drafts(loaded: LoadedEdition) -> LoadedEdition:
    """An edition with its letters as drafts, and as problems what drafts may not have, or are told.

    So what is said of a letter and of its draft comes of one composition.
    """
    letters = {slug: _as_draft(composed) for slug, composed in loaded.letters.items()}
    return replace(with_problems_of_drafts(loaded), letters=letters)


def with_problems_of_drafts(loaded: LoadedEdition) -> LoadedEdition:
    """An edition with its letters as they are, and as problems what those are to drafts."""
    return replace(loaded, problems=sorted(in_draft(loaded.problems)))


def drafts_where_needed(loaded: LoadedEdition) -> LoadedEdition:
    """An edition whose letters are drafts where that is all that can be made of them as yet.

    Its problems are those of letters.
    """
    letters = {
        slug: _as_draft(composed) if errors(loaded.problems_of(slug)) else composed
        for slug, composed in loaded.letters.items()
    }
    return replace(loaded, letters=letters)


def _as_draft(composed: Composed) -> Composed:
    return replace(composed, letter=as_draft(composed.letter))


def _prepare(
    folders: EditionFolders,
    only: Collection[str] | None,
    checked: bool,
    years: Mapping[int, EarlierYear] | None,
) -> LoadedEdition:
    first = _in_language(folders, only, years, None)
    edition = first.data.edition
    if only is not None and len(first.data.authorities) > len(only):
        only = None  # all were read, since their averages are needed
    languages = edition.languages if edition else ()
    others = [_in_language(folders, only, years, language) for language in languages[1:]]
    typeface = edition.typeface if edition else Typeface.LIBERATION_SANS
    pictures, problems = read_pictures(folders, edition) if edition else ({}, [])
    letter_template, more = load_letter_template(folders, typeface, pictures)
    problems += [*more, *first.problems]
    if checked and edition is not None:
        problems += run_checks(first.context(folders, only, others))
    said = {_what(problem) for problem in problems}
    for other in others:
        more = other.problems
        if checked and other.data.edition is not None:
            more = [*more, *run_checks(other.context(folders, only), of_first=False)]
        problems += [problem for problem in more if _what(problem) not in said]
    confirmations, more = read_confirmed(folders)
    problems = sorted({*problems, *more})
    accepted = {entry.digest for entry in confirmations}
    confirmed = [p for p in problems if accepted and _is_confirmed(p, accepted, folders)]
    done = set(confirmed)
    left = [problem for problem in problems if problem not in done]
    every = [first, *others]
    shared = frozenset[Path]().union(*(_shared_paths(folders, each) for each in every))
    own = {s: shared.union(*(_own_paths(s, each) for each in every)) for s in first.data.files}
    of = {
        file_stem(slug, languages, language): (slug, each)
        for slug in first.data.files
        for language, each in zip(languages or [""], every, strict=True)
    }
    return LoadedEdition(
        folders,
        first.data,
        letter_template,
        first.wording,
        letters={name: e.letters[s] for name, (s, e) in of.items() if s in e.letters},
        without_letter={
            name: e.without_letter[s] for name, (s, e) in of.items() if s in e.without_letter
        },
        files={name: first.data.files[slug] for name, (slug, _) in of.items()},
        authorities={
            name: e.data.authorities[s] for name, (s, e) in of.items() if s in e.data.authorities
        },
        editions={name: e.data.edition for name, (_, e) in of.items() if e.data.edition},
        wordings={name: e.wording for name, (_, e) in of.items() if e.wording},
        problems=left,
        confirmed=confirmed,
        confirmations=confirmations,
        _paths={name: own[slug] for name, (slug, _) in of.items()},
    )


@dataclass(frozen=True)
class _InLanguage:
    """An edition in one of its languages, composed; by slug."""

    data: Data
    wording: Wording | None
    letters: Mapping[str, Composed]
    without_letter: Mapping[str, str]
    problems: list[Problem]

    def context(
        self,
        folders: EditionFolders,
        only: Collection[str] | None,
        others: Iterable["_InLanguage"] = (),
    ) -> CheckContext:
        assert self.data.edition is not None
        assert self.wording is not None
        return CheckContext(
            *(folders, self.data.edition, self.data, self.wording, self.letters, only),
            without_letter=self.without_letter,
            others=tuple(o.context(folders, only) for o in others if o.data.edition is not None),
        )


def _in_language(
    folders: EditionFolders,
    only: Collection[str] | None,
    years: Mapping[int, EarlierYear] | None,
    language: str | None,
) -> _InLanguage:
    data = load_data(folders, only, years, language)
    problems = list(data.problems)
    wording = None
    letters: dict[str, Composed] = {}
    without_letter: dict[str, str] = {}
    if data.edition is not None:
        wording = load_wording(
            folders, data.edition, vocabulary(data.edition), data.authorities.values()
        )
        problems += wording.problems
        for slug, authority in data.authorities.items():
            composed = compose(data.edition, authority, wording)
            problems += composed.problems
            if composed.no_letter is None or composed.no_letter.missing:
                letters[slug] = composed
            else:
                without_letter[slug] = composed.no_letter.because
    return _InLanguage(data, wording, letters, without_letter, problems)


def _what(problem: Problem) -> tuple[Place, str, str]:
    """By which a problem is the same, though it is told with the words of another language."""
    return problem.place, problem.where, problem.kind


def _is_confirmed(problem: Problem, accepted: Collection[str], folders: EditionFolders) -> bool:
    return problem.subject is not None and digest_of(problem, folders) in accepted


def _shared_paths(folders: EditionFolders, loaded: _InLanguage) -> frozenset[Path]:
    """The files that every letter uses. An insert that cannot be placed may belong in any."""
    edition, wording = loaded.data.edition, loaded.wording
    paths = {folders.edition_file, folders.authorities, folders.confirmed_file}
    paths |= {folders.templates, folders.sections, folders.report, folders.inserts}
    paths |= {folders.template(name) for name in LETTER_TEMPLATE_FILES}
    paths |= {folders.report / f"{name}.md" for name in REPORT_FILES}
    if edition is not None:
        paths |= {folders.sections / f"{edition.stem(name)}.md" for name in edition.sections}
        paths |= {folders.report / f"{edition.stem(name)}.md" for name in REPORT_FILES}
    if wording is not None:
        unclear = set(wording.insert_files) - set(wording.inserts)
        paths |= {wording.insert_files[name] for name in unclear}
    return frozenset(paths)


def _own_paths(slug: str, loaded: _InLanguage) -> frozenset[Path]:
    """The files that one letter uses; those that its averages hang on, too."""
    data, wording, composed = loaded.data, loaded.wording, loaded.letters.get(slug)
    paths = {data.files[slug]}
    if wording is not None and composed is not None and data.comparisons is not None:
        paths |= {wording.inserts[name].path for name in composed.inserts}
        for comparator in {name.partition(".")[0] for name in composed.compared}:
            paths |= data.comparisons.paths(comparator, data.authorities[slug])
    return frozenset(paths)
