"""The letter template: its HTML and its styles, read once, checked, located."""

import base64
import mimetypes
import re
import traceback
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from generator.edition.letterhead import Typeface
from generator.edition.source_text import read_source
from generator.files.bounded_read import Sort, read_bytes
from generator.letter.printed_table import PrintedChart
from generator.problems import Place, Problem, did_you_mean, noting, system_message
from generator.rendering.chart_drawing import chart_address
from generator.rendering.failures import LetterTemplateError
from generator.rendering.fonts import typeface_styles
from generator.rendering.inert_markup import complaints_about_styles
from generator.workspace import EditionFolders

TEMPLATE = "letter.html.jinja"
STYLES = "letter.css"
SCREEN_STYLES = "screen.css"
FILES = (TEMPLATE, STYLES, SCREEN_STYLES)


class _Undefined(StrictUndefined):
    """What a template asks for and is not there; the nearest name that is there is offered."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        there = () if self._undefined_obj is missing else dir(self._undefined_obj)
        names = [name for name in there if not name.startswith("_")]
        return super()._undefined_message + did_you_mean(str(self._undefined_name), names)


@cache
def _is_plain_data(kind: Hashable) -> bool:
    return is_dataclass(kind)


class _Sandbox(SandboxedEnvironment):
    """Jinja without reach: no sums, no globals, nothing undefined, everything escaped."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self) -> None:
        super().__init__(
            autoescape=True, undefined=_Undefined, trim_blocks=True, lstrip_blocks=True
        )
        self.globals.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What the template reads of an object; of a letter's parts, all that are data.

        Asked a thousand times for each letter: the parts, which are plain data, are known by type.
        """
        if _is_plain_data(obj.__class__) and not attribute.startswith("_"):
            value = getattr(obj, attribute, missing)
            if value is not missing:
                return value
        return super().getattr(obj, attribute)

    def call_binop(self, _context: Any, operator: str, _left: Any, _right: Any) -> Any:
        raise SecurityError(f"no arithmetic in a template ({operator}): values arrive finished")


_NO_ATTRIBUTE = re.compile(r"'(?:[\w.]+\.)?(\w+) object' has no attribute '(\w+)'")
_COMPOSED = re.compile(r"\bComposed(?=(Letter|Block)\b)")
"""Whoever writes a template has no other letters, so these are called by their simple names."""
_PICTURE = re.compile(r"[A-Za-z0-9_-]+\.(png|jpg|jpeg|svg)")


@dataclass(frozen=True)
class LetterTemplate:
    """The template and the styles of an edition's letters; the same for all of them.

    It holds all that a page is made of besides its letter, as text: so it can be handed to another
    process or machine, and a digest of it tells whether anything has changed.
    """

    template: str
    styles: str
    """Those for paper, and what screens share with them: all that the PDF engine reads. They set
    the letter in its typeface."""
    screen_styles: str
    pictures: Mapping[str, str]
    """Those beside the template, by file name, as `data:` addresses: a page carries its own."""
    letterhead: Mapping[str, str]
    """The same of the edition's letterhead."""
    template_path: Path
    styles_path: Path
    typeface: Typeface = Typeface.LIBERATION_SANS

    def fill(self, **values: Any) -> str:
        """The template filled in. Raises `LetterTemplateError` where it asks for too much."""
        template = _compile(self.template)
        try:
            return template.render(
                **values, image=self._picture, source=self.letterhead.get, drawing=self._drawing
            )
        except Exception as error:  # whatever a template can do wrong
            raise LetterTemplateError([self._problem(error)]) from error

    def _drawing(self, chart: PrintedChart, language: str) -> str:
        return chart_address(chart, language, self.typeface)

    def _picture(self, name: str) -> str:
        if not _PICTURE.fullmatch(name):
            raise ValueError(f'image("{name}"): expected the name of a png, jpg or svg file')
        if name not in self.pictures:
            folder = self.template_path.parent
            raise ValueError(f'image("{name}"): no such file in {folder}')
        return self.pictures[name]

    def _problem(self, error: Exception) -> Problem:
        lines = [
            frame.lineno or 0
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == TEMPLATE
        ]
        place = Place(self.template_path, lines[-1] if lines else 0)
        words = _COMPOSED.sub("", str(error))
        said = _NO_ATTRIBUTE.sub(r'there is no "\2" in \1', words) or type(error).__name__
        return Problem(place, f"the template cannot be rendered: {said}")


