"""What the engine did to make one page a PDF, noted down line by line while it did it.

Of each line of text is kept how the engine came to set it (`Setting`), where it was moved
afterwards, and what was written when it was drawn (`Drawing`): enough to have the engine set and
draw the same line once more in other words. Besides is noted which words had a say in more than
their own lines: those whose width was asked for, since widths of other boxes may depend on them.

To notice all this, functions of the engine are wrapped while it works, and only then.
`tests/rendering/test_engine_functions.py` fails when one of them is not what it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from generator.rendering.pdf.weasyprint_parts import (
    boxes,
    engine_block,
    engine_drawing,
    engine_inline,
    engine_layout,
    engine_pdf,
    engine_preferred,
    wrapped,
)

Glyphs = dict[Any, tuple[dict[int, str], dict[int, int]]]
"""What texts add to each font: the text of each glyph and its width, in the order they came."""


class UnfitError(Exception):
    """A page cannot be made from another one; the text says why."""


@dataclass(eq=False)
class Setting:
    """Lines set in one go, on one page: all of a paragraph or as much of it as found room."""

    context: Any
    paragraph: Any
    """The box of all its words, not yet divided into lines."""
    position_y: float
    bottom_space: float
    resumed_at: Any
    """Where in the paragraph it began; None at its beginning."""
    container: Any
    """The box that it stands in, as it was then."""
    is_simple: bool
    """Whether nothing had to be considered but words and width."""
    lines: list["Line"] = field(default_factory=list)

    def set(self, resumed_at: Any) -> Iterator[tuple[Any, Any]]:
        """Have the engine set the lines once more, in the words that the paragraph now has.

        Each comes with where in the words the next one begins.
        """
        context = self.context
        context.create_block_formatting_context(self.container)
        try:
            yield from engine_inline.iter_line_boxes(
                context, self.paragraph, self.position_y, self.bottom_space, resumed_at,
                self.container, [], [], None, None,
            )  # fmt: skip
        finally:
            context.finish_block_formatting_context()


@dataclass(eq=False)
class Margins:
    """What stands in the margins of a page: made for the page, its sizes by what is in it."""

    context: Any
    page: Any
    state: Any
    number: int
    boxes: list[Any]

    def make(self) -> list[Any]:
        """Have the engine make them once more, of the words that running elements now have."""
        self.context.current_page = self.number
        return list(engine_layout.make_margin_boxes(self.context, self.page, self.state))


@dataclass(eq=False)
class Line:
    """A line of text as the engine set it."""

    box: Any
    next_at: Any
    """Where in the paragraph the next one begins; None for the last."""
    measures: tuple[float, ...]
    moves: list[tuple[float, float, bool]] = field(default_factory=list)
    """How it was moved since, in order: the sum would differ from the steps in the last bits."""
    drawings: list["Drawing"] = field(default_factory=list)
    order: int | None = None
    """Its number among the lines of the letter's text; None in the margins of pages."""


def measures_of(line: Any) -> tuple[float, ...]:
    """What of a line others depend on."""
    return (line.position_y, line.height, line.baseline, line.margin_top, line.margin_bottom)


@dataclass(eq=False)
class Drawing:
    """What was written when a line or a picture was drawn."""

    stream: Any
    page: Any
    start: int
    before: dict[str, Any]
    """The colours and fonts in force."""
    end: int = 0
    after: dict[str, Any] = field(default_factory=dict)
    glyphs: Glyphs = field(default_factory=dict)

    @property
    def written(self) -> list[Any]:
        """What was written, as it stands in the stream now that all marks are final."""
        return list(self.stream.stream[self.start : self.end])


def state_of(stream: Any) -> dict[str, Any]:
    """What a stream remembers of what was written: colours, fonts and the like."""
    kept = ("_current", "_old", "_ctm")
    return {name: copy(value) for name, value in vars(stream).items() if name.startswith(kept)}


def own(value: Any) -> Any:
    """A part of such a state for a stream to change: the one that is kept stays as it is."""
    return list(value) if isinstance(value, list) else value


