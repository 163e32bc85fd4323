"""What was done to a PDF that is not, byte for byte, what its data make: a sentence each.

It is held, object by object, against the one made anew, both as PDFium reads them. The proof is not
this but what PDFium reads on the pages; here is said where else a file differs, in words.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

import pypdfium2.raw as pdfium

from generator.plain_text import visible
from generator.problems import counted, shortened
from generator.verification.pdf_objects import PdfObjects, Reference, Stream, Value, tokens
from generator.verification.reading import UnreadableError, opened


def tampered(found: bytes, made: bytes) -> list[str]:
    """Everything in which a PDF differs from the one that its data make; both are opened."""
    try:
        with opened(made) as its, opened(found) as document:
            said = list(_of_file(found, document))
            said += _Comparison(PdfObjects(document), PdfObjects(its)).sentences()
    except (UnreadableError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return []  # its insides make no sense
    told = list(dict.fromkeys(said)) or [_SAVED_ANEW]
    more = len(told) - _MOST
    return told if more < 2 else [*told[:_MOST], f"it differs in {more} more places"]


_MOST = 8
_SAVED_ANEW = "its content is unchanged, but another program saved it; build it again"


def _of_file(content: bytes, document: object) -> Iterator[str]:
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
        yield "it is encrypted"
    if content.count(b"\nstartxref") > 1:
        yield "a later change is appended to it (an incremental update)"
    behind = content[content.rindex(b"%%EOF") + len(b"%%EOF") :] if b"%%EOF" in content else b""
    if behind.strip():
        yield f"extra data is appended to it ({counted(len(behind.strip()), 'byte')})"
    if not content.startswith(b"%PDF-"):
        yield "extra data is prepended to it"


class _Comparison:
    """Two PDFs, gone through side by side."""

    def __init__(self, found: PdfObjects, made: PdfObjects) -> None:
        self._found = found
        self._made = made
        self._seen: set[tuple[int, int]] = set()

    def sentences(self) -> Iterator[str]:
        """What differs: page by page, then the file as a whole."""
        found, made = self._found, self._made
        pages, right = found.pages, made.pages
        drawings = [_instructions(found.content_of(page)) for page in pages]
        originals = [_instructions(made.content_of(page)) for page in right]
        if len(pages) != len(right):
            yield f"it has {counted(len(pages), 'page')}, not {len(right)}"
            pages = []
        elif drawings != originals and sorted(drawings) == sorted(originals):
            yield "its pages are in a different order"
            pages = []
        for number, (page, its) in enumerate(zip(pages, right, strict=False), start=1):
            drawn, anew = drawings[number - 1], originals[number - 1]
            if drawn != anew:
                yield f"on page {number}, drawn differently: {_drawn_otherwise(drawn, anew)}"
            for keys, one, other in self._differences(page, its, ""):
                yield f"on page {number}, {_named(_OF_PAGE, keys, one, other)}"
        roots = found.trailer.get("Root"), made.trailer.get("Root")
        infos = found.trailer.get("Info"), made.trailer.get("Info")
        for both, start in ((roots, ""), (infos, "/Info")):
            for keys, one, other in self._differences(*both, start):
                yield _named(_OF_FILE, keys, one, other)

    def _differences(
        self, one: Value, other: Value, keys: str
    ) -> Iterator[tuple[str, Value, Value]]:
        """Where two values differ, as deep as can be told: the keys that lead there, and both."""
        if isinstance(one, Reference) and isinstance(other, Reference):
            pages = self._found.page_number(one), self._made.page_number(other)
            if any(pages) or (one.number, other.number) in self._seen:
                if pages[0] != pages[1]:
                    now, before = (f"(page {page}" if page else "(no page" for page in pages)
                    yield keys, now, before
                return
            self._seen.add((one.number, other.number))
        one, other = self._found.at(one), self._made.at(other)
        if isinstance(one, Stream) and isinstance(other, Stream):
            if one.content != other.content:
                yield keys, one, other
                return
            one, other = one.values, other.values
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            for key in sorted({*one, *other} - _ELSEWHERE, key=lambda key: (key in _INDEXES, key)):
                yield from self._differences(one.get(key), other.get(key), f"{keys}/{key}")
        elif _are_of_parts(one, other):
            for a, b in zip(one, other, strict=True):
                yield from self._differences(a, b, keys)
        elif one != other:
            yield keys, one, other


def _are_of_parts(one: Value, other: Value) -> bool:
    """Whether two lists can be gone through side by side; numbers, as of a box, are one thing."""
    if not (isinstance(one, list) and isinstance(other, list) and len(one) == len(other)):
        return False
    return not all(isinstance(each, str) for each in (*one, *other))


_ELSEWHERE = {"Parent", "Pages", "Contents"}
"""Keys that lead back, and what is gone through by itself."""
_INDEXES = {"IDTree", "ParentTree"}
"""Keys of what leads to the same things again, by their names."""


def _named(names: Mapping[str, str], keys: str, one: Value, other: Value) -> str:
    """A difference in words: what was done, to what, and how it reads now."""
    what = next((said for key, said in names.items() if re.search(key, keys)), "its contents")
    keys = _BETWEEN.sub(r"\1/…\2", keys)
    if other is None:
        return f"added: {what} ({keys})"
    if one is None:
        return f"removed: {what} ({keys})"
    if isinstance(one, list) and isinstance(other, list) and len(one) != len(other):
        return f"{len(one)} instead of {len(other)}: {what} ({keys})"
    now, before = _shown(one), _shown(other)
    return f"changed: {what} ({keys})" + (f': "{now}", not "{before}"' if now else "")


def _shown(value: Value) -> str:
    """A text, a name or numbers as they can be shown in a sentence; else blank."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return " ".join(value)
    if not isinstance(value, str):
        return ""
    said = value.removeprefix("(").encode("latin-1", "replace")
    is_utf16 = said.startswith(b"\xfe\xff")
    return shortened(visible(said.decode("utf-16" if is_utf16 else "latin-1", "replace")))


