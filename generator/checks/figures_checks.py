"""Checks of figures: what is missing or unknown, does not add up, is odd beside other figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.checks.registry import CheckContext, Finding, Scope, check, found_at
from generator.edition.authority import Authority, totals
from generator.edition.edition import Edition
from generator.edition.figure_kind import Quantity
from generator.edition.figures import Figures, is_outlier
from generator.edition.groups import Column
from generator.edition.origins import origins_file, origins_of
from generator.edition.predecessors import figures_before
from generator.letter.variables import variables_of
from generator.problems import InDraft, Place, Severity, counted, first_of, listed


@check(Scope.FILE, Severity.ERROR, in_draft=InDraft.NOTHING)
def not_supplied(context: CheckContext) -> Iterator[Finding]:
    """A figure is not yet supplied (`null`).

    In one line where no figure is.
    """
    for slug, authority in context.authorities.items():
        missing = authority.missing() if slug not in context.without_letter else []
        counts = [f for f in authority.all_figures() if f.column.kind.is_given]
        if len(missing) == len(counts) > 1:
            message = f"none of the {len(missing)} figures has been supplied yet (null); {_NEEDED}"
            yield Finding(missing[0].place, message)
        else:
            for figure in missing:
                where = f"{figure.column.group}.{figure.column.id}"
                yield Finding(figure.place, f"not yet supplied (null); {_ONE_NEEDED}", where)


_ONE_NEEDED = "a letter needs the figure, a draft does not (--draft)"
_NEEDED = "a letter needs them, a draft does not (--draft)"


@check(Scope.AUTHORITY, Severity.WARNING)
def undecided_insert(context: CheckContext) -> Iterator[Finding]:
    """An insert is not placed: its rule depends on a figure that is not yet supplied.

    The draft that is read now may lack a paragraph that the letter will have.
    """
    for slug, summary in context.summaries.items():
        authority = context.authorities[slug]
        facts = variables_of(context.edition, authority) if summary.undecided else {}
        for name in summary.undecided:
            rule = context.wording.inserts[name].rule
            missing = [n for n in rule.names if not facts[n].supplied] if rule else []
            are = "are" if len(missing) > 1 else "is"
            message = f"not placed, since {' and '.join(missing)} {are} not yet supplied"
            yield Finding(_gap(authority, missing[0]), message, f"insert {name}")


@check(Scope.AUTHORITY, Severity.ERROR, in_draft=InDraft.NOTHING)
def undecided_letter(context: CheckContext) -> Iterator[Finding]:
    """Whether an authority gets a letter depends on a figure that is not yet supplied.

    A draft can be read; whether there will be a letter nobody knows yet.
    """
    for slug, summary in context.summaries.items():
        if summary.no_letter is not None:
            because, missing = summary.no_letter.because, summary.no_letter.missing
            are = "are" if len(missing) > 1 else "is"
            message = f"{because}, since {listed(missing)} {are} not yet supplied"
            yield Finding(_gap(context.authorities[slug], missing[0]), message, "letters.when")


def _gap(authority: Authority, name: str) -> Place:
    """Where a figure is not supplied, or, for a sum or a rate, one that it is made of."""
    _, group, column = name.split(".")
    gaps = {f.column.address: f.place for f in authority.missing()}
    try:
        sources = authority.figure(group, column).column.sources
    except KeyError:  # what figures are compared with is no figure of its own
        return Place(authority.path)
    return next((gaps[address] for address in sources if address in gaps), Place(authority.path))


@dataclass(frozen=True)
class ColumnTotal:
    """One column over all letters: its sum; of a rate, the rate of the sums."""

    column: Column
    value: Quantity | None
    """None for a rate of nothing, and for what does not add up."""
    missing: int
    """How many letters do not have the figure yet; the sum is that of the others."""
    stated: int | None
    """The published figure, where the edition has it."""


def sums_over(edition: Edition, authorities: Iterable[Authority]) -> list[ColumnTotal]:
    """Every column of an edition, added up over these authorities."""
    everyone = list(authorities)
    missing = {
        column.address: sum(not a.figure(*column.address).supplied for a in everyone)
        for column in edition.columns()
    }
    figures = Figures(edition, totals(edition, everyone), {})
    return [
        ColumnTotal(
            column,
            figures[column.address].value,
            missing[column.address],
            edition.national.get(column.group, {}).get(column.id),
        )
        for column in edition.columns()
    ]


@check(Scope.EDITION, Severity.WARNING)
def national_sum(context: CheckContext) -> Iterator[Finding]:
    """A national figure (`national`) is not the sum of all letters.

    Nothing while a file cannot be read or a figure is missing: then no sum can be known.
    """
    everyone = len(context.authorities) == len(context.data.files)
    edition = context.edition
    if not edition.national or not everyone:
        return
    for whole in sums_over(edition, context.authorities.values()):
        if whole.stated is not None and not whole.missing and whole.value != whole.stated:
            message = f"adds up to {whole.value} over all letters, stated {whole.stated}"
            yield found_at(edition, message, "national", whole.column.group, whole.column.id)


@check(Scope.FILE, Severity.WARNING)
def sum_leaves_out(context: CheckContext) -> Iterator[Finding]:
    """A sum leaves out counts of its group, and is not part of a sum of all of them.

    A sub-total beside a total leaves out what it should; a total to which a count was added.
    """
    for group in context.edition.groups:
        sums = [column for column in group.columns if column.kind.is_sum]
        for column in sums:
            out = [count.id for count in group.counts if count.address not in column.sources]
            larger = any(set(column.sources) < set(other.sources) for other in sums)
            across = any(source[0] != group.id for source in column.sources)
            if out and not larger and not across:
                message = (
                    f"leaves out {', '.join(out)}; add them, write sum: all, or confirm that they "
                    "are left out on purpose"
                )
                yield found_at(context.edition, message, *column.steps, "sum")


@check(Scope.AUTHORITY, Severity.WARNING)
def unusual_figures(context: CheckContext) -> Iterator[Finding]:
    """A group adds up to more than the figure that `usually` names.

    Which groups, and which figures, the edition says (`usually`).
    """
    for authority in context.authorities.values():
        for group, expected in context.edition.usually.items():
            counts = [
                f
                for f in authority.all_figures()
                if f.column.group == group and f.column.kind.is_given and f.column.kind.adds_up
            ]
            most = authority.figure(*expected.at_most.split("."))
            total = sum(figure.value or 0 for figure in counts)
            if most.supplied and most.value is not None and total > most.value:
                message = f"adds up to {total}, usually no more than {expected.at_most}"
                yield found_at(authority, f"{message} ({most.value})", group)


FEWEST = 20
"""With fewer complaints and decisions than this, two may well be the same by chance."""
MOST_NAMED = 12


@check(Scope.EDITION, Severity.WARNING)
def same_figures(context: CheckContext) -> Iterator[Finding]:
    """All counts of an authority are the same as another's, and add up to 20 or more.

    Each of them is told of the others.
    """
    alike: dict[tuple[Quantity, ...], list[Authority]] = {}
    for authority in context.authorities.values():
        counts = counts_of(authority)
        if counts is not None and sum(counts) >= FEWEST:
            alike.setdefault(counts, []).append(authority)
    for counts, same in alike.items():
        for authority in same if len(same) > 1 else ():
            others = [other.slug for other in same if other is not authority]
            named = first_of(others, MOST_NAMED)
            message = f"exactly the figures of {named}; make sure that they are its own"
            subject = f"the figures of {', '.join(others)}: {', '.join(map(str, counts))}"
            yield Finding(_first_group(authority), message, "", subject)


def _first_group(authority: Authority) -> Place:
    return authority.place(next(group for group, _ in authority.figures))


def counts_of(authority: Authority) -> tuple[Quantity, ...] | None:
    """All given figures of an authority, in the order printed; None while one is not supplied."""
    if authority.missing():
        return None
    return tuple(
        figure.value
        for figure in authority.all_figures()
        if figure.column.kind.is_given and figure.value is not None
    )


@check(Scope.YEARS, Severity.WARNING)
def outlier(context: CheckContext) -> Iterator[Finding]:
    """A figure rose or fell since last year by more than the edition's `outliers` allow.

    Rates are left alone: of small numbers they always leap, of large ones their counts tell.
    """
    rule = context.edition.outliers
    before = figures_before(context.predecessors) if rule else {}
    for slug, then in before.items():
        authority = context.authorities[slug]
        for figure in authority.all_figures():
            column = figure.column
            old = then.get((column.group, column.id))
            if old is None or figure.value is None or column.kind.is_rate:
                continue
            if is_outlier(old, figure.value, rule):
                message = f"{figure.value}, but {old} in {context.folders.year - 1}"
                todo = f"{message}; worth a look"
                yield found_at(authority, todo, column.group, column.id, subject=message)


@check(Scope.YEARS, Severity.WARNING)
def figures_as_last_year(context: CheckContext) -> Iterator[Finding]:
    """All counts of an authority are the same as last year, and add up to 20 or more.

    Columns may have other names than last year, but none may be new.
    """
    year = context.folders.year - 1
    for slug, sources in context.predecessors.items():
        counts = counts_of(context.authorities[slug])
        if counts is None or sum(counts) < FEWEST or counts not in map(counts_of, sources):
            continue
        place = _first_group(context.authorities[slug])
        message = f"all figures are those of {year}; make sure that they are this year's"
        yield Finding(place, message, "", f"the figures of {year}: {', '.join(map(str, counts))}")


@check(Scope.EDITION, Severity.WARNING)
def changed_since_import(context: CheckContext) -> Iterator[Finding]:
    """A figure differs from the cell that it was imported from.

    A correction by hand, or a slip of the hand; the origins keep the value as imported.
    """
    # what is wrong with the origins, import and trace tell
    origins, _ = origins_of(context.folders, context.data)
    for slug in origins.figures.keys() & context.authorities.keys():
        for figure in context.authorities[slug].all_figures():
            address = f"{figure.column.group}.{figure.column.id}"
            found = origins.of(slug, address)
            if found is None or not figure.column.kind.is_given or not figure.supplied:
                continue
            cell, file = found
            if figure.value != cell.value:
                message = (
                    f"{figure.value}, but {file.name}, {cell.cell}, from which it was "
                    f"imported, said {cell.value}; correct it, or confirm it"
                )
                yield Finding(figure.place, message, address)


@check(Scope.EDITION, Severity.ERROR, in_draft=InDraft.NOTHING)
def unknown_comparison(context: CheckContext) -> Iterator[Finding]:
    """A letter compares a figure with an unknown one: a file has an error or a gap.

    That is a file which an average is taken over, or the letter of an earlier year. One for each
    comparator that is waited for, at the first file that it waits for; of an earlier year, one for
    each letter.
    """
    comparisons = context.data.comparisons
    waiting: dict[tuple[Place, str, str], dict[str, None]] = {}
    for slug, summary in context.summaries.items() if comparisons else ():
        authority = context.authorities[slug]
        for name in sorted(summary.compared):
            if comparisons is None or authority.compared[name].supplied:
                continue
            files = comparisons.waits_for(name, authority)
            names = [_named(context, path, why) for path, why in files.items()]
            comparator, _, figure = name.partition(".")
            is_average = comparisons.paths(comparator, authority)
            place = Place(next(iter(files))) if is_average and files else authority.place("name")
            needs = f"it depends on {first_of(names, 3)}" if names else "it would leave a gap"
            waiting.setdefault((place, comparator, needs), {})[figure] = None
    for (place, comparator, needs), figures in waiting.items():
        said = first_of(list(figures), 2)
        yield Finding(place, f"{comparator} cannot be worked out for {said}: {needs}")


def _named(context: CheckContext, path: Path, why: str) -> str:
    shown = context.folders.workspace.shown_path(path)
    return f"{shown} ({why})" if why else shown


@check(Scope.EDITION, Severity.WARNING)
def orphaned_origins(context: CheckContext) -> Iterator[Finding]:
    """Figures were imported for an authority, or a column, that the edition does not have.

    Its file was removed or renamed by hand, so that nobody can follow its figures to their cells.
    """
    origins, _ = origins_of(context.folders, context.data)
    path = origins_file(context.folders)
    known = {f"{column.group}.{column.id}" for column in context.edition.columns()}
    strange: dict[str, int] = {}
    for slug, cells in origins.figures.items():
        if slug not in context.data.files:
            message = (
                f"no authority of this name has a file, and {counted(len(cells), 'figure')} of it "
                "came from cells; if its file was renamed, add the old name to aliases there, or "
                "else delete its lines here"
            )
            yield Finding(Place(path), message, slug)
            continue
        for address in cells.keys() - known:
            strange[address] = strange.get(address, 0) + 1
    for address, number in sorted(strange.items()):
        message = (
            f"imported for {counted(number, 'authority', 'authorities')}, and no figure of the "
            "edition; delete its lines here, or import it anew"
        )
        yield Finding(Place(path), message, address)
