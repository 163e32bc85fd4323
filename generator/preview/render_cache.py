"""The shelf: letters that were printed, by what decides their bytes: none is made twice."""

from collections import OrderedDict
from collections.abc import Mapping

from generator.batch.job import RenderedLetter
from generator.outputs.fingerprint import KEY_PARTS, Inputs

_MOST_BYTES = 96 * 1024 * 1024
_MOST_COUNTS = 50_000


def key_of(inputs: Inputs) -> str:
    """What is the same for two letters if, and only if, the same bytes are made of both."""
    return "-".join(inputs[name] for name in KEY_PARTS)


class RenderCache:
    """Keeps what was printed last, as much as there is room for; how many pages it had, longer."""

    def __init__(self) -> None:
        self._made: OrderedDict[str, RenderedLetter] = OrderedDict()
        self._bytes = 0
        self._pages: OrderedDict[str, int] = OrderedDict()

    def put(self, key: str, made: RenderedLetter) -> None:
        """Keep what came of a letter: its files, or why it could not be made."""
        if key in self._made:
            self._bytes -= _size(self._made.pop(key))
        self._made[key] = made
        self._bytes += _size(made)
        while self._bytes > _MOST_BYTES and len(self._made) > 1:
            _, oldest = self._made.popitem(last=False)
            self._bytes -= _size(oldest)
        if made.pages:
            self.note_pages({key: made.pages})

    def get(self, key: str) -> RenderedLetter | None:
        """What came of a letter, if it is still here."""
        if key in self._made:
            self._made.move_to_end(key)
        return self._made.get(key)

    def has(self, key: str) -> bool:
        """Whether it is still here what came of a letter. Any thread may ask; the others, one."""
        return key in self._made

    def knows(self, key: str) -> bool:
        """Whether it is known how many pages a letter has, or that it cannot be printed."""
        return key in self._pages or key in self._made

    def note_pages(self, pages: Mapping[str, int]) -> None:
        """Keep how many pages letters have, also of those that were made by others."""
        self._pages.update(pages)
        while len(self._pages) > _MOST_COUNTS:
            self._pages.popitem(last=False)

    def pages(self, key: str) -> int | None:
        """How many pages a letter has, as far as it was ever laid out."""
        return self._pages.get(key)


def _size(made: RenderedLetter) -> int:
    return sum(map(len, made.contents.values())) + 1000
