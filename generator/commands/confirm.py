"""`letters confirm`: what is open in an edition, and a person's word that it is right as it is."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from generator.checks.confirmed_file import Confirmation, confirmed_text, where_of
from generator.checks.registry import all_checks
from generator.commands.session import Session
from generator.commands.writing import data_scope, writing
from generator.confirming.confirmation import KEY, TYPED_KEY, Confirmable, known_name, list_digest
from generator.console import shown_path
from generator.edition.values import check_line
from generator.files.recovery import Store
from generator.files.transaction import not_written
from generator.lineage.earlier_years import load_edition
from generator.problems import Problem, did_you_mean
from generator.project.choose_letters import choose_slugs
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


@dataclass
class _Done:
    confirmed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    swept: list[Confirmation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


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
    keys, names = _keys_and_names(request.words, found, loaded.slugs)
    slugs = choose_slugs(loaded, names)
    listed = found.among(slugs)
    unreadable = [p for p in loaded.problems if p.place.path == session.folders.confirmed_file]
    if unreadable:
        return session.give_up(unreadable, "Nothing can be confirmed: mend the file first.")
    done = _Done()
    if request.withdraw or keys or request.kinds or request.all_of is not None:
        chosen = _chosen(request, keys, found, listed)
        by = "" if request.withdraw else _name(request.by, session.folders.workspace.folder)
        assert store is not None  # it may write, so it was given one
        done = _carry_out(session, request, found, chosen, by, today, store)
        _tell(session, found, done, by)
    else:
        _list(session, found, listed)
    left = {d: p for d, p in listed.items() if d not in done.confirmed}
    warnings = session.warnings(p for p in loaded.problems_of_all(slugs) if p in left.values())
    session.console.problems(done.problems)
    code = session.report(
        done.problems,
        open=[_entry(session, found, digest, problem) for digest, problem in left.items()],
        list=list_digest(left),
        confirmed=[found.key(digest) for digest in done.confirmed],
        withdrawn=[found.key(digest) for digest in done.withdrawn],
        removed=[found.key(entry.digest) for entry in done.swept],
    )
    return code or session.exit_code(warnings)


def _keys_and_names(
    words: Sequence[str], found: Confirmable, slugs: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Which of these words are keys; one that begins the name of an authority's file is that."""
    known = {*found.open, *found.confirmed}
    keys = [
        word
        for word in words
        if re.fullmatch(KEY, word)
        or (found.meant(word, known) and not any(slug.startswith(word) for slug in slugs))
    ]
    return keys, [word for word in words if word not in keys]


def _chosen(
    request: ConfirmRequest, keys: list[str], found: Confirmable, listed: Mapping[str, Problem]
) -> list[str]:
    """The digests of what is confirmed or withdrawn. Raises `UsageError`."""
    ways = [bool(keys), bool(request.kinds), request.all_of is not None, bool(request.withdraw)]
    if sum(ways) > 1:
        raise UsageError("Say one of these: keys, --kind, --all or --withdraw.")
    if request.withdraw:
        return [
            _one(word, found, found.confirmed, "nothing confirmed") for word in request.withdraw
        ]
    if keys:
        return [_one(word, found, {**listed, **found.confirmed}, "nothing open") for word in keys]
    if request.kinds:
        known = {check.name for check in all_checks() if check.scope.is_of_edition}
        known |= {problem.kind for problem in found.open.values()}
        for kind in request.kinds:
            if kind not in known:
                raise UsageError(f'No kind "{kind}"{did_you_mean(kind, known)}.')
        return [digest for digest, problem in listed.items() if problem.kind in request.kinds]
    if (request.all_of or "").upper() != list_digest(listed):
        raise UsageError(
            f'--all "{request.all_of}": the list is another now; run "letters confirm" and look '
            "at it again."
        )
    return list(listed)


def _one(word: str, found: Confirmable, among: Mapping[str, Any], nothing: str) -> str:
    meant = found.meant(word, among)
    if len(meant) == 1:
        return meant[0]
    if meant:
        named = ", ".join(found.key(digest) for digest in meant)
        raise UsageError(f'"{word}" may be any of {named}; write more of the key.')
    raise UsageError(f'"{word}" is the key of {nothing} here; "letters confirm" lists them all.')


