"""Find last year's letters: those issued, those made, or last year's edition composed afresh."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from generator.comparison.changes import AS_BUILT, YEARS, SideNames
from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.edition.predecessors import Succession
from generator.edition.values import slug_of
from generator.external_letters.letter_files import LetterFiles, Patterns, files_below, read_letters
from generator.external_letters.reference_edition import ReferenceEdition
from generator.letter.letter import Letter, LetterSource
from generator.lineage.made_letters import edition_letters, made_letters
from generator.problems import Place, Problem, passing_warning
from generator.project.load_edition import LoadedEdition, load_edition, with_problems_of_drafts
from generator.workspace import EditionFolders, UsageError, Workspace

_BEST_FIRST = (
    *(LetterSource.RECORD, LetterSource.EDITION),
    *(LetterSource.HTML, LetterSource.PDF, LetterSource.TEXT),
)


@dataclass
class MatchedLetter:
    """Last year's letters by this year's authorities."""

    versions: dict[str, dict[str, Letter]] = field(default_factory=dict)
    """Under each authority by the predecessor that it is of; its own slug for its own letter."""
    gone: list[Letter] = field(default_factory=list)
    """Those that belong to no authority of this year."""
    problems: list[Problem] = field(default_factory=list)


def match(versions: Iterable[Letter], authorities: Mapping[str, Authority]) -> MatchedLetter:
    """Match letters to authorities: by the record's slug, the file's name, the name in the letter.

    An authority is matched with its own letter and that of each authority it was formerly, each at
    most once; a letter of an authority that was divided belongs to several.
    """
    succession = Succession(authorities.values())
    matched = MatchedLetter()
    found: dict[tuple[str, str], list[tuple[tuple[int, int], Letter]]] = {}
    for version in versions:
        followers = [*succession.followers(_slugs(version, succession, matched.problems))]
        for follower in followers:
            found.setdefault(follower[:2], []).append((follower.doubt, version))
        if not followers:
            matched.gone.append(version)
    for (slug, predecessor), letters in found.items():
        best = _best_of(letters, matched.problems)
        matched.versions.setdefault(slug, {})[predecessor] = best
    return matched


def match_letters(versions: Sequence[Letter], this_year: LoadedEdition) -> MatchedLetter:
    """Match letters to those of this year, by the name of the letter: in each language its own."""
    letters: dict[str, dict[str, str]] = {}
    for letter, authority in this_year.authorities.items():
        letters.setdefault(this_year.editions[letter].language, {})[authority.slug] = letter
    whole = MatchedLetter()
    languages = {id(v): _language_of(v, versions, list(letters)) for v in versions}
    whole.gone += [v for v in versions if not languages[id(v)]]
    for language, by_slug in letters.items():
        mine = [v for v in versions if languages[id(v)] == language]
        matched = match(mine, {slug: this_year.authorities[n] for slug, n in by_slug.items()})
        whole.versions |= {by_slug[slug]: then for slug, then in matched.versions.items()}
        whole.gone += matched.gone
        whole.problems += matched.problems
    return whole


def _language_of(version: Letter, versions: Sequence[Letter], languages: Sequence[str]) -> str:
    """That of this year's languages in which a letter of another year is; blank for none of them.

    Where it is not known, the end of its file's name tells it (`x.cy.pdf`), or it is the first.
    """
    known = version.language or version.reading.path.stem.partition(".")[2]
    near = [each for each in languages if each.split("-")[0] == known.split("-")[0]]
    if known in languages or near:
        return known if known in languages else near[0]
    alone = not version.language or {v.language for v in versions} == {version.language}
    return languages[0] if alone else ""


def _slugs(version: Letter, succession: Succession, problems: list[Problem]) -> list[str]:
    """The slugs by which a letter may be found; where its file's name errs, its words decide."""
    said, named = slug_of(version.authority), slug_of(version.reading.path.stem)
    if version.reading.source in {LetterSource.RECORD, LetterSource.EDITION}:
        return [version.slug, said]
    by_words, by_name = succession.by_slug(said), succession.by_slug(named)
    if by_words and by_name and by_words != by_name:
        message = f"its name is that of {named}, but it is the letter of {version.authority}"
        problems.append(_warning(version, f"{message}; it was read as that"))
        return [said]
    return [named, said]


def _best_of(letters: list[tuple[tuple[int, int], Letter]], problems: list[Problem]) -> Letter:
    """The surest and best of an authority's letters; that there are others is told."""
    best, *others = (letter for _, letter in sorted(letters, key=_order))
    for other in others:
        message = f"there are two letters of {other.authority or other.slug}"
        instead = f"{best.reading.path.name} was compared, not this one"
        problems.append(_warning(other, f"{message}; {instead}"))
    return best


