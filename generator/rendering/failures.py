"""Why a letter cannot be rendered: three kinds of failure, none of them our own mistake."""

import re

from generator.problems import Problem


class SkeletonError(Exception):
    """The template, the styles or the typeface do not do what a letter needs."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class EngineError(Exception):
    """A letter could not be printed as intended; `reasons` says why, a sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


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
