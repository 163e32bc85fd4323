"""The command line: which commands there are, what each may be told, and wrong uses of them."""

from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from generator.batch.build_letters import BuildRequest
from generator.batch.cluster import cluster_at
from generator.commands.build import build as build_letters
from generator.commands.build import show_plan
from generator.commands.check import check as check_letters
from generator.commands.check import verify as verify_letters
from generator.commands.command_line import (
    Against,
    Jobs,
    Names,
    TimeLimit,
    as_command,
    executor_for,
    file_or_folder,
    program,
)
from generator.commands.confirm import ConfirmRequest
from generator.commands.confirm import confirm as confirm_problems
from generator.commands.list import SortKey, list_authorities
from generator.commands.session import AsJson, NoColour, Options, Quiet, Session, slugs_beginning
from generator.commands.set_up import begin_workspace, start_edition, write_schemas
from generator.commands.set_up import rename as rename_authority
from generator.commands.writing import recover_all
from generator.console import Console
from generator.lineage.earlier_years import load_edition
from generator.lineage.new_files import example_names, plan_workspace
from generator.processes.cancellation import interrupted_by_signals
from generator.processes.contained import get_ready
from generator.project.load_edition import choose_slugs
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


@as_command
def build(
    session: Session,
    names: Names = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Mark them DRAFT; figures may be missing.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be made and why; write nothing.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Make also those that are as they should be.")
    ] = False,
    only_failed: Annotated[
        bool, typer.Option("--only-failed", help="Only those that could not be made last time.")
    ] = False,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", help="Stop at the first that cannot be made.")
    ] = False,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune", help="Remove the letters (or drafts) of authorities that have left."
        ),
    ] = False,
    jobs: Jobs = None,
    time_limit: TimeLimit = 60,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Let the workers of a Dask scheduler make them."),
    ] = None,
) -> int:
    """Make the letters that have changed: PDF, HTML and text."""
    if prune and names:
        raise UsageError("--prune looks at all letters; leave the names out.")
    if cluster is not None and jobs is not None:
        raise UsageError("--jobs is for this computer's workers, not for those of --cluster.")
    if cluster is None and not dry_run:
        get_ready()
    if not dry_run:
        recover_all(session)
    loaded = load_edition(session.folders, draft=draft)
    slugs = choose_slugs(loaded, names or [])
    asked = BuildRequest(slugs, draft, force, fail_fast, only_failed, prune)
    if dry_run:
        return show_plan(session, loaded, asked)
    with (
        nullcontext(executor_for(jobs, time_limit))
        if cluster is None
        else cluster_at(cluster, time_limit) as executor
    ):
        return build_letters(session, loaded, asked, executor)


@as_command
def check(
    session: Session,
    names: Names = None,
    pages: Annotated[
        bool, typer.Option("--pages", help="Lay the letters out as PDF, too.")
    ] = False,
    sums: Annotated[bool, typer.Option("--sums", help="Say what all letters add up to.")] = False,
    jobs: Jobs = None,
    time_limit: TimeLimit = 60,
) -> int:
    """Find every problem in data and wording; writes nothing."""
    if sums and names:
        raise UsageError("--sums adds up all letters; leave the names out.")
    executor = executor_for(jobs, time_limit) if pages else None
    return check_letters(session, names or [], executor, sums=sums)


@as_command
def confirm(
    session: Session,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KEY|AUTHORITY]",
            help="What to confirm, by its key; or authorities, whose problems alone are meant.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="Confirm all of this kind.")
    ] = None,
    all_of: Annotated[
        str | None,
        typer.Option("--all", metavar="DIGEST", help="Confirm the whole list that ended so."),
    ] = None,
    withdraw: Annotated[
        list[str] | None, typer.Option(metavar="KEY", help="Take back what was confirmed.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who confirms [default: git's user.name].")
    ] = None,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why it is right as it is.")
    ] = None,
) -> int:
    """List what waits to be looked at, or accept it as it is."""
    request = ConfirmRequest(words or (), kind or (), all_of, withdraw or (), by, reason)
    return confirm_problems(session, request, date.today())


@as_command
def verify(
    session: Session, names: Names = None, jobs: Jobs = None, time_limit: TimeLimit = 60
) -> int:
    """Read the made letters back and prove each of them right."""
    return verify_letters(session, names or [], executor_for(jobs, time_limit))


@as_command
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


@as_command
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


@as_command
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
    return import_figures(session, asked, date.today(), apply=apply)


@as_command
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


@as_command
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


@as_command
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
    return start_edition(session, new_year, start_from)


@as_command
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
    return rename_authority(session, old, new)


@as_command
def list_(
    session: Session,
    names: Names = None,
    sort: Annotated[
        SortKey | None,
        typer.Option(help="By which column; of numbers, the largest first."),
    ] = None,
) -> int:
    """Show the authorities: their figures, inserts and problems."""
    return list_authorities(session, names or [], sort)


@as_command
def schema(session: Session) -> int:
    """Write the JSON Schemas that editors read."""
    return write_schemas(session)


@program.command()
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
    options = Options(quiet=quiet, as_json=as_json, no_colour=no_colour)
    with interrupted_by_signals():
        new = plan_workspace(example, date.today(), with_templates=with_templates)
        return begin_workspace(options, folder, new)
