"""What the tests of composing read: an edition's problems as lines, its letters as texts."""

from pathlib import Path

from generator.letter.letter import ComposedBlock
from generator.letter.markdown import parse_markdown
from generator.letter.variables import Vocabulary
from generator.letter.wording_block import WordingBlock
from generator.problems import Problem
from generator.project.load_edition import LoadedEdition, load_edition
from generator.workspace import EditionFolders

AMBRIDGE = "ambridge-district-council"
FELPERSHAM = "felpersham-city-council"
AMBRIDGE_FILE = f"data/2031/authorities/{AMBRIDGE}.yaml"
EDITION_FILE = "data/2031/edition.yaml"
STATISTICS_FILE = "templates/2031/sections/statistics.md"


def insert_file(name: str) -> str:
    return f"templates/2031/inserts/{name}.md"


def lines(folders: EditionFolders, *, draft: bool = False) -> list[str]:
    """Every problem of the edition in one line each, with paths from the workspace's folder."""
    return lines_of(folders, load_edition(folders, draft=draft).problems)


def lines_of(folders: EditionFolders, problems: list[Problem]) -> list[str]:
    root = folders.workspace.folder
    return [p.line(p.place.path.relative_to(root).as_posix()) for p in problems]


def blocks(loaded: LoadedEdition, part: str, slug: str = AMBRIDGE) -> tuple[ComposedBlock, ...]:
    return loaded.letters[slug].letter.part(part)


def texts(loaded: LoadedEdition, part: str, slug: str = AMBRIDGE) -> list[str]:
    return [block.text for block in blocks(loaded, part, slug)]


def read(text: str, vocabulary: Vocabulary) -> tuple[tuple[WordingBlock, ...], list[str]]:
    """A text of wording as blocks, and its problems in lines, as if it were `file.md`."""
    found, problems = parse_markdown(text, Path("file.md"), vocabulary)
    return found, [problem.line("file.md") for problem in problems]


def words(block: WordingBlock) -> str:
    """A block's words, with the names of its placeholders in place of values."""
    return "".join(
        piece.content if isinstance(piece.content, str) else f"<{piece.content.name}>"
        for piece in block.pieces
    )
