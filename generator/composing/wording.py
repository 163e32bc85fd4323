"""The wording of an edition: its sections, the words of the statistics page, and its inserts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.composing.expressions import ExpressionError, Rule, Vocabulary, parse_rule
from generator.composing.facts import Type
from generator.composing.letter import Role
from generator.composing.markdown import WordingBlock, parse_line, parse_markdown
from generator.loading.edition import Edition
from generator.loading.edition_file import FileModel
from generator.loading.explain import place_of, validate
from generator.loading.source_text import read_source
from generator.loading.values import Line, Slug
from generator.loading.yaml_tree import parse_yaml
from generator.problems import Place, Problem, Severity, did_you_mean
from generator.workspace import EditionFolders

REPORT_FILES = ("guide", "notes")

Blocks = tuple[WordingBlock, ...]


@dataclass(frozen=True)
class Insert:
    """Paragraphs that only some letters have: where they go, and by which rule."""

    name: str
    section: str
    after: str | None
    """The opening words of the paragraph they follow; None for the section's end."""
    rule: Rule | None
    blocks: Blocks
    path: Path
    place: Place
    """Where its place is said."""

    @property
    def values(self) -> set[str]:
        """The names of the values that an authority must give it."""
        names = [p.name for block in self.blocks for p in block.placeholders]
        return {name.removeprefix("insert.") for name in names if name.startswith("insert.")}


@dataclass(frozen=True)
class Wording:
    """All wording of an edition, parsed and checked, with nothing filled in yet."""

    words: Mapping[str, WordingBlock]
    """The edition's fixed words, by key, and its subject."""
    sections: Mapping[str, Blocks]
    report: Mapping[str, Blocks]
    inserts: Mapping[str, Insert]
    """By name, in alphabetical order; those whose file has an error are missing here."""
    insert_files: Mapping[str, Path]
    """By name, every insert's file, readable or not."""
    problems: list[Problem] = field(default_factory=list)


def load_wording(folders: EditionFolders, edition: Edition, vocabulary: Vocabulary) -> Wording:
    """Read and check all wording of an edition; nothing is rendered, every problem is located."""
    words, problems = _words(edition, vocabulary)
    sections: dict[str, Blocks] = {}
    for number, section in enumerate(edition.sections):
        path = folders.sections / f"{section}.md"
        if path.is_file():
            sections[section], more = _blocks(path, vocabulary)
        else:
            place = edition.place("sections", number)
            more = [Problem(place, f"there is no file for it, {path.name}", f"sections.{section}")]
        problems += more
    report = {}
    for name in REPORT_FILES:
        report[name], more = _blocks(folders.report / f"{name}.md", vocabulary, headings=False)
        problems += more
    inserts = {}
    files, more = _files(folders.inserts)
    problems += more
    for name, path in files.items():
        insert, more = _insert(name, path, edition, sections, vocabulary)
        problems += more
        if insert is not None:
            inserts[name] = insert
    problems += _unlisted(folders.sections, edition)
    return Wording(words, sections, report, inserts, files, problems)


def _words(
    edition: Edition, vocabulary: Vocabulary
) -> tuple[dict[str, WordingBlock], list[Problem]]:
    words: dict[str, WordingBlock] = {}
    problems: list[Problem] = []
    place = edition.place("subject")
    words["subject"], problems = parse_line(edition.subject, Role.SUBJECT, place, vocabulary)
    for key, role in _WORD_ROLES.items():
        text = getattr(edition.words, key) + _FOLLOWED_BY.get(key, "")
        place = edition.place("words", key)
        words[key], more = parse_line(text, role, place, vocabulary)
        problems += more
    return words, problems


_WORD_ROLES = {
    "masthead": Role.MASTHEAD,
    "delivery": Role.DELIVERY,
    "salutation": Role.SALUTATION,
    "closing": Role.CLOSING,
    "report_title": Role.REPORT_TITLE,
    "report_period": Role.REPORT_PERIOD,
    "notes_title": Role.NOTES_TITLE,
}
_FOLLOWED_BY = {
    "report_title": " {{ authority.name }}",
    "report_period": " {{ edition.period_end | numeric_date }}",
}


def _blocks(
    path: Path, vocabulary: Vocabulary, *, headings: bool = True
) -> tuple[Blocks, list[Problem]]:
    text, problems = read_source(path)
    if text is None:
        return (), problems
    blocks, problems = parse_markdown(text, path, vocabulary, headings=headings)
    if not blocks and not problems:
        problems.append(Problem(Place(path), "the file is empty; expected words"))
    return blocks, problems


