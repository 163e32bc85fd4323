"""What decides a page's bytes besides the letter and the template: the engine and its parts.

Found out without starting the engine, which takes longer than looking through a whole edition.
"""

import ctypes
import hashlib
import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from itertools import chain

from generator.edition.letterhead import Typeface
from generator.rendering.fonts import font_files

_LIBRARIES = {
    "pango": (("libpango-1.0.so.0", "libpango-1.0.dylib"), "pango_version_string"),
    "harfbuzz": (("libharfbuzz.so.0", "libharfbuzz.0.dylib"), "hb_version_string"),
    "harfbuzz-subset": (
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        "hb_version_string",
    ),
}
"""The libraries that set and write the text: their file names, and what says their version."""


MODULES_BESIDE = (
    "edition/figure_kind.py",
    "edition/figure_kinds.py",
    "edition/charts.py",
    "edition/figures.py",
    "edition/languages.py",
    "letter/letter.py",
    "letter/printed_table.py",
    "letter/roles.py",
    "verification/output_formats.py",
    "plain_text.py",
)
"""Our modules outside of `rendering` that take part: what a letter, a figure and a format say of
themselves, in `letter.json` and `figures.csv`."""


@cache
def engine_parts() -> Mapping[str, str]:
    """The version of everything that takes part in making a page, by name; "" for what is missing.

    For our own rendering and for the typefaces, whose versions may not change when they do, a
    digest of their content.
    """
    ours = hashlib.sha256()
    folders = (files("generator.rendering"), files("generator.rendering.pdf"))
    rendering = [sorted(each.iterdir(), key=lambda item: item.name) for each in folders]
    others = [files("generator").joinpath(name) for name in MODULES_BESIDE]
    for item in (item for item in (*chain(*rendering), *others) if item.is_file()):
        ours.update(item.name.encode() + b"\0" + item.read_bytes() + b"\0")
    parts = {
        "rendering": ours.hexdigest()[:16],
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    parts |= {typeface.value: _digest(typeface) for typeface in Typeface}
    parts |= {name: _library(*how) for name, how in _LIBRARIES.items()}
    packages = (
        "weasyprint",
        *_needed_by("weasyprint"),
        "Jinja2",
        "MarkupSafe",
        "Babel",
        "pydantic",
        "page-validation",  # it makes nothing, but what it passes is made again for another one
    )
    parts |= {name: _version(name) for name in packages}
    return dict(sorted(parts.items(), key=lambda part: part[0].lower()))


def engine_differences(then: Mapping[str, str], now: Mapping[str, str]) -> str:
    """How one engine differs from another: `WeasyPrint 69.1 then, 70.0 now`; blank if it does not.

    What has a digest for a version has only become another one.
    """
    said = []
    for name in sorted({*then, *now}, key=lambda name: (name != "weasyprint", name.lower())):
        before, after = then.get(name, ""), now.get(name, "")
        if before == after:
            continue
        if name in _SHOWN:
            said.append(_SHOWN[name].format(before or "none", after or "none"))
        else:
            said.append(f"{name} {before or 'none'} then, {after or 'none'} now")
    return "; ".join(said)


_SHOWN = {
    "weasyprint": "WeasyPrint {} then, {} now",
    "rendering": "another version of this program",
    **{typeface.value: f"another {typeface}" for typeface in Typeface},
}


def _needed_by(package: str) -> list[str]:
    """The names of the packages that one cannot do without (its extras are not among them)."""
    try:
        wanted = requires(package) or []
    except PackageNotFoundError:
        return []
    return [re.split(r"[^\w.-]", line)[0] for line in wanted if "extra ==" not in line]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _library(names: tuple[str, ...], function: str) -> str:
    for name in names:
        with suppress(OSError, AttributeError):
            say = getattr(ctypes.CDLL(name), function)
            say.restype = ctypes.c_char_p
            return str(say().decode())
    return ""


def _digest(typeface: Typeface) -> str:
    content = b"".join(face.content for face in font_files(typeface))
    return hashlib.sha256(content).hexdigest()[:16]