def _order(found: tuple[tuple[int, int], Letter]) -> tuple[int, int, int, int, Path]:
    (now, then), letter = found
    read = letter.reading
    return now, _BEST_FIRST.index(read.source), len(read.unread), then, read.path


def _warning(version: Letter, message: str) -> Problem:
    return passing_warning(Place(version.reading.path), message, kind="unmatched-letter")


@dataclass(frozen=True)
class LastYear:
    """The letters that this year's are compared with."""

    description: str
    """In words for people: `the letters issued for 2017, in issued/2017`."""
    versions: Mapping[str, tuple[Letter, ...]]
    """By this year's slug; several for an authority that follows several."""
    new: tuple[str, ...] = ()
    """This year's authorities that have no letter to be compared with."""
    gone: tuple[str, ...] = ()
    """The names on last year's letters that belong to no authority of this year."""
    unread: Mapping[Path, str] = field(default_factory=dict)
    """Files that could not be read, and why."""
    problems: tuple[Problem, ...] = ()
    """What is doubtful about which letter belongs to whom."""
    one_letter: str = ""
    """Whose letter it is, where one was named by its file; then the others are not asked about."""
    sides: SideNames = YEARS


BUILT = Path("built")
"""What is named to compare an edition with its own letters in `output/`; a folder is `./built`."""


def find_last_year(
    workspace: Workspace, edition_year: int, against: Path | None, this_year: LoadedEdition
) -> LastYear:
    """The letters to compare this year's with.

    Without `against`, each letter is looked for among those issued for the year before, those made
    for it, and in its edition, in this order. `against` is a file, a folder of files, a year, or
    an edition's folder; or `built`: this edition's own, as they were built last. Raises
    `UsageError` when nothing is found.
    """
    patterns = patterns_of(workspace, this_year)
    if against == BUILT:
        return _as_built(workspace, edition_year, this_year)
    if against is None:
        return _by_itself(workspace, edition_year - 1, this_year, patterns)
    if against.is_dir():
        if (against / "edition.yaml").is_file():
            return _edition_of_folder(against, this_year)
        return _of_folder(against, this_year, patterns)
    if against.exists():
        return _of_file(against, this_year, patterns)
    if against.name == str(against) and against.name.isdigit():
        return _by_itself(workspace, int(against.name), this_year, patterns)
    raise UsageError(
        f"Nothing to compare with: no file or folder {against}. Name a letter (PDF, HTML "
        "or text), a folder of letters, or a year."
    )


def patterns_of(workspace: Workspace, this_year: LoadedEdition) -> Patterns:
    """What the letters of a year look like, where its edition is there; else, what ours do."""
    if this_year.edition is None:
        raise UsageError("This year's edition cannot be read; letters check says why.")
    ours = _reference(this_year, this_year.edition)

    @cache
    def of_year(year: int | None) -> ReferenceEdition:
        if year is None or year == ours.edition.year or year not in workspace.years():
            return ours
        then = _composed(workspace.edition(year))
        return _reference(then, then.edition) if then.edition else ours

    return of_year


def _reference(loaded: LoadedEdition, edition: Edition) -> ReferenceEdition:
    return ReferenceEdition(edition, {s: each.letter for s, each in loaded.letters.items()})


def _composed(folders: EditionFolders) -> LoadedEdition:
    return with_problems_of_drafts(load_edition(folders, checked=False))


def _by_itself(
    workspace: Workspace, year: int, this_year: LoadedEdition, patterns: Patterns
) -> LastYear:
    """Look in each place for the letters that were in none of the places before."""
    whole, used, unread = looked_up(workspace, year, this_year, patterns)
    if not used and not whole.gone:
        raise UsageError(_nothing(workspace, year, unread))
    return _last_year("; ".join(used), whole, unread, this_year)


def looked_up(
    workspace: Workspace, year: int, this_year: LoadedEdition, patterns: Patterns
) -> tuple[MatchedLetter, list[str], dict[Path, str]]:
    """The letters of a year, where they were found, and the files that could not be read."""
    wanted = set(this_year.authorities)
    whole = MatchedLetter()
    used: list[str] = []
    unread: dict[Path, str] = {}
    for description, letters in _places(workspace, year, patterns):
        matched = match_letters(letters.versions, this_year)
        news = {slug: v for slug, v in matched.versions.items() if slug not in whole.versions}
        unread |= dict(letters.unread)
        whole.problems += matched.problems
        if not used:
            whole.gone = matched.gone
        if news:
            more = f", for {len(news)} of them" if used else ""
            used.append(f"{description}{more}")
            whole.versions |= news
        if wanted <= set(whole.versions):
            break
    return whole, used, unread


