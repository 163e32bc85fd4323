"""What all commands share: the edition they work on, the console, and the report for programs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.console import Console, problem_data, shown_path
from generator.problems import Problem, first_of
from generator.workspace import EditionFolders, UsageError, Workspace, find_workspace


def slugs_beginning(context: typer.Context, incomplete: str) -> list[str]:
    """The authorities of the edition that begin so, by their files' names; nothing is read."""
    try:
        year = str(context.params.get("year") or "")
        folders = _workspace(context).edition(int(year) if year.isdigit() else None)
        paths = sorted(folders.authorities.glob("*.yaml"))
    except (UsageError, OSError):
        return []
    return [path.stem for path in paths if path.stem.startswith(incomplete)]


def years_beginning(context: typer.Context, incomplete: str) -> list[str]:
    """The years of the workspace's editions that begin so."""
    try:
        years = map(str, _workspace(context).years())
    except (UsageError, OSError):
        return []
    return [year for year in years if year.startswith(incomplete)]


def _workspace(context: typer.Context) -> Workspace:
    given = context.params.get("workspace")
    return find_workspace(Path(given) if given else None, Path.cwd())


if TYPE_CHECKING:
    from generator.batch.run import Result
    from generator.project.load_edition import EditionIndex

_MOST_EXPLAINED = 3
INTERRUPTED = 130
"""The exit code of a command that was asked to stop."""


Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show only results and problems.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
NoColour = Annotated[bool, typer.Option("--no-color", help="No colours (also with NO_COLOR set).")]


@dataclass(frozen=True)
class Options:
    """The options that every command takes, as Typer reads them from here."""

    year: Annotated[
        str | None,
        typer.Option(
            metavar="YEAR",
            help="Edition year [default: newest].",
            autocompletion=years_beginning,
        ),
    ] = None
    workspace: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            readable=False,
            help="Folder with data/ and templates/ [default: this one or one above it].",
        ),
    ] = None
    quiet: Quiet = False
    as_json: AsJson = False
    no_colour: NoColour = False
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings, too.")] = False


@dataclass(frozen=True)
class Session:
    """One command on its way: what it works on and where it speaks."""

    command: str
    options: Options
    console: Console
    folders: EditionFolders
    found: list[Problem] = field(default_factory=list)
    """What was told to be wrong on the way: reported with what is found in the end."""

    def exit_code(self, problems: Iterable[Problem], results: "Iterable[Result]" = ()) -> int:
        """0 when all is well; 1 for an error, a letter that failed, or, if strict, a warning."""
        failed = any(result.status == "failed" for result in results)
        wrong = [p for p in (*self.found, *problems) if p.is_error or self.options.strict]
        return 1 if failed or wrong else 0

    def warnings(self, problems: Iterable[Problem]) -> list[Problem]:
        """The warnings among these that `--strict` counts, for a command that else says none.

        With it every command looks at the edition, or the letters asked for, beside its own work.
        """
        return [p for p in problems if self.options.strict and not p.is_error]

    def warnings_of_edition(self) -> list[Problem]:
        """The warnings of the edition as it stands now, for a command that does not load it all."""
        if not self.options.strict:
            return []
        from generator.lineage.earlier_years import load_edition

        return self.warnings(load_edition(self.folders).problems)

    def say_without_letter(self, loaded: "EditionIndex", slugs: Iterable[str]) -> None:
        """Say which of these authorities get no letter, and why: each, unless they are many."""
        from generator.edition.languages import whose

        letters = (slug for slug in slugs if slug in loaded.without_letter)
        without = list(dict.fromkeys(map(whose, letters)))
        if len(without) <= _MOST_EXPLAINED:
            for slug in without:
                self.console.result(f"{slug} gets no letter: {loaded.without_letter[slug]}.")
        else:
            named = first_of(without, _MOST_EXPLAINED)
            why = f"since {loaded.letters_rule} is false"
            self.console.result(f"{len(without)} authorities get no letter, {why}: {named}.")

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong as soon as it is found; at the end it is reported with all else."""
        self.console.problems(problems)
        self.found.extend(problems)

    def report(
        self,
        problems: Sequence[Problem] = (),
        letters: Sequence[dict[str, Any]] = (),
        results: "Sequence[Result]" = (),
        **more: Any,
    ) -> int:
        """Print the one JSON object, where it was asked for. Gives the exit code."""
        if self.options.as_json:
            self.console.json(
                {
                    "command": self.command,
                    "edition": self.folders.year,
                    "letters": self._with_languages([*letters, *map(_letter, results)]),
                    "problems": [problem_data(problem) for problem in (*self.found, *problems)],
                    **more,
                }
            )
        return self.exit_code(problems, results)

    def give_up(self, problems: Sequence[Problem], sentence: str = "", **more: Any) -> int:
        """Say why nothing came of the command, in a sentence, too. Gives the exit code."""
        self.console.problems(problems)
        if sentence:
            self.console.result(sentence)
        return self.report(problems, **more)

    def say_undone(
        self, word: str, results: "Iterable[Result]", of: int, noun: str = "letters"
    ) -> None:
        """Say what was not done, a line for each reason, out of so many that were asked for."""
        for line in by_reason(word, results, of, noun):
            self.console.failure(line)

    def _with_languages(self, letters: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The letters, each with its language where they are in several."""
        from generator.edition.languages import languages_listed
        from generator.edition.yaml_tree import read_yaml

        tree, _ = read_yaml(self.folders.edition_file)
        listed = [*languages_listed(tree, self.folders.edition_file)[0]] if tree else []
        if not listed:
            return letters
        return [
            {**letter, "language": letter["slug"].partition(".")[2] or listed[0]}
            for letter in letters
        ]


def by_reason(word: str, results: "Iterable[Result]", of: int, noun: str = "letters") -> list[str]:
    """What was not done, a line for each reason: three hundred names would say nothing.

    `of` is the number of all letters that were asked for.
    """
    reasons: dict[str, list[str]] = {}
    for result in results:
        reasons.setdefault(result.reason, []).append(result.slug)
    return [f"{word:<9}  {_named(slugs, of, noun)}: {reason}" for reason, slugs in reasons.items()]


def _named(slugs: Sequence[str], of: int, noun: str) -> str:
    if len(slugs) <= 3:
        return ", ".join(slugs)
    return f"all {of} {noun}" if len(slugs) == of else f"{len(slugs)} {noun} ({slugs[0]}, …)"


def open_session(command: str, options: Options) -> Session:
    """Find the workspace and the edition, and say which. Raises `UsageError`."""
    console = Console(as_json=options.as_json, quiet=options.quiet, colour=not options.no_colour)
    workspace = find_workspace(options.workspace, _current_folder())
    folders = workspace.edition(_year(options.year))
    console.progress_line(f"Edition {folders.year}, in {shown_path(folders.data)}")
    return Session(command, options, console, folders)


def today() -> date:
    """What day it is; nobody else asks."""
    return date.today()


def now() -> datetime:
    """What time it is, to the second; nobody else asks."""
    return datetime.now(UTC).replace(microsecond=0)


def _current_folder() -> Path | None:
    """The folder the user is in; None where it was deleted under their feet."""
    try:
        return Path.cwd()
    except OSError:
        return None


def _year(said: str | None) -> int | None:
    if said is not None and not re.fullmatch("[0-9]{4}", said):
        raise UsageError(f'--year "{said}": expected a year, such as 2018.')
    return int(said) if said else None


def _letter(result: "Result") -> dict[str, Any]:
    return {
        "slug": result.slug,
        "status": result.status,
        "reason": result.reason,
        "files": [shown_path(path) for path in result.files],
    }
