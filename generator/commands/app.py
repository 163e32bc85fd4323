"""The command line: which commands there are, and what becomes of wrong uses of them.

A command is declared where its work is done; here, where that module loads much, and only then.
"""

from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from generator.commands.authorities import list_, rename
from generator.commands.build import build
from generator.commands.check import check, verify
from generator.commands.command_line import (
    Against,
    Names,
    as_command,
    file_or_folder,
    program,
)
from generator.commands.confirm import confirm
from generator.commands.session import Session, slugs_beginning, today
from generator.commands.set_up import init, new_edition, schema
from generator.console import Console
from generator.workspace import UsageError


def run_command(words: list[str]) -> int:
    """Do what these words ask for. Gives the exit code: 2 where they are not understood."""
    try:
        return int(program(words, prog_name="letters", standalone_mode=False))
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


def preview(
    session: Session,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="AUTHORITY", help="The letter to begin with; all without.", show_default=False
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Where it is asked for; 8018, or a free one."),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    host: Annotated[
        str, typer.Option(help="Let other computers see it, too, with a token that is printed.")
    ] = "127.0.0.1",
    poll: Annotated[
        bool, typer.Option("--poll", help="Look for saves itself: for files on a network drive.")
    ] = False,
    against: Against = None,
) -> int:
    """Show the letters in the browser, live while you write."""
    from generator.commands.preview import preview as preview_letters  # here: it loads a server

    return preview_letters(
        session,
        name,
        host=host,
        port=port,
        open_browser=open_browser,
        poll=poll,
        against=against,
    )


def diff(
    session: Session,
    names: Names = None,
    against: Against = None,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", parser=file_or_folder, help="Write it as a page, to read and print."
        ),
    ] = None,
    stat: Annotated[bool, typer.Option("--stat", help="Say one line for each letter.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 3 when there are differences.")
    ] = False,
) -> int:
    """Say what changed since last year, where, and why."""
    from generator.commands.diff import diff as diff_letters  # here: it loads the PDF reader

    return diff_letters(
        session, names or [], against=against, html=html, stat=stat, exit_code=exit_code
    )


def import_(
    session: Session,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Spreadsheets (.xlsx or .csv).", show_default=False),
    ],
    apply: Annotated[
        bool, typer.Option("--apply", help="Write what is shown, if nothing is wrong.")
    ] = False,
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What columns hold whose labels are not known."),
    ] = None,
    match: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=AUTHORITY", help="A row's name means this authority."),
    ] = None,
    new: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A row's name means an authority that is new."),
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option(metavar="AUTHORITY", help="Take nothing of it, whatever is wrong there."),
    ] = None,
    blank_is_zero: Annotated[
        bool, typer.Option("--blank-is-zero", help="Take a blank cell for a 0.")
    ] = False,
) -> int:
    """Bring in figures from spreadsheets; shows a plan first."""
    from generator.commands.import_figures import (  # here: it loads the reader of workbooks
        import_figures,
        said_about_names,
    )
    from generator.spreadsheets.import_plan import ImportRequest

    asked = ImportRequest(
        files=tuple(files),
        mapping=mapping,
        said=said_about_names(match or [], new or []),
        leave_out=tuple(leave_out or ()),
        blank_is_zero=blank_is_zero,
    )
    return import_figures(session, asked, today(), apply=apply)


def trace(
    session: Session,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[AUTHORITY]",
            help="Its file's name, or any start of it.",
            autocompletion=slugs_beginning,
        ),
    ] = None,
    figure: Annotated[
        str | None,
        typer.Argument(metavar="[FIGURE]", help="Such as decided.upheld; all without one."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every number in every letter, as CSV.")
    ] = False,
) -> int:
    """Follow a figure back to its line, its cell and its rule."""
    if everything == (name is not None):
        raise UsageError(
            'Say which: "letters trace luton decided.upheld", or "letters trace --all".'
        )
    from generator.commands.trace import trace as trace_figure  # here: it loads the PDF reader
    from generator.commands.trace import trace_all

    return trace_all(session) if name is None else trace_figure(session, name, figure)


def export(
    session: Session,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where to; into output/ unless said."),
    ] = None,
) -> int:
    """Write all figures as open data: a table and a workbook."""
    from generator.commands.import_figures import (
        export as export_figures,  # here: it loads openpyxl
    )

    return export_figures(session, to)


COMMANDS = (
    *(build, check, confirm, verify, preview, diff, import_, trace, export),
    *(new_edition, rename, list_, schema),
)
"""In the order in which the help has them; `init`, which needs no edition, is the last."""

for command in COMMANDS:
    as_command(command)
program.command()(init)
