"""Words that cannot be seen are told, each by what is wrong with it; all others pass."""

import re

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from generator.verification.read_back import SeenText
from generator.verification.reading import read_letter
from tests.checks.conftest import RenderedLetter
from tests.checks.drawn_otherwise import (
    FIGURE,
    Tampering,
    cut,
    drawn,
    opaque,
    over,
    painted,
)


def half_opaque(document: pikepdf.Pdf) -> None:
    opaque(document, "/Thin", ca=0.2)
    painted(b"/Thin gs")(document)


def masked(document: pikepdf.Pdf) -> None:
    """A soft mask whose luminosity is black lets nothing of a text through."""
    black = document.make_stream(b"0 g 0 0 2000 2000 re f")
    black.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 2000, 2000],
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
        )
    )
    opaque(document, "/Masked", SMask=Dictionary(S=Name.Luminosity, G=black))
    painted(b"/Masked gs")(document)


def pictured(document: pikepdf.Pdf) -> None:
    picture = document.make_stream(b"\xff")
    picture.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=1,
            Height=1,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )
    )
    document.pages[-1].Resources.XObject["/White"] = picture
    over(b"/White Do")(document)


def grouped(document: pikepdf.Pdf) -> None:
    """The text stands in a drawing of its own, which may be half transparent or cut off."""

    def change(_x: float, _y: float, own: bytes) -> bytes:
        group = document.make_stream(own)
        resources = document.pages[-1].Resources
        group.update(
            Dictionary(
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=[-5000, -5000, 5000, 5000],
                Resources=resources,
            )
        )
        resources.XObject["/Group"] = group
        return b"/Group Do"

    drawn(FIGURE, change)(document)


def one_digit_white(document: pikepdf.Pdf) -> None:
    def change(_x: float, _y: float, own: bytes) -> bytes:
        (glyphs,) = re.findall(rb"\[[^]]*\]\s*TJ", own)
        first, second = re.findall(rb"<(....)>|\((..)\)", glyphs)[:2]
        one, other = (b"<%b> Tj" % (a or b.hex().encode()) for a, b in (first, second))
        return b"q %b Q" % own.replace(glyphs, b"%b 1 g %b" % (one, other))

    drawn(FIGURE, change)(document)


INK: dict[str, tuple[Tampering, str]] = {
    "white words": (painted(b"1 1 1 rg"), 'on page 2, "14" has a contrast ratio of 1.0:1'),
    "all but white words": (painted(b"0.996 g"), 'on page 2, "14" has a contrast ratio of 1.0:1'),
    "pale words": (painted(b"0.6 g"), 'on page 2, "14" has a contrast ratio of 2.8:1'),
    "thin words": (half_opaque, 'on page 2, "14" has a contrast ratio of 1.5:1'),
    "masked words": (masked, 'on page 2, "14" is invisible against its background'),
    "one white digit": (one_digit_white, 'on page 2, "4" has a contrast ratio of 1.0:1'),
    "one digit cut out": (
        cut(FIGURE, 0, 7.5),
        'on page 2, "14" is invisible against its background',
    ),
    "words of a point": (painted(b"0.1 0 0 0.1 500 200 cm"), "pt high; expected at least 5 pt"),
    "invisible words": (painted(b"3 Tr"), 'on page 2, "14" is invisible'),
    "a cover": (over(b"1 g 0 0 1 1 re f"), 'on page 2, "14" is partly or wholly covered'),
    "a cover over half": (over(b"1 g 0 0 0.3 1 re f"), 'on page 2, "14" is partly'),
    "words over words": (
        drawn(FIGURE, lambda _x, _y, own: b"%b q 1 0 0 1 0 4 cm %b Q" % (own, own)),
        'on page 2, "14" and "14" overlap',
    ),
    "words in a drawing": (grouped, 'on page 2, "14" is see-through or in a drawing'),
    "a picture over words": (pictured, 'on page 2, "14" is partly or wholly covered'),
}


@pytest.mark.parametrize("name", INK)
def test_words_that_cannot_be_seen_are_told(name: str, made: RenderedLetter) -> None:
    tamper, expected = INK[name]

    found = made.findings(made.edited(tamper))

    assert any(expected in finding for finding in found), found


SEEN: dict[str, Tampering] = {
    "grey of 3 to 1": painted(b"0.58 g"),
    "white on black": drawn(
        FIGURE,
        lambda x, y, own: b"q 0 g %f %f 40 40 re f 1 g %b Q" % (x - 10, y - 25, own),
    ),
    "a yellow highlight behind": drawn(
        FIGURE, lambda x, y, own: b"q 1 1 0 rg %f %f 30 20 re f Q %b" % (x - 2, y - 15, own)
    ),
}


@pytest.mark.parametrize("name", SEEN)
def test_words_that_can_be_seen_pass(name: str, made: RenderedLetter) -> None:
    assert made.findings(made.edited(SEEN[name])) == []


def test_what_was_seen_is_not_looked_at_again(made: RenderedLetter) -> None:
    """So letters of one shape are judged by the words that each has for itself."""
    seen: set[SeenText] = set()
    white = made.edited(painted(b"1 g"))
    read_letter(made.pdf, seen)
    others = {each for each in seen if each[1].strip() != FIGURE}

    assert read_letter(white, seen).pages[-1].unseen == ()
    assert [each.words.strip() for each in read_letter(white, others).pages[-1].unseen] == [FIGURE]
    assert not any(words.strip() == FIGURE for _, words, _ in others)
