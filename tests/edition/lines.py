"""What a run says about one bad file, once it is sure that the other letter is still made."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from generator.problems import errors
from generator.project.load_edition import LoadedEdition, load_edition
from generator.workspace import EditionFolders

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


@contextmanager
def without_privilege() -> Iterator[None]:
    """Permissions hold in it for this thread, also where the tests are root's."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # of the third version, of this thread
    held = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; twice 32 bits
    assert libc.capget(header, held) == 0
    given_up = (ctypes.c_uint32 * 6)(*held)
    given_up[0] &= ~(1 << 1 | 1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    assert libc.capset(header, given_up) == 0
    try:
        yield
    finally:
        assert libc.capset(header, held) == 0
