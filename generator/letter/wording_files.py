"""Files of wording: those of a folder, and the blocks of one."""

from pathlib import Path

from generator.edition.load import files_in
from generator.edition.source_text import read_source
from generator.letter.markdown import parse_markdown
from generator.letter.read_inserts import guarded
from generator.letter.roles import Role
from generator.letter.variables import Vocabulary
from generator.letter.wording_block import Blocks
from generator.problems import Place, Problem


def files_of_wording(
    folder: Path, *, optional: bool = False
) -> tuple[dict[str, Path] | None, list[Problem]]:
    """The files of wording in a folder, by name; None where the folder cannot be read."""
    endings = (".md", ".markdown", ".txt")
    return files_in(folder, endings, "not a file of wording", optional=optional)


def read_blocks(
    path: Path, vocabulary: Vocabulary, *, headings: bool = True, is_page: bool = False
) -> tuple[Blocks, list[Problem]]:
    """The blocks of a file of wording; one without words is a problem."""
    text, problems = read_source(path)
    if text is None:
        return (), problems
    blocks, problems = parse_markdown(text, path, vocabulary, headings=headings, is_page=is_page)
    problems += guarded(blocks, problems, vocabulary)
    if not blocks and not problems:
        problems.append(Problem(Place(path), "there are no words in this file; write them"))
    elif not problems and all(block.role is Role.HEADING for block in blocks):
        place = blocks[-1].place
        problems.append(Problem(place, "there are no words below this heading; write them"))
    return blocks, problems
