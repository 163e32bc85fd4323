"""What a row says of an authority beside figures: its kind, and to whom letter and copies go."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from generator.edition.edit_yaml import quote_scalar
from generator.edition.edition import Edition
from generator.edition.people import check_email, role_in_words
from generator.edition.values import check_line
from generator.edition.yaml_tree import shown
from generator.problems import Place, Problem, did_you_mean
from generator.spreadsheets.headers import ADDRESSEE, COPIES, COPY_PARTS, KIND, key_of
from generator.spreadsheets.known_authorities import KnownAuthority
from generator.spreadsheets.sheet_table import TableRow

Steps = tuple[str, ...]
"""The keys in an authority's file: `kind`; `addressee`, `name`; `copies`, `leader`, `email`."""
_NAME, _SALUTATION = ("addressee", "name"), ("addressee", "salutation")


@dataclass(frozen=True)
class DetailReading:
    """A text, and the cell that states it."""

    texts: tuple[str, ...]
    """One; several where a letter goes to several; none where an addressee's cell is blank."""
    place: Place

    @property
    def text(self) -> str:
        """The text, as a person is told it."""
        return " and ".join(self.texts)

    @property
    def written(self) -> str:
        """The text, as a file has it."""
        quoted = [*map(quote_scalar, self.texts)]
        return f"[{', '.join(quoted)}]" if len(quoted) > 1 else "".join(quoted)


Details = Mapping[Steps, DetailReading]


@dataclass(frozen=True)
class DetailsReading:
    """What a row says of an authority beside figures; what it leaves blank of others is not."""

    row: TableRow
    details: Details
    problems: list[Problem] = field(default_factory=list)


def read_details(row: TableRow, edition: Edition) -> DetailsReading:
    """The addressee in a row, the kind of its authority, and those to whom copies go."""
    details: dict[Steps, DetailReading] = {}
    problems = []
    for target in row.table.columns:
        steps = tuple(target.split("."))
        found = row.table.cell(row.number, target)
        if found is None or steps[0] not in (KIND, COPIES, "addressee"):
            continue
        cell, place = found
        texts: tuple[str, ...] = ()
        doubts: list[str] = []
        if cell.is_blank:
            if steps[0] != "addressee":
                continue
            if steps[1] in ("name", "office"):
                doubts.append("blank; fill it in, or leave this authority out of the list")
        elif not isinstance(cell.value, str) or cell.is_error:
            problems.append(Problem(place, f"found {cell.value}; expected a text", target))
            continue
        elif steps == (KIND,):
            text, doubt = _kind(cell.value.strip(), edition)
            texts, doubts = (text,), [doubt]
        else:  # two names in one cell, with a line end or ";" between, are two
            lines = re.split(r"[\n;]", cell.value) if steps == _NAME else [cell.value]
            texts = tuple(filter(None, map(str.strip, lines)))
            doubts = [_doubt(steps, line) for line in texts]
        problems += [Problem(place, doubt, target) for doubt in doubts if doubt]
        details[steps] = DetailReading(texts, place)
    return DetailsReading(row, details, [*problems, *_lacking(details)])


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


def _lacking(details: Details) -> Iterator[Problem]:
    """What must be said beside it: how two are greeted, and who has a role."""
    names = details.get(_NAME)
    if names and len(names.texts) > 1 and not text_of(details, _SALUTATION):
        message = (
            "two names; add a column Salutation with how the letter greets them "
            f"({names.text}, for instance)"
        )
        yield Problem(names.place, message, ".".join(_SALUTATION))
    nameless = {
        steps[1]: said.place
        for steps, said in details.items()
        if steps[0] == COPIES and (*steps[:2], "name") not in details
    }
    for role, place in nameless.items():
        message = "given without a name; add the name, or leave it blank"
        yield Problem(place, message, f"{COPIES}.{role}")


def text_of(details: Details, steps: Steps) -> str:
    """What is said at these keys; blank where nothing is."""
    return details[steps].text if steps in details else ""


def new_details(
    known: KnownAuthority | None, details: Details, edition: Edition
) -> dict[Steps, DetailReading]:
    """What the file of an authority, if there is one, is to say that it does not say yet.

    Of who is new in a role that no office is said of, the role is the office.
    """
    new = {}
    for steps, said in sorted(details.items(), key=lambda each: each[0][0] != "addressee"):
        before = known.texts(*steps) if known else []
        is_usual = steps == _SALUTATION and _NAME in details and said.texts == details[_NAME].texts
        if said.texts and [*said.texts] != before and not (is_usual and not before):
            new[steps] = said
        office = (*steps[:-1], "office")
        is_name = steps[0] == COPIES and steps[-1] == "name"
        if is_name and office not in details and not (known and known.text(*office)):
            label = edition.copies[steps[1]].label or role_in_words(steps[1])
            new[office] = DetailReading((label,), said.place)
    return new


def kept_of_others(known: KnownAuthority, details: Details, new: Details) -> Iterator[Problem]:
    """What a file would keep of one who has left."""
    for steps, said in new.items():
        is_another = steps[-1] == "name" and known.texts(*steps)
        for part in ("salutation", "email") if is_another else ():
            other = (*steps[:-1], part)
            left = known.text(*other)
            if left and not text_of(details, other):
                message = (
                    f'the name changed, but {known.path.name} keeps the {part} "{left}"; '
                    "give the new one in the list, or delete the line in the file"
                )
                yield Problem(details.get(other, said).place, message, ".".join(other))


def in_one_line(texts: Mapping[str, str]) -> str:
    """One to whom copies go, as a file says it in one line: `{name: …, office: …}`."""
    return f"{{{', '.join(f'{part}: {texts[part]}' for part in COPY_PARTS if part in texts)}}}"


def detail_lines(details: Details, edition: Edition) -> list[str]:
    """The kind, the addressee and the copies in the file of a new authority."""
    new = {steps: said.written for steps, said in new_details(None, details, edition).items()}
    lines = [f"{KIND}: {new[KIND,]}"] if (KIND,) in new else []
    lines.append("addressee:")
    for part in ADDRESSEE:
        if ("addressee", part) in new or part in ("name", "office"):
            lines.append(f"  {part}: {new.get(('addressee', part), '')}".rstrip())
    people: dict[str, dict[str, str]] = {}
    for steps, text in new.items():
        if steps[0] == COPIES:
            people.setdefault(steps[1], {})[steps[2]] = text
    lines += [f"{COPIES}:"] if people else []
    return lines + [f"  {role}: {in_one_line(texts)}" for role, texts in people.items()]
