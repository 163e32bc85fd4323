"""`letters review` and `letters approve`: what there is to approve, and a person's word for it."""

import datetime
from collections.abc import Sequence
from pathlib import Path

from generator.commands.diff import check_page, write_page
from generator.commands.issuing_commands import ApproveRequest
from generator.commands.session import Session
from generator.commands.writing import all_or_none, recover_all
from generator.comparison.changes import Comparison
from generator.confirming.confirmation import SHORTEST_KEY, check_text, list_digest, name_of
from generator.console import shown_path
from generator.issuing.decisions import keep_decision, nothing_decided
from generator.issuing.review_items import ItemKind, ReviewItem
from generator.issuing.review_status import ReviewStatus, review_status
from generator.lineage.earlier_years import load_edition
from generator.lineage.last_year import find_last_year
from generator.outputs.manifest import manifest_or_warning
from generator.problems import Place, Problem, counted, listed
from generator.project.choose_letters import choose_slugs
from generator.project.load_edition import LoadedEdition
from generator.rendering.failures import EngineError, LetterTemplateError, StylesError
from generator.reports.edition_diff import compare_edition
from generator.reports.review_report import (
    LETTER_HEADERS,
    ReviewReport,
    html_review,
    in_full,
    json_review,
    letter_results,
    letter_rows,
    outstanding_lines,
    review_report,
)
from generator.workspace import UsageError

_LISTS = "review"


def review(session: Session, words: Sequence[str], html: Path | None, pdf: Path | None) -> int:
    """Show what there is to approve: all of it in short, or what is named in full."""
    if html is not None:
        check_page(html)
    if pdf is not None:
        check_page(pdf, "--pdf", (".pdf",))
    written = [path for path in (html, pdf) if path is not None]
    if written:
        recover_all(session)
    loaded = load_edition(session.folders)
    status = review_status(loaded)
    keys, names = status.keys.split(words, loaded.slugs)
    slugs = choose_slugs(loaded, names)
    compared = _compared(loaded)
    report = _report(status, slugs, compared)
    chosen = _by_keys(status, keys)
    shown = [each for each in report.items if not keys or each.item in chosen]
    problems = status.problems_of(slugs)
    later = write_page(session, html, html_review(report).encode()) if html is not None else []
    if pdf is not None and loaded.edition is not None:
        from generator.reports.review_pack import review_pack  # loads the engine

        try:
            later += write_page(session, pdf, review_pack(loaded, report, compared))
        except LetterTemplateError as error:
            later += error.problems
        except (EngineError, StylesError) as error:
            later.append(Problem(Place(pdf), f"not written: {error}"))
    session.console.problems([*problems, *later])
    if words:
        session.console.lines(in_full(shown))
    elif not written:
        _show(session, report)
    session.console.result(report.summary)
    if written and not later:
        session.console.result(f"Review written to {listed(map(shown_path, written))}.")
    elif shown and not words:
        session.console.progress_line(
            "To approve what you have read: letters approve KEY …; for what each letter has of its "
            "own, look at it first: letters approve AUTHORITY …, --figures, --inserts or --all"
        )
    results = letter_results(report)
    return session.report([*problems, *later], results=results, **json_review(report))


def _show(session: Session, report: ReviewReport) -> None:
    say = session.console
    say.lines(in_full(report.shared))
    if report.letters:
        say.result("")
        say.table(LETTER_HEADERS, list(letter_rows(report)))
    lines = list(outstanding_lines(report))
    for line in ["", *lines, ""] if lines else [""]:
        say.result(line)


def _report(
    status: ReviewStatus, slugs: Sequence[str], compared: Comparison | None = None
) -> ReviewReport:
    """The review, with how much of each letter is another than last year, where that is known."""
    changes = {each.slug: len(each.changes) for each in compared.letters} if compared else {}
    output = status.loaded.folders.output()
    manifest, _ = manifest_or_warning(output, "no letter counts as built")
    return review_report(status, slugs, manifest.letters if manifest else {}, changes)