def _files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """The Markdown files of a folder by name; a folder that is not there has none."""
    try:
        found = sorted(folder.iterdir()) if folder.exists() else []
    except OSError as error:
        return {}, [Problem(Place(folder), f"cannot be read: {error.strerror}")]
    files = {}
    problems = []
    for path in found:
        if path.name.startswith(".") or path.name.endswith("~"):
            continue
        if path.suffix == ".md":
            files[path.stem] = path
        else:
            message = "not read: not a file of wording (.md); rename it or move it elsewhere"
            problems.append(Problem(Place(path), message, severity=Severity.WARNING))
    return files, problems


class _FrontMatter(FileModel):
    place: Slug
    after: Line | None = None
    when: Line | None = None


def _insert(
    name: str,
    path: Path,
    edition: Edition,
    sections: Mapping[str, Blocks],
    vocabulary: Vocabulary,
) -> tuple[Insert | None, list[Problem]]:
    text, problems = read_source(path)
    if text is None:
        return None, problems
    lines = text.split("\n")
    if lines[0].rstrip() != "---" or "---" not in [line.rstrip() for line in lines[1:]]:
        message = "expected --- on the first line, then place: and a section, then --- again"
        return None, [Problem(Place(path, 1, 1), message)]
    end = [line.rstrip() for line in lines].index("---", 1)
    head = "\n".join(["", *lines[1:end]])
    body = "\n".join([""] * (end + 1) + lines[end + 1 :])
    tree, problems = parse_yaml(head, path)
    if tree is None:
        return None, problems
    front, more = validate(_FrontMatter, tree, path)
    problems += more
    placed = {f"insert.{value}": Type.TEXT for value in _values_used(body)}
    blocks, more = parse_markdown(body, path, {**vocabulary, **placed}, headings=False)
    problems += more
    if not blocks and not more:
        problems.append(Problem(Place(path, end + 1, 1), "there are no words below the second ---"))
    if front is None:
        return None, problems
    rule, more = _rule(front.when, place_of(tree, path, "when"), vocabulary)
    problems += more
    place = place_of(tree, path, "after" if front.after else "place")
    problems += _placed(front, place, edition, sections)
    insert = Insert(name, front.place, front.after, rule, blocks, path, place)
    if rule is not None and insert.values:
        value = sorted(insert.values)[0]
        message = f"an insert placed by a rule has no values; insert.{value} would have none"
        problems.append(Problem(place_of(tree, path, "when"), message, "when"))
    return (None if problems else insert), problems


def _values_used(body: str) -> set[str]:
    return set(re.findall(r"\binsert\.([a-z][a-z0-9_]*)", body))


def _rule(
    source: str | None, place: Place, vocabulary: Vocabulary
) -> tuple[Rule | None, list[Problem]]:
    if source is None:
        return None, []
    try:
        return parse_rule(source, vocabulary), []
    except ExpressionError as error:
        return None, [Problem(place, str(error), "when")]


def _placed(
    front: _FrontMatter, place: Place, edition: Edition, sections: Mapping[str, Blocks]
) -> list[Problem]:
    if front.place not in edition.sections:
        hint = did_you_mean(front.place, edition.sections)
        return [Problem(place, f'there is no section "{front.place}"{hint}', "place")]
    if front.after is None or front.place not in sections:
        return []
    found = [block for block in sections[front.place] if follows(block, front.after)]
    if len(found) == 1:
        return []
    how_many = "no paragraph" if not found else f"{len(found)} paragraphs"
    message = f'{how_many} of {front.place} begin with "{front.after}"; expected one'
    if not found:
        message = f'no paragraph of {front.place} begins with "{front.after}"'
    return [Problem(place, message, "after")]


def follows(block: WordingBlock, opening: str) -> bool:
    """Whether an insert placed after these opening words follows this block."""
    return block.role is not Role.HEADING and _simple(block.source).startswith(_simple(opening))


def _simple(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def _unlisted(folder: Path, edition: Edition) -> list[Problem]:
    """A warning for each section file that the edition does not list, so that none gets lost."""
    files, problems = _files(folder)
    for name, path in files.items():
        if name not in edition.sections:
            hint = did_you_mean(name, edition.sections)
            message = f"not listed under sections in {edition.path.name}, so in no letter{hint}"
            problems.append(Problem(Place(path), message, severity=Severity.WARNING))
    return problems
