"""A letter as one HTML page: for the screen or for paper, and held against its letter."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.letter.letter import ComposedBlock, ComposedLetter, Letter
from generator.letter.roles import Role
from generator.plain_text import single_spaced
from generator.problems import Place, Problem, shortened
from generator.rendering.failures import LetterTemplateError
from generator.rendering.inert_markup import InertReader, LivePart, live_parts
from generator.rendering.letter_template import LetterTemplate, page_styles
from generator.rendering.record import words_of
from generator.rendering.table_settings import Stretch, TitledTable, stretches, titled_tables

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",  # its own, in elements and attributes; they fetch nothing
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""What a letter may do in a browser: be looked at."""


@dataclass(frozen=True, eq=False)
class FilledLetter:
    """A letter in its template: set out and filled in once, for the screen and for paper."""

    letter: ComposedLetter
    letter_template: LetterTemplate

    @cached_property
    def page(self) -> str:
        """The page with its styles inside. Raises `LetterTemplateError`.

        Every value is escaped here and nowhere else.
        """
        return self.letter_template.fill(
            letter=self.letter,
            page=page_parts(self.letter),
            styles=page_styles(self.letter_template),
        )

    @cached_property
    def findings(self) -> "list[LivePart | str]":
        """What is wrong with the page. Raises `LetterTemplateError`."""
        return check_page(self.page, self.letter)

    @property
    def page_without_styles(self) -> str:
        """The same page for an engine that has read the styles already."""
        return self.page.replace(page_styles(self.letter_template), "")


def render_html(filled: FilledLetter) -> str:
    """The page to read on screen, with its styles inside. Raises `LetterTemplateError`.

    A template that loses a word of the letter, adds one, or has anything in it that runs or fetches
    something is refused.
    """
    _refuse(filled.findings, filled.letter_template)
    return _with_policy(filled.page, filled.letter_template)


def render_for_print(filled: FilledLetter) -> str:
    """The page to print, without its styles. Raises `LetterTemplateError`.

    Its words are not looked at: they are read back from the PDF. A page that was read with its
    styles is not read again.
    """
    page = filled.page_without_styles
    is_read = "findings" in vars(filled)
    live = [f for f in filled.findings if isinstance(f, LivePart)] if is_read else live_parts(page)
    _refuse(live, filled.letter_template)
    return page


def _refuse(findings: Iterable[LivePart | str], letter_template: LetterTemplate) -> None:
    """Raise `LetterTemplateError` for all that is wrong, each at its place in the template."""
    problems = []
    for finding in findings:
        if isinstance(finding, LivePart):
            line, column = finding.place_in(letter_template.template)
            problems.append(
                Problem(Place(letter_template.template_path, line, column), finding.message)
            )
        else:
            problems.append(Problem(Place(letter_template.template_path), finding))
    if problems:
        raise LetterTemplateError(problems)


def _with_policy(page: str, letter_template: LetterTemplate) -> str:
    """The page with its security policy, first in its head: no template can leave it out."""
    head = re.search(r"<head\b[^>]*>", page, re.IGNORECASE)
    if head is None:
        message = "the page has no <head> for its security policy; add one"
        raise LetterTemplateError([Problem(Place(letter_template.template_path), message)])
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    return f"{page[: head.end()]}\n{policy}{page[head.end() :]}"


def without_policy(page: str) -> str:
    """A page that was made, as its template made it: without the policy that was put in its head.

    Also another one than today's, since another version of this program may have made it.
    """
    return _POLICY_FIRST.sub(r"\1", page, count=1)


_POLICY_FIRST = re.compile(
    r'(<head\b[^>]*>)\n<meta http-equiv="Content-Security-Policy" content="[^"<>]*">', re.IGNORECASE
)


Blocks = tuple[ComposedBlock, ...]


@dataclass(frozen=True)
class PageParts:
    """What stands where."""

    draft: ComposedBlock | None
    running_head: ComposedBlock | None
    logo: ComposedBlock | None
    masthead: ComposedBlock
    sender: Blocks
    reference: Blocks
    """The reference, the date and the way of delivery."""
    address: Blocks
    salutation: ComposedBlock
    subject: ComposedBlock
    sections: tuple[Blocks, ...]
    closing: Blocks
    report: tuple[Stretch, ...]
    """The statistics page, stretch by stretch; empty where the letter has none."""
    tables: Mapping[str, TitledTable]
    """The tables within the sections, by the addresses of their blocks."""
    footer: ComposedBlock | None
    properties: str
    """What stands on each page, as properties that styles can name in the margins of pages."""


