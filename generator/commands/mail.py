"""`letters mail`: a message for each approved letter, for a person's own mail program to send."""

import csv
from collections.abc import Sequence
from pathlib import Path

from generator.batch.run import LetterExecutor, Result
from generator.commands.session import Session
from generator.commands.verify import proven
from generator.commands.writing import all_or_none, recover_all
from generator.console import shown_path
from generator.edition.languages import file_stem, whose
from generator.files.bounded_read import Sort, read_bytes
from generator.files.transaction import not_written, write_all
from generator.issuing.mail_messages import MadeMessage, Mailing, named_wording
from generator.issuing.readiness import readiness_of
from generator.issuing.tracked import tracked_files
from generator.lineage.earlier_years import load_edition
from generator.problems import counted, errors
from generator.project.choose_letters import choose_slugs
from generator.project.load_edition import LoadedEdition
from generator.rendering.record import csv_table, unguarded
from generator.verification.output_formats import PDF
from generator.workspace import UsageError

_ENVELOPES = "envelopes.csv"
_HEADERS = ("authority", "role", "name", "address", "message", "attached")


def mail(session: Session, names: Sequence[str], executor: LetterExecutor) -> int:
    """Write the messages of these authorities, or all; where one is in doubt, it is not written."""
    recover_all(session)
    loaded = load_edition(session.folders)
    slugs = choose_slugs(loaded, [*map(whose, names)])
    folders = session.folders
    words_to_send_with(session, loaded)
    ready = readiness_of(loaded)
    mailing = Mailing(loaded)
    problems = [*ready.problems_of(slugs), *mailing.divided.problems]
    session.console.problems(problems)
    if mailing.divided.problems:
        session.console.result("No message was written; correct the enclosures first.")
        return session.report(problems)
    letters: dict[str, bytes] = {}
    why_not: dict[str, str] = {}
    for result in proven(session, ready, slugs, executor):
        try:
            if result.status == "proven":
                letters[result.slug] = ready.built(result.slug)[PDF.name]
            elif result.status == "failed":
                why_not[result.slug] = result.reason
        except OSError as error:
            why_not[result.slug] = not_written(error, folders.output()).message
    made = [*mailing.messages(letters, why_not)]
    lacking = [Result(m.authority, "failed", why) for m in made for why in m.why_not]
    session.say_undone("no message", lacking, len(made), "authorities")
    wanted = {folders.mail / m.file_name: None if m.why_not else m.content for m in made}
    wanted |= dict.fromkeys(_stale(loaded))
    contents = {path: content for path, content in wanted.items() if content or path.exists()}
    if contents:
        contents[folders.mail / _ENVELOPES] = _envelopes(made, folders.mail).encode()
        ignored = [folders.mail, *([folders.enclosures] if folders.enclosures.is_dir() else [])]
        contents |= {folder / ".gitignore": b"*\n" for folder in ignored}
        with all_or_none(folders.mail, "No message was written."):
            write_all(contents)
    results = [
        Result(m.authority, "failed", "; ".join(m.why_not))
        if m.why_not
        else Result(m.authority, "written", "", (folders.mail / m.file_name,))
        for m in made
    ]
    without = sum(result.status == "failed" for result in results)
    said = f"{counted(len(made) - without, 'message')} in {shown_path(folders.mail)}"
    if without:
        said += f"; {counted(without, 'authority', 'authorities')} without one"
    session.console.result(f"{said}.")
    return session.report(problems, results=results)


def words_to_send_with(session: Session, loaded: LoadedEdition) -> None:
    """Raise `UsageError` where there are none, or what is private is in git."""
    folders = session.folders
    tracked = tracked_files(folders.workspace)
    if tracked:
        session.console.problems(tracked)
        raise UsageError("Nothing was sent: files that may identify people are in git.")
    languages = loaded.edition.languages if loaded.edition else ()
    said = {loaded.editions[slug].language: each.mail for slug, each in loaded.wordings.items()}
    for language in languages or list(said) or [""]:
        path = folders.templates / f"{file_stem('mail', languages, language)}.md"
        wrong = errors(p for p in loaded.problems if p.place.path == path)
        no_words = named_wording(shown_path(path), said.get(language, ()), wrong)
        if no_words:
            session.console.problems(wrong)
            raise UsageError(f"No wording for messages: {no_words}.")


def _stale(loaded: LoadedEdition) -> list[Path]:
    """The messages of who is no authority any more, or gets no letter."""
    due = {whose(slug) for slug in loaded.files if slug not in loaded.without_letter}
    return [path for path in loaded.folders.mail.glob("*.eml") if path.stem not in due]


def _envelopes(messages: Sequence[MadeMessage], folder: Path) -> str:
    """Who gets which message: of these, and of those that lie there from before."""
    now = {message.authority for message in messages}
    rows: list[tuple[str, ...]] = [
        (m.authority, each.role, each.name, each.address, m.file_name, " ".join(m.attached))
        for m in messages
        if not m.why_not
        for each in m.recipients
    ]
    try:
        text = read_bytes(folder / _ENVELOPES, Sort.RECORD).decode()
    except (OSError, UnicodeDecodeError):
        text = ""
    before = list(csv.reader(text.splitlines()))[1:]
    rows += [
        (*map(unguarded, row[:5]), row[5])
        for row in before
        if len(row) == len(_HEADERS) and row[0] not in now and (folder / row[4]).exists()
    ]
    return csv_table([_HEADERS, *sorted(rows)])
