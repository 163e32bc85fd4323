"""The wording of an edition, and which of its inserts a letter has."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from generator.edition.authority import Authority
from generator.edition.edition import Edition
from generator.edition.number_values import NUMBER
from generator.edition.source_text import names_in
from generator.edition.tables import TableDefinition
from generator.edition.values import DAY
from generator.edition.yaml_tree import follow
from generator.letter.guards import unguarded
from generator.letter.markdown import parse_line
from generator.letter.placed import PLACED_WORDS, Chart, placeable, read_charts, tables_in
from generator.letter.read_inserts import Insert, read_insert, read_own
from generator.letter.recipients import COPIES_NAMES, about_copies, recipients_of
from generator.letter.roles import Role
from generator.letter.rules import Rule
from generator.letter.variables import (
    PAGE_NAMES,
    Type,
    Value,
    Variables,
    Vocabulary,
    insert_variables,
)
from generator.letter.wording_block import Blocks, WordingBlock
from generator.letter.wording_files import files_of_wording, read_blocks, read_page
from generator.problems import (
    Place,
    Problem,
    collapse_repeats,
    did_you_mean,
    nearest,
    noting,
    warning,
)
from generator.workspace import EditionFolders


@dataclass(frozen=True)
class Wording:
    """All wording of an edition, parsed and checked, with nothing filled in yet."""

    words: dict[str, WordingBlock]
    """The edition's fixed words, by key, its subject, and those of its letterhead."""
    sections: dict[str, Blocks]
    page: Blocks
    """The statistics page; nothing where letters have none."""
    tables: dict[str, TableDefinition]
    """By name, all tables that wording may place."""
    charts: dict[str, Chart]
    """By name, all charts that wording may place."""
    inserts: dict[str, Insert]
    """By name, in alphabetical order; those of which it is not known who has them are missing.

    At the end those whose words stand in an authority's file, in the order of that.
    """
    insert_files: dict[str, Path]
    """By name, the files of inserts that have one of their own, readable or not."""
    unlisted: dict[str, Path] = field(default_factory=dict)
    """By name, the files of sections that the edition does not list."""
    recipients: Rule | None = None
    """The rule that says who gets a letter; None where everyone does."""
    mail: Blocks = ()
    """The words that letters are mailed with; nothing where there is no file of them."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def fixed(self) -> list[WordingBlock]:
        """The fixed words and, for each chart, the words that stand for it."""
        return [*self.words.values(), *(chart.alternative for chart in self.charts.values())]

    def written(self) -> Iterator[tuple[WordingBlock, Insert | None]]:
        """The blocks of all files of wording, each with the insert that it is in."""
        for blocks in (*self.sections.values(), self.page):
            yield from ((block, None) for block in blocks)
        for insert in self.inserts.values():
            yield from ((block, insert) for block in insert.blocks)

    def letterhead(self, role: Role) -> list[WordingBlock]:
        """The lines of a part of the letterhead."""
        return [block for block in self.words.values() if block.role is role]


def load_wording(
    folders: EditionFolders,
    edition: Edition,
    vocabulary: Vocabulary,
    authorities: Iterable[Authority] = (),
) -> Wording:
    """Read and check all wording of an edition; nothing is rendered, every problem is located.

    Also what stands in the files of these authorities.
    """
    words, problems = _words(edition, vocabulary)
    charts = noting(problems, read_charts(edition, vocabulary))
    sections: dict[str, Blocks] = dict.fromkeys(edition.sections, ())
    unlisted: dict[str, Path] = {}
    page: Blocks = ()
    mail: Blocks = ()
    known = placeable(edition)
    inserts: dict[str, Insert] = {}
    insert_files: dict[str, Path] = {}
    entries = noting(problems, names_in(folders.templates))
    if entries is not None:
        problems += _unknown_entries(folders, entries)
        problems += _read_sections(folders, edition, vocabulary, sections, unlisted)
        shared = [block for blocks in sections.values() for block in blocks]
        problems += known.problems(shared)
        page = noting(problems, read_page(folders, edition, vocabulary, known, tables_in(shared)))
        mail_file = f"{edition.stem(MAIL)}.md"
        if mail_file in entries:
            mail = noting(problems, read_blocks(folders.templates / mail_file, vocabulary))
            placed = (block for block in mail if block.placed)
            problems += [Problem(b.place, _NOT_IN_MAIL, b.source) for b in placed]
        found = noting(problems, files_of_wording(folders.inserts, edition, optional=True))
        insert_files = found or {}
    for name, path in insert_files.items():
        insert = noting(problems, read_insert(name, path, edition, sections, vocabulary))
        if insert is not None:
            inserts[name] = insert
    for authority in authorities:
        own = noting(problems, read_own(authority, edition, sections, vocabulary))
        inserts |= {insert.name: insert for insert in own}
    for insert in inserts.values():
        problems += known.problems(insert.blocks)
    recipients = noting(problems, recipients_of(edition, vocabulary))
    return Wording(
        *(words, sections, page, known.tables, charts, inserts, insert_files, unlisted, recipients),
        mail=mail,
        problems=collapse_repeats(problems),
    )


MAIL = "mail"
_NOT_IN_MAIL = "a message has only words; say it in words, or in the letter"
_YEARS_OWN = (
    "sections",
    "report",
    "inserts",
    "pictures",
    "mail.md",
    *("letter.html.jinja", "letter.css", "screen.css"),
)
_PICTURES = (".png", ".jpg", ".jpeg", ".svg")


def _unknown_entries(folders: EditionFolders, entries: list[str]) -> list[Problem]:
    """A warning for each thing in the year's folder that nothing reads, such as `insert/`."""
    return [
        warning(Place(folders.templates / name), f"not read{_instead(name)}", kind="not-read")
        for name in entries
        if name not in _YEARS_OWN
        and not name.startswith("mail.")
        and not name.lower().endswith(_PICTURES)
    ]


