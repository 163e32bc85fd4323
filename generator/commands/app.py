"""The command line: the commands there are, those on letters, and wrong uses of them.

What a command does is imported when it runs: the shell asks for what can be completed at each Tab.
"""

from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException
from typer.main import get_command

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
from generator.commands.data_commands import (
    export,
    import_,
    init,
    list_,
    new_edition,
    rename,
    schema,
    trace,
)
from generator.commands.session import Session, today
from generator.console import Console
from generator.processes.contained import get_ready
from generator.workspace import UsageError


def run_command(words: list[str]) -> int:
    """Do what these words ask for. Gives the exit code: 2 where they are not understood."""
    try:
        return int(_parser_of(program)(words, prog_name="letters", standalone_mode=False))
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


_parser_of = cache(get_command)
"""Typer makes it of the signatures of all commands; one serves for as long as the program runs."""


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
    full_render: Annotated[
        bool,
        typer.Option("--full-render", help="Lay out each by itself: the same bytes, but slower."),
    ] = False,
    jobs: Jobs = None,
    time_limit: TimeLimit = 60,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Let the workers of a Dask scheduler make them."),
    ] = None,
) -> int:
    """Make the letters that have changed: PDF, HTML and text."""
    from generator.batch.build_letters import BuildRequest
    from generator.batch.cluster import cluster_at
    from generator.commands.build import make_letters, show_plan
    from generator.commands.writing import recover_all
    from generator.edition.languages import whose
    from generator.lineage.earlier_years import load_edition
    from generator.project.choose_letters import choose_slugs

    if prune and names:
        raise UsageError("--prune looks at all letters; leave the names out.")
    if cluster is not None and jobs is not None:
        raise UsageError("--jobs is for this computer's workers, not for those of --cluster.")
    if cluster is None and not dry_run:
        get_ready()
    if not dry_run:
        recover_all(session)
    loaded = load_edition(session.folders, draft=draft)
    slugs = choose_slugs(loaded, map(whose, names or []))  # all letters of an authority, or none
    asked = BuildRequest(slugs, draft, force, fail_fast, only_failed, prune, full_render)
    if dry_run:
        return show_plan(session, loaded, asked)
    with (
        nullcontext(executor_for(jobs, time_limit))
        if cluster is None
        else cluster_at(cluster, time_limit) as executor
    ):
        return make_letters(session, loaded, asked, executor)


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
    from generator.commands.check import check as check_letters

    if sums and names:
        raise UsageError("--sums adds up all letters; leave the names out.")
    executor = executor_for(jobs, time_limit) if pages else None
    return check_letters(session, names or [], executor, sums=sums)


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
    from generator.commands.confirm import ConfirmRequest
    from generator.commands.confirm import confirm as confirm_problems

    request = ConfirmRequest(words or (), kind or (), all_of, withdraw or (), by, reason)
    return confirm_problems(session, request, today())


def verify(
    session: Session,
    names: Names = None,
    rerender: Annotated[
        bool,
        typer.Option("--rerender", help="Lay out each by itself to compare it with: slower."),
    ] = False,
    jobs: Jobs = None,
    time_limit: TimeLimit = 60,
) -> int:
    """Read the made letters back and prove each of them right."""
    from generator.commands.check import verify as verify_letters

    executor = executor_for(jobs, time_limit)
    return verify_letters(session, names or [], executor, rerender=rerender)


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
    from generator.commands.preview import preview as preview_letters

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
    from generator.commands.diff import diff as diff_letters

    return diff_letters(
        session, names or [], against=against, html=html, stat=stat, exit_code=exit_code
    )


COMMANDS = (
    *(build, check, confirm, verify, preview, diff, import_, trace, export),
    *(new_edition, rename, list_, schema),
)
"""In the order in which the help has them; `init`, which needs no edition, is the last."""

for command in COMMANDS:
    as_command(command)
program.command()(init)
