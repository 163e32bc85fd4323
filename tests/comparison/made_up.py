"""Made-up letters for property tests: any passages, any values, in any order."""

from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from generator.letter.letter import (
    Block,
    Composition,
    Letter,
    LetterSource,
    PrintedFigure,
    Reading,
)
from generator.letter.markup import names_in
from tests.comparison.sides import letter_of

_SENTENCE = (
    "we publish these figures every year about 58 courses on 18 July 2018, £20 million or 65% of "
    "“ponds” the authority’s www.borsetshire.example/ponds (2017-18) ducks. a to and"
)
WORDS = st.sampled_from(_SENTENCE.split())
PLACEHOLDERS = st.sampled_from(
    [
        "{{ authority.noun }}",
        "{{ authority.noun }}’s",
        "{{ edition.year }}",
        "({{ insert.matter }})",
    ]
)
VALUES = st.sampled_from(["council", "National Park", "2031", "18 July 2018", "65%"])
_LABELS = st.sampled_from(["A", "B"])
PARTS = ["opening", "ponds", "ducks"]
WORDINGS = st.lists(st.one_of(WORDS, WORDS, WORDS, PLACEHOLDERS), min_size=1, max_size=14).map(
    " ".join
)


@st.composite
def passages(draw: st.DrawFn, wordings: list[tuple[str, str, str | None]]) -> tuple[Block, ...]:
    """Some of these, each of a part, a wording and an insert, in this order, with values."""
    made = []
    values = {name: draw(VALUES) for name in ("authority.noun", "edition.year", "insert.matter")}
    for part, wording, insert in wordings:
        text = wording
        for name in names_in(wording):
            text = text.replace(f"{{{{ {name} }}}}", values[name])
        origin = "insert" if insert else "section"
        composition = Composition(wording, origin, insert)
        made.append(Block(part, "paragraph", text, composition))
    return tuple(made)


@st.composite
def figures(draw: st.DrawFn) -> tuple[PrintedFigure, ...]:
    """Some columns of a table."""
    ids = draw(st.lists(st.sampled_from(["roads", "ponds", "ducks"]), unique=True))
    return tuple(
        PrintedFigure("received", id_, draw(_LABELS), str(value), value, "count")
        for id_, value in zip(ids, draw(st.lists(st.integers(0, 9), min_size=3)), strict=False)
    )


@st.composite
def two_versions(draw: st.DrawFn, slug: str = "ambridge") -> tuple[Letter, Letter]:
    """Two versions of a letter that share some passages: as they were, reworded or moved."""
    inserts = st.sampled_from([None, None, None, "busy"])
    pool = draw(
        st.lists(st.tuples(st.sampled_from(PARTS), WORDINGS, inserts), min_size=1, max_size=6)
    )
    both = []
    for _ in range(2):
        chosen = draw(st.lists(st.sampled_from(pool), max_size=6))
        reworded = []
        for part, wording, insert in chosen:
            if draw(st.booleans()):
                words = wording.split(" ")
                words.insert(draw(st.integers(0, len(words))), draw(WORDS))
                wording = wording if "{{" in wording else " ".join(words)
            reworded.append((part, wording, insert))
        reworded.sort(key=lambda each: PARTS.index(each[0]))
        if draw(st.booleans()):
            reworded.sort(key=lambda each: each[0])
        both.append((draw(passages(reworded)), draw(figures())))
    before, after = (
        letter_of(
            slug, "Ambridge", year, made, tables, Reading(LetterSource.RECORD, Path(f"{slug}.pdf"))
        )
        for year, (made, tables) in zip((2030, 2031), both, strict=True)
    )
    return before, after


def without_wording(version: Letter) -> Letter:
    """The same letter read from a text: only its printed words are known."""
    bare = tuple(Block(p.part, p.role, p.text) for p in version.passages)
    reading = replace(version.reading, source=LetterSource.TEXT)
    return replace(version, blocks=bare, reading=reading)
