"""Issued letters as they lie in `issued/`: each held against the register and its own record."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.edition.figure_kind import Quantity, as_data
from generator.edition.languages import whose
from generator.edition.predecessors import Succession
from generator.files.bounded_read import Sort, read_bytes
from generator.issuing.register import Issue, Register, issued_paths
from generator.letter.letter import Letter
from generator.outputs.manifest import made_file
from generator.problems import Place, Problem, system_message
from generator.project.load_edition import LoadedEdition
from generator.rendering.record import (
    FIGURES_FILE,
    RECORD_FILE,
    RecordError,
    read_record,
    unguarded,
)
from generator.verification.output_formats import PDF, format_named
from generator.verification.reading import UnreadableError, read_files
from generator.workspace import ISSUE_FILE, ISSUE_NOTE, EditionFolders


@dataclass(frozen=True)
class IssuedLetter:
    """A letter that was issued, with its files."""

    year: int
    slug: str
    letter: Letter
    """As its own record has it."""
    files: Mapping[str, bytes]
    """By their names, as issued."""
    attached: Mapping[str, bytes]
    """What its PDF carries."""

    def findings(self) -> Iterator[str]:
        """How its figures differ from those in the table that its PDF carries."""
        table = self.attached.get(FIGURES_FILE, b"")
        return unlike_table(table, ("group", "id"), self.values(), f"its {FIGURES_FILE}")

    def values(self, *key: str) -> dict[tuple[str, ...], str]:
        """Its figures as open data have them, by a key that ends with group and figure."""
        figures = self.letter.figures
        return {(*key, f.group, f.id): str(value_as_data(f.value)) for f in figures}


def value_as_data(value: Quantity | None) -> object:
    """A figure as open data have it; blank where there is none."""
    return "" if value is None else as_data(value)


def unlike_table(
    content: bytes, key: Sequence[str], due: Mapping[tuple[str, ...], str], where: str
) -> Iterator[str]:
    """How a table of figures, read back, differs from the values that are due."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    said = {tuple(row[name] for name in key): unguarded(row["value"]) for row in rows}
    return unlike(said, due, where)


def unlike(
    said: Mapping[tuple[str, ...], str], due: Mapping[tuple[str, ...], str], where: str
) -> Iterator[str]:
    """How the figures that stand somewhere differ from those that are due."""
    for key in dict.fromkeys((*due, *said)):
        if said.get(key) != due.get(key):
            found, expected = (
                f'"{each[key]}"' if key in each else "nothing" for each in (said, due)
            )
            yield f"{where} has {found} for {'.'.join(key)}; expected {expected}, as in the letter"


def read_issued(folders: EditionFolders, issue: Issue) -> tuple[IssuedLetter | None, list[Problem]]:
    """One letter with its files, each held against the register and the record in the PDF.

    None where anything is wrong with it.
    """
    contents: dict[str, bytes] = {}
    paths, problems = issued_paths(folders, issue), list[Problem]()
    for kind, path in paths.items():
        try:
            contents[kind] = read_bytes(path, Sort.LETTER)
        except OSError as error:
            problems.append(Problem(Place(path), f"cannot be read: {system_message(error)}"))
        else:
            if made_file(contents[kind]).sha256 != issue.files.get(path.name):
                problems.append(Problem(Place(path), "changed since it was issued"))
    if problems:
        return None, problems
    try:
        attached = read_files(contents[PDF.name])[0]
        letter = read_record(attached[RECORD_FILE])
    except (KeyError, RecordError, UnreadableError) as error:
        return None, [Problem(Place(paths[PDF.name]), f"cannot be identified: {error}")]
    if letter.slug != issue.slug:
        return None, [Problem(Place(paths[PDF.name]), f"is the letter of {letter.authority}")]
    files = {paths[kind].name: content for kind, content in contents.items()}
    found = IssuedLetter(folders.year, issue.slug, letter, files, attached)
    for kind, content in contents.items():
        form = format_named(kind)
        wrong = [*found.findings()] if kind == PDF.name else form.check(form.words(content), letter)
        problems += [Problem(Place(paths[kind]), said) for said in wrong[:1]]
    return None if problems else found, problems


def last_issues(
    register: Register, loaded: LoadedEdition, folders: EditionFolders
) -> dict[str, Issue]:
    """The issue of each letter of a year that counts, by the name of the letter in this edition.

    What was issued under a former name is that authority's letter, until one is issued under the
    new name. What is nobody's any more, or one of several that are one now, keeps its name.
    """
    own = loaded.files if folders == loaded.folders else {}
    succession = Succession(loaded.data.authorities.values())
    found: dict[str, str] = {}
    for slug in (each for each in register.by_letter if each not in own):
        followers = [*succession.followers([whose(slug)])]
        if len(followers) == 1:
            found[slug] = followers[0].slug + slug[len(whose(slug)) :]
    number = Counter(found.values())
    now = {slug: found[slug] for slug in found if number[found[slug]] == 1}
    in_order = sorted(register.by_letter, key=lambda slug: slug not in now)  # own names last
    return {now.get(slug, slug): register.by_letter[slug][-1] for slug in in_order}


def strange_in_register(folders: EditionFolders, register: Register) -> Iterator[Problem]:
    """Files among those of an issue that are none of it, and issues that are not there any more."""
    for slug, issues in register.by_letter.items():
        numbers = {issue.number for issue in issues}
        for number in sorted(set(range(1, max(numbers))) - numbers):
            yield Problem(Place(folders.issued / slug / str(number)), "this issue is missing")
        for issue in issues:
            folder = folders.issued / slug / str(issue.number)
            known = {*issue.files, ISSUE_FILE, ISSUE_NOTE}
            for path in sorted(each for each in folder.iterdir() if each.name not in known):
                if not _is_of_the_system(path):
                    yield Problem(Place(path), "does not belong to this issue: it was added later")


def _is_of_the_system(path: Path) -> bool:
    """Whether the system or a share puts such files into every folder."""
    return path.name.startswith((".", "~")) or path.name in {"Thumbs.db", "desktop.ini"}
