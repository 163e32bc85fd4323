"""An insert: paragraphs that only some letters have, where they go, and by which rule.

Its words stand in a file of its own or, where one letter alone has them, in its authority's file.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.edition.authority import Authority, InsertPlace
from generator.edition.data_files import place_of, validate
from generator.edition.edition import Edition
from generator.edition.source_text import read_source
from generator.edition.values import ID, SLUG, SingleLineText
from generator.edition.yaml_tree import YamlMapping, YamlScalar, follow, parse_yaml, shown
from generator.letter.expressions import type_for
from generator.letter.guards import unguarded
from generator.letter.markdown import parse_markdown
from generator.letter.roles import Role
from generator.letter.rules import WITHOUT_BRACES, Requirement, Rule, read_rule
from generator.letter.variables import Type, Vocabulary
from generator.letter.wording_block import Blocks, WordingBlock
from generator.plain_text import single_spaced
from generator.problems import Place, Problem, noting, suggestion


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
    def values(self) -> dict[str, Type]:
        """The values that an authority must give it, by name, each of the type it is printed as."""
        rules = (condition.rule for block in self.blocks for condition in block.all_conditions)
        named = [(name, Type.TEXT) for rule in rules for name in rule.names]
        named += [(p.name, p.type) for block in self.blocks for p in block.placeholders]
        split = ((name.partition("insert."), type_) for name, type_ in named)
        return {name: type_ for (before, said, name), type_ in split if said and not before}


class _FrontMatter(InsertPlace):
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
        message = "expected --- on the first line, then place: and a section, then --- again"
        return None, [Problem(Place(path, 1, 1), message)]
    end = lines.index("---", 1)
    body = "\n" * (end + 1) + "\n".join(text.split("\n")[end + 1 :])
    known = vocabulary.also(_values_named(body))
    blocks, problems = parse_markdown(body, path, known, headings=False)
    if not blocks and not problems:
        message = "no words below this line; add them"
        problems.append(Problem(Place(path, end + 1, 1), message))
    tree, more = _front_matter(lines[1:end], path)
    problems += more
    if tree is None or more:
        return None, problems
    front = noting(problems, validate(_FrontMatter, tree, path))
    if front is None:
        return None, problems
    rule, more = read_rule(front.when, place_of(tree, path, "when"), "when", vocabulary)
    problems += more
    if more:
        return None, problems
    problems += guarded(blocks, problems, known, rule)
    place = place_of(tree, path, "after" if front.after else "place")
    more = _placed(front, place, edition, sections)
    problems += more
    after = None if more else front.after
    when = tree.keys.get("when", tree)
    ruled = Place(path, when.line, when.column)
    insert = Insert(name, front.place, after, rule, blocks, path, place, ruled)
    if rule is not None and insert.values:
        value = sorted(insert.values)[0]
        message = f"a rule supplies no values, so insert.{value} would be empty; remove one of them"
        problems.append(Problem(place_of(tree, path, "when"), message, "when"))
    if not re.fullmatch(SLUG, name):
        expected = "expected lower-case letters a-z, digits and hyphens, such as late-replies.md"
        message = f"the file's name is the insert's name; {expected}"
        problems.append(Problem(Place(path), message))
    return insert, problems


def read_own(
    authority: Authority, edition: Edition, sections: Mapping[str, Blocks], vocabulary: Vocabulary
) -> tuple[list[Insert], list[Problem]]:
    """The inserts whose words stand in an authority's file, where their problems are, too."""
    inserts = []
    problems: list[Problem] = []
    has_own = any(authority.own_paragraphs())
    for number, chosen in enumerate(authority.inserts if has_own else ()):
        own = chosen.paragraph
        text = follow(authority.tree, ("inserts", number, "text")).node
        if own is None or not isinstance(text, YamlScalar):
            continue
        body = "\n" * (text.first_line - 1) + own.text
        indent = text.indent or 0
        blocks, more = parse_markdown(
            body, authority.path, vocabulary, headings=False, indent=indent
        )
        more += guarded(blocks, more, vocabulary)
        place = authority.place("inserts", number, "after" if own.after else "place")
        unplaced = _placed(own, place, edition, sections)
        where = f"inserts.{number + 1}"
        problems += [replace(p, where=p.where or f"{where}.text") for p in more]
        problems += [replace(p, where=f"{where}.{p.where}") for p in unplaced]
        after = None if unplaced else own.after
        inserts.append(
            Insert(
                *(chosen.insert, own.place, after, None, blocks),
                path=authority.path,
                place=place,
                rule_place=chosen.place,
            )
        )
    return inserts, problems


def guarded(
    blocks: Blocks, found: Iterable[Problem], vocabulary: Vocabulary, rule: Rule | None = None
) -> list[Problem]:
    """What may be nothing and stands without a guard in some words, where these can be read."""
    if any(problem.is_error for problem in found):
        return []
    given = (Requirement(rule),) if rule else ()
    return [problem for block in blocks for problem in unguarded(block, vocabulary, given)]


def _values_named(body: str) -> dict[str, Type]:
    """The values that words name, and the type of each: that of its filter, else a text."""
    types: dict[str, Type] = {}
    for found in re.finditer(rf"\b(insert\.{ID})(?![\w.])(?: *\| *(?P<filter>\w+))?", body):
        known = types.get(found[1], Type.TEXT)
        types[found[1]] = type_for(found["filter"] or "") if known is Type.TEXT else known
    return types


def _front_matter(lines: list[str], path: Path) -> tuple[YamlMapping | None, list[Problem]]:
    """What stands between the two `---`, with the lines of its file."""
    if not any(lines):
        message = "nothing between the two ---; expected place: and a section"
        return None, [Problem(Place(path, 1, 1), message)]
    for number, line in enumerate(lines, start=2):
        if re.match(r"when: *\{\{", line):  # which YAML would read as keys and values
            return None, [Problem(Place(path, number, 1), WITHOUT_BRACES, "when")]
    return parse_yaml("\n".join(["", *lines]), path)


def _placed(
    front: InsertPlace, place: Place, edition: Edition, sections: Mapping[str, Blocks]
) -> list[Problem]:
    if front.place not in edition.sections:
        hint = suggestion(front.place, edition.sections)
        return [Problem(place, f'no section "{shown(front.place)}"{hint}', "place")]
    if front.after is None or not sections[front.place]:
        return []
    found = [block for block in sections[front.place] if follows(block, front.after)]
    begin = shown(front.after)
    if len(found) == 1 and found[0].conditions:
        message = f'the paragraph that begins with "{begin}" is under a condition'
        return [Problem(place, f"{message}; name one that is in every letter", "after")]
    if len(found) == 1:
        return []
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
