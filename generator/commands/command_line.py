"""How a command is declared: what all commands take, and what several of them do."""

import inspect
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.commands.session import Options, open_session, slugs_beginning
from generator.console import Console
from generator.processes.cancellation import interrupted_by_signals
from generator.workspace import UsageError

if TYPE_CHECKING:
    from generator.batch.run import LetterExecutor

program = typer.Typer(
    name="letters",
    help="Makes an ombudsman's annual letters: one YAML file per authority, HTML and PDF.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def as_command(work: Callable[..., int]) -> None:
    """Make a function of a session a command: its own parameters, then those that all take.

    Typer reads a command's parameters from its signature, so this is where they are put together.
    """
    name = work.__name__.strip("_").replace("_", "-")
    own = list(inspect.signature(work).parameters.values())[1:]
    shared = inspect.signature(Options).parameters

    def command(**said: Any) -> int:
        from generator.commands.writing import NotWrittenError

        options = Options(**{parameter: said.pop(parameter) for parameter in shared})
        # The desk ends in an order of its own.
        with nullcontext() if name == "preview" else interrupted_by_signals():
            session = open_session(name, options)
            try:
                return work(session, **said)
            except NotWrittenError as refused:
                return session.give_up([refused.problem], "Nothing was written.")

    command.__signature__ = inspect.Signature([*own, *shared.values()])  # type: ignore[attr-defined]  # which Python looks up first
    program.command(name, help=work.__doc__)(command)


@program.callback(invoke_without_command=True)
def letters(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Say which version.")] = False,
) -> None:
    """Makes an ombudsman's annual letters: one YAML file per authority, HTML and PDF."""
    if show_version:
        from importlib.metadata import version

        Console().result(f"letters {version('annual-letters')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise UsageError(context.get_help())


@program.command("help")
def show_help(
    command: Annotated[
        str | None, typer.Argument(metavar="[COMMAND]", help="Which command; all without one.")
    ] = None,
) -> int:
    """Show how a command is used, as --help does."""
    words = [*([command] if command else []), "--help"]
    return int(program(words, prog_name="letters", standalone_mode=False) or 0)


Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="AUTHORITY",
        help="An authority's file name without .yaml, or any start of it; all without one.",
        show_default=False,
        autocompletion=slugs_beginning,
    ),
]


Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, help="Worker processes; as many as processors."),
]
TimeLimit = Annotated[
    float,
    typer.Option(metavar="SECONDS", min=0.1, help="How long one letter may take."),
]


class SortKey(StrEnum):
    """What a list is sorted by; figures supplied, problems and pages the largest first."""

    NAME = "name"
    FIGURES = "figures"
    PROBLEMS = "problems"
    STATUS = "status"
    LETTER = "letter"
    PAGES = "pages"


def file_or_folder(typed: str) -> Path:
    """A file or folder as typed; no words, as of a variable that is not set, are no folder."""
    if not typed.strip():
        raise UsageError("--against and --html want a name after them; one of them has none.")
    return Path(typed)


Against = Annotated[
    Path | None,
    typer.Option(
        metavar="WHAT",
        parser=file_or_folder,
        help="Last year's letters: a year, a file or folder of PDF, HTML or text; or `built`: "
        "this year's in output/.",
    ),
]


def executor_for(jobs: int | None, time_limit: float) -> "LetterExecutor":
    """The workers that make letters: as many as this computer has processors, unless said."""
    from generator.batch.workers import render_all

    return partial(render_all, workers=jobs or _processors(), time_limit_s=time_limit)


def _processors() -> int:
    """The processors that this program may use; all of them where the system does not say."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
