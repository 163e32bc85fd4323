"""What a page says against what its letter says: the template may lose no word and add none.

An edition can have a template of its own, and templates are edited by people. The page is read with
a parser that had no part in making it.
"""

import re

from generator.letter.letter import Letter
from generator.messages import shortened
from generator.rendering.inert_markup import InertReader, LivePart
from generator.rendering.record import words_of
from generator.white_space import single_spaced, strip_whitespace

_VOID = {"meta", "br", "img", "hr", "link", "input", "source", "wbr", "col", "area", "base"}
_HIDING = re.compile("display:none|visibility:hidden")


def check_page(page: str, letter: Letter) -> list[LivePart | str]:
    """What is wrong with a page; nothing where it says its letter, does nothing, and no more."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    expected = {block.address: single_spaced(text) for block, text in words_of(letter)}
    findings: list[LivePart | str] = [*reader.live, *reader.hidden]
    for address, words in reader.blocks:
        if address not in expected:
            findings.append(f"the page has a block {address}, which the letter has not")
        elif single_spaced(words) != expected[address]:
            findings.append(f'{address}: the page says "{_short(words)}", not the letter\'s words')
    found = [address for address, _ in reader.blocks]
    findings += [f"{a} of the letter is not on the page" for a in expected if a not in found]
    if not findings and found != list(expected):
        findings.append("the page has the letter's blocks in another order, or one of them twice")
    own = single_spaced("".join(reader.own_words))
    if own:
        findings.append(f'the page has words of its own, "{_short(own)}"')
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
        self.hidden: list[str] = []
        self._open: list[str] = []
        self._block_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element; a new block, where it bears an address."""
        super().handle_starttag(tag, attrs)
        given = dict(attrs)
        style = strip_whitespace((given.get("style") or "").lower())
        if _HIDING.search(style):
            self.hidden.append(f"the page hides a part of the letter (<{tag}>)")
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
