"""Why a letter cannot be rendered: four kinds of failure, none of them our own mistake."""

import re
import unicodedata

from generator.edition.letterhead import Typeface
from generator.problems import Problem


class LetterTemplateError(Exception):
    """The template, the styles or the typeface do not do what a letter needs."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class EngineError(Exception):
    """A letter could not be printed as intended; `reasons` says why, a sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def missing_glyph(character: str, typeface: Typeface) -> str:
    """The sentence for a character that the typeface has not."""
    name = unicodedata.name(character, "a character without a name").lower()
    return f"{typeface} has no glyph for “{character}” (U+{ord(character):04X}, {name})"


class ProofError(Exception):
    """A letter was printed and does not read back as it should; `findings` says why."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("; ".join(findings))
        self.findings = findings


class StylesError(Exception):
    """The styles ask for what the engine cannot do; `complaints` says what, by line and column."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.complaints = [_located(reason) for reason in reasons]


def _located(reason: str) -> tuple[str, int, int]:
    place = re.search(r"\s*,? at (\d+):(\d+)", reason)
    if place is None:
        return reason, 0, 0
    return reason.replace(place[0], ""), int(place[1]), int(place[2])
