"""Everything in a PDF as lines of text: pages, fonts, tags, outline, links, attachments.

Each object is written once, below the way that leads to it from the root, so that neither the
numbers of objects nor their order in the file count. `letter.json` alone is not looked into.
"""

import hashlib
import io
from collections.abc import Iterator
from typing import Any

import pikepdf

_FIRST = ("/Pages", "/Kids", "/K")
_LAST = ("/StructTreeRoot", "/ParentTree", "/P", "/Parent", "/Prev", "/Pg", "/Dest", "/D")
"""Keys that lead back, or round about: followed only when all others have been."""
_NOT_COMPARED = ("/Length", "/Filter", "/DecodeParms")
_RECORD = "letter.json"


def describe_pdf(content: bytes) -> str:
    """All that is in a PDF but for the letter's record; why it cannot be read, where that is so."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return "\n".join(_Walk(document).lines())
    except pikepdf.PdfError:
        return f"no PDF: {digest(content)}"


def digest(content: bytes) -> str:
    """What tells a content from any other."""
    return f"{len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}"


class _Walk:
    def __init__(self, document: pikepdf.Pdf) -> None:
        self._found: dict[tuple[int, int], tuple[str, Any]] = {}
        for key in ("/Root", "/Info"):
            self._find(document.trailer.get(key), key)

    def _find(self, thing: Any, way: str) -> None:
        if not isinstance(thing, pikepdf.Object) or _is_record(thing):
            return
        if thing.is_indirect:
            if thing.objgen in self._found:
                return
            self._found[thing.objgen] = (_short(way), thing)
        for key, part in _parts(thing):
            self._find(part, way + key)

    def lines(self) -> Iterator[str]:
        for way, thing in self._found.values():
            yield f"{way}: {self._shown(thing, whole=True)}"
            if isinstance(thing, pikepdf.Stream):
                content = thing.read_bytes()
                try:
                    yield content.decode("ascii" if b"\0" in content else "utf-8")
                except UnicodeDecodeError:
                    yield digest(content)

    def _shown(self, thing: Any, *, whole: bool = False) -> str:
        if not isinstance(thing, pikepdf.Object):
            return repr(thing)
        if _is_record(thing):
            return _RECORD
        if thing.is_indirect and not whole:
            return f"-> {self._found[thing.objgen][0]}"
        parts = [(key, self._shown(part)) for key, part in _parts(thing)]
        if isinstance(thing, pikepdf.Array):
            return f"[{', '.join(shown for _, shown in parts)}]"
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            return f"<{', '.join(f'{key} {shown}' for key, shown in parts)}>"
        text = str(thing)
        return text if text.isprintable() else bytes(thing).hex()


def _short(way: str) -> str:
    """A way as it is written: to a tag, its place on each level, such as `tags/0.1.4`."""
    return way.replace("/Root/StructTreeRoot/K/", "tags/").replace("/K/", ".")


def _parts(thing: pikepdf.Object) -> Iterator[tuple[str, Any]]:
    if isinstance(thing, pikepdf.Array):
        for number, part in enumerate(thing):
            yield f"/{number}", part
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        keys = [key for key in thing.keys() if key not in _NOT_COMPARED]  # noqa: SIM118 - pikepdf gives keys only so
        for key in sorted(keys, key=lambda key: (key in _LAST, key not in _FIRST, key)):
            yield key, thing.get(key)


def _is_record(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and (thing.get("/F") or "") == _RECORD