def _instead(name: str) -> str:
    return did_you_mean(name, _YEARS_OWN) or f"; expected {', '.join(_YEARS_OWN)} or a picture"


def _read_sections(
    folders: EditionFolders,
    edition: Edition,
    vocabulary: Vocabulary,
    sections: dict[str, Blocks],
    unlisted: dict[str, Path],
) -> list[Problem]:
    """Fill in the blocks of each section; a folder that cannot be read is said once."""
    files, problems = files_of_wording(folders.sections, edition)
    if files is None:
        return problems
    for number, section in enumerate(edition.sections):
        if section in files:
            sections[section] = noting(problems, read_blocks(files[section], vocabulary))
        else:
            file = (folders.sections / f"{edition.stem(section)}.md").relative_to(
                folders.workspace.folder
            )
            message = f"this section has no file; expected {file.as_posix()}"
            where = f"sections.{section}"
            problems.append(Problem(edition.place("sections", number), message, where))
    unlisted.update({name: path for name, path in files.items() if name not in sections})
    return problems


def _words(
    edition: Edition, vocabulary: Vocabulary
) -> tuple[dict[str, WordingBlock], list[Problem]]:
    texts = {"subject": (edition.subject, Role.SUBJECT, edition.place("subject"))}
    problems: list[Problem] = []
    for key in _WORDS:
        text, place = getattr(edition.words, key), edition.place("words", key)
        if text is None:
            continue
        what, placeholder = _FOLLOWED_BY.get(key, ("", ""))
        if what and ("{{" in text or "}}" in text):
            message = f"{what} is added automatically; write only the words before it"
            problems.append(Problem(place, message, f"words.{key}"))
            text = ""
        texts[key] = (f"{text} {placeholder}".strip(), Role(key), place)
    for key, text, steps in edition.letterhead.texts():
        at = edition.place("letterhead", *steps)
        where = ".".join(str(s + 1) if isinstance(s, int) else s for s in ("letterhead", *steps))
        texts[where] = (text, Role(key), at)
    words: dict[str, WordingBlock] = {}
    for key, (text, role, place) in texts.items():
        names = vocabulary.also(_OWN_NAMES.get(role, {}))
        words[key], more = parse_line(text, role, place, names)
        more += unguarded(words[key], vocabulary)
        named = [placeholder.name for placeholder in words[key].placeholders]
        if role is Role.PAGE_NUMBER and not more and "page.number" not in named:
            more.append(Problem(place, "lacks the page number; write {{ page.number }} in it"))
        more += about_copies(words[key], edition, place)
        problems += [replace(problem, where=problem.where or words_key(key)) for problem in more]
    return words, problems


_OWN_NAMES = {Role.PAGE_NUMBER: PAGE_NAMES, Role.AFTER_SIGNATURE: COPIES_NAMES}


def words_key(key: str) -> str:
    """The key of a fixed word in `edition.yaml`, with those above it."""
    return key if key == "subject" or "." in key else f"words.{key}"


_WORDS = ("masthead", "delivery", "salutation", "closing", *PLACED_WORDS)
"""The fixed words, by the roles that blocks of them have."""
_FOLLOWED_BY = {
    "report_title": ("the authority's name", "{{ authority.name }}"),
    "report_period": ("the end of the period", "{{ edition.period_end | numeric_date }}"),
}
"""What the statistics page prints after these words: what it is, and its placeholder."""


