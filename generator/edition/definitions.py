"""Checks what an edition says: that its parts fit each other, and how its figures are defined."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.edition.charts import wrong_charts
from generator.edition.comparators import wrong_comparators
from generator.edition.edition import Part
from generator.edition.figure_kinds import figure_kinds
from generator.edition.formats import plural_forms
from generator.edition.groups import Column, Group
from generator.edition.languages import not_a_language
from generator.edition.letterhead import PLURAL_FORMS
from generator.edition.operands import Address, address_of, circles, given_parts, name_of
from generator.edition.tables import NO_PLACEHOLDERS, Wrong, apart, figures_of, wrong_tables
from generator.edition.yaml_tree import shown
from generator.problems import suggestion

RESERVED_GROUPS = {
    *("name", "kind", "noun", "addressee", "copies"),
    *("inserts", "declines", "formerly", "aliases", "domains", "other_domain"),
}
"""Keys of an authority's file, and names of its variables, that no group of figures may take."""
_LONGEST_NONE = 40

Step = str | int


def wrong_edition(parts: Mapping[str, Any], written: Collection[str], year: int) -> Iterator[Wrong]:
    """All that does not fit in an edition whose folder is named by `year`.

    `parts` are those that are in order, by key; `written` are the keys that its file has.
    """
    groups: Mapping[str, Group] = parts.get("figures", {})
    yield from [*_wrong_year_or_language(parts, year)] or _wrong_plurals(parts)
    yield from _wrong_sections(parts.get("sections", []))
    is_wrong = "comparators" in written and "comparators" not in parts
    comparators = None if is_wrong else parts.get("comparators", {})
    yield from wrong_tables(parts.get("tables", {}), groups, comparators)
    yield from wrong_charts(parts.get("charts", {}), groups, comparators)
    if not groups:
        return
    yield from wrong_definitions(groups)
    kinds, year = parts.get("kinds", {}), parts.get("year", year)
    yield from wrong_comparators(comparators or {}, kinds, year)
    for group, rule in parts.get("usually", {}).items():
        if group not in groups:
            yield _no_group(group, groups), ("usually", group)
        other, _, name = rule.at_most.partition(".")
        at = ("usually", group, "at_most")
        if other not in groups or not name:
            hint = suggestion(rule.at_most, figures_of(groups))
            yield f'no figure "{shown(rule.at_most)}"{hint}', at
        else:
            yield from _not_added_up(groups[other], name, at)
    yield from _wrong_office(parts, groups)
    for group, figures in parts.get("national", {}).items():
        if group not in groups:
            yield _no_group(group, groups), ("national", group)
            continue
        for column in figures:
            yield from _not_added_up(groups[group], column, ("national", group, column))


def _wrong_office(parts: Mapping[str, Any], groups: Mapping[str, Group]) -> Iterator[Wrong]:
    """What does not fit in how letters are approved and mailed."""
    approvals, mail = parts.get("approvals"), parts.get("mail")
    if approvals is not None and not 1 <= approvals.people <= MOST_PEOPLE:
        yield f"expected a number of people, from 1 to {MOST_PEOPLE}", ("approvals", "people")
    for file, figure in mail.enclosures.items() if mail is not None else ():
        if figure not in figures_of(groups):
            hint = suggestion(figure, figures_of(groups))
            yield f'no figure "{shown(figure)}"{hint}', ("mail", "enclosures", file)


MOST_PEOPLE = 9


def _wrong_year_or_language(parts: Mapping[str, Any], year: int) -> Iterator[Wrong]:
    if parts.get("year", year) != year:
        yield f"found {parts['year']}; expected {year}, as its folder says", ("year",)
    if message := not_a_language(parts.get("language", "en")):
        yield message, ("language",)


