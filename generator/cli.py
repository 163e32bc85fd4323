"""The command line: thin commands, each read, asked for and reported here."""

import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from generator.commands.build import build as build_letters
from generator.commands.check import check as check_letters
from generator.commands.list import list_authorities
from generator.commands.schema import write_schemas
from generator.commands.session import Options, Session, open_session
from generator.workspace import UsageError

app = typer.Typer(
    name="letters",
    help="Makes an ombudsman's annual letters: one YAML file per authority, HTML and PDF.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[AUTHORITY]...",
        help="An authority's file name without .yaml, or any start of it; all without one.",
        show_default=False,
    ),
]
Year = Annotated[int | None, typer.Option(help="The edition; the newest unless said.")]
Folder = Annotated[
    Path | None,
    typer.Option("--workspace", help="The folder with data/ and templates/; found unless said."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only results and problems.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")]
NoColour = Annotated[bool, typer.Option("--no-color", help="No colours (also: NO_COLOR).")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings, too.")]


@app.callback(invoke_without_command=True)
def letters(
    show_version: Annotated[bool, typer.Option("--version", help="Say which version.")] = False,
) -> None:
    """Makes an ombudsman's annual letters: one YAML file per authority, HTML and PDF."""
    if show_version:
        typer.echo(f"letters {version('annual-letters')}")
        raise typer.Exit


@app.command()
def build(
    names: Names = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Mark them DRAFT; figures may be missing.")
    ] = False,
    year: Year = None,
    workspace: Folder = None,
    quiet: Quiet = False,
    as_json: Json = False,
    no_colour: NoColour = False,
    strict: Strict = False,
) -> None:
    """Make the letters, as PDF, HTML and text, into output/."""
    options = Options(year, workspace, quiet, as_json, not no_colour, strict)
    _run("build", options, lambda session: build_letters(session, names or [], draft=draft))


@app.command()
def check(
    names: Names = None,
    pages: Annotated[
        bool, typer.Option("--pages", help="Lay the letters out as PDF, too.")
    ] = False,
    year: Year = None,
    workspace: Folder = None,
    quiet: Quiet = False,
    as_json: Json = False,
    no_colour: NoColour = False,
    strict: Strict = False,
) -> None:
    """Find every problem in data and wording; writes nothing."""
    options = Options(year, workspace, quiet, as_json, not no_colour, strict)
    _run("check", options, lambda session: check_letters(session, names or [], pages=pages))


@app.command("list")
def list_(
    year: Year = None,
    workspace: Folder = None,
    quiet: Quiet = False,
    as_json: Json = False,
    no_colour: NoColour = False,
    strict: Strict = False,
) -> None:
    """Show the authorities: their figures, inserts and problems."""
    options = Options(year, workspace, quiet, as_json, not no_colour, strict)
    _run("list", options, list_authorities)


@app.command()
def schema(
    year: Year = None,
    workspace: Folder = None,
    quiet: Quiet = False,
    as_json: Json = False,
    no_colour: NoColour = False,
    strict: Strict = False,
) -> None:
    """Write the JSON Schemas that editors read, into data/schemas/."""
    options = Options(year, workspace, quiet, as_json, not no_colour, strict)
    _run("schema", options, write_schemas)


def _run(command: str, options: Options, work: Callable[[Session], int]) -> None:
    """Do the work and exit with its code; a wrong use is said in a sentence, with code 2."""
    try:
        code = work(open_session(command, options))
        sys.stdout.flush()
    except UsageError as error:
        typer.echo(str(error), err=True)
        code = 2
    except KeyboardInterrupt:
        typer.echo("Interrupted; what was finished is kept.", err=True)
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    raise typer.Exit(code)


def main() -> None:
    """The program `letters`."""
    app()
