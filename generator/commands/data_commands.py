"""The commands on data: figures in and out, authorities, editions and workspaces.

As in `app`, what a command does is imported when it runs.
"""

from pathlib import Path
from typing import Annotated

import typer

from generator.commands.command_line import Names, SortKey
from generator.commands.session import (
    AsJson,
    NoColour,
    Options,
    Quiet,
    Session,
    slugs_beginning,
    today,
)
from generator.processes.cancellation import interrupted_by_signals
from generator.spreadsheets.questions import Question
from generator.workspace import UsageError, example_names


def import_(
    session: Session,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Spreadsheet (.xlsx or .csv).", show_default=False),
    ],
    apply: Annotated[
        bool, typer.Option("--apply", help="Carry out the plan, if it has no errors.")
    ] = False,
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="File that says what columns with unknown labels hold."),
    ] = None,
    match: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=AUTHORITY", help="Read this name in a row as this authority."),
    ] = None,
    new: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help='Read this name in a row as a new authority; "*" for all.'
        ),
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option(
            metavar="AUTHORITY", help="Leave this authority out, whatever is wrong there."
        ),
    ] = None,
    blank_is_zero: Annotated[
        bool, typer.Option("--blank-is-zero", help="Read blank cells as 0.")
    ] = False,
    corrections: Annotated[
        bool,
        typer.Option("--corrections", help="The sheets hold only some of the rows and columns."),
    ] = False,
    accept: Annotated[
        list[Question] | None,
        typer.Option(metavar="QUESTION", help="Answer a question of the plan with yes."),
    ] = None,
) -> int:
    """Import figures and addressees from spreadsheets. Without --apply, show the plan."""
    from generator.commands.supplied_figures import import_figures, said_about_names
    from generator.spreadsheets.import_plan import ImportRequest

    asked = ImportRequest(
        files=tuple(files),
        mapping=mapping,
        said=said_about_names(match or [], new or []),
        leave_out=tuple(leave_out or ()),
        blank_is_zero=blank_is_zero,
        corrections=corrections,
        accept=frozenset(accept or ()),
    )
    return import_figures(session, asked, today(), apply=apply)


def trace(
    session: Session,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="AUTHORITY",
            help="File name of the authority without .yaml, or its beginning.",
            autocompletion=slugs_beginning,
        ),
    ] = None,
    figure: Annotated[
        str | None,
        typer.Argument(metavar="FIGURE", help="Figure, such as decided.upheld [default: all]."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="List every number in every letter, as CSV.")
    ] = False,
) -> int:
    """Show where a figure comes from: its line, cell and rule."""
    if everything == (name is not None):
        raise UsageError(
            'Name an authority, as in "letters trace anyplace decided.fault", or use --all.'
        )
    from generator.commands.supplied_figures import trace as trace_figure
    from generator.commands.supplied_figures import trace_all

    return trace_all(session) if name is None else trace_figure(session, name, figure)


def export(
    session: Session,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder to write to [default: output/YEAR]."),
    ] = None,
) -> int:
    """Write all figures as open data: a CSV file and a workbook."""
    from generator.commands.supplied_figures import export as export_figures

    return export_figures(session, to)


def new_edition(
    session: Session,
    new_year: Annotated[
        str, typer.Argument(metavar="YEAR", help="Year of the new edition.", show_default=False)
    ],
    start_from: Annotated[
        str | None,
        typer.Option("--from", metavar="YEAR", help="Edition to start from [default: newest]."),
    ] = None,
) -> int:
    """Start the next edition: wording and addressees, no figures."""
    from generator.commands.set_up import new_edition as start_edition

    return start_edition(session, new_year, start_from)


def rename(
    session: Session,
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="File name of the authority without .yaml, or its beginning.",
            show_default=False,
            autocompletion=slugs_beginning,
        ),
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="New name, in quotes.", show_default=False)
    ],
) -> int:
    """Rename an authority everywhere its name is used."""
    from generator.commands.authorities import rename as rename_authority

    return rename_authority(session, old, new)


def list_(
    session: Session,
    names: Names = None,
    sort: Annotated[
        SortKey | None,
        typer.Option(
            metavar="COLUMN",
            help="Column to sort by: name, figures, problems, status, letter or pages; "
            "numbers, largest first [default: file name].",
        ),
    ] = None,
) -> int:
    """List the authorities: their figures, inserts and problems."""
    from generator.commands.authorities import list_authorities

    return list_authorities(session, names or [], sort)


def schema(session: Session) -> int:
    """Write the JSON Schemas that text editors use for YAML files."""
    from generator.commands.set_up import schema as write_schemas

    return write_schemas(session)


def init(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="Empty or new folder [default: this one].", show_default=False
        ),
    ] = Path(),
    example: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=f"Start from an example: {', '.join(example_names())}."),
    ] = None,
    with_templates: Annotated[
        bool, typer.Option("--with-templates", help="Copy the page templates and styles, too.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
    no_colour: NoColour = False,
) -> int:
    """Create a workspace: with a first letter, or from an example."""
    from generator.commands.set_up import begin_workspace
    from generator.lineage.new_files import plan_workspace

    options = Options(quiet=quiet, as_json=as_json, no_colour=no_colour)
    with interrupted_by_signals():
        new = plan_workspace(example, today(), with_templates=with_templates)
        return begin_workspace(options, folder, new)
