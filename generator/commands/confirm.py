"""`letters confirm`: what is open in an edition, and a person's word that it is right as it is."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.checks.confirmed_file import where_of
from generator.checks.registry import all_checks
from generator.commands.session import Session
from generator.commands.writing import writing
from generator.confirming.confirmation import (
    TYPED_KEY,
    Confirmable,
    check_text,
    list_digest,
    name_of,
)
from generator.confirming.settle import Settlement, settle
from generator.console import shown_path
from generator.files.recovery import Store
from generator.files.transaction import not_written
from generator.lineage.earlier_years import load_edition
from generator.problems import Problem, did_you_mean
from generator.project.choose_letters import choose_slugs
from generator.project.write_scopes import data_scope
from generator.workspace import UsageError


@dataclass(frozen=True)
class ConfirmRequest:
    """What is asked for; nothing but names is asked for where the list is."""

    words: Sequence[str] = ()
    """Keys, and names of authorities."""
    kinds: Sequence[str] = ()
    all_of: str | None = None
    """The digest of the list whose every line is confirmed."""
    withdraw: Sequence[str] = ()
    by: str | None = None
    reason: str | None = None

    @property
    def may_write(self) -> bool:
        """Whether more than the list is asked for, as far as the words alone can tell."""
        keys = any(re.fullmatch(TYPED_KEY, word) for word in self.words)
        return keys or bool(self.kinds or self.withdraw) or self.all_of is not None


def confirm(session: Session, request: ConfirmRequest, today: datetime.date) -> int:
    """List what is open, or write what is confirmed or withdrawn."""
    if not request.may_write:
        return _confirm(session, request, today, None)
    with writing(session, data_scope(session.folders.workspace)) as store:
        return _confirm(session, request, today, store)


def _confirm(
    session: Session, request: ConfirmRequest, today: datetime.date, store: Store | None
) -> int:
    """The same; nothing but the list is asked for where there is no `store` to write with."""
    loaded = load_edition(session.folders)
    found = Confirmable(loaded)
    keys, names = found.keys.split(request.words, loaded.slugs)
    slugs = choose_slugs(loaded, names)
    listed = found.among(slugs)
    unreadable = [p for p in loaded.problems if p.place.path == session.folders.confirmed_file]
    if unreadable:
        return session.give_up(unreadable, "Nothing was confirmed; correct the file first.")
    done, problems = Settlement(), list[Problem]()
    if request.withdraw or keys or request.kinds or request.all_of is not None:
        chosen = _chosen(request, keys, found, listed)
        by = "" if request.withdraw else name_of(request.by, session.folders.workspace.folder)
        assert store is not None  # it may write, so it was given one
        done, problems = _carry_out(session, request, found, chosen, by, today, store)
        _tell(session, found, done, by, is_written=not problems)
    else:
        _list(session, found, listed)
    left = {d: p for d, p in listed.items() if d not in done.confirmed}
    warnings = session.warnings(p for p in loaded.problems_of_all(slugs) if p in left.values())
    session.console.problems(problems)
    code = session.report(
        problems,
        open=[_entry(session, found, digest, problem) for digest, problem in left.items()],
        list=list_digest(left),
        confirmed=[found.keys.key(digest) for digest in done.confirmed],
        withdrawn=[found.keys.key(digest) for digest in done.withdrawn],
        removed=[found.keys.key(entry.digest) for entry in done.swept],
    )
    return code or session.exit_code(warnings)


def _chosen(
    request: ConfirmRequest, keys: list[str], found: Confirmable, listed: Mapping[str, Problem]
) -> list[str]:
    """The digests of what is confirmed or withdrawn. Raises `UsageError`."""
    ways = [bool(keys), bool(request.kinds), request.all_of is not None, bool(request.withdraw)]
    if sum(ways) > 1:
        raise UsageError("Use only one of these: keys, --kind, --all or --withdraw.")
    if request.withdraw or keys:
        words, among = request.withdraw or keys, [*found.confirmed]
        nothing = "nothing confirmed" if request.withdraw else "nothing open"
        among += [] if request.withdraw else listed
        return [found.keys.one(word, among, nothing, "confirm") for word in words]
    if request.kinds:
        known = {check.name for check in all_checks() if check.scope.is_of_edition}
        known |= {problem.kind for problem in found.open.values()}
        for kind in request.kinds:
            if kind not in known:
                raise UsageError(f'No kind "{kind}"{did_you_mean(kind, known)}.')
        return [digest for digest, problem in listed.items() if problem.kind in request.kinds]
    if (request.all_of or "").upper() != list_digest(listed):
        raise UsageError(
            f'--all "{request.all_of}": the list has changed; run "letters confirm" and check '
            "it again."
        )
    return list(listed)


def _carry_out(
    session: Session,
    request: ConfirmRequest,
    found: Confirmable,
    chosen: list[str],
    by: str,
    today: datetime.date,
    store: Store,
) -> tuple[Settlement, list[Problem]]:
    """Write the file with what is chosen in it, or out of it; what is void is swept with it."""
    check_text("--reason", request.reason)
    withdraw = bool(request.withdraw)
    done = settle(found, chosen, by, today, request.reason, withdraw=withdraw)
    path = session.folders.confirmed_file
    if done.content is not None:
        try:
            store.write("confirm", session.folders.year, {path: done.content})
        except OSError as error:
            return Settlement(), [not_written(error, path, "nothing was confirmed")]
    return done, []


def _tell(
    session: Session, found: Confirmable, done: Settlement, by: str, *, is_written: bool
) -> None:
    say = session.console.progress_line
    for digest in done.confirmed:
        say(f"confirmed  {found.keys.key(digest)}  {_where(found.open[digest])}")
    for digest in done.withdrawn:
        say(f"withdrawn  {found.keys.key(digest)}  {found.confirmed[digest].where}")
    for entry in done.swept:
        key = found.keys.key(entry.digest)
        say(f"removed    {key}  {entry.where}: no longer applies, its subject has changed")
    if not is_written:
        session.console.result("Nothing was changed.")
        return
    left = len(found.open) - len(done.confirmed) + len(done.withdrawn)
    path = shown_path(session.folders.confirmed_file)
    if done.withdrawn:
        session.console.result(f"{len(done.withdrawn)} withdrawn in {path}; {left} open.")
    elif done.confirmed:
        said = f"{len(done.confirmed)} confirmed by {by} in {path}; {left} still open."
        session.console.result(said)
    else:
        session.console.result(f"Already confirmed; {left} still open.")


def _list(session: Session, found: Confirmable, listed: Mapping[str, Problem]) -> None:
    if listed:
        rows = [
            (found.keys.key(digest), problem.kind, _where(problem), problem.subject or "")
            for digest, problem in listed.items()
        ]
        session.console.table(("KEY", "KIND", "PLACE", "WHAT"), rows)
    confirmed = f"{len(found.confirmed)} confirmed" if found.confirmed else "none confirmed"
    void = f" ({len(found.void)} no longer applies)" if found.void else ""
    session.console.result(f"{len(listed) or 'Nothing'} open, {confirmed}{void}.")
    if listed:
        say = session.console.progress_line
        say(
            "To confirm what you have checked: letters confirm KEY …, or --all "
            f"{list_digest(listed)}"
        )


def _where(problem: Problem) -> str:
    place = problem.place.shown(shown_path(problem.place.path))
    return f"{place}: {problem.where}" if problem.where else place


def _entry(session: Session, found: Confirmable, digest: str, problem: Problem) -> dict[str, Any]:
    """An open problem, for programs."""
    return {
        "key": found.keys.key(digest),
        "kind": problem.kind,
        "severity": problem.severity.value,
        "where": where_of(problem, session.folders),
        "line": problem.place.line or None,
        "message": problem.message,
        "what": problem.subject,
    }
