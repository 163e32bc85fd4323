"""What changed in letters since last year, as it was found last, for all and for one."""

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

from generator.lineage.last_year import LastYear, find_last_year
from generator.project.load_edition import LoadedEdition
from generator.reports.edition_diff import compare_edition
from generator.reports.report_model import Report, ReportedChange, report_of
from generator.workspace import UsageError


@dataclass(frozen=True)
class Counterparts:
    """Last year's letters, put beside this year's authorities."""

    whose: Hashable
    """What decided which letter belongs to whom."""
    last_year: LastYear


@dataclass(frozen=True)
class CachedComparison:
    """What came of comparing with last year's letters."""

    report: Report | None
    unfit: frozenset[str] = frozenset()
    """The letters that have errors, and so were not compared."""
    why_not: str = ""
    """Why there is nothing to compare with."""
    counterparts: Counterparts | None = None
    """To be handed back the next time, as long as last year's letters are as they were."""


def compare_with_last_year(
    loaded: LoadedEdition, against: Path | None, known: Counterparts | None
) -> CachedComparison:
    """Compare all letters with last year's, found as `letters diff` finds them."""
    whose = _who_is_who(loaded)
    try:
        if known is None or known.whose != whose:
            folders = loaded.folders
            last_year = find_last_year(folders.workspace, folders.year, against, loaded)
            known = Counterparts(whose, last_year)
    except UsageError as error:
        return CachedComparison(None, why_not=str(error))
    shown = loaded.folders.workspace.shown_path
    found = compare_edition(loaded, loaded.slugs, known.last_year, against, shown)
    report = report_of(found.comparison, shown)
    return CachedComparison(report, frozenset(found.unfit), counterparts=known)


def _who_is_who(loaded: LoadedEdition) -> Hashable:
    return tuple(
        (slug, authority.name, authority.aliases, authority.formerly)
        for slug, authority in loaded.authorities.items()
    )


@dataclass(frozen=True)
class LetterChanges:
    """What changed in one letter."""

    why_none: str
    """Why there is nothing to show; nothing where there is."""
    against: str
    """What it was compared with."""
    own: tuple[ReportedChange, ...] = ()
    """What is peculiar to it."""
    shared: tuple[ReportedChange, ...] = ()
    """What it has in common with others."""

    @property
    def number(self) -> int:
        """How many changes there are."""
        return len(self.own) + len(self.shared)


def changes_of_letter(compared: CachedComparison | None, slug: str) -> LetterChanges:
    """What changed in this letter, as far as it was compared."""
    if compared is None:
        return LetterChanges("It is being compared with last year’s letter.", "")
    report = compared.report
    if report is None:
        return LetterChanges(compared.why_not, "")
    against = report.comparison.against
    if slug in compared.unfit:
        return LetterChanges("It is not compared while it has errors.", against)
    if slug not in {slug for _, _, slug in report.choices}:
        return LetterChanges("There is no letter of last year to compare it with.", against)
    own = [change for letter in report.letters if letter.slug == slug for change in letter.entries]
    shared = [change for change in report.shared if slug in change.slugs]
    none = "" if own or shared else "No changes since last year."
    return LetterChanges(none, against, tuple(own), tuple(shared))
