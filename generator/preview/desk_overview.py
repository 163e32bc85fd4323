"""The overview of the desk: what is left to do, what was changed last, and what stands out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from generator.batch.run import NO_LETTER
from generator.preview.all_letters import tags_of
from generator.preview.edition_snapshot import EditionSnapshot
from generator.preview.impact import outliers
from generator.preview.pages import render
from generator.preview.preview_state import PreviewState
from generator.problems import counted
from generator.reports.report_model import NAMES

_MOST_LINKS = 12


@dataclass(frozen=True)
class LetterStep:
    """Something that has to be done for every letter before it is sent."""

    tag: str
    """By which the letters are found that it is not yet done for."""
    said: str
    hint: str
    """What to do about them."""
    tone: str = ""


STEPS = (
    LetterStep(
        "has problems",
        "with problems",
        "Correct what Problems lists; until then not even drafts can be made.",
        "bad",
    ),
    LetterStep(
        "figures missing",
        "with figures missing",
        "Supply them in the authority’s file, or import a spreadsheet.",
        "doubtful",
    ),
    LetterStep(
        "to be confirmed",
        "to be confirmed",
        "Look at what is unusual or was carried over, and confirm it if it is right.",
        "doubtful",
    ),
    LetterStep("out of date", "changed since they were built", "Build them again."),
    LetterStep("not made", "not built yet", "Build them once they are ready."),
    LetterStep("not approved", "not approved", "Have them reviewed and approved."),
    LetterStep("not issued", "not issued", "Issue them once they are built and approved."),
)
"""In their order: each can only be done when those before it are."""


@dataclass(frozen=True)
class OpenStep:
    """A step that is not yet done for all letters: for how many it is left, in hundredths too."""

    step: LetterStep
    number: int
    done: int


def overview_page(desk: PreviewState, reading: EditionSnapshot) -> str:
    """What is left to do, what the last saves changed, and which letters stand out."""
    return render(
        "overview",
        desk,
        steps=_open_steps(desk, reading),
        due=sum(each.status != NO_LETTER for each in reading.letters.values()),
        is_known=desk.standing is not None,
        names={slug: letter.name for slug, letter in reading.letters.items()},
        groups=_changed(desk),
        recent=desk.recent,
        outliers=outliers(reading, desk.render_cache.pages),
        most_links=_MOST_LINKS,
        most_names=NAMES,
        letters=partial(counted, noun="letter"),
    )


def _open_steps(desk: PreviewState, reading: EditionSnapshot) -> list[OpenStep]:
    due = [each for each in reading.letters.values() if each.status != NO_LETTER]
    counts = Counter(tag for letter in due for tag in tags_of(letter, desk, frozenset()))
    return [
        OpenStep(step, counts[step.tag], 100 * (len(due) - counts[step.tag]) // len(due))
        for step in STEPS
        if counts[step.tag]
    ]


def _changed(desk: PreviewState) -> list[tuple[str, Sequence[str]]]:
    """The letters that the last save changed, by what changed in them."""
    if desk.save is None:
        return []
    impact, count = desk.save.impact, desk.page_count
    kinds: dict[str, list[str]] = {}
    for slug, what in impact.changed.items():
        kinds.setdefault(" and ".join(what), []).append(slug)
    groups: list[tuple[str, Sequence[str]]] = [
        ("Can no longer be made", impact.broken),
        ("Can be made again", impact.mended),
        ("New", impact.new),
        ("Gone", impact.gone),
    ]
    groups += [
        (f"{each.before} pages before, now {each.after}", each.slugs)
        for each in (count.changes if count else ())
    ]
    groups += [
        (f"{what.capitalize()} changed", slugs)
        for what, slugs in sorted(kinds.items(), key=lambda kind: -len(kind[1]))
    ]
    return [(what, slugs) for what, slugs in groups if slugs]
