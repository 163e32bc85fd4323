"""Checks of files: their names, what is out of date, what nobody uses or nobody owns."""

from collections.abc import Iterator

from generator.checks.registry import CheckContext, Finding, OutputContext, Scope, check, found_at
from generator.edition.load import names_in
from generator.edition.schemas import schema_files
from generator.edition.values import slug_of
from generator.files.bounded_read import Sort, read_bytes
from generator.problems import Place, Severity, did_you_mean


@check(Scope.EDITION, Severity.WARNING)
def file_name(context: CheckContext) -> Iterator[Finding]:
    """The name of an authority's file is made neither from its name nor from an alias.

    The file may be another's; where it is named after another, that is an error of its own.
    """
    languages = [context.authorities, *(other.authorities for other in context.others)]
    names = {slug_of(authority.name) for authority in context.authorities.values()}
    for authority in context.authorities.values():
        own = [each[authority.slug].name for each in languages if authority.slug in each]
        slugs = [slug_of(name) for name in (*own, *authority.aliases)]
        if authority.slug not in slugs and authority.slug not in names:
            expected = f" (which gives {slugs[0]}.yaml)" if slugs[0] else ""
            message = (
                f"the file's name is not made from this name{expected}; mend the name, rename the "
                "file, or add to aliases a name that gives the file's"
            )
            subject = f"{authority.path.name} for {authority.name}"
            yield found_at(authority, message, "name", subject=subject)


@check(Scope.EDITION, Severity.WARNING)
def stale_schema(context: CheckContext) -> Iterator[Finding]:
    """A schema in `data/schemas/` is there and does not say what the program reads.

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
    """No letter has an insert: no authority names it, or its rule places it in none.

    Of one whose file has an error nothing more is said, nor while a letter is not composed.

    One of which it is not yet decided may still be placed.
    """
    if len(context.letters) + len(context.without_letter) < len(context.data.files):
        return
    used = {n for c in context.letters.values() for n in (*c.inserts, *c.undecided)}
    wrong = {problem.place.path for problem in context.wording.problems if problem.is_error}
    for name, insert in context.wording.inserts.items():
        if name not in used and insert.path not in wrong:
            why = "its rule places it in none" if insert.rule else "no authority names it"
            yield Finding(Place(insert.path), f"no letter has this insert: {why}")


@check(Scope.FILE, Severity.WARNING)
def unlisted_section(context: CheckContext) -> Iterator[Finding]:
    """The edition does not list a section that has a file, so that it is in no letter.

    A section that was written and forgotten, or whose name is mistyped in one of the two.
    """
    listed = context.edition.sections
    for name, path in context.wording.unlisted.items():
        message = f"in no letter, since {context.edition.path.name} does not list it in sections"
        yield Finding(Place(path), f"{message}{did_you_mean(name, listed)}")


@check(Scope.FILE, Severity.WARNING)
def unnamed_picture(context: CheckContext) -> Iterator[Finding]:
    """The letterhead does not name a picture that has a file, so that it is in no letter.

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


_STALE = "stale: its authority is no longer in the edition; --prune removes its letter"
_STALE_DRAFT = (
    "stale: its authority is no longer in the edition; build --draft --prune removes its draft"
)
_FOREIGN = "belongs to no authority of the edition and was not made here; move it away"
