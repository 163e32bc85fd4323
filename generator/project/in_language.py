"""An edition as it is in one of its languages: read, composed, and what each letter is made of."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from generator.checks.registry import CheckContext
from generator.edition.comparisons import EarlierYear
from generator.edition.load import Data, load_data
from generator.letter.compose import Composed, LetterSummary, compose
from generator.letter.variables import vocabulary
from generator.letter.wording import Wording, load_wording
from generator.letter.wording_files import REPORT_FILES
from generator.problems import Problem
from generator.project.remembered_letters import OnDemand, RememberedLetter, still_known
from generator.rendering.letter_template import FILES as LETTER_TEMPLATE_FILES
from generator.workspace import EditionFolders


@dataclass(frozen=True)
class EditionInLanguage:
    """An edition in one of its languages, composed; by slug."""

    data: Data
    wording: Wording | None
    letters: OnDemand[Composed]
    summaries: Mapping[str, LetterSummary]
    """Also of those that get no letter."""
    without_letter: Mapping[str, str]
    problems: list[Problem]
    known: Mapping[str, RememberedLetter]

    def read_anew(self) -> "EditionInLanguage":
        """Without those of which all is known."""
        slugs = self.data.authorities.keys() - self.known.keys()
        authorities = {s: each for s, each in self.data.authorities.items() if s in slugs}
        data = replace(self.data, authorities=authorities)
        return replace(self, data=data, letters=self.letters.among(slugs))

    def context(
        self,
        folders: EditionFolders,
        only: Collection[str] | None,
        others: Iterable["EditionInLanguage"] = (),
    ) -> CheckContext:
        """What checks are given; those that hold languages to each other, with the others."""
        assert self.data.edition is not None
        assert self.wording is not None
        summaries = {slug: self.summaries[slug] for slug in self.letters}
        return CheckContext(
            *(folders, self.data.edition, self.data, self.wording, self.letters, summaries, only),
            without_letter=self.without_letter,
            others=tuple(o.context(folders, only) for o in others if o.data.edition is not None),
        )


def load_in_language(
    folders: EditionFolders,
    only: Collection[str] | None,
    years: Mapping[int, EarlierYear] | None,
    language: str | None,
    known: Mapping[str, RememberedLetter] = MappingProxyType({}),
) -> EditionInLanguage:
    """Read and compose an edition in one language, the first unless said.

    What is `known` of authorities, of an edition in one language, is not found again.
    """
    as_before = {slug: letter.authority for slug, letter in known.items()}
    data = load_data(folders, only, years, language, as_before)
    problems = list(data.problems)
    wording = None
    summaries: dict[str, LetterSummary] = {}
    without_letter: dict[str, str] = {}
    known = still_known(known, data)
    if data.edition is not None:
        wording = load_wording(
            folders, data.edition, vocabulary(data.edition), data.authorities.values()
        )
        problems += wording.problems

    def composed(slug: str) -> Composed:
        assert data.edition is not None
        assert wording is not None
        return compose(data.edition, data.authorities[slug], wording)

    letters = OnDemand(data.authorities if wording else (), composed)
    for slug in letters:
        summary = known[slug].summary if slug in known else letters[slug].summary
        summaries[slug] = summary
        problems += summary.problems
        if summary.no_letter is not None and not summary.no_letter.missing:
            without_letter[slug] = summary.no_letter.because
    letters = letters.among(summaries.keys() - without_letter)
    return EditionInLanguage(data, wording, letters, summaries, without_letter, problems, known)


def shared_paths(folders: EditionFolders, loaded: EditionInLanguage) -> frozenset[Path]:
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


def own_paths(slug: str, loaded: EditionInLanguage) -> frozenset[Path]:
    """The files that one letter uses; those that its averages hang on, too."""
    data, wording = loaded.data, loaded.wording
    paths = {data.files[slug]}
    if wording is not None and slug in loaded.letters and data.comparisons is not None:
        summary = loaded.summaries[slug]
        paths |= {wording.inserts[name].path for name in summary.inserts}
        for comparator in {name.partition(".")[0] for name in summary.compared}:
            paths |= data.comparisons.paths(comparator, data.authorities[slug])
    return frozenset(paths)
