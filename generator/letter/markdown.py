"""Wording as Markdown: a file's text to blocks of words and placeholders, with exact places.

Only what a letter needs is let through: a heading, paragraphs, emphasis, links and lists. All else
is a problem, and is kept as it was typed or left out; nothing is printed that is not understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from markdown_it.token import Token

from generator.edition.yaml_tree import shown
from generator.letter.cases import Cases
from generator.letter.directives import Directive, parse_directive
from generator.letter.expressions import ExpressionError
from generator.letter.inline_wording import OUTSIDE, InlineReader
from generator.letter.markup import MARKDOWN, PLAIN
from generator.letter.roles import Role
from generator.letter.rules import Requirement
from generator.letter.variables import Vocabulary
from generator.letter.wording_block import WordingBlock
from generator.problems import Place, Problem


def parse_markdown(
    text: str,
    path: Path,
    vocabulary: Vocabulary,
    *,
    headings: bool = True,
    indent: int = 0,
    is_page: bool = False,
) -> tuple[tuple[WordingBlock, ...], list[Problem]]:
    """The blocks of a file of wording; the text's lines are those of the file at `path`.

    But for the `indent` that they have there, where the wording stands within a data file. One that
    `is_page` has a title of its own, and as many sub-headings as it needs.
    """
    lines = [" " * indent + line for line in text.split("\n")]
    reader = _BlockReader(path, lines, vocabulary, headings, is_page)
    reader.read(MARKDOWN.parse(text))
    reader.end()
    return tuple(reader.blocks), reader.problems


def place_of_character(
    path: Path, lines: Sequence[str], content: str, first: int, at: int
) -> Place:
    """The place in a file of a character in a block's content, which begins on the line `first`."""
    number = content.count("\n", 0, at)
    start = content.rfind("\n", 0, at) + 1
    indent = max(lines[first + number - 1].find(content.split("\n")[number]), 0)
    return Place(path, first + number, indent + at - start + 1)


def parse_line(
    text: str, role: Role, place: Place, vocabulary: Vocabulary
) -> tuple[WordingBlock, list[Problem]]:
    """One line of fixed words, which are no Markdown: only placeholders and quotes count."""
    reader = InlineReader(lambda _at: place, vocabulary)
    pieces = reader.read(PLAIN.parseInline(text)[0])
    return WordingBlock(role, text, pieces, place), reader.problems + reader.unclear(pieces, text)


_PASTED_BULLETS = ("\u2022 ", "\u25cf ", "\u25aa ", "\u25e6 ", "\u00b7 ")
"""How word processors begin the items of a list, which Markdown takes for text."""
_DASHES = ("\u2013 ", "\u2014 ")
_LIST_ROLES = {"bullet_list": Role.BULLET, "ordered_list": Role.NUMBERED}
_PLACED_ROLES = {Directive.TABLE: Role.TABLE, Directive.CHART: Role.CHART}


def _words(block: WordingBlock) -> str:
    return "".join(p.content if isinstance(p.content, str) else "x" for p in block.pieces)


_LINES = '"::: when" and a rule, "::: otherwise", "::: otherwise nothing", or ":::" alone'
_OTHERWISE = "Write ::: otherwise and words, or ::: otherwise nothing,"


@dataclass
class _Case:
    """A condition that is being read, and the case of it that is."""

    cases: Cases
    begin: Place
    line: int = 0
    first: int = 0
    """The number of the first block below the line of the case."""
    conditions: tuple[Requirement, ...] = ()
    is_nothing: bool = False


