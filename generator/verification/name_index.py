"""Which authorities a text names, found in one pass however many there are."""

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"\w+")


class NameIndex:
    """The names of authorities, made once for many letters."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """File each name under its words; a name without any is looked for everywhere."""
        self._names = tuple(names)
        self._filed: dict[tuple[str, ...], list[int]] = {}
        self._lengths: dict[str, set[int]] = {}
        self._wordless: list[int] = []
        for number, name in enumerate(self._names):
            words = tuple(_WORD.findall(name))
            if words:
                self._filed.setdefault(words, []).append(number)
                self._lengths.setdefault(words[0], set()).add(len(words))
            else:
                self._wordless.append(number)

    def others(self, authority: str, printed: str, own: str) -> Iterator[str]:
        """Other authorities that are named in what is printed more often than in its own words.

        In the order in which they were given. A name inside the authority's own is no other's.
        """
        for number in sorted(self._near(printed) | self._near(printed.replace(authority, ""))):
            name = self._names[number]
            if name == authority or name not in printed:
                continue
            if _count(name, printed, authority) > _count(name, own, authority):
                yield name

    def _near(self, text: str) -> set[int]:
        """The numbers of the names whose words follow one another in a text, whatever is between.

        A name that stands in a text, and not as a part of a longer word, is one of these.
        """
        words = _WORD.findall(text)
        found = set(self._wordless)
        for start, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                found.update(self._filed.get(tuple(words[start : start + length]), ()))
        return found


def _count(name: str, text: str, longer: str) -> int:
    """How often a name stands in a text; not as a part of a longer name or word."""
    text = text.replace(longer, "") if name in longer else text
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))
