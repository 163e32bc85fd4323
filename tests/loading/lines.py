"""What a run says about one bad file, once it is sure that the other letter is still made."""

from collections.abc import Callable

from generator.batch.prepare import Prepared, prepare
from generator.problems import errors
from generator.workspace import EditionFolders

EDITION_FILE = "data/2031/edition.yaml"
FILE = "data/2031/authorities/ambridge-district-council.yaml"
GOOD = "felpersham-city-council"


def prepared_beside_a_good_letter(folders: EditionFolders) -> Prepared:
    """The run, in which Felpersham's letter is composed and has no error."""
    prepared = prepare(folders)
    assert GOOD in prepared.letters
    assert errors(prepared.problems_of(GOOD)) == []
    return prepared


def ambridge_lines(build: Callable[..., EditionFolders], content: str | bytes) -> list[str]:
    """All problems of a run with this content of Ambridge's file, as `a.yaml:line:column: …`."""
    prepared = prepared_beside_a_good_letter(build({FILE: content}))
    ambridge = prepared.folders.workspace.folder / FILE
    assert {problem.place.path for problem in prepared.problems} <= {ambridge}
    return [problem.line("a.yaml") for problem in prepared.problems]
