"""`letters issue`: approved, built and proven letters, copied and entered in the register."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.batch.run import NO_LETTER, LetterExecutor, Result
from generator.commands.issuing_commands import IssueRequest, SendRequest
from generator.commands.send import send_letters
from generator.commands.session import Session
from generator.commands.verify import proven
from generator.commands.writing import recover_all
from generator.comparison.changes import SideNames
from generator.confirming.confirmation import check_text, name_of
from generator.external_letters.letter_files import read_recorded
from generator.files.transaction import not_written
from generator.issuing.issued_letters import last_issues, read_issued
from generator.issuing.mail_messages import Mailing, recipients_of
from generator.issuing.readiness import Readiness, readiness_of
from generator.issuing.register import (
    Issue,
    IssuedTo,
    issued_paths,
    read_register,
    register_issue,
)
from generator.letter.letter import Letter
from generator.lineage.earlier_years import load_edition
from generator.lineage.last_year import LastYear
from generator.outputs.manifest import made_file
from generator.problems import Place, Problem, counted, noting
from generator.project.choose_letters import choose_slugs
from generator.reports.edition_diff import compare_edition
from generator.reports.report_model import report_of
from generator.reports.report_text import text_report
from generator.verification.output_formats import PDF, format_named

_SIDES = SideNames(
    "issued", "now", "the letters issued", "not issued yet", "no longer in the edition"
)


@dataclass(frozen=True)
class _Issuing:
    """What is known of the edition whose letters are issued."""

    ready: Readiness
    last: Mapping[str, Issue]
    """The issue of each letter that counts until now."""
    by: str
    at: datetime.datetime
    reason: str | None
    rehearsal: bool
    """Whether nothing is to be issued, only found out what would be."""

    def issue(self, slug: str) -> Result:
        """Put one letter in its place in `issued/`, unless it lies there as it is."""
        path = self.ready.loaded.folders.issued / slug
        try:
            return self._issue(slug)
        except FileExistsError:
            problem = Problem(Place(path), "another process has just issued this letter")
        except OSError as error:
            problem = not_written(error, path)
        return Result(slug, "failed", problem.message, problems=[problem])

    def _issue(self, slug: str) -> Result:
        loaded, before = self.ready.loaded, self.last.get(slug)
        built = self.ready.built(slug)
        contents = {format_named(k).file_name(slug): content for k, content in built.items()}
        sums = {name: made_file(content).sha256 for name, content in contents.items()}
        if before is not None and before.files == sums:
            return Result(slug, "unchanged", f"issued on {before.at:%-d %B %Y}")
        if self.rehearsal:
            return Result(slug, "to issue")
        entry, status = self.ready.entries[slug], self.ready.status
        items = status.review.of_letter(slug)
        issue = Issue(
            slug,
            before.number + 1 if before and before.slug == slug else 1,
            self.at,
            self.by,
            sums,
            tuple(sorted({a.decision for item in items for a in status.decisions.of(item)})),
            tuple(IssuedTo(r.role, r.digest) for r in recipients_of(loaded.authorities[slug])),
            entry.inputs,
            self.ready.outputs.manifest.engine,
            entry.pages,
            self.reason,
        )
        note = self._note(before, issue) if before else ""
        register_issue(loaded.folders, issue, contents, note)
        replaced = f"replaces {before.called_for(slug)}" if before else ""
        return Result(slug, "issued", replaced, tuple(issued_paths(loaded.folders, issue).values()))

    def _note(self, before: Issue, issue: Issue) -> str:
        """What the letter says that the one before did not, for people to read and to edit."""
        loaded, slug, replaced = self.ready.loaded, issue.slug, before.called_for(issue.slug)
        lines = [f"# {loaded.called(slug)}: issue {issue.number}, replaces {replaced}", ""]
        lines += [self.reason, ""] if self.reason else []
        old = read_recorded(issued_paths(loaded.folders, before)[PDF.name])
        if isinstance(old, Letter):
            last = LastYear(replaced, {slug: (old,)}, sides=_SIDES)
            report = report_of(compare_edition(loaded, [slug], last, None).comparison)
            told = ("".join(words for words, _ in line) for line in text_report(report))
            lines += [f"    {line}" if line else "" for line in told]
        else:
            lines.append(f"Changes unknown: {old or 'no record'}.")
        return "\n".join([*lines, ""])


def issue(
    session: Session,
    request: IssueRequest,
    sending: SendRequest,
    executor: LetterExecutor,
    now: datetime.datetime,
) -> int:
    """Issue these letters, or all that can be; what cannot is said with the reason."""
    recover_all(session)
    loaded = load_edition(session.folders)
    slugs = choose_slugs(loaded, request.names or ())
    if sending.only_settles:
        session.tell(send_letters(session, Mailing(loaded), {}, sending))
        return session.report()
    by = name_of(request.by, session.folders.workspace.folder)
    check_text("--reason", request.reason)
    ready, register = readiness_of(loaded), read_register(session.folders)
    last = last_issues(register, loaded, session.folders)
    found = _Issuing(ready, last, by, now, request.reason, sending.rehearse is not None)
    session.tell([*ready.problems_of(slugs), *register.problems])
    results: list[Result] = []
    for result in proven(session, ready, slugs, executor):
        if result.status == "proven":
            result = found.issue(result.slug)
        results.append(result)
        session.tell(result.problems)
    results.sort(key=lambda result: result.slug)
    session.say_undone("not issued", (r for r in results if r.status == "failed"), len(results))
    session.console.result(_summary(results))
    if sending.is_asked_for:
        letters, problems = _to_send(found, results)
        session.tell(problems or send_letters(session, Mailing(loaded), letters, sending))
    return session.report(results=results)


def _to_send(found: _Issuing, results: Sequence[Result]) -> tuple[dict[str, bytes], list[Problem]]:
    """The PDFs of these letters as they were issued last, in a rehearsal as they would be."""
    loaded, folders = found.ready.loaded, found.ready.loaded.folders
    letters, problems = dict[str, bytes](), list[Problem]()
    last = last_issues(read_register(folders), loaded, folders)
    for slug, status in ((result.slug, result.status) for result in results):
        try:
            if status == "to issue":
                letters[slug] = found.ready.built(slug)[PDF.name]
            elif slug in last:
                issued = noting(problems, read_issued(folders, last[slug]))
                if issued is not None:
                    letters[slug] = issued.files[PDF.file_name(issued.slug)]
        except OSError as error:
            problems.append(not_written(error, folders.output()))
    return letters, problems


def _summary(results: Sequence[Result]) -> str:
    words = {
        **{"issued": "issued", "unchanged": "already issued", "failed": "not issued"},
        "to issue": "to issue (rehearsal: not issued)",
    }
    counts = Counter(result.status for result in results if result.status != NO_LETTER)
    said = ", ".join(f"{counts[status]} {word}" for status, word in words.items() if counts[status])
    return f"{counted(counts.total(), 'letter')}: {said or 'none to issue'}."
