"""The names of authorities' files, held against the authorities' own."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.edition.slugs import slug_of
from generator.problems import Severity


@check(
    "file-name",
    Scope.AUTHORITY,
    Severity.WARNING,
    "The name of an authority's file is made neither from its name nor from an alias.",
)
def file_names(context: CheckContext) -> Iterator[Finding]:
    """The file may be another's; where it is named after another, that is an error of its own."""
    names = {slug_of(authority.name) for authority in context.authorities.values()}
    for authority in context.authorities.values():
        slugs = [slug_of(name) for name in (authority.name, *authority.aliases)]
        if authority.slug not in slugs and authority.slug not in names:
            expected = f" (which gives {slugs[0]}.yaml)" if slugs[0] else ""
            message = (
                f"the file's name is not made from this name{expected}; mend the name, rename the "
                "file, or add to aliases a name that gives the file's"
            )
            yield Finding(
                authority.place("name"),
                message,
                "name",
                f"{authority.path.name} for {authority.name}",
            )
