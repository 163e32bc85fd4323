"""Checks of files and what they define: what is out of date, unused, placed nowhere, left over."""

from collections.abc import Iterator

from generator.checks.registry import CheckContext, Finding, OutputContext, Scope, check, found_at
from generator.edition.schemas import schema_files
from generator.edition.source_text import names_in
from generator.edition.values import slug_of
from generator.files.bounded_read import Sort, read_bytes
from generator.letter.directives import Directive
from generator.letter.placed import PLACED_WORDS, is_empty
from generator.letter.variables import sides_of
from generator.problems import Place, Severity, did_you_mean


@check(Scope.EDITION, Severity.WARNING)
def file_name(context: CheckContext) -> Iterator[Finding]:
    """The name of an authority's file matches neither its name nor an alias.

    The file may be another's; where it is named after another, that is an error of its own.
    """
    languages = [context.authorities, *(other.authorities for other in context.others)]
    names = {slug_of(authority.name) for authority in context.authorities.values()}
    for authority in context.authorities.values():
        own = [each[authority.slug].name for each in languages if authority.slug in each]
        slugs = [slug_of(name) for name in (*own, *authority.aliases)]
        if authority.slug not in slugs and authority.slug not in names:
            expected = f" ({slugs[0]}.yaml)" if slugs[0] else ""
            message = (
                f"the file is not named after this authority{expected}; correct the name, rename "
                "the file, or add to aliases the name that it has"
            )
            subject = f"{authority.path.name} for {authority.name}"
            yield found_at(authority, message, "name", subject=subject)


@check(Scope.EDITION, Severity.WARNING)
def stale_schema(context: CheckContext) -> Iterator[Finding]:
    """A schema in `data/schemas/` is out of date.

    Editors would underline what is right.
    """
    folder = context.folders.workspace.schemas
    if not folder.exists():
        return
    for path, text in schema_files(context.folders.workspace, context.edition).items():
        try:
            stale = (
                path.exists()
                and read_bytes(path, Sort.RECORD).replace(b"\r\n", b"\n") != text.encode()
            )
        except OSError:
            stale = True
        if stale:
            message = (
                'no longer fits the edition, so editors underline wrongly; run "letters schema"'
            )
            yield Finding(Place(path), message)


@check(Scope.EDITION, Severity.WARNING)
def unused_insert(context: CheckContext) -> Iterator[Finding]:
    """No letter has an insert: no authority names it, or its rule is never true.

    Of one whose file has an error nothing more is said, nor while a letter is not composed.

    One of which it is not yet decided may still be placed.
    """
    if len(context.letters) + len(context.without_letter) < len(context.data.files):
        return
    used = {n for c in context.summaries.values() for n in (*c.inserts, *c.undecided)}
    wrong = {problem.place.path for problem in context.wording.problems if problem.is_error}
    for name, insert in context.wording.inserts.items():
        if name not in used and insert.path not in wrong:
            why = "its rule places it in none" if insert.rule else "no authority names it"
            yield Finding(Place(insert.path), f"no letter has this insert: {why}")


@check(Scope.FILE, Severity.WARNING)
def unlisted_section(context: CheckContext) -> Iterator[Finding]:
    """A section has a file but is not listed in the edition, so it is in no letter.

    A section that was written and forgotten, or whose name is mistyped in one of the two.
    """
    listed = context.edition.sections
    for name, path in context.wording.unlisted.items():
        message = f"in no letter, since {context.edition.path.name} does not list it in sections"
        yield Finding(Place(path), f"{message}{did_you_mean(name, listed)}")


@check(Scope.FILE, Severity.WARNING)
def unnamed_picture(context: CheckContext) -> Iterator[Finding]:
    """A picture has a file but is not named in the letterhead, so it is in no letter.

    A new logo put beside the old one, or a name mistyped in one of the two.
    """
    named = {picture.file for _, picture in context.edition.letterhead.pictures()}
    folder = context.folders.pictures
    for name in names_in(folder, optional=True)[0] or ():
        if name not in named:
            file = context.edition.path.name
            message = f"in no letter, since {file} does not name it in letterhead"
            yield Finding(Place(folder / name), f"{message}{did_you_mean(name, named)}")


