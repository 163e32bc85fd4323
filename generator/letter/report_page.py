"""The statistics page as wording: `page.md`, or what guide, notes and groups of figures make."""

from collections.abc import Collection, Mapping
from pathlib import Path

from generator.edition.edition import Edition
from generator.letter.directives import Directive, Placed
from generator.letter.placed import PLACED_WORDS, Placeable
from generator.letter.roles import Role
from generator.letter.variables import Vocabulary
from generator.letter.wording_block import Blocks, WordingBlock
from generator.letter.wording_files import files_of_wording, read_blocks
from generator.problems import Place, Problem, did_you_mean, warning
from generator.workspace import EditionFolders

PAGE = "page"
PIECES = ("guide", "notes")
REPORT_FILES = (PAGE, *PIECES)


def read_page(
    folders: EditionFolders,
    edition: Edition,
    vocabulary: Vocabulary,
    known: Placeable,
    elsewhere: Collection[str],
) -> tuple[Blocks, list[Problem]]:
    """The statistics page; nothing where letters have none.

    Without a file of its own it has the tables of all groups with a title but for those that stand
    `elsewhere`, in the sections.
    """
    names = [group.id for group in edition.groups if group.title and group.id not in elsewhere]
    files, problems = files_of_wording(folders.report, edition, optional=not names)
    if files is None:
        return (), problems
    if PAGE in files:
        blocks, more = read_blocks(files[PAGE], vocabulary, is_page=True)
        problems += more + known.problems(blocks, is_page=True)
        problems += _not_read(files, {PAGE}, "; page.md is the whole page")
        return blocks, problems
    problems += _not_read(files, PIECES, "; expected page.md, or guide.md and notes.md")
    if not names and not files.keys() & set(PIECES):
        return (), problems
    blocks, more = _of_pieces(files, folders.report, edition, vocabulary, names)
    return blocks, problems + more


def _not_read(files: dict[str, Path], read: Collection[str], otherwise: str) -> list[Problem]:
    return [
        warning(
            Place(files[name]),
            f"not read{did_you_mean(name, read) or otherwise}",
            kind="not-read",
        )
        for name in files.keys() - set(read)
    ]


def _of_pieces(
    files: Mapping[str, Path],
    folder: Path,
    edition: Edition,
    vocabulary: Vocabulary,
    tables: list[str],
) -> tuple[Blocks, list[Problem]]:
    """The page that two files and the tables make: the last table stands beside the notes."""
    problems: list[Problem] = []
    words = {}
    for name in PIECES:
        path = files.get(name, folder / f"{edition.stem(name)}.md")
        words[name], more = read_blocks(path, vocabulary, headings=False)
        problems += more
    placed = {}
    for key in PLACED_WORDS:
        placed[key] = _placing(Directive.WORDS, key, edition.place("words", key))
        if getattr(edition.words, key) is None:
            message = "missing; expected one line of text, for the statistics page"
            problems.append(Problem(edition.place("words", key), message, f"words.{key}"))
    placings = [
        _placing(
            *(Directive.TABLE, name, edition.place(*edition.figures[name].steps)),
            beside=name == tables[-1],
        )
        for name in tables
    ]
    blocks = (
        *(placed["report_title"], placed["report_period"], *words["guide"], *placings[:-1]),
        *(placed["notes_title"], *words["notes"], *placings[-1:]),
    )
    return blocks, problems


def _placing(
    directive: Directive, name: str, place: Place, *, beside: bool = False
) -> WordingBlock:
    """A directive as it would be written."""
    source = f"{{{{ {directive} {name}{' | beside' if beside else ''} }}}}"
    role = Role.TABLE if directive is Directive.TABLE else Role.PARAGRAPH
    return WordingBlock(role, source, (), place, placed=Placed(directive, name, beside))
