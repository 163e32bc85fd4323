"""What a run says about one bad file, once it is sure that the other letter is still made."""

import os
import subprocess
import sys
from collections.abc import Callable

from generator.problems import errors
from generator.project.load_edition import LoadedEdition, load_edition
from generator.workspace import EditionFolders
from tests.borsetshire import ROOT

EDITION_FILE = "data/2031/edition.yaml"
FILE = "data/2031/authorities/ambridge-district-council.yaml"
GOOD = "felpersham-city-council"


def prepared_beside_a_good_letter(folders: EditionFolders) -> LoadedEdition:
    """The run, in which Felpersham's letter is composed and has no error."""
    loaded = load_edition(folders)
    assert GOOD in loaded.letters
    assert errors(loaded.problems_of(GOOD)) == []
    return loaded


def ambridge_lines(build: Callable[..., EditionFolders], content: str | bytes) -> list[str]:
    """All problems of a run with this content of Ambridge's file, as `a.yaml:line:column: …`."""
    loaded = prepared_beside_a_good_letter(build({FILE: content}))
    ambridge = loaded.folders.workspace.folder / FILE
    assert {problem.place.path for problem in loaded.problems} <= {ambridge}
    return [problem.line("a.yaml") for problem in loaded.problems]


_CHILD = """
import sys
from pathlib import Path
from generator.letter.variables import vocabulary
from generator.letter.wording import load_wording
from generator.edition.load import load_data
from generator.workspace import EditionFolders, Workspace

folders = EditionFolders(Workspace(Path(sys.argv[1])), 2031)
data = load_data(folders)
problems = data.problems
if data.edition:
    problems += load_wording(folders, data.edition, vocabulary(data.edition)).problems
for problem in problems:
    print(problem.line(problem.place.path.name))
"""


def said_without_privilege(folders: EditionFolders) -> list[str]:
    """What loading says in a process that permissions hold for, also where the tests are root's."""
    give_up = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    command = [sys.executable, "-c", _CHILD, str(folders.workspace.folder)]
    command = [*give_up, *command] if os.geteuid() == 0 else command
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()