_BETWEEN = re.compile(r"^((?:/[^/]*){2})(?:/[^/]*){2,}(/[^/]*)$")

_EVERYWHERE = {
    r"/AA\b": "an automatic action",
    r"/(JS|JavaScript)\b": "a script",
    r"/Alt$": "the text alternative of a picture",
    r"/ActualText$": "replacement text for screen readers",
    r"^/URI\b": "the base address of its links",
}
_OF_PAGE = {
    **_EVERYWHERE,
    r"^/Annots.*/A/(URI|D|S)$|^/Annots.*/Dest$": "the target of a link",
    r"^/Annots.*/Contents$": "the description of a link",
    r"^/Annots.*/A\b": "the action of a link",
    r"^/Annots.*/Rect$|^/Annots.*/QuadPoints$": "the position of a link",
    r"^/Annots": "links, notes or form fields",
    r"^/(Media|Crop)Box": "its size or visible area",
    r"^/\w+Box": "one of its page boxes",
    r"^/Rotate": "its rotation",
    r"^/UserUnit": "its scale",
    r"^/Resources/Font.*/ToUnicode": "the character map of a font",
    r"^/Resources/Font.*/FontFile": "the outlines of a font",
    r"^/Resources/Font.*/(W|Widths)$": "the widths of a font",
    r"^/Resources/Font": "a font",
    r"^/Resources/XObject": "a picture or a drawing",
    r"^/Resources/ExtGState": "an opacity setting",
    r"^/Resources/Properties": "an optional layer",
    r"^/Resources": "a drawing resource",
    r"^/Tabs|^/StructParents": "its reading order",
    r"^/(Trans|Dur)": "its presentation settings",
}
_OF_FILE = {
    r"^/OpenAction": "an action on opening",
    **_EVERYWHERE,
    r"^/Names/EmbeddedFiles|^/AF\b": "an attachment or its description",
    r"^/Names/Dests|^/Dests": "link destinations",
    r"^/AcroForm/SigFlags|^/Perms|^/DSS": "a signature",
    r"^/AcroForm": "a form or a signature",
    r"^/OCProperties": "optional layers",
    r"^/PageLabels": "its page labels",
    r"^/Outlines": "its bookmarks",
    r"^/ViewerPreferences|^/Page(Mode|Layout)": "its viewer settings",
    r"^/Lang$": "its language",
    r"^/MarkInfo": "whether it is tagged",
    r"^/StructTreeRoot.*/A\b": "the headers of a table cell",
    r"^/StructTreeRoot.*/Lang$": "the language of a part",
    r"^/StructTreeRoot.*/S$": "the type of a tag",
    r"^/StructTreeRoot": "its tags",
    r"^/Metadata|^/Info": "its metadata (title, author, dates)",
    r"^/OutputIntents": "its colour profile",
    r"^/Extensions|^/Version": "its PDF version",
}
"""What an office calls the parts of a PDF, by the keys that lead there; the first that fits."""


_Instruction = tuple[bytes, ...]
"""The operands of something that is drawn, and its operator."""


def _instructions(content: bytes) -> list[_Instruction]:
    """All that is drawn, instruction by instruction, however it is spaced."""
    found, operands = [], list[bytes]()
    for word in tokens(content):
        operands.append(word)
        if word in _OPERATORS:
            found.append(tuple(operands))
            operands = []
    return found


def _drawn_otherwise(drawn: list[_Instruction], anew: list[_Instruction]) -> str:
    """What is done otherwise on a page, by the operators of the instructions that differ."""
    differing: list[_Instruction] = []
    for what, a, b, c, d in SequenceMatcher(None, drawn, anew, autojunk=False).get_opcodes():
        differing += [] if what == "equal" else [*drawn[a:b], *anew[c:d]]
    said = {_OPERATORS[operator] for *_, operator in differing} - {""}
    return ", ".join(sorted(said)) or "grouping"


_OPERATORS = {
    operator: what
    for what, operators in {
        "a picture": b"Do BI",
        "shapes": b"re m l c h f F f* S s B B* b b* sh",
        "colours": b"g G rg RG k K sc SC scn SCN cs CS",
        "text": b"Tj TJ ' \"",
        "font or size of text": b"Tf Tz Tc Tw TL",
        "rendering of text": b"Tr",
        "position of text": b"Td TD Tm T*",
        "clipping": b"W W* n",
        "opacity": b"gs",
        "position or size": b"cm",
        "tags": b"BDC BMC EMC MP DP",
        "": b"q Q BT ET",
    }.items()
    for operator in operators.split()
}