@check(Scope.OUTPUT, Severity.WARNING)
def left_over(context: OutputContext) -> Iterator[Finding]:
    """A letter or a draft belongs to no authority of the edition.

    One warning for each, however many files it has.

    Drafts lie in a folder of their own, inside that of the letters, and are pruned by a build of
    their own: without a word when letters are built they would be forgotten there.
    """
    kinds = {
        _STALE: context.stale,
        _STALE_DRAFT: context.stale_drafts,
        _FOREIGN: context.foreign_files,
    }
    for message, letters in kinds.items():
        for slug, names in letters.items():
            said = message
            if slug in context.without_letter:
                said = f"{_no_letter(context.without_letter[slug])}; {message.partition('; ')[2]}"
            yield Finding(Place(context.folder / names[0]), said)


def _no_letter(because: str) -> str:
    return f"stale: its authority gets no letter, since {because}"


_STALE = "stale: its authority is no longer in the edition; --prune deletes its letter"
_STALE_DRAFT = (
    "stale: its authority is no longer in the edition; build --draft --prune deletes its draft"
)
_FOREIGN = "belongs to no authority of the edition and was not built here; move it away"


@check(Scope.EDITION, Severity.WARNING)
def unplaced(context: CheckContext) -> Iterator[Finding]:
    """A table, a chart, or fixed words of the statistics page, are in no wording.

    A group of figures may well be no table: it is enough that something refers to one of them.

    While a file of wording has an error, nothing is said: what it places is not known.
    """
    edition, wording = context.edition, context.wording
    if any(problem.is_error for problem in wording.problems):
        return
    placed = {(p.directive, p.name) for b, _ in wording.written() if (p := b.placed)}
    for key in PLACED_WORDS:
        if getattr(edition.words, key) and (Directive.WORDS, key) not in placed:
            message = f"in no letter; write {{{{ words {key} }}}} where they stand, or remove them"
            yield found_at(edition, message, "words", key)
    for name in wording.charts:
        if (Directive.CHART, name) not in placed:
            message = f"in no letter; write {{{{ chart {name} }}}} where it stands, or remove it"
            yield found_at(edition, message, "charts", name)
    used = _figures_used(context, placed)
    for name in wording.tables:
        if (Directive.TABLE, name) in placed:
            continue
        message = f"in no letter; write {{{{ table {name} }}}} where it stands, or remove it"
        if name in edition.tables:
            yield found_at(edition, message, "tables", name)
        elif not used & {f"{name}.{column.id}" for column in edition.figures[name].columns}:
            yield found_at(edition, message, "figures", name)


@check(Scope.EDITION, Severity.ERROR)
def chart_of_nothing(context: CheckContext) -> Iterator[Finding]:
    """A chart has nothing to draw in any letter: its figures are zero, or rates without a value.

    Its figures are the wrong ones, or it is not worth its place.
    """
    for name, chart in context.wording.charts.items():
        authorities = context.authorities.values()
        if authorities and all(is_empty(chart.definition, each) for each in authorities):
            message = "nothing to draw in any letter; name other figures, or remove the chart"
            yield found_at(context.edition, message, "charts", name, "parts")


@check(Scope.AUTHORITY, Severity.WARNING)
def chart_left_out(context: CheckContext) -> Iterator[Finding]:
    """A chart is left out of a letter: its figures are zero, or rates that have no value.

    The words around it should be true without it, too.
    """
    for slug, summary in context.summaries.items():
        for name in summary.empty_charts:
            first = context.wording.charts[name].definition.columns[0]
            message = (
                f'the chart "{name}" is left out of this letter, since it has nothing to draw; '
                "see that the words around it are true without it"
            )
            yield found_at(context.authorities[slug], message, first.group, first.id)


def _figures_used(context: CheckContext, placed: set[tuple[Directive, str]]) -> set[str]:
    """The figures, as group.id, that stand in a table, a chart or a sentence, or in a rule."""
    wording = context.wording
    blocks = (*(block for block, _ in wording.written()), *wording.fixed)
    names = {placeholder.name for block in blocks for placeholder in block.placeholders}
    rules = (insert.rule for insert in wording.inserts.values() if insert.rule)
    names |= {name for rule in rules for name in rule.names}
    tables = [t.columns for name, t in wording.tables.items() if (Directive.TABLE, name) in placed]
    charts = [chart.definition.columns for chart in wording.charts.values()]
    columns = (column for columns in (*tables, *charts) for column in columns)
    stand = {f"{column.group}.{column.id}" for column in columns}
    own = (sides_of(name)[0].removeprefix("authority.") for name in names)
    return stand | {*own}