def _wrong_plurals(parts: Mapping[str, Any]) -> Iterator[Wrong]:
    """Each noun needs each form of the language, and no other."""
    words, language = parts.get("words"), parts.get("language")
    if words is None or not language:
        return
    known = plural_forms(language)
    expected = f"{language} has {', '.join(f for f in PLURAL_FORMS if f in known)}"
    for noun, forms in words.plurals.items():
        at = ("words", "plurals", noun)
        for form in forms.keys() - known:
            yield f"no such form; {expected}", (*at, form)
        for form in (f for f in PLURAL_FORMS if f in known - forms.keys()):
            yield f'"{form}" is missing; {expected}', at


def _wrong_sections(sections: Sequence[str]) -> Iterator[Wrong]:
    for number, section in enumerate(sections):
        if section in set(Part):
            message = f'"{section}" is a fixed part of the letter; choose another name'
            yield message, ("sections", number)
    for number in _repeated(sections):
        yield f'"{sections[number]}" is listed twice; remove one', ("sections", number)


def _not_added_up(group: Group, name: str, at: tuple[str, ...]) -> Iterator[Wrong]:
    """Why a figure is none that is added up over letters."""
    if name not in group.by_id:
        yield f'{group.id} has no column "{shown(name)}"{suggestion(name, group.by_id)}', at
        return
    for kind in group.by_id[name].kinds:
        if not kind.adds_up:
            yield f"{group.id}.{name} is {kind.called}; expected a count or a sum", at


def _no_group(group: str, groups: Mapping[str, Group]) -> str:
    return f'no group "{shown(group)}"{suggestion(group, groups)}'


def wrong_definitions(groups: Mapping[str, Group]) -> Iterator[Wrong]:
    """All that is wrong with how figures are defined; the groups need not be settled yet."""
    for id_, group in groups.items():
        group.settle(id_)
    columns = {c.address: c for group in groups.values() for c in group.columns}
    needs = {address: column.needs for address, column in columns.items()}
    rounds = circles(needs)
    known = {a: needed for a, needed in needs.items() if not any(a in each for each in rounds)}
    for id_, group in groups.items():
        yield from _wrong_group(id_, group)
        for column in group.columns:
            yield from _wrong_column(column)
            operands = _Operands(column, groups, columns, known)
            for kind in figure_kinds():
                said = column.said(kind)
                if any(value is not None for value in said.values()):
                    kind.check(said, operands)
            yield from operands.found
    for circle in rounds:
        names = [name_of(address, circle[0][0]) for address in circle]
        way = f": {names[0]} needs {', which needs '.join(names[1:])}"
        alone = len(names) == 2
        message = f"needs itself{'' if alone else way}; take {'it' if alone else 'one'} out"
        yield message, columns[circle[0]].steps


def _wrong_group(id_: str, group: Group) -> Iterator[Wrong]:
    if id_ in RESERVED_GROUPS:
        yield "this name is reserved; choose another", ("figures", id_)
    if "{{" in (group.title or ""):
        yield NO_PLACEHOLDERS, ("figures", id_, "title")
    others = any(need[0] != id_ for column in group.columns for need in column.needs)
    if not any(column.kinds[0].is_given for column in group.columns) and not others:
        message = "no counts; expected at least one column without sum or percent"
        yield message, group.steps
    for number, message in apart(column.header_group for column in group.columns):
        yield message, (*group.columns[number].steps, "under")
    labels: dict[str, str] = {}
    for column in group.columns:
        first = labels.setdefault(column.label.casefold(), column.id)
        if first != column.id:
            message = f"the same label as {first}; choose another"
            yield message, (*column.steps, "label")


def _wrong_column(column: Column) -> Iterator[Wrong]:
    said = {"label": column.label, "under": column.header_group, "none": column.none_said}
    for key, text in said.items():
        if "{{" in (text or ""):
            yield NO_PLACEHOLDERS, (*column.steps, key)
    if len(column.kinds) > 1:
        both = " and ".join(kind.called for kind in column.kinds)
        yield f"both {both}; keep one of them", column.steps
    if column.none_said is not None and not any(kind.is_rate for kind in column.kinds):
        message = "applies only to a rate (percent, of); remove it"
        yield message, (*column.steps, "none")
    elif len(column.none_said or "") > _LONGEST_NONE:
        message = f"longer than {_LONGEST_NONE} characters; shorten it so that it fits in a cell"
        yield message, (*column.steps, "none")


