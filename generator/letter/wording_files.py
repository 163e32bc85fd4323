"""Files of wording: those of a folder, the blocks of one, and the statistics page they make."""

from collections.abc import Collection, Mapping
from pathlib import Path

from generator.edition.edition import Edition
from generator.edition.languages import file_stem
from generator.edition.source_text import files_in, read_source
from generator.edition.yaml_tree import shown
from generator.letter.directives import Directive, Placed
from generator.letter.markdown import parse_markdown
from generator.letter.placed import PLACED_WORDS, Placeable
from generator.letter.read_inserts import guarded
from generator.letter.roles import Role
from generator.letter.variables import Vocabulary
from generator.letter.wording_block import Blocks, WordingBlock
from generator.problems import Place, Problem, did_you_mean, noting, warning
from generator.workspace import EditionFolders


def files_of_wording(
    folder: Path, edition: Edition, *, optional: bool = False
) -> tuple[dict[str, Path] | None, list[Problem]]:
    """The files of wording in a folder, by name; None where the folder cannot be read.

    Those of the edition's language. Where one is there in another language alone, that is a
    problem, and stands in for it, so that no more is said of it.
    """
    endings = (".md", ".markdown", ".txt")
    files, problems = files_in(folder, endings, "not a wording file", optional=optional)
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
            message = f"given in {' and '.join(paths)} only; write {edition.stem(name)}.md"
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
        problems.append(Problem(Place(path), "no words in this file; add them"))
    elif not problems and all(block.role is Role.HEADING for block in blocks):
        place = blocks[-1].place
        problems.append(Problem(place, "no words below this heading; add them"))
    return blocks, problems


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
    names = [group.id for group in edition.titled_groups if group.id not in elsewhere]
    files, problems = files_of_wording(folders.report, edition, optional=not names)
    if files is None:
        return (), problems
    if PAGE in files:
        blocks = noting(problems, read_blocks(files[PAGE], vocabulary, is_page=True))
        problems += known.problems(blocks, is_page=True)
        problems += _not_read(files, {PAGE}, "; page.md is the whole page")
        return blocks, problems
    problems += _not_read(files, PIECES, "; expected page.md, or guide.md and notes.md")
    if not names and not files.keys() & set(PIECES):
        return (), problems
    blocks = noting(problems, _of_pieces(files, folders.report, edition, vocabulary, names))
    return blocks, problems


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
        words[name] = noting(problems, read_blocks(path, vocabulary, headings=False))
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
