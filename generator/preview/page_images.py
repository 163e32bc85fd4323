"""The gallery: the pages of letters as they are shown, kept while they are looked at."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.preview.background_tasks import BackgroundTasks
from generator.preview.letters import GoodLetter, ShownLetter
from generator.preview.pictures import PageWords, picture_of_page, words_on_pages
from generator.preview.render_cache import RenderCache
from generator.verification.output_formats import PDF

Found = TypeVar("Found")

_AT_ONCE = 4
"""So many pages are drawn before they are asked for: those of any usual letter."""


@dataclass(frozen=True)
class ShownPages:
    """The pages of a letter."""

    key: str
    """By what their pictures are known: what decided the bytes of the PDF."""
    pages: tuple[PageWords, ...]
    is_old: bool
    """Whether the letter has changed since, and is not yet printed again."""


class PageImageCache:
    """The pages that were shown last, and their pictures."""

    def __init__(self, shelf: RenderCache, hands: BackgroundTasks) -> None:
        self._shelf = shelf
        self._hands = hands
        self._words: _Kept[tuple[PageWords, ...]] = _Kept(100)
        self._pictures: _Kept[bytes] = _Kept(100)
        self._last: _Kept[GoodLetter] = _Kept(100)

    def has(self, slug: str) -> bool:
        """Whether a letter's pages were ever shown, so that there are some to be seen meanwhile."""
        return self._last.get(slug) is not None

    async def prerender(self, good: GoodLetter) -> None:
        """Have the pages of a letter that was just printed ready before anybody asks for them."""
        pages = await self._words_of(good)
        for number in range(1, min(len(pages), _AT_ONCE) + 1):
            await self.picture(good.key, number)

    async def pages(self, letter: ShownLetter) -> ShownPages | None:
        """The pages of a letter; while it is printed again, or cannot be printed, those of before.

        None where there never were any.
        """
        good, last = letter.good, self._last.get(letter.slug)
        if good is None:
            return None
        made = self._shelf.get(good.key)
        if made is not None and PDF.name in made.contents:
            self._last.put(letter.slug, good)
            return ShownPages(good.key, await self._words_of(good), letter.is_old)
        if last is not None and self._shelf.get(last.key) is not None:
            return ShownPages(last.key, await self._words_of(last), is_old=True)
        return None

    async def picture(self, key: str, number: int) -> bytes | None:
        """The picture of a page, by its number from 1; None where it is not to be had any more."""
        found = self._pictures.get((key, number))
        made = self._shelf.get(key)
        if found is None and made is not None and PDF.name in made.contents:
            draw: Callable[[bytes, int], bytes | None] = picture_of_page
            found = await self._hands.do("picture", draw, made.contents[PDF.name], number)
            if found is not None:
                self._pictures.put((key, number), found)
        return found

    async def _words_of(self, good: GoodLetter) -> tuple[PageWords, ...]:
        found = self._words.get(good.key)
        made = self._shelf.get(good.key)
        if found is None and made is not None and PDF.name in made.contents:
            pdf = made.contents[PDF.name]
            found = await self._hands.do("picture", words_on_pages, pdf, good.letter)
            self._words.put(good.key, found)
        return found or ()


class _Kept(Generic[Found]):
    """The things that were asked for last, so many of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Hashable, Found] = OrderedDict()

    def get(self, name: Hashable) -> Found | None:
        if name in self._things:
            self._things.move_to_end(name)
        return self._things.get(name)

    def put(self, name: Hashable, thing: Found) -> None:
        self._things[name] = thing
        self._things.move_to_end(name)
        if len(self._things) > self._most:
            self._things.popitem(last=False)
