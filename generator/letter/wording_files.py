"""Files of wording: those of a folder, and the blocks of one."""

from pathlib import Path

from generator.edition.edition import Edition
from generator.edition.languages import file_stem
from generator.edition.load import files_in
from generator.edition.source_text import read_source
from generator.edition.yaml_tree import shown
from generator.letter.markdown import parse_markdown
from generator.letter.read_inserts import guarded
from generator.letter.roles import Role
from generator.letter.variables import Vocabulary
from generator.letter.wording_block import Blocks
from generator.problems import Place, Problem


def files_of_wording(
    folder: Path, edition: Edition, *, optional: bool = False
) -> tuple[dict[str, Path] | None, list[Problem]]:
    """The files of wording in a folder, by name; None where the folder cannot be read.

    Those of the edition's language. Where one is there in another language alone, that is a
    problem, and stands in for it, so that no more is said of it.
    """
    endings = (".md", ".markdown", ".txt")
    files, problems = files_in(folder, endings, "not a file of wording", optional=optional)
    if files is None or not edition.languages:
        return files, problems
    by_name: dict[str, dict[str, Path]] = {}
    for stem, path in files.items():
        name, _, language = stem.partition(".")
        if not language:
            by_name.setdefault(name, {})[edition.languages[0]] = path
        elif language in edition.languages[1:]:
            by_name.setdefault(name, {})[language] = path
        else:
            problems.append(_of_no_language(path, name, language, edition))
    chosen = {}
    for name, paths in by_name.items():
        chosen[name] = paths.get(edition.language) or next(iter(paths.values()))
        if edition.language not in paths:
            message = f"stands in {' and '.join(paths)} only; write {edition.stem(name)}.md"
            problem = Problem(Place(chosen[name]), f"{message}, the same in {edition.language}")
            problems.append(problem)
    return chosen, problems


def _of_no_language(path: Path, name: str, language: str, edition: Edition) -> Problem:
    expected = [f"{file_stem(name, edition.languages, each)}.md" for each in edition.languages]
    instead = f"rename it to {' or '.join(expected)}, or move it elsewhere"
    if language == edition.languages[0]:
        return Problem(Place(path), f"not read: {language} is the first language; {instead}")
    message = f'not read: the edition has no language "{shown(language)}"; {instead}'
    return Problem(Place(path), message)


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
