"""Checks how the figures of an edition are defined: their kinds, what they are worked out from."""

from collections.abc import Iterable, Mapping, Sequence

from generator.edition.figure_kind import ColumnCheck
from generator.edition.figure_kinds import figure_kinds
from generator.edition.groups import Column, Group
from generator.edition.operands import Address, address_of, circles, given_parts, name_of
from generator.edition.yaml_tree import shown
from generator.problems import did_you_mean

RESERVED_GROUPS = {
    *("name", "kind", "noun", "addressee", "copies"),
    *("inserts", "declines", "formerly", "aliases"),
}
"""Keys of an authority's file, and names of its variables, that no group of figures may take."""
_LONGEST_NONE = 40

Step = str | int
Wrong = tuple[str, tuple[Step, ...]]
"""What is wrong, and the keys and numbers that lead to it."""


def wrong_definitions(groups: Mapping[str, Group]) -> list[Wrong]:
    """All that is wrong with how figures are defined; the groups need not be settled yet."""
    for id_, group in groups.items():
        group.settle(id_)
    return _Definitions(groups).wrong()


def repeated(names: Sequence[object]) -> list[int]:
    """The numbers of those in a list that stand in it before."""
    return [number for number, name in enumerate(names) if name in names[:number]]


def hint(word: str, known: Iterable[str]) -> str:
    """The known name that is near, or all of them where none is."""
    names = list(known)
    near = did_you_mean(word, names)
    return near or (f"; expected one of {', '.join(names)}" if names else "")


class _Definitions:
    """The definitions of all groups, looked at once."""

    def __init__(self, groups: Mapping[str, Group]) -> None:
        self._groups = groups
        self._columns = {c.address: c for group in groups.values() for c in group.columns}
        needs = {address: column.needs for address, column in self._columns.items()}
        self._circles = circles(needs)
        round_ = {address for circle in self._circles for address in circle}
        self._needs = {a: needed for a, needed in needs.items() if a not in round_}
        self._found: list[Wrong] = []

    def wrong(self) -> list[Wrong]:
        """All that is wrong with them."""
        for id_, group in self._groups.items():
            self._group(id_, group)
        for circle in self._circles:
            names = [name_of(address, circle[0][0]) for address in circle]
            way = f": {names[0]} needs {', which needs '.join(names[1:])}"
            alone = len(names) == 2
            message = f"needs itself{'' if alone else way}; take {'it' if alone else 'one'} out"
            self._say(message, *self._columns[circle[0]].steps)
        return self._found

    def _say(self, message: str, *steps: Step) -> None:
        self._found.append((message, steps))

    def _group(self, id_: str, group: Group) -> None:
        if id_ in RESERVED_GROUPS:
            self._say("this name has a meaning of its own; choose another", "figures", id_)
        self._printed_as_it_stands(group.title or "", "figures", id_, "title")
        others = any(need[0] != id_ for column in group.columns for need in column.needs)
        if not any(column.kinds[0].is_given for column in group.columns) and not others:
            message = "no count among them; expected one column or more without sum and percent"
            self._say(message, *group.steps)
        headers: list[str | None] = [None]
        labels: dict[str, str] = {}
        for column in group.columns:
            header = column.header_group
            if header is not None and header != headers[-1] and header in headers:
                message = f'the columns under "{shown(header)}" must stand side by side'
                self._say(message, *column.steps, "under")
            headers.append(header)
            first = labels.setdefault(column.label.casefold(), column.id)
            if first != column.id:
                message = f"the same label as that of {first}; choose another"
                self._say(message, *column.steps, "label")
            self._column(column)

    def _printed_as_it_stands(self, text: str, *at: Step) -> None:
        if "{{" in text:
            self._say("placeholders are not filled in here; write the words themselves", *at)

    def _column(self, column: Column) -> None:
        self._printed_as_it_stands(column.label, *column.steps, "label")
        self._printed_as_it_stands(column.header_group or "", *column.steps, "under")
        self._printed_as_it_stands(column.none_said or "", *column.steps, "none")
        kinds = column.kinds
        if len(kinds) > 1:
            both = " and ".join(kind.called for kind in kinds)
            self._say(f"both {both}; expected one of them", *column.steps)
        if column.none_said is not None and not any(kind.is_rate for kind in kinds):
            message = "only a rate (percent, of) can have nothing to be a part of; remove it"
            self._say(message, *column.steps, "none")
        elif len(column.none_said or "") > _LONGEST_NONE:
            message = f"longer than {_LONGEST_NONE} characters; expected words that fit in a cell"
            self._say(message, *column.steps, "none")
        operands = _Operands(column, self._groups, self._columns, self._needs, self._found)
        for kind in figure_kinds():
            said = column.said(kind)
            if any(value is not None for value in said.values()):
                kind.check(said, operands.check(alone=len(kinds) == 1))


