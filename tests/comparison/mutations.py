"""Sixty invented authorities over two years, and single changes of every kind of input.

Each mutation says what the comparison has to tell of it: why, what, in which letters, and at which
line of the file that was changed. It has to tell nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.borsetshire import AMBRIDGE, BORSETSHIRE, EDITION, INTRODUCTION
from tests.comparison.two_years import BUSY_INSERT, THANKS_INSERT

NUMBERS = range(1, 61)
ALL = tuple(f"parish-{number:02}" for number in NUMBERS)
OTHERS = tuple(slug for slug in ALL if slug > "parish-50")
"""Those that are of the second kind."""
COUNCILS = tuple(slug for slug in ALL if slug not in OTHERS)
BUSY = tuple(slug for slug in ALL if int(slug[-2:]) + 14 > 52)
MANY = tuple(slug for slug in ALL if int(slug[-2:]) % 5 + 1 > 4)
"""Those of which many complaints were upheld."""
FEW = tuple(slug for slug in ALL if slug not in MANY)
THANKED = ("parish-07", "parish-21")
LATE = ("parish-03", "parish-33")

STATISTICS = """\
# The statistics

We received {{ authority.received.total | count("complaint") }} about the {{ authority.noun }}, and
we upheld {{ authority.decided.upheld }} of those that we investigated in the course of the year.

We publish these figures every year, so that all who live in the county can see them.

::: when authority.decided.upheld > 4
That is a good many for a place of this size, and we shall keep an eye on it.
::: otherwise
That is about as many as we find elsewhere in the county.
:::
"""
FUTURE = """\
# What comes next

