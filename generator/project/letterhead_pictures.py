"""The pictures of a letterhead: read, looked through, and made part of the page.

What a letter carries may neither run nor fetch anything, must print sharply, and must not break
what the PDF declares of itself. So a picture is a PNG, or an SVG of plain shapes.
"""

import base64
import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from generator.edition.edition import Edition
from generator.edition.letterhead import LetterheadPicture
from generator.edition.source_text import names_in
from generator.edition.yaml_tree import shown
from generator.files.bounded_read import Sort, read_bytes
from generator.problems import Problem, did_you_mean, system_message, warning
from generator.workspace import EditionFolders

MOST_BYTES = 1_000_000
"""Each letter carries it, as a page and as a PDF."""
MOST_PIXELS = 25_000_000
SHARP_DPI, LEAST_DPI = 150, 60
"""So many dots an inch look clean on paper; with fewer than the least nobody meant it."""
TALLEST_MM = 60
_INCH_MM = 25.4


def read_pictures(
    folders: EditionFolders, edition: Edition
) -> tuple[dict[str, str], list[Problem]]:
    """The pictures of an edition's letterhead as `data:` addresses, by the names of their files.

    All that is wrong with one is said at its line of `edition.yaml`.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for key, picture in edition.letterhead.pictures():
        place = edition.place("letterhead", key, "file")
        where = f"letterhead.{key}.file"
        path = folders.pictures / picture.file
        try:
            content = read_bytes(path, Sort.PICTURE)
        except FileNotFoundError:
            hint = did_you_mean(picture.file, names_in(folders.pictures, optional=True)[0] or ())
            message = f"no such file in {_shown(folders)}{hint or '; put it there'}"
            problems.append(Problem(place, message, where))
            continue
        except OSError as error:
            problems.append(Problem(place, f"cannot be read: {system_message(error)}", where))
            continue
        complaints = [*_complaints(content, picture)]
        problems += [Problem(place, said, where) for said, is_error in complaints if is_error]
        problems += [
            warning(place, said, where, kind="picture")
            for said, is_error in complaints
            if not is_error
        ]
        kind = "png" if content.startswith(_PNG) else "svg+xml"
        found[picture.file] = f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
    return found, problems


def _shown(folders: EditionFolders) -> str:
    return folders.pictures.relative_to(folders.workspace.folder).as_posix()


Complaint = tuple[str, bool]
"""What is wrong with a picture, and whether no letter can have it so."""

_PNG = b"\x89PNG\r\n\x1a\n"
_OTHERS = {
    b"\xff\xd8\xff": "a JPEG",
    b"GIF8": "a GIF",
    b"RIFF": "a WebP",
    b"%PDF": "a PDF",
    b"BM": "a bitmap",
    b"II*\0": "a TIFF",
    b"MM\0*": "a TIFF",
}
"""How files begin that people take for a picture that can be used."""


def _complaints(content: bytes, picture: LetterheadPicture) -> Iterator[Complaint]:
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1e6:.1f} MB, and is in every letter"
        yield f"{size}; expected at most {MOST_BYTES / 1e6:.0f} MB", True
    elif content.startswith(_PNG):
        yield from _of_png(content, picture)
    elif content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield from _of_svg(content, picture)
    else:
        kinds = (kind for begin, kind in _OTHERS.items() if content.startswith(begin))
        kind = next(kinds, "not a picture in a known format")
        yield f"is {kind}, whatever its name says; save it as PNG or SVG", True


def _of_png(content: bytes, picture: LetterheadPicture) -> Iterator[Complaint]:
    from PIL import Image, UnidentifiedImageError  # here: only editions with pictures need it

    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as image:
            (width, height), moves = image.size, getattr(image, "is_animated", False)
            image.verify()
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError):
        yield "is a damaged PNG; save it again", True
        return
    if moves:
        yield "is an animated PNG; save it as a single picture", True
    if width * height > MOST_PIXELS:
        yield (
            f"has {width} by {height} pixels; expected at most {MOST_PIXELS / 1e6:.0f} million",
            True,
        )
    yield from _too_tall(height / width, picture)
    dpi = width / picture.width * _INCH_MM
    if dpi < SHARP_DPI:
        needed = round(SHARP_DPI * picture.width / _INCH_MM)
        blurred = (
            f"{width} pixels across {picture.width} mm is {dpi:.0f} dpi, which will look blurred"
        )
        todo = f"use one at least {needed} pixels wide, an SVG, or a smaller width"
        yield f"{blurred}; {todo}", dpi < LEAST_DPI


def _too_tall(ratio: float, picture: LetterheadPicture) -> Iterator[Complaint]:
    tall = ratio * picture.width
    if tall > TALLEST_MM:
        yield (
            f"would be {tall:.0f} mm tall at a width of {picture.width} mm; "
            f"expected at most {TALLEST_MM}, so take a smaller width",
            True,
        )


_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset(
    {
        *("svg", "g", "defs", "title", "desc", "style", "clipPath"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop"),
    }
)
"""What draws, and is drawn alike by the PDF engine and by browsers, without anything else."""
_WHY = {
    "text": "depends on installed typefaces; convert it to paths",
    "tspan": "depends on installed typefaces; convert it to paths",
    "script": "would run; remove it",
    "image": "is a picture inside the picture; save the whole as PNG",
}
_PLAIN = "cannot be used; save as plain SVG with only paths and shapes"
_REFERENCE = re.compile(r"url\(\s*['\"]?(?!['\"]?#)|@|expression|javascript:", re.IGNORECASE)


def _of_svg(content: bytes, picture: LetterheadPicture) -> Iterator[Complaint]:
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        yield "has a <!DOCTYPE>, which may load other files; save it as plain SVG", True
        return
    except (ParseError, ValueError, LookupError) as error:
        yield f"is not valid SVG ({error}); save it again", True
        return
    if root.tag != f"{_SVG}svg":
        yield "is not SVG, though it begins like it; save it as PNG or SVG", True
        return
    yield from ((said, True) for said in dict.fromkeys(_live(root)))
    size = re.findall(r"[\d.]+(?:e-?\d+)?", root.get("viewBox", ""))
    size = size[2:] if len(size) == 4 else [_number(root, "width"), _number(root, "height")]
    width, height = (float(side or 0) for side in size)
    if not (width and height):
        yield 'has no size; give its <svg> a viewBox, such as viewBox="0 0 40 20"', True
        return
    yield from _too_tall(height / width, picture)


def _number(element: Element, name: str) -> str:
    found = re.match(r"\d+(\.\d+)?", element.get(name, ""))
    return found[0] if found else ""


def _live(root: Element) -> Iterator[str]:
    """What may run, fetch or be drawn in another way elsewhere."""
    for element in root.iter():
        name = element.tag.removeprefix(_SVG)
        if name not in _SHAPES:
            yield f"<{shown(name.rpartition('}')[2])}> in it {_WHY.get(name, _PLAIN)}"
        styles = {"": element.text or ""} if name == "style" else {}
        for attribute, value in (styles | element.attrib).items():
            bare = attribute.rpartition("}")[2].lower()
            fetches = bare == "href" and not value.startswith("#")
            if bare.startswith("on") or fetches or _REFERENCE.search(value):
                yield f"{shown(bare or '<style>')} in it would fetch or run something; remove it"
