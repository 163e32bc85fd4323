"""Characters that the letter's typeface has not, wherever they would be printed."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.printed_texts import printed_texts
from generator.checks.registry import Finding, Scope, check
from generator.problems import Severity
from generator.rendering.coverage import without_glyph
from generator.rendering.failures import missing_glyph as message_of_glyph


@check(
    "missing-glyph",
    Scope.AUTHORITY,
    Severity.ERROR,
    "A letter would print a character that the typeface has not.",
)
def missing_glyph(context: CheckContext) -> Iterator[Finding]:
    """Found before the engine, which knows of it only once it prints, is started."""
    for printed in printed_texts(context):
        for character in without_glyph(printed.text):
            yield Finding(printed.locate(character), message_of_glyph(character), printed.where)
