"""The shapes of the pages that were laid out last: what a page is made from, where one fits."""

import datetime
import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pydyf

from generator.rendering.pdf.font_subsets import FontSubsets
from generator.rendering.pdf.page_texts import PageTexts
from generator.rendering.pdf.pdf_file import PdfFile
from generator.rendering.pdf.recording import Recording, UnfitError
from generator.rendering.pdf.shape import Shape
from generator.rendering.record import Attached

_MOST = 8
"""So many are kept, each of some six megabytes: an edition has a few, and the oldest is dropped."""
_ELSEWHERE = re.compile(r"target-text|string-set|content\s*\(|@import", re.IGNORECASE)
"""What prints words of the page a second time, in another place."""


Key = tuple[str, tuple[tuple[str, str, datetime.date], ...]]
"""What pages of one shape have in common: the markup, and what is said of the attached files."""


def _key(words: PageTexts, attached: Iterable[Attached]) -> Key:
    return words.markup, tuple((file.name, file.description, file.day) for file in attached)


class Shapes:
    """The shapes of one engine, those that were used last."""

    def __init__(self, styles: str) -> None:
        self._kept: OrderedDict[Shape, Key] = OrderedDict()
        """The one that was used last at the end."""
        self._subsets = FontSubsets()
        self._may_be = not _ELSEWHERE.search(styles)
        self.why_not = ""

    def fill(self, words: PageTexts, attached: Mapping[Attached, Any]) -> bytes | None:
        """The PDF of a page, made from another one; None where that cannot be, for `why_not`."""
        self.why_not = "it is the first of its shape"
        key = _key(words, attached)
        for shape in [shape for shape, its_key in reversed(self._kept.items()) if its_key == key]:
            try:
                content = shape.fill(words, attached, self._subsets)
            except UnfitError as error:
                self.why_not = str(error)
            except Exception as error:  # whatever it is, the full render is the one to say it
                self.why_not = f"an error of the program, {type(error).__name__}: {error}"
            else:
                self.why_not = ""
                self._kept.move_to_end(shape)
                return content
        return None

    def keep(
        self,
        words: PageTexts,
        attached: Sequence[Attached],
        recording: Recording,
        document: Any,
        pdf: pydyf.PDF,
        file: PdfFile,
    ) -> None:
        """Keep the shape of a page that was just laid out, if others can be made from it."""
        if not self._may_be:
            self.why_not = "the styles print words in a second place"
            return
        try:
            shape = Shape(words, recording, document, pdf, file)
        except UnfitError as error:
            self.why_not = str(error)
            return
        self._kept[shape] = _key(words, attached)
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)
