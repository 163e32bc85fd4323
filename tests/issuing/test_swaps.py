"""Whatever of two authorities is exchanged, recipient, letter or cases: there is no message."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.issuing.enclosures import Divided, Enclosure
from generator.issuing.mail_messages import MadeMessage, Mailing
from generator.lineage.earlier_years import load_edition
from generator.verification.output_formats import PDF
from tests.batch.executors import build
from tests.borsetshire import EDITION, authority, build_tree

pytestmark = pytest.mark.processes  # what others made is read in one

NAMES = ("Ambridge", "Felpersham", "Penny Hassett", "Loxley Barrett", "Darrington", "Hollerton")
SLUGS = [f"{name.lower().replace(' ', '-')}-council" for name in NAMES]
MAIL = """\
copies: [leader]
mail: {enclosures: {cases: received.total}}
"""
WORDS = "# The letter of {{ authority.name }}\n\nDear {{ authority.addressee.salutation }},\n"


def address(number: int, role: str) -> str:
    return f"{role}@{SLUGS[number].removesuffix('-council')}.example"


def data(number: int, addresses: Mapping[str, str]) -> str:
    text = authority(f"{NAMES[number]} Council", received_roads=number + 1, received_ponds=2)
    domain = address(number, "x").partition("@")[2]
    return text.replace(
        "  office: Chief Executive\n",
        f"  office: Chief Executive\n  email: {addresses['chief']}\n"
        f"copies: {{leader: {{name: The Leader, office: Leader, email: {addresses['leader']}}}}}\n"
        f"domains: [{domain}]\n",
    )


Swapped = Mapping[tuple[int, str], tuple[int, str]]
"""Whose address, of which role, stands in the place of another's."""


def files(swapped: Swapped, rows: Mapping[int, int]) -> dict[str, str]:
    """The workspace with some addresses in others' places, and other numbers of cases."""
    cases = io.StringIO()
    writer = csv.writer(cases)
    writer.writerow(["Authority", "Case", "About"])
    found = {"data/2031/edition.yaml": EDITION + MAIL, "templates/2031/mail.md": WORDS}
    for number, slug in enumerate(SLUGS):
        addresses = {
            role: address(*swapped.get((number, role), (number, role)))
            for role in ("chief", "leader")
        }
        found[f"data/2031/authorities/{slug}.yaml"] = data(number, addresses)
        for case in range(rows.get(number, number + 3)):
            name = f"{NAMES[number]} Council"
            writer.writerow([name, f"{number}-{case}", f"from a resident of {name}"])
    return {**found, "enclosures/2031/cases.csv": cases.getvalue()}


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The PDFs of all, as they are when nothing is exchanged."""
    folders = build_tree(tmp_path_factory.mktemp("letters"), files({}, {}))
    assert build(load_edition(folders), folders.output()).problems == []
    folder = folders.output() / PDF.name
    return [(folder / f"{slug}.pdf").read_bytes() for slug in SLUGS]


def messages(
    folder: Path,
    letters: list[bytes],
    swapped: Swapped,
    rows: Mapping[int, int],
    exchange: Callable[[Divided], None] = lambda _divided: None,
) -> list[MadeMessage]:
    loaded = load_edition(build_tree(folder, files(swapped, rows)))
    mailing = Mailing(loaded)
    exchange(mailing.divided)
    return [mailing.message(s, {s: pdf}) for s, pdf in zip(SLUGS, letters, strict=True)]


def exchange_rows(one: Enclosure, other: Enclosure, number: int) -> None:
    """Let so many rows of two workbooks change places, their authority's name and all."""
    books = [openpyxl.load_workbook(io.BytesIO(each.content)) for each in (one, other)]
    rows = [[[c.value for c in row] for row in book.worksheets[0].iter_rows()] for book in books]
    for each, book, theirs in zip((one, other), books, reversed(rows), strict=True):
        for at, row in enumerate(theirs[1 : number + 1], start=2):
            for column, value in enumerate(row, start=1):
                book.worksheets[0].cell(at, column).value = value
        written = io.BytesIO()
        book.save(written)
        object.__setattr__(each, "content", written.getvalue())


def test_with_nothing_exchanged_all_have_messages(letters: list[bytes], tmp_path: Path) -> None:
    assert [each.why_not for each in messages(tmp_path, letters, {}, {})] == [()] * len(SLUGS)


@pytest.mark.thorough
@settings(max_examples=100)
@given(st.data())
def test_what_is_exchanged_is_refused(
    letters: list[bytes], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    one, other = data.draw(
        st.tuples(*[st.integers(0, len(SLUGS) - 1)] * 2).filter(lambda pair: pair[0] != pair[1])
    )
    kinds = ["chief", "leader", "letter", "cases", "enclosure", "row", "all rows"]
    what = data.draw(st.sampled_from(kinds))
    pdfs, swapped, rows = list(letters), {}, {}

    def exchange(divided: Divided) -> None:
        """Exchange two workbooks, or a row of each, or all that two of the same number have."""
        both = [divided.enclosures[SLUGS[number]] for number in (one, other)]
        if what == "enclosure":
            both[0][:], both[1][:] = [*both[1]], [*both[0]]
        elif what in {"row", "all rows"}:
            exchange_rows(both[0][0], both[1][0], 1 if what == "row" else 3)

    if what == "letter":
        pdfs[one], pdfs[other] = pdfs[other], pdfs[one]
    elif what == "cases":
        rows = {one: other + 3, other: one + 3}
    elif what in {"chief", "leader"}:
        role = data.draw(st.sampled_from(["chief", "leader"]))
        swapped = {(one, what): (other, role), (other, role): (one, what)}

    made = messages(tmp_path_factory.mktemp("swap"), pdfs, swapped, rows, exchange)

    refused = {number for number, each in enumerate(made) if each.why_not}
    assert refused == {one, other}