def _compared(loaded: LoadedEdition) -> Comparison | None:
    if loaded.edition is None:
        return None
    try:
        last_year = find_last_year(loaded.folders.workspace, loaded.folders.year, None, loaded)
    except UsageError:  # there are none, as in a first year
        return None
    return compare_edition(loaded, loaded.slugs, last_year, None).comparison


def approve(session: Session, request: ApproveRequest, now: datetime.datetime) -> int:
    """Approve items as they were shown, or take approvals back: one file for each decision."""
    loaded = load_edition(session.folders)
    status = review_status(loaded)
    keys, names = status.keys.split(request.words or (), loaded.slugs)
    chosen = _chosen(request, status, keys, names)
    wrong = status.problems_of(dict.fromkeys(slug for item in chosen for slug in item.slugs))
    session.console.problems(wrong)
    if request.shown is None and len(chosen) != len(keys):
        return _show_first(session, status, chosen, wrong)
    if request.shown is not None and request.shown.upper() != _list_key(chosen):
        raise UsageError(
            f'--shown "{request.shown}": the list has changed; check it again with '
            '"letters review".'
        )
    by = name_of(request.by, session.folders.workspace.folder)
    check_text("--reason", request.reason)
    decision = status.decision(chosen, by, now, request.reason, withdraw=request.withdraw)
    if decision is None:
        session.console.result(nothing_decided(by, withdraw=request.withdraw))
        return session.report(wrong, decided=None)
    with all_or_none(session.folders.approvals, "Nothing was approved."):
        path = keep_decision(session.folders, decision)
    now_approved = review_status(loaded).approved_letters
    session.console.result(
        f"{decision.said}, in {shown_path(path)}; {counted(len(now_approved), 'letter')} approved."
    )
    return session.report(wrong, decided=path.stem, approved=now_approved)


def _show_first(
    session: Session, status: ReviewStatus, chosen: Sequence[ReviewItem], wrong: Sequence[Problem]
) -> int:
    """Show what would be approved, so that nobody approves what was not shown."""
    report = _report(status, status.loaded.slugs)
    session.console.lines(in_full(each for each in report.items if each.item in chosen))
    key = _list_key(chosen)
    session.console.result(
        f"Nothing is approved yet. To approve {counted(len(chosen), 'item')} as shown, repeat the "
        f"command with --shown {key}"
    )
    session.report(wrong, decided=None, list=key)
    return 1


def _list_key(items: Sequence[ReviewItem]) -> str:
    return list_digest(item.digest for item in items)


def _by_keys(status: ReviewStatus, keys: Sequence[str]) -> list[ReviewItem]:
    short = [key for key in keys if len(key) < SHORTEST_KEY]
    if short:  # by chance it might be the beginning of something that was not shown
        raise UsageError(f"{listed(short)}: type the whole key, as {_LISTS} shows it.")
    known = status.review.by_digest
    digests = [status.keys.one(key, known, "nothing to approve", _LISTS) for key in keys]
    return [known[digest] for digest in dict.fromkeys(digests)]


def _chosen(
    request: ApproveRequest, status: ReviewStatus, keys: Sequence[str], names: Sequence[str]
) -> list[ReviewItem]:
    """The items that are meant, in the order shown. Raises `UsageError`."""
    if not (keys or names or request.inserts or request.figures or request.everything):
        raise UsageError(
            "Name what to approve: keys, authorities, --inserts, --figures or --all; "
            '"letters review" lists it.'
        )
    by_keys = _by_keys(status, keys)
    slugs = set(choose_slugs(status.loaded, names)) if names else set()
    return [
        item
        for item in status.review.items
        if request.everything
        or (request.inserts and item.kind is ItemKind.INSERT)
        or (request.figures and item.kind is ItemKind.FIGURES)
        or (not item.is_shared and item.slugs[0] in slugs)
        or item in by_keys
    ]
