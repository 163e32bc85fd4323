"""The command line: the commands there are, those on letters, and wrong uses of them.

What a command does is imported when it runs: the shell asks for what can be completed at each Tab.
"""

from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from generator.commands.command_line import (
    Against,
    By,
    Jobs,
    Names,
    PlainHelp,
    Reason,
    TimeLimit,
    as_command,
    executor_for,
    path_option,
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
from generator.commands.issuing_commands import approve, forget, issue, mail, publish, review
from generator.commands.session import Session, today
from generator.console import Console
from generator.processes.contained import get_ready
from generator.workspace import UsageError


def run_command(words: list[str]) -> int:
    """Do what these words ask for. Gives the exit code: 2 where they are not understood."""
    try:
        return int(_parser_of_program()(words, prog_name="letters", standalone_mode=False))
    except UsageError as error:
        sentence = str(error)
    except TyperException as error:
        context = getattr(error, "ctx", None)
        asked = context.command_path if context else "letters"
        sentence = f'{error.format_message()}\nRun "{asked} --help" for usage.'
    console = Console(as_json="--json" in words)
    console.failure(sentence)
    command = words[0] if words and not words[0].startswith("-") else None
    console.json(
        {"command": command, "edition": None, "letters": [], "problems": [], "error": sentence}
    )
    return 2


@cache
def _parser_of_program() -> TyperGroup:
    """Typer makes it of the signatures of all commands; one serves as long as the program runs."""
    parser = get_command(program)
    assert isinstance(parser, TyperGroup)
    for flag in parser.get_params(typer.Context(parser, **parser.context_settings)):
        if flag.default is None:  # to make False of it, Typer would load pydantic
            flag.default = False
    return parser


def build(
    session: Session,
    names: Names = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Build drafts: marked DRAFT; figures may be missing.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be built and why; write nothing.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Rebuild letters that are already up to date.")
    ] = False,
    only_failed: Annotated[
        bool, typer.Option("--only-failed", help="Build only the letters that failed last time.")
    ] = False,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", help="Stop at the first letter that fails.")
    ] = False,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune", help="Delete letters (or drafts) of authorities no longer in the edition."
        ),
    ] = False,
    full_render: Annotated[
        bool,
        typer.Option(
            "--full-render", help="Lay out each letter separately: same bytes, but slower."
        ),
    ] = False,
    jobs: Jobs = None,
    time_limit: TimeLimit = 60,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Build on the workers of this Dask scheduler."),
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Read all files again, changed or not.")
    ] = False,
) -> int:
    """Build the letters that have changed: PDF, HTML and text."""
    from generator.files.edition_cache import EditionCache
    from generator.files.parts import LOCK_FILE

    if prune and names:
        raise UsageError("--prune applies to all letters; leave out the names.")
    if cluster is not None and jobs is not None:
        raise UsageError("--jobs sets workers on this computer; use it without --cluster.")
    start_engine = get_ready if cluster is None and not dry_run else _nothing
    cache = EditionCache(session.folders, draft=draft, is_used=not no_cache)
    if not cache.holds and cache.is_newer_than(session.folders.output(draft=draft) / LOCK_FILE):
        start_engine()  # before all else is imported, since there will be something to make

    from generator.batch.build_letters import BuildRequest
    from generator.batch.cluster import cluster_at
    from generator.commands.build import chosen_letters, edition_to_build, make_letters, show_plan
    from generator.commands.writing import recover_all

    if not dry_run:
        recover_all(session)
        cache.renew()
    found = edition_to_build(session, cache, start_engine, draft=draft, whole=not names)
    with found as (edition, keep):
        slugs = chosen_letters(edition, names or [])
        asked = BuildRequest(slugs, draft, force, fail_fast, only_failed, prune, full_render)
        if dry_run:
            return show_plan(session, edition, asked)
        with (
            nullcontext(executor_for(jobs, time_limit))
            if cluster is None
            else cluster_at(cluster, time_limit) as executor
        ):
            return make_letters(session, edition, asked, executor, keep)


def _nothing() -> None:
    """Start no engine: nothing is made, or elsewhere."""


