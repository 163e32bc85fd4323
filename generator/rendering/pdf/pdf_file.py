"""A PDF as a file: every object is written once, and another PDF can take over most of them.

The writer that the engine brings writes every object twice, once for the file and once for its
identifier, and compresses as hard as zlib can, which takes twice as long for a hundredth of the
size. What is written here is the same file in all else.
"""

import base64
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import md5
from struct import Struct
from typing import Any

import pydyf

_LEVEL = 6
"""How hard is compressed."""
_LINE_ENDS = b"\r\n"
_ROW = Struct(">BIH")
"""Of the table that says where each object is."""

Objects = dict[int, bytes]
"""Objects of a PDF as they are written, by number."""


@dataclass(frozen=True)
class PdfFile:
    """The objects of a PDF as they are written, by number; there is none of number 0."""

    objects: Sequence[bytes]
    streams: frozenset[int]
    """Those that stand in the file by themselves; all others stand together in one stream."""
    root: int
    info: int

    @classmethod
    def of(cls, pdf: pydyf.PDF) -> "PdfFile":
        """That of a PDF to which nothing is added any more; its information becomes an object."""
        pdf.add_object(pdf.info)
        return cls(
            [b"", *(written(thing) for thing in pdf.objects[1:])],
            frozenset(thing.number for thing in pdf.objects[1:] if isinstance(thing, pydyf.Stream)),
            pdf.catalog.number,
            pdf.info.number,
        )

    def with_objects(self, others: Mapping[int, bytes]) -> "PdfFile":
        """The same with other objects in the place of some."""
        objects = [others.get(number, before) for number, before in enumerate(self.objects)]
        return replace(self, objects=objects)

    @property
    def content(self) -> bytes:
        """The file. Its identifier is a digest of its objects: the same objects, the same file."""
        file = [b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"]
        size = len(file[0])
        offsets: dict[int, int] = {}

        def add(number: int, data: bytes) -> None:
            nonlocal size
            offsets[number] = size
            file.append(b"%d 0 obj\n%b\nendobj\n" % (number, data))
            size += len(file[-1])

        together = [n for n in range(1, len(self.objects)) if n not in self.streams]
        for number in sorted(self.streams):
            add(number, self.objects[number])
        holder = len(self.objects)
        add(holder, self._together(together))
        rows = [(0, 0, 0xFFFF)] + [(1, 0, 0)] * (holder + 1)
        offsets[holder + 1] = size
        for number, offset in offsets.items():
            rows[number] = (1, offset, 0)
        for place, number in enumerate(together):
            rows[number] = (2, holder, place)
        digest = b"<%b>" % md5(b"".join(self.objects), usedforsecurity=False).hexdigest().encode()
        extra = {
            "Type": "/XRef",
            "Index": pydyf.Array([0, len(rows)]),
            "W": pydyf.Array([1, 4, 2]),
            "Size": len(rows),
            "Root": b"%d 0 R" % self.root,
            "Info": b"%d 0 R" % self.info,
            "ID": pydyf.Array([digest, digest]),
        }
        table = b"".join([_ROW.pack(*row) for row in rows])
        add(holder + 1, stream([table], extra))
        file.append(b"startxref\n%d\n%%%%EOF\n" % offsets[holder + 1])
        return b"".join(file)

    def _together(self, numbers: Sequence[int]) -> bytes:
        """The stream of these objects, before them a list of where each begins."""
        places, at = [], 0
        for number in numbers:
            places.append(b"%d %d" % (number, at))
            at += len(self.objects[number]) + 1
        head = b" ".join(places)
        extra = {"Type": "/ObjStm", "N": len(numbers), "First": len(head) + 1}
        return stream([head, *(self.objects[number] for number in numbers)], extra)


def written(thing: pydyf.Object) -> bytes:
    """An object as it is written."""
    if isinstance(thing, pydyf.Stream):
        return stream(map(as_bytes, thing.stream), thing.extra, compressed=thing.compress)
    return bytes(thing.data)


def as_bytes(part: Any) -> bytes:
    """A part of a stream or an array as it is written."""
    return bytes(pydyf._to_bytes(part))


def stream(parts: Iterable[bytes], extra: Mapping[str, Any], *, compressed: bool = True) -> bytes:
    """A stream as it is written, a line for each part; `extra` is what is said of it.

    None ends in CR or LF. What is compressed does once in 128 times, and `endstream` stands on the
    line after it: a reader that goes by lines rather than by the length then drops a byte, and
    validators complain. The last bytes are a checksum, the same at every level of compression; so
    such a stream is written in printable characters besides (ASCII85), which PDF/A allows.
    """
    content = b"\n".join(parts)
    said = pydyf.Dictionary(dict(extra))
    if compressed:
        content = zlib.compress(content, _LEVEL)
        said["Filter"] = "/FlateDecode"
    if content[-1:] and content[-1] in _LINE_ENDS:
        content = base64.a85encode(content) + b"~>"
        said["Filter"] = pydyf.Array(["/ASCII85Decode", *filter(None, [said.get("Filter")])])
        if "DecodeParms" in said:
            said["DecodeParms"] = pydyf.Array(["null", said["DecodeParms"]])
    said["Length"] = len(content)
    return b"%b\nstream\n%b\nendstream" % (said.data, content)