def page_parts(letter: ComposedLetter) -> PageParts:
    """Sort a letter's blocks by their place."""
    fixed = {block.role: block for block in letter.blocks}
    opening = letter.part("opening")
    return PageParts(
        draft=fixed.get(Role.DRAFT),
        running_head=fixed.get(Role.RUNNING_HEAD),
        logo=fixed.get(Role.LOGO),
        masthead=fixed[Role.MASTHEAD],
        sender=tuple(b for b in opening if b.role is Role.SENDER),
        reference=tuple(b for b in opening if b.role in _REFERENCE),
        address=tuple(b for b in opening if b.role is Role.ADDRESS_LINE),
        salutation=fixed[Role.SALUTATION],
        subject=fixed[Role.SUBJECT],
        sections=tuple(letter.sections()),
        closing=letter.part("closing"),
        report=tuple(stretches(letter.part("report"))),
        tables={t.block.address: t for s in letter.sections() for t in titled_tables(s)},
        footer=fixed.get(Role.FOOTER),
        properties="; ".join(_property(block) for block in letter.part("each-page")),
    )


_REFERENCE = {Role.REFERENCE, Role.DATE, Role.DELIVERY}
_COUNTERS = {"page.number": "counter(page)", "page.count": "counter(pages)"}


def _property(block: ComposedBlock) -> str:
    """The words of a block as styles write them: `--page-number: "Page " counter(page)`."""
    words = (run.text.replace("\\", "\\\\").replace('"', '\\"') for run in block.runs)
    pairs = zip(block.runs, words, strict=True)
    content = " ".join(_COUNTERS.get(run.name or "", f'"{text}"') for run, text in pairs)
    return f"--{block.role.replace('_', '-')}: {content}"


_VOID = {"meta", "br", "img", "hr", "link", "input", "source", "wbr", "col", "area", "base"}


def check_page(page: str, letter: Letter) -> list[LivePart | str]:
    """What is wrong with a page; nothing where it says its letter, does nothing, and no more.

    An edition can have a template of its own, and templates are edited by people. The page is read
    with a parser that had no part in making it.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    expected = {block.address: single_spaced(text) for block, text in words_of(letter)}
    findings: list[LivePart | str] = [*reader.live]
    for address, words in reader.blocks:
        if address not in expected:
            findings.append(f"the page has the block {address}, which is not in the letter")
        elif single_spaced(words) != expected[address]:
            findings.append(f'{address}: the page says "{_short(words)}", not the letter\'s words')
    found = [address for address, _ in reader.blocks]
    findings += [f"{a} is missing from the page" for a in expected if a not in found]
    if not findings and found != list(expected):
        findings.append("the page has the blocks in a different order, or one of them twice")
    own = single_spaced("".join(reader.own_words))
    if own:
        findings.append(f'the page has text that is not in the letter: "{_short(own)}"')
    if single_spaced(reader.title) != single_spaced(letter.title):
        findings.append(f'the page\'s title is "{_short(reader.title)}", not "{letter.title}"')
    return findings


def _short(text: str) -> str:
    return shortened(single_spaced(text))


class _Reader(InertReader):
    """Collects the words of each block, and those outside of all."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self.own_words: list[str] = []
        self.title = ""
        self._open: list[str] = []
        self._block_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element; a new block, where it bears an address."""
        super().handle_starttag(tag, attrs)
        given = dict(attrs)
        if tag in _VOID:
            if tag == "img" and given.get("data-block") and not self._block_depth:
                self.blocks.append((given["data-block"] or "", given.get("alt") or ""))
            return
        self._open.append(tag)
        address = given.get("data-block")
        if address is not None and not self._block_depth:
            self.blocks.append((address, ""))
            self._block_depth = len(self._open)
        elif self._block_depth and tag in {"th", "td"}:
            self._say(" ")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and the block that it was."""
        super().handle_endtag(tag)
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        if len(self._open) < self._block_depth:
            self._block_depth = 0

    def handle_data(self, data: str) -> None:
        """Words: of the title, of a block, or of the page's own."""
        super().handle_data(data)
        if self._open and self._open[-1] == "title":
            self.title += data
        elif not self._open or self._open[-1] not in {"style"}:
            self._say(data)

    def _say(self, text: str) -> None:
        if self._block_depth:
            address, words = self.blocks[-1]
            self.blocks[-1] = (address, words + text)
        else:
            self.own_words.append(text)
