"""The commands by which letters leave the house: approved, issued, mailed, published."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from generator.commands.command_line import (
    By,
    Jobs,
    Names,
    Reason,
    TimeLimit,
    executor_for,
    path_option,
    text_option,
)
from generator.commands.session import Session, now, today

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="KEY|AUTHORITY",
        help="Keys of items, or authorities.",
        show_default=False,
    ),
]


def review(
    session: Session,
    words: Words = None,
    html: Annotated[Path | None, path_option("FILE", "Write the review as a page.")] = None,
    pdf: Annotated[
        Path | None, path_option("FILE", "Write the review as one PDF, to send round.")
    ] = None,
) -> int:
    """List what is to be approved. What letters share is listed once."""
    from generator.commands.review import review as review_letters

    return review_letters(session, words or [], html, pdf)


@dataclass(frozen=True)
class ApproveRequest:
    """What is to be approved, or taken back."""

    words: Words = None
    inserts: Annotated[bool, typer.Option("--inserts", help="Approve all inserts.")] = False
    figures: Annotated[
        bool, typer.Option("--figures", help="Approve the figures of all letters.")
    ] = False
    everything: Annotated[
        bool, typer.Option("--all", help="Approve everything that review lists.")
    ] = False
    shown: Annotated[
        str | None,
        text_option("KEY", "Key of the list that you have reviewed."),
    ] = None
    """Needed where more is approved than what keys name."""
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Withdraw your approval.")] = False
    by: By = None
    reason: Reason = None


def approve(session: Session, request: ApproveRequest) -> int:
    """Approve items of the review. An approval lapses when its item changes."""
    from generator.commands.review import approve as approve_items

    return approve_items(session, request, now())


@dataclass(frozen=True)
class IssueRequest:
    """Which letters are to be issued, by whom, and why again."""

    names: Names = None
    by: By = None
    reason: Annotated[str | None, text_option("TEXT", "Reason for issuing a letter again.")] = None


@dataclass(frozen=True)
class SendRequest:
    """How letters are sent, and what a person knows of a message that nobody knew of."""

    send: Annotated[
        bool, typer.Option("--send", help="Send issued letters by the edition's mail relay.")
    ] = False
    rehearse: Annotated[
        str | None,
        text_option("ADDRESS", "With --send: send all messages to this address instead."),
    ] = None
    """All go to this address alone, and nothing is set down."""
    sent: Annotated[
        str | None, text_option("KEY", "Record that a message of unknown outcome was sent.")
    ] = None
    not_sent: Annotated[
        str | None, text_option("KEY", "Record that a message of unknown outcome was not sent.")
    ] = None

    @property
    def is_asked_for(self) -> bool:
        """Whether anything is to be sent."""
        return self.send or self.rehearse is not None

    @property
    def only_settles(self) -> bool:
        """Whether a person only says what is known of a message, and nothing is to be sent."""
        return not self.is_asked_for and bool(self.sent or self.not_sent)


def issue(
    session: Session,
    request: IssueRequest,
    sending: SendRequest,
    jobs: Jobs = None,
    time_limit: TimeLimit = 60,
) -> int:
    """Copy approved letters to issued/ and register them."""
    from generator.commands.issue import issue as issue_letters

    return issue_letters(session, request, sending, executor_for(jobs, time_limit), now())


def mail(
    session: Session, names: Names = None, jobs: Jobs = None, time_limit: TimeLimit = 60
) -> int:
    """Write an email message for each approved letter, to be sent."""
    from generator.commands.mail import mail as mail_letters

    return mail_letters(session, names or [], executor_for(jobs, time_limit))


def publish(
    session: Session,
    to: Annotated[
        Path | None, path_option("FOLDER", "Folder to write to [default: public/YEAR].")
    ] = None,
) -> int:
    """Write a folder for the website: letters, pages and data."""
    from generator.commands.publish import publish as publish_letters

    return publish_letters(session, to, today())


def forget(
    session: Session,
    sure: Annotated[
        bool, typer.Option("--yes", help="Delete the files; without it they are only listed.")
    ] = False,
) -> int:
    """Delete messages and enclosures, which may identify people."""
    from generator.commands.forget import forget as forget_people

    return forget_people(session, sure=sure)
