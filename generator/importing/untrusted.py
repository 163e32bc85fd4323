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


def why_unsafe(content: bytes) -> str:
    """Why these bytes are no workbook to be opened, and what to do; blank where they are one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > LARGEST_UNPACKED_BYTES:
                return (
                    f"it unfolds to {unpacked / 1e6:,.0f} MB, expected less than "
                    f"{LARGEST_UNPACKED_BYTES / 1e6:.0f}; {ONLY_THE_TABLE}"
                )
            for part in archive.infolist():
                if part.flag_bits & 1:
                    return "it is protected by a password; save it without one"
                why = _why_unsafe_part(archive, part)
                if why:
                    return why
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        return f"it is damaged, or no workbook ({error}); {_SAVE_AGAIN}"
    return ""


_SAVE_AGAIN = "open it in a spreadsheet program and save it anew as .xlsx"
ONLY_THE_TABLE = "copy the table into a new workbook and save that"


def _why_unsafe_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    with archive.open(part) as start:
        if start.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1] != b"<":
            return ""  # a picture, or settings of a printer: not read
    numbers: Counter[str] = Counter()
    try:
        with archive.open(part) as xml:
            for _, element in iterparse(xml, forbid_dtd=True):
                name = str(element.tag).rpartition("}")[2]
                if name in ("c", "row"):
                    numbers[name] += 1
                elif name in ("mergeCell", "hyperlink"):
                    numbers[name] += _cells_in(element.get("ref") or "A1")
                element.clear()
                if numbers[name] > (MOST_ROWS if name == "row" else MOST_CELLS):
                    return f"a sheet of it has {_TOO_MANY[name]}; {ONLY_THE_TABLE}"
    except DefusedXmlException:
        return "its XML declares entities, which no spreadsheet program writes; do not trust it"
    except (ParseError, LookupError, ValueError) as error:
        return f"it is damaged ({part.filename}: {error}); {_SAVE_AGAIN}"
    return ""


_TOO_MANY = {
    "c": f"more than {MOST_CELLS:,} cells",
    "row": f"more than {MOST_ROWS:,} rows",
    "mergeCell": f"more than {MOST_CELLS:,} merged cells",
    "hyperlink": f"more than {MOST_CELLS:,} cells with links",
}


def _cells_in(area: str) -> int:
    left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(area))
    return (right - left + 1) * (bottom - top + 1)