def load_letter_template(
    folders: EditionFolders,
    typeface: Typeface = Typeface.LIBERATION_SANS,
    letterhead: Mapping[str, str] = MappingProxyType({}),
    *,
    is_sound: bool = False,
) -> tuple[LetterTemplate | None, list[Problem]]:
    """Read the template and the styles, each from where it is found (`EditionFolders.template`).

    The pictures of its letterhead are read already. What was found to be sound is not checked.
    """
    texts = {}
    problems: list[Problem] = []
    for name in FILES:
        path = folders.template(name)
        text = noting(problems, read_source(path))
        if text is not None:
            texts[name] = text
        if name != TEMPLATE and text is not None and not is_sound:
            problems += [
                Problem(Place(path, found.line, found.column), found.message)
                for found in complaints_about_styles(text)
            ]
    if problems:
        return None, problems
    template_path = folders.template(TEMPLATE)
    try:
        if not is_sound:
            _compile(texts[TEMPLATE])
    except TemplateSyntaxError as error:
        place = Place(template_path, error.lineno)
        return None, [Problem(place, f"not a Jinja template: {error.message}")]
    pictures, problems = _pictures(folders, texts[TEMPLATE])
    if problems:
        return None, problems
    letter_template = LetterTemplate(
        template=texts[TEMPLATE],
        styles=texts[STYLES] + typeface_styles(typeface),
        screen_styles=texts[SCREEN_STYLES],
        pictures=pictures,
        letterhead=letterhead,
        template_path=template_path,
        styles_path=folders.template(STYLES),
        typeface=typeface,
    )
    return letter_template, []


@lru_cache(maxsize=8)  # every letter is filled into it, and a preview loads it again and again
def _compile(source: str) -> Template:
    """The template, ready to be filled in; where it fails, Python names `TEMPLATE` as the file."""
    environment = _Sandbox()
    code = environment.compile(source, filename=TEMPLATE)
    return Template.from_code(environment, code, environment.globals)


def _pictures(folders: EditionFolders, template: str) -> tuple[dict[str, str], list[Problem]]:
    """The pictures that a template shows, the edition's own before everyone's.

    The others beside it are not read. One that is not there is missed where it is filled in.
    """
    paths: dict[str, Path] = {}
    for folder in (folders.workspace.templates, folders.templates):
        beside = (path for path in sorted(folder.glob("*.*")) if _PICTURE.fullmatch(path.name))
        paths |= {path.name: path for path in beside}
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name, line in _shown_by(template, paths).items() if paths else ():
        kind = mimetypes.guess_type(name)[0]
        try:
            content = base64.b64encode(read_bytes(paths[name], Sort.PICTURE)).decode()
            found[name] = f"data:{kind};base64,{content}"
        except OSError as error:
            place = Place(folders.template(TEMPLATE), line)
            message = f"{paths[name]} cannot be read: {system_message(error)}"
            problems.append(Problem(place, message, f'image("{name}")'))
    return found, problems


def _shown_by(template: str, names: Collection[str]) -> dict[str, int]:
    """The pictures that a template names, and its line; all where it works a name out."""
    shown: dict[str, int] = {}
    for said, is_all, line in _calls_for_pictures(template):
        asked = [name for name in names if name in said or not is_all]
        shown |= {name: line for name in asked if name not in shown}
    return shown


@lru_cache(maxsize=8)
def _calls_for_pictures(template: str) -> list[tuple[list[object], bool, int]]:
    """What each call of `image` says as it stands, whether that is all it says, and its line."""
    found = []
    for call in _Sandbox().parse(template).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "image":
            said = [part.value for part in call.args if isinstance(part, nodes.Const)]
            found.append((said, len(said) == len(call.args), call.lineno))
    return found


def page_styles(letter_template: LetterTemplate) -> Markup:
    """The styles as the content of a page's `<style>` element."""
    # Markup: our own files, searched for the end of the element when they were read.
    return Markup(f"{letter_template.styles}\n{letter_template.screen_styles}")
