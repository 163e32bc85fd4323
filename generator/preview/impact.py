"""What a save changes: which letters and in what, how their pages grow, and which stand out."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.outputs.manifest import causes
from generator.preview.edition_snapshot import EditionSnapshot, ListedLetter

Pages = Callable[[str], int | None]
"""From what decides a letter's bytes to how many pages it has; None where it was not laid out."""


@dataclass(frozen=True)
class Impact:
    """The letters that differ between two readings of an edition."""

    changed: Mapping[str, tuple[str, ...]]
    """By slug: in what (`figures`, `wording`, `addressee`, `edition`, `template`)."""
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    """Those that could be made before and cannot be made now."""
    mended: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.new or self.gone or self.broken or self.mended)

    def kinds(self) -> Sequence[tuple[str, int]]:
        """What changed, in words, with how many letters it changed in; the most first."""
        counts = Counter(_in_words(what) for what in self.changed.values())
        return counts.most_common()


def impact_of(before: EditionSnapshot, after: EditionSnapshot) -> Impact:
    """What has changed between two readings."""
    old, new = before.inspect_outputs.inputs, after.inspect_outputs.inputs
    fine = [slug for slug in after.keys if slug in before.keys]
    changed = {
        slug: tuple(cause.removesuffix(" changed") for cause in found)
        for slug in fine
        if (found := causes(old[slug], new[slug]))
    }
    then, now = _due(before), _due(after)
    there = [slug for slug in now if slug in then]
    return Impact(
        changed=changed,
        new=tuple(slug for slug in now if slug not in then),
        gone=tuple(slug for slug in then if slug not in now),
        broken=tuple(s for s in there if s in before.keys and s not in after.keys),
        mended=tuple(s for s in there if s in after.keys and s not in before.keys),
    )


def _due(reading: EditionSnapshot) -> list[str]:
    """The authorities that get a letter, or whose file cannot be read."""
    return [slug for slug in reading.letters if slug not in reading.loaded.without_letter]


def _in_words(causes_: Sequence[str]) -> str:
    return f"{causes_[0]} only" if len(causes_) == 1 else " and ".join(causes_)


@dataclass(frozen=True)
class PageChange:
    """Letters that have another number of pages than before."""

    before: int
    after: int
    slugs: tuple[str, ...]


@dataclass(frozen=True)
class PageCount:
    """How far the pages of the letters that changed are counted, and what came of it."""

    counted: int
    of: int
    changes: tuple[PageChange, ...]
    unknown: int = 0
    """Of those that are counted, how many had a number of pages that nobody had counted."""


def count_pages(
    impact: Impact, before: Mapping[str, str], after: Mapping[str, str], pages: Pages
) -> PageCount:
    """The letters that a save has made longer or shorter, as far as they were laid out again.

    `before` and `after` say by slug what decides a letter's bytes.
    """
    found: dict[tuple[int, int], list[str]] = {}
    counted = unknown = 0
    for slug in impact.changed:
        then, now = pages(before[slug]), pages(after[slug])
        counted += now is not None
        unknown += now is not None and then is None
        if then is not None and now is not None and then != now:
            found.setdefault((then, now), []).append(slug)
    changes = tuple(PageChange(*key, tuple(slugs)) for key, slugs in sorted(found.items()))
    return PageCount(counted, len(impact.changed), changes, unknown)


@dataclass(frozen=True)
class Outlier:
    """A letter, or several, worth a look for something at which they are extreme."""

    what: str
    slugs: tuple[str, ...]


def outliers(reading: EditionSnapshot, pages: Pages) -> list[Outlier]:
    """The letters at the edges: those that are worth a look when all others look right."""
    return [outlier for outlier in _outliers(reading, pages) if outlier.slugs]


def _outliers(reading: EditionSnapshot, pages: Pages) -> Iterator[Outlier]:
    lengths = {slug: _words(letter) for slug, letter in reading.letters.items() if letter.composed}
    if len(set(lengths.values())) > 1:
        yield _extreme("longest text", lengths, max(lengths.values()), "words")
        yield _extreme("shortest text", lengths, min(lengths.values()), "words")
    counts = {s: n for s, key in reading.keys.items() if (n := pages(key)) is not None}
    if len(set(counts.values())) > 1:
        yield _extreme("most pages", counts, max(counts.values()), "pages")
    edition = reading.loaded.edition
    for column in edition.columns() if edition else ():
        if not column.kind.is_rate:
            continue
        figures = {
            slug: letter.authority.figure(column.group, column.id)
            for slug, letter in reading.letters.items()
            if letter.authority and letter.edition is edition
        }
        nothing = (s for s, f in figures.items() if f.supplied and f.value is None)
        yield Outlier(f"{column.label} {column.none}", tuple(nothing))
        for printed, extreme in column.kind.extremes().items():
            reached = (s for s, f in figures.items() if f.value == extreme)
            yield Outlier(f"{column.label} {printed}", tuple(reached))


def _words(letter: ListedLetter) -> int:
    return len(letter.composed.letter.text.split()) if letter.composed else 0


def _extreme(what: str, numbers: Mapping[str, int], value: int, noun: str) -> Outlier:
    slugs = tuple(slug for slug, number in numbers.items() if number == value)
    return Outlier(f"{what}: {value:,} {noun}", slugs)
