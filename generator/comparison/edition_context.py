"""What is known of an edition beyond the words of its letters: rules, choices, and where they are.

A comparison needs it to name the line that a change comes from, and to tell an insert that a rule
placed from one that somebody chose. Of an edition that is known by its letters alone, little is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from generator.comparison.redefinitions import (
    Definition,
    Redefinition,
    definition_of,
    redefinition,
)
from generator.comparison.words import wording_words
from generator.edition.authority import Authority
from generator.edition.edition import Edition, Outliers
from generator.edition.figure_kind import FigureKind
from generator.edition.figure_kinds import kind_named
from generator.edition.operands import Address
from generator.letter.letter import Block, Letter, PrintedFigure
from generator.letter.markup import plain_wording
from generator.letter.variables import Variables, variables_of
from generator.letter.wording import Wording
from generator.letter.wording_block import WordingBlock
from generator.plain_text import single_spaced
from generator.problems import Place


def _nowhere(_slug: str, _name: str) -> Place | None:
    return None


@dataclass(frozen=True)
class Condition:
    """A rule: where it stands, what it says, the values that it asks for."""

    place: Place
    source: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditionContext:
    """One side's edition; without all of this, causes are less sure and places are missing."""

    inserts: frozenset[str] = frozenset()
    """The inserts that it had, whether or not a letter has them."""
    rules: Mapping[str, Condition] = field(default_factory=dict)
    """The condition of each insert that has one."""
    insert_places: Mapping[str, Place] = field(default_factory=dict)
    """Where it is said after which paragraph, or in which section, each insert stands."""
    choices: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """By slug and insert: where an authority names it, or declines it, whatever a rule says."""
    sections: Mapping[str, Place] = field(default_factory=dict)
    """Where each section stands in the list of them."""
    section_list: Place | None = None
    """Where that list is: the line to look at for a section that is not in it."""
    wordings: Mapping[tuple[str | None, str], Place] = field(default_factory=dict)
    """Where a wording stands, by its insert or section, and by itself alone for fixed words."""
    cases: Mapping[tuple[str | None, str], tuple[Condition, ...]] = field(default_factory=dict)
    """The conditions of each wording that has some, known like its place."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """The kind of each authority, by slug."""
    titles: Mapping[str, Place] = field(default_factory=dict)
    """Where the title of each table is given, by group."""
    columns: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """Where the label of each column is given, by group and id."""
    definitions: Mapping[Address, Definition] = field(default_factory=dict)
    """How each sum and rate is worked out."""
    figure_kinds: Mapping[Address, FigureKind] = field(default_factory=dict)
    """The kind of each figure."""
    parts: Mapping[Address, tuple[Address, ...]] = field(default_factory=dict)
    """The figures that each sum adds up, and that are the whole of each rate."""
    sources: Mapping[Address, tuple[Address, ...]] = field(default_factory=dict)
    """The given figures of which each sum or rate is made in the end."""
    numerators: frozenset[Address] = frozenset()
    """The figures that a rate is of."""
    outliers: Outliers | None = None
    """What the edition finds worth a look against last year."""
    place_of_variable: Callable[[str, str], Place | None] = _nowhere
    """From a slug and the name of a value (`authority.name`) to where that is given."""

    def also(self, other: "EditionContext") -> "EditionContext":
        """What is known of one edition in two languages; of what is the same in both, its own."""

        def place_of_variable(slug: str, name: str) -> Place | None:
            return self.place_of_variable(slug, name) or other.place_of_variable(slug, name)

        return replace(
            self,
            choices={**other.choices, **self.choices},
            wordings={**other.wordings, **self.wordings},
            cases={**other.cases, **self.cases},
            kinds={**other.kinds, **self.kinds},
            place_of_variable=place_of_variable,
        )

    def located(self, passage: Block) -> Block:
        """A passage with its place; a letter's record does not tell it, the same wording does."""
        if passage.place is not None or passage.wording is None:
            return passage
        whose = (passage.insert or passage.part, passage.wording)
        place = self.wordings.get(whose) or self.wordings.get((None, passage.wording))
        return replace(passage, place=place) if place else passage

    def case(self, passage: Block) -> tuple[Condition, ...]:
        """The conditions under which the edition has a passage's wording; none if it has not."""
        if passage.wording is None:
            return ()
        words = plain_wording(passage.wording)
        whose = passage.insert or passage.part
        return self.cases.get((whose, words)) or self.cases.get((None, words)) or ()


