"""The texts that PDFium gives, as Python has them."""

import ctypes
from codecs import utf_16_le_decode  # itself: looked up by its name, it costs as much again
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium


def text_of_object(item: Any, textpage: Any) -> str:
    """The words of a text object of PDFium's, as they stand."""
    return utf16(pdfium.FPDFTextObj_GetText, item, textpage)


_SIZE = 512
_BUFFER = (ctypes.c_ushort * (_SIZE // 2))()
"""Holds most texts of a page: PDFium, asked how long a text is, looks for it a second time."""
_BYTES = memoryview(_BUFFER).cast("B")


def utf16(ask: Callable[..., int], *about: Any) -> str:
    """A text that PDFium is asked for, which says how long it is, with the zero at its end.

    A buffer that is too small for it is left as it is. One reads at a time, so one is enough.
    """
    content = _BYTES
    size = ask(*about, _BUFFER, _SIZE)
    if size > _SIZE:
        buffer = (ctypes.c_ushort * (size // 2))()
        ask(*about, buffer, size)
        content = memoryview(buffer).cast("B")
    return utf_16_le_decode(content[: max(size - 2, 0)], "replace", True)[0]


def utf8(ask: Callable[..., int], *about: Any) -> str:
    """The same of a text that PDFium gives in UTF-8."""
    size = ask(*about, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(*about, buffer, size)
    return buffer.value.decode("utf-8", "replace")
