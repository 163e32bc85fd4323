"""`letters issue --send`: issued letters to a relay, each recipient once."""

from collections.abc import Iterable, Mapping

from pydantic_core import PydanticCustomError

from generator.commands.issuing_commands import SendRequest
from generator.commands.mail import words_to_send_with
from generator.commands.session import Session, now
from generator.commands.writing import NotWrittenError
from generator.edition.languages import whose
from generator.edition.people import check_email
from generator.files.parts import BusyError, locked
from generator.files.transaction import not_written
from generator.issuing.mail_messages import MadeMessage, Mailing
from generator.issuing.sending import (
    Delivery,
    LogLine,
    RelayError,
    SendingLog,
    UnknownOutcomeError,
    deliveries_of,
    send_each,
)
from generator.problems import Place, Problem, counted
from generator.project.load_edition import LoadedEdition
from generator.workspace import UsageError

_KEY = 7
"""So many characters of a message's identity are its key."""


def send_letters(
    session: Session, mailing: Mailing, letters: Mapping[str, bytes], request: SendRequest
) -> list[Problem]:
    """Send these letters, by slug their PDFs, to each recipient once; what is wrong with that."""
    if request.rehearse is not None:
        try:
            check_email(request.rehearse)
        except PydanticCustomError as error:
            raise UsageError(f"--rehearse: {error.message()}.") from error
    loaded = mailing.loaded
    relay, sender = loaded.mail_settings.relay, loaded.mail_settings.sender
    if relay is None or sender is None:
        raise UsageError("edition.yaml lacks mail: {sender: …, relay: {host: …}}.")
    folder = session.folders.issued / "sending"
    try:
        with locked(folder):
            log = SendingLog(folder)
            _settle(session, log, request)
            problems = _not_known(loaded, log)
            if request.is_asked_for and not problems:
                messages, problems = _messages(session, mailing, letters)
                due = deliveries_of(messages)
                if request.rehearse is None:
                    due = log.due(due)
                if not (problems or due):
                    session.console.result("All messages have already been sent.")
                elif not problems:
                    sending = send_each(due, log, relay, sender, now, request.rehearse)
                    problems = _send(session, loaded, log, sending, request.rehearse)
            return problems
    except BusyError as error:
        message = f"{error} is sending letters; wait until it ends, or stop it"
        raise NotWrittenError(Problem(Place(folder), message)) from error
    except OSError as error:
        return [not_written(error, folder)]


def _settle(session: Session, log: SendingLog, request: SendRequest) -> None:
    """Set down what a person knows. Raises `UsageError` where nothing of that is unknown."""
    for key, line in ((request.sent, LogLine.SENT), (request.not_sent, LogLine.REFUSED)):
        if key is not None:
            known = [each for each, _ in log.unknown() if each.startswith(key.lower())]
            if len(known) != 1 or len(key) < _KEY:
                raise UsageError(f'"{key}" is not the key of a message of unknown outcome.')
            log.settle(known[0], line, now(), "as a person said")
            session.console.progress_line(f"{known[0][:_KEY].upper()} is recorded as {line}")


def _name(loaded: LoadedEdition, slug: str) -> str:
    """The authority's name; its slug where it is no longer in the edition."""
    authority = loaded.data.authorities.get(slug)
    return authority.name if authority else slug


def _not_known(loaded: LoadedEdition, log: SendingLog) -> list[Problem]:
    problems = []
    for id_, said in log.unknown():
        key = id_[:_KEY].upper()
        to = f"the {said['role']} of {_name(loaded, said['authority'])}" if said else "somebody"
        message = (
            f"it is not known whether the message to {to} was sent; ask there, then use "
            f"--sent {key} or --not-sent {key}"
        )
        problems.append(Problem(Place(log.folder), message))
    return problems


def _messages(
    session: Session, mailing: Mailing, letters: Mapping[str, bytes]
) -> tuple[list[MadeMessage], list[Problem]]:
    """The messages of the letters that are issued, and what keeps the others from having one."""
    loaded = mailing.loaded
    words_to_send_with(session, loaded)
    if mailing.divided.problems:
        return [], mailing.divided.problems
    whole = {
        slug: pdf
        for slug, pdf in letters.items()
        if letters.keys() >= {*loaded.letters_of(whose(slug))}
    }
    made = [*mailing.messages(whole, {})]
    problems = [
        Problem(Place(loaded.data.files[each.authority]), f"not sent: {why}")
        for each in made
        for why in each.why_not
    ]
    return made, problems


def _send(
    session: Session,
    loaded: LoadedEdition,
    log: SendingLog,
    sending: Iterable[tuple[Delivery, str]],
    rehearse: str | None,
) -> list[Problem]:
    """Say what becomes of each message that is sent."""
    problems: list[Problem] = []
    number = 0
    try:
        for each, why in sending:
            if why:
                to = f"{each.recipient.role} of {_name(loaded, each.authority)}"
                said = f"the relay refused the message to the {to}: {why}"
                problems.append(Problem(Place(log.folder), said))
            number += not why
    except RelayError as error:
        problems.append(Problem(Place(session.folders.edition_file), str(error)))
    except UnknownOutcomeError as error:
        problems.append(Problem(Place(log.folder), f"sending stopped: {error}"))
        problems += _not_known(loaded, log)
    to = f", all to {rehearse}" if rehearse else ""
    session.console.result(f"{counted(number, 'message')} sent{to}.")
    return problems