def _places(
    workspace: Workspace, year: int, patterns: Patterns
) -> Iterator[tuple[str, LetterFiles]]:
    """Each place where a year's letters may be, and what it holds; first what was really sent."""
    issued = workspace.folder / "issued" / str(year)
    if issued.is_dir():
        letters = read_letters(files_below(issued), lambda _year: patterns(year))
        yield f"the letters issued for {year}, in issued/{year}", letters
    output = workspace.folder / "output" / str(year)
    if output.is_dir():
        yield f"the letters made for {year}, in output/{year}", made_letters(output)
    if year in workspace.years():
        letters = edition_letters(_composed(workspace.edition(year)))
        yield f"the edition of {year}, composed afresh from data/{year}", letters


def _as_built(workspace: Workspace, year: int, this_year: LoadedEdition) -> LastYear:
    """The letters of this edition as they were built last: each authority's own, and no other."""
    letters = made_letters(workspace.edition(year).output())
    if not letters.versions:
        raise UsageError(f'No built letters of {year} in output/{year}; run "letters build".')
    built = {letter.slug: letter for letter in letters.versions}
    known = [*this_year.letters, *this_year.without_letter]
    return LastYear(
        description=f"the letters as they were built last, in output/{year}",
        versions={slug: (built[slug],) for slug in known if slug in built},
        new=tuple(slug for slug in this_year.letters if slug not in built),
        gone=tuple(v.authority for slug, v in built.items() if slug not in this_year.files),
        unread=dict(letters.unread),
        sides=AS_BUILT,
    )


def _nothing(workspace: Workspace, year: int, unread: Mapping[Path, str]) -> str:
    looked = f"issued/{year}, output/{year} and data/{year} were looked for in {workspace.folder}"
    first = "".join(f" {path.name}: {why}." for path, why in list(unread.items())[:1])
    return (
        f"No letters of {year} to compare with: {looked}.{first} Name last year's letters with "
        "--against: a file (PDF, HTML or text), a folder of them, or another year."
    )


def _of_folder(folder: Path, this_year: LoadedEdition, patterns: Patterns) -> LastYear:
    files = files_below(folder)
    if not files:
        raise UsageError(f"Nothing to compare with: {folder} holds no letter (PDF, HTML or text).")
    letters = read_letters(files, patterns)
    if not letters.versions:
        first, why = letters.unread[0]
        raise UsageError(
            f"Nothing to compare with: no letter in {folder} could be read. {first.name}: {why}."
        )
    return _of_letters(f"the letters in {folder}", letters, this_year)


def _of_file(path: Path, this_year: LoadedEdition, patterns: Patterns) -> LastYear:
    """One letter: then the other authorities are not asked about."""
    letters = read_letters([path], patterns)
    if not letters.versions:
        raise UsageError(f"Nothing to compare with: {path}: {letters.unread[0][1]}.")
    name = letters.versions[0].authority or path.stem
    found = _of_letters(f"the letter in {path}", letters, this_year)
    if not found.versions:
        raise UsageError(
            f"Nothing to compare with: {path} is the letter of {name}, which has none this year."
        )
    return replace(found, gone=(), one_letter=name)


def _edition_of_folder(folder: Path, this_year: LoadedEdition) -> LastYear:
    """An edition by its folder, of this workspace or another."""
    year = folder.resolve().name
    if not year.isdigit():
        raise UsageError(f"{folder} is not an edition's folder: its name is not a year.")
    then = Workspace(folder.resolve().parent.parent).edition(int(year))
    description = f"the edition of {year}, composed afresh from {folder}"
    return _of_letters(description, edition_letters(_composed(then)), this_year)


def _of_letters(description: str, letters: LetterFiles, this_year: LoadedEdition) -> LastYear:
    matched = match_letters(letters.versions, this_year)
    return _last_year(description, matched, dict(letters.unread), this_year)


def _last_year(
    description: str, matched: MatchedLetter, unread: Mapping[Path, str], this_year: LoadedEdition
) -> LastYear:
    problems = list(matched.problems)
    for slug, versions in matched.versions.items():
        authority = this_year.authorities[slug]
        for number, former in enumerate(authority.formerly):
            if former not in versions:
                place = authority.place("formerly", number)
                message = f"no letter of {former} was found"
                kind = "unknown-predecessor"
                problems.append(passing_warning(place, message, "formerly", kind=kind))
    then = {version.language for each in matched.versions.values() for version in each.values()}
    languages = dict.fromkeys(this_year.editions[slug].language for slug in this_year.letters)
    matched_in = {this_year.editions[slug].language for slug in matched.versions}
    first = [each for each in languages if then and each not in matched_in]
    return LastYear(
        description=f"{description}; none of them in {', '.join(first)}" if first else description,
        versions={s: tuple(v.values()) for s, v in sorted(matched.versions.items())},
        new=tuple(slug for slug in this_year.letters if slug not in matched.versions),
        gone=tuple(
            sorted(version.authority or version.reading.path.stem for version in matched.gone)
        ),
        unread=unread,
        problems=tuple(sorted(problems)),
    )
