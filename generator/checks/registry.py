"""The registry of checks: each a function with a name, a scope and a severity.

A check is added by one module in this package and its test: `check_each`, `check_together`,
`check_output` and `check_pdf` find it, and so do `build`, `check`, `verify` and the desk, which all
ask these.
"""

import pkgutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from generator.checks.mentions import Mentions, NameIndex
from generator.edition.authority import Authority
from generator.edition.data_files import DataFile
from generator.edition.edition import Edition
from generator.edition.letterhead import Typeface
from generator.edition.load import Data, load_data
from generator.edition.predecessors import possible_slugs, predecessors_of
from generator.letter.compose import Composed, LetterSummary
from generator.letter.letter import Letter
from generator.letter.wording import Wording
from generator.problems import InDraft, Place, Problem, Severity
from generator.verification.furniture import PageFurniture, page_furniture
from generator.verification.read_back import ReadLetter
from generator.verification.table_proof import FoundTable, find_table
from generator.workspace import EditionFolders


@dataclass(frozen=True)
class CheckContext:
    """An edition whose `edition.yaml` could be read; what else of it could not is left out."""

    folders: EditionFolders
    edition: Edition
    data: Data
    wording: Wording
    letters: Mapping[str, Composed]
    """By slug."""
    summaries: Mapping[str, LetterSummary]
    """By slug, what is known of each letter; its words take longer to be had."""
    only: Collection[str] | None = None
    """The slugs of those that were loaded, where somebody waits for these; None for all."""
    without_letter: Mapping[str, str] = field(default_factory=dict)
    """By slug, why authorities get no letter; `letters` has none of theirs."""
    others: tuple["CheckContext", ...] = ()
    """Given with the first language, the same in the others."""

    @property
    def authorities(self) -> Mapping[str, Authority]:
        """By slug, those whose file could be read."""
        return self.data.authorities

    @cached_property
    def mentions(self) -> Mentions:
        """The authorities' names, to be found in texts."""
        return Mentions(self.authorities)

    @cached_property
    def last_year(self) -> Data | None:
        """What the workspace holds of the year before; None where it has no such edition.

        What is wrong with that edition is for that edition to say. Where not all authorities were
        loaded, only what these may have been then is.
        """
        year = self.folders.year - 1
        if year not in self.folders.workspace.years():
            return None
        only = None if self.only is None else possible_slugs(self.authorities.values())
        return load_data(self.folders.workspace.edition(year), only)

    @cached_property
    def predecessors(self) -> Mapping[str, list[Authority]]:
        """Last year's authorities that each of this year's was, by its slug now."""
        then = self.last_year.authorities if self.last_year else {}
        return predecessors_of(self.authorities.values(), then)


@dataclass(frozen=True)
class OutputContext:
    """What lies in an output folder that is no letter of the edition's, as paths from it."""

    folder: Path
    stale: Mapping[str, list[str]]
    """By slug, of letters that we made and that are no longer in the edition."""
    stale_drafts: Mapping[str, list[str]]
    """The same of drafts."""
    foreign_files: Mapping[str, list[str]]
    """Those that look like letters, and were not made here."""
    without_letter: Mapping[str, str] = field(default_factory=dict)
    """By slug, why authorities of the edition get no letter."""


@dataclass(frozen=True)
class PdfContext:
    """A letter's PDF as it was read back, and the letter that it shall be."""

    read: ReadLetter
    letter: Letter
    names: NameIndex
    """Those of the edition's authorities: none but the letter's own may be in it."""
    typeface: Typeface = Typeface.LIBERATION_SANS
    """What it is set in."""
    record: bytes = b""
    """The record that it shall carry, where that was just written."""

    @cached_property
    def furniture(self) -> Sequence[PageFurniture]:
        """What stands on each page, apart from the words of the letter."""
        pages = self.read.pages
        return [
            page_furniture(page, number, len(pages), self.letter)
            for number, page in enumerate(pages, start=1)
        ]

    @cached_property
    def tables(self) -> Mapping[str, FoundTable]:
        """The tables of the letter by their addresses, looked for on the pages."""
        return {
            block.address: find_table(self.read.pages, block.table)
            for block in self.letter.blocks
            if block.table
        }


