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
from generator.workspace import UsageError, example_names


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
    from generator.commands.supplied_figures import import_figures, said_about_names
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
            'Say which: "letters trace anyplace decided.fault", or "letters trace --all".'
        )
    from generator.commands.supplied_figures import trace as trace_figure
    from generator.commands.supplied_figures import trace_all

    return trace_all(session) if name is None else trace_figure(session, name, figure)


def export(
    session: Session,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where to; into output/ unless said."),
    ] = None,
) -> int:
    """Write all figures as open data: a table and a workbook."""
    from generator.commands.supplied_figures import export as export_figures

    return export_figures(session, to)


def new_edition(
    session: Session,
    new_year: Annotated[
        str, typer.Argument(metavar="YEAR", help="The year to start.", show_default=False)
    ],
    start_from: Annotated[
        str | None,
        typer.Option("--from", metavar="YEAR", help="The edition to start from; the newest."),
    ] = None,
) -> int:
    """Start next year's edition: wording, addressees, no figures."""
    from generator.commands.set_up import new_edition as start_edition

    return start_edition(session, new_year, start_from)


def rename(
    session: Session,
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="Its file's name, or any start of it.",
            show_default=False,
            autocompletion=slugs_beginning,
        ),
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="The new name, in quotes.", show_default=False)
    ],
) -> int:
    """Rename an authority, and all that goes by its name."""
    from generator.commands.authorities import rename as rename_authority

    return rename_authority(session, old, new)


def list_(
    session: Session,
    names: Names = None,
    sort: Annotated[
        SortKey | None,
        typer.Option(help="By which column; of numbers, the largest first."),
    ] = None,
) -> int:
    """Show the authorities: their figures, inserts and problems."""
    from generator.commands.authorities import list_authorities

    return list_authorities(session, names or [], sort)


def schema(session: Session) -> int:
    """Write the JSON Schemas that editors read."""
    from generator.commands.set_up import schema as write_schemas

    return write_schemas(session)


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that is empty or new.")
    ] = Path(),
    example: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=f"An example to try: {', '.join(example_names())}."),
    ] = None,
    with_templates: Annotated[
        bool, typer.Option("--with-templates", help="Also copies of the page and its styles.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
    no_colour: NoColour = False,
) -> int:
    """Begin a workspace: a first letter to replace, or an example."""
    from generator.commands.set_up import begin_workspace
    from generator.lineage.new_files import plan_workspace

    options = Options(quiet=quiet, as_json=as_json, no_colour=no_colour)
    with interrupted_by_signals():
        new = plan_workspace(example, today(), with_templates=with_templates)
        return begin_workspace(options, folder, new)
