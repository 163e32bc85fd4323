"""The parts of a page whose words can be others: set anew by the engine, and held to what was."""

from abc import ABC, abstractmethod
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from generator.rendering.pdf.page_boxes import inner_box, words_of_html
from generator.rendering.pdf.recording import Line, Margins, Setting, UnfitError, measures_of
from generator.rendering.pdf.weasyprint_parts import boxes

SetAnew = Sequence[tuple[Line, Any]]
"""Each line of before with the box of the one that comes in its place."""


class WordPart(ABC):
    """Lines that are set in one go."""

    def __init__(self, texts: Sequence[Any]) -> None:
        self.texts = texts
        """The boxes of its words, before they are divided into lines."""
        self.elements = {text.element for text in texts}
        self.words: Sequence[tuple[Any, int]] | None = None
        """Those of the boxes that say a text of the page, each with its number there."""
        self.is_proven = False
        """Whether it was set in its own words and came out as it was."""
        self.drawn: OrderedDict[Any, Any] = OrderedDict()
        """What was drawn of it, by all that decides it: the one that was asked for last at the
        end."""

    @property
    def decided_by(self) -> Any:
        """All that decides how it is set and drawn; None where that is not only its own words."""
        return None

    may_be_measured = False
    """Whether it is of no matter that the width of its words has a say in the room around it."""

    @abstractmethod
    def set(self) -> SetAnew:
        """Set it in the words that it now has. Raises `UnfitError` where it takes another room."""


class Paragraph(WordPart):
    """A paragraph, a cell, a line of an address, on the pages where it stands."""

    def __init__(self, settings: Sequence[Setting]) -> None:
        super().__init__(texts_in(settings[0].paragraph))
        self._settings = settings
        self.is_alone = False
        """Whether no other paragraph is of the same element."""

    @property
    def element(self) -> Any:
        """What it is the words of, or a part of them."""
        return self._settings[0].paragraph.element

    @property
    def decided_by(self) -> Any:
        """Its words: box by box, and all together, which tell where a line is broken in one."""
        if not self.is_alone:
            return None
        return (*(text.text for text in self.texts), words_of_html(self.element))

    def set(self) -> SetAnew:
        """Set each of its lines where the one before it was set, and move it as that was moved."""
        made: list[tuple[Line, Any]] = []
        next_at = None
        for setting in self._settings:
            if not setting.is_simple or (setting.resumed_at is None) != (next_at is None):
                raise UnfitError("a paragraph stands beside something")
            found = list(islice(setting.set(next_at), len(setting.lines)))
            if len(found) != len(setting.lines):
                raise UnfitError("a paragraph has fewer lines")
            for line, (box, next_at) in zip(setting.lines, found, strict=True):
                if (next_at is None) != (line.next_at is None):
                    raise UnfitError("a paragraph has more or fewer lines")
                if measures_of(box) != line.measures:
                    raise UnfitError("a line has another height")
                for move in line.moves:
                    box.translate(*move)
                made.append((line, box))
        if next_at is not None:
            raise UnfitError("a paragraph is not all on the pages")
        _check_forms(made)
        return made


class Margin(WordPart):
    """What stands in the margins of a page, such as a running head."""

    may_be_measured = True

    def __init__(self, margins: Margins) -> None:
        running = margins.context.running_elements.values()
        super().__init__(
            [t for pages in running for all_ in pages.values() for t in texts_in(*all_)]
        )
        self._margins = margins

    def set(self) -> SetAnew:
        """Make all margins of the page anew: none that is itself seen may be elsewhere."""
        before, after = (list(_all(made)) for made in (self._margins.boxes, self._margins.make()))
        if len(before) != len(after):
            raise UnfitError("a margin holds other boxes")
        made = []
        for old, new in zip(before, after, strict=True):
            is_line = isinstance(old, boxes.LineBox)
            if type(old) is not type(new) or old.element is not new.element:
                raise UnfitError("a margin holds other boxes")
            if is_line and measures_of(old) == measures_of(new):
                made.append((old.recorded, new))
            elif is_line or (_is_seen(old) and _geometry(old) != _geometry(new)):
                raise UnfitError("a margin has another size")
        _check_forms(made)
        return made


