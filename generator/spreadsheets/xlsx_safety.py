"""Is a workbook safe to open? A small file may unfold into what fills the computer's memory.

Looked at piece by piece, with nothing kept, before the library that reads workbooks sees it.
"""

import io
import zipfile
from collections import Counter
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import range_boundaries

LARGEST_UNPACKED_BYTES = 100_000_000
MOST_CELLS = 200_000
"""A table of 400 authorities has 10,000. Of a sheet, and of its merged cells and its links."""
MOST_ROWS = 100_000
MOST_STYLES = 65_000
"""So many has a workbook of Excel's at most."""
MOST_ELEMENTS = 2_000_000
"""Of all other sorts, in one part."""
DEEPEST = 200
"""Elements inside elements; spreadsheet programs come to twenty."""
LONGEST_TAG_BYTES = 100_000
MOST_PARTS = 2_000


def why_unsafe(content: bytes) -> str:
    """Why these bytes are no workbook to be opened, and what to do; blank where they are one."""
    try:
        if content.count(b"PK\x01\x02") > MOST_PARTS:
            return f"it has more than {MOST_PARTS:,} parts; {ONLY_THE_TABLE}"
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > LARGEST_UNPACKED_BYTES:
                return (
                    f"it unpacks to {unpacked / 1e6:,.0f} MB; expected less than "
                    f"{LARGEST_UNPACKED_BYTES / 1e6:.0f}; {ONLY_THE_TABLE}"
                )
            for part in archive.infolist():
                if part.flag_bits & 1:
                    return "it is password-protected; save it without a password"
                why = _why_unsafe_part(archive, part)
                if why:
                    return why
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        return f"damaged, or not a workbook ({error}); {_SAVE_AGAIN}"
    return ""


_SAVE_AGAIN = "open it in a spreadsheet program and save it as .xlsx"
ONLY_THE_TABLE = "copy the table into a new workbook and save that"


def _why_unsafe_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    xml = archive.read(part)
    if xml.lstrip(_BEFORE_XML)[:1] != b"<":
        return ""  # a picture, or settings of a printer: not read
    if _has_long_tag(xml):
        return f"a tag in it is longer than {LONGEST_TAG_BYTES:,} bytes; {_SAVE_AGAIN}"
    try:
        return _why_too_many(xml)
    except DefusedXmlException:
        return (
            "its XML declares entities, which no spreadsheet program writes; do not trust the file"
        )
    except (ParseError, LookupError, ValueError) as error:
        return f"it is damaged ({part.filename}: {error}); {_SAVE_AGAIN}"
    return ""


_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"


def _has_long_tag(xml: bytes) -> bool:
    """Whether something in angle brackets is so long that a parser may read it again and again."""
    start = xml.find(b"<")
    while start >= 0:
        end = xml.find(b">", start)
        if (end if end >= 0 else len(xml)) - start > LONGEST_TAG_BYTES:
            return True
        start = xml.find(b"<", end) if end >= 0 else -1
    return False


def _why_too_many(xml: bytes) -> str:
    """What there is too much of in a part, counted as it is parsed; nothing is kept."""
    numbers: Counter[str] = Counter()
    depth = 0
    for event, element in iterparse(io.BytesIO(xml), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            depth += 1
            if depth > DEEPEST:
                return f"its elements are nested deeper than {DEEPEST}; {_SAVE_AGAIN}"
            continue
        depth -= 1
        name = str(element.tag).rpartition("}")[2]
        name = name if name in _MOST else ""
        is_area = name in ("mergeCell", "hyperlink")
        numbers[name] += _cells_in(element.get("ref") or "A1") if is_area else 1
        element.clear()
        most, what = _MOST[name]
        if numbers[name] > most:
            where = "it has" if name in ("xf", "") else "a sheet of it has"
            return f"{where} more than {most:,} {what}; {ONLY_THE_TABLE}"
    return ""


_MOST = {
    "c": (MOST_CELLS, "cells"),
    "row": (MOST_ROWS, "rows"),
    "mergeCell": (MOST_CELLS, "merged cells"),
    "hyperlink": (MOST_CELLS, "cells with links"),
    "xf": (MOST_STYLES, "styles"),
    "cfRule": (MOST_ROWS, "rules for formats"),
    "col": (2_000, "widths of columns"),
    "": (MOST_ELEMENTS, "elements"),
}
"""By the names of elements, how many of them there may be, and what they are; "" are all others."""


def _cells_in(area: str) -> int:
    left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(area))
    return (right - left + 1) * (bottom - top + 1)