Next year we will say more about how complaints are put right, and by whom. See
[our plan](https://ombudsman.borsetshire.example/plan) for *all* of it.

- Who was asked to do what
- When it was done, and how we know
"""
LATE_INSERT = """\
---
place: statistics
after: We received
---
Some of your replies were late, and we would like to talk to you about that.
"""
LETTERHEAD = """\
letterhead:
  sender: [The Old Mill, Mill Lane]
  reference: "Our reference: AL/{{ authority.noun }}"
  running_head: Letters of the Borsetshire Ombudsman
  footer: Calls are answered from 10 to 4.
  page_number: Page {{ page.number }} of {{ page.count }}
  after_signature: ["Enc: the figures of the year"]
"""


def authority_file(number: int) -> str:
    """The file of one authority: its figures follow from its number."""
    slug = f"parish-{number:02}"
    text = AMBRIDGE.replace("Ambridge District Council", f"Parish {number:02} Council")
    text = text.replace("Walter Gabriel", f"Walter Gabriel {'I' * (number % 7 + 1)}")
    text = text.replace("roads: 3", f"roads: {number}")
    text = text.replace(" upheld: 3", f" upheld: {number % 5 + 1}")
    text += "kind: authority\n" if slug in OTHERS else "kind: council\n"
    text += "inserts:\n  - thanks: {matter: the new pond}\n" if slug in THANKED else ""
    text += "inserts:\n  - late\n" if slug in LATE else ""
    return text


def edition_files(year: int) -> dict[str, str]:
    """The files of one edition, by path; those of both years say the same."""
    edition = EDITION.replace("year: 2031", f"year: {year}").replace(" {{ edition.year }}", "")
    edition = edition.replace(
        "sections: [introduction, statistics]",
        "sections:\n  - introduction\n  - statistics\n  - future",
    )
    templates = f"templates/{year}"
    shared = {
        path.replace("2031", str(year)): text
        for path, text in BORSETSHIRE.items()
        if "authorities" not in path
    }
    return {
        **shared,
        f"data/{year}/edition.yaml": edition + LETTERHEAD,
        f"{templates}/sections/introduction.md": INTRODUCTION,
        f"{templates}/sections/statistics.md": STATISTICS,
        f"{templates}/sections/future.md": FUTURE,
        f"{templates}/inserts/busy.md": BUSY_INSERT,
        f"{templates}/inserts/thanks.md": THANKS_INSERT,
        f"{templates}/inserts/late.md": LATE_INSERT,
        **{f"data/{year}/authorities/parish-{n:02}.yaml": authority_file(n) for n in NUMBERS},
    }


@dataclass(frozen=True)
class Told:
    """What is told of a mutation, once: why, what became of what, in which letters."""

    cause: str
    action: str
    removed: str
    added: str
    slugs: tuple[str, ...] = ALL
    at: str = ""
    """The words of the line that is named, where it is not the first that was changed."""


@dataclass(frozen=True)
class Mutation:
    """One change of one file, and all that is told of it."""

    name: str
    file: str
    old: str
    new: str
    told: tuple[Told, ...]


def changed(cause: str, removed: str, added: str, *more: str, at: str = "") -> Told:
    """Words that gave way to others; in all letters, unless some are named."""
    return Told(cause, "changed", removed, added, more or ALL, at)


def mutations() -> list[Mutation]:
    """All of them, by name in no order that matters."""
    kinds = (
        *(_figures(), _people(), _inserts_of_authorities(), _sections(), _inserts(), _facts()),
        *(_labels(), _definitions(), _furniture()),
    )
    return [mutation for several in kinds for mutation in several]


def _figures() -> Iterator[Mutation]:
    for number in (1, 8, 17, 26, 35, 44):
        slug, file = f"parish-{number:02}", f"parish-{number:02}.yaml"
        yield Mutation(
            *(f"a count in a table of {slug}", file, "by_us: 2", "by_us: 5"),
            (changed("figures", "2", "5", slug),),
        )
        sums = str(number + 14), str(number + 15)
        yield Mutation(
            *(f"a count in a table, its sum and a sentence of {slug}", file, "ponds: 14"),
            "ponds: 15",
            (
                changed("figures", "14", "15", slug),
                changed("figures", *sums, slug),
                changed("data", f"{sums[0]} complaints", f"{sums[1]} complaints", slug),
            ),
        )
    for number in (2, 11, 20, 29, 43, 52):
        slug, upheld = f"parish-{number:02}", number % 5 + 1
        new = upheld + 1
        rates = tuple(str((200 * n + n + 5) // (2 * (n + 5))) + "%" for n in (upheld, new))
        yield Mutation(
            *(f"a count with its rate of {slug}", f"{slug}.yaml", f" upheld: {upheld}}}"),
            f" upheld: {new}}}",
            (
                changed("figures", str(upheld), str(new), slug),
                changed("figures", *rates, slug),
                changed("figures", str(upheld + 6), str(new + 6), slug),
                changed("data", str(upheld), str(new), slug),
                *(_many_now(slug) if new == 5 else ()),
            ),
        )


_ELSEWHERE = "That is about as many as we find elsewhere in the county."
_GOOD_MANY = "That is a good many for a place of this size, and we shall keep an eye on it."


def _many_now(*slugs: str) -> tuple[Told, ...]:
    """The other case of the condition, where it came out the other way."""
    return (
        Told("rule", "removed", _ELSEWHERE, "", slugs),
        Told("rule", "added", "", _GOOD_MANY, slugs),
    )


def _people() -> Iterator[Mutation]:
    for number in (3, 12, 21, 30, 39, 48):
        slug, file = f"parish-{number:02}", f"parish-{number:02}.yaml"
        old = f"Walter Gabriel {'I' * (number % 7 + 1)}"
        yield Mutation(
            *(f"the chief executive of {slug}", file, f"name: {old}", "name: Mabel Larkin"),
            (
                changed("data", old, "Mabel Larkin", slug),
                changed("data", old, "Mabel Larkin", slug),
            ),
        )
        yield Mutation(
            *(f"the office of {slug}", file, "office: Chief Executive", "office: Clerk"),
            (changed("data", "Chief Executive", "Clerk", slug),),
        )
    for number in (4, 13, 22, 31):
        slug, file = f"parish-{number:02}", f"parish-{number:02}.yaml"
        old, new = f"Parish {number:02} Council", f"Parish Council of Pond {number}"
        yield Mutation(
            *(f"the name of {slug}", file, f"name: {old}", f"name: {new}"),
            (changed("data", old, new, slug), changed("data", old, new, slug)),
        )
    for number in (5, 14, 23, 32):
        slug, file = f"parish-{number:02}", f"parish-{number:02}.yaml"
        nouns = ("council", "authority")
        yield Mutation(
            *(f"the kind of {slug}", file, "kind: council", "kind: authority"),
            (
                changed("data", *nouns, slug),
                changed("data", *nouns, slug),
            ),
        )


_THANKS = "Thank you for {{ insert.matter }}, which we were glad to hear of."
_LATE = "Some of your replies were late, and we would like to talk to you about that."
_BUSY = "This was a busy year for the {{ authority.noun }}, and for us."


def _inserts_of_authorities() -> Iterator[Mutation]:
    for number in (6, 15, 24, 34):
        slug = f"parish-{number:02}"
        new = "kind: council\ninserts: [{thanks: {matter: a duck}}]"
        yield Mutation(
            *(f"an insert that {slug} names", f"{slug}.yaml", "kind: council", new),
            (
                Told(
                    "insert", "added", "", _THANKS, (slug,), "inserts: [{thanks: {matter: a duck}}]"
                ),
            ),
        )
    for slug in LATE:
        yield Mutation(
            *(f"an insert that {slug} no longer names", f"{slug}.yaml", "inserts:\n  - late\n", ""),
            (Told("insert", "removed", _LATE, "", (slug,), "- late"),),
        )
    for slug in THANKED:
        yield Mutation(
            *(f"a value that {slug} gives", f"{slug}.yaml", "the new pond", "two geese"),
            (changed("data", "the new pond", "two geese", slug),),
        )
    for slug in ("parish-40", "parish-47"):
        new = "kind: council\ndeclines: [busy]"
        yield Mutation(
            *(f"an insert that {slug} declines", f"{slug}.yaml", "kind: council", new),
            (Told("insert", "removed", _BUSY, "", (slug,)),),
        )
    for slug in ("parish-09", "parish-18"):
        own = "kind: council\ninserts:\n  - {place: future, text: We met in May.}"
        yield Mutation(
            *(f"a paragraph of {slug} alone", f"{slug}.yaml", "kind: council", own),
            (
                Told(
                    "insert",
                    "added",
                    "",
                    "We met in May.",
                    (slug,),
                    "- {place: future, text: We met in May.}",
                ),
            ),
        )


def _sections() -> Iterator[Mutation]:
    for file, old, new, cause in (
        ("introduction.md", "write to you", "turn to you", "wording"),
        ("statistics.md", "those that we", "the cases that we", "wording"),
        ("statistics.md", "of the year.\n", "of these months.\n", "wording"),
        ("statistics.md", "# The statistics", "# The statistics of it", "wording"),
        ("statistics.md", "the county can see", "the vale can see", "wording"),
        ("future.md", "say more about", "say less about", "wording"),
        ("future.md", "# What comes next", "# What comes now", "wording"),
        ("future.md", "- Who was asked", "- Which of you was asked", "wording"),
        ("future.md", "and how we know", "and who says so", "wording"),
        ("guide.md", "On reading", "On using", "wording"),
        ("notes.md", "a part of", "a share of", "wording"),
    ):
        removed, added = _words(old, new)
        yield Mutation(
            f"words of {file}: {removed}", file, old, new, (changed(cause, removed, added),)
        )
    yield Mutation(
        *("a case of a condition", "statistics.md", "as many as we", "as few as we"),
        (changed("wording", "many", "few", *FEW),),
    )
    yield Mutation(
        *("the condition of a case", "statistics.md", "upheld > 4", "upheld > 3"),
        _many_now(*(slug for slug in ALL if int(slug[-2:]) % 5 + 1 == 4)),
    )
    sentence = "We shall come back to this next year, once all is known about it."
    for file, before in (
        ("statistics.md", "We publish these"),
        ("future.md", "- Who was"),
        ("notes.md", "The uphold"),
    ):
        yield Mutation(
            *(f"a paragraph added to {file}", file, before, f"{sentence}\n\n{before}"),
            (Told("wording", "added", "", sentence),),
        )
    published = (
        "We publish these figures every year, so that all who live in the county can see them."
    )
    yield Mutation(
        *("a paragraph removed", "statistics.md", f"{published}\n\n", ""),
        (Told("wording", "removed", published, "", ALL, published),),
    )
    yield Mutation(
        *("a paragraph made an item", "statistics.md", "We publish these", "- We publish these"),
        (changed("wording", "", ""),),
    )
    yield Mutation(
        *("an item made a number", "future.md", "- When it was done", "1. When it was done"),
        (changed("wording", "", ""),),
    )
    plan = "https://ombudsman.borsetshire.example/"
    yield Mutation(
        *("where a link leads", "future.md", f"{plan}plan", f"{plan}plans"),
        (changed("wording", f"[our plan]({plan}plan)", f"[our plan]({plan}plans)"),),
    )
    yield Mutation(
        *("a word stressed", "future.md", "*all*", "**all**"),
        (changed("wording", "*all*", "**all**"),),
    )


def _words(old: str, new: str) -> tuple[str, str]:
    """The words of a mutation that differ, with what stands beside them in their words."""
    was, is_ = (text.strip("#- \n").split() for text in (old, new))
    while was and is_ and was[0] == is_[0]:
        was, is_ = was[1:], is_[1:]
    while was and is_ and was[-1] == is_[-1]:
        was, is_ = was[:-1], is_[:-1]
    return " ".join(was), " ".join(is_)


def _inserts() -> Iterator[Mutation]:
    yield Mutation(
        *("the words of an insert by rule", "busy.md", "busy year", "hard year"),
        (changed("insert", "busy", "hard", *BUSY),),
    )
    yield Mutation(
        *("the words of an insert", "thanks.md", "glad to", "pleased to"),
        (changed("insert", "glad", "pleased", *THANKED),),
    )
    met = tuple(slug for slug in ALL if 50 < int(slug[-2:]) + 14 <= 52)
    yield Mutation(
        *("a rule that more letters meet", "busy.md", "total > 52", "total > 50"),
        (Told("rule", "added", "", _BUSY, met),),
    )
    unmet = tuple(slug for slug in BUSY if int(slug[-2:]) + 14 <= 55)
    yield Mutation(
        *("a rule that fewer letters meet", "busy.md", "total > 52", "total > 55"),
        (Told("rule", "removed", _BUSY, "", unmet),),
    )
    yield Mutation(
        *("where an insert stands", "late.md", "after: We received", "after: We publish"),
        (Told("insert", "moved", _LATE, _LATE, LATE),),
    )
    yield Mutation(
        *("that an insert ends its section", "late.md", "after: We received\n", ""),
        (Told("insert", "moved", _LATE, _LATE, LATE, "place: statistics"),),
    )
    yield Mutation(
        *("the section of an insert", "busy.md", "place: statistics", "place: future"),
        (Told("insert", "moved", _BUSY, _BUSY, BUSY),),
    )
    yield Mutation(
        *(
            "a second paragraph of an insert",
            "late.md",
            "about that.\n",
            "about that.\n\nSoon, please.\n",
        ),
        (Told("insert", "added", "", "Soon, please.", LATE, "Soon, please."),),
    )


def _facts() -> Iterator[Mutation]:
    file = "edition.yaml"
    for name, old, new, removed, added in (
        (
            "the date",
            "letter_date: 2031-07-16",
            "letter_date: 2031-07-17",
            "16 July 2031",
            "17 July 2031",
        ),
        (
            "the signatory",
            "name: Ida Fairweather",
            "name: Amos Grundy",
            "Ida Fairweather",
            "Amos Grundy",
        ),
        (
            "the office",
            "[Ombudsman for Borsetshire]",
            "[Ombudswoman]",
            "Ombudsman for Borsetshire",
            "Ombudswoman",
        ),
    ):
        yield Mutation(name, file, old, new, (changed("edition", removed, added),))
    yield Mutation(
        *("the period", file, "period_end: 2031-03-31", "period_end: 2031-04-30"),
        (
            changed("edition", "31 March 2031", "30 April 2031"),
            changed("edition", "31/03/2031", "30/04/2031"),
        ),
    )
    for name, old, new in (
        ("the masthead", "masthead: Borsetshire Ombudsman", "masthead: Borsetshire Ombuds"),
        ("how it goes", "delivery: By carrier pigeon", "delivery: By carrier duck"),
        ("the salutation", "salutation: Dear ", "salutation: Good "),
        ("the closing", "closing: Yours faithfully,", "closing: Yours truly,"),
        ("the title of the figures", 'report_title: "Report:"', 'report_title: "Account:"'),
        (
            "the title of the period",
            'report_period: "Period ending:"',
            'report_period: "Period to:"',
        ),
        ("the title of the notes", "notes_title: Notes", "notes_title: Remarks"),
        ("the subject", "subject: Annual letter", "subject: Yearly letter"),
    ):
        removed, added = _words(
            old.partition(": ")[2].strip('"'), new.partition(": ")[2].strip('"')
        )
        yield Mutation(name, file, old, new, (changed("wording", removed, added),))
    yield Mutation(
        *("the word for a kind", file, "council: {noun: council}", "council: {noun: borough}"),
        (
            changed("edition", "council", "borough", *COUNCILS),
            changed("edition", "council", "borough", *COUNCILS),
            changed("edition", "council", "borough", *(s for s in BUSY if s in COUNCILS)),
        ),
    )
    yield Mutation(
        *("a section moved", file, "  - statistics\n  - future", "  - future\n  - statistics"),
        (Told("edition", "moved", "What comes next", "What comes next"),),
    )


def _labels() -> Iterator[Mutation]:
    file = "edition.yaml"
    for old, new in (
        ("roads: Roads", "roads: Highways"),
        ("ponds: Ponds and Ducks", "ponds: Ponds and Geese"),
        ("{label: Advice Given,", "{label: Advice,"),
        ("{label: Not Upheld,", "{label: Dismissed,"),
        ("{label: Upheld,", "{label: Granted,"),
        ("{label: Uphold Rate,", "{label: Share,"),
        ("by_us: by us", "by_us: by ourselves"),
        ("by_authority: by the authority", "by_authority: by you"),
    ):
        labels = tuple(text.partition(": ")[2].rstrip(",") for text in (old, new))
        yield Mutation(f"the label {labels[0]}", file, old, new, (changed("wording", *labels),))
    for old, new in (
        ("Complaints received", "What we received"),
        ("Decisions made", "What we decided"),
        ("Complaints remedied", "Put right"),
    ):
        yield Mutation(
            f"the title {old}",
            file,
            f"title: {old}",
            f"title: {new}",
            (changed("wording", old, new),),
        )
    yield Mutation(
        *("a header over a column", file, "under: Early decisions", "under: First decisions"),
        (changed("wording", "Early decisions", "First decisions"),),
    )


def _definitions() -> Iterator[Mutation]:
    file = "edition.yaml"
    yield Mutation(
        *(
            "what a rate is of",
            file,
            "of: [not_upheld, upheld]",
            "of: [advice_given, not_upheld, upheld]",
        ),
        (
            changed(
                *("edition", "percent: upheld, of: not_upheld, upheld"),
                "percent: upheld, of: advice_given, not_upheld, upheld",
            ),
        ),
    )
    yield Mutation(
        *("what a rate is", file, "percent: upheld", "percent: not_upheld"),
        (
            changed(
                *("edition", "percent: upheld, of: not_upheld, upheld"),
                "percent: not_upheld, of: not_upheld, upheld",
            ),
        ),
    )
    yield Mutation(
        *(
            "what a sum adds up",
            file,
            "ponds: Ponds and Ducks\n      total: {label: Total, sum: all}",
        ),
        "ponds: Ponds and Ducks\n      total: {label: Total, sum: [roads]}",
        (
            changed("edition", "sum: all", "sum: roads", at="total: {label: Total, sum: [roads]}"),
            Told(
                *("rule", "removed", _BUSY, ""),
                tuple(slug for slug in BUSY if int(slug[-2:]) <= 52),
                "total: {label: Total, sum: [roads]}",
            ),
        ),
    )
    yield Mutation(
        *("the order of columns", file, "by_us: by us, by_authority: by the authority"),
        "by_authority: by the authority, by_us: by us",
        (Told("edition", "moved", "by us", "by us"),),
    )


def _furniture() -> Iterator[Mutation]:
    file = "edition.yaml"
    for name, old, new in (
        ("a line of the sender", "Mill Lane", "Mill Street"),
        ("the reference", "Our reference: AL", "Our letter: AL"),
        ("the running head", "Letters of the", "News of the"),
        ("the footer", "from 10 to", "from 9 to"),
        ("the page number", "Page {{ page.number }} of", "Sheet {{ page.number }} of"),
        ("what is enclosed", "Enc: the figures", "With it: the figures"),
    ):
        yield Mutation(name, file, old, new, (changed("wording", *_words(old, new)),))
    for name, path, old in (
        ("the styles of the page", "templates/letter.css", "}"),
        ("the styles of the screen", "templates/screen.css", "}"),
    ):
        yield Mutation(name, path, old, "} /* set otherwise */", ())