@dataclass
class _BlockReader:
    """Goes through the tokens of one file, collecting blocks and problems."""

    path: Path
    lines: list[str]
    vocabulary: Vocabulary
    headings: bool
    is_page: bool
    blocks: list[WordingBlock] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _lists: list[str] = field(default_factory=list)
    _item: int = 0
    _case: _Case | None = None

    def read(self, tokens: list[Token]) -> None:
        role = Role.PARAGRAPH
        for before, token in zip([None, *tokens], tokens, strict=False):
            line = token.map[0] + 1 if token.map else 0
            match token.type:
                case "heading_open":
                    role = self._heading(token, line)
                case "paragraph_open":
                    role = _LIST_ROLES[self._lists[-1]] if self._lists else Role.PARAGRAPH
                    if self._lists and before is not None and before.type != "list_item_open":
                        self._say(line, "a second paragraph in a list item; expected one")
                case "bullet_list_open" | "ordered_list_open":
                    self._list(token, before, line)
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    self._number(token, line)
                    item = line
                case "list_item_close" if before is not None and before.type == "list_item_open":
                    self._say(item, "an empty list item; remove it")
                case "inline":
                    self._block(role, token, line)
                case "condition":
                    self._condition(token.content, line)
                case kind if kind in OUTSIDE:
                    self._say(line, OUTSIDE[kind])

    def _block(self, role: Role, token: Token, line: int) -> None:
        case = self._case
        if case is not None and case.is_nothing:
            self._say(line, "words below ::: otherwise nothing; remove them, or the word nothing")
        block = WordingBlock(role, token.content, (), self._place(token.content, line, 0))
        if case is not None:
            block = replace(block, conditions=case.conditions, case_of=case.begin)
        placed = parse_directive(token.content) if role is Role.PARAGRAPH else None
        if placed is not None:
            role = _PLACED_ROLES.get(placed.directive, role)
            self.blocks.append(replace(block, role=role, placed=placed))
            return
        if not token.content:
            unseen = "only invisible spaces in this paragraph; delete this line"
            is_heading = role is Role.HEADING
            self._say(line, "an empty heading; write it after #" if is_heading else unseen)
        reader = InlineReader(lambda at: self._place(token.content, line, at), self.vocabulary)
        pieces = reader.read(token)
        self.problems += sorted({*reader.problems, *reader.unclear(pieces, token.content)})
        for number, text in enumerate(token.content.split("\n")):
            if text.startswith("|"):
                message = "| at the start of a line does not make a table; remove it, or write \\|"
                self._say(line + number, message)
            elif text.startswith(_PASTED_BULLETS) or (not number and text.startswith(_DASHES)):
                message = f"{text[0]} at the start of a line does not make a list; write - instead"
                self._say(line + number, message)
        block = replace(block, pieces=pieces, alternatives=tuple(reader.alternatives))
        if (
            any(" ." in words or " ," in words for words in map(_words, block.variants))
            and block.alternatives
        ):
            place = self._place(token.content, line, block.alternatives[0].start)
            message = "leaves a space before a full stop or comma; put it inside the brackets"
            self.problems.append(Problem(place, message))
        self.blocks.append(block)

    def _condition(self, said: str, line: int) -> None:
        """A line that begins with `:::`."""
        kind = re.fullmatch(r"(?:(otherwise)\b\s*)?(?:(nothing)|when\b\s*(.*)|)", said)
        if self._lists:
            self._say(line, "a condition inside a list item; put ::: at the start of the line")
        elif kind is None or (kind[2] and not kind[1]):
            self._say(line, f'"::: {shown(said)}" cannot be read; expected {_LINES}')
        elif kind[1]:
            self._otherwise(kind[3], line, is_nothing=kind[2] is not None)
        elif kind[3] is not None:
            self._when(kind[3], line)
        elif self._case is None:
            self._say(line, "::: ends a condition that never began; remove it")
        else:
            self._end_case()
            if not self._case.cases.is_complete:
                self._say(line, f"no words for when no rule is true. {_OTHERWISE} above this line")
            self._case = None

    def _when(self, rule: str, line: int) -> None:
        if self._case is not None:
            message = "a condition within a condition; end the first with ::: above this line"
            self._say(line, f"{message}, or join both rules with and")
        self._case = _Case(Cases(self.vocabulary), self._line_place(line))
        self._begin_case(self._case, rule, line)

    def _otherwise(self, rule: str | None, line: int, *, is_nothing: bool) -> None:
        case = self._case
        if case is None:
            self._say(line, "otherwise without a condition; expected ::: when and a rule before it")
            return
        if case.cases.is_complete:
            self._say(line, "a case after ::: otherwise, which must be last; move it above")
        self._end_case()
        self._begin_case(case, rule, line, is_nothing=is_nothing)

    def _begin_case(
        self, case: "_Case", rule: str | None, line: int, *, is_nothing: bool = False
    ) -> None:
        place = self._line_place(line)
        case.line, case.first, case.is_nothing = line, len(self.blocks), is_nothing
        try:
            case.conditions = case.cases.next(rule, place)
        except ExpressionError as error:
            self.problems.append(Problem(place, str(error), f"::: when {shown(rule or '')}"))

    def _end_case(self) -> None:
        """Say so where the case that ends above this line has no words."""
        case = self._case
        if case is not None and case.first == len(self.blocks) and not case.is_nothing:
            todo = "for nothing write ::: otherwise nothing"
            if not case.cases.is_complete:
                todo = "for nothing reverse the rule"
            self._say(case.line, f"no words below this line; write them, or {todo}")

    def end(self) -> None:
        """Say so where a condition is not ended."""
        if self._case is not None:
            place = self._case.begin
            message = "a condition that never ends; write ::: on its own line below the words"
            self.problems.append(Problem(place, message))

    def _line_place(self, line: int) -> Place:
        text = self.lines[line - 1]
        return Place(self.path, line, len(text) - len(text.lstrip(" ")) + 1)

    def _place(self, content: str, first: int, at: int) -> Place:
        return place_of_character(self.path, self.lines, content, first, at)

    def _say(self, line: int, message: str) -> None:
        self.problems.append(Problem(self._line_place(line), message))

    def _heading(self, token: Token, line: int) -> Role:
        if self.is_page and not self._lists and token.markup in {"#", "##"}:
            if token.markup == "#" and self.blocks:
                title = "a title below other text; a page has at most one, at the top"
                self._say(line, f"{title}; for a sub-heading write ##")
            return Role.REPORT_TITLE if token.markup == "#" else Role.SUBHEADING
        if token.markup in {"-", "="} and token.map:
            made = f"a line of {token.markup} makes the words above it a heading"
            self._say(token.map[1], f"{made}; remove it, or begin the heading with #")
        elif self._lists:
            self._say(line, "a heading in a list; remove the #")
        elif self._case is not None:
            expected = "write [words]{when=rule}[words]{otherwise} in one heading"
            self._say(line, f"a heading under a condition; {expected}")
        elif not self.headings:
            self._say(line, "a heading, which only sections have; remove the #")
        elif self.blocks and not self.is_page:
            self._say(line, "a heading below other text; a section has at most one, at the top")
        elif token.markup != "#":
            one = "a sub-heading begins with ##" if self.is_page else "a heading begins with one #"
            self._say(line, f"{one}; found {token.markup}")
        return Role.HEADING

    def _list(self, token: Token, before: Token | None, line: int) -> None:
        if self._lists:
            self._say(line, "a list within a list; use one level only")
        elif token.markup == "+":
            message = "+ at the start of a line begins a list item; write -"
            self._say(line, f"{message}, or \\+ for the character itself")
        kind = token.type.removesuffix("_open")
        if before is not None and before.type == f"{kind}_close":
            expected = "begin all items of a list with the same character"
            self._say(line, f"a different character begins another list; {expected}")
        self._lists.append(kind)
        self._item = 0

    def _number(self, token: Token, line: int) -> None:
        """A number that the letter would not print as it is written is not meant as one."""
        self._item += 1
        if token.info and token.info not in {"1", str(self._item)}:
            written = f"{token.info}{token.markup}"
            message = (
                f"{written} begins item {self._item} of a list and would be printed as that number"
            )
            escaped = f"{token.info}\\{token.markup}"
            self._say(line, f"{message}; for the number itself write {escaped}")
