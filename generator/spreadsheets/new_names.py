"""Authorities that an edition has not had: which names are one, and which are in doubt."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from pydantic_core import PydanticCustomError

from generator.edition.slugs import slug_of
from generator.edition.values import check_line
from generator.edition.yaml_tree import shown
from generator.problems import Problem
from generator.spreadsheets.known import KnownAuthority
from generator.spreadsheets.normalised_names import NormalisedName, form_of, spelled_alike
from generator.spreadsheets.rows import TableRow


def new_authorities(
    names: Iterable[str],
    rows: Mapping[str, list[TableRow]],
    known: Mapping[str, KnownAuthority],
    said_new: Collection[str],
) -> tuple[dict[str, list[str]], list[Problem]]:
    """The new authorities by slug, with all spellings of their names: first that of their file.

    That is the spelling of the list of addressees where it has one, else the most complete.
    """
    clusters: list[list[str]] = []
    problems = []
    for name in sorted(names, key=lambda name: (-len(form_of(name).kinds), name)):
        form = form_of(name)
        fitting = [c for c in clusters if all(form.agrees_with(form_of(n)) for n in c)]
        if len(fitting) > 1:
            problems.append(several(rows[name][0], [slug_of(c[0]) for c in fitting]))
        elif fitting:
            fitting[0].append(name)
        else:
            clusters.append([name])
    new: dict[str, list[str]] = {}
    for cluster in clusters:
        cluster.sort(key=lambda name: not any(r.table.has_addressees for r in rows[name]))
        slug, row = slug_of(cluster[0]), rows[cluster[0]][0]
        doubt = _doubt(cluster[0], slug, known)
        if doubt:
            problems.append(Problem(row.place, doubt))
        else:
            new[slug] = cluster
    doubtful = {s: c for s, c in new.items() if not set(said_new) & set(map(spelled_alike, c))}
    return new, problems + _perhaps_the_same(doubtful, rows)


def _doubt(name: str, slug: str, known: Mapping[str, KnownAuthority]) -> str:
    """Why a new authority cannot have this name; blank where it can."""
    try:
        check_line(name)
    except PydanticCustomError as error:
        return error.message()
    if not slug:
        return f'found "{shown(name)}"; expected the name of an authority'
    if slug in known:
        return (
            f'"{shown(name)}" would have the file {slug}.yaml, which is that of '
            f'"{known[slug].name}"; say --match "{name}={slug}" if it is the same'
        )
    return ""


def _perhaps_the_same(
    new: Mapping[str, list[str]], rows: Mapping[str, list[TableRow]]
) -> list[Problem]:
    """New authorities of which each has what the other lacks, and whose names are near."""
    has = {
        slug: {part for name in names for row in rows[name] for part in _parts(row)}
        for slug, names in new.items()
    }
    most = set[str]().union(*has.values())
    partial = [slug for slug in new if has[slug] != most]
    problems = []
    for number, one in enumerate(partial):
        for other in partial[number + 1 :]:
            forms: list[NormalisedName] = [form_of(new[one][0]), form_of(new[other][0])]
            if not has[one] & has[other] and forms[0].near(forms[1]):
                first, second = rows[new[one][0]][0], rows[new[other][0]][0]
                message = (
                    f'"{shown(second.name)}" and "{shown(first.name)}" '
                    f"({first.place.shown(first.place.path.name)}) may be the same; write both "
                    f'alike, or say --new "{second.name}" if it is another'
                )
                problems.append(Problem(second.place, message))
    return problems


def _parts(row: TableRow) -> list[str]:
    return [*row.table.groups, *(["addressee"] if row.table.has_addressees else [])]


def several(row: TableRow, candidates: Sequence[str]) -> Problem:
    """A name that may be any of these; a person says which."""
    message = (
        f'"{shown(row.name)}" may be {" or ".join(candidates)}; write its whole name, or say '
        f'--match "{row.name}={candidates[0]}"'
    )
    return Problem(row.place, message)
