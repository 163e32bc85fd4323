"""Which letters are meant by the names that people give."""

from collections.abc import Iterable

from generator.problems import nearest
from generator.project.load_edition import LoadedEdition
from generator.workspace import UsageError


def choose_slugs(loaded: LoadedEdition, names: Iterable[str]) -> list[str]:
    """The letters meant by these names: each a slug, or any unambiguous start of one; all for none.

    An authority's name means its letter in each language, and `slug.cy` one of them.
    Raises `UsageError`, which names all that are not understood.
    """
    wanted = list(names)
    if not wanted:
        return loaded.slugs
    slugs = list(loaded.data.files)
    chosen, wrong = set(), []
    for name in wanted:
        found = [slug for slug in slugs if slug.startswith(name)]
        if name in slugs or len(found) == 1:
            chosen.update(loaded.letters_of(name if name in slugs else found[0]))
        elif name in loaded.files:
            chosen.add(name)
        elif found:
            wrong.append(f'"{name}" could be {", ".join(found)}; type more of the name.')
        else:
            meant = _unread(name, loaded) or _meant(name, slugs)
            wrong.append(f'No authority "{name}"; {meant}')
    if wrong:
        raise UsageError("\n".join(wrong))
    return [slug for slug in loaded.slugs if slug in chosen]


def _unread(name: str, loaded: LoadedEdition) -> str:
    """What lies among the authorities' files under such a name, and why it was not read."""
    folder = loaded.folders.authorities
    read = set(loaded.data.files.values())
    for problem in loaded.data.problems:
        path = problem.place.path
        named = path.parent == folder and path.name.casefold().startswith(name.casefold())
        if path == folder or (named and path not in read):
            return f"{path.name}: {problem.message}"
    return ""


def _meant(name: str, slugs: list[str]) -> str:
    """The authority that a mistyped name, or start of a name, comes near to.

    Rather one that begins with the same letter: people mistype the middle of a word.
    """
    small = name.casefold()
    alike = [slug for slug in slugs if slug[:1] == small[:1]]
    near = _nearest_slug(small, alike) or _nearest_slug(small, slugs)
    return f'did you mean "{near}"?' if near else '"letters list" shows them all.'


def _nearest_slug(name: str, slugs: list[str]) -> str | None:
    starts = {"-".join(slug.split("-")[: name.count("-") + 1]): slug for slug in reversed(slugs)}
    return nearest(name, slugs) or starts.get(nearest(name, starts) or "")