def _repeated(names: Sequence[object]) -> list[int]:
    """The numbers of those in a list that stand in it before."""
    return [number for number, name in enumerate(names) if name in names[:number]]


@dataclass(frozen=True)
class _Operands:
    """What the figures are that one column names, for its kind to check them."""

    column: Column
    groups: Mapping[str, Group]
    columns: Mapping[Address, Column]
    needs: Mapping[Address, Sequence[Address]]
    found: list[Wrong] = field(default_factory=list)

    @property
    def alone(self) -> bool:
        return len(self.column.kinds) == 1

    def say(self, message: str, *keys: Step) -> None:
        self.found.append((message, (*self.column.steps, *keys)))

    def _address(self, name: str) -> Address:
        return address_of(name, self.column.group)

    def known_count(self, name: str, *at: Step) -> bool:
        return self._known(name, "count", *at)

    def known_figure(self, name: str, *at: Step) -> bool:
        return self._known(name, "figure", *at)

    def _known(self, name: str, what: str, *at: Step) -> bool:
        """Whether a name is one of a figure that may be made use of here; or it is said."""
        group, id_ = self._address(name)
        if group not in self.groups:
            self.say(_no_group(group, self.groups), *at)
            return False
        own = self.groups[group].columns
        usable = [
            c for c in own if (c.kinds[0].adds_up if what == "count" else not c.kinds[0].is_rate)
        ]
        column = self.columns.get((group, id_))
        if column is None:
            ids = [c.id for c in usable if c is not self.column]
            said = suggestion(id_, ids)
            elsewhere = [".".join(a) for a, c in self.columns.items() if a[1] == id_]
            if "did you mean" not in said and elsewhere and "." not in name:
                said = f'; did you mean "{elsewhere[0]}"?'
            self.say(f'{group} has no {what} "{shown(id_)}"{said}', *at)
        elif column not in usable:
            expected = "a count or a sum" if what == "count" else "a figure other than a rate"
            adds = ", which cannot be added up" if what == "count" else ""
            called = column.kinds[0].called
            self.say(f"{shown(name)} is {called}{adds}; expected {expected}", *at)
        return column in usable

    def listed_once(self, names: Sequence[str], *at: Step) -> None:
        """None of these twice, nor a count that another of them holds already."""
        addresses = [self._address(name) for name in names]
        twice = _repeated(addresses)
        for number in twice:
            self.say(f'"{names[number]}" is listed twice; remove one', *at, number)
        seen: dict[Address, str] = {}
        for number, name in enumerate(names):
            column = self.columns.get(addresses[number])
            adds_up = column is not None and column.kinds[0].adds_up
            parts = given_parts(addresses[number], self.needs) if adds_up else ()
            held = next((part for part in parts if part in seen), None)
            if held is not None and number not in twice:
                count = name_of(held, self.column.group)
                both = f"{seen[held]} and {name} both hold {count}, which would be counted twice"
                self.say(f"{both}; remove one of them", *at, number)
            seen |= dict.fromkeys(parts, name)

    def _is_known(self, address: Address) -> bool:
        """Whether it is known what a figure is made of, all the way down."""
        needed = self.needs.get(address)
        return needed is not None and all(map(self._is_known, needed))

    def holds(self, wholes: Sequence[str], part: str) -> bool | None:
        addresses = [self._address(name) for name in wholes]
        if not all(map(self._is_known, [*addresses, self._address(part)])):
            return True  # what is wrong there is said there
        given = {each for a in addresses for each in given_parts(a, self.needs)}
        if set(given_parts(self._address(part), self.needs)) <= given:
            return True
        only, group = addresses[0], self._address(part)[0]
        apart = only[0] != group or not self.needs.get(only)
        return None if len(addresses) == 1 and apart else False