class _Operands:
    """What the figures are that one column names."""

    def __init__(
        self,
        column: Column,
        groups: Mapping[str, Group],
        columns: Mapping[Address, Column],
        needs: Mapping[Address, Sequence[Address]],
        found: list[Wrong],
    ) -> None:
        self._column, self._groups, self._columns = column, groups, columns
        self._needs, self._found = needs, found

    def check(self, *, alone: bool) -> ColumnCheck:
        """What a kind is given to check its keys."""
        own = self._groups[self._column.group].columns
        return ColumnCheck(
            counts=[c.id for c in own if c.kinds[0].is_given and c.kinds[0].adds_up],
            alone=alone,
            say=self._say,
            known_count=self._known_count,
            known_figure=self._known_figure,
            listed_once=self._listed_once,
            holds=self._holds,
        )

    def _say(self, message: str, *keys: Step) -> None:
        self._found.append((message, (*self._column.steps, *keys)))

    def _address(self, name: str) -> Address:
        return address_of(name, self._column.group)

    def _known_count(self, name: str, *at: Step) -> bool:
        return self._known(name, "count", *at)

    def _known_figure(self, name: str, *at: Step) -> bool:
        return self._known(name, "figure", *at)

    def _known(self, name: str, what: str, *at: Step) -> bool:
        """Whether a name is one of a figure that may be made use of here; or it is said."""
        group, id_ = self._address(name)
        if group not in self._groups:
            self._say(f'no group "{shown(group)}"{hint(group, self._groups)}', *at)
            return False
        own = self._groups[group].columns
        usable = [
            c for c in own if (c.kinds[0].adds_up if what == "count" else not c.kinds[0].is_rate)
        ]
        column = self._columns.get((group, id_))
        if column is None:
            ids = [c.id for c in usable if c is not self._column]
            said = hint(id_, ids)
            elsewhere = [".".join(a) for a, c in self._columns.items() if a[1] == id_]
            if "did you mean" not in said and elsewhere and "." not in name:
                said = f'; did you mean "{elsewhere[0]}"?'
            self._say(f'{group} has no {what} "{shown(id_)}"{said}', *at)
        elif column not in usable:
            expected = "a count or a sum" if what == "count" else "a figure that is no rate"
            adds = ", which does not add up" if what == "count" else ""
            called = column.kinds[0].called
            self._say(f"{shown(name)} is {called}{adds}; expected {expected}", *at)
        return column in usable

    def _listed_once(self, names: Sequence[str], *at: Step) -> None:
        """None of these twice, nor a count that another of them holds already."""
        addresses = [self._address(name) for name in names]
        twice = repeated(addresses)
        for number in twice:
            self._say(f'"{names[number]}" is listed twice; remove one', *at, number)
        seen: dict[Address, str] = {}
        for number, name in enumerate(names):
            column = self._columns.get(addresses[number])
            adds_up = column is not None and column.kinds[0].adds_up
            parts = given_parts(addresses[number], self._needs) if adds_up else ()
            held = next((part for part in parts if part in seen), None)
            if held is not None and number not in twice:
                count = name_of(held, self._column.group)
                both = f"{seen[held]} and {name} both hold {count}, which would be counted twice"
                self._say(f"{both}; remove one of them", *at, number)
            seen |= dict.fromkeys(parts, name)

    def _is_known(self, address: Address) -> bool:
        """Whether it is known what a figure is made of, all the way down."""
        needed = self._needs.get(address)
        return needed is not None and all(map(self._is_known, needed))

    def _holds(self, wholes: Sequence[str], part: str) -> bool | None:
        addresses = [self._address(name) for name in wholes]
        if not all(map(self._is_known, [*addresses, self._address(part)])):
            return True  # what is wrong there is said there
        given = {each for a in addresses for each in given_parts(a, self._needs)}
        if set(given_parts(self._address(part), self._needs)) <= given:
            return True
        only, group = addresses[0], self._address(part)[0]
        apart = only[0] != group or not self._needs.get(only)
        return None if len(addresses) == 1 and apart else False
