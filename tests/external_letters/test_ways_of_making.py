"""Last year's letters from texts and saved pages: every planted change is told, and no other."""

import re
from collections.abc import Callable

import pytest
from weasyprint import HTML

from tests.external_letters.ways_of_making import (
    ALL_TOLD,
    judge,
    page,
    untagged,
    wrapped,
)
from tests.real_letters import REAL

FOOT = "Annual Review letter 2018 | Page {}"


def on_odd_pages(text: bytes) -> bytes:
    return re.sub(rb"Annual Review letter 2018 \| Page \d*[02468]\n", b"\n", text)


SMALL = "body { font: 10pt/1.4 'Liberation Serif' } @page { margin: 2cm 3cm; "
SMALL += "@bottom-right { content: counter(page) } } table { font-size: 6.5pt }"

WAYS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "a page saved from Word": ("html", lambda slug: page(slug, breaks=True).encode()),
    "OCR": (
        "txt",
        lambda slug: wrapped(
            slug, 84, blank_lines=False, hyphens=True, lines_a_page=44, foot="Page {}"
        ),
    ),
    "hard-wrapped, with footers of odd pages": (
        "txt",
        lambda slug: on_odd_pages(
            wrapped(slug, 76, blank_lines=True, hyphens=False, lines_a_page=48, foot=FOOT)
        ),
    ),
}


@pytest.mark.parametrize("slug", REAL)
@pytest.mark.parametrize("way", WAYS)
def test_it_says_what_it_said(way: str, slug: str) -> None:
    ending, make = WAYS[way]

    found = judge(slug, ending, make(slug))

    assert (found.misread, found.missing, found.wrong) == ({}, 0, ())
    assert found.told == ALL_TOLD


@pytest.mark.thorough
@pytest.mark.parametrize("slug", REAL)
def test_a_pdf_of_small_type_without_structure_does_so_too(slug: str) -> None:
    content = untagged(HTML(string=page(slug, SMALL)).write_pdf() or b"")

    found = judge(slug, "pdf", content)

    assert (found.misread, found.missing, found.wrong, found.told) == ({}, 0, (), ALL_TOLD)


@pytest.mark.parametrize("slug", REAL[:2])
@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_columns_in_another_order_are_told_by_their_heads(ending: str, slug: str) -> None:
    source = page(slug, SMALL, "reversed")
    content = untagged(HTML(string=source).write_pdf() or b"") if ending == "pdf" else None

    found = judge(slug, ending, content or source.encode())

    assert (found.misread, found.missing, found.told) == ({}, 0, ALL_TOLD)


def test_two_columns_beside_each_other_are_read_one_after_the_other() -> None:
    left = wrapped(REAL[1], 40, blank_lines=True, hyphens=False, lines_a_page=9999, foot="")
    lines = left.decode().split("Local Authority Report:")[0].rstrip().split("\n")
    half = (len(lines) + 1) // 2
    rest = left.decode()[len("\n".join(lines)) :]
    beside = [
        f"{one:<48}{other}".rstrip()
        for one, other in zip(lines[:half], [*lines[half:], ""], strict=False)
    ]

    found = judge(REAL[1], "txt", ("\n".join(beside) + "\f" + rest).encode())

    assert (found.misread, found.wrong, found.told) == ({}, (), ALL_TOLD)


def test_prose_in_pieces_is_said_to_be_once_and_none_of_it_is_a_change() -> None:
    text = wrapped(REAL[0], 80, blank_lines=True, hyphens=False, lines_a_page=9999, foot="")
    letter, report = text.decode().split("Local Authority Report:")
    paragraphs = letter.split("\n\n")
    middle = [line for part in paragraphs[9:-3] for line in part.split("\n")]
    every_other = "\n\n".join(middle[::2] + middle[1::2])
    torn = "\n\n".join([*paragraphs[:9], every_other, *paragraphs[-3:]])

    found = judge(REAL[0], "txt", f"{torn}Local Authority Report:{report}".encode())

    assert found.misread == {}
    assert found.wrong == ()
    assert found.told == {"housing", "total"}
    assert found.unread[0] == (
        "its text could not be read: the lines are broken up or out of order"
    )
