"""`letters preview`: the reviewing desk, in the browser, live while files are edited."""

import webbrowser
from pathlib import Path
from threading import Thread

from generator.commands.session import Session
from generator.lineage.earlier_years import load_edition
from generator.preview.access import AccessPolicy, ProxyAddress, is_loopback, proxy_address
from generator.preview.connections import listen
from generator.preview.preview_state import PreviewState
from generator.preview.server import serve
from generator.processes.contained import get_ready
from generator.project.choose_letters import choose_slugs
from generator.workspace import UsageError


def preview(
    session: Session,
    name: str | None,
    *,
    host: str,
    port: int | None,
    open_browser: bool,
    poll: bool,
    read_only: bool,
    insecure: bool,
    behind_proxy: str | None,
    against: Path | None,
) -> int:
    """Serve the desk until it is ended; say where it is once it can be looked at."""
    proxy = _proxy(behind_proxy)
    if not (is_loopback(host) or insecure or proxy):
        raise UsageError(
            f"--host {host}: what others see and write would go over the network unencrypted. "
            "Name the address of a proxy that encrypts (--behind-proxy), or, on a network that "
            "you trust, say --insecure."
        )
    get_ready()
    path = ""
    if name is not None:
        slugs = choose_slugs(load_edition(session.folders, draft=True), [name])
        path = f"letters/{slugs[0]}"

    def ready(_desk: PreviewState, who: AccessPolicy) -> None:
        address = who.address(path)
        session.console.result(f"The desk is at {address}")
        if who.is_for_all:
            said = f"On other computers, replace {who.shown_host} with this computer’s address."
            session.console.progress_line(said)
        session.console.progress_line("It updates at each save. Press Ctrl-C to close it.")
        session.report([], address=address)
        if open_browser:  # beside it, for there are browsers that hold up who opens them
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    with listen(host, port) as listening:
        serve(
            *(lambda: PreviewState(session.folders, against), host, listening, ready),
            poll=poll,
            proxy=proxy,
            read_only=read_only,
        )
    session.console.progress_line("The desk is closed.")
    return session.exit_code(session.warnings_of_edition())


def _proxy(said: str | None) -> ProxyAddress | None:
    if said is None:
        return None
    try:
        return proxy_address(said)
    except ValueError as error:
        expected = "expected the address that browsers know, such as https://office.example/letters"
        raise UsageError(f"--behind-proxy {said}: {expected}.") from error
