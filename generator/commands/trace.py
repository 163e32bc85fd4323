"""`letters trace`: a figure back to its line, its cell and its rule; `--all`: every number."""

from functools import cache

from generator.commands.session import Session
from generator.console import shown_path
from generator.edition.edition import Edition
from generator.edition.origins import read_origins
from generator.lineage.figure_provenance import find_pages, trail_of
from generator.lineage.ledger import ledger_csv, ledger_of
from generator.problems import did_you_mean, errors
from generator.project.load_edition import choose_slugs, load_edition, with_problems_of_drafts
from generator.reports.trail_report import (
    FIGURE_HEADERS,
    entry_data,
    figure_row,
    ledger_summary,
    trail_data,
    trail_lines,
)
from generator.workspace import UsageError


def trace(session: Session, name: str, figure: str | None) -> int:
    """Follow one figure of an authority, or show in one table where all of its figures are from."""
    loaded = with_problems_of_drafts(load_edition(session.folders))
    (slug,) = choose_slugs(loaded, [name])
    origins, problems = read_origins(session.folders)
    problems += session.warnings(loaded.problems_of(slug))
    if loaded.edition is None or slug not in loaded.data.authorities:
        problems += errors(loaded.problems_of(slug))
        session.console.problems(problems)
        session.console.result("Nothing can be traced: mend the file first.")
        session.report([], problems, trails=[])
        return session.exit_code(problems)
    addresses = _addresses(loaded.edition, figure)
    trails = [trail_of(loaded, origins, slug, *address) for address in addresses]
    session.console.problems(problems)
    made = [find_pages(session.folders.output(), trail) for trail in trails if figure]
    for trail, pages in zip(trails, made, strict=False):
        for line in trail_lines(trail, pages):
            session.console.result(line)
    if not figure:
        session.console.table(FIGURE_HEADERS, [*map(figure_row, trails)])
    session.report([], problems, trails=[*map(trail_data, trails)])
    return session.exit_code(problems)


def _addresses(edition: Edition, said: str | None) -> list[tuple[str, str]]:
    """The figures meant: by group and id, by the id alone, or by any start of one of them."""
    known = {f"{c.group}.{c.id}": (c.group, c.id) for c in edition.columns()}
    if said is None:
        return list(known.values())
    exact = [key for key, (_, id_) in known.items() if said in (key, id_)]
    starts = [
        key for key, (_, id_) in known.items() if key.startswith(said) or id_.startswith(said)
    ]
    found = exact or starts
    if len(found) == 1:
        return [known[found[0]]]
    if found:
        raise UsageError(f'"{said}" may be {" or ".join(found)}; write which.')
    hint = did_you_mean(said, known) or did_you_mean(said, (id_ for _, id_ in known.values()))
    known_ones = ", ".join(known)
    raise UsageError(f'No figure "{said}"{hint or f"; there are {known_ones}."}')


def trace_all(session: Session) -> int:
    """Write the ledger of the edition to stdout; how many numbers there are, to stderr."""
    loaded = with_problems_of_drafts(load_edition(session.folders))
    origins, problems = read_origins(session.folders)
    due = [slug for slug in loaded.slugs if slug not in loaded.without_letter]
    left = [slug for slug in due if slug not in loaded.letters]
    problems += [*errors(p for slug in left for p in loaded.problems_of(slug))]
    if loaded.edition is None:
        problems = errors(loaded.problems)
    problems = sorted({*problems, *session.warnings(loaded.problems)})
    entries = list(ledger_of(loaded, origins))
    session.console.problems(problems)
    session.console.whole(ledger_csv(entries, cache(shown_path)))
    session.console.progress_line(ledger_summary(entries, len(loaded.letters)))
    session.report([], problems, numbers=[*map(entry_data, entries)])
    return session.exit_code(problems)