@dataclass(frozen=True)
class PlacedInsert:
    """An insert in one letter, with the values that the authority gives it."""

    insert: Insert
    values: Variables


@dataclass(frozen=True)
class Choice:
    """The inserts of one letter, in order, with what is wrong in the authority's choice."""

    placed: list[PlacedInsert]
    undecided: list[str]
    """Those whose rule hangs on a figure that is not yet supplied."""
    problems: list[Problem]


def choose(authority: Authority, wording: Wording, variables: Variables, language: str) -> Choice:
    """Choose the inserts of one letter, none twice."""
    problems = []
    undecided = []
    placed: dict[str, PlacedInsert] = {}
    for number, chosen in enumerate(authority.inserts):
        insert = wording.inserts.get(chosen.insert)
        where = f"inserts.{number + 1}.{chosen.insert}"
        if chosen.insert in placed:
            message = "named twice; remove one"
            problems.append(Problem(chosen.place, message, where))
        elif insert is not None:
            values = noting(problems, _values(authority, number, insert))
            given = insert_variables(insert.values, values, chosen.place, language)
            placed[chosen.insert] = PlacedInsert(insert, given)
        elif chosen.insert not in wording.insert_files:
            problems.append(_unknown(chosen.insert, wording, chosen.place, where))
    for name, insert in wording.inserts.items():
        if insert.rule is None or name in placed or name in authority.declines:
            continue
        decision = insert.rule.decide(variables)
        if decision:
            given = insert_variables(insert.values, {}, insert.place, language)
            placed[name] = PlacedInsert(insert, given)
        elif decision is None:
            undecided.append(name)
    problems += _declined(authority, wording)
    return Choice(list(placed.values()), undecided, problems)


_TYPES: dict[Type, tuple[Callable[[Any], Value], str]] = {
    Type.NUMBER: (NUMBER, "counts it, so expected a whole number"),
    Type.DATE: (DAY, "prints it as a date, so expected a date, such as 2018-07-18"),
}
_TEXT = (lambda node: str(node.text), "prints it, so expected one line of text")
"""How a value of a type is read, and what is expected of one."""


def _values(
    authority: Authority, number: int, insert: Insert
) -> tuple[Mapping[str, Value], list[Problem]]:
    """The values given to an insert; those it lacks, and those it has no use for.

    A mistyped one is one, and so is one that is not of the type that the insert prints.
    """
    given = authority.inserts[number].values
    values: dict[str, Value] = {}
    missing = insert.values.keys() - given.keys()
    problems = []
    steps, where = ("inserts", number, insert.name), f"inserts.{number + 1}.{insert.name}"
    for name in given.keys() & insert.values.keys():
        read, _ = _TYPES.get(insert.values[name], _TEXT)
        try:
            values[name] = read(follow(authority.tree, (*steps, name)).node)
        except PydanticCustomError as error:
            place = authority.place(*steps, name)
            problems.append(Problem(place, error.message(), f"{where}.{name}"))
    for name in sorted(given.keys() - insert.values.keys()):
        meant = nearest(name, missing)
        missing -= {meant}
        hint = f'; did you mean "{meant}"?' if meant else "; remove it"
        message = f"{insert.path.name} does not use this value{hint}"
        problems.append(Problem(authority.place(*steps, name), message, f"{where}.{name}"))
    for name in sorted(missing):
        _, expected = _TYPES.get(insert.values[name], _TEXT)
        message = f"missing; {insert.path.name} {expected}"
        problems.append(Problem(authority.inserts[number].place, message, f"{where}.{name}"))
    return values, problems


def _declined(authority: Authority, wording: Wording) -> list[Problem]:
    problems = []
    named = {chosen.insert for chosen in authority.inserts}
    for name, place in authority.declines.items():
        insert = wording.inserts.get(name)
        if name in named:
            message = "both in inserts and in declines; remove one"
            problems.append(Problem(place, message, f"declines.{name}"))
        elif name not in wording.insert_files:
            problems.append(_unknown(name, wording, place, f"declines.{name}"))
        elif insert is not None and insert.rule is None:
            message = "no rule would place it, so it need not be declined; remove it"
            problems.append(Problem(place, message, f"declines.{name}"))
    return problems


def _unknown(name: str, wording: Wording, place: Place, where: str) -> Problem:
    hint = did_you_mean(name, wording.insert_files)
    return Problem(place, f"no insert of this name{hint}", where)
