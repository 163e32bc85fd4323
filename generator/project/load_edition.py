"""Prepare an edition: all of it read, checked and composed, and whom each problem concerns."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType

from generator.checks.confirmed_file import Confirmation, digest_of, read_confirmed
from generator.checks.registry import check_each, check_together
from generator.edition.authority import Authority
from generator.edition.comparisons import EarlierYear
from generator.edition.edition import Edition
from generator.edition.languages import file_stem, whose
from generator.edition.letterhead import Typeface
from generator.edition.load import Data
from generator.edition.office import MailSettings
from generator.letter.compose import Composed, LetterSummary
from generator.letter.draft_mark import as_draft
from generator.letter.wording import Wording
from generator.problems import Place, Problem, errors, in_draft
from generator.processes.cancellation import gc_disabled
from generator.project.in_language import load_in_language, own_paths, shared_paths
from generator.project.letterhead_pictures import read_pictures
from generator.project.remembered_letters import OnDemand, RememberedLetter
from generator.rendering.letter_template import LetterTemplate, load_letter_template
from generator.workspace import EditionFolders


@dataclass(frozen=True, eq=False, kw_only=True)
class EditionIndex:
    """The letters of an edition by name, and what is wrong with each: what a plan is made of.

    Equal to itself alone, so that what was made for it can be kept as long as it is.
    """

    folders: EditionFolders
    without_letter: Mapping[str, str]
    """By letter, why authorities get none."""
    letters_rule: str
    """By which authorities get letters; blank where all do."""
    files: Mapping[str, Path]
    """By letter, the authority's file."""
    problems: list[Problem]
    """All that is wrong, but for what a person has confirmed."""
    used_files: Mapping[str, frozenset[Path]] = field(repr=False)
    """By letter, the files that it is made of; at least those with which something is wrong."""

    @cached_property
    def _by_path(self) -> Mapping[Path, list[Problem]]:
        by_path: dict[Path, list[Problem]] = {}
        for problem in self.problems:
            by_path.setdefault(problem.place.path, []).append(problem)
        return by_path

    @property
    def slugs(self) -> list[str]:
        """The letters of all authorities, readable or not, in alphabetical order of those."""
        return list(self.files)

    def letters_of(self, authority: str) -> list[str]:
        """The letters of one authority, by its slug: one in each language."""
        return [slug for slug in self.files if whose(slug) == authority]

    def wrong_files(self, slug: str) -> list[Path]:
        """Those of the files of one letter with which something is wrong."""
        return sorted(self._by_path.keys() & self.used_files[slug]) if self._by_path else []

    def problems_of(self, slug: str) -> list[Problem]:
        """What is wrong with one letter: in its authority's file, or in shared files it uses."""
        return sorted(p for path in self.wrong_files(slug) for p in self._by_path[path])

    def problems_of_all(self, slugs: Iterable[str]) -> list[Problem]:
        """What is wrong with these letters; for all of them, also what is wrong with no letter."""
        chosen = list(slugs)
        if chosen == self.slugs:
            return self.problems
        paths = frozenset[Path]().union(*(self.used_files[slug] for slug in chosen))
        return [p for p in self.problems if p.place.path in paths]


@dataclass(frozen=True, eq=False, kw_only=True)
class LoadedEdition(EditionIndex):
    """An edition ready to be rendered, as far as it could be, with every problem found."""

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
    summaries: Mapping[str, LetterSummary]
    """What is known of each letter without its words, also of those that nobody gets."""
    authorities: Mapping[str, Authority]
    """By letter, whose it is, as its language has it; missing where its file has an error."""
    editions: Mapping[str, Edition]
    """By letter, the edition as its language has it; missing where it cannot be read."""
    wordings: Mapping[str, Wording]
    """By letter, the wording of its language; missing where that cannot be read."""
    confirmed: list[Problem]
    """The problems that a person has accepted."""
    confirmations: list[Confirmation]
    """What was accepted, by whom and when; also what is void by now."""
    findings: list[Problem]
    """What is wrong with each file and letter by itself, confirmed or not, in the first language.
    """
    known: Mapping[str, RememberedLetter]
    """By slug, the letters that are as they were before, and were not composed again."""

    @property
    def edition(self) -> Edition | None:
        """The edition; None where its file has an error."""
        return self.data.edition

    @property
    def mail_settings(self) -> MailSettings:
        """How letters are mailed: as the edition says, and else as usual."""
        return (self.edition.mail if self.edition else None) or MailSettings.model_validate({})

    @property
    def people_to_approve(self) -> int:
        """How many people must approve each item."""
        approvals = self.edition.approvals if self.edition else None
        return approvals.people if approvals else 1

    def summary(self, slug: str) -> LetterSummary | None:
        """What is known of a letter without composing it; None where there is no such letter."""
        return self.summaries[slug] if slug in self.letters else None

    def called(self, slug: str) -> str:
        """What people call a letter: by its authority, and its language where there are several."""
        authority, edition = self.authorities.get(slug), self.editions.get(slug)
        name = authority.name if authority else slug
        return f"{name} ({edition.language})" if edition and edition.languages else name


