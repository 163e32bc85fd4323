"""`letters preview`: the reviewing desk, in the browser, live while files are edited."""

import webbrowser
from pathlib import Path
from threading import Thread

from generator.commands.session import Session
from generator.lineage.earlier_years import load_edition
from generator.preview.access import AccessPolicy
from generator.preview.preview_state import PreviewState
from generator.preview.server import listen, serve
from generator.processes.contained import get_ready
from generator.project.choose_letters import choose_slugs


def preview(
    session: Session,
    name: str | None,
    *,
    host: str,
    port: int | None,
    open_browser: bool,
    poll: bool,
    against: Path | None,
) -> int:
    """Serve the desk until it is ended; say where it is once it can be looked at."""
    get_ready()
    path = ""
    if name is not None:
        slugs = choose_slugs(load_edition(session.folders, draft=True), [name])
        path = f"letters/{slugs[0]}"

    def ready(_desk: PreviewState, who: AccessPolicy) -> None:
        address = who.address(path)
        session.console.result(f"The desk is at {address}")
        if who.is_for_all:
            said = f"From other computers, put this one’s own address in place of {who.shown_host}."
            session.console.progress_line(said)
        session.console.progress_line("It shows what you save as you save it. Ctrl-C closes it.")
        session.report([], address=address)
        if open_browser:  # beside it, for there are browsers that hold up who opens them
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    with listen(host, port) as listening:
        serve(lambda: PreviewState(session.folders, against), host, listening, ready, poll=poll)
    session.console.progress_line("The desk is closed.")
    return session.exit_code(session.warnings_of_edition())
