"""`letters trace`: a figure back to its line, its cell and its rule; `--all`: every number."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from generator.batch.prepare import Prepared, choose_slugs, prepare
from generator.commands.session import Session
from generator.composing.formats import long_date
from generator.console import shown_path
from generator.loading.edition import Edition
from generator.problems import Place, did_you_mean, errors
from generator.starting.carried_over import listed_passages
from generator.tracing.ledger import Entry, Source, ledger_of
from generator.tracing.ledger_table import ledger_csv
from generator.tracing.made_pages import MadePages, find_pages
from generator.tracing.origins import read_origins
from generator.tracing.printed import Printed
from generator.tracing.trail import Trail, trail_of
from generator.workspace import UsageError


def trace(session: Session, name: str, figure: str | None) -> int:
    """Follow one figure of an authority, or show in one table where all of its figures are from."""
    prepared = prepare(session.folders, draft=True)
    (slug,) = choose_slugs(prepared, [name])
    origins, problems = read_origins(session.folders)
    if prepared.edition is None or slug not in prepared.data.authorities:
        problems += errors(prepared.problems_of(slug))
        session.console.problems(problems)
        session.console.result("Nothing can be traced: mend the file first.")
        session.report([], problems, trails=[])
        return session.exit_code(problems)
    addresses = _addresses(prepared.edition, figure)
    trails = [trail_of(prepared, origins, slug, *address) for address in addresses]
    session.console.problems(problems)
    made = [find_pages(session.folders.output(), trail) for trail in trails if figure]
    for trail, pages in zip(trails, made, strict=False):
        for line in _lines(trail, pages):
            session.console.result(line)
    if not figure:
        session.console.table(("FIGURE", "PRINTED", "LINE", "FROM"), [*map(_row, trails)])
    session.report([], problems, trails=[_as_data(trail) for trail in trails])
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


def _lines(trail: Trail, made: MadePages) -> Iterator[str]:
    """The trail in words, a line for each step."""
    yield f'{trail.authority}, {trail.address} ("{trail.label}"): {trail.text}'
    for printed in trail.printed:
        yield f"  printed   {_printed(printed, made)}"
    if not trail.printed:
        yield "  printed   nowhere: the letter cannot be composed"
    if made.doubt:
        yield f"            {shown_path(made.path)}: {made.doubt}"
    if trail.rule:
        yield f"  rule      {_at(trail.place)}: {trail.rule}"
        if trail.stated:
            yield f"  stated    {_at(trail.stated)}: checked against the rule, never used"
    yield from _sources(trail)
    for part in trail.parts:
        yield f"  made of   {part.address}: {part.text}"
        yield from (f"  {line}" for line in _sources(part))


def _printed(printed: Printed, made: MadePages) -> str:
    page = made.pages.get(printed.address)
    where = f"{shown_path(made.path)}, page {page}: " if page else ""
    if not printed.table:
        return f'{where}{printed.address}, as {printed.text} in "{_short(printed.words)}"'
    head = f', under "{printed.head}"' if printed.head else ""
    return (
        f'{where}{printed.address}, table "{printed.table}", column {printed.number} of '
        f'{printed.columns}, "{printed.column}"{head}'
    )


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"


def _sources(trail: Trail) -> Iterator[str]:
    """The line and the cell of a count."""
    if trail.rule:
        return
    yield f"  line      {_at(trail.place)}"
    if trail.imported is None:
        yield "  from      no import: written by hand"
        return
    cell = trail.imported
    yield (
        f"  from      {cell.file}:{cell.cell}, imported on {long_date(cell.day, 'en-GB')} "
        f"(SHA-256 {cell.sha256})"
    )
    if trail.by_hand:
        yield f"  by hand   the cell said {cell.value}; it was changed since"


def _at(place: Place) -> str:
    return place.shown(shown_path(place.path))


def _row(trail: Trail) -> tuple[str, str, str, str]:
    if trail.rule:
        return trail.address, trail.text, _at(trail.place), "a rule of the edition"
    cell = trail.imported
    said = f"{cell.file}:{cell.cell}, {cell.day}" if cell else "written by hand"
    by_hand = f" (changed by hand; it said {cell.value})" if cell and trail.by_hand else ""
    return trail.address, trail.text, _at(trail.place), said + by_hand


def trace_all(session: Session) -> int:
    """Write the ledger of the edition to stdout; how many numbers there are, to stderr."""
    prepared = prepare(session.folders, draft=True)
    origins, problems = read_origins(session.folders)
    listed, more = listed_passages(session.folders)
    left = [slug for slug in prepared.slugs if slug not in prepared.letters]
    problems += [*more, *errors(p for slug in left for p in prepared.problems_of(slug))]
    if prepared.edition is None:
        problems = errors(prepared.problems)
    problems = sorted(set(problems))
    entries = list(ledger_of(prepared, origins, listed))
    session.console.problems(problems)
    session.console.whole(ledger_csv(entries, cache(shown_path)))
    session.console.progress_line(_summary(prepared, entries))
    session.report([], problems, numbers=[_entry(entry) for entry in entries])
    return session.exit_code(problems)


def _summary(prepared: Prepared, entries: list[Entry]) -> str:
    by_source = {source: sum(e.source is source for e in entries) for source in Source}
    typed = {(e.place, e.text): e for e in entries if e.source is Source.TYPED}
    unknown = sum(not entry.name for entry in typed.values())
    asked = sum(bool(entry.to_confirm) for entry in typed.values())
    letters = f"{len(prepared.letters)} letter{'' if len(prepared.letters) == 1 else 's'}"
    parts = ", ".join(f"{number} {source.value}" for source, number in by_source.items())
    places = f"{len(typed)} place{'' if len(typed) == 1 else 's'}"
    return (
        f"{len(entries)} numbers in {letters}: {parts}. Typed in {places} of the wording, of which "
        f"{unknown} equal no fact of the edition and {asked} wait to be confirmed."
    )


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "slug": entry.slug,
        "place": entry.address,
        "role": entry.role,
        "printed": entry.text,
        "source": entry.source.value,
        "name": entry.name,
        "path": shown_path(entry.place.path),
        "line": entry.place.line or None,
        "column": entry.place.column or None,
        "note": entry.note,
    }


def _as_data(trail: Trail) -> dict[str, Any]:
    cell = trail.imported
    return {
        "slug": trail.slug,
        "figure": trail.address,
        "label": trail.label,
        "kind": trail.kind.value,
        "value": trail.value,
        "text": trail.text,
        "path": shown_path(trail.place.path),
        "line": trail.place.line or None,
        "column": trail.place.column or None,
        "rule": trail.rule or None,
        "imported": {**vars(cell), "day": str(cell.day)} if cell else None,
        "by_hand": trail.by_hand,
        "printed": [vars(printed) for printed in trail.printed],
        "parts": [_as_data(part) for part in trail.parts],
    }
