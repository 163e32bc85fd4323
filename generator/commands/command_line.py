"""How a command is declared: what all commands take, and what several of them do."""

import inspect
import re
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import is_dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperOption

from generator.commands.session import Options, open_session, slugs_beginning
from generator.console import Console
from generator.processes.cancellation import interrupted_by_signals
from generator.workspace import UsageError

if TYPE_CHECKING:
    from generator.batch.run import LetterExecutor

program = typer.Typer(
    name="letters",
    help="Build an ombudsman's annual letters from data and wording: PDF, HTML and text.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _no_type(ctx: Any) -> None:
    """Nothing, where Typer would write `<list[str]>`."""


def _no_range() -> None:
    """Nothing, where Typer would write `[x>=1]`."""


class PlainHelp(TyperCommand):
    """A command whose help names its arguments, without their types in Python and their ranges."""

    def get_params(self, ctx: Any) -> Any:
        """The parameters, as Typer declares them."""
        params = super().get_params(ctx)
        for parameter in params:
            if isinstance(parameter, TyperArgument):
                parameter.display_type_rich = _no_type  # type: ignore[method-assign]
            elif isinstance(parameter, TyperOption):
                parameter._get_number_range_help_str = _no_range  # type: ignore[method-assign]
        return params

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The usage line, without braces around what is required."""
        return [re.sub("[{}]", "", piece) for piece in super().collect_usage_pieces(ctx)]


def as_command(work: Callable[..., int]) -> None:
    """Make a function of a session a command: its own parameters, then those that all take.

    Typer reads a command's parameters from its signature, so this is where they are put together.
    A parameter that is a dataclass, as a request is, stands for those that are its fields.
    """
    name = work.__name__.strip("_").replace("_", "-")
    own = list(inspect.signature(work).parameters.values())[1:]
    requests: dict[str, Any] = {p.name: p.annotation for p in own if is_dataclass(p.annotation)}
    fields = {key: inspect.signature(request).parameters for key, request in requests.items()}
    typed = [one for each in own for one in fields.get(each.name, {each.name: each}).values()]
    shared = inspect.signature(Options).parameters

    def command(**said: Any) -> int:
        from generator.commands.writing import NotWrittenError

        options = Options(**{parameter: said.pop(parameter) for parameter in shared})
        for key, request in requests.items():
            said[key] = request(**{parameter: said.pop(parameter) for parameter in fields[key]})
        # The desk ends in an order of its own.
        with nullcontext() if name == "preview" else interrupted_by_signals():
            session = open_session(name, options)
            try:
                return work(session, **said)
            except NotWrittenError as refused:
                return session.give_up([refused.problem], refused.sentence)

    command.__signature__ = inspect.Signature([*typed, *shared.values()])  # type: ignore[attr-defined]  # which Python looks up first
    program.command(name, cls=PlainHelp, help=work.__doc__)(command)


@program.callback(invoke_without_command=True)
def letters(
    context: typer.Context,
    show_version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.")
    ] = False,
) -> None:
    """Build an ombudsman's annual letters from data and wording: PDF, HTML and text."""
    if show_version:
        from importlib.metadata import version

        Console().result(f"letters {version('annual-letters')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise UsageError(context.get_help())


@program.command("help", cls=PlainHelp)
def show_help(
    command: Annotated[
        str | None, typer.Argument(metavar="COMMAND", help="Command to explain [default: all].")
    ] = None,
) -> int:
    """Show the help of a command, as --help does."""
    words = [*([command] if command else []), "--help"]
    return int(program(words, prog_name="letters", standalone_mode=False) or 0)


Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="AUTHORITY",
        help="File name of an authority without .yaml, or its beginning [default: all].",
        show_default=False,
        autocompletion=slugs_beginning,
    ),
]


Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="NUMBER",
        min=1,
        help="Worker processes [default: one for each processor].",
    ),
]
TimeLimit = Annotated[
    float,
    typer.Option(
        metavar="SECONDS",
        min=0.1,
        help="Time limit for one letter [default: 60].",
        show_default=False,
    ),
]


def text_option(metavar: str, said: str) -> Any:
    """An option with a text after it; what is said of it is its help."""
    return typer.Option(metavar=metavar, help=said)


By = Annotated[str | None, text_option("NAME", "Name to record [default: git's user.name].")]
Reason = Annotated[str | None, text_option("TEXT", "Reason to record.")]


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
        raise UsageError("--against and --html need a name after them; one of them is blank.")
    return Path(typed)


def path_option(metavar: str, said: str) -> Any:
    """An option that names a file or a folder; what is said of it is its help."""
    return typer.Option(metavar=metavar, parser=file_or_folder, help=said)


Against = Annotated[
    Path | None,
    path_option(
        "WHAT",
        "Letters to compare with: a year; a PDF, HTML or text file, or a folder of them; "
        "or `built`, those in output/ [default: last year's].",
    ),
]


def executor_for(jobs: int | None, time_limit: float) -> "LetterExecutor":
    """The workers that make letters: as many as this computer has processors, unless said."""
    from generator.batch.workers import processors, render_all

    return partial(render_all, workers=jobs or processors(), time_limit_s=time_limit)
