"""An insert: paragraphs that only some letters have, where they go, and by which rule."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.edition.edition import Edition
from generator.edition.explain import place_of, validate
from generator.edition.file_model import FileModel
from generator.edition.source_text import read_source
from generator.edition.values import ID, SLUG, Section, SingleLineText
from generator.edition.yaml_tree import YamlMapping, parse_yaml, shown
from generator.letter.expressions import ExpressionError, Vocabulary
from generator.letter.letter import Role
from generator.letter.markdown import Blocks, WordingBlock, parse_markdown
from generator.letter.rules import WITHOUT_BRACES, Rule, parse_rule
from generator.letter.variables import Type, choices
from generator.problems import Place, Problem, did_you_mean
from generator.white_space import single_spaced


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
    rule_place: Place
    """Where its rule is said; where all this begins, if it has none."""

    @property
    def values(self) -> set[str]:
        """The names of the values that an authority must give it."""
        names = [p.name for block in self.blocks for p in block.placeholders]
        return {name.removeprefix("insert.") for name in names if name.startswith("insert.")}


class _FrontMatter(FileModel):
    place: Section
    after: SingleLineText | None = None
    when: SingleLineText | None = None


def read_insert(
    name: str,
    path: Path,
    edition: Edition,
    sections: Mapping[str, Blocks],
    vocabulary: Vocabulary,
) -> tuple[Insert | None, list[Problem]]:
    """Read and check one insert's file; None where it is not known which letters have it."""
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
    rule, more = _rule(front.when, place_of(tree, path, "when"), vocabulary, edition)
    problems += more
    if more:
        return None, problems
    place = place_of(tree, path, "after" if front.after else "place")
    more = _placed(front, place, edition, sections)
    problems += more
    after = None if more else front.after
    when = tree.keys.get("when", tree)
    ruled = Place(path, when.line, when.column)
    insert = Insert(name, front.place, after, rule, blocks, path, place, ruled)
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


def _front_matter(lines: list[str], path: Path) -> tuple[YamlMapping | None, list[Problem]]:
    """What stands between the two `---`, with the lines of its file."""
    if not any(lines):
        message = "nothing stands between the two ---; expected place: and a section"
        return None, [Problem(Place(path, 1, 1), message)]
    for number, line in enumerate(lines, start=2):
        if re.match(r"when: *\{\{", line):  # which YAML would read as keys and values
            return None, [Problem(Place(path, number, 1), WITHOUT_BRACES, "when")]
    return parse_yaml("\n".join(["", *lines]), path)


def _rule(
    source: str | None, place: Place, vocabulary: Vocabulary, edition: Edition
) -> tuple[Rule | None, list[Problem]]:
    if source is None:
        return None, []
    try:
        return parse_rule(source, vocabulary, choices(edition)), []
    except ExpressionError as error:
        return None, [Problem(place, str(error), "when")]


def _placed(
    front: _FrontMatter, place: Place, edition: Edition, sections: Mapping[str, Blocks]
) -> list[Problem]:
    if front.place not in edition.sections:
        known = f"; expected one of {', '.join(edition.sections)}"
        hint = did_you_mean(front.place, edition.sections) or known
        return [Problem(place, f'there is no section "{shown(front.place)}"{hint}', "place")]
    if front.after is None or not sections[front.place]:
        return []
    found = [block for block in sections[front.place] if follows(block, front.after)]
    if len(found) == 1:
        return []
    begin = shown(front.after)
    message = f'{len(found)} paragraphs of {front.place} begin with "{begin}"'
    message += "; add more of the words that follow"
    if not found:
        message = f'no paragraph of {front.place} begins with "{begin}"'
        message += "; copy its first words from the section's file"
    return [Problem(place, message, "after")]


def follows(block: WordingBlock, opening: str) -> bool:
    """Whether an insert placed after these opening words follows this block."""
    return block.role is not Role.HEADING and _simple(block.source).startswith(_simple(opening))


def _simple(text: str) -> str:
    """The text without what an editor may type in several ways: quotes and the ends of lines."""
    straight = re.sub("[“”]", '"', re.sub("[\u2018’]", "'", text))
    return single_spaced(straight)
