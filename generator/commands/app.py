"""The command line: which commands there are, what each may be told, and wrong uses of them."""

import inspect
import os
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from generator.batch.build_letters import BuildRequest
from generator.batch.cluster import cluster_at
from generator.batch.run import LetterExecutor
from generator.batch.workers import render_all
from generator.commands.build import build as build_letters
from generator.commands.build import show_plan
from generator.commands.check import check as check_letters
from generator.commands.confirm import ConfirmRequest
from generator.commands.confirm import confirm as confirm_problems
from generator.commands.list import list_authorities
from generator.commands.new_edition import start_edition
from generator.commands.schema import write_schemas
from generator.commands.session import Options, Session, open_session
from generator.commands.verify import verify as verify_letters
from generator.commands.writing import NotWrittenError, recover_all
from generator.console import Console
from generator.processes.cancellation import interrupted_by_signals
from generator.processes.contained import get_ready
from generator.project.load_edition import choose_slugs, load_edition
from generator.workspace import UsageError

_app = typer.Typer(
    name="letters",
    help="Makes an ombudsman's annual letters: one YAML file per authority, HTML and PDF.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def run_command(words: list[str]) -> int:
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
    name = work.__name__.strip("_").replace("_", "-")
    own = list(inspect.signature(work).parameters.values())[1:]
    shared = inspect.signature(_options).parameters

    def command(**said: Any) -> int:
        options = _options(**{parameter: said.pop(parameter) for parameter in shared})
        # The desk ends in an order of its own.
        with nullcontext() if name == "preview" else interrupted_by_signals():
            session = open_session(name, options)
            try:
                return work(session, **said)
            except NotWrittenError as refused:
                session.console.problems([refused.problem])
                session.console.result("Nothing was written.")
                session.report([], [refused.problem])
                return 1

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


Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, help="Worker processes; as many as processors."),
]
TimeLimit = Annotated[
    float,
    typer.Option(metavar="SECONDS", min=0.1, help="How long one letter may take."),
]


@_command
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
    """Make the letters that have changed, as PDF, HTML and text, into output/."""
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
        nullcontext(_crew(jobs, time_limit))
        if cluster is None
        else cluster_at(cluster, time_limit) as crew
    ):
        return build_letters(session, loaded, asked, crew)


@_command
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
    crew = _crew(jobs, time_limit) if pages else None
    return check_letters(session, names or [], crew, sums=sums)


@_command
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
    """List what waits for somebody to look at it, or accept it as it is."""
    request = ConfirmRequest(words or (), kind or (), all_of, withdraw or (), by, reason)
    return confirm_problems(session, request, date.today())


def _crew(jobs: int | None, time_limit: float) -> LetterExecutor:
    """The workers that make letters: as many as this computer has processors, unless said."""
    number = jobs or len(os.sched_getaffinity(0))
    return partial(render_all, workers=number, time_limit_s=time_limit)


@_command
def verify(
    session: Session, names: Names = None, jobs: Jobs = None, time_limit: TimeLimit = 60
) -> int:
    """Read the made letters back and prove each of them right."""
    return verify_letters(session, names or [], _crew(jobs, time_limit))


def _path(typed: str) -> Path:
    """A file or folder as typed; no words, as of a variable that is not set, are no folder."""
    if not typed.strip():
        raise UsageError("--against and --html want a name after them; one of them has none.")
    return Path(typed)


Against = Annotated[
    Path | None,
    typer.Option(
        metavar="WHAT",
        parser=_path,
        help="Last year's letters: a year, or a file or folder of PDF, HTML or text.",
    ),
]


@_command
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
    """Show the letters in the browser, live while they are being written."""
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


@_command
def diff(
    session: Session,
    names: Names = None,
    against: Against = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", parser=_path, help="Write it as a page, to read and print."),
    ] = None,
    stat: Annotated[bool, typer.Option("--stat", help="Say one line for each letter.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 3 when there are differences.")
    ] = False,
) -> int:
    """Say what changed since last year, in which letters, and why."""
    from generator.commands.diff import diff as diff_letters  # here: it loads the PDF reader

    return diff_letters(
        session, names or [], against=against, html=html, stat=stat, exit_code=exit_code
    )


@_command
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
    """Bring figures from spreadsheets into the authorities' files; shows a plan first."""
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


@_command
def trace(
    session: Session,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[AUTHORITY]", help="Its file's name, or any start of it."),
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


@_command
def export(
    session: Session,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where to; into output/ unless said."),
    ] = None,
) -> int:
    """Write all figures as open data: one table, and a workbook that import reads."""
    from generator.commands.export import export as export_figures  # here: it loads openpyxl

    return export_figures(session, to)


@_command
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
    """Start next year's edition from this one: its wording and authorities, no figures."""
    return start_edition(session, new_year, start_from)


@_command
def list_(session: Session, names: Names = None) -> int:
    """Show the authorities: their figures, inserts and problems."""
    return list_authorities(session, names or [])


@_command
def schema(session: Session) -> int:
    """Write the JSON Schemas that editors read, into data/schemas/."""
    return write_schemas(session)
