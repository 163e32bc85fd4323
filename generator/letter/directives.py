"""Directives: what stands in wording by its name, in a paragraph of its own, such as a table."""

import re
from dataclasses import dataclass
from enum import StrEnum

from generator.edition.yaml_tree import shown
from generator.plain_text import single_spaced


class Directive(StrEnum):
    """What a directive places."""

    TABLE = "table"
    WORDS = "words"
    CHART = "chart"


@dataclass(frozen=True)
class Placed:
    """What a paragraph of wording places instead of words of its own."""

    directive: Directive
    name: str
    beside: bool = False
    """Whether it stands beside the words before it, on the statistics page."""


_BEGINS = re.compile(rf"{{{{\s*({'|'.join(Directive)})(?=\s+[^\s|}}])")
_WHOLE = re.compile(r"{{\s*(\w+)\s+([\w-]+)\s*(\|\s*beside\s*)?}}")


def is_directive(text: str) -> bool:
    """Whether a placeholder means a directive, however it is written."""
    return _BEGINS.match(text) is not None


def parse_directive(source: str) -> Placed | None:
    """The directive that a paragraph is; None where it is none, or is not written as one is."""
    found = _WHOLE.fullmatch(source.strip())
    if found is None or found[1] not in set(Directive):
        return None
    return Placed(Directive(found[1]), found[2], bool(found[3]))


def misplaced(text: str) -> tuple[str, str]:
    """What is wrong with a directive that stands within words, or cannot be read; and itself."""
    found = _BEGINS.match(text)
    kind = found[1] if found else "table"
    typed = single_spaced(text)
    if parse_directive(text) is None:
        beside = ", or | beside after the name" if kind == Directive.TABLE else ""
        return f"expected {{{{ {kind} NAME }}}}{beside}", shown(typed)
    what = {"table": "a table must stand", "chart": "a chart must stand"}.get(
        kind, "fixed words must stand"
    )
    alone = "alone in a paragraph of a wording file, with a blank line before and after"
    return f"{what} {alone}, never within text, a list or a heading", shown(typed)
