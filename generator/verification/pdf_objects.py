"""A PDF's objects as PDFium writes them anew: one for each number, nothing of how they were stored.

So a file is read the same whether it was changed behind its end, encrypted or saved by another
program.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

import pypdfium2.raw as pdfium

Value = Any
"""A dictionary, a list, a `Reference`, a `Stream`; all else as it is written: `/Link`, `42`. A text
has a bracket before it, `(text`, however it was written."""


@dataclass(frozen=True)
class Reference:
    """A place where the object of a number stands."""

    number: int


@dataclass(frozen=True)
class Stream:
    """A dictionary with bytes, uncompressed."""

    values: Mapping[str, Value]
    content: bytes


class PdfObjects:
    """The objects of an opened PDF, each read when it is asked for."""

    def __init__(self, document: Any) -> None:
        file = BytesIO()
        document.save(file, flags=pdfium.FPDF_REMOVE_SECURITY)
        self._file = file.getvalue()
        self._places = dict(_places(self._file))
        end = self._file.rindex(b"trailer") + len(b"trailer")
        self.trailer: Mapping[str, Value] = _read(self._file, end)[0]

    def at(self, value: Value) -> Value:
        """A value; where it stands elsewhere, what stands there."""
        while isinstance(value, Reference):
            place = self._places.get(value.number)
            value = "null" if place is None else self._object(place)
        return value

    def _object(self, place: int) -> Value:
        start = self._file.index(b"obj", place) + len(b"obj")
        value, end = _read(self._file, start)
        if isinstance(value, dict) and (begins := _STREAM.match(self._file, end)):
            size = int(self.at(value.get("Length", "0")))
            content = self._file[begins.end() : begins.end() + size]
            if value.get("Filter") == "/FlateDecode":
                with suppress(zlib.error):  # it is spoiled, and so not what it was
                    content = zlib.decompressobj().decompress(content, _MOST_BYTES)
            return Stream({k: v for k, v in value.items() if k not in _STORED}, content)
        return value

    @cached_property
    def _leaves(self) -> list[tuple[Value, Mapping[str, Value]]]:
        return list(self._below(self.at(self.trailer["Root"])["Pages"], {}))

    @property
    def pages(self) -> list[Mapping[str, Value]]:
        """The pages in their order, each with what it has from those above it in the tree."""
        return [page for _, page in self._leaves]

    def page_number(self, value: Value) -> int:
        """The number of the page that a value refers to, from 1; 0 where it is none."""
        places = (number for number, (place, _) in enumerate(self._leaves, 1) if place == value)
        return next(places, 0)

    def content_of(self, page: Mapping[str, Value]) -> bytes:
        """All that draws a page."""
        content = self.at(page.get("Contents"))
        streams = map(self.at, content if isinstance(content, list) else [content])
        return b"\n".join(each.content for each in streams if isinstance(each, Stream))

    def _below(
        self, place: Value, above: Mapping[str, Value]
    ) -> Iterator[tuple[Value, Mapping[str, Value]]]:
        node = self.at(place)
        if "Kids" not in node:
            yield place, {**above, **node}
            return
        inherited = {key: value for key, value in node.items() if key in _INHERITED}
        for kid in self.at(node["Kids"]):
            yield from self._below(kid, {**above, **inherited})


_MOST_BYTES = 1 << 26
_STREAM = re.compile(rb"\s*stream\r?\n")
_STORED = {"Length", "Filter", "DecodeParms"}
_INHERITED = {"Resources", "MediaBox", "CropBox", "Rotate"}
_TABLE = re.compile(rb"(\d+) (\d+)\s+((?:\d{10} \d{5} [nf]\s+)+)")
_TOKEN = re.compile(
    rb"\s*(<<|>>|[\[\]]|\d+\s+\d+\s+R\b|/[^\s<>\[\]()/%]*|\((?:\\.|[^\\()])*\)|<[^<>]*>|[^\s<>\[\]()/%]+)",
    re.DOTALL,
)


def _places(file: bytes) -> Iterator[tuple[int, int]]:
    """The number of each object and where it stands."""
    start = int(file[file.rindex(b"startxref") :].split()[1])
    for table in _TABLE.finditer(file, start):
        for number, line in enumerate(table[3].splitlines(), start=int(table[1])):
            if line.split()[2] == b"n":
                yield number, int(line.split()[0])


def _simple(said: str) -> Value:
    if said.endswith(" R"):
        return Reference(int(said.split()[0]))
    if said.startswith("<"):
        return "(" + bytes.fromhex(said[1:-1]).decode("latin-1")
    return "(" + _ESCAPED.sub(r"\1", said[1:-1]) if said.startswith("(") else said


_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def tokens(content: bytes) -> list[bytes]:
    """The words of what is written in the language of PDFs."""
    return _TOKEN.findall(content)


def _read(file: bytes, start: int) -> tuple[Value, int]:
    """The value that begins here, and where it ends."""
    token = _TOKEN.match(file, start)
    if token is None:
        raise ValueError("no value")
    said, end = token[1], token.end()
    if said not in {b"<<", b"["}:
        return _simple(said.decode("latin-1")), end
    values = []
    while True:
        token = _TOKEN.match(file, end)
        if token is None:
            raise ValueError("a value that never ends")
        if token[1] in {b">>", b"]"}:
            break
        value, end = _read(file, end)
        values.append(value)
    if said == b"[":
        return values, token.end()
    return {
        key[1:]: value for key, value in zip(values[::2], values[1::2], strict=True)
    }, token.end()