NOTHING_KNOWN = EditionContext()


def background_of_letters(versions: Iterable[Letter]) -> EditionContext:
    """What can be seen of an edition in its letters alone."""
    passages = (passage for version in versions for passage in version.passages)
    return EditionContext(inserts=frozenset(p.insert for p in passages if p.insert is not None))


def background_of(
    edition: Edition, wording: Wording, authorities: Mapping[str, Authority]
) -> EditionContext:
    """What is known of an edition whose files are at hand."""
    choices: dict[tuple[str, str], Place] = {}
    for slug, authority in authorities.items():
        choices |= {(slug, name): place for name, place in authority.declines.items()}
        choices |= {(slug, chosen.insert): chosen.place for chosen in authority.inserts}

    @cache
    def variables(slug: str) -> Variables:
        return variables_of(edition, authorities[slug])

    def place_of_variable(slug: str, name: str) -> Place | None:
        if name.startswith("insert."):
            return _given(authorities.get(slug), name.removeprefix("insert."))
        if slug not in authorities:
            return edition.place(*name.split(".")[1:]) if name.startswith("edition.") else None
        known = variables(slug).get(name)
        return known.place if known else None

    return EditionContext(
        inserts=frozenset(wording.insert_files),
        rules={
            name: Condition(each.rule_place, single_spaced(each.rule.source), each.rule.names)
            for name, each in wording.inserts.items()
            if each.rule is not None
        },
        insert_places={name: each.place for name, each in wording.inserts.items()},
        choices=choices,
        sections={n: edition.place("sections", i) for i, n in enumerate(edition.sections)},
        section_list=edition.place("sections"),
        wordings=_wordings(edition, wording),
        cases={
            (whose, plain_wording(block.source)): tuple(
                Condition(each.place, single_spaced(each.rule.source), each.rule.names)
                for each in block.conditions
            )
            for whose, block in _variants(wording)
            if block.conditions
        },
        kinds={slug: authority.kind for slug, authority in authorities.items()},
        titles={name: table.title_place for name, table in wording.tables.items()},
        columns={(column.group, column.id): column.place for column in edition.columns()},
        definitions={c.address: definition_of(edition, c) for c in edition.columns() if c.parts},
        figure_kinds={c.address: c.kind for c in edition.columns()},
        parts={c.address: c.parts for c in edition.columns() if c.parts},
        sources={c.address: c.sources for c in edition.columns() if c.parts},
        numerators=frozenset(c.numerator for c in edition.columns() if c.numerator),
        outliers=edition.outliers,
        place_of_variable=place_of_variable,
    )


def _wordings(edition: Edition, wording: Wording) -> dict[tuple[str | None, str], Place]:
    """Where each wording stands; of one that stands twice in a section, the first."""
    places: dict[tuple[str | None, str], Place] = {}
    for whose, block in _variants(wording):
        places.setdefault((whose, block.source), block.place)
    for number, office in enumerate(edition.signatory.offices):
        places.setdefault((None, office), edition.place("signatory", "offices", number))
    return places


def _variants(wording: Wording) -> Iterator[tuple[str | None, WordingBlock]]:
    """Each block in every way in which it can read, and the section or insert that it is of."""
    inserts = {name: insert.blocks for name, insert in wording.inserts.items()}
    for whose, blocks in (*wording.sections.items(), *inserts.items()):
        yield from ((whose, variant) for block in blocks for variant in block.variants)
    for block in (*wording.page, *wording.fixed):
        yield from ((None, variant) for variant in block.variants)


def _given(authority: Authority | None, value: str) -> Place | None:
    """Where an authority gives a value to one of its inserts."""
    for number, chosen in enumerate(authority.inserts if authority else ()):
        if authority is not None and value in chosen.values:
            return authority.place("inserts", number, chosen.insert, value)
    return None


KIND = "authority.kind"
NOUN = "authority.noun"
"""The word for an authority: a fact of the edition, which its kind chooses."""


