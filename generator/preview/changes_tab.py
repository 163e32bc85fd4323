"""What changed in a letter since last year: out of the report that `letters diff` writes."""

from dataclasses import dataclass

from generator.preview.last_year_cache import CachedComparison
from generator.reports.report_model import ReportedChange


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
        return LetterChanges("It has no letter of last year to be compared with.", against)
    own = [change for letter in report.letters if letter.slug == slug for change in letter.entries]
    shared = [change for change in report.shared if slug in change.slugs]
    none = "" if own or shared else "It says what it said last year."
    return LetterChanges(none, against, tuple(own), tuple(shared))