def check(
    session: Session,
    names: Names = None,
    pages: Annotated[bool, typer.Option("--pages", help="Lay out the PDFs, too (slower).")] = False,
    sums: Annotated[bool, typer.Option("--sums", help="Show the totals of all letters.")] = False,
    jobs: Jobs = None,
    time_limit: TimeLimit = 60,
) -> int:
    """Find every problem in data and wording; write nothing."""
    from generator.commands.check import check as check_letters

    if sums and names:
        raise UsageError("--sums adds up all letters; leave out the names.")
    executor = executor_for(jobs, time_limit) if pages else None
    return check_letters(session, names or [], executor, sums=sums)


def confirm(
    session: Session,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KEY|AUTHORITY",
            help="Keys of problems to confirm, or authorities to confine the command to.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="Confirm all problems of this kind.")
    ] = None,
    all_of: Annotated[
        str | None,
        typer.Option(
            "--all", metavar="KEY", help="Confirm the whole list, by the key it ends with."
        ),
    ] = None,
    withdraw: Annotated[
        list[str] | None, typer.Option(metavar="KEY", help="Withdraw a confirmation.")
    ] = None,
    by: By = None,
    reason: Reason = None,
) -> int:
    """List the problems that a person may confirm, or confirm them."""
    from generator.commands.confirm import ConfirmRequest
    from generator.commands.confirm import confirm as confirm_problems

    request = ConfirmRequest(words or (), kind or (), all_of, withdraw or (), by, reason)
    return confirm_problems(session, request, today())


def verify(
    session: Session,
    names: Names = None,
    rerender: Annotated[
        bool,
        typer.Option("--rerender", help="Lay out each letter again and compare (slower)."),
    ] = False,
    issued: Annotated[
        bool, typer.Option("--issued", help="Verify the letters last issued, by the register.")
    ] = False,
    jobs: Jobs = None,
    time_limit: TimeLimit = 60,
) -> int:
    """Read the built letters back and prove that each is right."""
    from generator.commands.verify import verify as verify_letters

    executor = executor_for(jobs, time_limit)
    return verify_letters(session, names or [], executor, rerender=rerender, issued=issued)


def preview(
    session: Session,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="AUTHORITY",
            help="File name of an authority without .yaml, or its beginning [default: list all].",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER", min=0, max=65535, help="Port [default: 8018, else a free port]."
        ),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="Address to listen on; other computers need the token shown [default: 127.0.0.1].",
            show_default=False,
        ),
    ] = "127.0.0.1",
    poll: Annotated[
        bool, typer.Option("--poll", help="Poll for changes: for files on a network drive.")
    ] = False,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Read-only: nothing can be changed at the desk.")
    ] = False,
    insecure: Annotated[
        bool,
        typer.Option("--insecure", help="With --host: allow unencrypted connections."),
    ] = False,
    behind_proxy: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Address of the desk at an encrypting proxy: https://…, with its path.",
        ),
    ] = None,
    against: Against = None,
) -> int:
    """Show the letters in the browser while you write."""
    from generator.commands.preview import preview as preview_letters

    return preview_letters(
        session,
        name,
        host=host,
        port=port,
        open_browser=open_browser,
        poll=poll,
        read_only=read_only,
        insecure=insecure,
        behind_proxy=behind_proxy,
        against=against,
    )


def diff(
    session: Session,
    names: Names = None,
    against: Against = None,
    html: Annotated[
        Path | None,
        path_option("FILE", "Write a page to read and print."),
    ] = None,
    stat: Annotated[bool, typer.Option("--stat", help="Show one line for each letter.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 3 if there are differences.")
    ] = False,
) -> int:
    """Show what changed since last year, where, and why."""
    from generator.commands.diff import diff as diff_letters

    return diff_letters(
        session, names or [], against=against, html=html, stat=stat, exit_code=exit_code
    )


COMMANDS = (
    *(build, check, confirm, verify, preview, diff, review, approve, issue, mail, publish),
    *(forget, import_, trace, export, new_edition, rename, list_, schema),
)
"""In the order in which the help has them; `init`, which needs no edition, is the last."""

for command in COMMANDS:
    as_command(command)
program.command(cls=PlainHelp)(init)
