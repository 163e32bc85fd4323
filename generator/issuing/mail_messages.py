"""A message for each letter, as a mail program opens it to be sent: to whom, with what, or why not.

A letter that goes to the wrong council is the worst that can happen here. So each message is held
against what is known: whose letter the PDF is by its own record, whose the addresses are, whom the
words name, whose cases the enclosures hold. Where one of these is in doubt, there is no message.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from functools import cached_property

from generator.batch.job import names_of
from generator.checks.mentions import NameIndex
from generator.edition.authority import Authority
from generator.edition.languages import whose
from generator.issuing.enclosures import Divided, divide, doubts_of_enclosure
from generator.letter.letter import Run
from generator.letter.roles import Role
from generator.letter.rules import all_met
from generator.letter.variables import variables_of
from generator.letter.wording_block import WordingBlock
from generator.problems import Problem, listed, to_confirm
from generator.project.load_edition import LoadedEdition
from generator.rendering.record import RECORD_FILE, RecordError, read_record
from generator.verification.reading import UnreadableError, read_files

UNSENT = b"X-Unsent: 1\r\n"
"""The header with which mail programs open a message to be sent."""
_MEGABYTE = 1_000_000
_WORKBOOK = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Recipient:
    """One to whom a message goes."""

    role: str
    name: str
    address: str
    """Blank where it is not known."""

    @property
    def digest(self) -> str | None:
        """What is set down in the place of the address, however that is capitalised."""
        return hashlib.sha256(self.address.lower().encode()).hexdigest() if self.address else None


@dataclass(frozen=True)
class MadeMessage:
    """A message of one authority, whole, or why there is none."""

    authority: str
    recipients: tuple[Recipient, ...]
    attached: tuple[str, ...]
    letters: str = ""
    """The digest of the letters that it brings."""
    content: bytes = b""
    why_not: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """What its file is called."""
        return f"{self.authority}.eml"


def recipients_of(authority: Authority) -> list[Recipient]:
    """The addressee, then those to whom copies go."""
    addressee = authority.addressee
    found = [Recipient("addressee", listed(addressee.names), addressee.email or "")]
    copies = authority.copies.items()
    return found + [Recipient(role, each.name, each.email or "") for role, each in copies]


@dataclass(frozen=True)
class Mailing:
    """What the messages of an edition are made with."""

    loaded: LoadedEdition

    @cached_property
    def divided(self) -> Divided:
        """The cases that are enclosed, for each authority."""
        return divide(self.loaded)

    @cached_property
    def _names(self) -> NameIndex:
        return NameIndex(names_of(self.loaded))

    def messages(
        self, letters: Mapping[str, bytes], why_not: Mapping[str, str]
    ) -> Iterator[MadeMessage]:
        """The message to each authority, with its letters in all languages, or why there is none.

        `letters` has their PDFs by slug, `why_not` the reason for those that may not be sent.
        """
        for slug in dict.fromkeys(map(whose, sorted((*letters, *why_not)))):
            theirs = self.loaded.letters_of(slug)
            wrong = {
                each: why_not.get(each, "not issued") for each in theirs if each not in letters
            }
            if wrong:
                said = (w if each == slug else f"{each}: {w}" for each, w in wrong.items())
                yield MadeMessage(slug, (), (), why_not=tuple(said))
            else:
                yield self.message(slug, {each: letters[each] for each in theirs})

    def message(self, slug: str, letters: Mapping[str, bytes]) -> MadeMessage:
        """The message to one authority, with the PDFs of its letters, by slug, and its cases."""
        loaded, authority = self.loaded, self.loaded.data.authorities[slug]
        recipients = recipients_of(authority)
        subject, body = _covering_words(loaded, list(letters))
        message = _message(loaded.mail_settings.sender, recipients, subject, body)
        attached = [(f"{each}.pdf", pdf, "pdf") for each, pdf in letters.items()]
        enclosures = (each for each in self.divided.enclosures.get(slug, ()) if each.content)
        attached += [(each.name, each.content, _WORKBOOK) for each in enclosures]
        for name, part, subtype in attached:
            message.add_attachment(part, maintype="application", subtype=subtype, filename=name)
        message.set_boundary(f"=letters={next(iter(letters))}=")
        content = message.as_bytes(policy=SMTP)
        why_not = [
            *_doubts_of_people(loaded, authority, recipients),
            *_doubts_of_letters(authority, letters, self.divided, self._names),
            *_doubts_of_words(authority, f"{subject}\n{body}", self._names),
        ]
        largest, size = loaded.mail_settings.largest_mb, len(content) / _MEGABYTE
        if size > largest:
            why_not.append(f"the message is {size:.1f} MB; the limit is {largest} MB")
        digest = hashlib.sha256(b"".join(hashlib.sha256(pdf).digest() for pdf in letters.values()))
        names = tuple(str(part.get_filename()) for part in message.iter_attachments())
        brought = (tuple(recipients), names, digest.hexdigest(), content)
        return MadeMessage(slug, *brought, tuple(why_not))


def _covering_words(loaded: LoadedEdition, slugs: Sequence[str]) -> tuple[str, str]:
    """The subject and the words of a message, of each letter in it: one in each language."""
    subjects, bodies = zip(*(_words_of(loaded, slug) for slug in slugs), strict=True)
    return " / ".join(dict.fromkeys(subjects)), "\n* * *\n\n".join(bodies)


def _words_of(loaded: LoadedEdition, slug: str) -> tuple[str, str]:
    """The subject and the words that go with one letter, with its values."""
    wording, edition = loaded.wordings[slug], loaded.editions[slug]
    variables = variables_of(edition, loaded.authorities[slug])
    standing = [block for block in wording.mail if all_met(block.conditions, variables)]
    filled = [(b, b.in_letter(variables).filled(variables, edition.language)) for b in standing]
    said = [(block.role, "".join(map(_text, runs))) for block, runs in filled]
    subject = next((text for role, text in said if role is Role.HEADING), "")
    mark = {Role.BULLET: "- ", Role.NUMBERED: "- "}
    lines = [mark.get(role, "") + text for role, text in said if role is not Role.HEADING]
    return subject, "\n\n".join(lines) + "\n"


def _text(run: Run) -> str:
    return f"{run.text} ({run.link})" if run.link and run.link != run.text else run.text


def _message(
    sender: str | None, recipients: Sequence[Recipient], subject: str, body: str
) -> EmailMessage:
    """The message as it is before anything is attached to it."""
    message = EmailMessage()
    message["Subject"] = subject
    if sender:
        message["From"] = sender
    for header, those in (("To", recipients[:1]), ("Cc", recipients[1:])):
        if boxes := [_mailbox(each) for each in those if each.address]:
            message[header] = ", ".join(boxes)
    message["X-Unsent"] = "1"
    message.set_content(body)
    return message


def _mailbox(recipient: Recipient) -> str:
    quoted = recipient.name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{recipient.address}>'


def _doubts_of_people(
    loaded: LoadedEdition, authority: Authority, recipients: Sequence[Recipient]
) -> Iterator[str]:
    """What is not certain about those to whom a message goes."""
    if not recipients[0].address:
        yield "the addressee has no email address"
    if missing := [each.role for each in recipients[1:] if not each.address]:
        yield f"no email address of {listed(missing)}, to whom a copy goes"
    open_ = to_confirm(p for p in loaded.problems if p.place.path == authority.path)
    if open_:
        yield f'to be confirmed ("letters confirm"): {listed(dict.fromkeys(p.kind for p in open_))}'
    domains = [known.lower() for known in authority.domains]
    held = [r for r in recipients if r.address and r.role not in authority.other_domain]
    if held and not domains:
        yield "no domains: in its file; add its own, or the role to other_domain:"
    for each in held if domains else ():
        domain = each.address.rpartition("@")[2].lower()
        if not any(domain == known or domain.endswith(f".{known}") for known in domains):
            yield (
                f"{each.address} ({each.role}) is in none of its domains, {listed(domains)}; "
                "correct it, add its domain to domains:, or its role to other_domain:"
            )
    for each in recipients:
        if any(character in each.name for character in "\r\n"):
            yield f"the name of its {each.role} has a line break"


def _doubts_of_letters(
    authority: Authority, letters: Mapping[str, bytes], divided: Divided, names: NameIndex
) -> Iterator[str]:
    """Whether each PDF is the letter that it is taken for, by the record that it carries.

    And whether the enclosures are of that authority, as many as that letter says.
    """
    record = None
    for slug, content in letters.items():
        try:
            record = read_record(read_files(content)[0][RECORD_FILE])
        except (KeyError, RecordError, UnreadableError) as error:
            yield f"{slug}.pdf lacks a valid record of its letter ({error})"
            continue
        if record.slug != slug:
            yield f"{slug}.pdf is the letter of {record.authority}"
    if record is not None:
        for each in divided.enclosures.get(authority.slug, ()):
            yield from doubts_of_enclosure(each, authority, record, names)


def _doubts_of_words(authority: Authority, words: str, names: NameIndex) -> Iterator[str]:
    others = list(dict.fromkeys(names.others(authority.name, words, "")))
    if others:
        yield f"its text names another authority: {listed(others)}"


def named_wording(file: str, blocks: Sequence[WordingBlock], problems: Sequence[Problem]) -> str:
    """Why a file has no covering words to send letters with; blank where it has."""
    if problems:
        return f"{file} has errors"
    if not blocks:
        return f"write {file}: a heading, which is the subject, then the text of the message"
    if blocks[0].role is not Role.HEADING:
        return f"begin {file} with a heading, which is the subject"
    return ""
