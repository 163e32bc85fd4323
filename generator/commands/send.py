"""`letters issue --send`: issued letters to a relay, each recipient once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from generator.commands.issuing_commands import SendRequest
from generator.commands.mail import words_to_send_with
from generator.commands.session import Session, now
from generator.commands.writing import NotWrittenError
from generator.edition.languages import whose
from generator.edition.office import Relay
from generator.edition.people import check_email
from generator.files.parts import BusyError, locked
from generator.files.recovery import adding_to
from generator.files.transaction import not_written
from generator.issuing.mail_messages import Mailing
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
    settings = mailing.loaded.mail_settings
    relay, sender = settings.relay, settings.sender
    if relay is None or sender is None:
        raise UsageError("edition.yaml lacks mail: {sender: …, relay: {host: …}}.")
    folder = session.folders.issued / "sending"
    try:
        with locked(folder), adding_to(session.folders.issued):
            sending = _Sending(session, mailing, request, SendingLog(folder))
            sending.settle()
            problems = sending.not_known()
            if request.is_asked_for and not problems:
                due, problems = sending.due(letters)
                if not (problems or due):
                    session.console.result("All messages have already been sent.")
                elif not problems:
                    problems = sending.send(due, relay, sender)
            return problems
    except BusyError as error:
        message = f"{error} is sending letters; wait until it ends, or stop it"
        raise NotWrittenError(Problem(Place(folder), message)) from error
    except OSError as error:
        return [not_written(error, folder)]


@dataclass(frozen=True)
class _Sending:
    """What is asked for of an edition's messages, and what became of them until now."""

    session: Session
    mailing: Mailing
    request: SendRequest
    log: SendingLog

    def settle(self) -> None:
        """Set down what a person knows. Raises `UsageError` where nothing of that is unknown."""
        asked = ((self.request.sent, LogLine.SENT), (self.request.not_sent, LogLine.REFUSED))
        for key, line in ((key, line) for key, line in asked if key is not None):
            known = [each for each, _ in self.log.unknown() if each.startswith(key.lower())]
            if len(known) != 1 or len(key) < _KEY:
                raise UsageError(f'"{key}" is not the key of a message of unknown outcome.')
            self.log.settle(known[0], line, now(), "as a person said")
            self.session.console.progress_line(f"{known[0][:_KEY].upper()} is recorded as {line}")

    def not_known(self) -> list[Problem]:
        """A problem for each message of which nobody knows whether it was sent."""
        problems = []
        for id_, said in self.log.unknown():
            key = id_[:_KEY].upper()
            to = f"the {said['role']} of {self._name(said['authority'])}" if said else "somebody"
            message = (
                f"it is not known whether the message to {to} was sent; ask there, then use "
                f"--sent {key} or --not-sent {key}"
            )
            problems.append(Problem(Place(self.log.folder), message))
        return problems

    def due(self, letters: Mapping[str, bytes]) -> tuple[list[Delivery], list[Problem]]:
        """What has not been sent of the letters that are issued, and what keeps it from being."""
        loaded = self.mailing.loaded
        words_to_send_with(self.session, loaded)
        if self.mailing.divided.problems:
            return [], self.mailing.divided.problems
        whole = {s: letters[s] for s in letters if {*loaded.letters_of(whose(s))} <= letters.keys()}
        made = [*self.mailing.messages(whole, {})]
        problems = [
            Problem(Place(loaded.data.files[each.authority]), f"not sent: {why}")
            for each in made
            for why in each.why_not
        ]
        due = deliveries_of(made)
        return due if self.request.rehearse is not None else self.log.due(due), problems

    def send(self, due: Iterable[Delivery], relay: Relay, sender: str) -> list[Problem]:
        """Send these, and say what becomes of each."""
        problems: list[Problem] = []
        number, rehearse = 0, self.request.rehearse
        try:
            for each, why in send_each(due, self.log, relay, sender, now, rehearse):
                if why:
                    to = f"{each.recipient.role} of {self._name(each.made.authority)}"
                    said = f"the relay refused the message to the {to}: {why}"
                    problems.append(Problem(Place(self.log.folder), said))
                number += not why
        except RelayError as error:
            problems.append(Problem(Place(self.session.folders.edition_file), str(error)))
        except UnknownOutcomeError as error:
            problems.append(Problem(Place(self.log.folder), f"sending stopped: {error}"))
            problems += self.not_known()
        to = f", all to {rehearse}" if rehearse else ""
        self.session.console.result(f"{counted(number, 'message')} sent{to}.")
        return problems

    def _name(self, slug: str) -> str:
        """The authority's name; its slug where it is no longer in the edition."""
        authority = self.mailing.loaded.data.authorities.get(slug)
        return authority.name if authority else slug