def sizes(stream: Any) -> dict[str, int]:
    """How much a stream has of each kind that stands outside of it."""
    resources = stream._resources
    return {name: len(them) for name, them in resources.items() if isinstance(them, dict)}


def take_glyphs(fonts: dict[Any, Any]) -> Glyphs:
    """What was added to fonts since this was last asked; they are left with nothing."""
    taken: Glyphs = {}
    for key, font in fonts.items():
        if font.to_unicode or font.widths:
            taken[key] = (font.to_unicode, font.widths)
            font.to_unicode, font.widths = {}, {}
    return taken


def add_glyphs(fonts: dict[Any, Any], glyphs: Glyphs) -> None:
    """Add what texts bring to fonts, as the engine does: of each glyph the first counts.

    The engine measures a glyph once and goes by that in all later texts, whatever their size.
    Where two measured by themselves differ, a later text therefore depends on an earlier one.
    """
    for key, (texts, widths) in glyphs.items():
        font = fonts[key]
        for glyph, text in texts.items():
            font.to_unicode.setdefault(glyph, text)
        for glyph, width in widths.items():
            if font.widths.setdefault(glyph, width) != width:
                raise UnfitError("a glyph has another width in another size")


class GlyphsInOrder:
    """The glyphs of all that was drawn on a page, with those of other lines in their places."""

    def __init__(self, drawn: Sequence["Drawing | Glyphs"]) -> None:
        self._drawn = drawn
        self._apart: set[Drawing] = set()
        """What was drawn with other glyphs at least once: all between is put together."""
        self._runs: list[Drawing | Glyphs] = []

    def add_to(self, fonts: dict[Any, Any], others: Mapping["Drawing", Glyphs]) -> None:
        """Add them all to fonts without any. Raises `UnfitError`."""
        if not self._runs or not others.keys() <= self._apart:
            self._apart |= others.keys()
            self._runs = list(self._put_together(fonts))
        for run in self._runs:
            add_glyphs(fonts, others.get(run, run.glyphs) if isinstance(run, Drawing) else run)

    def _put_together(self, fonts: dict[Any, Any]) -> Iterator["Drawing | Glyphs"]:
        together = {key: _without_glyphs(font) for key, font in fonts.items()}
        for drawn in self._drawn:
            if isinstance(drawn, Drawing) and drawn in self._apart:
                yield from filter(None, [take_glyphs(together)])
                yield drawn
            else:
                add_glyphs(together, drawn.glyphs if isinstance(drawn, Drawing) else drawn)
        yield take_glyphs(together)