def load_edition(
    folders: EditionFolders,
    *,
    draft: bool = False,
    only: Collection[str] | None = None,
    checked: bool = True,
    years: Mapping[int, EarlierYear] | None = None,
    known: Mapping[str, RememberedLetter] = MappingProxyType({}),
) -> LoadedEdition:
    """Read, check and compose all letters of an edition; nothing is rendered.

    Or `only` those of the authorities whose letters these are, where somebody waits for one: then
    what takes all of them to be found is not found. An edition that is only compared with need not
    be `checked`: what a letter says does not depend on it. `years` has the figures of other years;
    without them, what names those is a gap. What is `known`, of letters or of drafts, of
    authorities whose files, and all others but authorities' files, are as they were then, is not
    found again.
    """
    with gc_disabled():
        only = None if only is None else {whose(slug) for slug in only}
        loaded = _prepare(folders, only, checked, years, known)
        return replace(as_drafts(loaded), known=loaded.known) if draft else loaded


def as_drafts(loaded: LoadedEdition) -> LoadedEdition:
    """An edition with its letters as drafts, and as problems what drafts may not have, or are told.

    So what is said of a letter and of its draft comes of one composition.
    """
    letters = OnDemand(loaded.letters, partial(_draft_of, loaded))
    return replace(with_problems_of_drafts(loaded), letters=letters, known={})


def with_problems_of_drafts(loaded: LoadedEdition) -> LoadedEdition:
    """An edition with its letters as they are, and as problems what those are to drafts."""
    return replace(loaded, problems=sorted(in_draft(loaded.problems)))


def drafts_where_needed(loaded: LoadedEdition) -> LoadedEdition:
    """An edition whose letters are drafts where that is all that can be made of them as yet.

    Its problems are those of letters.
    """

    def letter_or_draft(slug: str) -> Composed:
        needed = errors(loaded.problems_of(slug))
        return _draft_of(loaded, slug) if needed else loaded.letters[slug]

    letters = OnDemand(loaded.letters, letter_or_draft)
    known = {s: each for s, each in loaded.known.items() if not errors(loaded.problems_of(s))}
    return replace(loaded, letters=letters, known=known)


def _draft_of(loaded: LoadedEdition, slug: str) -> Composed:
    composed = loaded.letters[slug]
    return replace(composed, letter=as_draft(composed.letter))


def _prepare(
    folders: EditionFolders,
    only: Collection[str] | None,
    checked: bool,
    years: Mapping[int, EarlierYear] | None,
    known: Mapping[str, RememberedLetter],
) -> LoadedEdition:
    first = load_in_language(folders, only, years, None, known)
    edition = first.data.edition
    if only is not None and len(first.data.authorities) > len(only):
        only = None  # all were read, since their averages are needed
    languages = edition.languages if edition else ()
    others = [load_in_language(folders, only, years, language) for language in languages[1:]]
    typeface = edition.typeface if edition else Typeface.LIBERATION_SANS
    pictures, problems = read_pictures(folders, edition) if edition else ({}, [])
    is_sound = any(letter.inputs for letter in known.values())  # those of a template, too
    letter_template, more = load_letter_template(folders, typeface, pictures, is_sound=is_sound)
    problems += [*more, *first.problems]
    findings = [problem for letter in first.known.values() for problem in letter.findings]
    if checked and edition is not None:
        findings += check_each(first.read_anew().context(folders, only, others))
        problems += [*findings, *check_together(first.context(folders, only, others))]
    said = {_what(problem) for problem in problems}
    for other in others:
        more = other.problems
        if checked and other.data.edition is not None:
            more = [*more, *check_each(other.context(folders, only))]
        problems += [problem for problem in more if _what(problem) not in said]
    confirmations, more = read_confirmed(folders)
    problems = sorted({*problems, *more})
    accepted = {entry.digest for entry in confirmations}
    confirmed = [p for p in problems if accepted and _is_confirmed(p, accepted, folders)]
    done = set(confirmed)
    left = [problem for problem in problems if problem not in done]
    every = [first, *others]
    shared = frozenset[Path]().union(*(shared_paths(folders, each) for each in every))
    of = {
        file_stem(slug, languages, language): (slug, each)
        for slug in first.data.files
        for language, each in zip(languages or [""], every, strict=True)
    }

    def used_by(name: str) -> frozenset[Path]:
        slug, _ = of[name]
        return shared.union(*(own_paths(slug, each) for each in every))

    return LoadedEdition(
        folders=folders,
        data=first.data,
        letter_template=letter_template,
        wording=first.wording,
        letters=OnDemand(
            [name for name, (slug, each) in of.items() if slug in each.letters],
            lambda name: of[name][1].letters[of[name][0]],
        ),
        summaries={name: e.summaries[s] for name, (s, e) in of.items() if s in e.summaries},
        without_letter={
            name: e.without_letter[s] for name, (s, e) in of.items() if s in e.without_letter
        },
        letters_rule=edition.letters.when if edition and edition.letters else "",
        files={name: first.data.files[slug] for name, (slug, _) in of.items()},
        authorities={
            name: e.data.authorities[s] for name, (s, e) in of.items() if s in e.data.authorities
        },
        editions={name: e.data.edition for name, (_, e) in of.items() if e.data.edition},
        wordings={name: e.wording for name, (_, e) in of.items() if e.wording},
        problems=left,
        confirmed=confirmed,
        confirmations=confirmations,
        used_files=OnDemand(of, used_by),
        findings=findings,
        known=first.known,
    )


def _what(problem: Problem) -> tuple[Place, str, str]:
    """By which a problem is the same, though it is told with the words of another language."""
    return problem.place, problem.where, problem.kind


def _is_confirmed(problem: Problem, accepted: Collection[str], folders: EditionFolders) -> bool:
    return problem.subject is not None and digest_of(problem, folders) in accepted