def _all(made: Iterable[Any]) -> Iterator[Any]:
    """Boxes and those in them, as deep as lines."""
    for box in map(inner_box, made):
        yield box
        if not isinstance(box, boxes.LineBox):
            yield from _all(getattr(box, "children", ()))


def _geometry(box: Any) -> tuple[Any, ...]:
    sides = ("top", "right", "bottom", "left")
    margins = (getattr(box, f"margin_{side}", None) for side in sides)
    return (box.position_x, box.position_y, box.width, box.height, *margins)


def _is_seen(box: Any) -> bool:
    """Whether more can be seen of a box than the words in it."""
    style = box.style
    sides = ("top", "right", "bottom", "left")
    return (
        box.background is not None
        or any(getattr(box, f"border_{side}_width") for side in sides)
        or bool(style["outline_width"])
        or style["overflow"] != "visible"
        or bool(style["transform"])
    )


def _check_forms(made: SetAnew) -> None:
    """That each line is made of the same boxes as the one before. Raises `UnfitError`."""
    for line, box in made:
        if _form(box) != _form(line.box):
            raise UnfitError("a line is made of other boxes")


def _form(box: Any) -> tuple[Any, ...]:
    if not isinstance(box, boxes.TextBox | boxes.LineBox | boxes.InlineBox) or box.is_leader:
        raise UnfitError("a line holds more than words")
    inner = tuple(map(_form, box.children))
    return (type(box), box.element_tag, id(box.element), inner)


def texts_in(*parents: Any) -> list[Any]:
    """The boxes of the words in some boxes."""
    return [
        box for parent in parents for box in parent.descendants() if isinstance(box, boxes.TextBox)
    ]


def parts_of(settings: Sequence[Setting], margins: Sequence[Margins]) -> Iterator[WordPart]:
    """The parts of a page: of what was set only that which was drawn, each line once."""
    begun: dict[int, list[Setting]] = {}
    in_margins = {id(box) for each in margins for box in _all(each.boxes)}
    for setting in settings:
        setting.lines = [line for line in setting.lines if len(line.drawings) == 1]
        if setting.lines and id(setting.lines[0].box) not in in_margins:
            begun.setdefault(id(setting.paragraph), []).append(setting)
    paragraphs = [Paragraph(each) for each in begun.values()]
    of_element = Counter(paragraph.element for paragraph in paragraphs)
    for paragraph in paragraphs:
        paragraph.is_alone = of_element[paragraph.element] == 1
        yield paragraph
    yield from map(Margin, margins)


def words_in(
    part: WordPart, numbers: Mapping[Any, Sequence[int]], texts: Sequence[str]
) -> list[tuple[Any, int]]:
    """The boxes of a part's words, each with the number of its text on the page.

    Raises `UnfitError` where a box does not say its text as it stands there.
    """
    found: list[tuple[Any, int]] = []
    own: dict[Any, list[Any]] = {}
    for box in part.texts:
        if box.text.strip(" ") and "::" not in box.element_tag:
            own.setdefault(box.element, []).append(box)
    for element, its_boxes in own.items():
        its_numbers = numbers.get(element, ())
        said = [box.text.strip(" ") for box in its_boxes]
        if said != [texts[number] for number in its_numbers] or any(map(_is_changed, its_boxes)):
            raise UnfitError("words are printed otherwise than they stand on the page")
        found += zip(its_boxes, its_numbers, strict=True)
    return found


def _is_changed(box: Any) -> bool:
    """Whether the styles make other words or spaces of a text."""
    style = box.style
    return style["text_transform"] != "none" or style["white_space"] not in {"normal", "nowrap"}
