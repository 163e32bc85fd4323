"""The schemas that editors read, held against what the program reads."""

from collections.abc import Iterator

from generator.checks.context import CheckContext
from generator.checks.registry import Finding, Scope, check
from generator.edition.schemas import schema_files
from generator.files.bounded_read import Sort, read_bytes
from generator.problems import Place, Severity


@check(
    "stale-schema",
    Scope.EDITION,
    Severity.WARNING,
    "A schema in `data/schemas/` is there and does not say what the program reads.",
)
def stale_schemas(context: CheckContext) -> Iterator[Finding]:
    """Editors would underline what is right."""
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
