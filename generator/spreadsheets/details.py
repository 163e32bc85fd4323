"""What a row says of an authority beside figures and addressee: its kind, and who gets copies."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from generator.edition.edit_yaml import Added, quote_scalar
from generator.edition.edition import Edition
from generator.edition.emails import check_email
from generator.edition.people import role_in_words
from generator.edition.values import check_line
from generator.edition.yaml_tree import YamlMapping, shown
from generator.problems import Place, Problem, did_you_mean
from generator.spreadsheets.headers import COPIES, COPY_PARTS, KIND, key_of
from generator.spreadsheets.known_authorities import KnownAuthority
from generator.spreadsheets.rows import TableRow

Steps = tuple[str, ...]


@dataclass(frozen=True)
class DetailReading:
    """A text, and the cell that states it."""

    text: str
    place: Place


@dataclass(frozen=True)
class DetailsReading:
    """What a row says of an authority beside figures and addressee; what it leaves blank is not."""

    row: TableRow
    details: Mapping[Steps, DetailReading]
    """By the keys in the authority's file: `kind`; `copies`, `leader`, `name`."""
    problems: list[Problem] = field(default_factory=list)


def read_details(row: TableRow, edition: Edition) -> DetailsReading:
    """The kind of a row's authority, and those to whom copies go."""
    details: dict[Steps, DetailReading] = {}
    problems = []
    for target in row.table.columns:
        steps = tuple(target.split("."))
        found = row.table.cell(row.number, target)
        if found is None or steps[0] not in (KIND, COPIES) or found[0].is_blank:
            continue
        cell, place = found
        if not isinstance(cell.value, str) or cell.is_error:
            problems.append(Problem(place, f"found {cell.value}; expected a text", target))
            continue
        text = cell.value.strip()
        doubt = _doubt(steps, text)
        if steps == (KIND,):
            text, doubt = _kind(text, edition)
        problems += [Problem(place, doubt, target)] if doubt else []
        details[steps] = DetailReading(text, place)
    for (_, role), place in _nameless(details).items():
        message = "given without a name; write the name beside it, or leave it blank"
        problems.append(Problem(place, message, f"{COPIES}.{role}"))
    return DetailsReading(row, details, problems)


def _doubt(steps: Steps, text: str) -> str:
    """Why a text cannot be printed or used as it stands; blank where it can."""
    try:
        check_line(text)
        if steps[-1] == "email":
            check_email(text)
    except PydanticCustomError as error:
        return error.message()
    return ""


def _kind(text: str, edition: Edition) -> tuple[str, str]:
    """The kind of the edition that a text names, in whatever spelling; or why it names none."""
    known = {key_of(alias): id_ for id_, kind in edition.kinds.items() for alias in kind.aliases}
    known |= {key_of(id_.replace("_", " ")): id_ for id_ in edition.kinds}
    found = known.get(key_of(text))
    if found is not None:
        return found, ""
    names = [*edition.kinds, *(alias for kind in edition.kinds.values() for alias in kind.aliases)]
    hint = did_you_mean(text, names) or f"; expected one of {', '.join(edition.kinds)}"
    return text, f'found "{shown(text)}"{hint}'


def _nameless(details: Mapping[Steps, DetailReading]) -> dict[tuple[str, str], Place]:
    """The roles of which something is said, but no name; and where."""
    return {
        (steps[0], steps[1]): said.place
        for steps, said in details.items()
        if steps[0] == COPIES and (*steps[:2], "name") not in details
    }


Change = tuple[Steps, str, DetailReading]
"""A value that becomes another: its steps, what it was, and what it becomes."""


def detail_changes(
    known: KnownAuthority, details: Mapping[Steps, DetailReading], edition: Edition
) -> tuple[list[Change], list[Problem]]:
    """What of these changes in an authority's file; and what would stay of one who has left."""
    changes: list[Change] = []
    problems = []
    for steps, said in _with_offices(known, details, edition):
        before = known.text(*steps)
        if before != said.text:
            changes.append((steps, before, said))
    for steps, before, said in changes:
        email = (*steps[:-1], "email")
        left = known.text(*email)
        if steps[0] == COPIES and steps[-1] == "name" and before and left and email not in details:
            message = (
                f'the name is another, and {known.path.name} keeps the email "{left}"; '
                "give the new one in the list, or delete the line in the file"
            )
            problems.append(Problem(said.place, message, ".".join(email)))
    return changes, problems


def _with_offices(
    known: KnownAuthority | None, details: Mapping[Steps, DetailReading], edition: Edition
) -> Iterator[tuple[Steps, DetailReading]]:
    """What is said, and, of who is new in a role that no office is said of, the role as office."""
    for steps, said in details.items():
        yield steps, said
        office = (*steps[:-1], "office")
        if steps[0] != COPIES or steps[-1] != "name" or office in details:
            continue
        if known is None or not known.text(*office):
            role = steps[1]
            label = edition.copies[role].label or role_in_words(role)
            yield office, DetailReading(label, said.place)


def people_lines(details: Mapping[Steps, DetailReading], edition: Edition) -> list[str]:
    """The lines of those to whom copies go, in the file of a new authority."""
    texts = {steps: said.text for steps, said in _with_offices(None, details, edition)}
    people = _people(texts)
    return [f"{COPIES}:", *(f"  {r}: {p}" for r, p in people.items())] if people else []


def _people(texts: Mapping[Steps, str]) -> dict[str, str]:
    """By role, one as a file says it in one line: `{name: …, office: …}`."""
    roles = dict.fromkeys(steps[1] for steps in texts if steps[0] == COPIES)
    people = {}
    for role in roles:
        said = {part: texts.get((COPIES, role, part)) for part in COPY_PARTS}
        parts = [f"{part}: {quote_scalar(text)}" for part, text in said.items() if text]
        people[role] = f"{{{', '.join(parts)}}}"
    return people


_BEFORE = {KIND: ("name",), COPIES: ("name", KIND, "addressee")}
"""The keys at the top of a file that stand before one of these."""


def edits(
    known: KnownAuthority, changes: Iterable[tuple[Steps, str]]
) -> tuple[dict[Steps, str], list[Added]]:
    """How an authority's text is to be changed: values put in place, and keys added."""
    values: dict[Steps, str] = {}
    added: list[Added] = []
    new: dict[Steps, str] = {}
    for steps, text in changes:
        if known.node(*steps) is not None:
            values[known.written(*steps)] = quote_scalar(text)
        elif steps == (KIND,):
            added.append(Added((), KIND, quote_scalar(text), _BEFORE[KIND]))
        elif isinstance(known.node(*steps[:2]), YamlMapping):
            order = COPY_PARTS[: COPY_PARTS.index(steps[-1])]
            added.append(Added(steps[:2], steps[-1], quote_scalar(text), order))
        else:
            new[steps] = text
    people = _people(new)
    if people and isinstance(known.node(COPIES), YamlMapping):
        added += [Added((COPIES,), role, person) for role, person in people.items()]
    elif people and known.node(COPIES) is not None:  # left blank
        values[COPIES,] = "".join(f"\n  {role}: {person}" for role, person in people.items())
    elif people:
        added.append(Added((), COPIES, people, _BEFORE[COPIES]))
    return values, added