def _name(said: str | None, folder: Path) -> str:
    """Who confirms: as said, else as git or the computer knows the user. Raises `UsageError`."""
    name = (said if said is not None else known_name(folder)).strip()
    _check_text("--by", name)
    return name


def _check_text(option: str, text: str) -> None:
    try:
        check_line(text)
    except PydanticCustomError as error:
        raise UsageError(f'{option} "{text}": {error.message()}.') from error
    if not text:
        raise UsageError(f"{option}: say who confirms it, such as --by 'Ida Fairweather'.")


def _carry_out(
    session: Session,
    request: ConfirmRequest,
    found: Confirmable,
    chosen: list[str],
    by: str,
    today: datetime.date,
    store: Store,
) -> _Done:
    """Write the file with what is chosen in it, or out of it; what is void is swept with it."""
    if request.reason is not None:
        _check_text("--reason", request.reason)
    done = _Done(swept=found.void)
    if request.withdraw:
        done.withdrawn = chosen
    else:
        done.confirmed = [digest for digest in chosen if digest in found.open]
    out = {*done.withdrawn, *(entry.digest for entry in done.swept)}
    entries = [entry for digest, entry in found.confirmed.items() if digest not in out]
    entries += [found.entry(digest, by, today, request.reason) for digest in done.confirmed]
    if not (done.confirmed or done.withdrawn):
        return _Done()
    path = session.folders.confirmed_file
    try:
        content = confirmed_text(entries).encode()
        store.write("confirm", session.folders.year, {path: content})
    except OSError as error:
        return _Done(problems=[not_written(error, path, "nothing was confirmed")])
    return done


def _tell(session: Session, found: Confirmable, done: _Done, by: str) -> None:
    say = session.console.progress_line
    for digest in done.confirmed:
        say(f"confirmed  {found.key(digest)}  {_where(found.open[digest])}")
    for digest in done.withdrawn:
        say(f"withdrawn  {found.key(digest)}  {found.confirmed[digest].where}")
    for entry in done.swept:
        say(f"removed    {found.key(entry.digest)}  {entry.where}: void, what it was about changed")
    if done.problems:
        session.console.result("Nothing was changed.")
        return
    left = len(found.open) - len(done.confirmed) + len(done.withdrawn)
    path = shown_path(session.folders.confirmed_file)
    if done.withdrawn:
        session.console.result(f"{len(done.withdrawn)} withdrawn in {path}; {left} open.")
    elif done.confirmed:
        said = f"{len(done.confirmed)} confirmed by {by} in {path}; {left} left open."
        session.console.result(said)
    else:
        session.console.result(f"Nothing of this is open any more; {left} left open.")


def _list(session: Session, found: Confirmable, listed: Mapping[str, Problem]) -> None:
    if listed:
        rows = [
            (found.key(digest), problem.kind, _where(problem), problem.subject or "")
            for digest, problem in listed.items()
        ]
        session.console.table(("KEY", "KIND", "PLACE", "WHAT"), rows)
    confirmed = f"{len(found.confirmed)} confirmed" if found.confirmed else "none confirmed"
    void = f", {len(found.void)} of them void" if found.void else ""
    session.console.result(f"{len(listed) or 'Nothing'} open, {confirmed}{void}.")
    if listed:
        say = session.console.progress_line
        say(
            f"Accept what you have looked at: letters confirm KEY …, or --all {list_digest(listed)}"
        )


def _where(problem: Problem) -> str:
    place = problem.place.shown(shown_path(problem.place.path))
    return f"{place}: {problem.where}" if problem.where else place


def _entry(session: Session, found: Confirmable, digest: str, problem: Problem) -> dict[str, Any]:
    """An open problem, for programs."""
    return {
        "key": found.key(digest),
        "kind": problem.kind,
        "severity": problem.severity.value,
        "where": where_of(problem, session.folders),
        "line": problem.place.line or None,
        "message": problem.message,
        "what": problem.subject,
    }
