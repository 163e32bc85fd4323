"""Checks of what a letter still lacks: figures that are to come, and inserts that wait for them."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.edition.authority import Authority
from generator.letter.variables import variables_of
from generator.problems import InDraft, Place, Severity

NOT_SUPPLIED = "not-supplied"


@check(
    NOT_SUPPLIED,
    Scope.FILE,
    Severity.ERROR,
    "A figure is not yet supplied (`null`).",
    in_draft=InDraft.NOTHING,
)
def not_supplied(context: CheckContext) -> Iterator[Finding]:
    """In one line where no figure is."""
    for authority in context.authorities.values():
        missing = authority.missing()
        counts = [f for f in authority.all_figures() if f.column.kind.is_given]
        if len(missing) == len(counts) > 1:
            message = f"none of the {len(missing)} figures is supplied yet (null); {_NEEDED}"
            yield Finding(missing[0].place, message)
        else:
            for figure in missing:
                where = f"{figure.column.group}.{figure.column.id}"
                yield Finding(figure.place, f"not yet supplied (null); {_ONE_NEEDED}", where)


_ONE_NEEDED = "a letter needs the figure, a draft does not (--draft)"
_NEEDED = "a letter needs them, a draft does not (--draft)"


@check(
    "undecided-insert",
    Scope.AUTHORITY,
    Severity.WARNING,
    "An insert is not placed, since its rule hangs on a figure that is not yet supplied.",
)
def undecided_inserts(context: CheckContext) -> Iterator[Finding]:
    """The draft that is read now may lack a paragraph that the letter will have."""
    for slug, composed in context.letters.items():
        authority = context.authorities[slug]
        facts = variables_of(context.edition, authority) if composed.undecided else {}
        for name in composed.undecided:
            rule = context.wording.inserts[name].rule
            missing = [n for n in rule.names if not facts[n].supplied] if rule else []
            are = "are" if len(missing) > 1 else "is"
            message = f"not placed, since {' and '.join(missing)} {are} not yet supplied"
            yield Finding(_gap(authority, missing[0]), message, f"insert {name}")


def _gap(authority: Authority, name: str) -> Place:
    """Where a figure is not supplied, or, for a sum or a rate, a count that it is made of."""
    _, group, column = name.split(".")
    gaps = {f.column.id: f.place for f in authority.missing() if f.column.group == group}
    return gaps.get(column) or next(iter(gaps.values()))
