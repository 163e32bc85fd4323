"""An edition loaded with what its letters say of earlier years: the figures of the letters then."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.edition.comparisons import EarlierFigure, EarlierYear
from generator.edition.figures import GAP
from generator.edition.operands import Address
from generator.files.edition_cache import EditionCache
from generator.outputs.remembered import remembered_letters
from generator.project.load_edition import LoadedEdition
from generator.project.load_edition import load_edition as load_by_itself
from generator.project.remembered_letters import RememberedLetter
from generator.workspace import EditionFolders, Workspace

if TYPE_CHECKING:
    from generator.external_letters.letter_files import Patterns


def load_edition(
    folders: EditionFolders,
    *,
    draft: bool = False,
    only: Collection[str] | None = None,
    checked: bool = True,
    known: Mapping[str, RememberedLetter] = MappingProxyType({}),
) -> LoadedEdition:
    """Read, check and compose the letters of an edition, whatever years they name.

    As `generator.project.load_edition` does, which knows an edition by itself.
    """
    years = _EarlierYears(folders)
    return load_by_itself(
        folders, draft=draft, only=only, checked=checked, years=years, known=known
    )


def load_as_remembered(folders: EditionFolders) -> LoadedEdition:
    """An edition loaded, but for what a build remembers of authorities that are as they were."""
    known = remembered_letters(EditionCache(folders, draft=False))
    return load_edition(folders, known=known)


class _EarlierYears(Mapping[int, EarlierYear]):
    """What letters of other years had, looked up when an edition is found to name their year."""

    def __init__(self, folders: EditionFolders) -> None:
        self._folders = folders
        self._found: dict[int, EarlierYear] = {}

    def __getitem__(self, year: int) -> EarlierYear:
        if year not in self._found:
            state = _state(self._folders, year)
            self._found[year] = _figures(self._folders, year, state)
        return self._found[year]

    def __iter__(self) -> Iterator[int]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


_State = tuple[tuple[Path, int, int], ...]


def _state(folders: EditionFolders, year: int) -> _State:
    """What the figures of another year hang on: its files, and who the authorities are now."""
    then = EditionFolders(folders.workspace, year)
    issued = folders.workspace.folder / "issued" / str(year)
    of_now = [folders.edition_file, *_below(folders.authorities)]
    paths = [*of_now, *_below(issued), *_below(then.output()), *_below(then.data)]
    found = []
    for path in paths:
        with suppress(OSError):  # it has just gone, as files do that are saved by renaming
            stat = path.stat()
            found.append((path, stat.st_mtime_ns, stat.st_size))
    return tuple(sorted(found))


def _below(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


@lru_cache(maxsize=4)  # the desk loads an edition again at each save; letters of years ago stay
def _figures(folders: EditionFolders, year: int, _state: _State) -> EarlierYear:
    from generator.lineage.last_year import patterns_of  # which most editions have no need of

    now = load_by_itself(folders, checked=False)
    if now.edition is None:
        return EarlierYear()
    patterns = patterns_of(folders.workspace, now)
    return _figures_of_year(folders.workspace, year, now, patterns)


def _figures_of_year(
    workspace: Workspace, year: int, this_year: LoadedEdition, patterns: "Patterns"
) -> EarlierYear:
    """What the letters of an earlier year said, those issued before those made, by today's slug.

    Nothing of an authority that is new, or that was several then or is a part of one.
    """
    from generator.lineage.last_year import looked_up

    whole, _, unread = looked_up(workspace, year, this_year, patterns)
    parts = Counter(id(then) for several in whole.versions.values() for then in several.values())
    letters: dict[str, Mapping[Address, EarlierFigure]] = {}
    for slug, several in whole.versions.items():
        (then, *others) = several.values()
        alone = not others and parts[id(then)] == 1
        figures = then.figures if alone else ()
        letters[slug] = {
            (f.group, f.id): EarlierFigure(f.kind, f.value, f.text != GAP) for f in figures
        }
    return EarlierYear(letters, unread)
