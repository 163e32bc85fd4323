"""Streams of a PDF whose last byte no reader can take for the end of a line.

What is compressed ends in CR or LF once in 128 times, and `endstream` stands on the line after it.
A reader that goes by lines rather than by the length then drops a byte, and validators complain.
The last bytes are a checksum, the same at every level of compression; so such a stream is written
in printable characters besides (ASCII85), which PDF/A allows.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager

import pydyf

_LINE_ENDS = (b"\r\nendstream", b"\n\nendstream")


@contextmanager
def ending_plainly() -> Iterator[None]:
    """While a PDF is written, let no stream end in CR or LF: also none that the writer adds."""
    original = pydyf.Stream.data

    def data(stream: pydyf.Stream) -> bytes:
        written = bytes(original.fget(stream))
        if written.endswith(_LINE_ENDS):
            written = bytes(original.fget(_in_printable(stream, written)))
        return written

    pydyf.Stream.data = property(data)
    try:
        yield
    finally:
        pydyf.Stream.data = original


def _in_printable(stream: pydyf.Stream, written: bytes) -> pydyf.Stream:
    """The same stream with one filter more around those that it has."""
    content = written.partition(b">>\nstream\n")[2].removesuffix(b"\nendstream")
    inner = "/FlateDecode" if stream.compress else stream.extra.get("Filter")
    extra = {**stream.extra, "Filter": pydyf.Array(["/ASCII85Decode", *filter(None, [inner])])}
    if "DecodeParms" in extra:
        extra["DecodeParms"] = pydyf.Array(["null", extra["DecodeParms"]])
    return pydyf.Stream([base64.a85encode(content) + b"~>"], extra)