class Recording:
    """All that was noted of one page."""

    def __init__(self) -> None:
        self.settings: list[Setting] = []
        self.margins: list[Margins] = []
        self.measured: set[Any] = set()
        """The elements whose words were measured for more than to set them."""
        self.drawn: list[Drawing | Glyphs] = []
        """What was drawn, in order: lines, pictures, and the glyphs of all that is between them."""
        self.pictures: list[tuple[Any, Drawing]] = []
        """The boxes of pictures that stand by themselves, each with what was written for it."""
        self.figures: dict[Any, Any] = {}
        """The structure element that the HTML of a picture became."""
        self._is_noting = False
        self.fonts: dict[Any, Any] = {}
        """As they were before only the glyphs that are used were left in them."""
        self.font_arguments: tuple[Any, ...] = ()
        self.font_numbers = range(0)
        """The numbers of the objects that the fonts became."""
        self.attachments: list[int] = []
        """The number of the stream of each attached file."""

    @contextmanager
    def laying_out(self) -> Iterator[None]:
        """While inside, how lines are set and moved is noted."""
        move = boxes.Box.translate

        def translate(box: Any, dx: float = 0, dy: float = 0, ignore_floats: bool = False) -> None:
            if "recorded" in vars(box) and (dx or dy):
                box.recorded.moves.append((dx, dy, ignore_floats))
            move(box, dx, dy, ignore_floats)

        boxes.LineBox.translate = translate
        try:
            with (
                wrapped(engine_block, "iter_line_boxes", self._note_setting),
                wrapped(engine_preferred, "inline_line_widths", self._note_measuring),
                wrapped(engine_layout, "make_margin_boxes", self._note_margins),
            ):
                yield
        finally:
            del boxes.LineBox.translate

    def _note_setting(
        self, set_lines: Any, context: Any, paragraph: Any, position_y: float, *more: Any
    ) -> Iterator[tuple[Any, Any]]:
        bottom_space, resumed_at, container, _, _, first_letter, first_line = more
        is_simple = not context.excluded_shapes and not first_letter and not first_line
        setting = Setting(
            context, paragraph, position_y, bottom_space, resumed_at, container.copy(), is_simple
        )
        self.settings.append(setting)
        for line, next_at in set_lines(context, paragraph, position_y, *more):
            line.recorded = Line(line, next_at, measures_of(line))
            setting.lines.append(line.recorded)
            yield line, next_at

    def _note_measuring(
        self, measure: Any, context: Any, box: Any, *more: Any, **others: Any
    ) -> Any:
        self.measured |= {inner.element for inner in box.descendants()}
        return measure(context, box, *more, **others)

    def _note_margins(self, make: Any, context: Any, page: Any, state: Any) -> list[Any]:
        made = list(make(context, page, state))
        self.margins.append(Margins(context, page, state, context.current_page, made))
        return made

    @contextmanager
    def writing(self) -> Iterator[None]:
        """While inside, what each line is drawn with is noted, and what becomes of the rest."""
        with (
            wrapped(engine_drawing, "draw_inline_level", self._note_drawing),
            wrapped(engine_drawing, "draw_replacedbox", self._note_picture),
            wrapped(engine_pdf, "build_fonts_dictionary", self._note_fonts),
            wrapped(engine_pdf, "write_pdf_attachment", self._note_attachment),
        ):
            yield

    def _note_drawing(self, draw: Any, stream: Any, page: Any, box: Any, *more: Any) -> None:
        if self._is_noting or "recorded" not in vars(box):
            draw(stream, page, box, *more)
            return
        with self._noting(stream, page) as drawing:
            draw(stream, page, box, *more)
        box.recorded.drawings.append(drawing)

    def _note_picture(self, draw: Any, stream: Any, box: Any) -> None:
        if self._is_noting:
            draw(stream, box)
            return
        with self._noting(stream, None) as drawing:
            draw(stream, box)
        self.pictures.append((box, drawing))

    @contextmanager
    def _noting(self, stream: Any, page: Any) -> Iterator[Drawing]:
        """Note what is written inside, and what it adds to the fonts."""
        self._is_noting = True
        self.drawn.append(take_glyphs(stream._fonts))
        drawing = Drawing(stream, page, len(stream.stream), state_of(stream))
        yield drawing
        drawing.end, drawing.after = len(stream.stream), state_of(stream)
        drawing.glyphs = take_glyphs(stream._fonts)
        self.drawn.append(drawing)
        self._is_noting = False

    def _note_fonts(self, build: Any, pdf: Any, fonts: dict[Any, Any], *more: Any) -> Any:
        self.drawn.append(take_glyphs(fonts))
        self.fonts = {key: _without_glyphs(font) for key, font in fonts.items()}
        for drawn in self.drawn:
            add_glyphs(fonts, drawn.glyphs if isinstance(drawn, Drawing) else drawn)
        self.font_arguments, start = more, len(pdf.objects)
        built = build(pdf, fonts, *more)
        self.font_numbers = range(start, len(pdf.objects))
        return built

    @property
    def image_at(self) -> Any:
        """What gives the engine the picture of an address."""
        return self.settings[0].context.get_image_from_uri

    def _note_attachment(self, write: Any, pdf: Any, *more: Any) -> Any:
        self.attachments.append(len(pdf.objects))
        return write(pdf, *more)


def _without_glyphs(font: Any) -> Any:
    other = copy(font)
    other.to_unicode, other.widths, other.missing = {}, {}, {}
    return other