class Scope(StrEnum):
    """How much a check must see to find anything.

    What one of a file or an authority finds must hang on no other authority's file: it is not run
    again for those whose files have not changed.
    """

    FILE = "a file"
    AUTHORITY = "an authority"
    EDITION = "all authorities"
    YEARS = "an authority, this year and the one before"
    OUTPUT = "the output folder"
    PDF = "a PDF, read back"

    @property
    def is_of_edition(self) -> bool:
        """Whether it is of what people write, and not of what was made of it."""
        return self not in {Scope.OUTPUT, Scope.PDF}


@dataclass(frozen=True)
class Finding:
    """What a check found, at a place.

    `subject` is what a person accepts who confirms it: with another subject it is open again. It
    is the message itself unless given.
    """

    place: Place
    message: str
    where: str = ""
    subject: str | None = None


def found_at(
    file: DataFile, message: str, *steps: str | int, subject: str | None = None
) -> Finding:
    """A finding at a key of a file, which is named by the steps to it: `aliases.2`, from 1."""
    return Finding(file.place(*steps), message, where_at(*steps), subject)


def where_at(*steps: str | int) -> str:
    """The thing at the end of these steps, as problems name it."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in steps)


@dataclass(frozen=True)
class Check:
    """One check."""

    name: str
    scope: Scope
    severity: Severity
    summary: str
    """What it finds, in one sentence, for the documentation."""
    find: Callable[[Any], Iterable[Any]]
    """Given what its scope lets it see, it gives what it finds, in any order."""
    in_draft: InDraft = InDraft.ERROR
    """What it is to drafts, where it is an error."""
    confirmable: bool = False
    """Whether a person can accept what it finds."""

    def problems(self, context: CheckContext | OutputContext) -> Iterator[Problem]:
        """What it finds, as problems."""
        found: Finding
        for found in self.find(context):
            subject = found.message if found.subject is None else found.subject
            yield Problem(
                found.place,
                found.message,
                found.where,
                self.severity,
                self.name,
                subject if self.confirmable else None,
                self.in_draft,
            )


Find = TypeVar("Find", bound=Callable[[Any], Iterable[Any]])
CHECKS: dict[str, Check] = {}
"""Those registered, by name."""


def check(
    scope: Scope,
    severity: Severity,
    *,
    in_draft: InDraft = InDraft.ERROR,
    confirmable: bool = False,
) -> Callable[[Find], Find]:
    """Register a function as a check: it has its name, and its docstring begins with what it finds.

    It is given a `CheckContext`; of the output folder, an `OutputContext`; of a letter's PDF, a
    `PdfContext`, and there it gives a sentence for each thing with which the letter fails. What it
    warns of in an edition, a person can always accept.
    """
    confirmable |= severity is Severity.WARNING and scope.is_of_edition

    def register(find: Find) -> Find:
        name, summary = check_name(find), (find.__doc__ or "").partition("\n")[0]
        if name in CHECKS:
            raise ValueError(f"two checks are named {name}")
        CHECKS[name] = Check(name, scope, severity, summary, find, in_draft, confirmable)
        return find

    return register


def check_name(find: Callable[[Any], object]) -> str:
    """The name of a check, which is the kind of the problems that it finds: `not-supplied`."""
    return find.__name__.replace("_", "-")


def all_checks() -> list[Check]:
    """Every check there is, by module, and within one as they stand there."""
    _import_all()
    return sorted(CHECKS.values(), key=lambda check: check.find.__module__)


@cache
def _import_all() -> None:
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        import_module(f"{__package__}.{module.name}")


def check_each(context: CheckContext) -> list[Problem]:
    """What is wrong with each file and each letter by itself, whatever stands in the others."""
    return _problems(context, {Scope.FILE, Scope.AUTHORITY})


def check_together(context: CheckContext) -> list[Problem]:
    """How authorities stand to each other and to the year before.

    Where not the whole edition was loaded, only what needs no more. It is the same in all
    languages.
    """
    return _problems(context, {Scope.YEARS, *([Scope.EDITION] if context.only is None else [])})


def check_output(context: OutputContext) -> list[Problem]:
    """What all checks find in an output folder."""
    return _problems(context, {Scope.OUTPUT})


def _problems(context: CheckContext | OutputContext, scopes: set[Scope]) -> list[Problem]:
    chosen = (check for check in all_checks() if check.scope in scopes)
    return [problem for check in chosen for problem in check.problems(context)]


def check_pdf(context: PdfContext) -> list[str]:
    """All that keeps a PDF from being its letter, a sentence each; none where it is."""
    chosen = (check for check in all_checks() if check.scope is Scope.PDF)
    return [finding for check in chosen for finding in check.find(context)]
