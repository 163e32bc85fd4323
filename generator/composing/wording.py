"""The wording of an edition: its sections, the words of the statistics page, and its inserts."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.composing.expressions import ExpressionError, Vocabulary
from generator.composing.facts import Type
from generator.composing.letter import Role
from generator.composing.markdown import WordingBlock, parse_line, parse_markdown
from generator.composing.rules import WITHOUT_BRACES, Rule, parse_rule
from generator.loading.edition import Edition
from generator.loading.edition_file import FileModel
from generator.loading.explain import place_of, validate
from generator.loading.source_text import read_source
from generator.loading.values import ID, SLUG, Line, Slug
from generator.loading.yaml_tree import Mapping, parse_yaml
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

    words: dict[str, WordingBlock]
    """The edition's fixed words, by key, and its subject."""
    sections: dict[str, Blocks]
    report: dict[str, Blocks]
    inserts: dict[str, Insert]
    """By name, in alphabetical order; those of which it is not known who has them are missing."""
    insert_files: dict[str, Path]
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
            file = path.relative_to(folders.workspace.folder).as_posix()
            message = f"this section has no file; expected {file}"
            more = [Problem(edition.place("sections", number), message, f"sections.{section}")]
            sections[section] = ()
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
    texts = {"subject": (edition.subject, Role.SUBJECT, edition.place("subject"))}
    for key, role in _WORD_ROLES.items():
        text = getattr(edition.words, key) + _FOLLOWED_BY.get(key, "")
        texts[key] = (text, role, edition.place("words", key))
    words: dict[str, WordingBlock] = {}
    problems: list[Problem] = []
    for key, (text, role, place) in texts.items():
        words[key], more = parse_line(text, role, place, vocabulary)
        where = key if key == "subject" else f"words.{key}"
        problems += [replace(problem, where=problem.where or where) for problem in more]
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
        problems.append(Problem(Place(path), "there are no words in this file; write them"))
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
            message = "not read, since its name does not end in .md; rename it or move it elsewhere"
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
    sections: dict[str, Blocks],
    vocabulary: Vocabulary,
) -> tuple[Insert | None, list[Problem]]:
    text, problems = read_source(path)
    if text is None:
        return None, problems
    lines = [line.rstrip() for line in text.split("\n")]
    if lines[0] != "---" or "---" not in lines[1:]:
        message = "expected --- on the first line, below it place: and a section, then --- again"
        return None, [Problem(Place(path, 1, 1), message)]
    end = lines.index("---", 1)
    body = "\n" * (end + 1) + "\n".join(text.split("\n")[end + 1 :])
    placed = {f"insert.{value}": Type.TEXT for value in _values_named(body)}
    blocks, problems = parse_markdown(body, path, {**vocabulary, **placed}, headings=False)
    if not blocks and not problems:
        message = "there are no words below this line; write them"
        problems.append(Problem(Place(path, end + 1, 1), message))
    tree, more = _front_matter(lines[1:end], path)
    problems += more
    if tree is None or more:
        return None, problems
    front, more = validate(_FrontMatter, tree, path)
    problems += more
    if front is None:
        return None, problems
    rule, more = _rule(front.when, place_of(tree, path, "when"), vocabulary)
    problems += more
    if more:
        return None, problems
    place = place_of(tree, path, "after" if front.after else "place")
    more = _placed(front, place, edition, sections)
    problems += more
    insert = Insert(name, front.place, None if more else front.after, rule, blocks, path, place)
    if rule is not None and insert.values:
        value = sorted(insert.values)[0]
        message = f"a rule gives no values, so insert.{value} would be empty; remove one of them"
        problems.append(Problem(place_of(tree, path, "when"), message, "when"))
    if not re.fullmatch(SLUG, name):
        expected = "expected small letters a-z, digits and hyphens, such as further-report.md"
        message = f"the file's name is the insert's name; {expected}"
        problems.append(Problem(Place(path), message))
    return insert, problems


def _values_named(body: str) -> set[str]:
    return {found.group(1) for found in re.finditer(rf"\binsert\.({ID})(?![\w.])", body)}


def _front_matter(lines: list[str], path: Path) -> tuple[Mapping | None, list[Problem]]:
    """What stands between the two `---`, with the lines of its file."""
    if not any(lines):
        message = "nothing stands between the two ---; expected place: and a section"
        return None, [Problem(Place(path, 1, 1), message)]
    for number, line in enumerate(lines, start=2):
        if re.match(r"when: *\{\{", line):  # which YAML would read as keys and values
            return None, [Problem(Place(path, number, 1), WITHOUT_BRACES, "when")]
    return parse_yaml("\n".join(["", *lines]), path)


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
    front: _FrontMatter, place: Place, edition: Edition, sections: dict[str, Blocks]
) -> list[Problem]:
    if front.place not in edition.sections:
        known = f"; expected one of {', '.join(edition.sections)}"
        hint = did_you_mean(front.place, edition.sections) or known
        return [Problem(place, f'there is no section "{front.place}"{hint}', "place")]
    if front.after is None or not sections[front.place]:
        return []
    found = [block for block in sections[front.place] if follows(block, front.after)]
    if len(found) == 1:
        return []
    message = f'{len(found)} paragraphs of {front.place} begin with "{front.after}"'
    message += "; add more of the words that follow"
    if not found:
        message = f'no paragraph of {front.place} begins with "{front.after}"'
        message += "; copy its first words from the section's file"
    return [Problem(place, message, "after")]


def follows(block: WordingBlock, opening: str) -> bool:
    """Whether an insert placed after these opening words follows this block."""
    return block.role is not Role.HEADING and _simple(block.source).startswith(_simple(opening))


def _simple(text: str) -> str:
    """The text without what an editor may type in several ways: quotes and the ends of lines."""
    straight = re.sub("[“”]", '"', re.sub("[\u2018’]", "'", text))
    return " ".join(straight.split())


def _unlisted(folder: Path, edition: Edition) -> list[Problem]:
    """A warning for each section file that the edition does not list, so that none gets lost."""
    files, problems = _files(folder)
    for name, path in files.items():
        if name not in edition.sections:
            hint = did_you_mean(name, edition.sections)
            message = f"in no letter, since {edition.path.name} does not list it in sections{hint}"
            problems.append(Problem(Place(path), message, severity=Severity.WARNING))
    return problems
