"""Which of last year's letters belongs to which authority of this year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.edition.authority import Authority
from generator.edition.slugs import slug_of
from generator.letter.letter import Letter, LetterSource
from generator.problems import Place, Problem, Severity

_RANK = {
    LetterSource.RECORD: 0,
    LetterSource.EDITION: 1,
    LetterSource.HTML: 2,
    LetterSource.PDF: 3,
    LetterSource.TEXT: 4,
}


@dataclass
class MatchedLetter:
    """Last year's letters by this year's authorities; under each by the slug it had then."""

    versions: dict[str, dict[str, Letter]] = field(default_factory=dict)
    gone: list[Letter] = field(default_factory=list)
    """Those that belong to no authority of this year."""
    problems: list[Problem] = field(default_factory=list)


def match(versions: Iterable[Letter], authorities: Mapping[str, Authority]) -> MatchedLetter:
    """Match letters to authorities: by the record's slug, the file's name, the name in the letter.

    An authority is matched with its own letter and that of each authority it was formerly, each at
    most once; a letter of an authority that was divided belongs to several.
    """
    known = _known_slugs(authorities)
    matched = MatchedLetter()
    for version in versions:
        key = _key(version, known, matched.problems)
        if key is None:
            matched.gone.append(version)
            continue
        for slug in known[key]:
            own = matched.versions.setdefault(slug, {})
            own[key] = _one_of(own[key], version, matched.problems) if key in own else version
    return matched


def _known_slugs(authorities: Mapping[str, Authority]) -> dict[str, list[str]]:
    """Every slug by which a letter may be found, with the authorities it belongs to."""
    known: dict[str, list[str]] = {slug: [slug] for slug in authorities}
    for slug, authority in authorities.items():
        for former in authority.formerly:
            if slug not in known.setdefault(former, []):
                known[former].append(slug)
    for slug, authority in authorities.items():
        for name in (authority.name, *authority.aliases):
            known.setdefault(slug_of(name), [slug])
    return known


def _key(version: Letter, known: Mapping[str, list[str]], problems: list[Problem]) -> str | None:
    """The slug by which a letter is found; where its file's name errs, its words decide."""
    if version.reading.source in {LetterSource.RECORD, LetterSource.EDITION}:
        return version.slug if version.slug in known else None
    named = slug_of(version.reading.path.stem)
    said = slug_of(version.authority) if version.authority else ""
    if said in known and named in known and known[said] != known[named]:
        message = f"its name is that of {named}, but it is the letter of {version.authority}"
        problems.append(_warning(version, f"{message}; it was taken for that"))
        return said
    return next((slug for slug in (named, said) if slug in known), None)


def _one_of(one: Letter, other: Letter, problems: list[Problem]) -> Letter:
    """The better of two letters of one authority; that there are two is told."""
    better, worse = sorted(
        (one, other), key=lambda v: (_RANK[v.reading.source], len(v.reading.unread), v.reading.path)
    )
    message = f"there are two letters of {worse.authority or worse.slug}"
    problems.append(
        _warning(worse, f"{message}; {better.reading.path.name} was compared, not this one")
    )
    return better


def _warning(version: Letter, message: str) -> Problem:
    return Problem(
        Place(version.reading.path), message, severity=Severity.WARNING, kind="unmatched-letter"
    )
