"""Checks of wording that names the people to whom copies go."""

from collections.abc import Iterator

from generator.checks.registry import CheckContext, Finding, Scope, check, found_at
from generator.letter.variables import COPIES_PREFIX
from generator.problems import InDraft, Severity


@check(Scope.AUTHORITY, Severity.ERROR, in_draft=InDraft.NOTHING)
def copied_to_nobody(context: CheckContext) -> Iterator[Finding]:
    """Wording names one to whom a copy goes, and the authority's file names nobody in that role.

    The sentence would have a hole. The lines of copies below the signature have none.
    """
    for slug, composed in context.letters.items():
        authority = context.authorities[slug]
        names = dict.fromkeys(r.name for block in composed.letter.blocks for r in block.runs)
        named = (name for name in names if name is not None and name.startswith(COPIES_PREFIX))
        roles = dict.fromkeys(name.split(".")[2] for name in named)
        for role in roles:
            if role not in authority.copies:
                message = f"the letter's words name this person; add copies: {role}: to this file"
                yield found_at(authority, message, "copies", role)