@dataclass(frozen=True)
class LetterPair:
    """Last year's version of a letter and this year's, each with what is known of its edition."""

    before: Letter
    after: Letter
    old: EditionContext = NOTHING_KNOWN
    new: EditionContext = NOTHING_KNOWN

    @property
    def slugs(self) -> set[str]:
        """The names of the letter; an authority's predecessors have others."""
        return {self.before.slug, self.after.slug}

    def value_places(self, name: str) -> tuple[Place | None, Place | None]:
        """Where the value of a placeholder is given on both sides."""
        figure = figure_address(name)
        if figure:
            return self.figure_places(*figure)
        if name == NOUN and not self.same_kind:
            name = KIND
        return self.old.place_of_variable(self.before.slug, name), self.new.place_of_variable(
            self.after.slug, name
        )

    @property
    def same_kind(self) -> bool:
        """Whether the authority is known to be of the kind that it was."""
        kind = self.new.kinds.get(self.after.slug)
        return kind is not None and kind == self.old.kinds.get(self.before.slug)

    def redefined(self, figure: Address) -> Redefinition | None:
        """How a sum or rate is worked out otherwise, if it is."""
        return redefinition(self.old.definitions.get(figure), self.new.definitions.get(figure))

    def redefinition_behind(self, name: str) -> Redefinition | None:
        """That for which alone a value is another: what it is made of is known to be the same."""
        figure = figure_address(name)
        if figure is None:
            return None
        parts = (figure, *self.new.parts.get(figure, ()))
        found = next(filter(None, map(self.redefined, parts)), None)
        old, new = figures_of(self.before), figures_of(self.after)
        sources = {*self.old.sources.get(figure, ()), *self.new.sources.get(figure, ())}
        same = all(s in old and s in new and old[s].value == new[s].value for s in sources)
        return found if same else None

    def figure_places(self, group: str, id_: str) -> tuple[Place | None, Place | None]:
        """Where a figure is given on both sides; a sum or a rate by the first part that differs.

        The edition's rule for a sum says nothing about why it is another this year, unless that
        alone is why.
        """
        if behind := self.redefinition_behind(f"authority.{group}.{id_}"):
            return behind.places
        ids = [(group, id_), *self._changed_parts((group, id_))]
        return _place(self.before, self.old, ids), _place(self.after, self.new, ids)

    def column_places(self, figure: Address) -> tuple[Place | None, Place | None]:
        """Where the label of a figure's column is given on both sides."""
        return self.old.columns.get(figure), self.new.columns.get(figure)

    def _changed_parts(self, figure: Address) -> list[Address]:
        old, new = figures_of(self.before), figures_of(self.after)
        own = tuple(address for address in new if address[0] == figure[0])
        parts = self.new.sources.get(figure, own)
        return [
            part
            for part in parts
            if part in new
            and kind_named(new[part].kind).is_given
            and (part not in old or old[part].value != new[part].value)
        ]

    def choice_places(self, insert: str) -> tuple[Place | None, Place | None]:
        """Where the authority decides that it has an insert, or has it not."""
        return (
            self.old.choices.get((self.before.slug, insert)),
            self.new.choices.get((self.after.slug, insert)),
        )

    def differs(self, name: str) -> bool:
        """Whether a value that rules may ask for is known to be another."""
        address = figure_address(name)
        if address:
            old, new = figures_of(self.before).get(address), figures_of(self.after).get(address)
            return new is not None and (old.value if old else None) != new.value
        return name in {KIND, NOUN} and not self.same_kind


def figures_of(letter: Letter) -> dict[Address, PrintedFigure]:
    """The figures of a letter, by group and id."""
    return {(figure.group, figure.id): figure for figure in letter.figures}


def figure_address(name: str) -> tuple[str, str] | None:
    """The group and id of the figure that a placeholder names, if it names one."""
    first, _, rest = name.partition(".")
    group, _, id_ = rest.partition(".")
    is_figure = first == "authority" and id_.isidentifier() and group not in {"addressee", "copies"}
    return (group, id_) if is_figure else None


def _place(version: Letter, background: EditionContext, figures: Iterable[Address]) -> Place | None:
    """The place of the first of these that is given, else of the first: its rule."""
    known = figures_of(version)
    found = [known[address] for address in figures if address in known]
    counts = [figure for figure in found if kind_named(figure.kind).is_given]
    if not found:
        group, id_ = next(iter(figures))
        return background.place_of_variable(version.slug, f"authority.{group}.{id_}")
    first = (counts or found)[0]
    return first.place or background.place_of_variable(
        version.slug, f"authority.{first.group}.{first.id}"
    )


def place_of_word(passage: Block, number: int) -> Place | None:
    """The line on which a word of a wording stands, by its number among the words."""
    if passage.place is None or passage.wording is None or "\n" not in passage.wording:
        return passage.place
    lines = passage.wording.split("\n")
    for line in range(len(lines)):
        if len(wording_words("\n".join(lines[: line + 1]))) > number:
            return replace(passage.place, line=passage.place.line + line)
    return passage.place
