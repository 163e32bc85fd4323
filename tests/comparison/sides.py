"""Small letters, written out in a test: a passage or two, a figure or two."""

from pathlib import Path

from generator.comparison.changes import Change
from generator.letter.letter_text import LetterSource, LetterText, PrintedFigure, TextBlock
from generator.letter.normalised_wording import names_in


def words(
    wording: str, *values: str, part: str | None = "ponds", role: str = "paragraph", **more: str
) -> TextBlock:
    """A passage of this wording, with these values for its placeholders."""
    names = names_in(wording)
    text = wording
    for name, value in zip(names, values, strict=True):
        text = text.replace(f"{{{{ {name} }}}}", value, 1)
    insert = more.get("insert")
    origin = more.get("origin", "insert" if insert else "section")
    given = tuple(zip(names, values, strict=True))
    return TextBlock(part, role, text, wording, given, origin, insert)


def read(text: str, part: str | None = "ponds", role: str = "paragraph") -> TextBlock:
    """A passage of which only the printed words are known."""
    return TextBlock(part, role, text)


def figure(
    id_: str, value: int | None, label: str = "", group: str = "received", kind: str = "count"
) -> PrintedFigure:
    """A figure in a table; without a value it is a rate of nothing."""
    text = "N/A" if value is None else f"{value}%" if kind == "percent" else str(value)
    return PrintedFigure(group, id_, label or id_.capitalize(), text, value, kind)


def letter(*sides: TextBlock | PrintedFigure, slug: str = "ambridge", **more: object) -> LetterText:
    """A version of a letter of these; known with its wording, if it has any."""
    passages = tuple(side for side in sides if isinstance(side, TextBlock))
    bare = bool(passages) and all(passage.wording is None for passage in passages)
    given = {
        "source": LetterSource.TEXT if bare else LetterSource.RECORD,
        "path": Path(f"{slug}.pdf"),
        "year": 2031,
        "figures": tuple(side for side in sides if isinstance(side, PrintedFigure)),
        **more,
    }
    return LetterText(slug=slug, authority=slug.title(), passages=passages, **given)  # type: ignore[arg-type]


def told(change: Change) -> tuple[str, str, str, str]:
    """A change in short: what became of it, why, and the words."""
    return (change.action.value, change.cause.value, change.gone, change.new)
