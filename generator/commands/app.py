"""The command line: which commands there are, what each may be told, and wrong uses of them."""

import inspect
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from generator.commands.build import build as build_letters
from generator.commands.check import check as check_letters
from generator.commands.list import list_authorities
from generator.commands.schema import write_schemas
from generator.commands.session import Options, Session, open_session
from generator.commands.verify import verify as verify_letters
from generator.console import Console
from generator.workspace import UsageError

_app = typer.Typer(
    name="letters",
    help="Makes an ombudsman's annual letters: one YAML file per authority, HTML and PDF.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def obey(words: list[str]) -> int:
    """Do what these words ask for. Gives the exit code: 2 where they are not understood."""
    try:
        return int(_app(words, prog_name="letters", standalone_mode=False))
    except UsageError as error:
        sentence = str(error)
    except TyperException as error:
        context = getattr(error, "ctx", None)
        asked = context.command_path if context else "letters"
        sentence = f'{error.format_message()}\n"{asked} --help" tells what may be said.'
    console = Console(as_json="--json" in words)
    console.failure(sentence)
    command = words[0] if words and not words[0].startswith("-") else None
    console.json(
        {"command": command, "edition": None, "letters": [], "problems": [], "error": sentence}
    )
    return 2


def _options(
    year: Annotated[
        str | None, typer.Option(metavar="YEAR", help="The edition; the newest unless said.")
    ] = None,
    workspace: Annotated[
        Path | None,
        typer.Option(
            readable=False, help="The folder with data/ and templates/; found unless said."
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say only results and problems.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, for programs.")
    ] = False,
    no_colour: Annotated[
        bool, typer.Option("--no-color", help="No colours (also: NO_COLOR).")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings, too.")] = False,
) -> Options:
    """The options that every command takes."""
    return Options(year, workspace, quiet, as_json, not no_colour, strict)


def _command(work: Callable[..., int]) -> Callable[..., int]:
    """Make a function of a session a command: its own parameters, then those that all take.

    Typer reads a command's parameters from its signature, so this is where they are put together.
    """
    name = work.__name__.strip("_")
    own = list(inspect.signature(work).parameters.values())[1:]
    shared = inspect.signature(_options).parameters

    def command(**said: Any) -> int:
        options = _options(**{parameter: said.pop(parameter) for parameter in shared})
        return work(open_session(name, options), **said)

    command.__signature__ = inspect.Signature([*own, *shared.values()])  # type: ignore[attr-defined]
    _app.command(name, help=work.__doc__)(command)
    return work


Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="AUTHORITY",
        help="An authority's file name without .yaml, or any start of it; all without one.",
        show_default=False,
    ),
]


@_app.callback(invoke_without_command=True)
def letters(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Say which version.")] = False,
) -> None:
    """Makes an ombudsman's annual letters: one YAML file per authority, HTML and PDF."""
    if show_version:
        Console().result(f"letters {version('annual-letters')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise UsageError(context.get_help())


@_command
def build(
    session: Session,
    names: Names = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Mark them DRAFT; figures may be missing.")
    ] = False,
) -> int:
    """Make the letters, as PDF, HTML and text, into output/."""
    return build_letters(session, names or [], draft=draft)


@_command
def check(
    session: Session,
    names: Names = None,
    pages: Annotated[
        bool, typer.Option("--pages", help="Lay the letters out as PDF, too.")
    ] = False,
) -> int:
    """Find every problem in data and wording; writes nothing."""
    return check_letters(session, names or [], pages=pages)


@_command
def verify(session: Session, names: Names = None) -> int:
    """Read the made PDFs back and prove each of them right."""
    return verify_letters(session, names or [])


@_command
def list_(session: Session, names: Names = None) -> int:
    """Show the authorities: their figures, inserts and problems."""
    return list_authorities(session, names or [])


@_command
def schema(session: Session) -> int:
    """Write the JSON Schemas that editors read, into data/schemas/."""
    return write_schemas(session)
