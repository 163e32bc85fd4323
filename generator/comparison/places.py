"""Where a change comes from: the line to look at, on both sides, as far as these are known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.comparison.edition_context import NOTHING_KNOWN, EditionContext
from generator.comparison.words import wording_words
from generator.edition.figure_kinds import kind_named
from generator.letter.letter import Block, Letter, PrintedFigure
from generator.problems import Place

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
        return self.old.fact(self.before.slug, name), self.new.fact(self.after.slug, name)

    @property
    def same_kind(self) -> bool:
        """Whether the authority is known to be of the kind that it was."""
        kind = self.new.kinds.get(self.after.slug)
        return kind is not None and kind == self.old.kinds.get(self.before.slug)

    def figure_places(self, group: str, id_: str) -> tuple[Place | None, Place | None]:
        """Where a figure is given on both sides; a sum or a rate by the first count that differs.

        The edition's rule for a sum says nothing about why it is another this year.
        """
        ids = [id_, *self._changed_counts(group, id_)]
        return _place(self.before, self.old, group, ids), _place(self.after, self.new, group, ids)

    def _changed_counts(self, group: str, id_: str) -> list[str]:
        old, new = (
            {f.id: f for f in version.figures if f.group == group}
            for version in (self.before, self.after)
        )
        parts = self.new.parts.get((group, id_), tuple(new))
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

    def rule_places(self, insert: str) -> tuple[Place | None, Place | None]:
        """Where the condition of an insert stands."""
        old, new = self.old.rules.get(insert), self.new.rules.get(insert)
        return old.place if old else None, new.place if new else None

    def asked(self, insert: str) -> str:
        """The value for which a condition that says the same came out the other way.

        The first it asks for that is another now; nothing where the condition itself differs.
        """
        old, new = self.old.rules.get(insert), self.new.rules.get(insert)
        if old is None or new is None or old.source != new.source:
            return ""
        return next((name for name in new.names if self._differs(name)), "")

    def _differs(self, name: str) -> bool:
        """Whether a value that rules may ask for is known to be another."""
        address = figure_address(name)
        if address:
            old, new = (
                {(f.group, f.id): f.value for f in version.figures}
                for version in (self.before, self.after)
            )
            return address in new and old.get(address) != new[address]
        return name in {KIND, NOUN} and not self.same_kind


def figure_address(name: str) -> tuple[str, str] | None:
    """The group and id of the figure that a placeholder names, if it names one."""
    first, _, rest = name.partition(".")
    group, _, id_ = rest.partition(".")
    return (group, id_) if first == "authority" and id_ and group != "addressee" else None


def _place(
    version: Letter, background: EditionContext, group: str, ids: Iterable[str]
) -> Place | None:
    """The place of the first of these that is a count, else of the first: its rule."""
    known: dict[str, PrintedFigure] = {f.id: f for f in version.figures if f.group == group}
    found = [known[id_] for id_ in ids if id_ in known]
    counts = [figure for figure in found if kind_named(figure.kind).is_given]
    if not found:
        return None
    first = (counts or found)[0]
    return first.place or background.fact(version.slug, f"authority.{group}.{first.id}")


def place_of_word(passage: Block, number: int) -> Place | None:
    """The line on which a word of a wording stands, by its number among the words."""
    if passage.place is None or passage.wording is None or "\n" not in passage.wording:
        return passage.place
    lines = passage.wording.split("\n")
    for line in range(len(lines)):
        if len(wording_words("\n".join(lines[: line + 1]))) > number:
            return replace(passage.place, line=passage.place.line + line)
    return passage.place
